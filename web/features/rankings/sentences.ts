import { countOf } from '../../shared/format/count.ts';
import { formatInstant, formatWindow } from '../../shared/format/instant.ts';
import { formatShare } from '../../shared/format/share.ts';
import type { RankingsState, RankingTab } from '../../shared/url/rankings-url.ts';
import { RADIUS_DEFAULTS } from '../../shared/url/unread-values.ts';

/** The question that all rows of a tab answer. */
export function questionSentence(state: RankingsState): string {
  if (state.tab === 'organizations') return `Each organization as the only origin, ${windowPart(state)}, ${optionPart(state)}`;
  if (state.tab === 'artifacts') return `Who could expose each artifact alone, ${windowPart(state)}, ${optionPart(state)}`;
  const asOf = state.widest?.to ?? state.core?.to ?? null;
  return `Copies that may exist ${asOf === null ? 'now' : `on ${formatInstant(asOf)}`}`;
}

function windowPart({ core, widest }: RankingsState): string {
  if (core === null && widest === null) return 'as held now';
  const parts = [core === null ? null : `core ${formatWindow(core)}`, widest === null ? null : `widest ${formatWindow(widest)}`];
  return parts.filter((part) => part !== null).join(', ');
}

function optionPart({ maxHops, transferLikelihood, minDegree }: RankingsState): string {
  const parts = [`up to ${countOf(maxHops ?? RADIUS_DEFAULTS.maxHops, 'hop', 'hops')}`];
  if (transferLikelihood !== null && transferLikelihood > 0) parts.push(`transfers spread at ${formatShare(transferLikelihood)}`);
  if (minDegree !== null) parts.push(`reveals from ${formatShare(minDegree)}`);
  return parts.join(', ');
}

export const TAB_WORDS: Readonly<Record<RankingTab, string>> = {
  organizations: 'Organizations by radius',
  artifacts: 'Artifacts by exposure',
  concentration: 'Concentration',
  shared: 'Shared holders',
  controls: 'Control gaps',
  labs: 'Safeguards by lab',
};

/** `ENCRYPTION_AT_REST` as `Encryption at rest`. Acronyms stay. */
export function controlWords(control: string): string {
  if (/^[A-Z]{2,4}$/.test(control)) return control;
  const words = control.toLowerCase().replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
