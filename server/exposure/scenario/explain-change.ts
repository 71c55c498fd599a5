import { copyId, findCopy } from '../../projection/custody.ts';
import { none, rowOf } from '../../projection/projection.ts';
import { tiers } from '../../rules/copy-tier.ts';
import { explainWay } from '../radius/because.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import type { ExposedArtifact, ReachedOrganization, SpreadStep, WayIn } from '../radius/radius-types.ts';
import { getRevealClosures } from '../radius/reveals/reveal-closure.ts';
import { SpreadSteps } from '../radius/spread.ts';
import { formatDay, formatSharesApart } from '../sentence-formats.ts';
import type { RadiusChange } from './compare-radii.ts';
import { isDifferent } from './compare-radii.ts';

/** The most ways that are followed from one radius into the other, the strongest first. */
const maxFates = 3;
/** The most ways that are looked at where the strongest have not changed. */
const maxLookedAt = 1000;

/**
 * Explains why an artifact changed between two radii or did not: the fates of its strongest ways in, and the strongest way now. One
 * instance serves all changes of a comparison.
 */
export class ChangeExplainer {
  readonly #before: BlastRadius;
  readonly #after: BlastRadius;
  #reachedAfter: ReadonlyMap<number, ReachedOrganization> | undefined;

  constructor(before: BlastRadius, after: BlastRadius) {
    this.#before = before;
    this.#after = after;
  }

  explain({ kind, before, after }: RadiusChange): string {
    switch (kind) {
      case 'JOINED':
        return this.#describe(this.#after, after);
      case 'LEFT':
        return `Before: ${this.#describe(this.#before, before)} Now: ${this.#tellFates(before)}`;
      case 'WEAKENED':
      case 'STRENGTHENED':
        return [this.#tellDifference(before, after), this.#tellFates(before), `Now: ${this.#describe(this.#after, after)}`]
          .filter((sentence) => sentence !== '')
          .join(' ');
      case 'STAYED':
        return this.#describe(this.#after, after);
    }
  }

  #describe(radius: BlastRadius, exposed: ExposedArtifact | undefined): string {
    const way = exposed?.ways(1)[0];
    return way === undefined ? '' : explainWay(radius, way);
  }

