import { heldCounts, NO_SUMS } from '../../../canvas/flows/flow-radius.ts';
import type { LanesAfter, LanesRadius } from '../../../canvas/lanes/lanes-props.ts';
import { countOf, formatCount, joinNames } from '../../../shared/format/count.ts';
import { formatInstantUtc } from '../../../shared/format/instant.ts';
import type { AtInstantQuery, AtInstantQueryVariables, BlastRadiusInput, Tier } from '../../../shared/generated/operations.ts';
import type { TimeWindow } from '../../../shared/url/params.ts';
import type { RadiusAnswer } from '../lanes-radius.ts';

/** The part of a radius that a number of hops or an instant shows. Places stay those of the whole radius. */

type Windows = Pick<RadiusAnswer, 'core' | 'widest'>;

/** The radius of fewer hops, in the places of the whole one. */
export function afterOfHop(part: LanesRadius): LanesAfter {
  return {
    tiers: new Map(part.artifacts.map(({ id, tier }) => [id, tier])),
    reached: new Set(part.organizations.map(({ id }) => id)),
    copies: part.copies,
    spread: part.spread,
    labs: new Map(part.labs.map((lab) => [lab.id, lab])),
    isCut: !part.isWhole,
  };
}

const DAY_MS = 86_400_000;
const MOST_STEPS = 30;
const CORE_STEPS = 6;

/**
 * The instants that the time play shows, from the start to the end of the widest window: each day outside of the core, each sixth of it
 * inside. A long window has equal steps, and both ends of the core. At most 30, in order.
 */
export function timeSteps({ core, widest }: Windows): readonly string[] {
  const [from, to] = [Date.parse(widest.from), Date.parse(widest.to)];
  const [coreFrom, coreTo] = [Date.parse(core.from), Date.parse(core.to)];
  const inside = Array.from({ length: CORE_STEPS + 1 }, (_, i) => Math.round(coreFrom + (i * (coreTo - coreFrom)) / CORE_STEPS));
  const days = (coreFrom - from + to - coreTo) / DAY_MS;
  const outside: number[] = [];
  if (days + inside.length + 3 <= MOST_STEPS) {
    for (let at = from; at < coreFrom; at += DAY_MS) outside.push(at);
    for (let at = coreTo + DAY_MS; at < to; at += DAY_MS) outside.push(at);
  }
  const equal = MOST_STEPS - 3;
  const all =
    outside.length > 0 || days === 0
      ? [...inside, ...outside]
      : [coreFrom, coreTo, ...Array.from({ length: equal }, (_, i) => Math.round(from + (i * (to - from)) / equal))];
  return [...new Set([from, ...all, to])].sort((a, b) => a - b).map((at) => new Date(at).toISOString());
}

/** The step that shows an instant: the last one not after it. */
export function stepAt(steps: readonly string[], at: string): number {
  return Math.max(
    0,
    steps.findLastIndex((step) => step <= at),
  );
}

/**
 * Asks which copies were there at an instant, and who had been reached by then. The copies are the radius of the holders themselves in a
 * window of that instant: EXPOSED is certainly there, POSSIBLE may be. The reached ones are the same question with windows that end there.
 *
 * @param input the question of the radius
 */
export function instantQuestion(input: BlastRadiusInput, radius: RadiusAnswer, at: string): AtInstantQueryVariables {
  const { core, widest } = radius;
  const instant = at < widest.from ? widest.from : at > widest.to ? widest.to : at;
  const now: TimeWindow = { from: instant, to: instant };
  const origins = radius.reached.edges.map(({ node }) => node.organization.id);
  const until = { from: widest.from, to: instant };
  const [coreTo = instant] = [core.to, instant].sort();
  return {
    there: {
      origins,
      core: now,
      widest: now,
      ...(input.knownAt == null ? {} : { knownAt: input.knownAt }),
      options: { maxHops: 0, minDegree: 1 },
    },
    until: { ...input, widest: until, core: core.from > instant ? now : { from: core.from, to: coreTo } },
  };
}

type AtInstant = AtInstantQuery;

/**
 * The radius as it was at an instant: copies that were there at holders that had been reached. Tiers speak of the windows and stay.
 * A part that is not wholly loaded keeps its artifacts, and shows who had been reached alone.
 *
 * @param isFiltered the part leaves out artifacts, of which the answer knows nothing
 */
