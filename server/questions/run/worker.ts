import { parentPort } from 'node:worker_threads';
import type { Projection } from '../../projection/projection.ts';
import { openProjection } from '../../projection/share-projection.ts';
import type { OnProgress } from '../../projection/turns.ts';
import { failureOf, giveWayToEventLoop } from '../../threads/start-thread.ts';
import { jobs } from './jobs.ts';
import { WorkProgress } from './work-progress.ts';
import type { WorkerAnswer, WorkerOrder } from './worker-pool.ts';

/** Runs inside a worker thread. Keeps the latest projection and does one job after another. */
const port = parentPort;
if (port === null) throw new Error('worker.ts runs in a worker thread.');
giveWayToEventLoop();
let held: { readonly id: number; readonly projection: Projection } | undefined;

port.on('message', async (order: WorkerOrder) => port.postMessage(await carryOut(order)));

function formerOf({ formerId }: WorkerOrder): Projection | undefined {
  if (formerId === 0) return undefined;
  if (held?.id !== formerId) throw new Error('The order builds on a projection that this thread does not hold.');
  return held.projection;
}

async function carryOut(order: WorkerOrder): Promise<WorkerAnswer> {
  const { projectionId, shared, job, parameters, progress } = order;
  try {
    if (shared !== null) held = { id: projectionId, projection: openProjection(shared, formerOf(order)) };
    const projection = projectionId === 0 ? null : held?.id === projectionId ? held.projection : undefined;
    if (projection === undefined) throw new Error('The order names a projection that this thread does not hold.');
    const carryOutJob = jobs[job] as (projection: Projection | null, parameters: unknown, onProgress?: OnProgress) => unknown;
    return { result: await carryOutJob(projection, parameters, progress === null ? undefined : new WorkProgress(progress).report) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}
