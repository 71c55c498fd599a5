import fc from 'fast-check';
import type { RecordedFact } from '../../server/domain/assertions.ts';
import type { FactKind } from '../../server/domain/facts.ts';
import { SearchIndexes } from '../../server/explore/search.ts';
import { findNearness } from '../../server/explore/word-index.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import type { Projection } from '../../server/projection/projection.ts';
import { refreshProjection } from '../../server/projection/refresh/refresh-projection.ts';
import { runAtOnce } from '../../server/projection/turns.ts';
import { describe, expect, it } from '../support/test.ts';
import { generatedRuns } from '../support/worlds/generated-runs.ts';
import { toRecordedFacts, world } from '../support/worlds/world.ts';

const words = [
  'Meridian',
  'Quillmark',
  'Anker',
  'Datenwerk',
  'Søren',
  'Übersicht',
  'Annotation',
  'Labelling',
  'Vega',
  'Ossian',
  'Kreuz',
  'Nordic',
];

async function search(names: readonly string[], text: string): Promise<string[]> {
  const built = world();
  for (const [i, name] of names.entries()) built.organization(`id${i}`, { name });
  const projection = buildProjection(toRecordedFacts(built.build()), 1);
  const hits = await new SearchIndexes().search(
    projection,
    async () => ({ texts: new Map(), isComplete: true }),
    [],
    text,
    () => true,
    50,
  );
  return hits.map(({ index }) => projection.organizations.name.get(index));
}

/** One typo in a word: a letter dropped, doubled, changed, or swapped with the next. */
function slip(word: string, kind: number, place: number): string {
  const at = place % (word.length - 1);
  const before = word.slice(0, at);
  const letter = word[at] as string;
  if (kind === 0) return before + word.slice(at + 1);
  if (kind === 1) return before + letter + word.slice(at);
  if (kind === 2) return `${before}x${word.slice(at + 1)}`;
  return before + (word[at + 1] as string) + letter + word.slice(at + 2);
}

const plain = (text: string) => text.replace('ø', 'o').replace('Ü', 'U');

