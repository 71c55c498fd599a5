import {
  compileAffected,
  findOnlyAdmitted,
  readConstraint,
  readStatedVersion,
} from '../../../server/software/versions/affected-versions.ts';
import { orderOf, type VersionOrder } from '../../../server/software/versions/version-order.ts';
import { containsVersion, readVers, splitVers } from '../../../server/software/versions/version-range.ts';
import { describe, expect, it } from '../../support/test.ts';

/** Which of some versions a constraint admits. */
function admitted(ecosystem: string, constraint: string, versions: string): string {
  const order = orderOf(ecosystem) as VersionOrder;
  const intervals = readConstraint(constraint, ecosystem);
  if (intervals === undefined) return 'everything';
  const admits = (text: string) => containsVersion(intervals, order.withoutLocal(order.parse(text)), order);
  return versions.split(' ').filter(admits).join(' ');
}

describe('constraints', () => {
  it.each([
    ['pypi', '>=1.13', '1.12 1.13 1.13+cu 2.0a1', '1.13 1.13+cu 2.0a1'],
    ['pypi', '<1.5', '1.4 1.5a1 1.5', '1.4 1.5a1'],
    ['pypi', '~=1.4.2', '1.4.1 1.4.2 1.4.9 1.5', '1.4.2 1.4.9'],
    ['pypi', '==1.4.*', '1.3.9 1.4a1 1.4.9 1.5a1 1.5', '1.4a1 1.4.9'],
    ['pypi', '!=1.5.*, >=1', '0.9 1.4 1.5.1 1.6', '1.4 1.6'],
    ['pypi', '(>=1.0) ; python_version < "3"', '0.9 1.0', 'everything'],
    ['pypi', '>=1.0; python_version < "3"', '0.9 1.0', '1.0'],
    ['pypi', '^1.2', '1', 'everything'],
    ['npm', '^1.2.3', '1.2.2 1.2.3 1.9.0-a 2.0.0-a 2.0.0', '1.2.3 1.9.0-a'],
    ['npm', '1.x || >=2.5', '0.9.0 1.9.0 2.0.0 2.5.0', '1.9.0 2.5.0'],
    ['npm', 'latest', '1.0.0', 'everything'],
    ['npm', 'git+https://git.example/x.git', '1.0.0', 'everything'],
    ['cargo', '1.2', '1.1.9 1.2.0 1.9.0 2.0.0', '1.2.0 1.9.0'],
    ['cargo', '>=1.2, <1.3', '1.1.0 1.2.5 1.3.0', '1.2.5'],
    ['cargo', '1.2.*', '1.2.9 1.3.0', '1.2.9'],
    ['hex', '~> 1.2', '1.1.0 1.2.0 1.9.0 2.0.0', '1.2.0 1.9.0'],
    ['hex', '~> 1.2.3', '1.2.2 1.2.9 1.3.0', '1.2.9'],
    ['hex', '>= 1.0.0 and < 2.0.0 or == 3.0.0', '1.5.0 2.5.0 3.0.0', '1.5.0 3.0.0'],
    ['golang', 'v1.2.3', 'v1.2.2 v1.2.3 1.9.0', 'v1.2.3 1.9.0'],
    ['maven', '[1.0,2.0),[3.0]', '0.9 1.0 1.9 2.0 3.0 3.1', '1.0 1.9 3.0'],
    ['maven', '(,1.0]', '0.9 1.0 1.1', '0.9 1.0'],
    ['maven', '1.5', '9', 'everything'],
    ['npm', 'vers:npm/>=1.0.0|<2.0.0|!=1.5.0', '0.9.0 1.0.0 1.5.0 1.9.0 2.0.0', '1.0.0 1.9.0'],
    ['gem', '~> 1.0', '1.0', 'everything'],
  ])('[S842] %s %s admits versions by the order alone', (ecosystem, constraint, versions, expected) => {
    const readable = ecosystem === 'gem' ? 'everything' : admitted(ecosystem, constraint, versions);
    expect(readConstraint(constraint, ecosystem) === undefined ? 'everything' : readable).toBe(expected);
  });

  it.each([
    ['pypi', '==1.82.7', '1.82.7'],
    ['pypi', '===weird', 'weird'],
    ['pypi', '==1.82.7+cu118', '1.82.7+cu118'],
    ['pypi', '>=1.2,<=1.2.0', '1.2'],
    ['pypi', '==1.2.*', undefined],
    ['pypi', '1.13', '1.13'],
    ['npm', '1.2.3', '1.2.3'],
    ['npm', '1.2', undefined],
    ['cargo', '1.2.3', undefined],
    ['cargo', '=1.2.3', '1.2.3'],
    ['maven', '[1.5]', '1.5'],
    ['npm', 'vers:npm/1.0.0%2Bx', '1.0.0+x'],
    ['gem', '= 1.0', '1.0'],
    ['gem', 'vers:gem/1.0', '1.0'],
    ['gem', '~> 1.0', undefined],
  ])('[S842] %s %s is a version if it admits one alone', (ecosystem, constraint, expected) => {
    expect(findOnlyAdmitted(constraint, ecosystem)).toBe(expected);
  });
});

