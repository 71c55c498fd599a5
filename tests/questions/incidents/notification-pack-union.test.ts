import fc from 'fast-check';
import { organizationRoles } from '../../../server/domain/facts.ts';
import type { BlastRadius } from '../../../server/exposure/radius/blast-radius.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { resolveRadiusInput } from '../../../server/exposure/radius/resolve-radius-input.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { copyId } from '../../../server/projection/custody.ts';
import { getIncident } from '../../../server/questions/incidents/ask-incidents.ts';
import { askPack } from '../../../server/questions/incidents/ask-pack.ts';
import { answerRadius } from '../../../server/questions/radius/ask-radius.ts';
import { expect, it } from '../../support/test.ts';
import { askerOf, incidentOf, labsOf, packCases, packRuns, packSeed, withPackStore } from '../../support/worlds/pack-worlds.ts';
import type { World } from '../../support/worlds/world.ts';
import { factsOf, toRecordedFacts, world } from '../../support/worlds/world.ts';

/** Every copy with a tier at a reached organization, as `owner copy tier`. */
function copiesOf({ projection, held }: BlastRadius, isOwner: (organization: number) => boolean): string[] {
  const { artifacts, organizations } = projection;
  return [...held.values()].flatMap(({ artifact, copies }) => {
    const owner = artifacts.owner[artifact] as number;
    return isOwner(owner) ? copies.map(({ copy, tier }) => `${organizations.id.get(owner)} ${copyId(projection, copy)} ${tier}`) : [];
  });
}

const isLabIn = ({ organizations }: BlastRadius['projection']) => {
  const labBit = 1 << organizationRoles.indexOf('LAB');
  return (organization: number) => ((organizations.roles[organization] as number) & labBit) !== 0;
};

/**
 * The copies that a pack must hold, found without a view: the radius of all facts, less what another lab takes part in. A lab that is a party to
 * one of the lab's own transfers may be named (semantics §10).
 */
function expectedCopies(about: World, origins: readonly string[], lab: string): string[] {
  const own = factsOf(about, 'ARTIFACT').flatMap(({ id, owner }) => (owner === lab ? [id] : []));
  const parties = factsOf(about, 'TRANSFER').flatMap((fact) => (own.includes(fact.artifact) ? [fact.sender, fact.recipient] : []));
  const isHidden = (organization: string) =>
    organization !== lab && labsOf(about).includes(organization) && !parties.includes(organization);
  const visibleOrigins = origins.filter((origin) => !isHidden(origin));
  if (visibleOrigins.length === 0) return [];
  const facts = about.facts.filter((fact) => fact.kind !== 'ACCESS' || !(isHidden(fact.grantee) || isHidden(fact.grantor)));
  const projection = buildProjection(toRecordedFacts({ facts }), 1);
  const { core, widest } = incidentOf(about, origins);
  const radius = findBlastRadius(projection, resolveRadiusInput(projection, { origins: visibleOrigins, core, widest }, undefined, 0));
  return copiesOf(radius, (owner) => projection.organizations.id.get(owner) === lab);
}

/** Whether another lab can stand between a lab and what reaches it: as an origin, or on the way of the spread. */
const isByALab = (about: World, origins: readonly string[]) => {
  const labs = labsOf(about);
  return origins.some((id) => labs.includes(id)) || factsOf(about, 'ACCESS').some((fact) => labs.includes(fact.grantee));
};

/** Half of the worlds have no lab that spreads the compromise. */
const cases = fc.tuple(packCases, fc.boolean()).map(([{ about, origins }, isPlain]) => {
  const labs = labsOf(about);
  if (!isPlain) return { about, origins };
  const others = factsOf(about, 'ORGANIZATION').flatMap(({ id }) => (labs.includes(id) ? [] : [id]));
  const facts = about.facts.filter((fact) => fact.kind !== 'ACCESS' || !labs.includes(fact.grantee));
  const visible = origins.filter((origin) => !labs.includes(origin));
  return { about: { facts }, origins: visible.length > 0 || others.length === 0 ? visible : [others[0] as string] };
});

/** One lab's artifact reveals another's, which few generated worlds have within reach. */
const revealing = {
  about: world()
    .lab('First', 'Second')
    .vendor('Vendor')
    .artifact('held', 'First')
    .artifact('revealed', 'Second')
    .reveals('held', 'revealed', 0.5)
    .transfer('t', 'held', 'First', 'Vendor', { sentAt: 1 })
    .build(),
  origins: ['Vendor'],
};

it('[G302] a pack holds each copy of its lab in the radius, with its tier; the packs of all labs together hold those of the incident', async () => {
  const seen = { copies: 0, whole: 0, revealed: 0 };
  await fc.assert(
    fc.asyncProperty(
      cases.filter(({ origins }) => origins.length > 0),
      ({ about, origins }) =>
        withPackStore(about, origins, async (store) => {
          const asker = askerOf(store);
          const { radius } = await answerRadius(asker, {}, await getIncident(asker, 'i-1'));
          const isLab = isLabIn(radius.projection);
          const { artifacts } = radius.projection;
          const visible = { copies: [] as string[], artifacts: new Set<string>() };
          for (const lab of labsOf(about)) {
            const { pack } = await askPack(asker, 'i-1', lab);
            const copies = copiesOf(pack.radius, () => true);
            expect(copies.sort()).toEqual(expectedCopies(about, origins, lab).sort());
            visible.copies.push(...copies);
            const { id } = pack.radius.projection.artifacts;
            for (const { artifact } of pack.radius.artifacts) visible.artifacts.add(id.get(artifact));
            for (const artifact of pack.revealed) visible.artifacts.add(id.get(artifact));
            seen.revealed += pack.revealed.length;
          }
          seen.copies += visible.copies.length;
          if (isByALab(about, origins)) return;
          seen.whole += visible.copies.length;
          expect(visible.copies.sort()).toEqual(copiesOf(radius, isLab).sort());
          const ofLabs = radius.artifacts.filter(({ artifact }) => isLab(artifacts.owner[artifact] as number));
          expect([...visible.artifacts].sort()).toEqual(ofLabs.map(({ artifact }) => artifacts.id.get(artifact)).sort());
        }),
    ),
    { numRuns: packRuns(50), examples: [[revealing]], ...packSeed },
  );
  // The worlds must show all three, or the test has shown nothing.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
});
