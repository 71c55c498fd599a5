import type { RecordedFact } from '../../domain/assertions.ts';
import type { FactKind } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Document } from '../../export/document/document.ts';
import { AccessLevels } from '../../exposure/controls/access-levels.ts';
import { listControlGaps } from '../../exposure/controls/control-gap.ts';
import { findBestCuts } from '../../exposure/cuts/best-cuts.ts';
import type { CutOrder } from '../../exposure/cuts/cut-bounds.ts';
import type { FoundSubjects } from '../../exposure/findings/finding-list.ts';
import { findSubjects } from '../../exposure/findings/findings.ts';
import type { ActionsToWeigh } from '../../exposure/plan/weigh-actions.ts';
import { weighActions } from '../../exposure/plan/weigh-actions.ts';
import type { RadiusInput } from '../../exposure/radius/radius-types.ts';
import { countExposures } from '../../exposure/rankings/artifact-exposure.ts';
import type { LabConcentration } from '../../exposure/rankings/concentration.ts';
import { measureConcentration } from '../../exposure/rankings/concentration.ts';
import type { LabSafeguards } from '../../exposure/rankings/lab-safeguards.ts';
import { measureSafeguards } from '../../exposure/rankings/lab-safeguards.ts';
import type { OriginSettings } from '../../exposure/rankings/origin-figures.ts';
import type { RankingPart } from '../../exposure/rankings/ranking.ts';
import { rankOrigins } from '../../exposure/rankings/ranking.ts';
import type { SharedHolder } from '../../exposure/rankings/shared-holders.ts';
import { findSharedHolders } from '../../exposure/rankings/shared-holders.ts';
import type { RunTable } from '../../exposure/simulation/simulate-runs.ts';
import { simulateRuns } from '../../exposure/simulation/simulate-runs.ts';
import type { SimulationPlan } from '../../exposure/simulation/simulation-plan.ts';
import type { Projection } from '../../projection/projection.ts';
import type { ChangedFacts } from '../../projection/refresh/place-changes.ts';
import { refreshProjection } from '../../projection/refresh/refresh-projection.ts';
import { shareProjection } from '../../projection/share-projection.ts';
import type { KeptFigures, SnapshotKey } from '../../projection/snapshot-format.ts';
import type { OnProgress } from '../../projection/turns.ts';
import { writeSnapshot } from '../../projection/write-snapshot.ts';
import type { ControlPolicy } from '../../rules/required-controls.ts';
import type { StorePlace } from '../../store/fact-store.ts';
import type { StreamOrder } from '../batch/stream-question.ts';
import type { LastChangeQuestion } from '../lab/find-in-thread.ts';

interface AtInstant {
  readonly instant: number;
}

interface FindingsQuestion extends AtInstant {
  readonly policy: ControlPolicy;
}

interface ControlGapsQuestion extends AtInstant {
  readonly policy: ControlPolicy;
  readonly withoutIssuers: ReadonlySet<number>;
}

/**
 * Lists that look at all facts, in steps. Their results are small plain data, because a thread may send them: indexes, from which rows are
 * made where they are read, or one row for each lab or holder.
 */
export const factLists = {
  findings(projection: Projection, { policy, instant }: FindingsQuestion, onProgress?: OnProgress): Generator<void, FoundSubjects[]> {
    return findSubjects({ projection, policy, instant, levels: new AccessLevels(projection, instant) }, onProgress);
  },
  /** The organizations that lack a control, in order. */
  *controlGaps(projection: Projection, question: ControlGapsQuestion): Generator<void, Int32Array> {
    const gaps = yield* listControlGaps(projection, new AccessLevels(projection, question.instant), question);
    return Int32Array.from(gaps, ({ organization }) => organization);
  },
  concentration: (
    projection: Projection,
    { instant, mostHolders }: AtInstant & { readonly mostHolders: number },
  ): Generator<void, LabConcentration[]> => measureConcentration(projection, instant, mostHolders),
  sharedHolders: (projection: Projection, { instant }: AtInstant): Generator<void, SharedHolder[]> =>
    findSharedHolders(projection, instant),
  safeguards: (projection: Projection, { instant }: AtInstant): Generator<void, LabSafeguards[]> => measureSafeguards(projection, instant),
};

export type FactListName = keyof typeof factLists;

/** A range of runs of a simulation. The threads share the memory of plan and table. */
interface SimulationTask {
  readonly plan: SimulationPlan;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly table: RunTable;
}

