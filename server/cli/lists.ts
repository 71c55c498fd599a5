import { Command, Option } from 'commander';
import type { ArtifactType, OrganizationRole } from '../domain/facts.ts';
import { artifactTypes, organizationRoles } from '../domain/facts.ts';
import { findingKinds } from '../domain/finding-kinds.ts';
import type { PagedList } from '../domain/paged-list.ts';
import { findingRows, rankingRows } from '../export/list-rows.ts';
import type { RowTable } from '../export/rows.ts';
import { instantValue, tableOf, toCsv, toJson } from '../export/rows.ts';
import type { Window } from '../exposure/radius/radius-types.ts';
import type { RankingOrder } from '../exposure/rankings/ranking.ts';
import type { Projection } from '../projection/projection.ts';
import { none } from '../projection/projection.ts';
import type { Asker } from '../questions/asker.ts';
import { askArtifacts, askOrganizations, askTransfers } from '../questions/explore/ask-facts.ts';
import { getNamed } from '../questions/explore/ask-named.ts';
import { askSearch, type FoundKind, type FoundRecords, foundKinds } from '../questions/explore/ask-search.ts';
import { askArtifactExposure, settingsAt } from '../questions/rankings/ask-exposures.ts';
import { askListedFindings } from '../questions/rankings/ask-findings.ts';
import { askRanking, rankingOrders } from '../questions/rankings/ask-ranking.ts';
import type { StoreFlags } from './command/run-command.ts';
import {
  formatTable,
  instantOption,
  oneLine,
  print,
  tell,
  toPrintable,
  toPrintableJson,
  withJson,
  withStore,
} from './command/run-command.ts';
import { numberOption, windowOption } from './command/window-option.ts';
import { withAsker } from './command/with-asker.ts';

interface ListFlags extends StoreFlags {
  readonly format: 'table' | 'json' | 'csv';
  readonly limit: number;
}

interface WindowFlags {
  readonly core?: Window;
  readonly widest?: Window;
}

const defaultLimit = 50;

/** A command that prints a list. A table on a terminal is cut, and says so; JSON and CSV have every row. */
export function listing(name: string, description: string): Command {
  return withJson(withStore(new Command(name)))
    .description(`${description} --json means --format json.`)
    .addOption(
      new Option('--format <format>', 'output format; json and csv have every row').choices(['table', 'json', 'csv']).default('table'),
    )
    .addOption(numberOption('--limit <n>', 'the most rows of a table').default(defaultLimit));
}

export function withWindows(command: Command): Command {
  return command
    .addOption(windowOption('--core <a/b>', 'window of the confirmed compromise, as two dates or instants'))
    .addOption(windowOption('--widest <a/b>', 'window of the possible compromise'));
}

function choice(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, `${description}: ${choices.map(toWord).join(', ')}`).choices(choices.map(toWord));
}

const toWord = (value: string) => value.toLowerCase();
const toValues = <T extends string>(words: readonly string[] | undefined): readonly T[] | null =>
  words === undefined ? null : words.map((word) => word.toUpperCase() as T);

/** Prints a table of rows. @param nothing the sentence where there are no rows @param widest the most characters of a cell in a table */
export function printRows(table: RowTable, { json, format, limit }: ListFlags, nothing: string, widest?: number): void {
  const isTable = json !== true && format === 'table';
  if (isTable && table.length === 0) tell(nothing);
  else if (isTable) {
    const shown = Math.max(0, Math.min(limit, table.length));
    const rows = table.rowsAt(0, shown);
    print(
      formatTable(
        table.columns.map((column) => column.toUpperCase().replaceAll('_', ' ')),
        rows.map((row) => table.columns.map((column) => formatCell(row[column]))),
        widest,
      ),
    );
    if (shown < table.length)
      tell(`The first ${shown.toLocaleString('en-US')} of ${table.length.toLocaleString('en-US')}. Give --limit, or --format csv for all.`);
  } else {
    const isJson = json === true || format === 'json';
    const show = isJson ? toPrintableJson : process.stdout.isTTY ? toPrintable : (text: string) => text;
    for (const piece of isJson ? toJson(table) : toCsv(table)) process.stdout.write(show(piece));
  }
}

function formatCell(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'number') return String(Math.round(value * 1e4) / 1e4);
  return oneLine(String(value));
}

