import {
  addSums,
  compareIds,
  type FlowHolder,
  type FlowRadius,
  lossOfSums,
  type Measure,
  NO_SUMS,
  type TierSums,
  totalOf,
} from './flow-radius.ts';
import type { FlowBlock } from './flow-shapes.ts';

const MOST_HOLDERS = 8;
/** In hops that bands of earlier hops pass, and need room for. */
const MOST_HOLDERS_PASSED = 6;
const MOST_LABS = 12;
/** Id of nobody: the holder of artifacts that are only revealed. */
export const REVEALED_ID = '';
/** Key of the node for artifacts that are only revealed, which no holder has. */
export const REVEALED_KEY = 'group:revealed';

/** A holder or a group of holders, before it has a place. */
export interface Slot {
  readonly key: string;
  readonly hop: number;
  readonly holder: FlowHolder | null;
  readonly members: readonly FlowHolder[];
}

/** A lab or a group of labs, before it has a place. */
export type LabSlot = Pick<FlowBlock, 'key' | 'labs' | 'lab' | 'sums'>;

/** The holders of each hop that are drawn alone, and a group of the others. */
export function slotsOf({ holders, cells }: FlowRadius, openGroups: ReadonlySet<string>): readonly Slot[] {
  const lossAt = new Map<string, number>();
  for (const cell of cells) if (cell.holderId !== null) lossAt.set(cell.holderId, (lossAt.get(cell.holderId) ?? 0) + lossOfSums(cell));
  const slots: Slot[] = [];
  for (const hop of [...new Set(holders.map(({ hops }) => hops))].sort((a, b) => a - b)) {
    const all = holders
      .filter(({ hops }) => hops === hop)
      .sort((a, b) => (lossAt.get(b.id) ?? 0) - (lossAt.get(a.id) ?? 0) || compareIds(a.id, b.id));
    const key = `group:holders:${hop}`;
    const most = hop > 1 ? MOST_HOLDERS_PASSED : MOST_HOLDERS;
    const isWhole = openGroups.has(key) || all.length <= most + 1;
    const alone = isWhole ? all : all.slice(0, most);
    for (const holder of alone) slots.push({ key: `organization:${holder.id}`, hop, holder, members: [holder] });
    if (!isWhole) slots.push({ key, hop, holder: null, members: all.slice(most) });
  }
  if (cells.some(({ holderId }) => holderId === null)) {
    const nobody: FlowHolder = { id: REVEALED_ID, name: 'Only revealed', roles: [], hops: 0, likelihood: 1 };
    const last = Math.max(1, ...slots.map(({ hop }) => hop));
    slots.push({ key: REVEALED_KEY, hop: last, holder: null, members: [nobody] });
  }
  return slots;
}

/** The labs that are drawn alone, the largest first, and a group of the others. */
export function blocksOf({ labs }: FlowRadius, measure: Measure, openGroups: ReadonlySet<string>): readonly LabSlot[] {
  const sorted = labs.toSorted((a, b) => totalOf(b, measure) - totalOf(a, measure) || compareIds(a.id, b.id));
  const isWhole = openGroups.has('group:labs') || sorted.length <= MOST_LABS + 1;
  const alone = (isWhole ? sorted : sorted.slice(0, MOST_LABS)).map((lab) => ({
    key: `organization:${lab.id}`,
    lab,
    labs: [lab],
    sums: lab,
  }));
  if (isWhole) return alone;
  const rest = sorted.slice(MOST_LABS);
  return [...alone, { key: 'group:labs', lab: null, labs: rest, sums: rest.reduce<TierSums>(addSums, NO_SUMS) }];
}
