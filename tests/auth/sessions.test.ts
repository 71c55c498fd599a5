import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idleMs, maxSessions, Sessions } from '../../server/auth/sessions.ts';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';

const minute = 60_000;
const token = (id: string) => ({ kind: 'token', id }) as const;
let folder: string;
let sessions: Sessions;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-sessions-'));
  sessions = new Sessions(folder, 'a secret of sixteen or more');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('sessions', () => {
  it('[S261] one person or token has a bounded number at once, and a further log-in ends the one that began first', () => {
    const other = sessions.begin(token('other'), '127.0.0.1', 0);
    const cookies = Array.from({ length: maxSessions + 2 }, (_, i) => sessions.begin(token('one'), '127.0.0.1', i + 1));
    const open = cookies.map((cookie) => sessions.find(cookie, maxSessions + 3) !== undefined);
    expect(open).toEqual(cookies.map((_, i) => i >= 2));
    expect(sessions.list(token('one'), maxSessions + 3)).toHaveLength(maxSessions);
    expect(sessions.find(other, maxSessions + 3)?.subject).toEqual(token('other'));
  });

  it('[S261] a log-in reads no session of anybody else, but for a clean-up each minute', () => {
    // With another secret, each file that is read looks like one that has ended, and is deleted.
    const stranger = new Sessions(folder, 'another secret, which opens no file');
    stranger.begin(token('one'), '127.0.0.1', 0);
    sessions.begin(token('two'), '127.0.0.1', minute / 2);
    const [ofTwo] = readdirSync(folder);
    stranger.begin(token('one'), '127.0.0.1', minute - 1);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(readdirSync(folder)).toContain(ofTwo);
    stranger.begin(token('one'), '127.0.0.1', minute);
    expect(readdirSync(folder)).not.toContain(ofTwo);
  });

  it('[S261] sessions that have ended are deleted', () => {
    sessions.begin(token('one'), '127.0.0.1', 0);
    sessions.begin(token('two'), '127.0.0.1', idleMs);
    expect(readdirSync(folder)).toHaveLength(1);
  });
});
