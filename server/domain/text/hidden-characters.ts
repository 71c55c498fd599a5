/**
 * The characters that a reader does not see, or that change how the text around them is read: control characters and line breaks, marks
 * that turn the direction of a text, characters without a width (U+200B, U+FEFF, joiners, variation selectors), fillers that look like a
 * blank, and tags. With them, two names that look equal differ, and one name can be made to read like another (semantics §1).
 *
 * New ids, names, aliases, channels and names of files and sources have none. Recorded ones stay, and are shown escaped.
 */
const hiddenCharacter = /[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{FFF9}-\u{FFFB}]/u;
const everyHidden = new RegExp(hiddenCharacter.source, 'gu');
/** Blanks among them. Where they separate words, a blank takes their place. */
const breaks = /[\t-\r\u0085\p{Zl}\p{Zp}]+/gu;

/** O(length). */
export function hasHidden(text: string): boolean {
  return !isVisibleAscii(text) && hiddenCharacter.test(text);
}

/** The text as it is shown: each hidden character as an escape, such as `\u{202E}`. */
export function showHidden(text: string): string {
  return replaceHidden(text, (character) => `\\u{${hexOf(character)}}`);
}

/** The text with something else in the place of each hidden character. */
export function replaceHidden(text: string, toText: (character: string) => string): string {
  return isVisibleAscii(text) ? text : text.replace(everyHidden, toText);
}

/** The text without its hidden characters, and without blanks at its ends. Line breaks and tabs inside become one blank. */
export function withoutHidden(text: string): string {
  return isVisibleAscii(text) ? text.trim() : text.replace(breaks, ' ').replace(everyHidden, '').trim();
}

/** The first hidden character, as `U+202E`. Undefined: there is none. */
export function findHidden(text: string): string | undefined {
  const character = isVisibleAscii(text) ? undefined : hiddenCharacter.exec(text)?.[0];
  return character === undefined ? undefined : `U+${hexOf(character).padStart(4, '0')}`;
}

/** Why a text cannot be taken as a new one, and what to do. Undefined if it can. @param noun such as `name` */
export function describeHidden(noun: string, text: string): string | undefined {
  const found = findHidden(text);
  if (found === undefined) return undefined;
  const shown = showHidden([...text].slice(0, 60).join(''));
  return `The ${noun} "${shown}" holds the character ${found}, which nobody sees. Write it without: new ids, names, aliases, channels, files and sources have no control, bidirectional or zero-width characters and no line breaks.`;
}

function hexOf(character: string): string {
  return (character.codePointAt(0) as number).toString(16).toUpperCase();
}

/** As most texts are. */
function isVisibleAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || unit >= 0x7f) return false;
  }
  return true;
}
