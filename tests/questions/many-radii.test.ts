import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { resolveRadiusInput } from '../../server/exposure/radius/resolve-radius-input.ts';
import { Asker } from '../../server/questions/asker.ts';
import { askNeighborhood } from '../../server/questions/explore/ask-graph.ts';
import { askSearch } from '../../server/questions/explore/ask-search.ts';
import { Questions } from '../../server/questions/questions.ts';
import { askRadius } from '../../server/questions/radius/ask-radius.ts';
import { askIntegrity } from '../../server/questions/radius/ask-radius-parts.ts';
import { askWhatIf } from '../../server/questions/radius/ask-what-if.ts';
import { Scheduler } from '../../server/questions/run/scheduler.ts';
import { TimeLimit } from '../../server/questions/run/time-limit.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { generateWorld } from '../bench/large-world.ts';
import { edit } from '../store/assertions-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-many-radii-'));
const size = { organizations: 5000, artifacts: 2000, transfers: 100_000 };
/** Each reading advances this clock by a millisecond. Work reads it before each step. */
let looks = 0;
const now = () => looks++;
let store: FactStore;
let questions: Questions;

beforeAll(async () => {
  store = await openStore(`sqlite:${join(folder, 'large.db')}`);
  const assertions = Array.from(generateWorld(size), ({ kind, key, values }) => {
    return { kind, key, values, isRetraction: false, assertedAt: 1, source: null, file: null, line: null };
  });
  const { violations } = await store.commit(edit(assertions, { by: 'somebody', at: 2 }));
  expect(violations).toEqual([]);
  questions = new Questions({ store, projection: 'whole', scheduler: new Scheduler(undefined, now), clock: () => Date.UTC(2026, 5, 1) });
  await questions.current.read();
  // The search index is built once and shared by all searches.
  await askSearch(new Asker(questions), 'Organization 1', null);
});
afterAll(async () => {
  await questions.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const everything = { from: Date.UTC(2024, 0, 1), to: Date.UTC(2026, 5, 1) };
const organization = (i: number) => `org-${String(i).padStart(6, '0')}`;
/** Fifty different radii of a hundred origins each. */
const radii = Array.from({ length: 50 }, (_, i) => ({
  origins: Array.from({ length: 100 }, (_, j) => organization(100 + i * 90 + j)),
  core: everything,
  widest: everything,
  options: { transferLikelihood: 0.5 },
}));

/** Asks all at once, as the aliased fields of one request do. */
const manyQuestions: readonly (readonly [string, (asker: Asker) => Promise<unknown>[]])[] = [
  ['radii', (asker) => radii.map((radius) => askRadius(asker, radius))],
  [
    'what-ifs',
    (asker) =>
      radii.map((radius, i) => askWhatIf(asker, radius, [{ suspend: { organization: organization(100 + i), at: everything.from } }])),
  ],
  [
    'integrity radii',
    (asker) =>
      radii.map(async (radius) => {
        const projection = await asker.facts();
        return askIntegrity(asker, {
          projection,
          input: resolveRadiusInput(projection, radius, undefined, asker.now),
          scenario: undefined,
        });
      }),
  ],
  [
    'neighborhoods',
    (asker) =>
      radii.map(({ origins }) =>
        askNeighborhood(
          asker,
          origins.map((id) => ({ organization: id })),
          null,
          2000,
        ),
      ),
  ],
  ['searches', (asker) => radii.map((_, i) => askSearch(asker, `organizatoin ${i}`, null))],
];

/** Waits for all. @returns how each ended, and the most clock readings between two turns of the event loop */
async function settle(asked: readonly Promise<unknown>[]) {
  let isDone = false;
  let longestHold = 0;
  const settling = Promise.allSettled(asked).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    const before = looks;
    await nextTurn();
    longestHold = Math.max(longestHold, looks - before);
  }
  const settled = await settling;
  return {
    longestHold,
    errors: settled.flatMap((result) => (result.status === 'rejected' ? [(result.reason as { code: string }).code] : [])),
  };
}

/** Each of the fifty questions reads the clock a few times at its start and end; their steps number thousands. */
const mostAtOnce = 400;

describe.each(manyQuestions)('[G144] fifty %s in one request, over 100,000 transfers', (_, ask) => {
  it('end with QUERY_TIMEOUT at the time limit, and never block the event loop for long', async () => {
    const allowed = 1000;
    const start = looks;
    const asker = new Asker(questions, new TimeLimit(allowed, undefined, now));
    await asker.facts();
    const { longestHold, errors } = await settle(ask(asker));
    expect(new Set(errors)).toEqual(new Set(['QUERY_TIMEOUT']));
    expect(longestHold).toBeLessThanOrEqual(mostAtOnce);
    expect(looks - start).toBeLessThanOrEqual(allowed + 2 * mostAtOnce);
  });

  it('do no more work once the client has left', async () => {
    const leaving = new AbortController();
    const asker = new Asker(questions, new TimeLimit(Infinity, leaving.signal, now));
    await asker.facts();
    const asked = ask(asker);
    for (let i = 0; i < 5; i++) await nextTurn();
    leaving.abort(Object.assign(new Error('left'), { code: 'LEFT' }));
    const before = looks;
    const { errors } = await settle(asked);
    expect(new Set(errors)).toEqual(new Set(['LEFT']));
    expect(looks - before).toBeLessThanOrEqual(mostAtOnce);
    const after = looks;
    for (let i = 0; i < 5; i++) await nextTurn();
    expect(looks).toBe(after);
  });
});
