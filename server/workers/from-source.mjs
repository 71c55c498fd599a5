/** Starts a worker's program from TypeScript: a worker thread does not take over the loader of the thread that made it. */
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.program);
