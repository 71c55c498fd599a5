import { strict as assert } from 'node:assert';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RecordedFact } from '../../server/domain/assertions.ts';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import type { RadiusInput } from '../../server/exposure/radius/radius-types.ts';
import { ProjectionBuilder } from '../../server/projection/build/build-projection.ts';
import { listAll } from '../../server/projection/columns/order-rows.ts';
import { copyId } from '../../server/projection/custody.ts';
import type { Projection } from '../../server/projection/projection.ts';
import { refreshProjection } from '../../server/projection/refresh/refresh-projection.ts';
import { shareProjection } from '../../server/projection/share-projection.ts';
import type { Steps } from '../../server/projection/turns.ts';
import type { Growth } from './growth.ts';
import type { WorldSize } from './large-world.ts';
import { buildPlainWorld, findPlainRadius } from './plain-loops.ts';
import type { Report } from './report.ts';
import { milliseconds, summarizeTimes } from './report.ts';

const widest = { from: Date.UTC(2026, 8, 19), to: Date.UTC(2026, 9, 1) };
const core = { from: Date.UTC(2026, 8, 24, 8, 30), to: Date.UTC(2026, 8, 24, 11, 25) };
const options = { maxHops: 3, transferLikelihood: 0, minDegree: 0.05 };

/**
 * Measures the build of a projection and its radii, each against plain loops over objects. Compares the answers before it measures
 * time.
 *
 * @returns the projection
 */
export function benchEngine(facts: readonly RecordedFact[], size: WorldSize, report: Report, growth: Growth): Projection {
  const builds: number[] = [];
  const plainBuilds: number[] = [];
  let projection = build(facts);
  let plain = buildPlainWorld(facts);
  for (let round = 0; round < 3; round++) {
    let start = performance.now();
    projection = build(facts);
    builds.push(performance.now() - start);
    start = performance.now();
    plain = buildPlainWorld(facts);
    plainBuilds.push(performance.now() - start);
  }
  report.ratio(
    'projection from facts in memory (custody included), beside objects in Maps (without)',
    summarizeTimes(builds),
    summarizeTimes(plainBuilds),
  );
  growth.add('projection built', 'ms', summarizeTimes(builds).median, 'ids are sorted, and the columns outgrow the caches');
  growth.add('projection in memory', 'MB', measureProjection(projection) / 2 ** 20, 'it has so many bytes a fact');

  benchRenewal(projection, facts, summarizeTimes(builds), report);

  const compared = vendors(size, 5);
  for (const origin of compared) assert.deepEqual(tiersOf(projection, origin), findPlainRadius(plain, question(projection, origin)));
  const artifacts: number[] = [];
  const times = vendors(size, 400).map((origin) => {
    const start = performance.now();
    const radius = findBlastRadius(projection, benchInput(origin));
    const took = performance.now() - start;
    artifacts.push(radius.artifacts.length);
    return took;
  });
  const plainTimes = compared.map((origin) => {
    const start = performance.now();
    findPlainRadius(plain, question(projection, origin));
    return performance.now() - start;
  });
  const { median, p95 } = summarizeTimes(times);
  report.ratio(
    'blast radius of a vendor, beside plain loops (equal artifacts and tiers)',
    summarizeTimes(times),
    summarizeTimes(plainTimes),
  );
  artifacts.sort((a, b) => a - b);
  report.line(`  p95 ${milliseconds(p95)}; artifacts in the radius: median ${artifacts[200]}, largest ${artifacts[399]}`);
  const why = 'a radius is as large as the copies at those whom it reaches, and these lie scattered over larger columns';
  growth.add('blast radius, median', 'ms', median, why);
  growth.add('blast radius, p95', 'ms', p95, why);
  return projection;
}

/**
 * Adds, changes and removes one transfer a few times. The time to read the facts is not included, here or in a build. Garbage is collected first: this
 * process holds all facts as objects, which no server does, and a collection of that heap would count as the longest step.
 */
function benchRenewal(built: Projection, facts: readonly RecordedFact[], builds: ReturnType<typeof summarizeTimes>, report: Report): void {
  const known = facts.find(({ kind }) => kind === 'TRANSFER') as RecordedFact;
  const key = `${known.key}-new`;
  const added = { ...known, key, values: [key, ...known.values.slice(1)] };
  const changed = { ...added, values: added.values.map((value) => (typeof value === 'number' && value > 1 ? value + 1 : value)) };
  const times: number[] = [];
  let longest = 0;
  let projection = built;
  collectGarbage();
  for (let round = 0; round < 3; round++) {
    for (const now of [[added], [changed], []]) {
      const start = performance.now();
      const steps = refreshProjection(projection, new Map([['TRANSFER', { keys: [key], facts: now }]]), projection.revision + 1);
      projection = runTimed(steps, (ms) => {
        longest = Math.max(longest, ms);
      });
      times.push(performance.now() - start);
    }
  }
  const ranksOf = ({ copies }: Projection) =>
    Array.from(listAll(copies), (copy) => [copyId(projection, copy), copies.rank.at(copy)] as const).sort();
  assert.deepEqual(ranksOf(projection), ranksOf(built));
  report.ratio('projection renewed after one edit, beside one from all facts in memory', summarizeTimes(times), builds);
  report.line(`  longest step between turns: ${milliseconds(longest)}`);
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

function runTimed<T>(steps: Steps<T>, took: (ms: number) => void): T {
  for (;;) {
    const start = performance.now();
    const step = steps.next();
    took(performance.now() - start);
    if (step.done) return step.value;
  }
}

export function build(facts: readonly RecordedFact[]): Projection {
  const builder = new ProjectionBuilder();
  for (let start = 0; start < facts.length; ) {
    const { kind } = facts[start] as RecordedFact;
    let end = start;
    while (end < facts.length && end - start < 20_000 && (facts[end] as RecordedFact).kind === kind) end++;
    builder.add(kind, facts.slice(start, end));
    start = end;
  }
  return builder.build(1);
}

/** An even sample of the organizations that are not labs. */
export function vendors(size: WorldSize, count: number): number[] {
  const labs = Math.max(2, Math.floor(size.organizations / 100));
  return Array.from({ length: count }, (_, i) => labs + Math.floor((i * (size.organizations - labs)) / count));
}

export function benchInput(origin: number): RadiusInput {
  return { origins: [origin], core, widest, scopes: [], ...options };
}

function question(projection: Projection, origin: number) {
  return { origin: projection.organizations.id.get(origin), core, widest, ...options };
}

function tiersOf(projection: Projection, origin: number) {
  const radius = findBlastRadius(projection, benchInput(origin));
  return new Map(radius.artifacts.map(({ artifact, tier }) => [projection.artifacts.id.get(artifact), tier]));
}

/** The bytes of memory under a projection's columns. Counts shared memory once. */
function measureProjection(projection: Projection): number {
  const memory = new Set<ArrayBufferLike>();
  collect(shareProjection(projection), memory);
  let bytes = 0;
  for (const { byteLength } of memory) bytes += byteLength;
  return bytes;
}

function collect(value: unknown, memory: Set<ArrayBufferLike>): void {
  if (ArrayBuffer.isView(value)) memory.add(value.buffer);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collect(part, memory);
}
