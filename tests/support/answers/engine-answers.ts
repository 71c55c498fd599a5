import { joinSuspected } from '../../../server/domain/radius-options.ts';
import type { BlastRadius } from '../../../server/exposure/radius/blast-radius.ts';
import { listOtherCopies } from '../../../server/exposure/radius/notifiers.ts';
import type { IntegrityRadius, RadiusInput, ReachedOrganization } from '../../../server/exposure/radius/radius-types.ts';
import { shownCopyId } from '../../../server/exposure/scenario/scenario-copy.ts';
import { listAll } from '../../../server/projection/columns/order-rows.ts';
import { chainOf, compareCopies, copyId } from '../../../server/projection/custody.ts';
import type { CopyKind, Projection } from '../../../server/projection/projection.ts';
import { copyKinds, none } from '../../../server/projection/projection.ts';
import type { Tier } from '../../../server/rules/copy-tier.ts';
import { type OracleRadius, strongestFirst } from '../oracle/confidentiality.ts';
import type { OracleCopy } from '../oracle/custody.ts';
import { isReadableCopy } from '../oracle/custody.ts';
import type { OracleIntegrity } from '../oracle/integrity.ts';
import type { Question } from '../oracle/question.ts';

/** The engine's input for a question that uses ids. */
export function toInput({ organizations, artifacts, engagements }: Projection, question: Question): RadiusInput {
  const { scopes, origins, suspected, ...rest } = question;
  const suspects = joinSuspected(suspected ?? [], origins).map((one) => ({
    ...one,
    organization: organizations.id.find(one.organization),
  }));
  return {
    ...rest,
    core: question.hasCore === false ? question.widest : question.core,
    origins: origins.map((id) => organizations.id.find(id)).sort((a, b) => a - b),
    ...(suspects.length === 0 ? {} : { suspected: suspects.sort((a, b) => a.organization - b.organization) }),
    scopes: scopes.map((scope) => ({
      origin: organizations.id.find(scope.origin),
      artifacts: scope.artifacts.map((id) => artifacts.id.find(id)),
      engagements: scope.engagements.map((id) => engagements.id.find(id)),
      channels: scope.channels,
    })),
  };
}

interface CopyInIds {
  readonly id: string;
  readonly kind: CopyKind;
  readonly artifact: string;
  readonly holder: string;
  readonly transfer: string | null;
  readonly definite: readonly [number, number];
  readonly possible: readonly [number, number];
  readonly isReadable: boolean;
  readonly portion: number;
  readonly confidence: number;
  readonly rank: number | null;
  readonly chain: readonly string[];
}

/** Every copy of a projection, in the order of the projection. */
export function copiesInIds(projection: Projection): CopyInIds[] {
  const { copies, artifacts, organizations, transfers } = projection;
  const all = Array.from(listAll(copies)).sort((a, b) => compareCopies(projection, a, b));
  return all.map((copy): CopyInIds => {
    const transfer = copies.transfer.at(copy);
    const rank = copies.rank.at(copy);
    return {
      id: copyId(projection, copy),
      kind: copyKinds[copies.kind.at(copy)] as CopyKind,
      artifact: artifacts.id.get(copies.artifact.at(copy)),
      holder: organizations.id.get(copies.holder.at(copy)),
      transfer: transfer === none ? null : transfers.id.get(transfer),
      definite: [copies.definiteFrom.at(copy), copies.definiteUntil.at(copy)],
      possible: [copies.possibleFrom.at(copy), copies.possibleUntil.at(copy)],
      isReadable: copies.isReadable.at(copy) === 1,
      portion: copies.portion.at(copy),
      confidence: copies.confidence.at(copy),
      rank: rank === none ? null : rank,
      chain: chainOf(projection, copy, Number.MAX_SAFE_INTEGER).map((t) => transfers.id.get(t)),
    };
  });
}

export function oracleCopiesInIds(copies: readonly OracleCopy[]): CopyInIds[] {
  return copies.map((copy) => ({
    id: copy.id,
    kind: copy.kind,
    artifact: copy.artifact,
    holder: copy.holder,
    transfer: copy.transfer?.id ?? null,
    definite: [copy.definite.from, copy.definite.until],
    possible: [copy.possible.from, copy.possible.until],
    isReadable: isReadableCopy(copy),
    portion: copy.portion,
    confidence: copy.confidence,
    rank: copy.rank,
    chain: copy.chain,
  }));
}

