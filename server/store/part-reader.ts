import type { RecordedFact } from '../domain/assertions.ts';
import type { FactKind } from '../domain/facts.ts';

/**
 * What a store can do that keeps facts as a graph: read the part of them that one question needs, however many there are
 * beside it.
 */
export interface PartReader {
  /**
   * Runs `work` on the facts of one moment, and again where these changed meanwhile; it must change nothing but what it
   * returns. Throws QUERY_TIMEOUT, and STORE_UNAVAILABLE also where facts go on changing for some seconds.
   */
  readPart<T>(work: (part: FactPart) => Promise<T>): Promise<{ readonly revision: number; readonly result: T }>;
}

/** Each method is one round trip, whatever it finds; what is asked for at once shares one. Lists are in no order, without repetition. */
export interface FactPart {
  /** The organizations that can be reached from some in so many steps, these included. */
  readSpread(from: readonly string[], steps: SpreadSteps): Promise<string[]>;

  /** The artifacts of which one of the organizations sent or received a copy. */
  readArtifactsHandled(organizations: readonly string[]): Promise<string[]>;

  /** All transfers of the artifacts, and the engagements that these name. */
  readTransfersOf(artifacts: readonly string[]): Promise<{ readonly transfers: RecordedFact[]; readonly engagements: RecordedFact[] }>;

  /** All reveals whose `artifact` is one of these, or one to which reveals of at least `minDegree` each lead from these. */
  readRevealsFrom(artifacts: readonly string[], minDegree: number): Promise<RecordedFact[]>;

  /** The engagements on all paths, from client to provider, that end at one of the organizations. */
  readEngagementsAbove(organizations: readonly string[]): Promise<RecordedFact[]>;

  /** All facts of a kind that name one of the organizations or artifacts, in any of their fields. */
  readNaming(kind: 'ACCESS' | 'ENGAGEMENT' | 'CONTROL' | 'REVEALS', named: readonly string[]): Promise<RecordedFact[]>;

  /** How many facts there are of each kind. */
  countFacts(): Promise<ReadonlyMap<FactKind, number>>;

  /** The facts with these keys that exist. */
  readFacts(kind: FactKind, keys: readonly string[]): Promise<RecordedFact[]>;
}

/** Over access from grantee to grantor, valid within [from, to] (epoch ms), and, where `alongTransfers`, from sender to recipient of a copy possibly live then. */
export interface SpreadSteps {
  readonly max: number;
  readonly from: number;
  readonly to: number;
  readonly alongTransfers: boolean;
}
