import { formatTypedDate } from '../../../shared/format/typed-date.ts';
import { capitalize } from '../../../shared/format/words.ts';
import type { FoundKind, PutFactsInput, RetractFactsInput } from '../../../shared/generated/operations.ts';

export type Choice = { readonly value: string; readonly label: string };

export type Field = {
  readonly name: string;
  readonly label: string;
  readonly note?: string;
  readonly isRequired?: boolean;
} & (
  | { readonly type: 'date'; readonly edge: 'start' | 'until' }
  | { readonly type: 'number'; readonly min: number; readonly max: number }
  | { readonly type: 'choice'; readonly choices: readonly Choice[] }
  | { readonly type: 'text' }
  /** The id of a record of one of these kinds, found by search. */
  | { readonly type: 'record'; readonly kinds: readonly FoundKind[] }
);

/** A fact as a form: its title, its fields as text, and the inputs that save or retract it. */
export interface Editable {
  readonly title: string;
  /** Null for a fact to add, whose id is a field. */
  readonly id: string | null;
  readonly fields: readonly Field[];
  readonly values: Readonly<Record<string, string>>;
  /** The names of records that fields refer to, by field. */
  readonly names?: Readonly<Record<string, string>>;
  /** The exact instants of date texts, which show only the minute. */
  readonly exact: Readonly<Record<string, string | null>>;
  readonly source: string | null;
  /** Fills in several fields at once. */
  readonly shortcut?: { readonly label: string; readonly values: Readonly<Record<string, string>>; readonly focus: string };
  readonly toInput: (values: Parsed, source: string | null) => PutFactsInput;
  /** Null for a fact to add. */
  readonly retraction: RetractFactsInput | null;
}

export type Parsed = Readonly<Record<string, string | number | null>>;

interface NewFact extends Pick<Editable, 'title' | 'fields' | 'toInput'> {
  /** The values of a blank form. */
  readonly blank: Readonly<Record<string, string>>;
  /** Begins the proposed id; absent for a kind without an id of its own. */
  readonly idPrefix?: string;
}

/** The form of a fact to add. It has no history to keep and nothing to retract. Each opening proposes another id. */
export function newFactForm({ title, fields, toInput, blank, idPrefix }: NewFact): Omit<Editable, 'names'> {
  return {
    title,
    id: null,
    fields: idPrefix === undefined ? fields : [...fields, idField],
    get values() {
      return idPrefix === undefined ? blank : { ...blank, id: proposeId(idPrefix) };
    },
    exact: {},
    source: null,
    toInput,
    retraction: null,
  };
}

/** The id field of a fact to add. */
const idField: Field = {
  name: 'id',
  label: 'Id',
  type: 'text',
  isRequired: true,
  note: 'The inventory’s own id, unique among records of this kind.',
};

export const organizations: readonly FoundKind[] = ['LAB', 'VENDOR', 'SUBCONTRACTOR', 'TOOL_PROVIDER', 'CERTIFIER'];

export function recordField(name: string, label: string, kinds: readonly FoundKind[]): Field {
  return { name, label, type: 'record', kinds, isRequired: true };
}

export function choicesOf(words: Readonly<Record<string, string>>): readonly Choice[] {
  return Object.entries(words).map(([value, label]) => ({ value, label: capitalize(label) }));
}

export function dateText(instant: string | null, edge: 'start' | 'until'): string {
  return instant === null ? '' : formatTypedDate(instant, edge);
}

export function textOf(value: string | number | boolean | null): string {
  return value === null ? '' : String(value);
}

/** A proposal for the id of a fact that has none in any inventory. */
function proposeId(prefix: string): string {
  return `${prefix}-${crypto.randomUUID().slice(0, 8)}`;
}
