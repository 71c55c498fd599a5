import { Worker } from 'node:worker_threads';

/** The file of a thread, relative to this folder, without its extension. */
type ThreadFile = 'import/thread/reading-thread' | 'questions/facts/snapshot-thread' | 'questions/run/worker';

/** Starts a worker thread, from built code or from the source, whichever this program runs from. */
export function startThread(file: ThreadFile): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`./${file}.js`, import.meta.url));
  return new Worker(new URL('./thread-from-source.mjs', import.meta.url), { argv: [`${file}.ts`] });
}
