import type { StylesheetJson } from 'cytoscape';
import { ROLE_ORDER } from '../../shared/format/words.ts';
import type { OrganizationRole } from '../../shared/generated/operations.ts';
import { discImage, iconImage } from '../cytoscape/images.ts';
import { kindLooks } from '../cytoscape/kinds.ts';
import type { Tokens } from '../cytoscape/tokens.ts';
import { holderSize, originSize } from './lanes-holders.ts';

export const canvasFont = '"Inter Variable", Inter, "Noto Sans", system-ui, sans-serif';

/** The style of a blast radius. Color means tier here, never kind. Rebuilt from the tokens after each theme change. */
export function lanesStylesheet(tokens: Tokens): StylesheetJson {
  return [
    {
      selector: 'node',
      style: { label: '', 'font-family': canvasFont, color: tokens.ink, 'overlay-opacity': 0, 'z-index-compare': 'manual' },
    },
    { selector: 'edge', style: { 'overlay-opacity': 0, 'z-index-compare': 'manual' } },
    ...cardStyles(tokens),
    ...discStyles(tokens),
    ...holderStyles(tokens),
    ...lineStyles(tokens),
    {
      selector: '.marked',
      style: {
        'outline-width': 2,
        'outline-offset': 4,
        'outline-color': tokens.ink,
        'outline-opacity': 1,
        'font-weight': 600,
        'z-index': 30,
      },
    },
    { selector: '.lab-mark.marked', style: { 'outline-offset': 3 } },
    // Elements outside the target of the pointer and the selection.
    { selector: 'node.dim', style: { opacity: 0.34 } },
    { selector: 'edge.dim', style: { opacity: 0.12 } },
    { selector: '.spread.access.dim', style: { width: 1.25, 'line-color': tokens['ink-2'], 'line-outline-width': 0, opacity: 0.3 } },
    { selector: '.card.dim', style: { opacity: 1 } },
  ] as unknown as StylesheetJson;
}

function cardStyles(tokens: Tokens): readonly object[] {
  return [
    {
      selector: '.card',
      style: {
        shape: 'round-rectangle',
        'corner-radius': 8,
        width: 'data(width)',
        height: 'data(height)',
        'background-color': tokens.surface,
        'border-width': 1,
        'border-color': tokens.line,
        'z-index': 0,
      },
    },
    { selector: '.card.group', style: { 'border-style': 'dashed', 'border-color': tokens.control } },
    {
      selector: '.row-box',
      style: { shape: 'rectangle', width: 'data(width)', height: 'data(height)', 'background-opacity': 0, 'z-index': 1 },
    },
    {
      selector: '.lab-mark',
      style: {
        shape: 'hexagon',
        width: 30,
        height: 27,
        'background-color': tokens['ink-2'],
        'background-image': iconImage('flask', tokens.surface),
        'background-width': 15,
        'background-height': 15,
        'z-index': 2,
      },
    },
    {
      selector: '.text',
      style: {
        width: 1,
        height: 1,
        'background-opacity': 0,
        label: 'data(label)',
        'text-valign': 'center',
        'text-halign': 'right',
        'font-size': 12,
        color: tokens['ink-2'],
        events: 'no',
        'z-index': 20,
      },
    },
    { selector: '.card-title', style: { 'font-size': 13, 'font-weight': 600, color: tokens.ink } },
    { selector: '.count', style: { 'font-size': 12, color: tokens.ink } },
    {
      selector: '.on-line',
      style: {
        'text-halign': 'center',
        'font-size': 12,
        'font-weight': 600,
        'text-background-color': tokens.bg,
        'text-background-opacity': 0.92,
        'text-background-padding': '2px',
      },
    },
  ];
}

function discStyles(tokens: Tokens): readonly object[] {
  const tiers = [
    ['exposed', 'full', tokens.exposed],
    ['possible', 'half', tokens.possible],
    ['contained', 'ring-lock', tokens.contained],
  ] as const;
  return [
    {
      selector: '.disc',
      style: {
        shape: 'ellipse',
        width: 14,
        height: 14,
        'background-color': tokens.surface,
        'background-fit': 'contain',
        label: 'data(label)',
        'text-halign': 'right',
        'text-valign': 'center',
        'text-margin-x': 8,
        'font-size': 13,
        'z-index': 10,
      },
    },
    {
      selector: '.small-disc',
      style: {
        shape: 'ellipse',
        width: 10,
        height: 10,
        'background-color': tokens.surface,
        'background-fit': 'contain',
        events: 'no',
        'z-index': 5,
      },
    },
    { selector: '.disc.group', style: { color: tokens['ink-2'], 'font-style': 'italic' } },
    {
      selector: '.disc.left',
      style: {
        'background-opacity': 0,
        'border-width': 1.5,
        'border-style': 'dashed',
        'border-color': tokens.left,
        color: tokens['ink-3'],
      },
    },
    { selector: '.disc.changed', style: { 'font-weight': 600 } },
    ...tiers.map(([name, disc, color]) => ({
      selector: `.disc.${name}, .small-disc.${name}`,
      style: { 'background-image': discImage(disc, color) },
    })),
  ];
}

