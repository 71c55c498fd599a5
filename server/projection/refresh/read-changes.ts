import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FactKind } from '../../domain/facts.ts';
import type { FactReader, KeysByKind } from '../../store/fact-store.ts';
import type { Projection } from '../projection.ts';
import type { ChangedFacts } from './place-changes.ts';

/** If more than one in this many facts changed, all facts are read again: reading one by its key takes as long as reading a few in order. */
const factsAChange = 4;
/** Up to this many changed facts never cause a full read. */
const fewChanges = 1000;
const keysAQuestion = 1000;
/** An embedded store answers at once, and holds the event loop meanwhile. Whatever it reads, the loop gets a turn after this long. */
const keysAnEmbeddedQuestion = 64;
const turnMs = 3;

/**
 * The keys that changed between a projection and another revision, or undefined: there are more than `limit`.
 *
 * @param limit default: more make it worth reading all facts
 */
export function readChangesBetween(
  reader: FactReader,
  one: Projection,
  revision: number,
  limit = Math.max(fewChanges, Math.floor(countFacts(one) / factsAChange)),
): Promise<KeysByKind | undefined> {
  return reader.readChangedKeys(Math.min(one.revision, revision), limit, Math.max(one.revision, revision));
}

/** The number of facts of all kinds. */
export function countFacts({ organizations, artifacts, engagements, transfers, access, reveals, controls }: Projection): number {
  return [organizations, artifacts, engagements, transfers, access, reveals, controls].reduce((sum, { count }) => sum + count, 0);
}

/**
 * Reads everything as of one revision: the store may change meanwhile.
 *
 * @param isInBackground whether a thread reads, which blocks no request
 */
export async function readChanged(
  store: FactReader,
  changed: KeysByKind,
  revision: number,
  isInBackground = false,
): Promise<Map<FactKind, ChangedFacts>> {
  const read = new Map<FactKind, ChangedFacts>();
  const count = store.kind === 'sqlite' && !isInBackground ? keysAnEmbeddedQuestion : keysAQuestion;
  let end = performance.now() + turnMs;
  for (const [kind, keys] of changed) {
    const facts = [];
    for (let start = 0; start < keys.length; start += count) {
      if (performance.now() > end) {
        await nextTurn();
        end = performance.now() + turnMs;
      }
      facts.push(...(await store.readFactsByKey(kind, keys.slice(start, start + count), { revision })));
    }
    read.set(kind, { keys, facts });
  }
  return read;
}