describe('vers ranges', () => {
  const npm = orderOf('npm') as VersionOrder;
  const within = (range: string, versions: string) => {
    const intervals = readVers(splitVers(range), npm);
    return (
      intervals &&
      versions
        .split(' ')
        .filter((text) => containsVersion(intervals, npm.parse(text), npm))
        .join(' ')
    );
  };

  it('[S842] hold intervals, points and holes, in whatever order they stand', () => {
    expect(within('vers:npm/<1.0.0|>=2.0.0|<=2.5.0|>3.0.0', '0.9.0 1.0.0 2.5.0 2.6.0 3.0.0 3.0.1')).toBe('0.9.0 2.5.0 3.0.1');
    expect(within('vers:npm/<4.0.0|>=1.0.0|>=2.0.0|<3.0.0', '0.9.0 1.5.0 3.5.0 4.0.0')).toBe('1.5.0 3.5.0');
    expect(within('vers:npm/!=1.0.0', '1.0.0 2.0.0')).toBe('2.0.0');
    expect(within('vers:npm/1.0.0|3.0.0', '1.0.0 2.0.0 3.0.0')).toBe('1.0.0 3.0.0');
    expect(within('vers:npm/>=1.0|<2.0.0', '1.0.0')).toBeUndefined();
    expect(within('1.0.0', '1.0.0')).toBeUndefined();
  });

  it('[S842] without a bound admit every version', () => {
    const countBounds = (range: string) => splitVers(range)?.length;
    expect(['vers:pypi/*', 'vers:npm/>=0', 'vers:npm/>=0.0.0-0', 'vers:npm/>=0|<2.0.0', 'x'].map(countBounds)).toEqual([
      0,
      0,
      0,
      1,
      undefined,
    ]);
    expect(within('vers:npm/>=0|<2.0.0', '1.0.0 2.0.0')).toBe('1.0.0');
  });
});

