import type { Assertion, FactValue } from '../domain/assertions.ts';
import type { FieldSpec } from '../domain/fact-fields.ts';
import { factFields } from '../domain/fact-fields.ts';
import type { Attribute } from '../domain/facts.ts';
import { factKinds, pairKey, splitPairKey } from '../domain/facts.ts';
import type { Effect, NewImport } from '../store/fact-write.ts';
import { effects } from '../store/fact-write.ts';
import type { DocumentRecord, StoreRecord, UndoRecord, WriteHead } from '../store/store-record.ts';
import { backupCollections } from '../store/store-record.ts';

/** One line of a backup: a record, or an assertion of a batch. */
export type BackupLine = Exclude<StoreRecord, { type: 'start' | 'assertions' }> | DecodedAssertion;

interface DecodedAssertion {
  readonly type: 'assertion';
  readonly assertion: Assertion;
  /** Index into `effects`. */
  readonly effect: number;
}

/** Decodes a line that `encodeRecord` wrote. For any other line, throws an Error that names the fault. */
export function decodeLine(line: string): BackupLine {
  const value = asObject(JSON.parse(line), 'a record');
  if ('assert' in value || 'retract' in value) return decodeAssertion(value);
  if ('write' in value) return decodeWrite(asObject(value.write, 'write'));
  if ('undo' in value) return decodeUndo(asObject(value.undo, 'undo'));
  if ('document' in value) return decodeDocument(asObject(value.document, 'document'));
  throw new Error(`its record ${Object.keys(value)[0]} is unknown`);
}

type Fields = Readonly<Record<string, unknown>>;

function decodeAssertion(line: Fields): DecodedAssertion {
  const isRetraction = 'retract' in line;
  const kind = asOneOf(line.assert ?? line.retract, factKinds, 'a kind of fact');
  const specs = factFields[kind];
  const says = isRetraction ? {} : asObject(line.says, 'says');
  const values = isRetraction ? [] : specs.map((spec) => statedValueOf(says, spec));
  const keys = isRetraction
    ? asTexts(line.key, 'key')
    : specs.filter((spec) => spec.isKey).map((spec) => asText(says[spec.name], spec.name));
  if (keys.length !== specs.filter((spec) => spec.isKey).length) throw new Error(`its key of ${kind} has ${keys.length} ids`);
  const effect = effects.indexOf(line.effect as Effect);
  if (effect < 0 || line.effect === 'REFUSED') throw new Error(`its effect ${JSON.stringify(line.effect)} is unknown`);
  return {
    type: 'assertion',
    effect,
    assertion: {
      kind,
      key: keyFrom(keys),
      isRetraction,
      values,
      assertedAt: asInteger(line.assertedAt, 'assertedAt'),
      source: asTextOrNull(line.source, 'source'),
      file: asTextOrNull(line.file, 'file'),
      line: line.line === null ? null : asInteger(line.line, 'line'),
    },
  };
}

function keyFrom([first, second]: readonly string[]): string {
  return second === undefined ? (first as string) : pairKey(first as string, second);
}

function statedValueOf(says: Fields, spec: FieldSpec): FactValue | undefined {
  if (!Object.hasOwn(says, spec.name)) return undefined;
  const value = says[spec.name];
  if (value !== null && !isValueOf(spec, value)) throw new Error(`its ${spec.name} is not of type ${spec.type}`);
  return value as FactValue;
}

function isValueOf(spec: FieldSpec, value: unknown): boolean {
  switch (spec.type) {
    case 'text':
    case 'reference':
      return typeof value === 'string';
    case 'enum':
      return spec.values.includes(value as string);
    case 'number':
      return typeof value === 'number';
    case 'integer':
    case 'instant':
    case 'endInstant':
      return Number.isSafeInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'texts':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'enums':
      return Array.isArray(value) && value.every((item) => spec.values.includes(item));
    case 'attributes':
      return Array.isArray(value) && value.every(isAttribute);
    default:
      return spec satisfies never;
  }
}

function isAttribute(item: unknown): item is Attribute {
  const { name, value } = asObject(item, 'an attribute');
  return typeof name === 'string' && typeof value === 'string';
}

function decodeWrite(write: Fields): WriteHead {
  return {
    type: 'write',
    revision: asInteger(write.revision, 'revision'),
    at: asInteger(write.at, 'at'),
    by: asText(write.by, 'by'),
    import: write.import === null ? null : decodeImport(asObject(write.import, 'import')),
    created: asInteger(write.created, 'created'),
    updated: asInteger(write.updated, 'updated'),
    unchanged: asInteger(write.unchanged, 'unchanged'),
    retracted: asInteger(write.retracted, 'retracted'),
  };
}

