import { type RefObject, useCallback, useEffect, useRef } from 'react';

/** A drawing of the page, or a whole SVG file. */
export type Drawing = SVGSVGElement | string;

/** Words for a reader of the saved file, who does not see the page around it. */
export interface PictureWords {
  readonly title: string;
  /** Sentences below the title: the question and its answer. */
  readonly caption: readonly string[];
  /** Whether the caption says as of when the records are known. */
  readonly isDated: boolean;
}

export interface Picture {
  readonly drawing: Drawing;
  readonly words: PictureWords;
  /** Whether the legend that the page shows is about this drawing. */
  readonly hasLegend: boolean;
}

/** Draws what a canvas or a chart shows. Null: there is nothing to draw. */
export type DrawPicture = () => Picture | null;

const NO_CAPTION: readonly string[] = [];

/** The picture of a chart, which needs no legend; null if there is none. */
export function pictureOf(drawing: Drawing | null, title: string, caption = NO_CAPTION): Picture | null {
  return drawing === null ? null : { drawing, words: { title, caption, isDated: false }, hasLegend: false };
}

const offered: DrawPicture[] = [];

/** Offers the picture of a canvas to the menus of the page while the canvas is shown. @param caption must be the same array from one rendering to the next */
export function useOfferPicture(draw: () => Drawing | null, title: string, caption = NO_CAPTION, isDated = false): void {
  useEffect(() => {
    const offer = (): Picture | null => {
      const drawing = draw();
      return drawing === null ? null : { drawing, words: { title, caption, isDated }, hasLegend: true };
    };
    offered.push(offer);
    return () => {
      offered.splice(offered.indexOf(offer), 1);
    };
  }, [draw, title, caption, isDated]);
}

/** Offers a drawing of the page as `useOfferPicture` does. @returns the ref of its SVG element */
export function useOfferDrawing(title: string, caption = NO_CAPTION): RefObject<SVGSVGElement | null> {
  const drawing = useRef<SVGSVGElement>(null);
  const draw = useCallback(() => drawing.current, []);
  useOfferPicture(draw, title, caption);
  return drawing;
}

/** The picture of the canvas that is shown; null if there is none. */
export function drawShownPicture(): Picture | null {
  return offered.at(-1)?.() ?? null;
}
