/** Somebody decided to live with a finding (semantics §9): one JSON document of the collection `acceptance`, under the finding's id. */
export interface Acceptance {
  readonly reason: string;
  readonly by: string;
  readonly at: number;
  /** From then on it no longer counts; null: it always does. */
  readonly until: number | null;
}

/** Of a document that this program wrote. */
export function parseAcceptance(json: string): Acceptance {
  return JSON.parse(json) as Acceptance;
}
