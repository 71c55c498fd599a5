import fc from 'fast-check';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { findIntegrityRadius } from '../../../server/exposure/radius/integrity.ts';
import type { Action } from '../../../server/exposure/scenario/actions.ts';
import { compareRadii } from '../../../server/exposure/scenario/compare-radii.ts';
import { Scenario } from '../../../server/exposure/scenario/scenario.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import { none } from '../../../server/projection/projection.ts';
import { oracleRadius } from '../oracle/confidentiality.ts';
import { oracleIntegrity } from '../oracle/integrity.ts';
import type { Question } from '../oracle/question.ts';
import { OracleCascade } from '../oracle/simulation.ts';
import type { OracleAction } from '../oracle/what-if.ts';
import { oracleChanges, oracleScenario, oracleStopped } from '../oracle/what-if.ts';
import { cases } from '../worlds/arbitraries.ts';
import type { World } from '../worlds/world.ts';
import { factsOf, toRecordedFacts } from '../worlds/world.ts';
import { findDifference, integrityInIds, oracleRadiusInIds, radiusInIds, toInput } from './engine-answers.ts';
import { simulateByOracle, simulateHere } from './simulation-answers.ts';

export interface ScenarioCase {
  readonly world: World;
  readonly question: Question;
  readonly actions: readonly OracleAction[];
}

const instant = fc.constantFrom(-10, 0, 5, 10, 15, 20, 30, 40, 50, 70);

/** A world, a question about it, and up to four actions, at instants of the world and in between. */
export const scenarioCases: fc.Arbitrary<ScenarioCase> = cases.chain(({ world, question }) =>
  fc.array(actionsAbout(world), { minLength: 1, maxLength: 4 }).map((actions) => ({ world, question, actions })),
);

function actionsAbout(world: World): fc.Arbitrary<OracleAction> {
  const organizations = factsOf(world, 'ORGANIZATION').map(({ id }) => id);
  const access = factsOf(world, 'ACCESS').map(({ id }) => id);
  const owners = factsOf(world, 'ARTIFACT').map(({ owner }) => owner);
  const organization = fc.constantFrom(...organizations);
  const owner = owners.length === 0 ? fc.constant(null) : fc.option(fc.constantFrom(...owners), { nil: null, freq: 2 });
  const kinds: fc.Arbitrary<OracleAction>[] = [
    fc.record({ kind: fc.constantFrom('REVOKE_ALL_ACCESS' as const, 'SUSPEND' as const, 'SUSPEND' as const), organization, at: instant }),
    fc.record({ kind: fc.constantFrom('RECALL' as const, 'ENCRYPT' as const), organization, owner, at: instant }),
    fc.record({ kind: fc.constantFrom('RECALL' as const, 'ENCRYPT' as const), organization, owner, at: instant }),
  ];
  if (access.length > 0)
    kinds.push(fc.record({ kind: fc.constant('REVOKE_ACCESS' as const), access: fc.constantFrom(...access), at: instant }));
  return fc.oneof(...kinds);
}

/** The engine's actions for actions with ids. */
export function toActions({ access, organizations }: Projection, actions: readonly OracleAction[]): Action[] {
  return actions.map((action): Action => {
    if (action.kind === 'REVOKE_ACCESS') return { ...action, access: access.id.find(action.access) };
    const organization = organizations.id.find(action.organization);
    if ('owner' in action) return { ...action, organization, owner: action.owner === null ? none : organizations.id.find(action.owner) };
    return { ...action, organization };
  });
}

/** The first difference between engine and oracle about a scenario, its changes and its stopped work. */
export function findScenarioDifference({ world, question, actions }: ScenarioCase): string | undefined {
  const projection = buildProjection(toRecordedFacts(world), 1);
  const input = toInput(projection, question);
  const scenario = new Scenario(projection, toActions(projection, actions));
  const after = findBlastRadius(projection, input, scenario);
  const changes = compareRadii(findBlastRadius(projection, input), after).map(({ id, kind }) => ({ artifact: id, kind }));
  const oracle = oracleScenario(world, question, actions);
  const integrity = oracleIntegrity(oracle.world, question);
  return (
    findDifference(radiusInIds(after), oracleRadiusInIds(oracle.radius)) ??
    findDifference(integrityInIds(projection, findIntegrityRadius(projection, input, scenario)), {
      ...integrity,
      lengths: integrity.tainted.map(({ chain }) => chain.length),
    }) ??
    findDifference(changes, oracleChanges(oracleRadius(world, question), oracle.radius)) ??
    findDifference(
      scenario.stopped.map((engagement) => projection.engagements.id.get(engagement)),
      oracleStopped(world, actions),
    )
  );
}

/** The first difference about the scenario's simulation, with the random numbers of the baseline. */
export async function findScenarioSimulationDifference(
  { world, question, actions }: ScenarioCase,
  runs: number,
): Promise<string | undefined> {
  const projection = buildProjection(toRecordedFacts(world), 1);
  const radius = findBlastRadius(projection, toInput(projection, question), new Scenario(projection, toActions(projection, actions)));
  const oracle = oracleScenario(world, question, actions);
  const cascade = new OracleCascade(oracle.world, question, oracle.radius);
  return findDifference(await simulateHere(radius, runs, 1), simulateByOracle(oracle.world, cascade, radius, runs, 1));
}
