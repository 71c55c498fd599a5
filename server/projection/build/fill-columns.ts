import type { FactValue, RecordedFact } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import type { OptionalText } from '../../domain/fact-fields.ts';
import { factFields, optionalTexts } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import { NumberBuilder, sharedFloat64, sharedInt32, sharedUint8, sharedUint32 } from '../columns/shared-memory.ts';
import { CodeColumn, Interner, TextColumn } from '../columns/text-column.ts';
import type { ProvenanceColumns } from '../part.ts';
import { none } from '../projection.ts';

/** Finds the index of an id among the facts of a kind. */
export interface IdIndex {
  get(id: string): number | undefined;
}

export function indexById(facts: readonly RecordedFact[]): Map<string, number> {
  const index = new Map<string, number>();
  let before: string | undefined;
  for (const { kind, key } of facts) {
    checkOrder(kind, before, key);
    index.set(key, index.size);
    before = key;
  }
  return index;
}

/** An index over a column of ascending ids. */
export function indexOf(id: TextColumn): IdIndex {
  return {
    get: (text) => {
      const index = id.find(text);
      return index < 0 ? undefined : index;
    },
  };
}

export function checkOrder(kind: FactKind, before: string | undefined, key: string): void {
  if (before !== undefined && compareCodePoints(before, key) >= 0) throw new Error(`${kind} ${key} came after ${before}: not in order`);
}

export function getIndex(index: IdIndex, id: FactValue, named: string): number {
  const at = index.get(id as string);
  if (at === undefined) throw new Error(`${named} names ${id}, which does not exist`);
  return at;
}

/**
 * `getIndex` for ids that repeat. A store returns equal ids as the same string object, and a map finds the same object without
 * comparing characters.
 */
export class References {
  readonly #seen = new Map<string, number>();

  get(index: IdIndex, id: string, named: string): number {
    let at = this.#seen.get(id);
    if (at === undefined) {
      at = getIndex(index, id, named);
      this.#seen.set(id, at);
    }
    return at;
  }
}

/** The index of a field in a fact's values. */
export function place(kind: FactKind, name: string): number {
  const at = factFields[kind].findIndex((spec) => spec.name === name);
  if (at < 0) throw new Error(`${kind} has no field ${name}`);
  return at;
}

/** Builds columns from the facts of one kind. */
export class Columns {
  readonly facts: readonly RecordedFact[];
  readonly kind: FactKind;

  constructor(kind: FactKind, facts: readonly RecordedFact[]) {
    this.kind = kind;
    this.facts = facts;
  }

  values(field: string): FactValue[] {
    const at = place(this.kind, field);
    return this.facts.map((fact) => fact.values[at] as FactValue);
  }

  text(field: string): TextColumn {
    return TextColumn.from(this.values(field) as string[]);
  }

  code(field: string): CodeColumn {
    const interner = new Interner();
    const codes = sharedInt32(this.facts.length);
    this.values(field).forEach((value, i) => {
      codes[i] = interner.code(value as string | null);
    });
    return new CodeColumn(codes, interner.texts());
  }

  /** All optional texts of the kind, by the name of the field. */
  optionalTexts<K extends FactKind>(kind: K): Record<OptionalText<K>, CodeColumn> {
    return Object.fromEntries(optionalTexts(kind).map((name) => [name, this.code(name)])) as Record<OptionalText<K>, CodeColumn>;
  }

  /** @param unknown the number that stands for null */
  number(field: string, unknown = Number.NaN): Float64Array {
    const column = sharedFloat64(this.facts.length);
    this.values(field).forEach((value, i) => {
      column[i] = value === null ? unknown : (value as number);
    });
    return column;
  }

  enum(field: string, names: readonly string[]): Uint8Array {
    const column = sharedUint8(this.facts.length);
    this.values(field).forEach((value, i) => {
      column[i] = names.indexOf(value as string);
    });
    return column;
  }

  reference(field: string, index: IdIndex): Int32Array {
    const column = sharedInt32(this.facts.length);
    this.values(field).forEach((value, i) => {
      column[i] = value === null ? none : getIndex(index, value, `${this.kind} ${(this.facts[i] as RecordedFact).key}`);
    });
    return column;
  }

  provenance(): ProvenanceColumns {
    const builder = new ProvenanceBuilder();
    for (const fact of this.facts) builder.add(fact);
    return builder.build();
  }
}

export class ProvenanceBuilder {
  readonly #imports = new RepeatingColumn();
  readonly #files = new RepeatingColumn();
  readonly #people = new RepeatingColumn();
  readonly #sources = new RepeatingColumn();
  readonly #lines = new NumberBuilder(sharedUint32);
  readonly #assertedAt = new NumberBuilder(sharedFloat64);

  add({ provenance }: RecordedFact): void {
    this.#imports.push(provenance.importId);
    this.#files.push(provenance.file);
    this.#people.push(provenance.assertedBy);
    this.#sources.push(provenance.source);
    this.#lines.push(provenance.line ?? 0);
    this.#assertedAt.push(provenance.assertedAt);
  }

  build(): ProvenanceColumns {
    return {
      importId: this.#imports.build(),
      file: this.#files.build(),
      assertedBy: this.#people.build(),
      source: this.#sources.build(),
      line: this.#lines.build(),
      assertedAt: this.#assertedAt.build(),
    };
  }
}

/** Compares each text with the one before it before any lookup, because they are often equal. */
export class RepeatingColumn {
  readonly #interner = new Interner();
  readonly #codes = new NumberBuilder(sharedInt32);
  #last: string | null = null;
  #lastCode = -1;

  push(text: string | null): void {
    if (text !== this.#last) {
      this.#last = text;
      this.#lastCode = this.#interner.code(text);
    }
    this.#codes.push(this.#lastCode);
  }

  build(): CodeColumn {
    return new CodeColumn(this.#codes.build(), this.#interner.texts());
  }
}

export function fill<T extends Float64Array | Int32Array | Uint32Array | Uint8Array>(column: T, values: readonly number[]): T {
  column.set(values);
  return column;
}
