import { isLegalForm } from '../../../domain/names/plain-name.ts';
import { readDatedPhrase, splitDate } from '../../matching/remarks.ts';
import { copyText } from '../../workbook/read-xml.ts';
import type { Concept } from '../column-synonyms.ts';
import { findCountry } from '../values/country-codes.ts';
import { isUnknown, readDate } from '../values/read-dates.ts';
import { findDecimalMark, readNumber } from '../values/read-values.ts';

const mostDistinct = 400;
const mostIds = 200_000;
const longestDistinct = 200;
const looked = 2000;
/** The form of a text shows in its first characters. Some patterns below take time with the square of a text's length. */
const longestForm = 1000;

/** Numbers of persons whose form no company's number has: the American SSN, the Brazilian CPF, the Spanish DNI and NIE. */
const personalNumber = /^(?:\d{3}-\d{2}-\d{4}|\d{3}\.\d{3}\.\d{3}-\d{2}|\d{8}-?[A-HJ-NP-TV-Z]|[XYZ]\d{7}-?[A-HJ-NP-TV-Z])$/;

/** A link that lets in whoever has it. */
const secretLink = /[?&#](?:access_?token|auth_?token|token|api_?key|secret|password|passwd|pwd|x-amz-signature|sig|signature)=[^&\s]{4}/i;

/** How many more characters of ids fit into memory. */
export interface IdRoom {
  characters: number;
}

/** About what a value in a set takes beside its characters. */
const idOverhead = 64;

/** The form of the cells of one column, from its first 2,000 texts. Later texts are only counted. */
export class ColumnProfile {
  /** The number of cells with a value. */
  filled = 0;
  /** Value -> count, of the first 400 distinct values. */
  readonly distinct = new Map<string, number>();
  /** Whether a value occurs in two rows, or there are too many values to know. */
  isRepeating = false;
  hasMoreValues = false;
  openDates = 0;
  dayFirstDates = 0;
  monthFirstDates = 0;
  /** The number of past dates; an ambiguous date is read day first. */
  pastDates = 0;
  longest = 0;
  /** The numbers that prove a comma, or a point, as the decimal mark. */
  commaDecimals = 0;
  pointDecimals = 0;
  #looked = 0;
  readonly #counts = {
    date: 0,
    email: 0,
    website: 0,
    country: 0,
    number: 0,
    phone: 0,
    iban: 0,
    secret: 0,
    sentence: 0,
    code: 0,
    answer: 0,
  };
  readonly #mostIds: number;
  readonly #idRoom: IdRoom;
  #ids: Set<string> | undefined = new Set();
  #idCharacters = 0;

  /**
   * @param mayBeId remember up to 200,000 values, to detect a repeated one
   * @param idRoom shared by the columns of a table
   */
  constructor(mayBeId: boolean, idRoom: IdRoom = { characters: Number.POSITIVE_INFINITY }) {
    this.#mostIds = mayBeId ? mostIds : mostDistinct;
    this.#idRoom = idRoom;
  }

  /** @param now epoch ms: a date before it is past */
  add(cell: string, now: number): void {
    const text = cell.length > longestDistinct ? copyText(cell.trim()) : cell.trim();
    if (text === '' || isUnknown(text)) return;
    this.filled++;
    if (text.length > this.longest) this.longest = text.length;
    this.#countValue(text);
    if (text.length <= 40 && /\p{Nd}/u.test(text)) {
      this.#countDate(text, now);
      this.#countDecimal(text);
    }
    if (this.#looked >= looked) return;
    this.#looked++;
    this.#countForms(text.slice(0, longestForm));
  }

  #countForms(text: string): void {
    const counts = this.#counts;
    if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) counts.email++;
    else if (/^(https?:\/\/|www\.)\S+$/i.test(text) || /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(\/\S*)?$/i.test(text)) counts.website++;
    else if (findCountry(text) !== undefined) counts.country++;
    if (/^(true|false|yes|no|y|n|ja|nein|oui|non|s[ií])$/i.test(text)) counts.answer++;
    // A number with one mark, such as 12.500, is a number, whatever its mark means.
    if (readNumber(text, ',') !== undefined) counts.number++;
    else if (/^[\p{L}&]{0,6}[-_. ]?\d[\d.-]*$/u.test(text)) counts.code++;
    if (/(\s+\S+){8}/.test(text) || (/(\s+\S+){3}[.?!]$/.test(text) && !isLegalForm(text.slice(text.lastIndexOf(' ') + 1).toLowerCase())))
      counts.sentence++;
    if (/^(\+|00(?=[1-9]))[\d\s().-]{7,}$|^\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}$/.test(text)) counts.phone++;
    if (/^[A-Z]{2}\d{2}[\s]?[A-Z0-9]{4}[A-Z0-9\s]{7,26}$/.test(text) || personalNumber.test(text)) counts.iban++;
    if (/^(sk|pk|ghp|gho|xox[bp]|AKIA|AIza)[-_A-Za-z0-9]{12,}$|BEGIN [A-Z ]*PRIVATE KEY/.test(text) || secretLink.test(text))
      counts.secret++;
  }

  /** The share of filled cells with a form, in [0, 1]. */
  share(form: NonNullable<Concept['holds']> | 'sentence' | 'code' | 'answer'): number {
    const dates = this.filled === 0 ? 0 : this.#counts.date / this.filled;
    return form === 'date' ? dates : this.#shareOf(this.#counts[form]);
  }

  /** The kind of private data: phone numbers, bank accounts, personal numbers or keys. Undefined if most cells hold none. */
  findPrivate(): string | undefined {
    if (this.#shareOf(this.#counts.phone) > 0.5) return 'most cells are phone numbers';
    if (this.#shareOf(this.#counts.iban) > 0.3) return 'cells are bank accounts or personal numbers';
    return this.#counts.secret > 0 ? 'cells are keys' : undefined;
  }

  /** Whether the values distinguish all rows. */
  get isUnique(): boolean {
    return this.filled > 0 && !this.isRepeating;
  }

  #shareOf(count: number): number {
    return this.#looked === 0 ? 0 : count / this.#looked;
  }

  #countValue(text: string): void {
    const count = this.distinct.get(text);
    if (count !== undefined) this.distinct.set(text, count + 1);
    else if (this.distinct.size < mostDistinct && text.length <= longestDistinct) this.distinct.set(text, 1);
    else this.hasMoreValues = true;
    if (this.#ids === undefined) return;
    const characters = idOverhead + text.length;
    if (this.#ids.has(text) || this.#ids.size >= this.#mostIds || this.#idRoom.characters < characters) {
      this.isRepeating = true;
      this.#ids = undefined;
      this.#idRoom.characters += this.#idCharacters;
      return;
    }
    this.#ids.add(text);
    this.#idCharacters += characters;
    this.#idRoom.characters -= characters;
  }

  #countDecimal(text: string): void {
    if (!/[.,]/.test(text)) return;
    const mark = findDecimalMark(text);
    if (mark === ',') this.commaDecimals++;
    else if (mark === '.') this.pointDecimals++;
  }

  #countDate(cell: string, now: number): void {
    const plain = readDate(cell, null);
    const text = (plain === 'UNREADABLE' ? readDatedPhrase(cell)?.date : undefined) ?? cell;
    const open = text === cell ? plain : readDate(text, null);
    if (open === 'UNREADABLE' && /(?<!\d)\d{1,2}[-/]\d{1,2}[-/]\d/.test(cell)) this.#countOrder(splitDate(cell)?.[0] ?? '');
    if (open === 'UNREADABLE' || open === 'UNKNOWN') return;
    this.#counts.date++;
    this.#countOrder(text, open);
    const at = typeof open === 'object' ? open.at : open === 'OPEN_ORDER' ? dateOf(readDate(text, 'DAY_FIRST')) : Number.POSITIVE_INFINITY;
    if (at < now) this.pastDates++;
  }

  #countOrder(text: string, open = readDate(text, null)): void {
    if (open === 'OPEN_ORDER') this.openDates++;
    else if (typeof open === 'object' && /^\d{1,2}[-/]\d{1,2}[-/]\d{2,4}/.test(text)) {
      // With only one reading, the other order would give no date, unless day and month are equal.
      const [first, second] = text.split(/[-/]/).map(Number) as [number, number];
      if (first > second) this.dayFirstDates++;
      else if (second > first) this.monthFirstDates++;
    }
  }
}

function dateOf(reading: ReturnType<typeof readDate>): number {
  return typeof reading === 'object' ? reading.at : Number.POSITIVE_INFINITY;
}
