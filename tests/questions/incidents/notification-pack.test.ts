import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assertion } from '../../../server/domain/assertions.ts';
import type { Incident } from '../../../server/domain/incident.ts';
import { emptyLog } from '../../../server/domain/records/incident-log.ts';
import { documentDocx } from '../../../server/export/document/document-docx.ts';
import { documentMarkdown } from '../../../server/export/document/document-markdown.ts';
import { documentPdf } from '../../../server/export/document/document-pdf.ts';
import { packDocument } from '../../../server/export/pack/pack-document.ts';
import { packRows } from '../../../server/export/pack/pack-rows.ts';
import { toCsv } from '../../../server/export/rows.ts';
import type { NotificationPack } from '../../../server/exposure/pack/notification-pack.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import type { BlastRadius } from '../../../server/exposure/radius/radius-types.ts';
import { resolveRadiusInput } from '../../../server/exposure/radius/resolve-radius-input.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { Asker } from '../../../server/questions/asker.ts';
import { askPack } from '../../../server/questions/incidents/ask-pack.ts';
import { Questions } from '../../../server/questions/questions.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open-store.ts';
import { readDocx } from '../../support/docx-text.ts';
import { oracleLabView } from '../../support/oracle/lab-view.ts';
import { readPdf } from '../../support/pdf-text.ts';
import { richWorlds } from '../../support/rich-worlds.ts';
import type { Stated, World } from '../../support/world.ts';
import { factsOf, toRecordedFacts } from '../../support/world.ts';

const askedAt = 1_000_000;

/** The soak repeats these tests with many more worlds. */
const runs = (few: number) => Number(process.env.PACK_RUNS ?? few);
const seeded = process.env.SOAK_SEED === undefined ? {} : { seed: Number(process.env.SOAK_SEED) };

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

const labsOf = (about: World) => factsOf(about, 'ORGANIZATION').flatMap(({ id, roles }) => (roles.includes('LAB') ? [id] : []));

const cases = richWorlds
  .map(withCanaries)
  .filter((about) => labsOf(about).length > 0)
  .chain((about) => {
    const ids = factsOf(about, 'ORGANIZATION').map(({ id }) => id);
    return fc.record({
      about: fc.constant(about),
      origins: fc.shuffledSubarray(ids, { minLength: 1, maxLength: Math.min(2, ids.length) }),
    });
  });

