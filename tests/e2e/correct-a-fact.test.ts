import { askOf } from '../graphql/ask-of.ts';
import { findViolations } from '../support/browser/axe.ts';
import { openSite } from '../support/browser/open-site.ts';
import { eventually } from '../support/eventually.ts';
import { describe, expect, it } from '../support/test.ts';

const site = openSite();

const transfer =
  'query($id: ID!) { transfer(id: $id) { sentAt deletionState deletedAt provenance { source assertedBy import { id } } } organization(id: "quillmark") { custody { copyCount } } }';

describe('correcting a fact', () => {
  it('[W151] [W268] a deletion certificate, a date, a new record and a retraction go from the inspector into the facts, with their source', async () => {
    const { page, complaints } = await site.browser.open();
    const known = async (id: string) => (await askOf(site.server.url, transfer, { id })).data;
    const before = await known('T-0124');
    expect(before.transfer.deletionState).toBe('NONE');
    await page.goto('/explore?n=organization:quillmark&sel=organization:quillmark');
    const inspector = page.getByRole('complementary', { name: 'Details of Quillmark' });
    await inspector.getByRole('tab', { name: /^Copies/ }).click();
    await inspector.getByText('T-0124', { exact: true }).waitFor();

    await inspector.getByRole('button', { name: 'Correct: copy of Agent eval suite A2' }).click();
    const dialog = page.getByRole('dialog', { name: 'Correct a record' });
    await dialog.getByText('T-0124').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Record a deletion certificate' }).click();
    await dialog.getByLabel('Deleted', { exact: true }).fill('2026-11-01');
    await dialog.getByLabel('Sent', { exact: true }).fill('2026-05-05');
    // The former source does not support the new values.
    await eventually(async () => expect(await dialog.getByLabel('Source').inputValue()).toBe(''));
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Source of the correction: name the document, address or person that supports the values.').waitFor();
    expect((await known('T-0124')).transfer.deletionState).toBe('NONE');
    await dialog.getByLabel('Source').fill('Certificate QM-77');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await inspector.getByText(/May 5, 2026 .*deletion verified/).waitFor();
    const after = await known('T-0124');
    // A day as an end holds for the whole day (semantics §1).
    expect(after.transfer).toEqual({
      sentAt: '2026-05-05T00:00:00Z',
      deletionState: 'VERIFIED',
      deletedAt: '2026-11-02T00:00:00Z',
      provenance: { source: 'Certificate QM-77', assertedBy: 'local', import: null },
    });
    expect(after.organization.custody.copyCount).toBe(before.organization.custody.copyCount - 1);
    await inspector.locator('dl').first().getByText(String(after.organization.custody.copyCount), { exact: true }).waitFor();

    // A new record, which the canvas shows, and its retraction.
    await inspector.getByRole('tab', { name: 'Sources' }).click();
    await inspector.getByRole('button', { name: /^Add a record/ }).click();
    const adding = page.getByRole('dialog', { name: 'Add a record' });
    await adding.getByLabel('Kind').selectOption('ACCESS');
    await adding.getByRole('button', { name: 'Add', exact: true }).click();
    await adding.getByText('Who has access: search for a record and choose it.').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await adding.getByRole('textbox', { name: 'Find: Who has access' }).fill('fernway');
    await page.getByRole('option', { name: /Fernway/ }).click();
    await adding.getByLabel('Id', { exact: true }).fill('A-new');
    await adding.getByRole('button', { name: 'Add', exact: true }).click();
    await adding.waitFor({ state: 'detached' });
    await inspector.getByRole('tab', { name: /^Access/ }).click();
    await inspector.getByText('A-new').waitFor();
    await inspector.getByRole('button', { name: /^Correct: Fernway/ }).click();
    await dialog.getByRole('button', { name: /^Retract/ }).click();
    await dialog.getByRole('button', { name: 'Retract the record' }).click();
    await inspector.getByText('A-new').waitFor({ state: 'detached' });
    expect((await askOf(site.server.url, '{ access(id: "A-new") { id } }', {})).data.access).toBeNull();
    expect(complaints).toEqual([]);
  });

  it('[W269] a custody gap is closed by the missing transfer, with its artifact and recipient filled in', async () => {
    const { page, complaints } = await site.browser.open();
    await page.goto('/quality?rule=CUSTODY_GAP');
    const gap = page
      .getByRole('region', { name: 'Findings' })
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: 'Correct' }) })
      .first();
    const sentence = (await gap.locator('p').first().textContent()) ?? '';
    await gap.getByRole('button', { name: 'Add the missing transfer' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a record' });
    const recipient = /who sent it to (.*)\.$/.exec(sentence)?.[1] ?? '';
    await dialog.getByText(recipient, { exact: false }).first().waitFor();
    expect(await findViolations(page)).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Find: Sender' }).fill('aurelis');
    await page.getByRole('option', { name: /Aurelis/ }).click();
    await dialog.getByLabel('Id', { exact: true }).fill('T-found');
    await dialog.getByLabel('Sent', { exact: true }).fill('2025-01-02');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(sentence).waitFor({ state: 'detached' });
    const { data } = await askOf(site.server.url, '{ transfer(id: "T-found") { recipient { name } sender { id } sentAt } }', {});
    expect(data.transfer).toEqual({ recipient: { name: recipient }, sender: { id: 'aurelis' }, sentAt: '2025-01-02T00:00:00Z' });
    expect(complaints).toEqual([]);
  });
});
