import { Command, Option } from 'commander';
import { localIdentity } from '../auth/identity.ts';
import { Tokens } from '../auth/tokens.ts';
import { packageVersion } from '../configuration/package-root.ts';
import { ExposureError } from '../domain/errors.ts';
import { findingKinds } from '../domain/finding-kinds.ts';
import { formatInstant } from '../domain/instants.ts';
import type { StatedRadiusOptions } from '../domain/radius-options.ts';
import { pickRadiusOptions } from '../domain/radius-options.ts';
import type { WatchChange, WatchKind } from '../domain/records/watch.ts';
import { watchChanges, watchKinds } from '../domain/records/watch.ts';
import type { Window } from '../exposure/radius/radius-types.ts';
import type { Asker } from '../questions/asker.ts';
import { getNamed } from '../questions/explore/ask-named.ts';
import { refuseFaults } from '../questions/records/faults.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { WatchInput } from '../watches/watch-input.ts';
import type { SavedWatch, WatchOwner } from '../watches/watch-records.ts';
import { changeWatch, findWatch, getEvent, listEvents, listWatches, replayToEndpoint, saveWatch } from '../watches/watch-records.ts';
import { describeWatch } from '../watches/watch-sentences.ts';
import { webhookSettings } from '../webhooks/delivery-engine.ts';
import type { Delivery } from '../webhooks/endpoint-records.ts';
import { findEndpointFaults } from '../webhooks/endpoint-records.ts';
import type { StoreFlags } from './command/run-command.ts';
import { formatTable, lower, oneLine, print, printJson, tell, useStore, withJson, withStore } from './command/run-command.ts';
import type { DoubtFlags } from './command/window-option.ts';
import { doubtOf, nameSuspects, numberOption, windowOption, withDoubtOptions, withRadiusOptions } from './command/window-option.ts';
import { withAsker } from './command/with-asker.ts';
import { toDeliveryJson } from './endpoint.ts';

interface OwnerFlags extends StoreFlags {
  readonly owner: string;
}

interface AddFlags extends OwnerFlags, StatedRadiusOptions, DoubtFlags {
  readonly kind: string;
  readonly incident?: string;
  readonly origin?: readonly string[];
  readonly widest?: Window;
  readonly lab?: string;
  readonly artifact?: string;
  readonly findings?: readonly string[];
  readonly advisory?: string;
  readonly source?: string;
  readonly withinHours?: number;
  readonly first?: number;
  readonly on?: readonly string[];
  readonly minTier?: string;
  readonly worstCase?: number;
  readonly affectedLabs?: number;
  readonly count?: number;
  readonly endpoint?: readonly string[];
}

export function watchCommand(): Command {
  return new Command('watch')
    .description('Watch the answer of a question: a server that runs tells each change in the inbox of the owner.')
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(muteCommand())
    .addCommand(eventsCommand())
    .addCommand(replayCommand());
}

const help = `
Examples:
  exposure watch add "Radius of INC-02" --kind radius --incident INC-02
  exposure watch add "Quillmark, severe" --kind radius --origin quillmark --min-tier exposed --on joined strengthened
  exposure watch add "Due soon" --kind notice --incident INC-02 --within-hours 12
  exposure watch events               what they told, the latest first`;

