import { ExposureError } from '../../../domain/errors.ts';
import type { Connection } from '../connection/connection.ts';

/** The server's memory per assertion until its transaction ends: about 6 kB as measured, plus overhead. */
const bytesPerAssertion = 8_000;
/** The size if the server does not report its limit. */
const defaultSize = 50_000;

const settings = ['dbms.memory.transaction.total.max', 'db.memory.transaction.total.max', 'db.memory.transaction.max'];
const units: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

/**
 * The most assertions in one transaction. They fit into half of the memory that the server allows for all transactions together.
 * Throws STORE_UNAVAILABLE.
 */
export async function readTransactionSize(connection: Connection): Promise<number> {
  try {
    const rows = await connection.read(
      (transaction) => transaction.run('SHOW SETTINGS YIELD name, value WHERE name IN $settings RETURN value', { settings }),
      { fresh: true },
    );
    const limits = rows.map(([value]) => parseSize(value as string)).filter((bytes) => bytes > 0);
    return limits.length === 0 ? defaultSize : Math.floor(Math.min(...limits) / 2 / bytesPerAssertion);
  } catch (error) {
    if (error instanceof ExposureError && error.code === 'STORE_UNAVAILABLE') throw error;
    // Not every user may read settings.
    return defaultSize;
  }
}

/** Parses `716.80MiB` into bytes. Returns 0 for no limit and for anything else. */
function parseSize(text: string): number {
  const match = /^([\d.]+)([KMGT]?i?B)$/.exec(text);
  return match === null ? 0 : Number(match[1]) * (units[match[2] as string] ?? 0);
}
