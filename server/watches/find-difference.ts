import { setImmediate as nextTurn } from 'node:timers/promises';
import { compareCodePoints } from '../domain/compare.ts';
import type { Incident } from '../domain/incident.ts';
import type { RadiusSummary } from '../domain/records/incident-log.ts';
import type { WatchChange, WatchCondition, WatchEventType, WatchItem, WatchQuestion } from '../domain/records/watch.ts';
import { maxItems, watchChanges } from '../domain/records/watch.ts';
import type { BlastRadius } from '../exposure/radius/blast-radius.ts';
import type { ExposedArtifact } from '../exposure/radius/radius-types.ts';
import type { RadiusQuestion } from '../exposure/radius/resolve-radius-input.ts';
import { getIndex } from '../exposure/radius/resolve-radius-input.ts';
import { compareStrength, findRadiusChanges, type RadiusChange } from '../exposure/scenario/compare-radii.ts';
import { ChangeExplainer } from '../exposure/scenario/explain-change.ts';
import { answerRadius } from '../questions/radius/ask-radius.ts';
import { stableSpan } from '../questions/rankings/list-facts.ts';
import { resolveMergedId } from '../questions/resolved-ids.ts';
import type { Tier } from '../rules/copy-tier.ts';
import type { AnswerTrace, AskedPoint, StandingRadius, Totals } from './asked-point.ts';
import { haveRowsStayed, standingOf } from './asked-point.ts';
import {
  compareEditions,
  compareExposure,
  compareFindings,
  compareMatches,
  compareNotices,
  compareRankings,
  type Found,
  findNoticesOf,
  isTierAtLeast,
  type Row,
} from './compare-standings.ts';
import { type Footprint, footprintOf, footprintOfLab, footprintOfNotices } from './footprint.ts';

/** Sentences hold the event loop for so long at once. */
const turnMs = 5;

/** The change that one event tells. */
export interface Difference {
  readonly type: WatchEventType;
  readonly before: RadiusSummary | null;
  readonly after: RadiusSummary | null;
  readonly counts: readonly { readonly kind: WatchChange; readonly count: number }[];
  /** The first rows: joined, strengthened, weakened, left; then by subject. */
  readonly items: readonly WatchItem[];
  /** The thresholds that the answer has reached, in words. */
  readonly reached: readonly string[];
}

/**
 * Finds what a watch tells of the change between two points (docs/watches.md): a function of the question, its condition and both points, so that it
 * gives the same whenever and wherever it is evaluated. A RADIUS is compared as `compareRadius` does.
 *
 * Throws NOT_FOUND, BAD_USER_INPUT, FORBIDDEN where the question cannot be asked; QUERY_TIMEOUT, STORE_UNAVAILABLE.
 * Complexity: two answers. A RADIUS: two radius summaries, and the sentences of at most 500 rows.
 */
export async function findDifferences(
  question: WatchQuestion,
  condition: WatchCondition,
  before: AskedPoint,
  after: AskedPoint,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const found of await compare[question.kind](question, before, after)) {
    const difference = await tell(found, condition);
    if (difference !== undefined) differences.push(difference);
  }
  return differences;
}

const compare: Readonly<
  Record<WatchQuestion['kind'], (question: WatchQuestion, before: AskedPoint, after: AskedPoint) => Promise<Found[]>>
> = {
  RADIUS: compareWatchedRadii,
  LAB: compareLab,
  ARTIFACT: compareExposure,
  FINDINGS: compareFindings,
  NOTICE: compareWatchedNotices,
  ADVISORY: compareMatches,
  EDITION: compareEditions,
  RANKING: compareRankings,
};

