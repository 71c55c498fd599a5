import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { formatTransfers } from '../../export/export-facts.ts';
import { Asker } from '../../questions/asker.ts';
import { askHoldings } from '../../questions/explore/ask-holdings.ts';
import { QueryString } from '../query-string.ts';
import { questionsOf } from '../questions-of.ts';
import { signalOf } from '../signal-of.ts';

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
    const { projection, transfers } = await askHoldings(asker, question);
    response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
    response.setHeader('Content-Disposition', 'attachment; filename="holdings.csv"');
    await pipeline(Readable.from(formatTransfers(asker.questions.store, transfers, projection.revision)), response);
  });
  return router;
}