export function searchCommand(): Command {
  return listing(
    'search',
    'Find organizations, artifacts, incidents, transfers, engagements, saved views, software lists, advisories, packages, channels and countries, the best first.',
  )
    .argument('<text>', '1 to 200 characters; misspellings are tried where nothing else fits')
    .addOption(choice('--kind <kind...>', 'kinds to find', foundKinds))
    .action(async (text: string, flags: ListFlags & { kind?: string[] }) => {
      const table = await withAsker(flags, async (asker) => {
        const found = await askSearch(asker, text, toValues<FoundKind>(flags.kind), 500);
        const columns = ['kind', 'id', 'name', 'matched', 'score'] as const;
        return tableOf('search', columns, found.hits, ({ kind, index, matched, score }) => ({
          ...describeFound(found, kind, index),
          matched,
          score,
        }));
      });
      printRows(table, flags, `No match for ${JSON.stringify(text)}.`);
    });
}

type FoundKindName = FoundRecords['hits'][number]['kind'];

function describeFound({ projection, incidents, views, values, software }: FoundRecords, kind: FoundKindName, index: number) {
  const { organizations, artifacts, transfers, engagements } = projection;
  const line = (id: string | undefined, name: string | null | undefined, word: string = kind) => ({
    kind: word.toUpperCase(),
    id: id ?? null,
    name: name ?? null,
  });
  switch (kind) {
    case 'organization':
      return line(organizations.id.get(index), organizations.name.get(index));
    case 'artifact':
      return line(artifacts.id.get(index), artifacts.name.get(index));
    case 'transfer':
      return line(transfers.id.get(index), artifacts.name.get(transfers.artifact.at(index)));
    case 'engagement':
      return line(engagements.id.get(index), engagements.service.get(index));
    case 'incident':
      return line(incidents[index]?.incident.id, incidents[index]?.incident.name);
    case 'view':
      return line(views[index]?.id, views[index]?.view.name);
    case 'softwareList':
      return line(software.lists[index]?.id, software.lists[index]?.subject, 'software_list');
    case 'advisory':
      return line(software.advisories[index]?.id, software.advisories[index]?.summary);
    case 'package':
      return line(software.packages[index]?.value, software.packages[index]?.name);
    case 'value':
      return line(undefined, values[index]?.value, values[index]?.kind);
  }
}

export function listCommand(): Command {
  const organizations = listing('organizations', 'List organizations by name.')
    .addOption(choice('--role <role...>', 'only these roles', organizationRoles))
    .option('--text <text>', 'a part of the name, an alias or the id')
    .action(async (flags: ListFlags & { role?: string[]; text?: string }) => {
      const filter = { roles: toValues<OrganizationRole>(flags.role), text: flags.text };
      const table = await withAsker(flags, async (asker) => organizationRows(await askOrganizations(asker, filter)));
      printRows(table, flags, 'No organization fits.');
    });
  const artifacts = listing('artifacts', 'List artifacts by name.')
    .option('--owner <lab>', 'id, name or alias of the lab')
    .addOption(choice('--type <type...>', 'only these types', artifactTypes))
    .option('--text <text>', 'a part of the name or the id')
    .action(async (flags: ListFlags & { owner?: string; type?: string[]; text?: string }) => {
      const table = await withAsker(flags, async (asker) => {
        const owner = await namedOrNull(asker, 'organization', flags.owner);
        return artifactRows(await askArtifacts(asker, { owner, types: toValues<ArtifactType>(flags.type), text: flags.text }));
      });
      printRows(table, flags, 'No artifact fits.');
    });
  const transfers = listing('transfers', 'List transfers by the instant of sending, unknown ones first.')
    .option('--artifact <artifact>', 'id or name of the artifact')
    .option('--sender <organization>', 'id, name or alias')
    .option('--recipient <organization>', 'id, name or alias')
    .action(async (flags: ListFlags & { artifact?: string; sender?: string; recipient?: string }) => {
      const table = await withAsker(flags, async (asker) =>
        transferRows(
          await askTransfers(asker, {
            artifact: await namedOrNull(asker, 'artifact', flags.artifact),
            sender: await namedOrNull(asker, 'organization', flags.sender),
            recipient: await namedOrNull(asker, 'organization', flags.recipient),
          }),
        ),
      );
      printRows(table, flags, 'No transfer fits.');
    });
  return new Command('list').description('List the facts.').addCommand(organizations).addCommand(artifacts).addCommand(transfers);
}

async function namedOrNull(asker: Asker, kind: 'organization' | 'artifact', text: string | undefined): Promise<string | null> {
  return text === undefined ? null : getNamed(asker, kind, text);
}

interface Found {
  readonly projection: Projection;
  readonly rows: PagedList<number>;
}

