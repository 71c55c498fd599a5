import { ExposureError } from '../../domain/errors.ts';
import type { RadiusSummary } from '../../domain/records/incident-log.ts';
import type { BlastRadius } from '../../exposure/radius/blast-radius.ts';
import type { Flow, LabTier, RadiusCertainty, RadiusTotals } from '../../exposure/radius/charts/flows.ts';
import { countUncertain, listFlows, sumByLabAndTier, sumExposedArtifacts } from '../../exposure/radius/charts/flows.ts';
import type { HolderRow, HolderTimeline, HolderTimelineFilter } from '../../exposure/radius/charts/holder-timeline.ts';
import { bucketsOfRows, buildHolderTimelines, listHolderRows } from '../../exposure/radius/charts/holder-timeline.ts';
import type { RadiusSum, RadiusSumBy } from '../../exposure/radius/charts/radius-sums.ts';
import { sumRadiusBy } from '../../exposure/radius/charts/radius-sums.ts';
import type { CopyEvent, HoldingAt, Partner } from '../../exposure/radius/charts/spread-play.ts';
import { listCopyEvents, listHoldingsAt, listPartners } from '../../exposure/radius/charts/spread-play.ts';
import type { RadiusNode, RadiusSubgraph } from '../../exposure/radius/charts/subgraph.ts';
import { buildRadiusSubgraph, describeNodes } from '../../exposure/radius/charts/subgraph.ts';
import type { Buckets, TimelineBucket } from '../../exposure/radius/charts/timeline.ts';
import { buildTimeline } from '../../exposure/radius/charts/timeline.ts';
import { findIntegrityRadiusInSteps } from '../../exposure/radius/integrity.ts';
import type { ExposedArtifactFilter, ExposedList } from '../../exposure/radius/list-exposed-artifacts.ts';
import { listExposedArtifacts, worstCaseStepOf } from '../../exposure/radius/list-exposed-artifacts.ts';
import { listOtherCopies } from '../../exposure/radius/notifiers.ts';
import type { Dependent, IntegrityRadius, Window } from '../../exposure/radius/radius-types.ts';
import { checkWindow } from '../../exposure/radius/resolve-radius-input.ts';
import type { RunTable } from '../../exposure/simulation/simulate-runs.ts';
import { simulateRuns } from '../../exposure/simulation/simulate-runs.ts';
import type { Simulation } from '../../exposure/simulation/simulation.ts';
import { maxRuns, simulate } from '../../exposure/simulation/simulation.ts';
import type { SimulationPlan } from '../../exposure/simulation/simulation-plan.ts';
import type { LinkKind } from '../../projection/links.ts';
import type { Asker } from '../asker.ts';
import { checkCount } from '../check-count.ts';
import { resolveMergedId, resolveMergedIds } from '../resolved-ids.ts';
import type { Scheduler } from '../run/scheduler.ts';
import type { TimeLimit } from '../run/time-limit.ts';
import type { AnsweredRadius } from './ask-radius.ts';
import { findRadius } from './ask-radius.ts';

export { exposedArtifactOrders } from '../../exposure/radius/list-exposed-artifacts.ts';

/* Lists, sums and charts of a radius that has already been computed. */

/** The artifacts that match the filter, in the requested order. */
export async function listArtifactsOf(asker: Asker, { radius }: AnsweredRadius, requested: ExposedArtifactFilter): Promise<ExposedList> {
  return listExposedArtifacts(radius, await resolveFilter(asker, radius, requested));
}

/** The filter with resolved ids. Throws BAD_USER_INPUT. */
export function resolveFilter<F extends Omit<ExposedArtifactFilter, 'orderBy'>>(
  asker: Asker,
  { projection }: Pick<BlastRadius, 'projection'>,
  requested: F,
): Promise<F> {
  if (typeof requested.minSensitivity === 'number') checkCount('minSensitivity', requested.minSensitivity, 1, 5);
  for (const sensitivity of requested.sensitivities ?? []) checkCount('sensitivities', sensitivity, 1, 5);
  const other = requested.worstCaseSteps?.find((usd) => !(worstCaseStepOf(usd) === usd));
  if (other !== undefined)
    throw new ExposureError(
      'BAD_USER_INPUT',
      `worstCaseSteps has ${other}; expected 0, or 1, 2 or 5 times a power of ten, such as 500000.`,
    );
  return resolveMergedIds(asker, projection, requested, ['owners', 'holders']);
}

