import { pairKey } from '../../../server/domain/facts.ts';
import type { ControlPolicy } from '../../../server/rules/required-controls.ts';
import type { World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import { liveCopies } from './concentration.ts';
import type { OracleRadius } from './confidentiality.ts';
import { isEvidenceInDate, oracleAccess, oracleControlGap } from './control-gap.ts';
import { isReadableCopy, oracleCopies } from './custody.ts';
import { byCodePoint } from './order.ts';

/** The subject of a finding. It decides whether the finding belongs to a radius. */
export interface OracleFinding {
  readonly id: string;
  readonly organizations: readonly string[];
  readonly artifacts: readonly string[];
  readonly copies: readonly string[];
}

const year = 365 * 24 * 3_600_000;

/** §9, all findings, unordered. An id is the kind and the key of the subject. */
export function oracleFindings(world: World, policy: ControlPolicy, instant: number): OracleFinding[] {
  return [
    ...aboutCopies(world, instant),
    ...aboutTransfers(world),
    ...aboutTerms(world, policy, instant),
    ...aboutOrganizations(world, instant),
    ...factsOf(world, 'ARTIFACT')
      .filter(({ valueLowUsd, valueHighUsd }) => valueLowUsd === null && valueHighUsd === null)
      .map(({ id }) => ({ id: `NO_VALUE/${id}`, organizations: [], artifacts: [id], copies: [] })),
  ];
}

function aboutCopies(world: World, instant: number): OracleFinding[] {
  const found: OracleFinding[] = [];
  const engagements = new Map(factsOf(world, 'ENGAGEMENT').map((engagement) => [engagement.id, engagement]));
  const assertedAt = new Map(factsOf(world, 'TRANSFER').map((transfer) => [transfer.id, transfer.assertedAt]));
  const sensitivity = new Map(factsOf(world, 'ARTIFACT').map((artifact) => [artifact.id, artifact.sensitivity]));
  for (const copy of liveCopies(world, instant)) {
    const add = (kind: string) => found.push({ id: `${kind}/${copy.id}`, organizations: [], artifacts: [], copies: [copy.id] });
    if (copy.kind === 'CUSTODY_GAP') add('CUSTODY_GAP');
    if (isReadableCopy(copy) && sensitivity.get(copy.artifact) === 5) add('READABLE_AT_HIGHEST_SENSITIVITY');
    if (copy.kind !== 'TRANSFERRED' || copy.transfer === null) continue;
    const endsAt = engagements.get(copy.transfer.engagement ?? '')?.endsAt ?? null;
    if (copy.transfer.engagement !== null && endsAt !== null && endsAt <= instant) add('COPY_AFTER_ENGAGEMENT');
    if (instant - (assertedAt.get(copy.transfer.id) as number) > year) add('STALE');
  }
  return found;
}

function aboutTransfers(world: World): OracleFinding[] {
  const found: OracleFinding[] = [];
  const copies = oracleCopies(world);
  const ownerOf = new Map(factsOf(world, 'ARTIFACT').map(({ id, owner }) => [id, owner]));
  for (const { id, artifact, sender, recipient, sentAt } of factsOf(world, 'TRANSFER')) {
    const owner = ownerOf.get(artifact);
    const add = (kind: string) =>
      found.push({ id: `${kind}/${id}`, organizations: [sender, recipient], artifacts: [artifact], copies: [id] });
    if (sentAt === null) add('UNKNOWN_SENT_AT');
    else if (sender !== owner) {
      const before = copies.filter(
        (copy) => copy.kind === 'TRANSFERRED' && copy.artifact === artifact && copy.holder === sender && copy.possible.from <= sentAt,
      );
      if (before.length > 0 && before.every(({ possible }) => possible.until <= sentAt)) add('SENT_AFTER_DELETION');
    }
    const isEngaged = factsOf(world, 'ENGAGEMENT').some(
      ({ client, provider }) => (client === sender && provider === recipient) || (client === recipient && provider === sender),
    );
    if (sender !== owner && recipient !== owner && !isEngaged) add('UNDECLARED_SUBCONTRACTOR');
  }
  return found;
}

function aboutTerms(world: World, policy: ControlPolicy, instant: number): OracleFinding[] {
  const found: OracleFinding[] = [];
  for (const { id, client, provider, startsAt, endsAt, noticeHours, auditRight } of factsOf(world, 'ENGAGEMENT')) {
    const isCurrent = (startsAt === null || startsAt <= instant) && (endsAt === null || endsAt > instant);
    if (!isCurrent || oracleAccess(world, provider, instant).size === 0) continue;
    const add = (kind: string) => found.push({ id: `${kind}/${id}`, organizations: [client, provider], artifacts: [], copies: [] });
    if (noticeHours === null) add('NO_NOTICE_TERM');
    if (auditRight !== true) add('NO_AUDIT_RIGHT');
  }
  for (const fact of factsOf(world, 'CONTROL')) {
    const { required } = oracleControlGap(world, policy, fact.organization, instant, []);
    if (!required.includes(fact.control) || isEvidenceInDate(fact, instant)) continue;
    found.push({
      id: `EXPIRED_EVIDENCE/${pairKey(fact.organization, fact.control)}`,
      organizations: [fact.organization, ...(fact.issuer === null ? [] : [fact.issuer])],
      artifacts: [],
      copies: [],
    });
  }
  return found;
}

function aboutOrganizations(world: World, instant: number): OracleFinding[] {
  const found: OracleFinding[] = [];
  const organizations = factsOf(world, 'ORGANIZATION');
  const copies = liveCopies(world, instant);
  for (const { id, roles } of organizations) {
    const claims = factsOf(world, 'CONTROL').some(
      (fact) => fact.organization === id && fact.control === 'ENCRYPTION_AT_REST' && isEvidenceInDate(fact, instant),
    );
    const add = (kind: string) => found.push({ id: `${kind}/${id}`, organizations: [id], artifacts: [], copies: [] });
    if (claims && copies.some(({ holder, kind, form }) => holder === id && kind === 'TRANSFERRED' && form === 'PLAINTEXT'))
      add('CLAIM_CONTRADICTED');
    if (roles.includes('LAB') && isBlindSpot(world, id, instant)) add('BLIND_SPOT');
  }
  for (const a of organizations) {
    for (const b of organizations) {
      if (byCodePoint(a.id, b.id) >= 0 || !areAlike(a, b)) continue;
      found.push({ id: `POSSIBLE_DUPLICATE/${pairKey(a.id, b.id)}`, organizations: [a.id, b.id], artifacts: [], copies: [] });
    }
  }
  return found;
}

function isBlindSpot(world: World, lab: string, instant: number): boolean {
  const current = factsOf(world, 'ENGAGEMENT').filter(
    ({ startsAt, endsAt }) => (startsAt === null || startsAt <= instant) && (endsAt === null || endsAt > instant),
  );
  const below = new Set<string>();
  for (let before = -1; before !== below.size; ) {
    before = below.size;
    for (const { client, provider } of current) if (client === lab || below.has(client)) below.add(provider);
  }
  if (below.size === 0) return false;
  below.delete(lab);
  const own = new Set(
    factsOf(world, 'ARTIFACT')
      .filter(({ owner }) => owner === lab)
      .map(({ id }) => id),
  );
  return !factsOf(world, 'TRANSFER').some(({ artifact, recipient }) => own.has(artifact) && below.has(recipient));
}

function areAlike(a: { name: string; website: string | null }, b: { name: string; website: string | null }): boolean {
  const domainOf = (website: string | null) =>
    website
      ?.replace(/^https?:\/\//, '')
      .replace(/[/:].*$/, '')
      .replace(/^www\./, '') ?? '-';
  const plain = (name: string) =>
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/,? (inc\.|gmbh|l\.l\.c\.|ltd)$/, '');
  return (domainOf(a.website) !== '-' && domainOf(a.website) === domainOf(b.website)) || plain(a.name) === plain(b.name);
}

/** §9: the findings of a radius, given all findings at widest.to. */
export function oracleRadiusFindings(findings: readonly OracleFinding[], radius: OracleRadius): string[] {
  const reached = new Set(radius.reached.map(({ organization }) => organization));
  const artifacts = new Set(radius.artifacts.map(({ artifact }) => artifact));
  const own = findings.filter(
    (finding) =>
      finding.organizations.some((id) => reached.has(id)) ||
      finding.artifacts.some((id) => artifacts.has(id)) ||
      finding.copies.some((id) => radius.tiers.has(id)),
  );
  const blindSpots = radius.dependents
    .filter(({ isBlindSpot: isBlind }) => isBlind)
    .map(({ organization }) => `BLIND_SPOT/${organization}`);
  return [...new Set([...own.map(({ id }) => id), ...blindSpots])];
}
