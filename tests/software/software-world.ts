import type { Advisory, Availability, SoftwareComponent, SoftwareList, SoftwareStatement } from '../../server/software/software-facts.ts';
import { buildSoftwareIndex, type IndexedList, type SoftwareAccess, type SoftwareIndex } from '../../server/software/software-index.ts';

/** Epoch milliseconds of a day or instant of 2026: `03-24`, `03-24T08:30`. */
export function at(text: string): number {
  return Date.parse(`2026-${text}${text.includes('T') ? '' : 'T00:00'}:00Z`);
}

export const litellm = 'pkg:pypi/litellm';

/** `litellm 1.82.7`, `litellm`, `litellm >=1.13`; with a purl, unless it begins with a colon: `:pip:litellm 1.82.7`. */
function toComponent(text: string): SoftwareComponent {
  const isByName = text.startsWith(':');
  const [name = '', ...rest] = text.slice(isByName ? 1 : 0).split(' ');
  const stated = rest.length === 0 ? null : rest.join(' ');
  const isConstraint = stated !== null && /^[<>=~^*]/.test(stated);
  return {
    package: isByName ? null : name.startsWith('pkg:') ? name : `pkg:pypi/${name}`,
    name: name.replace(/^pkg:[^/]+\//, ''),
    version: isConstraint ? null : stated,
    constraint: isConstraint ? stated : null,
    scope: null,
    depth: 'UNKNOWN',
    hashes: [],
  };
}

/** A complete list of the gateway of an organization. Date null: unknown. */
export function list(organization: string, date: string | null, rows: readonly string[], more: Partial<SoftwareList> = {}): SoftwareList {
  return {
    id: `${organization}/${date ?? 'undated'}${more.subject ?? ''}${rows.length}`,
    organization,
    subject: 'gateway',
    subjectVersion: null,
    describedAt: date === null ? null : at(date),
    lifecycle: 'BUILD',
    isComplete: null,
    format: 'CYCLONEDX',
    components: rows.map(toComponent),
    ...more,
  };
}

export const poisoned: Advisory = {
  id: 'MAL-2026-2144',
  aliases: ['GHSA-5mg7'],
  kind: 'MALWARE',
  summary: null,
  affected: [{ package: litellm, versions: ['1.82.7', '1.82.8'], ranges: [] }],
  knownBy: null,
  withdrawnAt: null,
  references: [],
};

export function claim(from: string | null, until: string | null, source = 'readme'): Availability {
  const [start, end] = [from === null ? null : at(from), until === null ? null : at(until)];
  return { advisory: poisoned.id, package: litellm, versions: [], from: start, until: end, source };
}

/** From 08:30 to 11:58 on Mar 24. */
export const claims = [claim('03-24T08:30', '03-24T11:25'), claim('03-24T11:58', '03-24T11:58', 'issue 24518')];

export interface WorldFacts {
  readonly lists?: readonly SoftwareList[];
  readonly advisories?: readonly Advisory[];
  readonly claims?: readonly Availability[];
  readonly statements?: readonly SoftwareStatement[];
  readonly accessFacts?: readonly SoftwareAccess[];
  readonly organizations?: readonly string[];
  readonly labs?: readonly string[];
  readonly providers?: readonly string[];
}

export function buildIndex(facts: WorldFacts): SoftwareIndex {
  return buildSoftwareIndex({
    lists: facts.lists ?? [],
    advisories: facts.advisories ?? [poisoned],
    availabilities: facts.claims ?? claims,
    statements: facts.statements ?? [],
    accessFacts: facts.accessFacts ?? [],
    organizations: facts.organizations ?? [],
    standing: {
      isLab: (organization) => facts.labs?.includes(organization) === true,
      holdsOthersCopy: () => false,
      providesEngagement: (organization) => facts.providers?.includes(organization) === true,
      isPartyToAccess: () => false,
    },
  });
}

export function placeOf({ id }: IndexedList, row: number): string {
  return row === -1 ? `${id}.json` : `${id}.json, row ${row}`;
}
