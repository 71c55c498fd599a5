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
});
afterAll(() => browser?.close());

/** The lines that are drawn while a canvas is moved, one move a frame. */
async function countStrokes(gesture: 'pan' | 'drag', moves: number): Promise<number> {
  await opened.page.evaluate('strokes = 0');
  await opened.page.evaluate(`panning.moveCanvas('${gesture}', ${moves})`);
  return opened.page.evaluate<number>('strokes');
}

describe('panning and dragging on a large canvas', () => {
  it('[W273] pans as one picture, and draws its lines only for it and at rest', async () => {
    for (const links of [30, 300]) {
      await opened.page.evaluate(`panning.openCanvas('own', 'hub', ${links + 1}, ${links})`);
      const strokes = await countStrokes('pan', 60);
      // A line has an outline and an arrow, too. The picture is drawn once, and so is what rests.
      expect({ strokes, isOnePicture: strokes > 0 && strokes <= 6 * links }).toEqual({ strokes, isOnePicture: true });
    }
  });

  it('[W1010] shows what lies past its edge while it is panned', async () => {
    await opened.page.evaluate(`panning.openCanvas('own', 'mesh', 500, 400)`);
    const shares = await opened.page.evaluate<readonly number[]>('panning.panPastEdge()');
    const [atRest = 0, inMotion = 0] = shares;
    expect(atRest).toBeGreaterThan(0);
    expect({ shares, isWhole: Math.abs(inMotion - atRest) <= atRest / 5 }).toEqual({ shares, isWhole: true });
  });

  it('[W1011] draws the dragged node and its lines alone, however many others there are', async () => {
    const [links, moves] = [1500, 40];
    await opened.page.evaluate(`panning.openCanvas('own', 'mesh', 500, ${links})`);
    const strokes = await countStrokes('drag', moves);
    // All lines as the drag begins and as it ends, each time once or twice. A node has about six of its own, drawn at most three times a frame.
    expect({ strokes, isLittle: strokes <= 4 * links + 18 * moves }).toEqual({ strokes, isLittle: true });
  });
});
