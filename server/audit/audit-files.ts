import { createHash, createHmac } from 'node:crypto';
import {
  closeSync,
  constants,
  createReadStream,
  existsSync,
  fstatSync,
  fsync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
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

function sealText(key: string | null, text: string): string {
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

export interface AuditPaths {
  /** JSON lines, the oldest first. */
  readonly trail: string;
  /** EXPOSURE_AUDIT_HEAD: the last entry's number and seal, to be kept where nobody who can change the trail can change it. */
  readonly head: string;
}

const headFile = z.strictObject({ seq: z.int().nonnegative(), seal: z.string(), signature: z.string() });

/** The number and seal of the last entry. */
export interface AuditHead {
  readonly seq: number;
  readonly seal: string;
}

const sync = promisify(fsync);
const chunkBytes = 65_536;
/** The last entry is nearly always within this many bytes of the end. */
const firstChunkBytes = 4096;

/** Undefined where there is no head, or one that was not signed with this key. */
export function readHead(path: string, key: string | null): AuditHead | undefined {
  try {
    const { seq, seal, signature } = headFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    return signature === sealText(key, JSON.stringify(['head', seq, seal])) ? { seq, seal } : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all. */
export function writeHead(path: string, key: string | null, { seq, seal }: AuditHead): void {
  const part = `${path}.part`;
  writeFileSync(part, JSON.stringify({ seq, seal, signature: sealText(key, JSON.stringify(['head', seq, seal])) }), { mode: 0o600 });
  renameSync(part, path);
}

/** The last entry of a trail. A line that a crash cut short is left out. Throws where the last whole line is no entry. */
export function readLast(path: string): AuditHead {
  for (const line of readBackward(path)) {
    const entry = parseEntry(line);
    if (entry === undefined) throw new Error(`The last line of ${path} is not an entry of the audit trail. Run exposure audit verify.`);
    return { seq: entry.seq, seal: entry.seal };
  }
  return { seq: 0, seal: firstSeal };
}

/**
 * Appends lines, and cuts off a line that a crash left unfinished. Resolves when they are on disk. The event loop does not wait for the disk: what comes
 * before and after takes microseconds, less than handing it to a thread.
 */
export async function appendLines(path: string, lines: string): Promise<void> {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    const end = endOfWholeLines(file);
    if (end < fstatSync(file).size) ftruncateSync(file, end);
    writeSync(file, lines, end);
    await sync(file);
  } finally {
    closeSync(file);
  }
}

/** The whole lines of a file, the last first, without reading more of it than is asked for. */
function* readBackward(path: string): Generator<string> {
  if (!existsSync(path)) return;
  const file = openSync(path, 'r');
  try {
    let at = endOfWholeLines(file);
    let rest = Buffer.alloc(0);
    for (let most = firstChunkBytes; at > 0; most = chunkBytes) {
      const length = Math.min(most, at);
      at -= length;
      const chunk = Buffer.alloc(length);
      readSync(file, chunk, 0, length, at);
      rest = Buffer.concat([chunk, rest]);
      let end = rest.length - 1;
      for (let i = rest.lastIndexOf(0x0a, end - 1); i >= 0; i = i === 0 ? -1 : rest.lastIndexOf(0x0a, i - 1)) {
        yield rest.toString('utf8', i + 1, end);
        end = i;
      }
      rest = rest.subarray(0, end + 1);
    }
    if (rest.length > 0) yield rest.toString('utf8', 0, rest.length - 1);
  } finally {
    closeSync(file);
  }
}

/** The entries of a trail, the latest first. Lines that are no entries are left out. */
export function* readEntriesBackward(path: string): Generator<ChainedEntry> {
  for (const line of readBackward(path)) {
    const entry = parseEntry(line);
    if (entry !== undefined) yield entry;
  }
}

/**
 * Whether the trail still has the entry that the head names, or there is no head that was signed with this key. After a crash, or where other
 * commands have another head, it is not the last entry.
 */
export function holdsHead({ trail, head }: AuditPaths, key: string | null): boolean {
  const named = readHead(head, key);
  if (named === undefined || named.seq === 0) return true;
  for (const { seq, seal } of readEntriesBackward(trail)) if (seq <= named.seq) return seq === named.seq && seal === named.seal;
  return false;
}

/** The offset after the last line feed. */
function endOfWholeLines(file: number): number {
  let at = fstatSync(file).size;
  for (let most = firstChunkBytes; at > 0; most = chunkBytes) {
    const length = Math.min(most, at);
    const chunk = Buffer.alloc(length);
    readSync(file, chunk, 0, length, at - length);
    const found = chunk.lastIndexOf(0x0a);
    if (found >= 0) return at - length + found + 1;
    at -= length;
  }
  return 0;
}

/** @param headFile EXPOSURE_AUDIT_HEAD; null: beside the trail, which protects against accidents only */
export function auditPathsOf(dataFolder: string, headFile: string | null): AuditPaths {
  return { trail: join(dataFolder, 'audit.jsonl'), head: headFile ?? join(dataFolder, 'audit.head') };
}

const maxSentences = 20;

/**
 * Finds every edit, cut and change of order in the trail, unless its author could change the head, or had the key and added entries at the end.
 *
 * @param key EXPOSURE_AUDIT_KEY, the one with which the trail was written
 * @returns sentences; empty for a sound trail
 */
export async function verifyTrail({ trail, head: headPath }: AuditPaths, key: string | null): Promise<string[]> {
  const sentences: string[] = [];
  const head = readHead(headPath, key);
  let seal = firstSeal;
  let count = 0;
  let sealAtHead = head?.seq === 0 ? firstSeal : undefined;
  let isOver = false;
  for await (const line of readLines(trail)) {
    count++;
    const entry = parseEntry(line);
    const isSound = entry !== undefined && entry.seq === count && sealEntry(key, seal, count, entry).seal === entry.seal;
    if (!isSound) {
      sentences.push(`Line ${count} of ${trail} is not the entry that was written there.`);
      isOver = sentences.length >= maxSentences;
      if (isOver) break;
    }
    seal = entry?.seal ?? seal;
    if (count === head?.seq) sealAtHead = seal;
  }
  if (isOver) return [...sentences, 'There are more problems than these; the rest was not checked.'];
  if (head === undefined) {
    if (count > 0 || existsSync(headPath))
      sentences.push(`The head ${headPath} is missing, damaged or signed with another key, so a cut at the end cannot be seen.`);
  } else if (head.seq > count)
    sentences.push(`The trail ends after entry ${count}, and the head names entry ${head.seq}: the end was cut off.`);
  else if (sealAtHead !== head.seal) sentences.push(`Entry ${head.seq} is not the one that the head names.`);
  return sentences;
}

/** The lines of a file. A last line without a line feed is left out: a crash cut it short before it was acknowledged. */
async function* readLines(path: string): AsyncGenerator<string> {
  if (!existsSync(path)) return;
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() as string;
    yield* lines;
  }
}
