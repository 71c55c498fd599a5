import { type Clock, install } from '@sinonjs/fake-timers';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { MemoryWeights } from '../../../server/projection/refresh/refresh.ts';
import { afterEach, beforeEach, expect, it } from '../../support/test.ts';

let clock: Clock;
beforeEach(() => {
  clock = install({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
});
afterEach(() => {
  clock.uninstall();
});

it('[P272] the memory of renewals is announced in a pause between them, or once it is much', () => {
  const projection = buildProjection([], 1);
  const patient = new MemoryWeights({ leastBytes: 1 });
  patient.add(projection, undefined);
  const one = patient.waitingBytes;
  expect(one).toBeGreaterThan(0);
  patient.add(projection, projection);
  expect(patient.waitingBytes).toBe(one);
  clock.tick(90);
  patient.add(projection, undefined);
  clock.tick(90);
  expect(patient.waitingBytes).toBe(2 * one);
  clock.tick(10);
  expect(patient.waitingBytes).toBe(0);

  const little = new MemoryWeights({ leastBytes: one + 1 });
  little.add(projection, undefined);
  clock.tick(1000);
  expect(little.waitingBytes).toBe(one);

  const much = new MemoryWeights({ leastBytes: 1, mostBytes: 2 * one });
  much.add(projection, undefined);
  much.add(projection, undefined);
  clock.tick(1);
  expect(much.waitingBytes).toBe(0);
});
