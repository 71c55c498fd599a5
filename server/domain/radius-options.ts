/**
 * The options of a radius: how far compromise spreads, and which reveals count (semantics §3, §4).
 *
 * These tables are the only place that names an option, its default and its range. GraphQL, REST, `incidents.csv`, the command line, the
 * incident, its history, and the page's addresses and forms follow from it; a test compares `schema.graphql` with it.
 */

export interface RadiusOptions {
  /** Most steps of spread; 0: the origins only. */
  readonly maxHops: number;
  /** The probability that compromise spreads along a transfer to its recipient. */
  readonly transferLikelihood: number;
  /** The smallest product of degrees at which a chain of reveals counts. */
  readonly minDegree: number;
}

/** Options that a question or a saved incident states. Null and absent both mean "not stated". */
export type StatedRadiusOptions = { readonly [name in keyof RadiusOptions]?: number | null | undefined };

export interface RadiusOption {
  /** The name in GraphQL and in the query string of a REST route. */
  readonly name: keyof RadiusOptions;
  /** The parameter in an address of the page. */
  readonly url: string;
  /** The column of `incidents.csv`. */
  readonly column: string;
  /** The flag of the command line, as commander takes it. */
  readonly flag: string;
  readonly isWhole: boolean;
  /** The smallest and the largest value. */
  readonly from: number;
  readonly to: number;
  readonly default: number;
  /** The meaning, as `describeRadiusOption` puts it together with the range and the remark. */
  readonly sentence: string;
  readonly remark?: string;
  /** The option's name in the history of an incident. */
  readonly noun: string;
  /** The option's name inside a sentence of the page. */
  readonly words: string;
  /** The option's name in the page's list of changed fields. */
  readonly edited: string;
  /** The control of the page's forms. A fraction is typed in percent. */
  readonly form: { readonly label: string; readonly note: string; readonly isPercent: boolean };
}

export const radiusOptions: readonly RadiusOption[] = [
  {
    name: 'maxHops',
    url: 'hops',
    column: 'max_hops',
    flag: '--max-hops <n>',
    isWhole: true,
    from: 0,
    to: 10,
    default: 3,
    sentence: 'Most steps of spread',
    remark: '0: the origins only',
    noun: 'Most hops',
    words: 'number of hops',
    edited: 'hops',
    form: { label: 'Hops', note: 'Access links to follow. 0 = compromised organizations only.', isPercent: false },
  },
  {
    name: 'transferLikelihood',
    url: 'tl',
    column: 'transfer_likelihood',
    flag: '--transfer-likelihood <p>',
    isWhole: false,
    from: 0,
    to: 1,
    default: 0,
    sentence: 'Chance that compromise passes along a transfer to its recipient',
    noun: 'Chance along transfers',
    words: 'transfer likelihood',
    edited: 'transfer likelihood',
    form: { label: 'Transfer likelihood', note: 'Chance that the compromise spreads to recipients.', isPercent: true },
  },
  {
    name: 'minDegree',
    url: 'minDegree',
    column: 'min_degree',
    flag: '--min-degree <d>',
    isWhole: false,
    from: 0,
    to: 1,
    default: 0.05,
    sentence: 'Least product of degrees by which a reveal counts',
    noun: 'Least degree',
    words: 'minimum reveal',
    edited: 'minimum reveal',
    form: { label: 'Minimum reveal', note: 'Ignore reveals below this percentage.', isPercent: true },
  },
];

/** How a question states what is not certain of its origins (semantics §13.4). Its values are no numbers, so it has no range. */
interface DoubtOption {
  /** The parameter of a REST route, the one of the page's addresses, the column of `incidents.csv`, and the flag of the command line. */
  readonly parameter: string;
  readonly url: string;
  readonly column: string;
  readonly flag: string;
  /** The help of the flag. */
  readonly help: string;
  /** The option's name in the page's list of changed fields. */
  readonly edited: string;
}

export const doubtOptions = {
  suspectedOrigins: {
    parameter: 'suspected',
    url: 'suspected',
    column: 'suspected_origins',
    flag: '--suspected <org:p...>',
    help: 'organizations that may have been compromised, each with its likelihood after a colon, above 0, at most 1 (default: 1)',
    edited: 'suspected organizations',
  },
  hasCore: {
    parameter: 'hasCore',
    url: 'hasCore',
    column: 'has_core',
    flag: '--no-core',
    help: 'no instant of the compromise is certain, so nothing is exposed for certain',
    edited: 'certainty',
  },
} as const satisfies Readonly<Record<string, DoubtOption>>;

/** An object with one value for each option. */
export function mapRadiusOptions<T>(toValue: (option: RadiusOption) => T): Record<keyof RadiusOptions, T> {
  return Object.fromEntries(radiusOptions.map((option) => [option.name, toValue(option)])) as Record<keyof RadiusOptions, T>;
}

