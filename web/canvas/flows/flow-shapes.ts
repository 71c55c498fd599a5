import type { Tier } from '../../shared/generated/operations.ts';
import type { FlowHolder, FlowLab, TierSums } from './flow-radius.ts';

/** A holder, or a group of holders of one hop. */
export interface FlowNode {
  /** `organization:ID` or the key of a group. */
  readonly key: string;
  readonly members: readonly FlowHolder[];
  /** Null for a group. */
  readonly holder: FlowHolder | null;
  readonly hop: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** The artifacts at the members. An artifact counts at each of its holders. */
  readonly sums: TierSums;
}

export interface FlowBlock {
  readonly key: string;
  readonly labs: readonly FlowLab[];
  /** Null for a group. */
  readonly lab: FlowLab | null;
  readonly top: number;
  readonly height: number;
  /** The extent of the bar at the end of the bands. */
  readonly barTop: number;
  readonly barHeight: number;
  readonly sums: TierSums;
}

export interface FlowSegment {
  readonly tier: Tier;
  readonly path: string;
}

/** The band of one holder and one lab, or of groups of them. */
export interface FlowBand {
  readonly key: string;
  readonly node: FlowNode;
  readonly block: FlowBlock;
  readonly sums: TierSums;
  readonly segments: readonly FlowSegment[];
  /** The outline over all segments. */
  readonly path: string;
}

export interface FlowLine {
  readonly key: string;
  readonly from: FlowNode;
  readonly to: FlowNode;
  readonly likelihood: number;
  readonly path: string;
}

export interface FlowsLayout {
  readonly width: number;
  readonly height: number;
  readonly labX: number;
  readonly columns: readonly { readonly hop: number; readonly x: number; readonly total: number }[];
  readonly nodes: readonly FlowNode[];
  readonly blocks: readonly FlowBlock[];
  /** Thinnest first, so that the widest are drawn last. */
  readonly bands: readonly FlowBand[];
  readonly lines: readonly FlowLine[];
  readonly omittedBands: number;
}
