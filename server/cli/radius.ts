import { Command, Option } from 'commander';
import { checkOriginCount } from '../domain/incident.ts';
import { blastRadiusRows } from '../export/blast-radius-rows.ts';
import { toRadiusDocument } from '../export/radius-document.ts';
import { toCsv } from '../export/rows.ts';
import type { Window } from '../exposure/radius/radius-types.ts';
import { askRadius } from '../questions/ask-radius.ts';
import { Asker } from '../questions/asker.ts';
import { Questions } from '../questions/questions.ts';
import type { Tier } from '../rules/copy-tier.ts';
import { tiers } from '../rules/copy-tier.ts';
import { radiusDefaults } from '../rules/defaults.ts';
import { formatRadius } from './radius-table.ts';
import type { ExitCode, StoreFlags } from './run-command.ts';
import { exitCodes, instantOption, print, toPrintable, toPrintableJson, useStore, withJson, withStore } from './run-command.ts';
import { numberOption, windowOption } from './window-option.ts';

interface RadiusFlags extends StoreFlags {
  readonly incident?: string;
  readonly core?: Window;
  readonly widest?: Window;
  readonly maxHops?: number;
  readonly transferLikelihood?: number;
  readonly minDegree?: number;
  readonly knownAt?: number;
  readonly format: 'table' | 'json' | 'csv';
  readonly failAt?: string;
}

export function radiusCommand(exit: (code: ExitCode) => void): Command {
  return withJson(withStore(new Command('radius')))
    .description('Show what is exposed if these organizations are compromised. --json means --format json.')
    .argument('[organization...]', 'ids of the compromised organizations (default: those of the incident)')
    .option('--incident <id>', 'start from a saved incident')
    .addOption(windowOption('--core <a/b>', 'window of the confirmed compromise, as two dates or instants'))
    .addOption(windowOption('--widest <a/b>', 'window of the possible compromise'))
    .addOption(numberOption('--max-hops <n>', `maximum steps of spread, 0 to 10 (default: ${radiusDefaults.maxHops})`))
    .addOption(
      numberOption(
        '--transfer-likelihood <p>',
        `likelihood that compromise spreads along a transfer, 0 to 1 (default: ${radiusDefaults.transferLikelihood})`,
      ),
    )
    .addOption(numberOption('--min-degree <d>', `smallest product of degrees that counts, 0 to 1 (default: ${radiusDefaults.minDegree})`))
    .addOption(instantOption('--known-at <instant>', 'answer from the facts known at this instant'))
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json', 'csv']).default('table'))
    .addOption(
      new Option('--fail-at <tier>', 'exit 3 if an artifact has this tier or a worse one').choices(tiers.map((tier) => tier.toLowerCase())),
    )
    .action(async (origins: string[], flags: RadiusFlags) => {
      checkOriginCount(origins);
      await useStore(flags, 'content', async (store, config) => {
        const question = {
          origins: origins.length > 0 ? origins : null,
          incident: flags.incident ?? null,
          core: flags.core ?? null,
          widest: flags.widest ?? null,
          knownAt: flags.knownAt ?? null,
          options: { maxHops: flags.maxHops, transferLikelihood: flags.transferLikelihood, minDegree: flags.minDegree },
        };
        const questions = new Questions({ store, projection: config.projection });
        const { radius, assessments } = await askRadius(new Asker(questions), question);
        const format = flags.json ? 'json' : flags.format;
        if (format === 'table') print(formatRadius(radius));
        else {
          const pieces = format === 'json' ? toRadiusDocument(radius, assessments) : toCsv(blastRadiusRows(radius, assessments));
          // CSV in a file keeps every character. A terminal gets no control characters.
          const show = format === 'json' ? toPrintableJson : process.stdout.isTTY ? toPrintable : (text: string) => text;
          for (const piece of pieces) process.stdout.write(show(piece.toString()));
        }
        const failAt = flags.failAt === undefined ? -1 : tiers.indexOf(flags.failAt.toUpperCase() as Tier);
        if (radius.artifacts.some((artifact) => tiers.indexOf(artifact.tier) <= failAt)) exit(exitCodes.reported);
      });
    });
}
