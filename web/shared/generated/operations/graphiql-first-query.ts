import type { Operation } from '../../graphql/operation.ts';
import type { FirstLookQuery, FirstLookQueryVariables } from '../types.ts';

export const FirstLookDocument: Operation<FirstLookQuery, FirstLookQueryVariables> = {"kind":"query","name":"FirstLook","variables":"","selection":"revision about{currentAt}organizations(first:5 roles:[VENDOR]){totalCount edges{node{id name country}}}","fragments":"","hasPast":true};
