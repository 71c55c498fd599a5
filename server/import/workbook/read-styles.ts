import { readXml } from './read-xml.ts';
import { unreadableWorkbook } from './workbook-fault.ts';

/** The looks of a style that change what a cell says. */
export interface CellStyle {
  /** Whether its numbers are dates. */
  readonly isDate: boolean;
  readonly isStruck: boolean;
}

/** Spreadsheet programs keep 65,490 at most. */
const mostStyles = 100_000;
/** A format with a smaller id is built in. */
const firstOwnFormat = 100;

/** Reads the styles of cells: those of `cellXfs`, each after the style that it builds on. Only a style's own font can strike its text through. */
export async function readStyles(part: string, pieces: AsyncIterable<string>): Promise<CellStyle[]> {
  const ownFormats = new Map<number, boolean>();
  const bases: (number | undefined)[] = [];
  const styles: { readonly format: number | undefined; readonly base: number; readonly font: number }[] = [];
  const struckFonts: boolean[] = [];
  let list: 'fonts' | 'cellStyleXfs' | 'cellXfs' | undefined;
  await readXml(part, pieces, {
    onOpen(name, attribute) {
      if (name === 'numFmt') {
        const id = Number(attribute('numFmtId'));
        if (id >= firstOwnFormat) ownFormats.set(id, isDateFormat(attribute('formatCode') ?? ''));
      } else if (name === 'fonts' || name === 'cellStyleXfs' || name === 'cellXfs') list = name;
      else if (list === 'fonts') {
        if (name === 'font') struckFonts.push(false);
        else if (name === 'strike') struckFonts[struckFonts.length - 1] = isOn(attribute('val'));
      } else if (name === 'xf' && list !== undefined) {
        const format = toNumber(attribute('numFmtId'));
        if (list === 'cellStyleXfs') bases.push(format);
        else styles.push({ format, base: toNumber(attribute('xfId')) ?? -1, font: toNumber(attribute('fontId')) ?? -1 });
      }
      if (ownFormats.size + bases.length + styles.length + struckFonts.length > mostStyles)
        throw unreadableWorkbook(`${part}: more than 100,000 styles`);
    },
    onClose(name) {
      if (name === list) list = undefined;
    },
  });
  return styles.map(({ format, base, font }) => {
    // The first base is "Normal".
    const id = format ?? (base > 0 ? bases[base] : undefined);
    const isDate = id !== undefined && (isDateFormatId(id) || ownFormats.get(id) === true);
    return { isDate, isStruck: struckFonts[font] === true };
  });
}

function toNumber(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text);
}

/**
 * The built-in number formats that show dates or times (ECMA-376 part 1, §18.8.30), with those of Chinese, Japanese, Korean and Thai programs.
 */
const dateFormatIds: ReadonlySet<number> = new Set([
  ...range(14, 22),
  ...range(27, 36),
  ...range(45, 47),
  ...range(50, 58),
  ...range(71, 81),
]);

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

/** The parts of a format that stand for a piece of a date or time; `e` is a year of an era. */
const dateWord = /^(?:s{1,2}|m{1,5}|h{1,2}|am|pm|a|p|d{1,4}|a{3,5}|y|yy|yyyy|e|ee|eeee)$/;

/** Spreadsheet programs write at most 255 characters. */
const longestFormat = 1000;

/** Whether a built-in number format shows a date or time. */
function isDateFormatId(id: number): boolean {
  return dateFormatIds.has(id);
}

/**
 * Whether a number format such as `[$-407]d. mmm yyyy;@` shows a date or time. In one of its alternatives, all letters, digits and
 * placeholders outside of quotes and brackets must be pieces of dates: in doubt, the cell is a number.
 */
export function isDateFormat(format: string): boolean {
  if (format.length > longestFormat) return false;
  const plain = format.toLowerCase().replace(/;@$/, '').replace(/\\./g, ' ');
  return plain.split(';').some((alternative) => {
    const words = alternative
      .replace(/"[^"]*"/g, ' ')
      // Fractions of a second, then elapsed hours, minutes and seconds.
      .replace(/(\[?[smhd]{1,2}\]?)[.,]00?0?/g, '$1')
      .replace(/\[([smhd]{1,2})\]/g, '$1')
      // Colors, conditions and locales.
      .replace(/\[[^\]]*\]/g, '')
      .split(/[^a-z0#?%]+/)
      .filter((word) => word !== '');
    return words.length > 0 && words.every((word) => dateWord.test(word));
  });
}

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
