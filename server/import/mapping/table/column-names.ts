import { toPlainHeader } from '../../../domain/columns/plain-header.ts';

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
