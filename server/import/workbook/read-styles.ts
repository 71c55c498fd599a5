import { isDateFormat, isDateFormatId } from './number-formats.ts';
import { readXml } from './read-xml.ts';
import { unreadableWorkbook } from './workbook-fault.ts';

/** Whether the numbers of a cell style are dates, by the index of the style. */
export type DateStyles = readonly boolean[];

/** Spreadsheet programs keep 65,490 at most. */
const mostStyles = 100_000;
/** A format with a smaller id is built in. */
const firstOwnFormat = 100;

/** Reads which cell styles show dates: those of `cellXfs`, each after the style that it builds on. */
export async function readStyles(part: string, pieces: AsyncIterable<string>): Promise<DateStyles> {
  const ownFormats = new Map<number, boolean>();
  const bases: (number | undefined)[] = [];
  const styles: { readonly format: number | undefined; readonly base: number }[] = [];
  let list: 'cellStyleXfs' | 'cellXfs' | undefined;
  await readXml(part, pieces, {
    onOpen(name, attribute) {
      if (name === 'numFmt') {
        const id = Number(attribute('numFmtId'));
        if (id >= firstOwnFormat) ownFormats.set(id, isDateFormat(attribute('formatCode') ?? ''));
      } else if (name === 'cellStyleXfs' || name === 'cellXfs') list = name;
      else if (name === 'xf' && list !== undefined) {
        const format = toNumber(attribute('numFmtId'));
        if (list === 'cellStyleXfs') bases.push(format);
        else styles.push({ format, base: toNumber(attribute('xfId')) ?? -1 });
      }
      if (ownFormats.size + bases.length + styles.length > mostStyles) throw unreadableWorkbook(`${part}: more than 100,000 styles`);
    },
    onClose(name) {
      if (name === list) list = undefined;
    },
  });
  return styles.map(({ format, base }) => {
    // The first base is "Normal".
    const id = format ?? (base > 0 ? bases[base] : undefined);
    return id !== undefined && (isDateFormatId(id) || ownFormats.get(id) === true);
  });
}

function toNumber(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text);
}
