import { firstIndex } from '../../domain/compare.ts';
import { highestSensitivity } from '../../domain/facts.ts';
import { findingKinds } from '../../domain/finding-kinds.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { listAll } from '../../projection/columns/order-rows.ts';
import { copyId, isLiveElsewhere } from '../../projection/custody.ts';
import type { EngagementColumns } from '../../projection/projection.ts';
import { copyKinds, none, rowOf } from '../../projection/projection.ts';
import { hasEnded, isCurrent } from '../../rules/engagement-term.ts';
import { isInDate, requiredAt } from '../../rules/required-controls.ts';
import { formatControl, formatDay, formatLastDay } from '../sentence-formats.ts';
import type { FindingQuestion, FindingRule } from './finding.ts';
import { organizationRules } from './organization-findings.ts';
import { sentence } from './sentence.ts';

/** In the order of `findingKinds`. */
export function rulesOf(question: FindingQuestion): FindingRule[] {
  const rules = [...copyRules(question), ...transferRules(question), ...organizationRules(question), ...termRules(question)];
  return rules.sort((a, b) => findingKinds.indexOf(a.kind) - findingKinds.indexOf(b.kind));
}

const hasAuditRight = 1;

/** Findings about evidence, the terms of engagements, and values (semantics §9). */
function termRules({ projection, policy, instant, levels }: FindingQuestion): FindingRule[] {
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
    levels.of(engagements.provider[e] as number).copy !== undefined;
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
      message: sentence`The evidence of ${nameIn(controls.organization)} for ${(c) => formatControl(control(c))}, which its access requires, ${validity}.`,
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

/** Findings about a transfer, at any time (semantics §9). */
function transferRules(question: FindingQuestion): FindingRule[] {
  const { artifacts, organizations, transfers } = question.projection;
  const inbound = new InboundCopies(question);
  const engaged = new EngagedPairs(question);
  const ownerOf = (t: number) => artifacts.owner[transfers.artifact.at(t)] as number;
  const sender = { names: organizations.name, of: (t: number) => transfers.sender.at(t) };
  const artifact = { names: artifacts.name, of: (t: number) => transfers.artifact.at(t) };
  const owner = { names: organizations.name, of: ownerOf };
  const recipient = { names: organizations.name, of: (t: number) => transfers.recipient.at(t) };
  const id = (t: number) => transfers.id.get(t);
  const facts = (t: number) => [
    { kind: 'TRANSFER' as const, index: t },
    { kind: 'ARTIFACT' as const, index: transfers.artifact.at(t) },
    { kind: 'ORGANIZATION' as const, index: transfers.sender.at(t) },
    { kind: 'ORGANIZATION' as const, index: transfers.recipient.at(t) },
  ];
  const sentOn = (t: number) => formatDay(transfers.sentAt.at(t));
  const deletedOn = (t: number) => formatLastDay(inbound.lastEndBefore(t, transfers.sentAt.at(t)) as number);
  return [
    {
      kind: 'SENT_AFTER_DELETION',
      subject: 'transfer',
      isFound(t) {
        const sentAt = transfers.sentAt.at(t);
        if (Number.isNaN(sentAt) || transfers.sender.at(t) === ownerOf(t)) return false;
        const lastEnd = inbound.lastEndBefore(t, sentAt);
        return lastEnd !== undefined && lastEnd <= sentAt;
      },
      message: sentence`${sender} sent ${artifact} to ${recipient} on ${sentOn} (transfer ${id}), although the last copy it had received was deleted on ${deletedOn}.`,
      facts,
    },
    {
      kind: 'UNDECLARED_SUBCONTRACTOR',
      subject: 'transfer',
      isFound(t) {
        const [from, to] = [sender.of(t), recipient.of(t)];
        return from !== ownerOf(t) && to !== ownerOf(t) && !engaged.has(from, to);
      },
      message: sentence`${sender} sent ${artifact} to ${recipient} (transfer ${id}), but ${owner} knows of no engagement between the two.`,
      facts,
    },
    {
      kind: 'UNKNOWN_SENT_AT',
      subject: 'transfer',
      isFound: (t) => Number.isNaN(transfers.sentAt.at(t)),
      message: sentence`The date on which ${sender} sent ${artifact} to ${recipient} is unknown (transfer ${id}).`,
      facts,
    },
  ];
}

/** By the engagements, which several projections may share. */
const engagedPairs = new WeakMap<EngagementColumns, ReadonlySet<number>>();

/** The pairs of organizations with an engagement, in either direction, at any time. Collected on first use. */
class EngagedPairs {
  readonly #question: FindingQuestion;
  #pairs: ReadonlySet<number> | undefined;

  constructor(question: FindingQuestion) {
    this.#question = question;
  }

  has(a: number, b: number): boolean {
    const { engagements } = this.#question.projection;
    this.#pairs ??= getOrInsert(engagedPairs, engagements, () => {
      const pairs = new Set<number>();
      for (let e = 0; e < engagements.count; e++) pairs.add(pairOf(engagements.client[e] as number, engagements.provider[e] as number));
      return pairs;
    });
    return this.#pairs.has(pairOf(a, b)) || this.#pairs.has(pairOf(b, a));
  }
}

