import type { BlastRadiusInput } from '../generated/operations.ts';
import { DOUBT_OPTIONS, RADIUS_OPTIONS, type RadiusOption, type RadiusOptionName } from '../generated/radius-options.ts';
import { type Advice, type IdMap, inRest, number, type Parameter, statedList, timeWindow, value } from './address-table.ts';
import { readWindow, type TimeWindow } from './params.ts';

/** The options of a radius in an address. Null: not stated, so that the incident's own or the server's default holds. */
export type RadiusOptionValues = { readonly [name in RadiusOptionName]: number | null };

/** An object with one value for each option. */
export function mapRadiusOptions<T>(toValue: (option: RadiusOption) => T): Record<RadiusOptionName, T> {
  return Object.fromEntries(RADIUS_OPTIONS.map((option) => [option.name, toValue(option)])) as Record<RadiusOptionName, T>;
}

/** The server's options where neither the address nor an incident states them. */
export const RADIUS_DEFAULTS: Readonly<Record<RadiusOptionName, number>> = mapRadiusOptions((option) => option.default);

export const NO_RADIUS_OPTIONS: RadiusOptionValues = mapRadiusOptions(() => null);

const orIncident =
  (otherwise: string): Advice['instead'] =>
  (params) =>
    params.has('incident') || params.has('overlay') ? 'The incident’s own is used instead.' : otherwise;

/** The options as parameters of an address. */
export const OPTIONS = mapRadiusOptions(
  ({ name, url, min, max, isWhole, words, expected, default: otherwise }): Parameter<number | null> =>
    inRest(number(url, min, max, { words: `The ${words}`, expected, instead: orIncident(`${otherwise} is used instead.`) }, isWhole), name),
);

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

/** The doubts of a question, as an address states them (semantics §13.4). Null: not stated, so that the incident's own hold. */
export interface StatedDoubts {
  readonly suspects: readonly Suspect[] | null;
  readonly hasCore: boolean | null;
}

export const NO_DOUBTS: StatedDoubts = { suspects: null, hasCore: null };

const suspected = {
  read: readSuspect,
  write: writeSuspect,
  mapIds: (suspect: Suspect, map: IdMap) => {
    const id = map(suspect.id, 'organization');
    return id === null ? null : { ...suspect, id };
  },
};

/** Of two values for one organization the larger counts, as the server reads them. */
function uniteSuspects(all: readonly Suspect[]): readonly Suspect[] {
  const byId = new Map<string, Suspect>();
  for (const suspect of all) if (suspect.likelihood >= (byId.get(suspect.id)?.likelihood ?? 0)) byId.set(suspect.id, suspect);
  return [...byId.values()];
}

const statedSuspects = statedList<Suspect>(DOUBT_OPTIONS.suspectedOrigins.url, suspected, {
  words: 'The suspected organization',
  expected: 'an id, or an id and a likelihood, such as harrowell:0.4',
  instead: () => 'It is left out.',
});

/** The doubts, as parameters of an address. */
export const DOUBTS = {
  suspects: {
    ...statedSuspects,
    read: (params) => {
      const all = statedSuspects.read(params);
      return all === null ? null : uniteSuspects(all);
    },
    mapIds: (all, map, state) => {
      const mapped = statedSuspects.mapIds?.(all, map, state) ?? null;
      return mapped === null ? null : uniteSuspects(mapped);
    },
    writeRest: statedSuspects.write,
  } satisfies Parameter<readonly Suspect[] | null>,
  hasCore: inRest(
    value<boolean>(
      DOUBT_OPTIONS.hasCore.url,
      { read: (text) => (text === 'true' ? true : text === 'false' ? false : null) },
      { words: 'Whether there is a core window', expected: 'true or false', instead: orIncident('true is used instead.') },
    ),
    DOUBT_OPTIONS.hasCore.parameter,
  ),
};

/** Each window defaults to the other (semantics §3). */
const orOther =
  (name: string, words: string): Advice['instead'] =>
  (params) =>
    orIncident(readWindow(params.get(name) ?? '') === null ? 'It is left out.' : `The ${words} window is used instead.`)(params);

function questionWindow(name: 'core' | 'widest', other: 'core' | 'widest'): Parameter<TimeWindow | null> {
  return {
    ...timeWindow(name, `The ${name} window`, orOther(other, other)),
    writeRest: (params, window) => {
      if (window === null) return;
      params.set(`${name}From`, window.from);
      params.set(`${name}To`, window.to);
    },
  };
}

/** The windows of a question, as parameters of an address. */
export const WINDOWS = {
  core: questionWindow('core', 'widest'),
  widest: questionWindow('widest', 'core'),
};

/** `id`, or `id:0.4`. A `\` escapes each `:`, `;` and `\` in the id, as on the command line and in a REST route. */
export function writeSuspect({ id, likelihood }: Suspect): string {
  const escaped = id.replace(/[:;\\]/g, '\\$&');
  return likelihood === 1 ? escaped : `${escaped}:${likelihood}`;
}

/** Null if the text is malformed. */
export function readSuspect(text: string): Suspect | null {
  const found = /^((?:[^\\:]|\\[\\:;])+)(?::(\d+(?:\.\d+)?(?:e-?\d+)?))?$/iu.exec(text);
  const likelihood = Number(found?.[2] ?? 1);
  if (found === null || !(likelihood > 0 && likelihood <= 1)) return null;
  return { id: (found[1] as string).replace(/\\([\\:;])/g, '$1'), likelihood };
}

/** The options alone, of an object that has more fields. */
export function pickRadiusOptions<T>(from: { readonly [name in RadiusOptionName]: T }): Record<RadiusOptionName, T> {
  return mapRadiusOptions(({ name }) => from[name]);
}

/** The question of a radius. Null: the incident's own, else the server's default. */
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
