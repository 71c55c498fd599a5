import type { BlastRadiusInput, BlastRadiusQueryVariables, WindowInput } from '../../shared/generated/operations.ts';
import { DOUBT_OPTIONS } from '../../shared/generated/radius-options.ts';
import { type BlastState, stepUsd } from '../../shared/url/blast-radius-url.ts';
import { inputOf, restSettings, writeSuspect } from '../../shared/url/radius-options-url.ts';
import { exportHref } from '../../shared/url/redaction.ts';

/** Buckets of the timeline: about one for every three pixels of a wide screen. */
const TIMELINE_BUCKETS = 240;

/** The input with what a core that is stated beside it would take back: a radius without a core stays without one (semantics §13.4). */
export function withoutCore(input: BlastRadiusInput, radius: { readonly hasCore: boolean }): BlastRadiusInput {
  return radius.hasCore ? input : { ...input, hasCore: false };
}

/** The change of a state to other windows. Without a core, the widest window is the only one. */
export function toWindows({ hasCore }: { readonly hasCore: boolean }, { core, widest }: { core: WindowInput; widest: WindowInput }) {
  return { core: hasCore ? core : null, widest };
}

export function questionOf(state: BlastState, text: string): BlastRadiusQueryVariables | null {
  const input = inputOf(state);
  if (input === null) return null;
  return {
    input,
    tiers: state.tiers.length === 0 ? null : [...state.tiers],
    owners: state.labs.length === 0 ? null : [...state.labs],
    holders: state.holders.length === 0 ? null : [...state.holders],
    ...restFilters(state),
    text: text.trim() === '' ? null : text.trim(),
    orderBy: state.sort,
    buckets: TIMELINE_BUCKETS,
  };
}

/** The filters by what artifacts and copies are like; none where none is set. */
export function restFilters({ types, minSensitivity, sensitivities, worstCaseSteps, countries }: BlastState) {
  return {
    ...(types.length === 0 ? {} : { types: [...types] }),
    ...(minSensitivity === null ? {} : { minSensitivity }),
    ...(sensitivities.length === 0 ? {} : { sensitivities: [...sensitivities] }),
    ...(worstCaseSteps.length === 0 ? {} : { worstCaseSteps: worstCaseSteps.map(stepUsd) }),
    ...(countries.length === 0 ? {} : { countries: [...countries] }),
  };
}

/** The URL of the same rows as a file. */
export function listHref(state: BlastState, text: string, extension: 'csv' | 'json'): string {
  const params = new URLSearchParams();
  const set = (name: string, value: string | number | null | undefined) => {
    if (value !== null && value !== undefined && value !== '') params.set(name, String(value));
  };
  set('incident', state.incident);
  for (const origin of state.origins) params.append('origins', origin);
  const suspected = DOUBT_OPTIONS.suspectedOrigins.parameter;
  // An empty value says that there are none, where the incident has some.
  if (state.suspects?.length === 0) params.set(suspected, '');
  for (const suspect of state.suspects ?? []) params.append(suspected, writeSuspect(suspect));
  set(DOUBT_OPTIONS.hasCore.parameter, state.hasCore === null ? null : String(state.hasCore));
  for (const [name, value] of restSettings(state)) params.set(name, value);
  set('knownAt', state.knownAt);
  for (const tier of state.tiers) params.append('tiers', tier);
  for (const lab of state.labs) params.append('owners', lab);
  for (const holder of state.holders) params.append('holders', holder);
  for (const type of state.types) params.append('types', type);
  set('minSensitivity', state.minSensitivity);
  for (const sensitivity of state.sensitivities) params.append('sensitivities', String(sensitivity));
  for (const step of state.worstCaseSteps) params.append('worstCaseSteps', String(stepUsd(step)));
  for (const country of state.countries) params.append('countries', country);
  set('text', text.trim());
  set('orderBy', state.sort);
  return exportHref(`/api/blast-radius.${extension}?${params}`);
}

/** Turns a window of an answer into an input, which accepts no other fields. */
export function windowInput(window: { readonly from: string; readonly to: string }): WindowInput {
  return { from: window.from, to: window.to };
}

const DAY_MS = 86_400_000;

/** The widest window with as much time before and after it, 30 days at least: what came or was deleted just before it is in sight. */
export function nearWindow({ from, to }: { readonly from: string; readonly to: string }): WindowInput {
  const margin = Math.max(30 * DAY_MS, Date.parse(to) - Date.parse(from));
  return { from: new Date(Date.parse(from) - margin).toISOString(), to: new Date(Date.parse(to) + margin).toISOString() };
}
