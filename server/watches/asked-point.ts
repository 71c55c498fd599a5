import { ExposureError } from '../domain/errors.ts';
import type { Incident } from '../domain/incident.ts';
import { parseIncident } from '../domain/incident.ts';
import { keepLatest } from '../domain/keep-latest.ts';
import { emptyLog } from '../domain/records/incident-log.ts';
import type { WatchPoint, WatchQuestion } from '../domain/records/watch.ts';
import type { BlastRadius } from '../exposure/radius/blast-radius.ts';
import type { StrengthColumns } from '../exposure/scenario/compare-radii.ts';
import { isSameStrength } from '../exposure/scenario/compare-radii.ts';
import type { Projection } from '../projection/projection.ts';
import { Asker } from '../questions/asker.ts';
import type { Questions } from '../questions/questions.ts';
import { TimeLimit } from '../questions/run/time-limit.ts';
import type { Tier } from '../rules/copy-tier.ts';
import { tiers } from '../rules/copy-tier.ts';
import type { Footprint } from './footprint.ts';

/** One evaluation. It has no client that waits. */
const limitMs = 60_000;

export function evaluationLimit(): TimeLimit {
  return new TimeLimit(limitMs);
}

/** Asks of the facts of one revision, at one instant. */
class PointAsker extends Asker {
  constructor(questions: Questions, limit: TimeLimit, projection: Projection, instant: number) {
    // As known at its own instant, so that no answer is remembered as one about now.
    super(questions, limit, instant);
    this.current = Promise.resolve({ projection, currentAt: instant });
  }
}

/** The part of an answer that the next evaluation reads. */
export interface AnswerTrace {
  /** Of a RADIUS. */
  readonly standing?: StandingRadius;
  /** Undefined: any change of facts may change it. */
  readonly footprints: readonly Footprint[] | undefined;
}

/** A point whose facts are in memory. */
export interface AskedPoint {
  readonly point: WatchPoint;
  readonly projection: Projection;
  readonly asker: PointAsker;
  /** Of the question that was asked here. Absent: its kind has none. */
  trace?: AnswerTrace;
}

/** Revisions kept: watches that were saved at different times rest until different times. */
const maxRevisions = 6;

/** The facts of one view that watches were evaluated at, because the next evaluation begins there. Others are made from the present ones. */
export class PointFacts {
  readonly #questions: Questions;
  /** By revision, the latest used last. */
  readonly #kept = new Map<number, Projection>();

  constructor(questions: Questions) {
    this.#questions = questions;
  }

  /** The facts now, of the owner's view. Throws STORE_UNAVAILABLE, QUERY_TIMEOUT. */
  async readCurrent(limit: TimeLimit): Promise<Projection> {
    const projection = await new Asker(this.#questions, limit).facts();
    this.#keep(projection);
    return projection;
  }

  /** The facts of a revision. Complexity: unless they are in memory, a renewal by what changed since, or a reading of all facts where much changed. */
  async at(revision: number): Promise<Projection> {
    const kept = this.#kept.get(revision) ?? (await this.#questions.current.atRevision(revision));
    this.#keep(kept);
    return kept;
  }

  async open(point: WatchPoint, limit: TimeLimit): Promise<AskedPoint> {
    const projection = await this.at(point.revision);
    limit.restart();
    return { point, projection, asker: new PointAsker(this.#questions, limit, projection, point.instant) };
  }

  /** Lets go of the facts that no watch begins at. */
  retain(revisions: ReadonlySet<number>): void {
    for (const revision of this.#kept.keys()) if (!revisions.has(revision)) this.#kept.delete(revision);
  }

  #keep(projection: Projection): void {
    keepLatest(this.#kept, projection.revision, projection, maxRevisions);
  }
}

/** The records that a question reads besides facts, now. Throws NOT_FOUND if its incident is gone. */
export async function readBeside(questions: Questions, question: WatchQuestion): Promise<Pick<WatchPoint, 'incidents' | 'imports'>> {
  const [incidents, imports] = [await readIncidents(questions, question), await readImports(questions, question)];
  if (question.incident !== null && incidents.length === 0) {
    const text = `There is no incident "${question.incident.slice(0, 80)}"${questions.labs === null ? '' : ' that reaches your lab'}; it may have been deleted.`;
    throw new ExposureError('NOT_FOUND', text);
  }
  return { incidents, imports };
}

async function readIncidents({ store }: Questions, { kind, incident }: WatchQuestion): Promise<Incident[]> {
  if (kind === 'LAB') {
    const all = (await store.listDocuments('incident')).map(({ id, json }) => ({ ...parseIncident(json), id }));
    return all.filter(({ state }) => state !== 'CLOSED').map((one) => withoutRest(one, false));
  }
  if (incident === null) return [];
  const found = await store.findDocument('incident', incident);
  return found === undefined ? [] : [withoutRest({ ...parseIncident(found.json), id: found.id }, kind === 'NOTICE')];
}

/** An incident without what changes no answer, so that a note or a new name is no change. */
function withoutRest(incident: Incident, hasNotices: boolean): Incident {
  const log = { ...emptyLog, notices: hasNotices ? incident.log.notices.map((set) => ({ ...set, note: null, by: '' })) : [] };
  const state = incident.state === 'CLOSED' ? 'CLOSED' : 'OPEN';
  return { ...incident, name: incident.id, state, cause: 'UNKNOWN', scenario: [], log, logSaves: 0, createdAt: 0, updatedAt: 0 };
}

async function readImports({ store }: Questions, { kind, source }: WatchQuestion): Promise<string[]> {
  if (kind !== 'EDITION') return [];
  const imports = (await store.listImports()).filter((one) => one.source === source && one.state === 'COMMITTED');
  return imports.map(({ id }) => id).reverse();
}

/** The totals that thresholds are compared with. */
export interface Totals {
  readonly worstCaseLossUsd?: number;
  readonly affectedLabs?: number;
  /** How many things the answer has, by tier where they have one. */
  readonly count: (minTier: Tier | null) => number;
}

/** The last radius, for the next evaluation to compare with: its rows as columns, without the facts that they were found in. */
export interface StandingRadius {
  readonly ids: Projection['artifacts']['id'];
  /** By artifact, ascending, and so by id. */
  readonly rows: StrengthColumns;
  readonly totals: Totals;
}

/** Holds 29 bytes a row. */
export function standingOf({ projection, summary, columns }: BlastRadius): StandingRadius {
  const { artifact, tier, weightedShare, high, low } = columns.exposed;
  return {
    ids: projection.artifacts.id,
    rows: { artifact, tier, weightedShare, high, low },
    totals: {
      worstCaseLossUsd: summary.worstCaseLossUsd,
      affectedLabs: summary.affectedLabCount,
      count: (minTier) => tier.filter((one) => minTier === null || one <= tiers.indexOf(minTier)).length,
    },
  };
}

/** Whether `compareRadius` finds that each row stayed. O(rows). */
export function haveRowsStayed(was: StandingRadius, is: StandingRadius): boolean {
  const { length } = is.rows.artifact;
  if (was.rows.artifact.length !== length) return false;
  for (let row = 0; row < length; row++) if (!isSameArtifact(was, is, row) || !isSameStrength(was.rows, row, is.rows, row)) return false;
  return true;
}

function isSameArtifact(was: StandingRadius, is: StandingRadius, row: number): boolean {
  const [before, after] = [was.rows.artifact[row] as number, is.rows.artifact[row] as number];
  // Facts that name no new artifact share the ids of those before them.
  return was.ids === is.ids ? before === after : was.ids.get(before) === is.ids.get(after);
}
