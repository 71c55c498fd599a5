import type { FactName, NewFact } from '../../../shared/facts/fact-tools.tsx';
import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { formatTypedDate } from '../../../shared/format/typed-date.ts';
import { capitalize, valueInWords } from '../../../shared/format/words.ts';
import { FACT_FIELDS, type FactField } from '../../../shared/generated/fact-fields.ts';
import type { FactKind, FactToCorrectQuery, FoundKind, PutFactsInput, RetractFactsInput } from '../../../shared/generated/operations.ts';
import { FACT_FORMS, VALUE_WORDS, type WholeFacts } from './fact-forms.ts';
import type { Choice, Editable, Field, Parsed } from './form-types.ts';

/* The forms of facts follow from the field table: a field with a control has it on the form, and any other field keeps its value. */

/** The form of a fact; null if it no longer exists. */
export function editableOf(name: FactName, answer: FactToCorrectQuery): Editable | null {
  const form = formOf(name, answer);
  return form === null ? null : withVisibleTexts(form);
}

/** Recorded names are shown with their hidden characters as escapes. An unchanged text is saved as it was recorded. */
function withVisibleTexts(form: Editable): Editable {
  const hidden = Object.entries(form.values).filter(([, text]) => showHidden(text) !== text);
  if (hidden.length === 0) return form;
  const fields = new Set(form.fields.filter(({ type }) => type === 'text').map(({ name }) => name));
  const texts = hidden.filter(([field]) => fields.has(field));
  return {
    ...form,
    values: { ...form.values, ...Object.fromEntries(texts.map(([field, text]) => [field, showHidden(text)])) },
    exact: { ...form.exact, ...Object.fromEntries(texts) },
  };
}

function formOf(name: FactName, answer: FactToCorrectQuery): Editable | null {
  const { transfer, access, engagement, artifact, organization } = answer;
  switch (name.kind) {
    case 'TRANSFER':
      return transfer && toEditable('TRANSFER', transfer);
    case 'ACCESS':
      return access && toEditable('ACCESS', access);
    case 'ENGAGEMENT':
      return engagement && toEditable('ENGAGEMENT', engagement);
    case 'ARTIFACT':
      return artifact && toEditable('ARTIFACT', artifact);
    case 'ORGANIZATION':
      return organization && toEditable('ORGANIZATION', organization);
    case 'REVEALS': {
      const fact = answer.reveals?.reveals.edges.find(({ node }) => node.reveals.id === name.reveals)?.node;
      return fact === undefined ? null : toEditable('REVEALS', fact);
    }
    case 'CONTROL': {
      const control = answer.controls.edges.find(({ node }) => node.control === name.control)?.node;
      return control === undefined ? null : toEditable('CONTROL', control);
    }
  }
}

function toEditable<K extends FactKind>(kind: K, fact: WholeFacts[K]): Editable {
  const { list, titleOf, shortcutOf } = FACT_FORMS[kind];
  const values = fact as unknown as Readonly<Record<string, unknown>>;
  const stated = Object.fromEntries(FACT_FIELDS[kind].map((field) => [field.name, toInputValue(field, values[field.name])]));
  const shown = FACT_FIELDS[kind].filter(({ form, isKey, type }) => form !== undefined && !isKey && type !== 'reference');
  const dates = shown.filter(({ type }) => type === 'instant' || type === 'endInstant');
  const key = FACT_FIELDS[kind].filter(({ isKey }) => isKey).map(({ name }) => [name, stated[name]] as const);
  const shortcut = shortcutOf?.(fact);
  return {
    title: titleOf(fact),
    id: key.map(([, id]) => id).join(kind === 'REVEALS' ? ' → ' : ', '),
    fields: shown.map((field) => toControl(kind, field)),
    values: Object.fromEntries(shown.map((field) => [field.name, toText(field, values[field.name])])),
    exact: Object.fromEntries(dates.map(({ name }) => [name, values[name] as string | null])),
    source: fact.provenance.source,
    ...(shortcut === undefined ? {} : { shortcut }),
    toInput: (parsed, source) => ({ [list]: [{ ...stated, ...toChanges(shown, parsed), source }] }) as PutFactsInput,
    retraction: { [list]: [key.length === 1 ? key[0]?.[1] : Object.fromEntries(key)] } as RetractFactsInput,
  };
}

