import { milliseconds, type Report } from './report.ts';

type Unit = 'ms' | 'MB';

/** Growth by this factor or more for ten times the transfers counts as faster than linear. A smaller excess over ten is noise. */
const linear = 12;

interface Measure {
  readonly unit: Unit;
  readonly why: string;
  readonly values: (number | undefined)[];
}

/** Measurements at each size, side by side: the time and memory that ten times the transfers cost. */
export class Growth {
  readonly #sizes: number[] = [];
  readonly #measures = new Map<string, Measure>();

  /** The following measurements are of a world with this many transfers. */
  begin(transfers: number): void {
    this.#sizes.push(transfers);
  }

  /** @param why the reason for the growth, reported if it is faster than linear */
  add(name: string, unit: Unit, value: number, why: string): void {
    const measure = this.#measures.get(name) ?? { unit, why, values: [] };
    measure.values[this.#sizes.length - 1] = value;
    this.#measures.set(name, measure);
  }

  print(report: Report): void {
    report.line(row('transfers', [...this.#sizes.map((size) => size.toLocaleString('en-US')), 'per tenfold']));
    const faster: string[] = [];
    for (const [name, { unit, why, values }] of this.#measures) {
      const factors = values.flatMap((value, i) => {
        const before = values[i - 1];
        return value === undefined || before === undefined ? [] : [value / before];
      });
      report.line(
        row(name, [...this.#sizes.map((_, i) => format(values[i], unit)), factors.map((factor) => factor.toFixed(1)).join(', ')]),
      );
      const largest = Math.max(...factors);
      if (largest > linear) faster.push(`  ${name} grows faster than linear (${largest.toFixed(1)} times over a tenfold): ${why}.`);
    }
    report.line(faster.length === 0 ? '  Nothing grows faster than linear.' : faster.join('\n'));
  }
}

function row(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(40)}${cells.map((cell) => cell.padStart(14)).join('')}`;
}

function format(value: number | undefined, unit: Unit): string {
  if (value === undefined) return '';
  return unit === 'ms' ? milliseconds(value) : `${value < 10 ? value.toFixed(1) : Math.round(value)} MB`;
}
