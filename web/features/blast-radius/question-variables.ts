import type { BlastRadiusInput, BlastRadiusQueryVariables, WindowInput } from '../../shared/generated/operations.ts';
import type { BlastState } from '../../shared/url/blast-radius-url.ts';

/** Steps of the time line: about one for each three pixels of the widest page. */
const TIMELINE_BUCKETS = 240;

/** What the address asks, as the server's input; null where nobody is chosen. What is not said is left to the server, or to the incident. */
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

export function questionOf(state: BlastState, text: string): BlastRadiusQueryVariables | null {
  const input = inputOf(state);
  if (input === null) return null;
  return {
    input,
    tiers: state.tiers.length === 0 ? null : [...state.tiers],
    owners: state.labs.length === 0 ? null : [...state.labs],
    text: text.trim() === '' ? null : text.trim(),
    orderBy: state.sort,
    buckets: TIMELINE_BUCKETS,
  };
}

/** The same rows as CSV: the route's parameters (interface, HTTP). */
export function csvHref(state: BlastState, text: string): string {
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
  set('text', text.trim());
  set('orderBy', state.sort);
  return `/api/blast-radius.csv?${params}`;
}

/** An answered window as one that can be asked: of an answer only what the input knows. */
export function windowInput(window: { readonly from: string; readonly to: string }): WindowInput {
  return { from: window.from, to: window.to };
}
