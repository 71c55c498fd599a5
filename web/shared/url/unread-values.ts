import { DOUBT_OPTIONS, RADIUS_OPTIONS } from '../generated/radius-options.ts';
import type { PageLocation } from './location.ts';
import { readInstant, readSensitivity, readWindow } from './params.ts';
import { readRadiusOption, readSuspect } from './radius-options-url.ts';
import { parseScenarioStep } from './scenario-url.ts';

/** A value of the address that the page cannot read, and so answers without. */
export interface UnreadValue {
  readonly name: string;
  readonly value: string;
  /** Says what is wrong with the value, and what the page uses instead. */
  readonly sentence: string;
}

/** A parameter that changes the question of a view. */
interface Checked {
  readonly name: string;
  readonly words: string;
  readonly expected: string;
  readonly isRead: (value: string) => boolean;
  /** Every value counts; of other parameters the first. */
  readonly isList?: true;
  /** A sentence. */
  readonly instead: (params: URLSearchParams) => string;
}

const WINDOW = 'two times, the earlier first, such as 2026-09-01..2026-09-24';
const ACTION = 'an action, an id and a time, such as SUSPEND:quillmark@2026-09-18';
const LONGEST = 80;

const isWindow = (value: string) => readWindow(new URLSearchParams({ value }), 'value') !== null;
const isInstant = (value: string) => readInstant(value) !== null;
const isAction = (value: string) => parseScenarioStep(value) !== null;

const orIncident = (otherwise: string) => (params: URLSearchParams) =>
  params.has('incident') || params.has('overlay') ? 'The incident’s own is used instead.' : otherwise;
/** Each window defaults to the other (semantics §3). */
const orOther = (name: string, words: string) => (params: URLSearchParams) =>
  orIncident(isWindow(params.get(name) ?? '') ? `The ${words} window is used instead.` : 'It is left out.')(params);
const orView = () => 'That of the view is used instead.';

const KNOWN_AT: Checked = {
  name: 'knownAt',
  words: 'The time “known at”',
  expected: 'a time, such as 2026-09-24T08:30Z',
  isRead: isInstant,
  instead: () => 'The latest records are used instead.',
};

const MIN_SENSITIVITY: Checked = {
  name: 'minSensitivity',
  words: 'The lowest sensitivity',
  expected: 'a whole number from 1 to 5',
  isRead: (value) => readSensitivity(new URLSearchParams({ minSensitivity: value })) !== null,
  instead: () => 'All are shown instead.',
};

const OF_A_RADIUS: readonly Checked[] = [
  {
    name: DOUBT_OPTIONS.suspectedOrigins.url,
    words: 'The suspected organization',
    expected: 'an id, or an id and a likelihood, such as harrowell:0.4',
    isRead: (value) => value === '' || readSuspect(value) !== null,
    isList: true,
    instead: () => 'It is left out.',
  },
  {
    name: DOUBT_OPTIONS.hasCore.url,
    words: 'Whether there is a core window',
    expected: 'true or false',
    isRead: (value) => value === 'true' || value === 'false',
    instead: orIncident('true is used instead.'),
  },
  { name: 'core', words: 'The core window', expected: WINDOW, isRead: isWindow, instead: orOther('widest', 'widest') },
  { name: 'widest', words: 'The widest window', expected: WINDOW, isRead: isWindow, instead: orOther('core', 'core') },
  ...RADIUS_OPTIONS.map((option) => ({
    name: option.url,
    words: `The ${option.words}`,
    expected: option.expected,
    isRead: (value: string) => readRadiusOption(new URLSearchParams({ [option.url]: value }), option) !== null,
    instead: orIncident(`${option.default} is used instead.`),
  })),
];

const BY_PATH: Readonly<Record<string, readonly Checked[]>> = {
  '/blast': [
    ...OF_A_RADIUS,
    MIN_SENSITIVITY,
    {
      name: 'hop',
      words: 'The number of hops shown',
      expected: 'a whole number from 0 to 10',
      isRead: (value) => /^(\d|10)$/.test(value),
      instead: () => 'All hops are shown instead.',
    },
    {
      name: 't',
      words: 'The instant shown',
      expected: KNOWN_AT.expected,
      isRead: isInstant,
      instead: () => 'The whole window is shown instead.',
    },
    { name: 'w', words: 'The action', expected: ACTION, isRead: isAction, isList: true, instead: () => 'It is left out.' },
    { name: 'vsCore', words: 'The core window of “before”', expected: WINDOW, isRead: isWindow, instead: orView },
    { name: 'vsWidest', words: 'The widest window of “before”', expected: WINDOW, isRead: isWindow, instead: orView },
    {
      ...KNOWN_AT,
      name: 'vsKnownAt',
      words: 'The time “known at” of “before”',
      isRead: (value) => value === 'now' || isInstant(value),
      instead: orView,
    },
    { name: 'vsW', words: 'The action of “before”', expected: ACTION, isRead: isAction, isList: true, instead: () => 'It is left out.' },
  ],
  '/rankings': OF_A_RADIUS,
  '/explore': [
    ...OF_A_RADIUS,
    {
      name: 'valid',
      words: 'The time of connections',
      expected: WINDOW,
      isRead: isWindow,
      instead: () => 'Connections of every time are shown instead.',
    },
  ],
};

/** The values of an address that would change the question, and that the page cannot read. */
export function findUnreadValues({ path, params }: PageLocation): UnreadValue[] {
  return [KNOWN_AT, ...(BY_PATH[path] ?? [])].flatMap(({ name, words, expected, isRead, isList, instead }) =>
    [...new Set(params.getAll(name).slice(0, isList ? undefined : 1))]
      .filter((value) => value !== '' && !isRead(value))
      .map((value) => {
        const shown = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
        return { name, value, sentence: `${words} “${shown}” of this link cannot be read: expected ${expected}. ${instead(params)}` };
      }),
  );
}

/** The parameters without the values that cannot be read. */
export function withoutUnreadValues(location: PageLocation): URLSearchParams {
  const params = new URLSearchParams(location.params);
  for (const { name, value } of findUnreadValues(location)) params.delete(name, value);
  return params;
}
