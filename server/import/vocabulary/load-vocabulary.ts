import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toPlainHeader } from '../../domain/columns/plain-header.ts';
import { ExposureError } from '../../domain/errors.ts';
import { factFields } from '../../domain/fact-fields.ts';
import { custodyKinds } from '../../domain/facts.ts';
import { parseInstant } from '../../domain/instants.ts';
import { mostWords } from '../../domain/names/plain-name.ts';
import { conceptNames, concepts, controlOfHeader, namedConceptsOf, privateHeaders } from '../mapping/column-synonyms.ts';
import { findCountry, toPlainCountry } from '../mapping/values/country-codes.ts';
import { toDateText } from '../mapping/values/read-dates.ts';
import { toPlainPhrase } from '../mapping/values/read-values.ts';
import { brandRelations, familyOf, keyOfBrand, toVendorMark, vendorRelations } from '../matching/brand-families.ts';
import { findNearest } from '../rows/find-nearest.ts';
import { FileFault } from '../rows/rejection.ts';
import {
  type AddedRows,
  type AnyRow,
  addedRows,
  addVocabularyRows,
  type CsvLine,
  legalFormUses,
  readCsvLines,
  toRows,
  type VocabularyFile,
  type VocabularyRow,
  vocabularyColumns,
  vocabularyRows,
  wordUses,
} from './vocabulary-rows.ts';

const files = Object.keys(vocabularyColumns) as VocabularyFile[];
/** Far above any vocabulary. A larger file is another one. */
const mostBytes = 10_000_000;

/**
 * Makes a folder of CSV files add to the vocabulary of this process and its threads, or nothing for null. Call it once, before the first import.
 *
 * A file has the name and the columns of one of ours. Its rows add to ours: none takes a meaning away.
 *
 * Throws BAD_CONFIGURATION with one sentence: the file, the line, what is wrong and the way out. The vocabulary then stays as it is.
 */
export function loadVocabulary(folder: string | null): void {
  const before = addedRows();
  if (folder === null && Object.keys(before).length === 0) return;
  // Rows are checked against ours alone, not against those of another folder.
  addVocabularyRows({});
  if (folder === null) return;
  try {
    const added = Object.fromEntries(filesIn(folder).map((file) => [file, readAdded(folder, file)]));
    addVocabularyRows(added as AddedRows);
  } catch (error) {
    addVocabularyRows(before);
    throw error;
  }
}

/** The first wrong line of a file of the vocabulary, and what is wrong with it. Undefined for a file that is right. */
export function findFault(file: VocabularyFile, [header, ...lines]: readonly CsvLine[], before: readonly AnyRow[]): string | undefined {
  const columns = vocabularyColumns[file].join(',');
  if (header?.cells.map((cell) => cell.trim()).join(',') !== columns)
    return `line ${header?.line ?? 1}: write ${columns} as the first line`;
  const { fault, claim } = vocabularyRules[file] as {
    fault: (row: AnyRow) => string | undefined;
    claim?: (row: AnyRow) => [string, string];
  };
  const meanings = new Map(claim === undefined ? [] : before.map(claim));
  for (const { line, cells } of lines) {
    if (cells.length !== vocabularyColumns[file].length)
      return `line ${line}: ${cells.length} cells where ${columns} need ${vocabularyColumns[file].length}; put quotes around a text with a comma`;
    const [row] = toRows(file, [header, { line, cells }]) as [AnyRow];
    const found = findRowFault(row) ?? fault(row);
    if (found !== undefined) return `line ${line}: ${found}`;
    if (claim === undefined) continue;
    const [text, meaning] = claim(row);
    const known = meanings.get(text);
    if (known !== undefined && known !== meaning) return `line ${line}: "${text}" is ${known} already; leave the row out`;
    meanings.set(text, meaning);
  }
  return undefined;
}

function findRowFault(row: AnyRow): string | undefined {
  const empty = Object.keys(row).find((column) => row[column] === '');
  if (empty !== undefined) return `the cell of ${empty} is empty; fill it, or leave the row out`;
  if (row.language !== undefined && !/^(?:[a-z]{2}|-)$/.test(row.language))
    return `"${row.language}" is no language; write two small letters such as de, or - for none`;
  return undefined;
}

function filesIn(folder: string): VocabularyFile[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw refuse(folder, `the folder cannot be read (${(error as NodeJS.ErrnoException).code})`, error);
  }
  return names
    .filter((name) => name.toLowerCase().endsWith('.csv'))
    .sort()
    .map((name) => {
      const file = files.find((one) => `${one}.csv` === name);
      if (file !== undefined) return file;
      const nearest = findNearest(name.slice(0, -'.csv'.length), files);
      throw refuse(folder, `${name} is no file of the vocabulary${nearest === undefined ? '' : `; did you mean ${nearest}.csv?`}`);
    });
}

