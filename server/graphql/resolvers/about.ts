import type { FactKind } from '../../domain/facts.ts';
import { askIsDemo } from '../../questions/ask-about.ts';
import { askCounts } from '../../questions/explore/ask-facts.ts';
import { resolveMergedIds } from '../../questions/resolved-ids.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';
import { organizationAt } from '../models.ts';

export const aboutQueries = {
  about: async (_, __, context) => {
    const { policy, store } = context.questions;
    const { currentAt } = await context.snapshot();
    return {
      version: context.services.version,
      store: store.kind,
      isDemo: await askIsDemo(context),
      currentAt,
      policy: policy.map((row) => ({ ...row, controls: [...row.controls] })),
    };
  },
  viewer: async (_, __, context) => {
    const { name, role, canExport, labs } = context.identity;
    if (labs === null) return { name, role, canExport, labs };
    const projection = await context.facts();
    const resolved = await resolveMergedIds(context, projection, { labs }, ['labs']);
    const found = new Set(resolved.labs?.map((id) => projection.organizations.id.find(id)));
    return {
      name,
      role,
      canExport,
      labs: [...found].filter((index) => index >= 0).map((index) => organizationAt(projection, index)),
    };
  },
  counts: async (_, __, context) => countsOf(await askCounts(context)),
  revision: async (_, __, context) => (await context.facts()).revision,
} satisfies QueryResolvers;

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
