import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { ConceptName } from '../column-synonyms.ts';
import { concepts } from '../column-synonyms.ts';
import type { ColumnMapping } from '../mapping-types.ts';
import type { ColumnProfile } from '../table/profile-columns.ts';
import type { ConceptColumns } from './concept-columns.ts';
import type { ListEvidence } from './list-evidence.ts';
import { shareRead } from './list-evidence.ts';
import type { ListShape, Target } from './list-shapes.ts';
import { kindsOfShape, targets } from './list-shapes.ts';
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
  { names, profiles }: ListEvidence,
  shape: ListShape,
): { columns: ColumnMapping[]; reminderColumns: number[] } {
  const reminderColumns: number[] = [];
  const taken = new Set<string>();
  const ofShape = targets[shape];
  const keepsText =
    factFields[kindsOfShape[shape].at(-1) as FactKind].some(({ type }) => type === 'attributes') ||
    kindsOfShape[shape].includes('ORGANIZATION');
  const mapped = names.map((column, index): ColumnMapping => {
    const base = { index, column, kind: null, field: null, control: null, dateOrder: null };
    const [first] = guesses[index] as readonly ColumnGuess[];
    const profile = profiles[index] as ColumnProfile;
    if (first?.what === 'private' || first?.what === 'empty') return { ...base, use: 'IGNORED', confidence: 0.9, because: first.because };
    if (first?.what === 'control' && kindsOfShape[shape].includes('ORGANIZATION')) {
      return { ...base, use: 'CONTROL', kind: 'CONTROL', control: first.control, confidence: first.confidence, because: first.because };
    }
    const own = columns.conceptsAt(index);
    // The order of the table of targets decides between two concepts of one column.
    const concept = (Object.keys(ofShape) as ConceptName[]).find(
      (name) => own.includes(name) && !taken.has((ofShape[name] as Target).join('.')),
    );
    if (concept !== undefined) {
      const [kind, field] = ofShape[concept] as Target;
      const guess = findGuess(guesses[index] as readonly ColumnGuess[], concept, kind, field);
      const because = guess?.because ?? explainMove(concept, own.includes('CLIENT'), guesses[index] as readonly ColumnGuess[]);
      if (isWordless(kind, field, profile)) return keep(base, keepsText, `few cells of "${column}" are a ${field} that is known`);
      const isId = field === 'id';
      if (isId && !profile.isUnique) return keep(base, keepsText, `"${column}" repeats, so it tells no two rows apart`);
      taken.add(`${kind}.${field}`);
      return {
        ...base,
        use: 'FIELD',
        kind,
        field,
        confidence: guess?.confidence ?? 0.6,
        because,
      };
    }
    if (own.includes('RENEWS') && ofShape.ENDS !== undefined) {
      reminderColumns.push(index);
      return keep(base, keepsText, `"${column}" may be an end or a reminder`);
    }
    const ownId = ownIds.find((one) => own.includes(one.concept));
    if (ownId !== undefined && kindsOfShape[shape].includes('ORGANIZATION')) {
      return { ...base, use: 'ATTRIBUTE', kind: 'ORGANIZATION', field: ownId.field, confidence: 0.8, because: ownId.because };
    }
    const known = (guesses[index] as readonly ColumnGuess[]).find((one) => one.what === 'concept');
    if (known === undefined) return keep(base, keepsText, 'no field fits its header');
    if (profile.filled === 0) return keep(base, keepsText, 'the column is empty');
    const { kind, field } = concepts[known.concept];
    const other = columns.findOther(index, ofShape, ofShape[known.concept] ?? [kind, field]);
    const why = other === undefined ? 'no field of this kind of list fits its header' : `"${names[other]}" has this meaning already`;
    return keep(base, keepsText, why);
  });
  return { columns: mapped, reminderColumns };
}

/** The guess behind a mapped concept: its own, else that of another concept for the same field, such as a plain "name". */
function findGuess(guesses: readonly ColumnGuess[], concept: ConceptName, kind: FactKind, field: string) {
  const named = guesses.filter((one) => one.what === 'concept');
  return (
    named.find((one) => one.concept === concept) ??
    named.find((one) => concepts[one.concept].kind === kind && concepts[one.concept].field === field)
  );
}

function explainMove(concept: ConceptName, isClient: boolean, guesses: readonly ColumnGuess[]): string {
  if (isClient) return 'the same names again and again, beside the providers';
  const means = (concept: ConceptName) => guesses.some((one) => one.what === 'concept' && one.concept === concept);
  if (means('PRODUCT') && concept === 'SERVICE') return 'the product that the vendor provides';
  const isCode = means('VENDOR_ID');
  return isCode ? 'no column names the organizations, only these codes do' : 'its cells read like names';
}

function keep(base: Omit<ColumnMapping, 'use' | 'confidence' | 'because'>, keepsText: boolean, why: string): ColumnMapping {
  return keepsText
    ? { ...base, use: 'ATTRIBUTE', confidence: 0.5, because: `${why}: kept as text` }
    : { ...base, use: 'IGNORED', confidence: 0.5, because: `${why}, and these facts keep no text: left out` };
}

/** Whether a column of statuses or roles holds other words: the state of an address, the status of an invoice. */
function isWordless(kind: FactKind, field: string, profile: ColumnProfile): boolean {
  return kind === 'ORGANIZATION' && (field === 'status' || field === 'roles') && shareRead(kind, field, profile) < 0.2;
}