async function tell({ type, rows, totals, summaries }: Found, condition: WatchCondition): Promise<Difference | undefined> {
  const { on, minTier } = condition;
  const counted = rows.filter(({ kind, tiers: ofSides }) => on.includes(kind) && (minTier === null || isTierAtLeast(ofSides, minTier)));
  const reached = findReached(totals, condition);
  if (hasThreshold(condition) ? reached.length === 0 : counted.length === 0) return undefined;
  const order = (kind: WatchChange) => ['JOINED', 'STRENGTHENED', 'WEAKENED', 'LEFT'].indexOf(kind);
  const sorted = counted.toSorted((a, b) => order(a.kind) - order(b.kind) || compareCodePoints(a.key, b.key));
  const [was, is] = summaries ?? [null, null];
  const items: WatchItem[] = [];
  let end = performance.now() + turnMs;
  for (const { kind, subject, before, after, because, worstCaseLossUsd } of sorted.slice(0, maxItems)) {
    if (performance.now() > end) {
      await nextTurn();
      end = performance.now() + turnMs;
    }
    items.push({ kind, subject, before, after, because: because(), ...(worstCaseLossUsd === undefined ? {} : { worstCaseLossUsd }) });
  }
  return {
    type,
    before: was,
    after: is,
    counts: watchChanges.flatMap((kind) => {
      const count = counted.filter((row) => row.kind === kind).length;
      return count === 0 ? [] : [{ kind, count }];
    }),
    items,
    reached,
  };
}

function hasThreshold({ worstCaseLossUsd, affectedLabs, count }: WatchCondition): boolean {
  return worstCaseLossUsd !== null || affectedLabs !== null || count !== null;
}

/** The thresholds that the answer after reaches and the answer before did not. */
function findReached([was, is]: readonly [Totals, Totals], { worstCaseLossUsd, affectedLabs, count, minTier }: WatchCondition): string[] {
  const reach = (least: number | null, figureOf: (totals: Totals) => number, say: (figure: number) => string) => {
    if (least === null) return [];
    const [before, after] = [figureOf(was), figureOf(is)];
    return after >= least && before < least ? [`${say(before)} before, ${say(after)} now`] : [];
  };
  return [
    ...reach(
      worstCaseLossUsd,
      (totals) => totals.worstCaseLossUsd ?? 0,
      (usd) => `worst case $${Math.round(usd).toLocaleString('en-US')}`,
    ),
    ...reach(
      affectedLabs,
      (totals) => totals.affectedLabs ?? 0,
      (labs) => `${labs} affected ${labs === 1 ? 'lab' : 'labs'}`,
    ),
    ...reach(
      count,
      (totals) => totals.count(minTier),
      (rows) => `${rows.toLocaleString('en-US')} counted`,
    ),
  ];
}

/** A RADIUS at a point. Throws as `findDifferences`. Complexity: a radius summary. */
export async function findRadiusAt(question: WatchQuestion, at: AskedPoint): Promise<AnswerTrace & { readonly standing: StandingRadius }> {
  return traceOf(await askPointRadius(at, question));
}

function traceOf(radius: BlastRadius): AnswerTrace & { readonly standing: StandingRadius } {
  const footprint = footprintOf(radius);
  return { standing: standingOf(radius), footprints: footprint && [footprint] };
}

/** Whether `findDifferences` finds nothing to tell between two answers to a RADIUS. False: perhaps. O(rows). */
export function isNothingToTell(was: StandingRadius, is: StandingRadius, condition: WatchCondition): boolean {
  return findReached([was.totals, is.totals], condition).length === 0 && (hasThreshold(condition) || haveRowsStayed(was, is));
}

/** RADIUS: the radius of an incident, or of a saved question. */
async function askPointRadius(
  { asker, point }: AskedPoint,
  { radius }: WatchQuestion,
  incident: Incident | undefined = point.incidents[0],
) {
  return (await answerRadius(asker, (radius ?? {}) as RadiusQuestion, incident)).radius;
}

async function compareWatchedRadii(question: WatchQuestion, before: AskedPoint, after: AskedPoint): Promise<Found[]> {
  const [was, is] = [await askPointRadius(before, question), await askPointRadius(after, question)];
  after.trace = traceOf(is);
  const explainer = new ChangeExplainer(was, is);
  return [
    {
      type: 'radius.changed',
      rows: findRadiusChanges(was, is).flatMap((change) => toRow(change, () => explainer.explain(change)) ?? []),
      totals: [standingOf(was).totals, standingOf(is).totals],
      summaries: [summaryOf(was), summaryOf(is)],
    },
  ];
}

