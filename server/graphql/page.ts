import { createHash } from 'node:crypto';
import { ExposureError } from '../domain/errors.ts';

/*
 * Relay connections. A cursor belongs to a list, a question and a revision (schema, conventions): it says which, and where
 * in the list it stands. So a page never mixes rows of two revisions: whoever asks further is told to start again.
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

/** What a cursor belongs to. */
export interface ListIdentity {
  /** `Type.field`. */
  readonly list: string;
  /** Whatever else decides what is in the list, and in which order. */
  readonly question: unknown;
  /** Of the facts, or whatever changes when the list does. */
  readonly revision: number | string;
}

export const maxPageSize = 500;
const defaultPageSize = 50;

/**
 * One page of a list that is at hand.
 *
 * @param length of the whole list
 * @param nodeAt called for the page's rows only
 * Throws BAD_USER_INPUT (a page size out of range, a cursor of another list), CONFLICT (of another question or revision).
 */
function pageOf<N>(identity: ListIdentity, page: PageArguments, length: number, nodeAt: (index: number) => N): Connection<N> {
  const { offset, limit } = readPage(identity, page);
  const nodes: N[] = [];
  for (let i = offset; i < Math.min(length, offset + limit); i++) nodes.push(nodeAt(i));
  return toConnection(identity, offset, nodes, length);
}

/** The same over an array. */
export function pageOfArray<T, N>(identity: ListIdentity, page: PageArguments, items: ArrayLike<T>, toNode: (item: T) => N): Connection<N> {
  return pageOf(identity, page, items.length, (index) => toNode(items[index] as T));
}

/** Where the page begins and how long it may be, for lists that are read page by page. */
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
  const edges = nodes.map((node, i) => ({ cursor: writeCursor(prefix, offset + i), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: offset + nodes.length < totalCount,
      hasPreviousPage: offset > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges[edges.length - 1]?.cursor ?? null,
    },
    totalCount,
  };
}

/**
 * The revision of a list that asks about an instant, which may be that of asking: cursors say which it was, so that a
 * later page is of the same instant though time has gone on.
 */
export function revisionAt(revision: number, instant: number): string {
  return `${revision}@${instant}`;
}

/** The instant that a cursor of such a list says; undefined where there is none, or it is a cursor of something else. */
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
    throw new ExposureError('BAD_USER_INPUT', `after is not a cursor of ${identity.list}; pass the endCursor that this list answered.`);
  }
  if (text !== prefix + index) {
    throw new ExposureError(
      'CONFLICT',
      'The facts or the question changed since the page before this one: facts changed, start again without after.',
    );
  }
  return Number(index);
}
