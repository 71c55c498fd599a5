import { createHash } from 'node:crypto';
import { randomFrom } from '../../soak/scale.ts';

/** Ecosystems whose order is compared with the program that its users run. */
export const comparedEcosystems = ['pypi', 'npm', 'maven'] as const;
export type ComparedEcosystem = (typeof comparedEcosystems)[number];

export const pairCount = 10_000;

/**
 * 10,000 pairs of texts that look like versions of an ecosystem, the same at every call. The second of a pair is often the first with one
 * part changed, so that equal and nearly equal versions are common. About one text in thirty is no version.
 */
export function makeVersionPairs(ecosystem: ComparedEcosystem): readonly (readonly [string, string])[] {
  const random = randomFrom(comparedEcosystems.indexOf(ecosystem) + 840);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const make = {
    pypi: () => makePyPiVersion(pick, chance),
    npm: () => makeNpmVersion(pick, chance),
    maven: () => makeMavenVersion(pick, chance),
  }[ecosystem];
  const change = (version: string): string => {
    const at = Math.floor(random() * (version.length + 1));
    return `${version.slice(0, at)}${pick(['', '0', '.0', '1', '-', 'a', '.'])}${version.slice(at + (chance(0.5) ? 1 : 0))}`;
  };
  return Array.from({ length: pairCount }, () => {
    const first = make();
    return [first, chance(0.4) ? change(first) : make()] as const;
  });
}

/** Tells whether pairs are those that a table of answers was made for. */
export function checksum(pairs: readonly (readonly [string, string])[]): string {
  return createHash('sha256').update(JSON.stringify(pairs)).digest('hex').slice(0, 16);
}

type Pick = <T>(values: readonly T[]) => T;
type Chance = (share: number) => boolean;

const numbers = ['0', '0', '1', '1', '2', '3', '9', '10', '11', '82', '007', '20240131'];

function makePyPiVersion(pick: Pick, chance: Chance): string {
  let version = chance(0.05) ? `${pick(['1', '2', '0'])}!` : '';
  version += pick(numbers);
  while (chance(0.6)) version += `.${pick(numbers)}`;
  if (chance(0.3))
    version += `${pick(['', '.', '-', '_'])}${pick(['a', 'b', 'rc', 'c', 'alpha', 'beta', 'pre', 'preview', 'RC'])}${pick(['', '.', '-'])}${pick(['', ...numbers])}`;
  if (chance(0.2)) version += pick([`.post${pick(['', ...numbers])}`, `-${pick(numbers)}`, `.rev${pick(numbers)}`, `r${pick(numbers)}`]);
  if (chance(0.2)) version += `${pick(['.', '', '-'])}dev${pick(['', ...numbers])}`;
  if (chance(0.2)) version += `+${pick(['cu118', 'ubuntu', '1', '01', '1e1', '10', 'abc'])}${pick(['', '.1', '-2', '_x', '.1e1'])}`;
  if (chance(0.03)) version += pick(['*', ' x', 'final', '.', '+']);
  return `${pick(['', '', '', '', 'v', 'V', ' '])}${version}`;
}

function makeNpmVersion(pick: Pick, chance: Chance): string {
  const plain = numbers.filter((number) => number !== '007' || chance(0.1));
  let version = `${pick(plain)}.${pick(plain)}.${pick(plain)}`;
  if (chance(0.4))
    version += `-${pick(['alpha', 'beta', 'rc', 'x', '0', '1', 'a-b', '-'])}${pick(['', '.1', '.0', '.10', '.beta', '.x.7'])}`;
  if (chance(0.2)) version += `+${pick(['build', '1', 'exp.sha.5114f85', '001'])}`;
  if (chance(0.05)) version += pick(['.4', '-', 'x', '..']);
  return `${pick(['', '', '', '', 'v', ' '])}${version}`;
}

function makeMavenVersion(pick: Pick, chance: Chance): string {
  const words = [
    'alpha',
    'beta',
    'milestone',
    'rc',
    'cr',
    'snapshot',
    'SNAPSHOT',
    'ga',
    'final',
    'RELEASE',
    'sp',
    'a',
    'b',
    'm',
    'x',
    'jre',
    'android',
    'Final',
  ];
  let version = pick(numbers);
  while (chance(0.75)) version += `${pick(['.', '.', '-', ''])}${chance(0.65) ? pick(numbers) : pick(words)}`;
  if (chance(0.04)) version += pick(['.', '-', '..', '--', '1234567890', '12345678901234567890', '_1', '+x']);
  return version;
}
