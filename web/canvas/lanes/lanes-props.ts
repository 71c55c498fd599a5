import type { StylesheetJson } from 'cytoscape';
import type { ArtifactType, Tier } from '../../shared/generated/operations.ts';
import type { Point } from '../cytoscape/curve.ts';
import type { Tokens } from '../cytoscape/tokens.ts';
import type { FlowCell, FlowHolder, FlowLab, PathStep } from '../flows/flow-radius.ts';
import type { Pointed } from '../picture-props.ts';
import type { SceneNode } from '../scene/scene.ts';
import type { SceneCanvasProps } from '../scene/scene-props.ts';

/** A reached organization, origins included (`hops` 0). */
export interface LaneOrganization extends FlowHolder {
  /** Artifacts in reach of which it holds a copy; null while unknown. */
  readonly heldCount: number | null;
  /** Worst case of its own copies alone, in US dollars; null while unknown. */
  readonly worstCaseLossUsd: number | null;
}

export interface LaneArtifact {
  readonly id: string;
  readonly name: string;
  readonly type: ArtifactType;
  /** 1 (public by intent) to 5. */
  readonly sensitivity: number;
  /** Id of the lab that owns it: one of the `labs`. */
  readonly ownerId: string;
  readonly tier: Tier;
  /** In the radius only because another artifact reveals it. */
  readonly isRevealed: boolean;
  readonly worstCaseLossUsd: number;
}

/** The copies of one artifact at one reached organization, drawn as one line in the strongest tier. */
export interface LaneCopy {
  readonly holderId: string;
  readonly artifactId: string;
  readonly tier: Tier;
  readonly count: number;
  /** At the instant that is shown, it may or may not have been there. */
  readonly isUncertain?: boolean;
}

/** How many artifacts of a lab a holder has, by the strongest tier of its own copies, and their worst case alone. */
export interface LaneCell extends FlowCell {
  readonly holderId: string;
}

/** `artifactId` reveals part of `revealsId`; both are rows. */
export interface LaneReveal {
  readonly artifactId: string;
  readonly revealsId: string;
}

/** The input of the lanes: the loaded rows of the affected list and their holders, and the sums of all labs. The layout sorts, so order does not matter. */
export interface LanesRadius {
  readonly organizations: readonly LaneOrganization[];
  readonly artifacts: readonly LaneArtifact[];
  /** Each with its artifacts in reach that match the filter, loaded as rows or not. */
  readonly labs: readonly FlowLab[];
  readonly copies: readonly LaneCopy[];
  /** The figures of each holder and lab, of the artifacts that match the filter; null or absent: not known. */
  readonly cells?: readonly LaneCell[] | null;
  readonly spread: readonly PathStep[];
  readonly reveals: readonly LaneReveal[];
  /** Artifacts that match the filter. Exceeds `artifacts.length` where only the first rows are loaded. */
  readonly artifactTotal: number;
  /** Reached organizations without the origins. Exceeds the listed ones where only the first are loaded. */
  readonly reachedTotal: number;
  /**
   * Set where the artifacts are a choice out of the answer, such as those that changed: each is drawn alone, and groups stand for the rest.
   * `affectedLabTotal` counts the affected labs of the whole answer.
   */
  readonly choice?: { readonly affectedLabTotal: number };
  /** Every artifact, holder and line is loaded, so that lines can be counted. */
  readonly isWhole: boolean;
}

/** A node key: `artifact:ID` or `organization:ID`, as GraphNode.key. */
export type NodeKey = `artifact:${string}` | `organization:${string}`;

/** An expanded holder: a card in place of its mark. Its maker decides what stands on it. */
export interface HolderCard {
  readonly height: number;
  /** The nodes on the card around a middle, without the figures of its holder. Those with a key are its rows, from top to bottom. */
  readonly parts: (middle: Point, width: number) => readonly SceneNode[];
  /** The full name of a row's key. */
  readonly spoken: (key: string) => string;
}

