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
