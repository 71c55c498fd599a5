/** A person's decision to accept a finding (semantics §9). Stored as JSON in the collection `acceptance`, under the finding's id. */
export interface Acceptance {
  readonly reason: string;
  readonly by: string;
  readonly at: number;
  /** When the acceptance expires; null: never. */
  readonly until: number | null;
}

/** Parses an acceptance that this program wrote. */
export function parseAcceptance(json: string): Acceptance {
  return JSON.parse(json) as Acceptance;
}
