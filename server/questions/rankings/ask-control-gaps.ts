import type { PagedList } from '../../domain/paged-list.ts';
import { AccessLevels } from '../../exposure/controls/access-levels.ts';
import type { ControlGap } from '../../exposure/controls/control-gap.ts';
import { findControlGap } from '../../exposure/controls/control-gap.ts';
import { getIndex } from '../../exposure/radius/resolve-radius-input.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { resolveMergedIds } from '../resolved-ids.ts';
import { listFacts } from './list-facts.ts';
import { rememberList } from './remember-list.ts';
import { stableInstant } from './stable-instant.ts';

/** The access level of each organization at an instant. */
export function askAccessLevels(asker: Asker, projection: Projection, instant: number): Promise<AccessLevels> {
  return asker.keep(projection, ['accessLevels', instant], async () => new AccessLevels(projection, instant));
}

/** The control gap of one organization under the policy in force. Throws LIMIT_EXCEEDED if the server holds only a part of the facts. */
export async function askControlGap(asker: Asker, projection: Projection, organization: number, instant: number): Promise<ControlGap> {
  asker.needAllFacts();
  const levels = await askAccessLevels(asker, projection, instant);
  const question = { policy: asker.questions.policy, instant, withoutIssuers: new Set<number>() };
  return findControlGap(projection, levels, question, organization);
}

/**
 * The organizations that lack a control: the largest number of missing controls first, then by id.
 *
 * @param withoutIssuers ids of organizations whose evidence does not count
 * Throws NOT_FOUND (an issuer), QUERY_TIMEOUT.
 */
export function askControlGaps(
  asker: Asker,
  projection: Projection,
  asked: number,
  withoutIssuers: readonly string[] | null | undefined,
): Promise<PagedList<ControlGap>> {
  rememberList(asker, 'controlGaps', asked, gapsWithout(withoutIssuers), withoutIssuers);
  return listGaps(asker, projection, asked, withoutIssuers);
}

function gapsWithout(issuers: readonly string[] | null | undefined) {
  return (asker: Asker, projection: Projection, instant: number) => listGaps(asker, projection, instant, issuers);
}

async function listGaps(
  asker: Asker,
  projection: Projection,
  asked: number,
  issuers: readonly string[] | null | undefined,
): Promise<PagedList<ControlGap>> {
  const { withoutIssuers } = await resolveMergedIds(asker, projection, { withoutIssuers: issuers }, ['withoutIssuers']);
  const instant = await stableInstant(asker.questions.scheduler, projection, asked, asker.limit);
  const discounted = new Set(withoutIssuers?.map((id) => getIndex(projection, 'organizations', 'organization', id)));
  const question = { policy: asker.questions.policy, instant, withoutIssuers: discounted };
  const levels = await askAccessLevels(asker, projection, instant);
  const found = await asker.keep(projection, ['controlGaps', instant, [...discounted].sort((a, b) => a - b)], (limit, progress) =>
    listFacts(asker, projection, 'controlGaps', question, limit, progress),
  );
  return {
    length: found.length,
    slice: (from, until) =>
      Array.from(found.subarray(from, until), (organization) => findControlGap(projection, levels, question, organization)),
  };
}
