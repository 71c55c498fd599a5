import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { loadDemo } from '../../server/load-demo.ts';
import { openStore } from '../../server/store/open-store.ts';
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

it('[P295] transfers that came and went in place give the same answer to every question as after a restart', async () => {
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
  await serving.stop();
  await serving.start();
  const anew = await everyAnswer(serving, questions);
  expect(renewed.size).toBeGreaterThan(20);
  for (const [name, answer] of renewed) {
    if (anew.get(name) !== answer) expect([name, JSON.parse(answer)]).toEqual([name, JSON.parse(anew.get(name) ?? 'null')]);
  }
}, 300_000);
