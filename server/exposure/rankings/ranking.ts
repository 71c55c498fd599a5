import { toCents } from '../../domain/compare.ts';
import type { OrganizationRole } from '../../domain/facts.ts';
import { organizationRoles } from '../../domain/facts.ts';
import { groupByRow } from '../../projection/columns/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import type { OnProgress } from '../../projection/turns.ts';
import { hasStarted } from '../../rules/engagement-term.ts';
import type { Window } from '../radius/radius-types.ts';
import type { OpenPairs } from '../radius/spread.ts';
import { buildStepTable } from '../radius/spread.ts';
import { takeBatch } from './origin-batch.ts';
import type { OriginSettings, OriginTotals } from './origin-figures.ts';
import { LeadsInto, OriginFigures } from './origin-figures.ts';
import type { RankedCopies } from './ranked-copies.ts';
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

/** The copies and transfers that a ranking, or the exposure of all artifacts, needs. A batch joins them from parts of the artifacts (server/batch). */
export interface RankedFacts {
  readonly copies: RankedCopies;
  readonly pairs: OpenPairs;
}

const wholeRanking: RankingPart = { first: 0, count: 1 };

/**
 * The totals of every organization as the only origin (semantics §9), by organization. Yields after each origin and each artifact, so that
 * other work gets its turn.
 *
 * @param onProgress called with the number of origins that are done: half of a batch when its reach is known
 * @param part only these organizations, in their order; `joinRanking` joins the totals of all parts
 * @param facts in place of the copies and transfers of the projection
 * Complexity: O(copies + steps) once, then for each origin the steps within its reach, the copies there and what these reveal.
 */