function decodeImport(from: Fields): NewImport {
  return {
    id: asText(from.id, 'id'),
    source: asTextOrNull(from.source, 'source'),
    assertedAt: from.assertedAt === null ? null : asInteger(from.assertedAt, 'assertedAt'),
    createdAt: asInteger(from.createdAt, 'createdAt'),
    files: asArray(from.files, 'files').map((item) => {
      const file = asObject(item, 'a file');
      return {
        name: asText(file.name, 'name'),
        sizeBytes: asInteger(file.sizeBytes, 'sizeBytes'),
        sha256: asText(file.sha256, 'sha256'),
        rowCount: asInteger(file.rowCount, 'rowCount'),
      };
    }),
    rejectedCount: asInteger(from.rejectedCount, 'rejectedCount'),
    incidents: new Map(
      asArray(from.incidents, 'incidents').map((item) => {
        const [id, json] = asTexts(item, 'an incident');
        return [asText(id, 'id'), asText(json, 'json')];
      }),
    ),
  };
}

function decodeUndo(undo: Fields): UndoRecord {
  return {
    type: 'undo',
    importId: asText(undo.importId, 'importId'),
    revision: asInteger(undo.revision, 'revision'),
    at: asInteger(undo.at, 'at'),
    by: asText(undo.by, 'by'),
    changed: asInteger(undo.changed, 'changed'),
    isRaising: asBoolean(undo.isRaising, 'isRaising'),
  };
}

function decodeDocument(document: Fields): DocumentRecord {
  return {
    type: 'document',
    collection: asOneOf(document.collection, backupCollections, 'a collection'),
    id: asText(document.id, 'id'),
    version: asInteger(document.version, 'version'),
    json: asText(document.json, 'json'),
    importId: asTextOrNull(document.importId, 'importId'),
    savedJson: asTextOrNull(document.savedJson, 'savedJson'),
  };
}

/** Functions that check the type of one part of a decoded line. If the type is wrong, they throw an Error with the part's name. */

function asObject(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw mismatch(name, 'object', value);
}

function asArray(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw mismatch(name, 'list', value);
}

function asText(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw mismatch(name, 'text', value);
}

function asTextOrNull(value: unknown, name: string): string | null {
  return value === null ? null : asText(value, name);
}

function asTexts(value: unknown, name: string): string[] {
  return asArray(value, name).map((item) => asText(item, name));
}

function asInteger(value: unknown, name: string): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw mismatch(name, 'integer', value);
}

function asBoolean(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value;
  throw mismatch(name, 'boolean', value);
}

function asOneOf<T extends string>(value: unknown, values: readonly T[], name: string): T {
  if (values.includes(value as T)) return value as T;
  throw mismatch(name, values.join(', '), value);
}

function mismatch(name: string, expected: string, value: unknown): Error {
  return new Error(`its ${name} is ${JSON.stringify(value)?.slice(0, 100) ?? 'absent'}; expected ${expected}`);
}

/** The lines of a record, with line ends. A batch has one line for each assertion. The start record has none: the header replaces it. */
export function* encodeRecord(record: StoreRecord): Generator<string> {
  switch (record.type) {
    case 'start':
      break;
    case 'write': {
      const { type: _, import: from, ...write } = record;
      const imported = from === null ? null : { ...from, incidents: [...from.incidents] };
      yield lineOf({ write: { ...write, import: imported } });
      break;
    }
    case 'assertions':
      for (const [i, assertion] of record.assertions.entries())
        yield encodeAssertion(assertion, effects[record.effects[i] as number] as Effect);
      break;
    case 'undo': {
      const { type: _, ...undo } = record;
      yield lineOf({ undo });
      break;
    }
    case 'document': {
      const { type: _, ...document } = record;
      yield lineOf({ document });
      break;
    }
    default:
      record satisfies never;
  }
}

function encodeAssertion(assertion: Assertion, effect: Effect): string {
  const { kind, assertedAt, source, file, line } = assertion;
  const rest = { effect, assertedAt, source, file, line };
  return lineOf(
    assertion.isRetraction ? { retract: kind, key: keysOf(assertion), ...rest } : { assert: kind, says: saysOf(assertion), ...rest },
  );
}

/** The stated values, by the API's name of the field. A field that is not stated is absent. A field stated as unknown is null. */
function saysOf({ kind, values }: Assertion): Record<string, FactValue> {
  const says: Record<string, FactValue> = {};
  const specs = factFields[kind];
  for (let i = 0; i < specs.length; i++) {
    const value = values[i];
    if (value !== undefined) says[(specs[i] as (typeof specs)[number]).name] = value;
  }
  return says;
}

/** The values of the key's fields. */
export function keysOf({ kind, key }: Pick<Assertion, 'kind' | 'key'>): string[] {
  return kind === 'REVEALS' || kind === 'CONTROL' ? splitPairKey(key) : [key];
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
