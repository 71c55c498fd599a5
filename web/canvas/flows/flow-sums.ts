import type { Tier } from '../../shared/generated/operations.ts';
import type { FlowCell, FlowLab } from './flow-radius.ts';

interface LabTierRow {
  readonly lab: { readonly id: string; readonly name: string };
  readonly tier: Tier;
  readonly artifactCount: number;
  readonly worstCaseLossUsd: number;
}

/** The server's sums by lab and tier, as one entry for each lab. */
export function labsOfTiers(rows: readonly LabTierRow[]): readonly FlowLab[] {
  const labs = new Map<string, FlowLab>();
  for (const { lab, tier, artifactCount, worstCaseLossUsd } of rows) {
    const { counts, lossUsd } = labs.get(lab.id) ?? { counts: NONE, lossUsd: NONE };
    labs.set(lab.id, {
      id: lab.id,
      name: lab.name,
      counts: { ...counts, [tier]: artifactCount },
      lossUsd: { ...lossUsd, [tier]: worstCaseLossUsd },
    });
  }
  return [...labs.values()];
}

interface FlowSumsRow {
  readonly holder: { readonly organization: { readonly id: string } } | null;
  readonly lab: { readonly id: string };
  readonly exposedCount: number;
  readonly possibleCount: number;
  readonly containedCount: number;
  readonly worstCaseLossUsd: number;
  readonly exposedWorstCaseLossUsd: number;
}

/** The server's flows as cells. */
export function cellsOfFlows(flows: readonly FlowSumsRow[]): readonly FlowCell[] {
  return flows.map(({ holder, lab, exposedCount, possibleCount, containedCount, worstCaseLossUsd, exposedWorstCaseLossUsd }) => ({
    holderId: holder?.organization.id ?? null,
    labId: lab.id,
    counts: { EXPOSED: exposedCount, POSSIBLE: possibleCount, CONTAINED: containedCount },
    lossUsd: { EXPOSED: exposedWorstCaseLossUsd, POSSIBLE: worstCaseLossUsd - exposedWorstCaseLossUsd, CONTAINED: 0 },
  }));
}