export function rankOrigins(
  projection: Projection,
  settings: OriginSettings,
  onProgress?: OnProgress,
  room = usualRoom,
  part: RankingPart | readonly number[] = wholeRanking,
  facts?: RankedFacts,
): RankedTotals[] {
  const { artifacts } = projection;
  const origins = 'first' in part ? Array.from({ length: countOrigins(projection, part) }, (_, i) => part.first + i * part.count) : part;
  const steps = buildStepTable(projection, settings, 'from', facts?.pairs);
  const copies = facts?.copies ?? listRankedCopies(projection, settings);
  const leads = new LeadsInto(projection, settings.minDegree, room.leads);
  const dependents = new DependentCounts(projection, settings.widest);
  const totals: OriginTotals[] = [];
  while (totals.length < origins.length) {
    const before = totals.length;
    let taken = 0;
    const batch = takeBatch(origins, before, steps, settings.maxHops, room, (origin, reached) => {
      dependents.add(origin, reached);
      taken++;
      onProgress?.(before + Math.floor(taken / 2), origins.length);
    });
    const figures = new OriginFigures(projection, batch, copies, leads);
    for (let artifact = 0; artifact < artifacts.count; artifact++) {
      figures.add(artifact);
      onProgress?.(before + Math.floor((taken * (1 + (artifact + 1) / artifacts.count)) / 2), origins.length);
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

/** One origin per bit of a 32-bit word. */
const batchSize = 32;

/**
 * Counts the dependents (semantics §5) of each origin, former ones too, for 32 origins at a time.
 *
 * A. Organizations that engage each other in a circle all depend on each other, so each circle is one unit. Circles are numbered so
 *    that a provider's number is never larger than its client's.
 * B. Each origin is a bit. The organizations that it reaches carry the bit. In the order of A, each client takes the bits of its
 *    providers. An organization is a dependent of the origins whose bits it took but that do not reach it.
 * C. Bits are added up in planes: plane k holds bit k of 32 counts at once.
 *
 * Complexity: O(organizations + engagements) once, then for each 32 origins O(d log d) for the d organizations that depend on them.
 */
class DependentCounts {
  /** By origin; complete after `finish`. */
  readonly counts: Uint32Array;
  readonly #engagements: CountedEngagements;
  readonly #origins: number[] = [];
  /** By organization, the origins of this batch that reach it. By circle, the origins whose bits it took. */
  readonly #reachedBy: Int32Array;
  readonly #bitsOf: Int32Array;
  readonly #isFound: Uint8Array;
  /** The organizations found in this batch, as positions in the order of A. */
  readonly #found: Int32Array;
  #foundCount = 0;

  constructor(projection: Projection, widest: Window) {
    const count = projection.organizations.count;
    this.counts = new Uint32Array(count);
    this.#engagements = countEngagements(projection, widest);
    this.#reachedBy = new Int32Array(count);
    this.#bitsOf = new Int32Array(count);
    this.#isFound = new Uint8Array(count);
    this.#found = new Int32Array(count);
  }

  /** @param reached the organizations that the origin reaches, itself included */
  add(origin: number, reached: readonly number[]): void {
    const bit = 1 << this.#origins.length;
    const { circleOf } = this.#engagements;
    for (const organization of reached) {
      this.#find(organization);
      this.#reachedBy[organization] = (this.#reachedBy[organization] as number) | bit;
      const circle = circleOf[organization] as number;
      this.#bitsOf[circle] = (this.#bitsOf[circle] as number) | bit;
    }
    if (this.#origins.push(origin) === batchSize) this.finish();
  }

  finish(): void {
    const { clients, providers, circleOf, order } = this.#engagements;
    const { offsets, values } = clients;
    for (let at = 0; at < this.#foundCount; at++) {
      const organization = order[this.#found[at] as number] as number;
      for (let i = offsets[organization] as number; i < (offsets[organization + 1] as number); i++) this.#find(values[i] as number);
    }
    const found = this.#found.subarray(0, this.#foundCount).sort();
    for (const position of found) {
      const organization = order[position] as number;
      const circle = circleOf[organization] as number;
      let bits = this.#bitsOf[circle] as number;
      for (let i = providers.offsets[organization] as number; i < (providers.offsets[organization + 1] as number); i++) {
        bits |= this.#bitsOf[circleOf[providers.values[i] as number] as number] as number;
      }
      this.#bitsOf[circle] = bits;
    }
    this.#addUp(found);
    for (const position of found) {
      const organization = order[position] as number;
      this.#bitsOf[circleOf[organization] as number] = 0;
      this.#reachedBy[organization] = 0;
      this.#isFound[organization] = 0;
    }
    this.#foundCount = 0;
    this.#origins.length = 0;
  }

  #find(organization: number): void {
    if (this.#isFound[organization] === 1) return;
    this.#isFound[organization] = 1;
    this.#found[this.#foundCount++] = this.#engagements.positionOf[organization] as number;
  }

  #addUp(found: Int32Array): void {
    const { circleOf, order } = this.#engagements;
    const planes = new Int32Array(32);
    for (const position of found) {
      const organization = order[position] as number;
      let carry = (this.#bitsOf[circleOf[organization] as number] as number) & ~(this.#reachedBy[organization] as number);
      for (let k = 0; carry !== 0; k++) {
        const plane = planes[k] as number;
        planes[k] = plane ^ carry;
        carry &= plane;
      }
    }
    this.#origins.forEach((origin, bit) => {
      let count = 0;
      for (let k = 0; k < planes.length; k++) count += (((planes[k] as number) >>> bit) & 1) * 2 ** k;
      this.counts[origin] = count;
    });
  }
}

/** The engagements that count (§5), and the order in which clients take bits from providers. */
interface CountedEngagements {
  /** The clients and the providers of each organization. */
  readonly clients: Rows;
  readonly providers: Rows;
  /** The number of each organization's circle. A client's number is at least its provider's. */
  readonly circleOf: Int32Array;
  /** The organizations by circle, and the position of each. */
  readonly order: Int32Array;
  readonly positionOf: Int32Array;
}

interface Rows {
  readonly offsets: Uint32Array;
  readonly values: Int32Array;
}

function countEngagements({ engagements, organizations }: Projection, widest: Window): CountedEngagements {
  const { count } = organizations;
  const counted = engagements.client.map((client, e) => (hasStarted(engagements.startsAt[e] as number, widest.to) ? client : -1));
  const toProviders = groupByRow(counted, count);
  const toClients = groupByRow(
    engagements.provider.map((provider, e) => ((counted[e] as number) < 0 ? -1 : provider)),
    count,
  );
  const providers = { offsets: toProviders.offsets, values: toProviders.values.map((e) => engagements.provider[e] as number) };
  const clients = { offsets: toClients.offsets, values: toClients.values.map((e) => engagements.client[e] as number) };
  const circleOf = findCircles(providers, count);
  const byCircle = groupByRow(circleOf, count);
  const positionOf = new Int32Array(count);
  byCircle.values.forEach((organization, position) => {
    positionOf[organization] = position;
  });
  return { clients, providers, circleOf, order: byCircle.values, positionOf };
}

/**
 * Numbers the strongly connected components in the order of completion: a component without providers outside comes first.
 *
 * Tarjan 1972, with a stack instead of recursion. Complexity: O(organizations + engagements).
 */
function findCircles({ offsets, values }: Rows, count: number): Int32Array {
  const circleOf = new Int32Array(count).fill(-1);
  const entered = new Int32Array(count);
  const lowest = new Int32Array(count);
  const next = new Uint32Array(count);
  const open: number[] = [];
  const path: number[] = [];
  let clock = 0;
  let circles = 0;
  const enter = (organization: number) => {
    lowest[organization] = entered[organization] = ++clock;
    next[organization] = offsets[organization] as number;
    open.push(organization);
    path.push(organization);
  };
  for (let start = 0; start < count; start++) {
    if (entered[start] !== 0) continue;
    enter(start);
    while (path.length > 0) {
      const at = path[path.length - 1] as number;
      const edge = next[at] as number;
      if (edge < (offsets[at + 1] as number)) {
        next[at] = edge + 1;
        const to = values[edge] as number;
        if (entered[to] === 0) enter(to);
        else if (circleOf[to] === -1) lowest[at] = Math.min(lowest[at] as number, entered[to] as number);
        continue;
      }
      path.pop();
      const before = path[path.length - 1];
      if (before !== undefined) lowest[before] = Math.min(lowest[before] as number, lowest[at] as number);
      if (lowest[at] !== entered[at]) continue;
      for (let member = open.pop() as number; ; member = open.pop() as number) {
        circleOf[member] = circles;
        if (member === at) break;
      }
      circles++;
    }
  }
  return circleOf;
}
