import { copyForms, deletionStates } from '../../../domain/facts.ts';
import { rowOf } from '../../../projection/csr.ts';
import { askTransfers } from '../../../questions/explore/ask-facts.ts';
import { toInstant } from '../../date-time.ts';
import type { CopyForm, DeletionState, QueryResolvers, TransferResolvers } from '../../generated/resolvers.ts';
import { artifactAt, copyAt, engagementAt, organizationAt, transferAt } from '../../models.ts';
import { pageOfArray } from '../../page.ts';
import { oneById } from './one-by-id.ts';
import { resolveOptionalTexts } from './optional-texts.ts';

export const transferQueries = {
  transfer: async (_, { id }, context) => oneById(await context.factsWith('TRANSFER', [id]), 'transfers', id, transferAt),
  transfers: async (_, { first, after, artifact, sender, recipient }, context) => {
    const { projection, rows } = await askTransfers(context, { artifact, sender, recipient });
    const identity = { list: 'Query.transfers', question: { artifact, sender, recipient }, revision: projection.revision };
    return pageOfArray(identity, { first, after }, rows, (i) => transferAt(projection, i));
  },
} satisfies QueryResolvers;

export const Transfer: TransferResolvers = {
  id: ({ projection, index }) => projection.transfers.id.get(index),
  artifact: ({ projection, index }) => artifactAt(projection, projection.transfers.artifact[index] as number),
  sender: ({ projection, index }) => organizationAt(projection, projection.transfers.sender[index] as number),
  recipient: ({ projection, index }) => organizationAt(projection, projection.transfers.recipient[index] as number),
  sentAt: ({ projection, index }) => toInstant(projection.transfers.sentAt[index] as number),
  portion: ({ projection, index }) => projection.transfers.portion[index] as number,
  fragments: ({ projection, index }) => {
    const names = rowOf(projection.transfers.fragments, index);
    return names.length === 0 ? null : Array.from(names, (name) => projection.fragmentNames.get(name));
  },
  form: ({ projection, index }) => copyForms[projection.transfers.form[index] as number] as CopyForm,
  deletionState: ({ projection, index }) => deletionStates[projection.transfers.deletionState[index] as number] as DeletionState,
  deletedAt: ({ projection, index }) => toInstant(projection.transfers.deletedAt[index] as number),
  ...resolveOptionalTexts('TRANSFER'),
  engagement: ({ projection, index }) => {
    const engagement = projection.transfers.engagement[index] as number;
    return engagement < 0 ? null : engagementAt(projection, engagement);
  },
  confidence: ({ projection, index }) => projection.transfers.confidence[index] as number,
  records: ({ projection, index }) => toInstant(projection.transfers.records[index] as number),
  bytes: ({ projection, index }) => toInstant(projection.transfers.bytes[index] as number),
  provenance: (transfer) => transfer,
  copy: ({ projection, index }) => copyAt(projection, projection.transfers.copy[index] as number),
};
