import { Tokens } from '../../server/auth/tokens.ts';
import type { Inbox, InboxEntry, WatchEvent } from '../../server/domain/records/watch.ts';
import { keptMs, maxEntries } from '../../server/domain/records/watch.ts';
import { packRows } from '../../server/domain/text/row-text.ts';
import { BoundQuestions } from '../../server/questions/lab/bound-questions.ts';
import { Questions } from '../../server/questions/questions.ts';
import { deleteWatch, listEvents, readEvents, recordEvent } from '../../server/watches/watch-records.ts';
import { artifact, edit, importOf, lab, retract, say, transfer, vendor } from '../store/assertions-for-tests.ts';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';
import { ada, dyingAt, minute, rowsOf, Watching } from './watching.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const october = { from: day('2026-10-01'), to: day('2026-10-31') };
const quill = { name: 'Quill', kind: 'RADIUS', radius: { origins: ['quill'], core: october } } as const;
let watching: Watching;

const world = [
  ...[lab('vega'), lab('altair'), vendor('quill'), vendor('sub')],
  ...[artifact('rubric', 'vega'), artifact('probe', 'vega'), artifact('tests', 'altair')],
];
const access = (id: string, grantee: string, grantor: string) => say('ACCESS', { id, grantee, grantor, kind: 'SOFTWARE', likelihood: 0.5 });
const sent = (id: string, of: string, owner: string, to = 'quill') => transfer(id, of, owner, to, { sentAt: day('2026-09-01') });

beforeEach(async () => {
  watching = await new Watching().open();
  await watching.write(world);
});
afterEach(() => watching.close());

describe('from one evaluation to the next', () => {
  it('[S915] what was missed while no server ran is one event over the gap', async () => {
    await watching.watch(quill);
    await watching.write([sent('t1', 'rubric', 'vega')]);
    await watching.write([sent('t2', 'probe', 'vega')]);
    await watching.write([retract('TRANSFER', 't1')]);
    // Another process, which has none of the facts in memory.
    const questions = new Questions({ store: watching.store, projection: 'whole', clock: () => watching.now });
    watching.engine = watching.newEngine(new BoundQuestions(questions));
    const [event, ...others] = await watching.evaluate();
    expect([event && rowsOf(event), event?.fromRevision, event?.toRevision, others]).toEqual([['JOINED probe null>EXPOSED'], 1, 4, []]);
    await questions.close();
  });

  it('[S915] no net difference, no event', async () => {
    await watching.watch(quill);
    await watching.write([sent('t1', 'rubric', 'vega')]);
    await watching.write([retract('TRANSFER', 't1')]);
    expect(await watching.evaluate()).toEqual([]);
    expect((await watching.watches())[0]?.watch.last.revision).toBe(3);
  });

  it('[S915] a watch is evaluated once a minute at most', async () => {
    await watching.watch(quill);
    await watching.write([sent('t1', 'rubric', 'vega')]);
    expect((await watching.evaluate()).length).toBe(1);
    watching.now += 1000;
    await watching.store.commit(edit([sent('t2', 'probe', 'vega')], { at: watching.now }));
    await watching.engine.pass();
    expect((await watching.events()).length).toBe(1);
    watching.now += minute;
    await watching.engine.pass();
    expect((await watching.events()).length).toBe(2);
  });

  it('[S915] another name or condition goes on from the last evaluation, another question begins now', async () => {
    const { id } = await watching.watch(quill);
    await watching.write([sent('t1', 'rubric', 'vega')]);
    await watching.watch({ ...quill, id, name: 'Renamed' });
    expect((await watching.evaluate()).map(({ summary }) => summary.split(':')[0])).toEqual(['Renamed']);
    await watching.write([sent('t2', 'probe', 'vega')]);
    await watching.watch({ ...quill, id, radius: { origins: ['quill', 'sub'], core: october } });
    expect(await watching.evaluate()).toEqual([]);
  });

  it('[S915] the events of a muted watch are read from the start', async () => {
    await watching.watch({ ...quill, isMuted: true });
    await watching.write([sent('t1', 'rubric', 'vega')]);
    await watching.evaluate();
    const { entries, unreadCount } = await listEvents(watching.store, ada);
    expect([entries.length, unreadCount]).toEqual([1, 0]);
    expect(await readEvents(watching.store, ada, [entries[0]?.id ?? ''], false)).toBe(1);
    expect((await listEvents(watching.store, ada, { unreadOnly: true })).entries.length).toBe(1);
    expect(await readEvents(watching.store, { name: 'grace', labs: null }, [entries[0]?.id ?? ''], true)).toBe(0);
    expect((await listEvents(watching.store, ada)).unreadCount).toBe(1);
  });
});