function addCommand(): Command {
  const command = withOwner(new Command('add'))
    .description('Watch from now on, and print the id of the watch.')
    .argument('<name>', 'name of the watch')
    .addOption(new Option('--kind <kind>', 'what it asks').choices(lower(watchKinds)).makeOptionMandatory())
    .option('--incident <id>', 'of kind radius or notice: the incident')
    .option('--origin <org...>', 'of kind radius: organizations, in place of an incident')
    .addOption(windowOption('--core <from/to>', 'of kind radius: the certain window'))
    .addOption(windowOption('--widest <from/to>', 'of kind radius: the possible window'));
  return withRadiusOptions(withDoubtOptions(command), true)
    .option('--lab <org>', 'of kind lab')
    .option('--artifact <artifact>', 'of kind artifact')
    .addOption(new Option('--findings <kind...>', 'of kind findings (default: any)').choices(lower(findingKinds)))
    .option('--advisory <id>', 'of kind advisory (default: any)')
    .option('--source <name>', 'of kind edition: the source of imports')
    .addOption(numberOption('--within-hours <hours>', 'of kind notice: due this long before its term (default: 24)'))
    .addOption(numberOption('--first <n>', 'of kind ranking: the first positions (default: 10)'))
    .addOption(new Option('--on <change...>', 'the changes that it tells (default: all)').choices(lower(watchChanges)))
    .addOption(new Option('--min-tier <tier>', 'tells rows of at least this tier').choices(['exposed', 'possible', 'contained']))
    .addOption(numberOption('--worst-case <usd>', 'tells when the worst-case loss reaches this'))
    .addOption(numberOption('--affected-labs <n>', 'tells when so many labs are affected'))
    .addOption(numberOption('--count <n>', 'tells when the answer has so many rows'))
    .option('--endpoint <id...>', 'send its events there too, as signed webhooks (exposure endpoint list)')
    .addHelpText('after', help)
    .action(async (name: string, flags: AddFlags) => {
      const saved = await withAsker(flags, async (asker) => {
        const { store } = asker.questions;
        const owner = await ownerOf(store, flags);
        if (owner.labs !== null)
          throw new ExposureError(
            'FORBIDDEN',
            `${owner.name} is bound to labs, so its watches are asked of their view. Save them with its token.`,
          );
        refuseFaults(await findEndpointFaults(store, localIdentity, flags.endpoint ?? []));
        const { saved, faults } = await saveWatch(store, asker.questions, owner, await inputOf(asker, name, flags));
        refuseFaults(faults);
        return saved as SavedWatch;
      });
      if (flags.json) printJson(toJson(saved));
      else print(saved.id);
    });
}

function listCommand(): Command {
  return withOwner(new Command('list'))
    .description('List the watches of an owner, by name.')
    .action(async (flags: OwnerFlags) => {
      const watches = await withAsker(flags, async ({ questions: { store } }) => listWatches(store, await ownerOf(store, flags)));
      if (flags.json) printJson(watches.map(toJson));
      else if (watches.length === 0) tell('There are no watches yet. Add one with: exposure watch add NAME --kind KIND');
      else {
        const rows = watches.map(({ id, watch }) => [
          id,
          watch.failure === null ? (watch.isMuted ? 'muted' : '') : watch.isEnded ? 'ended' : 'failing',
          formatInstant(watch.last.instant),
          oneLine(watch.name),
          oneLine(watch.failure ?? describeWatch(watch)),
        ]);
        print(formatTable(['WATCH', 'STATE', 'EVALUATED TO', 'NAME', 'QUESTION'], rows, 120));
      }
    });
}

function muteCommand(): Command {
  return withOwner(new Command('mute'))
    .description('Mute a watch: its events are listed, and read from the start.')
    .argument('<id>', 'id of the watch')
    .option('--off', 'end the mute')
    .action(async (id: string, flags: OwnerFlags & { readonly off?: boolean }) => {
      const isMuted = flags.off !== true;
      const saved = await withAsker(flags, async ({ questions: { store } }) => {
        const found = await findWatch(store, await ownerOf(store, flags), id);
        const changed = found && (await changeWatch(store, id, (watch) => ({ ...watch, isMuted })));
        if (changed === undefined)
          refuseFaults([
            {
              code: 'NOT_FOUND',
              path: [],
              message: `There is no watch "${id.slice(0, 80)}" of ${flags.owner}. List them to see which there are.`,
            },
          ]);
        return changed as SavedWatch;
      });
      if (flags.json) printJson(toJson(saved));
      else print(`${saved.watch.name} is ${isMuted ? 'muted' : 'no longer muted'}.`);
    });
}

function eventsCommand(): Command {
  return withOwner(new Command('events'))
    .description('List what watches told, the latest first.')
    .option('--unread', 'unread events alone')
    .option('--watch <id>', 'events of one watch')
    .addOption(numberOption('--limit <n>', 'at most so many (default: 50)'))
    .action(async (flags: OwnerFlags & { readonly unread?: boolean; readonly watch?: string; readonly limit?: number }) => {
      const events = await withAsker(flags, async ({ questions: { store } }) => {
        const filter = { unreadOnly: flags.unread === true, ...(flags.watch === undefined ? {} : { watch: flags.watch }) };
        const { entries } = await listEvents(store, await ownerOf(store, flags), filter);
        return Promise.all(entries.slice(0, flags.limit ?? 50).map((entry) => getEvent(store, entry)));
      });
      if (flags.json) {
        const instants = ({ fromInstant, instant }: { readonly fromInstant: number; readonly instant: number }) => ({
          fromInstant: formatInstant(fromInstant),
          instant: formatInstant(instant),
        });
        printJson(events.map(({ id, isRead, event: { labs: _, ...event } }) => ({ id, isRead, ...event, ...instants(event) })));
      } else if (events.length === 0) tell('There are no such events.');
      else {
        const rows = events.map(({ isRead, event }) => [
          formatInstant(event.instant),
          isRead ? '' : 'unread',
          event.type,
          oneLine(event.summary),
        ]);
        print(formatTable(['AT', '', 'TYPE', 'EVENT'], rows, 160));
      }
    });
}

