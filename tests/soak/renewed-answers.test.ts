import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attachResults } from '../../server/batch/attached-result.ts';
import { runBatch } from '../../server/batch/run-batch.ts';
import { writePack } from '../../server/batch/write-pack.ts';
import type { Assertion } from '../../server/domain/assertions.ts';
import { ExposureError } from '../../server/domain/errors.ts';
import { factFields } from '../../server/domain/fact-fields.ts';
import { Asker } from '../../server/questions/asker.ts';
import { batchSourceOf } from '../../server/questions/batch/find-batch.ts';
import { mergeOrganizations, unmergeOrganizations } from '../../server/questions/merge-organizations.ts';
import { Questions } from '../../server/questions/questions.ts';
import { askExposures, settingsAt } from '../../server/questions/rankings/ask-exposures.ts';
import { askImportEffect } from '../../server/questions/rankings/ask-import-effect.ts';
import { askRanking, rankingOrders } from '../../server/questions/rankings/ask-ranking.ts';
import { defaultPolicy } from '../../server/rules/required-controls.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { manyWorlds } from '../batch/many-worlds.ts';
import { artifact, edit, importOf, lab, retract, toAssertion, transfer, vendor } from '../store/assertions-for-tests.ts';
import { seed } from '../support/seed.ts';
import { afterAll, describe, expect, it } from '../support/test.ts';
import { counting, limitMs, randomFrom, rounds } from './scale.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-renewed-'));
const random = randomFrom(seed);
const anyOf = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
/** A write states or retracts a fact once. */
const eachOnce = (facts: readonly Assertion[]) => [...new Map(facts.map((fact) => [`${fact.kind} ${fact.key}`, fact])).values()];
let count = 0;
const newFolder = () => join(folder, `${count++}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const now = 35;

/** Answers the ranking and the exposures by a batch, and attaches the answer to servers whose data folder is named. */
async function attachAnswers(store: FactStore, parameters: object): Promise<string> {
  const [pack, data] = [newFolder(), newFolder()];
  await writePack(store, { folder: pack, knownAt: null, now, policy: defaultPolicy });
  await runBatch({ folder: pack, questions: ['ranking', 'exposures'], parameters, threads: 1 }, () => undefined);
  await attachResults(store, data, pack, Date.now());
  return data;
}

describe('an answer that is behind', () => {
  it(
    `[B990] is made current where few of its rows can be touched: it has the rows and digits of a computed one (seed ${seed})`,
    async () => {
      const [worldCount, editCount] = [rounds(100), rounds(400)];
      const done = counting('answers made current', 3 * editCount);
      const [stated, others] = [seed, seed + 1].map((of) => manyWorlds(worldCount, of).map(toAssertion)) as [Assertion[], Assertion[]];
      const organizations = stated.filter(({ kind }) => kind === 'ORGANIZATION').map(({ key }) => key);
      for (const options of [{}, { transferLikelihood: 0.3, minDegree: 0.2 }, { maxHops: 1 }]) {
        const store = await openStore(`sqlite:${newFolder()}.db`);
        await store.commit(importOf('worlds', stated));
        const batchFolder = await attachAnswers(store, options);
        const clock = () => now;
        const [renewing, computing] = [
          new Questions({ store, projection: 'whole', clock, batchFolder }),
          new Questions({ store, projection: 'whole', clock }),
        ];
        let renewedCount = 0;
        let imports = 0;
        for (let i = 0; i < editCount; i++) {
          const at = 1000 + i;
          const some = eachOnce(Array.from({ length: 1 + Math.floor(random() * 3) }, () => anyOf(others)));
          const act = Math.floor(random() * 8);
          const refused = (error: unknown) => expect(error).toBeInstanceOf(ExposureError);
          const by = { by: 'ada', at };
          if (act === 0)
            await store.commit(
              edit(
                eachOnce([anyOf(stated), anyOf(others)]).map(({ kind, key }) => retract(kind, key)),
                { at, skipRefused: true },
              ),
            );
          else if (act === 1) await mergeOrganizations(store, anyOf(organizations), anyOf(organizations), by).catch(refused);
          else if (act === 2) await unmergeOrganizations(store, anyOf(organizations), by).catch(refused);
          else if (act === 3) await store.commit(importOf(`i${imports++}`, some, { at, skipRefused: true }));
          else if (act === 4 && imports > 0) await store.undoImport(`i${Math.floor(random() * imports)}`, 'ada', at);
          else await store.commit(edit(some, { at, skipRefused: true }));
          const ask = async (questions: Questions, orderBy: (typeof rankingOrders)[number]) => {
            const asker = new Asker(questions);
            const projection = await asker.facts();
            const settings = settingsAt({ options }, now);
            const ranking = await askRanking(asker, projection, { settings, roles: null, orderBy });
            const exposures = await askExposures(asker, projection, settings, null);
            const batches = [ranking, exposures].map((rows) => batchSourceOf(rows));
            return { batches, revision: projection.revision, rows: [[...ranking], [...exposures]] };
          };
          const orderBy = anyOf(rankingOrders);
          const [renewed, computed] = [await ask(renewing, orderBy), await ask(computing, orderBy)];
          expect([i, act, renewed.rows]).toEqual([i, act, computed.rows]);
          // A merge between two worlds may join so many that all are ranked anew.
          for (const batch of renewed.batches) {
            if (batch === null) continue;
            renewedCount++;
            expect(batch).toMatchObject({ behind: 0, revision: renewed.revision });
          }
          done();
        }
        expect(renewedCount).toBeGreaterThan(editCount);
        await Promise.all([renewing.close(), computing.close()]);
        await store.close();
      }
    },
    limitMs,
  );

  it('[B991] is computed where too much has changed, and never stands for facts that are planned', async () => {
    const store = await openStore(`sqlite:${newFolder()}.db`);
    const many = Array.from({ length: 1100 }, (_, i) => vendor(`v${i}`));
    await store.commit(
      importOf('first', [
        lab('lab'),
        artifact('x', 'lab', { valueLowUsd: 100, valueHighUsd: 100 }),
        ...many,
        transfer('t', 'x', 'lab', 'v0'),
      ]),
    );
    const batchFolder = await attachAnswers(store, {});
    const questions = new Questions({ store, projection: 'whole', clock: () => now, batchFolder });
    const rank = async () => {
      const asker = new Asker(questions);
      return askRanking(asker, await asker.facts(), { settings: settingsAt({}, now), roles: null, orderBy: 'WEIGHTED_LOSS' });
    };
    expect(batchSourceOf(await rank())).toMatchObject({ revision: 1, behind: 0 });
    const toAnother = transfer('u', 'x', 'lab', 'v1');
    const planned = [
      {
        assertion: toAnother,
        isCreated: true,
        values: toAnother.values.map((value, i) => value ?? factFields.TRANSFER[i]?.default ?? null),
      },
    ];
    const { before, after } = await askImportEffect(new Asker(questions), planned, 'plan');
    const losses = ({ projection, rows }: typeof before) =>
      rows.filter(({ weightedLossUsd }) => weightedLossUsd > 0).map(({ organization }) => projection.organizations.id.get(organization));
    expect([losses(before), losses(after)]).toEqual([
      ['lab', 'v0'],
      ['lab', 'v0', 'v1'],
    ]);
    await store.commit(edit([toAnother], { at: 2000 }));
    expect(batchSourceOf(await rank())).toMatchObject({ revision: 2, behind: 0 });
    await store.commit(
      edit(
        many.slice(0, 1050).map(({ key }) => transfer(`s${key}`, 'x', 'lab', key)),
        { at: 3000 },
      ),
    );
    expect(batchSourceOf(await rank())).toBe(null);
    await questions.close();
    await store.close();
  });
});
