import { once } from 'node:events';
import { Command, InvalidArgumentError, Option } from 'commander';
import { attachResults, detachResult, listResults } from '../batch/attached-result.ts';
import type { BatchQuestionName, StatedParameters } from '../batch/batch-questions.ts';
import { batchQuestionNames } from '../batch/batch-questions.ts';
import { runKernel } from '../batch/kernel.ts';
import { runBatch } from '../batch/run-batch.ts';
import { writePack } from '../batch/write-pack.ts';
import { readPolicy } from '../configuration/read-policy.ts';
import { formatInstant } from '../domain/instants.ts';
import type { StatedRadiusOptions } from '../domain/radius-options.ts';
import type { Window } from '../exposure/radius/radius-types.ts';
import type { StoreFlags } from './command/run-command.ts';
import { formatTable, instantOption, print, printJson, tell, useStore, withJson, withStore } from './command/run-command.ts';
import { numberOption, withRadiusOptions } from './command/window-option.ts';
import { withWindows } from './lists.ts';

const help = `
Examples:
  exposure batch pack ./pack
  exposure batch run ./pack --question ranking,findings
  exposure batch run ./pack --question ranking --widest 2026-03-01/2026-03-12 --out ./march
  exposure batch attach ./pack
`;

export function batchCommand(): Command {
  return new Command('batch')
    .description(
      'Answer questions about all facts without a server: pack the facts once, then compute on the cores of a machine or of a cluster.',
    )
    .addCommand(packCommand())
    .addCommand(runCommand())
    .addCommand(partCommand())
    .addCommand(attachCommand())
    .addCommand(listCommand())
    .addCommand(detachCommand())
    .addHelpText('after', help);
}

interface PackFlags extends StoreFlags {
  readonly knownAt?: number;
}

function packCommand(): Command {
  return withJson(withStore(new Command('pack')))
    .description('Write all facts into a new folder, cut into parts that each hold everything about some artifacts.')
    .argument('<folder>', 'must not exist, or be empty')
    .addOption(instantOption('--known-at <instant>', 'only the facts known then'))
    .action(async (folder: string, flags: PackFlags) => {
      const manifest = await useStore(flags, 'content', (store, config) =>
        writePack(store, { folder, knownAt: flags.knownAt ?? null, now: Date.now(), policy: readPolicy(config.policyFile) }),
      );
      const { counts, files, parts, revision } = manifest;
      if (flags.json) return printJson(manifest);
      const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
      print(
        `${counts.transfers.toLocaleString('en-US')} transfers of revision ${revision} in ${folder}: ` +
          `${parts.toLocaleString('en-US')} parts in ${files.length - 1} files, ${megabytes.toFixed(1)} MB.`,
      );
    });
}

interface RunFlags extends StatedRadiusOptions {
  readonly question: readonly BatchQuestionName[];
  readonly core?: Window;
  readonly widest?: Window;
  readonly asOf?: number;
  readonly out?: string;
  readonly threads?: number;
  readonly json?: boolean;
}

function runCommand(): Command {
  const command = withWindows(withJson(new Command('run')))
    .description('Answer questions about a pack on the cores of this machine, into results/QUESTION/rows.ndjson.gz.')
    .argument('<folder>', 'what batch pack wrote')
    .addOption(
      new Option('--question <list>', `the questions, with commas between them: ${batchQuestionNames.join(', ')}`)
        .argParser(readQuestions)
        .makeOptionMandatory(),
    )
    .addOption(instantOption('--as-of <instant>', 'judge lists without windows at this instant (default: that of the pack)'))
    .option('--out <folder>', 'where the results go (default: the folder of the pack)')
    .addOption(numberOption('--threads <n>', 'how many cores work (default: all)'));
  return withRadiusOptions(command, true).action(async (folder: string, flags: RunFlags) => {
    const { question: questions, out, threads } = flags;
    if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1))
      command.error(`error: --threads is ${threads}; expected a whole number from 1 up`, { exitCode: 2 });
    const answers = await runBatch({ folder, questions, parameters: statedBy(flags), out, threads }, ({ question, rows }) =>
      tell(`${question}: ${rows.toLocaleString('en-US')} rows.`),
    );
    if (flags.json) printJson(answers);
  });
}

