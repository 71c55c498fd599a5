import { Router } from 'express';
import { blastRadiusRows, dependentRows, otherCopyRows } from '../export/blast-radius-rows.ts';
import type { RowTable } from '../export/rows.ts';
import type { RadiusSources } from '../questions/ask-radius.ts';
import { askRadius } from '../questions/ask-radius.ts';
import type { CachedRadius } from '../questions/run/radius-cache.ts';
import type { RadiusQuery } from './radius-query.ts';
import { parseRadiusQuery } from './radius-query.ts';
import { sendTable } from './send-table.ts';

export interface RadiusExportSources extends RadiusSources {
  readonly queryTimeoutMs: number;
  readonly clock: () => number;
}

type ToTable = (radius: CachedRadius, query: RadiusQuery) => RowTable;

const tables: Readonly<Record<string, ToTable>> = {
  'blast-radius': (radius, { filter }) => blastRadiusRows(radius, filter),
  'other-copies': (radius) => otherCopyRows(radius),
  dependents: (radius, { isBlindSpotsOnly }) => dependentRows(radius, isBlindSpotsOnly),
};

/** The lists of a radius as files: `/blast-radius.csv`, `.json`, and so on. */
export function exportRoutes(sources: RadiusExportSources): Router {
  const router = Router();
  for (const [name, toTable] of Object.entries(tables)) {
    router.get([`/${name}.csv`, `/${name}.json`], async (request, response) => {
      const query = parseRadiusQuery(request.originalUrl);
      const { radius } = await askRadius(sources, query.question, sources.clock());
      await sendTable(request, response, toTable(radius, query), sources.queryTimeoutMs);
    });
  }
  return router;
}