function readAdded(folder: string, file: VocabularyFile): AnyRow[] {
  const lines = readLines(folder, file);
  const fault = findFault(file, lines, vocabularyRows(file) as readonly AnyRow[]);
  if (fault !== undefined) throw refuse(folder, `${file}.csv, ${fault}`);
  return toRows(file, lines);
}

function readLines(folder: string, file: VocabularyFile): CsvLine[] {
  try {
    const bytes = readFileSync(join(folder, `${file}.csv`));
    if (bytes.length > mostBytes) throw refuse(folder, `${file}.csv is larger than 10 MB; leave out rows`);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return readCsvLines(Buffer.from(text));
  } catch (error) {
    if (error instanceof ExposureError) throw error;
    if (error instanceof FileFault) throw refuse(folder, `${file}.csv, line ${error.line ?? 1}: ${error.message}`, error);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw refuse(folder, `${file}.csv is not UTF-8; save it as "CSV UTF-8"`, error);
    throw refuse(folder, `${file}.csv cannot be read (${code ?? (error as Error).message})`, error);
  }
}

function refuse(folder: string, what: string, cause?: unknown): ExposureError {
  const names = files.map((file) => `${file}.csv`).join(', ');
  const text = `EXPOSURE_VOCABULARY is "${folder}"; ${what.replace(/[.?]$/, '')}; expected a folder with any of ${names}.`;
  return new ExposureError('BAD_CONFIGURATION', text, { cause });
}

/** The rule of a row in a vocabulary file. */
interface RowRule<F extends VocabularyFile> {
  /** The fault of the row, and the way out: a sentence without its point. Undefined for a row that is right. */
  readonly fault: (row: VocabularyRow<F>) => string | undefined;
  /** A text that may mean one thing only, and what the row makes of it. Undefined: the text may mean several things. */
  readonly claim?: (row: VocabularyRow<F>) => readonly [text: string, meaning: string];
}

const dateMeanings = [...Array.from({ length: 12 }, (_, month) => String(month + 1)), 'NO_END', 'UNKNOWN', 'SKIP'];
/** Columns of answers, evidence of controls, and remarks beside names have words of their own. */
const valuesBesideFields: Readonly<Record<string, readonly string[]>> = {
  answer: ['YES', 'NO'],
  evidence: ['NONE', 'LIMITED', 'GIVEN'],
  remark: ['START', 'UNTIL', 'END', 'PLAN', 'STATUS'],
};

/**
 * The rules of the vocabulary's rows, by file. A row may add a text, and give none of ours another meaning: such a row would take away what lists of
 * today are recognized by.
 */
