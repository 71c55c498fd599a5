import type { StylesheetJson } from 'cytoscape';
import { ROLE_ORDER } from '../../shared/format/words.ts';
import { discImage, iconImage } from '../cytoscape/images.ts';
import { kindLooks } from '../cytoscape/kinds.ts';
import type { Tokens } from '../cytoscape/tokens.ts';

type Style = Readonly<Record<string, unknown>>;
/** Styles by selector. A later one wins; one of the same selector replaces it as a whole. */
export type Styles = Readonly<Record<string, Style>>;

const canvasFont = '"Inter Variable", Inter, "Noto Sans", system-ui, sans-serif';

/** The styles of all scenes, rebuilt from the tokens after each theme change. Color means tier; Explore adds its marks, of which it means the kind. */
export function sceneStylesheet(tokens: Tokens): StylesheetJson {
  const styles: Styles = {
    core: { 'outside-texture-bg-opacity': 0 },
    node: {
      'font-family': canvasFont,
      color: tokens.ink,
      'font-size': 13,
      'overlay-opacity': 0,
      'z-index-compare': 'manual',
      'z-index': 10,
    },
    ...linkStyles(tokens),
    ...countStyles(tokens),
    'node.marked': { 'outline-width': 2, 'outline-offset': 4, 'outline-color': tokens.ink, 'font-weight': 600, 'z-index': 20 },
    // At 0.9 a line keeps the contrast of graphics, 3 to 1.
    'edge.quiet': { width: 1, opacity: 0.9, 'z-index': 1 },
    'edge.faint': { opacity: 0.42 },
    'edge.access.quiet': { 'line-outline-width': 0.75 },
    '.count.quiet': { display: 'none' },
    'node.chosen': { 'overlay-color': tokens.ink, 'overlay-opacity': 0.14, 'overlay-padding': 6, 'overlay-shape': 'round-rectangle' },
    'edge.marked': { 'line-color': tokens.ink, 'target-arrow-color': tokens.ink, 'z-index': 6 },
    'edge.access.marked': { 'line-color': tokens.bg, 'line-outline-color': tokens.ink, 'line-outline-width': 2 },
    'edge.silent': { events: 'no' },
    ...cardStyles(tokens),
    ...rowStyles(tokens),
    ...holderStyles(tokens),
    ...copyStyles(tokens),
  };
  return sheetOf(styles);
}

/** The styles in Cytoscape's form. */
export function sheetOf(styles: Styles): StylesheetJson {
  return Object.entries(styles).map(([selector, style]) => ({ selector, style })) as unknown as StylesheetJson;
}

/** The styles of a selector for each of some classes. */
export function ofEach<T extends string>(selector: string, classes: readonly T[], styleOf: (each: T) => Style): Styles {
  return Object.fromEntries(classes.map((each) => [`${selector}.${each.toLowerCase()}`, styleOf(each)]));
}

export function kindIcons(selector: string, color: string): Styles {
  return ofEach(selector, ROLE_ORDER, (kind) => ({ 'background-image': iconImage(kind, color) }));
}

/** A name below its mark, on a ground that hides lines. */
export const nameBelow = (tokens: Tokens): Style => ({ ...labelAt('center', 'bottom'), 'text-margin-y': 5, ...textGround(tokens) });

/** A box with round corners on the ground of cards. Its width and height are those of the node. */
export const cardBox = ({ surface }: Tokens, radius: number, border: string): Style => ({
  shape: 'round-rectangle',
  'corner-radius': radius,
  width: 'data(width)',
  height: 'data(height)',
  'background-color': surface,
  'border-width': 1.5,
  'border-color': border,
});

/** An image of this width and height in the middle of its node. */
export const imageSize = (size: number | string): Style => ({ 'background-width': size, 'background-height': size });

/** A label beside its node or in its middle. */
export const labelAt = (across: string, down = 'center'): Style => ({ label: 'data(label)', 'text-halign': across, 'text-valign': down });

/** The ground of a text, which hides lines. */
const textGround = ({ bg }: Tokens): Style => ({
  'text-background-color': bg,
  'text-background-opacity': 1,
  'text-background-padding': '2px',
});

/** A text without a mark, which the pointer does not see. */
const textAlone: Style = { width: 1, height: 1, 'background-opacity': 0, events: 'no', ...labelAt('center') };

