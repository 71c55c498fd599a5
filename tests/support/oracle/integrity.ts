import type { Stated, Transfer, World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import { byCodePoint, byKeys } from './order.ts';
import type { Question } from './question.ts';

export interface OracleTainted {
  readonly artifact: string;
  readonly holder: string;
  readonly since: number;
  readonly chain: readonly string[];
}

export interface OracleIntegrity {
  readonly labs: readonly string[];
  readonly tainted: readonly OracleTainted[];
}

type Sent = Stated<Transfer>;

/** An unknown `sentAt` counts as `assertedAt` (§6). */
function receiptOf(transfer: Sent): number {
  return transfer.sentAt ?? transfer.assertedAt;
}

/** §6: the copies that an attacker at the origins could have altered. */
export function oracleIntegrity(world: World, question: Question): OracleIntegrity {
  const transfers = factsOf(world, 'TRANSFER');
  const mayFollow = (previous: Sent, next: Sent) =>
    previous.artifact === next.artifact && previous.recipient === next.sender && receiptOf(next) >= receiptOf(previous);

  // The shortest chain that ends with each transfer. Chains grow by one transfer at a time.
  const lengths = new Map<string, number>();
  for (const transfer of transfers) {
    if (question.origins.includes(transfer.sender) && receiptOf(transfer) >= question.core.from) lengths.set(transfer.id, 1);
  }
  for (let length = 2; length <= transfers.length; length++) {
    for (const next of transfers) {
      if (lengths.has(next.id)) continue;
      if (transfers.some((previous) => lengths.get(previous.id) === length - 1 && mayFollow(previous, next))) lengths.set(next.id, length);
    }
  }

  const lengthOf = (transfer: Sent) => lengths.get(transfer.id) as number;
  const chainTo = (candidates: readonly Sent[]): string[] => {
    const chain: string[] = [];
    let before = candidates;
    while (before.length > 0) {
      const fewest = Math.min(...before.map(lengthOf));
      const shortest = before.filter((transfer) => lengthOf(transfer) === fewest).sort((a, b) => byCodePoint(a.id, b.id));
      const transfer = shortest[0] as Sent;
      chain.unshift(transfer.id);
      before = fewest === 1 ? [] : transfers.filter((other) => lengths.has(other.id) && mayFollow(other, transfer));
    }
    return chain;
  };

  const tainted: OracleTainted[] = [];
  for (const artifact of factsOf(world, 'ARTIFACT')) {
    for (const holder of factsOf(world, 'ORGANIZATION')) {
      const received = transfers.filter(
        (transfer) => lengths.has(transfer.id) && transfer.artifact === artifact.id && transfer.recipient === holder.id,
      );
      if (received.length === 0) continue;
      tainted.push({ artifact: artifact.id, holder: holder.id, since: Math.min(...received.map(receiptOf)), chain: chainTo(received) });
    }
  }
  tainted.sort(
    byKeys(
      ({ chain }) => chain.length,
      ({ artifact }) => artifact,
      ({ holder }) => holder,
    ),
  );
  const labs = factsOf(world, 'ORGANIZATION')
    .filter(({ id, roles }) => roles.includes('LAB') && tainted.some(({ holder }) => holder === id))
    .map(({ id }) => id)
    .sort(byCodePoint);
  return { labs, tainted };
}
