import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Response } from 'express';
import { Router } from 'express';
import { ZipFile } from 'yazl';
import { exportFacts } from '../export/export-facts.ts';
import type { FactStore } from '../store/fact-store.ts';

/** `GET /facts.zip`: the current facts and incidents as canonical CSV files in one archive. */
export function factsZipRoutes(store: FactStore): Router {
  const router = Router();
  router.get('/facts.zip', async (_request, response) => {
    await sendFacts(store, response);
  });
  return router;
}

async function sendFacts(store: FactStore, response: Response): Promise<void> {
  response.setHeader('Content-Type', 'application/zip');
  response.setHeader('Content-Disposition', 'attachment; filename="facts.zip"');
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
    for await (const { file, text } of exportFacts(store)) {
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
