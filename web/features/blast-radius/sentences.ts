import { countOf, formatCount, joinNames } from '../../shared/format/count.ts';
import { formatInstant, formatWindow } from '../../shared/format/instant.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { formatShare } from '../../shared/format/share.ts';
import { countInReach } from '../../shared/format/tier-counts.ts';
import { formatVolume } from '../../shared/format/volume.ts';
import { TIER_WORDS } from '../../shared/format/words.ts';
import { type BlastFilters, countFilters, stepUsd } from '../../shared/url/blast-radius-url.ts';
import type { DetailRow, FlowRow, RadiusAnswer } from './lanes-radius.ts';

/** The page's own sentences. They state what is known and no more; the server's `because` gives the reason for each way. */

export type Way = DetailRow['ways'][number];

/** The names of a radius' origins, and of those that may have been compromised, each marked. */
export function radiusTitle({ origins, suspectedOrigins }: Pick<RadiusAnswer, 'origins' | 'suspectedOrigins'>): string {
  return originsTitle([
    ...origins.map(({ name }) => name),
    ...suspectedOrigins.map(({ organization }) => `${organization.name} (suspected)`),
  ]);
}

/** `Quillmark`, `Quillmark and Bluefinch`, `Quillmark and 2 more`. */
export function originsTitle(names: readonly string[]): string {
  return names.length <= 2 ? joinNames(names) : `${names[0]} and ${names.length - 1} more`;
}

/** "25 artifacts in reach: 14 exposed, 6 possible, 5 contained." */
export function summarySentence({ summary, ...named }: Pick<RadiusAnswer, 'summary' | 'origins' | 'suspectedOrigins'>): string {
  const total = countInReach(summary);
  if (total === 0) return summary.blindSpotCount > 0 ? unknownSentence({ summary, ...named }) : 'Nothing is in the radius.';
  const parts = `${formatCount(summary.exposedCount)} exposed, ${formatCount(summary.possibleCount)} possible, ${formatCount(summary.containedCount)} contained`;
  return `${countOf(total, 'artifact', 'artifacts')} in reach: ${parts}.`;
}

/** The sentences under the title of a saved picture: the answer, the question, and whether the picture shows less than the answer. */
export function pictureCaption(radius: RadiusAnswer, isFiltered: boolean): readonly string[] {
  const { core, widest, maxHops, hasCore } = radius;
  return [
    summarySentence(radius),
    `${hasCore ? `Core ${formatWindow(core)} UTC, widest` : 'No core, widest'} ${formatWindow(widest)} UTC, up to ${countOf(maxHops, 'hop', 'hops')}.`,
    ...(isFiltered ? ['The picture is filtered.'] : []),
  ];
}

/** "Window moved: 14 exposed, 6 possible, 5 contained." */
export function windowSentence(summary: RadiusAnswer['summary']): string {
  return `Window moved: ${formatCount(summary.exposedCount)} exposed, ${formatCount(summary.possibleCount)} possible, ${formatCount(summary.containedCount)} contained.`;
}

