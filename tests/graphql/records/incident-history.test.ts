import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { importThrough } from '../importing/import-through.ts';
import { Serving, smallWorld, summer2025 } from '../serving.ts';
import { startBackedUp } from './backed-up.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const save =
  'mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id version } userErrors { code path message } } }';
const addNote =
  'mutation($input: AddIncidentNoteInput!) { addIncidentNote(input: $input) { incident { id version } userErrors { code path message } } }';
const totals = 'reachedCount exposedCount possibleCount containedCount affectedLabCount blindSpotCount worstCaseLossUsd weightedLossUsd';
const history = `query($id: ID!, $first: Int, $after: String) { incident(id: $id) { version blastRadius { summary { ${totals} } }
  entries(first: $first, after: $after) { totalCount edges { cursor node { by text revision before { ${totals} } after { ${totals} } } } } } }`;

interface Entry {
  readonly by: string;
  readonly text: string;
  readonly revision: number | null;
  readonly before: Record<string, number> | null;
  readonly after: Record<string, number> | null;
}

async function open(name: string, more: object = {}): Promise<string> {
  const { saveIncident } = await serving.get(save, { input: { name, origins: ['vendor'], core: summer2025, ...more } });
  return saveIncident.incident.id;
}

async function entriesOf(id: string, on = serving): Promise<Entry[]> {
  const { incident } = await on.get(history, { id, first: 500 });
  return incident.entries.edges.map(({ node }: { node: Entry }) => node);
}

const summaryOf = async (id: string) => (await serving.get(history, { id })).incident.blastRadius.summary;

describe('the history of an incident', () => {
  it('[G205] each change is an entry with the totals before and after, the latest first', async () => {
    const id = await open('Break-in');
    const opened = await summaryOf(id);
    await serving.get(save, { input: { id, state: 'CONTAINED', origins: ['vendor', 'sub'], core: null, widest: summer2025 } });
    const changed = await summaryOf(id);
    expect(changed.reachedCount).toBe(opened.reachedCount + 1);
    await serving.get(save, { input: { id, state: 'CONTAINED' } });
    await serving.get(addNote, { input: { incident: id, text: 'The vendor called back.' } });
    const { revision } = await serving.get('{ revision }');
    expect(await entriesOf(id)).toEqual([
      { by: 'local', text: 'The vendor called back.', revision, before: changed, after: changed },
      {
        by: 'local',
        text: 'State: OPEN → CONTAINED. Origins added: @Sub. Core window: Jun 1, 2025 to Jun 30, 2025 → none. Widest window: none → Jun 1, 2025 to Jun 30, 2025.',
        revision,
        before: opened,
        after: changed,
      },
      { by: 'local', text: 'The incident was opened with Vendor; one as origin.', revision, before: null, after: opened },
    ]);
    const page = (await serving.get(history, { id, first: 1 })).incident.entries;
    expect(page.totalCount).toBe(3);
    const rest = (await serving.get(history, { id, after: page.edges[0].cursor })).incident.entries;
    expect(rest.edges).toHaveLength(2);
  });

  it('[G206] a fact that changed the radius is named, even after a later entry; other facts are not', async () => {
    const id = await open('A certificate comes in');
    const before = await summaryOf(id);
    const guide = smallWorld.transfers[0];
    await serving.put({ transfers: [{ ...guide, deletionState: 'VERIFIED', deletedAt: '2025-05-01T00:00:00Z' }] });
    await serving.put({ organizations: [{ id: 'far', name: 'Far away', roles: ['VENDOR'] }] });
    const after = await summaryOf(id);
    expect([before.exposedCount, after.exposedCount]).toEqual([2, 0]);
    const [drift] = await entriesOf(id);
    const { revision } = await serving.get('{ revision }');
    expect(drift).toEqual({
      by: 'local',
      text: 'The facts changed the radius. Transfer t-1 was updated by local: deletionState: NONE → VERIFIED, deletedAt: none → 2025-05-01T00:00:00Z.',
      revision,
      before,
      after,
    });
    await serving.get(addNote, { input: { incident: id, text: 'Certificate checked.' } });
    const all = await entriesOf(id);
    expect(all.map(({ text }) => text)).toEqual([
      'Certificate checked.',
      drift?.text,
      'The incident was opened with Vendor; one as origin.',
    ]);
    await serving.put({ transfers: [guide] });
  });

  it('[G206] facts that change nothing leave no entry', async () => {
    const id = await open('Nothing happens');
    await serving.put({ organizations: [{ id: 'farther', name: 'Farther away', roles: ['VENDOR'] }] });
    expect(await entriesOf(id)).toHaveLength(1);
  });

  it('[G207] concurrent notes are all kept and do not conflict with an edit', async () => {
    const id = await open('Many hands');
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, i) => serving.get(addNote, { input: { incident: id, text: `note ${i}` } })),
    );
    expect(outcomes.map(({ addIncidentNote }) => addIncidentNote.incident.version)).toEqual(Array(12).fill(1));
    const { saveIncident } = await serving.get(save, { input: { id, ifVersion: 1, name: 'Many hands, still' } });
    expect(saveIncident.incident.version).toBe(2);
    const notes = (await entriesOf(id)).map(({ text }) => text).filter((text) => text.startsWith('note'));
    expect(notes.sort()).toEqual(Array.from({ length: 12 }, (_, i) => `note ${i}`).sort());
  });

  it('[G207] a note needs an incident and a text', async () => {
    const id = await open('Wordless');
    expect((await serving.get(addNote, { input: { incident: id, text: '  ' } })).addIncidentNote).toEqual({
      incident: null,
      userErrors: [{ code: 'MISSING_VALUE', path: ['text'], message: 'The note has no text; write one.' }],
    });
    expect(await serving.codeOf(addNote, { input: { incident: 'gone', text: 'x' } })).toBe('NOT_FOUND');
  });

  it('[G208] if two people change the same version, the error of the second names the change of the first', async () => {
    const id = await open('Two people');
    const both = await Promise.all(
      ['first', 'second'].map((name) => serving.ask(save, { input: { id, ifVersion: 1, name: `Two people, ${name}` } })),
    );
    const lost = both.filter(({ errors }) => errors !== undefined);
    expect(lost).toHaveLength(1);
    const { name } = (await serving.get('query($id: ID!) { incident(id: $id) { name } }', { id })).incident;
    expect(lost[0]?.errors?.[0]).toMatchObject({
      message: expect.stringContaining(`version 2, not at 1. Last, local wrote on`),
      extensions: { code: 'CONFLICT' },
    });
    expect(lost[0]?.errors?.[0]?.message).toContain(`Name: Two people → ${name}.`);
  });

  it('[G209] the history survives an import of the incident, and a backup', async () => {
    const id = await open('Kept');
    await serving.get(addNote, { input: { incident: id, text: 'Before the import.' } });
    await importThrough([serving.url], `id,name,origins\n${id},Kept as imported,vendor\n`, 'incidents.csv');
    const entries = await entriesOf(id);
    expect(entries.map(({ text }) => text)).toEqual([
      'An import changed the incident.',
      'Before the import.',
      'The incident was opened with Vendor; one as origin.',
    ]);
    expect(await serving.codeOf(save, { input: { id, ifVersion: 1, name: 'late' } })).toBe('CONFLICT');
    expect((await serving.get(save, { input: { id, ifVersion: 2, name: 'in time' } })).saveIncident.incident.version).toBe(3);
    const copy = await startBackedUp(serving);
    expect(await entriesOf(id, copy)).toEqual(await entriesOf(id));
    await copy.stopAndDelete();
  });
});
