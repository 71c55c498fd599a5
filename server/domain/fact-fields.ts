import type { Attribute, CustodyKind, FactKind } from './facts.ts';
import {
  accessKinds,
  advisoryKinds,
  artifactTypes,
  componentDepths,
  copyForms,
  deletionStates,
  evidenceTypes,
  highestSensitivity,
  organizationRoles,
  organizationStatuses,
  softwareLifecycles,
  softwareListFormats,
  softwareStatementStates,
} from './facts.ts';

/**
 * The field table: the fields of each kind of fact in the order of semantics §1 and §13.1, with type, default, limits, words, control and redaction.
 * Everything else derives from it: CSV columns, store columns, columns of projections, differences, exports, backups, messages, the page's
 * form, the meanings of a list's columns, and what `redact=names` hides. CONTRIBUTING lists what a new field needs beside its row.
 *
 * A field's *value* (FactValue) is, by type:
 *   text, reference, enum -> string      number, integer -> number      instant, endInstant -> number (epoch ms)
 *   boolean -> boolean                   texts, enums -> readonly string[]
 *   attributes -> readonly Attribute[]
 * `null` means "unknown".
 */
export type FieldType =
  /**
   * `repeats`: few distinct values, so stores intern them. `rows`: the text is a table (row-text.ts), such as the components of a list, so
   * that a list is one assertion. Its rows have a canonical CSV file of their own.
   */
  | { readonly type: 'text'; readonly maxLength: number; readonly repeats?: true; readonly rows?: RowKind }
  | { readonly type: 'reference'; readonly to: FactKind }
  | { readonly type: 'enum'; readonly values: readonly string[] }
  | { readonly type: 'enums'; readonly values: readonly string[] }
  | { readonly type: 'texts' }
  | { readonly type: 'number'; readonly above?: number; readonly from?: number; readonly to: number }
  | { readonly type: 'integer'; readonly from: number; readonly to: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'instant' }
  /** An exclusive end: a plain date means the next day's 00:00Z. */
  | { readonly type: 'endInstant' }
  | { readonly type: 'attributes' };

/** How the page's form shows a field. Its control follows from the type. */
export interface FormControl {
  /** Default: `words`, with a capital. */
  readonly label?: string;
  /** Default: "Blank: not known." where the field is optional. */
  readonly note?: string;
  /** The limits of a number that a person types. Default: those of the field. */
  readonly min?: number;
  readonly max?: number;
}

/** A row of the table. */
interface FieldRow {
  /** The fact must state the field with a value other than null. */
  readonly isRequired: boolean;
  /** Part of the fact's key. */
  readonly isKey: boolean;
  /** The value of a field that is not stated, or stated as null. Without a default, null. */
  readonly default?: number | string | readonly string[];
  /** The program states the field of its own accord, such as by a merge. It is in no canonical file and in no edit. */
  readonly isInternal?: true;
  /** New values have no hidden characters (text/hidden-characters.ts). A reference needs no such rule: what it names exists. */
  readonly isVisible?: true;
  /** The field's name for people, in lower case: the meaning of a column of a list. Every field of a fact has one. */
  readonly words?: string;
  /** Absent: the form of the page keeps the field as it is. Required references always stand in the form of a new fact. */
  readonly form?: FormControl;
  /**
   * Under `redact=names`, a text that is no name and no id says "hidden": it may tell who somebody is, whatever stands in it. SHOWN: it is
   * shown, without the names in it.
   */
  readonly redaction?: 'SHOWN';
}

export type FieldSpec = FieldType &
  FieldRow & {
    /** The name in the API. */
    readonly name: string;
    /** snake_case of the name: the CSV column. */
    readonly column: string;
  };

/**
 * The version of the table below. Raise it when you add or remove a field. A program refuses stores and backups of a later version,
 * because it would lose the fields that it does not know.
 */
export const fieldsVersion = 5;

export const maxIdLength = 200;
/** The id of a software list begins with its organization's. A database indexes at most 8,000 bytes. */
const maxListIdLength = 2000;
/** Of an id that the program makes of others, percent-encoded. */
const maxMadeIdLength = 8000;
export const maxNameLength = 500;
export const maxCellLength = 1_048_576;

const key = { isRequired: true, isKey: true } as const;
const visibleKey = { ...key, isVisible: true } as const;
const required = { isRequired: true, isKey: false } as const;
const optional = { isRequired: false, isKey: false } as const;

