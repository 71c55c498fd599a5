import type { World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import type { OracleRadius } from './confidentiality.ts';
import { tierOfCopy, weightOf } from './confidentiality.ts';
import { meanValue } from './lognormal-mean.ts';
import { byKeys } from './order.ts';
import { boundsOfCopies } from './portion.ts';
import type { Question } from './question.ts';
import { suspectsOf } from './question.ts';
import { oracleLeads } from './reveal-paths.ts';
import { oracleSteps } from './spread.ts';

/** A random event of a run: a step is open, a copy is taken, or a suspected origin is open (§13.4). */
export interface OracleEvent {
  /** The kind and ids that determine its random number. */
  readonly key: readonly string[];
  readonly likelihood: number;
}

interface StepEvent extends OracleEvent {
  readonly from: string;
  readonly to: string;
}

interface SuspectEvent extends OracleEvent {
  readonly organization: string;
}

interface CopyEvent extends OracleEvent {
  readonly copy: OracleRadius['copies'][number];
}

/** One run of §7, literally. */
export class OracleCascade {
  readonly #world: World;
  readonly #question: Question;
  readonly #suspects: readonly SuspectEvent[];
  readonly #steps: readonly StepEvent[];
  readonly #copies: readonly CopyEvent[];

  /** With a scenario, `world` and the copies of the radius are those after its actions. */
  constructor(world: World, question: Question, radius: OracleRadius) {
    this.#world = world;
    this.#question = question;
    const reached = new Set(radius.reached.map(({ organization }) => organization));
    this.#suspects = [...suspectsOf(question)].map(([organization, likelihood]) => ({
      organization,
      likelihood,
      key: ['suspected', organization],
    }));
    this.#steps = oracleSteps(world, radius.copies, question)
      .filter(({ from }) => reached.has(from))
      .map(({ from, to, likelihood, access }) => ({
        from,
        to,
        likelihood,
        key: access === null ? ['transfers', from, to] : ['access', access],
      }));
    this.#copies = radius.copies.flatMap((copy) => {
      const tier = reached.has(copy.holder) ? tierOfCopy(copy, question) : undefined;
      return tier === undefined ? [] : [{ copy, likelihood: weightOf(copy, tier, question), key: ['copy', copy.id] }];
    });
  }

  /** The events with an uncertain outcome. */
  get uncertain(): OracleEvent[] {
    return [...this.#suspects, ...this.#steps, ...this.#copies].filter(({ likelihood }) => likelihood > 0 && likelihood < 1);
  }

  /** The disclosed share of each artifact of which anything is disclosed. */
  disclose(happens: (event: OracleEvent) => boolean): Map<string, number> {
    const isSo = (event: OracleEvent) => event.likelihood === 1 || (event.likelihood > 0 && happens(event));
    let reached = new Set([...this.#question.origins, ...this.#suspects.filter(isSo).map(({ organization }) => organization)]);
    for (let hops = 0; hops < this.#question.maxHops; hops++) {
      const next = new Set(reached);
      for (const step of this.#steps) if (reached.has(step.from) && isSo(step)) next.add(step.to);
      reached = next;
    }
    const taken = this.#copies.filter((event) => reached.has(event.copy.holder) && isSo(event)).map(({ copy }) => copy);
    const artifacts = factsOf(this.#world, 'ARTIFACT');
    const own = new Map(
      artifacts.map(({ id, fragmentCount }) => [
        id,
        boundsOfCopies(
          taken.filter(({ artifact }) => artifact === id),
          fragmentCount,
        ).low,
      ]),
    );
    const leads = oracleLeads(this.#world).filter(({ degree }) => degree >= this.#question.minDegree - 1e-9);
    const shares = artifacts.map(({ id }): [string, number] => [
      id,
      Math.max(own.get(id) as number, ...leads.filter(({ to }) => to === id).map(({ from, degree }) => (own.get(from) as number) * degree)),
    ]);
    return new Map(shares.filter(([, share]) => share > 0));
  }
}

/** The sum of value x share over all artifacts or those of one lab, in order of artifact id. */
export function oracleLoss(world: World, shares: ReadonlyMap<string, number>, worth: (artifact: string) => number, lab?: string): number {
  return factsOf(world, 'ARTIFACT')
    .filter(({ id, owner }) => shares.has(id) && (lab === undefined || owner === lab))
    .sort(byKeys(({ id }) => id))
    .reduce((sum, { id }) => sum + worth(id) * (shares.get(id) as number), 0);
}

export interface ExactLoss {
  readonly mean: number;
  readonly deviation: number;
}

/** The mean and standard deviation of the sum of mean value x disclosed share, over all possible outcomes and their likelihoods. */
export function exactLoss(world: World, cascade: OracleCascade, lab?: string): ExactLoss {
  const events = cascade.uncertain;
  const means = new Map(factsOf(world, 'ARTIFACT').map((artifact) => [artifact.id, meanValue(artifact)]));
  let mean = 0;
  let square = 0;
  for (let outcome = 0; outcome < 2 ** events.length; outcome++) {
    const chosen = new Set(events.filter((_, i) => (outcome & (1 << i)) !== 0).map(({ key }) => key.join('\0')));
    const chance = events.reduce((product, { key, likelihood }) => product * (chosen.has(key.join('\0')) ? likelihood : 1 - likelihood), 1);
    if (chance === 0) continue;
    const shares = cascade.disclose(({ key }) => chosen.has(key.join('\0')));
    const loss = oracleLoss(world, shares, (id) => means.get(id) as number, lab);
    mean += chance * loss;
    square += chance * loss * loss;
  }
  return { mean, deviation: Math.sqrt(Math.max(0, square - mean * mean)) };
}

/** Percentile by nearest rank. */
export function oraclePercentile(losses: readonly number[], p: number): number {
  const sorted = [...losses].sort((a, b) => a - b);
  return sorted[Math.ceil((p * losses.length) / 100) - 1] as number;
}
