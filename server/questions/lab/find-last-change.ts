import type { Projection } from '../../projection/projection.ts';
import type { ChangeReader, StoredPlace } from '../../store/fact-store.ts';
import { openStoreReader } from '../../store/open/open-store.ts';
import { ViewBorder } from './view-border.ts';
import type { MergedFactReader, VisibleFacts } from './visible-facts.ts';
import { digestOf, readWhole, selectVisibleFacts } from './visible-facts.ts';

/** A revision of the store, and what a bound person sees as the revision then. */
export interface SeenRevision {
  readonly revision: number;
  readonly seen: number;
}

export interface Search {
  /** Facts with merges applied. */
  readonly facts: MergedFactReader;
  /** The same as stated, with their changes. */
  readonly unmerged: ChangeReader;
  /** The ids that the person is bound to. */
  readonly bound: readonly string[];
  /** An earlier revision for which the answer is known; undefined: goes back to the first write. */
  readonly known: SeenRevision | undefined;
  /** Throws when the time is over or the client has left. */
  readonly check?: () => void;
  /** A search that would take longer than this many changed facts ends without an answer. Default: none does. */
  readonly maxChanges?: number;
}

/**
 * The last revision that changed a view (semantics §10), so that a write outside the view changes no answer. So the answer is the same on
 * every server, whatever it saw before. Undefined: the search would take too long.
 *
 * Goes back through the changes. `ViewBorder` tells of each event whether it touched the view. The few that it cannot tell have the views
 * before and after them compared.
 *
 * @param now the view at the latest revision
 * Complexity: O(changes since `known`), and a reading of all facts for each event in doubt, which seldom leaves the view as it was.
 */
export async function findLastChange(now: VisibleFacts, search: Search): Promise<number | undefined> {
  const { facts, bound, known, maxChanges } = search;
  let digest: string | undefined;
  for (let at = now; ; ) {
    const touched = await findTouching(at, search);
    if (touched === 'TOO_LONG') return undefined;
    if (touched === undefined) return known?.seen ?? 0;
    const { revision, isCertain } = touched;
    if (isCertain) return revision;
    if (maxChanges !== undefined) return undefined;
    const before = await selectVisibleFacts(facts, await readWhole(facts, revision - 1), bound);
    digest ??= await digestOf(facts, now);
    if ((await digestOf(facts, before)) !== digest) return revision;
    at = before;
  }
}

interface TouchingEvent {
  readonly revision: number;
  /** Whether it changed the view. */
  readonly isCertain: boolean;
}

/** The latest event that changed a view or may have, after the known revision and up to that of the view. */
async function findTouching(at: VisibleFacts, search: Search): Promise<TouchingEvent | 'TOO_LONG' | undefined> {
  const { facts, unmerged, bound, known, check, maxChanges = Infinity } = search;
  const since = known?.revision ?? 0;
  const until = at.whole.revision;
  if (until <= since) return undefined;
  const border = await ViewBorder.open(unmerged, at, bound);
  /** An event that changed the view is the last only if no terms of a later one touched it. */
  const orLater = async (event: TouchingEvent | undefined): Promise<TouchingEvent | 'TOO_LONG' | undefined> => {
    if (border.hasTerms && maxChanges < Infinity) return 'TOO_LONG';
    const naming = await border.findNaming(facts);
    return naming === undefined ? event : { revision: naming, isCertain: false };
  };
  let revision = until;
  let count = 0;
  /** The event so far has been taken. */
  const end = async (): Promise<TouchingEvent | 'TOO_LONG' | undefined> => {
    const touch = border.endEvent();
    if (touch !== 'NONE') return orLater({ revision, isCertain: touch === 'CHANGED' });
    return border.hasManyTerms ? orLater(undefined) : undefined;
  };
  for await (const page of unmerged.readChangesBack(since, until)) {
    check?.();
    if (page.revision !== revision) {
      const touching = await end();
      if (touching !== undefined) return touching;
      revision = page.revision;
    }
    count += page.facts.length;
    if (count > maxChanges) return 'TOO_LONG';
    if (border.take(page)) return orLater({ revision, isCertain: true });
  }
  return (await end()) ?? (await orLater(undefined));
}

/** Asks for the last change of a view. */
export interface LastChangeQuestion {
  readonly place: StoredPlace;
  /** The ids that the person is bound to. */
  readonly bound: readonly string[];
  readonly known: SeenRevision | undefined;
}

/** Runs `findLastChange` in a worker thread, which reads the store itself and blocks no request. */
export async function findInThread(whole: Projection, { place, bound, known }: LastChangeQuestion): Promise<number> {
  const { reader, close } = await openStoreReader(place);
  try {
    return (await findLastChange(await selectVisibleFacts(reader, whole, bound), {
      facts: reader,
      unmerged: reader.unmerged,
      bound,
      known,
    })) as number;
  } finally {
    await close();
  }
}
