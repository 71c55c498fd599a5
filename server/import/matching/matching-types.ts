/**
 * The shapes of "who is who" in an import: parties of a list, organizations of the store, and the decisions between them.
 *
 * `cleanName` (clean-name.ts) and `matchParties` (match-parties.ts) use them. Nothing here does I/O.
 */

/** A name without what a list glued to it. `name` is empty where the cell names nobody ("n/a", "-", blank). */
export interface CleanName {
  readonly name: string;
  /** The pieces that were cut, as they stood, in their order: footnote marks, addresses, "(optional)". Shown to the user. */
  readonly cut: readonly string[];
}

/** One organization as a list names it: a distinct cell, with whatever else its rows say about that organization. */
export interface Party {
  /** The cell as it stands. It may hold a name, an alias, or the id of a known organization. */
  readonly name: string;
  /** The list's own id; null where the list has none. */
  readonly id: string | null;
  readonly aliases: readonly string[];
  readonly website: string | null;
  readonly taxId: string | null;
  /** Of the first row that names it. */
  readonly file: string;
  readonly line: number;
  readonly rowCount: number;
}

/** An organization of the store, as far as matching reads it. */
export interface KnownOrganization {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly website: string | null;
  readonly taxId: string | null;
  /** Ids of organizations merged into this one. A row that says one keeps it, so that the same list again changes nothing. */
  readonly mergedIds?: readonly string[];
}

/** How near a candidate is. Only SAME is ever accepted by one click or by `--merge-exact`. */
export type MatchGrade = 'SAME' | 'RELATED' | 'HINT';

/**
 * UNDECIDED and NEW both import the party as an organization of its own.
 * MERGE takes the target's id; ALIAS does too, and keeps the name as an alias; LEAVE_OUT skips the party's rows.
 */
export const matchDecisions = ['UNDECIDED', 'MERGE', 'ALIAS', 'NEW', 'LEAVE_OUT'] as const;
export type MatchDecision = (typeof matchDecisions)[number];

/** One decision, as the mapping document of a source keeps it: plain JSON. */
export interface PartyDecision {
  /** `MatchedOrganization.key`: the list's own id where it has one, else the clean name. */
  readonly party: string;
  readonly decision: MatchDecision;
  /** The id of the organization that the party is, for MERGE and ALIAS; else null. */
  readonly target: string | null;
}

export interface MatchSettings {
  /** Of this source, remembered or of this import; of two about one party, the last counts. */
  readonly decisions: readonly PartyDecision[];
  /** `--merge-exact`: an undecided party with a target on offer is taken for it, its name kept as an alias. */
  readonly acceptsSame: boolean;
}

export interface MatchCandidate {
  readonly id: string;
  readonly name: string;
  /** False: elsewhere in the files. */
  readonly isStored: boolean;
  readonly grade: MatchGrade;
  /** In (0, 1]; orders candidates of one grade. */
  readonly score: number;
  /** Sentences without a subject, such as "same name but for legal form". */
  readonly evidence: readonly string[];
}

/** A party that may be known under another id or name. */
export interface PartyMatch {
  /** The party's `key`. Stable between two analyses of a draft and between editions. */
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly rowCount: number;
  /** By grade, then score descending, then id; at most 10. */
  readonly candidates: readonly MatchCandidate[];
  readonly decision: MatchDecision;
  /** The organization that `decision` names; without a decision, the offered candidate, which is always graded SAME. */
  readonly target: string | null;
  /** The name is that of several known organizations: nobody can tell which is meant until a person says so. */
  readonly isAmbiguous: boolean;
}

/** An organization that the files name, after all decisions. */
export interface MatchedOrganization {
  /** The party's name in decisions: the list's own id if there is one, else the clean name. */
  readonly key: string;
  /** The id that rows carry. Of a new organization without a list's id: its clean name. */
  readonly id: string;
  readonly name: string;
  /** Spellings to keep as aliases: other names of the files that mean this organization (decision ALIAS). By code point. */
  readonly newAliases: readonly string[];
  /** Not in the store yet. */
  readonly isNew: boolean;
}

export interface Matching {
  /** Parallel to the parties: the organization of each; null where the party names nobody or is left out. */
  readonly organizationOf: readonly (MatchedOrganization | null)[];
  /** Parallel to the parties: the name without what was cut. */
  readonly cleaned: readonly CleanName[];
  /** Every organization that the files name, once, by id. */
  readonly organizations: readonly MatchedOrganization[];
  /** Those with a candidate, by file, then line, then name. */
  readonly matches: readonly PartyMatch[];
  /** How many of `organizations` are new: "411 providers are new: create them?" */
  readonly newCount: number;
}
