import { countOf, joinNames } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { formatShare } from '../../shared/format/share.ts';
import { ARTIFACT_TYPE_WORDS, rolesInWords } from '../../shared/format/words.ts';
import type { LanesLayout } from './lanes-layout.ts';
import type { LanesRadius } from './lanes-props.ts';

/** The full name of an element, which screen readers announce when it takes focus. */
export function spokenName(radius: LanesRadius, layout: LanesLayout, key: string): string {
  const row = layout.rows.find((placed) => placed.row.key === key)?.row;
  if (row?.kind === 'group') {
    const lab = radius.labs.find(({ id }) => id === row.members[0]?.ownerId)?.name ?? 'labs';
    return `Group: ${countOf(row.members.length, 'artifact', 'artifacts')} of ${lab}, ${row.tier.toLowerCase()}, ${formatMoney(row.lossUsd)} worst case. Press Enter to open.`;
  }
  if (row?.kind === 'artifact') {
    const { artifact } = row;
    const lab = radius.labs.find(({ id }) => id === artifact.ownerId)?.name ?? artifact.ownerId;
    const copies = radius.copies.filter((copy) => copy.artifactId === artifact.id).reduce((sum, copy) => sum + copy.count, 0);
    const way = copies === 0 ? 'revealed by another artifact' : `${countOf(copies, 'copy', 'copies')} in reach`;
    return `${artifact.name}, ${ARTIFACT_TYPE_WORDS[artifact.type]} of ${lab}, ${artifact.tier.toLowerCase()}, ${way}`;
  }
  const holder = layout.holders.find((placed) => placed.key === key);
  if (holder !== undefined) {
    if (holder.organization === null) {
      return `Group: ${countOf(holder.members.length, 'organization', 'organizations')}, including ${joinNames(holder.members.slice(0, 3).map(({ name }) => name))}. Press Enter to open.`;
    }
    const { name, roles, hops, likelihood, id } = holder.organization;
    const held = radius.copies.filter((copy) => copy.holderId === id).length;
    const reach = hops === 0 ? 'origin' : `${countOf(hops, 'hop', 'hops')}, ${formatShare(likelihood)} chance`;
    return `${name}, ${rolesInWords(roles)}, ${reach}, holds ${countOf(held, 'artifact', 'artifacts')} in reach`;
  }
  const card = layout.cards.find((placed) => placed.key === key);
  if (card === undefined) return '';
  const { EXPOSED, POSSIBLE, CONTAINED } = card.counts;
  return `${card.title}, ${formatMoney(card.lossUsd)} worst case, ${EXPOSED} exposed, ${POSSIBLE} possible, ${CONTAINED} contained`;
}
