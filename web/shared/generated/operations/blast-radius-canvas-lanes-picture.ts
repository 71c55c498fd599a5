import type { Operation } from '../../graphql/operation.ts';
import type { HolderPartnersQuery, HolderPartnersQueryVariables, RadiusCountriesQuery, RadiusCountriesQueryVariables } from '../types.ts';

export const HolderPartnersDocument: Operation<HolderPartnersQuery, HolderPartnersQueryVariables> = {"kind":"query","name":"HolderPartners","variables":"$of:[NodeRef!]!,$input:BlastRadiusInput!","selection":"neighborhood(of:$of kinds:[TRANSFER]maxNodes:2000){omittedCount nodes{key organization{...RadiusOrganization}}links{source target count}}blastRadius(input:$input){revision notifiers(first:500){edges{node{id}}}}","fragments":"fragment RadiusOrganization on Organization{id name roles}","hasPast":true};

export const RadiusCountriesDocument: Operation<RadiusCountriesQuery, RadiusCountriesQueryVariables> = {"kind":"query","name":"RadiusCountries","variables":"$input:BlastRadiusInput!","selection":"blastRadius(input:$input){revision reached(first:500){edges{node{organization{id country}}}}}","fragments":"","hasPast":true};
