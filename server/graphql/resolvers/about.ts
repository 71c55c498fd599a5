import { ExposureError } from '../../domain/errors.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { Projection } from '../../projection/projection.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

/** The name of the import that brings the demo world. */
export const demoSource = 'demo world';

export const aboutQueries = {
  about: async (_, __, context) => {
    const { services } = context;
    const { projection, currentAt } = await context.snapshot();
    return {
      version: services.version,
      store: services.store.kind,
      isDemo: await isDemo(services.store, projection.revision),
      currentAt,
      policy: services.policy.map((row) => ({ ...row, controls: [...row.controls] })),
    };
  },
  viewer: () => ({ name: 'local', role: 'ADMIN' as const, labs: null }),
  counts: async (_, __, context) => {
    const { local } = context.services;
    return local === undefined ? countHeld((await context.snapshot()).projection) : countsOf(await local.countFacts());
  },
  revision: async (_, __, context) => (await context.snapshot()).projection.revision,
} satisfies QueryResolvers;

function countHeld(projection: Projection) {
  const kinds = ['organizations', 'artifacts', 'transfers', 'access', 'engagements', 'reveals', 'controls'] as const;
  return countsOf(new Map(kinds.map((name) => [projection[name].kind, projection[name].count])));
}

function countsOf(counts: ReadonlyMap<FactKind, number>) {
  const of = (kind: FactKind) => counts.get(kind) ?? 0;
  return {
    organizations: of('ORGANIZATION'),
    artifacts: of('ARTIFACT'),
    transfers: of('TRANSFER'),
    access: of('ACCESS'),
    engagements: of('ENGAGEMENT'),
    reveals: of('REVEALS'),
    controls: of('CONTROL'),
  };
}

/** Whether the only write there was is the demo world's import: the first revision, and nothing taken back. */
async function isDemo(store: FactStore, revision: number): Promise<boolean> {
  if (revision !== 1) return false;
  try {
    const imports = await store.listImports();
    return imports.length === 1 && imports[0]?.source === demoSource && imports[0].state === 'COMMITTED';
  } catch (error) {
    if (error instanceof ExposureError && (error.code === 'STORE_UNAVAILABLE' || error.code === 'QUERY_TIMEOUT')) return false;
    throw error;
  }
}
