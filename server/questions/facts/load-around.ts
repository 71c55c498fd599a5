import type { RecordedFact } from '../../domain/assertions.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { FactPart } from '../../store/part-reader.ts';
import type { LoadedFacts } from './load-radius.ts';

const artifactField = factFields.TRANSFER.findIndex(({ name }) => name === 'artifact');

/** An organization or an artifact, by id. */
export type Place = { readonly organization: string } | { readonly artifact: string };

/** The kinds of facts that can be read by id. */
export type KindWithId = 'TRANSFER' | 'ACCESS' | 'ENGAGEMENT';

/**
 * Reads facts by id. For a transfer, also reads all transfers of its artifact, to derive the copies. Every part has all
 * engagements, so these need no read. At most two round trips.
 */
export async function loadRecords(part: FactPart, kind: KindWithId, ids: readonly string[]): Promise<LoadedFacts> {
  if (kind === 'ENGAGEMENT') return new Map();
  const facts = await part.readFacts(kind, ids);
  if (kind !== 'TRANSFER') return new Map([[kind, withoutRepetition(facts)]]);
  const artifacts = new Set(facts.map((fact) => fact.values[artifactField] as string));
  return new Map([['TRANSFER', artifacts.size === 0 ? [] : await part.readTransfersOf([...artifacts])]]);
}

function withoutRepetition(facts: readonly RecordedFact[]): RecordedFact[] {
  return [...new Map(facts.map((fact) => [fact.key, fact])).values()];
}

/**
 * Reads the facts that name an organization or artifact. For an organization, also reads all transfers of each artifact that it
 * handled, to derive the copies and their chains. Makes two round trips.
 */
export async function loadAround(part: FactPart, place: Place): Promise<LoadedFacts> {
  if ('artifact' in place) {
    const [transfers, reveals] = await Promise.all([part.readTransfersOf([place.artifact]), part.readNaming('REVEALS', [place.artifact])]);
    return new Map<FactKind, readonly RecordedFact[]>([
      ['TRANSFER', transfers],
      ['REVEALS', reveals],
    ]);
  }
  const here = [place.organization];
  const [access, controls, handled] = await Promise.all([
    part.readNaming('ACCESS', here),
    part.readNaming('CONTROL', here),
    part.readArtifactsHandled(here),
  ]);
  return new Map<FactKind, readonly RecordedFact[]>([
    ['TRANSFER', await part.readTransfersOf(handled)],
    ['ACCESS', access],
    ['CONTROL', controls],
  ]);
}