/** The subject of a row: one artifact, or the loaded ones of a group. */
export interface RowSubject {
  readonly artifacts: readonly LaneArtifact[];
  /** All of the group, loaded or not. */
  readonly count: number;
}

/** How rows look beside their tier. */
export interface LanesLook {
  /** Its classes have their styles in `styles`. */
  readonly classOf: (row: RowSubject) => string;
  /** Stands at the end of the row; empty: nothing does. */
  readonly valueOf: (row: RowSubject) => string;
  /** Follows the spoken name of the row. */
  readonly spokenOf: (row: RowSubject) => string;
  /** The side of its disc, as a share of the usual one. */
  readonly sideOf: (row: RowSubject) => number;
  readonly styles: (tokens: Tokens) => StylesheetJson;
}

/** The radius after a what-if, of fewer hops, or at an instant. It is drawn in the places of the radius, so that the eye compares places. */
export interface LanesAfter {
  /** Tier by artifact id. An artifact without one has left. */
  readonly tiers: ReadonlyMap<string, Tier>;
  /** Ids of the organizations that are still reached. */
  readonly reached: ReadonlySet<string>;
  readonly copies: readonly LaneCopy[];
  /** As those of the radius; null or absent: not known. */
  readonly cells?: readonly LaneCell[] | null;
  readonly spread: readonly PathStep[];
  /** The chance and the count of each organization that is still reached, by id; absent: not known. */
  readonly figures?: ReadonlyMap<string, Pick<LaneOrganization, 'likelihood' | 'heldCount'>>;
  /** Sums by lab id. A lab without them has no artifact left. */
  readonly labs: ReadonlyMap<string, FlowLab>;
  /** Not every artifact is loaded: one without a tier stays as it is. */
  readonly isCut?: boolean;
}

/** The choices that decide where the lanes lie, and which of them are drawn one by one. */
export interface LanesOptions {
  readonly selection: NodeKey | null;
  /** Keys of opened groups. The canvas creates the keys; the URL stores them. */
  readonly openGroups: readonly string[];
  /** The radius after a what-if. The places stay those of the radius; lines, discs and sums are those of the what-if. */
  readonly after?: LanesAfter | null;
  /** The drawing is one of two side by side. */
  readonly isCompact?: boolean;
  /** The expanded holders, by key. The others of their half make room; no lane moves. */
  readonly expanded?: ReadonlyMap<string, HolderCard> | undefined;
  /** The figure that the width of a band stands for; absent: how many artifacts it is of. */
  readonly widthBy?: 'copies' | 'loss' | undefined;
  /** Key of the lab or holder whose rows the list shows: the card of a lab says how many holders it has. */
  readonly focus?: NodeKey | null | undefined;
  /** Keys of holders and labs that are not drawn. They stay in every figure. An origin is always drawn. */
  readonly hidden?: readonly string[] | undefined;
}

type OfScene = 'describedBy' | 'label' | 'caption' | 'isStale' | 'onShowTable' | 'camera' | 'chosen' | 'footer' | 'hasFoot';
type Acts = 'onChoose' | 'onExpand' | 'onHide' | 'onPin' | 'onMenu';

export interface LanesCanvasProps extends LanesOptions, Pick<SceneCanvasProps, OfScene | Acts> {
  readonly radius: LanesRadius;
  readonly onSelect: (selection: NodeKey | null) => void;
  readonly onOpenGroup: (key: string) => void;
  /** Enter on the focused element: show its details. */
  readonly onInspect?: (selection: NodeKey) => void;
  /** The row under the pointer in the list, or null. */
  readonly pointed?: Pointed | null;
  readonly onPoint?: (at: Pointed | null) => void;
  /** Middles of holders and cards that the reader placed by hand, by key. */
  readonly pins?: ReadonlyMap<string, Point>;
  /** How rows look beside their tier; null: by tier alone, all alike. */
  readonly look?: LanesLook | null;
}
