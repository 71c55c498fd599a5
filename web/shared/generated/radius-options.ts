export type RadiusOptionName = 'maxHops' | 'transferLikelihood' | 'minDegree';

/** An option of a radius: its name in the API, its parameter in an address, its range, what people call it, and how a form shows it. */
export interface RadiusOption {
  readonly name: RadiusOptionName;
  readonly url: string;
  readonly isWhole: boolean;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** A valid value, in words. */
  readonly expected: string;
  readonly words: string;
  readonly edited: string;
  /** A percentage is typed where `isPercent`. */
  readonly form: { readonly label: string; readonly note: string; readonly isPercent: boolean };
}

/** The options of a radius, in the order of the server's table. */
export const RADIUS_OPTIONS: readonly RadiusOption[] = [{"name":"maxHops","url":"hops","isWhole":true,"min":0,"max":10,"default":3,"expected":"a whole number from 0 to 10","words":"number of hops","edited":"hops","form":{"label":"Hops","note":"Access links to follow. 0 = compromised organizations only.","isPercent":false}},{"name":"transferLikelihood","url":"tl","isWhole":false,"min":0,"max":1,"default":0,"expected":"a number from 0 to 1","words":"transfer likelihood","edited":"transfer likelihood","form":{"label":"Transfer likelihood","note":"Chance that the compromise spreads to recipients.","isPercent":true}},{"name":"minDegree","url":"minDegree","isWhole":false,"min":0,"max":1,"default":0.05,"expected":"a number from 0 to 1","words":"minimum reveal","edited":"minimum reveal","form":{"label":"Minimum reveal","note":"Ignore reveals below this percentage.","isPercent":true}}];

/** The doubts of a question: the parameter of a REST route, the one of an address, and the name in a list of changes. */
export const DOUBT_OPTIONS = {"suspectedOrigins":{"parameter":"suspected","url":"suspected","edited":"suspected organizations"},"hasCore":{"parameter":"hasCore","url":"hasCore","edited":"certainty"}} as const;
