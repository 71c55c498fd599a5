import { useEffect, useState } from 'react';
import { formatInstantUtc } from '../../shared/format/instant.ts';
import { PulseDocument } from '../../shared/generated/operations.ts';
import { client, onUnansweredChange } from '../../shared/graphql/client.ts';
import { errorCode } from '../../shared/graphql/error-sentence.ts';
import { factsChanged } from '../../shared/graphql/facts-epoch.ts';
import { noteServerAway, onServerDoubt } from '../../shared/graphql/server-away.ts';
import { onTabReturn } from '../../shared/graphql/tab-returns.ts';
import classes from './address-notice.module.css';

/** Warns that the database or the server cannot be reached, and dates the data on the screen. */
export function CurrencyNotice() {
  const pulse = usePulse();
  if (pulse.phase === 'current') return null;
  const isServer = pulse.phase === 'server-away';
  return (
    <div className={classes.notice} role="status">
      <p>
        The {isServer ? 'server' : 'database'} cannot be reached.
        {pulse.since === null ? ' Check that it is running.' : ` Showing data from ${formatInstantUtc(pulse.since)}.`}
      </p>
      {isServer && (
        <button type="button" onClick={pulse.retry}>
          Retry
        </button>
      )}
    </div>
  );
}

/** Whether the data on the screen is current. */
type Pulse =
  | { readonly phase: 'current' }
  /** The server cannot reach the database and answers with data read at this instant. */
  | { readonly phase: 'database-away'; readonly since: string }
  | { readonly phase: 'server-away'; readonly since: string | null; readonly retry: () => void };

interface Beat {
  readonly revision: number;
  readonly currentAt: string;
}

const everyMs = 10_000;
/** Shorter than the pause between two beats, so that they keep their order. */
const patienceMs = 8000;

/**
 * Polls the revision, at once when the reader comes back to the tab, so that changes by other people appear without a reload. Also detects a
 * lost database: `currentAt` advances with each poll as long as the server can reach it.
 */
function usePulse(): Pulse {
  const [pulse, setPulse] = useState<Pulse>({ phase: 'current' });
  useEffect(() => {
    let last: Beat | null = null;
    let away: 'database' | 'server' | null = null;
    let isOver = false;
    const beat = async (): Promise<void> => {
      // A page that opens in the background asks its questions there, so that its baseline is read there too.
      if (document.hidden && last !== null) return;
      const controller = new AbortController();
      // A server that is silent is as good as away.
      const patience = setTimeout(() => controller.abort(), patienceMs);
      try {
        const { data } = await client.query({ query: PulseDocument, context: { fetchOptions: { signal: controller.signal } } });
        if (data === undefined || isOver) return;
        const next = { revision: data.revision, currentAt: data.about.currentAt };
        const isStanding = last !== null && next.currentAt === last.currentAt;
        const isBack = away === 'server' || (away === 'database' && !isStanding);
        // Questions that failed meanwhile are asked again. Without a beat before, the answers may be of an earlier revision.
        if (isBack || (last !== null && next.revision !== last.revision)) factsChanged();
        setPulse(isStanding ? { phase: 'database-away', since: next.currentAt } : { phase: 'current' });
        away = isStanding ? 'database' : null;
        last = next;
        noteServerAway(false);
      } catch (error) {
        if (isOver || errorCode(error) === 'UNAUTHENTICATED') return;
        away = 'server';
        noteServerAway(true);
        setPulse({ phase: 'server-away', since: last?.currentAt ?? null, retry: () => void beat() });
      } finally {
        clearTimeout(patience);
      }
    };
    void beat();
    const timer = setInterval(() => void beat(), everyMs);
    const endReturns = onTabReturn(() => void beat());
    onServerDoubt(() => void beat());
    // The next beat shows whether the change is saved.
    onUnansweredChange(() => {
      away = 'server';
      void beat();
    });
    return () => {
      isOver = true;
      endReturns();
      clearInterval(timer);
    };
  }, []);
  return pulse;
}
