import type { Operation } from '../../graphql/operation.ts';
import type { StandInQuery, StandInQueryVariables } from '../types.ts';

export const StandInDocument: Operation<StandInQuery, StandInQueryVariables> = {"kind":"query","name":"StandIn","variables":"$id:ID!","selection":"organization(id:$id){id}artifact(id:$id){id}","fragments":"","hasPast":true};
