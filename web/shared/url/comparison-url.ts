import { readInstant, readList, readWindow, shortInstant, type TimeWindow, writeList, writeValue, writeWindow } from './params.ts';
import { parseScenarioStep, type ScenarioStep, writeScenarioStep } from './scenario-url.ts';

/** The other side of a comparison: what differs from the view. Null: as in the view. */
export interface Comparison {
  readonly isOpen: boolean;
  /** Ids of the organizations that the other side starts at. */
  readonly origins: readonly string[] | null;
  readonly core: TimeWindow | null;
  readonly widest: TimeWindow | null;
  /** RFC 3339. `now`: the latest records, while the view shows earlier ones. */
  readonly knownAt: string | null;
  /** Empty: the facts as recorded. A what-if keeps its actions here until the comparison is opened. */
  readonly actions: readonly ScenarioStep[] | null;
}

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

export const NO_COMPARISON: Comparison = { isOpen: false, origins: null, core: null, widest: null, knownAt: null, actions: null };

export function parseComparison(params: URLSearchParams): Comparison {
  const knownAt = params.get('vsKnownAt');
  return {
    isOpen: params.has('vs'),
    origins: params.has('vsO') ? readList(params, 'vsO') : null,
    core: readWindow(params, 'vsCore'),
    widest: readWindow(params, 'vsWidest'),
    knownAt: knownAt === 'now' ? knownAt : readInstant(knownAt),
    actions: params.has('vsW') ? readList(params, 'vsW').flatMap((text) => parseScenarioStep(text) ?? []) : null,
  };
}

export function writeComparison(params: URLSearchParams, { isOpen, origins, core, widest, knownAt, actions }: Comparison): void {
  if (isOpen) params.set('vs', '');
  writeList(params, 'vsO', origins ?? []);
  writeWindow(params, 'vsCore', core);
  writeWindow(params, 'vsWidest', widest);
  writeValue(params, 'vsKnownAt', knownAt === null || knownAt === 'now' ? knownAt : shortInstant(knownAt));
  if (actions?.length === 0) params.set('vsW', '');
  writeList(params, 'vsW', actions?.map(writeScenarioStep) ?? []);
}