  #tellDifference(was: ExposedArtifact | undefined, is: ExposedArtifact | undefined): string {
    if (was === undefined || is === undefined) return '';
    if (was.tier !== is.tier) return `It was ${was.tier.toLowerCase()} and is now ${is.tier.toLowerCase()}.`;
    if (isDifferent(was.weightedShare, is.weightedShare)) {
      const [former, current] = formatSharesApart(was.weightedShare, is.weightedShare);
      return `Its weighted share was ${former} and is now ${current}.`;
    }
    const [lowWas, low] = formatSharesApart(was.portion.low, is.portion.low);
    const [highWas, high] = formatSharesApart(was.portion.high, is.portion.high);
    return `The portion that may be disclosed was ${lowWas} to ${highWas} and is now ${low} to ${high}.`;
  }

  /** The fates of the strongest ways; unchanged ways are skipped. */
  #tellFates(was: ExposedArtifact | undefined): string {
    const fates = new Set<string>();
    for (const way of was?.ways(maxFates) ?? []) {
      const fate = this.#tellFate(way);
      if (fate !== undefined) fates.add(fate);
    }
    const more = (was?.wayCount ?? 0) - maxFates;
    // The portion adds up over all ways, so a weak one may have changed alone.
    if (more > 0 && fates.size === 0) return this.#tellWeakFate(was as ExposedArtifact);
    if (more > 0)
      fates.add(
        more === 1 ? '1 weaker way in is not described here.' : `${more.toLocaleString('en-US')} weaker ways in are not described here.`,
      );
    return [...fates].join(' ');
  }

  /** The fate of the strongest way that changed, where none of the strongest did. */
  #tellWeakFate(was: ExposedArtifact): string {
    for (const way of was.ways(Math.min(was.wayCount, maxLookedAt)).slice(maxFates)) {
      const fate = this.#tellFate(way);
      if (fate !== undefined) return `${fate} Other weaker ways in are not described here.`;
    }
    return was.wayCount > maxLookedAt ? `None of the ${maxLookedAt.toLocaleString('en-US')} strongest ways in changed.` : '';
  }

  #tellFate(way: WayIn): string | undefined {
    const { projection, scenario } = this.#after;
    const copy = findCopy(projection, copyId(this.#before.projection, way.copy));
    const holder = this.#holderName(way.holder.organization);
    if (copy === none) return `The copy ${copyId(this.#before.projection, way.copy)} at ${holder} is not among the facts.`;
    if (scenario?.isCopyGone(copy)) {
      const transfer = projection.transfers.id.get(projection.copies.transfer.at(copy));
      return `Transfer ${transfer} is not made: its sender or recipient is suspended by then.`;
    }
    const reached = this.#reached(projection.copies.holder.at(copy));
    if (reached === undefined) return explainUnreached(this.#before, this.#after, way.holder);
    const tier = this.#after.columns.tierOf(copy);
    if (tier !== way.tier) return this.#tellEnd(copy, holder, way.tier, tier);
    if (reached.likelihood !== way.holder.likelihood) {
      const [before, now] = formatSharesApart(way.holder.likelihood, reached.likelihood);
      return `${holder} is reached with a likelihood of ${now}; before, it was ${before}.`;
    }
    const weight = weightIn(this.#after, copy);
    if (weight !== weightIn(this.#before, way.copy)) return this.#tellDoubt(copy, holder, weight === 1);
    const portion = projection.copies.portion.at(copy);
    const former = this.#before.projection.copies.portion.at(way.copy);
    if (portion !== former) {
      const [before, now] = formatSharesApart(former, portion);
      return `The copy at ${holder} holds ${now}; before, it held ${before}.`;
    }
    return this.#tellReveals(way);
  }

  /** How the degree between a way's two ends changed; undefined if it did not. */
  #tellReveals({ reveals: path }: WayIn): string | undefined {
    const { artifacts, reveals } = this.#before.projection;
    const [first, last] = [path[0], path[path.length - 1]];
    if (first === undefined || last === undefined) return undefined;
    const from = reveals.artifact[first] as number;
    const to = reveals.reveals[last] as number;
    const was = productBetween(this.#before, artifacts.id.get(from), artifacts.id.get(to));
    const is = productBetween(this.#after, artifacts.id.get(from), artifacts.id.get(to));
    if (was === is) return undefined;
    const [source, target] = [artifacts.name.get(from), artifacts.name.get(to)];
    if (is !== undefined) {
      const [before, now] = formatSharesApart(was ?? 0, is);
      return `${source} reveals ${now} of ${target}; before, it revealed ${before}.`;
    }
    return `${source} does not reveal enough of ${target} to count: no path of reveals has a product of degrees of at least ${this.#after.input.minDegree}.`;
  }

  /** Why a copy at a reached holder has another tier or none. */
  #tellEnd(copy: number, holder: string, former: WayIn['tier'], tier: WayIn['tier'] | undefined): string {
    const what = `The copy ${copyId(this.#after.projection, copy)} at ${holder}`;
    const measure = this.#tellMeasure(copy);
    if (measure !== undefined) return `${what} ${measure}.`;
    if (tier === undefined) return `${what} is not in its custody in the widest window.`;
    return `${what} is now ${tiers.indexOf(tier) > tiers.indexOf(former) ? 'at most ' : ''}${tier.toLowerCase()}.`;
  }

  /** Why a copy of the same tier has another weight: it became certain, or uncertain, that it could be read in the core window. */
  #tellDoubt(copy: number, holder: string, isSure: boolean): string {
    const id = copyId(this.#after.projection, copy);
    const measure = this.#tellMeasure(copy);
    if (measure !== undefined) return `The copy ${id} at ${holder} ${measure}.`;
    return `It is ${isSure ? 'now' : 'no longer'} certain that the copy ${id} at ${holder} could be read in the core window.`;
  }

  /** The effect of an action on a copy: the earlier of recall and encryption; undefined without an effect. */
  #tellMeasure(copy: number): string | undefined {
    const { projection, scenario } = this.#after;
    const recalledAt = scenario?.recalledAt(copy) ?? Infinity;
    const encryptedFrom = scenario?.encryptedFrom(copy) ?? Infinity;
    if (recalledAt < projection.copies.possibleUntil.at(copy) && recalledAt <= encryptedFrom) {
      return `is recalled and deleted on ${formatDay(recalledAt)}`;
    }
    return encryptedFrom < Infinity ? `is encrypted under its owner's key from ${formatDay(encryptedFrom)} on` : undefined;
  }

  #reached(organization: number): ReachedOrganization | undefined {
    this.#reachedAfter ??= new Map(this.#after.reached.map((each) => [each.organization, each]));
    return this.#reachedAfter.get(organization);
  }

  #holderName(organization: number): string {
    return this.#before.projection.organizations.name.get(organization);
  }
}

/** The weight of a copy with a tier. If an encrypted copy counts as two, the weight of the earlier one. */
function weightIn({ held, projection }: BlastRadius, copy: number): number | undefined {
  return held.get(projection.copies.artifact.at(copy))?.copies.find((tiered) => tiered.copy === copy)?.weight;
}

/** The best product of degrees from one artifact to another; undefined if it does not count. */
function productBetween({ projection, input }: BlastRadius, from: string, to: string): number | undefined {
  const source = projection.artifacts.id.find(from);
  if (source < 0) return undefined;
  const { targets, products } = getRevealClosures(projection, input.minDegree).of(source);
  return products[targets.indexOf(projection.artifacts.id.find(to))];
}

/**
 * Explains why an organization that one radius reaches is not reached in another: names the first step of its likeliest walk that no
 * longer holds. The two radii may be from different facts.
 *
 * @param was the organization as reached in `before`
 */
export function explainUnreached(before: BlastRadius, after: BlastRadius, was: ReachedOrganization): string {
  const name = before.projection.organizations.name.get(was.organization);
  const why = whyNot(before, after, was);
  return `${name} is not reached${why === undefined ? '' : `: ${why}`}.`;
}

function whyNot(before: BlastRadius, after: BlastRadius, { organization, path }: ReachedOrganization): string | undefined {
  const { id, name } = before.projection.organizations;
  const start = path[0]?.from ?? organization;
  const startAfter = after.projection.organizations.id.find(id.get(start));
  const isSuspected = after.input.suspected?.some((one) => one.organization === startAfter) ?? false;
  if (!isSuspected && !after.input.origins.includes(startAfter)) {
    const wasSuspected = before.input.suspected?.some((one) => one.organization === start) ?? false;
    return `${name.get(start)} is ${wasSuspected ? 'not suspected' : 'not an origin'}`;
  }
  for (const step of path) {
    const why = step.access === none ? whyNotSent(before, after, step) : whyNoAccess(before, after, step.access);
    if (why !== undefined) return why;
  }
  const { maxHops } = after.input;
  return path.length > maxHops
    ? `that takes ${path.length === 1 ? '1 step' : `${path.length} steps`}, and the limit is ${maxHops}`
    : undefined;
}

function whyNoAccess(before: BlastRadius, after: BlastRadius, access: number): string | undefined {
  const { projection, input, scenario } = after;
  const id = before.projection.access.id.get(access);
  const now = projection.access.id.find(id);
  if (now < 0) return `access ${id} is not among the facts`;
  if (new SpreadSteps(projection, input, scenario).isAccessOpen(now)) return undefined;
  const until = scenario?.accessUntil(now) ?? Infinity;
  return until <= input.widest.from ? `access ${id} ends on ${formatDay(until)}` : `access ${id} is not open in the widest window`;
}

function whyNotSent(before: BlastRadius, after: BlastRadius, { from, to }: SpreadStep): string | undefined {
  const { id, name } = before.projection.organizations;
  const { projection, input, scenario } = after;
  if (input.transferLikelihood === 0) return 'compromise does not pass along transfers';
  const [sender, recipient] = [from, to].map((organization) => projection.organizations.id.find(id.get(organization))) as [number, number];
  const steps = new SpreadSteps(projection, input, scenario);
  const sent = sender < 0 ? [] : rowOf(projection.organizations.sent, sender);
  if (sent.some((t) => projection.transfers.recipient.at(t) === recipient && steps.isTransferOpen(t))) return undefined;
  return `no copy that ${name.get(from)} sent to ${name.get(to)} is in its custody in the widest window`;
}
