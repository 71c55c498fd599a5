import type { StylesheetJson } from 'cytoscape';
import { ARTIFACT_TYPE_WORDS, ROLE_ORDER } from '../../shared/format/words.ts';
import type { ArtifactType } from '../../shared/generated/operations.ts';
import { iconImage } from '../cytoscape/images.ts';
import { artifactIcons, kindLooks } from '../cytoscape/kinds.ts';
import type { Tokens } from '../cytoscape/tokens.ts';

const canvasFont = '"Inter Variable", Inter, "Noto Sans", system-ui, sans-serif';

/** The style of Explore. Color means kind here, never tier. Rebuilt from the tokens after each theme change. */
export function graphStylesheet(tokens: Tokens): StylesheetJson {
  return [
    { selector: 'core', style: { 'outside-texture-bg-opacity': 0 } },
    {
      selector: 'node',
      style: {
        'font-family': canvasFont,
        color: tokens.ink,
        'font-size': 13,
        'overlay-opacity': 0,
        'z-index-compare': 'manual',
        'z-index': 10,
      },
    },
    ...organizationStyles(tokens),
    ...artifactStyles(tokens),
    ...badgeStyles(tokens),
    ...linkStyles(tokens),
    ...countStyles(tokens),
    {
      selector: 'node.marked',
      style: { 'outline-width': 2, 'outline-offset': 4, 'outline-color': tokens.ink, 'font-weight': 600, 'z-index': 20 },
    },
    { selector: 'edge.quiet', style: { width: 1, opacity: 0.55, 'z-index': 1 } },
    { selector: 'edge.faint', style: { opacity: 0.22 } },
    { selector: 'edge.access.quiet', style: { 'line-outline-width': 0.75 } },
    { selector: '.count.quiet', style: { display: 'none' } },
    {
      selector: 'node.chosen',
      style: { 'overlay-color': tokens.ink, 'overlay-opacity': 0.14, 'overlay-padding': 6, 'overlay-shape': 'round-rectangle' },
    },
    { selector: 'edge.marked', style: { 'line-color': tokens.ink, 'target-arrow-color': tokens.ink, 'z-index': 6 } },
    { selector: 'edge.access.marked', style: { 'line-color': tokens.bg, 'line-outline-color': tokens.ink, 'line-outline-width': 2 } },
    { selector: '.faded', style: { opacity: 0.3 } },
  ] as unknown as StylesheetJson;
}

function organizationStyles(tokens: Tokens): readonly object[] {
  return [
    {
      selector: '.organization',
      style: {
        label: 'data(label)',
        'text-valign': 'bottom',
        'text-halign': 'center',
        'text-margin-y': 5,
        'text-background-color': tokens.bg,
        'text-background-opacity': 1,
        'text-background-padding': '2px',
        'border-width': 1.5,
        'background-width': 20,
        'background-height': 20,
      },
    },
    ...ROLE_ORDER.map((kind) => {
      const look = kindLooks[kind];
      return {
        selector: `.organization.${kind.toLowerCase()}`,
        style: {
          shape: look.shape,
          'corner-radius': 7,
          width: look.width,
          height: look.height,
          'background-color': tokens[look.fill],
          'border-color': tokens[look.border],
          'background-image': iconImage(look.icon, tokens[look.ink]),
        },
      };
    }),
    {
      selector: '.group-mark',
      style: {
        shape: 'round-rectangle',
        width: 44,
        height: 44,
        'background-color': tokens.surface,
        'border-width': 2,
        'border-style': 'dashed',
        'background-image': 'none',
        'font-style': 'italic',
      },
    },
    ...([...ROLE_ORDER, 'ARTIFACT'] as const).map((kind) => ({
      selector: `.group-mark.${kind.toLowerCase()}`,
      style: {
        'border-color': tokens[kindLooks[kind].border],
        'background-image': iconImage(kindLooks[kind].icon, tokens[kindLooks[kind].border]),
      },
    })),
  ];
}

function artifactStyles(tokens: Tokens): readonly object[] {
  return [
    {
      selector: '.artifact',
      style: {
        shape: 'round-rectangle',
        'corner-radius': 13,
        width: 'data(width)',
        height: 26,
        label: 'data(label)',
        'text-valign': 'center',
        'text-halign': 'center',
        'text-margin-x': 10,
        'background-color': tokens.surface,
        'border-width': 1.5,
        'border-color': tokens.art,
        'background-width': 16,
        'background-height': 16,
        'background-position-x': '9px',
        'background-position-y': '50%',
      },
    },
    ...(Object.keys(ARTIFACT_TYPE_WORDS) as ArtifactType[]).map((type) => ({
      selector: `.artifact.${artifactIcons[type]}`,
      style: { 'background-image': iconImage(artifactIcons[type], tokens.art) },
    })),
  ];
}

function badgeStyles(tokens: Tokens): readonly object[] {
  return [
    {
      selector: '.badge',
      style: {
        shape: 'round-rectangle',
        'corner-radius': 9,
        width: 'data(width)',
        height: 18,
        label: 'data(label)',
        'text-valign': 'center',
        'text-halign': 'center',
        'font-size': 11,
        color: tokens['ink-2'],
        'background-color': tokens.surface,
        'border-width': 1,
        'border-color': tokens.control,
        'z-index': 21,
      },
    },
  ];
}

function countStyles(tokens: Tokens): readonly object[] {
  return [
    {
      selector: '.count',
      style: {
        width: 1,
        height: 1,
        'background-opacity': 0,
        events: 'no',
        label: 'data(label)',
        'text-valign': 'center',
        'text-halign': 'center',
        'font-size': 12,
        'font-weight': 600,
        color: tokens['ink-2'],
        'text-background-color': tokens.bg,
        'text-background-opacity': 1,
        'text-background-padding': '2px',
        'z-index': 8,
      },
    },
  ];
}

function linkStyles(tokens: Tokens): readonly object[] {
  return [
    {
      selector: 'edge',
      style: {
        'curve-style': 'unbundled-bezier',
        'edge-distances': 'node-position',
        'control-point-weights': (edge: { data(name: string): unknown }) => edge.data('weights'),
        'control-point-distances': (edge: { data(name: string): unknown }) => edge.data('distances'),
        width: 'data(width)',
        'line-color': tokens.edge,
        'target-arrow-color': tokens.edge,
        'arrow-scale': 0.9,
        'overlay-opacity': 0,
        'z-index-compare': 'manual',
        'z-index': 4,
      },
    },
    { selector: '.transfer, .holds', style: { 'target-arrow-shape': 'triangle' } },
    { selector: '.unreadable', style: { 'line-style': 'dashed', 'line-dash-pattern': [1.5, 4.5], 'line-cap': 'round' } },
    {
      selector: '.access',
      style: {
        width: 3,
        'line-color': tokens.bg,
        'line-outline-width': 1.25,
        'line-outline-color': tokens['ink-2'],
        'target-arrow-shape': 'triangle',
        'target-arrow-color': tokens['ink-2'],
      },
    },
    {
      selector: '.engagement',
      style: { 'line-style': 'dashed', 'line-dash-pattern': [9, 5], 'target-arrow-shape': 'triangle', 'target-arrow-fill': 'hollow' },
    },
    { selector: '.reveals', style: { 'line-color': tokens['ink-2'], 'target-arrow-color': tokens['ink-2'], 'target-arrow-shape': 'vee' } },
  ];
}
