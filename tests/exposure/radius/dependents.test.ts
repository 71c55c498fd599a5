import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { expect, it } from '../../support/test.ts';
import { inputOf, project } from '../../support/worlds/large-shape.ts';
import { world } from '../../support/worlds/world.ts';

it.each([
  [[], ['a', 'b'], 2],
  [['b'], ['a', 'b'], 1],
  [['a', 'b'], ['a', 'b'], 0],
  [['a'], ['a'], 0],
])('[P333] with artifacts of %j in the radius and %j relying on the vendor, %d are blind spots', (inRadius, relying, blindSpots) => {
  const built = world().lab('a', 'b').vendor('v');
  for (const lab of inRadius) built.artifact(`x-${lab}`, lab).transfer(`t-${lab}`, `x-${lab}`, lab, 'v', { sentAt: 1 });
  for (const lab of relying) built.engagement(`e-${lab}`, lab, 'v');
  const projection = project(built);
  const { summary, dependents } = findBlastRadius(projection, inputOf(projection, ['v']));
  expect(summary.blindSpotCount).toBe(blindSpots);
  expect(dependents.map(({ organization, isBlindSpot }) => [projection.organizations.id.get(organization), isBlindSpot])).toEqual(
    relying.map((lab) => [lab, !inRadius.includes(lab)]),
  );
});
