import type { Core } from 'cytoscape';
import { countId } from './graph-elements.ts';
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
  const matters = ({ key, source, target }: DrawnLink) =>
    key === selection || (center !== null ? key === center || source === center || target === center : links.length <= mostLoud);
  const isHub = links.filter(matters).length > mostAtHub;
  const others: LinkLook = links.length > mostThin ? 'faint' : 'quiet';
  return links.map((link) => (!matters(link) ? others : isHub && link.key !== selection && link.key !== center ? 'quiet' : 'loud'));
}

/** Draws the links of a canvas as they matter. */
export function quietLinks(core: Core, links: readonly DrawnLink[], center: string | null, selection: string | null): void {
  const shown = center !== null && core.getElementById(center).nonempty() ? center : null;
  const looks = looksOf(links, shown, selection);
  for (const [place, link] of links.entries()) {
    const look = looks[place];
    core
      .getElementById(link.key)
      .toggleClass('quiet', look !== 'loud')
      .toggleClass('faint', look === 'faint');
    core.getElementById(countId(link.key)).toggleClass('quiet', look !== 'loud');
  }
}
