import { doesUndoRaise, doesWriteRaise, nextRevision } from '../../server/rules/revision.ts';
import { describe, expect, it } from '../support/test.ts';

describe('revision', () => {
  const none = { created: 0, updated: 0, retracted: 0 };

  it.each([
    ['creates a fact', { ...none, created: 1 }, true],
    ['updates a fact', { ...none, updated: 1 }, true],
    ['retracts a fact', { ...none, retracted: 1 }, true],
    ['only repeats what the facts say, or is refused', none, false],
  ])('[S42] a write that %s: %j raises it: %s', (_, effects, isRaising) => {
    expect(doesWriteRaise(effects)).toBe(isRaising);
  });

  it.each([
    ['changes a value', { changedCount: 1, isProvenanceChanged: false }, true],
    ['changes only who stated a fact', { changedCount: 0, isProvenanceChanged: true }, true],
    ['changes nothing', { changedCount: 0, isProvenanceChanged: false }, false],
  ])('[S42] an undo that %s: %j raises it: %s', (_, effects, isRaising) => {
    expect(doesUndoRaise(effects)).toBe(isRaising);
  });

  it('[S42] the revision rises by one, however many facts change', () => {
    expect(nextRevision(7, doesWriteRaise({ created: 500, updated: 20, retracted: 3 }))).toBe(8);
    expect(nextRevision(7, false)).toBe(7);
  });
});
