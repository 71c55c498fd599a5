import { labBit } from '../../domain/facts.ts';
import type { Projection, TransferColumns } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';
import { runAtOnce, type Steps } from '../../projection/turns.ts';
import { definiteFrom } from '../../rules/copy-interval.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { IntegrityRadius, RadiusInput, TaintedHolding } from './radius-types.ts';

/**
 * Finds the copies that an attacker at the origins could have altered (semantics §6), and those that one at a suspected origin could
 * have altered (§13.4).
 *
 * Works artifact by artifact and level by level. Level 1 has the transfers that an origin sent at or after the core window's start;
 * without a core, the widest window's start.
 * Level k + 1 has the transfers, not yet found, that a recipient of level k sent at or after one of its receipts of that level. A
 * sender's transfers are sorted by time, and its earliest receipt so far unlocks all later ones, so each is examined once. The
 * level of a transfer is the length of its shortest chain.
 *
 * A second pass, over the transfers that are not tainted yet, does the same from the suspected origins. No chain from one of them to a
 * transfer of that pass contains a transfer of the first pass, for then the first pass would have found its end.
 *
 * An unknown `sentAt` counts as `assertedAt` to decide who is in. A receipt with such a date stays unknown in the answer.
 *
 * Complexity: O(T log T) for the T transfers of artifacts that an origin or a suspected origin sent on.
 */
export function findIntegrityRadius(projection: Projection, input: RadiusInput, scenario?: Scenario): IntegrityRadius {
  return runAtOnce(findIntegrityRadiusInSteps(projection, input, scenario));
}

/** The same, in steps of one artifact. */
export function* findIntegrityRadiusInSteps(projection: Projection, input: RadiusInput, scenario?: Scenario): Steps<IntegrityRadius> {
  const { organizations, transfers } = projection;
  const origins = new Set(input.origins);
  const suspected = new Set(input.suspected?.map(({ organization }) => organization));
  const artifacts = new Set<number>();
  for (const origin of [...origins, ...suspected]) {
    for (const t of rowOf(organizations.sent, origin)) {
      if (receivedAt(transfers, t) >= input.core.from && !scenario?.isGone(t)) artifacts.add(transfers.artifact.at(t));
    }
  }
  const tainted: TaintedHolding[] = [];
  for (const artifact of artifacts) {
    for (const holding of taintArtifact(projection, artifact, [origins, suspected], input.core.from, scenario)) tainted.push(holding);
    yield;
  }
  tainted.sort((a, b) => a.chainLength - b.chainLength || a.artifact - b.artifact || a.holder - b.holder);
  const labs = new Set(tainted.map(({ holder }) => holder).filter((holder) => ((organizations.roles[holder] as number) & labBit) !== 0));
  return { labs: [...labs].sort((a, b) => a - b), tainted };
}

function taintArtifact(
  projection: Projection,
  artifact: number,
  [origins, suspected]: readonly [ReadonlySet<number>, ReadonlySet<number>],
  from: number,
  scenario: Scenario | undefined,
): TaintedHolding[] {
  const { transfers } = projection;
  const all = rowOf(projection.artifacts.transfers, artifact);
  const sent = scenario === undefined ? all : all.filter((t) => !scenario.isGone(t));
  const levels = findLevels(transfers, sent, origins, from);
  const tainted = collectHoldings(projection, artifact, levels, false);
  if (suspected.size === 0) return tainted;
  const left = sent.filter((t) => !levels.has(t));
  const holders = new Set(tainted.map(({ holder }) => holder));
  const doubtful = collectHoldings(projection, artifact, findLevels(transfers, left, suspected, from), true);
  return [...tainted, ...doubtful.filter(({ holder }) => !holders.has(holder))];
}

/**
 * The length of the shortest chain that ends with each tainted transfer.
 *
 * @param sent transfers of one artifact, ascending
 * @param starts the organizations whose transfers taint, from the instant `from` on
 */
function findLevels(transfers: TransferColumns, sent: Int32Array, starts: ReadonlySet<number>, from: number): Map<number, number> {
  const at = (t: number) => receivedAt(transfers, t);
  /** For each sender, its transfers that are not tainted yet, ascending by instant: a receipt unlocks transfers from the end. */
  const waiting = new Map<number, number[]>();
  const levels = new Map<number, number>();
  let level: number[] = [];
  for (const t of sent) {
    const sender = transfers.sender.at(t);
    if (starts.has(sender) && at(t) >= from) {
      levels.set(t, 1);
      level.push(t);
    } else {
      const list = waiting.get(sender);
      if (list === undefined) waiting.set(sender, [t]);
      else list.push(t);
    }
  }
  for (const list of waiting.values()) list.sort((a, b) => at(a) - at(b) || a - b);

  for (let length = 2; level.length > 0; length++) {
    const next: number[] = [];
    for (const t of level) {
      const list = waiting.get(transfers.recipient.at(t));
      while (list !== undefined && list.length > 0 && at(list[list.length - 1] as number) >= at(t)) {
        const sentOn = list.pop() as number;
        levels.set(sentOn, length);
        next.push(sentOn);
      }
    }
    level = next;
  }
  return levels;
}

function collectHoldings(
  projection: Projection,
  artifact: number,
  levels: ReadonlyMap<number, number>,
  isSuspected: boolean,
): TaintedHolding[] {
  const { transfers } = projection;
  const byHolder = new Map<number, { since: number; firstDated: number; chainLength: number; last: number }>();
  for (const [t, chainLength] of levels) {
    const holder = transfers.recipient.at(t);
    const since = receivedAt(transfers, t);
    const sentAt = transfers.sentAt.at(t);
    const firstDated = Number.isNaN(sentAt) ? Infinity : sentAt;
    const found = byHolder.get(holder);
    if (found === undefined) {
      byHolder.set(holder, { since, firstDated, chainLength, last: t });
      continue;
    }
    found.since = Math.min(found.since, since);
    found.firstDated = Math.min(found.firstDated, firstDated);
    if (chainLength < found.chainLength || (chainLength === found.chainLength && t < found.last)) {
      found.chainLength = chainLength;
      found.last = t;
    }
  }
  return [...byHolder].map(([holder, { since, firstDated, chainLength, last }]) => ({
    artifact,
    holder,
    since,
    isSinceKnown: firstDated === since,
    firstDated: firstDated === Infinity ? undefined : firstDated,
    chainLength,
    isSuspected,
    chain: (limit) => findChain(projection, last, levels, limit),
  }));
}

/** Follows a chain back from its last transfer. The transfer before is the smallest of the next lower level that the sender received in time. */
function findChain(projection: Projection, last: number, levels: ReadonlyMap<number, number>, limit: number): number[] {
  const { organizations, transfers } = projection;
  const chain = [last];
  for (let t = last, level = levels.get(last) as number; level > 1 && chain.length < limit; level--) {
    const sentAt = receivedAt(transfers, t);
    t = rowOf(organizations.received, transfers.sender.at(t)).find(
      (before) => levels.get(before) === level - 1 && receivedAt(transfers, before) <= sentAt,
    ) as number;
    chain.push(t);
  }
  return chain.reverse();
}

function receivedAt({ provenance, sentAt }: TransferColumns, t: number): number {
  return definiteFrom(sentAt.at(t), provenance.assertedAt.at(t));
}
