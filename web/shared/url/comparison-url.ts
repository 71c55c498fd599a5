import { flag, KNOWN_AT_ADVICE, readState, type StateOf, statedIds, timeWindow, value } from './address-table.ts';
import { readInstant, shortInstant, type TimeWindow } from './params.ts';
import { type ScenarioStep, scenarioSteps } from './scenario-url.ts';

const instead = () => 'That of the view is used instead.';

/** The other side of a comparison: what differs from the view. Null: as in the view. */
export const COMPARISON = {
  isOpen: flag('vs'),
  /** Ids of the organizations that the other side starts at. */
  origins: statedIds('vsO'),
  core: timeWindow('vsCore', 'The core window of “before”', instead),
  widest: timeWindow('vsWidest', 'The widest window of “before”', instead),
  /** RFC 3339. `now`: the latest records, while the view shows earlier ones. */
  knownAt: value<string>(
    'vsKnownAt',
    { read: (text) => (text === 'now' ? text : readInstant(text)), write: (at) => (at === 'now' ? at : shortInstant(at)) },
    { ...KNOWN_AT_ADVICE, words: 'The time “known at” of “before”', instead },
  ),
  /** Empty: the facts as recorded. A what-if keeps its actions here until the comparison is opened. */
  actions: scenarioSteps('vsW', 'The action of “before”'),
};

export type Comparison = StateOf<typeof COMPARISON>;

export const NO_COMPARISON: Comparison = readState(COMPARISON, new URLSearchParams());

/** One side of a comparison, complete. */
export interface ComparedSide {
  /** Ids; null: those of the view. */
  readonly origins: readonly string[] | null;
  readonly core: TimeWindow;
  readonly widest: TimeWindow;
  /** RFC 3339; null: now. */
  readonly knownAt: string | null;
  /** Empty: the facts as recorded. */
  readonly actions: readonly ScenarioStep[];
}
