import { getOrInsert } from '../../domain/get-or-insert.ts';
import { rowOf } from '../../projection/csr.ts';
import { formatDay, formatLastDay } from '../sentence-formats.ts';
import type { FindingQuestion, FindingRule } from './finding.ts';
import { sentence } from './sentence.ts';

/** Findings about a transfer, at any time (semantics §9). */
export function transferRules(question: FindingQuestion): FindingRule[] {
  const { artifacts, organizations, transfers } = question.projection;
  const inbound = new InboundCopies(question);
  const engaged = new EngagedPairs(question);
  const ownerOf = (t: number) => artifacts.owner[transfers.artifact[t] as number] as number;
  const sender = { names: organizations.name, of: (t: number) => transfers.sender[t] as number };
  const artifact = { names: artifacts.name, of: (t: number) => transfers.artifact[t] as number };
  const owner = { names: organizations.name, of: ownerOf };
  const recipient = { names: organizations.name, of: (t: number) => transfers.recipient[t] as number };
  const id = (t: number) => transfers.id.get(t);
  const facts = (t: number) => [
    { kind: 'TRANSFER' as const, index: t },
    { kind: 'ARTIFACT' as const, index: transfers.artifact[t] as number },
    { kind: 'ORGANIZATION' as const, index: transfers.sender[t] as number },
    { kind: 'ORGANIZATION' as const, index: transfers.recipient[t] as number },
  ];
  const sentOn = (t: number) => formatDay(transfers.sentAt[t] as number);
  const deletedOn = (t: number) => formatLastDay(inbound.lastEndBefore(t, transfers.sentAt[t] as number) as number);
  return [
    {
      kind: 'SENT_AFTER_DELETION',
      subject: 'transfer',
      isFound(t) {
        const sentAt = transfers.sentAt[t] as number;
        if (Number.isNaN(sentAt) || transfers.sender[t] === ownerOf(t)) return false;
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
      isFound: (t) => Number.isNaN(transfers.sentAt[t] as number),
      message: sentence`The date on which ${sender} sent ${artifact} to ${recipient} is unknown (transfer ${id}).`,
      facts,
    },
  ];
}

/** The pairs of organizations with an engagement, in either direction, at any time. Collected on first use. */
class EngagedPairs {
  readonly #question: FindingQuestion;
  #pairs: Set<number> | undefined;

  constructor(question: FindingQuestion) {
    this.#question = question;
  }

  has(a: number, b: number): boolean {
    const { engagements, organizations } = this.#question.projection;
    if (this.#pairs === undefined) {
      this.#pairs = new Set();
      for (let e = 0; e < engagements.count; e++)
        this.#pairs.add((engagements.client[e] as number) * organizations.count + (engagements.provider[e] as number));
    }
    return this.#pairs.has(a * organizations.count + b) || this.#pairs.has(b * organizations.count + a);
  }
}

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
    const artifact = transfers.artifact[t] as number;
    const sender = transfers.sender[t] as number;
    const key = artifact * organizations.count + sender;
    this.#ended ??= this.#findEnded();
    if (!this.#ended.has(key)) return undefined;
    const { starts, lastEnds } = getOrInsert(this.#known, key, () => this.#gather(artifact, sender));
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] as number) <= instant) low = middle + 1;
      else high = middle;
    }
    return lastEnds[low - 1];
  }

  #findEnded(): Set<number> {
    const { copies, organizations, transfers } = this.#question.projection;
    const ended = new Set<number>();
    for (let t = 0; t < transfers.slots; t++) {
      if (transfers.isLive[t] !== 1) continue;
      if (copies.possibleUntil[transfers.copy[t] as number] === Infinity) continue;
      ended.add((transfers.artifact[t] as number) * organizations.count + (transfers.recipient[t] as number));
    }
    return ended;
  }

  #gather(artifact: number, recipient: number) {
    const { artifacts, copies, organizations, transfers } = this.#question.projection;
    const ofArtifact = rowOf(artifacts.transfers, artifact);
    const received = rowOf(organizations.received, recipient);
    const shorter = ofArtifact.length < received.length ? ofArtifact : received;
    const intervals = Array.from(shorter)
      .filter((t) => transfers.artifact[t] === artifact && transfers.recipient[t] === recipient)
      .map((t) => transfers.copy[t] as number)
      .map((copy) => ({ from: copies.possibleFrom[copy] as number, until: copies.possibleUntil[copy] as number }))
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
