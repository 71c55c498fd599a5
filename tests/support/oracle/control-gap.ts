import type { EvidenceType } from '../../../server/domain/facts.ts';
import type { ControlPolicy } from '../../../server/rules/required-controls.ts';
import type { Control, World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import { isReadableCopy, meets, oracleCopies } from './custody.ts';
import { byKeys } from './order.ts';

const weakestFirst: readonly EvidenceType[] = ['SELF_ATTESTED', 'QUESTIONNAIRE', 'CERTIFICATE', 'AUDIT_REPORT', 'TESTED'];

export interface OracleControlGap {
  readonly organization: string;
  readonly highestSensitivity: number;
  readonly required: readonly string[];
  readonly met: readonly string[];
  readonly missing: readonly {
    readonly control: string;
    readonly leastEvidence: EvidenceType;
    readonly reason: string;
    readonly hasEvidence: boolean;
  }[];
}

/** §9: the artifacts that an organization has access to. */
export function oracleAccess(world: World, organization: string, instant: number): Set<string> {
  const within = factsOf(world, 'ACCESS')
    .filter(({ grantee }) => grantee === organization)
    .filter(({ validFrom, validUntil }) => (validFrom === null || validFrom <= instant) && (validUntil === null || validUntil > instant))
    .map(({ grantor }) => grantor);
  const copies = oracleCopies(world)
    .filter(isReadableCopy)
    .filter((copy) => meets({ from: instant, to: instant }, copy.possible))
    .filter(({ owner }) => owner !== organization)
    .filter(({ holder }) => holder === organization || within.includes(holder));
  return new Set(copies.map(({ artifact }) => artifact));
}

export function isEvidenceInDate({ issuedAt, expiresAt }: Control, instant: number): boolean {
  return (issuedAt === null || issuedAt <= instant) && (expiresAt === null || expiresAt > instant);
}

/** §9, control gap of one organization, even if it lacks nothing. */
export function oracleControlGap(
  world: World,
  policy: ControlPolicy,
  organization: string,
  instant: number,
  withoutIssuers: readonly string[],
): OracleControlGap {
  const accessed = oracleAccess(world, organization, instant);
  const sensitivities = factsOf(world, 'ARTIFACT')
    .filter(({ id }) => accessed.has(id))
    .map(({ sensitivity }) => sensitivity);
  const highestSensitivity = Math.max(0, ...sensitivities);
  const rows = policy.filter(({ fromSensitivity }) => fromSensitivity <= highestSensitivity);
  const required = rows.flatMap(({ controls }) => controls);
  const leastEvidence = rows[rows.length - 1]?.leastEvidence ?? 'SELF_ATTESTED';
  const missing: { control: string; leastEvidence: EvidenceType; reason: string; hasEvidence: boolean }[] = [];
  for (const control of required) {
    const evidence = factsOf(world, 'CONTROL').find((fact) => fact.organization === organization && fact.control === control);
    let reason: string | undefined;
    if (evidence === undefined) reason = 'NO_EVIDENCE';
    else if (evidence.issuer !== null && withoutIssuers.includes(evidence.issuer)) reason = 'ISSUER_DISCOUNTED';
    else if (!isEvidenceInDate(evidence, instant)) reason = 'EXPIRED';
    else if (weakestFirst.indexOf(evidence.evidenceType) < weakestFirst.indexOf(leastEvidence)) reason = 'TOO_WEAK';
    if (reason !== undefined) missing.push({ control, leastEvidence, reason, hasEvidence: evidence !== undefined });
  }
  const met = required.filter((control) => !missing.some((one) => one.control === control));
  return { organization, highestSensitivity, required, met, missing };
}

/** §9: the organizations that lack a control, by the number of missing controls descending, then id. */
export function oracleControlGaps(
  world: World,
  policy: ControlPolicy,
  instant: number,
  withoutIssuers: readonly string[],
): OracleControlGap[] {
  return factsOf(world, 'ORGANIZATION')
    .map(({ id }) => oracleControlGap(world, policy, id, instant, withoutIssuers))
    .filter(({ missing }) => missing.length > 0)
    .sort(
      byKeys(
        ({ missing }) => -missing.length,
        ({ organization }) => organization,
      ),
    );
}
