import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Tokens } from '../auth/tokens.ts';
import { ExposureError } from '../domain/errors.ts';
import type { FactKind } from '../domain/facts.ts';
import { custodyKinds, softwareKinds } from '../domain/facts.ts';
import { keepLatest } from '../domain/keep-latest.ts';
import { isHeld } from '../domain/records/lease.ts';
import type { Watch, WatchEvent, WatchEventType, WatchPoint, WatchQuestion } from '../domain/records/watch.ts';
import type { BoundQuestions } from '../questions/lab/bound-questions.ts';
import type { Questions } from '../questions/questions.ts';
import { type AnswerTrace, evaluationLimit, PointFacts, readBeside } from './asked-point.ts';
import { type Difference, findDifferences, findNextInstant, findRadiusAt, isNothingToTell } from './find-difference.ts';
import { ChangedFacts } from './footprint.ts';
import type { SavedWatch } from './watch-records.ts';
import { changeWatch, isUnaskable, recordEvent, toSavedWatch } from './watch-records.ts';
import { addressOf, describeDifference } from './watch-sentences.ts';

export interface WatchEngineOptions {
  readonly bound: BoundQuestions;
  readonly tokens: Pick<Tokens, 'list'>;
  /** A watch that could not be evaluated for a reason that passes. */
  readonly onError: (error: unknown) => void;
  /** Between two looks for changes. */
  readonly tickMs?: number;
  /** Between two evaluations of one watch. */
  readonly restMs?: number;
  readonly leaseMs?: number;
}

/** The facts of one view, and what was last seen of them. */
interface Group {
  readonly questions: Questions;
  readonly facts: PointFacts;
  /** Of all facts, when `revision` was read. */
  wholeRevision: number;
  revision: number;
  /** By an earlier revision: the facts that changed from it up to `revision`. */
  readonly changes: Map<number, ChangedFacts | undefined>;
}

/** The trace of the answer that a watch was evaluated to. */
interface KeptTrace extends AnswerTrace {
  /** The question and its point, as text. */
  readonly point: string;
}

const lossKinds = ['ORGANIZATION', 'ARTIFACT', 'TRANSFER', 'ACCESS', 'REVEALS'] as const;
/** A scope may name engagements. */
const radiusKinds = [...lossKinds, 'ENGAGEMENT'] as const;

/**
 * The kinds of facts that the answer to a question follows from. A change of other facts needs no evaluation. Of these, a footprint may say which
 * count. Only grades read facts of software, and of the rest they read access and organizations alone: without a list, an organization has no match that is told.
 */
const kindsOf: Readonly<Record<WatchQuestion['kind'], readonly FactKind[]>> = {
  RADIUS: radiusKinds,
  LAB: radiusKinds,
  NOTICE: radiusKinds,
  ARTIFACT: lossKinds,
  RANKING: lossKinds,
  FINDINGS: custodyKinds,
  ADVISORY: [...softwareKinds, 'ACCESS', 'ORGANIZATION'],
  // The facts that an edition lists never change after its import.
  EDITION: [],
};

/** Groups whose facts stay in memory, the latest used last. */
const maxGroups = 8;
/** A server that stops waits this long for an evaluation. */
const closeMs = 2000;

/**
 * Evaluates watches (docs/watches.md): after a revision, at an instant at which something begins, ends, becomes stale or falls due, and after a change of
 * an incident. It looks every two seconds, and evaluates one watch at most once a minute, from where it was evaluated last. So one event tells what was
 * missed while no server ran.
 *
 * Several servers may run it. A lease in the watch's document fixes the target before the evaluation, and whoever takes over evaluates to that target.
 * A server that is killed at any moment loses no change, and tells none under two ids.
 */
export class WatchEngine {
  readonly #options: Required<WatchEngineOptions>;
  readonly #whole: Questions;
  readonly #by = randomUUID();
  readonly #groups = new Map<string, Group>();
  /** The versions of incidents that were compared last, by watch. */
  readonly #seen = new Map<string, string>();
  /** By watch. */
  readonly #traces = new Map<string, KeptTrace>();
  /** By watch: when the point from which it goes on was saved, epoch milliseconds. */
  readonly #savedAt = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #passing: Promise<void> | undefined;
  #isClosed = false;
  #reported: string | undefined;

  constructor(options: WatchEngineOptions) {
    this.#options = { tickMs: 2000, restMs: 60_000, leaseMs: 30_000, ...options };
    this.#whole = options.bound.whole;
  }

