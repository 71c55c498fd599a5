import type { RecordedFact } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import { type Provenance, type SoftwareKind, softwareKinds } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { countRows } from '../../domain/text/row-text.ts';
import { joinAdvisories } from '../../software/read/join-advisories.ts';
import {
  advisoryRecordOf,
  claimsOf,
  componentsOf,
  componentsText,
  type ListHead,
  listHeadOf,
  statementOf,
} from '../../software/recorded-facts.ts';
import type { Advisory, Availability, SoftwareComponent, SoftwareStatement } from '../../software/software-facts.ts';
import { shownSubject } from '../../software/software-sentences.ts';
import type { Asker } from '../asker.ts';
import type { Questions } from '../questions.ts';

export interface RecordedList extends ListHead {
  readonly componentCount: number;
  readonly provenance: Provenance;
}

export interface RecordedAdvisory extends Advisory {
  /** By package, from (unknown first), source. */
  readonly claims: readonly Availability[];
  /** The ids of its records, which are facts, with their provenance. */
  readonly records: readonly string[];
  readonly provenances: readonly Provenance[];
}

/** A fact by its key. */
interface Keyed {
  readonly key: string;
}

/** The facts of software at one revision (semantics §13.1), without the components of lists. */
export interface SoftwareRecords {
  readonly revision: number;
  /** By organization, subject, describedAt (unknown first), id. */
  readonly lists: readonly RecordedList[];
  /** By id. */
  readonly advisories: readonly RecordedAdvisory[];
  readonly statements: readonly (SoftwareStatement & Keyed)[];
  /** All claims of a source about an advisory are one fact. */
  readonly claims: readonly (Availability & Keyed)[];
  list(id: string): RecordedList | undefined;
  /** By id or alias. */
  advisory(id: string): RecordedAdvisory | undefined;
}

/** The latest records of each server, because most changes of facts change none of them. */
const latest = new WeakMap<Questions, SoftwareRecords>();
const fewChanges = 1000;

/** All facts of software, made when a question first needs them. Complexity: O(their texts), once for each revision that changed one. */
export async function askSoftware(asker: Asker): Promise<SoftwareRecords> {
  const projection = await asker.facts();
  return asker.keep(projection, ['software'], async (limit) => {
    const { questions, knownAt } = asker;
    const { revision } = projection;
    const last = knownAt === null ? latest.get(questions) : undefined;
    if (last !== undefined && last.revision <= revision) {
      const changed = await questions.store.readChangedKeys(last.revision, fewChanges, revision);
      if (changed !== undefined && softwareKinds.every((kind) => (changed.get(kind) ?? []).length === 0)) return { ...last, revision };
    }
    const facts = new Map<SoftwareKind, RecordedFact[]>(softwareKinds.map((kind) => [kind, []]));
    const lists: RecordedList[] = [];
    for await (const batch of questions.store.readFacts({ revision }, softwareKinds)) {
      limit.check();
      // The components stay in the store.
      if (batch.kind === 'SOFTWARE_LIST') lists.push(...batch.facts.map(toList));
      else facts.get(batch.kind as SoftwareKind)?.push(...batch.facts);
    }
    const made = toRecords(revision, lists, facts);
    if (knownAt === null) latest.set(questions, made);
    return made;
  });
}

/** The components of a list at the revision of the asker's facts, by package, name, version. */
export async function askComponents(asker: Asker, id: string): Promise<readonly SoftwareComponent[]> {
  const { revision } = await asker.facts();
  const [fact] = await asker.read(asker.questions.store.readFactsByKey('SOFTWARE_LIST', [id], { revision }));
  return fact === undefined ? [] : componentsOf(fact);
}

/** The subjects of all lists, as sentences name them, each once. */
export async function askSubjects(asker: Asker): Promise<ReadonlySet<string>> {
  const { lists } = await askSoftware(asker);
  return new Set(lists.flatMap(({ subject }) => (subject === '' ? [] : [subject, shownSubject(subject)])));
}

/** A component that an edition names otherwise than the one before it. */
export interface ComponentChange {
  readonly package: string | null;
  readonly name: string;
  /** Versions or constraints; the empty text where neither is stated. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * What a list's edition names otherwise than the edition before it. Lists of one organization, subject and date are one edition (semantics §13.8).
 * None for a list without a date, which is never before or after another, and for one without a subject. By package, name.
 */
export async function askChanges(asker: Asker, list: RecordedList): Promise<readonly ComponentChange[]> {
  const { lists } = await askSoftware(asker);
  const { organization, subject, describedAt } = list;
  if (describedAt === null || subject === '') return [];
  const ofSubject = lists.filter((one) => one.organization === organization && one.subject === subject);
  const before = ofSubject.findLast((one) => one.describedAt !== null && one.describedAt < describedAt)?.describedAt;
  if (before === undefined) return [];
  const namedAt = async (date: number | null) => {
    const ofDate = ofSubject.filter((one) => one.describedAt === date);
    return versionsOf((await Promise.all(ofDate.map(({ id }) => askComponents(asker, id)))).flat());
  };
  const [was, is] = [await namedAt(before), await namedAt(describedAt)];
  const changes: ComponentChange[] = [];
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    const [first, last] = [was.get(key), is.get(key)];
    const [a, b] = [first?.versions ?? [], last?.versions ?? []];
    if (a.length === b.length && a.every((version, at) => version === b[at])) continue;
    const named = (last ?? first) as NamedVersions;
    changes.push({ package: named.package, name: named.name, before: a, after: b });
  }
  return changes.sort((a, b) => compareCodePoints(a.package ?? '', b.package ?? '') || compareCodePoints(a.name, b.name));
}

