import { compareCodePoints } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Advisory, AffectedPackage } from '../software-facts.ts';
import type { AdvisoryRecord } from './software-reading.ts';

/** An advisory, and the records that it is made of. */
export interface JoinedAdvisory extends Advisory {
  readonly records: readonly AdvisoryRecord[];
}

/**
 * Makes advisories of records (semantics §13.1): records of which one names the other are one advisory, also over several steps. Of the same
 * record the one modified last counts, of equal ones the last. A withdrawn record adds nothing but its names while another stands.
 *
 * Two records that share an alias which no record is of stay two advisories: neither names the other. O(records + names).
 */
export function joinAdvisories(records: readonly AdvisoryRecord[]): JoinedAdvisory[] {
  const latest = new Map<string, AdvisoryRecord>();
  for (const record of records) {
    const before = latest.get(record.id);
    if (before === undefined || (record.modifiedAt ?? 0) >= (before.modifiedAt ?? 0)) latest.set(record.id, record);
  }
  const parent = new Map([...latest.keys()].map((id) => [id, id]));
  const rootOf = (id: string): string => {
    let root = id;
    for (let up = parent.get(root) as string; up !== root; up = parent.get(root) as string) root = up;
    parent.set(id, root);
    return root;
  };
  for (const record of latest.values())
    for (const alias of record.aliases) if (parent.has(alias)) parent.set(rootOf(alias), rootOf(record.id));
  const groups = new Map<string, AdvisoryRecord[]>();
  for (const record of latest.values()) getOrInsert(groups, rootOf(record.id), () => []).push(record);
  return [...groups.values()].map((group) => (group.length === 1 ? ofOne(group[0] as AdvisoryRecord) : joinGroup(group)));
}

/** An advisory of one record, as most are. It says what joinGroup would. */
function ofOne(record: AdvisoryRecord): JoinedAdvisory {
  const { kind, summary, knownBy, withdrawnAt, references } = record;
  const names = [record.id, ...record.aliases].sort(compareCodePoints);
  const id = nameOf(names);
  const aliases = names.filter((name) => name !== id);
  const affected = record.affected.length < 2 ? record.affected : joinAffected([record]);
  return { id, aliases, kind, summary, affected, knownBy, withdrawnAt, references, records: [record] };
}

function joinGroup(records: readonly AdvisoryRecord[]): JoinedAdvisory {
  const names = [...new Set(records.flatMap(({ id, aliases }) => [id, ...aliases]))].sort(compareCodePoints);
  const id = nameOf(names);
  const standing = records.filter(({ withdrawnAt }) => withdrawnAt === null);
  const counting = standing.length === 0 ? records : standing;
  const ownFirst = [...counting].sort((a, b) => Number(b.id === id) - Number(a.id === id) || compareCodePoints(a.id, b.id));
  const known = counting.map(({ knownBy }) => knownBy).filter((at) => at !== null);
  return {
    id,
    aliases: names.filter((name) => name !== id),
    kind: counting.some(({ kind }) => kind === 'MALWARE') ? 'MALWARE' : 'VULNERABILITY',
    summary: ownFirst.find(({ summary }) => summary !== null)?.summary ?? null,
    affected: joinAffected(ownFirst),
    knownBy: known.length === 0 ? null : Math.min(...known),
    withdrawnAt: standing.length > 0 ? null : Math.max(...records.map(({ withdrawnAt }) => withdrawnAt as number)),
    references: [...new Set(ownFirst.flatMap(({ references }) => references))],
    records,
  };
}

/** The MAL- name, else the GHSA- one, else the smallest. The names are sorted, and none is ever empty. */
function nameOf(names: readonly string[]): string {
  const first = (start: string) => names.find((name) => name.startsWith(start));
  return first('MAL-') ?? first('GHSA-') ?? (names[0] as string);
}

function joinAffected(records: readonly AdvisoryRecord[]): AffectedPackage[] {
  const packages = new Map<string, { readonly versions: Set<string>; readonly ranges: Set<string> }>();
  for (const { affected } of records)
    for (const each of affected) {
      const joined = getOrInsert(packages, each.package, () => ({ versions: new Set<string>(), ranges: new Set<string>() }));
      for (const version of each.versions) joined.versions.add(version);
      for (const range of each.ranges) joined.ranges.add(range);
    }
  return [...packages]
    .map(([purl, { versions, ranges }]) => ({ package: purl, versions: [...versions], ranges: [...ranges] }))
    .sort((a, b) => compareCodePoints(a.package, b.package));
}
