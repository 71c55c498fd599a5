import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tokens } from '../../server/auth/tokens.ts';
import { BoundQuestions } from '../../server/questions/lab/bound-questions.ts';
import { Questions } from '../../server/questions/questions.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { WatchEngine } from '../../server/watches/watch-engine.ts';
import { artifact, edit, transfer } from '../store/assertions-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { type CommandLine, root, startCommandLine } from './run-exposure.ts';

let folder: string;
let commandLine: CommandLine;
const run = (...args: string[]) => commandLine.run(folder, args);
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).out);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-watch-'));
  commandLine = await startCommandLine();
  const { code, err } = await run('import', join(root, 'seeds/demo'));
  if (code !== 0) throw new Error(err);
});
afterAll(async () => {
  await commandLine.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('watches on the command line', () => {
  let id: string;

  it('[C910] a watch is added by names, listed, muted, and its events are read', async () => {
    const added = await run(
      ...['watch', 'add', 'Radius of Quillmark', '--kind', 'radius', '--origin', 'QUILLMARK', '--core', '2026-09-19/2026-10-01'],
      ...['--max-hops', '1', '--on', 'joined', 'strengthened', '--min-tier', 'possible'],
    );
    expect(added).toMatchObject({ code: 0, err: '' });
    id = added.out.trim();
    expect(await json('watch', 'list')).toMatchObject([
      {
        ...{ id, name: 'Radius of Quillmark', owner: 'local', kind: 'RADIUS', on: ['JOINED', 'STRENGTHENED'], minTier: 'POSSIBLE' },
        radius: { origins: ['quillmark'], options: { maxHops: 1 } },
        question: 'The blast radius of quillmark: tells what joined, strengthened, from possible up.',
        ...{ isMuted: false, failure: null, isEnded: false },
      },
    ]);
    expect((await run('watch', 'events')).out).toBe('');
    await changeAndEvaluate();
    const [event] = await json('watch', 'events', '--unread', '--watch', id);
    expect(event).toMatchObject({ type: 'radius.changed', isRead: false, counts: [{ kind: 'JOINED', count: 1 }], owner: 'local' });
    expect((await run('watch', 'events')).out).toMatch(/unread +radius\.changed +Radius of Quillmark: 1 joined/);
    expect((await run('watch', 'mute', id)).out).toBe('Radius of Quillmark is muted.\n');
    expect((await run('watch', 'list')).out).toMatch(new RegExp(`${id} +muted`));
    expect((await json('watch', 'mute', id, '--off')).isMuted).toBe(false);
    expect((await run('watch', 'list', '--owner', 'grace')).out).toBe('');
  });

  it('[C910] a condition that can never hold, an unknown name and a token that is bound to labs are refused', async () => {
    const never = await run('watch', 'add', 'x', '--kind', 'ranking', '--on', 'weakened');
    expect(never).toMatchObject({ code: 2, out: '', err: expect.stringContaining('never has the change WEAKENED') });
    const unknown = await run('watch', 'add', 'x', '--kind', 'lab', '--lab', 'Nowhere Labs');
    expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('There is no organization "Nowhere Labs".') });
    expect(await run('watch', 'mute', 'none')).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no watch "none" of local.'),
    });
    await run('token', 'create', 'theirs', '--role', 'viewer', '--lab', 'aurelis');
    const bound = await run('watch', 'add', 'x', '--kind', 'lab', '--lab', 'aurelis', '--owner', 'theirs');
    expect(bound).toMatchObject({ code: 1, err: expect.stringContaining('theirs is bound to labs') });
  });

  /** As a server that runs beside. */
  async function changeAndEvaluate(): Promise<void> {
    const store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
    const questions = new Questions({ store, projection: 'whole' });
    const sentAt = Date.parse('2026-09-20T00:00:00Z');
    const facts = [artifact('watched', 'aurelis'), transfer('t-watched', 'watched', 'aurelis', 'quillmark', { sentAt })];
    await store.commit(edit(facts, { at: Date.now() }));
    const engine = new WatchEngine({
      bound: new BoundQuestions(questions),
      tokens: new Tokens(store),
      onError: (error) => {
        throw error;
      },
    });
    await engine.pass();
    await questions.close();
    await store.close();
  }
});
