import { copyForms, deletionStates } from '../../domain/facts.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, none } from '../../projection/projection.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { partsOf } from '../scenario/scenario-copy.ts';
import { formatDay, formatLastDay, formatShare } from '../sentence-formats.ts';
import type { BlastRadius } from './blast-radius.ts';
import type { ReachedOrganization, WayIn } from './radius-types.ts';

/*
 * Explains a way in to an artifact in a few sentences that a person can check against the facts: who holds what, since when,
 * how it got there, what it reveals of the artifact, and why its tier is no stronger.
 */

type Explained = Pick<BlastRadius, 'projection' | 'scenario'>;

const explainers = new WeakMap<Explained, WayExplainer>();

/** @param way one of an artifact's ways in this radius, as `ExposedArtifact.ways` gives it */
export function explainWay(radius: Explained, way: WayIn): string {
  let explainer = explainers.get(radius);
  if (explainer === undefined) {
    explainer = new WayExplainer(radius.projection, radius.scenario);
    explainers.set(radius, explainer);
  }
  return explainer.explain(way);
}

/** Explains many ways of one radius. Builds each sentence about a holder once. */
export class WayExplainer {
  readonly #projection: Projection;
  readonly #scenario: Scenario | undefined;
  readonly #originSentences = new Map<number, string>();
  readonly #reachSentences = new Map<number, string>();

  constructor(projection: Projection, scenario: Scenario | undefined) {
    this.#projection = projection;
    this.#scenario = scenario;
  }

  explain(way: WayIn): string {
    const holding = explainHolding(this.#projection, way.copy, this.#scenario);
    const reveals = way.reveals.length === 0 ? '' : explainReveals(this.#projection, way);
    return `${holding}${reveals} ${this.#explainTier(way)}`;
  }

  #explainTier(way: WayIn): string {
    const { tier, holder } = way;
    const { organization } = holder;
    if (tier === 'EXPOSED') return this.#originSentences.get(organization) ?? this.#explainOrigin(holder);
    if (tier === 'CONTAINED') return explainContainment(this.#projection, way, this.#scenario);
    if (way.reason === 'REACHED_BY_SPREAD') return this.#reachSentences.get(organization) ?? this.#explainReach(holder);
    return `${explainDoubt(this.#projection, way, this.#nameOf(holder), this.#scenario)}, so exposure is possible.`;
  }

  #explainOrigin(holder: ReachedOrganization): string {
    const sentence = `${this.#nameOf(holder)} is an origin and could read it during the core window, so it is exposed.`;
    this.#originSentences.set(holder.organization, sentence);
    return sentence;
  }

  #explainReach(holder: ReachedOrganization): string {
    // The likeliest walk may be longer than the shortest one.
    const { length } = holder.path;
    const name = this.#nameOf(holder);
    const sentence =
      length === 0
        ? `${name} may have been compromised, with a likelihood of ${formatShare(holder.likelihood)}, and is not known to be, so exposure is possible.`
        : `Compromise may spread to ${name} in ${length === 1 ? '1 step' : `${length} steps`}, with a likelihood of ${formatShare(holder.likelihood)}, and ${name} is not known to be compromised, so exposure is possible.`;
    this.#reachSentences.set(holder.organization, sentence);
    return sentence;
  }

  #nameOf({ organization }: ReachedOrganization): string {
    return this.#projection.organizations.name.get(organization);
  }
}

function explainHolding(projection: Projection, copy: number, scenario: Scenario | undefined): string {
  const { artifacts, copies, organizations, transfers } = projection;
  const holder = organizations.name.get(copies.holder.at(copy));
  const artifact = artifacts.name.get(copies.artifact.at(copy));
  const transfer = copies.transfer.at(copy);
  switch (copyKinds[copies.kind.at(copy)]) {
    case 'OWNED':
      return `${holder} owns ${artifact}.`;
    case 'PRODUCED':
      return `${holder} made ${artifact}: it sent ${pieceOf(projection, copy)} it to its owner (transfer ${transfers.id.get(transfer)}).`;
    case 'CUSTODY_GAP': {
      const recipient = organizations.name.get(transfers.recipient.at(transfer));
      const sent = `sent ${pieceOf(projection, copy)} ${artifact} to ${recipient} (transfer ${transfers.id.get(transfer)})`;
      return `${holder} ${sent}, so ${holder} had it, but no transfer shows who sent it to ${holder}.`;
    }
    default: {
      const sender = organizations.name.get(transfers.sender.at(transfer));
      const sentAt = transfers.sentAt.at(transfer);
      const day = Number.isNaN(sentAt) ? 'an unknown date' : formatDay(sentAt);
      // A scenario finds its ranks on the first request.
      const rank = scenario === undefined ? copies.rank.at(copy) : scenario.rankOf(copy);
      const what = `${pieceOf(projection, copy)} ${artifact}`;
      return `${sender} sent ${holder} ${what} on ${day} (transfer ${transfers.id.get(transfer)}${explainChain(rank)}).`;
    }
  }
}

