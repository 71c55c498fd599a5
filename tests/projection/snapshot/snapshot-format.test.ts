import { createHash, type Hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { OriginSettings } from '../../../server/exposure/rankings/origin-figures.ts';
import { rankOrigins } from '../../../server/exposure/rankings/ranking.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import { shareProjection } from '../../../server/projection/share-projection.ts';
import { writeSnapshot } from '../../../server/projection/snapshot-file.ts';
import { snapshotFormat } from '../../../server/projection/snapshot-format.ts';
import { keepRanking } from '../../../server/questions/rankings/standing-answers.ts';
import { LatestAnswers } from '../../../server/questions/run/latest-answers.ts';
import { TimeLimit } from '../../../server/questions/run/time-limit.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { afterAll, beforeAll, expect, it } from '../../support/test.ts';
import { worlds } from '../../support/worlds/arbitraries.ts';
import { labHistories, makeHistory } from '../../support/worlds/lab-histories.ts';
import { richWorlds } from '../../support/worlds/rich-worlds.ts';
import { importSeedWorld } from '../../support/worlds/seed-world.ts';
import { at, toRecordedFacts } from '../../support/worlds/world.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-snapshot-format-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The questions of the rankings that the files hold: at one instant, over nested windows, with and without spread along transfers. */
const windows = [
  [0, 20, -5, 50],
  [15, 15, 15, 15],
  [10, 35, 0, 60],
] as const;
const settings: readonly OriginSettings[] = windows.flatMap(([from, to, start, end], i) => ({
  core: { from, to },
  widest: { from: start, to: end },
  maxHops: 3,
  transferLikelihood: i === 1 ? 0 : 0.3,
  minDegree: 0.05,
}));

/** Adds the bytes of a projection's file, with a ranking in it. */
async function add(hash: Hash, projection: Projection, question: OriginSettings): Promise<void> {
  const answers = new LatestAnswers();
  const totals = rankOrigins(projection, question);
  await answers.get(projection, ['ranking', question], new TimeLimit(Infinity), async () => totals);
  const path = join(folder, 'snapshot');
  const key = { store: 'a store', program: 'a program' };
  writeSnapshot(path, shareProjection(projection), key, await keepRanking(answers, projection));
  hash.update(readFileSync(path));
  rmSync(path);
}

/** The bytes of the files of many worlds. Equal programs write equal bytes. */
async function digestSnapshots(): Promise<string> {
  const hash = createHash('sha256');
  // Generated worlds have every rule of custody: unknown dates, equal instants, cycles, diamonds, parallel transfers, pieces, deletions.
  for (const [i, world] of [
    ...fc.sample(worlds, { numRuns: 150, seed: 1 }),
    ...fc.sample(richWorlds, { numRuns: 150, seed: 2 }),
  ].entries()) {
    await add(hash, buildProjection(toRecordedFacts(world), i), settings[i % settings.length] as OriginSettings);
  }
  // Facts as a store tells them: of several assertions, retracted, undone and merged; built at once, and renewed.
  for (const [i, history] of fc.sample(labHistories, { numRuns: 20, seed: 3 }).entries()) {
    const store = await openStore(`sqlite:${join(folder, `${i}.db`)}`);
    try {
      const current = new CurrentProjection(store, () => 1000);
      await current.read();
      await makeHistory(store, history);
      for (const { projection } of [await current.read(), await new CurrentProjection(store, () => 1000).read()]) {
        await add(hash, projection, settings[0] as OriginSettings);
      }
    } finally {
      await store.close();
    }
  }
  for (const name of ['demo', 'four-parties']) {
    const seed = await importSeedWorld(name);
    const day = { from: at('2026-06-01'), to: at('2026-09-24') };
    await add(hash, seed.projection, { ...(settings[0] as OriginSettings), core: day, widest: day });
    await seed.close();
  }
  return hash.digest('hex').slice(0, 16);
}

it('[P680] the format of a snapshot is the digest of the files of many worlds, so other bytes or figures have another format', async () => {
  // Another digest: the change is to the layout, to a rule, or to the worlds here. Make the received value `snapshotFormat`.
  expect(await digestSnapshots()).toBe(snapshotFormat);
});
