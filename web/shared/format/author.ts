/** The server's names for everybody on a server without log-in, and for an author whom the reader's labs may not know. */
const LOCAL = 'local';
const WITHHELD = 'withheld';

/** The author of a record, in words. */
export function authorOf(by: string): string {
  return by === LOCAL ? 'this machine' : by;
}

/** The source of a record that no file states. Null: the reader may not know the author. */
export function enteredBy(by: string | null): string {
  return by === null || by === WITHHELD ? 'source withheld' : `entered by ${authorOf(by)}`;
}
