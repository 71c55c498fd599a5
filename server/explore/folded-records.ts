import type { TextColumn } from '../projection/columns/text-column.ts';
import type { Projection } from '../projection/projection.ts';
import type { Steps } from '../projection/turns.ts';
import type { FurtherText, Searchable, SearchField } from './searchable.ts';
import { stepSize, toField, toSearchable } from './searchable.ts';

const fieldNames = [
  'name',
  'id',
  'alias',
  'attribute',
  'software',
  'contactEmail',
  'note',
  'subject',
  'package',
  'version',
  'summary',
] as const satisfies readonly SearchField['name'][];

interface Named {
  readonly id: TextColumn;
  readonly name: TextColumn;
  readonly count: number;
}

/**
 * The folded texts of all organizations and artifacts, in columns. As objects, a record would be a dozen of them, and each collection of
 * the garbage collector would visit all.
 */
export class FoldedRecords {
  readonly count: number;
  readonly #organizations: Named;
  readonly #artifacts: Named;
  /** Uint32Array, count + 1: the first field of each record. */
  readonly #firstField: Uint32Array;
  /** Indexes of `fieldNames`, by field. */
  readonly #names: Uint8Array;
  readonly #texts: LongText;
  readonly #initials: LongText;

  private constructor(
    organizations: Named,
    artifacts: Named,
    firstField: Uint32Array,
    names: Uint8Array,
    texts: LongText,
    initials: LongText,
  ) {
    this.#organizations = organizations;
    this.#artifacts = artifacts;
    this.count = organizations.count + artifacts.count;
    this.#firstField = firstField;
    this.#names = names;
    this.#texts = texts;
    this.#initials = initials;
  }

  /**
   * Organizations, then artifacts.
   *
   * @param furtherTexts by the id of the organization
   */
  static *fold({ organizations, artifacts }: Projection, furtherTexts: ReadonlyMap<string, readonly FurtherText[]>): Steps<FoldedRecords> {
    const firstField = new Uint32Array(organizations.count + artifacts.count + 1);
    const fields: SearchField[] = [];
    for (let i = 0; i < organizations.count; i++) {
      const id = organizations.id.get(i);
      const more = [
        ...organizations.aliases.get(i).map((alias) => toField('alias', alias)),
        ...textsOf(organizations.contactEmail.get(i)).map((address) => toField('contactEmail', address)),
        ...(furtherTexts.get(id) ?? []).map(({ field, text }) => toField(field, text)),
      ];
      fields.push(...toSearchable('organization', i, id, organizations.name.get(i), more).fields);
      firstField[i + 1] = fields.length;
      if (i % stepSize === 0) yield;
    }
    for (let i = 0; i < artifacts.count; i++) {
      fields.push(...toSearchable('artifact', i, artifacts.id.get(i), artifacts.name.get(i)).fields);
      firstField[organizations.count + i + 1] = fields.length;
      if (i % stepSize === 0) yield;
    }
    const names = Uint8Array.from(fields, ({ name }) => fieldNames.indexOf(name));
    const texts = yield* LongText.build(fields.map(({ text }) => text));
    const initials = yield* LongText.build(fields.map((field) => field.initials));
    return new FoldedRecords(organizations, artifacts, firstField, names, texts, initials);
  }

  get(position: number): Searchable {
    const isOrganization = position < this.#organizations.count;
    const [kind, records, first] = isOrganization
      ? (['organization', this.#organizations, 0] as const)
      : (['artifact', this.#artifacts, this.#organizations.count] as const);
    return new FoldedRecord(this, kind, records, position - first, position);
  }

  fieldsOf(position: number): SearchField[] {
    const fields: SearchField[] = [];
    for (let i = this.#firstField[position] as number; i < (this.#firstField[position + 1] as number); i++) {
      const name = fieldNames[this.#names[i] as number] as SearchField['name'];
      fields.push({ name, text: this.#texts.get(i), initials: this.#initials.get(i) });
    }
    return fields;
  }
}

function textsOf(text: string | null): readonly string[] {
  return text === null ? [] : [text];
}

/** Makes its texts when they are asked for, so that a search may keep tens of thousands of records. */
class FoldedRecord implements Searchable {
  readonly kind: Searchable['kind'];
  readonly index: number;
  readonly #all: FoldedRecords;
  readonly #named: Named;
  readonly #position: number;

  constructor(all: FoldedRecords, kind: Searchable['kind'], named: Named, index: number, position: number) {
    this.kind = kind;
    this.index = index;
    this.#all = all;
    this.#named = named;
    this.#position = position;
  }

  get fields(): readonly SearchField[] {
    return this.#all.fieldsOf(this.#position);
  }

  get name(): string {
    return this.#named.name.get(this.index);
  }

  get id(): string {
    return this.#named.id.get(this.index);
  }
}

/** The number of texts that one step joins. */
const textsAStep = 1000;

/**
 * Many short texts in one long one: the garbage collector visits one object in place of each text, and the runtime searches all of them for
 * a part of a word in well under a millisecond. A text must not hold a line feed.
 */
export class LongText {
  /** All texts, each after a line feed, and one at the end. */
  readonly all: string;
  /** Uint32Array, one more than texts: the position of the line feed before each, and of the one at the end. */
  readonly starts: Uint32Array;

  private constructor(all: string, starts: Uint32Array) {
    this.all = all;
    this.starts = starts;
  }

  static *build(texts: readonly string[]): Steps<LongText> {
    const starts = new Uint32Array(texts.length + 1);
    const parts: string[] = [];
    for (let from = 0; from < texts.length; from += textsAStep) {
      const some = texts.slice(from, from + textsAStep);
      for (const [i, text] of some.entries()) starts[from + i + 1] = (starts[from + i] as number) + text.length + 1;
      parts.push(`\n${some.join('\n')}`);
      yield;
    }
    return new LongText(`${parts.join('')}\n`, starts);
  }

  get count(): number {
    return this.starts.length - 1;
  }

  get(place: number): string {
    return this.all.slice((this.starts[place] as number) + 1, this.starts[place + 1]);
  }

  /** Whether the text at a place begins with `beginning`. */
  beginsWith(place: number, beginning: string): boolean {
    return this.all.startsWith(beginning, (this.starts[place] as number) + 1);
  }

  /** The place, not before `from`, of the text that covers a position, with the line feed before it. */
  placeOf(position: number, from = 0): number {
    let step = 1;
    let low = from;
    while (low + step < this.count && (this.starts[low + step] as number) <= position) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, this.count);
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] as number) <= position) low = middle;
      else high = middle;
    }
    return low;
  }
}
