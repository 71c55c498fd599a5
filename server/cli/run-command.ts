import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { Config, ConfigFlags } from '../config.ts';
import { readConfig } from '../config.ts';
import { ExposureError } from '../domain/errors.ts';
import type { InstantOptions } from '../domain/instants.ts';
import { parseInstant } from '../domain/instants.ts';
import type { FactStore } from '../store/fact-store.ts';
import { openStore } from '../store/open-store.ts';

/** 0: done. 1: failed. 2: wrong usage, and the command did not run. 3: done, with a result that the flags ask to report. */
export const exitCodes = { done: 0, failed: 1, wrongUsage: 2, told: 3 } as const;
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
  const { loadVocabulary } = await import('../import/vocabulary/load-vocabulary.ts');
  try {
    loadVocabulary(vocabularyFolder);
  } catch (error) {
    throw asUsageError(error);
  }
}

/** From this many rows on, a thread is worth its start. */
const planAsideFrom = 50_000;

/** Opens the store, runs `act`, and closes the store. */
export async function useStore<T>(flags: ConfigFlags, act: (store: FactStore, config: Config) => Promise<T>): Promise<T> {
  const config = readFlags(flags);
  await readVocabulary(config);
  const store = await openStore(config.store, { credentials: config.storeCredentials, onWaiting: tell, planAsideFrom });
  try {
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

/** Control characters except line feed and tab, and characters that reorder the text around them. */
const unprintable = /(?![\n\t])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Replaces terminal escapes and control characters with `�`: a name from an imported file must not control the terminal. */
export function toPrintable(text: string): string {
  return text.replace(unprintable, '\ufffd');
}

/** Data goes to stdout. */
export function print(text: string): void {
  process.stdout.write(toPrintable(text.endsWith('\n') ? text : `${text}\n`));
}

/** Writes the unprintable characters of JSON strings as escape sequences, so that JSON keeps every character. */
export function toPrintableJson(json: string): string {
  return json.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function printJson(value: unknown): void {
  print(toPrintableJson(JSON.stringify(value, undefined, 2)));
}

/** Messages go to stderr. */
export function tell(text: string): void {
  process.stderr.write(toPrintable(`${text}\n`));
}

/** Formats a table. Each column is as wide as its widest cell. Long cells are cut. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[], maxWidth = 60): string {
  const cut = (text: string) => (text.length > maxWidth ? `${text.slice(0, maxWidth - 1)}…` : text).replace(/\s+/g, ' ');
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
