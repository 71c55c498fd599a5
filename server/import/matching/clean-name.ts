import { createHash } from 'node:crypto';
import { isLegalForm } from '../../domain/names/plain-name.ts';
import { replaceHidden } from '../../domain/text/hidden-characters.ts';
import { fromVocabulary, legalFormsOf, patternOf, toPattern, wordsOf } from '../vocabulary/vocabulary-rows.ts';
import type { CleanName } from './matching-types.ts';
import { findBareRemark, isBracketedRemark, isDatedRemark, isRemark } from './remarks.ts';

/** Cells that name nobody, in lower case. */
const nobody = fromVocabulary(() => new Set(['', ...wordsOf('NO_NAME').map((word) => word.toLowerCase())]));

/** Hidden characters that separate words or lines. */
const isBreak = (character: string) => /[\t-\r\u0085\p{Zl}\p{Zp}]/u.test(character);
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
  nbsp: ' ',
  lt: '<',
  gt: '>',
  reg: '®',
  copy: '©',
};

const marks = '[*†‡§¶◊⁎※®™©℠°¹²³⁰⁴-⁹]';
/** Footnote marks behind a name: `*`, `¹`, `[2]`, `(3)`, `^4`. */
const footnotes = new RegExp(`(?:${marks}|\\[(?:\\d{1,2}|[a-z])\\]|\\(\\d{1,2}\\)|\\(\\*+\\)|\\^\\d{1,2})+$`, 'u');
/** The tax id before a name, as Brazilian registers write it: "05.120.923/0001-09 - ACME LTDA". */
const leadingTaxId = /^\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2}\s*[-–—:]\s*/u;
/** A number alone in brackets behind a name: "ACME LTDA [10.278.338/0001-63]". */
const trailingNumber = /\s*[[(]\s*\d[\d./-]{10,}\s*[\])]$/u;
/** A word before a name that says what it is: "Organization: Acme Foundation", as bills of materials write it. */
const label = patternOf((words) => `^${words('NAME_LABEL')}\\s*:\\s+(?=\\S)`);
const leadingMarks = new RegExp(`^(?:${marks}|[•·▪●○■□▶►➢✓✔–—]|-(?=\\s)|\\[(?:\\d{1,2}|[a-z])\\])+\\s*`, 'u');

/** A remark in brackets after a name. Any other text in brackets may be part of the name and stays. */
const note = patternOf(
  (words) => `\\s*[-–—,;:]?\\s*[([{（［【]\\s*(?:${words('NOTE')}|${words('REGION')} ${words('REGION_NOTE')})\\s*[)\\]}）］】]\\s*$`,
);
/** The person behind a name: "Acme Ltd - Contact: Jane Roe", "Acme c/o Jane Roe". */
const contactNote = patternOf((words) => `\\s*(?:[-–—,;/(]\\s*${words('CONTACT')}\\.?\\s*:|[-–—,;(]?\\s\\(?c/o\\b)\\s*\\S.*$`);
/** The way to a name: "Acme via Omega". */
const wayNote = /\s+via\s+\S.*$/u;

/** Whether a text has a word such as "via" between two others. */
export function hasWay(text: string): boolean {
  return wayNote.test(text);
}
const dashedNote = patternOf((words) => `\\s+[-–—]\\s*${words('DASHED_NOTE')}\\s*$`);

const url = /\s*[([<|,;:–—-]*\s*(?:https?:\/\/|www\.)[^\s<>()]+\s*[)\]>]*\s*$/iu;
const email = /\s*[([<|,;:–—-]*\s*[\w.+-]+@[\w-]+(?:\.[\w-]+)+\s*[)\]>]*\s*$/u;
const markdownLink = /^\[([^\]]+)\]\(([^)\s]+)\)(.*)$/su;

