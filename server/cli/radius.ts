import { Command, Option } from 'commander';
import { checkOriginCount } from '../domain/incident.ts';
import { formatInstant } from '../domain/instants.ts';
import type { StatedRadiusOptions } from '../domain/radius-options.ts';
import { mapRadiusOptions } from '../domain/radius-options.ts';
import { blastRadiusRows, toRadiusDocument } from '../export/blast-radius-rows.ts';
import { toCsv } from '../export/rows.ts';
import type { BlastRadius } from '../exposure/radius/blast-radius.ts';
import type { Window } from '../exposure/radius/radius-types.ts';
import { isRowEmpty } from '../projection/projection.ts';
import { Asker } from '../questions/asker.ts';
import { Questions } from '../questions/questions.ts';
import { askRadius } from '../questions/radius/ask-radius.ts';
import type { Tier } from '../rules/copy-tier.ts';
import { tiers } from '../rules/copy-tier.ts';
import type { ExitCode, StoreFlags } from './command/run-command.ts';
import {
  exitCodes,
  formatTable,
  instantOption,
  print,
  toPrintable,
  toPrintableJson,
  useStore,
  withJson,
  withStore,
} from './command/run-command.ts';
import type { QuestionFlags } from './command/window-option.ts';
import { questionOf, windowOption, withDoubtOptions, withRadiusOptions } from './command/window-option.ts';

interface RadiusFlags extends StoreFlags, StatedRadiusOptions, QuestionFlags {
  readonly knownAt?: number;
  readonly format: 'table' | 'json' | 'csv';
  readonly failAt?: string;
}

export function radiusCommand(exit: (code: ExitCode) => void): Command {
  const command = withJson(withStore(new Command('radius')))
    .description('Show what is exposed if these organizations are compromised. --json means --format json.')
    .argument('[organization...]', 'ids, names or aliases of the compromised organizations (default: those of the incident)')
    .option('--incident <id>', 'start from a saved incident')
    .addOption(windowOption('--core <a/b>', 'window of the confirmed compromise, as two dates or instants'))
    .addOption(windowOption('--widest <a/b>', 'window of the possible compromise'));
  return withRadiusOptions(withDoubtOptions(command), true)
    .addOption(instantOption('--known-at <instant>', 'answer from the facts known at this instant'))
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json', 'csv']).default('table'))
    .addOption(
      new Option('--fail-at <tier>', 'exit 3 if an artifact has this tier or a worse one').choices(tiers.map((tier) => tier.toLowerCase())),
    )
    .action(async (origins: string[], flags: RadiusFlags) => {
      checkOriginCount(origins, flags.suspected);
      await useStore(flags, 'content', async (store, config) => {
        const asker = new Asker(new Questions({ store, projection: config.projection }));
        const question = {
          ...(await questionOf(asker, origins, flags)),
          knownAt: flags.knownAt ?? null,
          options: mapRadiusOptions(({ name }) => flags[name]),
        };
        const { radius, assessments } = await askRadius(asker, question);
        const format = flags.json ? 'json' : flags.format;
        if (format === 'table') print(formatRadius(radius));
        else {
          const pieces = format === 'json' ? toRadiusDocument(radius, assessments) : toCsv(blastRadiusRows(radius, assessments));
          // CSV in a file keeps every character. A terminal gets no control characters.
          const show = format === 'json' ? toPrintableJson : process.stdout.isTTY ? toPrintable : (text: string) => text;
          for (const piece of pieces) process.stdout.write(show(piece));
        }
        const failAt = flags.failAt === undefined ? -1 : tiers.indexOf(flags.failAt.toUpperCase() as Tier);
        if (radius.artifacts.some((artifact) => tiers.indexOf(artifact.tier) <= failAt)) exit(exitCodes.reported);
      });
    });
}

