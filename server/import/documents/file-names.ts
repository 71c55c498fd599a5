/** The ends of names that are read as tables, beside text with delimiters. */
const documentEnds = [
  ...['xlsx', 'xlsm', 'ods', 'docx', 'html', 'htm', 'xhtml', 'md', 'markdown', 'json', 'jsonl', 'ndjson', 'yaml', 'yml'],
] as const;
const ending = new RegExp(`\\.(${documentEnds.join('|')})(?:#|$)`, 'i');

/** Whether a name is that of a zip archive of lists. */
export function isArchive(name: string): boolean {
  return /\.zip$/i.test(name);
}

/** The name of a file within its archive: `vendors.csv` of `bundle.zip#vendors.csv`. Any other name stays as it is. */
export function nameInArchive(name: string): string {
  return name.replace(/^[^#]*\.zip#/i, '');
}

/**
 * Whether a name is that of a file which holds tables, such as a workbook, a web page or an archive, or of one of its tables:
 * `page.html#Vendors`. A CSV file in an archive is none.
 */
export function holdsTables(name: string): boolean {
  return isArchive(name) || ending.test(nameInArchive(name));
}

/** The file of a table: `page.html` of `page.html#Vendors`. */
export function fileOfTable(name: string): string {
  const inner = nameInArchive(name);
  const found = ending.exec(inner);
  if (found === null) return name;
  return name.slice(0, name.length - inner.length + found.index + 1 + (found[1] as string).length);
}

/** The end of the name of a file or of one of its tables, such as `html`, in small letters. Empty: text with delimiters. */
export function documentForm(name: string): string {
  return (ending.exec(nameInArchive(name))?.[1] ?? '').toLowerCase();
}
