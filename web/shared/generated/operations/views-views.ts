import type { Operation } from '../../graphql/operation.ts';
import type { DeleteViewMutation, DeleteViewMutationVariables, SaveViewMutation, SaveViewMutationVariables, SavedViewQuery, SavedViewQueryVariables, ViewsQuery, ViewsQueryVariables } from '../types.ts';

export const ViewsDocument: Operation<ViewsQuery, ViewsQueryVariables> = {"kind":"query","name":"Views","variables":"","selection":"views{id name url by at note}","fragments":"","hasPast":false};

export const SavedViewDocument: Operation<SavedViewQuery, SavedViewQueryVariables> = {"kind":"query","name":"SavedView","variables":"$id:ID!","selection":"view(id:$id){id name url}","fragments":"","hasPast":false};

export const SaveViewDocument: Operation<SaveViewMutation, SaveViewMutationVariables> = {"kind":"mutation","name":"SaveView","variables":"$input:SaveViewInput!","selection":"saveView(input:$input){view{id}userErrors{code message}}","fragments":"","hasPast":false};

export const DeleteViewDocument: Operation<DeleteViewMutation, DeleteViewMutationVariables> = {"kind":"mutation","name":"DeleteView","variables":"$id:ID!","selection":"deleteView(input:{id:$id}){deletedId userErrors{code message}}","fragments":"","hasPast":false};
