import { isPageBehind } from '../graphql/shown-answers.ts';
import { savePng, saveSvg, svgFileOf } from '../save/save-picture.ts';
import { framePicture, legendOfPage } from './frame-picture.ts';
import type { DrawPicture } from './view-picture.ts';

const BEHIND = 'The page still shows an earlier answer. Save the picture once the new one is there.';

/** Saves a picture as SVG. Returns a sentence if that is not possible. */
export async function saveSvgPicture(name: string, draw: DrawPicture): Promise<string | null> {
  if (isPageBehind()) return BEHIND;
  const svg = fileOf(draw);
  if (svg === null) return 'There is no picture to save.';
  saveSvg(name, svg);
  return null;
}

/** Saves a picture as PNG. Returns a sentence if that is not possible. */
export async function savePngPicture(name: string, draw: DrawPicture): Promise<string | null> {
  if (isPageBehind()) return BEHIND;
  const svg = fileOf(draw);
  if (svg === null) return 'There is no picture to save.';
  try {
    await savePng(name, svg);
    return null;
  } catch {
    return 'The browser could not draw the picture. Save it as SVG.';
  }
}

function fileOf(draw: DrawPicture): string | null {
  const picture = draw();
  if (picture === null) return null;
  const { drawing, words, hasLegend } = picture;
  const svg = typeof drawing === 'string' ? drawing : svgFileOf(drawing);
  return framePicture(svg, words, hasLegend ? legendOfPage() : []);
}