export function afterOfInstant(
  part: LanesRadius,
  { reached: { edges } }: RadiusAnswer,
  answer: AtInstant,
  at: string,
  isFiltered: boolean,
): LanesAfter {
  const reached = new Set(answer.until?.reached.edges.map(({ node }) => node.organization.id));
  const open = new Set(
    edges.flatMap(({ node }) =>
      node.path
        .filter(
          ({ access }) => access === null || ((access.validFrom ?? at) <= at && (access.validUntil === null || at < access.validUntil)),
        )
        .map(({ from, to }) => JSON.stringify([from.id, to.id])),
    ),
  );
  const spread = part.spread.filter(
    ({ fromId, toId }) => reached.has(fromId) && reached.has(toId) && open.has(JSON.stringify([fromId, toId])),
  );
  /** Chances speak of the windows, as tiers do. */
  const figuresAt = (heldCountOf: (holder: string) => number | null) =>
    new Map(
      edges.flatMap(({ node: { organization, likelihood } }) =>
        reached.has(organization.id) ? [[organization.id, { likelihood, heldCount: heldCountOf(organization.id) }] as const] : [],
      ),
    );
  const links = answer.there?.subgraph;
  if (!part.isWhole || links == null || links.omittedCount > 0) {
    const copies = part.copies.filter(({ holderId }) => reached.has(holderId));
    const held = heldCounts(answer.there?.flows ?? []);
    return {
      ...afterOfHop(part),
      reached,
      spread,
      copies,
      figures: figuresAt((id) => (isFiltered ? null : (held.get(id) ?? 0))),
      isCut: true,
    };
  }
  const there = new Map<string, Tier>();
  for (const { tier, link } of links.links) {
    if (link.kind === 'HOLDS' && tier !== null) there.set(JSON.stringify([idIn(link.target), idIn(link.source)]), tier);
  }
  const copies = part.copies.flatMap((copy) => {
    const tier = there.get(JSON.stringify([copy.holderId, copy.artifactId]));
    if (tier === undefined || !reached.has(copy.holderId)) return [];
    return [{ ...copy, isUncertain: copy.tier !== 'CONTAINED' && tier === 'POSSIBLE' }];
  });
  const present = new Set(copies.map(({ artifactId }) => artifactId));
  const revealed = new Set(part.artifacts.filter(({ isRevealed }) => isRevealed).map(({ id }) => id));
  for (let isGrowing = true; isGrowing; ) {
    isGrowing = false;
    for (const { artifactId, revealsId } of part.reveals) {
      if (!present.has(artifactId) || present.has(revealsId) || !revealed.has(revealsId)) continue;
      present.add(revealsId);
      isGrowing = true;
    }
  }
  const shown = part.artifacts.filter(({ id }) => present.has(id));
  return {
    tiers: new Map(shown.map(({ id, tier }) => [id, tier])),
    reached,
    copies,
    spread,
    figures: figuresAt((id) => copies.filter(({ holderId }) => holderId === id).length),
    labs: new Map(
      part.labs.map((lab) => {
        const [counts, lossUsd] = [{ ...NO_SUMS.counts }, { ...NO_SUMS.lossUsd }];
        for (const { ownerId, tier, worstCaseLossUsd } of shown) {
          if (ownerId !== lab.id) continue;
          counts[tier] += 1;
          lossUsd[tier] += worstCaseLossUsd;
        }
        return [lab.id, { ...lab, counts, lossUsd }];
      }),
    ),
    isCut: false,
  };
}

function idIn(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}

/** "At Sep 24, 2026, 11:25 UTC: 11 held by Quillmark, 2 more possibly. 2 of 3 others reached by then." */
export function instantSentence(radius: RadiusAnswer, answer: AtInstant, at: string): string {
  const origins = new Set(radius.origins.map(({ id }) => id));
  const [held, possible] = (answer.there?.flows ?? []).reduce(
    ([certain, maybe], { holder, exposedCount, possibleCount }) =>
      holder !== null && origins.has(holder.organization.id) ? [certain + exposedCount, maybe + possibleCount] : [certain, maybe],
    [0, 0],
  );
  const who =
    radius.origins.length > 2 ? countOf(radius.origins.length, 'origin', 'origins') : joinNames(radius.origins.map(({ name }) => name));
  const more = possible === 0 ? '' : `, ${formatCount(possible)} more possibly`;
  const all = radius.summary.reachedCount - radius.origins.length;
  const reached = Math.max(0, (answer.until?.summary.reachedCount ?? 0) - radius.origins.length);
  const spread = all === 0 ? '' : ` ${formatCount(reached)} of ${countOf(all, 'other', 'others')} reached by then.`;
  return `At ${formatInstantUtc(at)}: ${formatCount(held)} held by ${who}${more}.${spread}`;
}
