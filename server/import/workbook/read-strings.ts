import type { ListBudget } from '../mapping/list-budget.ts';
import { checkLength, copyText, decodeText } from './decode-text.ts';
import { readXml } from './read-xml.ts';

/**
 * Reads the texts that the cells of all sheets share. A text of several formats is one text; phonetic guides are left out.
 *
 * Throws FileFault LIST_TOO_LARGE and CELL_TOO_LARGE.
 */
export async function readStrings(part: string, pieces: AsyncIterable<string>, budget: ListBudget): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let [isItem, isText, isPhonetic] = [false, false, false];
  await readXml(part, pieces, {
    onOpen(name) {
      if (name === 'si') [isItem, text] = [true, ''];
      else if (name === 't') isText = true;
      else if (name === 'rPh') isPhonetic = true;
    },
    onText(piece) {
      if (!isItem || !isText || isPhonetic) return;
      text += piece;
      checkLength(text, null);
    },
    onClose(name) {
      if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'si') {
        budget.takeCell(text, true);
        strings.push(copyText(decodeText(text)));
        isItem = false;
      }
    },
  });
  return strings;
}
