import { TIERS } from '../../shared/format/words.ts';
import type { OrganizationRole, Tier } from '../../shared/generated/operations.ts';

/** A reached organization; `hops` is 0 for an origin. */
export interface FlowHolder {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly OrganizationRole[];
  readonly hops: number;
  /** May have been compromised: a suspected origin, at hop 0. */
  readonly isSuspected?: boolean;
  /** Chance of being reached, in (0, 1]. */
  readonly likelihood: number;
}

export interface TierSums {
  readonly counts: Readonly<Record<Tier, number>>;
  /** Worst case in US dollars. 0 for CONTAINED. */
  readonly lossUsd: Readonly<Record<Tier, number>>;
}

/** A lab with the sums of its artifacts in reach, each once. */
export interface FlowLab extends TierSums {
  readonly id: string;
  readonly name: string;
}

/** The artifacts of one lab at one holder. An artifact counts at each of its holders. */
export interface FlowCell extends TierSums {
  /** Null: artifacts that are only revealed. */
  readonly holderId: string | null;
  readonly labId: string;
}

/** The whole radius by holder and lab, as the server sums it. No list is filtered. */
export interface FlowRadius {
  readonly holders: readonly FlowHolder[];
  readonly labs: readonly FlowLab[];
  readonly cells: readonly FlowCell[];
  /** The last spread step before each reached organization. */
  readonly steps: readonly FlowStep[];
}

export interface FlowStep {
  readonly fromId: string;
  readonly toId: string;
  readonly likelihood: number;
}

/** One spread step on the path that gives an organization its chance. */
export interface PathStep extends FlowStep {
  readonly kind: 'ACCESS' | 'TRANSFER';
}

interface PathRow {
  readonly path: readonly {
    readonly from: { readonly id: string };
    readonly to: { readonly id: string };
    readonly access: object | null;
    readonly likelihood: number;
  }[];
}

/** The steps on the paths to some reached organizations, each once. Linear in the steps. */
export function stepsOfPaths(rows: readonly PathRow[]): readonly PathStep[] {
  const steps = new Map<string, PathStep>();
  for (const { from, to, access, likelihood } of rows.flatMap(({ path }) => path)) {
    const kind = access === null ? 'TRANSFER' : 'ACCESS';
    steps.set(JSON.stringify([from.id, to.id]), { fromId: from.id, toId: to.id, kind, likelihood });
  }
  return [...steps.values()];
}

/** A target of the pointer or the selection: a holder, a lab, or one holder's artifacts of one lab. */
export interface FlowFocus {
  readonly holders: ReadonlySet<string>;
  readonly labs: ReadonlySet<string>;
}

export type Measure = 'worst' | 'count';

export function countOfSums({ counts }: TierSums): number {
  return counts.EXPOSED + counts.POSSIBLE + counts.CONTAINED;
}

export function lossOfSums({ lossUsd }: TierSums): number {
  return lossUsd.EXPOSED + lossUsd.POSSIBLE + lossUsd.CONTAINED;
}

export function amountOf(sums: TierSums, tier: Tier, measure: Measure): number {
  return measure === 'count' ? sums.counts[tier] : sums.lossUsd[tier];
}

export function totalOf(sums: TierSums, measure: Measure): number {
  return measure === 'count' ? countOfSums(sums) : lossOfSums(sums);
}

/** The strongest tier with an artifact. */
export function strongestOf({ counts }: TierSums): Tier {
  return TIERS.find((tier) => counts[tier] > 0) ?? 'CONTAINED';
}

export function addSums(a: TierSums, b: TierSums): TierSums {
  const add = (x: Readonly<Record<Tier, number>>, y: Readonly<Record<Tier, number>>) => ({
    EXPOSED: x.EXPOSED + y.EXPOSED,
    POSSIBLE: x.POSSIBLE + y.POSSIBLE,
    CONTAINED: x.CONTAINED + y.CONTAINED,
  });
  return { counts: add(a.counts, b.counts), lossUsd: add(a.lossUsd, b.lossUsd) };
}

/** A fixed order by UTF-16 code units. A picture needs a stable order, not the server's. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const NONE = { EXPOSED: 0, POSSIBLE: 0, CONTAINED: 0 };
export const NO_SUMS: TierSums = { counts: NONE, lossUsd: NONE };

interface LabTierRow {
  readonly lab: { readonly id: string; readonly name: string };
  readonly tier: Tier;
  readonly artifactCount: number;
  readonly worstCaseLossUsd: number;
}

/** The server's sums by lab and tier, as one entry for each lab. */
export function labsOfTiers(rows: readonly LabTierRow[]): readonly FlowLab[] {
  const labs = new Map<string, FlowLab>();
  for (const { lab, tier, artifactCount, worstCaseLossUsd } of rows) {
    const { counts, lossUsd } = labs.get(lab.id) ?? { counts: NONE, lossUsd: NONE };
    labs.set(lab.id, {
      id: lab.id,
      name: lab.name,
      counts: { ...counts, [tier]: artifactCount },
      lossUsd: { ...lossUsd, [tier]: worstCaseLossUsd },
    });
  }
  return [...labs.values()];
}

interface HeldRow {
  readonly holder: { readonly organization: { readonly id: string } } | null;
  readonly exposedCount: number;
  readonly possibleCount: number;
  readonly containedCount: number;
}

interface FlowSumsRow extends HeldRow {
  readonly lab: { readonly id: string };
  readonly worstCaseLossUsd: number;
  readonly exposedWorstCaseLossUsd: number;
}

/** The server's flows as cells. */
export function cellsOfFlows(flows: readonly FlowSumsRow[]): readonly FlowCell[] {
  return flows.map(({ holder, lab, exposedCount, possibleCount, containedCount, worstCaseLossUsd, exposedWorstCaseLossUsd }) => ({
    holderId: holder?.organization.id ?? null,
    labId: lab.id,
    counts: { EXPOSED: exposedCount, POSSIBLE: possibleCount, CONTAINED: containedCount },
    lossUsd: { EXPOSED: exposedWorstCaseLossUsd, POSSIBLE: worstCaseLossUsd - exposedWorstCaseLossUsd, CONTAINED: 0 },
  }));
}

/** How many artifacts each holder has, by id. An artifact has one owner, so it counts once at each holder. Linear in the flows. */
export function heldCounts(flows: readonly HeldRow[]): ReadonlyMap<string, number> {
  const held = new Map<string, number>();
  for (const { holder, exposedCount, possibleCount, containedCount } of flows) {
    if (holder === null) continue;
    const { id } = holder.organization;
    held.set(id, (held.get(id) ?? 0) + exposedCount + possibleCount + containedCount);
  }
  return held;
}

interface ReachedRow {
  readonly organization: { readonly id: string };
  readonly likelihood: number;
}

/** The chance of each reached organization, and how many artifacts it has, by id. Linear in both. */
export function reachedFigures(
  reached: { readonly edges: readonly { readonly node: ReachedRow }[] },
  flows: readonly HeldRow[],
): ReadonlyMap<string, { readonly likelihood: number; readonly heldCount: number }> {
  const held = heldCounts(flows);
  return new Map(
    reached.edges.map(({ node: { organization, likelihood } }) => [
      organization.id,
      { likelihood, heldCount: held.get(organization.id) ?? 0 },
    ]),
  );
}
