import { parentPort } from 'node:worker_threads';
import { giveWayToEventLoop } from '../../threads/start-thread.ts';
import { verifyFile } from './verify.ts';

/** Runs inside a worker thread: checks the content of the store at a path, and tells the problems. */
giveWayToEventLoop();
parentPort?.once('message', async (path: string) => parentPort?.postMessage(await verifyFile(path, 'content')));
