import { randomUUID } from 'node:crypto';
import { checkScopeSize } from '../../../domain/incident.ts';
import { knownTo, planIncident } from '../../../questions/incidents/plan-incident.ts';
import { deleteIncident, saveIncident } from '../../../questions/incidents/save-incident.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { toIncident } from './incident.ts';
import { accessOf, findScenarioFaults, toIncidentAction } from './incident-scenario.ts';

export const incidentMutations = {
  saveIncident: async (_, { input }, context) => {
    checkScopeSize(input.scope ?? []);
    const projection = await context.factsWith(
      'ENGAGEMENT',
      (input.scope ?? []).flatMap(({ engagements }) => engagements ?? []),
    );
    const access = accessOf(input.scenario ?? []);
    const withAccess = access.length === 0 ? projection : await context.factsWith('ACCESS', access);
    const id = input.id || randomUUID();
    const { scenario, ...stated } = input;
    const change = { ...stated, scenario: scenario === null ? null : scenario?.map(toIncidentAction) };
    const known = await knownTo(context, projection, change);
    const { saved, faults } = await saveIncident(context, context.by, id, Boolean(input.id), input.ifVersion, (before) => {
      const planned = planIncident(known, id, before, change, context.now);
      const faults = [...planned.faults];
      findScenarioFaults(known, withAccess, scenario ?? [], (code, path, message) => faults.push({ code, path, message }));
      return { record: planned.record, faults };
    });
    return { incident: saved && toIncident(projection, saved), userErrors: [...faults] };
  },
  deleteIncident: async (_, { input }, context) => {
    if (await deleteIncident(context, input.id)) return { deletedId: input.id, userErrors: [] };
    return {
      deletedId: null,
      userErrors: [{ code: 'NOT_FOUND', message: `There is no incident "${input.id.slice(0, 80)}".`, path: ['id'] }],
    };
  },
} satisfies MutationResolvers;
