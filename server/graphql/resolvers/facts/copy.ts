import type { CopyPart } from '../../../exposure/scenario/scenario-copy.ts';
import { partsOf, scenarioChainOf, shownCopyId } from '../../../exposure/scenario/scenario-copy.ts';
import { deletionStateOf, formOf } from '../../../projection/copy-fields.ts';
import { rowOf } from '../../../projection/csr.ts';
import { copyKinds } from '../../../projection/projection.ts';
import { askCopies } from '../../../questions/explore/ask-facts.ts';
import { toInstant } from '../../date-time.ts';
import type { CopyKind, CopyResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import type { CopyModel } from '../../models.ts';
import { artifactAt, copyAt, organizationAt, transferAt } from '../../models.ts';
import { pageOfArray } from '../../page.ts';

const maxChain = 100;

export const copyQueries = {
  copies: async (_, { first, after, ...filter }, context) => {
    const { projection, rows } = await askCopies(context, filter);
    const identity = { list: 'Query.copies', question: filter, revision: projection.revision };
    return pageOfArray(identity, { first, after }, rows, (copy) => copyAt(projection, copy));
  },
} satisfies QueryResolvers;

export const Copy: CopyResolvers = {
  id: ({ projection, index, isEncrypted }) => shownCopyId(projection, { copy: index, isEncrypted }),
  kind: ({ projection, index }) => copyKinds[projection.copies.kind[index] as number] as CopyKind,
  artifact: ({ projection, index }) => artifactAt(projection, projection.copies.artifact[index] as number),
  holder: ({ projection, index }) => organizationAt(projection, projection.copies.holder[index] as number),
  transfer: ({ projection, index }) => {
    const transfer = projection.copies.transfer[index] as number;
    return transfer < 0 ? null : transferAt(projection, transfer);
  },
  form: ({ projection, index, isEncrypted }) => (isEncrypted ? 'ENCRYPTED_KEY_AT_OWNER' : formOf(projection, index)),
  deletionState: ({ projection, index, scenario }) =>
    (scenario?.recalledAt(index) ?? Infinity) < Infinity ? 'VERIFIED' : deletionStateOf(projection, index),
  portion: ({ projection, index }) => projection.copies.portion[index] as number,
  fragments: ({ projection, index }) => {
    const transfer = projection.copies.transfer[index] as number;
    const names = transfer < 0 ? [] : rowOf(projection.transfers.fragments, transfer);
    return names.length === 0 ? null : Array.from(names, (name) => projection.fragmentNames.get(name));
  },
  confidence: ({ projection, index }) => projection.copies.confidence[index] as number,
  definite: (copy) => {
    const part = partOf(copy);
    return { from: toInstant(part.definiteFrom), until: toInstant(part.definiteUntil) };
  },
  possible: (copy) => {
    const part = partOf(copy);
    return { from: toInstant(part.possibleFrom), until: toInstant(part.possibleUntil) };
  },
  rank: ({ projection, index, scenario }) => {
    const rank = scenario === undefined ? (projection.copies.rank[index] as number) : scenario.rankOf(index);
    return rank < 0 ? null : rank;
  },
  chain: ({ projection, index, scenario }) =>
    scenarioChainOf(projection, scenario, index, maxChain).map((transfer) => transferAt(projection, transfer)),
};

function partOf({ projection, index, scenario, isEncrypted }: CopyModel): CopyPart {
  return partsOf(projection, scenario, index).find((part) => part.isEncrypted === isEncrypted) as CopyPart;
}
