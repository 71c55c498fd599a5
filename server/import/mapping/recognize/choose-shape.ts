import { toPlainHeader } from '../../../domain/columns/plain-header.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { fromVocabulary, patternOf, wordsOf } from '../../vocabulary/vocabulary-rows.ts';
import type { ConceptName } from '../column-synonyms.ts';
import { controlsOfCell, isOnward, otherRegisters, vagueHeaders, vendorWords } from '../column-synonyms.ts';
import { namesOrganization } from '../propose-client.ts';
import { knownHeaders } from '../table/find-table.ts';
import type { ColumnProfile } from '../table/profile-columns.ts';
import { isEvidence } from '../values/read-values.ts';
import type { ListEvidence, ListShape, Target } from './list-shapes.ts';
import { isRepeated, shareRead } from './list-shapes.ts';
import type { ColumnGuess } from './recognize-columns.ts';

export interface ChosenShape {
  readonly shape: ListShape;
  /** Whether a person must confirm the shape, which is a guess. */
  readonly isUnsure: boolean;
}

export const noRows = 'The table has no rows.';

const turned =
  'Its first column holds the names of fields, so each further column describes one organization. Exchange its rows and columns (in a spreadsheet: Paste Special, Transpose).';

/** Whether the first column of a table holds different headers, and its header no further one. */
function isTurned({ header, profiles: [first] }: ListEvidence): boolean {
  const isKnown = (text: string) => knownHeaders().has(toPlainHeader(text));
  const texts = first === undefined || first.hasMoreValues ? [] : [...first.distinct.keys()];
  return texts.length >= 3 && texts.length === first?.filled && texts.every(isKnown) && !header.slice(1).some(isKnown);
}

/** Columns that a list of bought products or of vendors has beside their names. */
const signsOfVendors: readonly ConceptName[] =
  'SERVICE|STARTS|ENDS|RENEWS|COUNTRY|PROCESSED_IN|WEBSITE|EMAIL|STATUS|OWNER|SENSITIVITY|VENDOR_ID|TAX_ID|ENGAGEMENT_ID'.split(
    '|',
  ) as ConceptName[];

/**
 * The shape of a list, by its columns and its title. Moves a concept to another where the list as a whole shows what a column means:
 * a list of products names its providers by them.
 *
 * @returns a sentence if the table is no inventory
 */
export function chooseShape(columns: ConceptColumns, evidence: ListEvidence): ChosenShape | string {
  if (evidence.profiles.every(({ filled }) => filled === 0)) return noRows;
  if (isTurned(evidence)) return turned;
  const evident = findEvidentShape(columns, evidence);
  if (evident !== undefined) return sure(evident);
  const isNamedOtherwise = !columns.has('PROVIDER', 'NAME', 'ARTIFACT');
  if (isNamedOtherwise) nameProviderOtherwise(columns, evidence);
  if (findPairs(columns)) return sure('PAIRS');
  const title = ` ${toPlainHeader(evidence.title)} `;
  const isVendorTitle = vendorWords().some((word) => title.includes(` ${word} `));
  // A lonely column of products may list an organization's own services.
  if (columns.has('PROVIDER')) return { shape: 'VENDORS', isUnsure: isNamedOtherwise && !isVendorTitle && !columns.has(...signsOfVendors) };
  const other = isVendorTitle ? undefined : otherRegisters().find((word) => title.includes(` ${word} `));
  if (columns.has('NAME') && other !== undefined)
    return `Its title says "${other}", so this is no inventory of vendors, artifacts, transfers or controls.`;
  const named = columns.has('NAME') ? chooseByOtherColumns(columns, evidence, isVendorTitle) : undefined;
  if (named !== undefined) return named;
  if (evidence.header.every((text) => text === '')) return chooseWithoutHeader(columns, evidence, isVendorTitle);
  const shown = evidence.names.slice(0, 8).join(', ');
  return `No column names an organization or an artifact, so this is no inventory of vendors, artifacts, transfers or controls. The columns are: ${shown}.`;
}

