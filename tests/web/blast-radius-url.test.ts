import fc from 'fast-check';
import { worstCaseStepOf } from '../../server/exposure/radius/list-exposed-artifacts.ts';
import { parseRadiusQuery } from '../../server/http/routes/export-routes.ts';
import { listHref } from '../../web/features/blast-radius/question-variables.ts';
import { stepOfUsd, stepsInWords } from '../../web/features/blast-radius/sentences.ts';
import { findUnreadValues } from '../../web/shared/url/addresses.ts';
import {
  type BlastState,
  blastHref,
  incidentHref,
  parseBlastState,
  stepUsd,
  writeBlastState,
} from '../../web/shared/url/blast-radius-url.ts';
import { parseScenarioStep, type ScenarioStep } from '../../web/shared/url/scenario-url.ts';
import { describe, expect, it } from '../support/test.ts';
import { anyCharacter } from '../support/worlds/any-character.ts';

const id = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 30 });
const ids = fc.uniqueArray(id, { maxLength: 4 });
const instant = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const window = fc.tuple(instant, instant).map(([a, b]) => (a <= b ? { from: a, to: b } : { from: b, to: a }));
const fraction = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);

/** As all ids of the inventory: without lone surrogates. */
const wellFormed = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const step: fc.Arbitrary<ScenarioStep> = fc
  .record({
    kind: fc.constantFrom('SUSPEND', 'RECALL', 'ENCRYPT', 'REVOKE_ALL_ACCESS', 'REVOKE_ACCESS'),
    id: wellFormed,
    owner: fc.option(wellFormed),
    at: instant,
  })
  .map((action) => (action.kind === 'RECALL' || action.kind === 'ENCRYPT' ? action : { ...action, owner: null }));

const steps = fc.option(fc.uniqueArray(step, { maxLength: 4, selector: (action) => JSON.stringify(action) }));

const blast: fc.Arbitrary<BlastState> = fc.record({
  origins: ids,
  suspects: fc.option(
    fc.uniqueArray(fc.record({ id, likelihood: fraction.filter((value) => value > 0) }), { maxLength: 3, selector: (one) => one.id }),
  ),
  hasCore: fc.option(fc.boolean()),
  core: fc.option(window),
  widest: fc.option(window),
  maxHops: fc.option(fc.integer({ min: 0, max: 10 })),
  transferLikelihood: fc.option(fraction),
  minDegree: fc.option(fraction),
  incident: fc.option(id),
  knownAt: fc.option(instant),
  tiers: fc.subarray(['EXPOSED', 'POSSIBLE', 'CONTAINED'] as const),
  labs: ids,
  types: fc.subarray(['ANNOTATION_GUIDELINES', 'OTHER'] as const),
  minSensitivity: fc.option(fc.integer({ min: 1, max: 5 })),
  sensitivities: fc.subarray([1, 2, 3, 4, 5]),
  worstCaseSteps: fc.uniqueArray(fc.integer({ min: 0, max: 45 })),
  countries: fc.subarray(['DE', 'US', 'NO']),
  // No address holds one.
  channels: fc.constant([]),
  sort: fc.constantFrom('WORST_CASE_LOSS', 'WEIGHTED_LOSS', 'TIER', 'PORTION', 'NAME', 'OWNER'),
  tab: fc.constantFrom('affected', 'labs', 'sums', 'ask', 'copies', 'integrity', 'loss'),
  view: fc.option(fc.constantFrom('lanes', 'flows', 'matrix', 'time', 'table')),
  measure: fc.constantFrom('worst', 'count'),
  order: fc.constantFrom('value', 'name'),
  span: fc.constantFrom('whole', 'near'),
  holders: ids,
  actions: steps,
  comparison: fc.record({
    isOpen: fc.boolean(),
    origins: fc.option(fc.uniqueArray(id, { minLength: 1, maxLength: 3 })),
    core: fc.option(window),
    widest: fc.option(window),
    knownAt: fc.option(fc.oneof(instant, fc.constant('now'))),
    actions: steps,
  }),
  selection: fc.option(id),
  focus: fc.option(id),
  openGroups: ids,
  expanded: ids,
  color: fc.constantFrom('tier', 'loss', 'sensitivity', 'type', 'country'),
  layout: fc.constantFrom('lanes', 'rings', 'free'),
  size: fc.constantFrom('equal', 'loss', 'copies'),
  width: fc.constantFrom('copies', 'loss'),
  hidden: ids,
  pins: fc.uniqueArray(fc.record({ key: id, x: fc.integer({ min: -9999, max: 9999 }), y: fc.integer({ min: -9999, max: 9999 }) }), {
    selector: ({ key, x, y }) => `${key}@${x},${y}`,
  }),
  hop: fc.option(fc.integer({ min: 0, max: 10 })),
  at: fc.option(instant),
});

