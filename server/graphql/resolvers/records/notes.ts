import { randomUUID } from 'node:crypto';
import type { NoteSubject } from '../../../domain/records/note.ts';
import { maxNoteLength } from '../../../domain/records/note.ts';
import { faultList, notFound } from '../../../questions/records/faults.ts';
import { deleteNote, listNotes, saveNote, versionOfNotes } from '../../../questions/records/notes.ts';
import type { MutationResolvers, NodeRef, NoteResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { pageOfArray } from '../../page.ts';

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
  text: ({ note }) => note.text,
  by: ({ note }) => note.by,
  at: ({ note }) => note.at,
};

function toSubject({ organization, artifact }: NodeRef): NoteSubject {
  return typeof organization === 'string' ? { kind: 'organization', id: organization } : { kind: 'artifact', id: artifact ?? '' };
}
