import type { OracleWindow } from './custody.ts';

/** The question of a radius, with ids (§3, §4). */
export interface Question {
  readonly origins: readonly string[];
  readonly core: OracleWindow;
  readonly widest: OracleWindow;
  readonly scopes: readonly QuestionScope[];
  readonly maxHops: number;
  readonly transferLikelihood: number;
  readonly minDegree: number;
}

export interface QuestionScope {
  readonly origin: string;
  readonly artifacts: readonly string[];
  readonly engagements: readonly string[];
  readonly channels: readonly string[];
}
