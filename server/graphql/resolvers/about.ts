import type { ChainedEntry } from '../../audit/audit-files.ts';
import { readEntriesBackward } from '../../audit/audit-files.ts';
import { ExposureError } from '../../domain/errors.ts';
import type { FactKind } from '../../domain/facts.ts';
import { askCounts, askIsDemo } from '../../questions/explore/ask-facts.ts';
import { countOpenFindings } from '../../questions/rankings/ask-findings.ts';
import { resolveMergedIds } from '../../questions/resolved-ids.ts';
import type { AboutResolvers, QueryResolvers } from '../generated/resolvers.ts';
import { organizationAt } from '../models.ts';
import { findInstantOfCursor, readPage, toConnection } from '../page.ts';

export const aboutQueries = {
  about: async (_, __, context) => {
    const { policy, store } = context.questions;
    const { currentAt } = await context.snapshot();
    return {
      version: context.services.version,
      store: store.kind,
      isDemo: await askIsDemo(context),
      currentAt,
      policy,
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

export const About: AboutResolvers = {
  openFindings: async (_, __, context) => countOpenFindings(context, await context.facts()),
};

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

export const asKnownAtQueries = {
  asKnownAt: async (_, { instant }, context, { path }) => {
    if (context.knownAt !== null || path.prev !== undefined) {
      throw new ExposureError('BAD_USER_INPUT', 'asKnownAt is nested in another asKnownAt; use each at the root of the query.');
    }
    await context.openPast(String(path.key), instant);
    return {};
  },
} satisfies QueryResolvers;

const list = 'Query.auditEntries';

export const auditQueries = {
  auditEntries: async (_, args, { services }) => {
    await services.trail.flush();
    // Pages show the trail as it was when the first page was asked for: it grows with every page.
    const wanted = findInstantOfCursor(list, args.after);
    const entries: ChainedEntry[] = [];
    let top = wanted;
    let skipped = 0;
    let page: { offset: number; limit: number } | undefined;
    for (const entry of readEntriesBackward(services.trail.path)) {
      top ??= entry.seq;
      if (entry.seq > top) continue;
      page ??= readPage({ list, question: null, revision: `trail@${top}` }, args);
      if (skipped < page.offset) skipped++;
      else if (entries.length < page.limit) entries.push(entry);
      else break;
    }
    const identity = { list, question: null, revision: `trail@${top ?? 0}` };
    return toConnection(identity, (page ?? readPage(identity, args)).offset, entries, top ?? 0);
  },
} satisfies QueryResolvers;
