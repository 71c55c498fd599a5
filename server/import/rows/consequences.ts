import { factFields } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { SkipLoss, TableKind } from '../import-view.ts';
import type { ReadFile } from '../read-options.ts';
import { kindOfHeader, kindOfName } from './parse-header.ts';
import type { Rejection, RejectionCode } from './rejection.ts';
import { linesOf } from './rejection.ts';
import { nounsOf } from './table-fields.ts';

/** Faults of a whole file: none of its rows is imported. */
const fileFaults: ReadonlySet<RejectionCode> = new Set([
  'EMPTY_FILE',
  'NOT_TEXT',
  'WRONG_ENCODING',
  'DOUBLED_COLUMN',
  'UNKNOWN_COLUMN',
  'MISSING_COLUMN',
  'UNCLOSED_QUOTE',
  'LIST_TOO_LARGE',
]);

/** Whether a rejection covers a whole file: none of its rows is imported. */
function isOfWholeFile({ code }: Pick<Rejection, 'code'>): boolean {
  return fileFaults.has(code);
}

/** The kind of fact that a column names, such as ORGANIZATION for `sender`. */
const namedBy: ReadonlyMap<string, FactKind> = new Map(
  factKinds.flatMap((kind) => factFields[kind].flatMap((spec) => (spec.type === 'reference' ? [[spec.column, spec.to] as const] : []))),
);

/**
 * Tells root causes from consequences: a row that is rejected only because it names a rejected fact, or a fact of a file that was
 * rejected as a whole. Correcting the root causes corrects the consequences.
 */
export function findConsequences(rejections: readonly Rejection[]): (rejection: Rejection) => boolean {
  const missing = new Set(rejections.filter(isOfWholeFile).map(({ file }) => kindOfName(file)));
  return ({ code, column }) => {
    if (code === 'REFERS_TO_REJECTED') return true;
    return code === 'UNKNOWN_REFERENCE' && missing.size > 0 && column !== null && missing.has(namedBy.get(column));
  };
}

/** "5,000 rows of transfers.csv (first: line 2)": the consequences, a text for each file. */
export function describeConsequences(consequences: readonly Rejection[]): string[] {
  const byFile = new Map<string, { readonly first: number; readonly lines: Set<number> }>();
  for (const { file, line, lines = [line] } of consequences) {
    const of = byFile.get(file) ?? { first: line, lines: new Set<number>() };
    for (const each of lines) of.lines.add(each);
    byFile.set(file, of);
  }
  return [...byFile].map(([file, { first, lines }]) => {
    const count = lines.size;
    return count === 1 ? `1 row of ${file} (line ${first})` : `${count.toLocaleString('en-US')} rows of ${file} (first: line ${first})`;
  });
}

type Counted = Pick<ReadFile, 'name' | 'header' | 'isFaulty' | 'mapping'>;

/**
 * The loss of a commit that skips the rejected rows; null where no row is rejected. A row with a fault of its own is no consequence,
 * even if it also names a rejected row. O(rejections).
 */
export function findSkipLoss(rejections: readonly Rejection[], files: readonly Counted[]): SkipLoss | null {
  if (rejections.length === 0) return null;
  const isConsequence = findConsequences(rejections);
  const whole = new Set(rejections.filter(isOfWholeFile).map(({ file }) => file));
  for (const { name, isFaulty } of files) if (isFaulty) whole.add(name);
  const nounIn = (name: string) =>
    whole.has(name)
      ? wholeFile(name)
      : nounOf(
          name,
          files.find((file) => file.name === name),
        );
  const own = new Map<string, Set<number>>();
  for (const rejection of rejections) if (!isConsequence(rejection)) addLines(own, rejection);
  const under = new Map<string, Set<number>>();
  for (const rejection of rejections) if (isConsequence(rejection)) addLines(under, rejection, own.get(rejection.file));

  const lost = count(own, nounIn);
  const buried = count(under, nounIn);
  const size = (lines: Map<string, Set<number>>) => [...lines.values()].reduce((sum, set) => sum + set.size, 0);
  const [ownCount, consequenceCount] = [size(own), size(under)];
  const those = ownCount === 1 ? 'it' : 'them';
  const consequences = buried.map(({ number, one, many }) =>
    number === 1 ? `the ${one}` : `the ${number.toLocaleString('en-US')} ${many}`,
  );
  const below = consequences.length === 0 ? '' : ` and ${joinWords(consequences)} under ${those}`;
  return { sentence: `Skipping loses ${joinWords(lost.map(inWords))}${below}.`, rowCount: ownCount + consequenceCount, consequenceCount };
}

function addLines(byFile: Map<string, Set<number>>, rejection: Rejection, except?: ReadonlySet<number>): void {
  for (const line of linesOf(rejection)) {
    if (except?.has(line) !== true) getOrInsert(byFile, rejection.file, () => new Set<number>()).add(line);
  }
}

interface Noun {
  readonly one: string;
  readonly many: string;
  /** Whether it is a file without known rows: it is never counted. */
  readonly isWhole?: boolean;
}

/** Rows of canonical files by their kind of fact, all others by their file. A file that is rejected as a whole stands alone. */
function count(lines: ReadonlyMap<string, ReadonlySet<number>>, nounIn: (name: string) => Noun): (Noun & { readonly number: number })[] {
  const counts = new Map<string, Noun & { readonly number: number }>();
  for (const [name, { size }] of lines) {
    const noun = nounIn(name);
    const before = counts.get(noun.many)?.number ?? 0;
    counts.set(noun.many, { ...noun, number: before + size });
  }
  return [...counts.values()];
}

function wholeFile(name: string): Noun {
  return { one: `the whole file ${name}`, many: `the whole file ${name}`, isWhole: true };
}

function nounOf(name: string, file: Counted | undefined): Noun {
  const kind = kindOfFile(name, file);
  return kind === undefined ? { one: `row of ${name}`, many: `rows of ${name}` } : nounsOf(kind);
}

/** Undefined for a list, whose rows may state several facts. */
function kindOfFile(name: string, file: Counted | undefined): TableKind | undefined {
  if (file === undefined || file.mapping !== null) return undefined;
  return kindOfName(name) ?? kindOfHeader(file.header);
}

function inWords({ number, one, many, isWhole }: Noun & { readonly number: number }): string {
  if (isWhole === true) return one;
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

function joinWords(words: readonly string[]): string {
  if (words.length <= 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