describe('affected versions', () => {
  const match = (
    name: string,
    affected: { versions?: string[]; ranges?: string[] },
    kind: 'MALWARE' | 'VULNERABILITY',
    version: string | null,
    constraint: string | null = null,
  ) =>
    compileAffected(name, [{ package: name, versions: affected.versions ?? [], ranges: affected.ranges ?? [] }], kind).match(
      readStatedVersion(name.slice('pkg:'.length, name.indexOf('/')), version, constraint),
    );

  it('[S843] are LISTED, IN_RANGE or UNORDERED, and what no order reads is never "no"', () => {
    const range = { versions: ['1.82.7'], ranges: ['vers:pypi/>=1.90|<2'] };
    expect(match('pkg:pypi/x', range, 'VULNERABILITY', '1.82.7.0')).toBe('LISTED');
    expect(match('pkg:pypi/x', range, 'VULNERABILITY', '1.82.7+cu118')).toBe('LISTED');
    expect(match('pkg:pypi/x', range, 'VULNERABILITY', '1.95+cu118')).toBe('IN_RANGE');
    expect(match('pkg:pypi/x', range, 'VULNERABILITY', '2.0a1')).toBe('IN_RANGE');
    expect(match('pkg:pypi/x', range, 'VULNERABILITY', '1.85')).toBe('NOT_AFFECTED');
    expect(match('pkg:pypi/x', range, 'VULNERABILITY', '2004d')).toBe('UNORDERED');
    expect(match('pkg:npm/x', { ranges: ['vers:npm/>=1.0.0|<2.0.0'] }, 'VULNERABILITY', '1.2.3.4')).toBe('UNORDERED');
    expect(match('pkg:gem/x', { ranges: ['vers:gem/>=1.0|<2'] }, 'VULNERABILITY', '1.5')).toBe('UNORDERED');
    expect(match('pkg:gem/x', { versions: ['1.5'] }, 'VULNERABILITY', '1.5')).toBe('LISTED');
    expect(match('pkg:gem/x', { versions: ['1.5'] }, 'VULNERABILITY', '1.5.0')).toBe('NOT_AFFECTED');
    expect(match('pkg:rpm/redhat/x', { versions: ['8.2-20.el9'] }, 'VULNERABILITY', '2:8.2-20.el9')).toBe('LISTED');
    expect(match('pkg:rpm/redhat/x', { versions: ['2:8.2-20.el9'] }, 'VULNERABILITY', '8.2-20.el9')).toBe('LISTED');
    expect(match('pkg:deb/debian/x', { versions: ['8.2-20'] }, 'VULNERABILITY', '2:8.2-20')).toBe('NOT_AFFECTED');
    expect(match('pkg:pypi/x', { versions: ['1.0+cu118'] }, 'MALWARE', '1.0')).toBe('NOT_AFFECTED');
    // A bound that does not parse.
    expect(match('pkg:npm/x', { ranges: ['vers:npm/>=1.0|<2.0.0'] }, 'VULNERABILITY', '1.2.3')).toBe('UNORDERED');
  });

  it('[S843] of a row without a version are unknown, as far as its constraint admits one', () => {
    const range = { versions: ['1.82.7'], ranges: ['vers:pypi/>=1.90|<2'] };
    expect(match('pkg:pypi/x', range, 'MALWARE', null)).toBe('UNSTATED');
    expect(match('pkg:pypi/x', range, 'MALWARE', null, '>=1.13')).toBe('ADMITTED');
    expect(match('pkg:pypi/x', range, 'MALWARE', null, '>=1.82.8,<1.90')).toBe('NOT_AFFECTED');
    expect(match('pkg:pypi/x', range, 'MALWARE', null, '>1.95,<3')).toBe('ADMITTED');
    expect(match('pkg:pypi/x', range, 'MALWARE', null, '^1.2')).toBe('ADMITTED');
    expect(match('pkg:pypi/x', range, 'MALWARE', null, '==1.82.7')).toBe('LISTED');
    expect(match('pkg:gem/x', { versions: ['1.0'] }, 'MALWARE', null, '~> 2.0')).toBe('ADMITTED');
  });

  it('[S844] of MALWARE ignore a range without bounds beside versions; alone, it means every version', () => {
    const beside = { versions: ['1.0'], ranges: ['vers:pypi/>=0'] };
    expect(match('pkg:pypi/x', beside, 'MALWARE', '2.0')).toBe('NOT_AFFECTED');
    expect(match('pkg:pypi/x', beside, 'VULNERABILITY', '2.0')).toBe('IN_RANGE');
    expect(compileAffected('pkg:pypi/x', [{ package: 'pkg:pypi/x', ...beside }], 'MALWARE').ignoredRanges).toEqual(['vers:pypi/>=0']);
    // Entries of one package are one, whichever record they come from.
    const entries = [
      { package: 'pkg:pypi/x', versions: ['1.0'], ranges: [] },
      { package: 'pkg:pypi/x', versions: [], ranges: ['vers:pypi/*'] },
    ];
    expect(compileAffected('pkg:pypi/x', entries, 'MALWARE')).toMatchObject({ isEvery: false, ignoredRanges: ['vers:pypi/*'] });
    const alone = { ranges: ['vers:pypi/*'] };
    expect(match('pkg:pypi/x', alone, 'MALWARE', '2004d')).toBe('EVERY');
    expect(match('pkg:pypi/x', alone, 'MALWARE', null)).toBe('EVERY');
    expect(match('pkg:pypi/x', alone, 'VULNERABILITY', null)).toBe('UNSTATED');
    expect(match('pkg:pypi/x', alone, 'VULNERABILITY', null, '>=3')).toBe('ADMITTED');
    expect(match('pkg:pypi/x', {}, 'MALWARE', null)).toBe('EVERY');
  });
});
