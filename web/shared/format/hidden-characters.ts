/** The characters that a reader does not see, or that turn the text around them: as in the server's domain/text/hidden-characters.ts. */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{FFF9}-\u{FFFB}]/gu;

/** A name or id as it is shown: each hidden character as an escape, such as `\u{202E}`. Only recorded ones have some. */
export function showHidden(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) as number).toString(16).toUpperCase()}}`);
}
