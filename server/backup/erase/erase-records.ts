import type { Assertion, FactValue } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import type { RowKind } from '../../domain/fact-fields.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { Attribute, FactKind } from '../../domain/facts.ts';
import { madeKey } from '../../domain/facts.ts';
import { packRows, unpackRows } from '../../domain/text/row-text.ts';
import type { NewImport } from '../../store/fact-write.ts';
import type { AssertionBatch, DocumentRecord, StoreRecord, WriteHead } from '../../store/store-record.ts';
import { eraseDocument, renumber } from './erase-document.ts';
import type { ErasedData, Records } from './find-erased.ts';

/** An erasure as the store remembers it: when, by whom and how much, never whose data. */
export interface Erasure {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: string;
  readonly of: ErasedData['of'];
  readonly facts: number;
  readonly assertions: number;
  /** Documents that are gone. */
  readonly documents: number;
  /** Documents and assertions in which a name was replaced. */
  readonly replaced: number;
}

/** Optional texts of an organization that are its own data, even where they resemble an erased name. */
const ownTexts: ReadonlySet<string> = new Set(['website', 'contactEmail', 'country']);

/**
 * The records without the erased data, in a possible history: counts of writes and numbers of revisions follow from what is left.
 * Ends with a document that states the erasure.
 */
export class RecordEraser {
  readonly #erased: ErasedData;
  readonly #at: number;
  readonly #by: string;
  #writeNumber = -1;
  #assertions = 0;
  #documents = 0;
  #replaced = 0;
  /** Named inventory -> its name afterwards. Two names never become one, because a source is known by its name. */
  readonly #sources = new Map<string, string>();
  /** Kind and key of a fact whose key is made of texts -> its key afterwards. */
  readonly #madeKeys = new Map<string, string>();

  constructor(erased: ErasedData, by: string, at: number) {
    this.#erased = erased;
    this.#by = by;
    this.#at = at;
  }

