import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, type OpenedPage, shareChromium } from '../support/browser/chromium.ts';

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

/** The lines that a drag of 60 moves draws. */
async function countStrokes(whose: 'own' | 'bare', nodes: number): Promise<number> {
  await opened.page.evaluate('strokes = 0');
  await opened.page.evaluate(`panning.measurePanning('${whose}', 'hub', ${nodes}, ${nodes - 1}, 60)`);
  return opened.page.evaluate<number>('strokes');
}

describe('panning a large canvas', () => {
  it('[W273] moves it as one picture, while a small one is drawn in each frame', async () => {
    const [bare, own, small] = [await countStrokes('bare', 301), await countStrokes('own', 301), await countStrokes('own', 31)];
    // Each link is drawn before and after the drag. How many frames a drag has depends on the machine.
    expect({ bare, own, isFew: own < bare / 2 }).toEqual({ bare, own, isFew: true });
    expect({ own, small, isMany: small / 30 > (2 * own) / 300 }).toEqual({ own, small, isMany: true });
  });
});
