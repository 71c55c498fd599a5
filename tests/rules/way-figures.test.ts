import { chanceOf, weightedLossOf, weightedShareOf, worstCaseLossOf, yieldOf } from '../../server/rules/way-figures.ts';
import { describe, expect, it } from '../support/test.ts';

describe('[R7] figures of a way in (semantics §4)', () => {
  it('an uncertain half copy that reveals a fifth, at an organization reached with 80%', () => {
    const chance = chanceOf(0.8, 0.5);
    const yieldShare = yieldOf(0.5, 0.2);
    expect(chance).toBe(0.4);
    expect(yieldShare).toBe(0.1);
    expect(weightedShareOf(chance, yieldShare)).toBeCloseTo(0.04, 15);
  });

  it('losses of an artifact worth 1,000 at most and 600 on average', () => {
    expect(worstCaseLossOf('POSSIBLE', 1000, 0.25)).toBe(250);
    expect(worstCaseLossOf('EXPOSED', 1000, 1)).toBe(1000);
    expect(worstCaseLossOf('CONTAINED', 1000, 1)).toBe(0);
    expect(weightedLossOf(0.25, 600)).toBe(150);
  });
});
