import type { Operation } from '../../graphql/operation.ts';
import type { HiddenByMergeQuery, HiddenByMergeQueryVariables, MergeHistoryQuery, MergeHistoryQueryVariables, MergeOrganizationQuery, MergeOrganizationQueryVariables, MergeOrganizationsMutation, MergeOrganizationsMutationVariables, MergesQuery, MergesQueryVariables, UnmergeOrganizationsMutation, UnmergeOrganizationsMutationVariables } from '../types.ts';

export const MergeOrganizationDocument: Operation<MergeOrganizationQuery, MergeOrganizationQueryVariables> = {"kind":"query","name":"MergeOrganization","variables":"$id:ID!","selection":"organization(id:$id){...MergeChoice}","fragments":"fragment MergeChoice on Organization{id name roles aliases clients(first:0){totalCount}providers(first:0){totalCount}}","hasPast":true};

export const HiddenByMergeDocument: Operation<HiddenByMergeQuery, HiddenByMergeQueryVariables> = {"kind":"query","name":"HiddenByMerge","variables":"$organization:ID!,$into:ID!","selection":"hiddenByMerge(organization:$organization into:$into first:50){totalCount edges{node{...FactName}}}","fragments":"fragment FactName on Fact{__typename ...on Organization{id name}...on Artifact{id name}...on Engagement{id service client{name}provider{name}}...on Transfer{id artifact{name}sender{name}recipient{name}}...on Access{id grantee{name}grantor{name}}...on Control{control organization{name}}...on Reveals{artifact{name}}}","hasPast":true};

export const MergesDocument: Operation<MergesQuery, MergesQueryVariables> = {"kind":"query","name":"Merges","variables":"$into:ID,$after:String","selection":"merges(into:$into first:50 after:$after){totalCount pageInfo{hasNextPage endCursor}edges{node{id name into{id name}at by}}}","fragments":"","hasPast":true};

export const MergeHistoryDocument: Operation<MergeHistoryQuery, MergeHistoryQueryVariables> = {"kind":"query","name":"MergeHistory","variables":"$id:ID!","selection":"history(of:{organization:$id}first:50){totalCount edges{node{kind revision at by fields{field before after}}}}","fragments":"","hasPast":true};

export const MergeOrganizationsDocument: Operation<MergeOrganizationsMutation, MergeOrganizationsMutationVariables> = {"kind":"mutation","name":"MergeOrganizations","variables":"$input:MergeOrganizationsInput!","selection":"mergeOrganizations(input:$input){revision userErrors{code message}}","fragments":"","hasPast":false};

export const UnmergeOrganizationsDocument: Operation<UnmergeOrganizationsMutation, UnmergeOrganizationsMutationVariables> = {"kind":"mutation","name":"UnmergeOrganizations","variables":"$input:UnmergeOrganizationsInput!","selection":"unmergeOrganizations(input:$input){revision userErrors{code message}}","fragments":"","hasPast":false};
