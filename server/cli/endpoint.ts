import { Command, Option } from 'commander';
import { localIdentity } from '../auth/identity.ts';
import { packageVersion } from '../configuration/package-root.ts';
import { formatInstant } from '../domain/instants.ts';
import type { EndpointDetail, EndpointFormat } from '../domain/records/endpoint.ts';
import { endpointDetails, endpointFormats } from '../domain/records/endpoint.ts';
import { notFound, refuseFaults } from '../questions/records/faults.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { WebhookSettings } from '../webhooks/delivery-engine.ts';
import { testEndpoint, webhookSettings } from '../webhooks/delivery-engine.ts';
import type { Delivery, EndpointInput, SavedEndpoint, ShownSecret } from '../webhooks/endpoint-records.ts';
import { deleteEndpoint, listEndpoints, rotateSecret, saveEndpoint } from '../webhooks/endpoint-records.ts';
import type { ExitCode, StoreFlags } from './command/run-command.ts';
import { exitCodes, formatTable, lower, print, printJson, tell, useStore, withJson, withStore } from './command/run-command.ts';

export function endpointCommand(exit: (code: ExitCode) => void): Command {
  return new Command('endpoint')
    .description('Where signed webhooks go. Hosts are allowed by EXPOSURE_WEBHOOK_HOSTS, private networks by EXPOSURE_WEBHOOK_NETWORKS.')
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(enableCommand())
    .addCommand(rotateCommand())
    .addCommand(testCommand(exit))
    .addCommand(deleteCommand());
}

function addCommand(): Command {
  return withJson(withStore(new Command('add')))
    .description('Add an endpoint, and print its id and secret. The secret cannot be printed again.')
    .argument('<url>', 'https address of the receiver')
    .addOption(new Option('--format <format>', 'the body (default: standard-webhooks)').choices(lower(endpointFormats)))
    .addOption(
      new Option('--detail <detail>', 'ids and figures, or names and sentences too (default: thin)').choices(lower(endpointDetails)),
    )
    .action(async (url: string, flags: StoreFlags & { readonly format?: string; readonly detail?: string }) => {
      const format = flags.format?.toUpperCase().replaceAll('-', '_') as EndpointFormat | undefined;
      show(await save(flags, { url, format, detail: flags.detail?.toUpperCase() as EndpointDetail | undefined }), flags);
    });
}

function enableCommand(): Command {
  return withJson(withStore(new Command('enable')))
    .description('Make a disabled endpoint active. What waits for it is sent.')
    .argument('<id>', 'id of the endpoint')
    .action(async (id: string, flags: StoreFlags) => {
      show(await save(flags, { id, url: await withEndpoints(flags, async (store) => (await getEndpoint(store, id)).url) }), flags);
    });
}

function save(flags: StoreFlags, input: EndpointInput): Promise<ShownSecret> {
  return withEndpoints(flags, (store, { outlet }) => saveEndpoint(store, outlet.rules, localIdentity, input, Date.now()));
}

function rotateCommand(): Command {
  return withJson(withStore(new Command('rotate')))
    .description('Give an endpoint another secret, and print it. The one before signs too, for 24 hours.')
    .argument('<id>', 'id of the endpoint')
    .action(async (id: string, flags: StoreFlags) =>
      show(await withEndpoints(flags, (store) => rotateSecret(store, id, Date.now())), flags),
    );
}

function listCommand(): Command {
  return withJson(withStore(new Command('list')))
    .description('List the endpoints, the oldest first.')
    .action(async (flags: StoreFlags) => {
      const endpoints = await withEndpoints(flags, listEndpoints);
      if (flags.json) printJson(endpoints.map(toJson));
      else if (endpoints.length === 0) tell('There are no endpoints yet. Add one with: exposure endpoint add URL');
      else {
        const rows = endpoints.map(({ id, state, format, detail, url }) => [id, state.toLowerCase(), ...lower([format, detail]), url]);
        print(formatTable(['ENDPOINT', 'STATE', 'FORMAT', 'DETAIL', 'URL'], rows, 120));
      }
    });
}

function testCommand(exit: (code: ExitCode) => void): Command {
  return withJson(withStore(new Command('test')))
    .description('Send a test to an endpoint from here, at once and once. Exits 1 if it is not delivered.')
    .argument('<id>', 'id of the endpoint')
    .action(async (id: string, flags: StoreFlags) => {
      const delivery = await withEndpoints(flags, async (store, settings) => {
        const sent = await testEndpoint(store, settings, id, Date.now);
        if (sent === undefined) refuseFaults([notFound('endpoint', id)]);
        return sent as Delivery;
      });
      if (delivery.error !== null) exit(exitCodes.failed);
      if (flags.json) printJson(toDeliveryJson(delivery));
      else if (delivery.error === null) print(`Delivered: the answer was ${delivery.status}.`);
      else tell(`Not delivered. ${delivery.error}`);
    });
}

function deleteCommand(): Command {
  return withJson(withStore(new Command('delete')))
    .description('Delete an endpoint, and what waits for it. Watches go on without it.')
    .argument('<id>', 'id of the endpoint')
    .action(async (id: string, flags: StoreFlags) => {
      await withEndpoints(flags, async (store) => {
        await getEndpoint(store, id);
        await deleteEndpoint(store, id);
      });
      if (flags.json) printJson({ deletedId: id });
      else print(`The endpoint ${id} is deleted.`);
    });
}

function withEndpoints<T>(flags: StoreFlags, act: (store: FactStore, settings: WebhookSettings) => Promise<T>): Promise<T> {
  // biome-ignore lint/correctness/useHookAtTopLevel: it is no React hook.
  return useStore(flags, 'sample', (store, config) => act(store, webhookSettings(config.webhooks, config.publicUrl, packageVersion())));
}

async function getEndpoint(store: FactStore, id: string): Promise<SavedEndpoint> {
  const found = (await listEndpoints(store)).find((endpoint) => endpoint.id === id);
  if (found === undefined) refuseFaults([notFound('endpoint', id)]);
  return found as SavedEndpoint;
}

function show({ endpoint, secret, faults }: ShownSecret, { json }: StoreFlags): void {
  refuseFaults(faults);
  const saved = endpoint as SavedEndpoint;
  if (json) printJson({ ...toJson(saved), secret });
  else {
    if (secret !== null)
      tell('Keep the secret, which cannot be printed again, and give it to the receiver: it checks the signatures with it.');
    print([saved.id, ...(secret === null ? [] : [secret])].join('\n'));
  }
}

function toJson({ createdAt, ...endpoint }: SavedEndpoint) {
  return { ...endpoint, createdAt: formatInstant(createdAt) };
}

export function toDeliveryJson({ at, nextAt, ...delivery }: Delivery) {
  return { ...delivery, at: formatInstant(at), nextAt: nextAt === null ? null : formatInstant(nextAt) };
}
