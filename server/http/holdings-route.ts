import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { formatTransfers } from '../export/export-facts.ts';
import type { HoldingsSources } from '../questions/ask-holdings.ts';
import { askHoldings } from '../questions/ask-holdings.ts';
import type { FactStore } from '../store/fact-store.ts';
import { QueryString } from './query-string.ts';

export interface HoldingsRouteSources extends HoldingsSources {
  readonly store: FactStore;
  readonly clock: () => number;
}

/**
 * `GET /holdings.csv?holder=&owner=`: what we think that an organization holds, as canonical transfers: to be sent to it,
 * confirmed or corrected, and imported again.
 */
export function holdingsRoute(sources: HoldingsRouteSources): Router {
  const router = Router();
  router.get('/holdings.csv', async (request, response) => {
    const query = new QueryString(request.originalUrl, ['holder', 'owner'], []);
    const question = { holder: query.one('holder'), owner: query.one('owner') };
    const { revision, transfers } = await askHoldings(sources, question, sources.clock());
    response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
    response.setHeader('Content-Disposition', 'attachment; filename="holdings.csv"');
    await pipeline(Readable.from(formatTransfers(sources.store, transfers, revision)), response);
  });
  return router;
}