/** An empty form, with the ends that are known. It has no history to keep and nothing to retract. Each opening proposes another id. */
export function newEditable({ kind, known }: NewFact): Editable {
  const { list, titleOfNew, idPrefix, blank, onlyNew } = FACT_FORMS[kind];
  const isShown = ({ name, type, isKey, isRequired, form }: FactField) =>
    type === 'reference' ? isRequired : (form !== undefined || onlyNew?.includes(name) === true) && (!isKey || name !== 'id');
  const shown = FACT_FIELDS[kind].filter(isShown);
  const ends = Object.entries(known);
  const toFirst = (field: FactField) => blank?.[field.name] ?? (field.type === 'enum' ? String(field.default ?? field.values?.[0]) : '');
  return {
    title: titleOfNew,
    id: null,
    fields: [...shown.map((field) => toControl(kind, field)), ...(idPrefix === undefined ? [] : [idField])],
    values: {
      ...Object.fromEntries(shown.map((field) => [field.name, toFirst(field)])),
      ...(idPrefix === undefined ? {} : { id: proposeId(idPrefix) }),
      ...Object.fromEntries(ends.map(([field, { id }]) => [field, id])),
    },
    names: Object.fromEntries(ends.map(([field, { name }]) => [field, name])),
    exact: {},
    source: null,
    toInput: (parsed, source) =>
      ({ [list]: [{ ...(idPrefix === undefined ? {} : { id: parsed.id }), ...toChanges(shown, parsed), source }] }) as PutFactsInput,
    retraction: null,
  };
}

const organizations: readonly FoundKind[] = ['LAB', 'VENDOR', 'SUBCONTRACTOR', 'TOOL_PROVIDER', 'CERTIFIER'];

const idField: Field = {
  name: 'id',
  label: 'Id',
  type: 'text',
  isRequired: true,
  note: 'The inventory’s own id, unique among records of this kind.',
};

const ANSWERS: readonly Choice[] = [
  { value: '', label: 'Not known' },
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

/** The control of a field follows from its type. */
function toControl(kind: FactKind, field: FactField): Field {
  const { name, words, type, isRequired, form, min = 0, max = Number.MAX_VALUE } = field;
  const label = form?.label ?? capitalize(words);
  const note = form?.note ?? (isRequired ? undefined : 'Blank: not known.');
  const shown = { name, label, isRequired, ...(note === undefined ? {} : { note }) };
  switch (type) {
    case 'instant':
      return { ...shown, type: 'date', edge: 'start' };
    case 'endInstant':
      return { ...shown, type: 'date', edge: 'until' };
    case 'number':
    case 'integer':
      return { ...shown, type: 'number', min: form?.min ?? min, max: form?.max ?? max };
    case 'boolean':
      return { name, label, type: 'choice', choices: ANSWERS };
    case 'enum':
    case 'enums': {
      const valueWords = VALUE_WORDS[`${kind}.${name}`];
      const choices = (field.values ?? []).map((value) => ({ value, label: capitalize(valueWords?.[value] ?? valueInWords(value)) }));
      return { name, label: type === 'enums' ? label.replace(/s$/, '') : label, type: 'choice', choices };
    }
    case 'reference':
      return { ...shown, type: 'record', kinds: field.of === 'ARTIFACT' ? ['ARTIFACT'] : name === 'owner' ? ['LAB'] : organizations };
    default:
      return { ...shown, type: 'text' };
  }
}

/** A value of an answer as an edit states it. */
function toInputValue({ type }: FactField, value: unknown): unknown {
  if (type === 'reference') return (value as { readonly id: string } | null)?.id ?? null;
  if (type !== 'attributes') return value;
  return (value as readonly { readonly name: string; readonly value: string }[]).map((attribute) => ({
    name: attribute.name,
    value: attribute.value,
  }));
}

/** A value of an answer as the form shows it. */
function toText({ type }: FactField, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (type === 'instant' || type === 'endInstant') return formatTypedDate(value as string, type === 'instant' ? 'start' : 'until');
  return String(value);
}

/** What the form says of its fields, as an edit states it. */
function toChanges(fields: readonly FactField[], parsed: Parsed): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    fields.map(({ name, type }) => {
      const value = parsed[name] ?? null;
      if (type === 'boolean') return [name, value === null ? null : value === 'true'];
      return [name, type === 'enums' ? [value] : value];
    }),
  );
}

/** A proposal for the id of a fact that has none in any inventory. */
function proposeId(prefix: string): string {
  return `${prefix}-${crypto.randomUUID().slice(0, 8)}`;
}
