import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { loadDemo } from '../../server/import/demo/demo-history.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { Serving } from '../graphql/serving.ts';
import { everyAnswer } from '../support/answers/every-answer.ts';
import { everyQuestion } from '../support/every-question.ts';
import { afterAll, expect, it } from '../support/test.ts';
import { demoSubjects, findIds } from '../support/worlds/demo-subjects.ts';

interface Named {
  readonly id: string;
}

const serving = new Serving();
afterAll(() => serving.stopAndDelete());

const window = 'coreFrom=2026-09-24T08:30:00Z&coreTo=2026-09-24T11:25:00Z&widestFrom=2026-04-01T00:00:00Z&widestTo=2026-10-01T00:00:00Z';
const paths = [
  ...['blast-radius.csv', 'blast-radius.json', 'other-copies.csv', 'dependents.csv'].map((name) => `${name}?origins=quillmark&${window}`),
  ...['holdings.csv?holder=quillmark', 'findings.csv', 'ranking.csv', 'control-gaps.csv'],
  'notification-pack.md?incident=INC-02&lab=aurelis',
];

/** The exported tables, without the instants at which they were made. */
async function everyTable(): Promise<ReadonlyMap<string, string>> {
  const tables = new Map<string, string>();
  for (const path of paths) {
    const response = await fetch(`${serving.url}/api/${path}`);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
    tables.set(path, text.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z|\w{3} \d{1,2}, \d{4}, \d{2}:\d{2} UTC/g, 'then'));
  }
  return tables;
}

it('[P295] artifacts, organizations and transfers that came and went give the same answer to every question as after a restart', async () => {
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  await loadDemo(store, Date.parse('2026-10-01T00:00:00Z'));
  const author = { by: 'ada', at: 0 };
  await store.saveDocument('note', 'n', JSON.stringify({ on: { kind: 'organization', id: 'quillmark' }, text: 'A note', ...author }));
  await store.saveDocument('view', 'v', JSON.stringify({ name: 'Saved', url: '/', ...author }));
  await serving.start();
  const { data } = await serving.ask('{ transfers(first: 40) { edges { node { id artifact { id } sender { id } recipient { id } } } } }');
  const found = (data.transfers.edges as { node: { id: string; artifact: Named; sender: Named; recipient: Named } }[]).map(
    ({ node }) => node,
  );
  const current = 'query { about { isDemo } }';
  // Their ids come before all others, and their lasting numbers after: a restart numbers them anew.
  const [first] = found as [(typeof found)[number]];
  await serving.put({
    organizations: [{ id: '0-vendor', name: 'Zero Vendor', roles: ['VENDOR'] }],
    artifacts: ['0-guide', '0-rubric'].map((id) => ({
      id,
      name: id,
      type: 'ANNOTATION_GUIDELINES',
      owner: 'aurelis',
      sensitivity: 5,
      valueHighUsd: 1_000_000,
    })),
  });
  await serving.put({
    transfers: ['0-guide', '0-rubric'].flatMap((artifact, i) => [
      { id: `zz-${i}`, artifact, sender: 'aurelis', recipient: 'quillmark', sentAt: '2026-05-01T00:00:00Z' },
      { id: `00-${i}`, artifact, sender: 'quillmark', recipient: '0-vendor', sentAt: '2026-06-01T00:00:00Z' },
      { id: `0-${i}`, artifact, sender: '0-vendor', recipient: first.recipient.id, sentAt: null },
    ]),
  });
  for (let i = 0; i < 30; i++) {
    const [one, other] = [found[i % 5], found[(i * 7) % 40]] as [(typeof found)[number], (typeof found)[number]];
    const [artifact, sender, recipient] = [other.artifact.id, other.recipient.id, other.sender.id];
    const sentAt = i % 3 === 0 ? null : `2026-0${1 + (i % 9)}-11T00:00:00Z`;
    await serving.put({
      transfers: [{ id: `${one.id}-${i}`, artifact, sender, recipient, sentAt, fragments: i % 4 === 0 ? ['one', 'two'] : null }],
    });
    await serving.get(current);
    if (i % 5 !== 4) continue;
    const gone = `${(found[(i - 2) % 5] as Named).id}-${i - 2}`;
    const { retractFacts } = await serving.get(
      'mutation($id: ID!) { retractFacts(input: { transfers: [$id] }) { retracted userErrors { message } } }',
      { id: gone },
    );
    expect(retractFacts).toEqual({ retracted: 1, userErrors: [] });
    await serving.get(current);
  }
  const questions = everyQuestion(buildSchema(readFileSync('schema.graphql', 'utf8')), demoSubjects(await findIds(store)));
  await store.close();
  const renewed = await everyAnswer(serving, questions);
  const tables = await everyTable();
  await serving.stop();
  await serving.start();
  const anew = await everyAnswer(serving, questions);
  expect(await everyTable()).toEqual(tables);
  expect(renewed.size).toBeGreaterThan(20);
  for (const [name, answer] of renewed) {
    if (anew.get(name) !== answer) expect([name, JSON.parse(answer)]).toEqual([name, JSON.parse(anew.get(name) ?? 'null')]);
  }
}, 300_000);
