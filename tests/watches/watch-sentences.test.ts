import type { WatchPoint, WatchQuestion } from '../../server/domain/records/watch.ts';
import { addressOf, describeWatch } from '../../server/watches/watch-sentences.ts';
import { expect, it } from '../support/test.ts';

const nothing = { incident: null, radius: null, lab: null, artifact: null, findings: null, advisory: null, source: null };
const asks = (kind: WatchQuestion['kind'], fields: Partial<WatchQuestion>): WatchQuestion => ({
  ...nothing,
  ...{ withinHours: null, first: null },
  kind,
  ...fields,
});
const at = (instant: string, imports: readonly string[] = []): WatchPoint => ({
  ...{ revision: 1, instant: Date.parse(instant), incidents: [], imports },
});

it.each<readonly [WatchQuestion, string]>([
  [
    asks('RADIUS', { incident: 'INC-02' }),
    '/blast?incident=INC-02&knownAt=2026-11-29T09%3A14%3A00Z&vs=&vsKnownAt=2026-11-28T15%3A31%3A00Z',
  ],
  [asks('LAB', { lab: 'lab a' }), '/explore?n=organization%3Alab+a&sel=organization%3Alab+a'],
  [asks('ARTIFACT', { artifact: 'eval' }), '/explore?n=artifact%3Aeval&sel=artifact%3Aeval'],
  [asks('FINDINGS', { findings: ['STALE'] }), '/quality?rule=STALE'],
  [asks('FINDINGS', { findings: ['STALE', 'NO_VALUE'] }), '/quality'],
  [asks('FINDINGS', {}), '/quality'],
  [asks('NOTICE', { incident: 'INC/02' }), '/incidents/INC%2F02?tab=notices'],
  [asks('ADVISORY', { advisory: 'MAL-1' }), '/incidents/from-advisory?advisory=MAL-1'],
  [asks('ADVISORY', {}), '/incidents/from-advisory'],
  [asks('EDITION', { source: 'Register' }), '/import/second'],
  [asks('RANKING', { first: 5 }), '/rankings'],
])('[S940] an event of %j leads to what it is about', (question, address) => {
  expect(addressOf(question, at('2026-11-28T15:31:00Z', ['first']), at('2026-11-29T09:14:00Z', ['first', 'second']))).toBe(address);
});

it.each([
  [asks('NOTICE', { incident: 'INC', withinHours: 1 }), 'Notices of INC that are due within 1 hour, or overdue: tells each once.'],
  [asks('NOTICE', { incident: 'INC' }), 'Notices of INC that are due within 24 hours, or overdue: tells each once.'],
  [asks('RANKING', { first: 1 }), 'The first organization by weighted loss: tells what joined.'],
  [asks('RANKING', { first: 2 }), 'The first 2 organizations by weighted loss: tells what joined.'],
])('[S441] the question of %j says one hour and one organization as such', (question, sentence) => {
  const condition = { on: ['JOINED'], minTier: null, worstCaseLossUsd: null, affectedLabs: null, count: null } as const;
  expect(describeWatch({ question, condition })).toBe(sentence);
});
