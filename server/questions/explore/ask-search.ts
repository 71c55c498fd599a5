import type { RecordedFact } from '../../domain/assertions.ts';
import { ExposureError } from '../../domain/errors.ts';
import { factFields } from '../../domain/fact-fields.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import type { Attribute } from '../../domain/facts.ts';
import { organizationRoles } from '../../domain/facts.ts';
import type { FurtherTexts, Hit } from '../../explore/search.ts';
import type { SharedValue } from '../../explore/search-facts.ts';
import { findFactsOfText, findValuesOfText, listSharedValues } from '../../explore/search-facts.ts';
import { type FurtherText, readTyped, type Searchable, toField, toSearchable } from '../../explore/searchable.ts';
import type { Projection } from '../../projection/projection.ts';
import { type NamedPackage, PackageNames } from '../../software/package-names.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { Asker } from '../asker.ts';
import { checkCount } from '../check-count.ts';
import type { SavedIncident } from '../incidents/ask-incidents.ts';
import { listIncidents } from '../incidents/ask-incidents.ts';
import type { SavedView } from '../records/saved-records.ts';
import { listViews } from '../records/saved-records.ts';
import { askSoftwareView } from '../software/ask-matches.ts';
import { askSoftware, type RecordedAdvisory, type RecordedList } from '../software/ask-software.ts';

const maxTextLength = 200;
const maxHits = 500;

export interface FoundRecords {
  readonly projection: Projection;
  /** Best first. The index of a record that is no fact of the projection is its place in its list. */
  readonly hits: readonly Hit[];
  readonly incidents: readonly SavedIncident[];
  readonly views: readonly SavedView[];
  readonly values: readonly SharedValue[];
  readonly software: Omit<FoundSoftware, 'records'>;
}

/** The kinds of results. An organization matches each of its roles. */
export const foundKinds = [
  ...organizationRoles,
  ...(['ARTIFACT', 'INCIDENT', 'TRANSFER', 'ENGAGEMENT', 'VIEW', 'SOFTWARE_LIST', 'ADVISORY', 'CHANNEL', 'COUNTRY', 'PACKAGE'] as const),
] as const;
export type FoundKind = (typeof foundKinds)[number];

/**
 * Finds organizations, artifacts, incidents and saved views by name, alias, id or attribute, organizations also by contact and by the
 * software they run, views also by their note. Finds transfers and engagements by the beginning of their id, engagements also by a word of
 * their service, and the channels and countries of facts. Finds software lists, advisories and packages, but for people bound to a lab. A server
 * that holds no transfers finds no transfers, channels and packages.
 *
 * @param text 1 to 200 characters
 * @param kinds null or absent: all
 * @param first 0 to 500
 * Throws BAD_USER_INPUT, QUERY_TIMEOUT.
 */
export async function askSearch(
  asker: Asker,
  text: string,
  kinds: readonly FoundKind[] | null | undefined,
  first = 20,
): Promise<FoundRecords> {
  if (text.length < 1 || text.length > maxTextLength) {
    throw new ExposureError('BAD_USER_INPUT', `text has ${text.length} characters; expected 1 to ${maxTextLength}.`);
  }
  const limit = checkCount('first', first, 0, maxHits);
  const { search, store, held } = asker.questions;
  const projection = await asker.facts();
  const wanted = kinds ? new Set(kinds) : undefined;
  const isAsked = (...some: FoundKind[]) => wanted === undefined || some.some((kind) => wanted.has(kind));
  const incidents = isAsked('INCIDENT') ? await listIncidents(asker) : [];
  const views = isAsked('VIEW') ? await listViews(asker) : [];
  const { isWhole } = held;
  const values = isAsked('CHANNEL', 'COUNTRY')
    ? await asker.keep(projection, ['sharedValues'], (limit) => asker.run(listSharedValues(projection, isWhole), limit))
    : [];
  const software = await askFoundSoftware(asker, projection, text, isAsked);
  const others = [
    ...incidents.map(({ incident }, i) => toSearchable('incident', i, incident.id, incident.name)),
    ...views.map(({ id, view }, i) => toSearchable('view', i, id, view.name, view.note === null ? [] : [toField('note', view.note)])),
    ...(isAsked('TRANSFER', 'ENGAGEMENT') ? await asker.run(findFactsOfText(projection, text, isWhole)) : []),
    ...(await asker.run(findValuesOfText(values, text))),
    ...software.records,
  ];
  const isWanted = ({ kind, index }: Pick<Hit, 'kind' | 'index'>) =>
    wanted === undefined || kindsOf(projection, values, kind, index).some((each) => wanted.has(each));
  const hits = await search.search(
    projection,
    () => readFurtherTexts(store, projection),
    others,
    text,
    isWanted,
    limit,
    (steps) => asker.run(steps),
  );
  return { projection, hits, incidents, views, values, software };
}

