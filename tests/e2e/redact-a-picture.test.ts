import { readFileSync } from 'node:fs';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

describe('what every view shares', () => {
  it('[W108] hides names on the page, in its address, in a picture and in an export, and shows them again', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/rankings?sel=quillmark');
    await page.getByRole('heading', { name: 'Quillmark' }).waitFor();
    await page.getByRole('button', { name: /^Now/ }).click();
    await page.getByRole('switch', { name: 'Hide names for sharing' }).click();
    await page.waitForURL(/redact=names/);
    expect(page.url()).toMatch(/sel=hidden-vendor-\d+/);
    await page.getByRole('heading', { name: /^Vendor \d+$/ }).waitFor();
    await page.keyboard.press('Escape');
    const isNamed = async () => /Quillmark|Proxyline|Aurelis/.test((await page.locator('main').textContent()) ?? '');
    await eventually(async () => expect(await isNamed()).toBe(false));

    await page.getByRole('button', { name: 'Export' }).click();
    const [picture] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Chart as SVG' }).click()]);
    const svg = readFileSync(await picture.path(), 'utf8');
    expect(/Vendor \d+/.test(svg)).toBe(true);
    expect(/quillmark|proxyline/i.test(svg)).toBe(false);
    await page.getByRole('button', { name: 'Export' }).click();
    const [list] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Whole list as CSV' }).click()]);
    const csv = readFileSync(await list.path(), 'utf8');
    expect(csv).toContain('hidden-vendor-');
    expect(/quillmark|proxyline/i.test(csv)).toBe(false);

    // Another view, opened from here, hides names too.
    await page.getByRole('link', { name: 'Show blast radius' }).click();
    await page.waitForURL(/\/blast\?.*redact=names/);
    await page.locator('button[data-tier]').first().waitFor();
    await eventually(async () => expect(await isNamed()).toBe(false));
    await page.getByRole('button', { name: 'Show names' }).click();
    await page.waitForURL((url) => !url.searchParams.has('redact'));
    await page.locator('main').getByText('Quillmark').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('[W305] the matrix is a picture too, whole, with before and after in a what-if, and without names at the switch', async () => {
    const { page, complaints } = await site.browser.open();
    const take = async (button: string) => {
      await page.getByRole('button', { name: button }).click();
      const [picture] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Canvas as SVG' }).click()]);
      return readFileSync(await picture.path(), 'utf8');
    };
    const matrix = '/blast?incident=INC-02&view=matrix';
    await page.goto(matrix);
    await page.getByTestId('matrix').getByRole('gridcell').first().waitFor();
    const whole = await take('Save the canvas');
    for (const text of ['Aurelis Labs', 'Corvale Review', 'Only revealed', '$27.4M', '60%', 'Contained'])
      expect(whole).toContain(`>${text}</text>`);
    await page.goto('/blast?incident=INC-02&vs=&vsWidest=2026-01-01T00:00Z..2026-10-01T00:00Z');
    await page.locator('main').getByText('By holder and lab').waitFor();
    // The number is that of the tier whose disc stands before it.
    expect(await take('Export')).toContain('>3 → 1</text>');
    await page.goto(`${matrix}&redact=names`);
    await page.getByTestId('matrix').getByRole('gridcell').first().waitFor();
    const hidden = await take('Save the canvas');
    expect(hidden).toMatch(/>Lab \d+<\/text>/);
    expect(/quillmark|aurelis|corvale/i.test(hidden)).toBe(false);
    // A drawing of the page leaves a margin, and its texts keep their width in another font.
    await page.goto('/blast?incident=INC-02&view=flows');
    await page.getByTestId('flows').waitFor();
    const flows = await take('Save the canvas');
    expect(flows).toMatch(/viewBox="-16 -16 /);
    expect(flows).toMatch(/<text[^>]*textLength="\d/);
    expect(complaints).toEqual([]);
  });

  it('[W107] shows a view as known at an earlier instant, carries that to other views, and leads back to now', async () => {
    const before = new Date().toISOString();
    await fetch(`${site.server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'mutation($input: PutFactsInput!) { putFacts(input: $input) { revision } }',
        variables: { input: { organizations: [{ id: 'newcomer', name: 'Newcomer', roles: ['VENDOR'] }] } },
      }),
    });
    const { page, complaints } = await site.browser.open();
    await page.goto('/');
    await page.getByText('33 organizations').waitFor();
    await page.goto(`/?knownAt=${before}`);
    await page.getByText('32 organizations').waitFor();
    await page.getByText(/^As known at /).waitFor();
    await page.getByRole('link', { name: 'All rankings' }).click();
    await page.waitForURL(/\/rankings\?knownAt=/);
    await page.getByRole('region', { name: 'Organizations by radius' }).getByText('Proxyline').waitFor();
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.waitForURL((url) => !url.searchParams.has('knownAt'));
    await page.getByText(/^As known at /).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});
