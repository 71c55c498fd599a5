import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNearness } from '../../server/explore/nearly-equal.ts';
import { readTyped, type Searchable, toSearchable } from '../../server/explore/searchable.ts';
import { type NearWords, WordIndex } from '../../server/explore/word-index.ts';
import { runAtOnce } from '../../server/projection/turns.ts';

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

/** Semantics §9, word by word, without an index. */
function matches({ fields }: Searchable, text: string, isNear: boolean): boolean {
  const allowed = text.length >= 8 ? 2 : text.length >= 4 ? 1 : 0;
  return fields.some(
    (field) =>
      field.text.includes(text) ||
      field.joined.startsWith(text) ||
      field.initials === text ||
      (isNear && allowed > 0 && [...field.words, field.joined].some((other) => other !== '' && findNearness(text, other, allowed))),
  );
}

describe('[P263] the words of a search lead to', () => {
  it('every record that a look at all records finds, near ones only if asked for', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 12 }), typed, fc.boolean(), (names, text, isNear) => {
        const records = names.map((each, i) => toSearchable('organization', i, `id-${i}`, each));
        const index = runAtOnce(WordIndex.build(records));
        const sought = readTyped(text).words;
        const near = isNear ? new Map(sought.map((each): [string, NearWords] => [each, new Map()])) : undefined;
        const found = new Set(runAtOnce(index.findCandidates(sought, near)));
        const joined = sought.join('');
        for (const record of sought.length === 0 ? [] : records) {
          const isJoined = sought.length > 1 && record.fields.some((field) => field.words.includes(joined));
          if (isJoined || sought.every((each) => matches(record, each, isNear))) expect(found).toContain(record);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('few other records', () => {
    const names = Array.from({ length: 1000 }, (_, i) => `Vendor ${1000 + i}`);
    const index = runAtOnce(WordIndex.build(names.map((each, i) => toSearchable('organization', i, `id-${i}`, each))));
    const count = (...sought: string[]) => runAtOnce(index.findCandidates(sought)).length;
    expect([count('vendor', '1042'), count('vendor1042'), count('vendor'), count('channel'), count('vendor', 'channel')]).toEqual([
      1, 1, 1000, 0, 0,
    ]);
  });
});
