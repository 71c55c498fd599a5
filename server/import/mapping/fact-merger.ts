import type { Assertion, FactValue } from '../../domain/assertions.ts';
import { isValueEqual } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import { factFields, maxCellLength } from '../../domain/fact-fields.ts';
import type { Attribute, FactKind } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';

/** The information that a row added to a fact that other rows state too. */
export type Added = 'new' | 'more' | 'nothing';

interface MergedFact {
  readonly values: (FactValue | undefined)[];
  readonly attributes: Map<string, Set<string>>;
  readonly from: FactOrigin;
}

/** The first row that states a fact. */
export interface FactOrigin {
  readonly file: string;
  readonly line: number;
  /** Epoch ms. */
  readonly assertedAt: number;
}

/** Fields that keep all their different texts, joined into one. */
const joined = new Set(['service']);
const separator = '; ';

/**
 * Merges rows about one organization or engagement: a list may have a row for each service of a vendor.
 *
 * If rows differ in a field, `service` and attributes join their texts, and lists are united. The earliest start and the latest
 * end count; an open end is the latest. For any other field, the first row counts.
 */
export class FactMerger {
  readonly #facts = new Map<FactKind, Map<string, MergedFact>>();
  /** The number of different values in later rows that were ignored. */
  conflictCount = 0;

  add(
    kind: FactKind,
    key: string,
    values: readonly (FactValue | undefined)[],
    attributes: ReadonlyMap<string, string>,
    from: FactOrigin,
  ): Added {
    const facts = getOrInsert(this.#facts, kind, () => new Map<string, MergedFact>());
    const fact = facts.get(key);
    if (fact === undefined) {
      const texts = new Map([...attributes].map(([name, text]) => [name, new Set([text])]));
      facts.set(key, { values: [...values], attributes: texts, from });
      return 'new';
    }
    let isMore = false;
    for (const [index, value] of values.entries()) if (value !== undefined && this.#merge(kind, fact, index, value)) isMore = true;
    for (const [name, text] of attributes) {
      const texts = getOrInsert(fact.attributes, name, () => new Set<string>());
      if (!texts.has(text)) isMore = true;
      texts.add(text);
    }
    return isMore ? 'more' : 'nothing';
  }

  has(kind: FactKind, key: string): boolean {
    return this.#facts.get(kind)?.has(key) === true;
  }

  /** Yields every fact once, in the order of the first rows that state them. */
  *list(source: string | null): Generator<Assertion> {
    for (const [kind, facts] of this.#facts) {
      const attributesIndex = factFields[kind].findIndex(({ type }) => type === 'attributes');
      for (const [key, { values, attributes, from }] of facts) {
        if (attributesIndex >= 0 && attributes.size > 0) values[attributesIndex] = toAttributes(attributes);
        yield { kind, key, isRetraction: false, values, source, ...from };
      }
    }
  }

  /** @returns whether the row added information to the fact */
  #merge(kind: FactKind, { values }: MergedFact, index: number, value: FactValue): boolean {
    const spec = factFields[kind][index] as (typeof factFields)[FactKind][number];
    const before = values[index];
    if (before === undefined) {
      values[index] = value;
      return true;
    }
    if (isValueEqual(before, value)) return false;
    if (spec.type === 'texts' || spec.type === 'enums') {
      const union = [...new Set([...(before as readonly string[]), ...(value as readonly string[])])];
      values[index] = union;
      return union.length > (before as readonly string[]).length;
    }
    if (spec.type === 'instant' && typeof value === 'number') {
      values[index] = Math.min(before as number, value);
      return true;
    }
    if (spec.type === 'endInstant') {
      values[index] = before === null || value === null ? null : Math.max(before as number, value as number);
      return true;
    }
    if (joined.has(spec.name)) {
      if ((before as string).split(separator).includes(value as string)) return false;
      const longer = `${before as string}${separator}${value as string}`;
      if (longer.length <= maxCellLength) values[index] = longer;
      return true;
    }
    if (!spec.isKey && !spec.isRequired) this.conflictCount++;
    return false;
  }
}

function toAttributes(attributes: ReadonlyMap<string, ReadonlySet<string>>): Attribute[] {
  return [...attributes]
    .map(([name, texts]) => ({ name, value: [...texts].join(separator).slice(0, maxCellLength) }))
    .sort((a, b) => compareCodePoints(a.name, b.name));
}
