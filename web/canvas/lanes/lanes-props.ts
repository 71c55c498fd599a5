import type { ArtifactType, OrganizationRole, Tier } from '../../shared/generated/operations.ts';

/** A reached organization, origins included (`hops` 0). */
export interface LaneOrganization {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly OrganizationRole[];
  /** Fewest steps of spread from an origin; 0 for an origin. */
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
  /** In the radius only through another artifact. */
  readonly isRevealed: boolean;
  readonly worstCaseLossUsd: number;
}

/** A lab with an artifact among the rows; its counts and loss are those of the rows. */
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

/** One step of spread, by the way that gives an organization its chance. */
export interface LaneSpread {
  readonly fromId: string;
  readonly toId: string;
  readonly kind: 'ACCESS' | 'TRANSFER';
  readonly likelihood: number;
}

/** Who reads `artifactId` learns part of `revealsId`; both are rows. */
export interface LaneReveal {
  readonly artifactId: string;
  readonly revealsId: string;
}

/** What the lanes draw: the rows of the affected list, no more and no less, with who holds them. Order does not matter: the layout sorts. */
export interface LanesRadius {
  readonly organizations: readonly LaneOrganization[];
  readonly artifacts: readonly LaneArtifact[];
  readonly labs: readonly LaneLab[];
  readonly copies: readonly LaneCopy[];
  readonly spread: readonly LaneSpread[];
  readonly reveals: readonly LaneReveal[];
  /** Artifacts that fit the filter at the server; more than `artifacts.length` where the answer was cut. */
  readonly artifactTotal: number;
  /** Reached organizations at the server, origins aside. */
  readonly reachedTotal: number;
}

/** A node key: `artifact:ID` or `organization:ID`, as GraphNode.key. */
export type NodeKey = `artifact:${string}` | `organization:${string}`;

export interface LanesCanvasProps {
  readonly radius: LanesRadius;
  readonly selection: NodeKey | null;
  readonly onSelect: (selection: NodeKey | null) => void;
  /** Keys of opened groups; the canvas makes the keys, the URL keeps them. */
  readonly openGroups: readonly string[];
  readonly onOpenGroup: (key: string) => void;
  /** Enter on the focused element: show its why. */
  readonly onInspect?: (selection: NodeKey) => void;
  /** `T`: go to the table. */
  readonly onShowTable?: () => void;
  /** Accessible name, such as "Blast radius of Quillmark". */
  readonly label: string;
  /** Id of the element whose sentence describes the picture. */
  readonly describedBy?: string;
  /** The answer on the screen is not of the question asked: drawn dimmed. */
  readonly isStale?: boolean;
}
