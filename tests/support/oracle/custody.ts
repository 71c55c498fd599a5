import type { CopyForm } from '../../../server/domain/facts.ts';
import type { Stated, Transfer, World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import { byCodePoint, byKeys } from './order.ts';

/** Half-open [from, until). */
export interface Interval {
  readonly from: number;
  readonly until: number;
}

/** Closed [from, to]. */
export interface OracleWindow {
  readonly from: number;
  readonly to: number;
}

export interface OracleCopy {
  readonly id: string;
  readonly kind: 'OWNED' | 'TRANSFERRED' | 'PRODUCED' | 'CUSTODY_GAP';
  readonly artifact: string;
  readonly owner: string;
  readonly holder: string;
  readonly transfer: Transfer | null;
  readonly form: CopyForm;
  readonly definite: Interval;
  readonly possible: Interval;
  readonly portion: number;
  /** The names that decide the portion. Null if they are unknown or there is no count. */
  readonly fragments: readonly string[] | null;
  readonly confidence: number;
  /** Null if no chain explains the copy. */
  readonly rank: number | null;
  readonly chain: readonly string[];
}

/** §2, literally. */
export function meets(window: OracleWindow, interval: Interval): boolean {
  return interval.from < interval.until && interval.from <= window.to && interval.until > window.from;
}

export function isReadableCopy(copy: OracleCopy): boolean {
  return copy.form === 'PLAINTEXT' || copy.form === 'ENCRYPTED_KEY_AT_HOLDER';
}

function definiteInterval(transfer: Stated<Transfer>): Interval {
  const isDeleted = transfer.deletionState === 'ATTESTED' || transfer.deletionState === 'VERIFIED';
  return {
    from: transfer.sentAt ?? transfer.assertedAt,
    until: isDeleted && transfer.deletedAt !== null ? transfer.deletedAt : Number.POSITIVE_INFINITY,
  };
}

function possibleInterval(transfer: Transfer): Interval {
  const isDeleted = transfer.deletionState === 'VERIFIED';
  return {
    from: transfer.sentAt ?? Number.NEGATIVE_INFINITY,
    until: isDeleted && transfer.deletedAt !== null ? transfer.deletedAt : Number.POSITIVE_INFINITY,
  };
}

/** Every copy of the world, by id. */
export function oracleCopies(world: World): OracleCopy[] {
  const artifacts = factsOf(world, 'ARTIFACT');
  const transfers = factsOf(world, 'TRANSFER');
  const ownerOf = new Map(artifacts.map((artifact) => [artifact.id, artifact.owner]));
  const countOf = new Map(artifacts.map((artifact) => [artifact.id, artifact.fragmentCount]));
  const always = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  const chainsOf = new Map(
    artifacts.map(({ id, owner }) => {
      const ofArtifact = transfers.filter(({ artifact }) => artifact === id);
      return [id, { transfers: ofArtifact, lengths: chainLengths(ofArtifact, owner) }];
    }),
  );
  const copies: OracleCopy[] = [];

  for (const { id, owner } of artifacts) {
    copies.push({
      id: `owned:${id}`,
      kind: 'OWNED',
      artifact: id,
      owner,
      holder: owner,
      transfer: null,
      form: 'PLAINTEXT',
      definite: always,
      possible: always,
      portion: 1,
      fragments: null,
      confidence: 1,
      rank: 0,
      chain: [],
    });
  }

  for (const transfer of transfers) {
    const owner = ownerOf.get(transfer.artifact) as string;
    const count = countOf.get(transfer.artifact) ?? null;
    const fragments =
      count !== null && transfer.fragments !== null && transfer.fragments.length > 0 ? [...new Set(transfer.fragments)] : null;
    const shared = {
      artifact: transfer.artifact,
      owner,
      transfer,
      portion: fragments === null ? transfer.portion : fragments.length / (count as number),
      fragments,
      confidence: transfer.confidence,
    };
    const chain = shortestChain(transfer, chainsOf.get(transfer.artifact) as Chains);
    copies.push({
      ...shared,
      id: transfer.id,
      kind: 'TRANSFERRED',
      holder: transfer.recipient,
      form: transfer.form,
      definite: definiteInterval(transfer),
      possible: possibleInterval(transfer),
      rank: chain === null ? null : chain.length,
      chain: chain ?? [],
    });
    if (needsImpliedCopy(transfer, transfers, owner)) {
      copies.push({
        ...shared,
        id: `implied:${transfer.id}`,
        kind: transfer.recipient === owner ? 'PRODUCED' : 'CUSTODY_GAP',
        holder: transfer.sender,
        form: 'PLAINTEXT',
        definite: { from: definiteInterval(transfer).from, until: Number.POSITIVE_INFINITY },
        possible: { from: possibleInterval(transfer).from, until: Number.POSITIVE_INFINITY },
        rank: null,
        chain: [],
      });
    }
  }
  return copies.sort(byKeys((copy) => copy.id));
}

/** §2: the sender neither owns the artifact nor has an inbound copy of it that is possibly live at `sentAt`. */
function needsImpliedCopy(transfer: Transfer, transfers: readonly Transfer[], owner: string): boolean {
  if (transfer.sender === owner) return false;
  const inbound = transfers.filter(
    (other) => other.id !== transfer.id && other.artifact === transfer.artifact && other.recipient === transfer.sender,
  );
  const { sentAt } = transfer;
  // With an unknown `sentAt`, any inbound copy counts, even if its possible interval is empty.
  if (sentAt === null) return inbound.length === 0;
  return !inbound.some((other) => meets({ from: sentAt, to: sentAt }, possibleInterval(other)));
}

/** Whether `next` may follow `previous` on a custody chain. */
function mayFollow(previous: Transfer, next: Transfer): boolean {
  if (previous.artifact !== next.artifact || previous.recipient !== next.sender) return false;
  if (next.sentAt === null) return true;
  const { from, until } = possibleInterval(previous);
  return from <= next.sentAt && next.sentAt < until;
}

/** The transfers of one artifact, and the length of the shortest chain to each. */
interface Chains {
  readonly transfers: readonly Transfer[];
  readonly lengths: ReadonlyMap<string, number>;
}

/** The chain that ends with `transfer`, or null. */
function shortestChain(transfer: Transfer, { transfers, lengths }: Chains): string[] | null {
  if (!lengths.has(transfer.id)) return null;
  const chain = [transfer];
  for (;;) {
    const first = chain[0] as Transfer;
    const length = lengths.get(first.id) as number;
    if (length === 1) return chain.map(({ id }) => id);
    const before = transfers
      .filter((other) => mayFollow(other, first) && lengths.get(other.id) === length - 1)
      .sort((a, b) => byCodePoint(a.id, b.id));
    chain.unshift(before[0] as Transfer);
  }
}

/** The number of transfers on the shortest chain to each transfer. Chains grow by one transfer at a time. */
function chainLengths(transfers: readonly Transfer[], owner: string): Map<string, number> {
  const lengths = new Map<string, number>();
  for (const transfer of transfers) if (transfer.sender === owner) lengths.set(transfer.id, 1);
  for (let length = 2; length <= transfers.length; length++) {
    for (const next of transfers) {
      if (lengths.has(next.id)) continue;
      if (transfers.some((previous) => lengths.get(previous.id) === length - 1 && mayFollow(previous, next))) lengths.set(next.id, length);
    }
  }
  return lengths;
}
