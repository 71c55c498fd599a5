import { FAILSAFE_SCHEMA, loadAll, YAMLException } from 'js-yaml';
import { printParseErrorCode, visit } from 'jsonc-parser';
import type { ListBudget } from '../mapping/list-budget.ts';
import { FileFault } from '../rows/rejection.ts';
import { checkLength } from '../workbook/read-xml.ts';
import type { DocumentContext } from './document-tables.ts';
import type { Value } from './object-tables.ts';

const deepest = 100;
/** The library reads all of it at once, in about 2 s. */
const mostYamlCharacters = 2_000_000;
/** An object or a list takes as much as a fact does. */
const noTexts: ReadonlyMap<string, string> = new Map();

type Part = Map<string, Value> | Value[];

/**
 * Parses JSON, also with comments; and JSON Lines, a value a line. Numbers keep the digits that they are written with.
 *
 * Throws FileFault NOT_TEXT where it is not well-formed, nests more than 100 values, or names a key of an object twice; and LIST_TOO_LARGE.
 */
export function parseJson(text: string, hasLines: boolean, { budget, checkTime }: DocumentContext): Value {
  if (!hasLines) return parseOne(text, budget, checkTime);
  const values: Value[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() !== '') values.push(parseOne(line, budget, index % 1000 === 0 ? checkTime : () => undefined, index));
  }
  return values;
}

/** @param before the lines above the text */
function parseOne(text: string, budget: ListBudget, checkTime: () => void, before = 0): Value {
  let whole: Value | undefined;
  const open: Part[] = [];
  const keys: string[] = [];
  /** Texts of keys that stand in many objects. */
  const known = new Map<string, string>();
  let events = 0;
  const put = (value: Value) => {
    if (++events % 10_000 === 0) checkTime();
    const part = open.at(-1);
    if (part === undefined) whole = value;
    else if (Array.isArray(part)) part.push(value);
    else part.set(keys.at(-1) as string, value);
  };
  const begin = (part: Part, line: number) => {
    if (open.length >= deepest) throw notWell('JSON', before + line + 1, 'more than 100 values stand inside each other');
    budget.takeFact(noTexts);
    put(part);
    open.push(part);
    keys.push('');
  };
  const end = () => {
    open.pop();
    keys.pop();
  };
  visit(
    text.replace(/^\ufeff/, ''),
    {
      onObjectBegin: (_, __, line) => begin(new Map(), line),
      onObjectEnd: end,
      onArrayBegin: (_, __, line) => begin([], line),
      onArrayEnd: end,
      onObjectProperty: (property, _, __, line) => {
        if ((open.at(-1) as Map<string, Value>).has(property)) throw doubledKey(property, before + line + 1);
        if (!known.has(property)) known.set(property, property);
        keys[keys.length - 1] = known.get(property) as string;
      },
      onLiteralValue: (value: unknown, offset, length, line) => {
        const shown = value === null ? '' : typeof value === 'string' ? value : text.slice(offset, offset + length);
        checkLength(shown, before + line + 1);
        budget.takeCell(shown, true);
        put(shown);
      },
      onError: (code, _, __, line) => {
        throw notWell('JSON', before + line + 1, printParseErrorCode(code));
      },
    },
    { disallowComments: false, allowTrailingComma: true },
  );
  if (whole === undefined) throw new FileFault('EMPTY_FILE', 1, 'The file holds no values.');
  return whole;
}

/**
 * Parses YAML, every document of the file. Texts stay as they are written: `no` is no boolean, and 0123 keeps its zero. Aliases and `<<` stand
 * for what they name.
 *
 * Throws FileFault NOT_TEXT where it is not well-formed, nests more than 100 values, or names a key of an object twice; and LIST_TOO_LARGE,
 * also beyond 2,000,000 characters.
 */
export function parseYaml(text: string, { budget, checkTime }: DocumentContext): Value {
  if (text.length > mostYamlCharacters)
    throw new FileFault(
      'LIST_TOO_LARGE',
      1,
      'The file is longer than 2,000,000 characters, the most that is read of YAML. Save it as JSON or CSV, and import that.',
    );
  let documents: unknown[];
  try {
    documents = loadAll(text, { schema: FAILSAFE_SCHEMA, maxDepth: deepest });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw notWell('YAML', (error.mark?.line ?? 0) + 1, error.reason);
  }
  const filled = documents.map((document) => new YamlValues(budget, checkTime).read(document, 0)).filter((value) => value !== '');
  if (filled.length === 0) throw new FileFault('EMPTY_FILE', 1, 'The file holds no values.');
  return filled.length === 1 ? (filled[0] as Value) : filled;
}

/** Counts the values of a document, each alias as what it stands for, before they are kept. */
class YamlValues {
  readonly #budget: ListBudget;
  readonly #checkTime: () => void;
  #count = 0;

  constructor(budget: ListBudget, checkTime: () => void) {
    this.#budget = budget;
    this.#checkTime = checkTime;
  }

  read(value: unknown, depth: number): Value {
    if (this.#count++ % 10_000 === 0) this.#checkTime();
    if (depth > deepest) throw notWell('YAML', 1, 'more than 100 values stand inside each other');
    if (typeof value === 'string') {
      checkLength(value, null);
      this.#budget.takeCell(value, true);
      return /^(?:null|~)$/i.test(value) ? '' : value;
    }
    if (typeof value !== 'object' || value === null) return '';
    this.#budget.takeFact(noTexts);
    if (Array.isArray(value)) return value.map((item) => this.read(item, depth + 1));
    const map = new Map<string, Value>();
    const merged: Value[] = [];
    for (const [key, item] of Object.entries(value)) {
      const inner = this.read(item, depth + 1);
      if (key !== '<<') map.set(key, inner);
      else merged.push(...(Array.isArray(inner) ? (inner as readonly Value[]) : [inner]));
    }
    for (const other of merged) if (other instanceof Map) for (const [key, item] of other) if (!map.has(key)) map.set(key, item as Value);
    return map;
  }
}

function notWell(what: string, line: number, reason: string): FileFault {
  return new FileFault(
    'NOT_TEXT',
    line,
    `The file is no ${what} that can be read (${reason.slice(0, 200)}). Correct line ${line}, or export the list as CSV.`,
  );
}

function doubledKey(key: string, line: number): FileFault {
  return new FileFault(
    'NOT_TEXT',
    line,
    `The key ${JSON.stringify(key.slice(0, 60))} stands twice in one object, on line ${line} for the second time. Rename or remove one of them.`,
  );
}
