import { strict as assert } from 'node:assert';
import type { RecordedFact } from '../../server/domain/assertions.ts';
import { fieldIndex } from '../../server/domain/fact-rules.ts';
import type { BlastRadius } from '../../server/exposure/radius/blast-radius.ts';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import type { RadiusInput } from '../../server/exposure/radius/radius-types.ts';
import { Scenario } from '../../server/exposure/scenario/scenario.ts';
import { simulate } from '../../server/exposure/simulation/simulation.ts';
import type { Projection } from '../../server/projection/projection.ts';
import { simulateInThreads } from '../../server/questions/radius/ask-radius-parts.ts';
import { Scheduler } from '../../server/questions/run/scheduler.ts';
import { TimeLimit } from '../../server/questions/run/time-limit.ts';
import { WorkerPool } from '../../server/questions/run/worker-pool.ts';
import { benchInput, build, vendors } from './engine.bench.ts';
import type { Growth } from './growth.ts';
import type { WorldSize } from './large-world.ts';
import { type Report, summarizeTimes } from './report.ts';

const rounds = 3;

/** Measures a what-if against a projection of the changed facts, and a simulation on one and on two workers. Compares the answers. */
export async function benchScenarios(
  projection: Projection,
  facts: readonly RecordedFact[],
  size: WorldSize,
  report: Report,
  growth: Growth,
): Promise<void> {
  let widest = findBlastRadius(projection, benchInput(0));
  for (const origin of vendors(size, 400)) {
    const radius = findBlastRadius(projection, benchInput(origin));
    if (radius.artifacts.length > widest.artifacts.length) widest = radius;
  }
  benchWhatIf(projection, facts, widest.input.origins[0] as number, report, growth);
  await benchSimulation(widest, report, growth);
}

function benchWhatIf(projection: Projection, facts: readonly RecordedFact[], origin: number, report: Report, growth: Growth): void {
  const input: RadiusInput = benchInput(origin);
  const at = input.widest.from - 1;
  const overlaid: number[] = [];
  const rebuilt: number[] = [];
  for (let round = 0; round < rounds; round++) {
    let start = performance.now();
    const scenario = new Scenario(projection, [{ kind: 'REVOKE_ALL_ACCESS', organization: origin, at }]);
    const whatIf = findBlastRadius(projection, input, scenario);
    overlaid.push(performance.now() - start);
    start = performance.now();
    const changed = findBlastRadius(build(endAccess(facts, projection.organizations.id.get(origin), at)), input);
    rebuilt.push(performance.now() - start);
    assert.deepEqual(tiersOf(whatIf), tiersOf(changed));
  }
  report.ratio(
    'what-if of one action, beside building the changed facts (equal artifacts and tiers)',
    summarizeTimes(overlaid),
    summarizeTimes(rebuilt),
  );
  growth.add('what-if of one action', 'ms', summarizeTimes(overlaid).median, 'it is a radius, of the vendor with the largest one');
}

const grantee = fieldIndex('ACCESS', 'grantee');
const validUntil = fieldIndex('ACCESS', 'validUntil');

function endAccess(facts: readonly RecordedFact[], organization: string, at: number): RecordedFact[] {
  return facts.map((fact) => {
    if (fact.kind !== 'ACCESS' || fact.values[grantee] !== organization) return fact;
    const until = fact.values[validUntil];
    const earliest = typeof until === 'number' ? Math.min(until, at) : at;
    return { ...fact, values: fact.values.map((value, i) => (i === validUntil ? earliest : value)) };
  });
}

function tiersOf({ artifacts }: BlastRadius) {
  return artifacts.map(({ artifact, tier }) => [artifact, tier]);
}

async function benchSimulation(radius: BlastRadius, report: Report, growth: Growth): Promise<void> {
  const runs = Math.max(2000, Math.min(50_000, Math.round(4_000_000 / (radius.artifacts.length + 1))));
  const pools = [new Scheduler(new WorkerPool(2)), new Scheduler(new WorkerPool(1))] as const;
  const times: [number[], number[]] = [[], []];
  const ask = (pool: Scheduler) =>
    simulate(radius, runs, 1, (plan, seed, table) => simulateInThreads(pool, plan, seed, table, new TimeLimit(600_000)));
  for (const pool of pools) await ask(pool);
  for (let round = 0; round < rounds; round++) {
    const answers = [];
    for (const [i, pool] of pools.entries()) {
      const start = performance.now();
      answers.push(await ask(pool));
      times[i]?.push(performance.now() - start);
    }
    assert.deepEqual(answers[0], answers[1]);
  }
  await Promise.all(pools.map((pool) => pool.close()));
  report.ratio(`simulation of ${runs} runs on two workers, beside one (equal figures)`, summarizeTimes(times[0]), summarizeTimes(times[1]));
  const perSecond = (taken: readonly number[]) => Math.round((runs / summarizeTimes(taken).median) * 1000).toLocaleString('en-US');
  report.line(`  ${radius.artifacts.length} artifacts; ${perSecond(times[0])} and ${perSecond(times[1])} runs a second`);
  growth.add(
    'simulation, a run on one worker',
    'ms',
    summarizeTimes(times[1]).median / runs,
    'a run draws every step, copy and value of the largest radius',
  );
}
