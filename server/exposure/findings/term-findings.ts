import { none } from '../../projection/projection.ts';
import { isCurrent } from '../../rules/engagement-term.ts';
import { isInDate, requiredAt } from '../../rules/required-controls.ts';
import { formatDay, formatLastDay } from '../sentence-formats.ts';
import type { FindingQuestion, FindingRule } from './finding.ts';

const hasAuditRight = 1;

/** Findings about evidence, the terms of engagements, and values (semantics §9). */
export function termRules({ projection, policy, instant, levels }: FindingQuestion): FindingRule[] {
  const { artifacts, controls, engagements, organizations } = projection;
  const name = (organization: number | undefined) => organizations.name.get(organization as number);
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
        return requiredAt(policy, sensitivity).controls.includes(controls.control.get(c) as string);
      },
      message(c) {
        const issuedAt = controls.issuedAt[c] as number;
        const when =
          issuedAt > instant
            ? `is not issued until ${formatDay(issuedAt)}`
            : `was valid through ${formatLastDay(controls.expiresAt[c] as number)}`;
        return `The evidence of ${name(controls.organization[c])} for ${controls.control.get(c)}, which its access requires, ${when}.`;
      },
      facts: (c) => [
        { kind: 'CONTROL', index: c },
        { kind: 'ORGANIZATION', index: controls.organization[c] as number },
      ],
    },
    {
      kind: 'NO_NOTICE_TERM',
      subject: 'engagement',
      isFound: (e) => Number.isNaN(engagements.noticeHours[e] as number) && isRelied(e),
      message: (e) =>
        `Engagement ${engagements.id.get(e)} does not say how soon ${name(engagements.provider[e])} must notify ${name(engagements.client[e])} of a breach.`,
      facts: parties,
    },
    {
      kind: 'NO_AUDIT_RIGHT',
      subject: 'engagement',
      isFound: (e) => engagements.auditRight[e] !== hasAuditRight && isRelied(e),
      message: (e) =>
        `Engagement ${engagements.id.get(e)} records no right for ${name(engagements.client[e])} to audit ${name(engagements.provider[e])}.`,
      facts: parties,
    },
    {
      kind: 'NO_VALUE',
      subject: 'artifact',
      isFound: (a) => Number.isNaN(artifacts.valueLowUsd[a] as number) && Number.isNaN(artifacts.valueHighUsd[a] as number),
      message: (a) =>
        `${artifacts.name.get(a)} of ${name(artifacts.owner[a])} (artifact ${artifacts.id.get(a)}) has no value, so no loss figure includes it.`,
      facts: (a) => [
        { kind: 'ARTIFACT', index: a },
        { kind: 'ORGANIZATION', index: artifacts.owner[a] as number },
      ],
    },
  ];
}
