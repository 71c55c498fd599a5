import cytoscape, { type Core, type CytoscapeOptions, type StylesheetJson } from 'cytoscape';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { readTokens, type Tokens, watchTheme } from '../cytoscape/tokens.ts';

// Cytoscape warns about lines between overlapping nodes, which is harmless: it draws them again once the nodes separate.
cytoscape.warnings(false);

/**
 * Creates a Cytoscape instance in `container` for the life of the component, and restyles it after a change of the theme or of the style sheet. Uses a pixel ratio of at
 * least 2, because labels blur below that.
 */
export function useCytoscape(
  container: RefObject<HTMLDivElement | null>,
  stylesheet: (tokens: Tokens) => StylesheetJson,
  options: CytoscapeOptions,
): Core | null {
  const [core, setCore] = useState<Core | null>(null);
  const given = useRef({ stylesheet, options });
  useEffect(() => {
    if (given.current.stylesheet === stylesheet) return;
    given.current = { stylesheet, options };
    if (core !== null && container.current !== null) core.style(stylesheet(readTokens(container.current)));
  }, [core, container, stylesheet, options]);
  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    keepStylesheetOut();
    const made = cytoscape({
      ...given.current.options,
      container: element,
      pixelRatio: Math.max(2, window.devicePixelRatio),
      style: given.current.stylesheet(readTokens(element)),
    });
    // A theme changes colors, not positions.
    const dress = () => made.style(given.current.stylesheet(readTokens(element)));
    const stopWatching = watchTheme(dress);
    // A label drawn before its font has loaded keeps the fallback font, so the instance is returned after loading.
    Promise.allSettled([400, 600].map((weight) => document.fonts.load(`${weight} 13px "Inter Variable"`))).then(() => {
      if (!made.destroyed()) setCore(made);
    });
    return () => {
      stopWatching();
      made.destroy();
      setCore(null);
    };
  }, [container]);
  return core;
}

/**
 * Keeps Cytoscape from adding a style element, which the content security policy forbids: it adds none if this id exists. Our own style
 * sheet positions the container instead.
 */
function keepStylesheetOut(): void {
  const id = '__________cytoscape_stylesheet';
  if (document.getElementById(id) !== null) return;
  const placeholder = document.createElement('meta');
  placeholder.id = id;
  document.head.append(placeholder);
}
