import type { SavedIncidentFragment } from '../../../shared/generated/operations.ts';
import { DOUBT_OPTIONS, RADIUS_OPTIONS } from '../../../shared/generated/radius-options.ts';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import type { TimeWindow } from '../../../shared/url/params.ts';
import { NO_DOUBTS, NO_RADIUS_OPTIONS, writeSuspect } from '../../../shared/url/radius-options-url.ts';
import type { ScenarioStep } from '../../../shared/url/scenario-url.ts';

/** Overrides that the URL holds over a saved incident. Null or empty fields take the incident's value. */
export const NO_OVERRIDES = {
  origins: [],
  ...NO_DOUBTS,
  core: null,
  widest: null,
  ...NO_RADIUS_OPTIONS,
} as const;

/** The changes of the page to a saved incident, in words. Empty if it shows the incident as saved. */
export function editsOf(state: BlastState, saved: SavedIncidentFragment): readonly string[] {
  const edits: string[] = [];
  const ids = saved.origins.map(({ id }) => id);
  if (state.origins.length > 0 && !isSameList(state.origins, ids)) edits.push('origins');
  const suspects = saved.suspectedOrigins.map(({ organization, likelihood }) => writeSuspect({ id: organization.id, likelihood }));
  if (state.suspects !== null && !isSameList(state.suspects.map(writeSuspect), suspects)) edits.push(DOUBT_OPTIONS.suspectedOrigins.edited);
  if (state.hasCore !== null && state.hasCore !== saved.hasCore) edits.push(DOUBT_OPTIONS.hasCore.edited);
  if (differs(state.core, saved.core)) edits.push('core window');
  if (differs(state.widest, saved.widest)) edits.push('widest window');
  for (const { name, edited } of RADIUS_OPTIONS) if (state[name] !== null && state[name] !== saved[name]) edits.push(edited);
  if (state.actions !== null && JSON.stringify(state.actions) !== JSON.stringify(stepsOf(saved.scenario))) edits.push('what-if');
  return edits;
}

/** The actions of a saved incident as the URL holds them. An action on a record that no longer exists is left out. */
export function stepsOf(scenario: SavedIncidentFragment['scenario']): readonly ScenarioStep[] {
  return scenario.flatMap(({ kind, organization, access, owner, at }): ScenarioStep[] => {
    const id = organization?.id ?? access?.id;
    return id === undefined ? [] : [{ kind, id, owner: owner?.id ?? null, at: new Date(at).toISOString() }];
  });
}

function differs(mine: TimeWindow | null, saved: SavedIncidentFragment['core']): boolean {
  const isSame = (a: string, b: string) => Date.parse(a) === Date.parse(b);
  return mine !== null && (saved === null || !isSame(mine.from, saved.from) || !isSame(mine.to, saved.to));
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}