describe('what an evaluation costs', () => {
  /** Goes on with a server of which each reading of all facts and each radius is counted. */
  async function countWork() {
    const counts = { reads: 0, radii: 0, saves: 0 };
    const counted = new Proxy(watching.store, {
      get(of, name) {
        const value: unknown = Reflect.get(of, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (name === 'readFacts') counts.reads++;
          if (name === 'saveDocument') counts.saves++;
          return value.apply(of, args) as unknown;
        };
      },
    });
    const questions = new Questions({ store: counted, projection: 'whole', clock: () => watching.now });
    const { get } = questions.radii;
    questions.radii.get = (projection, question, limit, make) =>
      get.call(questions.radii, projection, question, limit, (...args) => {
        counts.radii++;
        return make(...args);
      }) as never;
    watching.bound = new BoundQuestions(questions);
    watching.engine = watching.newEngine();
    return { counts, close: () => questions.close() };
  }

  it('[S921] a radius takes two radius summaries at most, and no fact is read again', async () => {
    const { counts, close } = await countWork();
    const count = 20;
    for (let i = 0; i < count; i++)
      await watching.watch({ ...quill, name: `w${i}`, radius: { origins: ['quill'], core: { from: october.from + i, to: october.to } } });
    await watching.write([sent('t1', 'rubric', 'vega')]);
    await watching.evaluate();
    await watching.write([sent('t2', 'probe', 'vega')]);
    Object.assign(counts, { reads: 0, radii: 0 });
    expect((await watching.evaluate()).length).toBe(count);
    expect(counts.radii).toBeLessThanOrEqual(2 * count);
    expect(counts.reads).toBe(0);
    await close();
  });

  it('[S960] a change that names nothing of a radius asks for none, and the next one that does is told', async () => {
    const { counts, close } = await countWork();
    await watching.watch(quill);
    await watching.write([sent('t1', 'rubric', 'vega')]);
    await watching.evaluate();
    counts.radii = 0;
    const asked: [string, number, number | undefined][] = [];
    for (const [what, fact] of [
      ['a transfer to somebody else', sent('t2', 'tests', 'altair', 'sub')],
      ['an artifact of somebody else', artifact('tests', 'altair', { sensitivity: 5 })],
      ['another vendor', vendor('press')],
      ['access between others', access('x1', 'sub', 'press')],
    ] as const) {
      await watching.write([fact]);
      await watching.evaluate();
      // It was seen that nothing changed. What it goes on from is saved with the next look.
      await watching.evaluate();
      asked.push([what, counts.radii, (await watching.watches())[0]?.watch.last.revision]);
    }
    expect(asked).toEqual([
      ['a transfer to somebody else', 0, 3],
      ['an artifact of somebody else', 0, 4],
      ['another vendor', 0, 5],
      ['access between others', 0, 6],
    ]);
    await watching.write([access('x2', 'quill', 'sub')]);
    const [reaches] = await watching.evaluate();
    expect(reaches && [rowsOf(reaches), reaches.fromRevision]).toEqual([['JOINED tests null>POSSIBLE'], 6]);
    await close();
  });

  it('[S960] what a lab could lose is asked again only after a change that names something of it, or of an incident', async () => {
    const { counts, close } = await countWork();
    await watching.saveIncident('INC', { origins: ['quill'], core: october });
    await watching.watch({ name: 'Vega', kind: 'LAB', lab: 'vega' });
    await watching.write([sent('t1', 'rubric', 'vega')]);
    expect((await watching.evaluate()).map(rowsOf)).toEqual([['JOINED rubric null>EXPOSED']]);
    counts.radii = 0;
    await watching.write([sent('t2', 'tests', 'altair', 'sub'), artifact('tests', 'altair', { sensitivity: 5 }), vendor('press')]);
    await watching.evaluate();
    await watching.evaluate();
    expect([counts.radii, (await watching.watches())[0]?.watch.last.revision]).toEqual([0, 3]);
    await watching.write([access('x1', 'quill', 'sub'), sent('t3', 'probe', 'vega', 'sub')]);
    expect((await watching.evaluate()).map(rowsOf)).toEqual([['JOINED probe null>POSSIBLE']]);
    await watching.saveIncident('INC', { origins: ['quill'], core: october, maxHops: 0 });
    expect((await watching.evaluate()).map(rowsOf)).toEqual([['LEFT probe POSSIBLE>null']]);
    counts.radii = 0;
    await watching.write([lab('vega', { name: 'Vega Labs' })]);
    expect([await watching.evaluate(), counts.radii > 0]).toEqual([[], true]);
    await close();
  });

  it('[S960] a question is asked again only after a change of a kind of fact that it follows from', async () => {
    const { counts, close } = await countWork();
    const list = say('SOFTWARE_LIST', {
      ...{ id: 'quill/1', organization: 'quill', subject: 'gateway' },
      components: packRows('COMPONENT', [['litellm', 'pkg:pypi/litellm', '1.82.7', null, null, 'DIRECT', []]]),
    });
    const advisory = say('ADVISORY', {
      ...{ id: 'MAL-1', kind: 'MALWARE' },
      affected: packRows('AFFECTED_PACKAGE', [['pkg:pypi/litellm', ['1.82.7'], []]]),
    });
    await watching.saveIncident('INC', { origins: ['quill'], core: october });
    const questions = [
      { kind: 'ARTIFACT', artifact: 'rubric' },
      { kind: 'RANKING', first: 2 },
      { kind: 'FINDINGS' },
      { kind: 'NOTICE', incident: 'INC' },
      { kind: 'ADVISORY' },
      { kind: 'EDITION', source: 'Register' },
    ] as const;
    const edition = async (id: string, organization: string) => {
      watching.now += minute;
      const row = { ...vendor(organization), file: 'list.csv', line: 2, source: 'Register' };
      await watching.store.commit(importOf(id, [row], { at: watching.now, import: { source: 'Register' } }));
    };
    await edition('first', 'p1');
    for (const question of questions) await watching.watch({ name: question.kind, ...question });
    const evaluatedAt = async () => {
      const evaluated = (await watching.watches()).map(
        ({ watch }) => [watch.question.kind, watch.evaluatedAt, watch.last.revision] as const,
      );
      return { of: new Map(evaluated.map(([kind, at]) => [kind, at])), revisions: new Set(evaluated.map(([, , revision]) => revision)) };
    };
    /** The kinds that a change asks again. All go on from it. */
    const askedAfter = async (change: () => Promise<void>) => {
      const { of: before } = await evaluatedAt();
      await change();
      await watching.evaluate();
      await watching.evaluate();
      const { of: after, revisions } = await evaluatedAt();
      expect(revisions).toEqual(new Set([await watching.store.readRevision()]));
      return questions.map(({ kind }) => kind).filter((kind) => before.get(kind) !== after.get(kind));
    };
    const custody = ['ARTIFACT', 'RANKING', 'FINDINGS', 'NOTICE'];
    expect(await askedAfter(() => watching.write([sent('t1', 'rubric', 'vega')]))).toEqual(custody);
    expect(await askedAfter(() => watching.write([list]))).toEqual(['ADVISORY']);
    expect(await askedAfter(() => watching.write([access('x1', 'quill', 'sub')]))).toEqual([...custody, 'ADVISORY']);
    expect(counts.radii).toBeGreaterThan(0);
    counts.radii = 0;
    expect(await askedAfter(() => watching.write([advisory]))).toEqual(['ADVISORY']);
    expect(counts.radii).toBe(0);
    expect(await askedAfter(() => edition('second', 'p2'))).toEqual(['RANKING', 'FINDINGS', 'ADVISORY', 'EDITION']);
    const engaged = (id: string, client: string, provider: string) => say('ENGAGEMENT', { id, client, provider, noticeHours: 24 });
    const evidence = say('CONTROL', { organization: 'quill', control: 'MFA', evidenceType: 'TESTED' });
    for (const [fact, asked] of [
      [evidence, ['FINDINGS']],
      [engaged('e1', 'p1', 'p2'), ['FINDINGS']],
      [engaged('e2', 'altair', 'quill'), ['FINDINGS', 'NOTICE']],
      [engaged('e3', 'p1', 'altair'), ['FINDINGS', 'NOTICE']],
      [sent('t2', 'tests', 'altair', 'p1'), ['RANKING', 'FINDINGS']],
      [sent('t3', 'tests', 'altair'), ['RANKING', 'FINDINGS', 'NOTICE']],
      // Custody chains of an artifact of the radius, whoever its ends are.
      [sent('t4', 'rubric', 'vega', 'p1'), custody],
      [artifact('tests', 'altair', { sensitivity: 5 }), ['RANKING', 'FINDINGS', 'NOTICE']],
      [say('REVEALS', { artifact: 'tests', reveals: 'rubric', degree: 0.5 }), custody],
      [sent('t2', 'tests', 'altair', 'p2'), custody],
    ] as const)
      expect([fact, await askedAfter(() => watching.write([fact]))]).toEqual([fact, asked]);
    await close();
  });

  it('[S969] a change that names something of a radius and moves no row takes one radius, and the next one that moves a row is told', async () => {
    const { counts, close } = await countWork();
    await watching.watch(quill);
    await watching.watch({ ...quill, name: 'Loss', worstCaseLossUsd: 500 });
    await watching.write([sent('t1', 'rubric', 'vega')]);
    await watching.evaluate();
    Object.assign(counts, { radii: 0, saves: 0 });
    const of = (fields: object) => transfer('t1', 'rubric', 'vega', 'quill', { sentAt: day('2026-09-01'), ...fields });
    await watching.write([of({ channel: 'mail' })]);
    // Both watches ask the same question.
    expect([await watching.evaluate(), counts.radii, counts.saves]).toEqual([[], 1, 2]);
    expect((await watching.watches()).map(({ watch }) => watch.last.revision)).toEqual([3, 3]);
    // The loss rises, and no row changes.
    await watching.write([artifact('rubric', 'vega', { valueHighUsd: 900 })]);
    expect((await watching.evaluate()).map(({ summary }) => summary.split(':')[0])).toEqual(['Loss']);
    await watching.write([of({ channel: 'mail', portion: 0.5 })]);
    expect((await watching.evaluate()).map(rowsOf)).toEqual([['WEAKENED rubric EXPOSED>EXPOSED']]);
    await close();
  });

  it('[S961] an edit at once after a watch was saved, and a restart, read no fact again that did not change', async () => {
    await watching.watch(quill);
    const { counts, close } = await countWork();
    await watching.write([sent('t1', 'rubric', 'vega')]);
    await watching.bound.whole.current.read();
    counts.reads = 0;
    expect((await watching.evaluate()).length).toBe(1);
    expect(counts.reads).toBe(0);
    await close();
  });
});

