import { int } from 'neo4j-driver';
import type { FactValue, RecordedAssertion, RecordedFact } from '../../../domain/assertions.ts';
import { foldWithChanger } from '../../../domain/assertions.ts';
import type { FieldSpec } from '../../../domain/fact-fields.ts';
import type { Attribute } from '../../../domain/facts.ts';
import type { StoredFields } from '../../stored-fields.ts';
import { statedBits } from '../log/assertion-log.ts';

/** A fact as the graph keeps it. Events are numbered by their `seq`. */
export interface GraphRecord {
  /** The graph does not keep its importId and assertedBy: they come from `write`. */
  readonly fact: RecordedFact;
  /** The event that last changed a value. */
  readonly write: number;
  /** The latest event with an assertion about it. */
  readonly touched: number;
  /** The fields that its only assertion states, as the store numbers them (stored-fields.ts). Null if it has several. */
  readonly said: number | null;
  /** The writes of all its assertions, undone or not, ascending. Null if it has one assertion, which belongs to `write`. */
  readonly writes: readonly number[] | null;
}

/**
 * The record that a fact must have in the graph, given all its assertions. Undefined if they make no fact.
 *
 * @param all the assertions of every write, also of undone ones, in the order of the writes
 * @param live 1 for each write that counts, by its number
 * @param touched the last event with an assertion about the fact
 */
export function recordOf(
  all: readonly RecordedAssertion[],
  live: Uint8Array,
  touched: number,
  fields: StoredFields,
): GraphRecord | undefined {
  const folded = foldWithChanger(all.filter((assertion) => live[assertion.write] === 1));
  if (folded === undefined) return undefined;
  const { fact, changer } = folded;
  const [only] = all;
  return only !== undefined && all.length === 1
    ? { fact, write: changer.write, touched, said: fields.toStored(fact.kind, statedBits(only.values)), writes: null }
    : { fact, write: changer.write, touched, said: null, writes: all.map((assertion) => assertion.write) };
}

/** A field's value as a property of a node; null: no property. Whole numbers are integers, all others floats. */
export function encodeValue(spec: FieldSpec, value: FactValue): unknown {
  if (value === null) return null;
  switch (spec.type) {
    case 'integer':
    case 'instant':
    case 'endInstant':
      return int(value as number);
    case 'number':
      // Turns -0 into 0, because the log stores both as 0.
      return (value as number) + 0;
    case 'attributes': {
      const attributes = value as readonly Attribute[];
      return attributes.length === 0 ? null : JSON.stringify(attributes.map((attribute) => [attribute.name, attribute.value]));
    }
    default:
      return value;
  }
}

/** @param cell null or undefined: no property */
export function decodeValue(spec: FieldSpec, cell: unknown): FactValue {
  if (cell === null || cell === undefined) return spec.default ?? null;
  if (spec.type === 'attributes') return (JSON.parse(cell as string) as [string, string][]).map(([name, value]) => ({ name, value }));
  return cell as FactValue;
}

/**
 * Keeps each text that many facts share once. The driver makes a new string for each cell; shared strings save memory, and
 * look-ups compare them by identity instead of by their characters.
 */
export class SharedTexts {
  readonly #texts = new Map<string, string>();
  /** The last text of each column. Successive cells are mostly equal, and a comparison is cheaper than a look-up. */
  readonly #last: (string | null)[] = [];

  /** @param column a small whole number, the same for all cells of a column */
  share(text: string | null, column: number): string | null {
    if (text === null) return null;
    const last = this.#last[column];
    if (text === last) return last;
    let shared = this.#texts.get(text);
    if (shared === undefined) {
      shared = text;
      this.#texts.set(text, text);
    }
    this.#last[column] = shared;
    return shared;
  }
}
