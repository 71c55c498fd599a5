import type { Assertion, FactValue } from '../../../server/domain/assertions.ts';
import { compareCodePoints } from '../../../server/domain/compare.ts';
import { factFields } from '../../../server/domain/fact-fields.ts';
import { fieldIndex } from '../../../server/domain/fact-rules.ts';
import type { FactKind } from '../../../server/domain/facts.ts';
import { factKinds, pairKey } from '../../../server/domain/facts.ts';
import { PackedAssertions, PackedRows } from '../../../server/domain/packed/packed-assertions.ts';
import { mulberry32 } from '../../bench/large-world.ts';
import { retract } from '../../store/assertions-for-tests.ts';
import { describe, expect, it } from '../../support/test.ts';

const random = mulberry32(7);
const pick = (count: number) => Math.floor(random() * count);
const words = ['', 'Vega', 'zürich', '東京 😀', 'a "quoted"; text', 'x'.repeat(100), 'ﬀ', '\u{1F600}'];

function randomValue(kind: FactKind, field: number): FactValue | undefined {
  const spec = factFields[kind][field];
  if (spec?.isKey === true) return `${words[1 + pick(words.length - 1)]}-${pick(1e6)}`;
  if (random() < 0.3) return undefined;
  if (random() < 0.1) return null;
  switch (spec?.type) {
    case 'number':
    case 'integer':
    case 'instant':
    case 'endInstant':
      return random() < 0.5 ? pick(1e13) - 5e12 : random();
    case 'boolean':
      return random() < 0.5;
    case 'texts':
    case 'enums':
      return Array.from({ length: pick(4) }, () => words[pick(words.length)] as string);
    case 'attributes':
      return Array.from({ length: pick(3) }, (_, i) => ({ name: `n${i}`, value: words[pick(words.length)] as string }));
    default:
      return words[pick(words.length)] as string;
  }
}

function randomAssertion(kind: FactKind, line: number): Assertion {
  const values = factFields[kind].map((_, field) => randomValue(kind, field));
  const keys = factFields[kind].flatMap(({ isKey }, field) => (isKey ? [values[field] as string] : []));
  const key = keys.length === 1 ? (keys[0] as string) : pairKey(keys[0] as string, keys[1] as string);
  const source = random() < 0.5 ? null : (words[1 + pick(3)] as string);
  return { kind, key, isRetraction: false, values, assertedAt: pick(1e12), source, file: `${kind}.csv`, line };
}

/** Kinds alternate at first, and then come in long runs: more rows than a block has. */
const all = Array.from({ length: 3000 }, (_, i) => randomAssertion(factKinds[i % 7] as FactKind, i + 1));
for (let i = 0; i < 34_000; i++) all.push(randomAssertion('TRANSFER', i + 4000));

function pack(rows: readonly Assertion[], dropped: (place: number) => boolean = () => false): PackedAssertions {
  const packed = new PackedRows();
  for (const row of rows) {
    packed.pack(row);
    const place = packed.add(row.kind);
    if (dropped(place)) packed.drop(place);
  }
  return packed.finish();
}

function sortByKey(rows: readonly Assertion[]): ReadonlyMap<FactKind, Uint32Array> {
  const keyOf = (index: number) => (rows[index] as Assertion).key;
  return new Map(
    factKinds.flatMap((kind) => {
      const indexes = [...rows.keys()].filter((index) => rows[index]?.kind === kind);
      return indexes.length === 0 ? [] : [[kind, Uint32Array.from(indexes.sort((a, b) => compareCodePoints(keyOf(a), keyOf(b))))]];
    }),
  );
}

/** Deep equality of so many objects takes seconds. */
function textOf(assertions: Iterable<Assertion>): string {
  return JSON.stringify([...assertions], (_, value: unknown) => (value === undefined ? 'not stated' : value));
}

describe('assertions in columns', () => {
  it('[I41] are read as they were packed, at any place and in any order', () => {
    const packed = pack(all);
    expect(packed).toHaveLength(all.length);
    expect(textOf(packed)).toBe(textOf(all));
    for (let i = 0; i < 200; i++) {
      const index = pick(all.length);
      expect(packed.at(index)).toEqual(all[index]);
    }
  });

  it('[I41] come back from another thread as they were sent', () => {
    expect(textOf(PackedAssertions.from(structuredClone(pack(all).share())))).toBe(textOf(all));
  });

  it('[I41] leave out rows that were dropped', () => {
    const isDropped = (place: number) => place % 3 === 1;
    expect(textOf(pack(all, isDropped))).toBe(textOf(all.filter((_, place) => !isDropped(place))));
  });

  it('[I41] are sorted by key in code points as an array is, with and without dropped rows', () => {
    const isDropped = (place: number) => place % 5 === 2;
    const unique = [...new Map(all.map((row) => [`${row.kind} ${row.key}`, row])).values()];
    expect(pack(unique).sortedByKey()).toEqual(sortByKey(unique));
    const left = unique.filter((_, place) => !isDropped(place));
    const packed = pack(unique, isDropped);
    expect(packed.sortedByKey()).toEqual(sortByKey(left));
    for (let i = 0; i < 200; i++) {
      const index = pick(left.length);
      const { kind, key } = left[index] as Assertion;
      expect([packed.findByKey(kind, key), packed.findByKey(kind, `${key}-`)]).toEqual([index, undefined]);
    }
  });

  it('[S436] may be retractions: each has its key and states nothing', () => {
    const rows = all.slice(0, 700).map((row, i) => (i % 3 === 0 ? retract(row.kind, row.key) : row));
    expect(textOf(PackedAssertions.of(rows))).toBe(textOf(rows));
    expect(textOf(PackedAssertions.from(structuredClone(PackedAssertions.of(rows).share())))).toBe(textOf(rows));
  });

  it('[I42] need at most 100 bytes for a transfer', () => {
    const named = (i: number, count: number) => `org-${String((i * 7919) % count).padStart(6, '0')}`;
    const packed = new PackedRows();
    const count = 100_000;
    for (let i = 0; i < count; i++) {
      const values: (FactValue | undefined)[] = factFields.TRANSFER.map(() => undefined);
      values[0] = `t-${String(i).padStart(8, '0')}`;
      for (const field of [1, 2, 3]) values[field] = named(i * field, 500);
      values[fieldIndex('TRANSFER', 'sentAt')] = 1.7e12 + i * 977;
      values[fieldIndex('TRANSFER', 'portion')] = i % 5 === 0 ? 0.5 : 1;
      values[fieldIndex('TRANSFER', 'form')] = i % 10 === 0 ? 'VIEW_ONLY' : 'PLAINTEXT';
      values[fieldIndex('TRANSFER', 'channel')] = `channel-${i % 8}`;
      packed.pack({
        kind: 'TRANSFER',
        key: values[0],
        isRetraction: false,
        values,
        assertedAt: 1,
        source: null,
        file: 'transfers.csv',
        line: i + 2,
      });
      packed.add('TRANSFER');
    }
    const buffers = new Set<ArrayBufferLike>();
    for (const [, blocks] of packed.finish().share().blocks)
      for (const { columns } of blocks) for (const { values } of columns) if (values !== null) buffers.add(values.buffer);
    const bytes = [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(bytes / count).toBeLessThan(100);
  });
});
