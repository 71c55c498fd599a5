import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Response } from 'express';
import { Router } from 'express';
import { ZipFile } from 'yazl';
import type { ExportFormat } from '../../export/export-format.ts';
import { exportAs, exportFormats } from '../../export/export-format.ts';
import type { Questions } from '../../questions/questions.ts';
import { QueryString } from '../query-string.ts';
import { questionsOf } from '../questions-of.ts';

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
