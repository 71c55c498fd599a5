import type { Operation } from '../../graphql/operation.ts';
import type { LossDoubtsQuery, LossDoubtsQueryVariables, LossQuery, LossQueryVariables } from '../types.ts';

export const LossDocument: Operation<LossQuery, LossQueryVariables> = {"kind":"query","name":"Loss","variables":"$input:BlastRadiusInput!,$runs:Int!","selection":"blastRadius(input:$input){summary{blindSpotCount worstCaseLossUsd weightedLossUsd}simulation(runs:$runs){runs meanUsd standardErrorUsd p5Usd p50Usd p95Usd exceedance{lossUsd probability}labs{lab{id name}meanUsd p5Usd p95Usd}}}","fragments":"","hasPast":true};

export const LossDoubtsDocument: Operation<LossDoubtsQuery, LossDoubtsQueryVariables> = {"kind":"query","name":"LossDoubts","variables":"$input:BlastRadiusInput!,$after:String","selection":"blastRadius(input:$input){findings(first:20 after:$after){totalCount pageInfo{...NextPage}edges{node{id kind message}}}}","fragments":"fragment NextPage on PageInfo{hasNextPage endCursor}","hasPast":true};
