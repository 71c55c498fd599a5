import { packRows } from '../../server/domain/text/row-text.ts';
import { artifact, importOf, lab, retract, say, transfer, vendor } from '../store/assertions-for-tests.ts';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';
import { ada, hours, rowsOf, Watching } from './watching.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const october = { from: day('2026-10-01'), to: day('2026-10-31') };
let watching: Watching;

beforeEach(async () => {
  watching = await new Watching().open();
  await watching.write([
    lab('vega'),
    lab('altair'),
    vendor('quill'),
    vendor('sub'),
    artifact('rubric', 'vega', { valueLowUsd: 100, valueHighUsd: 100 }),
    artifact('probe', 'vega', { valueLowUsd: 900, valueHighUsd: 900 }),
    artifact('tests', 'altair', { valueLowUsd: 50, valueHighUsd: 50 }),
    transfer('t1', 'rubric', 'vega', 'quill', { sentAt: day('2026-09-01') }),
  ]);
});
afterEach(() => watching.close());

const probeSent = transfer('t2', 'probe', 'vega', 'quill', { sentAt: day('2026-09-02') });
const testsSent = transfer('t3', 'tests', 'altair', 'quill', { sentAt: day('2026-09-03') });
/** Its form changes the tier. */
const rubricEncrypted = transfer('t1', 'rubric', 'vega', 'quill', { sentAt: day('2026-09-01'), form: 'ENCRYPTED_KEY_AT_OWNER' });

