import type { OracleWindow } from './custody.ts';

/** The question of a radius, with ids (§3, §4). */
export interface Question {
  readonly origins: readonly string[];
  /** May have been compromised (§13.4). May name an organization twice, or an origin. Absent: none. */
  readonly suspected?: readonly QuestionSuspect[];
  /** Absent: true (§13.4). */
  readonly hasCore?: boolean;
  readonly core: OracleWindow;
  readonly widest: OracleWindow;
  readonly scopes: readonly QuestionScope[];
  readonly maxHops: number;
  readonly transferLikelihood: number;
  readonly minDegree: number;
}

export interface QuestionSuspect {
  readonly organization: string;
  readonly likelihood: number;
}

/** The suspected organizations that are no origins, each with the larger of its likelihoods (§13.4). */
export function suspectsOf({ origins, suspected = [] }: Question): ReadonlyMap<string, number> {
  const suspects = new Map<string, number>();
  for (const { organization } of suspected) {
    if (origins.includes(organization)) continue;
    const stated = suspected.filter((other) => other.organization === organization);
    suspects.set(organization, Math.max(...stated.map(({ likelihood }) => likelihood)));
  }
  return suspects;
}

export interface QuestionScope {
  readonly origin: string;
  readonly artifacts: readonly string[];
  readonly engagements: readonly string[];
  readonly channels: readonly string[];
}
