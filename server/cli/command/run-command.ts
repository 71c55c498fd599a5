import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { Config, ConfigFlags } from '../../configuration/config.ts';
import { readConfig } from '../../configuration/config.ts';
import { ExposureError } from '../../domain/errors.ts';
import type { InstantOptions } from '../../domain/instants.ts';
import { parseInstant } from '../../domain/instants.ts';
import { replaceHidden, showHidden } from '../../domain/text/hidden-characters.ts';
import { refuseDamage } from '../../store/damaged-store.ts';
import type { WholeStore } from '../../store/fact-store.ts';
import { openStore, placeOf } from '../../store/open/open-store.ts';

/** 0: done. 1: failed. 2: wrong usage, and the command did not run. 3: done, with a result that the flags ask to report. */
export const exitCodes = { done: 0, failed: 1, wrongUsage: 2, reported: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The flags or the configuration are wrong, so the command did not run. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface StoreFlags extends ConfigFlags {
  readonly json?: boolean;
}

/** Adds `--store`. */
export function withStore(command: Command): Command {
  return command.option(
    '--store <url>',
    'the store, such as sqlite:./data/exposure.db or neo4j://host:7687/database (default: EXPOSURE_STORE)',
  );
}

export function withJson(command: Command): Command {
  return command.option('--json', 'print the result as JSON');
}

/** Reads the environment and the flags. Throws UsageError. */
export function readFlags(flags: ConfigFlags): Config {
  try {
    return readConfig(flags);
  } catch (error) {
    throw asUsageError(error);
  }
}

function asUsageError(error: unknown): unknown {
  return error instanceof ExposureError && error.code === 'BAD_CONFIGURATION' ? new UsageError(error.message) : error;
}

/** Makes the folder of EXPOSURE_VOCABULARY add to the vocabulary of imports. Throws UsageError. Loaded on demand: few have such a folder. */
async function readVocabulary({ vocabularyFolder }: Config): Promise<void> {
  if (vocabularyFolder === null) return;
  const { loadVocabulary } = await import('../../import/vocabulary/load-vocabulary.ts');
  try {
    loadVocabulary(vocabularyFolder);
  } catch (error) {
    throw asUsageError(error);
  }
}

/**
 * Opens the store, refuses a damaged one, runs `act`, and closes the store.
 *
 * @param scope `content` for what answers from all facts or takes them out, `sample` for what reads or writes a few records
 */
export async function useStore<T>(
  flags: ConfigFlags,
  scope: 'content' | 'sample',
  act: (store: WholeStore, config: Config) => Promise<T>,
): Promise<T> {
  const config = readFlags(flags);
  await readVocabulary(config);
  const store = await openStore(config.store, { credentials: config.storeCredentials, onWaiting: tell });
  try {
    await refuseDamage(store, placeOf(config.store), scope);
    return await act(store, config);
  } finally {
    await store.close();
  }
}

/** An option that takes an instant or a plain date. Its value is in epoch milliseconds. */
export function instantOption(flags: string, description: string, options: InstantOptions = {}): Option {
  return new Option(flags, description).argParser((text) => {
    const instant = parseInstant(text, options);
    if (instant === undefined)
      throw new InvalidArgumentError('Expected a date such as 2026-03-24 or an instant such as 2026-03-24T08:30:00Z.');
    return instant;
  });
}

/** Everything between line feeds and tabs, which a terminal may get as they are. */
const parts = /[^\n\t]+/g;

/** Shows hidden characters as escapes, such as `\u{1B}`: a name from an imported file must not control the terminal, nor read like another. */
export function toPrintable(text: string): string {
  return text.replace(parts, showHidden);
}

/** Data goes to stdout. */
export function print(text: string): void {
  process.stdout.write(toPrintable(text.endsWith('\n') ? text : `${text}\n`));
}

/** Writes the hidden characters of JSON strings as escape sequences, so that JSON keeps every character. */
export function toPrintableJson(json: string): string {
  return json.replace(parts, (part) => replaceHidden(part, escapeForJson));
}

function escapeForJson(character: string): string {
  return Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
}

export function printJson(value: unknown): void {
  print(toPrintableJson(JSON.stringify(value, undefined, 2)));
}

/** Messages go to stderr. */
export function tell(text: string): void {
  process.stderr.write(toPrintable(`${text}\n`));
}

/** Tells a person at a terminal how far long work is, once a second. */
export function tellProgress<A extends unknown[]>(describe: (...done: A) => string): (...done: A) => void {
  let toldAt = Date.now();
  return (...done) => {
    if (!process.stderr.isTTY || Date.now() < toldAt + 1000) return;
    toldAt = Date.now();
    tell(describe(...done));
  };
}

/** Constants as flags and tables have them: `standard-webhooks`. */
export function lower(words: readonly string[]): string[] {
  return words.map((word) => word.toLowerCase().replaceAll('_', '-'));
}

/** A text of several lines in one. */
export function oneLine(text: string): string {
  return text.replace(/[\t-\r]+/g, ' ');
}

/** Formats a table. Each column is as wide as its widest cell. Long cells are cut. Hidden characters are shown, line breaks too. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[], maxWidth = 60): string {
  const cut = (cell: string) => {
    const text = showHidden(cell);
    return (text.length > maxWidth ? `${text.slice(0, maxWidth - 1)}…` : text).replace(/\s+/g, ' ');
  };
  const lines = [header, ...rows].map((row) => row.map(cut));
  const widths = header.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