interface RankingTask extends OriginSettings {
  /** Absent: all organizations, or artifacts. */
  readonly part?: RankingPart | readonly number[];
}

interface CutQuestion {
  readonly input: RadiusInput;
  /** When the cuts would be made. */
  readonly at: number;
  readonly budget: number;
  readonly by: CutOrder;
}

/** A snapshot to write into a new file. */
export interface SnapshotOrder {
  readonly path: string;
  readonly key: SnapshotKey;
  readonly figures: KeptFigures | null;
}

/** Some changed facts of a kind. */
export interface ChangedPart extends ChangedFacts {
  readonly kind: FactKind;
}

interface RefreshQuestion {
  readonly revision: number;
  readonly parts?: readonly ChangedPart[];
}

/**
 * The jobs of worker threads: pure functions, most of a projection. Parameters and results are plain data. Long jobs report progress. A
 * thread loads the libraries that write documents when it writes its first one. `snapshot` alone writes a file. `refreshFromStore`, `lastChange` and `stream` alone read a store:
 * new facts, their history, and the facts of `local` are not in memory.
 */
export const jobs = {
  ranking: (projection: Projection, { part, ...settings }: RankingTask, onProgress?: OnProgress) =>
    finish(rankOrigins(projection, settings, onProgress, undefined, part)),
  exposures: (projection: Projection, { part, ...settings }: RankingTask, onProgress?: OnProgress) =>
    finish(countExposures(projection, settings, onProgress, part)),
  findings: finished(factLists.findings),
  controlGaps: finished(factLists.controlGaps),
  concentration: finished(factLists.concentration),
  sharedHolders: finished(factLists.sharedHolders),
  safeguards: finished(factLists.safeguards),
  bestCuts: (projection: Projection, { input, at, budget, by }: CutQuestion) => finish(findBestCuts(projection, input, at, budget, by)),
  planWeights: (projection: Projection, question: ActionsToWeigh) => finish(weighActions(projection, question)),
  refresh: (last: Projection, { revision, parts = [] }: RefreshQuestion) =>
    shareProjection(finish(refreshProjection(last, joinParts(parts), revision)), last),
  refreshFromStore: async (last: Projection, { place, revision }: { readonly place: StorePlace; readonly revision: number }) =>
    (await import('../facts/refresh-from-store.ts')).refreshFromStore(last, place, revision),
  snapshot: (projection: Projection, { path, key, figures }: SnapshotOrder) =>
    writeSnapshot(path, shareProjection(projection), key, figures),
  simulation: (_: null, { plan, seed, from, to, table }: SimulationTask) => finish(simulateRuns(plan, seed, from, to, table)),
  lastChange: async (whole: Projection, question: LastChangeQuestion) =>
    (await import('../lab/find-in-thread.ts')).findInThread(whole, question),
  stream: async (_: null, order: StreamOrder, onProgress: OnProgress = () => undefined) =>
    (await import('../batch/stream-question.ts')).streamQuestion(order, onProgress),
  pdf: async (_: null, document: Document) => (await import('../../export/document/document-pdf.ts')).documentPdf(document),
  docx: async (_: null, document: Document) => (await import('../../export/document/document-docx.ts')).documentDocx(document),
};

export type JobName = keyof typeof jobs;
export type JobSubject<J extends JobName> = Parameters<(typeof jobs)[J]>[0];
export type JobParameters<J extends JobName> = Parameters<(typeof jobs)[J]>[1];
export type JobResult<J extends JobName> = Awaited<ReturnType<(typeof jobs)[J]>>;

/** The parts of a kind come one after another. */
function joinParts(parts: readonly ChangedPart[]): Map<FactKind, ChangedFacts> {
  const joined = new Map<FactKind, { keys: string[]; facts: RecordedFact[] }>();
  for (const { kind, keys, facts } of parts) {
    const all = getOrInsert(joined, kind, () => ({ keys: [], facts: [] }));
    all.keys.push(...keys);
    all.facts.push(...facts);
  }
  return joined;
}

/** A thread does nothing else, so it needs no pause between two steps. */
function finish<T>(work: Generator<void, T>): T {
  for (let step = work.next(); ; step = work.next()) if (step.done === true) return step.value;
}

function finished<Q, T>(steps: (projection: Projection, question: Q, onProgress?: OnProgress) => Generator<void, T>) {
  return (projection: Projection, question: Q, onProgress?: OnProgress): T => finish(steps(projection, question, onProgress));
}
