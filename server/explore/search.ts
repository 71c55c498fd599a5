import { compareCodePoints, firstIndex } from '../domain/compare.ts';
import type { ProvenanceColumns } from '../projection/part.ts';
import type { Projection } from '../projection/projection.ts';
import type { Steps } from '../projection/turns.ts';
import { runInTurns } from '../projection/turns.ts';
import { FoldedRecords } from './folded-records.ts';
import type { FurtherText, Searchable, SearchField, TypedText } from './searchable.ts';
import { readTyped, splitWords, stepSize, withJoined } from './searchable.ts';
import type { NearWords } from './word-index.ts';
import { addNearWords, WordIndex } from './word-index.ts';

/** A search result: a fact of the projection by its index, or any other record by its position in its list. */
export interface Hit {
  readonly kind: Searchable['kind'];
  readonly index: number;
  /** The field that matched best: name, id, alias, attribute, software, contactEmail, note, subject, package, version or summary. */
  readonly matched: string;
  /** Above 0. Scores are comparable only within one answer. */
  readonly score: number;
}

const fieldWeights: Readonly<Record<SearchField['name'], number>> = {
  name: 1,
  alias: 0.9,
  id: 0.8,
  software: 0.6,
  attribute: 0.4,
  contactEmail: 0.4,
  note: 0.4,
  subject: 0.9,
  package: 0.6,
  version: 0.6,
  summary: 0.4,
};

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

export interface FurtherTexts {
  /** By the id of the organization. */
  readonly texts: ReadonlyMap<string, readonly FurtherText[]>;
  /** False: the store could not be read. */
  readonly isComplete: boolean;
}

/** Searches the folded texts of organizations and artifacts. Texts are folded again only if an organization, artifact, access or engagement changed. */
export class SearchIndexes {
  readonly #byProjection = new WeakMap<Projection, Promise<WordIndex>>();
  /** By the provenance of organizations, which is the same object until one of them changes. */
  readonly #byOrganizations = new WeakMap<ProvenanceColumns, FoldedFacts>();

  /**
   * @param readFurtherTexts reads the further texts of organizations
   * @param others further records: incidents, views, and facts and values that have a word of the text
   * @param run runs the steps of this search
   */
  async search(
    projection: Projection,
    readFurtherTexts: () => Promise<FurtherTexts>,
    others: readonly Searchable[],
    text: string,
    isWanted: IsWanted,
    limit: number,
    run: <T>(steps: Steps<T>) => Promise<T> = runInTurns,
  ): Promise<Hit[]> {
    let index = this.#byProjection.get(projection) ?? this.#findFolded(projection);
    if (index === undefined) {
      // Folding is not a part of this search's own steps, because all searches of these facts wait for it.
      index = readFurtherTexts().then(async ({ texts, isComplete }) => {
        const folded = await runInTurns(foldIndex(projection, texts));
        if (isComplete) this.#keep(projection, folded);
        return folded;
      });
      index.catch(() => this.#byProjection.delete(projection));
    }
    this.#byProjection.set(projection, index);
    return run(findHits({ index: await index, others, isWanted }, text, limit));
  }

  #keep(projection: Projection, index: WordIndex): void {
    this.#byOrganizations.set(projection.organizations.provenance, { others: otherSources(projection), index: Promise.resolve(index) });
  }

  #findFolded(projection: Projection): Promise<WordIndex> | undefined {
    const known = this.#byOrganizations.get(projection.organizations.provenance);
    return otherSources(projection).every((source, i) => source === known?.others[i]) ? known?.index : undefined;
  }
}

interface FoldedFacts {
  /** As `otherSources` gave them. */
  readonly others: readonly ProvenanceColumns[];
  readonly index: Promise<WordIndex>;
}

/** The provenance of the other kinds whose texts are searched. Each is the same object until a fact of its kind changes. */
function otherSources({ artifacts, access, engagements }: Projection): ProvenanceColumns[] {
  return [artifacts.provenance, access.provenance, engagements.provenance];
}

