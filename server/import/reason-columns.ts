/** The columns that a download of rejected rows adds to the original ones. */
export const reasonColumns = ['line', 'reason'] as const;
/** Added as well if the rows come from several files. */
export const fileColumn = 'file';

/** How many columns at the end of a header are those of a download of rejected rows: 0, 2 or 3. */
export function countReasonColumns(header: readonly string[]): number {
  const ends = (columns: readonly string[]) =>
    header.length > columns.length && columns.every((column, at) => header[header.length - columns.length + at] === column);
  if (ends([...reasonColumns, fileColumn])) return reasonColumns.length + 1;
  return ends(reasonColumns) ? reasonColumns.length : 0;
}
