import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { ConceptName } from '../column-synonyms.ts';
import { conceptOf } from '../column-synonyms.ts';
import type { ColumnMapping } from '../mapping-types.ts';
import type { ColumnProfile } from '../table/profile-columns.ts';
import type { ConceptColumns } from './concept-columns.ts';
import type { ListEvidence } from './list-evidence.ts';
import { shareRead } from './list-evidence.ts';
import type { ListShape, Target } from './list-shapes.ts';
import { kindsOfShape, targetsOf } from './list-shapes.ts';
import type { ColumnGuess } from './recognize-columns.ts';

/** Ids of organizations that are kept as text, because they are not those of this program. */
const ownIds: readonly { readonly concept: ConceptName; readonly field: string; readonly because: string }[] = [
  { concept: 'VENDOR_ID', field: 'id', because: "the list's own number: kept as text, and found by tables that refer to it" },
  { concept: 'TAX_ID', field: 'taxId', because: 'kept as text, and compared where two names may be one company' },
];

/** The use of each column of a list. */
export function mapColumns(
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
      this.#readAsField(index) ??
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
    if (isWordless(kind, field, profile)) return this.#keep(index, `few cells of "${base.column}" are a ${field} that is known`);
    if (field === 'id' && !profile.isUnique) return this.#keep(index, `"${base.column}" repeats, so it tells no two rows apart`);
    this.#taken.add(`${kind}.${field}`);
    const guess = findGuess(this.#guessesAt(index), concept, kind, field);
    const because = guess?.because ?? explainMove(concept, own.includes('CLIENT'), this.#guessesAt(index));
    return { ...base, use: 'FIELD', kind, field, confidence: guess?.confidence ?? 0.6, because };
  }

  #keepReminder(index: number): ColumnMapping | undefined {
    if (this.#targets.ENDS === undefined || !this.#columns.conceptsAt(index).includes('RENEWS')) return undefined;
    this.reminderColumns.push(index);
    return this.#keep(index, `"${this.#evidence.names[index]}" may be an end or a reminder`);
  }

  #readAsOwnId(index: number): ColumnMapping | undefined {
    const own = this.#columns.conceptsAt(index);
    const ownId = ownIds.find((one) => own.includes(one.concept));
    if (ownId === undefined || !this.#hasOrganizations) return undefined;
    const { field, because } = ownId;
    return { ...this.#baseOf(index), use: 'ATTRIBUTE', kind: 'ORGANIZATION', field, confidence: 0.8, because };
  }

  #keepUnknown(index: number): ColumnMapping {
    const known = this.#guessesAt(index).find((one) => one.what === 'concept');
    if (known === undefined) return this.#keep(index, 'no field fits its header');
    const { names, profiles } = this.#evidence;
    if ((profiles[index] as ColumnProfile).filled === 0) return this.#keep(index, 'the column is empty');
    if (this.#columns.of('SUBPROVIDER') === index)
      return this.#keep(index, `"${names[index]}" names whom the vendors engage, not whom the client engages`);
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
  if (isClient) return 'the same names again and again, beside the providers';
  const means = (concept: ConceptName) => guesses.some((one) => one.what === 'concept' && one.concept === concept);
  if (means('PRODUCT') && concept === 'SERVICE') return 'the product that the vendor provides';
  const isCode = means('VENDOR_ID');
  return isCode ? 'no column names the organizations, only these codes do' : 'its cells read like names';
}

/** Whether a column of statuses or roles holds other words: the state of an address, the status of an invoice. */
function isWordless(kind: FactKind, field: string, profile: ColumnProfile): boolean {
  return kind === 'ORGANIZATION' && (field === 'status' || field === 'roles') && shareRead(kind, field, profile) < 0.2;
}