/** The shape for the kinds that a person chose. */
export function shapeOfKinds(kinds: readonly FactKind[], columns: ConceptColumns): ListShape {
  // A list of engagements may name artifacts that the vendors get.
  if (kinds.includes('TRANSFER') && !kinds.includes('ENGAGEMENT')) return 'TRANSFERS';
  if (kinds.includes('ARTIFACT')) return 'ARTIFACTS';
  if (kinds.includes('ACCESS')) return 'ACCESS';
  if (kinds.includes('REVEALS')) return 'REVEALS';
  if (kinds.includes('ENGAGEMENT')) {
    if (!columns.has('CLIENT') && columns.isNameTheClient()) columns.move('NAME', 'CLIENT');
    return columns.has('CLIENT') ? 'PAIRS' : 'VENDORS';
  }
  return kinds.includes('CONTROL') && !kinds.includes('ORGANIZATION') ? 'CONTROLS' : 'ORGANIZATIONS';
}

function sure(shape: ListShape): ChosenShape {
  return { shape, isUnsure: false };
}

/** The shape that no list but one of its kind has the columns for. */
function findEvidentShape(columns: ConceptColumns, evidence: ListEvidence): ListShape | undefined {
  const has = (...names: ConceptName[]) => columns.has(...names);
  if (has('RECIPIENT') && has('SENT_AT', 'SENDER') && !has('ARTIFACT', 'ARTIFACT_ID') && !columns.holdsPersons('RECIPIENT'))
    placeItem(columns, evidence);
  if (has('REVEALS') && has('DEGREE')) return 'REVEALS';
  if (has('GRANTEE') && has('GRANTOR')) return 'ACCESS';
  // The list's owner grants the access, unless the rows name persons.
  const isGranted = has('GRANTEE') && !has('PROVIDER', 'CLIENT', 'RECIPIENT', 'ARTIFACT');
  if (isGranted && !columns.holdsPersons('GRANTEE')) return 'ACCESS';
  const isHandedOver = has('RECIPIENT') || (has('PROVIDER') && has('SENDER', 'SENT_AT', 'FORM', 'DELETION_STATE', 'DELETED_AT', 'CHANNEL'));
  if (has('ARTIFACT', 'ARTIFACT_ID') && isHandedOver) return 'TRANSFERS';
  const isDescribed = (has('ARTIFACT_TYPE') && has('OWNER', 'SENSITIVITY')) || (has('OWNER') && has('SENSITIVITY'));
  if (has('ARTIFACT', 'NAME') && isDescribed && !has('PROVIDER') && holdsArtifactTypes(columns, evidence)) return 'ARTIFACTS';
  if (has('CONTROL') && has('PROVIDER', 'NAME') && has('EVIDENCE', 'ISSUED_AT', 'EXPIRES_AT', 'ISSUER')) return 'CONTROLS';
  // "Organization, certificate, expiry": what expires are the certificates.
  const isDated = has('ENDS', 'STARTS', 'RENEWS') && !has('SERVICE', 'CLIENT', 'ENGAGEMENT_ID');
  if (isDated && has('PROVIDER', 'NAME') && holdsControls(columns, evidence)) return 'CONTROLS';
  return undefined;
}

/** Gives the artifacts of a list of handovers to the first column with a header such as "Item". */
function placeItem(columns: ConceptColumns, { header, profiles }: ListEvidence): void {
  const index = header.findIndex((text, at) => itemHeaders().has(toPlainHeader(text)) && (profiles[at] as ColumnProfile).filled > 0);
  if (index >= 0) columns.place('ARTIFACT', index);
}

