import type { Operation } from '../../graphql/operation.ts';
import type { FactHistoryQuery, FactHistoryQueryVariables } from '../types.ts';

export const FactHistoryDocument: Operation<FactHistoryQuery, FactHistoryQueryVariables> = {"kind":"query","name":"FactHistory","variables":"$of:FactRef!,$after:String","selection":"history(of:$of first:50 after:$after){totalCount pageInfo{...NextPage}edges{node{...ChangeOfFact}}}","fragments":"fragment NextPage on PageInfo{hasNextPage endCursor}fragment ChangeOfFact on FactChange{kind factKind factId name file line source fields{field before after beforeName afterName}revision at by import{id source}}","hasPast":true};
