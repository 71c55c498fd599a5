import type { RecordedFact } from '../domain/assertions.ts';
import type { FactKind } from '../domain/facts.ts';

/**
 * Reads the part of the facts that one question needs, however many other facts there are. A store that keeps facts as a graph
 * can do this.
 */
export interface PartReader {
  /**
   * Runs `work` on the facts of one snapshot, and again if they changed meanwhile, so `work` must have no side effects. Throws
   * QUERY_TIMEOUT, and STORE_UNAVAILABLE also if the facts keep changing for some seconds.
   */
  readPart<T>(work: (part: FactPart) => Promise<T>): Promise<{ readonly revision: number; readonly result: T }>;
}

/** Each method takes one round trip; calls made at the same time share one. Lists are unordered and without duplicates. */
export interface FactPart {
  /** The organizations reachable from `from` within the steps, themselves included. */
  readSpread(from: readonly string[], steps: SpreadSteps): Promise<string[]>;

  /** The artifacts of which any of the organizations sent or received a copy. */
  readArtifactsHandled(organizations: readonly string[]): Promise<string[]>;

  /** All transfers of the artifacts. */
  readTransfersOf(artifacts: readonly string[]): Promise<RecordedFact[]>;

  /** All reveals from these artifacts, and from every artifact reachable over reveals of at least `minDegree` each. */
  readRevealsFrom(artifacts: readonly string[], minDegree: number): Promise<RecordedFact[]>;

  /** All facts of a kind that name one of these organizations or artifacts in any field. */
  readNaming(kind: 'ACCESS' | 'CONTROL' | 'REVEALS', named: readonly string[]): Promise<RecordedFact[]>;

  /** All access that names software. */
  readSoftware(): Promise<RecordedFact[]>;

  /** The number of facts of each kind. */
  countFacts(): Promise<ReadonlyMap<FactKind, number>>;

  /**
   * The number of facts of each kind with two ends that both are organizations of one group.
   *
   * @param groups disjoint. Each fact has at most one end at the first organization of a group, so this may be the one with most facts
   */
  countWithin(groups: readonly (readonly string[])[]): Promise<ReadonlyMap<FactKind, number>>;

  /** The facts with these keys that exist. */
  readFacts(kind: FactKind, keys: readonly string[]): Promise<RecordedFact[]>;
}

/**
 * Steps of a spread: from grantee to grantor over access that is valid in [from, to] (epoch ms). With `alongTransfers` also from
 * sender to recipient of a copy that is possibly live then.
 */
export interface SpreadSteps {
  readonly max: number;
  readonly from: number;
  readonly to: number;
  readonly alongTransfers: boolean;
}
