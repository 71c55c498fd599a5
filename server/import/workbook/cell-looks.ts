/** Noncharacters of Unicode, which no text holds: they enclose what is struck through. */
const [struckFrom, struckTo] = ['\ufdd0', '\ufdd1'];
const struckMarks = /[\ufdd0\ufdd1]/g;
const word = /[\p{L}\p{N}]/u;
const raisedDigits = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Marks a piece of a text as struck through, for `sayStruck`. */
export function strike(text: string): string {
  return text === '' ? '' : `${struckFrom}${text}${struckTo}`;
}

/** A raised number as the mark of a footnote: "1" becomes "¹", so that it is no part of the name before it. "[1]" is a mark as it stands. */
export function raise(text: string): string {
  if (text.includes('[')) return text;
  return text.replace(/\d/g, (digit) => raisedDigits[Number(digit)] as string);
}

/**
 * Says in words what a text shows as struck through, line by line: "Omega Ltd (struck through)" of a whole line, and
 * "New Ltd (struck through "Omega Ltd")" of a part.
 */
export function sayStruck(text: string): string {
  if (!text.includes(struckFrom)) return text;
  let isStruck = false;
  const say = (line: string) => {
    let [kept, struck] = ['', ''];
    for (const piece of line.split(/([\ufdd0\ufdd1])/)) {
      if (piece === struckFrom || piece === struckTo) isStruck = piece === struckFrom;
      else if (isStruck) struck += piece;
      else kept += piece;
    }
    if (!word.test(struck)) return line.replace(struckMarks, '');
    if (!word.test(kept)) return `${line.replace(struckMarks, '').trimEnd()} (struck through)`;
    const without = struck.replace(/[()[\]{}"\s]+/g, ' ').trim();
    return `${kept.replace(/\s+/g, ' ').trim()} (struck through "${without}")`;
  };
  return text.split('\n').map(say).join('\n');
}

/** Follows the look of the runs of a text in workbooks and Word documents (ECMA-376 part 1, §17.3.2 and §18.4.7). */
export class RunLook {
  #isRun = false;
  #isStruck = false;
  #isRaised = false;

  onOpen(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'r') [this.#isRun, this.#isStruck, this.#isRaised] = [true, false, false];
    else if (!this.#isRun) return;
    else if (name === 'strike' || name === 'dstrike') this.#isStruck = isOn(attribute('val'));
    else if (name === 'vertAlign') this.#isRaised = attribute('val') === 'superscript';
  }

  onClose(name: string): void {
    if (name === 'r') [this.#isRun, this.#isStruck, this.#isRaised] = [false, false, false];
  }

  /** A piece of the text of the open run. */
  apply(text: string): string {
    const shown = this.#isRaised ? raise(text) : text;
    return this.#isStruck ? strike(shown) : shown;
  }
}

/** Whether a property is switched on, which needs no value. */
export function isOn(value: string | undefined): boolean {
  return value !== '0' && value !== 'false' && value !== 'off' && value !== 'none';
}
