import type { RecordedFact } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import type { FactKind } from '../../domain/facts.ts';
import { custodyKinds, isCustodyKind } from '../../domain/facts.ts';
import type { Csr } from '../columns/csr.ts';
import { groupByRow } from '../columns/csr.ts';
import { openParts } from '../open-parts.ts';
import type { Part, TransferTable } from '../part.ts';
import type {
  AccessColumns,
  ArtifactColumns,
  ControlColumns,
  EngagementColumns,
  LastingNumbers,
  OrganizationColumns,
  Projection,
  ProjectionMemory,
  RevealsColumns,
} from '../projection.ts';
import { numberInOrder } from '../projection.ts';
import type { Steps } from '../turns.ts';
import { runAtOnce } from '../turns.ts';
import {
  buildAccess,
  buildArtifacts,
  buildControls,
  buildEngagements,
  buildOrganizations,
  buildReveals,
  TransferBuilder,
} from './build-kinds.ts';
import { cutParts } from './cut-parts.ts';
import { PartDeriver } from './derive-part.ts';
import { indexById } from './fill-columns.ts';

/**
 * Builds a projection from facts in any order. Leaves out facts of software.
 *
 * @param partSize as in `cutParts`
 * Complexity: O(F log F) for F facts, to sort them. `ProjectionBuilder` takes the facts of a store, which are already sorted.
 */
export function buildProjection(facts: Iterable<RecordedFact>, revision: number, partSize?: number): Projection {
  const byKind = new Map<FactKind, RecordedFact[]>(custodyKinds.map((kind) => [kind, []]));
  for (const fact of facts) byKind.get(fact.kind)?.push(fact);
  const builder = new ProjectionBuilder();
  for (const kind of custodyKinds) {
    builder.add(
      kind,
      (byKind.get(kind) as RecordedFact[]).sort((a, b) => compareCodePoints(a.key, b.key)),
    );
  }
  return builder.build(revision, partSize);
}

/**
 * Turns facts into columns as a store streams them: kinds in the order of `custodyKinds`, within a kind by key. Most facts are
 * transfers, so these become columns at once and their objects can be collected.
 */
export class ProjectionBuilder {
  readonly #facts = new Map<FactKind, RecordedFact[]>(custodyKinds.map((kind) => [kind, []]));
  readonly #transfers = new TransferBuilder();
  #organizationIndex: Map<string, number> | undefined;
  #artifactIndex: Map<string, number> | undefined;
  #engagementIndex: Map<string, number> | undefined;

  /** Leaves out facts of software. Throws if facts are out of order, because the store broke its contract. */
  add(kind: FactKind, facts: readonly RecordedFact[]): void {
    if (!isCustodyKind(kind)) return;
    if (kind !== 'TRANSFER') {
      const list = this.#facts.get(kind) as RecordedFact[];
      for (const fact of facts) list.push(fact);
      return;
    }
    if (facts.length === 0) return;
    this.#organizationIndex ??= indexById(this.#of('ORGANIZATION'));
    this.#artifactIndex ??= indexById(this.#of('ARTIFACT'));
    this.#engagementIndex ??= indexById(this.#of('ENGAGEMENT'));
    for (const fact of facts) this.#transfers.add(fact, this.#organizationIndex, this.#artifactIndex, this.#engagementIndex);
  }

  build(revision: number, partSize?: number): Projection {
    return runAtOnce(this.steps(revision, partSize));
  }

