import { findReached } from '../../server/exposure/radius/spread.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { isAccessOpen, isTransferOpen } from '../../server/rules/spread-step.ts';
import { toInput } from '../support/answers/engine-answers.ts';
import { describe, expect, it } from '../support/test.ts';
import { toRecordedFacts, world } from '../support/worlds/world.ts';

const unknown = Number.NaN;
const widest = { from: 10, to: 20 };

describe('[R5] compromise spreads over access valid in the widest window, 10 to 20 (semantics §3)', () => {
  it.each<{ validFrom: number; validUntil: number; isOpen: boolean }>`
    validFrom  | validUntil | isOpen
    ${unknown} | ${unknown} | ${true}
    ${20}      | ${unknown} | ${true}
    ${21}      | ${unknown} | ${false}
    ${unknown} | ${11}      | ${true}
    ${unknown} | ${10}      | ${false}
    ${12}      | ${13}      | ${true}
    ${0}       | ${10}      | ${false}
    ${15}      | ${15}      | ${false}
  `('valid [$validFrom, $validUntil): $isOpen', ({ validFrom, validUntil, isOpen }) => {
    expect(isAccessOpen(validFrom, validUntil, widest.from, widest.to)).toBe(isOpen);
    const said = (instant: number) => (Number.isNaN(instant) ? null : instant);
    const facts = world()
      .vendor('v', 'w')
      .access('a', 'v', 'w', { validFrom: said(validFrom), validUntil: said(validUntil) })
      .build();
    const projection = buildProjection(toRecordedFacts(facts), 1);
    const question = { origins: ['v'], core: widest, widest, scopes: [], maxHops: 3, transferLikelihood: 0, minDegree: 0.05 };
    expect(findReached(projection, toInput(projection, question))).toHaveLength(isOpen ? 2 : 1);
  });

  it('spreads along a transfer whose copy is possibly live in the widest window', () => {
    expect(isTransferOpen(-Infinity, Infinity, widest.from, widest.to)).toBe(true);
    expect(isTransferOpen(0, 10, widest.from, widest.to)).toBe(false);
    expect(isTransferOpen(20, Infinity, widest.from, widest.to)).toBe(true);
  });
});
