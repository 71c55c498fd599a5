import type { OrganizationRole } from '../../shared/generated/operations.ts';
import type { TokenName } from './tokens.ts';

/** The kind that a node is drawn as. An organization takes its first role in order of precedence. */
export type NodeKind = OrganizationRole | 'ARTIFACT';

export interface KindLook {
  /** Plural, for the legend. */
  readonly words: string;
  readonly shape: 'hexagon' | 'round-rectangle' | 'diamond' | 'pentagon' | 'ellipse';
  /** In pixels at 100% zoom. */
  readonly width: number;
  readonly height: number;
  readonly fill: TokenName;
  readonly border: TokenName;
  readonly ink: TokenName;
}

export const kindLooks: Readonly<Record<NodeKind, KindLook>> = {
  LAB: { words: 'Labs', shape: 'hexagon', width: 46, height: 42, fill: 'lab', border: 'lab', ink: 'surface' },
  VENDOR: {
    words: 'Vendors',
    shape: 'round-rectangle',
    width: 38,
    height: 38,
    fill: 'vendor',
    border: 'vendor',
    ink: 'surface',
  },
  SUBCONTRACTOR: {
    words: 'Subcontractors',
    shape: 'round-rectangle',
    width: 34,
    height: 34,
    fill: 'sub-fill',
    border: 'sub',
    ink: 'sub',
  },
  TOOL_PROVIDER: {
    words: 'Tool providers',
    shape: 'diamond',
    width: 46,
    height: 46,
    fill: 'tool-fill',
    border: 'tool',
    ink: 'tool',
  },
  CERTIFIER: {
    words: 'Certifiers',
    shape: 'pentagon',
    width: 40,
    height: 40,
    fill: 'surface',
    border: 'ink-3',
    ink: 'ink-3',
  },
  ARTIFACT: {
    words: 'Artifacts',
    shape: 'ellipse',
    width: 26,
    height: 26,
    fill: 'surface',
    border: 'art',
    ink: 'art',
  },
};
