/**
 * The design's colours as a canvas needs them: computed values, since Cytoscape cannot read CSS variables (design §6).
 * Read again on every change of theme.
 */
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

/** The values that hold at `element`; a token that the page does not define is black, which shows at once. */
export function readTokens(element: Element): Tokens {
  const style = getComputedStyle(element);
  return tokensFrom((name) => style.getPropertyValue(`--${name}`).trim() || '#000000');
}

export function tokensFrom(colorOf: (name: TokenName) => string): Tokens {
  return Object.fromEntries(tokenNames.map((name) => [name, colorOf(name)])) as Record<TokenName, string>;
}

/** Calls `onChange` after every change of theme; returns what stops it. */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });
  return () => observer.disconnect();
}