describe('several servers, and one that is killed', () => {
  it('[S916] killed before or after any of its writes, a server loses no change and tells none under two ids', async () => {
    const { id } = await watching.watch(quill);
    let event: WatchEvent | undefined;
    let kills = 0;
    for (const when of ['before', 'after'] as const) {
      for (let nth = 1; ; nth++) {
        await watching.write([sent(`t-${when}-${nth}`, nth % 2 === 0 ? 'rubric' : 'probe', 'vega', 'sub'), sent('t1', 'rubric', 'vega')]);
        await watching.write([artifact(`a-${when}-${nth}`, 'vega'), sent(`s-${when}-${nth}`, `a-${when}-${nth}`, 'vega')]);
        const before = (await watching.events()).length;
        const killed = dyingAt(watching.store, nth, when);
        const questions = new Questions({ store: killed.store, projection: 'whole', clock: () => watching.now });
        const dying = watching.newEngine(new BoundQuestions(questions));
        watching.now += minute;
        await dying.pass().catch(() => undefined);
        await questions.close();
        watching.errors.length = 0;
        if (!killed.isDead()) break;
        kills++;
        // Facts that come later belong to the next event.
        await watching.write([artifact(`b-${when}-${nth}`, 'vega'), sent(`r-${when}-${nth}`, `b-${when}-${nth}`, 'vega')]);
        await watching.evaluate();
        await watching.evaluate();
        const events = await watching.events();
        expect(new Set(events.map(({ id: one }) => one)).size).toBe(events.length);
        const told = events.slice(0, events.length - before).flatMap(({ event: one }) => rowsOf(one));
        const expected = [`JOINED a-${when}-${nth} null>EXPOSED`, `JOINED b-${when}-${nth} null>EXPOSED`];
        expect(told.filter((row) => expected.includes(row)).sort()).toEqual(expected);
        event = events[0]?.event;
      }
    }
    expect(kills).toBeGreaterThan(6);
    expect(event?.watch).toBe(id);
  });

  it('[S916] two servers tell a change once; a lease is left alone until it ends, and its target stays', async () => {
    await watching.watch(quill);
    await watching.write([sent('t1', 'rubric', 'vega')]);
    watching.now += minute;
    const other = watching.newEngine();
    await Promise.all([watching.engine.pass(), other.pass()]);
    expect((await watching.events()).length).toBe(1);
    await watching.write([sent('t2', 'probe', 'vega')]);
    watching.now += minute;
    const killed = dyingAt(watching.store, 2, 'before');
    const questions = new Questions({ store: killed.store, projection: 'whole', clock: () => watching.now });
    await watching.newEngine(new BoundQuestions(questions)).pass();
    await questions.close();
    watching.errors.length = 0;
    const target = (await watching.watches())[0]?.watch.lease?.target;
    expect(target?.revision).toBe(3);
    await watching.write([artifact('late', 'vega'), sent('t3', 'late', 'vega')]);
    watching.now -= minute;
    await other.pass();
    expect((await watching.events()).length).toBe(1);
    const [event] = await watching.evaluate();
    expect([event?.toRevision, event?.instant, event && rowsOf(event)]).toEqual([3, target?.instant, ['JOINED probe null>EXPOSED']]);
    const [next] = await watching.evaluate();
    expect(next && rowsOf(next)).toEqual(['JOINED late null>EXPOSED']);
    // One of them knows the rows of the last evaluation, and takes no lease for what moves none.
    await watching.write([transfer('t2', 'probe', 'vega', 'quill', { sentAt: day('2026-09-01'), channel: 'mail' })]);
    watching.now += minute;
    await Promise.all([other.pass(), watching.engine.pass()]);
    const [last] = await watching.watches();
    expect([last?.watch.last.revision, last?.watch.lease, watching.errors]).toEqual([5, null, []]);
    expect((await watching.events()).length).toBe(3);
  });
});