function toRow({ id, kind, before, after }: RadiusChange, because: () => string): Row | undefined {
  if (kind === 'STAYED') return undefined;
  return {
    key: id,
    subject: id,
    kind,
    before: before?.tier ?? null,
    after: after?.tier ?? null,
    tiers: [before?.tier, after?.tier],
    worstCaseLossUsd: (after ?? before)?.worstCaseLossUsd,
    because,
  };
}

function summaryOf({ summary }: BlastRadius): RadiusSummary {
  const { reachedCount, exposedCount, possibleCount, containedCount, affectedLabCount, blindSpotCount, worstCaseLossUsd, weightedLossUsd } =
    summary;
  return { reachedCount, exposedCount, possibleCount, containedCount, affectedLabCount, blindSpotCount, worstCaseLossUsd, weightedLossUsd };
}

/** LAB: each artifact of the lab as the open incident shows it that harms it most. */
interface LabAnswer {
  /** Its index. */
  readonly lab: number;
  readonly byId: ReadonlyMap<string, { readonly incident: string; readonly radius: BlastRadius; readonly exposed: ExposedArtifact }>;
  readonly radii: ReadonlyMap<string, BlastRadius>;
  readonly summary: RadiusSummary;
}

async function askLab(at: AskedPoint, question: WatchQuestion): Promise<LabAnswer> {
  const { projection, point } = at;
  const lab = getIndex(projection, 'organizations', 'lab', await resolveMergedId(at.asker, projection, question.lab ?? ''));
  const byId = new Map<string, { incident: string; radius: BlastRadius; exposed: ExposedArtifact }>();
  const radii = new Map<string, BlastRadius>();
  const worst = new Map<string, number>();
  const weighted = new Map<string, number>();
  const reached = new Set<number>();
  let isBlindSpot = false;
  for (const incident of point.incidents.toSorted((a, b) => compareCodePoints(a.id, b.id))) {
    const radius = await askPointRadius(at, question, incident);
    radii.set(incident.id, radius);
    for (const { organization } of radius.reached) reached.add(organization);
    isBlindSpot ||= radius.dependents.some((one) => one.organization === lab && one.isBlindSpot);
    for (const exposed of radius.artifacts) {
      if (projection.artifacts.owner[exposed.artifact] !== lab) continue;
      const id = projection.artifacts.id.get(exposed.artifact);
      worst.set(id, Math.max(worst.get(id) ?? 0, exposed.worstCaseLossUsd));
      weighted.set(id, Math.max(weighted.get(id) ?? 0, exposed.weightedLossUsd));
      const known = byId.get(id);
      if (known === undefined || compareStrength(known.exposed, exposed) === 'STRENGTHENED')
        byId.set(id, { incident: incident.id, radius, exposed });
    }
  }
  const countOf = (tier: Tier) => [...byId.values()].filter(({ exposed }) => exposed.tier === tier).length;
  const [exposedCount, possibleCount] = [countOf('EXPOSED'), countOf('POSSIBLE')];
  const sum = (of: ReadonlyMap<string, number>) =>
    [...of].sort(([a], [b]) => compareCodePoints(a, b)).reduce((all, [, usd]) => all + usd, 0);
  const summary = {
    reachedCount: reached.size,
    exposedCount,
    possibleCount,
    containedCount: countOf('CONTAINED'),
    affectedLabCount: exposedCount + possibleCount > 0 ? 1 : 0,
    blindSpotCount: isBlindSpot && byId.size === 0 ? 1 : 0,
    worstCaseLossUsd: sum(worst),
    weightedLossUsd: sum(weighted),
  };
  return { lab, byId, radii, summary };
}

