import type { Assertion, FactValue } from '../../../domain/assertions.ts';
import { isValueEqual } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import { factFields, maxCellLength } from '../../../domain/fact-fields.ts';
import type { Attribute, FactKind } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { formatInstant } from '../../../domain/instants.ts';
import type { ListBudget } from '../list-budget.ts';

/** The information that a row added to a fact that other rows state too. */
export type Added = 'new' | 'more' | 'nothing';

interface MergedFact {
  readonly values: (FactValue | undefined)[];
  /** The texts of each attribute; a single one without a set, because a large list has millions of them. */
  attributes: Map<string, string | Set<string>> | undefined;
  /** The texts of each field that keeps several, once two rows differ in it. By index of the field. */
  texts: Map<number, Set<string>> | undefined;
  /** One bit for each field: a date that a row leaves unknown, although its list has a column for it. */
  unknownDates: number;
  readonly from: FactOrigin;
}

/** The first row that states a fact. */
export interface FactOrigin {
  readonly file: string;
  readonly line: number;
  /** Epoch ms. */
  readonly assertedAt: number;
}

/** A value that a row states, and that its fact does not, because of other rows. */
export interface FoldedValue extends FactOrigin {
  /** Completes "the cell …". */
  readonly rule: string;
  /** The field or attribute. */
  readonly what: string;
  readonly text: string;
  readonly becomes: string | null;
}

/** The fields that keep their different texts, joined into one. */
const joined: ReadonlySet<string> = new Set(['service', 'version']);
const separator = '; ';
/** A fact keeps so many different texts of a column. A spend list has a thousand invoice numbers for one vendor. */
const mostTexts = 100;

/**
 * Merges rows of one list about one organization, engagement or control: ROWS_ADD_UP of rules/same-id.ts.
 *
 * If rows differ in a field, `service` and attributes join their texts, and lists such as aliases are united. The earliest start and the
 * latest end count. An open end is the latest, and a date that one of the rows leaves unknown is unknown: its contract may be the one that
 * lasts. For any other field, the first row counts. A fact keeps at most 100 different services, and texts of a column; it keeps all
 * aliases, which later lists may name.
 */
export class FactMerger {
  readonly #facts = new Map<FactKind, Map<string, MergedFact>>();
  readonly #budget: ListBudget;
  readonly #onFolded: (folded: FoldedValue) => void;
  /** The number of different values in later rows that were ignored. */
  conflictCount = 0;
  /** The number of texts beyond the first hundred of their fact and column. */
  droppedTexts = 0;
  /** The number of facts with a date that some of their rows state and others leave unknown. */
  unknownDateCount = 0;
  /** The engagements of which rows state different ends. */
  readonly severalEnds = new Set<MergedFact>();

  /** @param onFolded receives each value that a row states and its fact does not */
  constructor(budget: ListBudget, onFolded: (folded: FoldedValue) => void = () => undefined) {
    this.#budget = budget;
    this.#onFolded = onFolded;
  }

