import { eventFigures, eventTitle, isAsking, toldSentences, type WatchCondition } from '../../web/features/watches/watch-words.ts';
import type { EventLineFragment, WatchChange } from '../../web/shared/generated/operations.ts';
import { describe, expect, it } from '../support/test.ts';

const every: readonly WatchChange[] = ['JOINED', 'LEFT', 'STRENGTHENED', 'WEAKENED'];
const condition = (fields: Partial<WatchCondition> = {}): WatchCondition => ({
  ...{ on: every, minTier: null, worstCaseLossUsd: null, affectedLabs: null, count: null, withinHours: null, first: null },
  ...fields,
});

describe('what a watch tells, in words', () => {
  it('[S941] names the chosen changes, the least tier, and what is left out', () => {
    expect(toldSentences('RADIUS', condition())).toEqual([
      'You are told when an artifact joins the radius, becomes more certain, becomes less certain or leaves the radius.',
    ]);
    expect(toldSentences('RADIUS', condition({ on: ['STRENGTHENED', 'JOINED'], minTier: 'POSSIBLE' }))).toEqual([
      'You are told when an artifact joins the radius or becomes more certain, if its tier is exposed or possible before or after.',
      'Not when it becomes less certain or leaves the radius.',
    ]);
    expect(toldSentences('RANKING', condition({ on: ['JOINED'], first: 5 }))[0]).toBe(
      'You are told when an organization comes among the first 5 by weighted loss.',
    );
    expect(toldSentences('NOTICE', condition({ on: ['JOINED'], withinHours: 1 }))[0]).toMatch(
      /within 1 hour, and once when it is overdue\.$/,
    );
    expect(toldSentences('FINDINGS', condition({ on: [] }))).toEqual(['Nothing is chosen, so nothing would be told.']);
  });

  it('[S941] names the figures of thresholds, and that no other change is told', () => {
    const [first, second] = toldSentences(
      'RADIUS',
      condition({ worstCaseLossUsd: 50_000_000, affectedLabs: 3, count: 20, minTier: 'EXPOSED' }),
    );
    expect(first).toBe(
      'You are told when the worst case reaches $50.0M, the number of affected labs reaches 3 or the number of artifacts that are exposed reaches 20.',
    );
    expect(second).toMatch(/^Changes that reach no such figure are not told\./);
  });
});

const sums = { exposedCount: 13, possibleCount: 5, containedCount: 5, affectedLabCount: 4, worstCaseLossUsd: 50_500_000 };

function event(fields: Partial<EventLineFragment> & { readonly watch?: EventLineFragment['watch'] }): EventLineFragment {
  return {
    ...{
      id: 'e',
      type: 'radius.changed',
      isRead: false,
      instant: '2026-11-29T09:14:00Z',
      summary: 'Severe: 2 joined.',
      url: '/',
      counts: [],
    },
    ...{ before: null, after: null, watch: watch('RADIUS', ['Quillmark']), firstItem: { totalCount: 0, edges: [] } },
    ...fields,
  };
}

function watch(kind: EventLineFragment['watch']['kind'], names: string[], settings: Partial<EventLineFragment['watch']['settings']> = {}) {
  const none = {
    incident: null,
    lab: null,
    advisory: null,
    source: null,
    first: null,
    worstCaseLossUsd: null,
    affectedLabs: null,
    count: null,
  };
  return { id: 'w', name: 'Severe', kind, names, settings: { ...none, ...settings } };
}

const oneItem = (fields: Partial<EventLineFragment['firstItem']['edges'][number]['node']>): EventLineFragment['firstItem'] => ({
  totalCount: 1,
  edges: [{ node: { kind: 'JOINED', before: null, after: null, because: '', organization: null, ...fields } }],
});

describe('an event in words', () => {
  it.each<readonly [EventLineFragment, string, string]>([
    [
      event({
        before: sums,
        after: { ...sums, exposedCount: 14, possibleCount: 6, worstCaseLossUsd: 53_200_000 },
        counts: [
          { kind: 'JOINED', count: 2 },
          { kind: 'STRENGTHENED', count: 1 },
        ],
      }),
      'Quillmark grew by 2',
      '2 joined · 1 strengthened · worst case +$2.7M',
    ],
    [
      event({
        watch: watch('LAB', ['Aurelis Labs']),
        before: sums,
        after: { ...sums, worstCaseLossUsd: 48_900_000 },
        counts: [{ kind: 'WEAKENED', count: 1 }],
      }),
      'Aurelis Labs could lose less',
      '1 weakened · worst case −$1.6M',
    ],
    [
      event({
        type: 'notice.overdue',
        watch: watch('NOTICE', ['INC-02']),
        firstItem: oneItem({ because: 'Harrowell must tell Aurelis Labs by 2026-11-29T16:15:00Z.' }),
      }),
      'Harrowell must tell Aurelis Labs by Nov 29, 2026, 16:15 UTC.',
      'Overdue',
    ],
    [
      event({
        type: 'ranking.entered',
        watch: watch('RANKING', [], { first: 5 }),
        firstItem: oneItem({ after: 'position 5', organization: { id: 'redgum', name: 'Redgum Talent' } }),
      }),
      'Redgum Talent entered the first 5',
      'position 5',
    ],
    [
      event({
        type: 'advisory.matched',
        watch: watch('ADVISORY', [], { advisory: 'MAL-1' }),
        firstItem: oneItem({
          kind: 'STRENGTHENED',
          before: 'MAL-1: OFFERED',
          after: 'MAL-1: BETWEEN_LISTS',
          organization: { id: 'redgum', name: 'Redgum Talent' },
        }),
      }),
      'Redgum Talent: a higher grade',
      'MAL-1: offered → between lists',
    ],
    [
      event({ watch: watch('RADIUS', ['Quillmark'], { worstCaseLossUsd: 1 }), summary: 'Severe: worst case $1 before, $2 now.' }),
      'Quillmark changed',
      'worst case $1 before, $2 now.',
    ],
    [
      event({ type: 'watch.ended', summary: 'Severe: There is no incident "INC-02".' }),
      'Severe has ended',
      'There is no incident "INC-02".',
    ],
  ])('[S942] %#: its sentence and its figures', (of, title, figures) => {
    expect([eventTitle(of), eventFigures(of)]).toEqual([title, figures]);
  });
});

it('[S943] a watch is known by its question, whatever the order of its fields and the form of its instants', () => {
  const settings = {
    ...{ incident: null, lab: null, artifact: null, findings: null, advisory: null, source: null, withinHours: null, first: null },
    ...{ on: [], minTier: null, worstCaseLossUsd: null, affectedLabs: null, count: null },
    radius: '{"widest":{"to":"2026-10-01T00:00:00Z","from":"2026-09-01T00:00:00Z"},"origins":["sub"],"core":null}',
  };
  const radius = { origins: ['sub'], widest: { from: '2026-09-01T00:00:00.000Z', to: '2026-10-01T00:00:00.000Z' } };
  expect(isAsking({ kind: 'RADIUS', settings }, { title: '', asks: { kind: 'RADIUS', radius } })).toBe(true);
  expect(isAsking({ kind: 'RADIUS', settings }, { title: '', asks: { kind: 'RADIUS', radius: { ...radius, origins: ['other'] } } })).toBe(
    false,
  );
  expect(isAsking({ kind: 'RADIUS', settings }, { title: '', asks: { kind: 'RADIUS', incident: 'INC-02', radius } })).toBe(false);
});