/** A radius of the engine, all its indexes as ids. */
export function radiusInIds(radius: BlastRadius) {
  const { projection } = radius;
  const organization = (index: number) => projection.organizations.id.get(index);
  const artifact = (index: number) => projection.artifacts.id.get(index);
  const access = (index: number) => (index === none ? null : projection.access.id.get(index));
  const reached = (one: ReachedOrganization) => ({
    organization: organization(one.organization),
    hops: one.hops,
    likelihood: one.likelihood,
    isSuspected: one.isSuspected,
    path: one.path.map((step) => ({
      from: organization(step.from),
      to: organization(step.to),
      likelihood: step.likelihood,
      access: access(step.access),
    })),
  });
  const tiers: Record<string, Tier> = {};
  for (const { copies } of radius.held.values()) for (const tiered of copies) tiers[shownCopyId(projection, tiered)] = tiered.tier;
  return {
    reached: radius.reached.map(reached),
    tiers,
    artifacts: radius.artifacts.map((exposed) => ({
      artifact: artifact(exposed.artifact),
      tier: exposed.tier,
      basis: exposed.basis,
      portion: exposed.portion,
      exposedPortion: exposed.exposedPortion,
      isUsable: exposed.isUsable,
      likelihood: exposed.likelihood,
      weightedShare: exposed.weightedShare,
      worstCaseLossUsd: exposed.worstCaseLossUsd,
      weightedLossUsd: exposed.weightedLossUsd,
      records: exposed.records,
      bytes: exposed.bytes,
      holders: exposed.holders.map((holder) => organization(holder.organization)),
      copiesByHolder: exposed.copiesByHolder.map(({ holder, copies, tier }) => ({
        holder: organization(holder.organization),
        tier,
        count: copies.length,
      })),
      wayCount: exposed.wayCount,
      ways: exposed.ways(exposed.wayCount).map((way) => ({
        copy: shownCopyId(projection, way),
        tier: way.tier,
        holder: organization(way.holder.organization),
        through: [
          artifact(projection.copies.artifact.at(way.copy)),
          ...way.reveals.map((fact) => artifact(projection.reveals.reveals[fact] as number)),
        ],
        chance: way.chance,
        yieldShare: way.yieldShare,
      })),
    })),
    labs: radius.labs.map(({ lab, ...rest }) => ({ lab: organization(lab), ...rest })),
    notifiers: radius.notifiers.map(organization),
    otherCopies: listOtherCopies(radius).map((other) => shownCopyId(projection, other)),
    dependents: radius.dependents.map((dependent) => ({
      ...dependent,
      organization: organization(dependent.organization),
      path: dependent.path.map((engagement) => projection.engagements.id.get(engagement)),
    })),
    summary: radius.summary,
  };
}

/** A radius of the oracle in the same shape. */
export function oracleRadiusInIds({ copies: _copies, artifacts, tiers, ...rest }: OracleRadius): ReturnType<typeof radiusInIds> {
  return {
    ...rest,
    tiers: Object.fromEntries(tiers),
    artifacts: artifacts.map(({ owner: _owner, ways, holders, ...figures }) => ({
      ...figures,
      holders: [...holders],
      copiesByHolder: holders.map((holder) => {
        const own = ways.filter((way) => way.holder === holder && way.through.length === 1);
        const strongest = strongestFirst.find((tier) => own.some((way) => way.tier === tier)) as Tier;
        // The ids of the two copies that a scenario makes of one have one transfer.
        return { holder, tier: strongest, count: new Set(own.map(({ copy }) => copy.replace(/:encrypted$/, ''))).size };
      }),
      wayCount: ways.length,
      ways: ways.map((way) => ({ ...way, through: [...way.through] })),
    })),
    reached: rest.reached.map((one) => ({ ...one, path: [...one.path] })),
    labs: [...rest.labs],
    notifiers: [...rest.notifiers],
    otherCopies: [...rest.otherCopies],
    dependents: rest.dependents.map((dependent) => ({ ...dependent, path: [...dependent.path] })),
  };
}

export function integrityInIds(
  { organizations, artifacts, transfers }: Projection,
  radius: IntegrityRadius,
): OracleIntegrity & { lengths: number[] } {
  return {
    labs: radius.labs.map((lab) => organizations.id.get(lab)),
    tainted: radius.tainted.map((holding) => ({
      artifact: artifacts.id.get(holding.artifact),
      holder: organizations.id.get(holding.holder),
      since: holding.since,
      isSinceKnown: holding.isSinceKnown,
      firstDated: holding.firstDated,
      isSuspected: holding.isSuspected,
      chain: holding.chain(Number.MAX_SAFE_INTEGER).map((t) => transfers.id.get(t)),
    })),
    lengths: radius.tainted.map(({ chainLength }) => chainLength),
  };
}

/** The path of the first difference between two answers, or undefined. Numbers may differ by 1e-6 of the larger. */
export function findDifference(actual: unknown, expected: unknown, place = ''): string | undefined {
  if (typeof actual === 'number' && typeof expected === 'number') {
    const isClose =
      Object.is(actual, expected) ||
      actual === expected ||
      Math.abs(actual - expected) <= 1e-6 * Math.max(Math.abs(actual), Math.abs(expected));
    return isClose ? undefined : `${place}: engine ${actual}, oracle ${expected}`;
  }
  if (typeof actual === 'object' && typeof expected === 'object' && actual !== null && expected !== null) {
    const left = actual as Record<string, unknown>;
    const right = expected as Record<string, unknown>;
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const difference = findDifference(left[key], right[key], `${place}.${key}`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  return actual === expected ? undefined : `${place}: engine ${JSON.stringify(actual)}, oracle ${JSON.stringify(expected)}`;
}
