import { Router } from 'express';
import { artifactTypes, organizationRoles } from '../../domain/facts.ts';
import { fileStem } from '../../export/file-stem.ts';
import { controlGapRows, findingRows, rankingRows } from '../../export/list-rows.ts';
import type { RowTable } from '../../export/rows.ts';
import { Asker } from '../../questions/asker.ts';
import { askControlGaps, controlGapOrders } from '../../questions/rankings/ask-control-gaps.ts';
import { settingsAt } from '../../questions/rankings/ask-exposures.ts';
import { askListedFindings, filterAccepted, findingKinds } from '../../questions/rankings/ask-findings.ts';
import { askRanking, rankingOrders } from '../../questions/rankings/ask-ranking.ts';
import { QueryString } from '../query-string.ts';
import { questionsOf } from '../questions-of.ts';
import { sendTable } from '../send-table.ts';
import { signalOf } from '../signal-of.ts';
import { parseSettings, settingNames } from './radius-query.ts';

type ToTable = (asker: Asker, url: string) => Promise<RowTable>;

const tables: Readonly<Record<string, ToTable>> = {
  async ranking(asker, url) {
    const query = new QueryString(url, [...settingNames, 'orderBy'], ['roles']);
    const projection = await asker.facts();
    const question = {
      settings: settingsAt(parseSettings(query), asker.now),
      roles: query.manyOf('roles', organizationRoles),
      orderBy: query.oneOf('orderBy', rankingOrders) ?? 'WEIGHTED_LOSS',
    };
    return rankingRows(projection, await askRanking(asker, projection, question));
  },
  async 'control-gaps'(asker, url) {
    const query = new QueryString(url, ['asOf', 'minSensitivity', 'orderBy'], ['withoutIssuers', 'types', 'labs', 'controls']);
    const projection = await asker.facts();
    const question = {
      withoutIssuers: query.many('withoutIssuers'),
      minSensitivity: query.wholeNumber('minSensitivity', 'a whole number from 1 to 5'),
      types: query.manyOf('types', artifactTypes),
      labs: query.many('labs'),
      controls: query.many('controls'),
      orderBy: query.oneOf('orderBy', controlGapOrders),
    };
    return controlGapRows(projection, await askControlGaps(asker, projection, query.instant('asOf') ?? asker.now, question));
  },
  async findings(asker, url) {
    const query = new QueryString(url, ['asOf', 'isAccepted'], ['kinds']);
    const projection = await asker.facts();
    const findings = await askListedFindings(asker, projection, query.instant('asOf') ?? asker.now, query.manyOf('kinds', findingKinds));
    const acceptances = await asker.acceptances();
    const isAccepted = query.oneOf('isAccepted', ['true', 'false']);
    return findingRows(
      projection,
      await filterAccepted(findings, acceptances, isAccepted === undefined ? undefined : isAccepted === 'true'),
      acceptances,
    );
  },
};

/** Exports of lists outside a radius: `/ranking.csv`, `.json`, and so on. Each list is complete and in the same order as in GraphQL. */
export function listRoutes(): Router {
  const router = Router();
  for (const [name, toTable] of Object.entries(tables)) {
    router.get([`/${name}.csv`, `/${name}.json`], async (request, response) => {
      const asker = new Asker(questionsOf(response), signalOf(response));
      const table = await toTable(asker, request.originalUrl);
      await sendTable(request, response, { ...table, name: fileStem(name, { day: Date.now() }) }, asker.limit);
    });
  }
  return router;
}
