import type { Assertion, FactValue } from '../../domain/assertions.ts';
import { isValueEqual } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import { factFields, maxCellLength } from '../../domain/fact-fields.ts';
import type { Attribute, FactKind } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { ListBudget } from './list-budget.ts';

/** The information that a row added to a fact that other rows state too. */
export type Added = 'new' | 'more' | 'nothing';

interface MergedFact {
  readonly values: (FactValue | undefined)[];
  /** The texts of each attribute; a single one without a set, because a large list has millions of them. */
  attributes: Map<string, string | Set<string>> | undefined;
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
/** A fact keeps so many different texts of a column. A spend list has a thousand invoice numbers for one vendor. */
const mostTexts = 100;

/**
 * Merges rows about one organization or engagement: a list may have a row for each service of a vendor.
 *
 * If rows differ in a field, `service` and attributes join their texts, and lists are united. The earliest start and the latest
 * end count; an open end is the latest. For any other field, the first row counts. A fact keeps at most 100 different texts of a column.
 */
export class FactMerger {
  readonly #facts = new Map<FactKind, Map<string, MergedFact>>();
  readonly #budget: ListBudget;
  /** The number of different values in later rows that were ignored. */
  conflictCount = 0;
  /** The number of texts beyond the first hundred of their fact and column. */
  droppedTexts = 0;

  constructor(budget: ListBudget) {
    this.#budget = budget;
  }

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
      this.#budget.takeFact(attributes);
      facts.set(key, { values: [...values], attributes: attributes.size === 0 ? undefined : new Map(attributes), from });
      return 'new';
    }
    let isMore = false;
    for (const [index, value] of values.entries()) if (value !== undefined && this.#merge(kind, fact, index, value)) isMore = true;
    for (const [name, text] of attributes) if (this.#addText(fact, name, text)) isMore = true;
    return isMore ? 'more' : 'nothing';
  }

  /** @returns whether the text is a new one of its column */
  #addText(fact: MergedFact, name: string, text: string): boolean {
    fact.attributes ??= new Map();
    const before = fact.attributes.get(name);
    if (before === undefined) {
      this.#budget.takeText(text);
      fact.attributes.set(name, text);
      return true;
    }
    if (before === text) return false;
    const texts = typeof before === 'string' ? new Set([before]) : before;
    if (texts.has(text)) return false;
    if (texts.size >= mostTexts) this.droppedTexts++;
    else {
      this.#budget.takeText(text);
      texts.add(text);
      fact.attributes.set(name, texts);
    }
    return true;
  }

  has(kind: FactKind, key: string): boolean {
    return this.#facts.get(kind)?.has(key) === true;
  }

  /** Yields every fact once, in the order of the first rows that state them, and forgets it. */
  *list(source: string | null): Generator<Assertion> {
    for (const [kind, facts] of this.#facts) {
      const attributesIndex = factFields[kind].findIndex(({ type }) => type === 'attributes');
      for (const [key, { values, attributes, from }] of facts) {
        facts.delete(key);
        if (attributesIndex >= 0 && attributes !== undefined) values[attributesIndex] = toAttributes(attributes);
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

function toAttributes(attributes: ReadonlyMap<string, string | ReadonlySet<string>>): Attribute[] {
  return [...attributes]
    .map(([name, texts]) => ({ name, value: typeof texts === 'string' ? texts : [...texts].join(separator).slice(0, maxCellLength) }))
    .sort((a, b) => compareCodePoints(a.name, b.name));
}
