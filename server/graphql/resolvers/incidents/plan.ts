import { askPlan } from '../../../questions/incidents/ask-plan.ts';
import { tickPlanStep } from '../../../questions/incidents/tick-plan-step.ts';
import type { IncidentResolvers, MutationResolvers, PlanStepResolvers } from '../../generated/resolvers.ts';
import { organizationAt } from '../../models.ts';
import { toIncident } from './incident.ts';

export const incidentPlan: Pick<IncidentResolvers, 'plan'> = {
  plan: async ({ incident }, _, context) => {
    const { projection, steps } = await askPlan(context, incident);
    return steps.map((value) => ({ projection, value }));
  },
};

export const PlanStep: PlanStepResolvers = {
  id: ({ value }) => value.id,
  action: ({ projection, value }) => value.action && { projection, value: value.action },
  ask: ({ projection, value }) => (value.ask < 0 ? null : organizationAt(projection, value.ask)),
  owner: ({ value }) => value.owner,
  dueAt: ({ value }) => value.dueAt,
  removedHereUsd: ({ value }) => value.removedHereUsd,
  removedNowUsd: ({ value }) => value.removedNowUsd,
  doneAt: ({ value }) => value.doneAt,
  evidence: ({ value }) => value.evidence,
};

export const planMutations = {
  tickPlanStep: async (_, { input }, context) => {
    const { saved, faults } = await tickPlanStep(context, context.by, input);
    return { incident: saved && toIncident(await context.facts(), saved), userErrors: [...faults] };
  },
} satisfies MutationResolvers;
