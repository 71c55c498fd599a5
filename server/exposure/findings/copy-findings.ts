import { copyId, isLiveElsewhere } from '../../projection/custody.ts';
import { copyKinds, none } from '../../projection/projection.ts';
import { hasEnded } from '../../rules/engagement-term.ts';
import { formatDay, formatLastDay } from '../sentence-formats.ts';
import type { FindingQuestion, FindingRule } from './finding.ts';
import { sentence } from './sentence.ts';

const transferred = copyKinds.indexOf('TRANSFERRED');
const custodyGap = copyKinds.indexOf('CUSTODY_GAP');
const highestSensitivity = 5;
/** A record is stale when its assertion is older. */
export const staleAfterMs = 365 * 24 * 3_600_000;

/** Findings about a copy that is possibly live and not in its owner's custody (semantics §9). */
export function copyRules({ projection, instant }: FindingQuestion): FindingRule[] {
  const { artifacts, copies, engagements, organizations, transfers } = projection;
  const isLive = (copy: number) => isLiveElsewhere(projection, copy, instant);
  const transferOf = (copy: number) => copies.transfer.at(copy);
  const holder = { names: organizations.name, of: (copy: number) => copies.holder.at(copy) };
  const artifact = { names: artifacts.name, of: (copy: number) => copies.artifact.at(copy) };
  const recipient = { names: organizations.name, of: (copy: number) => transfers.recipient.at(transferOf(copy)) };
  const transferId = (copy: number) => transfers.id.get(transferOf(copy));
  const engagementOf = (copy: number) => transfers.engagement.at(transferOf(copy));
  const engagementId = (copy: number) => engagements.id.get(engagementOf(copy));
  const endedOn = (copy: number) => formatLastDay(engagements.endsAt[engagementOf(copy)] as number);
  const idOf = (copy: number) => copyId(projection, copy);
  const assertedOn = (copy: number) => formatDay(assertedAt(copy));
  const assertedAt = (copy: number) => transfers.provenance.assertedAt.at(transferOf(copy));
  const facts = (copy: number) => [
    { kind: 'TRANSFER' as const, index: transferOf(copy) },
    { kind: 'ARTIFACT' as const, index: copies.artifact.at(copy) },
    { kind: 'ORGANIZATION' as const, index: copies.holder.at(copy) },
  ];
  return [
    {
      kind: 'CUSTODY_GAP',
      subject: 'copy',
      isFound: (copy) => copies.kind.at(copy) === custodyGap && isLive(copy),
      message: sentence`${holder} sent ${artifact} to ${recipient} (transfer ${transferId}), but no transfer shows who sent it to ${holder}.`,
      facts,
    },
    {
      kind: 'COPY_AFTER_ENGAGEMENT',
      subject: 'copy',
      isFound(copy) {
        if (copies.kind.at(copy) !== transferred || engagementOf(copy) === none) return false;
        return hasEnded(engagements.endsAt[engagementOf(copy)] as number, instant) && isLive(copy);
      },
      message: sentence`${holder} may still have ${artifact} (transfer ${transferId}), although engagement ${engagementId} ended on ${endedOn}.`,
      facts: (copy) => [...facts(copy), { kind: 'ENGAGEMENT', index: engagementOf(copy) }],
    },
    {
      kind: 'READABLE_AT_HIGHEST_SENSITIVITY',
      subject: 'copy',
      isFound: (copy) =>
        artifacts.sensitivity[copies.artifact.at(copy)] === highestSensitivity && copies.isReadable.at(copy) === 1 && isLive(copy),
      message: sentence`${holder} has a readable copy of ${artifact} (copy ${idOf}), which has sensitivity ${() => `${highestSensitivity}`}.`,
      facts,
    },
    {
      kind: 'STALE',
      subject: 'copy',
      isFound: (copy) => copies.kind.at(copy) === transferred && instant - assertedAt(copy) > staleAfterMs && isLive(copy),
      message: sentence`The record that ${holder} holds ${artifact} (transfer ${transferId}) was asserted on ${assertedOn}, more than 365 days before the date asked about.`,
      facts,
    },
  ];
}
