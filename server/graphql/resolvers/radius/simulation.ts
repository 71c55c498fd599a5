import { maxRuns, simulate } from '../../../exposure/simulation/simulation.ts';
import { simulateInThreads } from '../../../questions/run/simulate-in-threads.ts';
import { checkCount } from '../../check-count.ts';
import type { BlastRadiusResolvers, LabSimulationResolvers } from '../../generated/resolvers.ts';
import { organizationAt } from '../../models.ts';

/** BlastRadius.simulation. */
export const simulation: NonNullable<BlastRadiusResolvers['simulation']> = async ({ radius }, { runs, seed }, context) => {
  const { projection } = radius;
  const count = checkCount('runs', runs ?? 10_000, 1, maxRuns);
  const simulated = await simulate(radius, count, seed ?? 1, (plan, drawn, table) =>
    simulateInThreads(context.services.workers, plan, drawn, table, context.limits()),
  );
  return { ...simulated, exceedance: [...simulated.exceedance], labs: simulated.labs.map((value) => ({ projection, value })) };
};

export const LabSimulation: LabSimulationResolvers = {
  lab: ({ projection, value }) => organizationAt(projection, value.lab),
  meanUsd: ({ value }) => value.meanUsd,
  standardErrorUsd: ({ value }) => value.standardErrorUsd,
  p5Usd: ({ value }) => value.p5Usd,
  p50Usd: ({ value }) => value.p50Usd,
  p95Usd: ({ value }) => value.p95Usd,
};