describe('search', () => {
  it('[S111] finds a name of three or more words by its initials, behind names that begin so', async () => {
    const names = ['Amazon Web Services, Inc.', 'AWS', 'AWSome Labs', 'Bank of New York', 'Amber Works', 'laws institute'];
    expect((await search(names, 'aws')).slice(0, 3)).toEqual(['AWS', 'AWSome Labs', 'Amazon Web Services, Inc.']);
    expect(await search(names, 'BNY')).toEqual(['Bank of New York']);
    expect(await search(names, 'aw')).not.toContain('Amber Works');
  });

  it('[P75] finds a name in any order of words, accents or case, with another legal form, and with a typo in a long word', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.shuffledSubarray(words, { minLength: 1, maxLength: 3 }), {
          minLength: 1,
          maxLength: 12,
          selector: (name) => name.join(),
        }),
        fc.nat(),
        fc.constantFrom('', ' Inc.', ', GmbH', ' L.L.C.', ' Ltd'),
        fc.constantFrom('', ' AG', ' inc', ' & Co. KG'),
        fc.nat({ max: 4 }),
        fc.nat(),
        async (names, which, form, typedForm, kind, place) => {
          const wanted = names[which % names.length] as string[];
          const all = names.map((name) => name.join(' ') + form);
          const typed = [...wanted]
            .reverse()
            .map((word, i) => (i === 0 && word.length >= 5 && kind < 4 ? slip(plain(word), kind, place) : plain(word)));
          const found = await search(all, typed.join(' ').toUpperCase() + typedForm);
          expect(found).toContain(wanted.join(' ') + form);
        },
      ),
      { numRuns: generatedRuns(300) },
    );
  });

  it('[P76] nearness matches an exhaustive search of typos', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(letters, letters, fc.nat({ max: 2 }), (typed, word, allowed) => {
        const isNear = (beginning: string) => distance(typed, beginning) <= allowed;
        const beginnings = Array.from({ length: word.length }, (_, length) => word.slice(0, length));
        // A word that is shorter than the typed text by more than the typos cannot be near, and its beginnings cannot either.
        expect(findNearness(typed, word, allowed)).toBe(isNear(word) ? 'whole' : beginnings.some(isNear) ? 'beginning' : undefined);
      }),
      { numRuns: generatedRuns(2000) },
    );
  });

  it('[P264] folds texts again only after an organization, artifact or access changed, and then finds what is new', async () => {
    const built = () => world().lab('lab').vendor('vendor', 'client').artifact('rubric', 'lab').access('a', 'client', 'vendor');
    const before = toRecordedFacts(built().build());
    const transferred = toRecordedFacts(built().transfer('t', 'rubric', 'lab', 'vendor').build());
    const indexes = new SearchIndexes();
    const reads: number[] = [];
    const find = async (projection: Projection, text: string) => {
      const readFurtherTexts = async () => {
        reads.push(projection.revision);
        return { texts: new Map([['lab', [{ field: 'attribute' as const, text: `at ${projection.revision}` }]]]), isComplete: true };
      };
      return (await indexes.search(projection, readFurtherTexts, [], text, () => true, 50)).length;
    };
    const change = (last: Projection, kind: FactKind, key: string, facts: readonly RecordedFact[]) =>
      runAtOnce(
        refreshProjection(
          last,
          new Map([[kind, { keys: [key], facts: facts.filter((fact) => fact.kind === kind && fact.key === key) }]]),
          last.revision + 1,
        ),
      );
    const first = buildProjection(before, 1);
    expect([await find(first, 'rubric'), await find(first, 'at 1')]).toEqual([1, 1]);
    const second = change(first, 'TRANSFER', 't', transferred);
    expect([await find(second, 'rubric'), await find(second, 'at 1')]).toEqual([1, 1]);
    expect(reads).toEqual([1]);
    // The attributes of an organization are not in the projection: any statement of it counts.
    const third = change(second, 'ORGANIZATION', 'lab', before);
    expect([await find(third, 'at 3'), await find(third, 'at 1')]).toEqual([1, 0]);
    const withdrawn = change(third, 'TRANSFER', 't', []);
    const fifth = change(withdrawn, 'ARTIFACT', 'rubric', []);
    expect(await find(fifth, 'rubric')).toBe(0);
    const sixth = change(fifth, 'ACCESS', (before.find(({ kind }) => kind === 'ACCESS') as RecordedFact).key, []);
    expect(await find(sixth, 'vendor')).toBe(1);
    expect(reads).toEqual([1, 3, 5, 6]);
  });

  it('[P77] ignores missing and extra spaces', async () => {
    expect(await search(['Quill Mark', 'Vega'], 'quillmark')).toEqual(['Quill Mark']);
    expect(await search(['Quillmark', 'Vega'], 'quill mark')).toEqual(['Quillmark']);
    expect(await search(['Quillmark', 'Vega'], 'qui lmark')).toEqual(['Quillmark']);
    expect(await search(['Quill Mark', 'Vega'], 'quilmark')).toEqual(['Quill Mark']);
    // A match as one word is better than a match of separate words.
    expect(await search(['Opening AI', 'About OpenAI', 'OpenAI'], 'open ai')).toEqual(['OpenAI', 'About OpenAI', 'Opening AI']);
  });

  it('[P77] ignores common endings of company names if nothing matches with them', async () => {
    expect(await search(['Surge AI', 'Vega Labs'], 'surge labs')).toEqual(['Surge AI']);
    expect(await search(['Surge AI', 'Vega Labs'], 'srge Technologies, Inc.')).toEqual(['Surge AI']);
    expect(await search(['Vega', 'Vega Labs'], 'vega labs')).toEqual(['Vega Labs']);
    expect(await search(['Vega Labs', 'Anker'], 'labs')).toEqual(['Vega Labs']);
    expect(await search(['Vega Labs', 'Anker'], 'surge labs')).toEqual([]);
  });

  it('[P77] ranks exact matches first, and names with the same legal form before others', async () => {
    expect(await search(['Anker Data', 'Data Anker', 'Ankerdata'], 'anker data')).toEqual(['Anker Data', 'Data Anker', 'Ankerdata']);
    expect(await search(['Vega GmbH', 'Vega Inc', 'Vega'], 'vega inc.')).toEqual(['Vega Inc', 'Vega', 'Vega GmbH']);
    expect(await search(['Inc', 'Vega'], 'inc')).toEqual(['Inc']);
    // A good exact match hides near matches.
    expect(await search(['Vegas', 'Vegan', 'Negas'], 'vegas')).toEqual(['Vegas']);
    // A match inside a word is not good enough to rule out typos.
    expect(await search(['Omeridon', 'Meridian'], 'meridn')).toEqual(['Meridian']);
    expect(await search(['Xmerida', 'Meridian'], 'merida')).toEqual(['Xmerida', 'Meridian']);
    // A near match of the whole name comes before a match of one word.
    expect(await search(['At Meridian', 'Meridian'], 'meridin')).toEqual(['Meridian', 'At Meridian']);
  });
});

/** The fewest letters that are added, dropped, changed or swapped with their neighbor. No letter changes twice. */
function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const costs = [distance(a.slice(1), b) + 1, distance(a, b.slice(1)) + 1, distance(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1)];
  if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0]) costs.push(distance(a.slice(2), b.slice(2)) + 1);
  return Math.min(...costs);
}