function organizationRows({ projection: { organizations }, rows }: Found): RowTable {
  return tableOf('organizations', ['id', 'name', 'roles', 'country', 'aliases'] as const, rows, (i) => ({
    id: organizations.id.get(i),
    name: organizations.name.get(i),
    roles: organizationRoles.filter((_, bit) => ((organizations.roles[i] as number) & (1 << bit)) !== 0),
    country: organizations.country.get(i),
    aliases: organizations.aliases.get(i),
  }));
}

function artifactRows({ projection: { artifacts, organizations }, rows }: Found): RowTable {
  const columns = ['id', 'name', 'type', 'owner', 'sensitivity', 'value_low_usd', 'value_high_usd'] as const;
  return tableOf('artifacts', columns, rows, (i) => ({
    id: artifacts.id.get(i),
    name: artifacts.name.get(i),
    type: artifactTypes[artifacts.type[i] as number] as ArtifactType,
    owner: organizations.id.get(artifacts.owner[i] as number),
    sensitivity: artifacts.sensitivity[i] as number,
    value_low_usd: numberOrNull(artifacts.valueLowUsd[i] as number),
    value_high_usd: numberOrNull(artifacts.valueHighUsd[i] as number),
  }));
}

function transferRows({ projection: { artifacts, organizations, transfers }, rows }: Found): RowTable {
  return tableOf('transfers', ['id', 'artifact', 'sender', 'recipient', 'sent_at'] as const, rows, (i) => ({
    id: transfers.id.get(i),
    artifact: artifacts.id.get(transfers.artifact.at(i)),
    sender: organizations.id.get(transfers.sender.at(i)),
    recipient: organizations.id.get(transfers.recipient.at(i)),
    sent_at: instantValue(transfers.sentAt.at(i)),
  }));
}

const numberOrNull = (value: number) => (Number.isNaN(value) ? null : value);

export function rankingCommand(): Command {
  return withWindows(listing('ranking', 'Rank organizations by their blast radius if each were compromised alone.'))
    .addOption(choice('--role <role...>', 'only these roles', organizationRoles))
    .option('--organization <organization...>', 'only the rows of these, with their positions among all: id, name or alias')
    .addOption(choice('--order-by <figure>', 'the figure to rank by', rankingOrders).default(toWord('WEIGHTED_LOSS')))
    .action(async (flags: ListFlags & WindowFlags & { role?: string[]; organization?: string[]; orderBy: string }) => {
      const table = await withAsker(flags, async (asker) => {
        const projection = await asker.facts();
        const settings = settingsAt({ core: flags.core ?? null, widest: flags.widest ?? null, options: null }, asker.now);
        const orderBy = flags.orderBy.toUpperCase() as RankingOrder;
        const roles = toValues<OrganizationRole>(flags.role);
        const organizations =
          flags.organization && (await Promise.all(flags.organization.map((text) => getNamed(asker, 'organization', text))));
        const question = { settings, roles, organizations, orderBy };
        return rankingRows(projection, await askRanking(asker, projection, question));
      });
      printRows(table, flags, 'No organization fits.');
    });
}

export function findingsCommand(): Command {
  return listing('findings', 'List what is wrong, missing or weak in the data.')
    .addOption(choice('--kind <kind...>', 'only these kinds', findingKinds))
    .addOption(instantOption('--as-of <instant>', 'judge at this instant (default: now)'))
    .action(async (flags: ListFlags & { kind?: string[]; asOf?: number }) => {
      const table = await withAsker(flags, async (asker) => {
        const projection = await asker.facts();
        const found = await askListedFindings(asker, projection, flags.asOf ?? asker.now, toValues(flags.kind));
        return findingRows(projection, found, await asker.acceptances());
      });
      printRows(table, flags, 'There are no findings.');
    });
}

export function exposuresCommand(): Command {
  return withWindows(listing('exposures', 'List the organizations that would expose an artifact if each were compromised alone.'))
    .argument('<artifact>', 'id or name of the artifact')
    .action(async (artifact: string, flags: ListFlags & WindowFlags) => {
      const table = await withAsker(flags, async (asker) => {
        const id = await getNamed(asker, 'artifact', artifact);
        const projection = await asker.facts();
        const question = { core: flags.core ?? null, widest: flags.widest ?? null, options: null };
        const index = projection.artifacts.id.find(id);
        const rows = index === none ? [] : askArtifactExposure(asker, projection, index, question).at(asker.now);
        return tableOf(
          'exposures',
          ['organization', 'name', 'tier', 'likelihood'] as const,
          rows,
          ({ organization, tier, likelihood }) => ({
            organization: projection.organizations.id.get(organization),
            name: projection.organizations.name.get(organization),
            tier,
            likelihood,
          }),
        );
      });
      printRows(table, flags, 'No organization would expose it.');
    });
}
