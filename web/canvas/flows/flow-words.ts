import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { formatShare } from '../../shared/format/share.ts';
import { TIERS } from '../../shared/format/words.ts';
import { cutInTheMiddle } from '../cytoscape/label-box.ts';
import { countOfSums, type FlowHolder, lossOfSums, type TierSums } from './flow-radius.ts';
import type { FlowBlock, FlowNode } from './flow-shapes.ts';

/** "3 exposed, 31 possible"; empty: none. */
export function tiersInWords(counts: TierSums['counts']): string {
  return TIERS.flatMap((tier) => (counts[tier] === 0 ? [] : [`${formatCount(counts[tier])} ${tier.toLowerCase()}`])).join(', ');
}

/** "34 artifacts, 3 exposed, 31 possible, $120.4M worst case". */
export function sumsInWords(sums: TierSums): string {
  const tiers = countOfSums(sums) === 0 ? [] : [tiersInWords(sums.counts)];
  return [countOf(countOfSums(sums), 'artifact', 'artifacts'), ...tiers, `${formatMoney(lossOfSums(sums))} worst case`].join(', ');
}

/** "origin", "suspected origin, 40% chance" or "hop 2, 36% chance". */
export function reachInWords({ hops, isSuspected, likelihood }: FlowHolder): string {
  if (isSuspected) return `suspected origin, ${formatShare(likelihood)} chance`;
  return hops === 0 ? 'origin' : `hop ${hops}, ${formatShare(likelihood)} chance`;
}

export function nodeName({ holder, members, hop, key }: FlowNode): string {
  if (holder !== null) return holder.name;
  if (key === 'group:revealed') return 'Only revealed';
  return hop === 0 ? `${formatCount(members.length)} more origins` : `${formatCount(members.length)} more at hop ${hop}`;
}

/** The name below an icon, cut to its longest. */
export function shownName(node: FlowNode): string {
  return cutInTheMiddle(nodeName(node), node.hop === 0 ? 16 : 18);
}

export function blockName({ lab, labs }: FlowBlock): string {
  return lab === null ? `${formatCount(labs.length)} more labs` : lab.name;
}

export function spokenNode(node: FlowNode): string {
  const held = countOfSums(node.sums) === 0 ? 'holds no artifact in reach' : `holds ${sumsInWords(node.sums)}`;
  if (node.holder !== null) return `${node.holder.name}, ${reachInWords(node.holder)}, ${held}.`;
  if (node.key === 'group:revealed') return `Only revealed by other artifacts: ${sumsInWords(node.sums)}.`;
  return `Group: ${nodeName(node)}. Press Enter to open.`;
}

export function spokenBlock(block: FlowBlock): string {
  const group = block.lab === null ? ' Press Enter to open.' : '';
  return `${blockName(block)}: ${sumsInWords(block.sums)}.${group}`;
}
