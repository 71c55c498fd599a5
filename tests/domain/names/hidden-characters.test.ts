import { findHidden, hasHidden, showHidden, withoutHidden } from '../../../server/domain/text/hidden-characters.ts';
import { describe, expect, it } from '../../support/test.ts';

describe('[F500] hidden characters', () => {
  it.each([
    ['a control character', 'a\u0007b', 'U+0007'],
    ['NUL', 'a\0b', 'U+0000'],
    ['a C1 control', 'a\u009bb', 'U+009B'],
    ['a line feed', 'a\nb', 'U+000A'],
    ['a tab', 'a\tb', 'U+0009'],
    ['a next line', 'a\u0085b', 'U+0085'],
    ['a line separator', 'a\u2028b', 'U+2028'],
    ['a paragraph separator', 'a\u2029b', 'U+2029'],
    ['an override of the direction', 'a\u202eb', 'U+202E'],
    ['an isolate', 'a\u2066b', 'U+2066'],
    ['an Arabic letter mark', 'a\u061cb', 'U+061C'],
    ['a zero-width space', 'a\u200bb', 'U+200B'],
    ['a zero-width joiner', 'a\u200db', 'U+200D'],
    ['a word joiner', 'a\u2060b', 'U+2060'],
    ['a byte order mark', '\ufeffab', 'U+FEFF'],
    ['a soft hyphen', 'a\u00adb', 'U+00AD'],
    ['a variation selector', 'a\ufe0fb', 'U+FE0F'],
    ['a Hangul filler', 'a\u3164b', 'U+3164'],
    ['a tag', 'a\u{e0041}b', 'U+E0041'],
    ['an interlinear mark', 'a\ufff9b', 'U+FFF9'],
  ])('%s is one', (_, text, code) => {
    expect([hasHidden(text), findHidden(text), withoutHidden(text).replace(' ', '')]).toEqual([true, code, 'ab']);
    expect(showHidden(text)).toContain(`\\u{${code.slice(2).replace(/^0+(?=.)/, '')}}`);
    expect(hasHidden(showHidden(text))).toBe(false);
  });

  it.each([
    'Acme',
    '',
    'a b',
    'Société Générale',
    '株式会社日立',
    'Öl & Gas',
    'a\u00a0b',
    'नमस्ते',
    'שלום',
    '😀',
    '\u{1f1e9}\u{1f1ea}',
    '=1',
    '$%7E',
  ])('%j has none', (text) => {
    expect([hasHidden(text), findHidden(text), showHidden(text)]).toEqual([false, undefined, text]);
  });

  it('every code point either is shown as it is, or escaped', () => {
    let count = 0;
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const text = String.fromCodePoint(code);
      const isHidden = hasHidden(text);
      if (isHidden) count++;
      if (isHidden !== /[\p{Cc}\p{Zl}\p{Zp}\p{DI}\ufff9-\ufffb]/u.test(text)) throw new Error(`U+${code.toString(16)}`);
      // All that turn the direction of a text are among them.
      if (/\p{Bidi_Control}/u.test(text) && !isHidden) throw new Error(`U+${code.toString(16)}`);
    }
    expect(count).toBeGreaterThan(4000);
  });

  it('line breaks and tabs that separate words become one blank', () => {
    expect(withoutHidden(' Acme\r\n\tLabs\u200b \u2028')).toBe('Acme Labs');
  });
});
