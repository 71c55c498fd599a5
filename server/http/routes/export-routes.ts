import { Router } from 'express';
import { blastRadiusRows, dependentRows, otherCopyRows } from '../../export/blast-radius-rows.ts';
import type { RowTable } from '../../export/rows.ts';
import type { AnsweredRadius } from '../../questions/ask-radius.ts';
import { askRadius } from '../../questions/ask-radius.ts';
import { Asker } from '../../questions/asker.ts';
import { resolveFilter } from '../../questions/radius/ask-radius-parts.ts';
import { fileStem } from '../file-stem.ts';
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
      const stem = fileStem(name, incident === null || incident === undefined ? (origins ?? []) : [incident], new Date());
      await sendTable(request, response, { ...(await toTable(answer, query, asker)), name: stem }, asker.limit);
    });
  }
  return router;
}