/** Whether most cells of the column of controls name one that is known, such as "ISO/IEC 27001:2022". */
export function holdsControls(columns: ConceptColumns, { profiles }: ListEvidence): boolean {
  const index = columns.of('CONTROL');
  const all = index === undefined ? [] : [...(profiles[index] as ColumnProfile).distinct.keys()];
  const texts = all.filter((text) => isEvidence(text) !== false || controlsOfCell(text).length > 0);
  return texts.length > 0 && texts.filter((text) => controlsOfCell(text).length > 0).length * 2 >= texts.length;
}

function holdsArtifactTypes(columns: ConceptColumns, { profiles }: ListEvidence): boolean {
  const index = columns.of('ARTIFACT_TYPE');
  return index === undefined || shareRead('ARTIFACT', 'type', profiles[index] as ColumnProfile) >= 0.3;
}

/** A header of ids that says whose they are: "Lieferantennummer". */
const ofVendor = patternOf((words) => `(?<![\\p{L}\\p{N}])${words('VENDOR_CODE')}(?![\\p{L}\\p{N}])`);

/** A list that names no vendor may name its products, or only the codes of its vendors. */
function nameProviderOtherwise(columns: ConceptColumns, { header }: ListEvidence): void {
  if (columns.has('PRODUCT')) {
    columns.move('PRODUCT', 'PROVIDER');
    return;
  }
  const index = columns.of('VENDOR_ID');
  const plain = toPlainHeader(index === undefined ? '' : (header[index] as string));
  if (ofVendor().test(plain)) columns.move('VENDOR_ID', 'PROVIDER');
}

/** Whether each row names a client and a provider. */
function findPairs(columns: ConceptColumns): boolean {
  // A table of contracts may name its providers only by codes that another table explains.
  if (columns.has('CLIENT') && !columns.has('PROVIDER', 'NAME')) columns.move('VENDOR_ID', 'PROVIDER');
  if (columns.has('CLIENT') && columns.has('PROVIDER', 'NAME')) return true;
  if (columns.isProviderTheClient()) {
    columns.move('PROVIDER', 'CLIENT');
    columns.move('SUBPROVIDER', 'PROVIDER');
    return true;
  }
  if (!columns.isNameTheClient()) return false;
  columns.move('NAME', 'CLIENT');
  return true;
}

/** The shape of a list of mere names, by the columns beside them. */
function chooseByOtherColumns(columns: ConceptColumns, { header }: ListEvidence, isVendorTitle: boolean): ChosenShape | undefined {
  const isServed = columns.has('SERVICE') && !vagueHeaders().has(toPlainHeader(header[columns.of('SERVICE') as number] as string));
  const isEngaged =
    isServed || columns.has('STARTS', 'ENDS', 'RENEWS', 'ENGAGEMENT_ID', 'NOTICE_HOURS', 'AUDIT_RIGHT') || columns.hasControls;
  if (isVendorTitle || isEngaged) return sure('VENDORS');
  if (columns.areRowsPersons) return { shape: 'VENDORS', isUnsure: true };
  const isDescribed = columns.has('WEBSITE', 'EMAIL', 'COUNTRY', 'PROCESSED_IN', 'STATUS', 'VENDOR_ID', 'TAX_ID') || header.length <= 2;
  return isDescribed ? { shape: 'VENDORS', isUnsure: true } : undefined;
}

function chooseWithoutHeader(columns: ConceptColumns, { profiles }: ListEvidence, isVendorTitle: boolean): ChosenShape | string {
  const first = columns.findNameColumn();
  if (first === undefined) return 'The table has no header, and no column holds names.';
  if ((profiles[first] as ColumnProfile).filled < 2) return 'The table has no header, and one row alone does not tell its kind.';
  const second = columns.findNameColumn(first);
  const isPairs = second !== undefined && isRepeated(profiles[first] as ColumnProfile, 0.5);
  columns.place(isPairs ? 'CLIENT' : 'PROVIDER', first);
  if (isPairs) columns.place('PROVIDER', second);
  return { shape: isPairs ? 'PAIRS' : 'VENDORS', isUnsure: !isVendorTitle };
}

