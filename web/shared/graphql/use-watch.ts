import { useEffect, useRef } from 'react';
import { client } from './client.ts';
import { factsChanged } from './facts-epoch.ts';
import type { Operation } from './operation.ts';
import { onTabReturn } from './tab-returns.ts';

const everyMs = 10_000;

/**
 * Watches what changes without a new revision, such as an incident: polls, at once when the reader comes back to the tab, and refetches every
 * query on the screen if the server's state is not the shown one. It compares with what is shown, so that no change falls between the answer
 * and the first poll. The pulse reports a lost server.
 *
 * @param variables null: watches nothing
 * @param stateOf a text that differs for each state
 * @param shown the state that the page shows; null: none yet
 */
export function useWatch<TData, TVariables>(
  document: Operation<TData, TVariables>,
  variables: TVariables | null,
  stateOf: (data: TData) => string,
  shown: string | null,
): void {
  const latest = useRef({ stateOf, shown });
  latest.current = { stateOf, shown };
  const key = variables === null ? null : JSON.stringify(variables);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the variables.
  useEffect(() => {
    if (variables === null) return;
    const controller = new AbortController();
    const look = async (): Promise<void> => {
      const before = latest.current.shown;
      if (before === null) return;
      const context = { fetchOptions: { signal: controller.signal } };
      const answer = await client.query({ query: document, variables, context } as Parameters<typeof client.query>[0]).catch(() => null);
      if (answer?.data === undefined || controller.signal.aborted) return;
      // A renewal of the page that came meanwhile may show another state.
      if (latest.current.shown === before && latest.current.stateOf(answer.data as TData) !== before) factsChanged();
    };
    const lookIfSeen = () => {
      if (!window.document.hidden) void look();
    };
    const timer = setInterval(lookIfSeen, everyMs);
    const endReturns = onTabReturn(lookIfSeen);
    return () => {
      controller.abort();
      endReturns();
      clearInterval(timer);
    };
  }, [document, key]);
}
