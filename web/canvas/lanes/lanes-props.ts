import type { ArtifactType, OrganizationRole, Tier } from '../../shared/generated/operations.ts';

/** A reached organization, origins included (`hops` 0). */
export interface LaneOrganization {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly OrganizationRole[];
  /** Fewest spread steps from an origin; 0 for an origin. */
  readonly hops: number;
  /** Chance of being reached, in (0, 1]. */
  readonly likelihood: number;
}

export interface LaneArtifact {
  readonly id: string;
  readonly name: string;
  readonly type: ArtifactType;
  /** Id of the lab that owns it: one of the `labs`. */
  readonly ownerId: string;
  readonly tier: Tier;
  /** In the radius only because another artifact reveals it. */
  readonly isRevealed: boolean;
  readonly worstCaseLossUsd: number;
}

/** A lab that owns a row. Counts and loss cover the rows only. */
export interface LaneLab {
  readonly id: string;
  readonly name: string;
  readonly exposedCount: number;
  readonly possibleCount: number;
  readonly containedCount: number;
  readonly worstCaseLossUsd: number;
}

/** The copies of one artifact at one reached organization, drawn as one line in the strongest tier. */
export interface LaneCopy {
  readonly holderId: string;
  readonly artifactId: string;
  readonly tier: Tier;
  readonly count: number;
}

/** One spread step on the path that gives an organization its chance. */
export interface LaneSpread {
  readonly fromId: string;
  readonly toId: string;
  readonly kind: 'ACCESS' | 'TRANSFER';
  readonly likelihood: number;
}

/** `artifactId` reveals part of `revealsId`; both are rows. */
export interface LaneReveal {
  readonly artifactId: string;
  readonly revealsId: string;
}

/** The input of the lanes: exactly the rows of the affected list, and their holders. The layout sorts, so order does not matter. */
export interface LanesRadius {
  readonly organizations: readonly LaneOrganization[];
  readonly artifacts: readonly LaneArtifact[];
  readonly labs: readonly LaneLab[];
  readonly copies: readonly LaneCopy[];
  readonly spread: readonly LaneSpread[];
  readonly reveals: readonly LaneReveal[];
  /** Artifacts that match the filter at the server. Exceeds `artifacts.length` where the answer has only the first rows. */
  readonly artifactTotal: number;
  /** Reached organizations at the server, without the origins. */
  readonly reachedTotal: number;
}

/** A node key: `artifact:ID` or `organization:ID`, as GraphNode.key. */
export type NodeKey = `artifact:${string}` | `organization:${string}`;

export interface LanesCanvasProps {
  readonly radius: LanesRadius;
  readonly selection: NodeKey | null;
  readonly onSelect: (selection: NodeKey | null) => void;
  /** Keys of opened groups. The canvas creates the keys; the URL stores them. */
  readonly openGroups: readonly string[];
  readonly onOpenGroup: (key: string) => void;
  /** Enter on the focused element: show its details. */
  readonly onInspect?: (selection: NodeKey) => void;
  /** `T`: go to the table. */
  readonly onShowTable?: () => void;
  /** Accessible name, such as "Blast radius of Quillmark". */
  readonly label: string;
  /** Id of the element that describes the canvas to screen readers. */
  readonly describedBy?: string;
  /** The data answers an earlier question and is drawn dimmed. */
  readonly isStale?: boolean;
}
