import { ExposureError } from '../../../domain/errors.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import type { Attribute } from '../../../domain/facts.ts';
import { organizationRoles } from '../../../domain/facts.ts';
import type { Projection } from '../../../projection/projection.ts';
import type { FactStore } from '../../../store/fact-store.ts';
import { checkCount } from '../../check-count.ts';
import type { FoundKind, QueryResolvers } from '../../generated/resolvers.ts';
import { artifactAt, organizationAt } from '../../models.ts';
import { maxPageSize } from '../../page.ts';
import { listIncidents } from '../incidents/incident.ts';

const maxTextLength = 200;

export const searchQueries = {
  search: async (_, { text, kinds, first }, context) => {
    if (text.length < 1 || text.length > maxTextLength) {
      throw new ExposureError('BAD_USER_INPUT', `text has ${text.length} characters; expected 1 to ${maxTextLength}.`);
    }
    const limit = checkCount('first', first ?? 20, 0, maxPageSize);
    const { store, search } = context.services;
    const { projection } = await context.snapshot();
    const wanted = kinds ? new Set(kinds) : undefined;
    const incidents = wanted === undefined || wanted.has('INCIDENT') ? await listIncidents(store, projection) : [];
    const hits = await search.search(
      projection,
      () => readAttributes(store, projection),
      incidents.map(({ incident }) => incident),
      text,
      ({ kind, index }) => wanted === undefined || kindsOf(projection, kind, index).some((each) => wanted.has(each)),
      limit,
    );
    return hits.flatMap(({ kind, index, matched, score }) => {
      const found =
        kind === 'organization'
          ? organizationAt(projection, index)
          : kind === 'artifact'
            ? artifactAt(projection, index)
            : incidents[index];
      return found === undefined ? [] : [{ found, matched, score }];
    });
  },
} satisfies QueryResolvers;

function kindsOf(projection: Projection, kind: 'organization' | 'artifact' | 'incident', index: number): readonly FoundKind[] {
  if (kind === 'artifact') return ['ARTIFACT'];
  if (kind === 'incident') return ['INCIDENT'];
  return organizationRoles.filter((_, bit) => ((projection.organizations.roles[index] as number) & (1 << bit)) !== 0);
}

const batchSize = 1000;
const attributesField = factFields.ORGANIZATION.findIndex((field) => field.name === 'attributes');

/** Of all organizations that have any. While the store cannot be reached, search does without. */
async function readAttributes(store: FactStore, { organizations, revision }: Projection): Promise<Map<string, readonly Attribute[]>> {
  const found = new Map<string, readonly Attribute[]>();
  try {
    for (let start = 0; start < organizations.count; start += batchSize) {
      const ids = Array.from({ length: Math.min(batchSize, organizations.count - start) }, (_, i) => organizations.id.get(start + i));
      for (const fact of await store.readFactsByKey('ORGANIZATION', ids, { revision })) {
        const attributes = fact.values[attributesField] as readonly Attribute[];
        if (attributes.length > 0) found.set(fact.key, attributes);
      }
    }
  } catch (error) {
    if (!(error instanceof ExposureError) || error.code !== 'STORE_UNAVAILABLE') throw error;
  }
  return found;
}
