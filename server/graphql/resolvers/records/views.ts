import { randomUUID } from 'node:crypto';
import { maxNameLength } from '../../../domain/fact-fields.ts';
import { isLocalUrl, maxViewUrlLength } from '../../../domain/records/view.ts';
import { faultList, notFound } from '../../../questions/records/faults.ts';
import { deleteView, findView, listViews, saveView } from '../../../questions/records/views.ts';
import type { MutationResolvers, QueryResolvers, ViewResolvers } from '../../generated/resolvers.ts';

export const viewQueries = {
  view: async (_, { id }, context) => (await findView(context, id)) ?? null,
  views: (_, _args, context) => listViews(context),
} satisfies QueryResolvers;

export const viewMutations = {
  saveView: async (_, { input }, context) => {
    const { name, url } = input;
    const { faults, checkText, fault } = faultList();
    checkText('name', 'view', name, maxNameLength);
    checkText('url', 'view', url, maxViewUrlLength);
    if (faults.length === 0 && !isLocalUrl(url)) {
      fault(
        'BAD_VALUE',
        ['url'],
        `The url is "${url.slice(0, 80)}"; expected the path and query of this page, such as /explore?node=o%3Avendor.`,
      );
    }
    if (faults.length > 0) return { view: null, userErrors: faults };
    const view = { name, url, by: context.by, at: context.now };
    return { view: await saveView(context, input.id || randomUUID(), Boolean(input.id), view), userErrors: [] };
  },
  deleteView: async (_, { input: { id } }, context) =>
    (await deleteView(context, id)) ? { deletedId: id, userErrors: [] } : { deletedId: null, userErrors: [notFound('view', id)] },
} satisfies MutationResolvers;

export const View: ViewResolvers = {
  name: ({ view }) => view.name,
  url: ({ view }) => view.url,
  by: ({ view }) => view.by,
  at: ({ view }) => view.at,
};
