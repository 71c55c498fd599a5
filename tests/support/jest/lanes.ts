import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** While this share of the processor time is idle, one further lane takes a task. */
const mostIdle = 0.2;

/** The time of all processors, in ms. */
interface ProcessorTime {
  readonly idle: number;
  readonly total: number;
}

/** The time since the machine started. */
export function readProcessors(): ProcessorTime {
  const all = cpus().map(({ times }) => times);
  const sumOf = (read: (times: (typeof all)[number]) => number) => all.reduce((sum, times) => sum + read(times), 0);
  return { idle: sumOf(({ idle }) => idle), total: sumOf(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq) };
}

/** The share of the processor time between two readings in which the processors were idle. */
export const idleShare = (before: ProcessorTime, after: ProcessorTime): number =>
  (after.idle - before.idle) / Math.max(1, after.total - before.total);

/**
 * Runs tasks in lanes: a lane takes the next task when its own has ended. Tasks that wait for something leave processors idle, so one further lane takes a
 * task then.
 *
 * @param tasks functions, in the order in which lanes take them
 * @param laneCount the number of lanes that run all the time
 * @param lookEveryMs the time over which the processors are judged
 */
export async function runInLanes(
  tasks: readonly (() => Promise<void>)[],
  laneCount: number,
  { lookEveryMs = 20_000, read = readProcessors } = {},
): Promise<void> {
  const left = [...tasks];
  const lanes = new Set<Promise<void>>();
  const start = (mostTasks: number) => {
    const run = async () => {
      for (let i = 0; i < mostTasks && left.length > 0; i++) await left.shift()?.();
    };
    const lane = run().finally(() => lanes.delete(lane));
    lanes.add(lane);
  };
  for (let i = 0; i < laneCount; i++) start(Number.POSITIVE_INFINITY);
  while (lanes.size > 0) {
    const before = read();
    const isOver = new AbortController();
    const all = Promise.all(lanes).finally(() => isOver.abort());
    await Promise.race([all, sleep(lookEveryMs, undefined, { signal: isOver.signal }).catch(() => undefined)]);
    if (lanes.size <= laneCount && left.length > 0 && idleShare(before, read()) > mostIdle) start(1);
  }
}
