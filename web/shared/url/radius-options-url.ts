import type { BlastRadiusInput } from '../generated/operations.ts';
import { DOUBT_OPTIONS, RADIUS_OPTIONS, type RadiusOption, type RadiusOptionName } from '../generated/radius-options.ts';
import { readNumber, readWord, type TimeWindow, writeValue } from './params.ts';

/** The options of a radius in an address. Null: not stated, so that the incident's own or the server's default holds. */
export type RadiusOptionValues = { readonly [name in RadiusOptionName]: number | null };

/** An object with one value for each option. */
export function mapRadiusOptions<T>(toValue: (option: RadiusOption) => T): Record<RadiusOptionName, T> {
  return Object.fromEntries(RADIUS_OPTIONS.map((option) => [option.name, toValue(option)])) as Record<RadiusOptionName, T>;
}

/** The server's options where neither the address nor an incident states them. */
export const RADIUS_DEFAULTS: Readonly<Record<RadiusOptionName, number>> = mapRadiusOptions((option) => option.default);

export const NO_RADIUS_OPTIONS: RadiusOptionValues = mapRadiusOptions(() => null);

/** The value of an option in an address; null if absent or not as expected. */
export function readRadiusOption(params: URLSearchParams, { url, min, max, isWhole }: RadiusOption): number | null {
  const value = readNumber(params, url, min, max);
  return value === null || (isWhole && !Number.isInteger(value)) ? null : value;
}

export function readRadiusOptions(params: URLSearchParams): RadiusOptionValues {
  return mapRadiusOptions((option) => readRadiusOption(params, option));
}

export function writeRadiusOptions(params: URLSearchParams, values: RadiusOptionValues): void {
  for (const { name, url } of RADIUS_OPTIONS) writeValue(params, url, values[name]);
}

/** The stated options as the API takes them; null if there are none. */
export function statedRadiusOptions(values: RadiusOptionValues): { readonly [name in RadiusOptionName]?: number } | null {
  const stated = RADIUS_OPTIONS.flatMap(({ name }) => (values[name] === null ? [] : [[name, values[name]] as const]));
  return stated.length === 0 ? null : Object.fromEntries(stated);
}

/** An organization that may have been compromised, with the chance that it was, in (0, 1]. */
export interface Suspect {
  readonly id: string;
  readonly likelihood: number;
}

/** What is not certain of a question, as an address states it (semantics §13.4). Null: not stated, so that the incident's own holds. */
export interface StatedDoubts {
  readonly suspects: readonly Suspect[] | null;
  readonly hasCore: boolean | null;
}

export const NO_DOUBTS: StatedDoubts = { suspects: null, hasCore: null };

export function readDoubts(params: URLSearchParams): StatedDoubts {
  const { suspectedOrigins, hasCore } = DOUBT_OPTIONS;
  const suspects = new Map<string, Suspect>();
  const texts = params.getAll(suspectedOrigins.url);
  for (const text of texts) {
    const suspect = readSuspect(text);
    // Of two values for one organization the larger counts, as the server reads them.
    if (suspect !== null && suspect.likelihood >= (suspects.get(suspect.id)?.likelihood ?? 0)) suspects.set(suspect.id, suspect);
  }
  const word = readWord(params, hasCore.url, ['true', 'false'] as const);
  // An empty value states that there is none.
  const isStated = suspects.size > 0 || texts.includes('');
  return { suspects: isStated ? [...suspects.values()] : null, hasCore: word === null ? null : word === 'true' };
}

export function writeDoubts(params: URLSearchParams, { suspects, hasCore }: StatedDoubts): void {
  if (suspects?.length === 0) params.set(DOUBT_OPTIONS.suspectedOrigins.url, '');
  for (const suspect of suspects ?? []) params.append(DOUBT_OPTIONS.suspectedOrigins.url, writeSuspect(suspect));
  writeValue(params, DOUBT_OPTIONS.hasCore.url, hasCore === null ? null : String(hasCore));
}

/** `id`, or `id:0.4`. A `\` escapes each `:`, `;` and `\` in the id, as on the command line and in a REST route. */
export function writeSuspect({ id, likelihood }: Suspect): string {
  const escaped = id.replace(/[:;\\]/g, '\\$&');
  return likelihood === 1 ? escaped : `${escaped}:${likelihood}`;
}

/** Null if the text is malformed. */
export function readSuspect(text: string): Suspect | null {
  const found = /^((?:[^\\:;]|\\[\\:;])+)(?::(\d+(?:\.\d+)?(?:e-?\d+)?))?$/iu.exec(text);
  const likelihood = Number(found?.[2] ?? 1);
  if (found === null || !(likelihood > 0 && likelihood <= 1)) return null;
  return { id: (found[1] as string).replace(/\\([\\:;])/g, '$1'), likelihood };
}

/** The windows and options as parameters of a REST route; those that are not stated are left out. */
export function restSettings(
  state: RadiusOptionValues & { readonly core: TimeWindow | null; readonly widest: TimeWindow | null },
): (readonly [name: string, value: string])[] {
  const { core, widest } = state;
  const all = { coreFrom: core?.from, coreTo: core?.to, widestFrom: widest?.from, widestTo: widest?.to, ...pickRadiusOptions(state) };
  return Object.entries(all).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, String(value)] as const]));
}

/** The options alone, of an object that has more fields. */
export function pickRadiusOptions<T>(from: { readonly [name in RadiusOptionName]: T }): Record<RadiusOptionName, T> {
  return mapRadiusOptions(({ name }) => from[name]);
}

/** What a radius is asked for. Null: the incident's own, else the server's default. */
export interface RadiusQuestion extends RadiusOptionValues, StatedDoubts {
  readonly origins: readonly string[];
  readonly incident: string | null;
  readonly core: TimeWindow | null;
  readonly widest: TimeWindow | null;
  readonly knownAt: string | null;
}

/** The server's input for a question; null if it names nobody. Absent fields take the incident's value, else the server's default. */
export function inputOf(question: RadiusQuestion): BlastRadiusInput | null {
  if (isNobodyNamed(question)) return null;
  const { origins, suspects, hasCore, incident, core, widest, knownAt } = question;
  const options = statedRadiusOptions(question);
  return {
    ...(incident === null ? {} : { incident }),
    ...(origins.length === 0 ? {} : { origins: [...origins] }),
    ...(suspects === null ? {} : { suspectedOrigins: suspects.map(({ id, likelihood }) => ({ organization: id, likelihood })) }),
    ...(hasCore === null ? {} : { hasCore }),
    ...(core === null ? {} : { core }),
    ...(widest === null ? {} : { widest }),
    ...(knownAt === null ? {} : { knownAt }),
    ...(options === null ? {} : { options }),
  };
}

/** Whether the question names no organization and no incident. */
export function isNobodyNamed({ origins, suspects, incident }: RadiusQuestion): boolean {
  return origins.length === 0 && (suspects ?? []).length === 0 && incident === null;
}

/** Whether the question names organizations and no time. The page then asks for one before it answers. */
export function isTimeOpen(question: RadiusQuestion): boolean {
  const { incident, core, widest } = question;
  return !isNobodyNamed(question) && incident === null && core === null && widest === null;
}
