import type { advisoryKinds, componentDepths, softwareLifecycles, softwareListFormats, softwareStatementStates } from '../domain/facts.ts';

export { advisoryKinds, componentDepths, softwareLifecycles, softwareListFormats, softwareStatementStates } from '../domain/facts.ts';

/**
 * The facts of software lists and advisories, as plain values (semantics §13.1). Instants are epoch milliseconds. `null`: not known.
 */

/** The parts of an organization's software, as a list states them at one time. */
export interface SoftwareList {
  readonly id: string;
  readonly organization: string;
  /** The subject of the list: its purl without version, else its name, else empty. */
  readonly subject: string;
  readonly subjectVersion: string | null;
  /** Null: the list states no time. It is never guessed. */
  readonly describedAt: number | null;
  readonly lifecycle: (typeof softwareLifecycles)[number];
  /** As the list states it. */
  readonly isComplete: boolean | null;
  readonly format: (typeof softwareListFormats)[number];
  readonly components: readonly SoftwareComponent[];
}

/** A row of a list. */
export interface SoftwareComponent {
  /** The canonical purl without version, qualifiers and subpath. Null: the list states none that is valid. */
  readonly package: string | null;
  readonly name: string;
  readonly version: string | null;
  /** A range that stands in place of a version, such as `>=1.13`. */
  readonly constraint: string | null;
  readonly scope: string | null;
  readonly depth: (typeof componentDepths)[number];
  readonly hashes: readonly string[];
}

/** A record of a poisoned or vulnerable package. */
export interface Advisory {
  /** The MAL- id, else the GHSA- id, else the smallest. */
  readonly id: string;
  readonly aliases: readonly string[];
  readonly kind: (typeof advisoryKinds)[number];
  /** Plain text. */
  readonly summary: string | null;
  readonly affected: readonly AffectedPackage[];
  /** The affected versions existed by then. It is shown and bounds nothing. */
  readonly knownBy: number | null;
  /** Set if every record of the advisory is withdrawn. */
  readonly withdrawnAt: number | null;
  readonly references: readonly string[];
}

export interface AffectedPackage {
  /** Canonical purl without version. */
  readonly package: string;
  readonly versions: readonly string[];
  /** In vers notation, such as `vers:pypi/>=1.0|<2.0`. */
  readonly ranges: readonly string[];
}

/** When affected versions could be installed, as one source says. */
export interface Availability {
  readonly advisory: string;
  readonly package: string;
  /** Empty: every affected version. */
  readonly versions: readonly string[];
  readonly from: number | null;
  readonly until: number | null;
  readonly source: string;
}

/** The statement of an organization about itself and an advisory (VEX). */
export interface SoftwareStatement {
  readonly organization: string;
  readonly advisory: string;
  readonly state: (typeof softwareStatementStates)[number];
  readonly justification: string | null;
  readonly at: number | null;
  readonly source: string;
}
