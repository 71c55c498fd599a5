import { readFileSync } from 'node:fs';
import { expect, it } from '../support/test.ts';

/** The declarations of a class. */
function declarationsOf(css: string, name: string): string {
  return [...css.matchAll(/([^{}]+)\{([^}]*)\}/g)]
    .filter(([, selector]) => new RegExp(`\\.${name}\\b`).test(selector as string))
    .map(([, , declarations]) => declarations)
    .join('');
}

it('[W649] what was held over time is drawn in greys: a tier hue would claim a tier', () => {
  const read = (path: string) => readFileSync(path, 'utf8');
  const css = `${read('web/features/blast-radius/time-window.module.css')}${read('web/canvas/time/time.module.css')}`;
  for (const name of [
    'definite',
    'possible',
    'hatchGround',
    'hatchLine',
    'unreadable',
    'definiteArea',
    'definiteLine',
    'possibleLine',
    'hatch',
    'definiteCount',
    'possibleCount',
  ]) {
    const declarations = declarationsOf(css, name);
    expect(declarations).toMatch(/var\(--/);
    expect([name, declarations.match(/--(exposed|possible|contained)[\w-]*/)]).toEqual([name, null]);
  }
});
