import fc from 'fast-check';
import { type BlastState, blastHref, incidentHref, parseBlastState, writeBlastState } from '../../web/shared/url/blast-radius-url.ts';
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
  core: fc.option(window),
  widest: fc.option(window),
  maxHops: fc.option(fc.integer({ min: 0, max: 10 })),
  transferLikelihood: fc.option(fraction),
  minDegree: fc.option(fraction),
  incident: fc.option(id),
  knownAt: fc.option(instant),
  tiers: fc.subarray(['EXPOSED', 'POSSIBLE', 'CONTAINED'] as const),
  labs: ids,
  sort: fc.constantFrom('WORST_CASE_LOSS', 'WEIGHTED_LOSS', 'TIER', 'PORTION', 'NAME', 'OWNER'),
  tab: fc.constantFrom('affected', 'labs', 'ask', 'copies', 'integrity', 'loss'),
  view: fc.option(fc.constantFrom('lanes', 'flows', 'matrix', 'time', 'table')),
  measure: fc.constantFrom('worst', 'count'),
  order: fc.constantFrom('value', 'name'),
  span: fc.constantFrom('whole', 'near'),
  holders: ids,
  actions: steps,
  comparison: fc.record({
    isOpen: fc.boolean(),
    core: fc.option(window),
    widest: fc.option(window),
    knownAt: fc.option(fc.oneof(instant, fc.constant('now'))),
    actions: steps,
  }),
  selection: fc.option(id),
  openGroups: ids,
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
    ['tl=1.5', 'transferLikelihood'],
    ['tl=', 'transferLikelihood'],
    ['minDegree=NaN', 'minDegree'],
    ['view=sideways', 'view'],
  ] as const)('[W2] ignores the malformed value in %s', (query, field) => {
    expect(parseBlastState(new URLSearchParams(query))[field]).toBeNull();
  });

  it('[W3] holds no free text: every parameter is an id, a date, a number, or a fixed word', () => {
    const names = [
      'o',
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
      'open',
      'holder',
      'vs',
      'vsCore',
      'vsWidest',
      'vsKnownAt',
      'vsW',
    ];
    fc.assert(fc.property(blast, (state) => [...writeBlastState(state).keys()].every((key) => names.includes(key))));
  });
});
