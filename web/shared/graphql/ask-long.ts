import { client } from './client.ts';
import type { Operation } from './operation.ts';

/** How far a long answer is. */
export interface LongProgress {
  readonly done: number;
  readonly total?: number | null;
}

/** Finds the progress in an answer; null or undefined: the answer is complete. */
export type ProgressOf<TData> = (data: TData) => LongProgress | null | undefined;

interface Asking<TData> {
  readonly progressOf?: ProgressOf<TData> | undefined;
  readonly onProgress?: (progress: LongProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Asks a question, and asks again while the server still works on its answer. Each request returns within about a second. Aborting stops
 * the questions; the server then ends the work.
 */
export async function askLong<TData, TVariables>(
  document: Operation<TData, TVariables>,
  variables: TVariables,
  { progressOf, onProgress, signal }: Asking<TData>,
): Promise<TData> {
  for (;;) {
    const context = signal === undefined ? {} : { fetchOptions: { signal } };
    const { data } = await client.query({ query: document, variables, context } as Parameters<typeof client.query>[0]);
    const progress = progressOf?.(data as TData) ?? null;
    if (progress === null) return data as TData;
    signal?.throwIfAborted();
    onProgress?.(progress);
  }
}
