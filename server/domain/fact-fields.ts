import type { FactKind } from './facts.ts';
import { accessKinds, artifactTypes, copyForms, deletionStates, evidenceTypes, organizationRoles, organizationStatuses } from './facts.ts';

/**
 * The field table: the fields of each kind of fact in the order of semantics §1, with type, default and limits. Everything else
 * derives from it: CSV columns, store columns, text columns of projections, differences, exports, backups and messages. So a new
 * field needs one row here.
 *
 * A field's *value* (FactValue) is, by type:
 *   text, reference, enum -> string      number, integer -> number      instant, endInstant -> number (epoch ms)
 *   boolean -> boolean                   texts, enums -> readonly string[]
 *   attributes -> readonly Attribute[]
 * `null` means "unknown".
 */
export type FieldType =
  /** `repeats`: few distinct values, so stores intern them. */
  | { readonly type: 'text'; readonly maxLength: number; readonly repeats?: true }
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

export type FieldSpec = FieldType & {
  /** The name in the API. */
  readonly name: string;
  /** snake_case of the name: the CSV column. */
  readonly column: string;
  /** The fact must state the field with a value other than null. */
  readonly isRequired: boolean;
  /** Part of the fact's key. */
  readonly isKey: boolean;
  /** The value of a field that is not stated, or stated as null. Without a default, null. */
  readonly default?: number | string | readonly string[];
  /** Only a merge states the field. It is in no file and in no edit. */
  readonly isInternal?: true;
  /** New values have no hidden characters (names/hidden-characters.ts). A reference needs no such rule: what it names exists. */
  readonly isVisible?: true;
};

/**
 * The version of the table below. Raise it when you add or remove a field. A program refuses stores and backups of a later version,
 * because it would lose the fields that it does not know.
 */
export const fieldsVersion = 3;

export const maxIdLength = 200;
export const maxNameLength = 500;
export const maxCellLength = 1_048_576;

const key = { isRequired: true, isKey: true } as const;
const visibleKey = { ...key, isVisible: true } as const;
const required = { isRequired: true, isKey: false } as const;
const optional = { isRequired: false, isKey: false } as const;

type Unnamed = FieldType & Pick<FieldSpec, 'isRequired' | 'isKey' | 'default' | 'isInternal' | 'isVisible'>;

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
const organization = { type: 'reference', to: 'ORGANIZATION' } as const;
const artifact = { type: 'reference', to: 'ARTIFACT' } as const;

const table = {
  ORGANIZATION: {
    id: { ...id, ...visibleKey },
    name: { ...name, ...required },
    roles: { type: 'enums', values: organizationRoles, ...optional, default: ['VENDOR'] },
    aliases: { type: 'texts', ...optional, default: [], isVisible: true },
    status: { type: 'enum', values: organizationStatuses, ...optional, default: 'ACTIVE' },
    website: { ...text, ...optional },
    country: { ...text, ...optional },
    contactEmail: { ...text, ...optional },
    attributes: { type: 'attributes', ...optional, default: [] },
    /** The id that this id means. Null: itself (semantics §1, merges). */
    mergedInto: { ...id, ...optional, isInternal: true },
  },
  ARTIFACT: {
    id: { ...id, ...visibleKey },
    name: { ...name, ...required },
    type: { type: 'enum', values: artifactTypes, ...required },
    owner: { ...organization, ...required },
    sensitivity: { type: 'integer', from: 1, to: 5, ...required },
    valueLowUsd: { type: 'number', above: 0, to: Number.MAX_VALUE, ...optional },
    valueHighUsd: { type: 'number', above: 0, to: Number.MAX_VALUE, ...optional },
    modelFamily: { ...text, ...optional },
    version: { ...text, ...optional },
    fragmentCount: { type: 'integer', from: 1, to: 1_000_000, ...optional },
    usefulPortion: { type: 'number', from: 0, to: 1, ...optional, default: 0 },
  },
  ENGAGEMENT: {
    id: { ...id, ...visibleKey },
    client: { ...organization, ...required },
    provider: { ...organization, ...required },
    service: { ...text, ...optional },
    startsAt: { type: 'instant', ...optional },
    endsAt: { type: 'endInstant', ...optional },
    noticeHours: { type: 'integer', from: 0, to: 1_000_000, ...optional },
    auditRight: { type: 'boolean', ...optional },
    attributes: { type: 'attributes', ...optional, default: [] },
  },
  TRANSFER: {
    id: { ...id, ...visibleKey },
    artifact: { ...artifact, ...required },
    sender: { ...organization, ...required },
    recipient: { ...organization, ...required },
    sentAt: { type: 'instant', ...optional },
    portion: { ...share, ...optional, default: 1 },
    fragments: { type: 'texts', ...optional },
    form: { type: 'enum', values: copyForms, ...optional, default: 'PLAINTEXT' },
    deletionState: { type: 'enum', values: deletionStates, ...optional, default: 'NONE' },
    deletedAt: { type: 'endInstant', ...optional },
    channel: { ...text, repeats: true, ...optional, isVisible: true },
    engagement: { type: 'reference', to: 'ENGAGEMENT', ...optional },
    confidence: { ...share, ...optional, default: 1 },
  },
  ACCESS: {
    id: { ...id, ...visibleKey },
    grantee: { ...organization, ...required },
    grantor: { ...organization, ...required },
    kind: { type: 'enum', values: accessKinds, ...optional, default: 'OTHER' },
    likelihood: { ...share, ...optional, default: 1 },
    validFrom: { type: 'instant', ...optional },
    validUntil: { type: 'endInstant', ...optional },
    software: { ...text, ...optional },
  },
  REVEALS: {
    artifact: { ...artifact, ...key },
    reveals: { ...artifact, ...key },
    degree: { ...share, ...required },
    basis: { ...text, ...optional },
  },
  CONTROL: {
    organization: { ...organization, ...key },
    control: { ...id, ...visibleKey },
    evidenceType: { type: 'enum', values: evidenceTypes, ...required },
    issuedAt: { type: 'instant', ...optional },
    expiresAt: { type: 'endInstant', ...optional },
    issuer: { ...organization, ...optional },
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
};

/** The kinds that references name. */
export const namedKinds: ReadonlySet<FactKind> = new Set(
  Object.values(factFields).flatMap((specs) => specs.flatMap((spec) => (spec.type === 'reference' ? [spec.to] : []))),
);

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

/** The name of the CSV file of a kind of fact, without `.csv`. */
export const fileNames: Readonly<Record<FactKind, string>> = {
  ORGANIZATION: 'organizations',
  ARTIFACT: 'artifacts',
  ENGAGEMENT: 'engagements',
  TRANSFER: 'transfers',
  ACCESS: 'access',
  REVEALS: 'reveals',
  CONTROL: 'controls',
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
};