  /** Begins to look for changes. It does nothing where a server holds a part of the facts: another one evaluates. */
  start(): void {
    if (!this.#whole.held.isWhole) return;
    this.#timer = setTimeout(async () => {
      await this.pass().catch((error) => this.#report(error));
      if (!this.#isClosed) this.start();
    }, this.#options.tickMs);
    this.#timer.unref();
  }

  /** Waits for the watch that is being evaluated, but not for long: whoever runs next goes on from its lease. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await Promise.race([this.#passing?.catch(() => undefined), pause(closeMs, undefined, { ref: false })]);
  }

  /** Evaluates what is due. Throws STORE_UNAVAILABLE if the store cannot be read. */
  pass(): Promise<void> {
    this.#passing ??= this.#evaluateDue().finally(() => {
      this.#passing = undefined;
    });
    return this.#passing;
  }

  async #evaluateDue(): Promise<void> {
    const { store } = this.#whole;
    const watches = (await store.listDocuments('watch')).map(toSavedWatch).filter(({ watch }) => !watch.isEnded);
    const ids = new Set(watches.map(({ id }) => id));
    for (const one of [this.#seen, this.#traces, this.#savedAt]) for (const id of one.keys()) if (!ids.has(id)) one.delete(id);
    if (watches.length === 0) return;
    const now = this.#whole.clock();
    const gone = new Map(
      (await this.#options.tokens.list()).map(({ name, revokedAt, expiresAt }) => [
        name,
        revokedAt !== null || (expiresAt !== null && expiresAt <= now),
      ]),
    );
    const readsIncidents = watches.some(({ watch }) => watch.question.incident !== null || watch.question.kind === 'LAB');
    const incidents = readsIncidents ? (await store.listDocuments('incident')).map(({ id, version }) => `${id} ${version}`).join('\n') : '';
    const wholeRevision = await this.#whole.current.readRevision();
    let isAnyEvaluated = false;
    for (const saved of watches) {
      if (this.#isClosed) return;
      try {
        if (gone.get(saved.watch.owner) === true)
          await endWatch(this.#whole, saved, `The token ${saved.watch.owner} was revoked or has expired.`);
        else if (await this.#evaluateIfDue(saved, wholeRevision, incidents)) isAnyEvaluated = true;
      } catch (error) {
        // Somebody else has the watch, or what failed passes: it is asked again.
        if (!(error instanceof ExposureError && error.code === 'CONFLICT')) this.#report(error);
      }
    }
    if (!isAnyEvaluated) return;
    const begins = new Set((await store.listDocuments('watch')).map((document) => toSavedWatch(document).watch.last.revision));
    for (const { facts } of this.#groups.values()) facts.retain(begins);
  }

  /** Returns whether it goes on from a later point. */
  async #evaluateIfDue(saved: SavedWatch, wholeRevision: number, incidents: string): Promise<boolean> {
    const { watch, id } = saved;
    const now = this.#whole.clock();
    const { lease, last } = watch;
    if (isHeld(lease, now)) return false;
    if (lease === null && now - (watch.evaluatedAt ?? -Infinity) < this.#options.restMs) return false;
    const group = this.#groupOf(watch.labs);
    const revision = await readGroupRevision(group, wholeRevision);
    const seen = `${revision}\n${incidents}`;
    const isTimely = watch.nextInstant !== null && watch.nextInstant <= now && watch.failure === null;
    const isSame = revision !== last.revision && lease === null && !isTimely && (await this.#isUntouched(saved, group));
    const isMoved = revision !== last.revision && revision !== watch.failedAt && !isSame;
    const mayHaveChanged = this.#seen.get(id) !== seen;
    if (lease === null && !isMoved && !isTimely && !mayHaveChanged) return isSame && this.#advance(saved, revision, now);
    let isDue = lease !== null || isMoved || isTimely;
    try {
      const beside = await readBeside(group.questions, watch.question);
      isDue ||= !isDeepStrictEqual(beside.incidents, last.incidents);
      const target = lease?.target ?? { revision, instant: now, ...beside };
      if (isDue && !(await this.#moveOn(saved, group, target))) await this.#evaluate(saved, group, target);
    } catch (error) {
      if (!(isUnaskable(error) && error.code === 'NOT_FOUND' && watch.question.incident !== null)) throw error;
      await endWatch(this.#whole, saved, error.message);
    }
    this.#seen.set(id, seen);
    return isDue;
  }

  /** Whether its answer is that of its last evaluation, because nothing that it follows from has changed since. */
  async #isUntouched({ id, watch }: SavedWatch, { questions, changes, revision }: Group): Promise<boolean> {
    const { question, last } = watch;
    if (watch.failure !== null) return false;
    // The facts that an edition lists never change after its import.
    if (question.kind === 'EDITION') return isDeepStrictEqual((await readBeside(questions, question)).imports, last.imports);
    const since = last.revision;
    if (!changes.has(since)) changes.set(since, await ChangedFacts.read(questions.store, since, revision));
    const changed = changes.get(since);
    if (changed === undefined) return false;
    if (!changed.hasAny(kindsOf[question.kind])) return true;
    const footprints = this.#keptTrace(id, watch)?.footprints;
    return footprints !== undefined && !(await changed.touchesAny(footprints));
  }

  /** The trace of the answer at the point from which a watch goes on. Undefined: this server did not find it. */
  #keptTrace(id: string, watch: Watch): KeptTrace | undefined {
    const kept = this.#traces.get(id);
    return kept?.point === pointOf(watch, watch.last) ? kept : undefined;
  }

  /** Saves from where a watch goes on whose answer is the same, once a minute, so that what changed since stays little. */
  async #advance({ id, version, watch }: SavedWatch, revision: number, now: number): Promise<boolean> {
    if (now - (this.#savedAt.get(id) ?? -Infinity) < this.#options.restMs) return false;
    const kept = this.#keptTrace(id, watch);
    const last = { ...watch.last, revision, instant: now };
    await this.#whole.store.saveDocument('watch', id, JSON.stringify({ ...watch, last } satisfies Watch), version);
    if (kept !== undefined) this.#traces.set(id, { ...kept, point: pointOf(watch, last) });
    this.#savedAt.set(id, now);
    return true;
  }

  /**
   * Takes a RADIUS to a point at which there is nothing to tell. One radius, and one save: what has no event needs no lease, and of two servers one saves.
   * False: it must be evaluated.
   */
  async #moveOn({ id, version, watch }: SavedWatch, { facts }: Group, target: WatchPoint): Promise<boolean> {
    const { question, condition, lease } = watch;
    const before = this.#keptTrace(id, watch)?.standing;
    if (before === undefined || lease !== null) return false;
    const at = await facts.open(target, evaluationLimit());
    const trace = await findRadiusAt(question, at).catch(unlessUnaskable);
    if (trace === undefined || !isNothingToTell(before, trace.standing, condition)) return false;
    const evaluatedAt = this.#whole.clock();
    const moved = { last: target, evaluatedAt, nextInstant: await findNextInstant(question, at), failure: null, failedAt: null };
    await this.#whole.store.saveDocument('watch', id, JSON.stringify({ ...watch, ...moved } satisfies Watch), version);
    this.#traces.set(id, { point: pointOf(watch, target), ...trace });
    this.#savedAt.set(id, evaluatedAt);
    return true;
  }

  async #evaluate(saved: SavedWatch, group: Group, target: WatchPoint): Promise<void> {
    const { store } = this.#whole;
    const { id, version, watch } = saved;
    const until = this.#whole.clock() + this.#options.leaseMs;
    const lease = { by: this.#by, until, target };
    await store.saveDocument('watch', id, JSON.stringify({ ...watch, lease } satisfies Watch), version);
    // Facts before the target, as of a store that was replaced by an older one, are where it begins anew.
    const { found, trace } = watch.last.revision > target.revision ? { found: [] } : await this.#find(watch, group, target);
    const events =
      typeof found === 'string' ? [eventOf(saved, 'watch.failing', target, found)] : found.map((one) => toEvent(saved, target, one));
    if (typeof found === 'string' && watch.failure !== null) events.pop();
    // Another server took over: it records the same.
    if (events.length > 0 && !(await this.#hasLease(id, until))) return;
    for (const event of events) await recordEvent(store, event, watch, this.#whole.clock());
    const next = typeof found === 'string' ? null : await this.#findNext(watch, group, target);
    const evaluatedAt = this.#whole.clock();
    const recorded = await changeWatch(store, id, (latest) => {
      if (!this.#isOwn(latest.lease, until)) return undefined;
      if (typeof found === 'string') return { ...latest, evaluatedAt, lease: null, failure: found, failedAt: target.revision };
      return { ...latest, last: target, evaluatedAt, nextInstant: next, lease: null, failure: null, failedAt: null };
    });
    this.#savedAt.set(id, evaluatedAt);
    if (recorded !== undefined && trace !== undefined) this.#traces.set(id, { point: pointOf(watch, target), ...trace });
    else this.#traces.delete(id);
  }

  /** Whether nobody has taken the watch over, however long its evaluation took. */
  async #hasLease(id: string, until: number): Promise<boolean> {
    const found = await this.#whole.store.findDocument('watch', id);
    return found !== undefined && this.#isOwn(toSavedWatch(found).watch.lease, until);
  }

  #isOwn(lease: Watch['lease'], until: number): boolean {
    return lease?.by === this.#by && lease.until === until;
  }

  /** The differences, or why the question cannot be asked. */
  async #find(
    { question, condition, last }: Watch,
    { facts }: Group,
    target: WatchPoint,
  ): Promise<{ readonly found: Difference[] | string; readonly trace?: AnswerTrace | undefined }> {
    const limit = evaluationLimit();
    // The later facts are read last, so that they stay in memory for the next evaluation.
    const [before, after] = [await facts.open(last, limit), await facts.open(target, limit)];
    try {
      const found = await findDifferences(question, condition, before, after);
      return { found, trace: after.trace };
    } catch (error) {
      if (!isUnaskable(error)) throw error;
      try {
        // If it can be asked now, it could not be asked of the facts before, as where something was erased: it begins anew.
        await findDifferences(question, condition, after, after);
        return { found: [] };
      } catch {
        return { found: error.message };
      }
    }
  }

  async #findNext({ question }: Watch, { facts }: Group, target: WatchPoint): Promise<number | null> {
    return findNextInstant(question, await facts.open(target, evaluationLimit()));
  }

  /** Once, while a store is away for long. A store that closes under an evaluation is no error. */
  #report(error: unknown): void {
    const text = String(error);
    if (text !== this.#reported && !this.#isClosed) this.#options.onError(error);
    this.#reported = text;
  }

  #groupOf(labs: readonly string[] | null): Group {
    const key = JSON.stringify(labs);
    const questions = this.#options.bound.of(labs);
    const known = this.#groups.get(key);
    // A view that was dropped meanwhile is made anew.
    const group =
      known?.questions === questions
        ? known
        : { questions, facts: new PointFacts(questions), wholeRevision: -1, revision: -1, changes: new Map() };
    keepLatest(this.#groups, key, group, maxGroups);
    return group;
  }
}

function unlessUnaskable(error: unknown): undefined {
  if (!isUnaskable(error)) throw error;
}

/** As text: a question and where it was evaluated. Of the incidents, a change is found by itself. */
function pointOf({ question }: Watch, { revision, instant }: WatchPoint): string {
  return JSON.stringify([question, revision, instant]);
}

/** The revision of a view changes only with that of all facts. */
async function readGroupRevision(group: Group, wholeRevision: number): Promise<number> {
  if (group.wholeRevision !== wholeRevision) {
    group.revision = (await group.facts.readCurrent(evaluationLimit())).revision;
    group.wholeRevision = wholeRevision;
    group.changes.clear();
  }
  return group.revision;
}

/** Ends the watches of some owners for good, each with an event that says why. */
export async function endWatchesOf(
  questions: Pick<Questions, 'store' | 'clock'>,
  isOwner: (name: string) => boolean,
  reason: string,
): Promise<void> {
  for (const saved of (await questions.store.listDocuments('watch')).map(toSavedWatch))
    if (!saved.watch.isEnded && isOwner(saved.watch.owner)) await endWatch(questions, saved, reason);
}

/** Ends a watch for good, with an event that says why. */
async function endWatch({ store, clock }: Pick<Questions, 'store' | 'clock'>, saved: SavedWatch, reason: string): Promise<void> {
  const { last } = saved.watch;
  const event = eventOf(saved, 'watch.ended', { ...last, instant: clock() }, reason);
  await recordEvent(store, event, saved.watch, clock());
  await changeWatch(store, saved.id, (watch) => (watch.isEnded ? undefined : { ...watch, lease: null, failure: reason, isEnded: true }));
}

function eventOf({ id, watch }: SavedWatch, type: WatchEventType, target: WatchPoint, reason: string): WatchEvent {
  const none: Difference = { type, before: null, after: null, counts: [], items: [], reached: [] };
  return { ...toEvent({ id, watch }, target, none), summary: `${watch.name}: ${reason}` };
}

function toEvent({ id, watch }: Pick<SavedWatch, 'id' | 'watch'>, target: WatchPoint, difference: Difference): WatchEvent {
  const { last, owner, labs, question } = watch;
  const { type, before, after, counts, items } = difference;
  return {
    watch: id,
    owner,
    labs,
    type,
    fromRevision: last.revision,
    fromInstant: last.instant,
    toRevision: target.revision,
    instant: target.instant,
    before,
    after,
    counts,
    items,
    summary: describeDifference(watch, difference),
    url: addressOf(question, last, target),
  };
}
