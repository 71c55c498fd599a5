import type { Operation } from '../../graphql/operation.ts';
import type { MergesInForceQuery, MergesInForceQueryVariables } from '../types.ts';

export const MergesInForceDocument: Operation<MergesInForceQuery, MergesInForceQueryVariables> = {"kind":"query","name":"MergesInForce","variables":"$after:String","selection":"merges(first:500 after:$after){pageInfo{hasNextPage endCursor}edges{node{id into{id}}}}","fragments":"","hasPast":true};
