/** An array, or a list that makes its items where they are read. */
export interface PagedList<T> {
  readonly length: number;
  /** The items at positions from .. until - 1. */
  slice(from: number, until: number): ArrayLike<T>;
}
