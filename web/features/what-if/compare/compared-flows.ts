import { type FlowCell, type FlowHolder, type FlowLab, type FlowRadius, NO_SUMS } from '../../../canvas/flows/flow-radius.ts';
import { cellsOfFlows, labsOfTiers } from '../../../canvas/flows/flow-sums.ts';
import type { SideFlowsFragment, WhatIfSumsFragment } from '../../../shared/generated/operations.ts';

type Side = SideFlowsFragment & Pick<WhatIfSumsFragment, 'labTiers'>;

interface ComparedFlows {
  /** The side before, with an empty cell for each cell that only the side after has. */
  readonly before: FlowRadius;
  readonly after: FlowRadius;
}

/** Two radii as one matrix: each holder and lab of either side. A holder that both reach stands where the side after reaches it. Linear in flows. */
export function comparedFlows(was: Side, is: Side): ComparedFlows {
  const [before, after] = [sidesFlows(was), sidesFlows(is)];
  const cells = new Map<string, FlowCell>();
  for (const cell of after.cells) cells.set(keyOf(cell), { ...NO_SUMS, holderId: cell.holderId, labId: cell.labId });
  for (const cell of before.cells) cells.set(keyOf(cell), cell);
  const labs = new Map<string, FlowLab>();
  for (const lab of after.labs) labs.set(lab.id, { ...NO_SUMS, id: lab.id, name: lab.name });
  for (const lab of before.labs) labs.set(lab.id, lab);
  const holders = new Map<string, FlowHolder>();
  for (const holder of [...before.holders, ...after.holders]) holders.set(holder.id, holder);
  return { before: { holders: [...holders.values()], labs: [...labs.values()], cells: [...cells.values()], steps: [] }, after };
}

function sidesFlows({ flows, labTiers }: Side): FlowRadius {
  const holders = flows.flatMap(({ holder }) =>
    holder === null ? [] : [{ ...holder.organization, hops: holder.hops, likelihood: holder.likelihood }],
  );
  return { holders, labs: labsOfTiers(labTiers), cells: cellsOfFlows(flows), steps: [] };
}

function keyOf({ holderId, labId }: FlowCell): string {
  return JSON.stringify([holderId, labId]);
}