/** The reasons why a radius is "at least this much"; null if there are none. */
export function caveatSentence(certainty: RadiusAnswer['certainty'], blindSpotCount: number): string | null {
  const parts: string[] = [];
  if (certainty.undatedCount > 0) {
    parts.push(`${countOf(certainty.undatedCount, 'copy has', 'copies have')} no known date`);
  }
  if (certainty.attestedCount > 0) {
    parts.push(`${countOf(certainty.attestedCount, 'deletion is', 'deletions are')} attested, not verified`);
  }
  const sentences = parts.length === 0 ? [] : [`${joinNames(parts)}.`];
  if (blindSpotCount > 0) {
    sentences.push(blindSpotSentence(blindSpotCount));
  }
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** The volume that the copies of the listed artifacts carried; null if no copy states a number. */
export function volumeSentence({ records, bytes }: RadiusAnswer['totals']): string | null {
  const toCarried = ({ low, high, unknownCount }: typeof records) => ({ low, high, isUnknown: unknownCount > 0 });
  const words = formatVolume(toCarried(records), toCarried(bytes));
  return words === null ? null : `These copies carried ${words}.`;
}

/** Whether nothing is known to be in reach, while somebody depends on a reached organization: the radius is unknown, not empty. */
export function isUnknown({ summary }: Pick<RadiusAnswer, 'summary'>): boolean {
  return countInReach(summary) === 0 && summary.blindSpotCount > 0;
}

/** "Unknown: no record says what Larkhill holds. 3 labs depend on it; ask them." */
export function unknownSentence({
  summary,
  origins,
  suspectedOrigins,
}: Pick<RadiusAnswer, 'summary' | 'origins' | 'suspectedOrigins'>): string {
  const names = [...origins, ...suspectedOrigins.map(({ organization }) => organization)].map(({ name }) => name);
  const [who, verb, it] =
    names.length === 1 && summary.reachedCount <= 1
      ? [names[0] ?? '', 'holds', 'it']
      : [summary.reachedCount > names.length ? `${originsTitle(names)} and those reached from there` : originsTitle(names), 'hold', 'them'];
  return `Unknown: no record says what ${who} ${verb}. ${countOf(summary.blindSpotCount, 'lab depends', 'labs depend')} on ${it}; ask ${summary.blindSpotCount === 1 ? 'that lab' : 'them'}.`;
}

/** "2 labs depend on a reached organization, and no record says what it holds." */
export function blindSpotSentence(count: number): string {
  return `${countOf(count, 'lab depends', 'labs depend')} on a reached organization, and no record says what it holds.`;
}

/**
 * "$18.6M in the copies at Bluefinch; $24.1M at all holders": the money behind a list that shows what one holder has, as its cell of the
 * matrix. Null where the list is filtered otherwise, or the flows are unknown.
 *
 * @param labs ids; empty: all labs
 */
export function heldThereSentence(flows: readonly FlowRow[] | null, state: BlastFilters, text: string, allUsd: number): string | null {
  const { holders, labs } = state;
  const [id] = holders;
  if (flows === null || id === undefined || countFilters(state) > labs.length + 1 || text.trim() !== '') return null;
  const cells = flows.filter(({ holder, lab }) => holder?.organization.id === id && (labs.length === 0 || labs.includes(lab.id)));
  const name = cells[0]?.holder?.organization.name;
  if (name === undefined) return null;
  const usd = cells.reduce((sum, { worstCaseLossUsd }) => sum + worstCaseLossUsd, 0);
  return `${formatMoney(usd)} in the copies at ${name}; ${formatMoney(allUsd)} at all holders`;
}

/** "since Sep 24, 2026, 08:30", "since an unknown date, by Oct 3, 2026 at the latest": when the first altered copy may have come. */
export function sinceSentence({
  since,
  isSinceKnown,
  firstDated,
}: {
  since: string;
  isSinceKnown: boolean;
  firstDated: string | null;
}): string {
  if (isSinceKnown) return `since ${formatInstant(since)}`;
  return firstDated === null ? 'since an unknown date' : `since an unknown date, by ${formatInstant(firstDated)} at the latest`;
}

/** `Yes`, `Yes, jointly`, `No`. Jointly means that no single copy reaches the useful portion. */
export function usableWord(row: DetailRow): string {
  if (row.tier === 'CONTAINED') return 'Not readable';
  if (!row.isUsable) return 'No';
  return isJoint(row) ? 'Yes, jointly' : 'Yes';
}

function isJoint(row: DetailRow): boolean {
  if (!row.isUsable || row.artifact.usefulPortion <= 0 || row.wayCount > row.everyWay.length) return false;
  const best = row.everyWay.reduce((most, way) => (way.tier === 'CONTAINED' ? most : Math.max(most, way.yieldShare)), 0);
  return best + 1e-9 < row.artifact.usefulPortion;
}

/** "Usable once 70% is exposed. Pieces 1, 2 and 3 of 4 together reach that; no single copy does." Null if there is nothing to explain. */
export function jointSentence(row: DetailRow): string | null {
  const share = formatShare(row.artifact.usefulPortion);
  if (isJoint(row)) {
    const held = row.everyWay.filter((way) => way.tier !== 'CONTAINED' && way.reveals.length === 0);
    const pieces = [...new Set(held.flatMap((way) => way.copy.fragments ?? []))];
    const count = row.artifact.fragmentCount;
    const what = pieces.length > 0 && count !== null ? `Pieces ${joinNames(pieces.toSorted(byPieceName))} of ${count}` : 'The copies';
    return `Usable once ${share} is exposed. ${what} together reach that; no single copy does.`;
  }
  if (row.tier !== 'CONTAINED' && !row.isUsable) return `Usable once ${share} is exposed. The exposed portion stays below that.`;
  return null;
}

/** "Exposed at Quillmark". */
export function wayTitle(way: Way): string {
  return `${TIER_WORDS[way.tier].word} at ${way.holder.organization.name}`;
}

/** "piece 3 of 4", "40%"; empty for a whole copy. */
export function piecesOf({ copy }: Way): string {
  const { fragments, portion } = copy;
  const count = copy.artifact.fragmentCount;
  // A name that stands twice is one piece.
  const pieces = [...new Set(fragments)];
  if (pieces.length === 0) return portion < 1 ? formatShare(portion) : '';
  return `${pieces.length === 1 ? 'piece' : 'pieces'} ${pieces.join(', ')}${count === null ? '' : ` of ${count}`}`;
}

export const NOTIFIER = 'notifier';

/**
 * The role of a recipient on a custody chain: "origin", "1 hop · 60%", "notifier, not reached".
 *
 * @param reached undefined if the organization is not reached; null if that is unknown
 */
export function stationWord(
  reached: { readonly hops: number; readonly isSuspected: boolean; readonly likelihood: number } | null | undefined,
): string {
  if (reached === null) return '';
  if (reached === undefined) return `${NOTIFIER}, not reached`;
  if (reached.isSuspected) return `suspected origin · ${formatShare(reached.likelihood)}`;
  return reached.hops === 0 ? 'origin' : `${countOf(reached.hops, 'hop', 'hops')} · ${formatShare(reached.likelihood)}`;
}

/** "This link names 2 records that no longer exist. The rest is shown." */
export function missingSentence(count: number): string {
  return `This link names ${countOf(count, 'record that no longer exists', 'records that no longer exist')}. The rest is shown.`;
}

const PIECES = new Intl.Collator('en', { numeric: true });
function byPieceName(a: string, b: string): number {
  return PIECES.compare(a, b);
}

/** The step of the worst case whose lower end this is; the server names steps by their lower ends. */
export function stepOfUsd(usd: number): number {
  const power = Math.floor(Math.log10(Math.max(1, usd)) + 1e-9);
  return usd === 0 ? 0 : 1 + 3 * power + [1, 2, 5].indexOf(Math.round(usd / 10 ** power));
}

/** "$500K to $2M", for steps of one scale (`stepUsd`): from the lowest of them up to where the next one begins. */
export function stepsInWords(...steps: readonly number[]): string {
  const last = Math.max(...steps);
  if (last === 0) return '$0';
  return `${formatMoney(stepUsd(Math.min(...steps)))} to ${formatMoney(stepUsd(last + 1))}`;
}