function holderStyles(tokens: Tokens): readonly object[] {
  const look = (kind: OrganizationRole, color: string) => iconImage(kindLooks[kind].icon, color);
  return [
    {
      selector: '.holder',
      style: {
        width: holderSize,
        height: holderSize,
        'background-color': tokens.surface,
        'border-width': 1.5,
        'border-color': tokens.ink,
        'background-width': 20,
        'background-height': 20,
        label: 'data(label)',
        'font-size': 13,
        'text-valign': 'bottom',
        'text-halign': 'center',
        'text-margin-y': 5,
        'text-background-color': tokens.bg,
        'text-background-opacity': 0.92,
        'text-background-padding': '2px',
        'z-index': 12,
      },
    },
    ...ROLE_ORDER.flatMap((kind) => [
      {
        selector: `.holder.${kind.toLowerCase()}`,
        style: { shape: kindLooks[kind].shape, 'corner-radius': 7, 'background-image': look(kind, tokens.ink) },
      },
      { selector: `.holder.origin.${kind.toLowerCase()}`, style: { 'background-image': look(kind, tokens.surface) } },
    ]),
    {
      selector: '.holder.lab',
      style: { 'background-color': tokens['ink-2'], 'border-color': tokens['ink-2'], 'background-image': look('LAB', tokens.surface) },
    },
    {
      selector: '.holder.origin',
      style: {
        width: originSize,
        height: originSize,
        'background-color': tokens.exposed,
        'border-width': 0,
        'background-width': 26,
        'background-height': 26,
        'font-size': 14,
        'font-weight': 600,
        'outline-width': 3,
        'outline-offset': 1,
        'outline-color': tokens.exposed,
        'outline-opacity': 0.35,
      },
    },
    {
      selector: '.holder.gone',
      style: {
        'border-style': 'dashed',
        'border-color': tokens.left,
        'background-image-opacity': 0.4,
        color: tokens['ink-3'],
      },
    },
    {
      selector: '.holder.group',
      style: { 'border-style': 'dashed', 'background-image': 'none', color: tokens['ink-2'], 'font-style': 'italic' },
    },
  ];
}

function lineStyles(tokens: Tokens): readonly object[] {
  const curve = {
    'curve-style': 'unbundled-bezier',
    'edge-distances': 'endpoints',
    'control-point-weights': (edge: { data(name: string): unknown }) => edge.data('weights'),
    'control-point-distances': (edge: { data(name: string): unknown }) => edge.data('distances'),
    'source-endpoint': 'data(sourceEnd)',
    'target-endpoint': 'data(targetEnd)',
  };
  return [
    {
      selector: '.copy',
      style: {
        ...curve,
        width: 'data(width)',
      },
    },
    { selector: '.copy.exposed', style: { 'line-color': tokens.exposed, opacity: 0.78, 'z-index': 8 } },
    {
      selector: '.copy.possible',
      style: { 'line-color': tokens.possible, 'line-style': 'dashed', 'line-dash-pattern': [6, 4], 'z-index': 7 },
    },
    {
      selector: '.copy.contained',
      style: { 'line-color': tokens.contained, 'line-style': 'dashed', 'line-dash-pattern': [1.5, 4], 'line-cap': 'round', 'z-index': 6 },
    },
    { selector: '.copy.lit', style: { width: 3, opacity: 1, 'z-index': 9 } },
    {
      selector: '.spread',
      style: {
        ...curve,
        width: 1.8,
        'line-color': tokens['ink-2'],
        'target-arrow-shape': 'triangle',
        'target-arrow-color': tokens['ink-2'],
        'arrow-scale': 0.8,
        'z-index': 11,
      },
    },
    {
      selector: '.spread.access',
      style: { width: 3, 'line-color': tokens.bg, 'line-outline-width': 1.25, 'line-outline-color': tokens['ink-2'] },
    },
    {
      selector: '.reveal',
      style: {
        ...curve,
        width: 1.25,
        'line-color': tokens['ink-2'],
        'target-arrow-shape': 'vee',
        'target-arrow-color': tokens['ink-2'],
        'arrow-scale': 0.6,
        'z-index': 11,
      },
    },
  ];
}
