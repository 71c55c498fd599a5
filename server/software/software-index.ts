import { compareCodePoints } from '../domain/compare.ts';
import { getOrInsert } from '../domain/get-or-insert.ts';
import type { Advisory, Availability, SoftwareList, SoftwareStatement } from './software-facts.ts';
import { readStatedVersion, type StatedVersion } from './versions/affected-versions.ts';
import { type ListEcosystems, looseNamesOf, type PlainName, readPlainName } from './versions/name-match.ts';
import { ecosystemOf, readPurl } from './versions/purl.ts';

/** An access fact whose `software` may be a purl: it counts as a list of the grantor with one row (semantics §13.1). */
export interface SoftwareAccess {
  readonly id: string;
  readonly grantor: string;
  readonly software: string;
  /** Null: unknown, which is no end. */
  readonly validFrom: number | null;
  readonly validUntil: number | null;
}

/** The facts of an organization that grades ask for beside its lists (semantics §13.3, NO_LIST). "From" means at that instant or later; -Infinity: ever. */
export interface OrganizationStanding {
  isLab(organization: string): boolean;
  /** Whether it holds a copy that is not its own. */
  holdsOthersCopy(organization: string): boolean;
  /** Whether it provides an engagement that is current from then on. */
  providesEngagement(organization: string, from: number): boolean;
  /** Whether it is a party to an access that is valid from then on. */
  isPartyToAccess(organization: string, from: number): boolean;
}

export interface SoftwareFacts {
  /** Read once, in any order; nothing of a list is kept but its head and 12 bytes a component. Organizations are resolved ids. */
  readonly lists: Iterable<SoftwareList>;
  readonly advisories: Iterable<Advisory>;
  readonly availabilities: Iterable<Availability>;
  readonly statements: Iterable<SoftwareStatement>;
  /** Those with `software`. Texts that are no purl are left out. */
  readonly accessFacts: Iterable<SoftwareAccess>;
  /** All organizations. */
  readonly organizations: Iterable<string>;
  readonly standing: OrganizationStanding;
}

/** The head of a list in the index. An access fact is one, of format ACCESS_FACT. */
export interface IndexedList {
  readonly id: string;
  readonly organization: string;
  readonly subject: string;
  readonly describedAt: number | null;
  readonly format: SoftwareList['format'];
  readonly showsAbsence: boolean;
  /** Of an access fact alone: when it is valid. */
  readonly access: { readonly from: number; readonly until: number } | undefined;
  readonly ecosystems: ListEcosystems;
  /** Rows `firstRow` up to `endRow` of the columns. Row i of the list is the component i; after the components, its subject is a row where it has a purl. */
  readonly firstRow: number;
  readonly endRow: number;
  readonly componentCount: number;
}

/** The lists of one subject and one date, read as one, or one list of unknown date. */
export interface ListMoment {
  /** Undefined: the date is unknown. */
  readonly at: number | undefined;
  /** Whether what it omits was absent at that instant. */
  readonly showsAbsence: boolean;
  /** Lists `firstList` up to `endList`. */
  readonly firstList: number;
  readonly endList: number;
}

/** The lists of one organization and subject. Lists of one date are one slot. */
export interface IndexedSubject {
  readonly organization: number;
  readonly subject: string;
  /** Lists `firstList` up to `endList`: those of unknown date first, then by date, then id. */
  readonly firstList: number;
  readonly endList: number;
  /** Each list of unknown date, and each date with its lists, in order. */
  readonly undated: readonly ListMoment[];
  readonly dated: readonly ListMoment[];
}

export interface IndexedOrganization {
  readonly id: string;
  readonly firstSubject: number;
  readonly endSubject: number;
  /** Lists, access facts aside. */
  readonly listCount: number;
  /** The latest date of a list that shows absence; -Infinity: none. */
  readonly lastShowing: number;
  /** The earliest date of a list; Infinity: none. */
  readonly firstDescribed: number;
}

/** The version of a row, or the constraint in its place. At most one of the two is set. */
export interface RowVersion {
  readonly version: string | null;
  readonly constraint: string | null;
}

/** Rows, ascending, and of each its list and its version. */
export interface Postings {
  readonly rows: Uint32Array;
  readonly lists: Uint32Array;
  /** Indexes into `SoftwareIndex.rowVersions`. */
  readonly stated: Uint32Array;
}

/** A name without a purl, and the rows that have it. */
interface NamePostings {
  readonly name: PlainName;
  readonly postings: Postings;
}

