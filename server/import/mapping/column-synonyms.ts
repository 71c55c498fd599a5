import { toPlainHeader } from '../../domain/columns/plain-header.ts';
import type { FieldSpec } from '../../domain/fact-fields.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import { custodyKinds } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { fromVocabulary, patternOf, vocabularyRows, wordsOf } from '../vocabulary/vocabulary-rows.ts';

/** The form that most values must have; otherwise the header is not believed. */
type Holds = 'date' | 'email' | 'website' | 'country' | 'number';

/** A meaning that a column may have: the field for its value, and its usual headers, plain (`toPlainHeader`). */
export interface Concept {
  readonly kind: FactKind;
  /** The field's name in the field table. */
  readonly field: string;
  readonly holds?: Holds;
  readonly headers: readonly string[];
}

/**
 * The concepts that rules name: the field, and the form of its values. Their headers are data (server/import/vocabulary/headers.csv). Every other
 * field has a concept of its own, such as `TRANSFER.records`, without a row here.
 */
const named = {
  PROVIDER: ['ORGANIZATION', 'name'],
  /** Beside a provider: whom the provider engages in turn. */
  SUBPROVIDER: ['ORGANIZATION', 'name'],
  NAME: ['ORGANIZATION', 'name'],
  CLIENT: ['ENGAGEMENT', 'client'],
  VENDOR_ID: ['ORGANIZATION', 'id'],
  TAX_ID: ['ORGANIZATION', 'attributes'],
  ALIASES: ['ORGANIZATION', 'aliases'],
  ROLES: ['ORGANIZATION', 'roles'],
  STATUS: ['ORGANIZATION', 'status'],
  WEBSITE: ['ORGANIZATION', 'website', 'website'],
  COUNTRY: ['ORGANIZATION', 'country', 'country'],
  /** Where something is processed. No fact has a field for it. */
  PROCESSED_IN: ['ORGANIZATION', 'country'],
  EMAIL: ['ORGANIZATION', 'contactEmail', 'email'],
  SERVICE: ['ENGAGEMENT', 'service'],
  /** Names a product instead of its vendor. Counts if the list has no other column with organizations. */
  PRODUCT: ['ORGANIZATION', 'name'],
  ENGAGEMENT_ID: ['ENGAGEMENT', 'id'],
  STARTS: ['ENGAGEMENT', 'startsAt', 'date'],
  ENDS: ['ENGAGEMENT', 'endsAt', 'date'],
  RENEWS: ['ENGAGEMENT', 'endsAt', 'date'],
  NOTICE_HOURS: ['ENGAGEMENT', 'noticeHours', 'number'],
  AUDIT_RIGHT: ['ENGAGEMENT', 'auditRight'],
  ARTIFACT_ID: ['ARTIFACT', 'id'],
  ARTIFACT: ['ARTIFACT', 'name'],
  /** The things that a vendor gets, in a list of vendors: artifacts, if a person says so. */
  DATA_SHARED: ['TRANSFER', 'artifact'],
  ARTIFACT_TYPE: ['ARTIFACT', 'type'],
  OWNER: ['ARTIFACT', 'owner'],
  SENSITIVITY: ['ARTIFACT', 'sensitivity'],
  VALUE_LOW: ['ARTIFACT', 'valueLowUsd'],
  VALUE_HIGH: ['ARTIFACT', 'valueHighUsd'],
  FRAGMENT_COUNT: ['ARTIFACT', 'fragmentCount', 'number'],
  USEFUL_PORTION: ['ARTIFACT', 'usefulPortion', 'number'],
  MODEL_FAMILY: ['ARTIFACT', 'modelFamily'],
  VERSION: ['ARTIFACT', 'version'],
  TRANSFER_ID: ['TRANSFER', 'id'],
  SENDER: ['TRANSFER', 'sender'],
  RECIPIENT: ['TRANSFER', 'recipient'],
  SENT_AT: ['TRANSFER', 'sentAt', 'date'],
  PORTION: ['TRANSFER', 'portion'],
  FRAGMENTS: ['TRANSFER', 'fragments'],
  FORM: ['TRANSFER', 'form'],
  DELETION_STATE: ['TRANSFER', 'deletionState'],
  DELETED_AT: ['TRANSFER', 'deletedAt', 'date'],
  CHANNEL: ['TRANSFER', 'channel'],
  CONFIDENCE: ['TRANSFER', 'confidence'],
  RECORDS: ['TRANSFER', 'records', 'number'],
  BYTES: ['TRANSFER', 'bytes', 'number'],
  GRANTEE: ['ACCESS', 'grantee'],
  GRANTOR: ['ACCESS', 'grantor'],
  ACCESS_KIND: ['ACCESS', 'kind'],
  SOFTWARE: ['ACCESS', 'software'],
  LIKELIHOOD: ['ACCESS', 'likelihood', 'number'],
  CONTROL: ['CONTROL', 'control'],
  EVIDENCE: ['CONTROL', 'evidenceType'],
  ISSUED_AT: ['CONTROL', 'issuedAt', 'date'],
  EXPIRES_AT: ['CONTROL', 'expiresAt', 'date'],
  ISSUER: ['CONTROL', 'issuer'],
  REVEALS: ['REVEALS', 'reveals'],
  DEGREE: ['REVEALS', 'degree'],
  BASIS: ['REVEALS', 'basis'],
} as const satisfies Readonly<Record<string, readonly [kind: FactKind, field: string, holds?: Holds]>>;

export type ConceptName = keyof typeof named | `${FactKind}.${string}`;

