import { mainRole } from '../format/words.ts';
import type { ArtifactType, OrganizationRole } from '../generated/operations.ts';
import {
  type Icon,
  IconBuilding,
  IconCertificate,
  IconChecklist,
  IconClipboardCheck,
  IconCpu,
  IconFile,
  IconFlask,
  IconGift,
  IconMessage,
  IconPlug,
  IconScale,
  IconSitemap,
  IconTable,
  IconTarget,
  IconUsers,
} from '../ui/icons.tsx';

/** The icon of each kind, the same in lists and on the canvas. */
export const ROLE_ICONS: Readonly<Record<OrganizationRole, Icon>> = {
  LAB: IconFlask,
  VENDOR: IconBuilding,
  SUBCONTRACTOR: IconUsers,
  TOOL_PROVIDER: IconPlug,
  CERTIFIER: IconCertificate,
};

const ARTIFACT_ICONS: Readonly<Record<ArtifactType, Icon>> = {
  ANNOTATION_GUIDELINES: IconChecklist,
  DATA_TAXONOMY: IconSitemap,
  PREFERENCE_SCHEME: IconScale,
  LABELED_DATASET: IconTable,
  PROMPT_SET: IconMessage,
  EVALUATION_SUITE: IconClipboardCheck,
  REWARD_MODEL_SPEC: IconGift,
  RED_TEAM_PLAYBOOK: IconTarget,
  MODEL_OUTPUTS: IconCpu,
  OTHER: IconFile,
};

interface IconProps {
  readonly size?: number;
}

export function OrganizationIcon({ roles, size = 16 }: IconProps & { readonly roles: readonly OrganizationRole[] }) {
  const Shape = ROLE_ICONS[mainRole(roles)];
  return <Shape size={size} stroke={1.6} aria-hidden="true" style={{ flex: 'none' }} />;
}

export function ArtifactIcon({ type, size = 16 }: IconProps & { readonly type: ArtifactType }) {
  const Shape = ARTIFACT_ICONS[type];
  return <Shape size={size} stroke={1.6} aria-hidden="true" style={{ flex: 'none' }} />;
}
