import type { ChainedEntry } from '../../audit/audit-entry.ts';
import { readEntriesBackward } from '../../audit/audit-files.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';
import { findInstantOfCursor, readPage, toConnection } from '../page.ts';

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