function incidentOf(about: World, origins: readonly string[]): Incident {
  const [first] = labsOf(about);
  const artifacts = factsOf(about, 'ARTIFACT').map(({ id }) => id);
  return {
    id: 'i-1',
    name: `Break-in, told by ${first}`,
    state: 'OPEN',
    discoveredAt: 45,
    origins,
    core: { from: 15, to: 30 },
    widest: { from: 0, to: 50 },
    scope: [],
    maxHops: 3,
    transferLikelihood: 0,
    minDegree: 0.05,
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

const assertionsOf = (about: World): Assertion[] =>
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

const commit = (store: FactStore, assertions: readonly Assertion[]) => store.commit({ by: 'ada', at: 60, assertions });

const figuresOf = ({ projection, summary, artifacts }: BlastRadius) => ({
  summary,
  artifacts: artifacts.map(({ artifact, holders, ways, ...figures }) => [
    projection.artifacts.id.get(artifact),
    figures.tier,
    figures.basis,
    figures.portion,
    figures.worstCaseLossUsd,
    figures.weightedLossUsd,
    holders.map(({ organization }) => projection.organizations.id.get(organization)),
  ]),
});

describe('notification packs', () => {
  let folder: string;
  let count = 0;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'exposure-packs-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const ask = async (store: FactStore, lab: string) => {
    const { pack } = await askPack(new Asker(new Questions({ store, projection: 'whole', clock: () => askedAt })), 'i-1', lab);
    return { pack, text: documentMarkdown(packDocument(pack)) + [...toCsv(packRows(pack))].join('') };
  };

  /** The texts and the metadata of the two formats that are no plain text. */
  const readFiles = async (pack: NotificationPack) => {
    const document = packDocument(pack);
    return JSON.stringify([readPdf(await documentPdf(document)), readDocx(await documentDocx(document))]);
  };

  const withStore = async (about: World, origins: readonly string[], use: (store: FactStore) => Promise<void>) => {
    count += 1;
    const store = await openStore(`sqlite:${join(folder, `${count}.db`)}`);
    try {
      await commit(store, assertionsOf(about));
      await store.saveDocument('incident', 'i-1', JSON.stringify(incidentOf(about, origins)));
      await use(store);
    } finally {
      await store.close();
    }
  };

  it('[P175] a pack has the figures of the radius computed from the view of its lab, and names no hidden lab and no artifact of one', async () => {
    await fc.assert(
      fc.asyncProperty(cases, ({ about, origins }) =>
        withStore(about, origins, async (store) => {
          for (const lab of labsOf(about)) {
            const { pack, text } = await ask(store, lab);
            const told = oracleLabView(about, lab);
            const ids = told.flatMap((fact) => (fact.kind === 'ORGANIZATION' || fact.kind === 'ARTIFACT' ? [fact.id] : []));
            const canaries = about.facts.flatMap((fact) =>
              (fact.kind === 'ORGANIZATION' && fact.roles.includes('LAB')) || fact.kind === 'ARTIFACT' ? [fact.id] : [],
            );
            const files = lab === labsOf(about)[0] ? await readFiles(pack) : '';
            for (const canary of canaries) {
              if (ids.includes(canary)) continue;
              expect(text).not.toContain(canary);
              expect(files).not.toContain(canary);
            }

            const toldOrigins = origins.filter((origin) => ids.includes(origin));
            if (toldOrigins.length === 0) {
              expect(pack.radius.artifacts).toEqual([]);
              continue;
            }
            const projection = buildProjection(toRecordedFacts({ facts: told }), 1);
            const { core, widest } = incidentOf(about, toldOrigins);
            const expected = findBlastRadius(
              projection,
              resolveRadiusInput(projection, { origins: toldOrigins, core, widest }, undefined, 0),
            );
            expect(figuresOf(pack.radius)).toEqual(figuresOf(expected));
          }
        }),
      ),
      { numRuns: runs(25), ...seeded },
    );
  });

  it('[P176] facts outside the view change no byte of a pack', async () => {
    await fc.assert(
      fc.asyncProperty(cases, ({ about, origins }) =>
        withStore(about, origins, async (store) => {
          const before = new Map<string, Awaited<ReturnType<typeof ask>>>();
          for (const lab of labsOf(about)) before.set(lab, await ask(store, lab));
          const [changing, watched] = labsOf(about);
          const outside = factsOf(about, 'ARTIFACT').filter(({ owner }) => owner === changing);
          const changed = [
            ...outside.map((fact) => ({ ...fact, sensitivity: 5, valueLowUsd: 777, valueHighUsd: 7_777, name: 'Other title' })),
            ...factsOf(about, 'TRANSFER')
              .filter(({ artifact }) => outside.some(({ id }) => id === artifact))
              .map((fact) => ({ ...fact, confidence: 0.25, form: 'VIEW_ONLY' as const })),
          ];
          await commit(store, assertionsOf({ facts: [...about.facts, ...changed] }).slice(about.facts.length));
          for (const [lab, was] of before) {
            if (lab === changing) continue;
            const is = await ask(store, lab);
            const nameOf = ({ radius, revealed }: typeof was.pack) =>
              revealed.map((artifact) => radius.projection.artifacts.id.get(artifact));
            const isSame = JSON.stringify(nameOf(was.pack)) === JSON.stringify(nameOf(is.pack));
            if (isSame && lab === watched) expect(await readFiles(is.pack)).toBe(await readFiles(was.pack));
            // What another lab's artifact reveals depends on the other lab: §10 requires the pack to say so.
            if (isSame) expect(is.text).toBe(was.text);
            else expect(figuresOf(is.pack.radius)).toEqual(figuresOf(was.pack.radius));
          }
        }),
      ),
      { numRuns: runs(15), ...seeded },
    );
  });
});
