import { none } from '../../projection/projection.ts';
import { isCurrent } from '../../rules/engagement-term.ts';
import { isInDate, requiredAt } from '../../rules/required-controls.ts';
import { formatDay, formatLastDay } from '../sentence-formats.ts';
import type { FindingQuestion, FindingRule } from './finding.ts';
import { sentence } from './sentence.ts';

const hasAuditRight = 1;

/** Findings about evidence, the terms of engagements, and values (semantics §9). */
export function termRules({ projection, policy, instant, levels }: FindingQuestion): FindingRule[] {
  const { artifacts, controls, engagements, organizations } = projection;
  const nameIn = (column: Int32Array) => ({ names: organizations.name, of: (index: number) => column[index] as number });
  const [client, provider] = [nameIn(engagements.client), nameIn(engagements.provider)];
  const engagementId = (e: number) => engagements.id.get(e);
  const artifact = { names: artifacts.name, of: (a: number) => a };
  const artifactId = (a: number) => artifacts.id.get(a);
  const control = (c: number) => controls.control.get(c) as string;
  const validity = (c: number) => {
    const issuedAt = controls.issuedAt[c] as number;
    return issuedAt > instant
      ? `is not issued until ${formatDay(issuedAt)}`
      : `was valid through ${formatLastDay(controls.expiresAt[c] as number)}`;
  };
  const isRelied = (e: number) =>
    isCurrent(engagements.startsAt[e] as number, engagements.endsAt[e] as number, instant, instant) &&
    levels.of(engagements.provider[e] as number).copy !== none;
  const parties = (e: number) => [
    { kind: 'ENGAGEMENT' as const, index: e },
    { kind: 'ORGANIZATION' as const, index: engagements.provider[e] as number },
    { kind: 'ORGANIZATION' as const, index: engagements.client[e] as number },
  ];
  return [
    {
      kind: 'EXPIRED_EVIDENCE',
      subject: 'control',
      isFound(c) {
        if (isInDate(controls.issuedAt[c] as number, controls.expiresAt[c] as number, instant)) return false;
        const { sensitivity } = levels.of(controls.organization[c] as number);
        return requiredAt(policy, sensitivity).controls.includes(control(c));
      },
      message: sentence`The evidence of ${nameIn(controls.organization)} for ${control}, which its access requires, ${validity}.`,
      facts: (c) => [
        { kind: 'CONTROL', index: c },
        { kind: 'ORGANIZATION', index: controls.organization[c] as number },
      ],
    },
    {
      kind: 'NO_NOTICE_TERM',
      subject: 'engagement',
      isFound: (e) => Number.isNaN(engagements.noticeHours[e] as number) && isRelied(e),
      message: sentence`Engagement ${engagementId} does not say how soon ${provider} must notify ${client} of a breach.`,
      facts: parties,
    },
    {
      kind: 'NO_AUDIT_RIGHT',
      subject: 'engagement',
      isFound: (e) => engagements.auditRight[e] !== hasAuditRight && isRelied(e),
      message: sentence`Engagement ${engagementId} records no right for ${client} to audit ${provider}.`,
      facts: parties,
    },
    {
      kind: 'NO_VALUE',
      subject: 'artifact',
      isFound: (a) => Number.isNaN(artifacts.valueLowUsd[a] as number) && Number.isNaN(artifacts.valueHighUsd[a] as number),
      message: sentence`${artifact} of ${nameIn(artifacts.owner)} (artifact ${artifactId}) has no value, so no loss figure includes it.`,
      facts: (a) => [
        { kind: 'ARTIFACT', index: a },
        { kind: 'ORGANIZATION', index: artifacts.owner[a] as number },
      ],
    },
  ];
}