/** Every concept that has a header. */
export const concepts: () => ReadonlyMap<ConceptName, Concept> = fromVocabulary(() => {
  const headers = new Map<string, string[]>();
  for (const { concept, header } of vocabularyRows('headers')) getOrInsert(headers, concept, () => []).push(toPlainHeader(header));
  const found = new Map<ConceptName, Concept>();
  for (const [name, [kind, field, holds]] of Object.entries(named) as [ConceptName, readonly [FactKind, string, Holds?]][]) {
    const own = [...new Set(headers.get(name))];
    found.set(name, { kind, field, headers: own, ...(holds === undefined ? {} : { holds }) });
  }
  const taken = new Set([...[...headers.values()].flat(), ...controlOfHeader().keys(), ...privateHeaders()]);
  for (const [name, { kind, spec }] of unnamedFields()) {
    const own = headersOfField(spec).filter((header) => !taken.has(header));
    const all = [...new Set([...(headers.get(name) ?? []), ...own])];
    if (all.length === 0) continue;
    const holds = formOf(spec);
    found.set(name, { kind, field: spec.name, headers: all, ...(holds === undefined ? {} : { holds }) });
    for (const header of own) taken.add(header);
  }
  return found;
});

export function conceptOf(name: ConceptName): Concept {
  return concepts().get(name) as Concept;
}

/** The concepts that rules name, for a field. Empty: the field's own name is its concept. */
export function namedConceptsOf(kind: string, field: string): string[] {
  return Object.entries(named).flatMap(([name, concept]) => (concept[0] === kind && concept[1] === field ? [name] : []));
}

/** The concepts that headers.csv may name. */
export function conceptNames(): string[] {
  return [...Object.keys(named), ...unnamedFields().keys()];
}

/** The fields that no concept above names and that a column can state: neither internal ones, nor texts without a field, nor engagements. */
function unnamedFields(): Map<ConceptName, { readonly kind: FactKind; readonly spec: FieldSpec }> {
  const isStated = (spec: FieldSpec) =>
    !spec.isInternal && spec.type !== 'attributes' && (spec.type !== 'reference' || spec.to === 'ORGANIZATION' || spec.to === 'ARTIFACT');
  return new Map(
    custodyKinds.flatMap((kind) =>
      factFields[kind]
        .filter((spec) => isStated(spec) && namedConceptsOf(kind, spec.name).length === 0)
        .map((spec) => [`${kind}.${spec.name}` as const, { kind, spec }] as const),
    ),
  );
}

/** The CSV column of a field and what people call it, without the remark in brackets. */
function headersOfField({ column, words }: FieldSpec): string[] {
  const all = [column, (words ?? '').replace(/\([^)]*\)/g, ' ')].map(toPlainHeader);
  return all.filter((header) => header !== '');
}

function formOf({ type }: FieldSpec): Holds | undefined {
  if (type === 'instant' || type === 'endInstant') return 'date';
  return type === 'number' || type === 'integer' ? 'number' : undefined;
}

/** Plain header -> the control that a column of this name is evidence of, such as SOC_2. */
export const controlOfHeader: () => ReadonlyMap<string, string> = fromVocabulary(
  () => new Map(vocabularyRows('controls').map(({ control, header }) => [toPlainHeader(header), control])),
);

/** The control that a cell names: ISO_27001 of "ISO/IEC 27001:2022", SOC_2 of "SOC 2 Typ II". Undefined for any other text. */
export function controlOfCell(text: string): string | undefined {
  const plain = toPlainHeader(text)
    .replace(/ (?:19|20)\d{2}$/, '')
    .replace(/\b(?:typ|tipo) (?=[12i])/, 'type ')
    .replace(/^(?:din )?en (?=iso )/, '');
  const standard = /^iso (?:iec )?(\d{4,5}(?: \d)?)$/.exec(plain)?.[1];
  return controlOfHeader().get(plain) ?? (standard === undefined ? undefined : `ISO_${standard.replace(' ', '_')}`);
}

const between = patternOf((words) => `[,;/+&\\n]|\\s${words('AND')}\\s`, 'u');

/** The controls that a cell names, several only if each of its parts is one that is known: "ISO 27001, SOC 2". */
export function controlsOfCell(text: string): string[] {
  const own = controlOfCell(text);
  if (own !== undefined) return [own];
  const parts = text.split(between()).filter((part) => part.trim() !== '');
  const controls = parts.map(controlOfCell);
  return parts.length > 1 && controls.every((control) => control !== undefined) ? [...new Set(controls as string[])] : [];
}

/** Left out unless chosen: bank accounts, personal tax ids, keys, phone numbers. Plain. */
export const privateHeaders: () => ReadonlySet<string> = fromVocabulary(() => new Set(wordsOf('PRIVATE').map(toPlainHeader)));

/** Headers of a service that any list may have. Alone, they do not indicate an engagement. */
export const vagueHeaders: () => ReadonlySet<string> = fromVocabulary(() => new Set(wordsOf('VAGUE').map(toPlainHeader)));

/** Words in titles of registers that do not list organizations. */
export const otherRegisters: () => readonly string[] = fromVocabulary(() => wordsOf('OTHER_REGISTER').map(toPlainHeader));

const onwardHeaders = fromVocabulary(() => new Set(wordsOf('ONWARD').map(toPlainHeader)));

/** Whether a column names whom the recipient of a row passed its copy on to. */
export function isOnward(header: string): boolean {
  return onwardHeaders().has(toPlainHeader(header));
}

/** Words that do not change the meaning of a header. */
export const fillerWords: () => ReadonlySet<string> = fromVocabulary(() => new Set(wordsOf('FILLER').map(toPlainHeader)));

/** Words of file names, sheets and titles that indicate a vendor list. */
export const vendorWords: () => readonly string[] = fromVocabulary(() => wordsOf('VENDOR_LIST').map(toPlainHeader));
