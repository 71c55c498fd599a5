import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { redactSecrets } from '../domain/text/secrets.ts';
import { makeFolder } from '../store/make-folder.ts';
import type { AuditEntry, AuditPaths } from './audit-files.ts';
import { appendLines, formatEntry, holdsHead, readLast, sealEntry, writeHead } from './audit-files.ts';

/** No process holds the lock longer: appending takes milliseconds. */
const staleLockMs = 10_000;
const retryMs = 20;
/** Entries gather for so long before they are written: the request that made the first one does not wait for the disk, and the next ones share its write. */
const gatherMs = 25;
/** Characters of a text in an entry. */
const maxTextLength = 500;

export interface AuditTrailOptions {
  readonly paths: AuditPaths;
  /** EXPOSURE_AUDIT_KEY. */
  readonly key: string | null;
  /** Called when entries could not be written. They are lost, and the program goes on. */
  readonly onError?: (error: unknown) => void;
}

/**
 * The audit trail: one chain of entries for all processes that share the data folder. Each entry's seal covers the seal before
 * it, so an edit, a cut or another order breaks the chain. The head, kept apart, shows a cut at the end. It stays where it is from then on, so that
 * later entries do not hide the cut.
 *
 * Entries gather for some milliseconds, and while earlier ones are written, so many requests share one write.
 */
export class AuditTrail {
  readonly #options: AuditTrailOptions;
  #waiting: AuditEntry[] = [];
  #writing: Promise<void> | undefined;
  /** Begins the write for which entries gather. */
  #hurry: () => void = () => undefined;
  /** False from the first look at a trail without the entry that its head names, because each look reads back to where that entry should be. */
  #isWhole = true;

  constructor(options: AuditTrailOptions) {
    this.#options = options;
  }

  get path(): string {
    return this.#options.paths.trail;
  }

  /** Returns at once. `flush` waits until the entry is on disk. */
  record(entry: AuditEntry): void {
    this.#waiting.push(entry);
    this.#writing ??= this.#write();
  }

  /** Resolves when everything recorded so far is on disk, or was reported as lost. */
  async flush(): Promise<void> {
    while (this.#writing !== undefined) {
      this.#hurry();
      await this.#writing;
    }
  }

  async #write(): Promise<void> {
    await new Promise<void>((begin) => {
      const timer = setTimeout(begin, gatherMs);
      this.#hurry = () => {
        clearTimeout(timer);
        begin();
      };
    });
    try {
      while (this.#waiting.length > 0) {
        const entries = this.#waiting;
        this.#waiting = [];
        await this.#append(entries);
      }
    } catch (error) {
      this.#options.onError?.(error);
    } finally {
      this.#writing = undefined;
    }
  }

  async #append(entries: readonly AuditEntry[]): Promise<void> {
    const { paths, key } = this.#options;
    makeFolder(dirname(paths.trail));
    const lock = `${paths.trail}.lock`;
    await takeLock(lock);
    try {
      let head = readLast(paths.trail);
      let lines = '';
      for (const entry of entries) {
        const chained = sealEntry(key, head.seal, head.seq + 1, toWritten(entry));
        lines += formatEntry(chained);
        head = chained;
      }
      // A head that went on with the rest of a trail that was cut would hide the cut.
      this.#isWhole &&= holdsHead(paths, key);
      await appendLines(paths.trail, lines);
      if (this.#isWhole) writeHead(paths.head, key, head);
    } finally {
      rmdirSync(lock);
    }
  }
}

/** A folder is the lock, because making one is atomic on every file system. */
async function takeLock(lock: string): Promise<void> {
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (made !== undefined && Date.now() - made > staleLockMs) removeStale(lock);
    else await sleep(retryMs);
  }
}

function removeStale(lock: string): void {
  try {
    rmdirSync(lock);
  } catch {
    // Another process was faster.
  }
}

/** Without secrets, and cut. Nothing can be taken out of the chain later. */
function toWritten({ at, by, from, action, subject, outcome }: AuditEntry): AuditEntry {
  const cut = (whole: string) => {
    const text = redactSecrets(whole);
    return (text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text).replace(/\p{Surrogate}/gu, '\ufffd');
  };
  return { at, by: cut(by), from: cut(from), action: cut(action), subject: subject === null ? null : cut(subject), outcome: cut(outcome) };
}
