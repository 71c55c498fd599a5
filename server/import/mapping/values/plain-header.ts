/** A header without case, accents, punctuation and camel case: `Sub-processorName` and `sub processor name` are equal. */
export function toPlainHeader(text: string): string {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The index of a column that a decision names: by its name, else without case and punctuation, else by its number from #1. */
export function findColumnIndex(names: readonly string[], wanted: string): number {
  const equal = names.indexOf(wanted);
  if (equal >= 0) return equal;
  const number = /^#(\d+)$/.exec(wanted.trim());
  if (number !== null) return Number(number[1]) <= names.length ? Number(number[1]) - 1 : -1;
  const plain = toPlainHeader(wanted);
  return plain === '' ? -1 : names.findIndex((name) => toPlainHeader(name) === plain);
}

/** Unique names of the columns: an empty header is named by its position, and a duplicate is numbered. */
export function nameColumns(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((text, index) => {
    const name = text.replace(/\s+/g, ' ').trim() || `Column ${index + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
