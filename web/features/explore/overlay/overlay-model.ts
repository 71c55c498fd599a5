import { heldCounts, labsOfTiers, lossOfSums } from '../../../canvas/flows/flow-radius.ts';
import { tiersInWords } from '../../../canvas/flows/flow-words.ts';
import { countOf, formatCount } from '../../../shared/format/count.ts';
import { formatShare } from '../../../shared/format/share.ts';
import { TIERS } from '../../../shared/format/words.ts';
import type { OverlayQuery, OverlayWaysQuery, Tier } from '../../../shared/generated/operations.ts';
import { type Overlay, overlayOf } from '../../../shared/url/explore-url.ts';

export type OverlayAnswer = NonNullable<OverlayQuery['blastRadius']>;
export type WaysAnswer = NonNullable<OverlayWaysQuery['blastRadius']>;

/** The part of an organization in a radius; the first that fits. */
export type OverlayRole = 'origin' | 'reached' | 'affected' | 'notifier' | 'blindSpot';

/** The mark that a radius gives one node. */
export interface OverlayMark {
  /** Null for an artifact. */
  readonly role: OverlayRole | null;
  /** Stands below the name. */
  readonly note: string | null;
  /** In the words of the page, for the name that is spoken. */
  readonly spoken: string;
  /** The same without what it passed on. */
  readonly part: string;
  /** How many artifacts in reach an organization sent toward a reached holder: "2", or "at least 2" of ways that are not all known. Null: unknown. */
  readonly passed: string | null;
  /** Of an artifact. */
  readonly tier: Tier | null;
  /** Of a lab with artifacts in reach: how many of each tier. */
  readonly counts: Readonly<Record<Tier, number>> | null;
}

/** A radius over the graph of Explore. */
export interface RadiusOverlay {
  /** By node key. A node that is absent is not in the radius. */
  readonly marks: ReadonlyMap<string, OverlayMark>;
  /** By link key: the strongest tier of the copies that the link carried toward a reached holder, or `SPREAD` where compromise passed along it. */
  readonly links: ReadonlyMap<string, Tier | 'SPREAD'>;
  /** The organizations of the radius: origins, reached by what they hold and labs by worst case in turn, who passed on and must tell. */
  readonly keys: readonly string[];
}

/** The ways of an artifact that are asked for. */
const MOST_WAYS = 20;
const organization = (id: string) => `organization:${id}`;
const linkKey = (kind: string, source: string, target: string) => JSON.stringify([kind, source, target]);

/** Linear in the answer. @param ways null while unknown: no line has a tier */
export function overlayOfAnswer(answer: OverlayAnswer, ways: WaysAnswer | null): RadiusOverlay {
  const links = new Map<string, Tier | 'SPREAD'>();
  const passed = new Map<string, Set<string>>();
  for (const { node } of ways?.artifacts.edges ?? []) {
    for (const { tier, copy } of node.ways) {
      const artifact = `artifact:${copy.artifact.id}`;
      strengthen(links, linkKey('HOLDS', artifact, organization(copy.holder.id)), tier);
      for (const { sender, recipient } of copy.chain) {
        strengthen(links, linkKey('TRANSFER', organization(sender.id), organization(recipient.id)), tier);
        if (tier !== 'CONTAINED') passed.set(sender.id, (passed.get(sender.id) ?? new Set()).add(artifact));
      }
    }
  }

  /** Of ways that are not all known, none says nothing. */
  const passedBy = (id: string) => {
    const count = passed.get(id)?.size ?? 0;
    const isCut = ways !== null && linesSentence(ways) !== null;
    return ways === null || (isCut && count === 0) ? null : `${isCut ? 'at least ' : ''}${formatCount(count)}`;
  };

  const marks = new Map<string, OverlayMark>();
  const add = (
    id: string,
    role: OverlayRole,
    note: string | null,
    part: string,
    more: Partial<Pick<OverlayMark, 'counts' | 'spoken'>> = {},
  ) => {
    const { counts = null, spoken = part } = more;
    const known = marks.get(organization(id));
    if (known === undefined) marks.set(organization(id), { role, note, spoken, part, tier: null, counts, passed: passedBy(id) });
    else marks.set(organization(id), { ...known, counts: known.counts ?? counts });
  };
  const held = heldCounts(answer.flows);
  for (const { node } of answer.reached.edges) {
    const { id } = node.organization;
    const count = held.get(id) ?? 0;
    if (node.hops === 0) add(id, 'origin', `holds ${count}`, `origin, holds ${count} in reach`);
    else {
      const chance = formatShare(node.likelihood);
      add(
        id,
        'reached',
        `holds ${count} · ${chance}`,
        `reached in ${countOf(node.hops, 'hop', 'hops')}, ${chance} chance, holds ${count} in reach`,
      );
    }
    for (const { from, to, access } of node.path)
      strengthen(links, linkKey(access === null ? 'TRANSFER' : 'ACCESS', organization(from.id), organization(to.id)), 'SPREAD');
  }
  const labs = labsOfTiers(answer.labTiers);
  for (const lab of [...labs].sort((a, b) => lossOfSums(b) - lossOfSums(a) || (a.id < b.id ? -1 : 1))) {
    add(lab.id, 'affected', null, tiersInWords(lab.counts), { counts: lab.counts });
  }

  for (const { node } of answer.notifiers.edges) {
    const count = passed.has(node.id) ? passedBy(node.id) : null;
    const note = count === null ? 'must tell its customers' : `notifier, passed on ${count}`;
    const passedOn = count === null ? '' : `passed on ${count} ${count === '1' ? 'artifact' : 'artifacts'} in reach, `;
    add(node.id, 'notifier', note, 'not reached, must tell its customers', { spoken: `not reached, ${passedOn}must tell its customers` });
  }
  for (const { node } of answer.dependents.edges) {
    const ask = node.path[0]?.provider.name;
    add(
      node.organization.id,
      'blindSpot',
      ask === undefined ? 'blind spot' : `blind spot: ask ${ask}`,
      'blind spot: no record says what is held of it',
    );
  }
  for (const { node } of [...(ways?.drawn.edges ?? [])]) {
    marks.set(`artifact:${node.artifact.id}`, {
      role: null,
      note: null,
      spoken: node.tier.toLowerCase(),
      part: node.tier.toLowerCase(),
      tier: node.tier,
      counts: null,
      passed: null,
    });
  }
  const keys = inTurn(marks, held);
  return { marks, links, keys };
}

