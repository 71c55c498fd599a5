import type { RecordedFact } from '../../domain/assertions.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { FactPart } from '../../store/part-reader.ts';
import type { FindHandled, FoundPart } from './find-radius.ts';

const artifactField = factFields.TRANSFER.findIndex(({ name }) => name === 'artifact');

/** An organization or an artifact, by id. */
export type Place = { readonly organization: string } | { readonly artifact: string };

/** The kinds of facts that can be read by id. */
export type KindWithId = 'TRANSFER' | 'ACCESS' | 'ENGAGEMENT';

/**
 * Finds facts by id. For a transfer, finds its artifact, to derive the copies. Every part has all engagements, so these need no read.
 * At most one round trip.
 */
export async function findRecords(part: FactPart, kind: KindWithId, ids: readonly string[]): Promise<FoundPart> {
  if (kind === 'ENGAGEMENT') return { artifacts: [], facts: new Map() };
  const facts = await part.readFacts(kind, ids);
  if (kind !== 'TRANSFER') return { artifacts: [], facts: new Map([[kind, withoutRepetition(facts)]]) };
  return { artifacts: [...new Set(facts.map((fact) => fact.values[artifactField] as string))], facts: new Map() };
}

function withoutRepetition(facts: readonly RecordedFact[]): RecordedFact[] {
  return [...new Map(facts.map((fact) => [fact.key, fact])).values()];
}

/**
 * Finds the facts that name an organization or artifact. For an organization, finds each artifact that it handled, to derive the copies
 * and their chains. One round trip.
 */
export async function findAround(part: FactPart, place: Place, findHandled: FindHandled): Promise<FoundPart> {
  if ('artifact' in place) {
    return { artifacts: [place.artifact], facts: new Map([['REVEALS', await part.readNaming('REVEALS', [place.artifact])]]) };
  }
  const here = [place.organization];
  const [access, controls, handled] = await Promise.all([
    part.readNaming('ACCESS', here),
    part.readNaming('CONTROL', here),
    findHandled(part, here),
  ]);
  return {
    artifacts: handled,
    facts: new Map<FactKind, readonly RecordedFact[]>([
      ['ACCESS', access],
      ['CONTROL', controls],
    ]),
  };
}
