import { exportFacts } from '../../server/export/export-facts.ts';
import { Asker } from '../../server/questions/asker.ts';
import { listIncidents } from '../../server/questions/incidents/ask-incidents.ts';
import { BoundQuestions } from '../../server/questions/lab/bound-questions.ts';
import { mergeOrganizations } from '../../server/questions/merge-organizations.ts';
import { Questions } from '../../server/questions/questions.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { Bench, smallFiles } from '../import/import-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving } from './serving.ts';

const serving = new Serving();
const ids = { one: '', two: '' };
let beforeMerge = '';

/** A vendor under two ids, each with a copy, and a further vendor. */
beforeAll(async () => {
  await serving.start();
  const sentAt = '2025-01-01T00:00:00Z';
  await serving.put({
    organizations: [
      { id: 'lab', name: 'Lab', roles: ['LAB'] },
      ...['old', 'new', 'other'].map((id) => ({ id, name: `Vendor ${id}`, roles: ['VENDOR'] })),
    ],
    artifacts: ['guide', 'rubric'].map((id) => ({ id, name: id, type: 'OTHER', owner: 'lab', sensitivity: 3, valueHighUsd: 1000 })),
    engagements: [{ id: 'e', client: 'lab', provider: 'old', noticeHours: 72 }],
    transfers: [
      { id: 't1', artifact: 'guide', sender: 'lab', recipient: 'old', sentAt },
      { id: 't2', artifact: 'rubric', sender: 'lab', recipient: 'new', sentAt },
    ],
  });
  const core = { from: '2025-02-01T00:00:00Z', to: '2025-02-02T00:00:00Z' };
  const save = async (input: object) => {
    const query = 'mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id } userErrors { message } } }';
    const { saveIncident } = await serving.get(query, {
      input: { name: 'Break-in', discoveredAt: '2025-03-01T00:00:00Z', core, ...input },
    });
    return saveIncident.incident.id;
  };
  const scope = [{ origin: 'old', artifacts: ['guide'] }];
  const scenario = [{ suspend: { organization: 'old', at: core.from } }];
  ids.one = await save({ origins: ['old'], scope, scenario });
  ids.two = await save({ origins: ['old', 'new'], scope });
  await serving.get(
    'mutation($i: ID!) { setNotice(input: { incident: $i, lab: "lab", notifier: "old", state: TOLD }) { incident { id } } }',
    {
      i: ids.one,
    },
  );
  const ask = { incident: ids.one, step: 'ASK/old', owner: 'ada' };
  await serving.get('mutation($input: TickPlanStepInput!) { tickPlanStep(input: $input) { userErrors { message } } }', { input: ask });
  await serving.get('mutation { saveNote(input: { on: { organization: "old" }, text: "Slow to answer" }) { userErrors { message } } }');
  beforeMerge = new Date().toISOString();
  await new Promise((resolve) => setTimeout(resolve, 5));
  await serving.get('mutation { mergeOrganizations(input: { organization: "old", into: "new" }) { userErrors { message } } }');
});
afterAll(() => serving.stopAndDelete());

const incidentOf = async (id: string) =>
  (
    await serving.get(
      `query($id: ID!) { incident(id: $id) {
        origins { id } scope { origin { id } artifacts { id } } scenario { organization { id } }
        blastRadius { origins { id } artifacts { edges { node { artifact { id } tier } } } }
        notices { edges { node { notifier { id } state dueAt } } } plan { id owner }
      } }`,
      { id },
    )
  ).incident;
const tiersOf = ({ artifacts }: { artifacts: { edges: { node: { artifact: { id: string }; tier: string } }[] } }) =>
  artifacts.edges.map(({ node }) => `${node.artifact.id} ${node.tier}`);

