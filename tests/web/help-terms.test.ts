import { readFileSync } from 'node:fs';
import { renderConcepts } from '../../web/concepts/concepts-page.ts';
import { HELP_TERMS } from '../../web/shared/help/help-terms.ts';
import { describe, expect, it } from '../support/test.ts';

describe('help cards', () => {
  it('[W103] link to sections of the concepts', () => {
    const page = renderConcepts(readFileSync('docs/concepts.md', 'utf8'));
    for (const { section } of Object.values(HELP_TERMS)) expect(page).toContain(`id="${section}"`);
    expect(page).not.toMatch(/href="[^h#]/);
    expect(page).not.toContain('style=');
  });
});
