import { compareLargestFirst } from '../../domain/compare.ts';
import { organizationRoles } from '../../domain/facts.ts';
import type { Csr } from '../../projection/columns/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';
import { isCurrent } from '../../rules/engagement-term.ts';
import { isInDate } from '../../rules/required-controls.ts';
import { sumAmounts } from './concentration.ts';
import { listHoldersElsewhere } from './shared-holders.ts';

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

const labBit = 1 << organizationRoles.indexOf('LAB');
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