/**
 * All software lists by package, in columns, with the facts that grades need beside them. Immutable: build it again after a change of these facts.
 *
 * | question | function |
 * | --- | --- |
 * | who is affected by an advisory (`advisoryMatches`) | `findAdvisoryMatches(index, advisory)` |
 * | what the advisories say of one organization (`softwareMatches`) | `findOrganizationMatches(index, organization)` |
 * | who had a package or version (`software`) | `findSoftwareMatches(index, { package, versions, during })` |
 * | lists, sightings, presences and because of a match | `describeMatch(index, question, match, placeOf)` |
 * | the incident that an advisory proposes (`proposeIncident`) | `proposeIncident(index, input)` |
 *
 * An advisory is found by its id and by each alias: `index.advisory(id)`.
 */
export interface SoftwareIndex {
  readonly organizations: readonly IndexedOrganization[];
  /** Indexes of organizations, by `lastShowing`. */
  readonly byLastShowing: Uint32Array;
  /** By organization, then subject. */
  readonly subjects: readonly IndexedSubject[];
  /** By subject; so the rows of an organization follow each other. */
  readonly lists: readonly IndexedList[];
  readonly subjectOfList: Uint32Array;
  /** The versions and constraints that rows state, each once. */
  readonly rowVersions: readonly RowVersion[];
  /** An entry of `rowVersions` as an ecosystem reads it, parsed once. */
  statedVersion(ecosystem: string, rowVersion: number): StatedVersion;
  /** The packages that rows name by their purls, in any order. */
  packages(): Iterable<string>;
  /** The rows that name a package by its purl. */
  rowsOfPackage(packageName: string): Postings;
  /** The names of components without a purl that may mean a package, each with its rows. */
  namesLike(packageName: string): readonly NamePostings[];
  organizationIndex(id: string): number | undefined;
  advisories(): Iterable<Advisory>;
  /** By id or alias. */
  advisory(id: string): Advisory | undefined;
  availabilitiesOf(advisory: Advisory): readonly Availability[];
  statementsOf(organization: string, advisory: Advisory): readonly SoftwareStatement[];
  readonly standing: OrganizationStanding;
  /** Bytes that the columns of rows take. */
  readonly rowBytes: number;
}

/**
 * Builds the index. Rows take 12 bytes each: row, list and version, by package. While it is built, they take 8 more. Packages, names and versions are kept once.
 *
 * Lists are added one after the other, so that a caller can read them as it goes, and can pause between two. Order of facts changes nothing.
 *
 * Time: linear in rows, beside sorting the lists.
 */
export class SoftwareIndexBuilder {
  readonly #texts = new RowTexts();
  readonly #drafts: ListDraft[] = [];

  add(list: SoftwareList): void {
    this.#drafts.push(readList(list, this.#texts));
  }

  build(facts: Omit<SoftwareFacts, 'lists'>): SoftwareIndex {
    const texts = this.#texts;
    const drafts = [...this.#drafts, ...readAccessFacts(facts.accessFacts, texts)].sort(compareDrafts);
    const columns = layRows(drafts, texts);
    const organizations = groupLists(drafts, facts.organizations);
    return {
      ...organizations,
      lists: columns.lists,
      rowVersions: texts.versions,
      statedVersion: (ecosystem, rowVersion) => texts.stated(ecosystem, rowVersion),
      packages: () => texts.packages.keys(),
      rowsOfPackage: (packageName) => columns.rowsOf(texts.packages.get(packageName)),
      namesLike: (packageName) => texts.keysLike(packageName).map(([key, name]) => ({ name, postings: columns.rowsOf(key) })),
      standing: facts.standing,
      rowBytes: columns.bytes,
      ...indexAdvisories(facts),
    };
  }
}

/** As `SoftwareIndexBuilder`, in one go. */
export function buildSoftwareIndex({ lists, ...facts }: SoftwareFacts): SoftwareIndex {
  const builder = new SoftwareIndexBuilder();
  for (const list of lists) builder.add(list);
  return builder.build(facts);
}

type NameKey = readonly [key: number, name: PlainName];
const noKeys: readonly NameKey[] = [];

/** Packages, names and versions, each kept once. */
class RowTexts {
  readonly packages = new Map<string, number>();
  readonly names = new Map<string, number>();
  readonly versions: RowVersion[] = [{ version: null, constraint: null }];
  keyCount = 0;
  readonly #versions = new Map<string, number>();
  readonly #constraints = new Map<string, number>();
  /** By ecosystem, then version. */
  readonly #stated = new Map<string, StatedVersion[]>();
  #byLooseName: Map<string, NameKey[]> | undefined;

  key(packageName: string | null, name: string): number {
    return getOrInsert(packageName === null ? this.names : this.packages, packageName ?? name, () => this.keyCount++);
  }