type Unnamed = FieldType & FieldRow & { readonly words: string };

function fields(entries: Record<string, Unnamed>): readonly FieldSpec[] {
  return Object.entries(entries).map(([name, spec]) => ({
    ...spec,
    name,
    column: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  }));
}

const text = { type: 'text', maxLength: maxCellLength } as const;
const id = { type: 'text', maxLength: maxIdLength } as const;
const name = { type: 'text', maxLength: maxNameLength, isVisible: true } as const;
const share = { type: 'number', above: 0, to: 1 } as const;
/** Money, items or bytes. The bound keeps every sum, square and product of amounts finite. */
const amount = { type: 'number', above: 0, to: 1e18 } as const;
const organization = { type: 'reference', to: 'ORGANIZATION' } as const;
const artifact = { type: 'reference', to: 'ARTIFACT' } as const;

const madeId = { type: 'text', maxLength: maxMadeIdLength } as const;
/** An id or alias of an advisory. It names no fact: advisories are found by each alias (semantics §13.1). */
const advisory = { ...id, isVisible: true, redaction: 'SHOWN' } as const;
const maxRowsLength = 1 << 26;
const rowsOf = <R extends RowKind>(rows: R) => ({ type: 'text', maxLength: maxRowsLength, rows }) as const;
/** A canonical package URL without version, qualifiers and subpath. */
const packageUrl = { ...text, redaction: 'SHOWN' } as const;
const shown = { ...text, redaction: 'SHOWN' } as const;
const shownTexts = { type: 'texts', ...optional, default: [], redaction: 'SHOWN' } as const;

/** The fields of the rows of a fact, in the order of the columns of their CSV file. */
export type RowKind = 'COMPONENT' | 'AFFECTED_PACKAGE' | 'CLAIM';

export const rowFields: Readonly<Record<RowKind, readonly FieldSpec[]>> = {
  COMPONENT: fields({
    name: { ...shown, ...required, words: 'name' },
    package: { ...packageUrl, ...optional, words: 'package (package URL)' },
    version: { ...shown, ...optional, words: 'version' },
    constraint: { ...shown, ...optional, words: 'range in place of a version' },
    scope: { ...shown, ...optional, words: 'scope' },
    depth: { type: 'enum', values: componentDepths, ...optional, default: 'UNKNOWN', words: 'depth' },
    hashes: { ...shownTexts, words: 'hashes' },
  }),
  AFFECTED_PACKAGE: fields({
    package: { ...packageUrl, ...required, words: 'package (package URL)' },
    versions: { ...shownTexts, words: 'versions' },
    ranges: { ...shownTexts, words: 'ranges (vers)' },
  }),
  CLAIM: fields({
    package: { ...packageUrl, ...required, words: 'package (package URL)' },
    versions: { ...shownTexts, words: 'versions' },
    from: { type: 'instant', ...optional, words: 'first instant' },
    until: { type: 'instant', ...optional, words: 'last instant' },
  }),
};

