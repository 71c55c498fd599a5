import { ArtifactsVolume, CopiesVolume } from '../../server/rules/volume.ts';
import { describe, expect, it } from '../support/test.ts';

function volumeOf(...stated: number[]) {
  const volume = new CopiesVolume();
  for (const number of stated) volume.add(number);
  return volume;
}

describe('what copies carried (semantics §1)', () => {
  it.each([
    ['no copy', [], { low: 0, high: 0, isUnknown: false }],
    ['one copy', [40], { low: 40, high: 40, isUnknown: false }],
    ['copies that may hold the same items', [40, 2500, 7], { low: 2500, high: 2547, isUnknown: false }],
    ['a copy that states no number', [40, Number.NaN, 7], { low: 40, high: 47, isUnknown: true }],
    ['copies that state nothing', [Number.NaN], { low: 0, high: 0, isUnknown: true }],
  ])('[R540] of %s is at least the largest number and at most their sum', (_, stated, expected) => {
    expect({ ...volumeOf(...stated) }).toEqual(expected);
  });

  it('[R540] of several artifacts adds up both ends and counts those that are unknown', () => {
    const sum = new ArtifactsVolume();
    for (const volume of [volumeOf(40, 7), volumeOf(Number.NaN), volumeOf(1, Number.NaN), volumeOf()]) sum.add(volume);
    expect({ ...sum }).toEqual({ low: 41, high: 48, unknownCount: 2 });
  });
});
