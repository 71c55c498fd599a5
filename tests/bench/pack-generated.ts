/**
 * `node … pack-generated.ts TRANSFERS FOLDER`: writes the pack of a generated world, without a store: facts go from the generator to the writer
 * of packs. In a process of its own, so that its memory can be measured; the generator takes some 15 bytes a transfer of it.
 */

import { writePack } from '../../server/batch/write-pack.ts';
import type { RecordedFact } from '../../server/domain/assertions.ts';
import { factKinds } from '../../server/domain/facts.ts';
import { defaultPolicy } from '../../server/rules/required-controls.ts';
import type { FactBatch, FactStream } from '../../server/store/fact-store.ts';
import { generateWorld, sizeOf } from './large-world.ts';

const [transfers, folder] = process.argv.slice(2);
const factsABatch = 4000;

const stream: FactStream = { revision: 1, [Symbol.asyncIterator]: batches };
const manifest = await writePack(
  {
    readFacts: () => stream,
    readFingerprint: async () => 'generated',
    readHistory: async () => ({ changes: [], totalCount: 0 }),
  },
  { folder: folder as string, knownAt: null, now: Date.UTC(2026, 8, 24), policy: defaultPolicy },
);
process.stdout.write(`${JSON.stringify(manifest.counts)}\n`);

/** The facts in the order of a store: by kind, then by key. */
async function* batches(): AsyncGenerator<FactBatch> {
  let facts: RecordedFact[] = [];
  for (const fact of generateWorld(sizeOf(Number(transfers)))) {
    const [first] = facts;
    if (first !== undefined && first.kind !== fact.kind) {
      if (factKinds.indexOf(first.kind) > factKinds.indexOf(fact.kind)) throw new Error(`${fact.kind} comes after ${first.kind}.`);
      yield { kind: first.kind, facts };
      facts = [];
    }
    facts.push(fact);
    // Pairs of artifacts are drawn in any order, and so are sorted, all at once.
    if (fact.kind === 'REVEALS' || facts.length < factsABatch) continue;
    yield { kind: fact.kind, facts };
    facts = [];
  }
  const [first] = facts;
  if (first !== undefined) yield { kind: first.kind, facts: facts.sort((a, b) => (a.key < b.key ? -1 : 1)) };
}
