import type { ArtifactType, OrganizationRole } from '../shared/generated/operations.ts';
import type { IconName } from './icon-paths.ts';
import type { TokenName } from './tokens.ts';

/** What an organization is drawn as: that of the first of its roles, in the order of `organizationKinds` (design §4). */
export const organizationKinds = [
  'LAB',
  'VENDOR',
  'SUBCONTRACTOR',
  'TOOL_PROVIDER',
  'CERTIFIER',
] as const satisfies readonly OrganizationRole[];
export type NodeKind = OrganizationRole | 'ARTIFACT';

export interface KindLook {
  readonly word: string;
  readonly words: string;
  readonly shape: 'hexagon' | 'round-rectangle' | 'diamond' | 'pentagon' | 'ellipse';
  /** In pixels at zoom 1. */
  readonly width: number;
  readonly height: number;
  readonly icon: IconName;
  readonly fill: TokenName;
  readonly border: TokenName;
  readonly ink: TokenName;
}

export const kindLooks: Readonly<Record<NodeKind, KindLook>> = {
  LAB: { word: 'Lab', words: 'Labs', shape: 'hexagon', width: 46, height: 42, icon: 'flask', fill: 'lab', border: 'lab', ink: 'surface' },
  VENDOR: {
    word: 'Vendor',
    words: 'Vendors',
    shape: 'round-rectangle',
    width: 38,
    height: 38,
    icon: 'building',
    fill: 'vendor',
    border: 'vendor',
    ink: 'surface',
  },
  SUBCONTRACTOR: {
    word: 'Subcontractor',
    words: 'Subcontractors',
    shape: 'round-rectangle',
    width: 34,
    height: 34,
    icon: 'people',
    fill: 'sub-fill',
    border: 'sub',
    ink: 'sub',
  },
  TOOL_PROVIDER: {
    word: 'Tool provider',
    words: 'Tool providers',
    shape: 'diamond',
    width: 46,
    height: 46,
    icon: 'plug',
    fill: 'tool-fill',
    border: 'tool',
    ink: 'tool',
  },
  CERTIFIER: {
    word: 'Certifier',
    words: 'Certifiers',
    shape: 'pentagon',
    width: 40,
    height: 40,
    icon: 'certificate',
    fill: 'surface',
    border: 'ink-3',
    ink: 'ink-3',
  },
  ARTIFACT: {
    word: 'Artifact',
    words: 'Artifacts',
    shape: 'ellipse',
    width: 26,
    height: 26,
    icon: 'file',
    fill: 'surface',
    border: 'art',
    ink: 'art',
  },
};

export function organizationKindOf(roles: readonly OrganizationRole[]): OrganizationRole {
  return organizationKinds.find((kind) => roles.includes(kind)) ?? 'VENDOR';
}

export interface ArtifactTypeLook {
  readonly word: string;
  readonly icon: IconName;
}

export const artifactTypeLooks: Readonly<Record<ArtifactType, ArtifactTypeLook>> = {
  ANNOTATION_GUIDELINES: { word: 'Annotation guidelines', icon: 'listCheck' },
  DATA_TAXONOMY: { word: 'Data taxonomy', icon: 'sitemap' },
  PREFERENCE_SCHEME: { word: 'Preference scheme', icon: 'scale' },
  LABELED_DATASET: { word: 'Labeled dataset', icon: 'table' },
  PROMPT_SET: { word: 'Prompt set', icon: 'message' },
  EVALUATION_SUITE: { word: 'Evaluation suite', icon: 'clipboardCheck' },
  REWARD_MODEL_SPEC: { word: 'Reward model spec', icon: 'gift' },
  RED_TEAM_PLAYBOOK: { word: 'Red team playbook', icon: 'target' },
  MODEL_OUTPUTS: { word: 'Model outputs', icon: 'cpu' },
  OTHER: { word: 'Other artifact', icon: 'file' },
};
