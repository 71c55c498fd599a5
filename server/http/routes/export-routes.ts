import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { Router } from 'express';
import { ZipFile } from 'yazl';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import { blastRadiusRows, dependentRows, otherCopyRows } from '../../export/blast-radius-rows.ts';
import { formatTransfers } from '../../export/export-facts.ts';
import type { ExportFormat } from '../../export/export-format.ts';
import { exportAs, exportFormats } from '../../export/export-format.ts';
import { fileStem } from '../../export/file-stem.ts';
import type { RowTable } from '../../export/rows.ts';
import { Asker } from '../../questions/asker.ts';
import { askHoldings } from '../../questions/explore/ask-holdings.ts';
import type { Questions } from '../../questions/questions.ts';
import type { AnsweredRadius } from '../../questions/radius/ask-radius.ts';
import { askRadius } from '../../questions/radius/ask-radius.ts';
import { resolveFilter } from '../../questions/radius/ask-radius-parts.ts';
import { QueryString } from '../query-string.ts';
import { questionsOf } from '../questions-of.ts';
import { sendTable } from '../send-table.ts';
import { signalOf } from '../signal-of.ts';
import type { RadiusQuery } from './radius-query.ts';
import { parseRadiusQuery } from './radius-query.ts';

type ToTable = (answer: AnsweredRadius, query: RadiusQuery, asker: Asker) => RowTable | Promise<RowTable>;

const tables: Readonly<Record<string, ToTable>> = {
  'blast-radius': async ({ radius, assessments }, { filter }, asker) =>
    blastRadiusRows(radius, assessments, await resolveFilter(asker, radius, filter)),
  'other-copies': ({ radius }) => otherCopyRows(radius),
  dependents: ({ radius }, { isBlindSpotsOnly }) => dependentRows(radius, isBlindSpotsOnly),
};

/** Exports of the lists of a radius: `/blast-radius.csv`, `.json`, and so on. */
export function exportRoutes(): Router {
  const router = Router();
  for (const [name, toTable] of Object.entries(tables)) {
    router.get([`/${name}.csv`, `/${name}.json`], async (request, response) => {
      const query = parseRadiusQuery(request.originalUrl);
      const asker = new Asker(questionsOf(response), signalOf(response));
      const answer = await askRadius(asker, query.question);
      const { incident, origins } = query.question;
      const of = [...(query.filter.owners ?? []), ...(incident == null ? (origins ?? []) : [])];
      const stem = fileStem(name, { of, incident, day: Date.now() });
      await sendTable(request, response, { ...(await toTable(answer, query, asker)), name: stem }, asker.limit);
    });
  }
  return router;
}

/**
 * `GET /holdings.csv?holder=&owner=`: the known holdings of an organization, with the columns of transfers.csv. That
 * organization can confirm or correct the file, which can then be imported again.
 */
export function holdingsRoute(): Router {
  const router = Router();
  router.get('/holdings.csv', async (request, response) => {
    const query = new QueryString(request.originalUrl, ['holder', 'owner'], []);
    const question = { holder: query.one('holder'), owner: query.one('owner') };
    const asker = new Asker(questionsOf(response), signalOf(response));
    const { names, projection, transfers } = await askHoldings(asker, question);
    response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
    response.setHeader('Content-Disposition', `attachment; filename="${fileStem('holdings', { of: names })}.csv"`);
    await pipeline(Readable.from(formatTransfers(asker.questions.store, transfers, projection.revision)), response);
  });
  return router;
}

/** `GET /facts.zip`: the current facts and incidents as canonical CSV files in one archive; with `format=dora` as a DORA register. */
export function factsZipRoutes(): Router {
  const router = Router();
  router.get('/facts.zip', async (request, response) => {
    const format = new QueryString(request.originalUrl, ['format'], []).oneOf('format', exportFormats) ?? 'canonical';
    await sendFacts(questionsOf(response), format, response);
  });
  return router;
}

async function sendFacts({ store, current }: Questions, format: ExportFormat, response: Response): Promise<void> {
  response.setHeader('Content-Type', 'application/zip');
  response.setHeader('Content-Disposition', `attachment; filename="${format === 'dora' ? 'dora-register' : 'facts'}.zip"`);
  // Facts that are not shown yet stay out of files, too.
  const at = current.isShowing ? { revision: await current.readRevision() } : undefined;
  const archive = new ZipFile();
  const failed = new Promise<never>((_, reject) => {
    archive.once('error', reject);
    response.once('close', () => reject(new Error('The client left before the archive was sent.')));
  });
  // The response also closes after a complete archive, when nothing awaits this promise any longer.
  failed.catch(() => undefined);
  archive.outputStream.pipe(response);
  try {
    let entry: { name: string; stream: PassThrough } | undefined;
    for await (const { file, text } of exportAs(format, store, at)) {
      if (entry?.name !== file) {
        entry?.stream.end();
        entry = { name: file, stream: new PassThrough() };
        archive.addReadStream(entry.stream, file);
      }
      if (!entry.stream.write(text)) await Promise.race([once(entry.stream, 'drain'), failed]);
    }
    entry?.stream.end();
    archive.end();
  } catch (error) {
    if (response.destroyed) return;
    // The status is already sent: a cut connection tells the client that the archive is incomplete.
    if (response.headersSent) response.destroy(error as Error);
    else throw error;
  }
}

/** `GET /audit.jsonl`: the whole audit trail as JSON lines, the oldest entry first. */
export function auditRoute(trail: AuditTrail): Router {
  const router = Router();
  router.get('/audit.jsonl', async (_request, response) => {
    await trail.flush();
    response.setHeader('Content-Type', 'application/jsonl; charset=utf-8');
    response.setHeader('Content-Disposition', 'attachment; filename="audit.jsonl"');
    if (!existsSync(trail.path)) response.end();
    else await pipeline(createReadStream(trail.path), response);
  });
  return router;
}