const vocabularyRules: { readonly [F in VocabularyFile]: RowRule<F> } = {
  headers: {
    fault: ({ concept, header }) => {
      const [kind = '', field = ''] = concept.split('.');
      const named = namedConceptsOf(kind, field);
      if (named.length > 0) return `"${concept}" has a concept of its own; write ${listOf(named)}`;
      return (
        refuseUnknown('concept', concept, conceptNames()) ??
        refuseEmpty(header, toPlainHeader(header)) ??
        refuseTaken(header, controlOfHeader().get(toPlainHeader(header)), 'names the control') ??
        (privateHeaders().has(toPlainHeader(header)) ? `"${header}" is left out as private data; leave the row out` : undefined)
      );
    },
  },
  controls: {
    fault: ({ control, header }) =>
      (/^[A-Z][A-Z0-9_]{1,59}$/.test(control)
        ? undefined
        : `"${control}" is no name of a control; write 2 to 60 capitals, digits and _, such as ISO_27001`) ??
      refuseEmpty(header, toPlainHeader(header)) ??
      refuseTaken(header, conceptOfHeader(header), 'names the concept'),
    claim: ({ control, header }) => [toPlainHeader(header), control],
  },
  words: {
    fault: ({ use, words }) =>
      refuseUnknown('use', use, wordUses) ??
      (use === 'NO_NAME' ? undefined : refuseEmpty(words, toPlainHeader(words))) ??
      (use === 'PRIVATE' ? refuseTaken(words, conceptOfHeader(words), 'names the concept') : undefined),
  },
  values: {
    fault: ({ field, value, phrase }) => {
      const values = valuesByField();
      return (
        refuseUnknown('field with phrases', field, [...values.keys()]) ??
        refuseUnknown(`value of ${field}`, value, values.get(field) ?? []) ??
        refuseEmpty(phrase, field === 'evidence' ? toPlainHeader(phrase) : toPlainPhrase(phrase)) ??
        refuseTaken(
          phrase,
          values.get(field)?.find((one) => one !== value && toPlainHeader(one) === toPlainHeader(phrase)),
          'means',
        )
      );
    },
    claim: ({ field, value, phrase }) => [`${field} ${toPlainPhrase(phrase)}`, value],
  },
  dates: {
    fault: ({ meaning, words }) => {
      const isOneWord = /^\p{L}+$/u.test(toDateText(words));
      return (
        refuseUnknown('meaning', meaning, dateMeanings) ??
        (isOneWord || meaning === 'NO_END' || meaning === 'UNKNOWN'
          ? undefined
          : `"${words}" is not one word of letters; write the name of a month, or a word that dates have beside it`)
      );
    },
    claim: ({ meaning, words }) => [toDateText(words), meaning],
  },
  'legal-forms': {
    fault: ({ use, form }) =>
      refuseUnknown('use', use, legalFormUses) ??
      (/\p{L}/u.test(form) ? undefined : `"${form}" has no letter; write a legal form such as Oyj`) ??
      (form.split(/\s+/).length > mostWords ? `"${form}" has more than ${mostWords} words; write the shorter form` : undefined),
  },
  brands: {
    fault: (row) => refuseUnknown('relation', row.relation, Object.keys(brandRelations)) ?? refuseNames(row) ?? refuseSource(row.source),
    claim: claimNames,
  },
  vendors: {
    fault: (row) => {
      const { name, relation, other, source, date } = row;
      const isName = relation in brandRelations;
      return (
        refuseUnknown('relation', relation, Object.keys(vendorRelations)) ??
        (isName ? refuseNames(row) : refuseEmpty(name, keyOfBrand(name))) ??
        (relation === 'DOMAIN' && !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(other)
          ? `"${other}" is no domain; write one in small letters, such as example.org`
          : undefined) ??
        (relation === 'REGISTRATION' && !/\d/.test(other) ? `"${other}" is no registration number; write one with digits` : undefined) ??
        refuseSource(source) ??
        (/^\d{4}-\d{2}-\d{2}$/.test(date) && parseInstant(date) !== undefined
          ? undefined
          : `"${date}" is no date; write that of the source, such as 2026-03-24`)
      );
    },
    claim: (row) => (row.relation in brandRelations ? claimNames(row) : [toVendorMark(row.relation, row.other), keyOfBrand(row.name)]),
  },
  countries: {
    fault: ({ code, name }) => {
      if (code !== '-' && (!/^[A-Z]{2}$/.test(code) || findCountry(code) !== code))
        return `"${code}" is no code of ISO 3166-1; write two capitals, such as DE`;
      const known = findCountry(name);
      return refuseEmpty(name, toPlainCountry(name)) ?? (known === code ? undefined : refuseTaken(name, known, 'means'));
    },
    claim: ({ code, name }) => [toPlainCountry(name), code],
  },
};

type NameRow = VocabularyRow<'brands'>;

function claimNames({ name, relation, other }: NameRow): readonly [string, string] {
  return relation === 'PARENT'
    ? [`the owner of ${keyOfBrand(name)}`, keyOfBrand(other)]
    : [keyOfBrand(other), `a name of ${keyOfBrand(name)}`];
}

function refuseSource(source: string): string | undefined {
  return /^https?:\/\/\S+$/.test(source)
    ? undefined
    : `"${source}" is no address; write the page that says so, such as https://example.org/about`;
}

function refuseNames({ name, relation, other }: NameRow): string | undefined {
  return (
    [name, other].map((text) => refuseEmpty(text, keyOfBrand(text))).find((fault) => fault !== undefined) ??
    (keyOfBrand(name) === keyOfBrand(other) ? `"${name}" and "${other}" are one name; write two` : undefined) ??
    refuseTaken(name, familyOf(keyOfBrand(name))?.evidence, '') ??
    (relation !== 'PARENT' && isBrand(other) ? `"${other}" has rows of its own; write it as the name, with PARENT` : undefined)
  );
}

function valuesByField(): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>(Object.entries(valuesBesideFields));
  for (const spec of custodyKinds.flatMap((kind) => factFields[kind]))
    if (spec.type === 'enum' || spec.type === 'enums') found.set(spec.name, spec.values);
  return found;
}

/** Whether a name is the main name of a family of ours. */
function isBrand(name: string): boolean {
  const family = familyOf(keyOfBrand(name));
  return family !== undefined && family.evidence === undefined;
}

function conceptOfHeader(header: string): string | undefined {
  const plain = toPlainHeader(header);
  return [...concepts()].find(([, { headers }]) => headers.includes(plain))?.[0];
}

function refuseUnknown(what: string, given: string, known: readonly string[]): string | undefined {
  if (known.includes(given)) return undefined;
  const nearest = findNearest(given, known);
  return `"${given}" is no ${what}; ${nearest === undefined ? `write ${listOf(known)}` : `did you mean ${nearest}?`}`;
}

function refuseEmpty(text: string, plain: string): string | undefined {
  return plain === '' ? `"${text}" has no letter or digit; write a text that has one` : undefined;
}

function refuseTaken(text: string, meaning: string | undefined, verb: string): string | undefined {
  return meaning === undefined ? undefined : `"${text}" ${verb} ${meaning} already; leave the row out`.replace('  ', ' ');
}

function listOf(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}
