import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { Config, ConfigFlags } from '../config.ts';
import { readConfig } from '../config.ts';
import { ExposureError } from '../domain/errors.ts';
import { parseInstant } from '../domain/instants.ts';
import type { FactStore } from '../store/fact-store.ts';
import { openStore } from '../store/open-store.ts';

/** What a command tells whoever started it. */
export const exitCodes = { done: 0, failed: 1, wrongUsage: 2, told: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The way of asking is wrong, and the command was not run. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface StoreFlags extends ConfigFlags {
  readonly json?: boolean;
}

/** `--store`, and `--json` where the command prints data. */
export function withStore(command: Command): Command {
  return command.option(
    '--store <url>',
    'where the facts are kept: sqlite:./data/exposure.db, neo4j://host:7687/database (default: EXPOSURE_STORE)',
  );
}

export function withJson(command: Command): Command {
  return command.option('--json', 'print the result as JSON');
}

/** The environment and flags. Throws UsageError. */
export function readFlags(flags: ConfigFlags): Config {
  try {
    return readConfig(flags);
  } catch (error) {
    if (error instanceof ExposureError && error.code === 'BAD_CONFIGURATION') throw new UsageError(error.message);
    throw error;
  }
}

/** Opens the store for as long as `act` runs. */
export async function useStore<T>(flags: ConfigFlags, act: (store: FactStore, config: Config) => Promise<T>): Promise<T> {
  const config = readFlags(flags);
  const store = await openStore(config.store, { credentials: config.storeCredentials, onWaiting: tell });
  try {
    return await act(store, config);
  } finally {
    await store.close();
  }
}

/** An option's instant or plain date, in epoch milliseconds. */
export function instantOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const instant = parseInstant(text);
    if (instant === undefined)
      throw new InvalidArgumentError('Expected a date such as 2026-03-24 or an instant such as 2026-03-24T08:30:00Z.');
    return instant;
  });
}

/** Data goes to stdout. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, undefined, 2));
}

/** Talk goes to stderr. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Texts in columns as wide as their widest cell; long cells are cut. */
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
