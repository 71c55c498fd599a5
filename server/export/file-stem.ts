import anyAscii from 'any-ascii';

/** The most subjects that a file name lists. */
const mostSubjects = 3;
const longestPart = 60;

/** Whom a file is about. */
export interface FileSubject {
  /** Names or ids of organizations: the lab of a pack, the origins of a list. */
  readonly of?: readonly string[];
  /** Id of the incident. Null where it must not be said. */
  readonly incident?: string | null | undefined;
  /** Epoch milliseconds. Left out where the name of the file would date the facts in it, when it is imported. */
  readonly day?: number;
}

/**
 * The name of a file that leaves the program, without its extension: of whom, the incident, the day in UTC and what it is, such as
 * `aurelis-labs_INC-02_2026-11-29_pack`. So files of two labs never have one name, and a mix-up shows before it is sent. Other letters are
 * spelled in ASCII, and what is no letter, digit or hyphen becomes a hyphen, so that every system takes the name.
 *
 * @param what without `_`
 */
export function fileStem(what: string, { of = [], incident = null, day }: FileSubject): string {
  const subjects = of.slice(0, mostSubjects).map((name) => plainPart(name).toLowerCase());
  if (of.length > mostSubjects) subjects.push('and-more');
  const parts = [
    subjects.filter((part) => part !== '').join('-'),
    incident === null ? '' : plainPart(incident),
    day === undefined ? '' : new Date(day).toISOString().slice(0, 10),
    what,
  ];
  return parts.filter((part) => part !== '').join('_');
}

/** A file name without its subjects, for an answer that hides names: `2026-11-29_pack.csv`. Takes and gives a `Content-Disposition`. */
export function hideSubjects(disposition: string): string {
  return disposition.replace(/filename="(?:[^"]*?_)??((?:\d{4}-\d\d-\d\d_)?[^"_]+)"/, 'filename="$1"');
}

function plainPart(text: string): string {
  return anyAscii(text)
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, longestPart)
    .replace(/^-+|-+$/g, '');
}
