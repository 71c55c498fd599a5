import { BoundQuestions } from '../../server/questions/lab/bound-questions.ts';
import { Questions } from '../../server/questions/questions.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { artifact, lab, transfer, vendor } from '../store/assertions-for-tests.ts';
import { type Neo4jForTests, openNeo4jForTests, patient } from '../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, expect, it } from '../support/test.ts';
import { rowsOf, Watching } from './watching.ts';

let neo4j: Neo4jForTests;
const watching = new Watching();

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
  await watching.open(await openStore(neo4j.url(), patient));
}, 600_000);
afterAll(async () => {
  await watching.close();
  await neo4j?.stop();
});

it('[S920] over Neo4j two servers tell each change once, and one takes over from the other to the same target', async () => {
  const sentAt = Date.parse('2026-09-01T00:00:00Z');
  await watching.write([lab('vega'), vendor('quill'), artifact('rubric', 'vega'), artifact('probe', 'vega')]);
  await watching.saveIncident('INC', { origins: ['quill'], core: { from: sentAt, to: sentAt + 1 } });
  for (const kind of ['RADIUS', 'LAB', 'FINDINGS'] as const)
    await watching.watch({ name: kind, kind, ...(kind === 'RADIUS' ? { incident: 'INC' } : kind === 'LAB' ? { lab: 'vega' } : {}) });
  const other = await openStore(neo4j.url(), patient);
  const questions = new Questions({ store: other, projection: 'whole', clock: () => watching.now });
  const second = watching.newEngine(new BoundQuestions(questions));
  try {
    await watching.write([transfer('t1', 'rubric', 'vega', 'quill', { sentAt })]);
    watching.now += 60_000;
    await Promise.all([watching.engine.pass(), second.pass()]);
    expect(watching.errors).toEqual([]);
    const events = await watching.events();
    expect(events.map(({ event }) => event.type).sort()).toEqual(['finding.opened', 'lab.changed', 'radius.changed']);
    expect(events.flatMap(({ event }) => rowsOf(event)).filter((row) => row === 'JOINED rubric null>EXPOSED').length).toBe(2);
    // A server fixed its target, and was killed.
    const [watch] = await watching.watches();
    await watching.write([transfer('t2', 'probe', 'vega', 'quill', { sentAt })]);
    watching.now += 60_000;
    const document = await other.findDocument('watch', watch?.id ?? '');
    const target = { ...watch?.watch.last, revision: 3, instant: watching.now };
    const lease = { by: 'killed', until: watching.now + 30_000, target };
    await other.saveDocument('watch', watch?.id ?? '', JSON.stringify({ ...watch?.watch, lease }), document?.version);
    await watching.write([artifact('late', 'vega'), transfer('t3', 'late', 'vega', 'quill', { sentAt })]);
    await second.pass();
    const [taken] = (await watching.events()).filter(({ event }) => event.watch === watch?.id);
    expect([taken?.event.toRevision, taken?.event.instant]).toEqual([3, target.instant]);
    watching.now += 61_000;
    await Promise.all([watching.engine.pass(), second.pass()]);
    const ids = (await watching.events()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(watching.errors).toEqual([]);
  } finally {
    await second.close();
    await questions.close();
    await other.close();
  }
});
