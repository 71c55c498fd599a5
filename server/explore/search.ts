import anyAscii from 'any-ascii';
import { compareCodePoints } from '../domain/compare.ts';
import { toInitials } from '../domain/names/initials.ts';
import { isLegalForm } from '../domain/names/plain-name.ts';
import type { Projection } from '../projection/projection.ts';
import type { Steps } from '../projection/turns.ts';
import { runInTurns } from '../projection/turns.ts';
import { findNearness } from './nearly-equal.ts';

/** A search result: an organization or artifact by index, or an incident by its position in the given list. */
export interface Hit {
  readonly kind: 'organization' | 'artifact' | 'incident';
  readonly index: number;
  /** The field that matched best: name, id, alias, attribute or software. */
  readonly matched: string;
  /** Above 0. Scores are comparable only within one answer. */
  readonly score: number;
}

export interface SearchableIncident {
  readonly id: string;
  readonly name: string;
}

/** A searchable text of an organization besides its name, id and aliases. */
export interface FurtherText {
  /** `software`: a product of another organization that this one runs. */
  readonly field: 'attribute' | 'software';
  readonly text: string;
}

interface SearchField {
  readonly name: 'name' | 'alias' | 'id' | FurtherText['field'];
  readonly text: string;
  readonly words: readonly string[];
  /** All words joined: "quillmark" also finds "Quill Mark". */
  readonly joined: string;
  /** "aws" also finds "Amazon Web Services, Inc.". Only names and aliases have initials. */
  readonly initials: string | undefined;
}

interface Searchable {
  readonly kind: Hit['kind'];
  readonly index: number;
  readonly fields: readonly SearchField[];
  /** Breaks ties. */
  readonly name: string;
  readonly id: string;
}

/** The text of a search. A record must match every word except legal forms. A matching legal form only raises its rank. */
interface TypedText {
  readonly text: string;
  readonly words: readonly string[];
  readonly legalForms: readonly string[];
}

const fieldWeights: Readonly<Record<SearchField['name'], number>> = { name: 1, alias: 0.9, id: 0.8, software: 0.6, attribute: 0.4 };

/** The score of a word's match. If no match reaches `goodScore`, the search also tries misspellings. */
const scores = {
  whole: 1,
  joinedAlone: 0.99,
  joined: 0.95,
  beginning: 0.7,
  initials: 0.6,
  inside: 0.3,
  nearAll: 0.3,
  nearWhole: 0.25,
  nearBeginning: 0.15,
} as const;
const goodScore = 0.5;
const legalFormBonus = 0.1;

/** Common endings of company names, which records often leave out. A search that finds nothing is repeated without them. */
const commonSuffixes = new Set(
  'ai analytics consulting data global group holding holdings international lab labs platform platforms research services software solutions systems tech technologies technology'.split(
    ' ',
  ),
);

/**
 * The searchable text of organizations and artifacts, folded once per projection. A search is one pass over this text. It takes a
 * few milliseconds for 25,000 records and needs no index.
 */
export class SearchIndexes {
  readonly #byProjection = new WeakMap<Projection, Promise<readonly Searchable[]>>();