function kindsOf(projection: Projection, values: readonly SharedValue[], kind: Hit['kind'], index: number): readonly FoundKind[] {
  switch (kind) {
    case 'organization':
      return organizationRoles.filter((_, bit) => ((projection.organizations.roles[index] as number) & (1 << bit)) !== 0);
    case 'value':
      return [(values[index] as SharedValue).kind];
    case 'softwareList':
      return ['SOFTWARE_LIST'];
    default:
      return [kind.toUpperCase() as FoundKind];
  }
}

const batchSize = 1000;
const attributesOf = (kind: 'ORGANIZATION' | 'ENGAGEMENT') => factFields[kind].findIndex((field) => field.name === 'attributes');

/** Texts that only the store has, by the id of their organization. Without a connection to the store, search leaves them out. */
async function readFurtherTexts(store: FactStore, projection: Projection): Promise<FurtherTexts> {
  const found = new Map<string, FurtherText[]>();
  const add = (id: string, field: FurtherText['field'], text: string) => {
    const texts = found.get(id);
    if (texts === undefined) found.set(id, [{ field, text }]);
    else if (!texts.some((other) => other.field === field && other.text === text)) texts.push({ field, text });
  };
  try {
    for (const { grantor, software } of listSoftware(projection)) add(grantor, 'software', software);
    for (const [id, root] of await store.readMeanings(null, { revision: projection.revision })) add(root, 'id', id);
    await readAttributes(store, projection, (id, { value }) => add(id, 'attribute', value));
  } catch (error) {
    if (!(error instanceof ExposureError) || error.code !== 'STORE_UNAVAILABLE') throw error;
    return { texts: found, isComplete: false };
  }
  return { texts: found, isComplete: true };
}

function listSoftware({ access, organizations }: Projection): { readonly grantor: string; readonly software: string }[] {
  return Array.from({ length: access.count }, (_, i) => i).flatMap((i) => {
    const software = access.software.get(i);
    return software === null ? [] : { grantor: organizations.id.get(access.grantor[i] as number), software };
  });
}

/** The attributes that lists give an engagement are found at its provider. */
async function readAttributes(
  store: FactStore,
  projection: Projection,
  add: (organization: string, attribute: Attribute) => void,
): Promise<void> {
  const { organizations, revision } = projection;
  const provider = fieldIndex('ENGAGEMENT', 'provider');
  const addAll = (kind: 'ORGANIZATION' | 'ENGAGEMENT', facts: readonly RecordedFact[]) => {
    const attributes = attributesOf(kind);
    for (const { key, values } of facts) {
      const about = kind === 'ORGANIZATION' ? key : (values[provider] as string);
      for (const attribute of values[attributes] as readonly Attribute[]) add(about, attribute);
    }
  };
  const addByKey = async (kind: 'ORGANIZATION' | 'ENGAGEMENT', { count, id }: Pick<Projection['organizations'], 'count' | 'id'>) => {
    for (let start = 0; start < count; start += batchSize) {
      const ids = Array.from({ length: Math.min(batchSize, count - start) }, (_, i) => id.get(start + i));
      addAll(kind, await store.readFactsByKey(kind, ids, { revision }));
    }
  };
  await addByKey('ORGANIZATION', organizations);
  await addByKey('ENGAGEMENT', projection.engagements);
}

/** The software that a text may mean. The index of a record is its position in its list. */
interface FoundSoftware {
  readonly lists: readonly RecordedList[];
  readonly advisories: readonly RecordedAdvisory[];
  readonly packages: readonly NamedPackage[];
  readonly records: readonly Searchable[];
}

const noSoftware: FoundSoftware = { lists: [], advisories: [], packages: [], records: [] };

