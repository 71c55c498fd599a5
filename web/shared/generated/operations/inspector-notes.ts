import type { Operation } from '../../graphql/operation.ts';
import type { DeleteNoteMutation, DeleteNoteMutationVariables, NotesQuery, NotesQueryVariables, SaveNoteMutation, SaveNoteMutationVariables } from '../types.ts';

export const NotesDocument: Operation<NotesQuery, NotesQueryVariables> = {"kind":"query","name":"Notes","variables":"$on:NodeRef!,$after:String","selection":"notes(on:$on first:50 after:$after){totalCount pageInfo{hasNextPage endCursor}edges{node{id text by at}}}","fragments":"","hasPast":false};

export const SaveNoteDocument: Operation<SaveNoteMutation, SaveNoteMutationVariables> = {"kind":"mutation","name":"SaveNote","variables":"$input:SaveNoteInput!","selection":"saveNote(input:$input){note{id}userErrors{code message}}","fragments":"","hasPast":false};

export const DeleteNoteDocument: Operation<DeleteNoteMutation, DeleteNoteMutationVariables> = {"kind":"mutation","name":"DeleteNote","variables":"$id:ID!","selection":"deleteNote(input:{id:$id}){deletedId userErrors{code message}}","fragments":"","hasPast":false};
