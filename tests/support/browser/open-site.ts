import { type RunningServer, type ServerOptions, startServer } from '../servers/running-server.ts';
import { afterAll, afterEach, beforeAll, beforeEach } from '../test.ts';
import { type Browser, shareChromium } from './chromium.ts';

export interface Site {
  readonly server: RunningServer;
  readonly browser: Browser;
}

/**
 * A server and a browser for all tests of a file: started before the first one, stopped after the last. Hooks read them once they have started.
 * A page that a test opens closes when the test ends, because an open page keeps working: six pages took a third of a core. A page that a
 * `beforeAll` opens stays for the tests of the file.
 */
export function openSite(options: ServerOptions = {}): Site {
  const site: { server?: RunningServer; browser?: Browser } = {};
  beforeAll(async () => {
    site.server = await startServer(options);
    site.browser = await shareChromium(site.server.url);
  });
  let keptCount = 0;
  beforeEach(() => {
    keptCount = site.browser?.countPages() ?? 0;
  });
  afterEach(() => site.browser?.closePages(keptCount));
  afterAll(async () => {
    await site.browser?.close();
    await site.server?.stop();
  });
  return site as Site;
}
