import { cellsOfFlows, type FlowRadius, type FlowStep, labsOfTiers } from '../../../canvas/flows/flow-radius.ts';
import type { FlowRow, RadiusAnswer } from '../lanes-radius.ts';

/** The input of flows and matrix: the server's sums over the whole radius, without the list's filter. Linear in flows and reached organizations. */
export function flowRadiusOf({ reached, allLabTiers }: RadiusAnswer, flows: readonly FlowRow[]): FlowRadius {
  const rows = reached.edges.map(({ node }) => node);
  const holders = new Map(
    rows.map(({ organization, hops, isSuspected, likelihood }) => [organization.id, { ...organization, hops, isSuspected, likelihood }]),
  );
  for (const { holder } of flows) {
    if (holder === null || holders.has(holder.organization.id)) continue;
    const { hops, isSuspected, likelihood } = holder;
    holders.set(holder.organization.id, { ...holder.organization, hops, isSuspected, likelihood });
  }
  return {
    holders: [...holders.values()],
    labs: labsOfTiers(allLabTiers),
    cells: cellsOfFlows(flows),
    steps: rows.flatMap(({ path }): FlowStep[] => {
      const last = path.at(-1);
      return last === undefined ? [] : [{ fromId: last.from.id, toId: last.to.id, likelihood: last.likelihood }];
    }),
  };
}
