import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import { ExposureError } from '../domain/errors.ts';
import type { Projection } from '../projection/projection.ts';
import type { BatchSource } from '../questions/batch/find-batch.ts';
import { StillWorking } from '../questions/run/work-progress.ts';
import type { Context } from './context.ts';
import { type Connection, findInstantOfCursor } from './page.ts';

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
export type LongConnection<N> = Connection<N> & {
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
