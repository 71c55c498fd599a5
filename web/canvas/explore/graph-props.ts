import type { LinkKind } from '../../shared/generated/operations.ts';
import type { Point } from '../cytoscape/curve.ts';
import type { IconName } from '../cytoscape/icon-paths.ts';
import type { NodeKind } from '../cytoscape/kinds.ts';

/** A node as the canvas of Explore draws it. */
export interface DrawnNode {
  /** `organization:ID` or `artifact:ID`. */
  readonly key: string;
  readonly kind: NodeKind;
  readonly icon: IconName;
  readonly name: string;
  /** What is spoken besides the name. */
  readonly description: string;
  /** Connections of the kinds in view that lead to nothing drawn. */
  readonly hiddenCount: number;
}

/** A link as the canvas draws it; both ends are drawn nodes. */
export interface DrawnLink {
  readonly key: string;
  readonly kind: LinkKind;
  readonly source: string;
  readonly target: string;
  readonly count: number;
  /** No copy that it stands for can be read by who holds it. */
  readonly isUnreadable: boolean;
  readonly description: string;
}

export type GraphLayoutName = 'rank' | 'rings' | 'free';

export interface GraphCanvasProps {
  readonly nodes: readonly DrawnNode[];
  readonly links: readonly DrawnLink[];
  readonly layout: GraphLayoutName;
  /** Where somebody put a node by hand. */
  readonly pins: ReadonlyMap<string, Point>;
  /** Key of a node or link. */
  readonly selection: string | null;
  readonly onSelect: (key: string | null) => void;
  /** Double-click, `E` or the count of hidden connections; at a place on the screen. */
  readonly onExpand: (key: string, at: Point) => void;
  /** `H` hides these, or with Shift all others. */
  readonly onHide: (key: string, others: boolean) => void;
  readonly onPin: (key: string, at: Point | null) => void;
  /** Right click, Shift-F10 or the menu key; at a place on the screen. */
  readonly onMenu: (key: string, at: Point) => void;
  /** Double-click or Enter on a line of transfers. */
  readonly onOpenLink: (key: string) => void;
  readonly onUndo: (() => void) | null;
  readonly onRedo: (() => void) | null;
  readonly onShowTable: () => void;
  readonly label: string;
  readonly describedBy: string;
  readonly isStale: boolean;
}
