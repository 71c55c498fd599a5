import { useEffect } from 'react';

/** Draws what a canvas shows: a drawing of the page, or a whole SVG file. Null: there is nothing to draw. */
export type DrawPicture = () => SVGSVGElement | string | null;

const offered: DrawPicture[] = [];

/** Offers the picture of a canvas to the menus of the page while the canvas is shown. */
export function useOfferPicture(draw: DrawPicture | null): void {
  useEffect(() => {
    if (draw === null) return;
    offered.push(draw);
    return () => {
      offered.splice(offered.indexOf(draw), 1);
    };
  }, [draw]);
}

/** The picture of the canvas that is shown; null if there is none. */
export function drawShownPicture(): SVGSVGElement | string | null {
  return offered.at(-1)?.() ?? null;
}
