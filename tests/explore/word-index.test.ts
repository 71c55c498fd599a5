import fc from 'fast-check';
import { FoldedRecords } from '../../server/explore/folded-records.ts';
import { findJoined, findWord } from '../../server/explore/search.ts';
import { readTyped, type Searchable, splitWords, withJoined } from '../../server/explore/searchable.ts';
import type { NearWords } from '../../server/explore/word-index.ts';
import { findNearness, WordIndex } from '../../server/explore/word-index.ts';

import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { runAtOnce } from '../../server/projection/turns.ts';
import { describe, expect, it } from '../support/test.ts';
import { generatedRuns } from '../support/worlds/generated-runs.ts';
import { toRecordedFacts, world } from '../support/worlds/world.ts';

const words = [
  'meridian',
  'quill',
  'mark',
  'quillmark',
  'an',
  'of',
  'Ångström',
  'B2B',
  '4711',
  'bank',
  'new',
  'york',
  'works',
  '&',
  'x-ray',
];
const word = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ unit: fc.constantFrom('a', 'b', 'm', 'k', '1'), minLength: 1, maxLength: 10 }),
);
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((found) => found.join(' '));
/** Words with letters dropped, doubled or changed. */
const typed = fc
  .array(fc.tuple(fc.oneof(word, name), fc.nat(12), fc.nat(3)), { minLength: 1, maxLength: 3 })
  .map((parts) =>
    parts.map(([text, at, kind]) => text.slice(0, at) + ['', 'x', text[at] ?? '', 'mk'][kind] + text.slice(at + 1)).join(' '),
  );

function fold(names: readonly string[]): FoldedRecords {
  const built = world();
  for (const [i, each] of names.entries()) built.organization(`id-${String(i).padStart(4, '0')}`, { name: each });
  return runAtOnce(FoldedRecords.fold(buildProjection(toRecordedFacts(built.build()), 1), new Map()));
}

/** Semantics §9, word by word, without an index. */
function matches({ fields }: Searchable, text: string, isNear: boolean): boolean {
  const allowed = text.length >= 8 ? 2 : text.length >= 4 ? 1 : 0;
  return fields.some((field) => {
    const all = withJoined(splitWords(field.text));
    return (
      field.text.includes(text) ||
      all.some((other) => other.startsWith(text)) ||
      field.initials === text ||
      (isNear && allowed > 0 && all.some((other) => findNearness(text, other, allowed)))
    );
  });
}

describe('[P263] the words of a search lead to', () => {
  it('every record that a look at all records finds, near ones only if asked for', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 12 }), typed, fc.boolean(), (names, text, isNear) => {
        const records = fold(names);
        const index = runAtOnce(WordIndex.build(records));
        const sought = readTyped(text).words;
        const near = isNear ? new Map(sought.map((each): [string, NearWords] => [each, new Map()])) : undefined;
        const found = new Set(runAtOnce(index.findCandidates(sought, near)));
        const joined = sought.join('');
        for (let i = 0; sought.length > 0 && i < records.count; i++) {
          const record = records.get(i);
          const isJoined = sought.length > 1 && record.fields.some((field) => splitWords(field.text).includes(joined));
          if (isJoined || sought.every((each) => matches(record, each, isNear))) expect(found).toContain(i);
        }
      }),
      { numRuns: generatedRuns(1000) },
    );
  });

  it('few other records', () => {
    const index = runAtOnce(WordIndex.build(fold(Array.from({ length: 1000 }, (_, i) => `Vendor ${1000 + i}`))));
    const count = (...sought: string[]) => runAtOnce(index.findCandidates(sought)).length;
    expect([count('vendor', '1042'), count('vendor1042'), count('vendor'), count('channel'), count('vendor', 'channel')]).toEqual([
      1, 1, 1000, 0, 0,
    ]);
  });
});

describe('[P324] a typed word', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', ' ', '-', '\u00e9'), maxLength: 12 });
  const part = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b', '1'), minLength: 1, maxLength: 4 }),
    fc.string({ unit: fc.constantFrom(' ', '-', '\u00e9'), minLength: 1, maxLength: 2 }),
  );

  it('is found in a text as its words, one by one and joined, have it', () => {
    fc.assert(
      fc.property(text, part, (where, typedWord) => {
        const found = splitWords(where);
        const isPart = where.includes(typedWord);
        const begins = found.some((each) => each.startsWith(typedWord));
        const expected = found.includes(typedWord) ? 'whole' : begins ? 'beginning' : isPart ? 'inside' : undefined;
        expect(findWord(typedWord, where)).toBe(expected);
        const joined = found.join('');
        expect(findJoined(typedWord, where)).toBe(joined === typedWord ? 'whole' : joined.startsWith(typedWord) ? 'beginning' : undefined);
      }),
      { numRuns: generatedRuns(2000) },
    );
  });
});
