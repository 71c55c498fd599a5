import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { type Browser, type OpenedPage, shareChromium } from '../support/browser/chromium.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

let browser: Browser;
let opened: OpenedPage;
beforeAll(async () => {
  const entry = fileURLToPath(new URL('../bench/page/panning.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'panning' } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('Vite built nothing.');
  browser = await shareChromium('about:blank');
  opened = await browser.open();
  await opened.page.addScriptTag({ content: output.output[0].code });
  await opened.page.evaluate(() => {
    const counted = window as unknown as { strokes: number };
    counted.strokes = 0;
    const { stroke } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.stroke = function (this: CanvasRenderingContext2D, ...paths: Path2D[]) {
      counted.strokes++;
      Reflect.apply(stroke, this, paths);
    };
  });
}, 120_000);
afterAll(() => browser?.close());

/** The lines that a drag draws, one move a frame. */
async function countStrokes(nodes: number, moves: number): Promise<number> {
  await opened.page.evaluate('strokes = 0');
  await opened.page.evaluate(`panning.measurePanning('own', 'hub', ${nodes}, ${nodes - 1}, ${moves})`);
  return opened.page.evaluate<number>('strokes');
}

describe('panning a large canvas', () => {
  it('[W273] moves it as one picture, while a small one is drawn in each frame', async () => {
    // Each link is drawn before and after the drag. On a busy machine, Cytoscape draws fewer frames than there are.
    const large = await countStrokes(301, 60);
    expect({ large, isOnePicture: large <= 2 * 300 }).toEqual({ large, isOnePicture: true });
    const small = await countStrokes(31, 120);
    expect({ small, isManyPictures: small > 2 * 30 }).toEqual({ small, isManyPictures: true });
  });
});
