import type { Csr } from '../columns/csr.ts';
import { groupByRow } from '../columns/csr.ts';
import { openParts } from '../open-parts.ts';
import type { Part } from '../part.ts';
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

/** The facts of the common block as columns, without the rows that follow from them. */
export interface CommonFacts {
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
