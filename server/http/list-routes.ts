import type { Request } from 'express';
import { Router } from 'express';
import { organizationRoles } from '../domain/facts.ts';
import { controlGapRows } from '../export/control-gap-rows.ts';
import { findingRows } from '../export/finding-rows.ts';
import { rankingRows } from '../export/ranking-rows.ts';
import type { RowTable } from '../export/rows.ts';
import { findingKinds } from '../exposure/findings/finding.ts';
import { resolveSettings } from '../exposure/radius/resolve-radius-input.ts';
import { rankingOrders } from '../exposure/rankings/ranking.ts';
import type { CurrentFacts } from '../projection/refresh/refresh.ts';
import { askControlGaps } from '../questions/ask-control-gaps.ts';
import { askFindings, filterAccepted, readAcceptances } from '../questions/ask-findings.ts';
import type { LongAnswers } from '../questions/ask-ranking.ts';
import { askRanking } from '../questions/ask-ranking.ts';
import type { ControlPolicy } from '../rules/required-controls.ts';
import type { FactStore } from '../store/fact-store.ts';
import { QueryString } from './query-string.ts';
import { parseSettings, settingNames } from './radius-query.ts';
import { sendTable } from './send-table.ts';
import { signalOf } from './signal-of.ts';

export interface ListSources extends LongAnswers {
  readonly store: FactStore;
  readonly current: CurrentFacts;
  readonly policy: ControlPolicy;
  readonly queryTimeoutMs: number;
  readonly clock: () => number;
}

type ToTable = (sources: ListSources, url: string, signal: AbortSignal) => Promise<RowTable>;

const tables: Readonly<Record<string, ToTable>> = {
  async ranking(sources, url, signal) {
    const query = new QueryString(url, [...settingNames, 'orderBy'], ['roles']);
    const { projection } = await sources.current.read();
    const question = {
      settings: resolveSettings(parseSettings(query), undefined, sources.clock()),
      roles: query.manyOf('roles', organizationRoles),
      orderBy: query.oneOf('orderBy', rankingOrders) ?? 'WEIGHTED_LOSS',
    };
    const rows = await askRanking(sources, projection, question, { timeoutMs: sources.queryTimeoutMs, signal });
    return rankingRows(projection, rows);
  },
  async 'control-gaps'(sources, url) {
    const query = new QueryString(url, ['asOf'], ['withoutIssuers']);
    const { projection } = await sources.current.read();
    const instant = query.instant('asOf') ?? sources.clock();
    return controlGapRows(projection, await askControlGaps(sources, projection, instant, query.many('withoutIssuers')));
  },
  async findings(sources, url) {
    const query = new QueryString(url, ['asOf', 'isAccepted'], ['kinds']);
    const { projection } = await sources.current.read();
    const now = sources.clock();
    const findings = await askFindings(sources, projection, query.instant('asOf') ?? now, query.manyOf('kinds', findingKinds));
    const acceptances = await readAcceptances(sources.store, now);
    const isAccepted = query.oneOf('isAccepted', ['true', 'false']);
    return findingRows(
      projection,
      filterAccepted(findings, acceptances, isAccepted === undefined ? undefined : isAccepted === 'true'),
      acceptances,
    );
  },
};

/** Lists that belong to no radius as files: `/ranking.csv`, `.json`, and so on; whole, in the order of GraphQL's. */
export function listRoutes(sources: ListSources): Router {
  const router = Router();
  for (const [name, toTable] of Object.entries(tables)) {
    router.get([`/${name}.csv`, `/${name}.json`], async (request: Request, response) => {
      const table = await toTable(sources, request.originalUrl, signalOf(response));
      await sendTable(request, response, table, sources.queryTimeoutMs);
    });
  }
  return router;
}
