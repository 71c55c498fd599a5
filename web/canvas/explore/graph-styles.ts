import type { StylesheetJson } from 'cytoscape';
import { ARTIFACT_TYPE_WORDS, ROLE_ORDER, TIERS } from '../../shared/format/words.ts';
import type { ArtifactType } from '../../shared/generated/operations.ts';
import { iconImage } from '../cytoscape/images.ts';
import { kindLooks, type NodeKind } from '../cytoscape/kinds.ts';
import { mix, type Tokens, tierToken } from '../cytoscape/tokens.ts';
import { cardBox, imageSize, kindIcons, labelAt, nameBelow, ofEach, type Styles, sheetOf } from '../scene/scene-stylesheet.ts';

/** The styles of the marks and connections of Explore, after those of all scenes. Color means kind, in steps of one ink another choice. */
export function graphStyles(tokens: Tokens): StylesheetJson {
  return sheetOf({
    ...organizationStyles(tokens),
    ...artifactStyles(tokens),
    // The counts of a lab hide the lines that pass below its name.
    '.tally': {
      'background-color': tokens.bg,
      'background-opacity': 1,
      'text-background-color': tokens.bg,
      'text-background-opacity': 1,
      'z-index': 8,
    },
    '.unreadable': { 'line-style': 'dashed', 'line-dash-pattern': [1.5, 4.5], 'line-cap': 'round' },
    '.engagement': { 'line-style': 'dashed', 'line-dash-pattern': [9, 5], 'target-arrow-shape': 'triangle', 'target-arrow-fill': 'hollow' },
    ...overlayStyles(tokens),
    ...stepStyles(tokens),
  });
}

const kinds = [...ROLE_ORDER, 'ARTIFACT'] as const;
const artifactTypes = Object.keys(ARTIFACT_TYPE_WORDS) as ArtifactType[];

const iconOf = (kind: NodeKind) => (kind === 'ARTIFACT' ? 'OTHER' : kind);

function organizationStyles(tokens: Tokens): Styles {
  return {
    '.organization': { ...nameBelow(tokens), 'border-width': 1.5, ...imageSize(20) },
    ...ofEach('.organization', ROLE_ORDER, (kind) => {
      const { shape, width, height, fill, border, ink } = kindLooks[kind];
      const colors = { 'background-color': tokens[fill], 'border-color': tokens[border] };
      return { shape, 'corner-radius': 7, width, height, ...colors, 'background-image': iconImage(kind, tokens[ink]) };
    }),
    '.group-mark': {
      shape: 'round-rectangle',
      width: 44,
      height: 44,
      'background-color': tokens.surface,
      'border-width': 2,
      'border-style': 'dashed',
      'background-image': 'none',
      'font-style': 'italic',
    },
    ...ofEach('.group-mark', kinds, (kind) => {
      const color = tokens[kindLooks[kind].border];
      return { 'border-color': color, 'background-image': iconImage(iconOf(kind), color) };
    }),
  };
}

function artifactStyles(tokens: Tokens): Styles {
  return {
    '.artifact': {
      ...cardBox(tokens, 13, tokens.art),
      height: 26,
      ...labelAt('center'),
      'text-margin-x': 10,
      ...imageSize(16),
      'background-position-x': '9px',
      'background-position-y': '50%',
    },
    ...ofEach('.artifact', artifactTypes, (type) => ({ 'background-image': iconImage(type, tokens.art) })),
  };
}

/** A radius over Explore: what is not in it is pale, and a tier has its own edge. */
function overlayStyles(tokens: Tokens): Styles {
  return {
    'node.rest': { 'background-color': tokens.surface, 'border-color': tokens.left, color: tokens['ink-3'] },
    ...kindIcons('.organization.rest', tokens.left),
    'edge.rest': { opacity: 0.5 },
    ...ofEach('.artifact', TIERS, (tier) => ({ 'border-color': tokens[tierToken(tier)], 'border-width': 2 })),
    ...ofEach('.transfer.copy', TIERS, (tier) => ({ 'target-arrow-color': tokens[tierToken(tier)] })),
  };
}

/** The shares of `ink-2` in the five steps of a fill. */
export const stepShares = [0, 0.25, 0.5, 0.75, 1] as const;

/** The styles of nodes that are filled by a step, in place of their kind's color, or sized. They keep shape and icon. */
function stepStyles(tokens: Tokens): Styles {
  const steps = stepShares.map((share, place): Styles => {
    // An icon on a dark fill is light, and the other way round in the dark theme.
    const ink = share < 0.7 ? tokens.ink : tokens.surface;
    const fill = mix(tokens['ink-2'], tokens.surface, share);
    const step = `.organization.step-${place + 1}`;
    return {
      [step]: { 'background-color': fill, 'border-color': tokens['ink-2'] },
      ...ofEach(step, kinds, (kind) => ({ 'background-image': iconImage(iconOf(kind), ink) })),
      [`.artifact.step-${place + 1}`]: { 'background-color': mix(tokens['ink-2'], tokens.surface, share * 0.3) },
    };
  });
  return Object.assign({}, ...steps, { '.organization.scaled': { width: 'data(width)', height: 'data(height)' } });
}
