import type { Advisory, AffectedPackage, Availability, SoftwareComponent, SoftwareList } from '../../../server/software/software-facts.ts';
import type { SoftwareAccess } from '../../../server/software/software-index.ts';
import type { NaiveAsked, NaiveWorld } from './naive-grades.ts';

const hour = 3_600_000;
/** Ten instants, so that equal dates are common. */
export const instants = Array.from({ length: 10 }, (_, i) => Date.UTC(2026, 2, 20) + i * 12 * hour);

export interface RandomWorld extends NaiveWorld {
  readonly asked: NaiveAsked;
}

/**
 * Histories of lists, an advisory and claims, over few versions and dates, so that every grade is common. They include: nobody with a list, lists without
 * subject, with a purl as subject, of equal dates, of unknown date, incomplete ones, components without purl, with prefix, in lists of one, several or no
 * ecosystem, constraints, versions that no order reads, equal versions in two spellings, ranges without bounds, and access facts.
 */
export function makeRandomWorld(random: () => number): RandomWorld {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const count = (most: number): number => Math.floor(random() * (most + 1));
  const many = <T>(most: number, make: (i: number) => T): T[] => Array.from({ length: count(most) }, (_, i) => make(i));

  const packages = ['pkg:npm/evil-kit', 'pkg:npm/side'];
  const versions = ['1.0.0', '1.0.0+build', '1.1.0', '1.2.0', '2.0.0', '3.0.0', 'nightly'];
  const constraints = ['>=1.0.0', '<2.0.0', '>=1.0.0 <1.2.0', '>2.0.0', '=1.1.0', 'latest'];
  const names = ['evil-kit', 'Evil-Kit', 'npm:evil-kit', 'pip:evil-kit', 'evil_kit', 'evilkit', 'side'];
  const affected = packages.slice(0, chance(0.2) ? 2 : 1);
  const organizations = ['alder', 'birch', 'cedar', 'dogwood', 'elm'];
  // Some worlds are dense in what names the package, some sparse.
  const naming = pick([0.3, 0.6, 0.9]);
  const doubt = pick([0, 0.1, 0.4]);
  // In a calm world, lists mostly name one unaffected version around a short window, so that lists often enclose it.
  const isCalm = chance(0.4);

  const versionOrNot = (): Pick<SoftwareComponent, 'version' | 'constraint'> => {
    if (isCalm) return { version: chance(0.9) ? '1.0.0' : pick(versions), constraint: null };
    if (chance(doubt)) return { version: null, constraint: chance(0.4) ? null : pick(constraints) };
    return { version: pick(versions.slice(0, chance(doubt) ? 7 : pick([1, 3, 6]))), constraint: null };
  };
  const component = (): SoftwareComponent => {
    const byName = chance(pick([0, 0.2, 0.5]));
    const base = { scope: null, depth: 'UNKNOWN' as const, hashes: [], ...versionOrNot() };
    if (!chance(isCalm ? 0.9 : naming))
      return { ...base, package: pick(['pkg:npm/other', 'pkg:npm/other', 'pkg:pypi/other']), name: 'other' };
    return byName ? { ...base, package: null, name: pick(names) } : { ...base, package: pick(affected), name: 'evil-kit' };
  };
  const lists: SoftwareList[] = organizations.flatMap((organization) =>
    many(7, (i): SoftwareList => {
      const subject = isCalm ? 'gateway' : pick(['gateway', 'gateway', 'gateway', 'worker', '', 'pkg:npm/evil-kit']);
      return {
        id: `${organization}/${i}`,
        organization,
        subject,
        subjectVersion: chance(0.5) ? null : pick(versions),
        describedAt: chance(isCalm ? 0.03 : 0.15) ? null : pick(instants),
        lifecycle: 'BUILD',
        isComplete: chance(isCalm ? 0.1 : 0.25) ? false : pick([null, true]),
        format: chance(0.05) ? 'ACCESS_FACT' : 'CYCLONEDX',
        components: isCalm ? [component()] : many(2, component),
      };
    }),
  );
  const accessFacts: SoftwareAccess[] = many(2, (i) => ({
    id: `access-${i}`,
    grantor: pick(organizations),
    software: `${pick(packages)}${chance(0.3) ? '' : `@${pick(['1.0.0', '1.1.0', '3.0.0'])}`}`,
    validFrom: chance(0.4) ? null : pick(instants.slice(0, 5)),
    validUntil: chance(0.4) ? null : pick(instants.slice(4)),
  }));
  const ranges = ['vers:npm/*', 'vers:npm/>=0', 'vers:npm/>=1.1.0|<2.0.0', 'vers:npm/>=2.0.0', 'vers:npm/<1.1.0'];
  const entry = (name: string): AffectedPackage => ({
    package: name,
    versions: isCalm ? [pick(['3.0.0', '4.0.0'])] : many(2, () => pick(versions)),
    ranges: isCalm ? [] : many(1, () => pick(ranges)),
  });
  const advisory: Advisory = {
    id: 'MAL-1',
    aliases: [],
    kind: pick(['MALWARE', 'VULNERABILITY']),
    summary: null,
    affected: [...affected.map(entry), ...(chance(0.1) ? [entry(affected[0] as string)] : [])],
    knownBy: null,
    withdrawnAt: chance(0.05) ? 0 : null,
    references: [],
  };
  const span = (): { from: number; until: number } => {
    const middle = isCalm ? instants.slice(4, 6) : instants;
    const [a, b] = [pick(middle) + pick([0, 0, hour]), pick(middle) + pick([0, 0, hour])];
    return { from: Math.min(a, b), until: Math.max(a, b) };
  };
  const claims: Availability[] = many(3, (i) => {
    const { from, until } = span();
    return {
      advisory: 'MAL-1',
      package: packages[0] as string,
      versions: [],
      from: !isCalm && chance(0.2) ? null : from,
      until: !isCalm && chance(0.2) ? null : until,
      source: `source ${i}`,
    };
  });
  const during = span();
  return {
    organizations,
    labs: ['elm'],
    holders: many(1, () => pick(organizations)),
    providers: many(2, () => ({ organization: pick(organizations), until: chance(0.5) ? null : pick(instants) })),
    parties: many(1, () => ({ organization: pick(organizations), until: chance(0.5) ? null : pick(instants) })),
    lists,
    accessFacts,
    advisory,
    claims,
    asked: {
      package: packages[0] as string,
      versions: many(2, () => pick(versions)),
      during: chance(0.2) ? null : { from: during.from, to: during.until },
    },
  };
}
