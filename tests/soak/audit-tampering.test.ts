import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstSeal, formatEntry, sealEntry, verifyTrail } from '../../server/audit/audit-files.ts';
import { AuditTrail } from '../../server/audit/audit-trail.ts';
import { seed } from '../support/seed.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { counting, randomFrom, rounds } from './scale.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-tampering-'));
const paths = { trail: join(folder, 'audit.jsonl'), head: join(folder, 'head') };
const key = 'a key of sixteen or more';
const random = randomFrom(seed);
const upTo = (count: number) => Math.floor(random() * count);
let lines: string[];

beforeAll(async () => {
  const trail = new AuditTrail({ paths, key });
  for (let i = 0; i < 60; i++)
    trail.record({
      at: i,
      by: `p${i % 5}`,
      from: '10.0.0.1',
      action: i % 3 === 0 ? 'login' : 'putFacts',
      subject: i % 2 === 0 ? null : `${i} facts`,
      outcome: 'ok',
    });
  await trail.flush();
  lines = readFileSync(paths.trail, 'utf8').trimEnd().split('\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Seals entries anew from a place on, as somebody without the key would. */
function resealed(changed: readonly string[], from: number, withKey: string | null): string[] {
  let seal = from === 0 ? firstSeal : (JSON.parse(changed[from - 1] as string).seal as string);
  return changed.map((line, i) => {
    if (i < from) return line;
    const sealed = sealEntry(withKey, seal, i + 1, JSON.parse(line));
    seal = sealed.seal;
    return formatEntry(sealed).trimEnd();
  });
}

/** One way to change a trail. */
const tamperings: readonly ((trail: string[]) => string[])[] = [
  // Flips a character.
  (trail) => {
    const i = upTo(trail.length);
    const line = trail[i] as string;
    const at = upTo(line.length);
    trail[i] = line.slice(0, at) + String.fromCharCode(line.charCodeAt(at) ^ (1 << upTo(5)) || 33) + line.slice(at + 1);
    return trail;
  },
  // Changes who it was.
  (trail) => {
    const i = upTo(trail.length);
    trail[i] = JSON.stringify({ ...JSON.parse(trail[i] as string), by: 'mallory' });
    return trail;
  },
  // Cuts lines out, at any place and the end.
  (trail) => trail.filter((_, i) => i < trail.length - 1 - upTo(20)),
  (trail) => {
    trail.splice(upTo(trail.length), 1 + upTo(5));
    return trail;
  },
  () => [],
  // Puts a line twice, or two in another order.
  (trail) => {
    const i = upTo(trail.length);
    trail.splice(i, 0, trail[i] as string);
    return trail;
  },
  (trail) => {
    const i = upTo(trail.length - 1);
    [trail[i], trail[i + 1]] = [trail[i + 1] as string, trail[i] as string];
    return trail;
  },
  // Adds a line.
  (trail) => [...trail, JSON.stringify({ ...JSON.parse(trail.at(-1) as string), seq: trail.length + 1 })],
  // Seals everything anew, without the key or with another.
  (trail) => {
    const i = upTo(trail.length);
    trail[i] = JSON.stringify({ ...JSON.parse(trail[i] as string), outcome: '403' });
    return resealed(trail, i, random() < 0.5 ? null : 'another key of sixteen');
  },
  (trail) => resealed(trail.slice(0, -1 - upTo(10)), 0, null),
];

describe('the audit trail', () => {
  it('[V7] shows every edit, cut, repetition and change of order, also when everything was sealed anew without the key', async () => {
    expect(await verifyTrail(paths, key)).toEqual([]);
    const original = lines.join('\n');
    const cases = rounds(10_000);
    const countOne = counting('tamperings', cases);
    for (let i = 0; i < cases; i++) {
      countOne();
      const which = i % tamperings.length;
      const changed = (tamperings[which] as (trail: string[]) => string[])([...lines]).join('\n');
      if (changed === original) continue;
      writeFileSync(paths.trail, changed === '' ? '' : `${changed}\n`);
      const found = await verifyTrail(paths, key);
      if (found.length === 0) expect([which, changed]).toEqual(['found', original]);
    }
    writeFileSync(paths.trail, `${original}\n`);
    expect(await verifyTrail(paths, key)).toEqual([]);
  }, 600_000);
});
