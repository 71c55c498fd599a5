import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '../../support/test.ts';
import { askOf } from '../ask-of.ts';

let turn = 0;

/** These addresses in turn. Skips an address without a server. */
export async function inTurn<T>(urls: readonly string[], act: (url: string) => Promise<T>): Promise<T> {
  for (let tries = 0; tries < urls.length; tries++) {
    try {
      return await act(urls[turn++ % urls.length] as string);
    } catch (error) {
      if ((error as { cause?: { code?: string } }).cause?.code !== 'ECONNREFUSED') throw error;
    }
  }
  throw new Error('No server listens.');
}

/** @returns the draft's id. Each request goes to the next server. */
export async function draftThrough(urls: readonly string[], files: Readonly<Record<string, string>>): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const created = await inTurn(urls, (url) => fetch(`${url}/api/imports`, { method: 'POST', headers, body: '{}' }));
  const { id } = (await created.json()) as { id: string };
  for (const [name, body] of Object.entries(files)) {
    expect((await inTurn(urls, (url) => fetch(`${url}/api/imports/${id}/files/${name}`, { method: 'PUT', body }))).status).toBe(200);
  }
  return id;
}

/** Asks the next server again and again, until the import has one of the states. */
// biome-ignore lint/suspicious/noExplicitAny: the type depends on the query.
export async function waitThrough(urls: readonly string[], id: string, ...states: string[]): Promise<any> {
  const query =
    'query($id: ID!) { import(id: $id) { state failure report { rows created rejected } files { name } progress { step } rejections { totalCount } changes { totalCount } } }';
  for (;;) {
    const { data, errors } = await inTurn(urls, (url) => askOf(url, query, { id }));
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    if (states.includes(data.import.state)) return data.import;
    expect(['ANALYZING', 'COMMITTING']).toContain(data.import.state);
    await sleep(25);
  }
}

export async function commitThrough(urls: readonly string[], id: string): Promise<void> {
  const commit = 'mutation($id: ID!) { commitImport(input: { id: $id }) { import { state } userErrors { message } } }';
  const { data } = await inTurn(urls, (url) => askOf(url, commit, { id }));
  expect(data.commitImport.userErrors).toEqual([]);
}

/** @returns the import's id, once it is committed */
export async function importThrough(urls: readonly string[], csv: string, file = 'organizations.csv'): Promise<string> {
  const id = await draftThrough(urls, { [file]: csv });
  await commitThrough(urls, id);
  expect(await waitThrough(urls, id, 'COMMITTED', 'FAILED')).toMatchObject({ state: 'COMMITTED', failure: null });
  return id;
}
