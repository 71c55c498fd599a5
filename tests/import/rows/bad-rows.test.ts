import { fieldIndex } from '../../../server/domain/fact-rules.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench, places, smallFiles } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const transfers = (rows: string) => ({
  ...smallFiles,
  'transfers.csv': `id,artifact,sender,recipient,sent_at,portion,deletion_state,deleted_at\n${rows}`,
});

describe('a row that is rejected', () => {
  const long = 'x'.repeat(10_000);
  const cases: readonly [what: string, row: string, place: string, says: RegExp][] = [
    ['names what is not there', 'T,nothing,vega,kite,,,,', 'artifact: UNKNOWN_REFERENCE', /"nothing".*no such artifact.*add/],
    ['has a negative portion', 'T,guidelines,vega,kite,,-0.5,,', 'portion: BAD_VALUE', /"-0.5".*above 0 to 1/],
    ['has a portion that is no number', 'T,guidelines,vega,kite,,half,,', 'portion: BAD_VALUE', /"half".*number/],
    [
      'was deleted before it was sent',
      'T,guidelines,vega,kite,2024-05-02,,VERIFIED,2023-01-01',
      'deleted_at: ENDS_BEFORE_START',
      /2023-01-01.*2024-05-02/,
    ],
    ['has a date of no calendar', 'T,guidelines,vega,kite,2025-02-30,,,', 'sent_at: BAD_VALUE', /2025-02-30.*2026-03-24/],
    ['has a date in another form', 'T,guidelines,vega,kite,03/04/2025,,,', 'sent_at: BAD_VALUE', /03\/04\/2025/],
    ['has an id of 10,000 characters', `${long},guidelines,vega,kite,,,,`, 'id: BAD_VALUE', /10000/],
    ['names an id of 10,000 characters', `T,${long},vega,kite,,,,`, 'artifact: BAD_VALUE', /10000/],
    ['has no id', ',guidelines,vega,kite,,,,', 'id: MISSING_VALUE', /needs one/],
    ['has no sender', 'T,guidelines,,kite,,,,', 'sender: MISSING_VALUE', /needs one/],
    ['is sent to its sender', 'T,guidelines,vega,vega,,,,', 'recipient: SAME_ENDS', /must differ/],
    ['has too few cells', 'T,guidelines,vega,kite', 'RAGGED_ROW', /4 cells, the header 8/],
    ['has too many cells', 'T,guidelines,vega,kite,,,,,more', 'RAGGED_ROW', /9 cells.*quotes/],
    ['goes on after a quote', '"T"x,guidelines,vega,kite,,,,', 'BAD_QUOTE', /closing quote/],
    ['goes on after two quotes, and is nothing else', '"" Amber', 'BAD_QUOTE', /closing quote/],
  ];
  it.each(cases)('[F9] because it %s has a place, a sentence and a way out', async (_, row, place, says) => {
    const outcome = await bench.import(transfers(`T-1,guidelines,vega,kite,2025-03-01,,,\n${row}\n`));
    expect(outcome.isWritten).toBe(false);
    expect(places(outcome.rejections)).toEqual([`transfers.csv:3: ${place}`]);
    expect(outcome.rejections[0]?.message).toMatch(says);
    expect(outcome.rejections[0]?.message.length).toBeLessThan(500);
    expect(await bench.store.readRevision()).toBe(0);
  });

  it('[F9] because its owner is not a lab also rejects the rows that name it', async () => {
    const { rejections } = await bench.import({
      ...smallFiles,
      'artifacts.csv': 'id,name,type,owner,sensitivity\nguidelines,G,OTHER,kite,4\n',
    });
    expect(places(rejections)).toEqual([
      'artifacts.csv:2: owner: OWNER_IS_NOT_A_LAB',
      'transfers.csv:2: artifact: REFERS_TO_REJECTED',
      'transfers.csv:3: artifact: REFERS_TO_REJECTED',
    ]);
  });

  it('[F9] lists all its faults at once', async () => {
    const { rejections } = await bench.import(transfers('T,guidelines,vega,kite,soon,half,,\n'));
    expect(places(rejections)).toEqual(['transfers.csv:2: portion: BAD_VALUE', 'transfers.csv:2: sent_at: BAD_VALUE']);
  });

  it('[F10] does not stop the other rows when rejected ones are skipped', async () => {
    const outcome = await bench.import(transfers('T-1,guidelines,vega,kite,,-1,,\nT-2,guidelines,vega,kite,,,,\n'), 'SKIP_REJECTED');
    expect(outcome).toMatchObject({ isWritten: true, report: { created: 5, rejected: 1, rows: 6 } });
    expect(await bench.store.readFactsByKey('TRANSFER', ['T-1', 'T-2'])).toHaveLength(1);
  });

  it('[F2] has the line number of an editor, even after cells of several lines', async () => {
    const { rejections } = await bench.import({
      'organizations.csv': 'id,name,roles,country\r\nvega,Vega,LAB,"US\r\nCA"\r\n\r\nkite,Kite,CAT,\r\n',
    });
    expect(places(rejections)).toEqual(['organizations.csv:5: roles: BAD_VALUE']);
  });

  it('[F11] with an id such as __proto__ or constructor is a row like any other', async () => {
    const outcome = await bench.import({
      'organizations.csv': 'id,name,roles,attribute:__proto__,attribute:constructor\n__proto__,Proto,LAB,x,y\nconstructor,C,,,z\n',
      'artifacts.csv': 'id,name,type,owner,sensitivity\ntoString,T,OTHER,__proto__,1\n',
      'transfers.csv': 'id,artifact,sender,recipient\nhasOwnProperty,toString,__proto__,constructor\n',
    });
    expect(outcome.report).toMatchObject({ created: 4, rejected: 0 });
    const [fact] = await bench.store.readFactsByKey('ORGANIZATION', ['__proto__']);
    expect(fact?.values[fieldIndex('ORGANIZATION', 'attributes')]).toEqual([
      { name: '__proto__', value: 'x' },
      { name: 'constructor', value: 'y' },
    ]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('rows about one fact', () => {
  it('[F12] that are equal are one fact, in one file or in several', async () => {
    const outcome = await bench.import({
      ...smallFiles,
      'organizations.csv': `${smallFiles['organizations.csv']}vega,Vega Labs,LAB\n`,
      'more.csv': 'id,artifact,sender,recipient,sent_at\nT-2,guidelines,kite,moss,2025-04-01T00:00:00Z\n',
    });
    expect(outcome.report).toMatchObject({ rows: 8, created: 6, rejected: 0 });
    expect(outcome.report.warnings.join()).toMatch(/2 rows repeat/);
  });

  it('[F12] that differ are all rejected, each naming the others, and so are the rows that name them', async () => {
    const outcome = await bench.import(
      {
        'organizations.csv': 'id,name,roles\nvega,Vega,LAB\nkite,Kite,\nkite,Kite Data,\nkite,Kites,\n',
        'artifacts.csv': smallFiles['artifacts.csv'],
        'transfers.csv': 'id,artifact,sender,recipient\nT-1,guidelines,vega,kite\n',
      },
      'SKIP_REJECTED',
    );
    expect(places(outcome.rejections)).toEqual([
      'organizations.csv:3: DIFFERING_ROWS',
      'organizations.csv:4: DIFFERING_ROWS',
      'organizations.csv:5: DIFFERING_ROWS',
      'transfers.csv:2: recipient: REFERS_TO_REJECTED',
    ]);
    expect(outcome.rejections[0]?.message).toMatch(/organizations.csv:4, organizations.csv:5/);
    expect(outcome.report).toMatchObject({ created: 2, rejected: 4 });
  });

  it('[F12] are all rejected if one of them cannot be read', async () => {
    const { rejections } = await bench.import({ 'organizations.csv': 'id,name,roles\nvega,Vega,LAB\nvega,Vega\n' });
    expect(places(rejections)).toEqual(['organizations.csv:2: DIFFERING_ROWS', 'organizations.csv:3: RAGGED_ROW']);
  });
});
