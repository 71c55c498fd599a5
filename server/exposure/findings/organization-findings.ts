import { copyForms, labBit } from '../../domain/facts.ts';
import { listAll } from '../../projection/columns/order-rows.ts';
import { compareCopies, isLiveElsewhere } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, rowOf } from '../../projection/projection.ts';
import { hasProvidersWithoutTransfers } from '../../rules/blind-spot.ts';
import { isCurrent } from '../../rules/engagement-term.ts';
import { isInDate } from '../../rules/required-controls.ts';
import { formatControl } from '../sentence-formats.ts';
import type { FindingQuestion, FindingRule, HandedOver, PlainCopies } from './finding.ts';
import { getAlikePairs } from './finding.ts';
import { sentence } from './sentence.ts';

const transferred = copyKinds.indexOf('TRANSFERRED');
const plaintext = copyForms.indexOf('PLAINTEXT');
const encryptionAtRest = 'ENCRYPTION_AT_REST';

function isPlain(projection: Projection, copy: number, instant: number): boolean {
  const { copies, transfers } = projection;
  return (
    copies.kind.at(copy) === transferred &&
    transfers.form.at(copies.transfer.at(copy)) === plaintext &&
    isLiveElsewhere(projection, copy, instant)
  );
}

/** The plaintext copies of all holders, by holder. Complexity: O(copies). */
export function listPlainCopies(projection: Projection, instant: number): Map<number, PlainCopies> {
  const { copies } = projection;
  const byHolder = new Map<number, PlainCopies>();
  const firstOf = new Map<number, number>();
  for (const copy of listAll(copies)) {
    if (!isPlain(projection, copy, instant)) continue;
    const holder = copies.holder.at(copy);
    const before = firstOf.get(holder);
    const smallest = before === undefined || compareCopies(projection, copy, before) < 0 ? copy : before;
    firstOf.set(holder, smallest);
    const count = (byHolder.get(holder)?.count ?? 0) + 1;
    byHolder.set(holder, { transfer: copies.transfer.at(smallest), artifact: copies.artifact.at(smallest), count });
  }
  return byHolder;
}

/** Of the copies and transfers of a projection. */
export function handedOverIn(projection: Projection, instant: number): HandedOver {
  const { artifacts, copies, organizations, transfers } = projection;
  return {
    plainAt(holder) {
      const plain = rowOf(organizations.copies, holder).filter((copy) => isPlain(projection, copy, instant));
      if (plain.length === 0) return undefined;
      const first = plain.reduce((smallest, copy) => (compareCopies(projection, copy, smallest) < 0 ? copy : smallest));
      return { transfer: copies.transfer.at(first), artifact: copies.artifact.at(first), count: plain.length };
    },
    recipientsOf(lab) {
      const recipients = new Set<number>();
      for (const artifact of rowOf(organizations.artifacts, lab)) {
        for (const t of rowOf(artifacts.transfers, artifact)) recipients.add(transfers.recipient.at(t));
      }
      return recipients;
    },
  };
}