function countStyles(tokens: Tokens): Styles {
  return {
    '.count': {
      ...textAlone,
      'font-size': 12,
      'font-weight': 600,
      color: tokens['ink-2'],
      ...textGround(tokens),
      'z-index': 8,
    },
    '.note': { ...textAlone, 'font-size': 12, color: tokens['ink-2'], ...textGround(tokens), 'z-index': 8 },
    '.badge': {
      ...cardBox(tokens, 9, tokens.control),
      height: 18,
      ...labelAt('center'),
      'font-size': 11,
      color: tokens['ink-2'],
      'border-width': 1,
      'z-index': 21,
    },
  };
}

function linkStyles(tokens: Tokens): Styles {
  return {
    edge: {
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
    '.transfer, .holds': { 'target-arrow-shape': 'triangle' },
    '.access': {
      width: 3,
      'line-color': tokens.bg,
      'line-outline-width': 1.25,
      'line-outline-color': tokens['ink-2'],
      'target-arrow-shape': 'triangle',
      'target-arrow-color': tokens['ink-2'],
    },
    '.reveals': { 'line-color': tokens['ink-2'], 'target-arrow-color': tokens['ink-2'], 'target-arrow-shape': 'vee' },
  };
}

/** The cards of labs, with what stands on them. */
function cardStyles(tokens: Tokens): Styles {
  return {
    '.card': { ...cardBox(tokens, 8, tokens.line), 'border-width': 1, 'z-index': 0 },
    '.card.group': { 'border-color': tokens.control, 'border-style': 'dashed' },
    'node.card.focus, node.card.marked': { 'border-width': 2, 'border-color': tokens.ink, 'outline-width': 0, 'z-index': 0 },
    '.lab-mark': {
      shape: 'hexagon',
      width: 30,
      height: 27,
      'background-color': tokens['ink-2'],
      'background-image': iconImage('LAB', tokens.surface),
      ...imageSize(15),
      events: 'no',
    },
    '.text': { ...textAlone, 'text-halign': 'right' },
    '.text.title': { 'font-weight': 600 },
    '.text.quiet': { 'font-size': 12, color: tokens['ink-2'] },
    '.tally': {
      width: 19,
      height: 19,
      'background-opacity': 0,
      'background-fit': 'contain',
      'font-size': 12,
      ...labelAt('right'),
      'text-margin-x': -2,
      events: 'no',
    },
    ...tierStyles('.tally', tokens),
  };
}

/** Rows are as wide as their part of the card. Their disc and its ring are one image. */
function rowStyles(tokens: Tokens): Styles {
  return {
    '.row': {
      shape: 'rectangle',
      width: 'data(width)',
      height: 'data(height)',
      'background-opacity': 0,
      ...imageSize('data(discWidth)'),
      'background-clip': 'none',
      'background-image-containment': 'over',
      'background-position-x': 'data(discLeft)',
      'background-position-y': '50%',
      ...labelAt('right'),
      'text-margin-x': 'data(inset)',
      'z-index': 8,
    },
    ...tierStyles('.row', tokens),
    '.row.group': { color: tokens['ink-2'] },
    'node.row.left': { color: tokens['ink-3'] },
    '.row.strong': { 'font-weight': 600 },
    'node.row.marked': { 'outline-width': 0, 'z-index': 8 },
    ...tierStyles('node.row.marked', tokens, true),
  };
}

const outcomes = ['EXPOSED', 'POSSIBLE', 'CONTAINED', 'LEFT'] as const;

function tierStyles(selector: string, tokens: Tokens, isMarked = false): Styles {
  return ofEach(selector, outcomes, (tier) => ({ 'background-image': discImage(tier, tokens, isMarked) }));
}

/** Holders have the shapes of their kinds, and no color but that of an origin. */
function holderStyles(tokens: Tokens): Styles {
  return {
    '.holder': { ...cardBox(tokens, 7, tokens.ink), ...imageSize(20), ...nameBelow(tokens) },
    ...ofEach('.holder', ROLE_ORDER, (kind) => ({
      shape: kindLooks[kind].shape,
      'background-image': iconImage(kind, tokens.ink),
    })),
    'node.holder.lab': {
      'background-color': tokens['ink-2'],
      'border-color': tokens['ink-2'],
      'background-image': iconImage('LAB', tokens.surface),
    },
    '.holder.origin': {
      'corner-radius': 10,
      'background-color': tokens.exposed,
      'border-width': 0,
      'outline-width': 3,
      'outline-offset': 1,
      'outline-color': tokens.exposed,
      'outline-opacity': 0.35,
      ...imageSize(26),
      'font-size': 14,
      'font-weight': 600,
    },
    ...kindIcons('.holder.origin', tokens.surface),
    // A suspected origin: hollow, with a dashed edge.
    '.holder.origin.suspected': {
      'background-color': tokens.surface,
      'border-width': 2,
      'border-style': 'dashed',
      'border-color': tokens.exposed,
      'outline-opacity': 0,
    },
    ...kindIcons('.holder.origin.suspected', tokens.ink),
    '.holder.group': {
      'border-color': tokens.control,
      'border-style': 'dashed',
      'background-image': 'none',
      'font-style': 'italic',
      color: tokens['ink-2'],
    },
    // Name and note stand beside the icon.
    'node.holder.plate': {
      shape: 'round-rectangle',
      'corner-radius': 8,
      'border-width': 1,
      'border-color': tokens.control,
      ...imageSize(18),
      'background-position-x': '10px',
    },
    'node.holder.plate.lit': { 'border-width': 1.5, 'border-color': tokens.ink },
    '.plate-text': { 'z-index': 21 },
    '.plate-text.group': { 'font-style': 'italic', color: tokens['ink-2'] },
    '.plate-text.gone': { color: tokens['ink-3'] },
    '.expanded': { ...cardBox(tokens, 8, tokens.ink), 'z-index': 9 },
    '.text.amount': { 'text-halign': 'left', 'font-size': 12 },
    '.partner': {
      shape: 'rectangle',
      width: 'data(width)',
      height: 21,
      'background-opacity': 0,
      ...labelAt('right'),
      'text-margin-x': 'data(inset)',
      'font-size': 12,
      'z-index': 11,
    },
    '.holder.gone, .expanded.gone': {
      'border-color': tokens.left,
      'border-style': 'dashed',
      'background-image-opacity': 0.4,
      color: tokens['ink-3'],
    },
    '.holder.mini': {
      'corner-radius': 4,
      ...imageSize(12),
      'outline-width': 0,
      events: 'no',
      'z-index': 12,
    },
    'node.holder.marked': { 'outline-width': 2, 'outline-offset': 4, 'outline-color': tokens.ink, 'outline-opacity': 1 },
  };
}

/** The lines of a radius. Each tier has a stroke of its own, apart from its color. */
function copyStyles(tokens: Tokens): Styles {
  return {
    '.ports': {
      'edge-distances': 'endpoints',
      'source-endpoint': (edge: { data(name: string): unknown }) => edge.data('from'),
      'target-endpoint': (edge: { data(name: string): unknown }) => edge.data('to'),
    },
    '.copy.contained': {
      'line-color': tokens.contained,
      'line-style': 'dashed',
      'line-dash-pattern': [1.5, 4],
      'line-cap': 'round',
      'z-index': 2,
    },
    '.copy.possible': { 'line-color': tokens.possible, 'line-style': 'dashed', 'line-dash-pattern': [6, 4], 'z-index': 3 },
    '.copy.exposed': { 'line-color': tokens.exposed, opacity: 0.78, 'z-index': 4 },
    '.step': { 'z-index': 7 },
    '.step.access, .step.transfer': { 'line-color': tokens['ink-2'], 'target-arrow-color': tokens['ink-2'], 'arrow-scale': 1.2 },
    '.step.access': { 'line-color': tokens.bg },
    '.step.reveals': { 'arrow-scale': 0.7 },
    // A double line is paler, because a clear one would show its ground.
    '.access.step.dim': { opacity: 1, 'line-outline-color': tokens.left, 'target-arrow-color': tokens.left },
    // A line out of the selection or the focus, while it stands.
    '.copy.uncertain, .copy.dim, .transfer.step.dim, .reveals.step.dim': { opacity: 0.42 },
    '.copy.band': { opacity: 0.5 },
    '.copy.band.lit': { opacity: 1, 'z-index': 5 },
    '.copy.band.dim': { opacity: 0.24 },
    '.copy.bold': { width: 3, opacity: 1, 'z-index': 6 },
  };
}