function explainChain(rank: number): string {
  if (rank === none) return ', with no chain of transfers back to the owner';
  return rank > 1 ? `, ${rank} transfers from the owner` : '';
}

/** `a copy of`, `40% of`, `pieces 1, 2 (of 4) of`. */
function pieceOf({ artifacts, copies, transfers }: Projection, copy: number): string {
  const transfer = copies.transfer.at(copy);
  const count = artifacts.fragmentCount[copies.artifact.at(copy)] as number;
  if (count > 0 && !transfers.fragments.areUnknown(transfer)) {
    // A name that stands twice is one piece.
    const names = [...new Set(transfers.fragments.namesOf(transfer))];
    const shown = names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ');
    return `${names.length === 1 ? 'piece' : 'pieces'} ${shown} (of ${count}) of`;
  }
  const portion = copies.portion.at(copy);
  return portion === 1 ? 'a copy of' : `${formatShare(portion)} of`;
}

/** One sentence for each reveals fact, each after a space. */
function explainReveals({ artifacts, reveals }: Projection, { reveals: path }: WayIn): string {
  let sentences = '';
  for (const r of path) {
    const basis = reveals.basis.get(r);
    const reader = artifacts.name.get(reveals.artifact[r] as number);
    const learned = artifacts.name.get(reveals.reveals[r] as number);
    const share = formatShare(reveals.degree[r] as number);
    sentences += ` Anyone who reads ${reader} learns ${share} of ${learned}${basis === null ? '' : ` (${basis})`}.`;
  }
  return sentences;
}

function explainContainment({ copies, transfers }: Projection, { copy, isEncrypted }: WayIn, scenario: Scenario | undefined): string {
  if (isEncrypted && scenario !== undefined) {
    return `From ${formatDay(scenario.encryptedFrom(copy))} on, only its owner holds the key, so it is contained.`;
  }
  const transfer = copies.transfer.at(copy);
  const form = transfer === none ? undefined : copyForms[transfers.form.at(transfer)];
  return form === 'VIEW_ONLY'
    ? 'It can only be viewed there, so it is contained.'
    : 'It is encrypted, and only its owner holds the key, so it is contained.';
}

/** Why a readable copy at an origin is not EXPOSED. */
function explainDoubt(projection: Projection, { copy, reason }: WayIn, holder: string, scenario: Scenario | undefined): string {
  const { copies, transfers } = projection;
  const transfer = copies.transfer.at(copy);
  switch (reason) {
    case 'ENDED_BEFORE_CORE':
    case 'NEVER_DEFINITE':
      return explainEnd(projection, copy, reason === 'ENDED_BEFORE_CORE', holder, scenario);
    case 'BEGAN_AFTER_CORE':
      return Number.isNaN(transfers.sentAt.at(transfer))
        ? 'The date it was sent is unknown, and it was first recorded after the core window'
        : 'It was sent after the core window but within the widest window';
    case 'LOW_CONFIDENCE':
      return `The transfer is recorded with a confidence of only ${formatShare(copies.confidence.at(copy))}`;
    case 'OUT_OF_SCOPE':
      return `It is outside the reported scope of the compromise at ${holder}`;
    case 'NO_CORE':
      return `It is not certain when ${holder} was compromised`;
    case 'NONE':
    case 'REACHED_BY_SPREAD':
    case 'UNREADABLE':
      throw new Error(`copy ${copy} at an origin is POSSIBLE for the reason ${reason}`);
  }
}

/** For a copy that ends before the core window, or within it but before the copy is first certain. */
function explainEnd(projection: Projection, copy: number, isBeforeCore: boolean, holder: string, scenario: Scenario | undefined): string {
  const { copies, transfers } = projection;
  const transfer = copies.transfer.at(copy);
  const until = partsOf(projection, scenario, copy)[0]?.definiteUntil as number;
  const when = isBeforeCore ? 'before the core window but within the widest window' : 'and the date it was sent is unknown';
  if (until < copies.definiteUntil.at(copy)) {
    return `It is ${until === scenario?.recalledAt(copy) ? 'recalled and deleted' : 'encrypted'} on ${formatDay(until)}, ${when}`;
  }
  const day = formatLastDay(transfers.deletedAt.at(transfer));
  return deletionStates[transfers.deletionState.at(transfer)] === 'ATTESTED'
    ? `${holder} attests that it deleted this copy on ${day}, but there is no evidence`
    : `It was deleted on ${day}, ${when}`;
}
