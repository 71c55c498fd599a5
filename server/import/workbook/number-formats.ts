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
export function isDateFormatId(id: number): boolean {
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
