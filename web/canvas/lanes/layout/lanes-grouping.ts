import { TIERS } from '../../../shared/format/words.ts';
import type { Tier } from '../../../shared/generated/operations.ts';
import { compareIds, type FlowLab, lossOfSums } from '../../flows/flow-radius.ts';
import type { LaneArtifact, LaneOrganization, LanesOptions, LanesRadius } from '../lanes-props.ts';
import { briefGap, cardPadding, headHeight, platePitch, rowPitch } from './lanes-measures.ts';

/**
 * Decides which elements of a radius are drawn individually and which are grouped, before the layout.
 *
 * Up to 60 artifacts, all are drawn individually. Above that, the radius is bundled: a lab has a count for each tier, and twelve labs are drawn.
 * Above 60 elements, a hop has its six most valuable holders. Where the canvas has room, there are more holders, and a lab has its first
 * artifacts as rows. Members of an opened group and the selection are always individual. A group counts all its artifacts, loaded or not. The
 * count of a tier stays when its artifacts are drawn.
 */
export interface LaneGroups {
  readonly isBundled: boolean;
  readonly labs: readonly LabBlock[];
  /** All labs of a bundled radius beyond the twelfth, as one card. */
  readonly moreLabs: MoreLabs | null;
  /** Rows for which each card of a bundled radius has room, used or not: a card that changes moves no other. */
  readonly cardRows: number;
  /** Ordered by hop; hop 0 holds the origins. */
  readonly hops: readonly HolderLane[];
}

export interface LabBlock {
  readonly lab: FlowLab;
  readonly rows: readonly LaneRow[];
}

export type LaneRow =
  | { readonly kind: 'artifact'; readonly key: string; readonly artifact: LaneArtifact }
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly tier: Tier;
      /** The group stands for all artifacts of its tier. */
      readonly isAll: boolean;
      readonly count: number;
      readonly lossUsd: number;
      /** The loaded artifacts of the group. */
      readonly members: readonly LaneArtifact[];
      /** Its loaded artifacts are drawn below it. */
      readonly isOpen: boolean;
      /** The number of those counted that are drawn individually as well. */
      readonly openCount: number;
    };

export interface MoreLabs {
  readonly key: string;
  readonly labs: readonly FlowLab[];
  readonly artifacts: readonly LaneArtifact[];
}

export interface HolderLane {
  readonly hop: number;
  readonly total: number;
  readonly holders: readonly LaneOrganization[];
  readonly group: HolderGroup | null;
}

export interface HolderGroup {
  readonly key: string;
  readonly members: readonly LaneOrganization[];
  /** Further organizations may stand at this hop that are not loaded. */
  readonly isCut: boolean;
}

const mostAlone = 60;
const mostLabs = 12;
const mostHolders = 6;

/** The selection, the focus and the expanded holders are never grouped. */
interface GroupingOptions extends Pick<LanesOptions, 'selection' | 'focus' | 'expanded'> {
  readonly openGroups: ReadonlySet<string>;
  /** Height in pixels that the drawing may fill. */
  readonly height?: number;
}

/** Complexity: O(V log V + E). */
export function groupLanes(radius: LanesRadius, options: GroupingOptions): LaneGroups {
  const { openGroups, selection, focus, height = 0 } = options;
  const bundled = isBundled(radius);
  const labs = [...radius.labs].sort((a, b) => lossOfSums(b) - lossOfSums(a) || compareIds(a.id, b.id));
  const byLab = new Map<string, LaneArtifact[]>(labs.map((lab) => [lab.id, []]));
  for (const artifact of radius.artifacts) byLab.get(artifact.ownerId)?.push(artifact);
  for (const rows of byLab.values()) rows.sort(compareArtifacts);

  const ofSelection = radius.artifacts.find((artifact) => `artifact:${artifact.id}` === selection)?.ownerId;
  const isChosen = ({ id }: FlowLab) => id === ofSelection || selection === `organization:${id}` || focus === `organization:${id}`;
  const isOpen = !bundled || openGroups.has('group:labs') || labs.length <= mostLabs + 1;
  const shown = isOpen ? labs : labs.filter((lab, i) => i < mostLabs || isChosen(lab));
  const rest = isOpen ? [] : labs.filter((lab, i) => i >= mostLabs && !isChosen(lab));
  const restArtifacts = rest.flatMap((lab) => byLab.get(lab.id) ?? []);
  // The first artifacts of a lab are known once all are loaded.
  const hasFirst = bundled && rest.length === 0 && shown.length > 0 && radius.artifacts.length >= radius.artifactTotal;
  const room = Math.floor((height / shown.length - headHeight - briefGap - cardPadding) / rowPitch);
  const most = Math.max(0, ...shown.map(({ id }) => byLab.get(id)?.length ?? 0));
  const cardRows = hasFirst ? Math.max(0, Math.min(room, most)) : 0;
  return {
    isBundled: bundled,
    labs: shown.map((lab) => ({ lab, rows: groupRows(lab, byLab.get(lab.id) ?? [], bundled ? cardRows : null, options) })),
    moreLabs: rest.length === 0 ? null : { key: 'group:labs', labs: rest, artifacts: restArtifacts },
    cardRows,
    hops: groupHolders(radius, options),
  };
}

