import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileAffected, readStatedVersion } from '../../../server/software/versions/affected-versions.ts';
import { orderOf, type VersionOrder, versionKey } from '../../../server/software/versions/version-order.ts';
import { describe, expect, it } from '../../support/test.ts';
import { checksum, comparedEcosystems, makeVersionPairs, pairCount } from './version-pairs.ts';

interface Table {
  readonly checksum: string;
  readonly source: string;
  readonly order: string;
  readonly listed?: string;
}
const tables: Record<string, Table> = JSON.parse(readFileSync(join(import.meta.dirname, 'version-tables.json'), 'utf8'));

function isListed(version: string, affected: string, ecosystem: string): boolean {
  const name = `pkg:${ecosystem}/x`;
  const compiled = compileAffected(name, [{ package: name, versions: [affected], ranges: [] }], 'MALWARE');
  return compiled.match(readStatedVersion(ecosystem, version, null)) === 'LISTED';
}

describe.each(comparedEcosystems)('the order of %s', (ecosystem) => {
  const order = orderOf(ecosystem) as VersionOrder;
  const table = tables[ecosystem] as Table;
  const pairs = makeVersionPairs(ecosystem);
  const differences = (expected: string, answer: (a: string, b: string) => string): string[] =>
    pairs.flatMap(([a, b], i) => (answer(a, b) === expected[i] ? [] : [`${a} ${b}: ${answer(a, b)}, not ${expected[i]}`]));

  it('[S840] compares 10,000 pairs as the program that defines it does', () => {
    expect(checksum(pairs)).toBe(table.checksum);
    expect(table.order).toHaveLength(pairCount);
    const found = differences(table.order, (a, b) => {
      const [x, y] = [order.parse(a), order.parse(b)];
      return x === undefined || y === undefined ? 'x' : '<=>'.charAt(Math.sign(order.compare(x, y)) + 1);
    });
    expect(found).toEqual([]);
  });

  it('[S840] gives versions one key if, and only if, they are equal', () => {
    const comparable = pairs.flatMap(([a, b], i) => (table.order[i] === 'x' ? [] : [{ a, b, areEqual: table.order[i] === '=' }]));
    expect(comparable.filter(({ areEqual }) => areEqual).length).toBeGreaterThan(500);
    expect(comparable.filter(({ a, b, areEqual }) => (versionKey(a, order) === versionKey(b, order)) !== areEqual)).toEqual([]);
    const isOfOrder = (version: string): boolean => {
      const parsed = order.parse(version);
      return parsed === undefined || versionKey(version, order) === order.key(parsed);
    };
    expect(pairs.flat().filter((version) => !isOfOrder(version))).toEqual([]);
  });

  if (table.listed !== undefined) {
    const { listed } = table;
    it('[S840] counts a local part only if the affected version has one', () => {
      const found = pairs.filter(([a, b], i) => listed[i] !== 'x' && isListed(a, b, ecosystem) !== (listed[i] === 'y'));
      expect(found).toEqual([]);
      expect([...listed].filter((answer) => answer === 'y').length).toBeGreaterThan(500);
    });
  }
});

it('[S841] versions that no order reads are equal as text alone', () => {
  expect(isListed('2004d', '2004d', 'pypi')).toBe(true);
  expect(isListed('2004d', '2004D', 'pypi')).toBe(false);
  expect(isListed('1.0', '1.0.0', 'gem')).toBe(false);
  expect(versionKey('1.0', undefined)).not.toBe(versionKey('1.0.0', undefined));
});