  /** @param unknownDates one bit for each field: a date that the row leaves unknown, although its list has a column for it */
  add(
    kind: FactKind,
    key: string,
    values: readonly (FactValue | undefined)[],
    attributes: ReadonlyMap<string, string>,
    from: FactOrigin,
    unknownDates = 0,
  ): Added {
    const facts = getOrInsert(this.#facts, kind, () => new Map<string, MergedFact>());
    const fact = facts.get(key);
    if (fact === undefined) {
      this.#budget.takeFact(attributes);
      facts.set(key, {
        values: [...values],
        attributes: attributes.size === 0 ? undefined : new Map(attributes),
        texts: undefined,
        unknownDates,
        from,
      });
      return 'new';
    }
    let isMore = (unknownDates & ~fact.unknownDates) !== 0;
    fact.unknownDates |= unknownDates;
    for (const [index, value] of values.entries()) if (value !== undefined && this.#merge(kind, fact, index, value, from)) isMore = true;
    for (const [name, text] of attributes) if (this.#addText(fact, name, text, from)) isMore = true;
    return isMore ? 'more' : 'nothing';
  }

  /** @returns whether the text is a new one of its column */
  #addText(fact: MergedFact, name: string, text: string, from: FactOrigin): boolean {
    fact.attributes ??= new Map();
    const before = fact.attributes.get(name);
    if (before === undefined) {
      this.#budget.takeText(text);
      fact.attributes.set(name, text);
      return true;
    }
    if (before === text) return false;
    const texts = typeof before === 'string' ? new Set([before]) : before;
    if (typeof before === 'string') fact.attributes.set(name, texts);
    return this.#addTo(texts, text, mostTexts, name, from);
  }

  /** @returns whether the text is a new one, even if there is no place for it */
  #addTo(texts: Set<string>, text: string, most: number, what: string, from: FactOrigin): boolean {
    if (texts.has(text)) return false;
    if (texts.size >= most) {
      this.droppedTexts++;
      this.#onFolded({ ...from, rule: `is beyond the ${most} different texts that one fact keeps of a column`, what, text, becomes: null });
    } else {
      this.#budget.takeText(text);
      texts.add(text);
    }
    return true;
  }

  /** Yields every fact once, in the order of the first rows that state them, and forgets it. */
  *list(source: string | null): Generator<Assertion> {
    for (const [kind, facts] of this.#facts) {
      const attributesIndex = factFields[kind].findIndex(({ type }) => type === 'attributes');
      for (const [key, { values, attributes, texts, unknownDates, from }] of facts) {
        facts.delete(key);
        if (unknownDates !== 0 && this.#forgetDates(kind, values, unknownDates, from)) this.unknownDateCount++;
        for (const [index, all] of texts ?? [])
          values[index] = joined.has(factFields[kind][index]?.name as string) ? joinTexts(all) : [...all];
        if (attributesIndex >= 0 && attributes !== undefined) values[attributesIndex] = toAttributes(attributes);
        yield { kind, key, isRetraction: false, values, source, ...from };
      }
    }
  }

  /** @returns whether the row added information to the fact */
  #merge(kind: FactKind, fact: MergedFact, index: number, value: FactValue, from: FactOrigin): boolean {
    const { values } = fact;
    const spec = factFields[kind][index] as (typeof factFields)[FactKind][number];
    const before = values[index];
    if (before === undefined) {
      values[index] = value;
      return true;
    }
    if (isValueEqual(before, value)) return false;
    if (spec.type === 'texts' || spec.type === 'enums' || joined.has(spec.name)) {
      fact.texts ??= new Map();
      const texts = getOrInsert(fact.texts, index, () => new Set([before as string | readonly string[]].flat()));
      const most = joined.has(spec.name) ? mostTexts : Number.POSITIVE_INFINITY;
      return [value as string | readonly string[]].flat().filter((text) => this.#addTo(texts, text, most, spec.column, from)).length > 0;
    }
    if (spec.type === 'instant' || spec.type === 'endInstant') {
      const both = [before as number | null, value as number | null];
      const counts = both.includes(null) ? null : Math[spec.type === 'instant' ? 'min' : 'max'](...(both as number[]));
      values[index] = counts;
      const rule = 'differs between the rows of one fact: the earliest start and the latest end count';
      if (kind === 'ENGAGEMENT' && spec.type === 'endInstant') this.severalEnds.add(fact);
      const outweighed = counts === before ? value : before;
      this.#onFolded({ ...from, rule, what: spec.column, text: showDate(outweighed), becomes: showDate(counts) });
      return true;
    }
    // Each row of one organization repeats its name. Rows about one artifact may differ in what every artifact has.
    if (!spec.isKey && (!spec.isRequired || kind === 'ARTIFACT')) {
      this.conflictCount++;
      const rule = 'contradicts an earlier row about the same organization, engagement or artifact: the earlier row counts';
      this.#onFolded({ ...from, rule, what: spec.column, text: String(value), becomes: String(before) });
    }
    return false;
  }

  /** @returns whether a date of the fact was known */
  #forgetDates(kind: FactKind, values: (FactValue | undefined)[], unknownDates: number, from: FactOrigin): boolean {
    let wasKnown = false;
    for (const [index, value] of values.entries()) {
      if ((unknownDates & (1 << index)) === 0 || typeof value !== 'number') continue;
      values[index] = null;
      wasKnown = true;
      const rule = 'stands beside an empty cell in another row of the same engagement, so that it counts as unknown';
      this.#onFolded({ ...from, rule, what: factFields[kind][index]?.column as string, text: showDate(value), becomes: null });
    }
    return wasKnown;
  }
}

function showDate(value: FactValue): string {
  return typeof value === 'number' ? formatInstant(value) : 'no end';
}

function toAttributes(attributes: ReadonlyMap<string, string | ReadonlySet<string>>): Attribute[] {
  return [...attributes]
    .map(([name, texts]) => ({ name, value: typeof texts === 'string' ? texts : joinTexts(texts) }))
    .sort((a, b) => compareCodePoints(a.name, b.name));
}

function joinTexts(texts: ReadonlySet<string>): string {
  return [...texts].join(separator).slice(0, maxCellLength);
}
