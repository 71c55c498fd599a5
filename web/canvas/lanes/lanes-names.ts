import { countOf, formatCount, joinNames } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { formatShare } from '../../shared/format/share.ts';
import { ARTIFACT_TYPE_WORDS, rolesInWords } from '../../shared/format/words.ts';
import type { LanesRadius } from './lanes-props.ts';
import type { LanesLayout } from './layout/lanes-layout.ts';

/** The full name of an element, which screen readers announce when it takes focus. */
export function spokenName(radius: LanesRadius, layout: LanesLayout, key: string): string {
  const row = layout.rows.find((placed) => placed.row.key === key)?.row;
  if (row?.kind === 'group') {
    const lab = layout.rows.find((placed) => placed.row.key === key)?.labId;
    const name = radius.labs.find(({ id }) => id === lab)?.name ?? 'further labs';
    const open = row.members.length > 0 || name === 'further labs' ? ' Press Enter to open.' : ' Show more rows in the list to see them.';
    return `Group: ${countOf(row.count, 'artifact', 'artifacts')} of ${name}, ${row.tier.toLowerCase()}, ${formatMoney(row.lossUsd)} worst case.${open}`;
  }
  if (row?.kind === 'artifact') {
    const { artifact } = row;
    const lab = radius.labs.find(({ id }) => id === artifact.ownerId)?.name ?? artifact.ownerId;
    const copies = radius.copies.filter((copy) => copy.artifactId === artifact.id).reduce((sum, copy) => sum + copy.count, 0);
    const copiesPart = radius.isWhole ? `, ${countOf(copies, 'copy', 'copies')} in reach` : '';
    const way = artifact.isRevealed ? ', revealed by another artifact' : copiesPart;
    return `${artifact.name}, ${ARTIFACT_TYPE_WORDS[artifact.type]} of ${lab}, ${artifact.tier.toLowerCase()}${way}`;
  }
  const holder = layout.holders.find((placed) => placed.key === key);
  if (holder !== undefined) {
    if (holder.organization === null) {
      const size = holder.isCut ? 'organizations' : countOf(holder.members.length, 'organization', 'organizations');
      return `Group: ${size}, including ${joinNames(holder.members.slice(0, 3).map(({ name }) => name))}. Press Enter to open.`;
    }
    const { name, roles, hops, likelihood, heldCount } = holder.organization;
    const reach = hops === 0 ? 'origin' : `${countOf(hops, 'hop', 'hops')}, ${formatShare(likelihood)} chance`;
    const held = heldCount === null ? '' : `, holds ${countOf(heldCount, 'artifact', 'artifacts')} in reach`;
    return `${name}, ${rolesInWords(roles)}, ${reach}${held}`;
  }
  const card = layout.cards.find((placed) => placed.key === key);
  if (card === undefined) return '';
  const { EXPOSED, POSSIBLE, CONTAINED } = card.counts;
  return `${card.title}, ${formatMoney(card.lossUsd)} worst case, ${formatCount(EXPOSED)} exposed, ${formatCount(POSSIBLE)} possible, ${formatCount(CONTAINED)} contained`;
}
