import fc from 'fast-check';
import { createNamingTest } from '../../server/rules/naming-text.ts';
import { describe, expect, it } from '../support/test.ts';

describe('a text that names an organization', () => {
  const isNaming = createNamingTest(['brightfen', 'Brightfen AI', 'Löwe', 'AI', 'a', '深度', 'C++ (lab)', 'x.y']);

  it.each([
    'brightfen',
    'BRIGHTFEN',
    'transfer register of Brightfen, 2026',
    't-brightfen-17',
    'https://brightfen.example/list',
    'security@brightfen.example',
    'lowe_2026',
    'from Löwe.',
    'AI',
    'a',
    '来自深度求索的名单',
    'by C++  (lab)!',
    'x.y',
  ])('[P170] %j does', (text) => expect(isNaming(text)).toBe(true));

  it.each(['', 'brightfens', 'abrightfen', 'Bright fen', 'AI research', 'a vendor', 'ai', 'A', 'lower', 'xzy', 'c (lab)'])(
    '[P170] %j does not',
    (text) => expect(isNaming(text)).toBe(false),
  );

  it('[P170] any term names itself, also inside a sentence, for any characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (term) => {
        expect(createNamingTest([term])(term)).toBe(true);
        expect(createNamingTest([`a-${term}-z`])(`from "A-${term}-Z" (list)`)).toBe(true);
      }),
    );
  });

  it('[P170] without terms no text does', () => expect(createNamingTest([])('anything')).toBe(false));
});
