import { toCents } from '../../domain/compare.ts';
import type { OrganizationRole } from '../../domain/facts.ts';
import { organizationRoles } from '../../domain/facts.ts';
import type { Projection } from '../../projection/projection.ts';
import type { OnProgress } from '../../projection/turns.ts';
import { buildStepTable } from '../radius/spread-steps.ts';
import { DependentCounts } from './dependent-counts.ts';
import { LeadsInto } from './leads-into.ts';
import { takeBatch } from './origin-batch.ts';
import type { OriginSettings, OriginTotals } from './origin-figures.ts';
import { OriginFigures } from './origin-figures.ts';
import { listRankedCopies } from './ranked-copies.ts';

export const rankingOrders = ['WEIGHTED_LOSS', 'WORST_CASE_LOSS', 'ARTIFACTS', 'LABS', 'REACH', 'DEPENDENTS'] as const;
export type RankingOrder = (typeof rankingOrders)[number];

/** The totals of one radius, and the number of dependents of the organizations it reaches (§5), former ones too. */
export interface RankedTotals extends OriginTotals {
  readonly dependentCount: number;
}

export interface RankedOrganization extends RankedTotals {
  readonly organization: number;
  /** 1 is the largest. Equal figures share a position, and the positions after them are skipped: 1, 1, 3. */
  readonly position: number;
}

/** How much a ranking keeps in memory at a time. */
interface RankingRoom {
  /** Figures of more origins no longer fit into a processor's cache. */
  readonly origins: number;
  /** Pairs of an origin and an organization that it reaches: 24 bytes each. */
  readonly pairs: number;
  /** Pairs of an artifact and one that it reveals: 12 bytes each. */
  readonly leads: number;
}

const usualRoom: RankingRoom = { origins: 8192, pairs: 1_000_000, leads: 4_000_000 };

/** Every `count`-th organization, from `first` on. Several threads can each rank one part of the same `count`. */
export interface RankingPart {
  readonly first: number;
  readonly count: number;
}

const wholeRanking: RankingPart = { first: 0, count: 1 };

/**
 * The totals of every organization as the only origin (semantics §9), by organization. Yields after each origin and each artifact, so that
 * other work gets its turn.
 *
 * @param onProgress called with the number of origins that are done: half of a batch when its reach is known
 * @param part only these organizations; `joinRanking` joins the totals of all parts
 * Complexity: O(copies + steps) once, then for each origin the steps within its reach, the copies there and what these reveal.
 */
export function* rankOrigins(
  projection: Projection,
  settings: OriginSettings,
  onProgress?: OnProgress,
  room = usualRoom,
  part = wholeRanking,
): Generator<void, RankedTotals[]> {
  const { artifacts } = projection;
  const origins = Array.from({ length: countOrigins(projection, part) }, (_, i) => part.first + i * part.count);
  const steps = yield* buildStepTable(projection, settings, 'from');
  const copies = listRankedCopies(projection, settings);
  const leads = new LeadsInto(projection, settings.minDegree, room.leads);
  const dependents = new DependentCounts(projection, settings.widest);
  const totals: OriginTotals[] = [];
  while (totals.length < origins.length) {
    const before = totals.length;
    let taken = 0;
    const batch = yield* takeBatch(origins, before, steps, settings.maxHops, room, (origin, reached) => {
      dependents.add(origin, reached);
      taken++;
      onProgress?.(before + Math.floor(taken / 2), origins.length);
    });
    const figures = new OriginFigures(projection, batch, copies, leads);
    for (let artifact = 0; artifact < artifacts.count; artifact++) {
      figures.add(artifact);
      onProgress?.(before + Math.floor((taken * (1 + (artifact + 1) / artifacts.count)) / 2), origins.length);
      yield;
    }
    for (const of of figures.totals()) totals.push(of);
  }
  dependents.finish();
  return totals.map((of, i) => ({ ...of, dependentCount: dependents.counts[origins[i] as number] as number }));
}

export function countOrigins({ organizations }: Projection, { first, count }: RankingPart): number {
  return Math.max(0, Math.ceil((organizations.count - first) / count));
}

/** @param parts the totals of part 0, part 1 and so on */
export function joinRanking({ organizations }: Projection, parts: readonly (readonly RankedTotals[])[]): RankedTotals[] {
  return Array.from(
    { length: organizations.count },
    (_, origin) => parts[origin % parts.length]?.[Math.floor(origin / parts.length)] as RankedTotals,
  );
}

/**
 * The organizations with one of the roles, by the chosen figure (rounded to the cent), descending, then id. Positions count
 * only these organizations.
 *
 * @param totals by organization, as `rankOrigins` gives them
 * @param roles null or absent: all organizations
 */
export function listRanking(
  { organizations }: Projection,
  totals: readonly RankedTotals[],
  roles: readonly OrganizationRole[] | null | undefined,
  order: RankingOrder,
): RankedOrganization[] {
  const mask = roles?.reduce((bits, role) => bits | (1 << organizationRoles.indexOf(role)), 0);
  const figure = figures[order];
  const rows = totals
    .map((of, organization) => ({ of, organization, value: figure(of) }))
    .filter(({ organization }) => mask === undefined || ((organizations.roles[organization] as number) & mask) !== 0)
    .sort((a, b) => b.value - a.value || a.organization - b.organization);
  let position = 0;
  let before: number | undefined;
  return rows.map(({ of, organization, value }, i) => {
    if (value !== before) position = i + 1;
    before = value;
    return { ...of, organization, position };
  });
}

const figures: Readonly<Record<RankingOrder, (totals: RankedTotals) => number>> = {
  WEIGHTED_LOSS: ({ weightedLossUsd }) => toCents(weightedLossUsd),
  WORST_CASE_LOSS: ({ worstCaseLossUsd }) => toCents(worstCaseLossUsd),
  ARTIFACTS: ({ exposedCount, possibleCount }) => exposedCount + possibleCount,
  LABS: ({ labCount }) => labCount,
  REACH: ({ reachedCount }) => reachedCount,
  DEPENDENTS: ({ dependentCount }) => dependentCount,
};