/** The copies to recall. A copy that a scenario encrypts is listed twice: before and after. */
export function listRecallsOf({ radius }: AnsweredRadius): { copy: number; isEncrypted: boolean }[] {
  return listOtherCopies(radius);
}

/** Organizations that rely on a reached one, by rank, then id. */
export function listDependentsOf({ radius }: AnsweredRadius, isBlindSpotsOnly: boolean): readonly Dependent[] {
  return isBlindSpotsOnly ? radius.dependents.filter((dependent) => dependent.isBlindSpot) : radius.dependents;
}

/** @param buckets 10 to 500. Throws BAD_USER_INPUT. */
export function buildTimelineOf({ radius }: AnsweredRadius, buckets = 200): TimelineBucket[] {
  return buildTimeline(radius, checkCount('buckets', buckets, 10, 500));
}

interface HolderTimelineQuestion extends HolderTimelineFilter {
  readonly buckets?: number | null | undefined;
  readonly span?: Window | null | undefined;
}

/** The rows of the chart of holders over time, with its buckets. Throws BAD_USER_INPUT, QUERY_TIMEOUT. */
export async function askHolderRows(
  asker: Asker,
  { radius }: AnsweredRadius,
  { buckets, span, ...filter }: HolderTimelineQuestion,
): Promise<{ rows: readonly HolderRow[]; buckets: Buckets }> {
  const count = checkCount('buckets', buckets ?? 60, 10, 500);
  if (span) checkWindow('span', span);
  const rows = await asker.run(listHolderRows(radius, await resolveFilter(asker, radius, filter)));
  return { rows, buckets: await asker.run(bucketsOfRows(radius, rows, count, span ?? undefined)) };
}

/** The holdings of some rows, bucket by bucket. Throws QUERY_TIMEOUT. */
export function askHolderTimelines(
  asker: Asker,
  { radius }: AnsweredRadius,
  rows: readonly HolderRow[],
  buckets: Buckets,
): Promise<HolderTimeline[]> {
  return asker.run(buildHolderTimelines(radius, rows, buckets));
}

/** The summary if spread ended after 0, 1, … maxHops steps. Throws as `askRadius`. Complexity: one radius for each. */
export async function askSummariesByHops(asker: Asker, { radius }: AnsweredRadius): Promise<RadiusSummary[]> {
  const { projection, input, scenario } = radius;
  const summaries: RadiusSummary[] = [];
  for (let maxHops = 0; maxHops < input.maxHops; maxHops++)
    summaries.push((await findRadius(asker, projection, { ...input, maxHops }, scenario)).summary);
  return [...summaries, radius.summary];
}

/** The holdings of the reached organizations at an instant, in epoch ms. Throws QUERY_TIMEOUT. */
export function askHoldingsAt(asker: Asker, { radius }: AnsweredRadius, instant: number): Promise<HoldingAt[]> {
  return asker.run(listHoldingsAt(radius, instant));
}

/** The copies that came to reached organizations, and those that they deleted, in a span. Throws BAD_USER_INPUT, QUERY_TIMEOUT. */
export async function askCopyEvents(asker: Asker, { radius }: AnsweredRadius, span: Window): Promise<CopyEvent[]> {
  checkWindow('span', span);
  return asker.run(listCopyEvents(radius, span));
}

/** With whom a reached organization exchanged copies of artifacts in reach. Throws BAD_USER_INPUT if it is not reached. */
export async function askPartners(asker: Asker, { radius }: AnsweredRadius, id: string): Promise<Partner[]> {
  const { projection, reached } = radius;
  const holder = projection.organizations.id.find(await resolveMergedId(asker, projection, id));
  if (holder < 0 || !reached.some(({ organization }) => organization === holder))
    throw new ExposureError('BAD_USER_INPUT', `holder is "${id.slice(0, 80)}"; expected an organization that this radius reaches.`);
  return listPartners(radius, holder);
}

/**
 * The part of the graph that explains the radius.
 *
 * @param kinds the kinds of links to return; null or absent: all kinds
 * @param maxNodes 1 to 2,000
 * Throws BAD_USER_INPUT, QUERY_TIMEOUT.
 */
export async function askSubgraph(
  asker: Asker,
  { radius }: AnsweredRadius,
  kinds: readonly LinkKind[] | null | undefined,
  maxNodes = 500,
): Promise<RadiusSubgraph> {
  return asker.run(buildRadiusSubgraph(radius, checkCount('maxNodes', maxNodes, 1, 2000), kinds ?? undefined));
}

