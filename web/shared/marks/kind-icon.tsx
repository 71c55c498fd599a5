import { mainRole } from '../format/words.ts';
import type { ArtifactType, OrganizationRole } from '../generated/operations.ts';
import { type Icon, makeIcon } from '../ui/make-icon.tsx';
import { kindPaths } from './kind-paths.ts';

export const KIND_ICONS = Object.fromEntries(Object.entries(kindPaths).map(([kind, path]) => [kind, makeIcon([path])])) as Readonly<
  Record<keyof typeof kindPaths, Icon>
>;

interface IconProps {
  readonly size?: number;
}

export function OrganizationIcon({ roles, size = 16 }: IconProps & { readonly roles: readonly OrganizationRole[] }) {
  const Shape = KIND_ICONS[mainRole(roles)];
  return <Shape size={size} stroke={1.6} style={{ flex: 'none' }} />;
}

export function ArtifactIcon({ type, size = 16 }: IconProps & { readonly type: ArtifactType }) {
  const Shape = KIND_ICONS[type];
  return <Shape size={size} stroke={1.6} style={{ flex: 'none' }} />;
}