/** Findings about an organization, or about two (semantics §9). */
export function organizationRules(question: FindingQuestion): FindingRule[] {
  const { projection, instant } = question;
  const handedOver = question.handedOver ?? handedOverIn(projection, instant);
  const { artifacts, organizations, transfers } = projection;
  const { control, expiresAt, issuedAt } = projection.controls;
  const findClaim = (o: number) =>
    rowOf(organizations.controls, o).find(
      (c) => control.get(c) === encryptionAtRest && isInDate(issuedAt[c] as number, expiresAt[c] as number, instant),
    );
  const organization = { names: organizations.name, of: (o: number) => o };
  const firstPlain = (o: number) => {
    const { artifact, transfer, count } = handedOver.plainAt(o) as PlainCopies;
    const more = count > 1 ? ` and ${count - 1} more` : '';
    return `${artifacts.name.get(artifact)} (transfer ${transfers.id.get(transfer)}${more})`;
  };
  const pairAt = (index: number) => getAlikePairs(projection)[index] as ReturnType<typeof getAlikePairs>[number];
  const describe = (o: number) => `${organizations.name.get(o)} (${organizations.id.get(o)})`;
  const reasons = (index: number) => {
    const { domain, isNameAlike } = pairAt(index);
    return [
      ...(isNameAlike ? ['their names differ at most in case, accents and legal form'] : []),
      ...(domain === null ? [] : [`they share the domain ${domain}`]),
    ].join(', and ');
  };
  return [
    {
      kind: 'CLAIM_CONTRADICTED',
      subject: 'organization',
      isFound: (o) => findClaim(o) !== undefined && handedOver.plainAt(o) !== undefined,
      message: sentence`${organization} has evidence of ${() => formatControl(encryptionAtRest)} but holds a plaintext copy of ${firstPlain}.`,
      facts: (o) => [
        { kind: 'ORGANIZATION', index: o },
        { kind: 'CONTROL', index: findClaim(o) as number },
        { kind: 'TRANSFER', index: (handedOver.plainAt(o) as PlainCopies).transfer },
      ],
    },
    {
      kind: 'BLIND_SPOT',
      subject: 'organization',
      isFound: (o) => ((organizations.roles[o] as number) & labBit) !== 0 && reliesOnUnrecorded(projection, handedOver, o, instant),
      message: sentence`${(o) => explainBlindSpot(projection, o, firstEngagement(projection, o, instant) as number)}`,
      facts: (o) => blindSpotFacts(o, firstEngagement(projection, o, instant) as number),
    },
    {
      kind: 'POSSIBLE_DUPLICATE',
      subject: 'pair',
      isFound: () => true,
      message: sentence`${(index) => describe(pairAt(index).first)} and ${(index) => describe(pairAt(index).second)} may be the same organization: ${reasons}.`,
      facts: (index) => [
        { kind: 'ORGANIZATION', index: pairAt(index).first },
        { kind: 'ORGANIZATION', index: pairAt(index).second },
      ],
    },
  ];
}

/** @param engagement the engagement under which the lab relies on its provider */
export function explainBlindSpot({ engagements, organizations }: Projection, lab: number, engagement: number): string {
  const provider = organizations.name.get(engagements.provider[engagement] as number);
  return `${organizations.name.get(lab)} relies on ${provider} (engagement ${engagements.id.get(engagement)}), but no transfer shows what ${provider} or the providers below it hold of its artifacts.`;
}

export function blindSpotFacts(lab: number, engagement: number) {
  return [
    { kind: 'ORGANIZATION' as const, index: lab },
    { kind: 'ENGAGEMENT' as const, index: engagement },
  ];
}

function isCurrentAt({ engagements }: Projection, e: number, instant: number): boolean {
  return isCurrent(engagements.startsAt[e] as number, engagements.endsAt[e] as number, instant, instant);
}

/** The first current engagement of a client. */
function firstEngagement(projection: Projection, client: number, instant: number): number | undefined {
  return rowOf(projection.organizations.engagementsAsClient, client).find((e) => isCurrentAt(projection, e, instant));
}

/** Complexity: O(transfers of the lab's artifacts + engagements below it). */
function reliesOnUnrecorded(projection: Projection, handedOver: HandedOver, lab: number, instant: number): boolean {
  const { engagements, organizations } = projection;
  let recipients: ReadonlySet<number> | undefined;
  return hasProvidersWithoutTransfers(
    lab,
    (client) =>
      Array.from(rowOf(organizations.engagementsAsClient, client))
        .filter((e) => isCurrentAt(projection, e, instant))
        .map((e) => engagements.provider[e] as number),
    (organization) => {
      recipients ??= handedOver.recipientsOf(lab);
      return recipients.has(organization);
    },
  );
}
