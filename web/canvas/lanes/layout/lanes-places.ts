import type { Tier } from '../../../shared/generated/operations.ts';
import type { Point } from '../../cytoscape/curve.ts';
import type { Box } from '../../cytoscape/label-box.ts';
import type { LaneLab, LaneOrganization } from '../lanes-props.ts';
import type { LaneRow } from './lanes-grouping.ts';

/** Elements of a blast radius with their positions, in pixels at 100% zoom. */

export interface PlacedCard extends Box {
  readonly key: string;
  readonly lab: LaneLab | null;
  readonly title: string;
  readonly lossUsd: number;
  readonly counts: Readonly<Record<Tier, number>>;
  readonly isGroup: boolean;
  /** Left edge of the lab's own part. */
  readonly labLeft: number;
}

export interface PlacedRow {
  readonly row: LaneRow;
  readonly labId: string;
  /** Center of the disc. */
  readonly x: number;
  readonly y: number;
  readonly box: Box;
  /** The artifact after the what-if; absent without a what-if. */
  readonly outcome?: Tier | 'LEFT';
}

export interface PlacedHolder extends Point {
  readonly key: string;
  readonly organization: LaneOrganization | null;
  /** The organization itself, or all members of a group. */
  readonly members: readonly LaneOrganization[];
  readonly hop: number;
  /** A group whose size is unknown, because not every organization is loaded. */
  readonly isCut: boolean;
  readonly size: number;
}

export interface PlacedLabel {
  readonly of: string;
  readonly role: 'row' | 'holder' | 'line' | 'card';
  readonly text: string;
  readonly box: Box;
}

export interface LaneHeading {
  readonly x: number;
  readonly text: string;
  readonly count: string | null;
}
