import type { advisoryKinds, SoftwareGrade } from '../facts.ts';

/**
 * The advisory and the grades that an incident was proposed from, as they stood when it was saved (semantics §13.4). They are stored with the incident,
 * so that a later record or list changes none of them. Ids of organizations are as stated then. Instants are epoch milliseconds.
 */
export interface KeptProposal {
  readonly advisory: KeptAdvisory;
  /** Of the facts that the grades followed from. */
  readonly revision: number;
  readonly treatAsCompromise: boolean;
  /** Every claim that counted: the recorded ones, then those of the proposal alone. */
  readonly availabilities: readonly KeptClaim[];
  /** How many of the claims, from the end, were of the proposal alone. */
  readonly statedCount: number;
  /** By grade, then organization. */
  readonly matches: readonly KeptMatch[];
}

/** The advisory as its records described it. */
export interface KeptAdvisory {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly kind: (typeof advisoryKinds)[number];
  readonly summary: string | null;
  readonly affected: readonly { readonly package: string; readonly versions: readonly string[]; readonly ranges: readonly string[] }[];
  readonly knownBy: number | null;
  readonly withdrawnAt: number | null;
  readonly references: readonly string[];
}

export interface KeptClaim {
  readonly package: string;
  readonly versions: readonly string[];
  readonly from: number | null;
  readonly until: number | null;
  readonly source: string;
}

export interface KeptMatch {
  readonly organization: string;
  readonly grade: SoftwareGrade;
  readonly because: string;
}
