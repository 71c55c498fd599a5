import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { quillmarkIncident } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Receiver } from '../webhooks/receiver.ts';

const site = openSite({ environment: { EXPOSURE_WEBHOOK_NETWORKS: '127.0.0.0/8' } });
let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.open();
});
afterAll(() => receiver.close());

const put = 'mutation($input: PutFactsInput!) { putFacts(input: $input) { userErrors { message } } }';

/** Quillmark gets a readable copy of an artifact that is only possible now. */
async function sendToQuillmark(id: string, artifact: string, sender: string): Promise<void> {
  const transfers = [{ id, artifact, sender, recipient: 'quillmark', sentAt: '2026-09-01T00:00:00Z', form: 'PLAINTEXT' }];
  const response = await fetch(`${site.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: put, variables: { input: { transfers } } }),
  });
  expect(await response.json()).toEqual({ data: { putFacts: { userErrors: [] } } });
}

describe('endpoints of webhooks', () => {
  it('[W1000] an administrator adds one, tests it, names it in a watch, sees and repeats its deliveries, rotates its secret, enables and deletes it', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/explore');
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('link', { name: 'Webhooks' }).click();
    await page.getByText('There are no endpoints yet. Nothing leaves the server.').waitFor();
    await page.getByLabel('Address').fill('https://evil.example/');
    await page.getByRole('button', { name: 'Add endpoint' }).click();
    await page.getByText('EXPOSURE_WEBHOOK_HOSTS does not list the host evil.example', { exact: false }).waitFor();
    await page.getByLabel('Address').fill(receiver.url);
    await page.getByRole('button', { name: 'Add endpoint' }).click();
    const made = page.getByRole('region', { name: 'The secret' });
    const secret = await made.locator('pre').textContent();
    expect(secret).toMatch(/^whsec_/);
    const card = page.getByRole('region', { name: receiver.url, exact: true });
    await card.getByText('Nothing was sent to it yet.').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await made.getByRole('button', { name: 'I have kept it' }).click();
    await made.waitFor({ state: 'detached' });
    await card.getByRole('button', { name: 'Send a test' }).click();
    await card.getByRole('row', { name: /Test.*Delivered \(204\)/ }).waitFor();
    expect(receiver.received.length).toBe(1);

    // A watch names it.
    await page.goto(quillmarkIncident);
    await page.getByRole('button', { name: 'Watch this: Radius of Quillmark' }).click();
    const dialog = page.getByRole('dialog', { name: 'Watch this' });
    await dialog.getByText('nothing leaves the server', { exact: false }).waitFor();
    await dialog.getByLabel(receiver.url).check();
    await dialog.getByText('they go to 1 endpoint of webhooks', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Watch', exact: true }).click();
    await page.getByText('is saved.', { exact: false }).first().waitFor({ state: 'attached' });
    await sendToQuillmark('W-1000', 'd-voice-v4', 'dovemoor');
    await page.goto('/endpoints');
    const event = card.getByRole('row', { name: /Event.*Delivered \(204\)/ });
    await eventually(() => expect(receiver.received.length).toBe(2), { timeoutMs: 60_000 });
    await page.reload();
    await event.first().waitFor();

    await event.first().getByRole('button', { name: 'Send again' }).click();
    await card
      .getByRole('row', { name: /Event.*Delivered \(204\)/ })
      .nth(1)
      .waitFor();
    expect(receiver.ids[1]).toBe(receiver.ids[2]);
    expect(await findViolations(page)).toEqual([]);
    await card.getByRole('button', { name: 'Rotate the secret' }).click();
    await made.waitFor();
    const second = await made.locator('pre').textContent();
    expect([second === secret, second]).toEqual([false, expect.stringMatching(/^whsec_/)]);
    // It is shown once.
    receiver.answer = { status: 410 };
    await event.first().getByRole('button', { name: 'Send again' }).click();
    await card.getByText('Disabled: nothing is sent until you enable it').waitFor();
    await page.reload();
    await card.getByText('The answer was 410.').first().waitFor();
    expect(await page.content()).not.toContain('whsec_');
    receiver.answer = { status: 204 };
    await card.getByRole('button', { name: 'Enable' }).click();
    await card.getByText('Active', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Delete' }).click();
    await card.getByRole('button', { name: 'Delete it' }).click();
    await card.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});
