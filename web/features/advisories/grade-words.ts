import { formatInstant } from '../../shared/format/instant.ts';
import type { AdvisoryStripsQuery, SoftwareGrade } from '../../shared/generated/operations.ts';

export type Strips = AdvisoryStripsQuery['proposeIncident'];
export type StripPage = Strips['present'];
export type StripMatch = StripPage['edges'][number]['node'];

interface GradeGroup {
  readonly title: string;
  readonly note: string;
  readonly grades: readonly { readonly grade: SoftwareGrade; readonly page: (strips: Strips) => StripPage }[];
}

/** The grades as the page groups them, strongest first. Organizations without a list stand apart, because they have no strip. */
export const GRADE_GROUPS: readonly GradeGroup[] = [
  { title: 'Origins', note: 'A dated list names it', grades: [{ grade: 'PRESENT', page: ({ present }) => present }] },
  {
    title: 'Suspected',
    note: 'May have had it',
    grades: [
      { grade: 'PRESENT_UNDATED', page: ({ undated }) => undated },
      { grade: 'VERSION_UNKNOWN', page: ({ unknown }) => unknown },
    ],
  },
  {
    title: 'Offered',
    note: 'The lists cannot tell',
    grades: [
      { grade: 'BETWEEN_LISTS', page: ({ between }) => between },
      { grade: 'NAME_ONLY', page: ({ byName }) => byName },
    ],
  },
  {
    title: 'Not proposed',
    note: 'The lists on both sides name none of the affected versions',
    grades: [{ grade: 'RULED_OUT_BY_LISTS', page: ({ ruledOut }) => ruledOut }],
  },
];

/** `litellm` of `pkg:pypi/litellm`, `@scope/name` of `pkg:npm/%40scope/name`. */
export function packageName(purl: string): string {
  const name = purl.replace(/^pkg:[^/]+\//, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Says what the lists of an organization state, in a few words beside its grade. */
export function saysOf(match: StripMatch, hull: Strips['hull']): string {
  const { sightings, versions, grade } = match;
  const listsOf = (isCounted: (sighting: (typeof sightings)[number]) => boolean) =>
    new Set(sightings.filter(isCounted).map(({ list }) => list.id)).size;
  const stated = (sighting: (typeof sightings)[number] | undefined) =>
    sighting && (sighting.version ?? sighting.constraint ?? 'no version');
  switch (grade) {
    case 'PRESENT': {
      const count = listsOf(({ isAffected, list }) => isAffected && list.describedAt !== null);
      return `${versions.join(', ')} in ${count === 1 ? '1 list' : `${count} lists`}`;
    }
    case 'PRESENT_UNDATED':
      return `${versions.join(', ')}, ${sightings.some(({ list }) => list.format !== 'ACCESS_FACT') ? 'list without a date' : 'stated with an access'}`;
    case 'VERSION_UNKNOWN': {
      const constraint = sightings.find((one) => one.isVersionUnknown && one.constraint !== null)?.constraint;
      return constraint === undefined || constraint === null ? 'no version stated' : `states ${constraint}, no version`;
    }
    case 'BETWEEN_LISTS': {
      const at = (sighting: (typeof sightings)[number]) => Date.parse(sighting.list.describedAt ?? '');
      const [from, until] = [
        hull.from === null ? Infinity : Date.parse(hull.from),
        hull.until === null ? -Infinity : Date.parse(hull.until),
      ];
      const before = stated(sightings.filter((one) => at(one) < Math.min(from, until === -Infinity ? from : until)).at(-1));
      const after = stated(sightings.find((one) => at(one) > Math.max(until, from === Infinity ? until : from)));
      if (before !== undefined && after !== undefined) return before === after ? `${before} before and after` : `${before}, then ${after}`;
      if (before !== undefined) return `${before} before it; no list after it names the package`;
      return after === undefined ? 'no list around it names the package' : `${after} after it; no list before it names the package`;
    }
    case 'NAME_ONLY':
      return 'a name, no package address';
    case 'RULED_OUT_BY_LISTS': {
      const named = [...new Set(sightings.map(stated))];
      return named.length === 1 ? `${named[0]} on both sides` : `names ${named.slice(0, 3).join(', ')}`;
    }
    case 'NO_LIST':
      return 'no list';
  }
}

/** A list of an organization on its strip. */
export interface StripDot {
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  readonly kind: 'named' | 'other' | 'unknown';
  /** The versions that it names of the package, or what it states in place of one. */
  readonly names: readonly string[];
}

/** The dated lists of a match, in order of time. A list that names an affected version is full, one that names none a ring. */
export function dotsOf({ sightings }: StripMatch): readonly StripDot[] {
  const dots = new Map<string, StripDot>();
  for (const { list, version, constraint, isAffected, isVersionUnknown } of sightings) {
    if (list.describedAt === null) continue;
    const before = dots.get(list.id);
    const kind = isAffected ? 'named' : isVersionUnknown ? 'unknown' : 'other';
    const strongest = (['named', 'unknown', 'other'] as const).find((one) => one === kind || one === before?.kind) ?? kind;
    const names = [...new Set([...(before?.names ?? []), version ?? constraint ?? 'no version'])];
    dots.set(list.id, { id: list.id, at: list.describedAt, kind: strongest, names });
  }
  return [...dots.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** How many of its lists state no date. */
export function undatedCount({ sightings }: StripMatch): number {
  return new Set(sightings.filter(({ list }) => list.describedAt === null).map(({ list }) => list.id)).size;
}

/** "List of Sep 24, 2026, 08:50, names 4.7.2." */
export function dotInWords({ at, kind, names }: StripDot): string {
  return `List of ${formatInstant(at)}, ${kind === 'unknown' ? 'states' : 'names'} ${names.join(', ')}.`;
}