function* foldIndex(projection: Projection, texts: ReadonlyMap<string, readonly FurtherText[]>): Steps<WordIndex> {
  return yield* WordIndex.build(yield* FoldedRecords.fold(projection, texts));
}

type IsWanted = (hit: Pick<Hit, 'kind' | 'index'>) => boolean;

/** The records that a search looks at. */
interface Sought {
  readonly index: WordIndex;
  readonly others: readonly Searchable[];
  readonly isWanted: IsWanted;
}

/**
 * The best matches first. Each word of the text, except legal forms, must match some field: as a whole word, a beginning, or
 * inside a word. If no match is good, misspelled words match too. Ties go by name, kind, id.
 */
function* findHits(sought: Sought, text: string, limit: number): Steps<Hit[]> {
  const typed = readTyped(text);
  if (typed.words.length === 0) return [];
  let found = yield* findMatches(sought, typed);
  // The text may be one word that was typed with a space inside.
  if (found.length === 0 && typed.words.length > 1) found = yield* rank(sought, { ...typed, words: [typed.words.join('')] }, 'near');
  const distinctive = typed.words.filter((word) => !commonSuffixes.has(word));
  if (found.length === 0 && distinctive.length > 0 && distinctive.length < typed.words.length)
    found = yield* findMatches(sought, { ...typed, words: distinctive });
  return takeBest(found, limit).map(({ hit }) => hit);
}

/** The first matches, in order. Keeps only as many, because a short text matches tens of thousands of records. */
function takeBest(found: readonly Match[], limit: number): Match[] {
  const best: Match[] = [];
  for (const match of limit === 0 ? [] : found) {
    if (best.length === limit && compareMatches(match, best[limit - 1] as Match) > 0) continue;
    const place = firstIndex(best.length, (i) => compareMatches(best[i] as Match, match) >= 0);
    best.splice(place, 0, match);
    if (best.length > limit) best.pop();
  }
  return best;
}

/** Never 0: no two records of a kind have the same id. */
function compareMatches(a: Match, b: Match): number {
  return (
    b.hit.score - a.hit.score ||
    compareCodePoints(a.record.name, b.record.name) ||
    compareCodePoints(a.record.kind, b.record.kind) ||
    compareCodePoints(a.record.id, b.record.id)
  );
}

interface Match {
  readonly record: Searchable;
  readonly hit: Hit;
}

function* findMatches(sought: Sought, typed: TypedText): Steps<Match[]> {
  const found = yield* rank(sought, typed, 'exact');
  return found.some(({ hit }) => hit.score >= goodScore) ? found : yield* rank(sought, typed, 'near');
}

/** @param spelling near: misspelled words match too */
function* rank({ index, others, isWanted }: Sought, typed: TypedText, spelling: 'exact' | 'near'): Steps<Match[]> {
  const near = spelling === 'near' ? new Map(typed.words.map((word): [string, NearWords] => [word, new Map()])) : undefined;
  const candidates = yield* index.findCandidates(typed.words, near);
  for (const [word, found] of near ?? []) for (const other of others) addNearWords(word, other, found);
  const scoreOf = (word: string, field: SearchField) => scoreWord(word, field) || scoreMisspelled(field, near?.get(word));
  const found: Match[] = [];
  yield* rankEach(index.read(candidates), isWanted, typed, scoreOf, found);
  yield* rankEach(others, isWanted, typed, scoreOf, found);
  return found;
}

type WordScore = (word: string, field: SearchField) => number;

