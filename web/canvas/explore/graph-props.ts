import type { LinkKind } from '../../shared/generated/operations.ts';
import type { Point } from '../cytoscape/curve.ts';
import type { IconName } from '../cytoscape/icon-paths.ts';
import type { NodeKind } from '../cytoscape/kinds.ts';

/** A node on the canvas of Explore. */
export interface DrawnNode {
  /** `organization:ID` or `artifact:ID`. */
  readonly key: string;
  readonly kind: NodeKind;
  readonly icon: IconName;
  readonly name: string;
  /** Follows the name in announcements. */
  readonly description: string;
  /** Connections of the visible kinds to nodes that are not drawn. */
  readonly hiddenCount: number;
  /** For a closed group: how many nodes it holds. */
  readonly memberCount?: number;
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
}

export type GraphLayoutName = 'rank' | 'rings' | 'free';

export interface GraphCanvasProps {
  readonly nodes: readonly DrawnNode[];
  readonly links: readonly DrawnLink[];
  readonly layout: GraphLayoutName;
  /** Positions of nodes that the reader placed by hand. */
  readonly pins: ReadonlyMap<string, Point>;
  /** Key of the selected node or link. */
  readonly selection: string | null;
  readonly onSelect: (key: string | null) => void;
  /** Nodes marked together with others. */
  readonly chosen: ReadonlySet<string>;
  /** Shift-click or Space marks a node or removes its mark. A box marks the nodes in it. */
  readonly onChoose: (keys: readonly string[], isAdding: boolean) => void;
  /** Double-click, `E`, or a click on the count of hidden connections; `at` is a screen position. */
  readonly onExpand: (key: string, at: Point) => void;
  /** `H` hides the node; Shift-`H` hides all others. */
  readonly onHide: (key: string, others: boolean) => void;
  readonly onPin: (key: string, at: Point | null) => void;
  /** Right-click, Shift-F10 or the menu key; `at` is a screen position. */
  readonly onMenu: (key: string, at: Point) => void;
  /** Double-click on a transfer line. */
  readonly onOpenLink: (key: string) => void;
  readonly onUndo: (() => void) | null;
  readonly onRedo: (() => void) | null;
  readonly onShowTable: () => void;
  readonly label: string;
  readonly describedBy: string;
  /** Sentences under the title of a saved picture. The same array from one rendering to the next. */
  readonly caption: readonly string[];
  readonly isStale: boolean;
}
