import { randomUUID } from 'node:crypto';
import type { ExecutionResult, FormattedExecutionResult } from 'graphql';

/** The mark that stands for rows while an answer becomes JSON, and the rows in their order. */
let open: { readonly mark: string; readonly rows: RowsText[] } | undefined;

/** The rows of a list as JSON, in pieces. */
export class RowsText {
  readonly pieces: readonly Buffer[];

  constructor(pieces: readonly Buffer[]) {
    this.pieces = pieces;
  }

  toJSON(): unknown {
    if (open === undefined) return JSON.parse(Buffer.concat(this.pieces).toString());
    open.rows.push(this);
    return open.mark;
  }
}

/** The JSON of an answer, with a line feed. Bytes if it has rows: they are copied as they are. */
export function stringifyAnswer(answer: FormattedExecutionResult | ExecutionResult): string | Buffer {
  for (;;) {
    const { mark, rows } = { mark: randomUUID(), rows: [] as RowsText[] };
    open = { mark, rows };
    let text: string;
    try {
      text = `${JSON.stringify(answer)}\n`;
    } finally {
      open = undefined;
    }
    if (rows.length === 0) return text;
    const between = text.split(`"${mark}"`);
    // A text of the answer that holds the same mark: another mark is drawn.
    if (between.length === rows.length + 1)
      return Buffer.concat(between.flatMap((part, i) => [Buffer.from(part), ...(rows[i]?.pieces ?? [])]));
  }
}
