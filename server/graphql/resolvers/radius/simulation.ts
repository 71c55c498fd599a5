import { askSimulation } from '../../../questions/radius/ask-simulation.ts';
import type { BlastRadiusResolvers, LabSimulationResolvers } from '../../generated/resolvers.ts';
import { organizationAt } from '../../models.ts';

/** Resolves `BlastRadius.simulation`. */
export const simulation: NonNullable<BlastRadiusResolvers['simulation']> = async (answered, { runs, seed }, context) => {
  const { projection } = answered.radius;
  const simulated = await askSimulation(context, answered, runs ?? undefined, seed ?? undefined);
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
