import cytoscape, { type Core, type CytoscapeOptions, type StylesheetJson } from 'cytoscape';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { readTokens, type Tokens, watchTheme } from './tokens.ts';

// Its warnings are about lines between marks that somebody dragged onto each other: drawn again as soon as they part.
cytoscape.warnings(false);

/**
 * A Cytoscape instance in `container` that lives as long as the component and is dressed anew when the theme changes. Twice the pixels at
 * least, else labels blur.
 */
export function useCytoscape(
  container: RefObject<HTMLDivElement | null>,
  stylesheet: (tokens: Tokens) => StylesheetJson,
  options: CytoscapeOptions,
): Core | null {
  const [core, setCore] = useState<Core | null>(null);
  const given = useRef({ stylesheet, options });
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
    // Another theme changes what is drawn but not where.
    const dress = () => made.style(given.current.stylesheet(readTokens(element)));
    const stopWatching = watchTheme(dress);
    // A label drawn before its font is there keeps the wrong letters, so nothing is handed out before.
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
 * Cytoscape adds a style element of its own, unless one with this id is there, and the server's content security policy forbids it. What
 * that element says (the container is positioned) our own style sheet says already.
 */
function keepStylesheetOut(): void {
  const id = '__________cytoscape_stylesheet';
  if (document.getElementById(id) !== null) return;
  const placeholder = document.createElement('meta');
  placeholder.id = id;
  document.head.append(placeholder);
}
