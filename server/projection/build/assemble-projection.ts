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
import type { Steps } from '../turns.ts';
import type { TransferBuilder } from './build-transfers.ts';
import { deriveCopies } from './derive-copies.ts';
import type { FormerCopies } from './lay-out-copies.ts';

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

/** The former projection, and where its copies go. */
export interface Former {
  readonly projection: Projection;
  readonly copies: Omit<FormerCopies, 'copies' | 'copyOfTransfer'>;
}

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
  const transfersByArtifact = group(transfers.artifact, artifactCount, was?.transfers.artifact, was?.artifacts.transfers);
  yield;
  const { copies, copyOfTransfer } = yield* deriveCopies(
    { organizationCount, artifacts, transfers, fragments, transfersByArtifact },
    was && former && { ...former.copies, copies: was.copies, copyOfTransfer: was.transfers.copy },
  );
  yield;
  const copiesByHolder = group(copies.holder, organizationCount, was?.copies.holder, was?.organizations.copies);
  yield;
  const copiesByArtifact = group(copies.artifact, artifactCount, was?.copies.artifact, was?.artifacts.copies);
  yield;
  const sent = group(transfers.sender, organizationCount, was?.transfers.sender, was?.organizations.sent);
  yield;
  const received = group(transfers.recipient, organizationCount, was?.transfers.recipient, was?.organizations.received);
  yield;
  return {
    revision,
    organizations: {
      ...organizations,
      artifacts: group(artifacts.owner, organizationCount, was?.artifacts.owner, was?.organizations.artifacts),
      copies: copiesByHolder,
      sent,
      received,
      accessHeld: group(access.grantee, organizationCount, was?.access.grantee, was?.organizations.accessHeld),
      accessGranted: group(access.grantor, organizationCount, was?.access.grantor, was?.organizations.accessGranted),
      engagementsAsClient: group(engagements.client, organizationCount, was?.engagements.client, was?.organizations.engagementsAsClient),
      engagementsAsProvider: group(
        engagements.provider,
        organizationCount,
        was?.engagements.provider,
        was?.organizations.engagementsAsProvider,
      ),
      controls: group(controls.organization, organizationCount, was?.controls.organization, was?.organizations.controls),
    },
    artifacts: {
      ...artifacts,
      transfers: transfersByArtifact,
      copies: copiesByArtifact,
      reveals: group(reveals.artifact, artifactCount, was?.reveals.artifact, was?.artifacts.reveals),
      revealedBy: group(reveals.reveals, artifactCount, was?.reveals.reveals, was?.artifacts.revealedBy),
    },
    engagements,
    transfers: { ...transfers, fragments, copy: copyOfTransfer },
    access,
    reveals,
    controls,
    copies,
    fragmentNames,
  };
}

/** `groupByRow`. Reuses the former result of an unchanged column. */
function group(rowOf: Int32Array, rows: number, formerRowOf: Int32Array | undefined, former: Csr | undefined): Csr {
  return former !== undefined && rowOf === formerRowOf && former.offsets.length === rows + 1 ? former : groupByRow(rowOf, rows);
}
