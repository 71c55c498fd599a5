import { inflateRawSync } from 'node:zlib';
import { Serving } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { smallFiles } from './import-for-tests.ts';

const serving = new Serving();
beforeAll(() => serving.start());
afterAll(() => serving.stopAndDelete());

const post = (body: unknown, type = 'application/json') =>
  fetch(`${serving.url}/api/imports`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const put = (id: string, name: string, content: string) =>
  fetch(`${serving.url}/api/imports/${id}/files/${encodeURIComponent(name)}`, { method: 'PUT', body: content });

async function makeDraft(files: Readonly<Record<string, string>>): Promise<string> {
  const { id } = (await (await post({})).json()) as { id: string };
  for (const [name, content] of Object.entries(files)) expect((await put(id, name, content)).status).toBe(200);
  return id;
}

async function waitFor(id: string, states: readonly string[]) {
  for (;;) {
    const answer = await serving.get('query($id: ID!) { import(id: $id) { state failure report { rows created rejected } } }', { id });
    if (states.includes(answer.import.state)) return answer.import;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function errorOf(response: Response): Promise<[number, string, string]> {
  const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
  return [response.status, errors[0]?.extensions.code ?? '', errors[0]?.message ?? ''];
}

/** The entries of an archive, by its central directory (APPNOTE 4.3.12). */
function unzip(archive: Buffer): Record<string, string> {
  const end = archive.lastIndexOf('PK\u0005\u0006');
  const files: Record<string, string> = {};
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const [size, nameLength, extraLength, commentLength] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt16LE(at + 30),
      archive.readUInt16LE(at + 32),
    ];
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    files[archive.toString('utf8', at + 46, at + 46 + nameLength)] = inflateRawSync(archive.subarray(start, start + size)).toString('utf8');
    at += 46 + nameLength + extraLength + commentLength;
  }
  return files;
}

describe('imports over HTTP', () => {
  it('[F33] go from draft to file, report, commit and undo', async () => {
    const created = await post({ source: 'register', assertedAt: '2025-06-01' });
    expect(created.status).toBe(201);
    const { id } = (await created.json()) as { id: string };
    for (const [name, content] of Object.entries(smallFiles)) {
      const response = await put(id, name, content);
      expect(await response.json()).toMatchObject({ name, delimiter: ',', header: content.split('\n')[0]?.split(',') });
    }
    expect(await waitFor(id, ['DRAFT'])).toMatchObject({ report: { rows: 6, created: 6, rejected: 0 } });
    const commit = 'mutation($id: ID!) { commitImport(input: { id: $id }) { import { state } userErrors { message } } }';
    expect((await serving.get(commit, { id })).commitImport).toEqual({ import: { state: 'COMMITTING' }, userErrors: [] });
    await waitFor(id, ['COMMITTED']);
    const { transfer } = await serving.get('{ transfer(id: "T-1") { provenance { file line assertedAt source import { id } } } }');
    expect(transfer.provenance).toMatchObject({
      file: 'transfers.csv',
      line: 2,
      assertedAt: expect.stringMatching(/^2025-06-01T/),
      source: 'register',
      import: { id },
    });
    const undo = 'mutation($id: ID!) { undoImport(input: { id: $id }) { import { state } userErrors { message } } }';
    expect((await serving.get(undo, { id })).undoImport).toEqual({ import: { state: 'UNDONE' }, userErrors: [] });
    expect(await serving.get('{ counts { organizations transfers } }')).toEqual({ counts: { organizations: 0, transfers: 0 } });
  });

  it('[F33] return the rejected rows as CSV', async () => {
    const id = await makeDraft({ 'organizations.csv': 'id,name\nvega,\n' });
    await waitFor(id, ['DRAFT']);
    const response = await fetch(`${serving.url}/api/imports/${id}/rejections.csv`);
    expect(response.headers.get('content-type')).toMatch(/text\/csv/);
    expect(await response.text()).toMatch(/^id,name,line,reason\nvega,,2,".*name.*"\n$|^id,name,line,reason\nvega,,2,[^\n]*name[^\n]*\n$/);
  });

  it('[F34] report errors as JSON, with the matching status', async () => {
    const id = await makeDraft({});
    expect(await errorOf(await put(id, 'book.xlsx', 'PK\u0003\u0004'))).toEqual([
      400,
      'BAD_USER_INPUT',
      expect.stringMatching(/no .xlsx workbook, or is damaged/),
    ]);
    expect(await errorOf(await put(id, '../../x', 'id'))).toEqual([400, 'BAD_USER_INPUT', expect.stringMatching(/file name/)]);
    expect(await errorOf(await put('nothing', 'a.csv', 'id'))).toEqual([404, 'NOT_FOUND', expect.stringMatching(/no import "nothing"/)]);
    expect(await errorOf(await put(id, 'a.csv', ''))).toEqual([400, 'BAD_USER_INPUT', expect.stringMatching(/empty/)]);
    expect(await errorOf(await post('source=x', 'application/x-www-form-urlencoded'))).toEqual([
      400,
      'BAD_USER_INPUT',
      expect.stringMatching(/JSON/),
    ]);
    expect(await errorOf(await post({ assertedAt: 'soon' }))).toEqual([400, 'BAD_USER_INPUT', expect.stringMatching(/"soon"/)]);
    expect(await errorOf(await post({ sauce: 'x' }))).toEqual([400, 'BAD_USER_INPUT', expect.stringMatching(/source/)]);
    expect((await errorOf(await post('{'))).slice(0, 2)).toEqual([400, 'BAD_REQUEST']);
    expect((await errorOf(await fetch(`${serving.url}/api/imports/nothing/rejections.csv`))).slice(0, 2)).toEqual([404, 'NOT_FOUND']);
  });

  it('[F35] are exported as an archive of canonical CSV', async () => {
    const id = await makeDraft(smallFiles);
    await serving.get('mutation($id: ID!) { commitImport(input: { id: $id }) { userErrors { message } } }', { id });
    await waitFor(id, ['COMMITTED']);
    const response = await fetch(`${serving.url}/api/facts.zip`);
    expect(response.headers.get('content-type')).toBe('application/zip');
    const files = unzip(Buffer.from(await response.arrayBuffer()));
    expect(Object.keys(files)).toHaveLength(14);
    expect(files['transfers.csv']?.split('\n')).toHaveLength(4);
  });
});
