import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

describe('Connect an assistant', () => {
  it('[W990] stands in the menu of the account, has the configuration to copy, and loads when it is opened', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/');
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('button', { name: 'Connect an assistant' }).click();
    const dialog = page.getByRole('dialog', { name: 'Connect an assistant' });
    const configuration = dialog.getByRole('region', { name: 'The configuration' });
    await configuration.waitFor();
    const text = await configuration.locator('pre').textContent();
    expect(JSON.parse(text ?? '')).toEqual({ mcpServers: { exposure: { url: `${site.server.url}/mcp` } } });
    // A server without authentication needs no token.
    await eventually(async () => expect(await dialog.getByRole('region', { name: 'A token' }).count()).toBe(0));
    await eventually(async () => expect(await dialog.textContent()).toContain('can carry off what it reads'));
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(complaints).toEqual([]);
  });
});
