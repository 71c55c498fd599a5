import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { impliedKind, impliesCopy } from '../../server/rules/implied-copy.ts';
import { copiesInIds } from '../support/answers/engine-answers.ts';
import { describe, expect, it } from '../support/test.ts';
import { toRecordedFacts, world } from '../support/worlds/world.ts';

describe('[R6] a sender of an artifact holds a copy (semantics §2)', () => {
  it.each<{ isOwner: boolean; hasInbound: boolean; implies: boolean }>`
    isOwner  | hasInbound | implies
    ${true}  | ${false}   | ${false}
    ${true}  | ${true}    | ${false}
    ${false} | ${true}    | ${false}
    ${false} | ${false}   | ${true}
  `('owner $isOwner, inbound copy $hasInbound: implies a copy $implies', ({ isOwner, hasInbound, implies }) => {
    expect(impliesCopy(isOwner, hasInbound)).toBe(implies);
  });

  it('a copy implied by a transfer to the owner is PRODUCED, another is a CUSTODY_GAP', () => {
    expect(impliedKind(true)).toBe('PRODUCED');
    expect(impliedKind(false)).toBe('CUSTODY_GAP');
  });

  it('in a world: a copy the vendor made, a copy nobody sent it, and a copy it sent after deleting its only one', () => {
    const facts = world()
      .lab('lab')
      .vendor('maker', 'gap', 'late', 'end')
      .artifact('x', 'lab')
      .transfer('made', 'x', 'maker', 'lab', { sentAt: 5 })
      .transfer('untold', 'x', 'gap', 'end', { sentAt: 5, portion: 0.25, confidence: 0.75 })
      .transfer('in', 'x', 'lab', 'late', { sentAt: 1, deletionState: 'VERIFIED', deletedAt: 5 })
      .transfer('out', 'x', 'late', 'end', { sentAt: 5 })
      .build();
    const implied = copiesInIds(buildProjection(toRecordedFacts(facts), 1)).filter(({ id }) => id.startsWith('implied:'));
    expect(implied).toMatchObject([
      { id: 'implied:made', kind: 'PRODUCED', holder: 'maker' },
      { id: 'implied:out', kind: 'CUSTODY_GAP', holder: 'late' },
      {
        id: 'implied:untold',
        kind: 'CUSTODY_GAP',
        holder: 'gap',
        portion: 0.25,
        confidence: 0.75,
        possible: [5, Infinity],
        isReadable: true,
      },
    ]);
  });
});