  /**
   * @param readFurtherTexts reads the further texts of organizations, by id; called once per projection
   * @param run runs the steps of this search
   */
  async search(
    projection: Projection,
    readFurtherTexts: () => Promise<ReadonlyMap<string, readonly FurtherText[]>>,
    incidents: readonly SearchableIncident[],
    text: string,
    isWanted: (hit: Pick<Hit, 'kind' | 'index'>) => boolean,
    limit: number,
    run: <T>(steps: Steps<T>) => Promise<T> = runInTurns,
  ): Promise<Hit[]> {
    let records = this.#byProjection.get(projection);
    if (records === undefined) {
      // Folding is not a part of this search's own steps, because all searches of these facts wait for it.
      records = readFurtherTexts().then((texts) => runInTurns(foldProjection(projection, texts)));
      this.#byProjection.set(projection, records);
      records.catch(() => this.#byProjection.delete(projection));
    }
    const folded = incidents.map(({ id, name }, index) => toSearchable('incident', index, id, name));
    return run(findHits([...(await records), ...folded].filter(isWanted), text, limit));
  }
}

/** The number of records that one step folds or compares. */
const stepSize = 50;

function* foldProjection(projection: Projection, furtherTexts: ReadonlyMap<string, readonly FurtherText[]>): Steps<Searchable[]> {
  const { organizations, artifacts } = projection;
  const records: Searchable[] = [];
  for (let i = 0; i < organizations.count; i++) {
    const id = organizations.id.get(i);
    const more = [
      ...organizations.aliases.get(i).map((alias) => toField('alias', alias)),
      ...(furtherTexts.get(id) ?? []).map(({ field, text }) => toField(field, text)),
    ];
    records.push(toSearchable('organization', i, id, organizations.name.get(i), more));
    if (i % stepSize === 0) yield;
  }
  for (let i = 0; i < artifacts.count; i++) {
    records.push(toSearchable('artifact', i, artifacts.id.get(i), artifacts.name.get(i)));
    if (i % stepSize === 0) yield;
  }
  return records;
}

function toSearchable(kind: Hit['kind'], index: number, id: string, name: string, more: readonly SearchField[] = []): Searchable {
  return { kind, index, id, name, fields: [toField('name', name), toField('id', id), ...more] };
}

function toField(name: SearchField['name'], original: string): SearchField {
  const text = fold(original);
  const words = splitWords(text);
  const initials = name === 'name' || name === 'alias' ? toInitials(words.filter((word) => !isLegalForm(word))) : undefined;
  return { name, text, words, joined: words.length > 1 ? words.join('') : '', initials };
}

/** Lower case, without accents, in Latin letters. */
function fold(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: most names are ASCII throughout and need no folding.
  return (/^[\x00-\x7f]*$/.test(text) ? text : anyAscii(text)).toLowerCase().trim();
}

function splitWords(text: string): string[] {
  return text.split(/[^a-z0-9]+/).filter((word) => word !== '');
}

/** Splits the text of a search into words. A text of only legal forms or only punctuation is searched as it is. */
function readTyped(original: string): TypedText {
  const text = fold(original);
  const parts = text.split(/\s+/).filter((part) => part !== '');
  const legalForms = parts.filter(isLegalForm);
  const words = parts.filter((part) => !isLegalForm(part)).flatMap(splitWords);
  if (words.length > 0) return { text, words, legalForms };
  const all = splitWords(text);
  return { text, words: all.length > 0 ? all : [text].filter((word) => word !== ''), legalForms: [] };
}

/**
 * The best matches first. Each word of the text, except legal forms, must match some field: as a whole word, a beginning, or
 * inside a word. If no match is good, misspelled words match too. Ties go by name, kind, id.
 */
function* findHits(records: readonly Searchable[], text: string, limit: number): Steps<Hit[]> {
  const typed = readTyped(text);
  if (typed.words.length === 0) return [];
  let found = yield* findMatches(records, typed);
  // The text may be one word that was typed with a space inside.
  if (found.length === 0 && typed.words.length > 1)
    found = yield* rank(records, { ...typed, words: [typed.words.join('')] }, scoreMisspelled);
  const distinctive = typed.words.filter((word) => !commonSuffixes.has(word));
  if (found.length === 0 && distinctive.length > 0 && distinctive.length < typed.words.length)
    found = yield* findMatches(records, { ...typed, words: distinctive });
  found.sort(
    (a, b) =>
      b.hit.score - a.hit.score ||
      compareCodePoints(a.record.name, b.record.name) ||
      compareCodePoints(a.record.kind, b.record.kind) ||
      compareCodePoints(a.record.id, b.record.id),
  );
  return found.slice(0, limit).map(({ hit }) => hit);
}

interface Match {
  readonly record: Searchable;
  readonly hit: Hit;
}

function* findMatches(records: readonly Searchable[], typed: TypedText): Steps<Match[]> {
  const found = yield* rank(records, typed, scoreWord);
  return found.some(({ hit }) => hit.score >= goodScore) ? found : yield* rank(records, typed, scoreMisspelled);
}

type WordScore = (word: string, field: SearchField) => number;

function* rank(records: readonly Searchable[], typed: TypedText, scoreOf: WordScore): Steps<Match[]> {
  const found: Match[] = [];
  let looked = 0;
  const joined = typed.words.length > 1 ? typed.words.join('') : undefined;
  for (const record of records) {
    if (++looked % stepSize === 0) yield;
    let total = 0;
    let bestField: SearchField | undefined;
    let bestScore = 0;
    for (const word of typed.words) {
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
    for (const field of joined === undefined ? [] : record.fields) {
      const score = scoreJoined(joined as string, field) * fieldWeights[field.name] * typed.words.length;
      if (score <= total) continue;
      total = score;
      bestField = field;
    }
    if (total === 0 || bestField === undefined) continue;
    const whole = record.fields.find((field) => field.text === typed.text);
    const begins = record.fields.find((field) => field.text.startsWith(typed.text));
    const bonus = whole ? 2 * fieldWeights[whole.name] : begins ? fieldWeights[begins.name] : 0;
    const matched = (whole ?? begins ?? bestField).name;
    const score = total / typed.words.length + bonus + scoreLegalForms(record, typed);
    found.push({ record, hit: { kind: record.kind, index: record.index, matched, score } });
  }
  return found;
}

function scoreLegalForms(record: Searchable, { legalForms }: TypedText): number {
  const has = (form: string) => record.fields.some((field) => splitWords(form).every((word) => field.words.includes(word)));
  return legalForms.some(has) ? legalFormBonus : 0;
}

function scoreWord(word: string, field: SearchField): number {
  if (field.joined === word) return scores.whole;
  let best: number = field.text.includes(word) ? scores.inside : 0;
  if (best > 0) {
    for (const other of field.words) {
      if (other === word) return scores.whole;
      if (best < scores.beginning && other.startsWith(word)) best = scores.beginning;
    }
  }
  if (best < scores.beginning && field.joined.startsWith(word)) return scores.beginning;
  return best < scores.initials && field.initials === word ? scores.initials : best;
}

/** Scores the words of a text joined into one: "open ai" matches "OpenAI". */
function scoreJoined(joined: string, field: SearchField): number {
  if (!field.words.includes(joined)) return 0;
  return field.words.length === 1 ? scores.joinedAlone : scores.joined;
}

/** Allows one typo in words of four letters or more, and two in words of eight or more. */
function scoreMisspelled(word: string, field: SearchField): number {
  const exact = scoreWord(word, field);
  if (exact > 0) return exact;
  const allowed = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  if (allowed === 0) return 0;
  let best = 0;
  for (const other of field.joined === '' ? field.words : [...field.words, field.joined]) {
    const nearness = findNearness(word, other, allowed);
    if (nearness === 'whole') return field.words.length === 1 || other === field.joined ? scores.nearAll : scores.nearWhole;
    if (nearness === 'beginning') best = scores.nearBeginning;
  }
  return best;
}
