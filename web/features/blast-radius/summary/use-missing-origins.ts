import { useEffect, useState } from 'react';
import { OriginExistsDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { errorCode } from '../../../shared/graphql/error-sentence.ts';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import type { ChangeBlast } from '../use-blast-view.ts';

/** Above this number, origins are not checked one by one; the server's error names the first missing one. */
const MOST_ORIGINS = 50;

/**
 * Drops deleted organizations of an old link from the URL, so that the rest can be shown. The error stays where no origin is left.
 *
 * @returns how many origins were dropped from the current URL
 */
export function useMissingOrigins(state: BlastState, error: unknown, change: ChangeBlast): number {
  const [dropped, setDropped] = useState({ count: 0, left: '' });
  const isAboutOrigins = errorCode(error) === 'NOT_FOUND' && state.origins.length > 1 && state.origins.length <= MOST_ORIGINS;
  useEffect(() => {
    if (!isAboutOrigins) return;
    let isCurrent = true;
    const look = async () => {
      const exists = async (id: string) =>
        (await client.query({ query: OriginExistsDocument, variables: { id } })).data?.organization != null;
      const known = await Promise.all(state.origins.map(exists));
      const origins = state.origins.filter((_, index) => known[index]);
      if (!isCurrent || origins.length === 0 || origins.length === state.origins.length) return;
      setDropped({ count: state.origins.length - origins.length, left: JSON.stringify(origins) });
      change({ origins }, 'replace');
    };
    // If this check fails too, the page shows the error of the first request.
    look().catch(() => {});
    return () => {
      isCurrent = false;
    };
  }, [isAboutOrigins, state, change]);
  return dropped.left === JSON.stringify(state.origins) ? dropped.count : 0;
}
