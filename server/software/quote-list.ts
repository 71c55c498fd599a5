import type { SoftwareQuestion } from './find-matches.ts';
import type { IndexedList, SoftwareIndex } from './software-index.ts';
import { formatInstantInText, withYearsOnce } from './software-sentences.ts';
import { lowerBound, type NamedVersion, type NamingRow, namingRows, type PackageRows, spellVersions } from './subject-view.ts';
import { shortName } from './versions/purl.ts';

/** The most versions of a package that a quote names. */
const mostVersions = 5;

/**
 * Quotes one list about the packages of an advisory, such as "According to its own software list of Mar 20, 2026, it had litellm 1.82.7, which
 * MAL-2026-2144 names." A list is its vendor's secret (semantics §13.5): a quote holds no subject, no file, and no row of another package.
 */
export function quoteList(index: SoftwareIndex, question: SoftwareQuestion, list: IndexedList): string {
  const advisory = question.advisory?.id ?? '';
  const named = question.packages.flatMap((rows) => describeRows(index, rows, list, advisory));
  const date = list.describedAt === null ? 'undated software list' : `software list of ${formatInstantInText(list.describedAt)}`;
  if (named.length > 0) return withYearsOnce(`According to its own ${date}, it had ${named.join(', and ')}.`);
  const packages = question.packages.map(({ affected }) => shortName(affected.package));
  return withYearsOnce(`Its own ${date} names no ${packages.length === 1 ? packages[0] : `package that ${advisory} names`}.`);
}

/** "litellm 1.82.7, which MAL-2026-2144 names", and what else the list states of the package. */
function describeRows(index: SoftwareIndex, packageRows: PackageRows, list: IndexedList, advisory: string): string[] {
  const rows = namingRows(packageRows, lowerBound(packageRows.rows, list.firstRow), lowerBound(packageRows.rows, list.endRow));
  const versions = spellVersions(index, packageRows, rows);
  const name = shortName(packageRows.affected.package);
  const describe = (isMeant: (version: NamedVersion) => boolean, says: string): string[] => {
    const meant = rows.filter(({ version }) => isMeant(versions[version] as NamedVersion));
    const texts = [...new Set(meant.map(({ version }) => spell(versions[version] as NamedVersion)))];
    if (texts.length === 0) return [];
    const more = texts.length > mostVersions ? ` and ${texts.length - mostVersions} more` : '';
    return [`${name} ${texts.slice(0, mostVersions).join(' and ')}${more}${byName(meant)}, ${says}`];
  };
  return [
    ...describe((version) => version.isAffected, `which ${advisory} names`),
    ...describe((version) => version.isVersionUnknown, `which may be a version that ${advisory} names`),
    ...describe((version) => !version.isAffected && !version.isVersionUnknown, `which ${advisory} does not name`),
  ];
}

function spell({ version, constraint }: NamedVersion): string {
  return version ?? constraint ?? 'without a version';
}

function byName(rows: readonly NamingRow[]): string {
  return rows.every((row) => row.isByName) ? ' (by its name alone)' : '';
}