describe('the end of a watch', () => {
  it('[S917] a deleted incident ends its watches with one event, and saving the watch begins it anew', async () => {
    const fields = { origins: ['quill'], core: october };
    await watching.saveIncident('INC', fields);
    const { id } = await watching.watch({ name: 'Quill', kind: 'RADIUS', incident: 'INC' });
    await watching.store.deleteDocument('incident', 'INC');
    const [event] = await watching.evaluate();
    expect(event).toMatchObject({ type: 'watch.ended', summary: 'Quill: There is no incident "INC"; it may have been deleted.' });
    expect(await watching.evaluate()).toEqual([]);
    expect((await watching.watches())[0]?.watch.failure).toContain('INC');
    await watching.saveIncident('INC', fields);
    expect(await watching.evaluate()).toEqual([]);
    await watching.watch({ id, name: 'Quill', kind: 'RADIUS', incident: 'INC' });
    await watching.write([sent('t1', 'rubric', 'vega')]);
    expect((await watching.evaluate()).map(({ type }) => type)).toEqual(['radius.changed']);
  });

  it('[S917] the watches of a token end with it', async () => {
    const tokens = new Tokens(watching.store);
    const owner = { name: 'robot', labs: null };
    await tokens.create({ name: 'robot', role: 'VIEWER', canExport: false, labs: null, expiresAt: null }, watching.now);
    await watching.watch(quill, owner);
    await tokens.revoke('robot', watching.now);
    await watching.write([sent('t1', 'rubric', 'vega')]);
    expect((await watching.evaluate(owner)).map(({ type, summary }) => [type, summary])).toEqual([
      ['watch.ended', 'Quill: The token robot was revoked or has expired.'],
    ]);
    await watching.write([sent('t2', 'probe', 'vega')]);
    expect(await watching.evaluate(owner)).toEqual([]);
  });

  it('[S917] a question that cannot be asked any more says why once, and is asked again after the next change', async () => {
    await watching.watch({ name: 'Sub', kind: 'RADIUS', radius: { origins: ['sub'], core: october } });
    await watching.write([retract('ORGANIZATION', 'sub')]);
    const [event] = await watching.evaluate();
    expect([event?.type, event?.summary]).toEqual(['watch.failing', expect.stringContaining('There is no organization "sub"')]);
    await watching.write([sent('t1', 'rubric', 'vega')]);
    expect(await watching.evaluate()).toEqual([]);
    expect((await watching.watches())[0]?.watch.failure).toContain('sub');
    await watching.write([vendor('sub')]);
    await watching.write([sent('t2', 'probe', 'vega', 'sub')]);
    const [back] = await watching.evaluate();
    expect(back && rowsOf(back)).toEqual(['JOINED probe null>EXPOSED']);
    expect((await watching.watches())[0]?.watch.failure).toBeNull();
  });

  it('[S917] a deleted watch takes its events with it', async () => {
    const { id } = await watching.watch(quill);
    await watching.write([sent('t1', 'rubric', 'vega')]);
    await watching.evaluate();
    expect(await deleteWatch(watching.store, { name: 'grace', labs: null }, id)).toBe(false);
    expect(await deleteWatch(watching.store, ada, id)).toBe(true);
    expect((await listEvents(watching.store, ada)).entries).toEqual([]);
    expect(await watching.store.listDocuments('event')).toEqual([]);
  });

  it('[S917] an inbox keeps the latest 1,000 events, for 30 days', async () => {
    const { id } = await watching.watch(quill);
    await watching.write([sent('t1', 'rubric', 'vega')]);
    const [event] = (await watching.evaluate()) as [WatchEvent];
    const [inbox] = await watching.store.listDocuments('inbox');
    const { owner, entries: first } = JSON.parse(inbox?.json ?? '') as Inbox;
    // As if as many events had been recorded before, the latest first.
    const earlier = Array.from({ length: maxEntries - 1 }, (_, i) => ({
      ...(first[0] as InboxEntry),
      id: `e${i}`,
      instant: event.instant - i,
    }));
    await watching.store.saveDocument('inbox', inbox?.id ?? '', JSON.stringify({ owner, entries: [...first, ...earlier] }), inbox?.version);
    await watching.store.saveDocument('event', `e${maxEntries - 2}`, JSON.stringify(event), 0);
    await recordEvent(watching.store, { ...event, instant: event.instant + 1 }, { isMuted: false }, watching.now);
    const { entries } = await listEvents(watching.store, ada, { watch: id });
    expect([entries.length, entries[0]?.instant, entries.at(-1)?.id]).toEqual([maxEntries, event.instant + 1, `e${maxEntries - 3}`]);
    expect((await watching.store.listDocuments('event')).length).toBe(2);
    await recordEvent(watching.store, { ...event, instant: event.instant + keptMs + 1 }, { isMuted: false }, watching.now);
    expect((await listEvents(watching.store, ada)).entries.length).toBe(1);
    expect((await watching.store.listDocuments('event')).length).toBe(1);
  });
});

