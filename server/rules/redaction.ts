import { type FieldSpec, factFields, rowFields } from '../domain/fact-fields.ts';
import type { FactKind } from '../domain/facts.ts';
import { artifactTypes, factKinds, organizationStatuses } from '../domain/facts.ts';
import { findingKinds } from '../domain/finding-kinds.ts';

/*
 * `redact=names` changes an answer (docs/api.md): names and ids of organizations and artifacts get stand-ins, and every further text of
 * a fact says "hidden", unless its row in the field table says SHOWN. So a new text is hidden until somebody decides otherwise.
 */

/** Whether a field of a fact is a text that may tell who somebody is, whatever stands in it. */
function isHidden({ type, name, isKey, isInternal, redaction }: FieldSpec): boolean {
  const isText = type === 'text' || type === 'texts' || type === 'attributes';
  return isText && !isKey && name !== 'name' && isInternal !== true && redaction !== 'SHOWN';
}

/** The hidden texts of a kind of fact that have one value. Sentences may repeat them. */
export function hiddenTexts(kind: FactKind): string[] {
  return factFields[kind].filter((spec) => spec.type === 'text' && isHidden(spec)).map(({ name }) => name);
}

const fieldsOfFacts = [...factKinds.flatMap((kind) => factFields[kind]), ...Object.values(rowFields).flat()];

/** Fields of answers whose whole text is hidden: those of facts, the source of a fact, and the channels of a scope. */
export const hiddenFields: ReadonlySet<string> = new Set([...fieldsOfFacts.filter(isHidden).map(({ name }) => name), 'source', 'channels']);

/** Fields of answers that hold a hidden text of facts, such as a channel, or a text of another kind: `RadiusSum.key` and `FoundValue.value`. */
export const sharedTextFields: ReadonlySet<string> = new Set(['key', 'value']);

/** Columns of exported lists whose whole text is hidden. `sources`: those of the facts behind a row. */
export const hiddenColumns: ReadonlySet<string> = new Set([
  ...fieldsOfFacts.filter(isHidden).map(({ column }) => column),
  'source',
  'sources',
]);

const figureTypes: ReadonlySet<FieldSpec['type']> = new Set(['number', 'integer', 'boolean', 'instant', 'endInstant']);
const figuresOfFacts = new Set(fieldsOfFacts.filter(({ type }) => figureTypes.has(type)).map(({ column }) => column));
const otherFigures = /(_usd|_count|_low|_high|_at|_from|_until)$|^(is_\w+|weighted_share|rank|position|since|highest_sensitivity)$/;

/** Whether a column of an exported list holds numbers, flags and instants alone. They may look like an id, and never are one. */
export function isFigureColumn(column: string): boolean {
  return figuresOfFacts.has(column) || otherFigures.test(column);
}

/** Fields whose text is always a word of the schema: one of an enum, or the name of a type. A test compares them with the schema. */
export const wordFields: ReadonlySet<string> = new Set([
  // The type of an event of a watch is any text, and the status of a delivery a number.
  ...fieldsOfFacts
    .filter(({ name, type }) => (type === 'enum' || type === 'enums') && name !== 'type' && name !== 'status')
    .map(({ name }) => name),
  '__typename',
  'cause',
  'dateOrder',
  'decision',
  'defaultRole',
  'detail',
  'factKind',
  'grade',
  'gradeNow',
  'kinds',
  'leastEvidence',
  'minTier',
  'on',
  'proposedAs',
  'role',
  'state',
  'tier',
  'use',
]);

/** Fields that hold a word in one type and any text in another. Only the words of the list stay readable. */
export const wordsOfMixedFields: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['change', new Set(['SPLIT', 'JOINED', 'REPAIRED', 'TRANSLATED', 'REMARK', 'FOLDED', 'LEFT_OUT'])],
  ['type', new Set<string>(artifactTypes)],
  ['findings', new Set<string>(findingKinds)],
  ['status', new Set<string>(organizationStatuses)],
  ['basis', new Set(['HELD', 'REVEALED'])],
  ['reason', new Set(['NO_EVIDENCE', 'EXPIRED', 'TOO_WEAK', 'ISSUER_DISCOUNTED'])],
]);

/**
 * Whether the text of a field, or of a column of a list, is a word of the schema. Such a word is no name, even where an organization has
 * it as its name.
 */
export function isSchemaWord(name: string, text: string): boolean {
  const field = name.replace(/(?<=[a-z])_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return wordFields.has(field) || wordsOfMixedFields.get(field)?.has(text) === true;
}
