import { randomUUID } from 'node:crypto';
import { maxNameLength } from '../../domain/fact-fields.ts';
import type { NoteSubject } from '../../domain/records/saved-texts.ts';
import { isLocalUrl, maxNoteLength, maxViewUrlLength } from '../../domain/records/saved-texts.ts';
import { faultList, notFound } from '../../questions/records/faults.ts';
import {
  deleteNote,
  deleteView,
  findView,
  listNotes,
  listViews,
  saveNote,
  saveView,
  versionOfNotes,
} from '../../questions/records/saved-records.ts';
import type { MutationResolvers, NodeRef, NoteResolvers, QueryResolvers, ViewResolvers } from '../generated/resolvers.ts';
import { readFrom } from '../models.ts';
import { pageOfArray } from '../page.ts';

export const noteQueries = {
  notes: async (_, { on, ...page }, context) => {
    const subject = toSubject(on);
    const notes = await listNotes(context, subject);
    const identity = { list: 'Query.notes', question: subject, revision: versionOfNotes(notes) };
    return pageOfArray(identity, page, notes, (note) => note);
  },
} satisfies QueryResolvers;

export const noteMutations = {
  saveNote: async (_, { input }, context) => {
    const on = toSubject(input.on);
    const { faults, checkText, fault } = faultList();
    checkText('text', 'note', input.text, maxNoteLength);
    const projection = await context.facts();
    const { id } = on.kind === 'organization' ? projection.organizations : projection.artifacts;
    if (id.find(on.id) < 0) fault('UNKNOWN_REFERENCE', ['on', on.kind], `There is no ${on.kind} "${on.id.slice(0, 80)}".`);
    if (faults.length > 0) return { note: null, userErrors: faults };
    const note = { on, text: input.text, by: context.by, at: context.now };
    return { note: await saveNote(context, input.id || randomUUID(), Boolean(input.id), note), userErrors: [] };
  },
  deleteNote: async (_, { input: { id } }, context) =>
    (await deleteNote(context, id)) ? { deletedId: id, userErrors: [] } : { deletedId: null, userErrors: [notFound('note', id)] },
} satisfies MutationResolvers;

export const Note: NoteResolvers = {
  ...readFrom('note', 'text', 'by', 'at'),
};

function toSubject({ organization, artifact }: NodeRef): NoteSubject {
  return typeof organization === 'string' ? { kind: 'organization', id: organization } : { kind: 'artifact', id: artifact ?? '' };
}

export const viewQueries = {
  view: async (_, { id }, context) => (await findView(context, id)) ?? null,
  views: (_, _args, context) => listViews(context),
} satisfies QueryResolvers;

export const viewMutations = {
  saveView: async (_, { input }, context) => {
    const { name, url } = input;
    const note = typeof input.note === 'string' && input.note.trim() === '' ? null : input.note;
    const { faults, checkText, fault } = faultList();
    checkText('name', 'view', name, maxNameLength);
    checkText('url', 'view', url, maxViewUrlLength);
    if (note) checkText('note', 'view', note, maxNoteLength);
    if (faults.length === 0 && !isLocalUrl(url)) {
      fault(
        'BAD_VALUE',
        ['url'],
        `The url is "${url.slice(0, 80)}"; expected the path and query of this page, such as /explore?node=o%3Avendor.`,
      );
    }
    if (faults.length > 0) return { view: null, userErrors: faults };
    const view = { name, url, note, by: context.by, at: context.now };
    return { view: await saveView(context, input.id || randomUUID(), Boolean(input.id), view), userErrors: [] };
  },
  deleteView: async (_, { input: { id } }, context) =>
    (await deleteView(context, id)) ? { deletedId: id, userErrors: [] } : { deletedId: null, userErrors: [notFound('view', id)] },
} satisfies MutationResolvers;

export const View: ViewResolvers = {
  ...readFrom('view', 'name', 'url', 'note', 'by', 'at'),
};
