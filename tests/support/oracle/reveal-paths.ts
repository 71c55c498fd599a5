import type { Reveals, World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import { byKeys } from './order.ts';

/** The best path of reveals from one artifact to another (§4). */
export interface OracleLead {
  readonly from: string;
  readonly to: string;
  readonly degree: number;
  /** The artifacts on the path, including both ends. */
  readonly artifacts: readonly string[];
}

/** Every pair of artifacts of which the first leads to the second, for any product of degrees. */
export function oracleLeads(world: World): OracleLead[] {
  const artifacts = factsOf(world, 'ARTIFACT').map(({ id }) => id);
  const reveals = factsOf(world, 'REVEALS');
  return artifacts.flatMap((from) => leadsFrom(from, reveals, artifacts.length));
}

/** `best[k]`: the largest product, from `from` on, over walks of exactly k reveals. A walk that meets itself gains nothing. */
function leadsFrom(from: string, reveals: readonly Reveals[], artifactCount: number): OracleLead[] {
  const best: Map<string, number>[] = [new Map([[from, 1]])];
  for (let k = 1; k < artifactCount; k++) {
    const products = new Map<string, number>();
    for (const fact of reveals) {
      const before = best[k - 1]?.get(fact.artifact);
      if (before === undefined) continue;
      const product = before * fact.degree;
      if (product > (products.get(fact.reveals) ?? -1)) products.set(fact.reveals, product);
    }
    best.push(products);
  }

  const leads: OracleLead[] = [];
  for (const to of new Set(best.flatMap((products) => [...products.keys()]))) {
    if (to === from) continue;
    const degree = Math.max(...best.map((products) => products.get(to) ?? -1));
    const steps = best.findIndex((products) => products.get(to) === degree);
    leads.push({ from, to, degree, artifacts: walkBack(reveals, best, to, steps) });
  }
  return leads;
}

/** The path with the smallest ids, going back. */
function walkBack(reveals: readonly Reveals[], best: readonly Map<string, number>[], end: string, steps: number): string[] {
  const artifacts = [end];
  for (let k = steps; k > 0; k--) {
    const to = artifacts[0] as string;
    const fitting = reveals.filter(
      (fact) => fact.reveals === to && (best[k - 1]?.get(fact.artifact) ?? Number.NaN) * fact.degree === best[k]?.get(to),
    );
    fitting.sort(byKeys(({ artifact }) => artifact));
    artifacts.unshift((fitting[0] as Reveals).artifact);
  }
  return artifacts;
}