export const radiusDefaults: RadiusOptions = mapRadiusOptions((option) => option.default);

/** The options of an object that has more fields. */
export function pickRadiusOptions<T>(from: { readonly [name in keyof RadiusOptions]: T }): Record<keyof RadiusOptions, T> {
  return mapRadiusOptions(({ name }) => from[name]);
}

/** Each option is the first one stated, else its default. The values are not checked. */
export function resolveRadiusOptions(...stated: readonly (StatedRadiusOptions | null | undefined)[]): RadiusOptions {
  return mapRadiusOptions((option) => {
    for (const one of stated) {
      const value = one?.[option.name];
      if (value !== null && value !== undefined) return value;
    }
    return option.default;
  });
}

/** The options that are out of range, each with a sentence. A value that is no number is out of range. */
export function findRadiusOptionFaults(options: RadiusOptions): { readonly name: keyof RadiusOptions; readonly message: string }[] {
  return radiusOptions.flatMap(({ name, from, to }) => {
    const value = options[name];
    return value >= from && value <= to ? [] : [{ name, message: `${name} is ${value}; expected ${from} to ${to}.` }];
  });
}

/** `Most steps of spread, 0 to 10; 0: the origins only` */
export function describeRadiusOption({ sentence, from, to, remark }: RadiusOption): string {
  return `${sentence}, ${from} to ${to}${remark === undefined ? '' : `; ${remark}`}`;
}

/** `a whole number from 0 to 10`: what a text in an address must be. */
export function describeExpected({ isWhole, from, to }: RadiusOption): string {
  return `a ${isWhole ? 'whole ' : ''}number from ${from} to ${to}`;
}

/**
 * Suspected origins (semantics §13.4): organizations that may have been compromised. This file has their form in a question, in an
 * incident, and as text in `incidents.csv`, in addresses and on the command line.
 */

export interface SuspectedOrigin<Id = string> {
  readonly organization: Id;
  /** The chance that it was compromised, in (0, 1]. */
  readonly likelihood: number;
}

/** A suspected origin as stated. Without a likelihood, it has the default. */
export interface StatedSuspect<Id = string> {
  readonly organization: Id;
  readonly likelihood?: number | null | undefined;
}

const defaultLikelihood = 1;

/**
 * One entry for each suspected organization that is no origin, in the order of their first mention: the larger likelihood counts.
 *
 * @param origins the organizations that are origins
 */
export function joinSuspected<Id>(suspected: readonly StatedSuspect<Id>[], origins: Iterable<Id>): SuspectedOrigin<Id>[] {
  const isOrigin = new Set(origins);
  const joined = new Map<Id, number>();
  for (const { organization, likelihood } of suspected) {
    if (!isOrigin.has(organization)) joined.set(organization, Math.max(likelihood ?? defaultLikelihood, joined.get(organization) ?? 0));
  }
  return [...joined].map(([organization, likelihood]) => ({ organization, likelihood }));
}

/** The fault of the likelihood of a suspected origin; undefined: none. */
export function findLikelihoodFault({ organization, likelihood }: StatedSuspect): string | undefined {
  const value = likelihood ?? defaultLikelihood;
  if (value > 0 && value <= 1) return undefined;
  return `The likelihood of the suspected origin "${organization.slice(0, 80)}" is ${value}; expected a number above 0, at most 1.`;
}

/** `id`, or `id:likelihood`. A `\` escapes each `:`, `;` and `\` in the id. */
export function formatSuspect({ organization, likelihood }: SuspectedOrigin): string {
  const id = organization.replace(/[:;\\]/g, '\\$&');
  return likelihood === defaultLikelihood ? id : `${id}:${likelihood}`;
}

const decimal = /^\d+(\.\d+)?(e-?\d+)?$/i;

/** The inverse of `formatSuspect`, or a sentence about what is wrong with the text. The likelihood may be out of range. */
export function parseSuspect(text: string): StatedSuspect | string {
  let organization = '';
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] as string;
    if (letter === ':') {
      const number = text.slice(i + 1);
      if (decimal.test(number)) return { organization, likelihood: Number(number) };
      return `The suspected origin "${text.slice(0, 80)}" has "${number.slice(0, 80)}" after the colon; expected a likelihood, such as 0.4. Write a colon in an id as "\\:".`;
    }
    if (letter !== '\\') organization += letter;
    else {
      const escaped = text[++i];
      if (escaped !== ':' && escaped !== ';' && escaped !== '\\')
        return `The suspected origin "${text.slice(0, 80)}" has a "\\" that escapes nothing; write a "\\" in an id as "\\\\".`;
      organization += escaped;
    }
  }
  return { organization };
}

/** The parts of a cell between the `;` that no `\` escapes. Empty parts are left out. */
export function splitSuspects(cell: string): string[] {
  return (cell.match(/(?:\\.|[^;\\]|\\$)+/gsu) ?? []).filter((part) => part !== '');
}
