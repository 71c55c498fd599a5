import { cpus, totalmem } from 'node:os';

export interface Times {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly p95: number;
  readonly count: number;
}

/** @param times in milliseconds */
export function summarizeTimes(times: readonly number[]): Times {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
  return { median: at(0.5), min: at(0), max: at(1), p95: at(0.95), count: sorted.length };
}

export function milliseconds(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : ms >= 10 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(3)} ms`;
}

/** Prints each measurement at once: our time, the other time, and the ratio of their medians. */
export class Report {
  machine(): void {
    const [cpu] = cpus();
    this.line(
      `${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
    );
  }

  line(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  ratio(title: string, ours: Times, other: Times): void {
    this.line(`${title}:`);
    this.line(`  ${describe(ours)}  |  ${describe(other)}  |  ratio ${formatRatio(ours.median / other.median)}`);
  }
}

function formatRatio(ratio: number): string {
  return ratio.toFixed(ratio < 0.01 ? 6 : 3);
}

function describe({ median, min, max, count }: Times): string {
  return `median ${milliseconds(median)} (${milliseconds(min)} to ${milliseconds(max)}, ${count} runs)`;
}
