import type { FlowLab, FlowRadius, FlowStep } from '../../../canvas/flows/flow-radius.ts';
import type { FlowRow, RadiusAnswer } from '../lanes/lanes-radius.ts';

const NONE = { EXPOSED: 0, POSSIBLE: 0, CONTAINED: 0 };

/** The input of flows and matrix: the server's sums over the whole radius, without the list's filter. Linear in flows and reached organizations. */
export function flowRadiusOf({ reached, allLabTiers }: RadiusAnswer, flows: readonly FlowRow[]): FlowRadius {
  const rows = reached.edges.map(({ node }) => node);
  const holders = new Map(rows.map(({ organization, hops, likelihood }) => [organization.id, { ...organization, hops, likelihood }]));
  for (const { holder } of flows) {
    if (holder === null || holders.has(holder.organization.id)) continue;
    holders.set(holder.organization.id, { ...holder.organization, hops: holder.hops, likelihood: holder.likelihood });
  }
  const labs = new Map<string, FlowLab>();
  for (const { lab, tier, artifactCount, worstCaseLossUsd } of allLabTiers) {
    const sums = labs.get(lab.id) ?? { ...lab, counts: NONE, lossUsd: NONE };
    labs.set(lab.id, {
      ...sums,
      counts: { ...sums.counts, [tier]: artifactCount },
      lossUsd: { ...sums.lossUsd, [tier]: worstCaseLossUsd },
    });
  }
  return {
    holders: [...holders.values()],
    labs: [...labs.values()],
    cells: flows.map(({ holder, lab, exposedCount, possibleCount, containedCount, worstCaseLossUsd, exposedWorstCaseLossUsd }) => ({
      holderId: holder?.organization.id ?? null,
      labId: lab.id,
      counts: { EXPOSED: exposedCount, POSSIBLE: possibleCount, CONTAINED: containedCount },
      lossUsd: { EXPOSED: exposedWorstCaseLossUsd, POSSIBLE: worstCaseLossUsd - exposedWorstCaseLossUsd, CONTAINED: 0 },
    })),
    steps: rows.flatMap(({ path }): FlowStep[] => {
      const last = path.at(-1);
      return last === undefined ? [] : [{ fromId: last.from.id, toId: last.to.id, likelihood: last.likelihood }];
    }),
  };
}
