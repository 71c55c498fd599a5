import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';

/** One action: who, from where, what, on what, and how it ended. Never holds a token, a body or a file. */
export interface AuditEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: string;
  /** A network address, or `command line`. */
  readonly from: string;
  /** A root field of the API, a method and route, `login`, `logout`, `read`, or a command. */
  readonly action: string;
  readonly subject: string | null;
  /** `ok`, or the code of the error. */
  readonly outcome: string;
}

const chainedEntry = z.strictObject({
  seq: z.int().positive(),
  at: z.number(),
  by: z.string(),
  from: z.string(),
  action: z.string(),
  subject: z.string().nullable(),
  outcome: z.string(),
  seal: z.string(),
});

/** An entry in the trail. `seal` covers the entry and the seal of the one before it. */
export type ChainedEntry = z.infer<typeof chainedEntry>;

/** The seal before the first entry. */
export const firstSeal = '0'.repeat(64);

/** @param key EXPOSURE_AUDIT_KEY; null: anybody can compute the seal, so it only finds damage */
export function sealEntry(key: string | null, previousSeal: string, seq: number, entry: AuditEntry): ChainedEntry {
  const { at, by, from, action, subject, outcome } = entry;
  const seal = sealText(key, JSON.stringify([previousSeal, seq, at, by, from, action, subject, outcome]));
  return { seq, at, by, from, action, subject, outcome, seal };
}

export function sealText(key: string | null, text: string): string {
  return (key === null ? createHash('sha256') : createHmac('sha256', key)).update(text).digest('hex');
}

export function formatEntry(entry: ChainedEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** Undefined for a line that is no entry, and for one that is written in another way than `formatEntry` writes it. */
export function parseEntry(line: string): ChainedEntry | undefined {
  try {
    const parsed = chainedEntry.safeParse(JSON.parse(line));
    return parsed.success && formatEntry(parsed.data) === `${line}\n` ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
