import { Refused } from '../../../shared/changes/ask-change.ts';
import { DATE_TIME_ADVICE, parseTypedDate } from '../../../shared/format/typed-date.ts';
import type { FoundKind, PutFactsInput, RetractFactsInput } from '../../../shared/generated/operations.ts';

/** Reads the texts of a form, or says what is wrong. A text that did not change keeps its exact instant, which the form shows to the minute. */
export function parseForm({ fields, values, exact }: Editable, texts: Readonly<Record<string, string>>): Parsed | Refused {
  const parsed: Record<string, string | number | null> = {};
  for (const field of fields) {
    const text = (texts[field.name] ?? '').trim();
    if (text === '' && field.isRequired === true) {
      return wrong(field, field.type === 'record' ? 'search for a record and choose it.' : 'enter a value.');
    }
    if (text === '') parsed[field.name] = null;
    else if (text === values[field.name] && field.name in exact) parsed[field.name] = exact[field.name] ?? null;
    else if (field.type === 'date') {
      const at = parseTypedDate(text, field.edge);
      if (at === null) return wrong(field, DATE_TIME_ADVICE);
      parsed[field.name] = at;
    } else if (field.type === 'number') {
      const value = Number(text);
      if (!Number.isFinite(value) || value < field.min || value > field.max) {
        return wrong(field, `“${text}” is no number from ${field.min.toLocaleString('en-US')} to ${field.max.toLocaleString('en-US')}.`);
      }
      parsed[field.name] = value;
    } else parsed[field.name] = text;
  }
  return parsed;
}

function wrong({ name, label }: Field, advice: string): Refused {
  return new Refused({ path: [name], message: `${label}: ${advice}` });
}

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
