import type { FlowFocus } from './flow-radius.ts';
import type { FlowBand, FlowBlock, FlowNode, FlowsLayout } from './flow-shapes.ts';

/** The saturated part of the picture. With a choice or the pointer on something, the rest is dimmed. */
export interface Highlighted {
  /** Without a choice, the bands of the origins are saturated and nothing is dimmed. */
  readonly isChoice: boolean;
  readonly bands: ReadonlySet<FlowBand>;
  readonly nodes: ReadonlySet<FlowNode>;
  readonly blocks: ReadonlySet<FlowBlock>;
}

export interface HighlightedBy {
  /** The key of the target under the pointer or with the keyboard's focus. */
  readonly hovered: string | null;
  readonly pointed: FlowFocus | null;
  readonly chosen: FlowFocus;
}

/** The pointer here comes first, then the pointer elsewhere, then the choice. Linear in the bands. */
export function findHighlighted(layout: FlowsLayout, { hovered, pointed, chosen }: HighlightedBy): Highlighted {
  if (hovered !== null) {
    return highlightedOf(layout, (band) => band.key === hovered || band.node.key === hovered || band.block.key === hovered, hovered);
  }
  const focus = pointed ?? chosen;
  if (focus.holders.size + focus.labs.size > 0) return highlightedOf(layout, (band) => doesFit(band, focus), null);
  const bands = new Set(layout.bands.filter((band) => band.node.hop === 0));
  return { isChoice: false, bands, nodes: new Set(layout.nodes), blocks: new Set(layout.blocks) };
}

/** A group matches if one of its members does. */
function doesFit({ node, block }: FlowBand, { holders, labs }: FlowFocus): boolean {
  const isHolder = holders.size === 0 || node.members.some(({ id }) => holders.has(id));
  return isHolder && (labs.size === 0 || block.labs.some(({ id }) => labs.has(id)));
}

function highlightedOf(layout: FlowsLayout, fits: (band: FlowBand) => boolean, key: string | null): Highlighted {
  const bands = new Set(layout.bands.filter(fits));
  const nodes = new Set([...bands].map(({ node }) => node));
  const blocks = new Set([...bands].map(({ block }) => block));
  for (const node of layout.nodes) if (node.key === key) nodes.add(node);
  for (const block of layout.blocks) if (block.key === key) blocks.add(block);
  return { isChoice: true, bands, nodes, blocks };
}
