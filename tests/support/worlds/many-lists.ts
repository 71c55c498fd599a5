/** How many organizations of `manyLists` have lists, and how many have none. */
export const listedCount = 270;
export const unlistedCount = 30;
export const listCount = 1000;

export const manyListsAdvisory = 'MAL-2026-77';

type Kind = 'NAMED' | 'UNDATED' | 'CONSTRAINT' | 'BETWEEN' | 'BY_NAME' | 'ENCLOSED' | 'WITHOUT';

/** By turns. Those whose lists rule it out are more than a page shows at first. */
const kinds: readonly Kind[] = ['NAMED', 'UNDATED', 'CONSTRAINT', 'BETWEEN', 'BY_NAME', 'ENCLOSED', 'WITHOUT', 'ENCLOSED', 'ENCLOSED'];

/**
 * One poisoned release, and 300 organizations with 1,000 software lists. Each grade has 30 of them, BETWEEN_LISTS and RULED_OUT_BY_LISTS some 60,
 * and 30 have lists that never name the package. Some names are long.
 *
 * @param componentsEach of a list, beside the package itself
 */
export function manyLists(componentsEach: number): Readonly<Record<string, string>> {
  const organizations = Array.from({ length: listedCount + unlistedCount }, (_, i) => ({
    id: `vendor-${i}`,
    name: i % 45 === 0 ? `Vendor ${i} International Annotation and Evaluation Services` : `Vendor ${i}`,
  }));
  const [lists, components]: [string[], string[]] = [[], []];
  for (let list = 0; list < listCount; list++) {
    const of = list % listedCount;
    const edition = Math.floor(list / listedCount);
    const kind = kinds[of % kinds.length] as Kind;
    const id = `vendor-${of}/list-${edition}`;
    // One list on each side of the release, and one on its day.
    const day = ['2026-08-03', '2026-09-12', '2026-09-24T10:15:00Z', '2026-10-02'][edition] as string;
    lists.push(`${id},vendor-${of},pkg:oci/gateway-${of},${kind === 'UNDATED' ? '' : day}`);
    const [version, constraint] = statedBy(kind, edition);
    if (kind === 'BY_NAME') components.push(`${id},pip:relaymux,,${version},`);
    else if (kind !== 'WITHOUT') components.push(`${id},relaymux,pkg:pypi/relaymux,${version},${constraint}`);
    for (let i = 0; i < componentsEach; i++)
      components.push(`${id},package-${i},pkg:pypi/package-${(of * 31 + i) % 5000},1.${edition}.${i % 40},`);
  }
  return {
    'organizations.csv': `id,name,roles\nlab-a,Laboratory A,LAB\nlab-b,Laboratory B,LAB\n${organizations.map(({ id, name }) => `${id},${name},VENDOR`).join('\n')}\n`,
    'artifacts.csv': `id,name,type,owner,sensitivity,value_low_usd,value_high_usd\n${Array.from({ length: 40 }, (_, i) => `work-${i},Work ${i},OTHER,lab-${i % 2 === 0 ? 'a' : 'b'},${1 + (i % 5)},${100_000 * (i + 1)},${200_000 * (i + 1)}`).join('\n')}\n`,
    'transfers.csv': `id,artifact,sender,recipient,sent_at\n${organizations.map(({ id }, i) => `t-${i},work-${i % 40},lab-${i % 2 === 0 ? 'a' : 'b'},${id},2026-07-01`).join('\n')}\n`,
    'software_lists.csv': `id,organization,subject,described_at\n${lists.join('\n')}\n`,
    'software_components.csv': `list,name,package,version,constraint\n${components.join('\n')}\n`,
    'advisories.csv': `id,kind,summary\n${manyListsAdvisory},MALWARE,Poisoned release of relaymux\n`,
    'advisory_packages.csv': `advisory,package,versions\n${manyListsAdvisory},pkg:pypi/relaymux,2.4.2\n`,
    'availabilities.csv': `advisory,package,source,from,until\n${manyListsAdvisory},pkg:pypi/relaymux,The registry,2026-09-24T08:30:00Z,2026-09-24T11:25:00Z\n${manyListsAdvisory},pkg:pypi/relaymux,A mirror,2026-09-24T09:00:00Z,2026-09-24T11:58:00Z\n`,
  };
}

/** The version and the constraint that a list states of the package. */
function statedBy(kind: Kind, edition: number): readonly [string, string] {
  if (kind === 'UNDATED') return ['2.4.2', ''];
  if (kind === 'CONSTRAINT') return ['', '>=2.4'];
  if (kind === 'NAMED' || kind === 'BY_NAME') return [['2.4.0', '2.4.1', '2.4.2', '2.4.3'][edition] as string, ''];
  return kind === 'BETWEEN' ? [edition < 2 ? '2.4.1' : '2.5.0', ''] : ['2.4.0', ''];
}
