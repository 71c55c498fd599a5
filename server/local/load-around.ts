import type { RecordedFact } from '../domain/assertions.ts';
import type { FactKind } from '../domain/facts.ts';
import type { FactPart } from '../store/part-reader.ts';
import { type LoadedFacts, withoutRepetition } from './load-radius.ts';

/** Where a record stands: an organization or an artifact, by id. */
export type Place = { readonly organization: string } | { readonly artifact: string };

/**
 * Reads the facts that name an organization or artifact, and all transfers of the artifacts that it handled, so that the
 * copies in its custody, or of it, are known with their chains. Costs two round trips.
 */
export async function loadAround(part: FactPart, place: Place): Promise<LoadedFacts> {
  if ('artifact' in place) {
    const [{ transfers, engagements }, reveals] = await Promise.all([
      part.readTransfersOf([place.artifact]),
      part.readNaming('REVEALS', [place.artifact]),
    ]);
    return new Map<FactKind, readonly RecordedFact[]>([
      ['ENGAGEMENT', engagements],
      ['TRANSFER', transfers],
      ['REVEALS', reveals],
    ]);
  }
  const here = [place.organization];
  const [access, engagements, controls, handled] = await Promise.all([
    part.readNaming('ACCESS', here),
    part.readNaming('ENGAGEMENT', here),
    part.readNaming('CONTROL', here),
    part.readArtifactsHandled(here),
  ]);
  const { transfers, engagements: named } = await part.readTransfersOf(handled);
  return new Map<FactKind, readonly RecordedFact[]>([
    ['ENGAGEMENT', withoutRepetition([...engagements, ...named])],
    ['TRANSFER', transfers],
    ['ACCESS', access],
    ['CONTROL', controls],
  ]);
}
