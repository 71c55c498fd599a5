import { groupByRow } from '../../projection/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import { hasStarted } from '../../rules/engagement-term.ts';
import type { Window } from '../radius/radius-types.ts';

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
export class DependentCounts {
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
