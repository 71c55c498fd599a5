import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Assertion } from '../../../server/domain/assertions.ts';
import type { Incident } from '../../../server/domain/incident.ts';
import { emptyLog } from '../../../server/domain/records/incident-log.ts';
import { Asker } from '../../../server/questions/asker.ts';
import { Questions } from '../../../server/questions/questions.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { edit } from '../../store/assertions-for-tests.ts';
import { seed } from '../seed.ts';
import { richWorlds } from './rich-worlds.ts';
import type { Stated, World } from './world.ts';
import { factsOf, toRecordedFacts } from './world.ts';

/* Generated worlds with an incident, for tests of notification packs. */

export const askedAt = 1_000_000;

/** The soak repeats these tests with many more worlds. */
export const packRuns = (few: number) => Number(process.env.PACK_RUNS ?? few);
export const isPackSoak = process.env.PACK_RUNS !== undefined;
/** A failure is not shrunk: that would open hundreds of stores. */
export const packSeed = { endOnFailure: true, seed };

/** Ids that occur in no other text, so a test finds any leak. Some texts name a lab. */
function withCanaries(plain: World): World {
  const organizations = factsOf(plain, 'ORGANIZATION').map(({ id }) => id);
  const artifacts = factsOf(plain, 'ARTIFACT').map(({ id }) => id);
  const labs = factsOf(plain, 'ORGANIZATION').flatMap(({ id, roles }) => (roles.includes('LAB') ? [id] : []));
  const org = (id: string) => `org${organizations.indexOf(id)}end`;
  const art = (id: string) => `art${artifacts.indexOf(id)}end`;
  const someLab = (i: number) => (labs.length === 0 ? 'nobody' : org(labs[i % labs.length] as string));
  const facts = plain.facts.map((fact, i): Stated => {
    switch (fact.kind) {
      case 'ORGANIZATION':
        return {
          ...fact,
          id: org(fact.id),
          name: `Name ${org(fact.id)}`,
          aliases: [`Alias ${org(fact.id)}`, `Friend of ${someLab(i)}`],
          website: null,
        };
      case 'ARTIFACT':
        return { ...fact, id: art(fact.id), name: `Title ${art(fact.id)}`, owner: org(fact.owner), version: `for ${someLab(i)}` };
      case 'TRANSFER':
        return {
          ...fact,
          artifact: art(fact.artifact),
          sender: org(fact.sender),
          recipient: org(fact.recipient),
          channel: `portal of ${someLab(i)}`,
        };
      case 'ENGAGEMENT':
        return { ...fact, client: org(fact.client), provider: org(fact.provider), service: `work for ${someLab(i)}` };
      case 'ACCESS':
        return { ...fact, grantee: org(fact.grantee), grantor: org(fact.grantor) };
      case 'REVEALS':
        return { ...fact, artifact: art(fact.artifact), reveals: art(fact.reveals), basis: `cites ${someLab(i)}` };
      case 'CONTROL':
        return { ...fact, organization: org(fact.organization), issuer: fact.issuer === null ? null : org(fact.issuer) };
      default:
        return fact satisfies never;
    }
  });
  return { facts };
}

export const labsOf = (about: World) => factsOf(about, 'ORGANIZATION').flatMap(({ id, roles }) => (roles.includes('LAB') ? [id] : []));

export const packCases = richWorlds
  .map(withCanaries)
  .filter((about) => labsOf(about).length > 0)
  .chain((about) => {
    const ids = factsOf(about, 'ORGANIZATION').map(({ id }) => id);
    return fc.record({
      about: fc.constant(about),
      origins: fc.shuffledSubarray(ids, { minLength: 1, maxLength: Math.min(2, ids.length) }),
    });
  });

export function incidentOf(about: World, origins: readonly string[]): Incident {
  const [first] = labsOf(about);
  const artifacts = factsOf(about, 'ARTIFACT').map(({ id }) => id);
  return {
    id: 'i-1',
    name: `Break-in, told by ${first}`,
    state: 'OPEN',
    discoveredAt: 45,
    origins,
    suspectedOrigins: [],
    hasCore: true,
    core: { from: 15, to: 30 },
    widest: { from: 0, to: 50 },
    scope: [],
    maxHops: 3,
    transferLikelihood: 0,
    minDegree: 0.05,
    cause: 'MALICIOUS',
    advisory: null,
    proposal: null,
    scenario: [],
    log: {
      ...emptyLog,
      assessments: [{ artifacts, state: 'CONFIRMED', reason: `as ${first} says`, evidence: null, by: 'ada', at: 46 }],
    },
    logSaves: 0,
    createdAt: 46,
    updatedAt: 46,
  };
}

export const assertionsOf = (about: World): Assertion[] =>
  toRecordedFacts(about).map(({ kind, key, values, provenance }, i) => ({
    kind,
    key,
    values,
    isRetraction: false,
    assertedAt: provenance.assertedAt,
    source: `register of ${labsOf(about)[i % labsOf(about).length]}`,
    file: null,
    line: null,
  }));

export const commit = (store: FactStore, assertions: readonly Assertion[]) => store.commit(edit(assertions, { at: 60 }));

/** Opens a store that holds a world and its incident `i-1`, and deletes it after use. */
export async function withPackStore(about: World, origins: readonly string[], use: (store: FactStore) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-packs-'));
  const store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
  try {
    await commit(store, assertionsOf(about));
    await store.saveDocument('incident', 'i-1', JSON.stringify(incidentOf(about, origins)));
    await use(store);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const askerOf = (store: FactStore) => new Asker(new Questions({ store, projection: 'whole', clock: () => askedAt }));
