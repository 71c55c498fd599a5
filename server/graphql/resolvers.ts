import { answerAsKnown } from './answer-as-known.ts';
import type { Resolvers } from './generated/resolvers.ts';
import { aboutQueries } from './resolvers/about.ts';
import { acceptFindingMutations } from './resolvers/accept-finding.ts';
import { Access, accessQueries } from './resolvers/access.ts';
import { Action } from './resolvers/action.ts';
import { Artifact, artifactQueries } from './resolvers/artifact.ts';
import { ArtifactExposure, artifactExposureQueries, ExposingOrganization, Exposure } from './resolvers/artifact-exposures.ts';
import { asKnownAtQueries } from './resolvers/as-known-at.ts';
import { bestCutQueries } from './resolvers/best-cuts.ts';
import { BlastRadius, blastRadiusQueries } from './resolvers/blast-radius.ts';
import { compareRadiusQueries, RadiusComparison } from './resolvers/compare-radius.ts';
import { concentrationQueries, HolderShare, LabConcentration } from './resolvers/concentration.ts';
import { Control, controlQueries } from './resolvers/control.ts';
import { ControlGap, controlGapQueries, MissingControl } from './resolvers/control-gaps.ts';
import { Copy, copyQueries } from './resolvers/copy.ts';
import { Engagement, engagementQueries } from './resolvers/engagement.ts';
import { Finding, findingQueries } from './resolvers/findings.ts';
import { GraphLink, GraphNode, neighborhoodQueries } from './resolvers/graph.ts';
import { FactChange, historyQueries } from './resolvers/history.ts';
import { Import, importMutations, importQueries } from './resolvers/import.ts';
import { Incident, incidentQueries, Scope } from './resolvers/incident.ts';
import { Organization, organizationQueries } from './resolvers/organization.ts';
import { pathQueries } from './resolvers/paths.ts';
import { Provenance } from './resolvers/provenance.ts';
import {
  AffectedLab,
  Dependent,
  ExposedArtifact,
  IntegrityRadius,
  ReachedOrganization,
  SpreadStep,
  TaintedHolding,
  WayIn,
} from './resolvers/radius-rows.ts';
import { RankedOrganization, rankingQueries } from './resolvers/ranking.ts';
import { Reveals } from './resolvers/reveals.ts';
import { incidentMutations } from './resolvers/save-incident.ts';
import { searchQueries } from './resolvers/search.ts';
import { SharedHolder, sharedHolderQueries } from './resolvers/shared-holders.ts';
import { LabSimulation } from './resolvers/simulation.ts';
import { Transfer, transferQueries } from './resolvers/transfer.ts';
import { RadiusChange, WhatIf, whatIfQueries } from './resolvers/what-if.ts';
import { factMutations } from './resolvers/write-facts.ts';

/** Every field of the schema that is not simply a property of its parent. */
export const resolvers: Resolvers = answerAsKnown<Resolvers>({
  Query: {
    ...aboutQueries,
    ...asKnownAtQueries,
    ...organizationQueries,
    ...artifactQueries,
    ...transferQueries,
    ...accessQueries,
    ...engagementQueries,
    ...controlQueries,
    ...copyQueries,
    ...historyQueries,
    ...searchQueries,
    ...neighborhoodQueries,
    ...pathQueries,
    ...blastRadiusQueries,
    ...rankingQueries,
    ...artifactExposureQueries,
    ...concentrationQueries,
    ...sharedHolderQueries,
    ...controlGapQueries,
    ...findingQueries,
    ...whatIfQueries,
    ...bestCutQueries,
    ...compareRadiusQueries,
    ...incidentQueries,
    ...importQueries,
  },
  Mutation: { ...factMutations, ...acceptFindingMutations, ...incidentMutations, ...importMutations },
  Organization,
  Artifact,
  Transfer,
  Access,
  Engagement,
  Reveals,
  Control,
  Provenance,
  Copy,
  BlastRadius,
  ReachedOrganization,
  SpreadStep,
  ExposedArtifact,
  WayIn,
  AffectedLab,
  Dependent,
  IntegrityRadius,
  TaintedHolding,
  RankedOrganization,
  Exposure,
  ArtifactExposure,
  ExposingOrganization,
  LabConcentration,
  HolderShare,
  SharedHolder,
  ControlGap,
  MissingControl,
  Finding,
  LabSimulation,
  WhatIf,
  RadiusChange,
  RadiusComparison,
  Action,
  Incident,
  Scope,
  Import,
  FactChange,
  GraphNode,
  GraphLink,
  Fact: { __resolveType: ({ type }) => type },
  Found: { __resolveType: ({ type }) => type },
});