const table = {
  ORGANIZATION: {
    id: { ...id, ...visibleKey, words: 'id' },
    name: { ...name, ...required, words: 'name', form: {} },
    roles: { type: 'enums', values: organizationRoles, ...optional, default: ['VENDOR'], words: 'roles' },
    aliases: { type: 'texts', ...optional, default: [], isVisible: true, words: 'other names' },
    status: { type: 'enum', values: organizationStatuses, ...optional, default: 'ACTIVE', words: 'status' },
    website: { ...text, ...optional, words: 'website', form: {} },
    country: { ...text, ...optional, words: 'country', form: {}, redaction: 'SHOWN' },
    contactEmail: { ...text, ...optional, words: 'contact email', form: { label: 'Contact', note: 'An email address. Blank: not known.' } },
    attributes: { type: 'attributes', ...optional, default: [], words: 'attributes' },
    /** The id that this id means. Null: itself (semantics §1, merges). */
    mergedInto: { ...id, ...optional, isInternal: true, words: 'merged into' },
  },
  ARTIFACT: {
    id: { ...id, ...visibleKey, words: 'id' },
    name: { ...name, ...required, words: 'name', form: {} },
    type: { type: 'enum', values: artifactTypes, ...required, words: 'type', form: {} },
    owner: { ...organization, ...required, words: 'owner' },
    sensitivity: {
      type: 'integer',
      from: 1,
      to: highestSensitivity,
      ...required,
      words: 'sensitivity',
      form: { label: 'Sensitivity, 1 to 5' },
    },
    valueLowUsd: { ...amount, ...optional, words: 'lowest value in US dollars', form: { label: 'Low value, US dollars', max: 1e15 } },
    valueHighUsd: { ...amount, ...optional, words: 'highest value in US dollars', form: { label: 'High value, US dollars', max: 1e15 } },
    modelFamily: { ...text, ...optional, words: 'model family', redaction: 'SHOWN' },
    version: { ...text, ...optional, words: 'version', redaction: 'SHOWN' },
    fragmentCount: { type: 'integer', from: 1, to: 1_000_000, ...optional, words: 'number of fragments' },
    usefulPortion: { type: 'number', from: 0, to: 1, ...optional, default: 0, words: 'useful portion' },
  },
  ENGAGEMENT: {
    id: { ...id, ...visibleKey, words: 'id' },
    client: { ...organization, ...required, words: 'client' },
    provider: { ...organization, ...required, words: 'provider' },
    service: { ...text, ...optional, words: 'service', form: {} },
    startsAt: { type: 'instant', ...optional, words: 'start date', form: { label: 'Starts' } },
    endsAt: { type: 'endInstant', ...optional, words: 'end date', form: { label: 'Ends', note: 'Blank: no end.' } },
    noticeHours: {
      type: 'integer',
      from: 0,
      to: 1_000_000,
      ...optional,
      words: 'hours to give notice of a breach',
      form: { label: 'Notice of a breach within, hours', note: 'Blank: no term agreed.', max: 100_000 },
    },
    auditRight: { type: 'boolean', ...optional, words: 'right to audit', form: { label: 'Audit right' } },
    attributes: { type: 'attributes', ...optional, default: [], words: 'attributes' },
  },
  TRANSFER: {
    id: { ...id, ...visibleKey, words: 'id' },
    artifact: { ...artifact, ...required, words: 'artifact' },
    sender: { ...organization, ...required, words: 'sender' },
    recipient: { ...organization, ...required, words: 'recipient' },
    sentAt: { type: 'instant', ...optional, words: 'date sent', form: { label: 'Sent' } },
    portion: { ...share, ...optional, default: 1, words: 'portion' },
    fragments: { type: 'texts', ...optional, words: 'fragments', redaction: 'SHOWN' },
    form: { type: 'enum', values: copyForms, ...optional, default: 'PLAINTEXT', words: 'form', form: {} },
    deletionState: { type: 'enum', values: deletionStates, ...optional, default: 'NONE', words: 'deletion', form: {} },
    deletedAt: {
      type: 'endInstant',
      ...optional,
      words: 'date deleted',
      form: { label: 'Deleted', note: 'Blank: not known, or not deleted.' },
    },
    channel: { ...text, repeats: true, isVisible: true, ...optional, words: 'channel' },
    engagement: { type: 'reference', to: 'ENGAGEMENT', ...optional, words: 'engagement' },
    confidence: { ...share, ...optional, default: 1, words: 'confidence' },
    records: {
      ...amount,
      ...optional,
      words: 'number of items',
      form: { label: 'Items carried', note: 'Records, tasks or examples. Blank: not known.', max: 1e15 },
    },
    bytes: { ...amount, ...optional, words: 'bytes', form: { label: 'Bytes carried', max: 1e18 } },
  },
  ACCESS: {
    id: { ...id, ...visibleKey, words: 'id' },
    grantee: { ...organization, ...required, words: 'who has access' },
    grantor: { ...organization, ...required, words: 'whose systems', form: { label: 'In whose systems' } },
    kind: { type: 'enum', values: accessKinds, ...optional, default: 'OTHER', words: 'kind', form: {} },
    likelihood: {
      ...share,
      ...optional,
      default: 1,
      words: 'likelihood',
      form: { label: 'Chance that a compromise passes, 0 to 1', note: 'Blank: 1.' },
    },
    validFrom: { type: 'instant', ...optional, words: 'start date', form: { label: 'Valid from' } },
    validUntil: { type: 'endInstant', ...optional, words: 'end date', form: { label: 'Valid until', note: 'Blank: no end.' } },
    software: {
      ...text,
      ...optional,
      words: 'software (package URL)',
      form: { label: 'Software', note: 'The package URL of what the grantor runs. Blank: not known.' },
    },
  },
  REVEALS: {
    artifact: { ...artifact, ...key, words: 'artifact' },
    reveals: { ...artifact, ...key, words: 'artifact that it reveals', form: { label: 'Reveals part of' } },
    degree: { ...share, ...required, words: 'degree', form: { label: 'Degree, above 0 to 1' } },
    basis: {
      ...text,
      ...optional,
      words: 'basis',
      form: { note: 'Why one artifact reveals the other. Blank: not stated.' },
      redaction: 'SHOWN',
    },
  },
  CONTROL: {
    organization: { ...organization, ...key, words: 'organization' },
    control: { ...id, ...visibleKey, words: 'control', form: { note: 'Such as MFA, ENCRYPTION_AT_REST or BREACH_NOTICE.' } },
    evidenceType: { type: 'enum', values: evidenceTypes, ...required, words: 'kind of evidence', form: { label: 'Evidence' } },
    issuedAt: { type: 'instant', ...optional, words: 'date issued', form: { label: 'Issued' } },
    expiresAt: { type: 'endInstant', ...optional, words: 'date of expiry', form: { label: 'Valid until', note: 'Blank: no end.' } },
    issuer: { ...organization, ...optional, words: 'issuer' },
  },
  SOFTWARE_LIST: {
    id: { type: 'text', maxLength: maxListIdLength, ...visibleKey, words: 'id' },
    organization: { ...organization, ...required, words: 'organization' },
    subject: { ...text, ...optional, isVisible: true, default: '', words: 'subject' },
    subjectVersion: { ...text, ...optional, words: 'version of the subject' },
    describedAt: { type: 'instant', ...optional, words: 'date described' },
    lifecycle: { type: 'enum', values: softwareLifecycles, ...optional, default: 'UNKNOWN', words: 'lifecycle' },
    isComplete: { type: 'boolean', ...optional, words: 'complete' },
    format: { type: 'enum', values: softwareListFormats, ...optional, default: 'CSV', words: 'format' },
    components: { ...rowsOf('COMPONENT'), ...required, words: 'components' },
  },
  ADVISORY: {
    id: { ...id, ...visibleKey, words: 'id' },
    kind: { type: 'enum', values: advisoryKinds, ...required, words: 'kind' },
    aliases: { type: 'texts', ...optional, default: [], isVisible: true, words: 'other ids' },
    summary: { ...shown, ...optional, words: 'summary' },
    withdrawnAt: { type: 'instant', ...optional, words: 'date withdrawn' },
    knownBy: { type: 'instant', ...optional, words: 'known by' },
    references: { ...shownTexts, words: 'references' },
    affected: { ...rowsOf('AFFECTED_PACKAGE'), ...optional, redaction: 'SHOWN', words: 'affected packages' },
    /** When the record last changed, by its own clock. An earlier state of the record does not replace it. */
    modifiedAt: { type: 'instant', ...optional, isInternal: true, words: 'date modified' },
  },
  /** All claims of one source about one advisory. */
  AVAILABILITY: {
    id: { ...madeId, ...visibleKey, words: 'id' },
    advisory: { ...advisory, ...required, words: 'advisory' },
    claimant: { ...name, ...required, words: 'source' },
    claims: { ...rowsOf('CLAIM'), ...optional, redaction: 'SHOWN', words: 'claims' },
  },
  SOFTWARE_STATEMENT: {
    id: { ...madeId, ...visibleKey, words: 'id' },
    organization: { ...organization, ...required, words: 'organization' },
    advisory: { ...advisory, ...required, words: 'advisory' },
    claimant: { ...name, ...required, words: 'source' },
    state: { type: 'enum', values: softwareStatementStates, ...required, words: 'state' },
    justification: { ...text, ...optional, words: 'justification' },
    at: { type: 'instant', ...optional, words: 'date' },
  },
} as const satisfies Readonly<Record<FactKind, Readonly<Record<string, Unnamed>>>>;

