import type { RecordedFact } from '../../domain/assertions.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { FactPart } from '../../store/part-reader.ts';
import { type LoadedFacts, withoutRepetition } from './load-radius.ts';

const artifactField = factFields.TRANSFER.findIndex(({ name }) => name === 'artifact');

/** An organization or an artifact, by id. */
export type Place = { readonly organization: string } | { readonly artifact: string };

/** The kinds of facts that can be read by id. */
export type KindWithId = 'TRANSFER' | 'ACCESS' | 'ENGAGEMENT';

/** Reads facts by id. For a transfer, also reads all transfers of its artifact, to derive the copies. At most two round trips. */
export async function loadRecords(part: FactPart, kind: KindWithId, ids: readonly string[]): Promise<LoadedFacts> {
  const facts = await part.readFacts(kind, ids);
  if (kind !== 'TRANSFER' || facts.length === 0) return new Map([[kind, withoutRepetition(facts)]]);
  const { transfers, engagements } = await part.readTransfersOf([...new Set(facts.map((fact) => fact.values[artifactField] as string))]);
  return new Map<FactKind, readonly RecordedFact[]>([
    ['ENGAGEMENT', engagements],
    ['TRANSFER', transfers],
  ]);
}

/**
 * Reads the facts that name an organization or artifact. For an organization, also reads all transfers of each artifact that it
 * handled, to derive the copies and their chains. Makes two round trips.
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
