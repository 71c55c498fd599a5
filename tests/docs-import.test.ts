import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandLine, root, startCommandLine } from './cli/run-exposure.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from './support/test.ts';

let commandLine: CommandLine;
beforeAll(async () => {
  commandLine = await startCommandLine();
});
afterAll(() => commandLine.stop());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-guide-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Example {
  /** In the order of the files in the command. */
  readonly lists: readonly string[];
  readonly args: readonly string[];
}

/** The lists and the command of a section of docs/import.md. */
function exampleOf(section: string): Example {
  const guide = readFileSync(join(root, 'docs/import.md'), 'utf8');
  const text = guide.slice(guide.indexOf(`### ${section}\n`)).split(/\n#+ /)[0] as string;
  const blocks = [...text.matchAll(/(?:^ {4}.*\n)+/gm)].map(([block]) => block.replace(/^ {4}/gm, ''));
  const command = blocks.find((block) => block.startsWith('npx exposure ')) as string;
  const args = [...command.trim().matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? (plain as string)).slice(2);
  return { lists: blocks.slice(0, blocks.indexOf(command)), args };
}

async function run(args: readonly string[], lists: readonly string[]) {
  const files = args.filter((arg) => /\.(csv|html)$/.test(arg));
  expect(files).toHaveLength(lists.length);
  files.forEach((file, at) => {
    writeFileSync(join(folder, file), lists[at] as string);
  });
  const placed = args.map((arg) => (files.includes(arg) ? join(folder, arg) : arg));
  const { code, out, err } = await commandLine.run(folder, [...placed, '--json']);
  return { code, err, ...JSON.parse(out) };
}

/** The artifact that the transfers of the guide name, and its owner. */
const before = 'Asset,Type,Owner,Sensitivity\nLabeling guide v3,Annotation guidelines,Vega Labs,4\n';

describe('the guide to importing, run as written', () => {
  it.each([
    ['Client and provider in each row', 3 + 2],
    ['A page of sub-processors', 3 + 2],
    ['A register of two tiers', 6 + 5],
    ['What the vendors get', 3 + 2 + 2 + 3],
    ['Remarks beside names', 3 + 2],
    ['A vendor list of one client', 3 + 2 + 1],
    ['Artifacts', 1 + 1],
    ['Transfers', 1 + 1],
    ['Controls', 1 + 1],
    ['A list of certificates', 2 + 2],
    ['A custody list', 1 + 3 + 2],
    ['Organizations', 2],
    ['Access', 2 + 1],
    ['Artifacts that reveal others', 1 + 2 + 1],
    ['Several tables', 3 + 2],
    ['A DORA register', 3 + 2],
  ])('[F88] %s', async (section, created) => {
    const { lists, args } = exampleOf(section);
    if (section === 'Transfers')
      expect(await run(['import', 'artifacts-of-vega.csv', '--create-missing'], [before])).toMatchObject({ code: 0 });
    expect(await run(args, lists)).toMatchObject({ code: 0, isWritten: true, questions: [], report: { created, rejected: 0 } });
  });
});
