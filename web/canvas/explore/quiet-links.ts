import type { Core } from 'cytoscape';
import { countId } from './graph-elements.ts';
import type { DrawnLink } from './graph-props.ts';

/** Up to this many links, a canvas shows all of them with their counts. */
const mostLoud = 16;

/**
 * Draws links thin and without counts unless they matter: those of the node under the pointer or selected, and the selected link. A small
 * canvas without such a node shows all.
 *
 * @param center key of the node or link pointed at, else focused, else selected
 */
export function quietLinks(core: Core, links: readonly DrawnLink[], center: string | null, selection: string | null): void {
  const isCentered = center !== null && core.getElementById(center).nonempty();
  const isLoud = ({ key, source, target }: DrawnLink) =>
    key === selection || (isCentered ? key === center || source === center || target === center : links.length <= mostLoud);
  for (const link of links) {
    const isQuiet = !isLoud(link);
    core.getElementById(link.key).toggleClass('quiet', isQuiet);
    core.getElementById(countId(link.key)).toggleClass('quiet', isQuiet);
  }
}
