import { readFileSync } from 'node:fs';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { iconImage } from '../../web/canvas/cytoscape/images.ts';
import { tokenNames, tokensFrom } from '../../web/canvas/cytoscape/tokens.ts';
import { graphStylesheet } from '../../web/canvas/explore/graph-stylesheet.ts';
import { DiscMark } from '../../web/shared/ui/tier-disc.tsx';
import { describe, expect, it } from '../support/test.ts';

const css = readFileSync('web/app/tokens.css', 'utf8');
const themes = { light: css.slice(0, css.indexOf('color-scheme="dark"')), dark: css.slice(css.indexOf('color-scheme="dark"')) };

function tokensOf(theme: keyof typeof themes) {
  return tokensFrom((name) => new RegExp(`--${name}:\\s*([^;]+);`).exec(themes[theme])?.[1]?.trim() ?? 'missing');
}

const TIERS = ['EXPOSED', 'POSSIBLE', 'CONTAINED'] as const;
const drawn = readFileSync('web/canvas/lanes/lanes.module.css', 'utf8');

interface Rule {
  readonly selector: string;
  readonly style: Readonly<Record<string, unknown>>;
}

describe('the style of the canvas', () => {
  it.each(['light', 'dark'] as const)('[W70] every color that the canvas uses is a token of the %s theme', (theme) => {
    const tokens = tokensOf(theme);
    for (const name of tokenNames) expect([name, tokens[name]]).not.toEqual([name, 'missing']);
    const known = new Set<unknown>(Object.values(tokens));
    for (const { selector, style } of graphStylesheet(tokens) as unknown as Rule[]) {
      for (const [property, value] of Object.entries(style)) {
        if (/color$/.test(property)) expect([selector, property, known.has(value)]).toEqual([selector, property, true]);
      }
    }
    for (const [, name] of drawn.matchAll(/var\(--(?!font)([\w-]+)\)/g)) expect(themes[theme]).toContain(`--${name}:`);
  });

  it('[W70] another theme gives another style sheet and other images', () => {
    expect(JSON.stringify(graphStylesheet(tokensOf('light')))).not.toBe(JSON.stringify(graphStylesheet(tokensOf('dark'))));
    expect(iconImage('flask', '#112233')).toContain(encodeURIComponent('#112233'));
  });

  it('[W71] each tier has its own disc and stroke, apart from its color', () => {
    const discs = TIERS.map((tier) => renderToStaticMarkup(createElement(DiscMark, { tier })).replaceAll(/var\([^)]*\)/g, ''));
    expect(new Set(discs).size).toBe(3);
    const strokes = TIERS.map((tier) => {
      const rule = new RegExp(`\\.${tier.toLowerCase()} \\{([^}]*)\\}`).exec(drawn)?.[1] ?? '';
      return /stroke-dasharray: ([^;]*)/.exec(rule)?.[1] ?? 'solid';
    });
    expect(new Set(strokes).size).toBe(3);
  });
});
