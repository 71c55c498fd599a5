import type { Csr } from '../csr.ts';
import { groupByRow } from '../csr.ts';
import type {
  AccessColumns,
  ArtifactColumns,
  ControlColumns,
  EngagementColumns,
  OrganizationColumns,
  Projection,
  RevealsColumns,
} from '../projection.ts';
import { regroup } from '../refresh/regroup.ts';
import type { Former } from '../refresh/renew-copies.ts';
import { hasComeOrGone, type Splice } from '../refresh/splice.ts';
import { newPermit, noPermit, type SlotPermit, takePermit } from '../slots.ts';
import type { Steps } from '../turns.ts';
import type { TransferBuilder } from './build-transfers.ts';
import { deriveCopies } from './derive-copies.ts';

/** The facts of each kind as columns. Everything else in a projection derives from them. */
export interface FactsAsColumns extends ReturnType<TransferBuilder['build']> {
  readonly organizations: Omit<OrganizationColumns, RowsOfOrganizations>;
  readonly artifacts: Omit<ArtifactColumns, RowsOfArtifacts>;
  readonly engagements: EngagementColumns;
  readonly access: AccessColumns;
  readonly reveals: RevealsColumns;
  readonly controls: ControlColumns;
}

/** The rows that a projection adds to organizations and artifacts: for each, the facts that name it. */
type RowsOfOrganizations =
  | 'artifacts'
  | 'copies'
  | 'sent'
  | 'received'
  | 'accessHeld'
  | 'accessGranted'
  | 'engagementsAsClient'
  | 'engagementsAsProvider'
  | 'controls';
type RowsOfArtifacts = 'transfers' | 'copies' | 'reveals' | 'revealedBy';

/**
 * Derives copies and adjacency from the facts.
 *
 * @param former the former projection, which shares its unchanged columns with the new one
 * Complexity: that of `deriveCopies`, and O(facts + copies).
 */
export function* assembleProjection(revision: number, facts: FactsAsColumns, former?: Former): Steps<Projection> {
  const { organizations, artifacts, engagements, transfers, fragments, fragmentNames, access, reveals, controls } = facts;
  const organizationCount = organizations.count;
  const artifactCount = artifacts.count;
  const was = former?.projection;
  const ofArtifacts = former && former.artifacts.moved === undefined ? former.transfers : undefined;
  const { isLive } = transfers;
  const transfersByArtifact = yield* group(
    transfers.artifact,
    artifactCount,
    was?.transfers.artifact,
    was?.artifacts.transfers,
    ofArtifacts,
    isLive,
  );
  yield;
  const laidOut = yield* deriveCopies({ organizationCount, artifacts, transfers, fragments, transfersByArtifact }, former);
  const { copies, copyOfTransfer } = laidOut;
  const copySplice = 'splice' in laidOut ? laidOut.splice : undefined;
  const hasSameOrganizations = former !== undefined && former.organizations.moved === undefined;
  const [copiesAt, transfersAt] = hasSameOrganizations ? [copySplice, former.transfers] : [];
  yield;
  const copiesByHolder = yield* group(
    copies.holder,
    organizationCount,
    was?.copies.holder,
    was?.organizations.copies,
    copiesAt,
    copies.isLive,
  );
  yield;
  const ofCopies = ofArtifacts && copySplice;
  const copiesByArtifact = yield* group(
    copies.artifact,
    artifactCount,
    was?.copies.artifact,
    was?.artifacts.copies,
    ofCopies,
    copies.isLive,
  );
  yield;
  const sent = yield* group(transfers.sender, organizationCount, was?.transfers.sender, was?.organizations.sent, transfersAt, isLive);
  yield;
  const received = yield* group(
    transfers.recipient,
    organizationCount,
    was?.transfers.recipient,
    was?.organizations.received,
    transfersAt,
    isLive,
  );
  yield;
  return {
    revision,
    organizations: {
      ...organizations,
      artifacts: yield* group(artifacts.owner, organizationCount, was?.artifacts.owner, was?.organizations.artifacts),
      copies: copiesByHolder,
      sent,
      received,
      accessHeld: yield* group(access.grantee, organizationCount, was?.access.grantee, was?.organizations.accessHeld),
      accessGranted: yield* group(access.grantor, organizationCount, was?.access.grantor, was?.organizations.accessGranted),
      engagementsAsClient: yield* group(
        engagements.client,
        organizationCount,
        was?.engagements.client,
        was?.organizations.engagementsAsClient,
      ),
      engagementsAsProvider: yield* group(
        engagements.provider,
        organizationCount,
        was?.engagements.provider,
        was?.organizations.engagementsAsProvider,
      ),
      controls: yield* group(controls.organization, organizationCount, was?.controls.organization, was?.organizations.controls),
    },
    artifacts: {
      ...artifacts,
      transfers: transfersByArtifact,
      copies: copiesByArtifact,
      reveals: yield* group(reveals.artifact, artifactCount, was?.reveals.artifact, was?.artifacts.reveals),
      revealedBy: yield* group(reveals.reveals, artifactCount, was?.reveals.reveals, was?.artifacts.revealedBy),
    },
    engagements,
    transfers: { ...transfers, fragments, copy: copyOfTransfer },
    access,
    reveals,
    controls,
    copies,
    fragmentNames,
    permit: permitFor(former, copySplice),
  };
}

/** The permit to write vacant slots (slots.ts): a new one if no column of transfers and copies is shared with the former projection. */
function permitFor(former: Former | undefined, copies: Splice | undefined): SlotPermit {
  if (former === undefined || (former.transfers.moved !== undefined && copies?.moved !== undefined)) return newPermit();
  const { permit } = former.projection;
  return former.permit ?? (former.isFollowed ? takePermit(permit) : undefined) ?? noPermit(permit);
}

/** If more than one in this many records changed, all are grouped again. */
const recordsAChange = 4;

/**
 * `groupByRow`. Reuses the former result of an unchanged column.
 *
 * @param splice what happened to the records; undefined if the rows moved, or all of it is new
 */
function* group(
  rowOf: Int32Array,
  rows: number,
  formerRowOf: Int32Array | undefined,
  former: Csr | undefined,
  splice?: Splice,
  isLive?: Uint8Array,
): Steps<Csr> {
  if (former === undefined || formerRowOf === undefined || former.offsets.length !== rows + 1) return groupByRow(rowOf, rows, isLive);
  if (rowOf === formerRowOf && !hasComeOrGone(splice)) return former;
  const isLittle = splice !== undefined && splice.placed.length * recordsAChange <= rowOf.length;
  return isLittle ? yield* regroup(former, formerRowOf, rowOf, splice) : groupByRow(rowOf, rows, isLive);
}
