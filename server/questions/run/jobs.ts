import type { RecordedFact } from '../../domain/assertions.ts';
import type { FactKind } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Document } from '../../export/document/document.ts';
import { findBestCuts } from '../../exposure/cuts/best-cuts.ts';
import type { ActionsToWeigh } from '../../exposure/plan/weigh-actions.ts';
import { weighActions } from '../../exposure/plan/weigh-actions.ts';
import type { RadiusInput } from '../../exposure/radius/radius-types.ts';
import { countExposures } from '../../exposure/rankings/artifact-exposure.ts';
import type { OriginSettings } from '../../exposure/rankings/origin-figures.ts';
import type { RankingPart } from '../../exposure/rankings/ranking.ts';
import { rankOrigins } from '../../exposure/rankings/ranking.ts';
import type { RunTable } from '../../exposure/simulation/simulate-runs.ts';
import { simulateRuns } from '../../exposure/simulation/simulate-runs.ts';
import type { SimulationPlan } from '../../exposure/simulation/simulation-plan.ts';
import type { Projection } from '../../projection/projection.ts';
import type { ChangedFacts } from '../../projection/refresh/place-changes.ts';
import { refreshProjection } from '../../projection/refresh/refresh-projection.ts';
import { shareProjection } from '../../projection/share-projection.ts';
import type { OnProgress } from '../../projection/turns.ts';
import type { LastChangeQuestion } from '../lab/find-in-thread.ts';
import { factLists } from './fact-lists.ts';

/** A range of runs of a simulation. The threads share the memory of plan and table. */
interface SimulationTask {
  readonly plan: SimulationPlan;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly table: RunTable;
}

interface RankingTask extends OriginSettings {
  /** Absent: all organizations. */
  readonly part?: RankingPart;
}

interface CutQuestion {
  readonly input: RadiusInput;
  /** When the cuts would be made. */
  readonly at: number;
  readonly budget: number;
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
 * thread loads the libraries that write documents when it writes its first one. `lastChange` alone reads a store, because the history of the
 * facts is not in memory.
 */
export const jobs = {
  ranking: (projection: Projection, { part, ...settings }: RankingTask, onProgress?: OnProgress) =>
    finish(rankOrigins(projection, settings, onProgress, undefined, part)),
  exposures: (projection: Projection, settings: OriginSettings, onProgress?: OnProgress) =>
    finish(countExposures(projection, settings, onProgress)),
  findings: finished(factLists.findings),
  controlGaps: finished(factLists.controlGaps),
  concentration: finished(factLists.concentration),
  sharedHolders: finished(factLists.sharedHolders),
  safeguards: finished(factLists.safeguards),
  bestCuts: (projection: Projection, { input, at, budget }: CutQuestion) => finish(findBestCuts(projection, input, at, budget)),
  planWeights: (projection: Projection, question: ActionsToWeigh) => finish(weighActions(projection, question)),
  refresh: (last: Projection, { revision, parts = [] }: RefreshQuestion) =>
    shareProjection(finish(refreshProjection(last, joinParts(parts), revision, { isFollowed: true })), last),
  simulation: (_: null, { plan, seed, from, to, table }: SimulationTask) => finish(simulateRuns(plan, seed, from, to, table)),
  lastChange: async (whole: Projection, question: LastChangeQuestion) =>
    (await import('../lab/find-in-thread.ts')).findInThread(whole, question),
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