function* rankEach(records: Iterable<Searchable>, isWanted: IsWanted, typed: TypedText, scoreOf: WordScore, found: Match[]): Steps<void> {
  let looked = 0;
  const joined = typed.words.length > 1 ? typed.words.join('') : undefined;
  for (const record of records) {
    if (++looked % stepSize === 0) yield;
    if (!isWanted(record)) continue;
    const { fields } = record;
    let total = 0;
    let bestField: SearchField | undefined;
    let bestScore = 0;
    for (const word of typed.words) {
      let best = 0;
      for (const field of fields) {
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
    for (const field of joined === undefined ? [] : fields) {
      const score = scoreJoined(joined as string, field) * fieldWeights[field.name] * typed.words.length;
      if (score <= total) continue;
      total = score;
      bestField = field;
    }
    if (total === 0 || bestField === undefined) continue;
    let whole: SearchField | undefined;
    let begins: SearchField | undefined;
    for (const field of fields) {
      if (!field.text.startsWith(typed.text)) continue;
      begins ??= field;
      if (field.text.length === typed.text.length) whole ??= field;
    }
    const bonus = whole ? 2 * fieldWeights[whole.name] : begins ? fieldWeights[begins.name] : 0;
    const matched = (whole ?? begins ?? bestField).name;
    const score = total / typed.words.length + bonus + scoreLegalForms(fields, typed);
    found.push({ record, hit: { kind: record.kind, index: record.index, matched, score } });
  }
}

function scoreLegalForms(fields: readonly SearchField[], { legalForms }: TypedText): number {
  if (legalForms.length === 0) return 0;
  const has = (form: string) => fields.some(({ text }) => splitWords(form).every((word) => findWord(word, text) === 'whole'));
  return legalForms.some(has) ? legalFormBonus : 0;
}

function scoreWord(word: string, { text, initials }: SearchField): number {
  const found = findWord(word, text);
  if (found === 'whole' || found === 'beginning') return scores[found];
  const joined = findJoined(word, text);
  if (joined !== undefined) return scores[joined];
  if (initials === word) return scores.initials;
  return found === undefined ? 0 : scores[found];
}

/** Scores the words of a text joined into one: "open ai" matches "OpenAI". */
function scoreJoined(joined: string, { text }: SearchField): number {
  if (findWord(joined, text) !== 'whole') return 0;
  return findJoined(joined, text) === 'whole' ? scores.joinedAlone : scores.joined;
}

function scoreMisspelled({ text }: SearchField, near: NearWords | undefined): number {
  if (near === undefined || near.size === 0) return 0;
  const words = splitWords(text);
  let best = 0;
  for (const [i, other] of withJoined(words).entries()) {
    const nearness = near.get(other);
    if (nearness === 'whole') return words.length === 1 || i === words.length ? scores.nearAll : scores.nearWhole;
    if (nearness === 'beginning') best = scores.nearBeginning;
  }
  return best;
}

/*
 * Looks for a typed word in a folded text. A word of the text is a run of letters and digits. So is the typed word, or it has none of them:
 * then it is no part of any word.
 */

/** How the words of a text have a typed word: one is the word, begins with it, or only has it inside. */
export function findWord(word: string, text: string): 'whole' | 'beginning' | 'inside' | undefined {
  let at = text.indexOf(word);
  if (at < 0) return undefined;
  if (!isInWord(word, 0)) return 'inside';
  let found: 'beginning' | 'inside' = 'inside';
  for (; at >= 0; at = text.indexOf(word, at + 1)) {
    if (isInWord(text, at - 1)) continue;
    if (!isInWord(text, at + word.length)) return 'whole';
    found = 'beginning';
  }
  return found;
}

/** How all words of a text, joined into one, have a typed word: "quillmark" finds "Quill Mark". */
export function findJoined(word: string, text: string): 'whole' | 'beginning' | undefined {
  let at = 0;
  let found = 0;
  for (; at < text.length && found < word.length; at++) {
    if (!isInWord(text, at)) continue;
    if (text.charCodeAt(at) !== word.charCodeAt(found)) return undefined;
    found++;
  }
  if (found < word.length) return undefined;
  while (at < text.length && !isInWord(text, at)) at++;
  return at < text.length ? 'beginning' : 'whole';
}

/** Whether a text has a letter or digit at a position; false outside the text. */
function isInWord(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57);
}