/** The keys in order of importance: the origins, then those that hold most beside those whose loss is worst. */
function inTurn(marks: ReadonlyMap<string, OverlayMark>, held: ReadonlyMap<string, number>): readonly string[] {
  const of = (role: OverlayRole) => [...marks].flatMap(([key, mark]) => (mark.role === role ? [key] : []));
  const heldAt = (key: string) => held.get(key.slice(organization('').length)) ?? 0;
  const reached = of('reached').sort((a, b) => heldAt(b) - heldAt(a));
  const labs = of('affected');
  const both = Array.from({ length: Math.max(reached.length, labs.length) }, (_, i) => [reached[i] ?? [], labs[i] ?? []].flat());
  return [...of('origin'), ...both.flat(), ...of('notifier')];
}

function strengthen(links: Map<string, Tier | 'SPREAD'>, key: string, tier: Tier | 'SPREAD'): void {
  const known = links.get(key);
  if (known === undefined || known === 'SPREAD' || (tier !== 'SPREAD' && TIERS.indexOf(tier) < TIERS.indexOf(known))) links.set(key, tier);
}

/** Says what the lines leave out: they show the tiers of the answer's first ways alone. Null: nothing. */
export function linesSentence({ artifacts: { totalCount, edges } }: WaysAnswer): string | null {
  const cut = edges.filter(({ node }) => node.wayCount > node.ways.length).length;
  if (totalCount === edges.length && cut === 0) return null;
  const of = `The tiers of lines are those of ${countOf(edges.length, 'artifact', 'artifacts')} of ${formatCount(totalCount)}`;
  return cut === 0 ? `${of}, by worst case.` : `${of}, by worst case; of ${cut} of them, the ${MOST_WAYS} strongest ways.`;
}

/** The overlay of these organizations alone. The windows and options of a radius that lies over the graph stay; without one, the time is asked for. */
export function radiusOf(ids: readonly string[], before: Overlay | null, answer: OverlayAnswer | null): Overlay {
  if (before === null || answer === null) return overlayOf(ids);
  const window = ({ from, to }: OverlayAnswer['core']) => ({ from, to });
  return { ...before, incident: null, origins: ids, core: window(answer.core), widest: window(answer.widest), maxHops: answer.maxHops };
}

/** The same question with further origins. */
export function compromiseToo(before: Overlay, answer: OverlayAnswer, ids: readonly string[]): Overlay {
  return { ...before, origins: [...new Set([...answer.origins.map(({ id }) => id), ...ids])] };
}
