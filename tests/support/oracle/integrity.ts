import type { Stated, Transfer, World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import { byCodePoint, byKeys } from './order.ts';
import type { Question } from './question.ts';
import { suspectsOf } from './question.ts';

export interface OracleTainted {
  readonly artifact: string;
  readonly holder: string;
  readonly since: number;
  readonly isSinceKnown: boolean;
  readonly firstDated: number | undefined;
  readonly isSuspected: boolean;
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

/**
 * §6: the copies that an attacker at the origins could have altered. §13.4: suspected origins taint as well, and rows that only they taint say
 * so; the others are as if there were none.
 */
export function oracleIntegrity(world: World, question: Question): OracleIntegrity {
  const known = taintedFrom(world, question.origins, question, false);
  const all = taintedFrom(world, [...question.origins, ...suspectsOf(question).keys()], question, true);
  const isKnown = (row: OracleTainted) => known.some(({ artifact, holder }) => artifact === row.artifact && holder === row.holder);
  const tainted = [...known, ...all.filter((row) => !isKnown(row))].sort(
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

function taintedFrom(world: World, origins: readonly string[], question: Question, isSuspected: boolean): OracleTainted[] {
  const begins = question.hasCore === false ? question.widest.from : question.core.from;
  const transfers = factsOf(world, 'TRANSFER');
  const mayFollow = (previous: Sent, next: Sent) =>
    previous.artifact === next.artifact && previous.recipient === next.sender && receiptOf(next) >= receiptOf(previous);

  // The shortest chain that ends with each transfer. Chains grow by one transfer at a time.
  const lengths = new Map<string, number>();
  for (const transfer of transfers) {
    if (origins.includes(transfer.sender) && receiptOf(transfer) >= begins) lengths.set(transfer.id, 1);
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
      const since = Math.min(...received.map(receiptOf));
      const dates = received.flatMap(({ sentAt }) => (sentAt === undefined || sentAt === null ? [] : [sentAt]));
      tainted.push({
        artifact: artifact.id,
        holder: holder.id,
        since,
        isSinceKnown: dates.includes(since),
        firstDated: dates.length === 0 ? undefined : Math.min(...dates),
        isSuspected,
        chain: chainTo(received),
      });
    }
  }
  return tainted;
}
