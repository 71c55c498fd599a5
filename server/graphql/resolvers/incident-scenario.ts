import type { Incident, IncidentAction } from '../../domain/incident.ts';
import type { ActionKind } from '../../domain/records/incident-log.ts';
import { maxActions } from '../../domain/records/incident-log.ts';
import type { Action } from '../../exposure/scenario/actions.ts';
import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';
import type { KnownOrganizations } from '../../questions/incidents/plan-incident.ts';
import { isOrganization } from '../../questions/incidents/plan-incident.ts';
import type { Context } from '../context.ts';
import type { ActionInput } from '../generated/resolvers.ts';
import type { ActionModel } from '../models.ts';

/** The kind of action of each input member. */
const kindOf = {
  revokeAccess: 'REVOKE_ACCESS',
  revokeAllAccess: 'REVOKE_ALL_ACCESS',
  suspend: 'SUSPEND',
  recall: 'RECALL',
  encrypt: 'ENCRYPT',
} as const satisfies Record<string, ActionKind>;

interface Measure {
  readonly at: number;
  readonly access?: string;
  readonly organization?: string;
  readonly holder?: string;
  readonly owner?: string | null | undefined;
}

/** The only member of an action. */
function memberOf(input: ActionInput): { readonly member: keyof typeof kindOf; readonly measure: Measure } {
  for (const member of Object.keys(kindOf) as (keyof typeof kindOf)[]) {
    const measure = input[member];
    if (measure) return { member, measure };
  }
  throw new Error('A oneOf input has exactly one member.');
}

/** The stored form of an action. */
export function toIncidentAction(input: ActionInput): IncidentAction {
  const { member, measure } = memberOf(input);
  const { at, access, organization, holder, owner } = measure;
  return { kind: kindOf[member], organization: organization ?? holder ?? null, access: access ?? null, owner: owner ?? null, at };
}

/** Reports each fault in an incident's actions. */
export function findScenarioFaults(
  known: KnownOrganizations,
  projection: Projection,
  inputs: readonly ActionInput[],
  fault: (code: string, path: string[], message: string) => void,
): void {
  if (inputs.length > maxActions)
    fault('BAD_VALUE', ['scenario'], `The incident has ${inputs.length} actions; expected at most ${maxActions}.`);
  inputs.forEach((input, i) => {
    const { member, measure } = memberOf(input);
    for (const name of ['access', 'organization', 'holder', 'owner'] as const) {
      const id = measure[name];
      if (id === null || id === undefined) continue;
      const isThere = name === 'access' ? projection.access.id.find(id) >= 0 : isOrganization(known, id);
      const noun = name === 'access' ? 'access' : 'organization';
      if (!isThere) fault('UNKNOWN_REFERENCE', ['scenario', `${i}`, member, name], `There is no ${noun} "${id.slice(0, 80)}".`);
    }
  });
}

/** The actions of an incident, without those on facts that no longer exist. */
export async function readScenario({ scenario }: Incident, context: Context): Promise<ActionModel[]> {
  const projection = await context.facts();
  return scenario.flatMap((action) => {
    const value = resolve(projection, action);
    return value === undefined ? [] : [{ projection, value }];
  });
}

function resolve(projection: Projection, { kind, organization, access, owner, at }: IncidentAction): Action | undefined {
  if (kind === 'REVOKE_ACCESS') {
    const found = projection.access.id.find(access ?? '');
    return found < 0 ? undefined : { kind, access: found, at };
  }
  const { id } = projection.organizations;
  const found = id.find(organization ?? '');
  const lab = owner === null ? none : id.find(owner);
  if (found < 0 || (owner !== null && lab < 0)) return undefined;
  return kind === 'RECALL' || kind === 'ENCRYPT' ? { kind, organization: found, owner: lab, at } : { kind, organization: found, at };
}
