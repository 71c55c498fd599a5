import { readFileSync } from 'node:fs';
import { describe, expect, it } from '../support/test.ts';
import { ciede2000, contrast, type Lab, seenBy, VISIONS } from './color-math.ts';

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
