import type { RecordedFact } from '../domain/assertions.ts';
import { type FactKind, factKinds } from '../domain/facts.ts';
import { getOrInsert } from '../domain/get-or-insert.ts';
import type { RankedOrganization } from '../exposure/rankings/ranking.ts';
import type { Projection } from '../projection/projection.ts';
import type { ChangedFacts } from '../projection/refresh/place-changes.ts';
import { refreshProjection } from '../projection/refresh/refresh-projection.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { PlannedFact } from '../store/planned-fact.ts';
import type { Asker } from './asker.ts';
import { readMerges } from './merge-organizations.ts';
import { settingsAt } from './rankings/ask-exposures.ts';
import { askFindings } from './rankings/ask-findings.ts';
import { askRanking } from './rankings/ask-ranking.ts';

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
const keysAQuestion = 1000;

/**
 * The effect of an import that is not committed on findings and ranking: the facts as they are now, against these facts with the
 * changes of the import. Where no organization has a loss, before or after, the ranking is by dependents.
 *
 * @param planned every fact that the commit would change
 * @param key a text that changes with them
 * Complexity: a refresh of the projection, and findings and ranking of both. Throws QUERY_TIMEOUT, LIMIT_EXCEEDED.
 */
export async function askImportEffect(asker: Asker, planned: readonly PlannedFact[], key: string): Promise<ImportEffect> {
  asker.needAllFacts();
  // The plan compares with the store, whose latest facts may not be shown yet.
  await asker.questions.current.shown();
  const before = await asker.facts();
  return asker.keep(before, ['importEffect', key], async (limit) => {
    const changed = await readChanged(asker.questions.store, planned);
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

/** The planned facts as they would be read, under the merges in force. */
async function readChanged(store: FactStore, planned: readonly PlannedFact[]): Promise<ReadonlyMap<FactKind, ChangedFacts>> {
  const merges = await readMerges(store);
  const byKind = new Map<FactKind, PlannedFact[]>();
  for (const fact of planned) getOrInsert(byKind, fact.assertion.kind, () => []).push(fact);
  const changed = new Map<FactKind, ChangedFacts>();
  for (const kind of factKinds) {
    const ofKind = byKind.get(kind) ?? [];
    if (ofKind.length === 0) continue;
    const dates = await readDates(store, kind, ofKind);
    const said = ofKind.flatMap((fact) => toFact(fact, dates) ?? []);
    const facts = merges === undefined ? said : merges.resolveAll(kind, said);
    const keys = new Set([...ofKind.map(({ assertion }) => assertion.key), ...facts.map((fact) => fact.key)]);
    changed.set(kind, { keys: [...keys], facts });
  }
  return changed;
}

/** A change keeps the date of the first assertion (semantics §1). */
async function readDates(store: FactStore, kind: FactKind, planned: readonly PlannedFact[]): Promise<ReadonlyMap<string, number>> {
  const keys = planned.filter(({ isCreated }) => !isCreated).map(({ assertion }) => assertion.key);
  const dates = new Map<string, number>();
  for (let start = 0; start < keys.length; start += keysAQuestion) {
    const facts = await (store.said ?? store).readFactsByKey(kind, keys.slice(start, start + keysAQuestion).sort());
    for (const { key, provenance } of facts) dates.set(key, provenance.assertedAt);
  }
  return dates;
}

function toFact({ assertion, values }: PlannedFact, dates: ReadonlyMap<string, number>): RecordedFact | undefined {
  if (values === undefined) return undefined;
  const { kind, key, file, line, source } = assertion;
  const assertedAt = dates.get(key) ?? assertion.assertedAt;
  return { kind, key, values, provenance: { importId: null, file, line, assertedBy: '', assertedAt, source } };
}