/** The nodes of a subgraph with their figures. Rejects as `asker.checkTime`. */
export function askNodes(asker: Asker, { radius }: AnsweredRadius, { nodes }: RadiusSubgraph): Promise<RadiusNode[]> {
  return asker.run(describeNodes(radius, nodes));
}

/** The copies that the origins could have altered. Rejects as `asker.checkTime`. */
export function askIntegrity(
  asker: Asker,
  { projection, input, scenario }: Pick<BlastRadius, 'projection' | 'input' | 'scenario'>,
): Promise<IntegrityRadius> {
  return asker.keep(projection, ['integrity', input, scenario?.key], (limit) =>
    asker.run(findIntegrityRadiusInSteps(projection, input, scenario), limit),
  );
}

/** The artifacts that match the filter, by holder and lab. Throws BAD_USER_INPUT, LIMIT_EXCEEDED over 20,000 pairs. */
export async function listFlowsOf(asker: Asker, { radius }: AnsweredRadius, filter: ExposedArtifactFilter): Promise<Flow[]> {
  return listFlows(radius, await resolveFilter(asker, radius, filter));
}

/** Counts the copies without firm dates. */
export function countUncertainOf({ radius }: AnsweredRadius): RadiusCertainty {
  return countUncertain(radius);
}

/** Sums over the artifacts that match the filter. */
export async function sumArtifactsOf(asker: Asker, { radius }: AnsweredRadius, requested: ExposedArtifactFilter): Promise<RadiusTotals> {
  return sumExposedArtifacts(radius, await resolveFilter(asker, radius, requested));
}

/** The same sums by lab and tier. */
export async function sumByLabAndTierOf(asker: Asker, { radius }: AnsweredRadius, requested: ExposedArtifactFilter): Promise<LabTier[]> {
  return sumByLabAndTier(radius, await resolveFilter(asker, radius, requested));
}

/** Sums over the artifacts that match the filter, by a key. Throws BAD_USER_INPUT, LIMIT_EXCEEDED. */
export async function sumRadiusOf(
  asker: Asker,
  { radius }: AnsweredRadius,
  by: RadiusSumBy,
  requested: ExposedArtifactFilter,
): Promise<RadiusSum[]> {
  return sumRadiusBy(radius, by, await resolveFilter(asker, radius, requested));
}

/**
 * The losses of a radius over simulated runs.
 *
 * @param runs 1 to 100,000
 * @param seed a signed 32-bit integer; the same seed gives the same figures
 * Throws BAD_USER_INPUT, QUERY_TIMEOUT.
 */
export async function askSimulation(asker: Asker, { radius }: AnsweredRadius, runs = 10_000, seed = 1): Promise<Simulation> {
  const { limit, questions } = asker;
  return simulate(
    radius,
    checkCount('runs', runs, 1, maxRuns),
    seed,
    (plan, drawn, table) => simulateInThreads(questions.scheduler, plan, drawn, table, limit),
    (steps) => asker.run(steps),
  );
}

/** With fewer checks of steps, copies and leads than this, a simulation ends before a thread would have started. */
const fewLooks = 2_000_000;
/** Tasks for each thread. With this many, all threads end at about the same time, and other questions get a thread after the next task. */
const tasksPerThread = 8;

/**
 * Simulates all runs of a table. A short simulation runs on the event loop. A long one runs on worker threads, which share the
 * memory of plan and table. The division among threads changes no figure. Rejects as `limit.check`.
 */
export async function simulateInThreads(
  scheduler: Scheduler,
  plan: SimulationPlan,
  seed: number,
  table: RunTable,
  limit: TimeLimit,
): Promise<void> {
  const { runs } = table;
  const isShort = runs * (plan.stepTo.length + plan.copyHolder.length + plan.leadSource.length) < fewLooks;
  if (isShort) return scheduler.turn(limit, () => simulateRuns(plan, seed, 0, runs, table));
  const step = Math.max(1, Math.ceil(runs / (scheduler.threadCount * tasksPerThread)));
  const tasks: Promise<void>[] = [];
  for (let from = 0; from < runs; from += step) {
    tasks.push(scheduler.runInThread(limit, null, 'simulation', { plan, seed, from, to: Math.min(runs, from + step), table }));
  }
  await Promise.all(tasks);
}