/**
 * Software lists by subject or id; advisories by id, alias, package or summary; and the packages that lists name, with a version where the text
 * has one. Nothing for people bound to a lab, who see no list (semantics §13.5), and where the store cannot be read. A server that holds only
 * organizations and artifacts finds no packages, because it has no list as a whole.
 */
async function askFoundSoftware(
  asker: Asker,
  projection: Projection,
  text: string,
  isAsked: (kind: 'SOFTWARE_LIST' | 'ADVISORY' | 'PACKAGE') => boolean,
): Promise<FoundSoftware> {
  const { labs, held } = asker.questions;
  if (labs !== null || !(isAsked('SOFTWARE_LIST') || isAsked('ADVISORY') || isAsked('PACKAGE'))) return noSoftware;
  try {
    const { lists, advisories } = await askSoftware(asker);
    const { words } = readTyped(text);
    const names = isAsked('PACKAGE') && held.isWhole && lists.length > 0 ? await askPackageNames(asker, projection, lists) : undefined;
    const packages = names === undefined ? [] : await asker.run(names.find(text));
    const records = [
      ...(isAsked('SOFTWARE_LIST') ? findOf(lists, textsOfList, words, toListRecord) : []),
      ...(isAsked('ADVISORY') ? findOf(advisories, textsOfAdvisory, words, toAdvisoryRecord) : []),
      ...packages.map(toPackageRecord),
    ];
    return { lists, advisories, packages, records };
  } catch (error) {
    if (!(error instanceof ExposureError) || error.code !== 'STORE_UNAVAILABLE') throw error;
    return noSoftware;
  }
}

/** By the lists, which are the same array until a fact of software changes. */
const namesByLists = new WeakMap<readonly RecordedList[], Promise<PackageNames>>();

function askPackageNames(asker: Asker, projection: Projection, lists: readonly RecordedList[]): Promise<PackageNames> {
  const known = namesByLists.get(lists);
  if (known !== undefined) return known;
  const made = asker.keep(projection, ['packageNames'], async (limit) => {
    const { index } = await askSoftwareView(asker);
    return asker.run(PackageNames.build(index), limit);
  });
  namesByLists.set(lists, made);
  made.catch(() => namesByLists.delete(lists));
  return made;
}

/** The texts of each record in small letters, by the record, which stays the same object until a fact of software changes. */
const folded = new WeakMap<object, string>();

/** The records that have a word of the text somewhere. These are few, so a search ranks them one by one. */
function findOf<T extends object>(
  rows: readonly T[],
  textsOf: (row: T) => readonly string[],
  words: readonly string[],
  toRecord: (row: T, index: number) => Searchable,
): Searchable[] {
  const found: Searchable[] = [];
  for (const [index, row] of rows.entries()) {
    let text = folded.get(row);
    if (text === undefined) {
      text = textsOf(row).join('\n').toLowerCase();
      folded.set(row, text);
    }
    const has = text;
    if (words.some((word) => has.includes(word))) found.push(toRecord(row, index));
  }
  return found;
}

const textsOfList = ({ id, subject }: RecordedList) => [id, subject];
const textsOfAdvisory = ({ id, aliases, summary, affected }: RecordedAdvisory) => [
  id,
  ...aliases,
  summary ?? '',
  ...affected.map((each) => each.package),
];

function toListRecord({ id, subject }: RecordedList, index: number): Searchable {
  return { kind: 'softwareList', index, id, name: subject, fields: [toField('subject', subject), toField('id', id)] };
}

function toAdvisoryRecord({ id, aliases, summary, affected }: RecordedAdvisory, index: number): Searchable {
  const fields = [
    toField('id', id),
    ...aliases.map((alias) => toField('alias', alias)),
    ...(summary === null ? [] : [toField('summary', summary)]),
    ...affected.map((each) => toField('package', each.package)),
  ];
  return { kind: 'advisory', index, id, name: id, fields };
}

function toPackageRecord({ value, name, version }: NamedPackage, index: number): Searchable {
  const fields = [toField('name', version === null ? name : `${name} ${version}`), toField('id', value)];
  return { kind: 'package', index, id: value, name, fields: version === null ? fields : [...fields, toField('version', version)] };
}