function readQuestions(text: string): readonly BatchQuestionName[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  return names.map((name) => {
    const found = batchQuestionNames.find((one) => one === name);
    if (found === undefined)
      throw new InvalidArgumentError(`${JSON.stringify(name)} is no question; expected ${batchQuestionNames.join(', ')}.`);
    return found;
  });
}

function statedBy(flags: RunFlags): StatedParameters {
  const stated = (window: Window | undefined) => window && { from: formatInstant(window.from), to: formatInstant(window.to) };
  return {
    maxHops: flags.maxHops,
    transferLikelihood: flags.transferLikelihood,
    minDegree: flags.minDegree,
    core: stated(flags.core),
    widest: stated(flags.widest),
    asOf: flags.asOf === undefined ? undefined : formatInstant(flags.asOf),
  };
}

function partCommand(): Command {
  return new Command('part')
    .description(
      'The kernel: one round of a question over some parts, as JSON lines. A cluster runs it; dist/server/batch/kernel.mjs is the same in one file.',
    )
    .argument('[file...]', 'files of parts; without any, parts are read from standard input')
    .requiredOption('--common <file>', 'the file common of the pack')
    .requiredOption('--question <question>', batchQuestionNames.join(', '))
    .option('--parameters <json>', 'such as {"core": {"from": …, "to": …}, "widest": …, "maxHops": 3, "asOf": …}')
    .requiredOption('--round <n>', '1: over parts. 2: over the lines of round 1')
    .option('--held <file>', 'the lines of all runs of round 1 that are not rows')
    .option('--share <i/n>', 'in round 2, only this share of the rows, such as 0/8')
    .action(async (files: readonly string[], flags: Readonly<Record<string, string>>) => {
      const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
      await runKernel([...args, '--', ...files], process.stdin, async (text) => {
        if (!process.stdout.write(text)) await once(process.stdout, 'drain');
      });
    });
}

function attachCommand(): Command {
  return withJson(withStore(new Command('attach')))
    .description('Check results of this store, copy them into EXPOSURE_DATA, and let its servers answer from them.')
    .argument('<out>', 'the folder that batch run or the Spark job wrote into')
    .action(async (out: string, flags: StoreFlags) => {
      const attached = await useStore(flags, 'sample', (store, config) => attachResults(store, config.dataFolder, out, Date.now()));
      if (flags.json) return printJson(attached);
      print(
        attached.map(({ name, rows, revision }) => `${name}: ${rows.toLocaleString('en-US')} rows of revision ${revision}.`).join('\n'),
      );
    });
}

function listCommand(): Command {
  return withJson(withStore(new Command('list')))
    .description('List the attached results, and how many revisions each is behind.')
    .action(async (flags: StoreFlags) => {
      const results = await useStore(flags, 'sample', async (store) => {
        const revision = await store.readRevision();
        return (await listResults(store)).map((one) => ({ ...one, behind: revision - one.revision }));
      });
      if (flags.json) return printJson(results);
      if (results.length === 0) return tell('No result is attached.');
      const rows = results.map(({ name, rows: count, revision, instant, behind }) => [name, count, revision, instant, behind].map(String));
      print(formatTable(['NAME', 'ROWS', 'REVISION', 'INSTANT', 'BEHIND'], rows));
    });
}

function detachCommand(): Command {
  return withStore(new Command('detach'))
    .description('Let no server answer from a result any more, and delete it.')
    .argument('<name>', 'as batch list names it')
    .action(async (name: string, flags: StoreFlags) => {
      await useStore(flags, 'sample', (store, config) => detachResult(store, config.dataFolder, name));
      print(`${name} is detached.`);
    });
}