function replayCommand(): Command {
  return withOwner(new Command('replay'))
    .description('Send an event again, to an endpoint: a server that runs sends it, under the same id.')
    .argument('<event>', 'id of the event (exposure watch events --json)')
    .requiredOption('--endpoint <id>', 'where to (exposure endpoint list)')
    .action(async (event: string, flags: OwnerFlags & { readonly endpoint: string }) => {
      const delivery = await useStore(flags, 'sample', async (store, config) => {
        const owner = { ...(await ownerOf(store, flags)), canExport: localIdentity.canExport };
        const { rules } = webhookSettings(config.webhooks, config.publicUrl, packageVersion()).outlet;
        const { delivery, faults } = await replayToEndpoint(store, rules, owner, event, flags.endpoint, Date.now());
        refuseFaults(faults);
        return delivery as Delivery;
      });
      if (flags.json) printJson(toDeliveryJson(delivery));
      else print(`The event waits to be sent to ${delivery.endpoint}.`);
    });
}

function withOwner(command: Command): Command {
  return withJson(withStore(command)).option('--owner <name>', 'the person or token whose watches these are', 'local');
}

async function ownerOf(store: FactStore, { owner }: OwnerFlags): Promise<WatchOwner> {
  const token = (await new Tokens(store).list()).find(({ name }) => name === owner);
  return { name: owner, labs: token?.labs ?? null };
}

async function inputOf(asker: Asker, name: string, flags: AddFlags): Promise<WatchInput> {
  const named = async (kind: 'organization' | 'artifact', text: string | undefined) =>
    text === undefined ? undefined : getNamed(asker, kind, text);
  return {
    name,
    kind: flags.kind.toUpperCase() as WatchKind,
    incident: flags.incident,
    radius: await radiusOf(asker, flags),
    lab: await named('organization', flags.lab),
    artifact: await named('artifact', flags.artifact),
    findings: flags.findings?.map((kind) => kind.toUpperCase().replaceAll('-', '_')),
    advisory: flags.advisory,
    source: flags.source,
    withinHours: flags.withinHours,
    first: flags.first,
    on: flags.on?.map((change) => change.toUpperCase() as WatchChange),
    minTier: flags.minTier?.toUpperCase() as WatchInput['minTier'],
    worstCaseLossUsd: flags.worstCase,
    affectedLabs: flags.affectedLabs,
    count: flags.count,
    endpoints: flags.endpoint,
  };
}

/** Undefined: nothing of a radius is stated. */
async function radiusOf(asker: Asker, flags: AddFlags): Promise<WatchInput['radius']> {
  const { suspectedOrigins, ...doubts } = doubtOf(flags);
  const origins = flags.origin && (await Promise.all(flags.origin.map((one) => getNamed(asker, 'organization', one))));
  const stated = { origins, suspectedOrigins: await nameSuspects(asker, suspectedOrigins), ...doubts, widest: flags.widest };
  const options = Object.entries(pickRadiusOptions(flags as Required<StatedRadiusOptions>)).filter(([, value]) => value !== undefined);
  const fields = Object.entries(stated).filter(([, value]) => value !== undefined);
  if (fields.length + options.length === 0) return undefined;
  return Object.fromEntries([...fields, ...(options.length === 0 ? [] : [['options', Object.fromEntries(options)]])]);
}

function toJson({ id, watch }: SavedWatch) {
  const { name, owner, question, condition, isMuted, failure, isEnded, last } = watch;
  const evaluatedTo = { revision: last.revision, instant: formatInstant(last.instant) };
  return { id, name, owner, ...question, ...condition, question: describeWatch(watch), isMuted, failure, isEnded, evaluatedTo };
}