/** The least share of different texts in a column of names that no header names. */
const leastDistinct = 0.3;

/** "Jane Roe", "Roe, Jane", "Dr. Roe": two or three words, none of which names an organization. */
function isPerson(text: string): boolean {
  if (/^(mr|ms|mrs|dr|prof|frau|herr|mme|m|sr|sra)\.?\s/i.test(text) || /^[^@\s]+@\S+$/.test(text)) return true;
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  return words.length > 1 && words.length < 4 && words.every((word) => /^\p{Lu}[\p{Ll}'’-]+$/u.test(word)) && !namesOrganization(words);
}

function areMost({ distinct }: ColumnProfile, test: (text: string) => boolean): boolean {
  return [...distinct.keys()].filter((text) => test(text)).length * 2 > distinct.size;
}

/** Whether most cells of a column name persons. */
export function holdsPersons(profile: ColumnProfile): boolean {
  return areMost(profile, isPerson);
}

/** Headers of a column that may name artifacts. */
const itemHeaders = fromVocabulary(() => new Set(wordsOf('ITEM').map(toPlainHeader)));

/** Last words of the names of systems. */
const systemWords = fromVocabulary(() => new Set(wordsOf('SYSTEM').map(toPlainHeader)));

/** Headers of a column that names the organizations of persons. */
const employerHeaders = fromVocabulary(() => new Set(wordsOf('EMPLOYER').map(toPlainHeader)));

/** Concepts that describe the persons of a list, and not their employers. */
const ofPersons: readonly ConceptName[] = ['STARTS', 'ENDS', 'RENEWS', 'EMAIL', 'COUNTRY', 'STATUS', 'SERVICE', 'VENDOR_ID', 'TAX_ID'];

/** The confidence in a column that only its cells name. */
const byCells = 0.5;

/** The likeliest column for each concept. */
export class ConceptColumns {
  readonly #best = new Map<ConceptName, { index: number; confidence: number }>();
  readonly #profiles: readonly ColumnProfile[];
  /** Whether only a header such as "Subprocessor" names the providers. */
  #isSubAlone = false;
  /** Whether the rows are about persons, beside whom a column names their employers. */
  areRowsPersons = false;
  /** Columns that may name persons or systems in place of organizations. A person decides. */
  readonly doubts = new Map<number, 'persons' | 'systems'>();
  /** Whether a column holds evidence of a security control. */
  readonly hasControls: boolean;

  constructor(guesses: readonly (readonly ColumnGuess[])[], evidence: ListEvidence) {
    const { profiles } = evidence;
    this.#profiles = profiles;
    this.hasControls = guesses.some((list) => list[0]?.what === 'control');
    for (const [index, list] of guesses.entries()) {
      if ((profiles[index] as ColumnProfile).filled === 0) continue;
      for (const guess of list) {
        if (guess.what !== 'concept') continue;
        const earlier = this.#best.get(guess.concept);
        if (earlier === undefined || guess.confidence > earlier.confidence)
          this.#best.set(guess.concept, { index, confidence: guess.confidence });
      }
    }
    this.#tellCodesApart();
    this.#tellPersonsApart(evidence);
    this.#tellProvidersApart(guesses);
    this.#tellOnwardApart(evidence, guesses);
    this.#leaveOutOthers(evidence);
  }

  /** Codes such as "V-1" under "Vendor" are the list's own numbers where another column has the names. */
  #tellCodesApart(): void {
    const index = this.of('PROVIDER');
    if (index === undefined || !this.has('NAME') || this.of('NAME') === index || this.has('VENDOR_ID')) return;
    if ((this.#profiles[index] as ColumnProfile).share('code') >= 0.6) this.move('PROVIDER', 'VENDOR_ID');
  }

  /** "Employer" beside the names of persons names the organizations. Dates and addresses are those of the persons then. */
  #tellPersonsApart({ header }: ListEvidence): void {
    const employer = header.findIndex((text) => employerHeaders().has(toPlainHeader(text)));
    if (employer < 0 || this.#profiles[employer]?.filled === 0 || this.has('PROVIDER', 'CLIENT')) return;
    this.areRowsPersons = true;
    for (const concept of ofPersons) this.remove(concept);
    this.place('NAME', employer);
  }

  /** Beside "Subcontractor", another column names the providers. A lonely one names the providers itself. */
  #tellProvidersApart(guesses: readonly (readonly ColumnGuess[])[]): void {
    const sub = this.of('SUBPROVIDER');
    if (sub === undefined) return;
    for (const [index, list] of guesses.entries()) {
      const guess = list.find((one) => one.what === 'concept' && one.concept === 'PROVIDER');
      if (index === sub || guess?.what !== 'concept' || (this.#profiles[index] as ColumnProfile).filled === 0) continue;
      this.#best.set('PROVIDER', { index, confidence: guess.confidence });
      return;
    }
    this.remove('SUBPROVIDER');
    this.#isSubAlone = true;
  }

  /** "Passed on to" names the recipients only where no other column does. */
  #tellOnwardApart({ header }: ListEvidence, guesses: readonly (readonly ColumnGuess[])[]): void {
    const index = this.of('RECIPIENT');
    if (index === undefined || !isOnward(header[index] as string)) return;
    for (const [at, list] of guesses.entries()) {
      const guess = list.find((one) => one.what === 'concept' && one.concept === 'RECIPIENT');
      if (guess?.what !== 'concept' || isOnward(header[at] as string) || (this.#profiles[at] as ColumnProfile).filled === 0) continue;
      this.#best.set('RECIPIENT', { index: at, confidence: guess.confidence });
      return;
    }
    if (this.has('PROVIDER')) this.move('PROVIDER', 'RECIPIENT');
  }

  /** Whether most cells of the column of a concept name persons. */
  holdsPersons(concept: ConceptName): boolean {
    const index = this.of(concept);
    return index !== undefined && holdsPersons(this.#profiles[index] as ColumnProfile);
  }

  /** Whether the recipients or grantees have one of the names in a column, which are those of organizations then. */
  #isNamedBeside(at: number): boolean {
    const beside = this.of('RECIPIENT') ?? this.of('GRANTEE');
    const others = beside === undefined ? undefined : (this.#profiles[beside] as ColumnProfile).distinct;
    return [...(this.#profiles[at] as ColumnProfile).distinct.keys()].some((text) => others?.has(text) === true);
  }

  /** Whether most cells of the column of a concept name systems, such as "Labeling platform". */
  holdsSystems(concept: ConceptName): boolean {
    const index = this.of(concept);
    const isSystem = (text: string) => systemWords().has(toPlainHeader(text).split(' ').at(-1) as string);
    return index !== undefined && areMost(this.#profiles[index] as ColumnProfile, isSystem);
  }

  /**
   * A buyer may be a person, and "used by" may name components such as "api": neither is a client. "Given by" and "Granted by" may name
   * persons too, and "access to" systems.
   */
  #leaveOutOthers({ header }: ListEvidence): void {
    for (const concept of this.has('RECIPIENT') ? (['SENDER', 'ISSUER'] as const) : (['GRANTOR'] as const)) {
      const at = this.of(concept);
      if (at === undefined) continue;
      const isByPersons = / by$/.test(toPlainHeader(header[at] as string)) && this.holdsPersons(concept) && !this.#isNamedBeside(at);
      if (!isByPersons && !(concept === 'GRANTOR' && this.holdsSystems(concept))) continue;
      this.doubts.set(at, isByPersons ? 'persons' : 'systems');
      this.remove(concept);
    }
    const index = this.of('CLIENT');
    if (index === undefined) return;
    const plain = toPlainHeader(header[index] as string);
    const { distinct } = this.#profiles[index] as ColumnProfile;
    if (plain === 'used by' && [...distinct.keys()].every((text) => text === text.toLowerCase())) this.remove('CLIENT');
    if (!/^(buyer|buyer name|purchaser|acheteur|comprador)$/.test(plain)) return;
    if (this.holdsPersons('CLIENT')) this.remove('CLIENT');
  }

  has(...names: readonly ConceptName[]): boolean {
    return names.some((name) => this.#best.has(name));
  }

  of(name: ConceptName): number | undefined {
    return this.#best.get(name)?.index;
  }

  /** Every concept whose best column this is. */
  conceptsAt(index: number): ConceptName[] {
    return [...this.#best].filter(([, best]) => best.index === index).map(([name]) => name);
  }

  /** The other column that the list reads as a field. */
  findOther(index: number, ofShape: Partial<Record<ConceptName, Target>>, target: Target): number | undefined {
    const names = (Object.keys(ofShape) as ConceptName[]).filter((name) => (ofShape[name] as Target).join('.') === target.join('.'));
    return names.map((name) => this.of(name)).find((at) => at !== undefined && at !== index);
  }

  move(from: ConceptName, to: ConceptName): void {
    const best = this.#best.get(from);
    if (best === undefined) return;
    this.#best.delete(from);
    this.#best.set(to, best);
  }

  /** Whether two concepts have columns of their own. */
  areApart(one: ConceptName, other: ConceptName): boolean {
    return this.has(one) && this.has(other) && this.of(one) !== this.of(other);
  }

  /** Of the concepts of one field, the first in the table of targets counts, wherever its column stands. */
  settle(targets: Partial<Record<ConceptName, Target>>): void {
    const taken = new Set<string>();
    for (const [name, target] of Object.entries(targets) as [ConceptName, Target][]) {
      if (!this.has(name)) continue;
      if (taken.has(target.join('.'))) this.remove(name);
      taken.add(target.join('.'));
    }
  }

  remove(name: ConceptName): void {
    this.#best.delete(name);
  }

  /** Gives a concept to a column that no header names. */
  place(name: ConceptName, index: number): void {
    this.#best.set(name, { index, confidence: byCells });
  }

  /** Whether "Company" beside "Subprocessor" means the clients: repeated companies are clients, not other names of providers. */
  isNameTheClient(): boolean {
    const [name, provider] = [this.of('NAME'), this.of('PROVIDER')];
    if (name === undefined || provider === undefined) return false;
    // Before "Subprocessor", a company that stands once is a client too.
    if (this.#isSubAlone && name < provider) return true;
    return isRepeated(this.#profiles[name] as ColumnProfile, 0.7);
  }

  /** Whether each row names a provider and whom it engages: then the providers repeat, and are the clients. */
  isProviderTheClient(): boolean {
    return this.has('SUBPROVIDER') && isRepeated(this.#profiles[this.of('PROVIDER') as number] as ColumnProfile, 0.7);
  }

  /**
   * The first column after `after` with names and no concept: short texts that are not dates, numbers, links or countries.
   * @param areDistinct whether each row names another one, as in a list of vendors: codes such as "auction" repeat more often
   */
  findNameColumn(after = -1, areDistinct = false): number | undefined {
    const isName = (profile: ColumnProfile, index: number) =>
      index > after &&
      profile.filled > 0 &&
      profile.longest <= 300 &&
      (['date', 'email', 'website', 'country', 'number', 'sentence', 'code'] as const).every((form) => profile.share(form) < 0.5) &&
      this.conceptsAt(index).length === 0 &&
      (profile.distinct.size > 3 || profile.filled <= 6) &&
      (!areDistinct || profile.filled <= 6 || profile.hasMoreValues || profile.distinct.size >= profile.filled * leastDistinct);
    const index = this.#profiles.findIndex(isName);
    return index < 0 ? undefined : index;
  }
}
