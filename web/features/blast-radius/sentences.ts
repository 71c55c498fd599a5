import { countOf, formatCount, joinNames } from '../../shared/format/count.ts';
import { formatShare } from '../../shared/format/share.ts';
import type { ArtifactWaysQuery } from '../../shared/generated/operations.ts';
import { TIER_WORDS } from '../../shared/ui/tier.ts';
import type { RadiusAnswer } from './lanes/lanes-radius.ts';

/** The page's own sentences (design §8). They say what is known and no more; the server's `because` says why. */

type DetailRow = NonNullable<ArtifactWaysQuery['blastRadius']>['artifacts']['edges'][number]['node'];
export type Way = DetailRow['ways'][number];

/** `Quillmark`, `Quillmark and Bluefinch`, `Quillmark and 2 more`. */
export function originsTitle(names: readonly string[]): string {
  return names.length <= 2 ? joinNames(names) : `${names[0]} and ${names.length - 1} more`;
}

/** "25 artifacts in reach: 14 exposed, 6 possible, 5 contained." */
export function summarySentence(summary: RadiusAnswer['summary']): string {
  const total = summary.exposedCount + summary.possibleCount + summary.containedCount;
  if (total === 0) return 'Nothing is in the radius.';
  const parts = `${formatCount(summary.exposedCount)} exposed, ${formatCount(summary.possibleCount)} possible, ${formatCount(summary.containedCount)} contained`;
  return `${countOf(total, 'artifact', 'artifacts')} in reach: ${parts}.`;
}

/** "Window moved: 14 exposed, 6 possible, 5 contained." */
export function windowSentence(summary: RadiusAnswer['summary']): string {
  return `Window moved: ${formatCount(summary.exposedCount)} exposed, ${formatCount(summary.possibleCount)} possible, ${formatCount(summary.containedCount)} contained.`;
}

export interface Certainty {
  readonly unknownDateCount: number;
  readonly attestedCount: number;
}

/** What makes a radius "at least this much"; null where nothing does. */
export function caveatSentence(certainty: Certainty, blindSpotCount: number): string | null {
  const parts: string[] = [];
  if (certainty.unknownDateCount > 0) {
    parts.push(`${countOf(certainty.unknownDateCount, 'copy has', 'copies have')} no known date`);
  }
  if (certainty.attestedCount > 0) {
    parts.push(`${countOf(certainty.attestedCount, 'deletion is', 'deletions are')} only attested`);
  }
  const sentences = parts.length === 0 ? [] : [`${joinNames(parts)}.`];
  if (blindSpotCount > 0) {
    sentences.push(`${countOf(blindSpotCount, 'lab relies', 'labs rely')} on somebody reached, and no transfer says what is held.`);
  }
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** Copies in reach whose dates or deletion rest on nothing firm, each copy once. */
export function certaintyOf(
  ways: readonly {
    readonly copy: { readonly id: string; readonly deletionState: string; readonly transfer: { readonly sentAt: string | null } | null };
  }[],
): Certainty {
  const unknown = new Set<string>();
  const attested = new Set<string>();
  for (const { copy } of ways) {
    if (copy.transfer !== null && copy.transfer.sentAt === null) unknown.add(copy.id);
    if (copy.deletionState === 'ATTESTED') attested.add(copy.id);
  }
  return { unknownDateCount: unknown.size, attestedCount: attested.size };
}

/** `Yes`, `Yes, jointly`, `No`: jointly where no copy alone passes the portion from which it is of use. */
export function usableWord(row: DetailRow): string {
  if (row.tier === 'CONTAINED') return 'Not readable';
  if (!row.isUsable) return 'No';
  return isJoint(row) ? 'Yes, jointly' : 'Yes';
}

function isJoint(row: DetailRow): boolean {
  if (!row.isUsable || row.artifact.usefulPortion <= 0) return false;
  const best = Math.max(0, ...row.ways.filter((way) => way.tier !== 'CONTAINED').map((way) => way.yieldShare));
  return best + 1e-9 < row.artifact.usefulPortion;
}

/** "Pieces 1, 2 and 3 of 4 together pass the 70 % from which it is of use. No copy does so alone." Null where nothing needs saying. */
export function jointSentence(row: DetailRow): string | null {
  const share = `${Math.round(row.artifact.usefulPortion * 100)} %`;
  if (isJoint(row)) {
    const pieces = [
      ...new Set(row.ways.filter((way) => way.tier !== 'CONTAINED' && way.reveals.length === 0).flatMap((way) => way.copy.fragments ?? [])),
    ];
    const count = row.artifact.fragmentCount;
    const what = pieces.length > 0 && count !== null ? `Pieces ${joinNames(pieces.toSorted(byPieceName))} of ${count}` : 'The copies';
    return `${what} together pass the ${share} from which it is of use. No copy does so alone.`;
  }
  if (row.tier !== 'CONTAINED' && !row.isUsable) return `It is of use from ${share} on. What may be disclosed stays below that.`;
  return null;
}

/** "Exposed at Quillmark". */
export function wayTitle(way: Way): string {
  return `${TIER_WORDS[way.tier].word} at ${way.holder.organization.name}`;
}

/** "rank 2 · fragment 3 of 4", "rank 1 · 40 %". */
export function wayDetail(way: Way): string {
  const parts: string[] = [];
  if (way.copy.rank !== null) parts.push(`rank ${way.copy.rank}`);
  const { fragments, portion } = way.copy;
  const count = way.copy.artifact.fragmentCount;
  if (fragments !== null && fragments.length > 0) {
    parts.push(`${fragments.length === 1 ? 'fragment' : 'fragments'} ${fragments.join(', ')}${count === null ? '' : ` of ${count}`}`);
  } else if (portion < 1) parts.push(`${Math.round(portion * 100)} %`);
  return parts.join(' · ');
}

/** What an organization on a chain is in this radius: "owner", "origin", "1 hop · 60 %". */
export function stationWord(reached: { readonly hops: number; readonly likelihood: number } | undefined, isOwner: boolean): string {
  if (isOwner) return 'owner';
  if (reached === undefined) return 'notifier, not reached';
  return reached.hops === 0 ? 'origin' : `${countOf(reached.hops, 'hop', 'hops')} · ${formatShare(reached.likelihood)}`;
}

/** "312 artifacts are in reach. …": said where the list or the picture is cut. */
export function cutSentence(shown: number, total: number): string | null {
  return shown >= total
    ? null
    : `Showing ${formatCount(shown)} of ${formatCount(total)} artifacts. Filter by lab or tier to see the rest; the CSV holds all.`;
}

/** "This link names 2 records that no longer exist. The rest is shown." */
export function missingSentence(count: number): string {
  return `This link names ${countOf(count, 'record that no longer exists', 'records that no longer exist')}. The rest is shown.`;
}

const PIECES = new Intl.Collator('en', { numeric: true });
function byPieceName(a: string, b: string): number {
  return PIECES.compare(a, b);
}
