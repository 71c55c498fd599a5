import type { World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import type { OracleCopy } from './custody.ts';
import { meets } from './custody.ts';
import { byKeys, largestFirst } from './order.ts';
import type { Question } from './question.ts';
import { suspectsOf } from './question.ts';

export interface OracleStep {
  readonly from: string;
  readonly to: string;
  readonly likelihood: number;
  /** Null for a step along transfers. */
  readonly access: string | null;
}

export interface OracleReached {
  readonly organization: string;
  readonly hops: number;
  readonly likelihood: number;
  readonly isSuspected: boolean;
  readonly path: readonly OracleStep[];
}

/** The steps by which compromise may pass (§3). */
export function oracleSteps(world: World, copies: readonly OracleCopy[], question: Question): OracleStep[] {
  const steps: OracleStep[] = [];
  for (const access of factsOf(world, 'ACCESS')) {
    const valid = { from: access.validFrom ?? Number.NEGATIVE_INFINITY, until: access.validUntil ?? Number.POSITIVE_INFINITY };
    if (meets(question.widest, valid)) {
      steps.push({ from: access.grantee, to: access.grantor, likelihood: access.likelihood, access: access.id });
    }
  }
  if (question.transferLikelihood > 0) {
    for (const copy of copies) {
      if (copy.kind !== 'TRANSFERRED' || copy.transfer === null || !meets(question.widest, copy.possible)) continue;
      const { sender, recipient } = copy.transfer;
      const isKnown = steps.some((step) => step.access === null && step.from === sender && step.to === recipient);
      if (!isKnown) steps.push({ from: sender, to: recipient, likelihood: question.transferLikelihood, access: null });
    }
  }
  return steps;
}

/**
 * The reached organizations, in order. Spread starts at an origin with 1, and at a suspected origin with its likelihood (§13.4).
 *
 * `best[k]` holds, for each organization at the end of a walk of exactly k steps, the largest product over such walks.
 * Rounding never turns a larger factor into a smaller product, so the largest product ends a largest product.
 *
 * The semantics say "a walk that has this likelihood". Two prefixes whose products differ in the last digit may round to the
 * same product one step later. Then the path uses the larger prefix.
 */
export function oracleReached(world: World, copies: readonly OracleCopy[], question: Question): OracleReached[] {
  const steps = oracleSteps(world, copies, question);
  const suspects = suspectsOf(question);
  const best: Map<string, number>[] = [new Map([...suspects, ...question.origins.map((origin): [string, number] => [origin, 1])])];
  for (let k = 1; k <= question.maxHops; k++) {
    const products = new Map<string, number>();
    for (const step of steps) {
      const before = best[k - 1]?.get(step.from);
      if (before === undefined) continue;
      const product = before * step.likelihood;
      if (product > (products.get(step.to) ?? -1)) products.set(step.to, product);
    }
    best.push(products);
  }

  const reached: OracleReached[] = [];
  for (const organization of new Set(best.flatMap((products) => [...products.keys()]))) {
    const hops = best.findIndex((products) => products.has(organization));
    const likelihood = Math.max(...best.map((products) => products.get(organization) ?? -1));
    const length = best.findIndex((products) => products.get(organization) === likelihood);
    const isSuspected = suspects.has(organization);
    reached.push({ organization, hops, likelihood, isSuspected, path: walkBack(steps, best, organization, length) });
  }
  return reached.sort(
    byKeys(
      ({ organization }) => (question.origins.includes(organization) ? 0 : 1),
      ({ hops }) => hops,
      ({ likelihood }) => largestFirst(likelihood),
      ({ organization }) => organization,
    ),
  );
}

/** Compares steps, going back: the smallest organization first, then the smallest access, a transfer step last. */
function walkBack(steps: readonly OracleStep[], best: readonly Map<string, number>[], end: string, length: number): OracleStep[] {
  const path: OracleStep[] = [];
  let to = end;
  for (let k = length; k > 0; k--) {
    const product = best[k]?.get(to);
    const fitting = steps.filter((step) => step.to === to && (best[k - 1]?.get(step.from) ?? Number.NaN) * step.likelihood === product);
    fitting.sort(
      byKeys(
        ({ from }) => from,
        ({ access }) => (access === null ? 1 : 0),
        ({ access }) => access ?? '',
      ),
    );
    const step = fitting[0] as OracleStep;
    path.unshift(step);
    to = step.from;
  }
  return path;
}
