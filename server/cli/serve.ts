import { Command } from 'commander';
import type { ConfigFlags } from '../configuration/config.ts';
import { readFlags, withStore } from './command/run-command.ts';

export function serveCommand(): Command {
  return withStore(new Command('serve'))
    .description('Serve the page and the API, and print the address.')
    .option('--demo', 'load the demo world into an empty store')
    .option('--host <host>', 'the address to listen on (default: EXPOSURE_HOST, else 127.0.0.1)')
    .option('--port <port>', 'the port to listen on, 0 for any free port (default: EXPOSURE_PORT, else 4000)')
    .action(async (flags: ConfigFlags) => {
      const config = readFlags(flags);
      // Loaded on demand: every other command starts twice as fast without the server's libraries.
      const { serve } = await import('../main.ts');
      await serve(config);
    });
}
