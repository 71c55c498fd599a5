import type { ArtifactType, LinkKind, Tier } from '../../shared/generated/operations.ts';
import type { NodeKind } from '../cytoscape/kinds.ts';
import type { SceneCanvasProps } from '../scene/scene-props.ts';

/** A node on the canvas of Explore. */
export interface DrawnNode {
  /** `organization:ID` or `artifact:ID`. */
  readonly key: string;
  readonly kind: NodeKind;
  /** Of an artifact. */
  readonly type?: ArtifactType;
  readonly name: string;
  /** Follows the name in announcements. */
  readonly description: string;
  /** Connections of the visible kinds to nodes that are not drawn. */
  readonly hiddenCount: number;
  /** For a closed group: how many nodes it holds. */
  readonly memberCount?: number;
  /** Its part in the radius that lies over the graph; of an artifact, its tier. Absent: drawn by its kind. */
  readonly part?: 'origin' | 'reached' | 'affected' | 'rest' | Tier;
  /** The step of its fill, from 1 to 5; absent: drawn by its kind. */
  readonly step?: number;
  /** Follows the name of an artifact in its pill. */
  readonly value?: string;
  /** The side of an organization's mark, as a share of the usual one; absent: 1. */
  readonly scale?: number;
  /** Stands below the name. */
  readonly note?: string;
  /** Artifacts in reach by tier, which stand below the name. */
  readonly counts?: Readonly<Record<Tier, number>>;
}

/** A link on the canvas; both ends are drawn nodes. */
export interface DrawnLink {
  readonly key: string;
  readonly kind: LinkKind;
  readonly source: string;
  readonly target: string;
  readonly count: number;
  /** None of its copies is readable for its holder. */
  readonly isUnreadable: boolean;
  readonly description: string;
  /** In the radius that lies over the graph: the strongest tier that it carried, a step of the spread, or no part of it. */
  readonly tier?: Tier | 'SPREAD' | 'REST';
}

export type GraphLayoutName = 'rank' | 'rings' | 'free';

/** The largest number of nodes of a layout. More on rings could not be read; forces on more would block the page. */
export const MOST_NODES: Readonly<Record<GraphLayoutName, number>> = { rank: Number.POSITIVE_INFINITY, rings: 80, free: 100 };

export interface GraphCanvasProps extends Omit<SceneCanvasProps, 'scene' | 'arrangement' | 'testId' | 'styles'> {
  readonly nodes: readonly DrawnNode[];
  readonly links: readonly DrawnLink[];
  readonly layout: GraphLayoutName;
}
