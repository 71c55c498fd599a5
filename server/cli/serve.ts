import { Command } from 'commander';
import type { ConfigFlags } from '../config.ts';
import { readFlags, withStore } from './run-command.ts';

export function serveCommand(): Command {
  return withStore(new Command('serve'))
    .description('Serves the page and the API, and prints the address.')
    .option('--demo', 'load the demo world into a store that was never written to')
    .option('--host <host>', 'the address to listen on (default: EXPOSURE_HOST, else 127.0.0.1)')
    .option('--port <port>', 'the port to listen on, 0 for any free one (default: EXPOSURE_PORT, else 4000)')
    .action(async (flags: ConfigFlags) => {
      const config = readFlags(flags);
      // Loaded when it is needed: every other command starts in half the time without the server's libraries.
      const { serve } = await import('../main.ts');
      await serve(config);
    });
}