/** A radius as text: a summary, then one line for each artifact. Without artifacts, one line for each dependent. */
function formatRadius(radius: BlastRadius): string {
  const { projection, input, summary } = radius;
  const { organizations, artifacts } = projection;
  const nameOf = (organization: number) => organizations.name.get(organization);
  const listSome = (all: readonly number[]) =>
    `${all.slice(0, 5).map(nameOf).join(', ')}${all.length > 5 ? ` and ${all.length - 5} more` : ''}`;
  const suspected = (input.suspected ?? []).map(({ organization }) => organization);
  const known = input.origins.length === 0 ? [] : [`${listSome(input.origins)} was compromised`];
  const doubtful = suspected.length === 0 ? [] : [`${listSome(suspected)} may have been compromised`];
  const core = input.hasCore === false ? 'no core' : `core ${describeWindow(input.core)}`;
  const head = [`If ${[...known, ...doubtful].join(' and ')}, ${core}, widest ${describeWindow(input.widest)}:`];
  if (radius.artifacts.length === 0) return [...head, formatDependents(radius)].join('\n');
  head.push(
    `${summary.exposedCount} exposed, ${summary.possibleCount} possible, ${summary.containedCount} contained; ` +
      `${count(summary.affectedLabCount, 'affected lab')}, ${count(summary.blindSpotCount, 'blind spot')}, ${count(summary.reachedCount, 'organization')} reached.`,
    `Worst-case loss ${usd(summary.worstCaseLossUsd)}, weighted loss ${usd(summary.weightedLossUsd)}.`,
  );
  const header = ['ARTIFACT', 'NAME', 'OWNER', 'TIER', 'BASIS', 'PORTION', 'USABLE', 'LIKELIHOOD', 'WORST CASE', 'WEIGHTED', 'HOLDERS'];
  const rows = radius.artifacts.map((row) => [
    artifacts.id.get(row.artifact),
    artifacts.name.get(row.artifact),
    nameOf(artifacts.owner[row.artifact] as number),
    row.tier,
    row.basis,
    row.portion.low === row.portion.high ? percent(row.portion.low) : `${percent(row.portion.low)}-${percent(row.portion.high)}`,
    row.isUsable ? 'yes' : 'no',
    percent(row.likelihood),
    usd(row.worstCaseLossUsd),
    usd(row.weightedLossUsd),
    row.holders.map((holder) => nameOf(holder.organization)).join(', '),
  ]);
  return [...head, '', formatTable(header, rows, 40)].join('\n');
}

function describeWindow({ from, to }: Window): string {
  return from === to ? formatInstant(from) : `${formatInstant(from)} to ${formatInstant(to)}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}

export function usd(amount: number): string {
  return `$${Math.round(amount).toLocaleString('en-US')}`;
}

const mostRows = 200;

/**
 * Formats a radius without artifacts. The store knows engagements, so the table lists each dependent of the origins, its path,
 * and the provider to ask about transfers.
 */
function formatDependents(radius: BlastRadius): string {
  const { projection, dependents, reached } = radius;
  const { engagements, organizations } = projection;
  const nameOf = (organization: number) => organizations.name.get(organization);
  const isNothingKnown = reached.every(({ organization }) => isRowEmpty(organizations.copies, organization));
  const unknown = isNothingKnown ? 'No transfer shows what they hold.' : 'They hold nothing in this window; a wider window may show more.';
  const spread = reached.length > 1 ? ` Compromise reaches ${reached.length} organizations.` : '';
  // An engagement may still name them as provider: one of a reached client, or one that starts after the window.
  if (dependents.length === 0) return `No dependents: in this window, no organization out of reach engages them. ${unknown}${spread}`;

  const former = dependents.filter(({ isFormer }) => isFormer).length;
  const verb = dependents.length === 1 ? 'organization depends' : 'organizations depend';
  const formerly = former === 0 ? '' : `, ${former} of them formerly`;
  const rows = dependents.slice(0, mostRows).map(({ organization, rank, path, isFormer }) => {
    const providers = path.map((engagement) => engagements.provider[engagement] as number);
    return [
      nameOf(organization),
      organizations.id.get(organization),
      `${rank}${isFormer ? ' (former)' : ''}`,
      [organization, ...providers].map(nameOf).join(' > '),
      describeContact(projection, providers[0] as number),
    ];
  });
  const rest = dependents.length - rows.length;
  return [
    `${dependents.length} ${verb} on them${formerly}. ${unknown}${spread}`,
    'Ask each dependent what it sent, and ask the provider under ASK what it holds.',
    '',
    formatTable(['DEPENDENT', 'ID', 'RANK', 'PATH', 'ASK'], rows, 80),
    ...(rest > 0 ? ['', `And ${rest} more: --format json lists all.`] : []),
  ].join('\n');
}

function describeContact({ organizations }: BlastRadius['projection'], provider: number): string {
  const email = organizations.contactEmail.get(provider);
  return email === null ? organizations.name.get(provider) : `${organizations.name.get(provider)} <${email}>`;
}
