import { useEffect, useState } from 'react';
import { PulseDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { factsChanged } from '../../shared/graphql/facts-epoch.ts';
import { onTabReturn } from '../../shared/graphql/tab-returns.ts';

/** Whether the data on the screen is current. */
export type Pulse =
  | { readonly phase: 'current' }
  /** The server cannot reach the database and answers with data read at this instant. */
  | { readonly phase: 'database-away'; readonly since: string }
  | { readonly phase: 'server-away'; readonly since: string | null };

interface Beat {
  readonly revision: number;
  readonly currentAt: string;
}

const everyMs = 10_000;

/**
 * Polls the revision, at once when the reader comes back to the tab, so that changes by other people appear without a reload. Also detects a
 * lost database: `currentAt` advances with each poll as long as the server can reach it.
 */
export function usePulse(): Pulse {
  const [pulse, setPulse] = useState<Pulse>({ phase: 'current' });
  useEffect(() => {
    let last: Beat | null = null;
    let wasMissed = false;
    const controller = new AbortController();
    const beat = async (): Promise<void> => {
      // A page that opens in the background asks its questions there, so that its baseline is read there too.
      if (document.hidden && last !== null) return;
      try {
        const { data } = await client.query({ query: PulseDocument, context: { fetchOptions: { signal: controller.signal } } });
        if (data === undefined || controller.signal.aborted) return;
        const next = { revision: data.revision, currentAt: data.about.currentAt };
        if (last === null ? wasMissed : next.revision !== last.revision) factsChanged();
        const isStanding = last !== null && next.currentAt === last.currentAt;
        setPulse(isStanding ? { phase: 'database-away', since: next.currentAt } : { phase: 'current' });
        last = next;
      } catch {
        if (controller.signal.aborted) return;
        // Answers that came before the first beat may be of an earlier revision.
        wasMissed = true;
        setPulse({ phase: 'server-away', since: last?.currentAt ?? null });
      }
    };
    void beat();
    const timer = setInterval(() => void beat(), everyMs);
    const endReturns = onTabReturn(() => void beat());
    return () => {
      controller.abort();
      endReturns();
      clearInterval(timer);
    };
  }, []);
  return pulse;
}