  /** Known once all records were read. */
  get erasure(): Erasure {
    const facts = [...this.#erased.facts.values()].reduce((sum, keys) => sum + keys.size, 0);
    const [assertions, documents, replaced] = [this.#assertions, this.#documents, this.#replaced];
    return { at: this.#at, by: this.#by, of: this.#erased.of, facts, assertions, documents, replaced };
  }

  async *read(records: Records): Records {
    const { lostRevisions } = this.#erased;
    const documents: DocumentRecord[] = [];
    for await (const record of joinMade(records)) {
      if (record.type === 'start') yield { ...record, revision: renumber(record.revision, lostRevisions) };
      else if (record.type === 'write') yield this.#eraseWrite(record);
      else if (record.type === 'assertions') yield* this.#eraseBatch(record);
      else if (record.type === 'undo')
        yield { ...record, by: this.#authorOf(record.by), revision: renumber(record.revision, lostRevisions) };
      else documents.push(...this.#eraseDocument(record));
    }
    yield* this.#withErasure(documents);
  }

  #eraseWrite(write: WriteHead): StoreRecord {
    this.#writeNumber++;
    const [unchanged = 0, created = 0, updated = 0, retracted = 0] = this.#erased.removed.get(this.#writeNumber) ?? [];
    this.#assertions += unchanged + created + updated + retracted;
    return {
      ...write,
      by: this.#authorOf(write.by),
      import: write.import === null ? null : this.#eraseImport(write.import),
      revision: renumber(write.revision, this.#erased.lostRevisions),
      unchanged: write.unchanged - unchanged,
      created: write.created - created,
      updated: write.updated - updated,
      retracted: write.retracted - retracted,
    };
  }

  #eraseImport(from: NewImport): NewImport {
    const { texts } = this.#erased;
    const incidents = [...from.incidents].flatMap(([id, json]) => {
      const left = eraseDocument('incident', id, json, this.#erased);
      return left === undefined ? [] : [[id, left] as const];
    });
    return {
      ...from,
      source: from.source === null ? null : this.#sourceOf(from.source),
      files: from.files.map((file) => ({ ...file, name: texts.replaceIn(file.name) })),
      incidents: new Map(incidents),
    };
  }

  *#eraseBatch(batch: AssertionBatch): Generator<StoreRecord> {
    const keys = this.#erased.facts.get(batch.kind);
    const places = [...batch.assertions.keys()].filter((i) => keys?.has((batch.assertions[i] as Assertion).key) !== true);
    if (places.length === 0) return;
    const left = places.map((i) => ({
      assertion: this.#eraseAssertion(batch.assertions[i] as Assertion),
      effect: batch.effects[i] as number,
    }));
    if (hasMadeKey(batch.kind)) left.sort((a, b) => compareCodePoints(a.assertion.key, b.assertion.key));
    const assertions = left.map(({ assertion }) => assertion);
    yield { ...batch, assertions, effects: Uint8Array.from(left, ({ effect }) => effect) };
  }

  /** The key of a fact that is made of texts, with the names replaced in these. Two keys never become one. */
  #keyOf({ kind, key }: Assertion): string {
    const name = `${kind} ${key}`;
    const known = this.#madeKeys.get(name);
    if (known !== undefined) return known;
    const { texts } = this.#erased;
    const parts = key.split('/').map((part) => texts.replaceIn(decodeURIComponent(part)));
    // The organization of a statement is left, or the statement would be erased.
    if (kind === 'SOFTWARE_STATEMENT') parts[0] = decodeURIComponent(key.slice(0, key.indexOf('/')));
    const replaced = madeKey(...parts);
    const taken = new Set(this.#madeKeys.values());
    let unique = replaced;
    for (let n = 2; replaced !== key && taken.has(unique); n++) unique = `${replaced}~${n}`;
    this.#madeKeys.set(name, unique);
    return unique;
  }

  #eraseAssertion(assertion: Assertion): Assertion {
    const { texts } = this.#erased;
    const specs = factFields[assertion.kind];
    const values = assertion.values.map((value, i) => this.#eraseValue(assertion.kind, specs[i] as (typeof specs)[number], value));
    const source = assertion.source === null ? null : texts.replaceIn(assertion.source);
    const file = assertion.file === null ? null : texts.replaceIn(assertion.file);
    const key = hasMadeKey(assertion.kind) ? this.#keyOf(assertion) : assertion.key;
    if (key !== assertion.key && !assertion.isRetraction) values[0] = key;
    const isSame = source === assertion.source && file === assertion.file && values.every((value, i) => value === assertion.values[i]);
    if (isSame && key === assertion.key) return assertion;
    this.#replaced++;
    return { ...assertion, key, values, source, file };
  }

  #eraseValue(kind: FactKind, spec: (typeof factFields)[FactKind][number], value: FactValue | undefined): FactValue | undefined {
    const { texts, facts, of } = this.#erased;
    if (value === null || value === undefined || spec.isKey || (spec.name === 'name' && of === 'organization')) return value;
    const isOwn = kind === 'ORGANIZATION' && ownTexts.has(spec.name) && of === 'organization';
    if (spec.name === 'mergedInto') return facts.get('ORGANIZATION')?.has(value as string) === true ? null : value;
    if (spec.type === 'reference') return facts.get(spec.to)?.has(value as string) === true ? null : value;
    if (spec.type === 'text' && spec.rows !== undefined) return replaceInRows(spec.rows, value as string, texts);
    if (spec.type === 'text') return isOwn ? value : texts.replaceIn(value as string);
    const isList = spec.type === 'texts' || spec.type === 'attributes';
    if (!isList) return value;
    const replaced = texts.replaceInAll(value as readonly (string | Attribute)[]);
    return JSON.stringify(replaced) === JSON.stringify(value) ? value : (replaced as FactValue);
  }

  *#eraseDocument(document: DocumentRecord): Generator<DocumentRecord> {
    const { collection, id } = document;
    const json = eraseDocument(collection, id, document.json, this.#erased);
    if (json === undefined) {
      this.#documents++;
      return;
    }
    const savedJson = document.savedJson === null ? null : (eraseDocument(collection, id, document.savedJson, this.#erased) ?? null);
    const newId = collection === 'mapping' ? this.#sourceOf(id) : id;
    if (newId !== id || json !== document.json) this.#replaced++;
    yield { ...document, id: newId, json, savedJson };
  }

  /** Documents come by collection and id, and an id may have changed. */
  *#withErasure(documents: readonly DocumentRecord[]): Generator<DocumentRecord> {
    const stated: DocumentRecord = {
      type: 'document',
      collection: 'audit',
      id: `erasure-${new Date(this.#at).toISOString()}`,
      version: 1,
      json: JSON.stringify(this.erasure),
      importId: null,
      savedJson: null,
    };
    yield* [...documents, stated].sort((a, b) => compareCodePoints(a.collection, b.collection) || compareCodePoints(a.id, b.id));
  }

  #authorOf(by: string): string {
    const { author } = this.#erased;
    return by === author?.name ? author.standIn : by;
  }

  #sourceOf(name: string): string {
    const known = this.#sources.get(name);
    if (known !== undefined) return known;
    const replaced = this.#erased.texts.replaceIn(name);
    const taken = new Set(this.#sources.values());
    let unique = replaced;
    for (let n = 2; replaced !== name && taken.has(unique); n++) unique = `${replaced} ${n}`;
    this.#sources.set(name, unique);
    return unique;
  }
}

/** Whether the key of a kind is `madeKey` of texts that may hold names. */
function hasMadeKey(kind: FactKind): boolean {
  return kind === 'AVAILABILITY' || kind === 'SOFTWARE_STATEMENT';
}

/** The facts of a write whose keys may change stand in one batch, so that they can be put in order again. They are few. */
async function* joinMade(records: Records): Records {
  let held: AssertionBatch | undefined;
  for await (const record of records) {
    if (record.type === 'assertions' && held !== undefined && record.kind === held.kind) {
      const effects = Uint8Array.from([...held.effects, ...record.effects]);
      held = { ...held, assertions: [...held.assertions, ...record.assertions], effects };
      continue;
    }
    if (held !== undefined) yield held;
    held = undefined;
    if (record.type === 'assertions' && hasMadeKey(record.kind)) held = record;
    else yield record;
  }
  if (held !== undefined) yield held;
}

function replaceInRows(kind: RowKind, text: string, texts: ErasedData['texts']): string {
  if (!texts.isIn(text)) return text;
  return packRows(
    kind,
    unpackRows(kind, text).map((row) => texts.replaceInAll(row)),
  );
}
