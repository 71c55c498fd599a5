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

/** The token values at `element`. A missing token is black, which is easy to notice. */
export function readTokens(element: Element): Tokens {
  const style = getComputedStyle(element);
  return tokensFrom((name) => style.getPropertyValue(`--${name}`).trim() || '#000000');
}

export function tokensFrom(colorOf: (name: TokenName) => string): Tokens {
  return Object.fromEntries(tokenNames.map((name) => [name, colorOf(name)])) as Record<TokenName, string>;
}

/** Calls `onChange` after each theme change. Returns a function that stops watching. */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });
  return () => observer.disconnect();
}
