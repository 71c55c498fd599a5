import type { DrawnLink } from './graph-props.ts';

/** Up to this many links, a canvas shows all of them with their counts. */
const mostLoud = 16;
/** Above this many links, those that do not matter are only hinted at. */
const mostThin = 60;
/** A hub with more links than this shows them thin, so that they stay apart. */
const mostAtHub = 40;

/** How each link is drawn: in full with its count, thin without it, or as a hint. */
export type LinkLook = 'loud' | 'quiet' | 'faint';

/**
 * Links that matter are those of the node under the pointer or selected, and the selected link. A small canvas without such a node shows all.
 *
 * @param center key of the node or link pointed at, else focused, else selected; null: there is none on the canvas
 */
export function looksOf(links: readonly DrawnLink[], center: string | null, selection: string | null): readonly LinkLook[] {
  // Under a radius, what carried a copy toward a reached holder matters.
  const isCarried = (tier: DrawnLink['tier']) => (tier === undefined ? links.length <= mostLoud : tier !== 'SPREAD' && tier !== 'REST');
  const matters = ({ key, source, target, tier }: DrawnLink) =>
    key === selection || (center !== null ? key === center || source === center || target === center : isCarried(tier));
  const isHub = links.filter(matters).length > mostAtHub;
  // Without a node that matters, no link steps back behind others.
  const others: LinkLook = links.length > mostThin && center !== null ? 'faint' : 'quiet';
  return links.map((link) => (!matters(link) ? others : isHub && link.key !== selection && link.key !== center ? 'quiet' : 'loud'));
}