async function compareLab(question: WatchQuestion, before: AskedPoint, after: AskedPoint): Promise<Found[]> {
  const [was, is] = [await askLab(before, question), await askLab(after, question)];
  after.trace = { footprints: footprintsOfLab(after, is) };
  const rows = [...new Set([...was.byId.keys(), ...is.byId.keys()])].flatMap((id) => {
    const [left, right] = [was.byId.get(id), is.byId.get(id)];
    const kind = left === undefined ? 'JOINED' : right === undefined ? 'LEFT' : compareStrength(left.exposed, right.exposed);
    const change: RadiusChange = { id, kind, before: left?.exposed, after: right?.exposed };
    return toRow(change, () => explainLabChange(change, left, right, is)) ?? [];
  });
  const totals = ({ byId, summary }: LabAnswer): Totals => ({
    worstCaseLossUsd: summary.worstCaseLossUsd,
    count: (minTier) => [...byId.values()].filter(({ exposed }) => minTier === null || isTierAtLeast([exposed.tier], minTier)).length,
  });
  return [{ type: 'lab.changed', rows, totals: [totals(was), totals(is)], summaries: [was.summary, is.summary] }];
}

/** The footprints of its radii, and that of the lab: its artifacts in a radius are in that radius's. */
function footprintsOfLab({ projection }: AskedPoint, { lab, radii }: LabAnswer): readonly Footprint[] | undefined {
  const ofRadii = allOf([...radii.values()].map(footprintOf));
  return ofRadii && [footprintOfLab(projection, lab), ...ofRadii];
}

/** Undefined: one of them is. */
function allOf(footprints: readonly (Footprint | undefined)[]): readonly Footprint[] | undefined {
  const all = footprints.filter((footprint) => footprint !== undefined);
  return all.length < footprints.length ? undefined : all;
}

async function compareWatchedNotices(question: WatchQuestion, before: AskedPoint, after: AskedPoint): Promise<Found[]> {
  const found = await compareNotices(question, before, after);
  const footprints: (Footprint | undefined)[] = [];
  for (const incident of after.point.incidents) footprints.push(footprintOfNotices(await askPointRadius(after, question, incident)));
  after.trace = { footprints: allOf(footprints) };
  return found;
}

type OfIncident = LabAnswer['byId'] extends ReadonlyMap<string, infer V> ? V : never;

function explainLabChange(change: RadiusChange, left: OfIncident | undefined, right: OfIncident | undefined, is: LabAnswer): string {
  const incident = right?.incident ?? left?.incident ?? '';
  const then = left?.radius ?? (right?.radius as BlastRadius);
  const now = right?.radius ?? is.radii.get(incident);
  if (now === undefined) return `Incident ${incident} is no longer open.`;
  const isOther = left !== undefined && right !== undefined && left.incident !== right.incident;
  if (!isOther) return `In ${incident}: ${new ChangeExplainer(then, now).explain(change)}`;
  const joined = new ChangeExplainer(now, now).explain({ ...change, kind: 'JOINED' });
  return `It was ${left.exposed.tier.toLowerCase()} in ${left.incident} and is ${right.exposed.tier.toLowerCase()} in ${right.incident}. ${joined}`;
}

/** The next instant at which the answer may change while the facts stay: something begins, ends, becomes stale or falls due. Null: never. */
export async function findNextInstant(question: WatchQuestion, at: AskedPoint): Promise<number | null> {
  const { asker, projection, point } = at;
  const { kind, radius } = question;
  const spanEnd = async (of: 'ranking' | 'list') =>
    (await stableSpan(of, asker.questions.scheduler, projection, point.instant, asker.limit)).until;
  const hasWindows = (one: { readonly core?: unknown; readonly widest?: unknown } | null | undefined) => Boolean(one?.core ?? one?.widest);
  // With windows, a radius does not depend on the instant of asking.
  const isFixed = hasWindows(radius) || (point.incidents.length > 0 && point.incidents.every(hasWindows));
  const ends: number[] = [];
  if (kind === 'FINDINGS') ends.push(await spanEnd('list'));
  else if (kind === 'ARTIFACT' || kind === 'RANKING') ends.push(await spanEnd('ranking'));
  else if ((kind === 'RADIUS' || kind === 'NOTICE' || (kind === 'LAB' && point.incidents.length > 0)) && !isFixed)
    ends.push(await spanEnd('ranking'));
  if (kind === 'NOTICE') ends.push((await findNoticesOf(at, question.withinHours)).next);
  const next = Math.min(...ends);
  return Number.isFinite(next) ? next : null;
}
