import type { Operation } from '../../graphql/operation.ts';
import type { DeleteEndpointMutation, DeleteEndpointMutationVariables, EndpointsQuery, EndpointsQueryVariables, ReplayEventMutation, ReplayEventMutationVariables, RotateEndpointSecretMutation, RotateEndpointSecretMutationVariables, SaveEndpointMutation, SaveEndpointMutationVariables, TestEndpointMutation, TestEndpointMutationVariables } from '../types.ts';

export const EndpointsDocument: Operation<EndpointsQuery, EndpointsQueryVariables> = {"kind":"query","name":"Endpoints","variables":"","selection":"endpoints{...EndpointLine}","fragments":"fragment EndpointLine on Endpoint{id url format detail state createdAt deliveries(first:10){event attempt at status error nextAt}}","hasPast":true};

export const SaveEndpointDocument: Operation<SaveEndpointMutation, SaveEndpointMutationVariables> = {"kind":"mutation","name":"SaveEndpoint","variables":"$input:SaveEndpointInput!","selection":"saveEndpoint(input:$input){endpoint{id url}secret userErrors{...UserErrorLine}}","fragments":"fragment UserErrorLine on UserError{code message path}","hasPast":false};

export const RotateEndpointSecretDocument: Operation<RotateEndpointSecretMutation, RotateEndpointSecretMutationVariables> = {"kind":"mutation","name":"RotateEndpointSecret","variables":"$id:ID!","selection":"rotateEndpointSecret(input:{id:$id}){endpoint{id url}secret userErrors{...UserErrorLine}}","fragments":"fragment UserErrorLine on UserError{code message path}","hasPast":false};

export const TestEndpointDocument: Operation<TestEndpointMutation, TestEndpointMutationVariables> = {"kind":"mutation","name":"TestEndpoint","variables":"$id:ID!","selection":"testEndpoint(input:{id:$id}){delivery{status error}userErrors{...UserErrorLine}}","fragments":"fragment UserErrorLine on UserError{code message path}","hasPast":false};

export const ReplayEventDocument: Operation<ReplayEventMutation, ReplayEventMutationVariables> = {"kind":"mutation","name":"ReplayEvent","variables":"$event:ID!,$endpoint:ID!","selection":"replayEvent(input:{event:$event endpoint:$endpoint}){delivery{nextAt}userErrors{...UserErrorLine}}","fragments":"fragment UserErrorLine on UserError{code message path}","hasPast":false};

export const DeleteEndpointDocument: Operation<DeleteEndpointMutation, DeleteEndpointMutationVariables> = {"kind":"mutation","name":"DeleteEndpoint","variables":"$id:ID!","selection":"deleteEndpoint(input:{id:$id}){deletedId userErrors{...UserErrorLine}}","fragments":"fragment UserErrorLine on UserError{code message path}","hasPast":false};
