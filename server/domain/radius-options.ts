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
