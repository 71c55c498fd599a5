import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { factKinds } from '../../server/domain/facts.ts';
import type { Projection } from '../../server/projection/projection.ts';
import { CurrentProjection } from '../../server/projection/refresh/refresh.ts';
import { refreshProjection } from '../../server/projection/refresh/refresh-projection.ts';
import { runAtOnce } from '../../server/projection/turns.ts';
import { Asker } from '../../server/questions/asker.ts';
import { askHistory, askHistoryQuestion } from '../../server/questions/explore/ask-history.ts';
import { Questions } from '../../server/questions/questions.ts';
import { StandingAnswers } from '../../server/questions/rankings/standing-answers.ts';
import { LatestAnswers } from '../../server/questions/run/latest-answers.ts';
import { Scheduler } from '../../server/questions/run/scheduler.ts';
import { ShownWrites, writeFacts } from '../../server/questions/write-facts.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { edit, importOf, readAll, vendor } from '../store/assertions-for-tests.ts';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-shown-'));
let count = 0;
let store: FactStore;
let other: FactStore;
let current: CurrentProjection;
let writes: ShownWrites;
/** Holds back renewals from now on. */
let hold: () => void;
/** Ends the renewals that are held back. */
let renew: () => void;

/** The facts at the revision of the store, renewed only when the test says so. */
beforeEach(async () => {
  const url = `sqlite:${join(folder, `${count++}.db`)}`;
  // In threads, as a server commits large imports.
  store = await openStore(url, { threadFrom: 1 });
  other = await openStore(url);
  await store.commit(edit([vendor('first')]));
  let gate = Promise.resolve();
  hold = () => {
    gate = new Promise((resolve) => {
      renew = resolve;
    });
  };
  const held = async (...[last, changed, revision]: Parameters<typeof refreshProjection>): Promise<Projection> => {
    await gate;
    return runAtOnce(refreshProjection(last, changed, revision));
  };
  current = new CurrentProjection(store, Date.now, factKinds, undefined, held);
  await current.read();
  hold();
  writes = new ShownWrites({ store, current, standing: new StandingAnswers(new Scheduler(), new LatestAnswers(), Date.now) });
});
afterEach(async () => {
  renew();
  await store.close();
  await other.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const revisionNow = async () => (await current.read()).projection.revision;
const isPending = async (promise: Promise<unknown>) => {
  const pending = Symbol();
  const later = new Promise((resolve) => setTimeout(() => resolve(pending), 50));
  return (await Promise.race([promise, later])) === pending;
};
/** Ends when the store has the revision. */
const reached = async (revision: number) => {
  while ((await other.readRevision()) < revision) await new Promise(setImmediate);
};

describe('an import of this server that is not acknowledged', () => {
  it('[G310] leaves questions with the facts before it, and once acknowledged every answer has it', async () => {
    const commit = writes.commit(importOf('i', [vendor('second')]));
    await reached(2);
    expect([await revisionNow(), await current.readRevision(), current.isShowing]).toEqual([1, 1, true]);
    expect(await isPending(commit)).toBe(true);
    renew();
    expect((await commit).revision).toBe(2);
    expect([await revisionNow(), await current.readRevision(), current.isShowing]).toEqual([2, 2, false]);
  });

  it('[G310] an undo does the same', async () => {
    renew();
    await writes.commit(importOf('i', [vendor('second')]));
    hold();
    const undo = writes.undoImport('i', 'ada', 2000);
    await reached(3);
    const before = (await current.read()).projection;
    expect([before.revision, before.organizations.count]).toEqual([2, 2]);
    expect(await isPending(undo)).toBe(true);
    renew();
    await undo;
    const after = (await current.read()).projection;
    expect([after.revision, after.organizations.count]).toEqual([3, 1]);
  });

  it('[G680] an undo that changes provenance alone does the same, and one that changes nothing shows nothing', async () => {
    renew();
    await writes.commit(importOf('i', [vendor('second')]));
    await writes.commit(importOf('j', [vendor('second', { name: 'second' })], { import: { source: 'a later list' } }));
    await writes.commit(importOf('k', [vendor('second')]));
    const importOfSecond = async () => (await readAll(store)).find(({ key }) => key === 'second')?.provenance.importId;
    const [shownBy, revision] = [await importOfSecond(), await store.readRevision()];
    hold();
    const undo = writes.undoImport(shownBy as string, 'ada', 2000);
    await reached(revision + 1);
    expect([await revisionNow(), await current.readRevision(), current.isShowing]).toEqual([revision, revision, true]);
    expect(await isPending(undo)).toBe(true);
    renew();
    expect(await undo).toEqual({ outcome: 'undone', revision: revision + 1, changedCount: 0, isRaising: true });
    expect([await revisionNow(), (await importOfSecond()) === shownBy]).toEqual([revision + 1, false]);

    const rest = ['i', 'j', 'k'].filter((id) => id !== shownBy);
    const silent = await writes.undoImport(rest.at(-1) as string, 'ada', 3000);
    expect([silent, current.isShowing]).toEqual([{ outcome: 'undone', revision: revision + 1, changedCount: 0, isRaising: false }, false]);
  });

  it('[G311] questions wait for what another program has committed meanwhile', async () => {
    const commit = writes.commit(importOf('i', [vendor('second')]));
    await reached(2);
    await other.commit(edit([vendor('third')]));
    const question = current.read();
    expect(await isPending(question)).toBe(true);
    renew();
    expect((await question).projection.revision).toBe(3);
    await commit;
  });

  it('[G311] an import that changes nothing does not hide what another program has committed', async () => {
    await other.commit(edit([vendor('second')]));
    const commit = await writes.commit(importOf('i', [vendor('second')]));
    expect([commit.revision, current.isShowing]).toEqual([2, false]);
    const question = current.read();
    expect(await isPending(question)).toBe(true);
    renew();
    expect((await question).projection.revision).toBe(2);
  });

  it('[G312] an edit meanwhile is shown and acknowledged with it, a refused one as well', async () => {
    const questions = new Questions({ store, projection: 'whole' });
    Object.assign(questions, { current });
    const commit = writes.commit(importOf('i', [vendor('second')]));
    await reached(2);
    const refused = writeFacts(new Asker(questions), edit([vendor('second', { country: 'NL' })], { ifRevision: 1 })).catch(
      ({ code }) => code,
    );
    const edited = writeFacts(new Asker(questions), edit([vendor('third')]));
    await reached(3);
    expect([await isPending(refused), await isPending(edited), await revisionNow()]).toEqual([true, true, 1]);
    renew();
    expect(await refused).toBe('CONFLICT');
    expect((await edited).revision).toBe(3);
    expect(await revisionNow()).toBe(3);
    await commit;
    await questions.close();
  });

  it('[G313] is waited for if it brings incidents, which belong to no revision', async () => {
    const incidents = new Map([['inc', '{}']]);
    await writes.commit(importOf('i', [vendor('second')], { import: { incidents } }));
    const question = current.read();
    expect(await isPending(question)).toBe(true);
    renew();
    expect((await question).projection.revision).toBe(2);
    const undo = await writes.undoImport('i', 'ada', 2000);
    expect([undo.outcome, current.isShowing]).toEqual(['undone', false]);
  });

  it('[G314] neither history nor answers of a past instant know it', async () => {
    const questions = new Questions({ store, projection: 'whole' });
    Object.assign(questions, { current });
    const commit = writes.commit(importOf('i', [vendor('second')], { at: Date.now() }));
    await reached(2);
    const question = await askHistoryQuestion(new Asker(questions), { sinceRevision: 0 });
    expect(question.until).toBe(1);
    expect((await askHistory(new Asker(questions), question, 0, 10)).changes.map(({ key }) => key)).toEqual(['first']);
    const past = current.at(Date.now() - 1);
    expect(await isPending(past)).toBe(true);
    renew();
    expect((await past).revision).toBe(2);
    await commit;
    expect(await askHistoryQuestion(new Asker(questions), { sinceRevision: 0 })).toMatchObject({ until: 2 });
    await questions.close();
  });
});
