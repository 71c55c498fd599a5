/** The most subjects that a file name lists. */
const mostSubjects = 3;

/**
 * The name of an exported list, without its extension: what it is, of whom, and the day in UTC, such as `blast-radius-quillmark-2026-11-26`.
 * Characters that are no letters, digits or hyphens become hyphens, so that every system takes the name.
 */
export function fileStem(list: string, subjects: readonly string[], now: Date): string {
  const words = [list, ...subjects.slice(0, mostSubjects), ...(subjects.length > mostSubjects ? ['and-more'] : [])];
  const plain = words.map((word) => word.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '')).filter((word) => word !== '');
  return `${plain.join('-').slice(0, 100)}-${now.toISOString().slice(0, 10)}`;
}
