/** The findings of people about artifacts in one incident. An assessment never changes a tier or a figure. */
export const assessmentStates = ['UNDER_INVESTIGATION', 'CONFIRMED', 'NOT_DISCLOSED', 'REMEDIATED'] as const;
export type AssessmentState = (typeof assessmentStates)[number];

/** One statement about some artifacts. A later statement about an artifact takes the place of an earlier one. */
export interface Assessment {
  /** Ids of artifacts. */
  readonly artifacts: readonly string[];
  readonly state: AssessmentState;
  readonly reason: string | null;
  /** A document or an address with the evidence. */
  readonly evidence: string | null;
  readonly by: string;
  readonly at: number;
}

/** The most artifacts that one statement may name. */
export const maxAssessed = 10_000;

/** The latest statement about each artifact, by id. */
export function latestAssessments(assessments: readonly Assessment[]): ReadonlyMap<string, Assessment> {
  return new Map(assessments.flatMap((assessment) => assessment.artifacts.map((artifact) => [artifact, assessment])));
}
