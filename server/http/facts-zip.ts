import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { ZipArchive } from 'archiver';
import type { Response } from 'express';
import { Router } from 'express';
import { exportFacts } from '../export/export-facts.ts';
import type { FactStore } from '../store/fact-store.ts';

/** `GET /facts.zip`: the facts now and the incidents, as canonical CSV files in one archive. */
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
  const archive = new ZipArchive({ zlib: { level: 6 } });
  const failed = new Promise<never>((_, reject) => {
    archive.once('error', reject);
    response.once('close', () => reject(new Error('The client left before the archive was sent.')));
  });
  // Whoever waits for it sees the failure; where nobody does any more, the archive is complete.
  failed.catch(() => undefined);
  archive.pipe(response);
  try {
    let entry: { name: string; stream: PassThrough } | undefined;
    for await (const { file, text } of exportFacts(store)) {
      if (entry?.name !== file) {
        entry?.stream.end();
        entry = { name: file, stream: new PassThrough() };
        archive.append(entry.stream, { name: file });
      }
      if (!entry.stream.write(text)) await Promise.race([once(entry.stream, 'drain'), failed]);
    }
    entry?.stream.end();
    await archive.finalize();
  } catch (error) {
    if (response.destroyed) return;
    // The status was sent long ago: a cut connection is how the client learns that the archive is not whole.
    if (response.headersSent) response.destroy(error as Error);
    else throw error;
  }
}
