import { isLeiName } from '../../../domain/columns/dora-codes.ts';
import { toPlainHeader } from '../../../domain/columns/plain-header.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { legalFormsOf } from '../../vocabulary/vocabulary-rows.ts';
import type { ConceptName } from '../column-synonyms.ts';
import { conceptOf, isOnward } from '../column-synonyms.ts';
import type { ColumnMapping } from '../mapping-types.ts';
import type { ColumnProfile } from '../table/profile-columns.ts';
import { splitNames } from '../values/split-names.ts';
import type { ChosenShape } from './choose-shape.ts';
import { ConceptColumns, chooseShape, holdsControls, holdsPersons, shapeOfKinds } from './choose-shape.ts';
import type { ListEvidence, ListShape, Target } from './list-shapes.ts';
import { kindsOfShape, shareRead, targetsOf } from './list-shapes.ts';
import type { ColumnGuess } from './recognize-columns.ts';
import { recognizeColumn } from './recognize-columns.ts';

export interface RecognizedList extends ChosenShape {
  readonly columns: readonly ColumnMapping[];
  /** Why the title of an unsure list and its rows contradict each other. */
  readonly doubt?: string;
  /** Columns whose dates may be ends or only reminders. */
  readonly reminderColumns: readonly number[];
  /** Columns that may name persons or systems in place of organizations. */
  readonly doubts: ReadonlyMap<number, 'persons' | 'systems'>;
}

/**
 * Recognizes the kind of a list and the meaning of its columns, from guesses about each column.
 *
 * @returns a sentence if the table is not a readable inventory
 */
export function recognizeList(evidence: ListEvidence): RecognizedList | string {
  const guesses = evidence.header.map((header, index) => recognizeColumn(header, evidence.profiles[index] as ColumnProfile));
  const columns = new ConceptColumns(guesses, evidence);
  const chosen =
    evidence.kinds === undefined ? chooseShape(columns, evidence) : { shape: shapeOfKinds(evidence.kinds, columns), isUnsure: false };
  if (typeof chosen === 'string') return chosen;
  placeConcepts(columns, chosen.shape, evidence);
  return { ...chosen, ...mapColumns(columns, guesses, evidence, chosen.shape), doubts: columns.doubts };
}

/** Gives columns the concepts that the shape of their list expects, first of all the column of its main party. */
function placeConcepts(columns: ConceptColumns, shape: ListShape, evidence: ListEvidence): void {
  const main = mainConceptOf(shape, columns);
  if (!columns.has(main)) columns.move('NAME', main);
  placeOwnId(columns, evidence);
  if (shape === 'TRANSFERS') placeBeside(columns);
  columns.settle(targetsOf(shape));
  const isNamed = ['VENDORS', 'PAIRS', 'ORGANIZATIONS'].includes(shape);
  // Beside certificates, an expiry may be theirs and not the contract's: a person is asked.
  const ends = columns.of('ENDS');
  if (
    isNamed &&
    ends !== undefined &&
    !columns.has('RENEWS') &&
    holdsControls(columns, evidence) &&
    expiry.test(evidence.header[ends] as string)
  )
    columns.move('ENDS', 'RENEWS');
  if (isNamed && !columns.has('PROVIDER')) {
    const hasHeader = evidence.header.some((text) => text !== '');
    const index = columns.findNameColumn(-1, hasHeader);
    if (index !== undefined) columns.place('PROVIDER', index);
  }
  // A product beside its vendor is what the vendor provides.
  if ((shape === 'VENDORS' || shape === 'PAIRS') && !columns.has('SERVICE') && columns.has('PROVIDER')) columns.move('PRODUCT', 'SERVICE');
}

/** Headers of an end that may be one of a certificate. */
const expiry = /^\s*(?:expir(?:y|es|ation)(?: date)?|valid (?:until|to|through)|g[uü]ltig bis|valable jusqu.*|v[aá]lido hasta)\s*$/i;

/** Beside the id of an artifact, a column has its name. Beside the sender, "Owner" names who owns the artifact, unless it names persons. */
function placeBeside(columns: ConceptColumns): void {
  if (columns.areApart('ARTIFACT_ID', 'ARTIFACT')) columns.move('ARTIFACT', 'ARTIFACT.name');
  if (columns.areApart('SENDER', 'OWNER') && !columns.holdsPersons('OWNER')) columns.move('OWNER', 'ARTIFACT.owner');
}

function mainConceptOf(shape: ListShape, columns: ConceptColumns): ConceptName {
  if (shape === 'ARTIFACTS') return 'ARTIFACT';
  return shape === 'TRANSFERS' && columns.has('RECIPIENT') ? 'ARTIFACT' : 'PROVIDER';
}

