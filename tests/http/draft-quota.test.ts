import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Tokens } from '../../server/auth/tokens.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { Serving } from '../graphql/serving.ts';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';

const kb = 1024;
const tokens = new Map<string, string>();

let serving: Serving;

beforeEach(async () => {
  serving = new Serving();
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  for (const name of ['ada', 'bob', 'cyd']) {
    const wanted = { name, role: 'ANALYST', canExport: false, labs: null, expiresAt: null } as const;
    tokens.set(name, await new Tokens(store).create(wanted, Date.now()));
  }
  await store.close();
  await serving.start({ environment: { EXPOSURE_AUTH: 'required', EXPOSURE_DRAFT_MB_EACH: '1', EXPOSURE_DRAFT_MB_IN_ALL: '2' } });
});
afterEach(() => serving.stopAndDelete());

const headersOf = (who: string) => ({ authorization: `Bearer ${tokens.get(who)}`, 'content-type': 'application/json' });

async function newDraft(who: string): Promise<string> {
  const created = await fetch(`${serving.url}/api/imports`, { method: 'POST', headers: headersOf(who), body: '{}' });
  return ((await created.json()) as { id: string }).id;
}

function listOf(bytes: number): string {
  return `id,name,roles\n${'v,Vendor,VENDOR\n'.repeat(bytes / 16)}`;
}

/** A body in pieces that announces no size. @param onPiece called with the number of bytes that were taken so far */
function inPieces(text: string, onPiece: (sent: number) => void = () => undefined): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      if (sent >= text.length) return controller.close();
      controller.enqueue(Buffer.from(text.slice(sent, sent + 16 * kb)));
      sent += 16 * kb;
      onPiece(sent);
    },
  });
}

async function upload(who: string, draft: string, body: string | ReadableStream<Uint8Array>, name = 'organizations.csv') {
  const url = `${serving.url}/api/imports/${draft}/files/${name}`;
  const response = await fetch(url, { method: 'PUT', headers: headersOf(who), body, duplex: 'half' } as RequestInit);
  const { errors } = (await response.json()) as { errors?: { message: string; extensions: { code: string } }[] };
  return { status: response.status, code: errors?.[0]?.extensions.code, message: errors?.[0]?.message };
}

async function discard(who: string, id: string): Promise<void> {
  const query = 'mutation ($id: ID!) { discardImport(input: { id: $id }) { userErrors { message } } }';
  const body = JSON.stringify({ query, variables: { id } });
  const response = await fetch(`${serving.url}/graphql`, { method: 'POST', headers: headersOf(who), body });
  expect(await response.json()).toEqual({ data: { discardImport: { userErrors: [] } } });
}

const tooMuch = (name: RegExp) => ({ status: 422, code: 'LIMIT_EXCEEDED', message: expect.stringMatching(name) });

describe('drafts of imports', () => {
  it('[S213] hold at most so many bytes for each person and in all, and a discarded one makes room', async () => {
    const [first, second] = [await newDraft('ada'), await newDraft('ada')];
    expect((await upload('ada', first, listOf(600 * kb))).status).toBe(200);
    expect(await upload('ada', second, listOf(600 * kb))).toEqual(
      tooMuch(/^The drafts of imports that ada made .* 1 MB, .* Commit or discard some, or raise EXPOSURE_DRAFT_MB_EACH\.$/),
    );
    // Another person has room of its own, as far as all have.
    const [other, last] = [await newDraft('bob'), await newDraft('cyd')];
    expect((await upload('bob', other, listOf(900 * kb))).status).toBe(200);
    expect(await upload('cyd', last, listOf(900 * kb))).toEqual(
      tooMuch(/^All drafts of imports together .* 2 MB, .* Commit or discard some, or raise EXPOSURE_DRAFT_MB_IN_ALL\.$/),
    );
    await discard('ada', first);
    expect((await upload('cyd', last, listOf(900 * kb))).status).toBe(200);
  });

  it('[S213] refuse a file of unknown size as soon as too much of it came, and keep nothing of it', async () => {
    const draft = await newDraft('ada');
    let most = 0;
    const body = inPieces(listOf(64 * 1024 * kb), (sent) => {
      most = sent;
    });
    expect(await upload('ada', draft, body)).toEqual(tooMuch(/EXPOSURE_DRAFT_MB_EACH/));
    expect(most).toBeLessThan(32 * 1024 * kb);
    expect(readdirSync(join(serving.folder, 'data', 'drafts', draft)).filter((name) => name.startsWith('file'))).toEqual([]);
    expect((await upload('ada', draft, listOf(900 * kb))).status).toBe(200);
  });

  it('[S213] count uploads that are under way', async () => {
    const drafts = await Promise.all(['ada', 'ada', 'ada'].map(newDraft));
    const answers = await Promise.all(drafts.map((draft) => upload('ada', draft, inPieces(listOf(500 * kb)))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 422]);
  });
});
