import { Command, Option } from 'commander';
import { checkOriginCount } from '../domain/incident.ts';
import { mapRadiusOptions, type StatedRadiusOptions } from '../domain/radius-options.ts';
import { blastRadiusRows } from '../export/blast-radius-rows.ts';
import { toRadiusDocument } from '../export/radius-document.ts';
import { toCsv } from '../export/rows.ts';
import { Asker } from '../questions/asker.ts';
import { Questions } from '../questions/questions.ts';
import { askRadius } from '../questions/radius/ask-radius.ts';
import type { Tier } from '../rules/copy-tier.ts';
import { tiers } from '../rules/copy-tier.ts';
import type { ExitCode, StoreFlags } from './command/run-command.ts';
import { exitCodes, instantOption, print, toPrintable, toPrintableJson, useStore, withJson, withStore } from './command/run-command.ts';
import type { QuestionFlags } from './command/window-option.ts';
import { questionOf, windowOption, withDoubtOptions, withRadiusOptions } from './command/window-option.ts';
import { formatRadius } from './radius-table.ts';

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