  version(version: string | null, constraint: string | null): number {
    if (version !== null) return getOrInsert(this.#versions, version, () => this.versions.push({ version, constraint: null }) - 1);
    if (constraint === null) return 0;
    return getOrInsert(this.#constraints, constraint, () => this.versions.push({ version: null, constraint }) - 1);
  }

  stated(ecosystem: string, text: number): StatedVersion {
    const known = getOrInsert(this.#stated, ecosystem, () => []);
    let stated = known[text];
    if (stated === undefined) {
      const { version, constraint } = this.versions[text] as RowVersion;
      stated = readStatedVersion(ecosystem, version, constraint);
      known[text] = stated;
    }
    return stated;
  }

  /** The names that may mean a package. Many worlds have a purl for each component, and so no name to look for. */
  keysLike(packageName: string): readonly NameKey[] {
    if (this.names.size === 0) return noKeys;
    return looseNamesOf(packageName).flatMap((looseName) => this.#keysByLooseName().get(looseName) ?? noKeys);
  }

  /** Made at the first question about names. */
  #keysByLooseName(): Map<string, NameKey[]> {
    if (this.#byLooseName === undefined) {
      this.#byLooseName = new Map();
      for (const [text, key] of this.names) {
        const plain = readPlainName(text);
        getOrInsert(this.#byLooseName, plain.looseName, () => []).push([key, plain]);
      }
    }
    return this.#byLooseName;
  }
}

/** A list whose rows are not yet in the columns. */
interface ListDraft extends Omit<IndexedList, 'firstRow' | 'endRow'> {
  readonly keys: Uint32Array;
  readonly versions: Uint32Array;
}

function readList(list: SoftwareList, texts: RowTexts): ListDraft {
  const subject = readPurl(list.subject)?.package;
  const rowCount = list.components.length + (subject === undefined ? 0 : 1);
  const [keys, versions] = [new Uint32Array(rowCount), new Uint32Array(rowCount)];
  const ecosystems = new Set<string>();
  let row = 0;
  for (const component of list.components) {
    keys[row] = texts.key(component.package, component.name);
    versions[row++] = texts.version(component.version, component.constraint);
    const ecosystem = component.package === null ? readPlainName(component.name).ecosystem : ecosystemOf(component.package);
    if (ecosystem !== undefined && (component.package === null || component.package !== subject)) ecosystems.add(ecosystem);
  }
  if (subject !== undefined) {
    keys[row] = texts.key(subject, '');
    versions[row] = texts.version(list.subjectVersion, null);
  }
  const { id, organization, describedAt, format } = list;
  return {
    id,
    organization,
    subject: list.subject,
    describedAt,
    format,
    showsAbsence: describedAt !== null && list.subject !== '' && list.isComplete !== false && format !== 'ACCESS_FACT',
    access: undefined,
    ecosystems: summarize(ecosystems),
    componentCount: list.components.length,
    keys,
    versions,
  };
}

function summarize(ecosystems: ReadonlySet<string>): ListEcosystems {
  const [only] = ecosystems;
  if (only === undefined) return 'NONE';
  return ecosystems.size === 1 ? { only } : 'SEVERAL';
}

function* readAccessFacts(accessFacts: Iterable<SoftwareAccess>, texts: RowTexts): Generator<ListDraft> {
  for (const { id, grantor, software, validFrom, validUntil } of accessFacts) {
    const purl = readPurl(software);
    if (purl === undefined) continue;
    yield {
      id,
      organization: grantor,
      subject: id,
      describedAt: null,
      format: 'ACCESS_FACT',
      showsAbsence: false,
      access: { from: validFrom ?? -Infinity, until: validUntil ?? Infinity },
      ecosystems: 'SEVERAL',
      componentCount: 1,
      keys: Uint32Array.of(texts.key(purl.package, '')),
      versions: Uint32Array.of(texts.version(purl.version, null)),
    };
  }
}

/** An access fact is a subject of its own, also where a list's subject is called as its id. */
function compareDrafts(a: ListDraft, b: ListDraft): number {
  return (
    compareCodePoints(a.organization, b.organization) ||
    Number(a.access !== undefined) - Number(b.access !== undefined) ||
    compareCodePoints(a.subject, b.subject) ||
    Number(a.describedAt !== null) - Number(b.describedAt !== null) ||
    (a.describedAt ?? 0) - (b.describedAt ?? 0) ||
    compareCodePoints(a.id, b.id)
  );
}

/** Joins the rows of all lists, and sorts them by package or name: a counting sort, so that the rows of a key ascend. */
function layRows(drafts: readonly ListDraft[], texts: RowTexts) {
  const starts = new Uint32Array(texts.keyCount + 1);
  let rowCount = 0;
  const listed = drafts.map(({ keys, versions, ...head }): IndexedList => {
    for (const key of keys) starts[key + 1] = (starts[key + 1] as number) + 1;
    const list = { ...head, firstRow: rowCount, endRow: rowCount + keys.length };
    rowCount = list.endRow;
    return list;
  });
  const [rows, lists, stated] = [new Uint32Array(rowCount), new Uint32Array(rowCount), new Uint32Array(rowCount)];
  for (let key = 0; key < texts.keyCount; key++) starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number);
  const next = starts.slice();
  for (const [list, { keys, versions }] of drafts.entries()) {
    const { firstRow } = listed[list] as IndexedList;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as number;
      const at = next[key] as number;
      rows[at] = firstRow + i;
      lists[at] = list;
      stated[at] = versions[i] as number;
      next[key] = at + 1;
    }
  }
  const cut = (from: number | undefined, to: number | undefined): Postings => ({
    rows: rows.subarray(from, to),
    lists: lists.subarray(from, to),
    stated: stated.subarray(from, to),
  });
  const none = cut(0, 0);
  return {
    lists: listed,
    bytes: rows.byteLength + lists.byteLength + stated.byteLength,
    rowsOf: (key: number | undefined): Postings => (key === undefined ? none : cut(starts[key], starts[key + 1])),
  };
}

function groupLists(drafts: readonly ListDraft[], ids: Iterable<string>) {
  const subjects: IndexedSubject[] = [];
  const subjectOfList = new Uint32Array(drafts.length);
  const names = [...new Set([...ids, ...drafts.map(({ organization }) => organization)])].sort(compareCodePoints);
  let list = 0;
  const organizations = names.map((id, organization): IndexedOrganization => {
    const firstSubject = subjects.length;
    let [listCount, lastShowing, firstDescribed] = [0, -Infinity, Infinity];
    while (drafts[list]?.organization === id) {
      const { subject, access } = drafts[list] as ListDraft;
      const isSame = (draft: ListDraft | undefined): draft is ListDraft =>
        draft?.organization === id && draft.subject === subject && (draft.access === undefined) === (access === undefined);
      const firstList = list;
      const undated: ListMoment[] = [];
      const dated: ListMoment[] = [];
      for (let draft = drafts[list]; isSame(draft); draft = drafts[++list]) {
        subjectOfList[list] = subjects.length;
        const at = draft.describedAt ?? undefined;
        const last = dated.at(-1);
        const isShared = last !== undefined && last.at === at;
        const moment: ListMoment = {
          at,
          showsAbsence: draft.showsAbsence || (isShared && last.showsAbsence),
          firstList: isShared ? last.firstList : list,
          endList: list + 1,
        };
        if (isShared) dated.pop();
        (at === undefined ? undated : dated).push(moment);
        if (at !== undefined) firstDescribed = Math.min(firstDescribed, at);
        if (draft.format !== 'ACCESS_FACT') listCount++;
        if (draft.showsAbsence) lastShowing = Math.max(lastShowing, draft.describedAt as number);
      }
      subjects.push({ organization, subject, firstList, endList: list, undated, dated });
    }
    return { id, firstSubject, endSubject: subjects.length, listCount, lastShowing, firstDescribed };
  });
  const indexes = new Map(names.map((id, organization) => [id, organization]));
  const lastShowing = Float64Array.from(organizations, (organization) => organization.lastShowing);
  const byLastShowing = Uint32Array.from(organizations.keys()).sort((a, b) =>
    compareNumbers(lastShowing[a] as number, lastShowing[b] as number),
  );
  return { organizations, byLastShowing, subjects, subjectOfList, organizationIndex: (id: string) => indexes.get(id) };
}

/** Unlike a difference, it compares infinities. */
function compareNumbers(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function indexAdvisories({ advisories, availabilities, statements }: Omit<SoftwareFacts, 'lists'>) {
  const all = [...advisories].sort((a, b) => compareCodePoints(a.id, b.id));
  const byId = new Map<string, Advisory>();
  for (const advisory of all) for (const alias of advisory.aliases) if (!byId.has(alias)) byId.set(alias, advisory);
  for (const advisory of all) byId.set(advisory.id, advisory);
  const byAdvisory = <T extends { readonly advisory: string }>(facts: Iterable<T>): Map<string, T[]> => {
    const found = new Map<string, T[]>();
    for (const fact of facts) {
      const advisory = byId.get(fact.advisory);
      if (advisory !== undefined) getOrInsert(found, advisory.id, () => []).push(fact);
    }
    return found;
  };
  const [claims, said] = [byAdvisory(availabilities), byAdvisory(statements)];
  return {
    advisories: (): Iterable<Advisory> => all,
    advisory: (id: string) => byId.get(id),
    availabilitiesOf: (advisory: Advisory): readonly Availability[] => claims.get(advisory.id) ?? [],
    statementsOf: (organization: string, advisory: Advisory): readonly SoftwareStatement[] =>
      (said.get(advisory.id) ?? []).filter((statement) => statement.organization === organization),
  };
}
