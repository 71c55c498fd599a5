/**
 * The types for matching names in an import: parties of a list, organizations of the store, and the decisions between them.
 *
 * `cleanName` (clean-name.ts) and `matchParties` (match-parties.ts) use them. Nothing here does I/O.
 */

/** A name without the additions of a list. `name` is empty if the cell names no organization ("n/a", "-", blank). */
export interface CleanName {
  readonly name: string;
  /** The cut pieces, unchanged and in their order: footnote marks, addresses, "(optional)". Shown to the user. */
  readonly cut: readonly string[];
}

/** One organization as a list names it: a distinct cell, with the other details of the organization in its rows. */
export interface Party {
  /** The unchanged cell. It may hold a name, an alias, or the id of a known organization. */
  readonly name: string;
  /** The list's own id; null if the list has none. */
  readonly id: string | null;
  /** The id that tells the rows of its file apart, also where the name alone names the party. Absent: none. */
  readonly listId?: string | null;
  readonly aliases: readonly string[];
  readonly website: string | null;
  readonly taxId: string | null;
  /** Its other numbers at authorities: a registration number beside a tax number. Absent: none. */
  readonly otherTaxIds?: readonly string[];
  /** Absent or null: none. */
  readonly lei?: string | null;
  /** Its code in a DORA register: an LEI, or the id of a known organization. Absent or null: none. */
  readonly code?: string | null;
  /** The file of the first row that names the party. */
  readonly file: string;
  readonly line: number;
  readonly rowCount: number;
}

/** The details of a stored organization that matching reads. */
export interface KnownOrganization {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly website: string | null;
  readonly taxId: string | null;
  /** Its other numbers at authorities: a registration number beside a tax number. Absent: none. */
  readonly otherTaxIds?: readonly string[];
  /** Absent or null: none. */
  readonly lei?: string | null;
  /** Its code in a DORA register: an LEI where a text states one. Absent: its id. */
  readonly code?: string;
  /** Ids of organizations merged into this one. A row with such an id keeps it, so that a repeated import of the list changes nothing. */
  readonly mergedIds?: readonly string[];
}

/** The likeness of a candidate. Only SAME is ever accepted by one click or by `--merge-exact`, and only if it is exact. */
export type MatchGrade = 'SAME' | 'RELATED' | 'HINT';

/**
 * UNDECIDED and NEW both import the party as an organization of its own.
 * MERGE takes the target's id; ALIAS does too, and keeps the name as an alias; LEAVE_OUT skips the party's rows.
 */
export const matchDecisions = ['UNDECIDED', 'MERGE', 'ALIAS', 'NEW', 'LEAVE_OUT'] as const;
export type MatchDecision = (typeof matchDecisions)[number];

/** One decision, as the mapping document of a source keeps it: plain JSON. */
export interface PartyDecision {
  /** `MatchedOrganization.key`: the list's own id if it has one, else the clean name. */
  readonly party: string;
  readonly decision: MatchDecision;
  /** The id of the organization that the party is, for MERGE and ALIAS; else null. */
  readonly target: string | null;
}

export interface MatchSettings {
  /** Decisions of this source, from memory or from this import. The last decision about a party counts. */
  readonly decisions: readonly PartyDecision[];
  /** `--merge-exact`: an undecided party with an offered target is merged into it and keeps its name as an alias. */
  readonly acceptsSame: boolean;
  /** Pairs that are never candidates, and that nothing joins but a decision about one of them. */
  readonly apart?: readonly ApartPair[];
}

export interface MatchCandidate {
  readonly id: string;
  readonly name: string;
  /** Whether the candidate is in the store; otherwise it is in the files. */
  readonly isStored: boolean;
  readonly grade: MatchGrade;
  /** In (0, 1]; orders candidates of one grade. */
  readonly score: number;
  /** Sentences without a subject, such as "same name but for legal form". */
  readonly evidence: readonly string[];
  /** Whether nothing speaks against it: the names are equal but for spelling, no two legal forms, no two ids of one list. */
  readonly isExact?: boolean;
}

/** Two organizations of which a person said that they are not the same, each by its key or id. */
export type ApartPair = readonly [string, string];

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
  /** Whether several known organizations have this name, so that a person must decide. */
  readonly isAmbiguous: boolean;
}

/** An organization that the files name, after all decisions. */
export interface MatchedOrganization {
  /** The party's name in decisions: the list's own id if there is one, else the clean name. */
  readonly key: string;
  /** The id in the imported rows: the clean name for a new organization without a list's id. */
  readonly id: string;
  readonly name: string;
  /** Spellings to keep as aliases: other names of the files that mean this organization (decision ALIAS). By code point. */
  readonly newAliases: readonly string[];
  /** Whether the organization is not in the store yet. */
  readonly isNew: boolean;
}

export interface Matching {
  /** Parallel to the parties: the organization of each; null if the party names no organization or is left out. */
  readonly organizationOf: readonly (MatchedOrganization | null)[];
  /** Parallel to the parties: the name without the cut pieces. */
  readonly cleaned: readonly CleanName[];
  /** Every organization that the files name, once, by id. */
  readonly organizations: readonly MatchedOrganization[];
  /** The parties with a candidate, by file, then line, then name. */
  readonly matches: readonly PartyMatch[];
  /** How many of `organizations` are new: "411 providers are new: create them?" */
  readonly newCount: number;
}