/** A plain "id" beside a row's own name and its provider is the id of the row, which is a contract or a product. */
function placeOwnId(columns: ConceptColumns, { header }: ListEvidence): void {
  const index = columns.of('VENDOR_ID');
  if (index === undefined || !columns.has('PROVIDER') || !columns.has('NAME') || columns.of('NAME') === columns.of('PROVIDER')) return;
  if (!/^(id|ref|ref id|reference|code)$/.test(toPlainHeader(header[index] as string))) return;
  if (columns.has('STARTS', 'ENDS') && !columns.has('ENGAGEMENT_ID')) columns.move('VENDOR_ID', 'ENGAGEMENT_ID');
  else columns.remove('VENDOR_ID');
}

/** Ids of organizations that are kept as text, because they are not those of this program. */
const ownIds: readonly { readonly concept: ConceptName; readonly field: string; readonly because: string }[] = [
  { concept: 'VENDOR_ID', field: 'id', because: "the list's own number: kept as text, and found by tables that refer to it" },
  { concept: 'TAX_ID', field: 'taxId', because: 'kept as text, and compared where two names may be one company' },
];

/** The use of each column of a list. */
function mapColumns(
  columns: ConceptColumns,
  guesses: readonly (readonly ColumnGuess[])[],
  evidence: ListEvidence,
  shape: ListShape,
): { columns: ColumnMapping[]; reminderColumns: number[] } {
  const mapper = new ColumnMapper(columns, guesses, evidence, shape);
  return { columns: evidence.names.map((_, index) => mapper.map(index)), reminderColumns: mapper.reminderColumns };
}

/** Maps the columns of a list from left to right: a field that a column has taken is none of a later one. */
class ColumnMapper {
  /** Columns whose dates may be ends or only reminders. */
  readonly reminderColumns: number[] = [];
  readonly #columns: ConceptColumns;
  readonly #guesses: readonly (readonly ColumnGuess[])[];
  readonly #evidence: ListEvidence;
  readonly #targets: Partial<Record<ConceptName, Target>>;
  readonly #hasOrganizations: boolean;
  /** Whether the facts of the list keep texts that are no fields. */
  readonly #keepsText: boolean;
  readonly #taken = new Set<string>();

  constructor(columns: ConceptColumns, guesses: readonly (readonly ColumnGuess[])[], evidence: ListEvidence, shape: ListShape) {
    this.#columns = columns;
    this.#guesses = guesses;
    this.#evidence = evidence;
    this.#targets = targetsOf(shape);
    const kinds = kindsOfShape[shape];
    this.#hasOrganizations = kinds.includes('ORGANIZATION');
    this.#keepsText = this.#hasOrganizations || factFields[kinds.at(-1) as FactKind].some(({ type }) => type === 'attributes');
  }

  map(index: number): ColumnMapping {
    return (
      this.#leaveOut(index) ??
      this.#readAsControl(index) ??
      this.#readAsSubcontractor(index) ??
      this.#readAsOnward(index) ??
      this.#readAsField(index) ??
      this.#readAsDeletion(index) ??
      this.#keepReminder(index) ??
      this.#readAsOwnId(index) ??
      this.#keepUnknown(index)
    );
  }

