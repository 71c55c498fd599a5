import { compareLargestFirst } from '../../domain/compare.ts';
import { labBit } from '../../domain/facts.ts';
import type { Csr } from '../../projection/columns/csr.ts';
import { groupByRow } from '../../projection/columns/csr.ts';
import { NumberBuilder, sharedInt32, sharedUint32 } from '../../projection/columns/shared-memory.ts';
import { isLiveElsewhere } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';
import { isCurrent } from '../../rules/engagement-term.ts';
import { isInDate } from '../../rules/required-controls.ts';

export interface LabConcentration {
  readonly lab: number;
  /** Herfindahl-Hirschman index, 0 to 1; null if the amounts are 0. */
  readonly herfindahlIndex: number | null;
  /** By share descending, then id. */
  readonly holders: readonly HolderShare[];
  /** The number of all holders. */
  readonly holderCount: number;
}

export interface HolderShare {
  readonly holder: number;
  /** 0 if all amounts are 0. */
  readonly share: number;
}

/** The holders that an answer lists for each lab. */
export const mostHolders = 20;

/**
 * Measures how concentrated each lab's value is among its holders (semantics §9). A holder's amount is the mean value of the lab's
 * artifacts that it holds at rank 1, each counted once. Yields after each lab.
 *
 * @param most the most holders listed for each lab
 * @param direct `listHoldersElsewhere` of all artifacts, in place of the copies of the projection
 * @returns every lab, by index descending, null last, then id
 * Complexity: O(organizations + artifacts + copies), and a sort of holders and labs.
 */
export function measureConcentration(projection: Projection, instant: number, most = Infinity, direct?: Csr): LabConcentration[] {
  const { organizations } = projection;
  const directHolders = direct ?? listHoldersElsewhere(projection, instant, 'DIRECT');
  const labs: LabConcentration[] = [];
  for (let lab = 0; lab < organizations.count; lab++) {
    if (((organizations.roles[lab] as number) & labBit) === 0) continue;
    const amounts = sumAmounts(projection, lab, directHolders);
    const holders = [...amounts.keys()].sort((a, b) => a - b);
    const total = holders.reduce((sum, holder) => sum + (amounts.get(holder) as number), 0);
    const shares = holders.map((holder) => ({ holder, share: total === 0 ? 0 : (amounts.get(holder) as number) / total }));
    labs.push({
      lab,
      herfindahlIndex: total === 0 ? null : shares.reduce((sum, { share }) => sum + share * share, 0),
      holders: shares.sort((a, b) => compareLargestFirst(a.share, b.share) || a.holder - b.holder).slice(0, most),
      holderCount: shares.length,
    });
  }
  return labs.sort((a, b) => compareLargestFirst(a.herfindahlIndex ?? -1, b.herfindahlIndex ?? -1) || a.lab - b.lab);
}

/**
 * For each holder, the mean value of the lab's artifacts of which it has a rank-1 copy. Artifacts ascend, so sums run in one order.
 *
 * @param direct `listHoldersElsewhere`
 */
function sumAmounts({ artifacts, organizations }: Projection, lab: number, direct: Csr): Map<number, number> {
  const amounts = new Map<number, number>();
  for (const artifact of rowOf(organizations.artifacts, lab)) {
    const value = artifacts.meanValueUsd[artifact] as number;
    for (const holder of rowOf(direct, artifact)) amounts.set(holder, (amounts.get(holder) ?? 0) + value);
  }
  return amounts;
}

/** The organizations that one safeguard covers, and the mean value of the artifacts that they hold. */
export interface Safeguard {
  readonly providerCount: number;
  readonly valueUsd: number;
}

/** The share of a lab's direct partners that contracts and evidence cover (semantics §9). */
export interface LabSafeguards {
  readonly lab: number;
  readonly providerCount: number;
  readonly valueUsd: number;
  readonly auditRight: Safeguard;
  /** The partners without an audit right. */
  readonly noAuditRight: Safeguard;
  readonly noticeTerm: Safeguard;
  readonly encryption: Safeguard;
}

const hasAuditRight = 1;

/**
 * Counts, for each lab, its direct providers and rank-1 holders under each safeguard. Yields after each lab.
 *
 * @param direct `listHoldersElsewhere` of all artifacts, in place of the copies of the projection
 * @returns every lab, by value without an audit right descending, then providers without one, then id
 * Complexity: O(organizations + artifacts + copies + engagements + controls), and a sort of the labs.
 */
export function measureSafeguards(projection: Projection, instant: number, direct?: Csr): LabSafeguards[] {
  const { organizations } = projection;
  const holders = direct ?? listHoldersElsewhere(projection, instant, 'DIRECT');
  const labs: LabSafeguards[] = [];
  for (let lab = 0; lab < organizations.count; lab++) {
    if (((organizations.roles[lab] as number) & labBit) === 0) continue;
    labs.push(measureLab(projection, lab, instant, holders));
  }
  return labs.sort(
    (a, b) =>
      compareLargestFirst(a.noAuditRight.valueUsd, b.noAuditRight.valueUsd) ||
      b.noAuditRight.providerCount - a.noAuditRight.providerCount ||
      a.lab - b.lab,
  );
}

