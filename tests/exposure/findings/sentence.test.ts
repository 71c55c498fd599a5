import fc from 'fast-check';
import { compareCodePoints } from '../../../server/domain/compare.ts';
import { sentence } from '../../../server/exposure/findings/sentence.ts';
import { LazyOrder } from '../../../server/exposure/radius/columns/lazy-order.ts';
import { TextColumn } from '../../../server/projection/columns/text-column.ts';
import { finish } from '../../support/finish.ts';
import { expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';

/** Names from the words of the sentence, and characters whose UTF-16 order is not that of their code points. */
const names = fc.array(
  fc
    .array(fc.constantFrom('a', 'b', ' sent ', ' to ', ' sent', 'a sent ', '\u{1F600}', '\uFF5E'), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join('')),
  { minLength: 1, maxLength: 8 },
);
const cases = fc.record({ senders: names, artifacts: names, ids: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 40 }) });

it('[P262] sentences come in the order of their code points, whatever the names are', () => {
  fc.assert(
    fc.property(cases, ({ senders, artifacts, ids }) => {
      const [senderNames, artifactNames] = [TextColumn.from(senders), TextColumn.from(artifacts)];
      const placeOf = (subject: number, part: 0 | 1 | 2) => (ids[subject] as (typeof ids)[number])[part];
      const built = sentence`Once ${{ names: senderNames, of: (s) => placeOf(s, 0) % senders.length }} sent ${{
        names: artifactNames,
        of: (s) => placeOf(s, 1) % artifacts.length,
      }} to ${(s) => `${placeOf(s, 2)}`}.`;
      const subjects = Int32Array.from(ids.keys());
      const expected = [...subjects].sort((a, b) => compareCodePoints(built.of(a), built.of(b)) || a - b);
      finish(built.prepare());
      const order = LazyOrder.inGroups(
        subjects,
        (s) => built.groupOf(s),
        built.groupCount,
        (a, b) => built.compare(a, b) || a - b,
      );
      expect([...order.slice(0, ids.length)]).toEqual(expected);
    }),
    { numRuns: generatedRuns(1000) },
  );
});

it('[P262] a sentence holds its words and names', () => {
  const column = TextColumn.from(['Ada', 'Bob']);
  const built = sentence`${{ names: column, of: (s) => s }} knows ${(s) => `number ${s}`}.`;
  expect([built.of(0), built.of(1)]).toEqual(['Ada knows number 0.', 'Bob knows number 1.']);
});
