import { type RunningServer, type ServerOptions, startServer } from '../servers/running-server.ts';
import { afterAll, beforeAll } from '../test.ts';
import { type Browser, shareChromium } from './chromium.ts';

export interface Site {
  readonly server: RunningServer;
  readonly browser: Browser;
}

/** A server and a browser for all tests of a file: started before the first one, stopped after the last. Hooks read them once they have started. */
export function openSite(options: ServerOptions = {}): Site {
  const site: { server?: RunningServer; browser?: Browser } = {};
  beforeAll(async () => {
    site.server = await startServer(options);
    site.browser = await shareChromium(site.server.url);
  });
  afterAll(async () => {
    await site.browser?.close();
    await site.server?.stop();
  });
  return site as Site;
}
