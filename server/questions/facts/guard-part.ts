import { ExposureError } from '../../domain/errors.ts';
import type { Projection } from '../../projection/projection.ts';

/** Properties that only a projection of all facts has. */
const kinds = ['engagements', 'transfers', 'access', 'reveals', 'controls', 'copies', 'fragmentNames'] as const;
const rowsOfOrganizations = [
  'copies',
  'sent',
  'received',
  'accessHeld',
  'accessGranted',
  'engagementsAsClient',
  'engagementsAsProvider',
  'controls',
] as const;
const rowsOfArtifacts = ['transfers', 'copies', 'reveals', 'revealedBy'] as const;

/**
 * A projection of organizations and artifacts alone. Access to any other facts throws LIMIT_EXCEEDED, so no answer silently misses
 * facts.
 */
export function guardPart(base: Projection): Projection {
  const { revision } = base;
  return withhold(
    { revision, organizations: withhold(base.organizations, rowsOfOrganizations), artifacts: withhold(base.artifacts, rowsOfArtifacts) },
    kinds,
  ) as Projection;
}

function withhold<T extends object>(of: T, names: readonly string[]): T {
  const guarded = { ...of };
  for (const name of names) {
    // Not enumerable, so that {...spread} does not call the getter.
    Object.defineProperty(guarded, name, {
      enumerable: false,
      get: () => {
        throw needsAllFacts();
      },
    });
  }
  return guarded;
}

export function needsAllFacts(): ExposureError {
  return new ExposureError(
    'LIMIT_EXCEEDED',
    'This question needs all facts, and this server holds only organizations and artifacts (EXPOSURE_PROJECTION=local). ' +
      'Ask for a blast radius, a search or one record, or use a server with EXPOSURE_PROJECTION=whole.',
  );
}
