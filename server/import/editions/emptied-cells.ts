import type { Assertion, AssertionList, FactValue } from '../../domain/assertions.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { Attribute, FactKind } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { canonicalMapping } from '../mapping/canonical-mapping.ts';
import type { ReadFile } from '../read-options.ts';
import { attributePrefix } from '../rows/table-fields.ts';
import type { LastEdition, StatedValues } from './last-edition.ts';
import { nameOf } from './last-edition.ts';

/** A fact whose row leaves cells empty for which its source stated values before. */
export interface EmptiedFact {
  /** Index into the assertions of this edition. */
  readonly assertion: number;
  /** Indexes into the fields of the kind. */
  readonly fields: readonly number[];
  /** Names of attributes. */
  readonly attributes: readonly string[];
  /** Whether a cell was filled when the source last listed rows of the kind, or the row was not among these. */
  readonly isNew: boolean;
}

/** The names of facts whose rows leave cells empty. A missing column empties no cell. */
export function findRowsWithEmptyCells(assertions: AssertionList, files: readonly ReadFile[]): Set<string> {
  const columns = columnsByFile(files);
  const names = new Set<string>();
  for (const assertion of assertions) {
    const present = columns.get(assertion.file ?? '');
    if (present === undefined || assertion.isRetraction) continue;
    const isEmpty = (field: number) => assertion.values[field] === undefined;
    if (present.attributes.size > 0 || [...(present.fields.get(assertion.kind) ?? [])].some(isEmpty)) names.add(nameOf(assertion));
  }
  return names;
}

/** Finds the empty cells for which the source stated values before: in a cell of an earlier edition, or as the end of an unlisted fact. */
export function findEmptied({ stated, facts }: LastEdition, assertions: AssertionList, files: readonly ReadFile[]): EmptiedFact[] {
  const columns = columnsByFile(files);
  const emptied: EmptiedFact[] = [];
  for (const [index, assertion] of assertions.entries()) {
    const before = stated.get(nameOf(assertion));
    const present = columns.get(assertion.file ?? '');
    if (before === undefined || present === undefined || assertion.isRetraction) continue;
    const fields = [...(present.fields.get(assertion.kind) ?? [])].filter(
      (field) => isStated(before[field]) && assertion.values[field] === undefined,
    );
    const attributes = present.attributes.size === 0 ? [] : emptiedAttributes(before, assertion, present.attributes);
    if (fields.length + attributes.length === 0) continue;
    const last = facts.get(nameOf(assertion));
    const wasFilled = (values: StatedValues) =>
      fields.some((field) => isStated(values[field])) || emptiedAttributes(values, assertion, new Set(attributes)).length > 0;
    emptied.push({ assertion: index, fields, attributes, isNew: last === undefined || wasFilled(last.values) });
  }
  return emptied;
}

function columnsByFile(files: readonly ReadFile[]): Map<string, StatedColumns> {
  return new Map(files.map((file) => [file.name, columnsOf(file)]));
}

/** The number of emptied cells. */
export function countEmptied(emptied: readonly EmptiedFact[]): number {
  return emptied.reduce((sum, { fields, attributes }) => sum + fields.length + attributes.length, 0);
}

/** The assertions, with each emptied cell stated as unknown. */
export function eraseEmptied(assertions: AssertionList, emptied: readonly EmptiedFact[]): Assertion[] {
  const erased = [...assertions];
  for (const { assertion: index, fields, attributes } of emptied) {
    const assertion = erased[index] as Assertion;
    const values: (FactValue | undefined)[] = [...assertion.values];
    for (const field of fields) values[field] = null;
    if (attributes.length > 0) {
      const field = attributesField(assertion.kind);
      const stated = (values[field] ?? []) as readonly Attribute[];
      // An attribute without text does not count.
      values[field] = [...stated, ...attributes.map((name) => ({ name, value: '' }))];
    }
    erased[index] = { ...assertion, values };
  }
  return erased;
}

interface StatedColumns {
  readonly fields: ReadonlyMap<FactKind, ReadonlySet<number>>;
  readonly attributes: ReadonlySet<string>;
}

/** The fields and attributes that the columns of a file hold. */
function columnsOf(file: ReadFile): StatedColumns {
  const fields = new Map<FactKind, Set<number>>();
  const attributes = new Set<string>();
  for (const { use, kind, field, column } of (file.mapping ?? canonicalMapping(file)).columns) {
    if (use === 'ATTRIBUTE') attributes.add(column.startsWith(attributePrefix) ? column.slice(attributePrefix.length) : column);
    if (use !== 'FIELD' || kind === null) continue;
    const index = factFields[kind].findIndex(({ name, isKey, isRequired }) => name === field && !isKey && !isRequired);
    if (index >= 0) getOrInsert(fields, kind, () => new Set<number>()).add(index);
  }
  return { fields, attributes };
}

function emptiedAttributes(before: StatedValues, now: Assertion, present: ReadonlySet<string>): string[] {
  const field = attributesField(now.kind);
  if (field < 0) return [];
  const stated = new Set(((now.values[field] ?? []) as readonly Attribute[]).map(({ name }) => name));
  const earlier = (before[field] ?? []) as readonly Attribute[];
  return earlier.filter(({ name, value }) => value !== '' && present.has(name) && !stated.has(name)).map(({ name }) => name);
}

function attributesField(kind: FactKind): number {
  return factFields[kind].findIndex(({ type }) => type === 'attributes');
}

function isStated(value: FactValue | undefined): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}
