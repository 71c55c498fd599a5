import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../server/store/open/open-store.ts';
import { builtProgram, root } from '../cli/run-exposure.ts';
import { edit, lab } from '../store/assertions-for-tests.ts';
import { seed } from '../support/seed.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { counting, randomFrom, rounds } from './scale.ts';

const points = process.env.SOAK_SCALE === undefined ? 2 : rounds(100);
/** Files may grow to so many bytes, at least and at most. The store begins smaller. */
const [smallest, largest] = [300_000, 2_500_000];
const blockBytes = 512;
const uploadBytes = 4_000_000;
let folder: string;

beforeAll(async () => {
  builtProgram();
  folder = mkdtempSync(join(tmpdir(), 'exposure-full-'));
  mkdirSync(join(folder, 'base'));
  const store = await openStore(`sqlite:${join(folder, 'base', 'facts.db')}`);
  await store.commit(edit([lab('vega')]));
  await store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A server whose every file ends at a limit, as if the disk were full there. The system's signal for that is ignored, as it does not exist for a full disk. */
async function serve(at: string, bytes: number): Promise<{ child: ChildProcess; url: string }> {
  const blocks = Math.floor(bytes / blockBytes);
  const child = spawn('sh', ['-c', `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$1" serve --port 0`, process.execPath, builtProgram()], {
    cwd: root,
    env: { ...process.env, EXPOSURE_STORE: `sqlite:${join(at, 'facts.db')}`, EXPOSURE_DATA: at, EXPOSURE_LOG: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (piece: Buffer) => {
      said += piece.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address !== undefined) resolve(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`The server ended: ${said}`)));
  });
  return { child, url };
}

const put = 'mutation ($input: PutFactsInput!) { putFacts(input: $input) { revision userErrors { message } } }';
const note = 'mutation ($input: SaveNoteInput!) { saveNote(input: $input) { note { id } userErrors { message } } }';

interface Written {
  readonly organizations: string[];
  readonly notes: string[];
  readonly refusals: string[];
}

/** Writes until four writes were refused. */
async function writeUntilFull(url: string, text: () => string): Promise<Written> {
  const written: Written = { organizations: [], notes: [], refusals: [] };
  for (let i = 0; i < 600 && written.refusals.length < 4; i++) {
    const isNote = i % 3 === 2;
    const input = isNote
      ? { on: { organization: 'vega' }, text: `note ${i} ${text().slice(0, 9000)}` }
      : { organizations: [{ id: `o-${i}`, name: `O ${i}`, roles: ['VENDOR'], country: text() }] };
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: isNote ? note : put, variables: { input } }),
    });
    const { data, errors } = (await response.json()) as {
      data?: Record<string, { note?: { id: string } }>;
      errors?: { message: string; extensions: { code: string } }[];
    };
    if (errors !== undefined) {
      expect(errors[0]?.extensions.code).toBe('STORE_UNAVAILABLE');
      written.refusals.push(errors[0]?.message as string);
    } else if (isNote) written.notes.push(data?.saveNote?.note?.id as string);
    else written.organizations.push(`o-${i}`);
  }
  return written;
}

/** @returns the status of an upload that is larger than the limit, or of the draft for it if the store is full */
async function upload(url: string): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const created = await fetch(`${url}/api/imports`, { method: 'POST', headers, body: '{}' });
  if (created.status !== 201) {
    expect(await created.json()).toMatchObject({ errors: [{ extensions: { code: 'STORE_UNAVAILABLE' } }] });
    return created.status;
  }
  const { id } = (await created.json()) as { id: string };
  const sent = await fetch(`${url}/api/imports/${id}/files/organizations.csv`, {
    method: 'PUT',
    body: `id,name\n${'v,Vendor\n'.repeat(uploadBytes / 9)}`,
  });
  expect(await sent.json()).toMatchObject({ errors: [{ extensions: { code: 'STORE_UNAVAILABLE' } }] });
  return sent.status;
}

describe('a full disk', () => {
  it('[S168] refuses writes and uploads with a sentence, at whatever point it comes, and loses nothing acknowledged', async () => {
    const random = randomFrom(seed);
    const countOne = counting('full disks', points);
    let acknowledged = 0;
    for (let point = 0; point < points; point++) {
      const at = join(folder, `point-${point}`);
      cpSync(join(folder, 'base'), at, { recursive: true });
      const bytes = Math.floor(smallest + (largest - smallest) * random());
      const { child, url } = await serve(at, bytes);
      const written = await writeUntilFull(url, () => 'x'.repeat(Math.floor(20_000 * random())));
      expect(await upload(url)).toBe(503);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      const isOver = once(child, 'exit');
      child.kill('SIGTERM');
      expect({ point, exit: await isOver }).toEqual({ point, exit: [0, null] });

      const store = await openStore(`sqlite:${join(at, 'facts.db')}`);
      const found = (await store.readFactsByKey('ORGANIZATION', written.organizations)).map(({ key }) => key);
      const notes = new Set((await store.listDocuments('note')).map(({ id }) => id));
      expect({ seed, bytes, found, lost: written.notes.filter((id) => !notes.has(id)) }).toEqual({
        seed,
        bytes,
        found: written.organizations,
        lost: [],
      });
      expect({ seed, bytes, problems: await store.verify() }).toEqual({ seed, bytes, problems: [] });
      // There is room again.
      await store.commit(edit([lab('after')]));
      await store.close();
      countOne();
      acknowledged += found.length + written.notes.length;
      rmSync(at, { recursive: true, force: true });
    }
    process.stderr.write(`${points} full disks (seed ${seed}): ${acknowledged} acknowledged writes, none lost\n`);
  });
});
