import type { Operation } from '../../graphql/operation.ts';
import type { DiscoveryQuery, DiscoveryQueryVariables } from '../types.ts';

export const DiscoveryDocument: Operation<DiscoveryQuery, DiscoveryQueryVariables> = {"kind":"query","name":"Discovery","variables":"$id:ID!","selection":"incident(id:$id){id discoveredAt}","fragments":"","hasPast":true};
