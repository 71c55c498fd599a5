import fc from 'fast-check';
import type { NamedLab } from '../../server/rules/naming-text.ts';
import { createNamingTest, NamingTest, termsOfLab } from '../../server/rules/naming-text.ts';
import { isNamedBy, isTellingName } from '../support/oracle/naming-text.ts';
import { describe, expect, it } from '../support/test.ts';
import { generatedRuns } from '../support/worlds/generated-runs.ts';
import { canaryArtifact, canaryLab, harmlessTexts, spelledNames } from '../support/worlds/spelled-names.ts';

function testOf(terms: Iterable<string>, artifacts: Iterable<string> = []): NamingTest {
  const test = new NamingTest();
  for (const term of terms) test.addTerm(term);
  for (const name of artifacts) test.addArtifactName(name);
  for (const _ of test.link());
  return test;
}

const termsOf = (lab: Partial<NamedLab>) => [...termsOfLab({ names: [], website: null, contactEmail: null, ...lab })];

describe('a text that names an organization', () => {
  const isNaming = createNamingTest(['brightfen', 'Brightfen AI', 'Löwe', 'AI', 'a', '深度', 'C++ (lab)', 'x.y', '雪', 'R&D']);

  it.each([
    'brightfen',
    'BRIGHTFEN',
    'brightfens',
    'Bright fen',
    'transfer register of Brightfen, 2026',
    't-brightfen-17',
    'https://brightfen.example/list',
    'security@brightfen.example',
    'lowe_2026',
    'from Löwe.',
    'AI',
    'AI research',
    'OpenAI',
    'a vendor',
    '来自深度求索的名单',
    '雪',
    'by C++  (lab)!',
    'C Lab',
    'x.y',
    'R&D',
    'R%26D',
  ])('[P170] %j does', (text) => expect(isNaming(text)).toBe(true));

  it.each(['', 'abrightfen', 'brightfenss', 'ai', 'A', 'lower', 'xzy', '雪山', 'r&d', 'rd', 'R D', 'Ai'])('[P170] %j does not', (text) =>
    expect(isNaming(text)).toBe(false),
  );

  it('[P170] any term names itself, also inside a sentence, for any characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (term) => {
        expect(createNamingTest([term])(term)).toBe(true);
        expect(createNamingTest([`ab-${term}-yz`])(`from "AB-${term}-Yz" (list)`)).toBe(true);
      }),
    );
  });

  it('[P170] without terms no text does', () => expect(createNamingTest([])('anything')).toBe(false));
});

