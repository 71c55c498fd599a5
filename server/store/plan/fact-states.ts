import type { FactValue, RecordedFact } from '../../domain/assertions.ts';
import { foldAssertions } from '../../domain/assertions.ts';
import type { FieldSpec } from '../../domain/fact-fields.ts';
import { factFields, namedKinds } from '../../domain/fact-fields.ts';
import type { RuleContext } from '../../domain/fact-rules.ts';
import { fieldIndex, findNamedFaults, findRelationFaults, findValueFault, textsIn } from '../../domain/fact-rules.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { KindRows } from '../../domain/packed/kind-rows.ts';
import type { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import type { ColumnType, ExtraColumn, PackedColumn } from '../../domain/packed/packed-block.ts';
import { columnTypes, extraColumnsOf, numberAt, textAt, valueFromText } from '../../domain/packed/packed-block.ts';
import { hasHidden } from '../../domain/text/hidden-characters.ts';
import { RecentTexts } from '../../domain/text/recent-texts.ts';
import type { Asking } from './prior-questions.ts';
import { askAssertions, chunkSize } from './prior-questions.ts';

/** The properties of a named fact that the rules of the naming fact need. */
export interface NamedState {
  readonly exists: boolean;
  readonly isLab: boolean;
  readonly fragmentCount: number | null;
}

const absent: NamedState = { exists: false, isLab: false, fragmentCount: null };
const plain: NamedState = { exists: true, isLab: false, fragmentCount: null };
const lab: NamedState = { exists: true, isLab: true, fragmentCount: null };
const roles = fieldIndex('ORGANIZATION', 'roles');
const fragmentCount = fieldIndex('ARTIFACT', 'fragmentCount');

/** The reference fields of each kind: their place in the values and the kind they name. */
export const references: ReadonlyMap<FactKind, readonly { readonly field: number; readonly to: FactKind }[]> = new Map(
  factKinds.map((kind) => [kind, factFields[kind].flatMap((spec, field) => (spec.type === 'reference' ? [{ field, to: spec.to }] : []))]),
);

export function stateOf(fact: RecordedFact | undefined): NamedState {
  if (fact === undefined) return absent;
  if (fact.kind === 'ORGANIZATION') return (fact.values[roles] as readonly string[]).includes('LAB') ? lab : plain;
  const count = fact.kind === 'ARTIFACT' ? (fact.values[fragmentCount] as number | null) : null;
  return count === null ? plain : { exists: true, isLab: false, fragmentCount: count };
}

/** A map finds one of so few at once. */
const fewFacts = 1000;

/** The facts that a plan's facts name, as they will be after the write. Asks the store for facts outside the plan. */
export class FactStates implements RuleContext {
  readonly #states = Object.fromEntries(factKinds.map((kind) => [kind, new Map()])) as Readonly<Record<FactKind, Map<string, NamedState>>>;

  readonly #recent = new Map<FactKind, RecentTexts<NamedState>>();

  note(kind: FactKind, key: string, fact: RecordedFact | undefined): void {
    const state = stateOf(fact);
    const states = this.#states[kind].set(key, state);
    let recent = this.#recent.get(kind);
    if (recent === undefined && states.size > fewFacts) {
      recent = new RecentTexts();
      this.#recent.set(kind, recent);
    }
    recent?.set(key, state);
  }

  #find(kind: FactKind, key: string): NamedState | undefined {
    const recent = this.#recent.get(kind);
    const known = recent?.get(key);
    if (known !== undefined) return known;
    const state = this.#states[kind].get(key);
    if (state !== undefined) recent?.set(key, state);
    return state;
  }

  /** Asks for the named facts that are not noted yet. Note the plan's own facts first, kinds in the order of `factKinds`. */
  *load(facts: Iterable<RecordedFact>): Asking<void> {
    const wanted = new Map<FactKind, Set<string>>();
    for (const fact of facts) {
      for (const { field, to } of references.get(fact.kind) ?? []) {
        const key = fact.values[field];
        if (typeof key !== 'string' || this.#find(to, key) !== undefined) continue;
        getOrInsert(wanted, to, () => new Set()).add(key);
      }
    }
    yield* this.loadKeys(wanted);
  }

  /** Asks for these facts. */
  *loadKeys(wanted: ReadonlyMap<FactKind, ReadonlySet<string>>): Asking<void> {
    for (const [kind, keys] of wanted) {
      const list = [...keys];
      for (let start = 0; start < list.length; start += chunkSize) {
        const chunk = list.slice(start, start + chunkSize);
        const assertions = yield* askAssertions(kind, chunk);
        for (const key of chunk) this.note(kind, key, foldAssertions(assertions.get(key) ?? []));
      }
    }
  }

  /** Whether the state of a fact is noted; a fact that does not exist has one, too. */
  isKnown(kind: FactKind, key: string): boolean {
    return this.#find(kind, key) !== undefined;
  }

  exists(kind: FactKind, key: string): boolean {
    return this.#find(kind, key)?.exists ?? false;
  }

  isLab(organization: string): boolean {
    return this.#find('ORGANIZATION', organization)?.isLab ?? false;
  }

  findFragmentCount(artifact: string): number | null {
    return this.#find('ARTIFACT', artifact)?.fragmentCount ?? null;
  }
}

/**
 * Checks packed rows that create facts of one kind, by the rules of facts (domain/fact-rules.ts), without an assertion and a fact for
 * each. Only for kinds that no other names, and whose facts are what a single assertion states.
 *
 * A text that repeats has a number, so its rules are checked once for each field.
 */
export class FreshRows {
  readonly #assertions: PackedAssertions;
  readonly #rows: KindRows;
  readonly #states: FactStates;
  readonly #kind: FactKind;
  readonly #specs: readonly FieldSpec[];
  readonly #types: readonly ColumnType[];
  readonly #extra: Readonly<Record<ExtraColumn, number>>;
  readonly #defaults: readonly FactValue[];
  /** By field, then the number of a text: 1 if the text may stand in the field, and names an existing fact if it is a reference. */
  readonly #accepted: readonly Uint8Array[];
  /** Whether one field is the key. */
  readonly #hasOneKey: boolean;
  /** The number of the last source that was checked; 0: none. */
  #visibleSource = 0;
  /** The values of the row that is checked. */
  readonly #values: FactValue[];

  static of(assertions: PackedAssertions, kind: FactKind, states: FactStates): FreshRows | undefined {
    const rows = assertions.rowsOf(kind);
    const isSimple = factFields[kind].every(({ type, isInternal }) => type !== 'attributes' && isInternal !== true);
    return rows !== undefined && isSimple && !namedKinds.has(kind) ? new FreshRows(assertions, rows, states) : undefined;
  }

  private constructor(assertions: PackedAssertions, rows: KindRows, states: FactStates) {
    const { kind } = rows;
    this.#assertions = assertions;
    this.#rows = rows;
    this.#states = states;
    this.#kind = kind;
    this.#specs = factFields[kind];
    this.#types = columnTypes(kind);
    this.#extra = extraColumnsOf(kind);
    this.#defaults = this.#specs.map((spec) => spec.default ?? null);
    const none = new Uint8Array(0);
    this.#accepted = this.#specs.map((_, field) => (this.#types[field] === 'code' ? new Uint8Array(assertions.texts.count) : none));
    this.#hasOneKey = this.#specs.filter(({ isKey }) => isKey).length === 1;
    this.#values = this.#specs.map(() => null);
  }

  key(assertion: number): string {
    return this.#rows.key(this.#assertions.rowOf(assertion));
  }

  /** The facts that these assertions name, and whose states are not known yet. */
  findUnknown(assertions: readonly number[]): Map<FactKind, Set<string>> {
    const unknown = new Map<FactKind, Set<string>>();
    for (const assertion of assertions) {
      const row = this.#assertions.rowOf(assertion);
      const { columns } = this.#rows.blockOf(row);
      const at = this.#rows.placeOf(row);
      for (const { field, to } of references.get(this.#kind) ?? []) {
        const text = numberAt(columns[field] as PackedColumn, at);
        if (text === 0 || this.#accepted[field]?.[text] === 1) continue;
        const key = this.#assertions.texts.text(text);
        if (this.#states.isKnown(to, key)) continue;
        getOrInsert(unknown, to, () => new Set()).add(key);
      }
    }
    return unknown;
  }

  /**
   * Which of these new facts break a rule, or name a fact whose state is not known yet.
   *
   * @param keys of all assertions of the chunk
   * @param places in the chunk
   */
  findDoubtful(chunk: Uint32Array, keys: readonly string[], places: readonly number[]): number[] {
    return places.filter((place) => !this.#isAccepted(chunk[place] as number, keys[place] as string));
  }

  #isAccepted(assertion: number, key: string): boolean {
    const row = this.#assertions.rowOf(assertion);
    const { columns } = this.#rows.blockOf(row);
    const at = this.#rows.placeOf(row);
    const { stated, unknown, source } = this.#extra;
    // A retraction.
    if (numberAt(columns[stated] as PackedColumn, at) === 0) return false;
    if (!this.#isSourceVisible(numberAt(columns[source] as PackedColumn, at))) return false;
    const valued = numberAt(columns[stated] as PackedColumn, at) & ~numberAt(columns[unknown] as PackedColumn, at);
    for (let field = 0; field < this.#specs.length; field++) {
      const spec = this.#specs[field] as FieldSpec;
      if ((valued & (1 << field)) === 0) {
        const value = this.#defaults[field] as FactValue;
        if (value === null && spec.isRequired) return false;
        this.#values[field] = value;
      } else if (this.#types[field] === 'code') {
        if (!this.#takeText(field, spec, numberAt(columns[field] as PackedColumn, at))) return false;
      } else {
        const value = this.#valueOf(field, spec, columns[field] as PackedColumn, at, key);
        if (findValueFault(spec, value) !== undefined || isHidden(spec, value)) return false;
        this.#values[field] = value;
      }
    }
    const faults = findRelationFaults(this.#kind, this.#values);
    if (faults.length === 0) findNamedFaults(this.#kind, this.#values, this.#states, faults);
    return faults.length === 0;
  }

  #takeText(field: number, spec: FieldSpec, number: number): boolean {
    const text = this.#assertions.texts.text(number);
    this.#values[field] = text;
    const accepted = this.#accepted[field] as Uint8Array;
    if (accepted[number] === 1) return true;
    if (findValueFault(spec, text) !== undefined || isHidden(spec, text)) return false;
    if (spec.type === 'reference' && !this.#states.exists(spec.to, text)) return false;
    accepted[number] = 1;
    return true;
  }

  /** Rows of a file share few sources. A source with a hidden character may still be that of the import, which the full check knows. */
  #isSourceVisible(number: number): boolean {
    if (number === 0 || number === this.#visibleSource) return true;
    if (hasHidden(this.#assertions.texts.text(number))) return false;
    this.#visibleSource = number;
    return true;
  }

  #valueOf(field: number, spec: FieldSpec, column: PackedColumn, at: number, key: string): Exclude<FactValue, null> {
    if (this.#types[field] === 'number') return spec.type === 'boolean' ? numberAt(column, at) === 1 : numberAt(column, at);
    return spec.isKey && this.#hasOneKey ? key : (valueFromText(spec, textAt(column, at)) as Exclude<FactValue, null>);
  }
}

function isHidden({ isVisible }: FieldSpec, value: FactValue): boolean {
  return isVisible === true && textsIn(value).some(hasHidden);
}
