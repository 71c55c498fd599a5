import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { BatchQuestionName } from '../../server/batch/batch-questions.ts';
import type { RecordedFact } from '../../server/domain/assertions.ts';
import { richWorlds } from '../support/worlds/rich-worlds.ts';
import type { Stated } from '../support/worlds/world.ts';
import { toRecordedFacts } from '../support/worlds/world.ts';

/** Fields that hold ids. */
const idFields = [
  'id',
  'artifact',
  'sender',
  'recipient',
  'engagement',
  'client',
  'provider',
  'grantee',
  'grantor',
  'organization',
  'issuer',
  'owner',
  'reveals',
];

/** Many generated worlds as one, which never meet: each has a mark in front of its ids. */
export function manyWorlds(count: number, seed: number): RecordedFact[] {
  return fc.sample(richWorlds, { numRuns: count, seed }).flatMap(({ facts }, i) => {
    const mark = (value: unknown) => (typeof value === 'string' ? `${i}~${value}` : value);
    const marked = facts.map((fact) => {
      const fields = Object.entries(fact).map(([name, value]) => [name, idFields.includes(name) ? mark(value) : value]);
      const { name, ...rest } = Object.fromEntries(fields) as Record<string, unknown>;
      // Names stay alike within a world, and are others in the next.
      return { ...rest, ...(name === undefined ? {} : { name: `${i} ${name}` }) } as unknown as Stated;
    });
    return toRecordedFacts({ facts: marked });
  });
}

/** The rows of an answer, as lines. */
export function readRows(out: string, question: BatchQuestionName): string[] {
  return gunzipSync(readFileSync(join(out, 'results', question, 'rows.ndjson.gz')))
    .toString()
    .split('\n')
    .slice(0, -1);
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const left = [...items];
  return items.map(() => left.splice(Math.floor(random() * left.length), 1)[0] as T);
}
