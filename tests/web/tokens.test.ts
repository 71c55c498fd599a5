import { readFileSync } from 'node:fs';
import { describe, expect, it } from '../support/test.ts';

/** Color measures for the tests of the tokens: WCAG contrast, color vision after Machado 2009, CIEDE2000 after Sharma 2005. */

type Rgb = readonly [number, number, number];
type Lab = readonly [number, number, number];

const VISIONS = ['normal', 'protan', 'deutan', 'tritan'] as const;
type Vision = (typeof VISIONS)[number];

/** Severity 1.0, over linear RGB. */
const MATRICES: Readonly<Record<Vision, readonly [Rgb, Rgb, Rgb]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linearOf(hex: string): Rgb {
  const channel = (start: number) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = linearOf(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function seenBy(vision: Vision, hex: string): Lab {
  const [r, g, b] = linearOf(hex);
  const [x, y, z] = MATRICES[vision].map((row) => Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b))) as unknown as Rgb;
  return labOf([x, y, z]);
}

function labOf([r, g, b]: Rgb): Lab {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function ciede2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)));
  const [x1, x2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(x1, b1), Math.hypot(x2, b2)];
  const [h1, h2] = [hue(x1, b1), hue(x2, b2)];
  const isGray = c1 * c2 === 0;
  const turn = isGray ? 0 : Math.abs(h2 - h1) <= 180 ? h2 - h1 : h2 - h1 > 180 ? h2 - h1 - 360 : h2 - h1 + 360;
  const [dl, dc, dh] = [l2 - l1, c2 - c1, 2 * Math.sqrt(c1 * c2) * sin(turn / 2)];
  const [ml, mc] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const mh = isGray ? h1 + h2 : Math.abs(h1 - h2) <= 180 ? (h1 + h2) / 2 : h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
  const t = 1 - 0.17 * cos(mh - 30) + 0.24 * cos(2 * mh) + 0.32 * cos(3 * mh + 6) - 0.2 * cos(4 * mh - 63);
  const sl = 1 + (0.015 * (ml - 50) ** 2) / Math.sqrt(20 + (ml - 50) ** 2);
  const sc = 1 + 0.045 * mc;
  const sh = 1 + 0.015 * mc * t;
  const rt = -2 * Math.sqrt(mc ** 7 / (mc ** 7 + 25 ** 7)) * sin(60 * Math.exp(-(((mh - 275) / 25) ** 2)));
  return Math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rt * (dc / sc) * (dh / sh));
}

function hue(x: number, y: number): number {
  if (x === 0 && y === 0) return 0;
  const degrees = (Math.atan2(y, x) * 180) / Math.PI;
  return degrees < 0 ? degrees + 360 : degrees;
}

function sin(degrees: number): number {
  return Math.sin((degrees * Math.PI) / 180);
}

function cos(degrees: number): number {
  return Math.cos((degrees * Math.PI) / 180);
}

const css = readFileSync('web/app/tokens.css', 'utf8');
const light = tokensOf(css.slice(0, css.indexOf('[data-mantine-color-scheme="dark"]')));
const dark = { ...light, ...tokensOf(css.slice(css.indexOf('[data-mantine-color-scheme="dark"]'))) };
const themes = { light, dark };

function tokensOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

function token(theme: keyof typeof themes, name: string): string {
  const value = themes[theme][name];
  if (value === undefined) throw new Error(`tokens.css has no --${name}`);
  return value;
}

describe.each(['light', 'dark'] as const)('the tokens of the %s theme', (theme) => {
  const of = (name: string) => token(theme, name);

  it.each(['ink', 'ink-2', 'ink-3', 'accent-ink'])('[W11] --%s is readable on every surface', (name) => {
    for (const surface of ['bg', 'surface', 'surface-2', 'accent-soft'])
      expect(contrast(of(name), of(surface))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['exposed', 'possible', 'contained', 'ok', 'accent'])(
    '[W11] text in --%s is readable on its soft background and on a surface',
    (name) => {
      for (const ground of [`${name}-soft`, 'surface', 'bg']) expect(contrast(of(`${name}-ink`), of(ground))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('[W11] text on a filled button is readable', () => {
    for (const fill of ['accent', 'accent-ink', 'lab', 'exposed']) expect(contrast(of('surface'), of(fill))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['exposed', 'possible', 'contained', 'left', 'edge', 'control', 'lab', 'vendor', 'tool', 'art', 'accent'])(
    '[W11] marks in --%s are visible on both backgrounds',
    (name) => {
      for (const ground of ['bg', 'surface']) expect(contrast(of(name), of(ground))).toBeGreaterThanOrEqual(3);
    },
  );

  const leastApart = (a: string, b: string) =>
    Math.min(...VISIONS.map((vision) => ciede2000(seenBy(vision, of(a)), seenBy(vision, of(b)))));

  it.each([
    ['exposed', 'possible'],
    ['exposed', 'contained'],
    ['possible', 'contained'],
  ])('[W12] --%s and --%s differ for every color vision', (a, b) => {
    expect(leastApart(a, b)).toBeGreaterThanOrEqual(15);
  });

  it.each(['exposed', 'possible', 'contained'])('[W12] --%s differs from the gray of removed artifacts', (tier) => {
    expect(leastApart(tier, 'left')).toBeGreaterThanOrEqual(14);
  });

  it('[W12] kinds differ from each other', () => {
    const kinds = ['lab', 'vendor', 'tool', 'art'];
    for (const a of kinds) for (const b of kinds) if (a < b) expect([a, b, leastApart(a, b) >= 12]).toEqual([a, b, true]);
  });
});

describe('the measure itself', () => {
  it.each<[Lab, Lab, number]>([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792],
    [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  ])('[W12] gives the published difference of %j and %j', (a, b, difference) => {
    expect(ciede2000(a, b)).toBeCloseTo(difference, 4);
  });

  it('[W11] gives 21 for black on white', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
  });
});