describe('a text that names a hidden lab', () => {
  const terms = termsOf({ ...canaryLab, names: [canaryLab.id, canaryLab.name, ...canaryLab.aliases] });
  const test = testOf(terms, [canaryArtifact]);

  it.each(spelledNames)('[P480] %j does', (text) => expect(test.isNaming(text)).toBe(true));
  it.each(harmlessTexts)('[P480] %j does not', (text) => expect(test.isNaming(text)).toBe(false));

  it('[P480] "metadata" and "Meta-lab" differ: whole tokens alone name Meta', () => {
    const isMeta = createNamingTest(['Meta']);
    expect(['metadata', 'metadatas', 'Metal', 'themeta'].filter(isMeta)).toEqual([]);
    expect(['Meta', 'META', 'meta data', 'metaData', 'meta-analysis', 'Metas'].filter(isMeta)).toHaveLength(6);
  });

  it('[P480] the terms of a lab are its names with and without legal form, and the registrable domains of its addresses', () => {
    expect(termsOf({ names: ['x', 'Älpha AI GmbH & Co. KG', 'Inc.'] })).toEqual(['x', 'Älpha AI GmbH & Co. KG', 'Älpha AI', 'Inc.']);
    const domains = (website: string | null, contactEmail: string | null) => termsOf({ website, contactEmail });
    expect(domains('https://www.lab.co.uk:8080/a?b', 'Ada <ada@mail.lab.ai>; bob@second.example')).toEqual([
      'lab.co.uk',
      'lab.ai',
      'second.example',
    ]);
    expect(domains('lab.github.io', 'mailto:ops@lab.example')).toEqual(['lab.github.io', 'lab.example']);
    expect(domains('https://xn--lwe-sna.example', null)).toEqual(['löwe.example']);
    expect(domains('none', 'J. Smith')).toEqual([]);
    expect(domains('http://10.0.0.1', '-')).toEqual([]);
  });

  it('[P480] only telling names of artifacts count, and none that a visible artifact has', () => {
    const names = ['Guidelines', 'Guidelines 2', 'Rater handbook', 'RaterRubric', 'Redteamguides', 'v 17', '指南', '标注指南手册本'];
    const tester = testOf([], names);
    expect(names.filter((name) => tester.isNaming(`see ${name}.`))).toEqual([
      'Rater handbook',
      'RaterRubric',
      'Redteamguides',
      '标注指南手册本',
    ]);
    expect(tester.isNamingLab('Rater handbook')).toBe(false);
    tester.spare({ id: 'x-17', name: 'rater-handbooks' });
    tester.spare({ id: 't-rater-rubric-2', name: 'Notes' });
    tester.spare({ id: 'x-18', name: 'My redteamguides' });
    expect(names.filter((name) => tester.isNaming(name))).toEqual(['Redteamguides', '标注指南手册本']);
  });

  it('[P481] is what the oracle reads from §12, for any terms and texts', () => {
    const piece = fc.constantFrom(
      ...[
        'canary',
        'Lab',
        'lab',
        'AI',
        'ai',
        'I',
        'l',
        '1',
        'm',
        'rn',
        's',
        'S',
        'O',
        '0',
        'x',
        'Meta',
        'data',
        'gmbh',
        'ß',
        'ÉA',
        'é',
        'e\u0301',
      ],
      ...[
        '深',
        '度',
        'カ',
        '力',
        'ก',
        'ข้',
        '\u0430',
        '\u0412',
        '\u0432',
        '\u0399',
        'ı',
        'İ',
        'ǅ',
        '\u02bc',
        '\u212e',
        '\u{1f426}',
        'ⅷ',
        '\u0663',
      ],
      ...[
        ' ',
        '-',
        '_',
        '.',
        '+',
        '&',
        '%20',
        '%2520',
        '%41',
        '%e6%b7%b1',
        '%ff',
        '%',
        '\u200b',
        '\u00ad',
        '\ufe0f',
        '\u0000',
        '\n',
        '\u{e0061}',
      ],
    );
    const text = (most: number) => fc.array(piece, { minLength: 1, maxLength: most }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(
        fc.array(text(4), { maxLength: 4 }),
        fc.array(text(3), { maxLength: 3 }),
        fc.array(text(8), { minLength: 4 }),
        (terms, artifacts, texts) => {
          const tester = testOf(terms, artifacts);
          for (const each of texts) {
            const expected =
              terms.some((term) => isNamedBy(each, term)) || artifacts.some((name) => isTellingName(name) && isNamedBy(each, name));
            expect([terms, artifacts, each, tester.isNaming(each)]).toEqual([terms, artifacts, each, expected]);
          }
        },
      ),
      { numRuns: generatedRuns(2000) },
    );
  });

  it('[P481] finds each of 2,000 names in any of them, and in no other text', () => {
    const names = Array.from({ length: 2000 }, (_, i) => `Laboratory ${i.toString(36)} of ${(i * 7919).toString(36)}x`);
    const tester = testOf(names);
    expect(names.filter((name) => !tester.isNaming(`t_${name.replaceAll(' ', '_')}.csv`))).toEqual([]);
    expect(names.filter((name) => tester.isNaming(`${name}y`))).toEqual([]);
  });

  it('[P481] a text of 1,000,000 letters that nearly repeats a term of 500 is read once', () => {
    const tester = testOf([`${'a '.repeat(499)}b`]);
    expect(tester.isNaming('a '.repeat(1_000_000))).toBe(false);
    expect(tester.isNaming(`${'a '.repeat(1_000_000)}b`)).toBe(true);
  });
});
