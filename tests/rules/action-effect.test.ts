import { encryptedSince, endedAt, isDeletedByRecall, isStoppedBySuspension } from '../../server/rules/action-effect.ts';
import { describe, expect, it } from '../support/test.ts';

describe('[R15] the effect of an action at 10 (semantics §8)', () => {
  it('SUSPEND stops transfers from then on, and none of unknown date', () => {
    expect(isStoppedBySuspension(9, 10)).toBe(false);
    expect(isStoppedBySuspension(10, 10)).toBe(true);
    expect(isStoppedBySuspension(Number.NaN, 10)).toBe(false);
  });

  it('RECALL deletes earlier copies', () => {
    expect(isDeletedByRecall(9, 10)).toBe(true);
    expect(isDeletedByRecall(10, 10)).toBe(false);
    expect(isDeletedByRecall(-Infinity, 10)).toBe(true);
  });

  it('an end never moves to a later time', () => {
    expect(endedAt(Infinity, 10)).toBe(10);
    expect(endedAt(5, 10)).toBe(5);
    expect(endedAt(5, Infinity)).toBe(5);
  });

  it('ENCRYPT splits an interval at its start time', () => {
    expect([endedAt(30, 10), encryptedSince(0, 10)]).toEqual([10, 10]);
    expect(encryptedSince(20, 10)).toBe(20);
  });
});
