import { Command } from 'commander';
import { pino } from 'pino';
import { localIdentity } from '../auth/identity.ts';
import { Tokens } from '../auth/tokens.ts';
import { packageVersion } from '../configuration/package-root.ts';
import { ExposureError } from '../domain/errors.ts';
import { redactSecrets } from '../domain/text/secrets.ts';
import type { Services } from '../graphql/context.ts';
import { buildExecutableSchema, startGraphqlServer } from '../graphql/server.ts';
import { openHost } from '../mcp/mcp-host.ts';
import type { ListedTool } from '../mcp/protocol.ts';
import { toListedTool } from '../mcp/protocol.ts';
import { openRemoteHost, serveOverStdio } from '../mcp/serve-stdio.ts';
import { listTools } from '../mcp/tools.ts';
import { BoundQuestions } from '../questions/lab/bound-questions.ts';
import { Questions } from '../questions/questions.ts';
import type { WholeStore } from '../store/fact-store.ts';
import { webhookSettings } from '../webhooks/delivery-engine.ts';
import { openTrail } from './audit.ts';
import type { StoreFlags } from './command/run-command.ts';
import { print, printJson, readFlags, tell, UsageError, useStore, withJson, withStore } from './command/run-command.ts';
import { factsOf } from './command/with-asker.ts';

const help = `
Examples:
  exposure mcp                                              for an assistant on this machine, beside a running server or without one
  EXPOSURE_TOKEN=… exposure mcp --url https://exposure.example.org    with the rights of a token there
  exposure mcp tools                                        what an assistant can ask`;

export function mcpCommand(): Command {
  return withStore(new Command('mcp'))
    .description('Speak the Model Context Protocol on stdin and stdout, for an assistant that starts this program (docs/assistants.md).')
    .option('--url <address>', 'ask a server in place of the store, with the token of EXPOSURE_TOKEN')
    .addHelpText('after', help)
    .addCommand(toolsCommand())
    .action(async (flags: StoreFlags & { readonly url?: string }) => {
      if (flags.url === undefined) await serveStore(flags);
      else await serveUrl(flags.url, flags);
    });
}

/** Answers from the store. Whoever may start this command may read the store, so every call is by `local`. */
async function serveStore(flags: StoreFlags): Promise<void> {
  // biome-ignore lint/correctness/useHookAtTopLevel: it is no React hook.
  await useStore(flags, 'content', async (store, config) => {
    const log = pino({ level: 'error', hooks: { streamWrite: redactSecrets } }, pino.destination({ dest: 2, sync: true }));
    const { queryTimeoutMs, publicUrl, host, port, mcp } = config;
    const questions = new Questions<WholeStore>({ store, ...factsOf(config), queryTimeoutMs });
    const trail = openTrail(config, (error) => log.error({ err: error }, 'the audit trail could not be written'));
    const services: Services = {
      questions,
      bound: new BoundQuestions(questions),
      get drafts(): never {
        throw new ExposureError('FORBIDDEN', 'Imports are not for assistants.');
      },
      version: packageVersion(),
      tokens: new Tokens(store),
      trail,
      webhooks: webhookSettings(config.webhooks, publicUrl, packageVersion()),
    };
    const schema = buildExecutableSchema();
    const meter = { countOperation: () => undefined, countError: () => undefined };
    const graphql = await startGraphqlServer({ schema, hasIntrospection: false, log, meter });
    const pageUrl = (publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port === 0 ? 4000 : port}`).replace(/\/$/, '');
    const sender = { identity: localIdentity, address: 'command line' };
    try {
      await serveOverStdio(openHost({ services, schema, graphql, sender, mcp, pageUrl }), (error) => log.debug({ err: error }));
    } finally {
      await graphql.stop();
      await questions.close();
      await trail.flush();
    }
  });
}

async function serveUrl(url: string, flags: StoreFlags): Promise<void> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UsageError(
      `--url is "${redactSecrets(url.slice(0, 80))}"; expected the address of a server, such as https://exposure.example.org.`,
    );
  const host = openRemoteHost(url, readFlags(flags).token);
  // A wrong address or token is said at once, and not with the first call.
  await host.listTools();
  await serveOverStdio(host, (error) => tell(error.message));
}

function toolsCommand(): Command {
  return withJson(new Command('tools'))
    .description('Print the tools that an assistant gets, with what they take and give.')
    .action((flags: StoreFlags) => {
      const schema = buildExecutableSchema();
      const tools = listTools(readFlags(flags).mcp.hasWrites).map((tool) => toListedTool(tool, schema));
      if (flags.json) printJson(tools);
      else print(tools.map(describeTool).join('\n\n'));
    });
}

function describeTool({ name, title, description, inputSchema, outputSchema }: ListedTool): string {
  const { properties = {}, required = [] } = inputSchema as {
    properties?: Record<string, { description?: string }>;
    required?: readonly string[];
  };
  const lines = Object.entries(properties).map(([argument, value]) =>
    `  ${argument}${required.includes(argument) ? '' : '?'}  ${value.description ?? ''}`.trimEnd(),
  );
  const { properties: given } = (outputSchema as unknown as { properties: { answer: { properties: object } } }).properties.answer;
  return [`${name}: ${title}`, `  ${description}`, ...lines, `  gives  ${Object.keys(given).join(', ')}`].join('\n');
}
