import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import { kindOfName } from '../parse-header.ts';
import type { Rejection, RejectionCode } from '../rejection.ts';

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
export function isOfWholeFile({ code }: Pick<Rejection, 'code'>): boolean {
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
