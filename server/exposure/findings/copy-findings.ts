import { copyId, isLiveElsewhere } from '../../projection/custody.ts';
import { copyKinds, none } from '../../projection/projection.ts';
import { hasEnded } from '../../rules/engagement-term.ts';
import { formatDay, formatLastDay } from '../sentence-formats.ts';
import type { FindingQuestion, FindingRule } from './finding.ts';

const transferred = copyKinds.indexOf('TRANSFERRED');
const custodyGap = copyKinds.indexOf('CUSTODY_GAP');
const highestSensitivity = 5;
const staleAfterMs = 365 * 24 * 3_600_000;

/** Findings about a copy that is possibly live and not in its owner's custody (semantics §9). */
export function copyRules({ projection, instant }: FindingQuestion): FindingRule[] {
  const { artifacts, copies, engagements, organizations, transfers } = projection;
  const isLive = (copy: number) => isLiveElsewhere(projection, copy, instant);
  const transferOf = (copy: number) => copies.transfer[copy] as number;
  const holder = (copy: number) => organizations.name.get(copies.holder[copy] as number);
  const artifact = (copy: number) => artifacts.name.get(copies.artifact[copy] as number);
  const transferId = (copy: number) => transfers.id.get(transferOf(copy));
  const engagementOf = (copy: number) => transfers.engagement[transferOf(copy)] as number;
  const assertedAt = (copy: number) => transfers.provenance.assertedAt[transferOf(copy)] as number;
  const facts = (copy: number) => [
    { kind: 'TRANSFER' as const, index: transferOf(copy) },
    { kind: 'ARTIFACT' as const, index: copies.artifact[copy] as number },
    { kind: 'ORGANIZATION' as const, index: copies.holder[copy] as number },
  ];
  return [
    {
      kind: 'CUSTODY_GAP',
      subject: 'copy',
      isFound: (copy) => copies.kind[copy] === custodyGap && isLive(copy),
      message(copy) {
        const recipient = organizations.name.get(transfers.recipient[transferOf(copy)] as number);
        return `${holder(copy)} sent ${artifact(copy)} to ${recipient} (transfer ${transferId(copy)}), but no transfer shows who sent it to ${holder(copy)}.`;
      },
      facts,
    },
    {
      kind: 'COPY_AFTER_ENGAGEMENT',
      subject: 'copy',
      isFound(copy) {
        if (copies.kind[copy] !== transferred || engagementOf(copy) === none) return false;
        return hasEnded(engagements.endsAt[engagementOf(copy)] as number, instant) && isLive(copy);
      },
      message(copy) {
        const ended = formatLastDay(engagements.endsAt[engagementOf(copy)] as number);
        return `${holder(copy)} may still have ${artifact(copy)} (transfer ${transferId(copy)}), although engagement ${engagements.id.get(engagementOf(copy))} ended on ${ended}.`;
      },
      facts: (copy) => [...facts(copy), { kind: 'ENGAGEMENT', index: engagementOf(copy) }],
    },
    {
      kind: 'READABLE_AT_HIGHEST_SENSITIVITY',
      subject: 'copy',
      isFound: (copy) =>
        artifacts.sensitivity[copies.artifact[copy] as number] === highestSensitivity && copies.isReadable[copy] === 1 && isLive(copy),
      message: (copy) =>
        `${holder(copy)} has a readable copy of ${artifact(copy)} (copy ${copyId(projection, copy)}), which has sensitivity ${highestSensitivity}.`,
      facts,
    },
    {
      kind: 'STALE',
      subject: 'copy',
      isFound: (copy) => copies.kind[copy] === transferred && instant - assertedAt(copy) > staleAfterMs && isLive(copy),
      message: (copy) =>
        `The record that ${holder(copy)} holds ${artifact(copy)} (transfer ${transferId(copy)}) was asserted on ${formatDay(assertedAt(copy))}, more than 365 days before the date asked about.`,
      facts,
    },
  ];
}