/** How well the software of an organization is known. */
export interface Coverage {
  readonly organization: string;
  readonly listCount: number;
  readonly lastDescribedAt: number | null;
}

/** Organizations without a list first, then by the date of the latest list, oldest first (unknown before all), then id. Empty in a lab's view. */
export async function askCoverage(asker: Asker): Promise<readonly Coverage[]> {
  // The number of its lists would tell that they are hidden.
  if (asker.questions.labs !== null) return [];
  asker.needAllFacts();
  const { organizations } = await asker.facts();
  const { lists } = await askSoftware(asker);
  const byOrganization = new Map<string, RecordedList[]>();
  for (const list of lists) getOrInsert(byOrganization, list.organization, () => []).push(list);
  const covered = Array.from({ length: organizations.count }, (_, index): Coverage => {
    const organization = organizations.id.get(index);
    const own = byOrganization.get(organization) ?? [];
    const dates = own.flatMap(({ describedAt }) => describedAt ?? []);
    return { organization, listCount: own.length, lastDescribedAt: dates.length === 0 ? null : dates.reduce((a, b) => Math.max(a, b)) };
  });
  const ageOf = ({ listCount, lastDescribedAt }: Coverage) => (listCount === 0 ? -Infinity : (lastDescribedAt ?? -Number.MAX_VALUE));
  return covered.sort((a, b) => compareNumbers(ageOf(a), ageOf(b)) || compareCodePoints(a.organization, b.organization));
}

function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function toList(fact: RecordedFact): RecordedList {
  const text = componentsText(fact);
  return { ...listHeadOf(fact), componentCount: text === null ? 0 : countRows(text), provenance: fact.provenance };
}

function toRecords(
  revision: number,
  unsorted: readonly RecordedList[],
  facts: ReadonlyMap<SoftwareKind, readonly RecordedFact[]>,
): SoftwareRecords {
  const of = (kind: SoftwareKind) => facts.get(kind) ?? [];
  const lists = [...unsorted].sort(
    (a, b) =>
      compareCodePoints(a.organization, b.organization) ||
      compareCodePoints(a.subject, b.subject) ||
      compareNumbers(a.describedAt ?? -Infinity, b.describedAt ?? -Infinity) ||
      compareCodePoints(a.id, b.id),
  );
  const claims = of('AVAILABILITY').flatMap((fact) => claimsOf(fact).map((claim) => ({ ...claim, key: fact.key })));
  const byClaimed = new Map<string, Availability[]>();
  for (const { key: _, ...claim } of claims) getOrInsert(byClaimed, claim.advisory, () => []).push(claim);
  const provenances = new Map(of('ADVISORY').map(({ key, provenance }) => [key, provenance]));
  const advisories = joinAdvisories(of('ADVISORY').map(advisoryRecordOf))
    .map(({ records, ...advisory }): RecordedAdvisory => {
      const ids = records.map(({ id }) => id).sort(compareCodePoints);
      const claimed = [advisory.id, ...advisory.aliases].flatMap((id) => byClaimed.get(id) ?? []);
      return {
        ...advisory,
        claims: claimed.sort(
          (a, b) =>
            compareCodePoints(a.package, b.package) ||
            compareNumbers(a.from ?? -Infinity, b.from ?? -Infinity) ||
            compareCodePoints(a.source, b.source) ||
            compareNumbers(a.until ?? Infinity, b.until ?? Infinity),
        ),
        records: ids,
        provenances: ids.flatMap((id) => provenances.get(id) ?? []),
      };
    })
    .sort((a, b) => compareCodePoints(a.id, b.id));
  const listById = new Map(lists.map((list) => [list.id, list]));
  const advisoryById = new Map(advisories.flatMap((one) => one.aliases.map((alias) => [alias, one] as const)).reverse());
  for (const one of advisories) advisoryById.set(one.id, one);
  return {
    revision,
    lists,
    advisories,
    claims,
    statements: of('SOFTWARE_STATEMENT').map((fact) => ({ ...statementOf(fact), key: fact.key })),
    list: (id) => listById.get(id),
    advisory: (id) => advisoryById.get(id),
  };
}

interface NamedVersions {
  readonly package: string | null;
  readonly name: string;
  readonly versions: readonly string[];
}

/** The versions of each component, by its package, else by its name. */
function versionsOf(components: readonly SoftwareComponent[]): ReadonlyMap<string, NamedVersions> {
  const found = new Map<string, { package: string | null; name: string; versions: string[] }>();
  for (const { package: purl, name, version, constraint } of components) {
    const named = getOrInsert(found, purl ?? ` ${name}`, () => ({ package: purl, name, versions: [] as string[] }));
    const stated = version ?? constraint ?? '';
    if (!named.versions.includes(stated)) named.versions.push(stated);
  }
  for (const { versions } of found.values()) versions.sort(compareCodePoints);
  return found;
}
