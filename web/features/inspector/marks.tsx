import { KindMark } from '../../canvas/cytoscape/kind-mark.tsx';
import { artifactIcons, kindLooks } from '../../canvas/cytoscape/kinds.ts';
import { mainRole } from '../../shared/format/words.ts';
import type { ArtifactType, OrganizationRole } from '../../shared/generated/operations.ts';

export function ArtifactMark({ type }: { readonly type: ArtifactType }) {
  return <KindMark look={kindLooks.ARTIFACT} icon={artifactIcons[type]} />;
}

export function RoleMark({ roles }: { readonly roles: readonly OrganizationRole[] }) {
  return <KindMark look={kindLooks[mainRole(roles)]} />;
}
