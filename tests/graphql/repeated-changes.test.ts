import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { type Answer, Serving, smallWorld } from './serving.ts';

const serving = new Serving();
beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const save = 'mutation($input: SaveNoteInput!) { saveNote(input: $input) { note { id text } userErrors { message } } }';

function bodyOf(text: string, query = save): string {
  return JSON.stringify({ query, variables: { input: { on: { organization: 'vendor' }, text } } });
}

async function send(key: string, body: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json', 'Idempotency-Key': key };
  return (await (await fetch(`${serving.url}/graphql`, { method: 'POST', headers, body })).json()) as Answer;
}

async function countNotes(text: string): Promise<number> {
  const { notes } = await serving.get('{ notes(on: { organization: "vendor" }, first: 500) { edges { node { text } } } }');
  return notes.edges.filter(({ node }: { node: { text: string } }) => node.text === text).length;
}

describe('a change with a key', () => {
  it('[G380] is done once, however often it is sent, one after another and at once, and each gets the same answer', async () => {
    const first = await send('k1', bodyOf('Called.'));
    expect(first.data.saveNote.note.text).toBe('Called.');
    expect(await Promise.all(Array.from({ length: 3 }, () => send('k1', bodyOf('Called.'))))).toEqual([first, first, first]);
    const atOnce = await Promise.all(Array.from({ length: 4 }, () => send('k2', bodyOf('Called again.'))));
    expect(new Set(atOnce.map(({ data }) => data.saveNote.note.id)).size).toBe(1);
    expect([await countNotes('Called.'), await countNotes('Called again.')]).toEqual([1, 1]);
  });

  it('[G380] is another change with another key or another text, and a query is asked each time', async () => {
    await send('k3', bodyOf('Wrote.'));
    await send('k4', bodyOf('Wrote.'));
    await send('k4', bodyOf('Wrote once more.'));
    expect([await countNotes('Wrote.'), await countNotes('Wrote once more.')]).toEqual([2, 1]);
    const revision = JSON.stringify({ query: '{ revision }' });
    const { data } = await send('k5', revision);
    await serving.put({ organizations: [{ id: 'new', name: 'New', roles: ['VENDOR'] }] });
    expect((await send('k5', revision)).data.revision).toBe(data.revision + 1);
  });

  it('[G380] is done to its end when its client goes away, and is answered when it is sent again', async () => {
    // The answer waits for a thread, which takes longer to start than the client waits.
    const body = JSON.stringify({
      query:
        'mutation { saveIncident(input: { name: "Cut off", origins: ["vendor"] }) { incident { name blastRadius { simulation { runs } } } } }',
    });
    await new Promise<void>((resolve) => {
      const lost = request(`${serving.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'Idempotency-Key': 'k6' },
      });
      lost.on('error', () => undefined);
      lost.on('close', resolve);
      lost.end(body, () => setTimeout(() => lost.destroy(), 20));
    });
    const { data, errors } = await send('k6', body);
    expect(errors).toBeUndefined();
    expect(data.saveIncident.incident).toEqual({ name: 'Cut off', blastRadius: { simulation: { runs: expect.any(Number) } } });
    const { incidents } = await serving.get('{ incidents { edges { node { name } } } }');
    expect(incidents.edges).toEqual([{ node: { name: 'Cut off' } }]);
  });

  it('[G380] is refused with a key of more than 100 characters; a long answer is not kept', async () => {
    const { errors } = await send('k'.repeat(101), bodyOf('Never.'));
    expect(errors).toMatchObject([
      { message: 'Idempotency-Key has 101 characters; expected at most 100.', extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(await countNotes('Never.')).toBe(0);
    const long = save.replace('text }', `text ${Array.from({ length: 40 }, (_, i) => `t${i}: text`).join(' ')} }`);
    const text = 'x'.repeat(3000);
    expect((await send('k7', bodyOf(text, long))).errors).toBeUndefined();
    expect((await send('k7', bodyOf(text, long))).errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
    expect(await countNotes(text)).toBe(1);
  });
});
