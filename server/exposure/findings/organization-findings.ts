import { copyForms, organizationRoles } from '../../domain/facts.ts';
import { rowOf } from '../../projection/csr.ts';
import { isLiveElsewhere } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds } from '../../projection/projection.ts';
import { hasProvidersWithoutTransfers } from '../../rules/blind-spot.ts';
import { isCurrent } from '../../rules/engagement-term.ts';
import { isInDate } from '../../rules/required-controls.ts';
import { getAlikePairs } from './alike-pairs.ts';
import type { FindingQuestion, FindingRule } from './finding.ts';
import { sentence } from './sentence.ts';

const labBit = 1 << organizationRoles.indexOf('LAB');
const transferred = copyKinds.indexOf('TRANSFERRED');
const plaintext = copyForms.indexOf('PLAINTEXT');
const encryptionAtRest = 'ENCRYPTION_AT_REST';

/** Findings about an organization, or about two (semantics §9). */
export function organizationRules(question: FindingQuestion): FindingRule[] {
  const { projection, instant } = question;
  const { artifacts, copies, organizations, transfers } = projection;
  const { control, expiresAt, issuedAt } = projection.controls;
  const findClaim = (o: number) =>
    rowOf(organizations.controls, o).find(
      (c) => control.get(c) === encryptionAtRest && isInDate(issuedAt[c] as number, expiresAt[c] as number, instant),
    );
  const isPlain = (copy: number) =>
    copies.kind[copy] === transferred &&
    transfers.form[copies.transfer[copy] as number] === plaintext &&
    isLiveElsewhere(projection, copy, instant);
  const plainCopies = (o: number) => rowOf(organizations.copies, o).filter(isPlain);
  const organization = { names: organizations.name, of: (o: number) => o };
  const firstPlain = (o: number) => {
    const plain = plainCopies(o);
    const first = plain[0] as number;
    const more = plain.length > 1 ? ` and ${plain.length - 1} more` : '';
    return `${artifacts.name.get(copies.artifact[first] as number)} (transfer ${transfers.id.get(copies.transfer[first] as number)}${more})`;
  };
  const pairs = getAlikePairs(projection);
  const pairAt = (index: number) => pairs[index] as (typeof pairs)[number];
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
      isFound: (o) => findClaim(o) !== undefined && rowOf(organizations.copies, o).some(isPlain),
      message: sentence`${organization} has evidence of ${() => encryptionAtRest} but holds a plaintext copy of ${firstPlain}.`,
      facts: (o) => [
        { kind: 'ORGANIZATION', index: o },
        { kind: 'CONTROL', index: findClaim(o) as number },
        { kind: 'TRANSFER', index: copies.transfer[plainCopies(o)[0] as number] as number },
      ],
    },
    {
      kind: 'BLIND_SPOT',
      subject: 'organization',
      isFound: (o) => ((organizations.roles[o] as number) & labBit) !== 0 && reliesOnUnrecorded(projection, o, instant),
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
function reliesOnUnrecorded(projection: Projection, lab: number, instant: number): boolean {
  const { artifacts, engagements, organizations, transfers } = projection;
  let recipients: Set<number> | undefined;
  const findRecipients = () => {
    const found = new Set<number>();
    for (const artifact of rowOf(organizations.artifacts, lab)) {
      for (const t of rowOf(artifacts.transfers, artifact)) found.add(transfers.recipient[t] as number);
    }
    return found;
  };
  return hasProvidersWithoutTransfers(
    lab,
    (client) =>
      Array.from(rowOf(organizations.engagementsAsClient, client))
        .filter((e) => isCurrentAt(projection, e, instant))
        .map((e) => engagements.provider[e] as number),
    (organization) => {
      recipients ??= findRecipients();
      return recipients.has(organization);
    },
  );
}
