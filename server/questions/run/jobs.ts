import type { Document } from '../../export/document/document.ts';
import { AccessLevels } from '../../exposure/controls/access-levels.ts';
import { listControlGaps } from '../../exposure/controls/control-gap.ts';
import type { CutOrder } from '../../exposure/cuts/best-cuts.ts';
import { findBestCuts } from '../../exposure/cuts/best-cuts.ts';
import type { FoundSubjects } from '../../exposure/findings/findings.ts';
import { findSubjects } from '../../exposure/findings/findings.ts';
import type { ActionsToWeigh } from '../../exposure/incidents/plan-steps.ts';
import { weighActions } from '../../exposure/incidents/plan-steps.ts';
import type { RadiusInput } from '../../exposure/radius/radius-types.ts';
import { countExposures } from '../../exposure/rankings/artifact-exposure.ts';
import type { LabConcentration, LabSafeguards, SharedHolder } from '../../exposure/rankings/concentration.ts';
import { findSharedHolders, measureConcentration, measureSafeguards, mostHolders } from '../../exposure/rankings/concentration.ts';
import type { OriginSettings } from '../../exposure/rankings/origin-figures.ts';
import type { RankingPart } from '../../exposure/rankings/ranking.ts';
import { rankOrigins } from '../../exposure/rankings/ranking.ts';
import type { RunTable } from '../../exposure/simulation/simulate-runs.ts';
import { simulateRuns } from '../../exposure/simulation/simulate-runs.ts';
import type { SimulationPlan } from '../../exposure/simulation/simulation-plan.ts';
import type { Projection } from '../../projection/projection.ts';
import { shareProjection } from '../../projection/share-projection.ts';
import { writeSnapshot } from '../../projection/snapshot-file.ts';
import type { KeptFigures, SnapshotKey } from '../../projection/snapshot-format.ts';
import type { OnProgress } from '../../projection/turns.ts';
import type { ControlPolicy } from '../../rules/required-controls.ts';
import type { StoredPlace } from '../../store/fact-store.ts';
import type { StreamOrder } from '../batch/stream-question.ts';
import type { LastChangeQuestion } from '../lab/find-last-change.ts';

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
 * Lists that look at all facts. Their results are small plain data, because a thread may send them: indexes, from which rows are
 * made where they are read, or one row for each lab or holder.
 */
export const factLists = {
  findings: (projection: Projection, { policy, instant }: FindingsQuestion, onProgress?: OnProgress): FoundSubjects[] =>
    findSubjects({ projection, policy, instant, levels: new AccessLevels(projection, instant) }, onProgress),
  /** The organizations that lack a control, in order. */
  controlGaps: (projection: Projection, question: ControlGapsQuestion): Int32Array =>
    Int32Array.from(
      listControlGaps(projection, new AccessLevels(projection, question.instant), question),
      ({ organization }) => organization,
    ),
  /** With the holders of the largest shares. */
  concentration: (projection: Projection, { instant }: AtInstant): LabConcentration[] =>
    measureConcentration(projection, instant, mostHolders),
  sharedHolders: (projection: Projection, { instant }: AtInstant): SharedHolder[] => findSharedHolders(projection, instant),
  safeguards: (projection: Projection, { instant }: AtInstant): LabSafeguards[] => measureSafeguards(projection, instant),
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
interface SnapshotOrder {
  readonly path: string;
  readonly key: SnapshotKey;
  readonly figures: KeptFigures | null;
}

/**
 * The jobs of worker threads: pure functions, most of a projection. Parameters and results are plain data. Long jobs report progress. A
 * thread loads the libraries that write documents when it writes its first one. `snapshot` alone writes a file. `refreshFromStore`, `lastChange` and `stream` alone read a store:
 * new facts, their history, and the facts of `local` are not in memory.
 */
export const jobs = {
  ranking: (projection: Projection, { part, ...settings }: RankingTask, onProgress?: OnProgress) =>
    rankOrigins(projection, settings, onProgress, undefined, part),
  exposures: (projection: Projection, { part, ...settings }: RankingTask, onProgress?: OnProgress) =>
    countExposures(projection, settings, onProgress, part),
  ...factLists,
  bestCuts: (projection: Projection, { input, at, budget, by }: CutQuestion) => findBestCuts(projection, input, at, budget, by),
  planWeights: (projection: Projection, question: ActionsToWeigh) => weighActions(projection, question),
  refreshFromStore: async (last: Projection, { place, revision }: { readonly place: StoredPlace; readonly revision: number }) =>
    (await import('../facts/refresh-from-store.ts')).refreshFromStore(last, place, revision),
  snapshot: (projection: Projection, { path, key, figures }: SnapshotOrder) =>
    writeSnapshot(path, shareProjection(projection), key, figures),
  simulation: (_: null, { plan, seed, from, to, table }: SimulationTask) => simulateRuns(plan, seed, from, to, table),
  lastChange: async (whole: Projection, question: LastChangeQuestion) =>
    (await import('../lab/find-last-change.ts')).findInThread(whole, question),
  stream: async (_: null, order: StreamOrder, onProgress: OnProgress = () => undefined) =>
    (await import('../batch/stream-question.ts')).streamQuestion(order, onProgress),
  pdf: async (_: null, document: Document) => (await import('../../export/document/document-pdf.ts')).documentPdf(document),
  docx: async (_: null, document: Document) => (await import('../../export/document/document-docx.ts')).documentDocx(document),
};

export type JobName = keyof typeof jobs;
export type JobSubject<J extends JobName> = Parameters<(typeof jobs)[J]>[0];
export type JobParameters<J extends JobName> = Parameters<(typeof jobs)[J]>[1];
export type JobResult<J extends JobName> = Awaited<ReturnType<(typeof jobs)[J]>>;