/** One number for two organizations. */
const pairOf = (a: number, b: number) => a * 2 ** 26 + b;

/** The copies of an artifact that a transfer's sender had received, ordered by the start of their possible intervals. */
class InboundCopies {
  readonly #question: FindingQuestion;
  /** The keys of `#known` where a copy ended: few, so most senders are not looked at. Collected on first use. */
  #ended: Set<number> | undefined;
  /** artifact x organizations + recipient -> ascending starts of possible intervals, each with the latest end so far. */
  readonly #known = new Map<number, { readonly starts: number[]; readonly lastEnds: number[] }>();

  constructor(question: FindingQuestion) {
    this.#question = question;
  }

  /**
   * The latest end among the possible intervals that began by `instant`. Undefined if none began, or none ever ends. O(log n) after the first
   * use.
   */
  lastEndBefore(t: number, instant: number): number | undefined {
    const { transfers, organizations } = this.#question.projection;
    const artifact = transfers.artifact.at(t);
    const sender = transfers.sender.at(t);
    const key = artifact * organizations.count + sender;
    this.#ended ??= this.#findEnded();
    if (!this.#ended.has(key)) return undefined;
    const { starts, lastEnds } = getOrInsert(this.#known, key, () => this.#gather(artifact, sender));
    return lastEnds[firstIndex(starts.length, (i) => (starts[i] as number) > instant) - 1];
  }

  #findEnded(): Set<number> {
    const { copies, organizations, transfers } = this.#question.projection;
    const ended = new Set<number>();
    for (const t of listAll(transfers)) {
      if (copies.possibleUntil.at(transfers.copy.at(t)) === Infinity) continue;
      ended.add(transfers.artifact.at(t) * organizations.count + transfers.recipient.at(t));
    }
    return ended;
  }

  #gather(artifact: number, recipient: number) {
    const { artifacts, copies, organizations, transfers } = this.#question.projection;
    const ofArtifact = rowOf(artifacts.transfers, artifact);
    const received = rowOf(organizations.received, recipient);
    const shorter = ofArtifact.length < received.length ? ofArtifact : received;
    const intervals = Array.from(shorter)
      .filter((t) => transfers.artifact.at(t) === artifact && transfers.recipient.at(t) === recipient)
      .map((t) => transfers.copy.at(t))
      .map((copy) => ({ from: copies.possibleFrom.at(copy), until: copies.possibleUntil.at(copy) }))
      // -Infinity minus -Infinity is NaN, so the comparator does not subtract.
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
    let last = -Infinity;
    const lastEnds = intervals.map(({ until }) => {
      last = Math.max(last, until);
      return last;
    });
    return { starts: intervals.map(({ from }) => from), lastEnds };
  }
}

const transferred = copyKinds.indexOf('TRANSFERRED');
const custodyGap = copyKinds.indexOf('CUSTODY_GAP');
/** A record is stale when its assertion is older. */
export const staleAfterMs = 365 * 24 * 3_600_000;

/** Findings about a copy that is possibly live and not in its owner's custody (semantics §9). */
function copyRules({ projection, instant }: FindingQuestion): FindingRule[] {
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
