import anyAscii from 'any-ascii';
import { compareCodePoints } from '../domain/compare.ts';
import type { Attribute } from '../domain/facts.ts';
import type { Projection } from '../projection/projection.ts';

/** What can be found: an organization or artifact by index, an incident by its place in the list given. */
export interface Hit {
  readonly kind: 'organization' | 'artifact' | 'incident';
  readonly index: number;
  /** The field that matched best: name, id, alias or attribute. */
  readonly matched: string;
  /** Above 0; comparable within one answer. */
  readonly score: number;
}

export interface SearchableIncident {
  readonly id: string;
  readonly name: string;
}

interface SearchField {
  readonly name: 'name' | 'alias' | 'id' | 'attribute';
  readonly text: string;
  readonly words: readonly string[];
}

interface Searchable {
  readonly kind: Hit['kind'];
  readonly index: number;
  readonly fields: readonly SearchField[];
  /** What ties are broken by. */
  readonly name: string;
  readonly id: string;
}

const fieldWeights: Readonly<Record<SearchField['name'], number>> = { name: 1, alias: 0.9, id: 0.8, attribute: 0.4 };

/**
 * The text of organizations and artifacts, folded once for each projection, so that a search is one pass over it: 25,000
 * records take some milliseconds, and nothing has to be kept in step.
 */
export class SearchIndexes {
  readonly #byProjection = new WeakMap<Projection, Promise<readonly Searchable[]>>();

  /**
   * @param readAttributes of all organizations that have any, by id; asked for once a projection
   */
  async search(
    projection: Projection,
    readAttributes: () => Promise<ReadonlyMap<string, readonly Attribute[]>>,
    incidents: readonly SearchableIncident[],
    text: string,
    isWanted: (hit: Pick<Hit, 'kind' | 'index'>) => boolean,
    limit: number,
  ): Promise<Hit[]> {
    let records = this.#byProjection.get(projection);
    if (records === undefined) {
      records = readAttributes().then((attributes) => foldProjection(projection, attributes));
      this.#byProjection.set(projection, records);
      records.catch(() => this.#byProjection.delete(projection));
    }
    const folded = incidents.map(({ id, name }, index) => toSearchable('incident', index, id, name));
    return findHits([...(await records), ...folded].filter(isWanted), text, limit);
  }
}

function foldProjection(projection: Projection, attributes: ReadonlyMap<string, readonly Attribute[]>): Searchable[] {
  const { organizations, artifacts } = projection;
  const records: Searchable[] = [];
  for (let i = 0; i < organizations.count; i++) {
    const id = organizations.id.get(i);
    const more = [
      ...organizations.aliases.get(i).map((alias) => toField('alias', alias)),
      ...(attributes.get(id) ?? []).map(({ value }) => toField('attribute', value)),
    ];
    records.push(toSearchable('organization', i, id, organizations.name.get(i), more));
  }
  for (let i = 0; i < artifacts.count; i++) records.push(toSearchable('artifact', i, artifacts.id.get(i), artifacts.name.get(i)));
  return records;
}

function toSearchable(kind: Hit['kind'], index: number, id: string, name: string, more: readonly SearchField[] = []): Searchable {
  return { kind, index, id, name, fields: [toField('name', name), toField('id', id), ...more] };
}

function toField(name: SearchField['name'], original: string): SearchField {
  const text = fold(original);
  return { name, text, words: text.split(/[^a-z0-9]+/).filter((word) => word !== '') };
}

/** Lower case, without accents, in Latin letters. */
function fold(text: string): string {
  return anyAscii(text).toLowerCase().trim();
}

/**
 * The best matches first: every word of the text must match a word of one field or another, whole, as a beginning, inside,
 * or, where nothing else fits, but for a slip of the pen. Ties by name, kind, id.
 */
function findHits(records: readonly Searchable[], text: string, limit: number): Hit[] {
  const query = toField('name', text);
  const words = query.words.length > 0 ? query.words : [query.text].filter((word) => word !== '');
  if (words.length === 0) return [];
  let found = rank(records, query.text, words, scoreWord);
  if (found.length === 0) found = rank(records, query.text, words, scoreMisspelled);
  found.sort(
    (a, b) =>
      b.hit.score - a.hit.score ||
      compareCodePoints(a.record.name, b.record.name) ||
      compareCodePoints(a.record.kind, b.record.kind) ||
      compareCodePoints(a.record.id, b.record.id),
  );
  return found.slice(0, limit).map(({ hit }) => hit);
}

type WordScore = (word: string, field: SearchField) => number;

function rank(records: readonly Searchable[], text: string, words: readonly string[], scoreOf: WordScore) {
  const found: { record: Searchable; hit: Hit }[] = [];
  for (const record of records) {
    let total = 0;
    let bestField: SearchField | undefined;
    let bestScore = 0;
    for (const word of words) {
      let best = 0;
      for (const field of record.fields) {
        const score = scoreOf(word, field) * fieldWeights[field.name];
        if (score > best) best = score;
        if (score > bestScore) {
          bestScore = score;
          bestField = field;
        }
      }
      if (best === 0) {
        total = 0;
        break;
      }
      total += best;
    }
    if (total === 0 || bestField === undefined) continue;
    const whole = record.fields.find((field) => field.text === text);
    const begins = record.fields.find((field) => field.text.startsWith(text));
    const bonus = whole ? 2 * fieldWeights[whole.name] : begins ? fieldWeights[begins.name] : 0;
    const matched = (whole ?? begins ?? bestField).name;
    found.push({ record, hit: { kind: record.kind, index: record.index, matched, score: total / words.length + bonus } });
  }
  return found;
}

function scoreWord(word: string, field: SearchField): number {
  let best = field.text.includes(word) ? 0.3 : 0;
  if (best === 0) return 0;
  for (const other of field.words) {
    if (other === word) return 1;
    if (best < 0.7 && other.startsWith(word)) best = 0.7;
  }
  return best;
}

/** One slip in words of four letters and more, two from eight on. */
function scoreMisspelled(word: string, field: SearchField): number {
  const exact = scoreWord(word, field);
  if (exact > 0) return exact;
  const allowed = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  return allowed > 0 && field.words.some((other) => isWithin(word, other, allowed)) ? 0.25 : 0;
}

/** Whether so few letters have to be added, dropped, changed or exchanged with their neighbor. O(length^2). */
function isWithin(a: string, b: string, allowed: number): boolean {
  if (Math.abs(a.length - b.length) > allowed) return false;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min((previous[j] as number) + 1, (row[j - 1] as number) + 1, (previous[j - 1] as number) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] as number) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > allowed) return false;
    before = previous;
    previous = row;
  }
  return (previous[b.length] as number) <= allowed;
}
