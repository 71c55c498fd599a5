import { ExposureError } from '../../domain/errors.ts';
import type { Searchable } from '../../explore/searchable.ts';
import { readTyped, toField } from '../../explore/searchable.ts';
import type { Projection } from '../../projection/projection.ts';
import { type NamedPackage, PackageNames } from '../../software/package-names.ts';
import type { Asker } from '../asker.ts';
import { askSoftwareView } from '../software/ask-matches.ts';
import { askSoftware, type RecordedAdvisory, type RecordedList } from '../software/ask-software.ts';

/** The software that a text may mean. The index of a record is its position in its list. */
export interface FoundSoftware {
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
export async function askFoundSoftware(
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