  /**
   * As `build`, in steps. The longest steps are the order of all transfers, and the custody of the artifact with the most of them.
   *
   * @param partSize as in `cutParts`
   */
  *steps(revision: number, partSize?: number): Steps<Projection> {
    const organizationIndex = this.#organizationIndex ?? indexById(this.#of('ORGANIZATION'));
    const artifactIndex = this.#artifactIndex ?? indexById(this.#of('ARTIFACT'));
    yield;
    const organizations = buildOrganizations(this.#of('ORGANIZATION'));
    yield;
    const artifacts = buildArtifacts(this.#of('ARTIFACT'), organizationIndex);
    yield;
    const engagements = buildEngagements(this.#of('ENGAGEMENT'), organizationIndex);
    yield;
    const access = buildAccess(this.#of('ACCESS'), organizationIndex);
    yield;
    const reveals = buildReveals(this.#of('REVEALS'), artifactIndex);
    const controls = buildControls(this.#of('CONTROL'), organizationIndex);
    yield;
    const facts = { organizations, artifacts, engagements, access, reveals, controls };
    return yield* buildFromTable(revision, facts, this.#transfers.build(), partSize);
  }

  #of(kind: FactKind): RecordedFact[] {
    return this.#facts.get(kind) as RecordedFact[];
  }
}

/**
 * Builds a projection from the common block and all transfers, in order of id. They name other records by indexes.
 *
 * @param partSize as in `cutParts`
 * @param former as in `assembleProjection`
 */
export function* buildFromTable(
  revision: number,
  facts: CommonFacts,
  transfers: TransferTable,
  partSize?: number,
  former?: ProjectionMemory,
): Steps<Projection> {
  const { organizations, artifacts, engagements } = facts;
  // All arrived in order of index, so lasting numbers and indexes are the same.
  const lasting = {
    organizations: numberInOrder(organizations.count),
    artifacts: numberInOrder(artifacts.count),
    engagements: numberInOrder(engagements.count),
  };
  const parts = yield* cutParts(new PartDeriver({ artifacts, lasting }), transfers, { first: 0, end: artifacts.count }, partSize);
  return assembleProjection(revision, facts, lasting, parts, former);
}

/** The facts of the common block as columns, without the rows that follow from them. */
interface CommonFacts {
  readonly organizations: Omit<
    OrganizationColumns,
    | 'artifacts'
    | 'copies'
    | 'sent'
    | 'received'
    | 'accessHeld'
    | 'accessGranted'
    | 'engagementsAsClient'
    | 'engagementsAsProvider'
    | 'controls'
  >;
  readonly artifacts: Omit<ArtifactColumns, 'transfers' | 'copies' | 'reveals' | 'revealedBy'>;
  readonly engagements: EngagementColumns;
  readonly access: AccessColumns;
  readonly reveals: RevealsColumns;
  readonly controls: ControlColumns;
}

/**
 * Adds the rows of the common block.
 *
 * @param former the former projection, which shares the rows of unchanged columns with the new one
 * Complexity: O(facts of the common block that changed in kind).
 */
export function assembleProjection(
  revision: number,
  { organizations, artifacts, engagements, access, reveals, controls }: CommonFacts,
  lasting: LastingNumbers,
  parts: readonly Part[],
  former?: ProjectionMemory,
): Projection {
  const [organizationCount, artifactCount] = [organizations.count, artifacts.count];
  const [o, a] = [former?.organizations, former?.artifacts];
  const { engagements: e, access: c, reveals: r, controls: k } = former ?? {};
  return openParts({
    revision,
    organizations: {
      ...organizations,
      artifacts: group(artifacts.owner, organizationCount, a?.owner, o?.artifacts),
      accessHeld: group(access.grantee, organizationCount, c?.grantee, o?.accessHeld),
      accessGranted: group(access.grantor, organizationCount, c?.grantor, o?.accessGranted),
      engagementsAsClient: group(engagements.client, organizationCount, e?.client, o?.engagementsAsClient),
      engagementsAsProvider: group(engagements.provider, organizationCount, e?.provider, o?.engagementsAsProvider),
      controls: group(controls.organization, organizationCount, k?.organization, o?.controls),
    },
    artifacts: {
      ...artifacts,
      reveals: group(reveals.artifact, artifactCount, r?.artifact, a?.reveals),
      revealedBy: group(reveals.reveals, artifactCount, r?.reveals, a?.revealedBy),
    },
    engagements,
    access,
    reveals,
    controls,
    lasting,
    parts,
  });
}

/** `groupByRow`. Reuses the former rows of an unchanged column. */
function group(rowOf: Int32Array, rows: number, formerRowOf: Int32Array | undefined, former: Csr | undefined): Csr {
  return former !== undefined && rowOf === formerRowOf && former.offsets.length === rows + 1 ? former : groupByRow(rowOf, rows);
}
