import type { FactKind } from '../../domain/facts.ts';
import type { RankedOrganization } from '../../exposure/rankings/ranking.ts';
import type { Projection } from '../../projection/projection.ts';
import type { ChangedFacts } from '../../projection/refresh/place-changes.ts';
import { readChanged } from '../../projection/refresh/read-changes.ts';
import { refreshProjection } from '../../projection/refresh/refresh-projection.ts';
import type { KeysByKind, StatedReader } from '../../store/fact-store.ts';
import { MergedReader } from '../../store/merges/merged-store.ts';
import { type PlannedFact, PlannedReader } from '../../store/planned-reader.ts';
import type { Asker } from '../asker.ts';
import type { TimeLimit } from '../run/time-limit.ts';
import { settingsAt } from './ask-exposures.ts';
import { askFindings } from './ask-findings.ts';
import { askRanking } from './ask-ranking.ts';

/** The first organizations of a ranking, among the facts that it was made of. */
export interface RankingTop {
  readonly projection: Projection;
  readonly rows: readonly RankedOrganization[];
}

/** The effect of a commit on findings and on the ranking. */
export interface ImportEffect {
  readonly findingsAdded: number;
  readonly findingsResolved: number;
  readonly before: RankingTop;
  readonly after: RankingTop;
}

const topCount = 10;

/**
 * The effect of an import that is not committed on findings and ranking: the facts as they are now, against these facts with the
 * changes of the import. Where no organization has a loss, before or after, the ranking is by dependents.
 *
 * @param planned every fact that the commit would change
 * @param key a text that changes with them
 * Complexity: a read of all organizations, or of all facts if merges begin or end; a refresh of the projection, and findings and ranking of
 * both. Throws QUERY_TIMEOUT, LIMIT_EXCEEDED.
 */
export async function askImportEffect(asker: Asker, planned: readonly PlannedFact[], key: string): Promise<ImportEffect> {
  asker.needAllFacts();
  // The plan compares with the store, whose latest facts may not be shown yet.
  await asker.questions.current.shown();
  const before = await asker.facts();
  return asker.keep(before, ['importEffect', key], async (limit) => {
    const { store } = asker.questions;
    const changed = await readPlanned(store.unmerged, before, planned, limit);
    const after = await asker.run(refreshProjection(before, changed, before.revision), limit);
    const idsOf = async (projection: Projection) => new Set((await askFindings(asker, projection, asker.now)).ids());
    const [known, kept] = [await idsOf(before), await idsOf(after)];
    const settings = settingsAt({}, asker.now);
    const rank = (projection: Projection, orderBy: 'WEIGHTED_LOSS' | 'DEPENDENTS') =>
      askRanking(asker, projection, { settings, roles: null, orderBy });
    const losses = [await rank(before, 'WEIGHTED_LOSS'), await rank(after, 'WEIGHTED_LOSS')];
    const hasLoss = losses.some(([first]) => first !== undefined && first.weightedLossUsd > 0);
    const top = async (projection: Projection) => ({
      projection,
      rows: (await rank(projection, hasLoss ? 'WEIGHTED_LOSS' : 'DEPENDENTS')).slice(0, topCount),
    });
    return {
      findingsAdded: [...kept].filter((id) => !known.has(id)).length,
      findingsResolved: [...known].filter((id) => !kept.has(id)).length,
      before: await top(before),
      after: await top(after),
    };
  });
}

/** The facts that the commit would change, under the merges in force before and after it: an import may retract the organization that others mean. */
async function readPlanned(
  unmerged: StatedReader,
  before: Projection,
  planned: readonly PlannedFact[],
  limit: TimeLimit,
): Promise<ReadonlyMap<FactKind, ChangedFacts>> {
  const reader = new MergedReader(new PlannedReader(unmerged, before.revision, planned, () => limit.check()));
  const next = await reader.readRevision();
  const keys = (await reader.readChangedKeys(before.revision, Infinity, next)) as KeysByKind;
  return readChanged(reader, keys, next);
}
