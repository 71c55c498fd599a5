import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { batchQuestionNames } from '../../server/batch/batch-questions.ts';
import { Asker } from '../../server/questions/asker.ts';
import { Questions } from '../../server/questions/questions.ts';
import { settingsAt } from '../../server/questions/rankings/ask-exposures.ts';
import { askRanking } from '../../server/questions/rankings/ask-ranking.ts';
import { TimeLimit } from '../../server/questions/run/time-limit.ts';
import { StillWorking } from '../../server/questions/run/work-progress.ts';
import type { WholeStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { manyWorlds } from '../batch/many-worlds.ts';
import { serverAnswers } from '../batch/server-answers.ts';
import { runExposure } from '../cli/run-exposure.ts';
import { edit, importOf, retract, say, toAssertion } from '../store/assertions-for-tests.ts';
import { eventually } from '../support/eventually.ts';
import type { Neo4jForTests } from '../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../support/neo4j/neo4j-for-tests.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '../support/test.ts';
import type { Answer } from './batch-lists.ts';
import { lists, source, withoutSource } from './batch-lists.ts';
import { Serving } from './serving.ts';

let neo4j: Neo4jForTests;
beforeAll(async () => {
  neo4j = await openNeo4jForTests();
});
afterAll(() => neo4j?.stop());

describe('a server that holds a part of the facts, without results', () => {
  let local: Serving;
  let whole: Serving;
  beforeAll(async () => {
    await neo4j.emptyStore();
    local = await new Serving().start({ demo: true, environment: { EXPOSURE_STORE: neo4j.url(), EXPOSURE_PROJECTION: 'local' } });
    whole = await new Serving().start({ environment: { EXPOSURE_STORE: neo4j.url() } });
  });
  afterAll(async () => {
    await local?.stopAndDelete();
    await whole?.stopAndDelete();
  });

  it('[P380] answers the lists over all facts as a server that holds all, also in files, by kind and accepted or not', async () => {
    const all = withoutSource(await whole.get(lists(source)));
    expect(withoutSource(await local.get(lists(source)))).toEqual(all);
    for (const answer of Object.values((await local.get(lists(source))) as Answer)) expect(answer.batch).toBeNull();
    const gap =
      'first: 100) { totalCount edges { node { organization { id } because missing { control reason held { control issuer { id } } } } } }';
    const gaps = `{ sensitive: controlGaps(minSensitivity: 3, orderBy: SENSITIVITY, ${gap} guidelines: controlGaps(types: [ANNOTATION_GUIDELINES], ${gap}
      mfa: controlGaps(controls: ["MFA"], labs: ["aurelis"], ${gap} without: controlGaps(withoutIssuers: ["quillmark"], ${gap} }`;
    expect(await local.get(gaps)).toEqual(await whole.get(gaps));
    expect(await local.codeOf(`{ controlGaps(labs: ["nobody"], ${gap} }`)).toBe('NOT_FOUND');
    const asked = `{ findingCounts { kind open accepted } accepted: findings(isAccepted: true) { totalCount edges { node { id acceptance { reason } } } }
      open: findings(isAccepted: false, kinds: [NO_NOTICE_TERM, EXPIRED_EVIDENCE, NO_VALUE], first: 500) { totalCount batch { name } edges { node { id message } } } }`;
    expect(await local.get(asked)).toEqual(await whole.get(asked));
    const [first, second] = (await whole.get('{ findings(kinds: [NO_NOTICE_TERM], first: 2) { edges { node { id } } } }')).findings.edges;
    const accept = `mutation($finding: ID!) { acceptFinding(input: { finding: $finding, reason: "known" }) { finding { id message } userErrors { code } } }`;
    for (const { node } of [first, second])
      expect(await local.get(accept, { finding: node.id })).toMatchObject({ acceptFinding: { finding: { id: node.id }, userErrors: [] } });
    const answer = await whole.get(asked);
    expect(answer.accepted.totalCount).toBe(2);
    expect(await local.get(asked)).toEqual(answer);
    for (const file of ['ranking.csv?orderBy=REACH', 'findings.csv', 'findings.json?isAccepted=true', 'control-gaps.csv']) {
      const read = async (serving: Serving) => (await fetch(`${serving.url}/api/${file}`)).text();
      expect([file, await read(local)]).toEqual([file, await read(whole)]);
    }
  }, 240_000);

  it('[P388] every list says how far it is to who asks for progress, and then gives the rows of a server that holds all facts', async () => {
    const asOf = 'asOf: "2026-10-01T00:00:00Z", first: 100';
    const lists = [
      `concentration(${asOf}) { totalCount edges { node { lab { id } herfindahlIndex } } progress { done total } }`,
      `labSafeguards(${asOf}) { totalCount edges { node { lab { id } valueUsd } } progress { done total } }`,
      `sharedHolders(${asOf}) { totalCount edges { node { holder { id } artifactCount } } progress { done total } }`,
      `controlGaps(${asOf}, minSensitivity: 2) { totalCount edges { node { organization { id } met } } progress { done total } }`,
      `findings(${asOf}) { totalCount counts { kind open accepted } edges { node { id } } progress { done total } }`,
    ];
    for (const list of lists) {
      let answer: unknown;
      await eventually(async () => {
        answer = Object.values(await local.get(`{ list: ${list} }`))[0];
        const { totalCount, progress } = answer as { totalCount: number; progress: unknown };
        if (progress !== null) expect(totalCount).toBe(0);
        expect(progress).toBeNull();
      });
      expect(answer).toEqual(
        Object.values(await whole.get(`{ list: ${list.replace(' progress { done total }', '')} }`)).map((all) => ({
          ...(all as object),
          progress: null,
        }))[0],
      );
    }
  }, 240_000);

  it('[P387] the command line prints the same lists', async () => {
    const print = (projection: string, ...args: string[]) =>
      runExposure(local.folder, [...args, '--format', 'csv'], { EXPOSURE_STORE: neo4j.url(), EXPOSURE_PROJECTION: projection });
    for (const args of [
      ['ranking', '--widest', '2026-01-01/2026-10-01'],
      ['findings', '--as-of', '2026-10-01'],
    ]) {
      const [part, all] = [await print('local', ...args), await print('whole', ...args)];
      expect(part).toEqual(all);
      expect(part).toMatchObject({ code: 0, err: '', out: expect.stringContaining('\n') });
    }
  }, 240_000);
});

describe('reading all parts one after another', () => {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-streamed-'));
  const streams = join(folder, 'stream');
  const now = 4000;
  let store: WholeStore;
  const opened: Questions[] = [];
  beforeAll(async () => {
    await neo4j.emptyStore();
    store = await openStore(neo4j.url(), patient);
    const facts = manyWorlds(10, 5).map(toAssertion);
    await store.commit(importOf('worlds', facts, { at: 1000 }));
    await store.commit(
      edit(
        facts.filter(({ kind }) => kind === 'TRANSFER').flatMap(({ kind, key }, i) => (i % 7 === 0 ? [retract(kind, key)] : [])),
        { at: 3000 },
      ),
    );
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });
  afterAll(async () => {
    await store?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const optionsFor = (timeoutMs: number) => ({
    projection: 'local' as const,
    batchFolder: folder,
    stream: { url: neo4j.url(), credentials: null, timeoutMs },
  });
  const open = (timeoutMs = 600_000) => {
    const questions = new Questions({ store, ...optionsFor(timeoutMs), clock: () => now });
    opened.push(questions);
    return questions;
  };
  const rank = async (asker: Asker, maxHops = 3, patienceMs?: number) => {
    const settings = settingsAt({ options: { maxHops } }, asker.now);
    const projection = await asker.facts();
    return (await askRanking(asker, projection, { settings, roles: null, orderBy: 'WEIGHTED_LOSS' }, patienceMs)).length;
  };
  /** Calls `act` when a question begins its work. @returns a function that stops this */
  const onWork = (act: () => void) => {
    mkdirSync(streams, { recursive: true });
    const watcher = watch(streams, act);
    return () => watcher.close();
  };
  /** The packs, and what is left of unfinished work. */
  const packs = () => readdirSync(streams).filter((name) => name !== 'batch');

  it('[P381] says how far it is to who asks for progress, and goes on until that client asks again', async () => {
    const questions = open();
    const asker = new Asker(questions);
    const early: unknown = await rank(asker, 2, 0).catch((error: unknown) => error);
    expect(early).toBeInstanceOf(StillWorking);
    const { progress } = early as StillWorking;
    expect(await rank(asker, 2)).toBeGreaterThan(10);
    const transfers = await questions.held.countTransfers(await asker.facts());
    // All were read in parts, and before that in the store where there was no pack yet.
    expect([
      [transfers, 2 * transfers],
      [3 * transfers, 4 * transfers],
    ]).toContainEqual([progress.done, progress.total]);
  }, 240_000);

  it('[P382] gives the rows of a server that holds all facts, of random worlds, windows and options', async () => {
    const expected = {
      now,
      asOf: 2500,
      core: { from: 10, to: 20 },
      widest: { from: 0, to: 40 },
      options: { transferLikelihood: 0.3, maxHops: 2 },
    };
    for (const asked of [{ now }, expected]) {
      const [streamed, computed] = [
        await serverAnswers(store, batchQuestionNames, asked, optionsFor(600_000)),
        await serverAnswers(store, batchQuestionNames, asked),
      ];
      for (const name of batchQuestionNames) expect([name, streamed.get(name)]).toEqual([name, computed.get(name)]);
      expect(computed.get('ranking')?.length).toBeGreaterThan(10);
    }
  }, 240_000);

  it('[P383] packs the facts once a revision, and makes a damaged pack anew', async () => {
    const questions = open();
    const count = await rank(new Asker(questions));
    const [pack, ...others] = packs();
    expect(others).toEqual([]);
    const part = join(streams, pack as string, 'parts', '00000000');
    truncateSync(part, 100);
    // The same question is known. Another one reads the pack, as does the same one whose rows somebody deleted.
    expect(await rank(new Asker(questions))).toBe(count);
    expect(statSync(part).size).toBe(100);
    rmSync(join(streams, 'batch'), { recursive: true });
    expect(await rank(new Asker(questions))).toBe(count);
    expect(statSync(part).size).toBeGreaterThan(100);
    expect(await rank(new Asker(questions), 1)).toBe(count);
    expect(packs()).toEqual([pack]);
    await store.commit(edit([say('ORGANIZATION', { id: 'newcomer', name: 'Newcomer' })], { at: 3500 }));
    await questions.current.read();
    expect(await rank(new Asker(questions))).toBe(count + 1);
    expect(packs()).toHaveLength(1);
    expect(packs()).not.toEqual([pack]);
  }, 240_000);

  it('[P384] ends when its client leaves or its own limit is over, and leaves no unfinished work', async () => {
    const leave = new AbortController();
    const stop = onWork(() => leave.abort(new Error('The client left.')));
    await expect(rank(new Asker(open(), leave.signal), 0)).rejects.toThrow('The client left.');
    stop();
    await eventually(() => {
      expect(packs().filter((name) => !name.endsWith('.pack'))).toEqual([]);
    });
    await expect(rank(new Asker(open(1)), 0)).rejects.toMatchObject({ code: 'QUERY_TIMEOUT' });
    await eventually(() => {
      expect(packs().filter((name) => !name.endsWith('.pack'))).toEqual([]);
    });
  }, 240_000);

  it('[P386] says in a sentence that its folder cannot be used', async () => {
    const used = join(folder, 'used');
    mkdirSync(used);
    writeFileSync(join(used, 'stream'), 'a file');
    const questions = new Questions({ store, ...optionsFor(600_000), batchFolder: used, clock: () => now });
    opened.push(questions);
    await expect(rank(new Asker(questions))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/stream cannot be used \(ENOTDIR\)\. Make room/),
    });
  });

  it('[P385] counts nothing against the limit of other questions', async () => {
    let at = 0;
    const limit = new TimeLimit(10_000, undefined, () => at);
    const stop = onWork(() => {
      at = 20_000;
    });
    expect(await rank(new Asker(open(), limit), 4)).toBeGreaterThan(10);
    stop();
    expect(at).toBe(20_000);
    limit.check();
  }, 240_000);
});
