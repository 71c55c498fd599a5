import { leaseMs } from './latest-answers.ts';

const mostKnown = 1000;

/**
 * The instants of questions whose work goes on in the background. A question without a window is about the instant of asking. Asked again,
 * it keeps the instant of its work, and so finds that work.
 */
export class PendingInstants {
  readonly #now: () => number;
  readonly #known = new Map<string, { readonly instant: number; readonly until: number }>();

  /** @param now a clock in milliseconds that never goes back */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  find(question: string): number | undefined {
    const known = this.#known.get(question);
    return known === undefined || known.until < this.#now() ? undefined : known.instant;
  }

  remember(question: string, instant: number): void {
    this.#known.delete(question);
    this.#known.set(question, { instant, until: this.#now() + leaseMs });
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > mostKnown && oldest !== undefined) this.#known.delete(oldest);
  }
}
