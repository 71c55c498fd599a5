import type { Operation } from '../../graphql/operation.ts';
import type { BeginningQuery, BeginningQueryVariables, IncidentsQuery, IncidentsQueryVariables, OriginNamesQuery, OriginNamesQueryVariables, SaveIncidentMutation, SaveIncidentMutationVariables, SavedIncidentQuery, SavedIncidentQueryVariables, SavedVersionQuery, SavedVersionQueryVariables } from '../types.ts';

export const IncidentsDocument: Operation<IncidentsQuery, IncidentsQueryVariables> = {"kind":"query","name":"Incidents","variables":"","selection":"incidents(first:50){totalCount edges{node{...IncidentLine}}}","fragments":"fragment IncidentLine on Incident{id version name state origins{id name}suspectedOrigins{organization{id name}likelihood}hasCore core{from to}widest{from to}updatedAt}","hasPast":true};

export const SaveIncidentDocument: Operation<SaveIncidentMutation, SaveIncidentMutationVariables> = {"kind":"mutation","name":"SaveIncident","variables":"$input:SaveIncidentInput!","selection":"saveIncident(input:$input){incident{...IncidentLine}userErrors{code message path}}","fragments":"fragment IncidentLine on Incident{id version name state origins{id name}suspectedOrigins{organization{id name}likelihood}hasCore core{from to}widest{from to}updatedAt}","hasPast":false};

export const BeginningDocument: Operation<BeginningQuery, BeginningQueryVariables> = {"kind":"query","name":"Beginning","variables":"","selection":"counts{organizations}","fragments":"","hasPast":true};

export const OriginNamesDocument: Operation<OriginNamesQuery, OriginNamesQueryVariables> = {"kind":"query","name":"OriginNames","variables":"$first:ID!,$second:ID!,$third:ID!","selection":"first:organization(id:$first){id name}second:organization(id:$second){id name}third:organization(id:$third){id name}","fragments":"","hasPast":true};

export const SavedIncidentDocument: Operation<SavedIncidentQuery, SavedIncidentQueryVariables> = {"kind":"query","name":"SavedIncident","variables":"$id:ID!","selection":"incident(id:$id){...SavedIncident}","fragments":"fragment SavedIncident on Incident{...IncidentLine discoveredAt maxHops transferLikelihood minDegree scope{origin{id}}scenario{...ScenarioAction}}fragment IncidentLine on Incident{id version name state origins{id name}suspectedOrigins{organization{id name}likelihood}hasCore core{from to}widest{from to}updatedAt}fragment ScenarioAction on Action{kind organization{id name}access{id kind grantee{id name}grantor{id name}}owner{id name}at}","hasPast":true};

export const SavedVersionDocument: Operation<SavedVersionQuery, SavedVersionQueryVariables> = {"kind":"query","name":"SavedVersion","variables":"$id:ID!","selection":"incident(id:$id){version}","fragments":"","hasPast":true};
