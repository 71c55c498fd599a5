import type { EditableKind, FactName, NewFact } from '../../../shared/facts/fact-tools.tsx';
import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { formatTypedDate } from '../../../shared/format/typed-date.ts';
import { ARTIFACT_TYPE_WORDS, COPY_FORM_WORDS, capitalize, ROLE_WORDS, valueInWords } from '../../../shared/format/words.ts';
import type { FactField } from '../../../shared/generated/fact-fields.ts';
import { FACT_FIELDS } from '../../../shared/generated/fact-fields.ts';
import type {
  AccessKind,
  DeletionState,
  EvidenceType,
  FactToCorrectQuery,
  FoundKind,
  PutFactsInput,
  RetractFactsInput,
  WholeAccessFragment,
  WholeArtifactFragment,
  WholeControlFragment,
  WholeEngagementFragment,
  WholeOrganizationFragment,
  WholeRevealsFragment,
  WholeTransferFragment,
} from '../../../shared/generated/operations.ts';
import type { Choice, Editable, Field, Parsed } from './parse-form.ts';

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

function toEditable<K extends EditableKind>(kind: K, fact: WholeFacts[K]): Editable {
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
function toControl(kind: EditableKind, field: FactField): Field {
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

/** The values of the form's fields, as an edit states them. */
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

/** The facts of an answer, by kind. */
interface WholeFacts {
  readonly ORGANIZATION: WholeOrganizationFragment;
  readonly ARTIFACT: WholeArtifactFragment;
  readonly ENGAGEMENT: WholeEngagementFragment;
  readonly TRANSFER: WholeTransferFragment;
  readonly ACCESS: WholeAccessFragment;
  readonly REVEALS: WholeRevealsFragment;
  readonly CONTROL: WholeControlFragment;
}

/** The parts of a form of a kind of fact beside the field table. */
interface FactForm<K extends EditableKind> {
  /** The facts of this kind in the inputs that save and retract. */
  readonly list: Exclude<keyof PutFactsInput, 'ifRevision'>;
  readonly titleOf: (fact: WholeFacts[K]) => string;
  readonly titleOfNew: string;
  /** Begins the proposed id of a new fact; absent for a kind without an id of its own. */
  readonly idPrefix?: string;
  /** Fields that only the form of a new fact has. */
  readonly onlyNew?: readonly string[];
  /** The first choices of a new fact. */
  readonly blank?: Readonly<Record<string, string>>;
  readonly shortcutOf?: (fact: WholeFacts[K]) => Editable['shortcut'];
}

const FACT_FORMS: { readonly [K in EditableKind]: FactForm<K> } = {
  ORGANIZATION: {
    list: 'organizations',
    titleOf: ({ name }) => name,
    titleOfNew: 'A lab, a vendor, a subcontractor, a tool provider or a certifier.',
    idPrefix: 'organization',
    onlyNew: ['roles'],
    blank: { roles: 'VENDOR' },
  },
  ARTIFACT: {
    list: 'artifacts',
    titleOf: ({ name }) => name,
    titleOfNew: 'A piece of a lab’s methodology.',
    idPrefix: 'artifact',
    blank: { type: 'ANNOTATION_GUIDELINES' },
  },
  ENGAGEMENT: {
    list: 'engagements',
    titleOf: ({ client, provider }) => `${client.name} engages ${provider.name}`,
    titleOfNew: 'A client engages a provider for a service.',
    idPrefix: 'E',
  },
  TRANSFER: {
    list: 'transfers',
    titleOf: ({ artifact, sender, recipient }) => `${artifact.name}, ${sender.name} to ${recipient.name}`,
    titleOfNew: 'A copy of an artifact, handed from one organization to another.',
    idPrefix: 'T',
    shortcutOf: ({ deletionState }) =>
      deletionState === 'VERIFIED'
        ? undefined
        : { label: 'Record a deletion certificate', values: { deletionState: 'VERIFIED' }, focus: 'deletedAt' },
  },
  ACCESS: {
    list: 'access',
    titleOf: ({ grantee, grantor }) => `${grantee.name} can act in the systems of ${grantor.name}`,
    titleOfNew: 'One organization can act inside the systems of another, or the other runs its software.',
    idPrefix: 'A',
    blank: { kind: 'CREDENTIALS' },
  },
  REVEALS: {
    list: 'reveals',
    titleOf: ({ artifact, reveals }) => `${artifact.name} reveals part of ${reveals.name}`,
    titleOfNew: 'A reader of one artifact learns part of another.',
  },
  CONTROL: {
    list: 'controls',
    titleOf: ({ organization, control }) => `${control} of ${organization.name}`,
    titleOfNew: 'Evidence that an organization meets a security control.',
    blank: { evidenceType: 'CERTIFICATE' },
  },
};

const DELETION_WORDS: Readonly<Record<DeletionState, string>> = {
  NONE: 'Not requested',
  REQUESTED: 'Requested, not answered',
  ATTESTED: 'The holder says that it was deleted',
  VERIFIED: 'Deleted, with evidence',
};

const ACCESS_WORDS: Readonly<Record<AccessKind, string>> = {
  CREDENTIALS: 'Accounts',
  SOFTWARE: 'Runs its software',
  NETWORK: 'Network access',
  OTHER: 'Other',
};

const EVIDENCE_WORDS: Readonly<Record<EvidenceType, string>> = {
  SELF_ATTESTED: 'Self-attested',
  QUESTIONNAIRE: 'Questionnaire',
  CERTIFICATE: 'Certificate',
  AUDIT_REPORT: 'Audit report',
  TESTED: 'Tested',
};

/** The words of the values of an enum, by kind and field. The values of others are shown as they are, in lower case. */
const VALUE_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ORGANIZATION.roles': ROLE_WORDS,
  'ARTIFACT.type': ARTIFACT_TYPE_WORDS,
  'TRANSFER.form': COPY_FORM_WORDS,
  'TRANSFER.deletionState': DELETION_WORDS,
  'ACCESS.kind': ACCESS_WORDS,
  'CONTROL.evidenceType': EVIDENCE_WORDS,
};