function measureLab(projection: Projection, lab: number, instant: number, direct: Csr): LabSafeguards {
  const { controls, engagements, organizations } = projection;
  const amounts = sumAmounts(projection, lab, direct);
  const audited = new Set<number>();
  const noticed = new Set<number>();
  const parties = new Set(amounts.keys());
  for (const e of rowOf(organizations.engagementsAsClient, lab)) {
    if (!isCurrent(engagements.startsAt[e] as number, engagements.endsAt[e] as number, instant, instant)) continue;
    const provider = engagements.provider[e] as number;
    parties.add(provider);
    if (engagements.auditRight[e] === hasAuditRight) audited.add(provider);
    if (!Number.isNaN(engagements.noticeHours[e] as number)) noticed.add(provider);
  }
  parties.delete(lab);
  const encrypted = (organization: number) =>
    rowOf(organizations.controls, organization).some(
      (c) =>
        controls.control.get(c) === 'ENCRYPTION_AT_REST' &&
        isInDate(controls.issuedAt[c] as number, controls.expiresAt[c] as number, instant),
    );
  // Artifacts ascend, so that sums run in one order.
  const ordered = [...parties].sort((a, b) => a - b);
  const cover = (isCovered: (organization: number) => boolean): Safeguard => {
    const covered = ordered.filter(isCovered);
    return { providerCount: covered.length, valueUsd: covered.reduce((sum, party) => sum + (amounts.get(party) ?? 0), 0) };
  };
  return {
    lab,
    ...cover(() => true),
    auditRight: cover((party) => audited.has(party)),
    noAuditRight: cover((party) => !audited.has(party)),
    noticeTerm: cover((party) => noticed.has(party)),
    encryption: cover(encrypted),
  };
}

export interface SharedHolder {
  readonly holder: number;
  /** The labs whose artifacts it holds, itself excluded; by id. */
  readonly labs: readonly number[];
  readonly artifactCount: number;
}

/**
 * Finds the organizations that hold artifacts of two or more labs (semantics §9): one breach there hits several labs. Yields
 * after each organization.
 *
 * @param all `listHoldersElsewhere` of all artifacts, in place of the copies of the projection
 * @returns by number of labs, then of artifacts, descending, then id
 * Complexity: O(organizations + copies), and a sort of those found.
 */
export function findSharedHolders(projection: Projection, instant: number, all?: Csr): SharedHolder[] {
  const { artifacts, organizations } = projection;
  const holders = all ?? listHoldersElsewhere(projection, instant, 'ALL');
  const artifactOf = new Int32Array(holders.values.length);
  for (let artifact = 0; artifact < artifacts.count; artifact++)
    artifactOf.fill(artifact, holders.offsets[artifact], holders.offsets[artifact + 1]);
  const placesOf = groupByRow(holders.values, organizations.count);
  const found: SharedHolder[] = [];
  for (let holder = 0; holder < organizations.count; holder++) {
    const labs = new Set<number>();
    const places = rowOf(placesOf, holder);
    for (const place of places) labs.add(artifacts.owner[artifactOf[place] as number] as number);
    if (labs.size >= 2) found.push({ holder, labs: [...labs].sort((a, b) => a - b), artifactCount: places.length });
  }
  return found.sort((a, b) => b.labs.length - a.labs.length || b.artifactCount - a.artifactCount || a.holder - b.holder);
}

/** `DIRECT`: only copies of rank 1. */
export type HoldersWanted = 'ALL' | 'DIRECT';

/**
 * Artifact -> the organizations other than its owner with a copy that is possibly live at the instant (semantics §9), each once, in order of
 * their first copies. Concentration, safeguards and shared holders need nothing else of copies, so the holders of parts of the artifacts join
 * to those of all (server/batch). Yields now and then.
 *
 * Complexity: O(artifacts + copies).
 */
export function listHoldersElsewhere(projection: Projection, instant: number, wanted: HoldersWanted): Csr {
  const { artifacts, copies } = projection;
  const offsets = sharedUint32(artifacts.count + 1);
  const values = new NumberBuilder(sharedInt32);
  for (let artifact = 0; artifact < artifacts.count; artifact++) {
    const holders = new Set<number>();
    for (const copy of rowOf(artifacts.copies, artifact)) {
      if (wanted === 'DIRECT' && copies.rank.at(copy) !== 1) continue;
      if (isLiveElsewhere(projection, copy, instant)) holders.add(copies.holder.at(copy));
    }
    for (const holder of holders) values.push(holder);
    offsets[artifact + 1] = values.length;
  }
  return { offsets, values: values.build() };
}