describe('an incident of an organization that was merged since', () => {
  it('[S276] names the other organization: in its radius, scope, actions, notices and plan', async () => {
    const incident = await incidentOf(ids.one);
    expect(incident).toMatchObject({
      origins: [{ id: 'new' }],
      scope: [{ origin: { id: 'new' }, artifacts: [{ id: 'guide' }] }],
      scenario: [{ organization: { id: 'new' } }],
      notices: { edges: [{ node: { notifier: { id: 'new' }, state: 'TOLD', dueAt: '2025-03-04T00:00:00Z' } }] },
    });
    expect(tiersOf(incident.blastRadius)).toEqual(['guide EXPOSED', 'rubric POSSIBLE']);
    const steps = incident.plan.map(({ id }: { id: string }) => id);
    expect(steps).toEqual(expect.arrayContaining(['RECALL/new/lab', 'ENCRYPT/new', 'ASK/new']));
    expect(steps.filter((id: string) => id.includes('old'))).toEqual([]);
    expect(incident.plan.filter(({ id }: { id: string }) => id === 'ASK/new')).toEqual([{ id: 'ASK/new', owner: 'ada' }]);
    const { notificationPack } = await serving.get(
      'query($i: ID!) { notificationPack(incident: $i, lab: "lab") { radius { summary { exposedCount possibleCount } } notices { state } } }',
      { i: ids.one },
    );
    expect(notificationPack).toEqual({ radius: { summary: { exposedCount: 1, possibleCount: 1 } }, notices: [{ state: 'TOLD' }] });
  });

  it('[S276] has no scope where one of the origins that are one now claimed none', async () => {
    const incident = await incidentOf(ids.two);
    expect([incident.origins, incident.scope]).toEqual([[{ id: 'new' }], []]);
    expect(tiersOf(incident.blastRadius)).toEqual(['guide EXPOSED', 'rubric EXPOSED']);
  });

  it('[S276] a question that names the merged id is answered, and one about the time before has the organization of then', async () => {
    const query =
      'query($k: DateTime) { blastRadius(input: { origins: ["old"], knownAt: $k }) { origins { id } summary { reachedCount } } }';
    expect((await serving.get(query)).blastRadius.origins).toEqual([{ id: 'new' }]);
    expect((await serving.get(query, { k: beforeMerge })).blastRadius.origins).toEqual([{ id: 'old' }]);
    const then =
      'query($i: ID!, $k: DateTime) { incident(id: $i) { blastRadius(knownAt: $k) { origins { id } artifacts { totalCount } } } }';
    const { incident } = await serving.get(then, { i: ids.one, k: beforeMerge });
    expect(incident.blastRadius).toEqual({ origins: [{ id: 'old' }], artifacts: { totalCount: 1 } });
    const notes = 'query($o: ID!) { notes(on: { organization: $o }) { edges { node { text } } } }';
    for (const o of ['old', 'new']) expect((await serving.get(notes, { o })).notes.edges).toEqual([{ node: { text: 'Slow to answer' } }]);
  });

  it('[S277] is told to a lab, and an export of it can be imported', async () => {
    const store = await openStore(serving.environment().EXPOSURE_STORE as string);
    const bench = await Bench.open();
    try {
      const bound = new BoundQuestions(new Questions({ store, projection: 'whole' })).of(['lab']);
      const visible = await listIncidents(new Asker(bound));
      expect(visible.map(({ incident }) => incident.origins)).toEqual([['new'], ['new']]);
      const files: Record<string, string> = {};
      for await (const { file, text } of exportFacts(store)) files[file] = (files[file] ?? '') + text;
      expect((await bench.import(files)).rejections).toEqual([]);
    } finally {
      await bench.close();
      await store.close();
    }
  });

  it('[S277] may be imported under the merged id', async () => {
    const bench = await Bench.open();
    try {
      await bench.import(smallFiles);
      await mergeOrganizations(bench.store, 'kite', 'moss', { by: 'ada', at: Date.UTC(2026, 0, 3) });
      expect((await bench.import({ 'incidents.csv': 'id,name,origins\nI,Again,kite\n' })).rejections).toEqual([]);
      const rejected = await bench.import({ 'incidents.csv': 'id,name,origins\nI,Again,nobody\n' });
      expect(rejected.rejections.map(({ code }) => code)).toEqual(['UNKNOWN_REFERENCE']);
    } finally {
      await bench.close();
    }
  });

  it('[S276] names the organization itself again after the unmerge', async () => {
    await serving.get('mutation { unmergeOrganizations(input: { organization: "old" }) { userErrors { message } } }');
    const incident = await incidentOf(ids.one);
    expect(incident).toMatchObject({ origins: [{ id: 'old' }], scope: [{ origin: { id: 'old' } }] });
    expect(tiersOf(incident.blastRadius)).toEqual(['guide EXPOSED']);
  });
});
