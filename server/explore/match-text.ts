/*
 * Looks for a typed word in a folded text. A word of the text is a run of letters and digits. So is the typed word, or it has none of them:
 * then it is no part of any word.
 */

/** How the words of a text have a typed word: one is the word, begins with it, or only has it inside. */
export function findWord(word: string, text: string): 'whole' | 'beginning' | 'inside' | undefined {
  let at = text.indexOf(word);
  if (at < 0) return undefined;
  if (!isInWord(word, 0)) return 'inside';
  let found: 'beginning' | 'inside' = 'inside';
  for (; at >= 0; at = text.indexOf(word, at + 1)) {
    if (isInWord(text, at - 1)) continue;
    if (!isInWord(text, at + word.length)) return 'whole';
    found = 'beginning';
  }
  return found;
}

/** How all words of a text, joined into one, have a typed word: "quillmark" finds "Quill Mark". */
export function findJoined(word: string, text: string): 'whole' | 'beginning' | undefined {
  let at = 0;
  let found = 0;
  for (; at < text.length && found < word.length; at++) {
    if (!isInWord(text, at)) continue;
    if (text.charCodeAt(at) !== word.charCodeAt(found)) return undefined;
    found++;
  }
  if (found < word.length) return undefined;
  while (at < text.length && !isInWord(text, at)) at++;
  return at < text.length ? 'beginning' : 'whole';
}

/** Whether a text has a letter or digit at a position; false outside the text. */
function isInWord(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57);
}
