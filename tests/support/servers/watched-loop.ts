import { readFileSync } from 'node:fs';

/**
 * Notes every 100 ms how much memory the server holds at most, how long its event loop was held, and how long its main thread waited for a core
 * meanwhile: with other programs on the machine, that wait says nothing about the server.
 */
const script = `
  import { appendFileSync, readFileSync } from 'node:fs';
  import { monitorEventLoopDelay } from 'node:perf_hooks';
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread && process.argv[2] === 'serve') {
    const waited = () => {
      try {
        return Number(readFileSync('/proc/' + process.pid + '/task/' + process.pid + '/schedstat', 'utf8').split(' ')[1]) / 1e6;
      } catch {
        return 0;
      }
    };
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    let before = waited();
    setInterval(() => {
      const now = waited();
      const sample = [Date.now(), process.memoryUsage.rss(), delay.max / 1e6, now - before];
      appendFileSync(process.env.LOOP_FILE, JSON.stringify(sample) + '\\n');
      before = now;
      delay.reset();
    }, 100).unref();
  }`;

/** The environment of a server that writes into `file`. */
export function watching(file: string): NodeJS.ProcessEnv {
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}`, LOOP_FILE: file };
}

export interface Watched {
  /** Bytes. */
  readonly most: number;
  /** The longest time that the event loop was held, without waits for a core. */
  readonly heldMs: number;
  /** With them. */
  readonly longestMs: number;
}

/** @param since epoch ms */
export function readWatched(file: string, since: number): Watched {
  const watched = { most: 0, heldMs: 0, longestMs: 0 };
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
    const [at, rss, delayMs, waitedMs] = JSON.parse(line) as [number, number, number, number];
    if (at < since) continue;
    watched.most = Math.max(watched.most, rss);
    watched.longestMs = Math.max(watched.longestMs, delayMs);
    watched.heldMs = Math.max(watched.heldMs, delayMs - waitedMs);
  }
  return watched;
}
