import type { RadiusColumns } from './radius-columns.ts';

/** Most artifacts have fewer ways in. */
const mostWays = 4;

/**
 * Brings the scattered values of some rows near to the processor. If rows are written one after another, each value is waited for: a row
 * has some thirty, which lie far apart. Here nothing depends on the value before, so many are fetched at the same time.
 *
 * @returns a sum that means nothing. It keeps the reads from being left out as useless
 */
export function fetchAhead({ exposed, held, own, projection }: RadiusColumns, rows: Int32Array): number {
  const { artifacts, copies, transfers } = projection;
  const [found, sent] = [new Int32Array(rows.length * mostWays), new Int32Array(rows.length * mostWays)];
  let sum = 0;
  let count = 0;
  for (const row of rows) {
    const artifact = exposed.artifact[row] as number;
    sum += (exposed.low[row] as number) + (exposed.likelihood[row] as number) + (exposed.weightedLossUsd[row] as number);
    sum += (exposed.worstCaseLossUsd[row] as number) + (exposed.tier[row] as number) + (artifacts.owner[artifact] as number);
    sum += (artifacts.type[artifact] as number) + artifacts.id.sizeOf(artifact) + artifacts.name.sizeOf(artifact);
    const place = exposed.place[row] as number;
    if (place < 0) continue;
    const start = held.offsets[place] as number;
    const end = Math.min(held.offsets[place + 1] as number, start + mostWays);
    for (let at = start; at < end; at++) {
      sum += (held.code[at] as number) + (held.holder[at] as number) + (own.chance[at] as number) + (own.portion[at] as number);
      found[count++] = held.copy[at] as number;
    }
  }
  let sentCount = 0;
  for (let i = 0; i < count; i++) {
    const copy = found[i] as number;
    sum +=
      (copies.holder[copy] as number) + (copies.kind[copy] as number) + (copies.portion[copy] as number) + (copies.rank[copy] as number);
    const transfer = copies.transfer[copy] as number;
    if (transfer >= 0) sent[sentCount++] = transfer;
  }
  for (let i = 0; i < sentCount; i++) {
    const transfer = sent[i] as number;
    sum += (transfers.sender[transfer] as number) + (transfers.sentAt[transfer] as number) + transfers.id.sizeOf(transfer);
  }
  return sum;
}