/** A house number and a street: "410 Terry Avenue North, …", "1 Hacker Way", "354 Oyster Point Blvd". */
const houseFirst = patternOf(
  (words) => `^(?:no\\.? ?)?\\d{1,6}(?:[-–/]\\d{1,5})?[A-Za-z]?,?\\s+(?:[\\p{L}\\d.'’-]+,?\\s+){0,4}?${words('STREET')}(?![\\p{L}])`,
);
/** A street and a house number: "Industriestr. 25, 91710 Gunzenhausen", "Herikerbergweg 1-35". */
const streetFirst = patternOf(
  (words) =>
    `^(?:\\p{L}[\\p{L}.'’-]*\\s+){0,3}?(?:\\p{L}*${words('STREET_END')}|${words('STREET')}\\s+(?:[\\p{L}.'’-]+,?\\s+){0,4}?)\\s*\\d{1,5}`,
);
/** A house number, and a postal code or a state further on: "2300 Harmon St., Detroit, MI 48226". */
const postal =
  /(?:,\s*[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?|\b\d{5}(?:-\d{4})?\s+\p{Lu}\p{L}+|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b|\b\d{4}\s?[A-Z]{2}\b|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b\d{5,6}\b)/u;

/**
 * Extracts an organization's name from a cell of a list.
 *
 * Cuts footnote marks, remarks in brackets ("(optional)", "(effective May 30, 2025)"), addresses (even without a space:
 * "Stripe, Inc.354 Oyster Point Blvd"), links and further lines, and returns the cut pieces for display. Brackets that may be
 * part of the name stay. Equal cells give equal names in every edition. A clean name stays unchanged.
 *
 * Complexity: linear in the cell, of which only the first 2,000 characters are read.
 */
export function cleanName(raw: string): CleanName {
  const cut: string[] = [];
  const link = markdownLink.exec(raw.trim());
  let text = raw;
  if (link !== null) {
    cut.push(link[2] as string);
    text = `${link[1]}${link[3]}`;
  }
  text = replaceHidden(text.replace(loneSurrogate, ''), (character) => (isBreak(character) ? character : '')).replace(
    /&(#?\w{2,5});/g,
    (whole, name: string) => entities[name.toLowerCase()] ?? whole,
  );
  text = cutLines(text, cut);
  text = text.replace(/\s+/gu, ' ').trim();
  if (text.length > longestCell) {
    cut.push(text.slice(longestCell));
    text = text.slice(0, longestCell);
  }
  // Pieces may follow each other in any order: repeat until nothing changes.
  for (let before = ''; before !== text; ) {
    before = text;
    for (const piece of [leadingMarks, label(), leadingTaxId, footnotes, note(), trailingNumber, contactNote(), dashedNote(), url])
      text = take(text, piece, cut);
    text = takeWay(text, cut);
    text = takeRemark(text, cut);
    if (text.includes('@')) text = take(text, email, cut);
    text = cutAddress(text, cut);
    text = unquote(text)
      .replace(/(?:\s*[,;:|/\\–—]|\s+-)+$/u, '')
      .trim();
  }
  if (nobody().has(text.toLowerCase())) {
    if (text !== '') cut.push(text);
    return { name: '', cut };
  }
  return { name: text, cut };
}

/** Whether every letter and digit of a cell is in its name or in a cut piece. O(l log l). */
export function isWhole(raw: string, { name, cut }: CleanName): boolean {
  const plain = replaceHidden(raw.replace(loneSurrogate, ''), (character) => (isBreak(character) ? character : ''))
    .replace(/<br\s*\/?>/giu, ' ')
    .replace(/&(#?\w{2,5});/g, (whole, entity: string) => entities[entity.toLowerCase()] ?? whole);
  return lettersOf(plain) === lettersOf([name, ...cut.map((piece) => piece.replace(/<br\s*\/?>/giu, ' '))].join(' '));
}

function lettersOf(text: string): string {
  return [...(text.match(/[\p{L}\p{N}]/gu) ?? [])].sort().join('');
}

const longestCell = 2000;

function take(text: string, piece: RegExp, cut: string[]): string {
  const found = piece.exec(text);
  // A piece that is the whole cell stays, because a name may itself be a link.
  if (found === null || found[0].length === text.length) return text;
  cut.push(found[0].trim());
  return (text.slice(0, found.index) + text.slice(found.index + found[0].length)).trim();
}

/** Cuts the way to a name. "Transport via Rail Ltd" is one name, because its only legal form stands behind the way. */
function takeWay(text: string, cut: string[]): string {
  const at = text.search(wayNote);
  if (at < 0 || (endsWithLegalForm(text) && !endsWithLegalForm(text.slice(0, at)))) return text;
  return take(text, wayNote, cut);
}

/** Texts in brackets before or behind a name, and before or behind a sign. */
const remarkPlaces = [
  { place: /\s*[-–—,;:]?\s*[([{（［【]([^()[\]{}（）［］【】]+)[)\]}）］】]\s*$/u, isRemarkText: isBracketedRemark },
  { place: /^\s*[([{（［【]([^()[\]{}（）［］【】]+)[)\]}）］】]\s*[-–—:]?\s*(?=\p{L}|\d)/u, isRemarkText: isBracketedRemark },
  { place: /^([^():|/]{3,40}?)\s*:\s+(?=\p{L})/u, isRemarkText: isRemark },
  { place: /\s*[|:/]\s+([^()[\]{}（）［］【】|:/]+)$/u, isRemarkText: isRemark },
  { place: /\s*[,;]\s+([^()[\]{}（）［］【】,;]+)$/u, isRemarkText: isDatedRemark },
  { place: /\s+[-–—]\s+(?!.*\s[-–—]\s)([^()[\]{}（）［］【】]+)$/u, isRemarkText: isRemark },
];

/** Cuts a remark that says a start, an end, a plan or a status, and any other in brackets that has a date. */
function takeRemark(text: string, cut: string[]): string {
  for (const { place, isRemarkText } of remarkPlaces) {
    const found = place.exec(text);
    if (found !== null && isRemarkText(found[1] as string)) return take(text, place, cut);
  }
  const bare = findBareRemark(text);
  if (bare === undefined) return text;
  cut.push(bare);
  return text.slice(0, -bare.length).trimEnd();
}

/** The first line and the lines that continue it. Lines with an address, a link or a remark are cut. */
function cutLines(text: string, cut: string[]): string {
  const lines = text.split(/[\r\n\v\f\u0085\u2028\u2029]+|<br\s*\/?>/iu).map((line) => line.trim());
  const [first = '', ...others] = lines.filter((line) => line !== '');
  let name = first;
  let isCut = false;
  for (const line of others) {
    isCut ||=
      isAddress(line) || url.test(line) || email.test(line) || note().test(line) || postal.test(line) || /^\(/.test(line) || isRemark(line);
    // The line after an address continues the address.
    if (isCut) cut.push(line);
    else name = `${name} ${line}`;
  }
  return name;
}

function isAddress(text: string): boolean {
  return (
    houseFirst().test(text) ||
    streetFirst().test(text) ||
    unitFirst().test(text) ||
    (/^\d{1,6}[A-Za-z]?\s+\p{Lu}/u.test(text) && postal.test(text))
  );
}

/** "Level 6, 341 George Street". */
const unitFirst = patternOf((words) => `^${words('UNIT')}\\.? \\d`);

/** Legal forms with an address that follows without a space. Only a legal form comes right before a capital or digit. */
const gluedForm = fromVocabulary(() => new RegExp(`(?<=[\\s,.])(?:${toPattern(legalFormsOf('GLUED'))})(?=\\d|\\p{Lu}\\p{Ll})`, 'gu'));
/** A house number that follows without a space: "OpenAI1455 3rd Street". */
const gluedNumber = /(?<=[\p{L}.)])(?=\d)/gu;
const separator = /\s*[,;|]\s*|\s+[–—-]\s+/gu;
const gap = /(?<=[^,;|\s])\s+(?=\d)/gu;

/**
 * Cuts an address at the end. A number that may be part of the name ("Studio 54", "Level 3", "Area 51 Way") stays: if only a
 * gap precedes the address, the name must end with a legal form, or the address must go on after a comma.
 */
function cutAddress(text: string, cut: string[]): string {
  if (!/\d/.test(text)) return text;
  for (const at of addressStarts(text)) {
    if (at.name.length < 2 || !/\p{L}/u.test(at.name)) continue;
    cut.push(at.rest);
    return at.name;
  }
  return text;
}

function* addressStarts(text: string): Generator<{ readonly name: string; readonly rest: string }> {
  const split = (from: number, to: number) => ({ name: text.slice(0, from).trim(), rest: text.slice(to).trim() });
  for (const form of text.matchAll(gluedForm())) {
    const end = form.index + form[0].length;
    const parts = split(end, end);
    if (parts.rest.length >= 8 && /\d.*\s|\s.*\d/.test(parts.rest)) yield parts;
  }
  for (const { index } of text.matchAll(gluedNumber)) if (isAddress(text.slice(index))) yield split(index, index);
  for (const { index, 0: sign } of text.matchAll(separator)) {
    if (isAddress(text.slice(index + sign.length))) yield split(index, index + sign.length);
  }
  for (const { index, 0: space } of text.matchAll(gap)) {
    const parts = split(index, index + space.length);
    if (isAddress(parts.rest) && (endsWithLegalForm(parts.name) || /,/.test(parts.rest))) yield parts;
  }
}

function endsWithLegalForm(name: string): boolean {
  return isLegalForm((name.split(/\s+/).pop() as string).toLowerCase());
}

/** Removes quotes around the whole text. */
function unquote(text: string): string {
  const inner = /^(?:"([^"]+)"|'([^']+)'|“([^”]+)”|„([^“”]+)[“”]|«\s*([^»]+?)\s*»)$/u.exec(text);
  return inner === null ? text : (inner.slice(1).find((group) => group !== undefined) as string);
}

const longestId = 200;

/** The id for a clean name: the name itself, so it is unique and stable between editions. A long name is cut and gets a digest. */
export function toStableId(name: string): string {
  if (name.length <= longestId) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return `${name.slice(0, longestId - 20).replace(/[\uD800-\uDBFF]$/, '')} ${digest}`;
}
