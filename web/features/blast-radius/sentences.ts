import { countOf, formatCount, joinNames } from '../../shared/format/count.ts';
import { formatWindow } from '../../shared/format/instant.ts';
import { formatShare } from '../../shared/format/share.ts';
import { formatVolume } from '../../shared/format/volume.ts';
import type { ArtifactWaysQuery } from '../../shared/generated/operations.ts';
import { TIER_WORDS } from '../../shared/ui/tier.ts';
import type { RadiusAnswer } from './lanes/lanes-radius.ts';

/** The page's own sentences. They state what is known and no more; the server's `because` gives the reason for each way. */

type DetailRow = NonNullable<ArtifactWaysQuery['blastRadius']>['artifacts']['edges'][number]['node'];
export type Way = DetailRow['ways'][number];

/** `Quillmark`, `Quillmark and Bluefinch`, `Quillmark and 2 more`. */
export function originsTitle(names: readonly string[]): string {
  return names.length <= 2 ? joinNames(names) : `${names[0]} and ${names.length - 1} more`;
}

/** "25 artifacts in reach: 14 exposed, 6 possible, 5 contained." */
export function summarySentence({ summary, origins }: Pick<RadiusAnswer, 'summary' | 'origins'>): string {
  const total = summary.exposedCount + summary.possibleCount + summary.containedCount;
  if (total === 0) return summary.blindSpotCount > 0 ? unknownSentence({ summary, origins }) : 'Nothing is in the radius.';
  const parts = `${formatCount(summary.exposedCount)} exposed, ${formatCount(summary.possibleCount)} possible, ${formatCount(summary.containedCount)} contained`;
  return `${countOf(total, 'artifact', 'artifacts')} in reach: ${parts}.`;
}

/** The sentences under the title of a saved picture: the answer, the question, and whether the picture shows less than the answer. */
export function pictureCaption(radius: RadiusAnswer, isFiltered: boolean): readonly string[] {
  const { core, widest, maxHops } = radius;
  return [
    summarySentence(radius),
    `Core ${formatWindow(core)} UTC, widest ${formatWindow(widest)} UTC, up to ${countOf(maxHops, 'hop', 'hops')}.`,
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

/** What the copies of the listed artifacts carried; null if no copy states a number. */
export function volumeSentence({ records, bytes }: RadiusAnswer['totals']): string | null {
  const toCarried = ({ low, high, unknownCount }: typeof records) => ({ low, high, isUnknown: unknownCount > 0 });
  const words = formatVolume(toCarried(records), toCarried(bytes));
  return words === null ? null : `These copies carried ${words}.`;
}

/** Whether nothing is known to be in reach, while somebody depends on a reached organization: the radius is unknown, not empty. */
export function isUnknown({ summary }: Pick<RadiusAnswer, 'summary'>): boolean {
  return summary.exposedCount + summary.possibleCount + summary.containedCount === 0 && summary.blindSpotCount > 0;
}

/** "Unknown: no record says what Larkhill holds. 3 labs depend on it; ask them." */
export function unknownSentence({ summary, origins }: Pick<RadiusAnswer, 'summary' | 'origins'>): string {
  const [who, verb, it] =
    origins.length === 1 && summary.reachedCount <= 1
      ? [origins[0]?.name ?? '', 'holds', 'it']
      : [
          summary.reachedCount > origins.length
            ? `${originsTitle(origins.map(({ name }) => name))} and those reached from there`
            : originsTitle(origins.map(({ name }) => name)),
          'hold',
          'them',
        ];
  return `Unknown: no record says what ${who} ${verb}. ${countOf(summary.blindSpotCount, 'lab depends', 'labs depend')} on ${it}; ask ${summary.blindSpotCount === 1 ? 'that lab' : 'them'}.`;
}

/** "2 labs depend on a reached organization, and no record says what it holds." */
export function blindSpotSentence(count: number): string {
  return `${countOf(count, 'lab depends', 'labs depend')} on a reached organization, and no record says what it holds.`;
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
export function stationWord(reached: { readonly hops: number; readonly likelihood: number } | null | undefined): string {
  if (reached === null) return '';
  if (reached === undefined) return `${NOTIFIER}, not reached`;
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
