import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request } from 'express';
import express, { Router } from 'express';
import { z } from 'zod';
import { ExposureError } from '../../domain/errors.ts';
import { parseInstant } from '../../domain/instants.ts';
import { maxFileBytes } from '../../import/drafts/draft-folder.ts';
import type { ImportDrafts, NewDraft } from '../../import/drafts/drafts.ts';
import { identityOf } from '../guards/authenticate.ts';

export interface ImportRoutesOptions {
  readonly drafts: ImportDrafts;
}

const draftBody = z.strictObject({
  name: z.string().min(1).max(500).nullish(),
  respondent: z.string().min(1).max(500).nullish(),
  source: z.string().min(1).max(500).nullish(),
  assertedAt: z.string().nullish(),
});

/**
 * Uploads: `POST /imports` creates a draft, `PUT /imports/:id/files/:name` streams the raw request body into a file of the
 * draft, and `GET /imports/:id/rejections.csv` returns the rejected rows. GraphQL does everything else.
 */
export function importRoutes({ drafts }: ImportRoutesOptions): Router {
  const router = Router();
  router.post('/imports', requireJson, express.json({ limit: '64kb' }), async (request, response) => {
    const { id } = await drafts.create(identityOf(response).name, parseDraft(request.body));
    response.status(201).location(`/api/imports/${id}`).json({ id });
  });

  router.put('/imports/:id/files/:name', async (request, response) => {
    const leaving = new AbortController();
    response.once('close', () => leaving.abort());
    try {
      const announcedBytes = Number(request.get('content-length') ?? 0);
      if (announcedBytes > maxFileBytes)
        throw new ExposureError('PAYLOAD_TOO_LARGE', 'The file is larger than 4 GB, which is the maximum. Split it.');
      // A failure in the middle, such as a full disk, must not end the connection: the client waits for the answer.
      const body = request.iterator({ destroyOnReturn: false });
      response.json(await drafts.addFile(request.params.id, request.params.name, body, announcedBytes, leaving.signal));
    } catch (error) {
      // The client disconnected, so no answer is needed.
      if (leaving.signal.aborted || (request.destroyed && !request.complete)) return;
      request.resume();
      throw error;
    }
  });

  router.get('/imports/:id/rejections.csv', async (request, response) => {
    const rows = await drafts.readRejectedRows(request.params.id);
    response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
    response.setHeader('Content-Disposition', 'attachment; filename="rejections.csv"');
    await pipeline(Readable.from(rows), response);
  });
  return router;
}

/** Requires a JSON body. A form of another site cannot send JSON without a preflight request, so no other site creates drafts. */
function requireJson(request: Request, _response: unknown, next: () => void): void {
  if (!request.is('application/json')) {
    throw new ExposureError('BAD_USER_INPUT', 'The body must be JSON: send Content-Type: application/json, and {} for defaults.');
  }
  next();
}

function parseDraft(body: unknown): NewDraft {
  const parsed = draftBody.safeParse(body ?? {});
  if (!parsed.success) {
    throw new ExposureError(
      'BAD_USER_INPUT',
      'The body is invalid: expected {"name"?: a text, "respondent"?: the id or name of an organization, "source"?: a text of 1 to 500 characters, "assertedAt"?: an instant}.',
    );
  }
  const { name = null, respondent = null, source = null, assertedAt } = parsed.data;
  if (assertedAt === undefined || assertedAt === null) return { name, respondent, source, assertedAt: null };
  const instant = parseInstant(assertedAt);
  if (instant === undefined) {
    throw new ExposureError(
      'BAD_USER_INPUT',
      `assertedAt is ${JSON.stringify(assertedAt.slice(0, 80))}; expected a date such as 2026-03-24 or an instant such as 2026-03-24T08:30:00Z.`,
    );
  }
  return { name, respondent, source, assertedAt: instant };
}
