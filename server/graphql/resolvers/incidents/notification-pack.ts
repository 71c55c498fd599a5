import { documentMarkdown } from '../../../export/document/document-markdown.ts';
import { packDocument } from '../../../export/pack/pack-document.ts';
import { askPack } from '../../../questions/incidents/ask-pack.ts';
import type { NotificationPackResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { copyAt, organizationAt } from '../../models.ts';
import { pageOfArray } from '../../page.ts';

export const notificationPackQueries = {
  notificationPack: (_, { incident, lab }, context) => askPack(context, incident, lab),
} satisfies QueryResolvers;

export const NotificationPack: NotificationPackResolvers = {
  lab: ({ pack }) => organizationAt(pack.radius.projection, pack.lab),
  radius: ({ answer }) => answer,
  recall: ({ pack, answer }, args) => {
    const { projection } = pack.radius;
    const identity = { list: 'NotificationPack.recall', question: answer.question, revision: projection.revision };
    return pageOfArray(identity, args, pack.recall, (copy) => copyAt(projection, copy));
  },
  notices: ({ pack }) => pack.notices.map((value) => ({ projection: pack.radius.projection, value })),
  markdown: ({ pack }) => documentMarkdown(packDocument(pack)),
};