describe('the URL of the blast radius', () => {
  it('[W1] reads back as it was written, and one state has one URL', () => {
    fc.assert(
      fc.property(blast, (state) => {
        const query = writeBlastState(state).toString();
        expect(parseBlastState(new URLSearchParams(query))).toEqual(state);
        expect(writeBlastState(parseBlastState(new URLSearchParams(query))).toString()).toBe(query);
      }),
    );
  });

  it('[W1] of one organization or incident is short', () => {
    expect(blastHref(['quillmark'])).toBe('/blast?o=quillmark');
    expect(incidentHref('INC-02')).toBe('/blast?incident=INC-02');
  });

  it.each([
    ['RECALL:quillmark/aurelis@2026-09-18T00:00Z', { kind: 'RECALL', id: 'quillmark', owner: 'aurelis', at: '2026-09-18T00:00:00.000Z' }],
    ['SUSPEND:a%2Fb@2026-09-25', { kind: 'SUSPEND', id: 'a/b', owner: null, at: '2026-09-25T00:00:00.000Z' }],
    ['SUSPEND:a/b@2026-09-25', null],
    ['BURN:a@2026-09-25', null],
    ['RECALL:%@2026-09-25', null],
    ['RECALL:a@then', null],
  ])('[W2] reads the action %s', (text, action) => expect(parseScenarioStep(text)).toEqual(action));

  it('[W2] opens whatever it holds', () => {
    const name = fc.constantFrom('o', 'core', 'widest', 'hops', 'tl', 'tier', 'tab', 'sort', 'view', 'knownAt');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string())), (pairs) => {
        expect(() => parseBlastState(new URLSearchParams(pairs))).not.toThrow();
      }),
    );
  });

  it.each([
    ['core=2026-09-24T11:25Z..2026-09-24T08:30Z', 'core'],
    ['core=yesterday..today', 'core'],
    ['core=2026-01-01', 'core'],
    ['hops=11', 'maxHops'],
    ['hops=2.5', 'maxHops'],
    ['suspected=a:b', 'suspects'],
    ['suspected=a:0', 'suspects'],
    ['hasCore=no', 'hasCore'],
    ['tl=1.5', 'transferLikelihood'],
    ['tl=', 'transferLikelihood'],
    ['minDegree=NaN', 'minDegree'],
    ['view=sideways', 'view'],
    ['minSensitivity=2.5', 'minSensitivity'],
    ['core=2026-9-4..2026-9-5', 'core'],
    ['knownAt=2026', 'knownAt'],
  ] as const)('[W2] ignores the malformed value in %s', (query, field) => {
    expect(parseBlastState(new URLSearchParams(query))[field]).toBeNull();
  });

  it('[W2] reads dates in UTC, as far as the end of their day, and of two likelihoods the larger, as the server does', () => {
    const state = parseBlastState(
      new URLSearchParams('core=2026-09-01..2026-09-24&t=2026-09-24T08:30&suspected=kite:0.9&suspected=kite:0.2&suspected=moss:0.1'),
    );
    expect(state.core).toEqual({ from: '2026-09-01T00:00:00.000Z', to: '2026-09-24T23:59:59.999Z' });
    expect(state.at).toBe('2026-09-24T08:30:00.000Z');
    expect(state.suspects).toEqual([
      { id: 'kite', likelihood: 0.9 },
      { id: 'moss', likelihood: 0.1 },
    ]);
  });

  it('[W2] says which values it cannot read', () => {
    const query = 'suspected=v:2&suspected=kite&hasCore=yes&minSensitivity=9';
    const names = findUnreadValues({ path: '/blast', params: new URLSearchParams(query) }).map(({ name, value }) => [name, value]);
    expect(names).toEqual([
      ['suspected', 'v:2'],
      ['hasCore', 'yes'],
      ['minSensitivity', '9'],
    ]);
  });

  it('[W967] the steps of the worst case in the address are those of the server', () => {
    for (let step = 0; step <= 45; step++) {
      expect(worstCaseStepOf(stepUsd(step))).toBe(stepUsd(step));
      expect(worstCaseStepOf(stepUsd(step + 1) - 1)).toBe(stepUsd(step));
      expect(stepOfUsd(stepUsd(step))).toBe(step);
    }
    const href = listHref(parseBlastState(new URLSearchParams('incident=I&loss=17&loss=18&sensitivity=5')), '', 'csv');
    const { filter } = parseRadiusQuery(href.slice(href.indexOf('/api')));
    expect([filter.worstCaseSteps, filter.sensitivities]).toEqual([[200_000, 500_000], [5]]);
    expect([stepsInWords(0), stepsInWords(18), stepsInWords(20, 18, 19)]).toEqual(['$0', '$500K to $1.0M', '$500K to $5.0M']);
  });

  it.each(['kite', 'kite:0.4', 'a;b', 'a;b:1', String.raw`a\:b:0.5`, String.raw`a\;b`, String.raw`a\\:0.25`])(
    '[W2] reads the suspected origin %s as the server does',
    (text) => {
      const params = new URLSearchParams({ o: 'x', suspected: text });
      const [page] = parseBlastState(params).suspects ?? [];
      const [server] =
        parseRadiusQuery(`/api/blast-radius.csv?${new URLSearchParams({ origins: 'x', suspected: text })}`).question.suspectedOrigins ?? [];
      expect({ organization: page?.id, likelihood: page?.likelihood }).toEqual({ likelihood: 1, ...server });
    },
  );

  it('[W2] calls the lanes graph or lanes, in an address', () => {
    const viewOf = (query: string) => parseBlastState(new URLSearchParams(query)).view;
    expect(['view=graph', 'view=lanes', 'view=flows', ''].map(viewOf)).toEqual(['lanes', 'lanes', 'flows', null]);
  });

  it('[W2] exports an incident without the suspects that it has', () => {
    const href = listHref(parseBlastState(new URLSearchParams('incident=I&suspected=')), '', 'csv');
    const query = parseRadiusQuery(href.slice(href.indexOf('/api')));
    expect(query.question.suspectedOrigins).toEqual([]);
    expect(parseRadiusQuery('/api/blast-radius.csv?incident=I').question.suspectedOrigins).toBeUndefined();
  });

  it('[W3] holds no free text: every parameter is an id, a date, a number, or a fixed word', () => {
    const names = [
      'o',
      'suspected',
      'hasCore',
      'incident',
      'core',
      'widest',
      'hops',
      'tl',
      'minDegree',
      'knownAt',
      'tier',
      'lab',
      'sort',
      'tab',
      'view',
      'by',
      'order',
      'span',
      'sel',
      'w',
      'focus',
      'open',
      'hide',
      'pin',
      'holder',
      'vs',
      'vsO',
      'vsCore',
      'vsWidest',
      'vsKnownAt',
      'vsW',
      'hop',
      't',
      'type',
      'minSensitivity',
      'country',
      'color',
      'size',
      'width',
      'sensitivity',
      'loss',
      'layout',
      'x',
    ];
    fc.assert(fc.property(blast, (state) => [...writeBlastState(state).keys()].every((key) => names.includes(key))));
  });
});