describe('what a watch asks', () => {
  it('[S910] the radius of an incident: what joined, left, became stronger or weaker, with totals and reasons', async () => {
    await watching.saveIncident('INC', { origins: ['quill'], core: october });
    await watching.watch({ name: 'Quill', kind: 'RADIUS', incident: 'INC' });
    await watching.write([probeSent, rubricEncrypted]);
    const [event, ...others] = await watching.evaluate();
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type: 'radius.changed',
      fromRevision: 1,
      toRevision: 2,
      before: { exposedCount: 1, containedCount: 0, worstCaseLossUsd: 100 },
      after: { exposedCount: 1, containedCount: 1, worstCaseLossUsd: 900 },
      counts: [
        { kind: 'JOINED', count: 1 },
        { kind: 'WEAKENED', count: 1 },
      ],
      summary: 'Quill: 1 joined, 1 weakened, 1 → 1 exposed or possible.',
    });
    expect(event && rowsOf(event)).toEqual(['JOINED probe null>EXPOSED', 'WEAKENED rubric EXPOSED>CONTAINED']);
    expect(event?.items.every(({ because }) => because !== '')).toBe(true);
    await watching.write([retract('TRANSFER', 't2')]);
    const [left] = await watching.evaluate();
    expect(left && rowsOf(left)).toEqual(['LEFT probe EXPOSED>null']);
    expect(left?.fromInstant).toBe(event?.instant);
    expect(await watching.evaluate()).toEqual([]);
  });

  it('[S911] an incident has no revision: a changed one tells what its new question changes, and a note nothing', async () => {
    await watching.write([transfer('t4', 'probe', 'vega', 'sub', { sentAt: day('2026-09-02') })]);
    await watching.saveIncident('INC', { origins: ['quill'], core: october });
    await watching.watch({ name: 'Quill', kind: 'RADIUS', incident: 'INC' });
    await watching.saveIncident('INC', { origins: ['quill'], core: october, name: 'Another name', updatedAt: 5, logSaves: 1 });
    expect(await watching.evaluate()).toEqual([]);
    await watching.saveIncident('INC', { origins: ['quill', 'sub'], core: october });
    const [event] = await watching.evaluate();
    expect(event && rowsOf(event)).toEqual(['JOINED probe null>EXPOSED']);
    expect([event?.fromRevision, event?.toRevision]).toEqual([2, 2]);
  });

  it('[S910] a saved radius, and one without windows at the instant at which something in it ends', async () => {
    await watching.write([say('ACCESS', { id: 'a', grantee: 'sub', grantor: 'quill', validUntil: watching.now + hours(2) })]);
    await watching.watch({ name: 'Sub', kind: 'RADIUS', radius: { origins: ['sub'] } });
    await watching.watch({ name: 'Then', kind: 'RADIUS', radius: { origins: ['sub'], core: october } });
    expect(await watching.evaluate()).toEqual([]);
    watching.now += hours(2);
    const [event, ...others] = await watching.evaluate();
    expect(others).toEqual([]);
    expect(event && rowsOf(event)).toEqual(['LEFT rubric POSSIBLE>null']);
    expect(event?.summary.startsWith('Sub:')).toBe(true);
  });

  it('[S910] what a lab could lose over all open incidents: each artifact as its worst incident shows it', async () => {
    await watching.write([say('ACCESS', { id: 'a', grantee: 'sub', grantor: 'quill', likelihood: 0.5 })]);
    await watching.saveIncident('FAR', { origins: ['sub'], core: october });
    await watching.watch({ name: 'Vega', kind: 'LAB', lab: 'vega' });
    await watching.saveIncident('NEAR', { origins: ['quill'], core: october });
    const [event] = await watching.evaluate();
    expect(event).toMatchObject({
      type: 'lab.changed',
      before: { possibleCount: 1 },
      after: { exposedCount: 1, possibleCount: 0, worstCaseLossUsd: 100 },
    });
    expect(event && rowsOf(event)).toEqual(['STRENGTHENED rubric POSSIBLE>EXPOSED']);
    await watching.write([testsSent]);
    expect(await watching.evaluate()).toEqual([]);
    await watching.saveIncident('NEAR', { origins: ['quill'], core: october, state: 'CLOSED' });
    const [weaker] = await watching.evaluate();
    expect(weaker && rowsOf(weaker)).toEqual(['WEAKENED rubric EXPOSED>POSSIBLE']);
    await watching.store.deleteDocument('incident', 'FAR');
    const [gone] = await watching.evaluate();
    expect(gone && rowsOf(gone)).toEqual(['LEFT rubric POSSIBLE>null']);
    expect(gone?.items[0]?.because).toBe('Incident FAR is no longer open.');
  });

  it('[S910] the id of a lab means what merges make of it', async () => {
    await watching.write([lab('vega-old')]);
    await watching.saveIncident('INC', { origins: ['quill'], core: october });
    await watching.write([say('ORGANIZATION', { id: 'vega-old', mergedInto: 'vega' })]);
    await watching.watch({ name: 'Vega', kind: 'LAB', lab: 'vega-old' });
    await watching.write([probeSent]);
    const [event] = await watching.evaluate();
    expect(event && rowsOf(event)).toEqual(['JOINED probe null>EXPOSED']);
  });

  it('[S910] who exposes or holds an artifact', async () => {
    await watching.watch({ name: 'Rubric', kind: 'ARTIFACT', artifact: 'rubric' });
    await watching.write([say('ACCESS', { id: 'a', grantee: 'sub', grantor: 'quill' })]);
    const [spread] = await watching.evaluate();
    expect(spread?.type).toBe('artifact.exposure.changed');
    expect(spread && rowsOf(spread)).toEqual(['JOINED sub null>POSSIBLE']);
    await watching.write([transfer('t4', 'rubric', 'quill', 'sub', { sentAt: day('2026-09-05') })]);
    const [holds] = await watching.evaluate();
    expect(holds && rowsOf(holds)).toEqual(['STRENGTHENED sub POSSIBLE>EXPOSED, holder']);
  });

  it('[S910] findings of a kind, those that somebody accepts aside', async () => {
    await watching.watch({ name: 'Gaps', kind: 'FINDINGS', findings: ['UNDECLARED_SUBCONTRACTOR'] });
    await watching.write([transfer('t4', 'rubric', 'quill', 'sub', { sentAt: day('2026-09-05') })]);
    const [event] = await watching.evaluate();
    expect(event?.type).toBe('finding.opened');
    expect(event && rowsOf(event)).toEqual(['JOINED UNDECLARED_SUBCONTRACTOR/t4 null>UNDECLARED_SUBCONTRACTOR']);
    expect(event?.items[0]?.because).toContain('sub');
    await watching.write([say('ENGAGEMENT', { id: 'e', client: 'quill', provider: 'sub' })]);
    const [closed] = await watching.evaluate();
    expect(closed && rowsOf(closed)).toEqual(['LEFT UNDECLARED_SUBCONTRACTOR/t4 UNDECLARED_SUBCONTRACTOR>null']);
  });

  it('[S912] a notice that falls due, then is overdue, is told once each; one that is both at once makes two events', async () => {
    await watching.write([say('ENGAGEMENT', { id: 'e', client: 'vega', provider: 'quill', startsAt: day('2026-01-01'), noticeHours: 72 })]);
    const discoveredAt = watching.now;
    await watching.saveIncident('INC', { origins: ['quill'], core: october, discoveredAt });
    await watching.watch({ name: 'Terms', kind: 'NOTICE', incident: 'INC', withinHours: 24 });
    const due = new Date(discoveredAt + hours(72)).toISOString().replace('.000Z', 'Z');
    watching.now = discoveredAt + hours(40);
    expect(await watching.evaluate()).toEqual([]);
    watching.now = discoveredAt + hours(48);
    const [first, ...others] = await watching.evaluate();
    expect([first?.type, first && rowsOf(first), others]).toEqual(['notice.due', [`JOINED vega null>${due}`], []]);
    watching.now = discoveredAt + hours(72);
    const [second] = await watching.evaluate();
    expect([second?.type, second && rowsOf(second)]).toEqual(['notice.overdue', [`JOINED vega null>${due}`]]);
    await watching.saveIncident('LATE', { origins: ['quill'], core: october, discoveredAt: watching.now });
    await watching.watch({ name: 'Late', kind: 'NOTICE', incident: 'LATE' });
    watching.now += hours(100);
    const both = await watching.evaluate();
    expect(both.map(({ type, watch }) => [type, watch === both[0]?.watch])).toEqual([
      ['notice.overdue', true],
      ['notice.due', true],
    ]);
  });

  it('[S912] a notice that was told is not due', async () => {
    await watching.write([say('ENGAGEMENT', { id: 'e', client: 'vega', provider: 'quill', startsAt: day('2026-01-01'), noticeHours: 72 })]);
    const notices = [{ change: null, notices: [{ lab: 'vega', notifier: 'quill' }], state: 'TOLD' as const, by: 'ada', at: watching.now }];
    const log = { entries: [], assessments: [], plan: [], notices };
    await watching.saveIncident('INC', { origins: ['quill'], core: october, discoveredAt: watching.now, log });
    await watching.watch({ name: 'Terms', kind: 'NOTICE', incident: 'INC' });
    watching.now += hours(100);
    expect(await watching.evaluate()).toEqual([]);
  });

  it('[S910] a new match of an advisory, and a higher grade', async () => {
    const advisory = say('ADVISORY', {
      ...{ id: 'MAL-1', kind: 'MALWARE' },
      affected: packRows('AFFECTED_PACKAGE', [['pkg:pypi/litellm', ['1.82.7'], []]]),
    });
    const listOf = (version: string | null) =>
      say('SOFTWARE_LIST', {
        ...{ id: 'quill/1', organization: 'quill', subject: 'gateway' },
        components: packRows('COMPONENT', [['litellm', 'pkg:pypi/litellm', version, null, null, 'DIRECT', []]]),
      });
    await watching.write([advisory]);
    await watching.watch({ name: 'Any', kind: 'ADVISORY' });
    await watching.write([listOf(null)]);
    const [event] = await watching.evaluate();
    expect(event?.type).toBe('advisory.matched');
    expect(event && rowsOf(event)).toEqual(['JOINED quill null>MAL-1: VERSION_UNKNOWN']);
    await watching.write([listOf('1.82.7')]);
    const [higher] = await watching.evaluate();
    expect(higher && rowsOf(higher)).toEqual(['STRENGTHENED quill MAL-1: VERSION_UNKNOWN>MAL-1: PRESENT_UNDATED']);
    await watching.write([vendor('another')]);
    expect(await watching.evaluate()).toEqual([]);
  });

  it('[S910] the next edition of a source: what it lists anew, and what it no longer lists', async () => {
    const edition = async (id: string, ids: readonly string[]) => {
      watching.now += 60_000;
      const rows = ids.map((one, i) => ({ ...vendor(one), file: 'list.csv', line: i + 2, source: 'Register' }));
      await watching.store.commit(importOf(id, rows, { at: watching.now, import: { source: 'Register' } }));
    };
    await edition('first', ['p1', 'p2']);
    await watching.watch({ name: 'Register', kind: 'EDITION', source: 'Register' });
    await edition('second', ['p1', 'p3']);
    const [event] = await watching.evaluate();
    expect(event?.type).toBe('import.drifted');
    expect(event && rowsOf(event).map((row) => row.split(' ').slice(0, 2).join(' '))).toEqual(['JOINED p3', 'LEFT p2']);
    await watching.store.undoImport('second', 'ada', watching.now);
    const [back] = await watching.evaluate();
    expect(back && rowsOf(back).map((row) => row.split(' ').slice(0, 2).join(' '))).toEqual(['JOINED p2', 'LEFT p3']);
  });

  it('[S910] who enters the first of the ranking, and who leaves them', async () => {
    await watching.watch({ name: 'First', kind: 'RANKING', first: 2 });
    await watching.write([transfer('t2', 'probe', 'vega', 'sub', { sentAt: day('2026-09-02') })]);
    const [event] = await watching.evaluate();
    expect(event?.type).toBe('ranking.entered');
    expect(event && rowsOf(event)).toEqual(['JOINED sub null>position 2', 'LEFT quill position 2>null']);
  });
});