/** The fields of each kind, in the order of semantics §1. */
export const factFields: Readonly<Record<FactKind, readonly FieldSpec[]>> = {
  ORGANIZATION: fields(table.ORGANIZATION),
  ARTIFACT: fields(table.ARTIFACT),
  ENGAGEMENT: fields(table.ENGAGEMENT),
  TRANSFER: fields(table.TRANSFER),
  ACCESS: fields(table.ACCESS),
  REVEALS: fields(table.REVEALS),
  CONTROL: fields(table.CONTROL),
  SOFTWARE_LIST: fields(table.SOFTWARE_LIST),
  ADVISORY: fields(table.ADVISORY),
  AVAILABILITY: fields(table.AVAILABILITY),
  SOFTWARE_STATEMENT: fields(table.SOFTWARE_STATEMENT),
};

/** The kinds that references name. */
export const namedKinds: ReadonlySet<FactKind> = new Set(
  Object.values(factFields).flatMap((specs) => specs.flatMap((spec) => (spec.type === 'reference' ? [spec.to] : []))),
);

type Rows<K extends FactKind> = (typeof table)[K];

type ValueOf<F> = F extends { type: 'number' | 'integer' | 'instant' | 'endInstant' }
  ? number
  : F extends { type: 'boolean' }
    ? boolean
    : F extends { type: 'enum'; values: readonly (infer V)[] }
      ? V
      : F extends { type: 'enums'; values: readonly (infer V)[] }
        ? readonly V[]
        : F extends { type: 'texts' }
          ? readonly string[]
          : F extends { type: 'attributes' }
            ? readonly Attribute[]
            : string;

