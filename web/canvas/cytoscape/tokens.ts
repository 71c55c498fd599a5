import type { Tier } from '../../shared/generated/operations.ts';

/** The color tokens of the canvas. Cytoscape cannot read CSS variables, so their computed values are read again after each theme change. */
export const tokenNames = [
  'bg',
  'surface',
  'surface-2',
  'line',
  'control',
  'ink',
  'ink-2',
  'ink-3',
  'accent',
  'exposed',
  'exposed-soft',
  'possible',
  'contained',
  'left',
  'lab',
  'vendor',
  'sub',
  'sub-fill',
  'tool',
  'tool-fill',
  'art',
  'edge',
] as const;

export type TokenName = (typeof tokenNames)[number];
export type Tokens = Readonly<Record<TokenName, string>>;

/** The token of a tier's color. */
export const tierToken = (tier: Tier) => tier.toLowerCase() as Lowercase<Tier>;

const forcedColors = '(forced-colors: active)';

/** The token values at `element`. A missing token is black, which is easy to notice. Where the system forces colors, there are two. */
export function readTokens(element: Element): Tokens {
  const style = getComputedStyle(element);
  // The color and the background of the canvas are the system's by then.
  if (window.matchMedia(forcedColors).matches) return tokensFrom((name) => (grounds.has(name) ? style.backgroundColor : style.color));
  return tokensFrom((name) => style.getPropertyValue(`--${name}`).trim() || '#000000');
}

const grounds: ReadonlySet<TokenName> = new Set(['bg', 'surface', 'surface-2', 'exposed-soft', 'sub-fill', 'tool-fill']);

export function tokensFrom(colorOf: (name: TokenName) => string): Tokens {
  return Object.fromEntries(tokenNames.map((name) => [name, colorOf(name)])) as Record<TokenName, string>;
}

/** Calls `onChange` after each change of theme or of forced colors, and before and after print: paper is light. Returns a function that stops watching. */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });
  const media = [forcedColors, 'print'].map((query) => window.matchMedia(query));
  for (const each of media) each.addEventListener('change', onChange);
  return () => {
    observer.disconnect();
    for (const each of media) each.removeEventListener('change', onChange);
  };
}

/**
 * A color between two others, as #rrggbb. They may be short, as #fff, because the build of the styles shortens them. Of colors that have no such
 * value, as forced ones, the nearer.
 *
 * @param share of the first, from 0 to 1
 */
export function mix(some: string, other: string, share: number): string {
  if (!isHex(some) || !isHex(other)) return share < 0.5 ? other : some;
  const part = (color: string, place: number) => {
    const digits = color.trim().slice(1);
    const own = digits.length === 3 ? (digits[place] ?? '').repeat(2) : digits.slice(place * 2, place * 2 + 2);
    return Number.parseInt(own, 16);
  };
  const mixed = [0, 1, 2].map((place) => Math.round(part(some, place) * share + part(other, place) * (1 - share)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function isHex(color: string): boolean {
  return /^#([\da-f]{3}|[\da-f]{6})$/i.test(color.trim());
}