describe('when a change counts', () => {
  it('[S913] only the named changes, and rows with the least tier on either side', async () => {
    await watching.saveIncident('INC', { origins: ['quill'], core: october });
    await watching.watch({ name: 'Left', kind: 'RADIUS', incident: 'INC', on: ['LEFT'] });
    await watching.watch({ name: 'Exposed', kind: 'RADIUS', incident: 'INC', minTier: 'EXPOSED' });
    await watching.write([transfer('t2', 'probe', 'vega', 'quill', { sentAt: day('2026-09-02'), form: 'ENCRYPTED_KEY_AT_OWNER' })]);
    expect(await watching.evaluate()).toEqual([]);
    await watching.write([rubricEncrypted]);
    const events = await watching.evaluate();
    expect(events.map((event) => [event.summary.split(':')[0], rowsOf(event)])).toEqual([
      ['Exposed', ['WEAKENED rubric EXPOSED>CONTAINED']],
    ]);
  });

  it('[S913] a threshold is told when the answer reaches it, and not again while it stays above', async () => {
    await watching.saveIncident('INC', { origins: ['quill'], core: october });
    await watching.watch({ name: 'Large', kind: 'RADIUS', incident: 'INC', worstCaseLossUsd: 1000, affectedLabs: 2 });
    await watching.write([probeSent]);
    const [event] = await watching.evaluate();
    expect(event?.summary).toBe('Large: worst case $100 before, worst case $1,000 now, 1 joined, 1 → 2 exposed or possible.');
    await watching.write([transfer('t5', 'rubric', 'vega', 'sub', { sentAt: day('2026-09-09') })]);
    expect(await watching.evaluate()).toEqual([]);
    await watching.write([testsSent]);
    const [labs] = await watching.evaluate();
    expect(labs?.summary).toContain('1 affected lab before, 2 affected labs now');
  });

  it('[S914] a condition that can never hold is refused, and the fault names it', async () => {
    const of = (input: object) => watching.refusalOf({ name: 'x', kind: 'RADIUS', radius: { origins: ['quill'] }, ...input });
    expect(await of({ on: [] })).toEqual(['BAD_VALUE on']);
    expect(await of({ kind: 'FINDINGS', radius: null, on: ['STRENGTHENED'] })).toEqual(['BAD_VALUE on']);
    expect(await of({ kind: 'NOTICE', radius: null, on: ['LEFT'] })).toEqual(['MISSING_VALUE incident', 'BAD_VALUE on']);
    expect(await of({ kind: 'RANKING', radius: null, minTier: 'EXPOSED' })).toEqual(['BAD_VALUE minTier']);
    expect(await of({ kind: 'LAB', radius: null, lab: 'vega', affectedLabs: 1 })).toEqual(['BAD_VALUE affectedLabs']);
    expect(await of({ radius: { origins: ['quill'], hasCore: false }, minTier: 'EXPOSED' })).toEqual(['BAD_VALUE minTier']);
    expect(await of({ radius: { origins: ['quill'], knownAt: 5 } })).toEqual(['BAD_VALUE radius.knownAt']);
    for (const field of ['worstCaseLossUsd', 'affectedLabs', 'count']) expect(await of({ [field]: 0 })).toEqual([`BAD_VALUE ${field}`]);
    expect(await of({ kind: 'RANKING', radius: null, first: 0 })).toEqual(['BAD_VALUE first']);
    expect(await of({ radius: null })).toEqual(['MISSING_VALUE incident']);
    expect(await of({ name: ' ' })).toEqual(['MISSING_VALUE name']);
    expect(await of({ radius: { origins: ['nobody'] } })).toEqual(['NOT_FOUND kind']);
    expect(await of({ radius: null, incident: 'nothing' })).toEqual(['NOT_FOUND kind']);
    expect(await of({ kind: 'EDITION', radius: null, source: 'nobody' })).toEqual(['NOT_FOUND kind']);
    expect(await watching.watches()).toEqual([]);
  });

  it('[S914] a person has at most 100 watches', async () => {
    for (let i = 0; i < 100; i++) await watching.watch({ name: `w${i}`, kind: 'ARTIFACT', artifact: 'rubric' });
    expect(await watching.refusalOf({ name: 'one more', kind: 'RANKING' })).toEqual(['LIMIT_EXCEEDED id']);
    await watching.watch({ name: 'of another', kind: 'RANKING' }, { name: 'grace', labs: null });
    const [first] = await watching.watches();
    await watching.watch({ id: first?.id ?? '', name: 'renamed', kind: 'ARTIFACT', artifact: 'rubric' }, ada);
    expect((await watching.watches()).length).toBe(100);
  });
});
