import { useEffect, useState } from 'react';
import { OriginExistsDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { errorCode } from '../../../shared/graphql/error-sentence.ts';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import type { ChangeBlast } from '../use-blast-view.ts';

/** More than so many origins are not asked for one by one: the server's sentence names the first that is missing. */
const MOST_ORIGINS = 50;

/**
 * An old link may name organizations that are gone. Where the question fails for that, those are dropped from the address and counted, so
 * that the rest is shown; where none is left, the error stays.
 *
 * @returns how many were dropped to come to the origins that the address names now
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
    // Where even this fails, the failed question's own sentence is what is shown.
    look().catch(() => {});
    return () => {
      isCurrent = false;
    };
  }, [isAboutOrigins, state, change]);
  return dropped.left === JSON.stringify(state.origins) ? dropped.count : 0;
}
