import type { Operation } from '../../graphql/operation.ts';
import type { PulseQuery, PulseQueryVariables } from '../types.ts';

export const PulseDocument: Operation<PulseQuery, PulseQueryVariables> = {"kind":"query","name":"Pulse","variables":"","selection":"revision about{currentAt}","fragments":"","hasPast":false};
