import type { RecordedFact } from '../../domain/assertions.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import { findPart } from '../open-parts.ts';
import type { Projection } from '../projection.ts';
import { runInTurns } from '../turns.ts';
import { refreshProjection } from './refresh-projection.ts';

const artifactField = fieldIndex('TRANSFER', 'artifact');

/**
 * Gives parts that have lost their transfers these again. All else is shared.
 *
 * @param places the positions of the parts
 * @param transfers all transfers as of the projection's revision, in batches
 * Complexity: O(transfers) to look at them, plus the custody of these parts.
 */
export async function mendParts(
  projection: Projection,
  places: readonly number[],
  transfers: AsyncIterable<{ readonly facts: readonly RecordedFact[] }>,
): Promise<Projection> {
  const { revision, artifacts, memory } = projection;
  const isLost = new Set(places);
  const facts: RecordedFact[] = [];
  for await (const batch of transfers) {
    for (const fact of batch.facts) {
      const number = memory.lasting.artifacts.numberOf[artifacts.id.find(fact.values[artifactField] as string)] as number;
      if (isLost.has(findPart(memory.parts, number))) facts.push(fact);
    }
  }
  const keys = facts.map(({ key }) => key);
  return runInTurns(refreshProjection(projection, new Map([['TRANSFER', { keys, facts }]]), revision));
}