type ObjectOf<K extends CustodyKind> = { readonly kind: K } & {
  readonly [F in keyof Rows<K> as Rows<K>[F] extends { isInternal: true } ? never : F extends 'kind' ? 'accessKind' : F]:
    | ValueOf<Rows<K>[F]>
    | (Rows<K>[F] extends { isRequired: true } | { default: unknown } ? never : null);
};
/** A fact as an object, its fields by name. The field `kind` of an Access is the property `accessKind`. */
export type Fact = { [K in CustodyKind]: ObjectOf<K> }[CustodyKind];
export type FactOf<K extends CustodyKind> = Extract<Fact, { kind: K }>;

/** The names of a kind's optional texts. These fields are stored, shown and searched without code of their own. */
export type OptionalText<K extends FactKind> = {
  [F in keyof (typeof table)[K]]: (typeof table)[K][F] extends { type: 'text'; isRequired: false }
    ? (typeof table)[K][F] extends { isInternal: true }
      ? never
      : F
    : never;
}[keyof (typeof table)[K]] &
  string;

export function optionalTexts<K extends FactKind>(kind: K): OptionalText<K>[] {
  return factFields[kind]
    .filter((spec) => spec.type === 'text' && !spec.isRequired && spec.isInternal !== true)
    .map((spec) => spec.name as OptionalText<K>);
}

/** The names of a kind's numbers, shares and instants. */
export type NumberField<K extends FactKind> = {
  [F in keyof Rows<K>]: Rows<K>[F] extends { type: 'number' | 'integer' | 'instant' | 'endInstant' } ? F : never;
}[keyof Rows<K>] &
  string;

export function numberFields<K extends FactKind>(kind: K): NumberField<K>[] {
  const types: readonly string[] = ['number', 'integer', 'instant', 'endInstant'];
  return factFields[kind].filter(({ type }) => types.includes(type)).map(({ name }) => name as NumberField<K>);
}

/** The name of the CSV file of a kind of fact, without `.csv`. */
export const fileNames: Readonly<Record<FactKind, string>> = {
  ORGANIZATION: 'organizations',
  ARTIFACT: 'artifacts',
  ENGAGEMENT: 'engagements',
  TRANSFER: 'transfers',
  ACCESS: 'access',
  REVEALS: 'reveals',
  CONTROL: 'controls',
  SOFTWARE_LIST: 'software_lists',
  ADVISORY: 'advisories',
  AVAILABILITY: 'availabilities',
  SOFTWARE_STATEMENT: 'software_statements',
};

/** The noun for a kind of fact in a sentence. */
export const factNouns: Readonly<Record<FactKind, { readonly one: string; readonly many: string }>> = {
  ORGANIZATION: { one: 'organization', many: 'organizations' },
  ARTIFACT: { one: 'artifact', many: 'artifacts' },
  ENGAGEMENT: { one: 'engagement', many: 'engagements' },
  TRANSFER: { one: 'transfer', many: 'transfers' },
  ACCESS: { one: 'access', many: 'access facts' },
  REVEALS: { one: 'reveals', many: 'reveals' },
  CONTROL: { one: 'control', many: 'controls' },
  SOFTWARE_LIST: { one: 'software list', many: 'software lists' },
  ADVISORY: { one: 'advisory', many: 'advisories' },
  AVAILABILITY: { one: 'availability', many: 'availabilities' },
  SOFTWARE_STATEMENT: { one: 'software statement', many: 'software statements' },
};