  #guessesAt(index: number): readonly ColumnGuess[] {
    return this.#guesses[index] as readonly ColumnGuess[];
  }

  #baseOf(index: number) {
    return { index, column: this.#evidence.names[index] as string, kind: null, field: null, control: null, dateOrder: null };
  }

  #leaveOut(index: number): ColumnMapping | undefined {
    const [first] = this.#guessesAt(index);
    if (first?.what === 'amount') return this.#keep(index, first.because);
    if (first?.what !== 'private' && first?.what !== 'empty') return undefined;
    return { ...this.#baseOf(index), use: 'IGNORED', confidence: 0.9, because: first.because };
  }

  #readAsControl(index: number): ColumnMapping | undefined {
    const [first] = this.#guessesAt(index);
    if (first?.what !== 'control' || !this.#hasOrganizations) return undefined;
    const { control, confidence, because } = first;
    return { ...this.#baseOf(index), use: 'CONTROL', kind: 'CONTROL', control, confidence, because };
  }

  /** "Subcontractor(s)" and "Subcontractor 2" beside the vendors name whom these engage. */
  #readAsSubcontractor(index: number): ColumnMapping | undefined {
    const base = this.#baseOf(index);
    const [text = ''] = (this.#evidence.header[index] as string).split(/\(e?s\)/i);
    const header = toPlainHeader(text).replace(/ \d{1,2}$/, '');
    if (this.#targets.SERVICE === undefined || !conceptOf('SUBPROVIDER').headers.includes(header)) return undefined;
    const main = this.#columns.of('PROVIDER');
    const profile = this.#evidence.profiles[index] as ColumnProfile;
    if (main === undefined || main === index || this.#columns.of('CLIENT') === index || profile.filled === 0) return undefined;
    const refusal = whyNoNames(profile);
    if (refusal !== undefined) return this.#keep(index, `"${base.column}" ${refusal}`);
    const because = `"${base.column}" names whom the organizations in "${this.#evidence.names[main]}" engage`;
    return { ...base, use: 'FIELD', kind: 'ENGAGEMENT', field: 'provider', confidence: 0.9, because };
  }

  /** "Passed on to" beside the recipients names whom these gave a copy. */
  #readAsOnward(index: number): ColumnMapping | undefined {
    const base = this.#baseOf(index);
    const main = this.#columns.of('RECIPIENT') ?? this.#columns.of('PROVIDER');
    const profile = this.#evidence.profiles[index] as ColumnProfile;
    if (this.#targets.RECIPIENT === undefined || main === undefined || main === index || profile.filled === 0) return undefined;
    if (!isOnward(this.#evidence.header[index] as string)) return undefined;
    // Beside names, "no" says that nobody got a copy.
    const isAnswered = profile.share('answer') < 1;
    const refusal = holdsPersons(profile) ? 'may name persons' : whyNoNames(profile, isAnswered);
    if (refusal !== undefined) return this.#keep(index, `"${base.column}" ${refusal}`);
    const because = `"${base.column}" names whom the organizations in "${this.#evidence.names[main]}" passed it on to`;
    return { ...base, use: 'FIELD', kind: 'TRANSFER', field: 'recipient', confidence: 0.9, because };
  }

  #readAsField(index: number): ColumnMapping | undefined {
    const own = this.#columns.conceptsAt(index);
    // The order of the table of targets decides between two concepts of one column.
    const concept = (Object.keys(this.#targets) as ConceptName[]).find(
      (name) => own.includes(name) && !this.#taken.has((this.#targets[name] as Target).join('.')),
    );
    if (concept === undefined) return undefined;
    const base = this.#baseOf(index);
    const profile = this.#evidence.profiles[index] as ColumnProfile;
    const [kind, field] = this.#targets[concept] as Target;
    if (isWordless(kind, field, profile, this.#targets.RECIPIENT !== undefined))
      return this.#keep(index, `few cells of "${base.column}" are a ${field} that is known`);
    if (field === 'id' && !profile.isUnique) return this.#keep(index, `"${base.column}" repeats, so it tells no two rows apart`);
    this.#taken.add(`${kind}.${field}`);
    const guess = findGuess(this.#guessesAt(index), concept, kind, field);
    const because = guess?.because ?? explainMove(concept, own.includes('CLIENT'), this.#guessesAt(index));
    return { ...base, use: 'FIELD', kind, field, confidence: guess?.confidence ?? 0.6, because };
  }

  /** "Returned on" beside "Deleted on" says the same: the later date of a row counts. */
  #readAsDeletion(index: number): ColumnMapping | undefined {
    const guess = this.#guessesAt(index).find((one) => one.what === 'concept' && one.concept === 'DELETED_AT');
    const main = this.#columns.of('DELETED_AT');
    if (this.#targets.DELETED_AT === undefined || guess?.what !== 'concept' || main === undefined || main === index) return undefined;
    if ((this.#evidence.profiles[index] as ColumnProfile).filled === 0) return undefined;
    const because = `${guess.because}; beside "${this.#evidence.names[main]}", the later date of a row counts`;
    return { ...this.#baseOf(index), use: 'FIELD', kind: 'TRANSFER', field: 'deletedAt', confidence: guess.confidence, because };
  }

  #keepReminder(index: number): ColumnMapping | undefined {
    if (this.#targets.ENDS === undefined || !this.#columns.conceptsAt(index).includes('RENEWS')) return undefined;
    this.reminderColumns.push(index);
    return this.#keep(index, `"${this.#evidence.names[index]}" may be an end or a reminder`);
  }

  #readAsOwnId(index: number): ColumnMapping | undefined {
    if (!this.#hasOrganizations) return undefined;
    const own = this.#columns.conceptsAt(index);
    const ownId = ownIds.find((one) => own.includes(one.concept));
    const base = { ...this.#baseOf(index), use: 'ATTRIBUTE' as const, kind: 'ORGANIZATION' as const };
    if (ownId !== undefined) return { ...base, field: ownId.field, confidence: 0.8, because: ownId.because };
    const isNumber = isLeiName(base.column) || this.#guessesAt(index).some((one) => one.what === 'concept' && one.concept === 'TAX_ID');
    const isFilled = (this.#evidence.profiles[index] as ColumnProfile).filled > 0;
    return isNumber && isFilled ? { ...base, confidence: 0.8, because: 'a number of the organization: kept as its text' } : undefined;
  }

  #keepUnknown(index: number): ColumnMapping {
    const known = this.#guessesAt(index).find((one) => one.what === 'concept');
    const contradicted = this.#guessesAt(index).find((one) => one.what === 'contradicted');
    if (known === undefined) return this.#keep(index, contradicted?.because ?? 'no field fits its header');
    const { names, profiles } = this.#evidence;
    if ((profiles[index] as ColumnProfile).filled === 0) return this.#keep(index, 'the column is empty');
    if (known.concept === 'STATUS' && this.#targets.SERVICE !== undefined)
      return this.#keep(index, `"${names[index]}" is that of the contract, and none of the organization for everybody`);
    if (known.concept === 'PROCESSED_IN')
      return this.#keep(index, `"${names[index]}" is where something is processed, which is no country of the organization`);
    if ((known.concept === 'DATA_SHARED' || known.concept === 'ARTIFACT') && this.#targets.SERVICE !== undefined)
      return this.#keep(index, `"${names[index]}" may name artifacts that the vendors get (--map "${names[index]}=artifact" makes them)`);
    const doubt = this.#columns.doubts.get(index);
    if (doubt !== undefined) return this.#keep(index, `"${names[index]}" may name ${doubt}`);
    const { kind, field } = conceptOf(known.concept);
    const other = this.#columns.findOther(index, this.#targets, this.#targets[known.concept] ?? [kind, field]);
    const why = other === undefined ? 'no field of this kind of list fits its header' : `"${names[other]}" has this meaning already`;
    return this.#keep(index, why);
  }

  #keep(index: number, why: string): ColumnMapping {
    const base = this.#baseOf(index);
    return this.#keepsText
      ? { ...base, use: 'ATTRIBUTE', confidence: 0.5, because: `${why}: kept as text` }
      : { ...base, use: 'IGNORED', confidence: 0.5, because: `${why}, and these facts keep no text: left out` };
  }
}

/**
 * Why the cells of a column do not name organizations one by one; undefined: they do.
 *
 * @param isAnswered whether answers may stand between the names
 */
function whyNoNames(profile: ColumnProfile, isAnswered = false): string | undefined {
  const other = (['date', 'email', 'website', 'country', 'number', 'sentence', 'code', 'answer'] as const).find(
    // "no" is the code of a country too.
    (form) => profile.share(form) - (isAnswered && /^(?:answer|country)$/.test(form) ? profile.share('answer') : 0) >= 0.5,
  );
  if (other !== undefined) return 'holds no names';
  const listed = [...profile.distinct.keys()].filter((text) => /,\s/.test(text) && splitNames(text).length < 2 && !endsWithLegalForm(text));
  return listed.length * 10 > profile.distinct.size ? 'holds lists with commas, in which names cannot be told apart' : undefined;
}

/** "Acme, Inc." is one name. */
function endsWithLegalForm(text: string): boolean {
  const parts = text.split(/,\s+/);
  return (
    parts.length === 2 && legalFormsOf('COMMA').some((form) => (parts[1] as string).toLowerCase().replace(/\.$/, '') === form.toLowerCase())
  );
}

/** The guess behind a mapped concept: its own, else that of another concept for the same field, such as a plain "name". */
function findGuess(guesses: readonly ColumnGuess[], concept: ConceptName, kind: FactKind, field: string) {
  const named = guesses.filter((one) => one.what === 'concept');
  return (
    named.find((one) => one.concept === concept) ??
    named.find((one) => conceptOf(one.concept).kind === kind && conceptOf(one.concept).field === field)
  );
}

/** The reason for a concept that no header of the column names. */
function explainMove(concept: ConceptName, isClient: boolean, guesses: readonly ColumnGuess[]): string {
  if (isClient) return 'its names stand beside those of the providers, so they are the clients';
  const means = (concept: ConceptName) => guesses.some((one) => one.what === 'concept' && one.concept === concept);
  if (means('PRODUCT') && concept === 'SERVICE') return 'the product that the vendor provides';
  const isCode = means('VENDOR_ID');
  return isCode ? 'no column names the organizations, only these codes do' : 'its cells read like names';
}

/** Whether a column of statuses, roles or types holds other words: the state of an address, the status of an invoice, the type of a file. */
function isWordless(kind: FactKind, field: string, profile: ColumnProfile, isOfTransfers: boolean): boolean {
  const fields: Partial<Record<FactKind, readonly string[]>> = {
    ORGANIZATION: ['status', 'roles'],
    ...(isOfTransfers ? { ARTIFACT: ['type', 'sensitivity'] } : {}),
  };
  return fields[kind]?.includes(field) === true && shareRead(kind, field, profile) < 0.2;
}
