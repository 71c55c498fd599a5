import { readInstant, readList, readWindow, shortInstant, type TimeWindow, writeList, writeValue, writeWindow } from './params.ts';
import { parseScenarioStep, type ScenarioStep, writeScenarioStep } from './scenario-url.ts';

/** The other side of a comparison: what differs from the view. Null: as in the view. */
export interface Comparison {
  readonly isOpen: boolean;
  readonly core: TimeWindow | null;
  readonly widest: TimeWindow | null;
  /** RFC 3339. `now`: the latest records, while the view shows earlier ones. */
  readonly knownAt: string | null;
  /** Empty: the facts as recorded. A what-if keeps its actions here until the comparison is opened. */
  readonly actions: readonly ScenarioStep[] | null;
}

/** One side of a comparison, complete. */
export interface ComparedSide {
  readonly core: TimeWindow;
  readonly widest: TimeWindow;
  /** RFC 3339; null: now. */
  readonly knownAt: string | null;
  /** Empty: the facts as recorded. */
  readonly actions: readonly ScenarioStep[];
}

export const NO_COMPARISON: Comparison = { isOpen: false, core: null, widest: null, knownAt: null, actions: null };

export function parseComparison(params: URLSearchParams): Comparison {
  const knownAt = params.get('vsKnownAt');
  return {
    isOpen: params.has('vs'),
    core: readWindow(params, 'vsCore'),
    widest: readWindow(params, 'vsWidest'),
    knownAt: knownAt === 'now' ? knownAt : readInstant(knownAt),
    actions: params.has('vsW') ? readList(params, 'vsW').flatMap((text) => parseScenarioStep(text) ?? []) : null,
  };
}

export function writeComparison(params: URLSearchParams, { isOpen, core, widest, knownAt, actions }: Comparison): void {
  if (isOpen) params.set('vs', '');
  writeWindow(params, 'vsCore', core);
  writeWindow(params, 'vsWidest', widest);
  writeValue(params, 'vsKnownAt', knownAt === null || knownAt === 'now' ? knownAt : shortInstant(knownAt));
  if (actions?.length === 0) params.set('vsW', '');
  writeList(params, 'vsW', actions?.map(writeScenarioStep) ?? []);
}
