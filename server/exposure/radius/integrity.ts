import { organizationRoles } from '../../domain/facts.ts';
import { rowOf } from '../../projection/csr.ts';
import type { Projection, TransferColumns } from '../../projection/projection.ts';
import { runAtOnce, type Steps } from '../../projection/turns.ts';
import { definiteFrom } from '../../rules/copy-interval.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { IntegrityRadius, RadiusInput, TaintedHolding } from './radius-types.ts';

const labBit = 1 << organizationRoles.indexOf('LAB');

/**
 * Finds the copies that an attacker at the origins could have altered (semantics §6).
 *
 * Works artifact by artifact and level by level. Level 1 has the transfers that an origin sent at or after the core window's start.
 * Level k + 1 has the transfers, not yet found, that a recipient of level k sent at or after one of its receipts of that level. A
 * sender's transfers are sorted by time, and its earliest receipt so far unlocks all later ones, so each is examined once. The
 * level of a transfer is the length of its shortest chain.
 *
 * Complexity: O(T log T) for the T transfers of artifacts that an origin sent on.
 */
export function findIntegrityRadius(projection: Projection, input: RadiusInput, scenario?: Scenario): IntegrityRadius {
  return runAtOnce(findIntegrityRadiusInSteps(projection, input, scenario));
}

/** The same, in steps of one artifact. */
export function* findIntegrityRadiusInSteps(projection: Projection, input: RadiusInput, scenario?: Scenario): Steps<IntegrityRadius> {
  const { organizations, transfers } = projection;
  const artifacts = new Set<number>();
  for (const origin of input.origins) {
    for (const t of rowOf(organizations.sent, origin)) {
      if (receivedAt(transfers, t) >= input.core.from && !scenario?.isGone(t)) artifacts.add(transfers.artifact[t] as number);
    }
  }
  const origins = new Set(input.origins);
  const tainted: TaintedHolding[] = [];
  for (const artifact of artifacts) {
    for (const holding of taintArtifact(projection, artifact, origins, input.core.from, scenario)) tainted.push(holding);
    yield;
  }
  tainted.sort((a, b) => a.chainLength - b.chainLength || a.artifact - b.artifact || a.holder - b.holder);
  const labs = new Set(tainted.map(({ holder }) => holder).filter((holder) => ((organizations.roles[holder] as number) & labBit) !== 0));
  return { labs: [...labs].sort((a, b) => a - b), tainted };
}

function taintArtifact(
  projection: Projection,
  artifact: number,
  origins: ReadonlySet<number>,
  from: number,
  scenario: Scenario | undefined,
): TaintedHolding[] {
  const { transfers } = projection;
  const at = (t: number) => receivedAt(transfers, t);
  /** For each sender, its transfers that are not tainted yet, ascending by instant: a receipt unlocks transfers from the end. */
  const waiting = new Map<number, number[]>();
  const levels = new Map<number, number>();
  let level: number[] = [];
  for (const t of rowOf(projection.artifacts.transfers, artifact)) {
    if (scenario?.isGone(t)) continue;
    const sender = transfers.sender[t] as number;
    if (origins.has(sender) && at(t) >= from) {
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
      const list = waiting.get(transfers.recipient[t] as number);
      while (list !== undefined && list.length > 0 && at(list[list.length - 1] as number) >= at(t)) {
        const sent = list.pop() as number;
        levels.set(sent, length);
        next.push(sent);
      }
    }
    level = next;
  }
  return collectHoldings(projection, artifact, levels);
}

function collectHoldings(projection: Projection, artifact: number, levels: ReadonlyMap<number, number>): TaintedHolding[] {
  const { transfers } = projection;
  const byHolder = new Map<number, { since: number; chainLength: number; last: number }>();
  for (const [t, chainLength] of levels) {
    const holder = transfers.recipient[t] as number;
    const since = receivedAt(transfers, t);
    const found = byHolder.get(holder);
    if (found === undefined) {
      byHolder.set(holder, { since, chainLength, last: t });
      continue;
    }
    found.since = Math.min(found.since, since);
    if (chainLength < found.chainLength || (chainLength === found.chainLength && t < found.last)) {
      found.chainLength = chainLength;
      found.last = t;
    }
  }
  return [...byHolder].map(([holder, { since, chainLength, last }]) => ({
    artifact,
    holder,
    since,
    chainLength,
    chain: (limit) => findChain(projection, last, levels, limit),
  }));
}

/** Follows a chain back from its last transfer. The transfer before is the smallest of the next lower level that the sender received in time. */
function findChain(projection: Projection, last: number, levels: ReadonlyMap<number, number>, limit: number): number[] {
  const { organizations, transfers } = projection;
  const chain = [last];
  for (let t = last, level = levels.get(last) as number; level > 1 && chain.length < limit; level--) {
    const sentAt = receivedAt(transfers, t);
    t = rowOf(organizations.received, transfers.sender[t] as number).find(
      (before) => levels.get(before) === level - 1 && receivedAt(transfers, before) <= sentAt,
    ) as number;
    chain.push(t);
  }
  return chain.reverse();
}

function receivedAt({ provenance, sentAt }: TransferColumns, t: number): number {
  return definiteFrom(sentAt[t] as number, provenance.assertedAt[t] as number);
}
