import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving, smallWorld } from '../serving.ts';
import { startBackedUp } from './backed-up.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const saveNote = 'mutation($input: SaveNoteInput!) { saveNote(input: $input) { note { id text by at } userErrors { code path message } } }';
const deleteNote = 'mutation($input: DeleteNoteInput!) { deleteNote(input: $input) { deletedId userErrors { code path } } }';
const listNotes =
  'query($on: NodeRef!, $first: Int, $after: String) { notes(on: $on, first: $first, after: $after) { totalCount edges { cursor node { id text } } } }';
const saveView =
  'mutation($input: SaveViewInput!) { saveView(input: $input) { view { id name url by at } userErrors { code path message } } }';
const deleteView = 'mutation($input: DeleteViewInput!) { deleteView(input: $input) { deletedId userErrors { code path } } }';

const on = { organization: 'vendor' };

async function note(text: string, about: object = on): Promise<string> {
  const { saveNote: saved } = await serving.get(saveNote, { input: { on: about, text } });
  expect(saved.userErrors).toEqual([]);
  return saved.note.id;
}

describe('notes', () => {
  it('[G200] a note is listed on its node, the latest first, and raises no revision', async () => {
    const { revision } = await serving.get('{ revision }');
    const first = await note('Called them.');
    const second = await note('They call back on Monday. 漢字');
    await note('About the artifact.', { artifact: 'guide' });
    const { notes } = await serving.get(listNotes, { on });
    expect(notes.totalCount).toBe(2);
    expect(new Set(notes.edges.map(({ node }: { node: { id: string } }) => node.id))).toEqual(new Set([first, second]));
    const { saveNote: changed } = await serving.get(saveNote, { input: { id: first, on, text: 'Called them twice.' } });
    expect(changed.note).toMatchObject({ id: first, text: 'Called them twice.', by: 'local' });
    const page = (await serving.get(listNotes, { on, first: 1 })).notes;
    expect(page.edges[0].node).toEqual({ id: first, text: 'Called them twice.' });
    const rest = (await serving.get(listNotes, { on, after: page.edges[0].cursor })).notes;
    expect(rest.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual([second]);
    expect((await serving.get(listNotes, { on: { artifact: 'guide' } })).notes.totalCount).toBe(1);
    expect((await serving.get('{ revision }')).revision).toBe(revision);
    expect(await serving.get(deleteNote, { input: { id: second } })).toEqual({ deleteNote: { deletedId: second, userErrors: [] } });
    expect(await serving.codeOf(listNotes, { on, after: page.edges[0].cursor })).toBe('CONFLICT');
  });

  it('[G201] each error of a note names its path, and nothing is written', async () => {
    const wrong = { on: { organization: 'nobody' }, text: ' ' };
    expect((await serving.get(saveNote, { input: wrong })).saveNote).toEqual({
      note: null,
      userErrors: [
        { code: 'MISSING_VALUE', path: ['text'], message: 'The note has no text; write one.' },
        { code: 'UNKNOWN_REFERENCE', path: ['on', 'organization'], message: 'There is no organization "nobody".' },
      ],
    });
    expect((await serving.get(saveNote, { input: { on, text: 'x'.repeat(10_001) } })).saveNote.userErrors).toEqual([
      { code: 'BAD_VALUE', path: ['text'], message: 'The text of the note has 10,001 characters; expected at most 10,000.' },
    ]);
    expect((await serving.get(listNotes, { on: { organization: 'nobody' } })).notes.totalCount).toBe(0);
    expect(await serving.codeOf(saveNote, { input: { id: 'gone', on, text: 'x' } })).toBe('NOT_FOUND');
    expect((await serving.get(deleteNote, { input: { id: 'gone' } })).deleteNote).toEqual({
      deletedId: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['id'] }],
    });
  });
});

describe('saved views', () => {
  it('[G202] views are listed by name, found by id, renamed and deleted once', async () => {
    const save = async (input: object) => (await serving.get(saveView, { input })).saveView.view;
    const late = await save({ name: 'Ω last', url: '/blast?incident=INC-02' });
    const early = await save({ name: 'A first', url: '/explore?node=o%3Avendor' });
    expect((await serving.get('{ views { id name url by } }')).views).toEqual([
      { id: early.id, name: 'A first', url: '/explore?node=o%3Avendor', by: 'local' },
      { id: late.id, name: 'Ω last', url: '/blast?incident=INC-02', by: 'local' },
    ]);
    await save({ id: early.id, name: 'ω after all', url: '/explore' });
    expect((await serving.get('{ views { id name } }')).views).toEqual([
      { id: late.id, name: 'Ω last' },
      { id: early.id, name: 'ω after all' },
    ]);
    const find = 'query($id: ID!) { view(id: $id) { name url } }';
    expect(await serving.get(find, { id: early.id })).toEqual({ view: { name: 'ω after all', url: '/explore' } });
    expect((await serving.get(deleteView, { input: { id: early.id } })).deleteView).toEqual({ deletedId: early.id, userErrors: [] });
    expect((await serving.get(deleteView, { input: { id: early.id } })).deleteView.userErrors).toEqual([
      { code: 'NOT_FOUND', path: ['id'] },
    ]);
    expect(await serving.get(find, { id: early.id })).toEqual({ view: null });
    expect(await serving.codeOf(saveView, { input: { id: early.id, name: 'x', url: '/' } })).toBe('NOT_FOUND');
  });

  it('[G830] a view has a note, which a later save without one keeps and null clears', async () => {
    const save = async (input: object) =>
      (
        await serving.get('mutation($input: SaveViewInput!) { saveView(input: $input) { view { id note } userErrors { code path } } }', {
          input: { name: 'With a note', url: '/blast?o=vendor', ...input },
        })
      ).saveView;
    const { id } = (await save({ note: 'For the board.' })).view;
    expect((await save({ id })).view).toEqual({ id, note: 'For the board.' });
    expect((await save({ id, note: null })).view).toEqual({ id, note: null });
    expect((await save({ id, note: 'x'.repeat(10_001) })).userErrors).toEqual([{ code: 'BAD_VALUE', path: ['note'] }]);
    await serving.get(`mutation { deleteView(input: { id: "${id}" }) { deletedId } }`);
  });

  it('[G203] a view never leads to another page', async () => {
    const { saveView: refused } = await serving.get(saveView, { input: { name: 'Bait', url: '//elsewhere.example/' } });
    expect(refused).toMatchObject({ view: null, userErrors: [{ code: 'BAD_VALUE', path: ['url'] }] });
    expect((await serving.get(saveView, { input: { name: ' ', url: '' } })).saveView.userErrors).toMatchObject([
      { code: 'MISSING_VALUE', path: ['name'] },
      { code: 'MISSING_VALUE', path: ['url'] },
    ]);
  });

  it('[G204] a backup includes notes and views', async () => {
    const ask = '{ views { id name url by at } notes(on: { artifact: "guide" }) { edges { node { id text by at } } } }';
    const before = await serving.get(ask);
    expect(before.views.length + before.notes.edges.length).toBe(2);
    const other = await startBackedUp(serving);
    expect(await other.get(ask)).toEqual(before);
    await other.stopAndDelete();
  });
});
