import type { BlastRadiusInput, BlastRadiusQueryVariables, WindowInput } from '../../shared/generated/operations.ts';
import type { BlastState } from '../../shared/url/blast-radius-url.ts';
import { exportHref } from '../../shared/url/redaction.ts';

/** Buckets of the timeline: about one for every three pixels of a wide screen. */
const TIMELINE_BUCKETS = 240;

/** The server's input for a state; null without an origin or incident. Absent fields take the incident's value, else the server's default. */
export function inputOf(state: BlastState): BlastRadiusInput | null {
  if (state.origins.length === 0 && state.incident === null) return null;
  const options = {
    ...(state.maxHops === null ? {} : { maxHops: state.maxHops }),
    ...(state.transferLikelihood === null ? {} : { transferLikelihood: state.transferLikelihood }),
    ...(state.minDegree === null ? {} : { minDegree: state.minDegree }),
  };
  return {
    ...(state.incident === null ? {} : { incident: state.incident }),
    ...(state.origins.length === 0 ? {} : { origins: [...state.origins] }),
    ...(state.core === null ? {} : { core: state.core }),
    ...(state.widest === null ? {} : { widest: state.widest }),
    ...(state.knownAt === null ? {} : { knownAt: state.knownAt }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
}

/** Whether the question names organizations and no time. The page then asks for one before it answers. */
export function isTimeOpen({ origins, incident, core, widest }: BlastState): boolean {
  return origins.length > 0 && incident === null && core === null && widest === null;
}

export function questionOf(state: BlastState, text: string): BlastRadiusQueryVariables | null {
  const input = inputOf(state);
  if (input === null) return null;
  return {
    input,
    tiers: state.tiers.length === 0 ? null : [...state.tiers],
    owners: state.labs.length === 0 ? null : [...state.labs],
    holders: state.holders.length === 0 ? null : [...state.holders],
    text: text.trim() === '' ? null : text.trim(),
    orderBy: state.sort,
    buckets: TIMELINE_BUCKETS,
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
  set('coreFrom', state.core?.from);
  set('coreTo', state.core?.to);
  set('widestFrom', state.widest?.from);
  set('widestTo', state.widest?.to);
  set('maxHops', state.maxHops);
  set('transferLikelihood', state.transferLikelihood);
  set('minDegree', state.minDegree);
  set('knownAt', state.knownAt);
  for (const tier of state.tiers) params.append('tiers', tier);
  for (const lab of state.labs) params.append('owners', lab);
  for (const holder of state.holders) params.append('holders', holder);
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
