import { createHash } from 'node:crypto';
import { ExposureError } from '../domain/errors.ts';
import type { PagedList } from '../domain/paged-list.ts';

/*
 * Relay connections. A cursor holds its list, question and revision, and its position in the list. A later page must have the
 * same question and revision, so pages never mix rows of two revisions: CONFLICT tells the client to start again.
 */

export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

export interface Connection<N> {
  edges: { cursor: string; node: N }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: number;
}

/** The list that a cursor points into. */
export interface ListIdentity {
  /** `Type.field`. */
  readonly list: string;
  /** All arguments that change the content or order of the list. */
  readonly question: unknown;
  /** The revision of the facts, or any value that changes with the list. */
  readonly revision: number | string;
}

export const maxPageSize = 500;
const defaultPageSize = 50;

/**
 * One page of a list in memory.
 *
 * @param toNode called for the page's rows only
 * Throws BAD_USER_INPUT (page size out of range, cursor of another list), CONFLICT (cursor of another question or revision).
 */
export function pageOfArray<T, N>(identity: ListIdentity, page: PageArguments, items: PagedList<T>, toNode: (item: T) => N): Connection<N> {
  const { offset, limit } = readPage(identity, page);
  return new Page(identity, offset, limit, items, toNode);
}

/** The offset and limit of a page, for lists that the store reads page by page. */
export function readPage(identity: ListIdentity, { first, after }: PageArguments): { offset: number; limit: number } {
  const limit = first ?? defaultPageSize;
  if (limit < 0 || limit > maxPageSize) {
    throw new ExposureError(
      'BAD_USER_INPUT',
      `first is ${limit}; expected a whole number from 0 to ${maxPageSize}. Ask for further pages with after.`,
    );
  }
  return { offset: after === null || after === undefined ? 0 : readCursor(identity, after) + 1, limit };
}

export function toConnection<N>(identity: ListIdentity, offset: number, nodes: readonly N[], totalCount: number): Connection<N> {
  const prefix = cursorPrefix(identity);
  const edges = nodes.map((node, i) => new Edge(prefix, offset + i, node));
  return { edges, pageInfo: pageInfoOf(edges, offset, totalCount), totalCount };
}

/**
 * Makes its rows and cursors where they are read, because many answers show only the number of rows of hundreds of lists. Read its
 * fields by name, as a spread copies only the count.
 *
 * It is no object with closures: V8 kept these, with all rows of the page, until the next full garbage collection (docs/decisions/rows-as-objects.md).
 */
class Page<T, N> implements Connection<N> {
  readonly totalCount: number;
  readonly #identity: ListIdentity;
  readonly #offset: number;
  readonly #limit: number;
  readonly #items: PagedList<T>;
  readonly #toNode: (item: T) => N;
  #edges: Edge<N>[] | undefined;

  constructor(identity: ListIdentity, offset: number, limit: number, items: PagedList<T>, toNode: (item: T) => N) {
    this.#identity = identity;
    this.#offset = offset;
    this.#limit = limit;
    this.#items = items;
    this.#toNode = toNode;
    this.totalCount = items.length;
  }

  get edges(): Edge<N>[] {
    if (this.#edges === undefined) {
      const prefix = cursorPrefix(this.#identity);
      const items = this.#items.slice(this.#offset, this.#offset + this.#limit);
      this.#edges = Array.from(items, (item, i) => new Edge(prefix, this.#offset + i, this.#toNode(item)));
    }
    return this.#edges;
  }

  get pageInfo(): Connection<N>['pageInfo'] {
    return pageInfoOf(this.edges, this.#offset, this.totalCount);
  }
}

function pageInfoOf<N>(edges: readonly Edge<N>[], offset: number, totalCount: number): Connection<N>['pageInfo'] {
  return {
    hasNextPage: offset + edges.length < totalCount,
    hasPreviousPage: offset > 0,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges[edges.length - 1]?.cursor ?? null,
  };
}

/** Writes a cursor only on request: most pages need the first and the last one. */
class Edge<N> {
  readonly node: N;
  readonly #prefix: string;
  readonly #index: number;

  constructor(prefix: string, index: number, node: N) {
    this.#prefix = prefix;
    this.#index = index;
    this.node = node;
  }

  get cursor(): string {
    return writeCursor(this.#prefix, this.#index);
  }
}

/**
 * The revision of a list as of an instant. The default instant is the time of the request; the cursor holds it, so that later
 * pages use the same instant.
 */
export function revisionAt(revision: number, instant: number): string {
  return `${revision}@${instant}`;
}

/** The instant in a cursor of this list. Undefined without a cursor, or for a cursor of another list. */
export function findInstantOfCursor(list: string, after: string | null | undefined): number | undefined {
  const text = Buffer.from(after ?? '', 'base64url').toString();
  const instant = text.startsWith(`${list} `) ? /@(-?\d{1,15}) \d+$/.exec(text)?.[1] : undefined;
  return instant === undefined ? undefined : Number(instant);
}

function cursorPrefix({ list, question, revision }: ListIdentity): string {
  const digest = createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, 16);
  return `${list} ${digest} ${revision} `;
}

function writeCursor(prefix: string, index: number): string {
  return Buffer.from(prefix + index).toString('base64url');
}

function readCursor(identity: ListIdentity, cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString();
  const prefix = cursorPrefix(identity);
  const index = text.slice(text.lastIndexOf(' ') + 1);
  if (!text.startsWith(`${identity.list} `) || !/^\d{1,10}$/.test(index)) {
    throw new ExposureError('BAD_USER_INPUT', `after is not a cursor of ${identity.list}; pass an endCursor of this list.`);
  }
  if (text !== prefix + index) {
    throw new ExposureError('CONFLICT', 'The facts or the question changed since the previous page; start again without after.');
  }
  return Number(index);
}
