import { deletionStateOf, formOf, listCopies } from '../../explore/list-facts.ts';
import { rowOf } from '../../projection/csr.ts';
import { chainOf, copyId } from '../../projection/custody.ts';
import { copyKinds } from '../../projection/projection.ts';
import { toInstant } from '../date-time.ts';
import type { CopyKind, CopyResolvers, QueryResolvers } from '../generated/resolvers.ts';
import { artifactAt, copyAt, organizationAt, transferAt } from '../models.ts';
import { pageOfArray } from '../page.ts';

const maxChain = 100;

export const copyQueries = {
  copies: async (_, { first, after, ...filter }, context) => {
    const projection = await context.factsAbout({ artifact: filter.artifact, organization: filter.holder });
    const identity = { list: 'Query.copies', question: filter, revision: projection.revision };
    return pageOfArray(identity, { first, after }, listCopies(projection, filter), (copy) => copyAt(projection, copy));
  },
} satisfies QueryResolvers;

export const Copy: CopyResolvers = {
  id: ({ projection, index }) => copyId(projection, index),
  kind: ({ projection, index }) => copyKinds[projection.copies.kind[index] as number] as CopyKind,
  artifact: ({ projection, index }) => artifactAt(projection, projection.copies.artifact[index] as number),
  holder: ({ projection, index }) => organizationAt(projection, projection.copies.holder[index] as number),
  transfer: ({ projection, index }) => {
    const transfer = projection.copies.transfer[index] as number;
    return transfer < 0 ? null : transferAt(projection, transfer);
  },
  form: ({ projection, index }) => formOf(projection, index),
  deletionState: ({ projection, index }) => deletionStateOf(projection, index),
  portion: ({ projection, index }) => projection.copies.portion[index] as number,
  fragments: ({ projection, index }) => {
    const transfer = projection.copies.transfer[index] as number;
    const names = transfer < 0 ? [] : rowOf(projection.transfers.fragments, transfer);
    return names.length === 0 ? null : Array.from(names, (name) => projection.fragmentNames.get(name));
  },
  confidence: ({ projection, index }) => projection.copies.confidence[index] as number,
  definite: ({ projection: { copies }, index }) => ({
    from: toInstant(copies.definiteFrom[index] as number),
    until: toInstant(copies.definiteUntil[index] as number),
  }),
  possible: ({ projection: { copies }, index }) => ({
    from: toInstant(copies.possibleFrom[index] as number),
    until: toInstant(copies.possibleUntil[index] as number),
  }),
  rank: ({ projection, index }) => {
    const rank = projection.copies.rank[index] as number;
    return rank < 0 ? null : rank;
  },
  chain: ({ projection, index }) => chainOf(projection, index, maxChain).map((transfer) => transferAt(projection, transfer)),
};