describe('the watches of somebody bound to a lab', () => {
  const bound = { name: 'bound', labs: ['vega'] };

  it('[S918] are evaluated in the view of the lab: no fact outside it changes a byte of their events', async () => {
    const outside = await new Watching().open();
    const steps = [
      { inside: [sent('t1', 'rubric', 'vega')], more: [sent('x1', 'tests', 'altair')] },
      { inside: [sent('t2', 'probe', 'vega')], more: [artifact('secret', 'altair'), sent('x2', 'secret', 'altair'), lab('hidden')] },
      { inside: [retract('TRANSFER', 't1')], more: [retract('TRANSFER', 'x1')] },
    ];
    await outside.write([...world, vendor('far')]);
    const told: string[][] = [[], []];
    for (const [i, one] of [watching, outside].entries()) {
      await one.saveIncident('INC', { origins: ['quill'], core: october });
      await one.write([sent('t0', 'probe', 'vega')]);
      await one.watch({ name: 'Radius', kind: 'RADIUS', incident: 'INC' }, bound);
      for (const kind of ['LAB', 'FINDINGS', 'RANKING'] as const)
        await one.watch({ name: kind, kind, ...(kind === 'LAB' ? { lab: 'vega' } : {}) }, bound);
      for (const { inside, more } of steps) {
        await one.write(i === 0 ? inside : [...inside, ...more]);
        told[i]?.push(...(await one.evaluate(bound)).map(withoutIds).sort());
      }
    }
    expect(told[0]?.length).toBeGreaterThan(3);
    expect(told[1]).toEqual(told[0]);
    await outside.write([artifact('another', 'altair'), sent('x3', 'another', 'altair')]);
    const before = (await outside.watches(bound)).map(({ watch }) => watch.last);
    expect(await outside.evaluate(bound)).toEqual([]);
    expect((await outside.watches(bound)).map(({ watch }) => watch.last)).toEqual(before);
    await outside.close();
  });

  it('[S918] ask nothing that their owner may not ask, and under other rights nobody sees them', async () => {
    await watching.write([sent('t1', 'rubric', 'vega')]);
    expect(await watching.refusalOf({ name: 'x', kind: 'ADVISORY' }, bound)).toEqual(['FORBIDDEN kind']);
    expect(await watching.refusalOf({ name: 'x', kind: 'EDITION', source: 'any' }, bound)).toEqual(['NOT_FOUND kind']);
    expect(await watching.refusalOf({ name: 'x', kind: 'LAB', lab: 'altair' }, bound)).toEqual(['NOT_FOUND kind']);
    await watching.watch(quill, { name: 'bound', labs: null });
    await watching.write([sent('t2', 'probe', 'vega'), sent('x1', 'tests', 'altair')]);
    expect((await watching.evaluate({ name: 'bound', labs: null })).length).toBe(1);
    expect([await watching.watches(bound), await watching.events(bound)]).toEqual([[], []]);
  });
});

/** An event without the ids of its watch, which are random. */
function withoutIds({ watch: _, ...event }: WatchEvent): string {
  return JSON.stringify(event);
}
