import { readFileSync } from 'node:fs';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { discImage, iconImage } from '../../web/canvas/cytoscape/images.ts';
import { mix, tokenNames, tokensFrom } from '../../web/canvas/cytoscape/tokens.ts';
import { graphStyles } from '../../web/canvas/explore/graph-styles.ts';
import { sceneStylesheet } from '../../web/canvas/scene/scene-stylesheet.ts';
import { DiscMark } from '../../web/shared/marks/tier-disc.tsx';
import { describe, expect, it } from '../support/test.ts';

const css = readFileSync('web/app/tokens.css', 'utf8');
const themes = { light: css.slice(0, css.indexOf('color-scheme="dark"')), dark: css.slice(css.indexOf('color-scheme="dark"')) };

function tokensOf(theme: keyof typeof themes) {
  return tokensFrom((name) => new RegExp(`--${name}:\\s*([^;]+);`).exec(themes[theme])?.[1]?.trim() ?? 'missing');
}

const TIERS = ['EXPOSED', 'POSSIBLE', 'CONTAINED'] as const;

interface Rule {
  readonly selector: string;
  readonly style: Readonly<Record<string, unknown>>;
}

describe('the style of the canvas', () => {
  it('[W975] a step of a fill lies between two colors, however the built styles write them', () => {
    expect(mix('#465063', '#ffffff', 0)).toBe('#ffffff');
    expect(mix('#465063', '#fff', 0.5)).toBe(mix('#465063', '#FFFFFF', 0.5));
    expect(mix('#000', '#ffffff', 0.5)).toBe('#808080');
    expect([mix('CanvasText', 'Canvas', 0.25), mix('CanvasText', '#fff', 1)]).toEqual(['Canvas', 'CanvasText']);
  });

  it.each(['light', 'dark'] as const)('[W70] every color that the canvas uses is a token of the %s theme', (theme) => {
    const tokens = tokensOf(theme);
    for (const name of tokenNames) expect([name, tokens[name]]).not.toEqual([name, 'missing']);
    const known = new Set<unknown>(Object.values(tokens));
    const rules = [sceneStylesheet(tokens), graphStyles(tokens)].flat() as unknown as Rule[];
    // A step of a fill is a mix of two tokens.
    for (const { selector, style } of rules.filter((rule) => !rule.selector.includes('.step-'))) {
      for (const [property, value] of Object.entries(style)) {
        if (/color$/.test(property)) expect([selector, property, known.has(value)]).toEqual([selector, property, true]);
      }
    }
  });

  it('[W70] another theme gives another style sheet and other images', () => {
    expect(JSON.stringify(sceneStylesheet(tokensOf('light')))).not.toBe(JSON.stringify(sceneStylesheet(tokensOf('dark'))));
    expect(iconImage('LAB', '#112233')).toContain(encodeURIComponent('#112233'));
  });

  it('[W71] each tier has its own disc and stroke, apart from its color', () => {
    const discs = TIERS.map((tier) => renderToStaticMarkup(createElement(DiscMark, { tier })).replaceAll(/var\([^)]*\)/g, ''));
    expect(new Set(discs).size).toBe(3);
    const rules = sceneStylesheet(tokensOf('light')) as unknown as Rule[];
    const strokes = TIERS.map((tier) => {
      const style = rules.find(({ selector }) => selector === `.copy.${tier.toLowerCase()}`)?.style;
      return `${style?.['line-style'] ?? 'solid'} ${style?.['line-dash-pattern'] ?? ''}`;
    });
    expect(new Set(strokes).size).toBe(3);
    // On the canvas a disc is an image: the same marks, in the colors of the theme.
    const tokens = tokensOf('light');
    for (const [place, tier] of TIERS.entries()) {
      const geometry = (marks: string) => [...marks.matchAll(/ (?:cx|cy|r|d|x|y|width|height|rx)="([^"]+)"/g)].map(([, value]) => value);
      const image = decodeURIComponent(discImage(tier, tokens)).replace(/^.*<g [^>]*>/, '');
      expect([tier, geometry(image)]).toEqual([tier, geometry(discs[place] ?? '')]);
    }
  });
});
