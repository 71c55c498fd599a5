import type { BlastRadiusInput, BlastRadiusQueryVariables, WindowInput } from '../../shared/generated/operations.ts';
import { restQuery } from '../../shared/url/address-table.ts';
import { BLAST, type BlastState, countFilters, stepUsd } from '../../shared/url/blast-radius-url.ts';
import { inputOf } from '../../shared/url/radius-options-url.ts';
import { exportHref } from '../../shared/url/shared-parameters.ts';

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
  return { input, ...rowFilters(state, text), orderBy: state.sort, buckets: TIMELINE_BUCKETS };
}

/** The filters of the list's rows, as the server takes them. */
export function rowFilters(state: BlastState, text: string) {
  return {
    tiers: state.tiers.length === 0 ? null : [...state.tiers],
    owners: state.labs.length === 0 ? null : [...state.labs],
    holders: state.holders.length === 0 ? null : [...state.holders],
    ...restFilters(state),
    text: text.trim() === '' ? null : text.trim(),
  };
}

/** Whether the list leaves out rows of the radius. */
export function isFilteredBy(state: BlastState, text: string): boolean {
  return countFilters(state) > 0 || text.trim() !== '';
}

/**
 * The state whose filters leave the rows of the focus: those of a lab, or those held at a holder, in place of other filters by holder.
 *
 * @param reached tells holders from labs; null: not known yet
 * @returns null without a focus
 */
export function focusedState(state: BlastState, reached: { readonly edges: readonly ReachedEdge[] } | null): BlastState | null {
  const { focus } = state;
  if (focus === null || reached === null) return null;
  const isHolder = reached.edges.some(({ node }) => node.organization.id === focus);
  return { ...state, [isHolder ? 'holders' : 'labs']: [focus] };
}

interface ReachedEdge {
  readonly node: { readonly organization: { readonly id: string } };
}

/** The filters by what artifacts and copies are like; none where none is set. */
export function restFilters({ types, minSensitivity, sensitivities, worstCaseSteps, countries, channels }: BlastState) {
  return {
    ...(types.length === 0 ? {} : { types: [...types] }),
    ...(minSensitivity === null ? {} : { minSensitivity }),
    ...(sensitivities.length === 0 ? {} : { sensitivities: [...sensitivities] }),
    ...(worstCaseSteps.length === 0 ? {} : { worstCaseSteps: worstCaseSteps.map(stepUsd) }),
    ...(countries.length === 0 ? {} : { countries: [...countries] }),
    ...(channels.length === 0 ? {} : { channels: [...channels] }),
  };
}

/** The URL of the same rows as a file. */
export function listHref(state: BlastState, text: string, extension: 'csv' | 'json'): string {
  return exportHref(`/api/blast-radius.${extension}${restQuery(BLAST, state, undefined, text.trim() === '' ? {} : { text: text.trim() })}`);
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
