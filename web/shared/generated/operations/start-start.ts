import type { Operation } from '../../graphql/operation.ts';
import type { FirstIncidentQuery, FirstIncidentQueryVariables, FirstRadiusQuery, FirstRadiusQueryVariables, IncidentTotalsQuery, IncidentTotalsQueryVariables, RiskiestQuery, RiskiestQueryVariables, StartPageQuery, StartPageQueryVariables } from '../types.ts';

export const StartPageDocument: Operation<StartPageQuery, StartPageQueryVariables> = {"kind":"query","name":"StartPage","variables":"","selection":"about{isDemo}counts{organizations artifacts transfers}incidents(first:5){totalCount edges{node{id name state updatedAt origins{id name}}}}","fragments":"","hasPast":true};

export const IncidentTotalsDocument: Operation<IncidentTotalsQuery, IncidentTotalsQueryVariables> = {"kind":"query","name":"IncidentTotals","variables":"$incident:ID!","selection":"blastRadius(input:{incident:$incident}){summary{exposedCount possibleCount affectedLabCount worstCaseLossUsd}}","fragments":"","hasPast":true};

export const RiskiestDocument: Operation<RiskiestQuery, RiskiestQueryVariables> = {"kind":"query","name":"Riskiest","variables":"$orderBy:RankingOrder!","selection":"ranking(orderBy:$orderBy first:5){totalCount edges{node{exposedCount possibleCount labCount dependentCount weightedLossUsd organization{id name roles}}}}","fragments":"","hasPast":true};

export const FirstRadiusDocument: Operation<FirstRadiusQuery, FirstRadiusQueryVariables> = {"kind":"query","name":"FirstRadius","variables":"$incident:ID!","selection":"incident(id:$incident){id origins{id name}blastRadius{summary{exposedCount possibleCount containedCount affectedLabCount}}}","fragments":"","hasPast":true};

export const FirstIncidentDocument: Operation<FirstIncidentQuery, FirstIncidentQueryVariables> = {"kind":"query","name":"FirstIncident","variables":"","selection":"incidents(first:5){edges{node{id blastRadius{summary{exposedCount}}}}}","fragments":"","hasPast":true};
