import { packChunks, unpackChunk } from '../../../../server/store/neo4j/log/assertion-log.ts';
import { describe, expect, it } from '../../../support/test.ts';
import { vendor } from '../../assertions-for-tests.ts';

const logged = Array.from({ length: 40 }, (_, i) => ({
  assertion: vendor(`v${String(i).padStart(3, '0')}`, { country: 'NL' }),
  effect: 1,
}));
const packed = [...packChunks('ORGANIZATION', logged)].map((chunk) => Int8Array.from(chunk.packed));

describe('a chunk of the log', () => {
  it('[S70] gives back the assertions that it was made from', () => {
    expect(packed).toHaveLength(1);
    expect(unpackChunk('ORGANIZATION', packed[0] as Int8Array)).toEqual(logged);
  });

  it('[S83] with any flipped bit gives the same assertions or none', () => {
    const [chunk] = packed as [Int8Array];
    let unreadable = 0;
    for (let bit = 0; bit < chunk.length * 8; bit++) {
      const damaged = Int8Array.from(chunk);
      damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
      try {
        // Some bits of the head of a gzip member, such as its date, mean nothing.
        expect(unpackChunk('ORGANIZATION', damaged)).toEqual(logged);
      } catch (error) {
        if ((error as { matcherResult?: unknown }).matcherResult !== undefined) throw error;
        unreadable++;
      }
    }
    expect(unreadable).toBeGreaterThan(chunk.length * 7);
  });
});
