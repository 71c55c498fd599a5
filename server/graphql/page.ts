import { createHash } from 'node:crypto';
import type { GraphQLFieldResolver, GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import { defaultFieldResolver } from 'graphql';
import { ExposureError } from '../domain/errors.ts';
import type { PagedList } from '../domain/paged-list.ts';
import type { Projection } from '../projection/projection.ts';
import type { BatchSource } from '../questions/batch/find-batch.ts';
import { StillWorking } from '../questions/run/work-progress.ts';
import type { Context } from './context.ts';

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
 * It is no object with closures: V8 kept these, with all rows of the page, until the next full garbage collection (docs/decisions/exports.md).
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
    throw new ExposureError(
      'CONFLICT',
      'The facts or the question changed since the previous page; start again without after. A radius without windows is asked of now: to page through it, pass the core and widest of its first answer.',
    );
  }
  return Number(index);
}

/** The items of a list that wait for one turn together. A turn of its own for each would cost more than most items do. */
const itemsPerTurn = 16;

/**
 * The items of a list, each where the request has its turn, otherwise a promise of it. graphql-js completes an item as soon as it has
 * it, so that a long list gives way to other requests between two items, and its fields need no turn of their own.
 *
 * Never throws: graphql-js would drop the promises of the items before. Items after a time limit are rejected promises.
 */
function* listInTurns<T>(items: readonly T[], context: Pick<Context, 'turn'>): Generator<T | Promise<T>> {
  let turn: Promise<unknown> | undefined;
  let itemsLeft = 0;
  for (const item of items) {
    if (itemsLeft === 0) {
      turn = waitForTurn(context);
      itemsLeft = turn === undefined ? 0 : itemsPerTurn;
    }
    if (turn === undefined) yield item;
    else {
      itemsLeft--;
      yield turn.then(() => item);
    }
  }
}

/** Undefined: it is the request's turn. */
function waitForTurn(context: Pick<Context, 'turn'>): Promise<unknown> | undefined {
  try {
    return context.turn(noWork) as Promise<unknown> | undefined;
  } catch (error) {
    return Promise.reject(error);
  }
}

function noWork(): undefined {}

/** Lets a list of objects give way to other requests. Everything else is returned as it is. */
export function giveWay(value: unknown, context: Pick<Context, 'turn'>): unknown {
  if (!Array.isArray(value) || value.length < 2 || typeof value[0] !== 'object' || value[0] === null) return value;
  return listInTurns(value, context);
}

/** Reads a property of the parent, for fields without a resolver. */
export const readProperty: GraphQLFieldResolver<unknown, Context> = (parent, args, context, info) =>
  giveWay(defaultFieldResolver(parent, args, context, info), context);

/** The longest wait of a client that asks for the progress of an answer. */
const patienceMs = 1000;

interface LongList {
  /** `Type.field`. */
  readonly list: string;
  /** All arguments that decide the answer. */
  readonly question: unknown;
  /** An instant that the question names. */
  readonly instant?: number | null | undefined;
  readonly after: string | null | undefined;
}

/** A connection that may still be worked on. */
type LongConnection<N> = Connection<N> & {
  readonly progress: { readonly done: number; readonly total: number | null } | null;
  readonly batch: BatchSource | null;
};

/**
 * A page of a list that may take long. If the client asks for `progress`, a page that is not ready in time is empty and carries the
 * progress. Otherwise the request waits for the answer, as for any other list, and a time-out says how to ask for progress.
 *
 * @param answer gets the instant of the question: the instant argument, else that of the cursor, else that of the running work, else now
 */
export async function pageOrProgress<N>(
  context: Context,
  info: GraphQLResolveInfo,
  projection: Projection,
  { list, question, instant, after }: LongList,
  answer: (instant: number, patienceMs: number | undefined) => Promise<Connection<N> & { readonly batch: BatchSource | null }>,
): Promise<LongConnection<N>> {
  const isPatient = !selects(info, 'progress');
  const { pendingInstants } = context.questions;
  const key = JSON.stringify([list, question, projection.revision, context.knownAt]);
  const at = instant ?? findInstantOfCursor(list, after) ?? (isPatient ? undefined : pendingInstants.find(key)) ?? context.now;
  try {
    const wait = isPatient ? undefined : Math.min(patienceMs, context.questions.queryTimeoutMs / 2);
    const { edges, pageInfo, totalCount, batch } = await answer(at, wait);
    return { edges, pageInfo, totalCount, batch, progress: null };
  } catch (error) {
    if (error instanceof ExposureError && error.code === 'QUERY_TIMEOUT' && isPatient) {
      throw new ExposureError(
        'QUERY_TIMEOUT',
        `${error.message} Or select progress { done total } of this list, and ask again until it is null: the work goes on between two requests.`,
      );
    }
    if (!(error instanceof StillWorking)) throw error;
    pendingInstants.remember(key, at);
    const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
    return { edges: [], pageInfo, totalCount: 0, batch: null, progress: { done: error.progress.done, total: error.progress.total } };
  }
}

/** Whether a question asks for a field of its answer. */
export function selects(info: GraphQLResolveInfo, field: string): boolean {
  return info.fieldNodes.some(({ selectionSet }) => selectionSet !== undefined && isSelected(field, selectionSet, info));
}

function isSelected(field: string, { selections }: SelectionSetNode, info: GraphQLResolveInfo): boolean {
  return selections.some((selection) => {
    if (selection.kind === 'Field') return selection.name.value === field;
    const inner = selection.kind === 'InlineFragment' ? selection : info.fragments[selection.name.value];
    return inner !== undefined && isSelected(field, inner.selectionSet, info);
  });
}
