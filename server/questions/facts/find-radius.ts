import type { RadiusInput } from '../../exposure/radius/radius-types.ts';
import { RevealClosures } from '../../exposure/radius/reveals/reveal-closure.ts';
import { findReached } from '../../exposure/radius/spread.ts';
import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';
import type { TransferSource } from './packed/packed-transfers.ts';

/** Adds all transfers of artifacts, by id, to a projection of the common block. Artifacts that it has already are no others. */
export interface GrowingPart {
  add(artifacts: readonly string[]): Promise<void>;
  build(): Promise<Projection>;
}

/**
 * Adds the transfers that a blast radius needs: all those of the artifacts that reached organizations hold, and of those that these reveal.
 * The page docs/decisions/parts-of-the-facts.md shows that they suffice.
 *
 * @param base the common block
 * @param input the question; this function ignores its scopes
 */
export async function findRadius(part: GrowingPart, base: Projection, input: RadiusInput, source: TransferSource): Promise<void> {
  const idOf = (artifact: number) => base.artifacts.id.get(artifact);
  const held = new Set<string>();
  const seen = new Set<number>();
  let reached = findReached(base, input);
  for (;;) {
    const news = reached.map(({ organization }) => organization).filter((one) => !seen.has(one));
    if (news.length === 0) break;
    for (const one of news) {
      seen.add(one);
      for (const artifact of rowOf(base.organizations.artifacts, one)) held.add(idOf(artifact));
    }
    for (const artifact of await source.findHandled(news.map((one) => base.organizations.id.get(one)))) held.add(artifact);
    if (input.transferLikelihood === 0 || input.maxHops === 0) break;
    // A copy that a reached organization sent leads to its recipient, and so to further artifacts.
    await part.add([...held]);
    reached = findReached(await part.build(), input);
  }
  const closures = new RevealClosures(base, input.minDegree);
  const within = new Set(held);
  for (const id of held) {
    const artifact = base.artifacts.id.find(id);
    if (artifact >= 0) for (const revealed of closures.of(artifact).targets) within.add(idOf(revealed));
  }
  await part.add([...within]);
}
