import type { Operation } from '../../graphql/operation.ts';
import type { SearchQuery, SearchQueryVariables } from '../types.ts';

export const SearchDocument: Operation<SearchQuery, SearchQueryVariables> = {"kind":"query","name":"Search","variables":"$text:String!,$kinds:[FoundKind!],$first:Int!","selection":"search(text:$text kinds:$kinds first:$first){matched found{__typename ...on Organization{id name roles aliases}...on Artifact{id name type owner{id name}}...on Incident{id name state}}}","fragments":"","hasPast":true};
