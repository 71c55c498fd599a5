import { deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import type { Assertion, RecordedFact } from '../../../../server/domain/assertions.ts';
import { foldAssertions } from '../../../../server/domain/assertions.ts';
import { compareCodePoints } from '../../../../server/domain/compare.ts';
import type { Chunk } from '../../../../server/store/neo4j/log/assertion-log.ts';
import { packChunks } from '../../../../server/store/neo4j/log/assertion-log.ts';
import { type EventRow, PublishedWrites } from '../../../../server/store/neo4j/log/ledger.ts';
import { DamagedLog, foldChunks } from '../../../../server/store/neo4j/read/fold-chunks.ts';
import { addFieldNames, StoredFields } from '../../../../server/store/stored-fields.ts';
import { recordAssertion } from '../../../../server/store/write-ledger.ts';
import { mulberry32 } from '../../../bench/large-world.ts';
import { describe, expect, it } from '../../../support/test.ts';
import { retract, say, vendor } from '../../assertions-for-tests.ts';

type Stored = Pick<Chunk, 'place' | 'first' | 'last' | 'changed' | 'count'> & { readonly write: number; readonly packed: Uint8Array };

/** The chunks of writes 1, 2, …, each of which states some organizations. */
function store(writes: readonly (readonly Assertion[])[]): Stored[] {
  return writes.flatMap((assertions, i) => {
    const inOrder = [...assertions].sort((a, b) => compareCodePoints(a.key, b.key));
    const logged = inOrder.map((assertion) => ({ assertion, effect: 1 }));
    return [...packChunks('ORGANIZATION', logged)].map((chunk) => ({ ...chunk, write: i + 1 }));
  });
}

async function* fold(chunks: readonly Stored[]): AsyncGenerator<RecordedFact[]> {
  const last = Math.max(...chunks.map(({ write }) => write));
  const events = Array.from({ length: last }, (_, i): EventRow => {
    const seq = i + 1;
    return [last, seq, seq, seq, 'ada', `source:${seq}`, `i${seq}`, 0, 0, 0, 0, null, 0, true];
  });
  const writes = new PublishedWrites(new StoredFields(addFieldNames({}))).followedBy(events);
  const inOrder = [...chunks].sort((a, b) => compareCodePoints(a.first, b.first));
  const read = async function* () {
    for (const { packed, ...head } of inOrder) yield { head, packed: new Int8Array(packed) };
  };
  yield* foldChunks('ORGANIZATION', read(), inOrder, writes);
}

async function readAll(chunks: readonly Stored[]): Promise<RecordedFact[]> {
  const facts: RecordedFact[] = [];
  for await (const page of fold(chunks)) facts.push(...page);
  return facts;
}

interface Contents {
  readonly fields: readonly string[];
  readonly record: { readonly key: readonly string[] };
}

function rewrite({ packed }: Stored, change: (contents: Contents) => object): Uint8Array {
  return gzipSync(JSON.stringify(change(JSON.parse(gunzipSync(packed).toString()))));
}

function swapKeys(contents: Contents): object {
  const [first, second, third, ...more] = contents.record.key;
  return { ...contents, record: { ...contents.record, key: [first, third, second, ...more] } };
}

function breakAttributes(contents: Contents): object {
  const said = 1 | (1 << contents.fields.indexOf('attributes'));
  return { ...contents, record: { ...contents.record, said: [said] }, values: { attributes: [5] } };
}

const idOf = (i: number) => `v${String(i).padStart(5, '0')}`;
const many = (count: number) => Array.from({ length: count }, (_, i) => vendor(idOf(i)));

describe('facts folded from the log', () => {
  it('[G319] are those of all assertions by key, wherever the chunks of writes overlap', async () => {
    const random = mulberry32(7);
    const ids = ['\u{1F600}', '\uFF5E', 'a', 'a b', ...Array.from({ length: 2_000 }, (_, i) => idOf(i))];
    const writes = Array.from({ length: 40 }, (_, write) =>
      ids
        .filter(() => write === 0 || random() < 0.3)
        .map((id) => (random() < 0.1 ? retract('ORGANIZATION', id) : say('ORGANIZATION', { id, name: `${id} ${write}` }))),
    );
    const expected = [...ids].sort(compareCodePoints).flatMap((id) => {
      const said = writes.flatMap((assertions, i) =>
        assertions
          .filter(({ key }) => key === id)
          .map((assertion) => recordAssertion(assertion, i + 1, `source:${i + 1}`, `i${i + 1}`, 'ada')),
      );
      return foldAssertions(said) ?? [];
    });
    expect(await readAll(store(writes))).toEqual(expected);
    expect(expected.length).toBeGreaterThan(1_500);
  });

  it('[G319] leave the event loop a turn after some hundred assertions, however many writes state the same facts', async () => {
    const writes = 64;
    const chunks = store(Array.from({ length: writes }, () => many(512)));
    let turns = 0;
    let isRead = false;
    const count = () => {
      turns++;
      if (!isRead) setImmediate(count);
    };
    setImmediate(count);
    expect(await readAll(chunks)).toHaveLength(512);
    isRead = true;
    // One for each chunk that is opened, and more while their assertions are folded.
    expect(turns).toBeGreaterThan(writes + 25);
  });

  it.each<[string, (sound: Stored, other: Stored) => Uint8Array]>([
    ['has fewer assertions than its head states', (sound) => rewrite(sound, (chunk) => ({ ...chunk, count: 500 }))],
    ['has the bytes of another', (_, other) => other.packed],
    ['has its keys out of order', (sound) => rewrite(sound, swapKeys)],
    ['has no checksum', (sound) => deflateRawSync(gunzipSync(sound.packed))],
    ['[G321] has no keys', (sound) => rewrite(sound, (chunk) => ({ ...chunk, record: {} }))],
    ['[G321] has cells that are no values', (sound) => rewrite(sound, breakAttributes)],
  ])('[G320] end before a chunk that %s', async (_, damage) => {
    const chunks = store([many(512 * 20)]);
    const [sound, other] = chunks.slice(18) as [Stored, Stored];
    expect(await readAll(chunks)).toHaveLength(512 * 20);
    const facts: RecordedFact[] = [];
    const read = async () => {
      const damaged = chunks.map((chunk) => (chunk === sound ? { ...chunk, packed: damage(sound, other) } : chunk));
      for await (const page of fold(damaged)) facts.push(...page);
    };
    await expect(read()).rejects.toThrow(DamagedLog);
    expect(facts.length).toBeGreaterThan(8_000);
    expect(facts.map(({ key }) => key)).toEqual(many(facts.length).map(({ key }) => key));
  });
});