function groupRows(
  lab: FlowLab,
  artifacts: readonly LaneArtifact[],
  mostRows: number | null,
  { openGroups, selection, focus }: GroupingOptions,
): readonly LaneRow[] {
  const bundled = mostRows !== null;
  // The line of a card in focus and a selection that is not among the first take the place of rows, so that the card does not grow.
  const most = (mostRows ?? artifacts.length) - (bundled && focus === `organization:${lab.id}` ? 1 : 0);
  const isBeyond = artifacts.findIndex(({ id }) => `artifact:${id}` === selection) >= most;
  const first = new Set(artifacts.slice(0, Math.max(0, most - (isBeyond ? 1 : 0))));
  const counts: LaneRow[] = [];
  const rows: LaneRow[] = [];
  for (const tier of TIERS) {
    const ofTier = artifacts.filter((artifact) => artifact.tier === tier);
    const key = `group:rows:${tier}:${lab.id}`;
    const isAlone = (each: LaneArtifact) => first.has(each) || `artifact:${each.id}` === selection || openGroups.has(key);
    const shown = ofTier.filter(isAlone);
    for (const artifact of shown) rows.push({ kind: 'artifact', key: `artifact:${artifact.id}`, artifact });
    const group = { kind: 'group', key, tier, isOpen: openGroups.has(key), openCount: 0 } as const;
    if (bundled && lab.counts[tier] > 0) {
      const [count, lossUsd] = [lab.counts[tier], lab.lossUsd[tier]];
      counts.push({ ...group, isAll: true, count, lossUsd, members: ofTier, openCount: shown.length });
    } else if (lab.counts[tier] > shown.length) {
      const lossUsd = Math.max(0, lab.lossUsd[tier] - sumLoss(shown));
      rows.push({ ...group, isAll: shown.length === 0, count: lab.counts[tier] - shown.length, lossUsd, members: [] });
    }
  }
  return [...counts, ...rows];
}

function groupHolders(radius: LanesRadius, { openGroups, selection, focus, expanded, height = 0 }: GroupingOptions): readonly HolderLane[] {
  const byHop = new Map<number, LaneOrganization[]>();
  for (const organization of radius.organizations) {
    const lane = byHop.get(organization.hops) ?? [];
    lane.push(organization);
    byHop.set(organization.hops, lane);
  }
  const isCut = radius.organizations.filter(({ hops }) => hops > 0).length < radius.reachedTotal;
  const size = countArtifacts(radius) + radius.organizations.length + radius.labs.length;
  const most = size <= mostAlone ? Number.POSITIVE_INFINITY : Math.max(mostHolders, Math.floor(height / platePitch) - 1);
  return [...byHop.keys()]
    .sort((a, b) => a - b)
    .map((hop) => {
      const all = (byHop.get(hop) as LaneOrganization[]).sort(
        (a, b) => (b.worstCaseLossUsd ?? 0) - (a.worstCaseLossUsd ?? 0) || compareIds(a.id, b.id),
      );
      const key = `group:holders:${hop}`;
      const isOpen = openGroups.has(key) || all.length <= most + 1;
      const isAlone = (holder: LaneOrganization, i: number) => {
        const own = `organization:${holder.id}`;
        return isOpen || i < most || own === selection || own === focus || expanded?.has(own) === true;
      };
      const holders = all.filter(isAlone);
      const members = all.filter((holder, i) => !isAlone(holder, i));
      return { hop, total: all.length, holders, group: members.length === 0 ? null : { key, members, isCut } };
    });
}

/** Above 60 artifacts, single lines stop being a picture: the lanes draw bands, and single lines for what is selected. */
export function isBundled(radius: LanesRadius): boolean {
  return countArtifacts(radius) > mostAlone;
}

/** The artifacts that decide how much is drawn alone: all that match, loaded or not, or those of a choice. */
function countArtifacts({ artifacts, artifactTotal, choice }: LanesRadius): number {
  return choice === undefined ? artifactTotal : artifacts.length;
}

function compareArtifacts(a: LaneArtifact, b: LaneArtifact): number {
  return TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) || b.worstCaseLossUsd - a.worstCaseLossUsd || compareIds(a.id, b.id);
}

function sumLoss(artifacts: readonly LaneArtifact[]): number {
  return artifacts.reduce((sum, artifact) => sum + artifact.worstCaseLossUsd, 0);
}
