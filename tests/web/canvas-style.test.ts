import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { discImage, iconImage } from '../../web/canvas/cytoscape/images.ts';
import { tokenNames, tokensFrom } from '../../web/canvas/cytoscape/tokens.ts';
import { graphStylesheet } from '../../web/canvas/explore/graph-stylesheet.ts';
import { lanesStylesheet } from '../../web/canvas/lanes/lanes-stylesheet.ts';

const css = readFileSync('web/app/tokens.css', 'utf8');
const themes = { light: css.slice(0, css.indexOf('color-scheme="dark"')), dark: css.slice(css.indexOf('color-scheme="dark"')) };

function tokensOf(theme: keyof typeof themes) {
  return tokensFrom((name) => new RegExp(`--${name}:\\s*([^;]+);`).exec(themes[theme])?.[1]?.trim() ?? 'missing');
}

interface Rule {
  readonly selector: string;
  readonly style: Readonly<Record<string, unknown>>;
}

describe('the style of the canvas', () => {
  it.each(['light', 'dark'] as const)('[W70] every color that the canvas uses is a token of the %s theme', (theme) => {
    const tokens = tokensOf(theme);
    for (const name of tokenNames) expect([name, tokens[name]]).not.toEqual([name, 'missing']);
    const known = new Set<unknown>(Object.values(tokens));
    for (const rules of [lanesStylesheet(tokens), graphStylesheet(tokens)] as unknown as Rule[][]) {
      for (const { selector, style } of rules) {
        for (const [property, value] of Object.entries(style)) {
          if (/color$/.test(property)) expect([selector, property, known.has(value)]).toEqual([selector, property, true]);
        }
      }
    }
  });

  it('[W70] another theme gives another style sheet and other images', () => {
    expect(JSON.stringify(lanesStylesheet(tokensOf('light')))).not.toBe(JSON.stringify(lanesStylesheet(tokensOf('dark'))));
    expect(iconImage('flask', '#112233')).toContain(encodeURIComponent('#112233'));
  });

  it('[W71] each tier has its own disc and stroke, apart from its color', () => {
    const discs = (['full', 'half', 'ring-lock', 'dashed-ring'] as const).map((disc) => discImage(disc, '#000000'));
    expect(new Set(discs).size).toBe(4);
    const rules = lanesStylesheet(tokensOf('light')) as unknown as Rule[];
    const strokes = ['exposed', 'possible', 'contained'].map((tier) => {
      const style = rules.find((rule) => rule.selector === `.copy.${tier}`)?.style;
      return JSON.stringify([style?.['line-style'] ?? 'solid', style?.['line-dash-pattern'] ?? null]);
    });
    expect(new Set(strokes).size).toBe(3);
  });
});
