import { findViolations } from '../support/browser/axe.ts';
import { type Browser, shareChromium } from '../support/browser/chromium.ts';
import { quillmarkIncident, waitForTierCounts } from '../support/browser/tier-counts.ts';
import { eventually } from '../support/eventually.ts';
import { type RunningServer, startServer } from '../support/servers/running-server.ts';
import { TcpProxy } from '../support/servers/tcp-proxy.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

let proxy: TcpProxy;
let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  server = await startServer();
  proxy = await TcpProxy.open(Number(new URL(server.url).port));
  browser = await shareChromium(`http://127.0.0.1:${proxy.port}`);
});
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.stop();
});

describe('a server that is away', () => {
  it('[W136] [W1168] leaves the radius and the demo banner on the page with their time, and is asked again without a reload when it is back', async () => {
    const { page, settle } = await browser.open();
    // The page checks the server every ten seconds: its clock is moved on instead of waiting.
    await page.clock.install();
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);
    const banner = page.getByRole('complementary', { name: 'Demo data' });
    await banner.waitFor();
    // The code of the other tabs loads once the page is at rest.
    await settle();

    await proxy.refuse();
    await page.clock.fastForward(11_000);
    const notice = page.getByRole('status').filter({ hasText: 'The server cannot be reached. Showing data from' });
    await notice.waitFor();
    await waitForTierCounts(page, [14, 6, 5]);
    await eventually(async () => expect(await banner.isVisible()).toBe(true));
    expect(await findViolations(page)).toEqual([]);

    // A further question waits in silence: the notice alone says why, and checks again.
    const failed = page.waitForEvent('requestfailed');
    await page.getByRole('tab', { name: 'Integrity' }).click();
    await failed;
    const retry = page.getByRole('button', { name: 'Retry' });
    await eventually(async () => expect(await retry.count()).toBe(1));
    expect(await page.getByText('cannot be reached').count()).toBe(1);
    expect(await page.getByRole('alert').count()).toBe(0);

    await proxy.listen();
    await retry.click();
    await notice.waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Integrity' }).waitFor();
    await waitForTierCounts(page, [14, 6, 5]);
    await eventually(async () => expect(await banner.isVisible()).toBe(true));
  });

  it('[W1148] [W1168] counts no node of a graph that no answer has described', async () => {
    const { page, settle } = await browser.open();
    await page.goto('/explore?all=1');
    const counts = page.locator('[data-twin]').getByRole('tab');
    await counts.filter({ hasText: /\d/ }).first().waitFor();
    await page.getByRole('link', { name: 'Rankings' }).click();
    await page.locator('[data-dot="proxyline"]').click();
    const open = page.getByRole('region', { name: 'Selected: Proxyline' }).getByRole('link', { name: 'Open in Explore' });
    await open.waitFor();
    await settle();
    await proxy.refuse();
    await open.click();
    await page.getByText('Opened 1 node', { exact: true }).waitFor();
    expect(await counts.allTextContents()).not.toContainEqual(expect.stringMatching(/\d/));
    await eventually(async () => expect(await page.getByText('cannot be reached').count()).toBe(1));
    await proxy.listen();
    await page.getByRole('button', { name: 'Retry' }).click();
    await counts.filter({ hasText: /\d/ }).first().waitFor();
  });

  it('[W352] keeps the rest of the page where the code of a tab or of a page cannot be loaded, with ways to try again', async () => {
    const { page } = await browser.open();
    const codeOf = /\/assets\/(integrity-tab|rankings-view)[^/]*\.js$/;
    await page.route(codeOf, (route) => route.abort());
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);
    const failure = page.getByRole('alert').filter({ hasText: 'This part of the page could not be loaded.' });

    await page.getByRole('tab', { name: 'Integrity' }).click();
    await failure.waitFor();
    await waitForTierCounts(page, [14, 6, 5]);
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Loss' }).click();
    await failure.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Integrity' }).click();
    await failure.getByRole('button', { name: 'Retry' }).click();
    await failure.waitFor();

    await page.getByRole('link', { name: 'Rankings' }).click();
    await failure.waitFor();
    await page.getByRole('navigation', { name: 'Views' }).waitFor();
    await page.goBack();
    await waitForTierCounts(page, [14, 6, 5]);

    await page.unroute(codeOf);
    await failure.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('region', { name: 'Integrity' }).waitFor();
    await eventually(async () => expect(await page.getByRole('tab', { name: 'Integrity' }).getAttribute('aria-selected')).toBe('true'));
  });

  it('[W356] closes the error of a dialog or a what-if whose code cannot be loaded, and leaves the way from a picture to the others', async () => {
    const { page } = await browser.open();
    const codeOf = /\/assets\/(hand-over|help-dialog|what-if-view|matrix-canvas)[^/]*\.js$/;
    await page.route(codeOf, (route) => route.abort());
    await page.goto(quillmarkIncident);
    await waitForTierCounts(page, [14, 6, 5]);
    const failure = page.getByRole('alert').filter({ hasText: 'This part of the page could not be loaded.' });
    const focused = () => page.evaluate(`document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent`);

    for (const name of ['Hand over', 'Keyboard shortcuts']) {
      await page.getByRole('button', { name, exact: true }).click();
      await eventually(async () => expect(await focused()).toBe('Retry'));
      // The tooltip of a button lies outside the landmarks.
      await page.mouse.move(0, 0);
      await page.getByRole('tooltip').waitFor({ state: 'detached' });
      expect(await findViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await failure.waitFor({ state: 'detached' });
      await eventually(async () => expect(await focused()).toBe(name));
    }
    await page.getByRole('button', { name: 'What if', exact: true }).click();
    await failure.getByRole('button', { name: 'Close' }).click();
    await waitForTierCounts(page, [14, 6, 5]);

    await page.getByRole('button', { name: 'Matrix' }).click();
    await failure.waitFor();
    await page.getByRole('group', { name: 'Canvas' }).getByRole('button', { name: 'Flows' }).click();
    await failure.waitFor({ state: 'detached' });

    await page.unroute(codeOf);
    await page.getByRole('button', { name: 'Hand over' }).click();
    await page.getByRole('dialog', { name: 'Hand over' }).waitFor();
  });

  it('[W359] is told where it accepts connections and stays silent, and answers every failed question once it is back', async () => {
    const { page } = await browser.open();
    await page.clock.install();
    await page.goto('/blast');
    const incidents = page.getByRole('region', { name: 'Saved incidents' });
    await incidents.waitFor();
    proxy.mode = 'deaf';
    await page.clock.fastForward(11_000);
    await page.clock.fastForward(9_000);
    const notice = page.getByRole('status').filter({ hasText: 'The server cannot be reached. Showing data from' });
    await notice.waitFor();
    proxy.mode = 'pass';
    proxy.cut();
    await page.clock.fastForward(11_000);
    await notice.waitFor({ state: 'detached' });
    await eventually(async () => expect(await incidents.isVisible()).toBe(true));
  });

  it.each([
    ['/blast', ['Incidents'], ['The saved incidents are missing here.'], 'Quillmark: credentials taken through the gateway'],
    ['/incidents', ['IncidentRow'], ['Not read.', 'Not read.'], 'overdue by'],
    [
      '/incidents/INC-02',
      ['IncidentSummary', 'OtherIncidents', 'IncidentNotices'],
      [
        'The totals are missing here.',
        'Other incidents that touch this one are missing here.',
        'The notice that is due next may be missing here.',
      ],
      'worst-case loss',
    ],
    [
      '/explore?n=organization:quillmark&sel=organization:quillmark',
      ['InspectWorstCase'],
      ['The loss if it is compromised may be missing here.'],
      'worst case, 20 artifacts',
    ],
  ])(
    '[W360] at %s, says what is missing where the answer to %j fails, and asks for it again',
    async (address, failing, sentences, found) => {
      const { page } = await browser.open();
      await page.route('**/graphql', (route) => {
        const { operationName } = route.request().postDataJSON() as { operationName: string };
        if (!failing.includes(operationName)) return route.continue();
        return route.fulfill({ json: { errors: [{ message: 'Late.', extensions: { code: 'STORE_UNAVAILABLE' } }] } });
      });
      await page.goto(address);
      const alerts = page.getByRole('alert');
      for (const sentence of sentences) await alerts.filter({ hasText: sentence }).first().waitFor();
      await eventually(async () => expect(await alerts.count()).toBe(sentences.length));
      expect(await findViolations(page)).toEqual([]);
      await page.unroute('**/graphql');
      for (let rest = sentences.length; rest > 0; rest--) {
        await alerts.first().getByRole('button', { name: 'Retry' }).click();
        await eventually(async () => expect(await alerts.count()).toBe(rest - 1));
      }
      await page.getByText(found).first().waitFor();
    },
  );

  it.each([
    ['shared', 'SharedCopies', 'quillmark', 'proxyline', /^\d+ copies that may exist at /],
    ['labs', 'LabEngagements', 'aurelis', 'brightfen', /engagements, ended ones too/],
  ])('[W361] in the ranking %s, never lists under one record what is known of another', async (tab, operation, first, second, words) => {
    const { page } = await browser.open();
    await page.goto(`/rankings?tab=${tab}&sel=${first}`);
    const list = page.getByText(words);
    await list.waitFor();
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/graphql', async (route) => {
      if ((route.request().postDataJSON() as { operationName: string }).operationName === operation) await held;
      await route.continue();
    });
    await page.evaluate(`history.pushState(null, '', '/rankings?tab=${tab}&sel=${second}'); dispatchEvent(new PopStateEvent('popstate'))`);
    await list.waitFor({ state: 'detached' });
    answer();
    await list.waitFor();
  });
});
