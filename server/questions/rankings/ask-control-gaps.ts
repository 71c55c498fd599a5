import type { GapsFilter } from '../../batch/batch-questions.ts';
import type { ArtifactType } from '../../domain/facts.ts';
import { artifactTypes } from '../../domain/facts.ts';
import type { PagedList } from '../../domain/paged-list.ts';
import { AccessLevels } from '../../exposure/controls/access-levels.ts';
import type { ControlGap, ControlGapFilter, ControlQuestion } from '../../exposure/controls/control-gap.ts';
import { filterControlGaps, findControlGap } from '../../exposure/controls/control-gap.ts';
import { getIndex } from '../../exposure/radius/resolve-radius-input.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { batchControlGaps } from '../batch/batch-answers.ts';
import { findBatch, fromBatch } from '../batch/find-batch.ts';
import { checkCount } from '../check-count.ts';
import { resolveMergedIds } from '../resolved-ids.ts';
import { listFacts, rememberList, stableInstant } from './list-facts.ts';

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

type Maybe<T> = T | null | undefined;

export const controlGapOrders = ['MISSING', 'SENSITIVITY'] as const;

/** Which control gaps to list. A filter that is left out leaves none out. */
export interface ControlGapsQuestion {
  /** Ids of organizations whose evidence does not count. */
  readonly withoutIssuers?: Maybe<readonly string[]>;
  /** 1 to 5. */
  readonly minSensitivity?: Maybe<number>;
  readonly types?: Maybe<readonly ArtifactType[]>;
  /** Ids of labs. */
  readonly labs?: Maybe<readonly string[]>;
  readonly controls?: Maybe<readonly string[]>;
  readonly orderBy?: Maybe<(typeof controlGapOrders)[number]>;
}

/**
 * The organizations that lack a control and fit, the largest number of missing controls first, then by id; or the highest sensitivity
 * first, then so.
 *
 * @param patienceMs as in `Asker.keep`
 * @param mayBeBehind as in `findBatch`
 * Throws NOT_FOUND (an issuer, a lab), BAD_USER_INPUT, QUERY_TIMEOUT.
 */
export async function askControlGaps(
  asker: Asker,
  projection: Projection,
  requestedInstant: number,
  requested: ControlGapsQuestion,
  patienceMs?: number,
  mayBeBehind = false,
): Promise<PagedList<ControlGap>> {
  const { withoutIssuers, minSensitivity, types, labs, controls, orderBy } = requested;
  const isPlain = [withoutIssuers, minSensitivity, types, labs, controls].every((filter) => filter == null) && orderBy !== 'SENSITIVITY';
  const asked = { instant: requestedInstant, policy: asker.questions.policy };
  // Attached rows don't say what an organization can reach, nor whose evidence it is, by which the other questions choose.
  const gaps = isPlain || asker.questions.streamed === undefined ? {} : { gaps: await stateFilter(asker, projection, requested) };
  const batch =
    isPlain || 'gaps' in gaps
      ? await findBatch(asker, projection, 'control-gaps', { ...asked, ...gaps }, mayBeBehind, patienceMs)
      : undefined;
  if (batch !== undefined) return fromBatch(batchControlGaps(projection, batch.rows), batch.source);
  rememberList(asker, 'controlGaps', requestedInstant, gapsWithout(requested.withoutIssuers), requested.withoutIssuers);
  const { found, levels, question } = await listGaps(asker, projection, requestedInstant, requested.withoutIssuers, patienceMs);
  const fitting = await filterGaps(asker, projection, found, levels, question, requested);
  return {
    length: fitting.length,
    slice: (from, until) =>
      Array.from(fitting.subarray(from, until), (organization) => findControlGap(projection, levels, question, organization)),
  };
}

/** The filter in ids and names, for parts of the facts. Throws NOT_FOUND (an issuer, a lab), BAD_USER_INPUT. */
async function stateFilter(asker: Asker, projection: Projection, requested: ControlGapsQuestion): Promise<GapsFilter> {
  const { withoutIssuers, labs } = await resolveMergedIds(asker, projection, requested, ['withoutIssuers', 'labs']);
  for (const id of [...(withoutIssuers ?? []), ...(labs ?? [])]) getIndex(projection, 'organizations', 'organization', id);
  const { minSensitivity, types, controls, orderBy } = requested;
  return {
    withoutIssuers: withoutIssuers ?? [],
    minSensitivity: minSensitivity == null ? null : checkCount('minSensitivity', minSensitivity, 1, 5),
    types: types ?? null,
    labs: labs ?? null,
    controls: controls ?? null,
    orderBy: orderBy ?? 'MISSING',
  };
}

async function filterGaps(
  asker: Asker,
  projection: Projection,
  found: Int32Array,
  levels: AccessLevels,
  question: ControlQuestion,
  requested: ControlGapsQuestion,
): Promise<Int32Array> {
  const { labs } = await resolveMergedIds(asker, projection, requested, ['labs']);
  const { minSensitivity, types, controls, orderBy } = requested;
  const filter: ControlGapFilter = {
    minSensitivity: minSensitivity == null ? null : checkCount('minSensitivity', minSensitivity, 1, 5),
    types: types == null ? null : new Set(types.map((type) => artifactTypes.indexOf(type))),
    labs: labs == null ? null : new Set(labs.map((id) => getIndex(projection, 'organizations', 'organization', id))),
    controls: controls == null ? null : new Set(controls),
    orderBy: orderBy ?? 'MISSING',
  };
  const isWhole = [filter.minSensitivity, filter.types, filter.labs, filter.controls].every((one) => one === null);
  if (isWhole && filter.orderBy === 'MISSING') return found;
  const issuers = [...question.withoutIssuers].sort((a, b) => a - b);
  const key = [filter.minSensitivity, types, [...(filter.labs ?? [])], labs == null, controls, filter.orderBy];
  return asker.keep(projection, ['fittingControlGaps', question.instant, issuers, key], (limit) =>
    asker.run(filterControlGaps(projection, found, levels, question, filter), limit),
  );
}

function gapsWithout(issuers: readonly string[] | null | undefined) {
  return (asker: Asker, projection: Projection, instant: number) => listGaps(asker, projection, instant, issuers);
}

async function listGaps(
  asker: Asker,
  projection: Projection,
  requestedInstant: number,
  issuers: Maybe<readonly string[]>,
  patienceMs?: number,
) {
  const { withoutIssuers } = await resolveMergedIds(asker, projection, { withoutIssuers: issuers }, ['withoutIssuers']);
  const instant = await stableInstant(asker.questions.scheduler, projection, requestedInstant, asker.limit);
  const discounted = new Set(withoutIssuers?.map((id) => getIndex(projection, 'organizations', 'organization', id)));
  const question: ControlQuestion = { policy: asker.questions.policy, instant, withoutIssuers: discounted };
  const levels = await askAccessLevels(asker, projection, instant);
  const found = await asker.keep(
    projection,
    ['controlGaps', instant, [...discounted].sort((a, b) => a - b)],
    (limit, progress) => listFacts(asker, projection, 'controlGaps', question, limit, progress),
    patienceMs,
  );
  return { found, levels, question };
}
