import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface MeasuredTree {
  readonly ms: number;
  /** The processor time of the command and of all processes that it started, in seconds. */
  readonly cpuSeconds: number;
  /** The most memory that one process of each program used, in MB, by the name of the program. */
  readonly peaks: ReadonlyMap<string, number>;
  /** The most memory that all of them used at one time, in MB. Pages that they share count for each of them. */
  readonly togetherMb: number;
}

const pollMs = 250;

/** Runs a command, and measures it and all processes that it starts. Throws with what it said if it fails. Linux alone. */
export async function measureTree(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<MeasuredTree> {
  const [start, cpuBefore] = [performance.now(), secondsOfChildren()];
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-10_000);
  });
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const peaks = new Map<string, number>();
  let togetherMb = 0;
  const poll = setInterval(() => {
    let together = 0;
    for (const { name, residentMb, peakMb } of listTree(child.pid as number)) {
      together += residentMb;
      peaks.set(name, Math.max(peaks.get(name) ?? 0, peakMb));
    }
    togetherMb = Math.max(togetherMb, together);
  }, pollMs);
  const code = await ended.finally(() => clearInterval(poll));
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${said}`);
  return { ms: performance.now() - start, cpuSeconds: secondsOfChildren() - cpuBefore, peaks, togetherMb };
}

/** The time of the children that this process has waited for, and of theirs: cutime and cstime, in hundredths of a second. */
function secondsOfChildren(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

interface ProcessMemory {
  readonly name: string;
  readonly residentMb: number;
  readonly peakMb: number;
}

/** The processes of a tree that still run. */
function listTree(root: number): ProcessMemory[] {
  const children = new Map<number, number[]>();
  const memory = new Map<number, ProcessMemory>();
  for (const pid of readdirSync('/proc').map(Number)) {
    if (Number.isNaN(pid)) continue;
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const of = (field: string) => new RegExp(`^${field}:\\s+(.+)$`, 'm').exec(status)?.[1] ?? '';
      const parent = Number(of('PPid'));
      children.set(parent, [...(children.get(parent) ?? []), pid]);
      memory.set(pid, {
        name: of('Name'),
        residentMb: Number.parseInt(of('VmRSS') || '0', 10) / 1024,
        peakMb: Number.parseInt(of('VmHWM') || '0', 10) / 1024,
      });
    } catch {
      // It has ended.
    }
  }
  const found: ProcessMemory[] = [];
  for (const waiting = [root]; waiting.length > 0; ) {
    const pid = waiting.pop() as number;
    const one = memory.get(pid);
    if (one !== undefined) found.push(one);
    waiting.push(...(children.get(pid) ?? []));
  }
  return found;
}
