import type { Resolvers } from './generated/resolvers.ts';
import { guardResolvers } from './guard-resolvers.ts';
import { aboutQueries } from './resolvers/about.ts';
import { asKnownAtQueries } from './resolvers/as-known-at.ts';
import { auditQueries } from './resolvers/audit.ts';
import { GraphLink, GraphNode, neighborhoodQueries } from './resolvers/explore/graph.ts';
import { pathQueries } from './resolvers/explore/paths.ts';
import { searchQueries } from './resolvers/explore/search.ts';
import { Access, accessQueries } from './resolvers/facts/access.ts';
import { Artifact, artifactQueries } from './resolvers/facts/artifact.ts';
import { Control, controlQueries } from './resolvers/facts/control.ts';
import { Copy, copyQueries } from './resolvers/facts/copy.ts';
import { Engagement, engagementQueries } from './resolvers/facts/engagement.ts';
import { FactChange, historyQueries } from './resolvers/facts/history.ts';
import { mergeMutations, mergeQueries } from './resolvers/facts/merge.ts';
import { Organization, organizationQueries } from './resolvers/facts/organization.ts';
import { Provenance } from './resolvers/facts/provenance.ts';
import { Reveals } from './resolvers/facts/reveals.ts';
import { Transfer, transferQueries } from './resolvers/facts/transfer.ts';
import { factMutations } from './resolvers/facts/write-facts.ts';
import { FileMapping, Import, importMutations, importQueries } from './resolvers/import.ts';
import { Assessment, Incident, incidentQueries, Scope } from './resolvers/incidents/incident.ts';
import { incidentLogMutations } from './resolvers/incidents/incident-log.ts';
import { incidentNotices, Notice, noticeMutations } from './resolvers/incidents/notices.ts';
import { NotificationPack, notificationPackQueries } from './resolvers/incidents/notification-pack.ts';
import { incidentPlan, PlanStep, planMutations } from './resolvers/incidents/plan.ts';
import { incidentMutations } from './resolvers/incidents/save-incident.ts';
import { Action } from './resolvers/radius/action.ts';
import { bestCutQueries } from './resolvers/radius/best-cuts.ts';
import { BlastRadius, blastRadiusQueries } from './resolvers/radius/blast-radius.ts';
import { compareRadiusQueries, RadiusComparison } from './resolvers/radius/compare-radius.ts';
import {
  AffectedLab,
  Dependent,
  ExposedArtifact,
  IntegrityRadius,
  ReachedOrganization,
  SpreadStep,
  TaintedHolding,
  WayIn,
} from './resolvers/radius/radius-rows.ts';
import { LabSimulation } from './resolvers/radius/simulation.ts';
import { RadiusChange, WhatIf, whatIfQueries } from './resolvers/radius/what-if.ts';
import { acceptFindingMutations } from './resolvers/rankings/accept-finding.ts';
import { ArtifactExposure, artifactExposureQueries, ExposingOrganization, Exposure } from './resolvers/rankings/artifact-exposures.ts';
import { concentrationQueries, HolderShare, LabConcentration } from './resolvers/rankings/concentration.ts';
import { ControlGap, controlGapQueries, MissingControl } from './resolvers/rankings/control-gaps.ts';
import { Finding, findingQueries } from './resolvers/rankings/findings.ts';
import { LabSafeguards, labSafeguardQueries } from './resolvers/rankings/lab-safeguards.ts';
import { RankedOrganization, rankingQueries } from './resolvers/rankings/ranking.ts';
import { SharedHolder, sharedHolderQueries } from './resolvers/rankings/shared-holders.ts';
import { Note, noteMutations, noteQueries } from './resolvers/records/notes.ts';
import { View, viewMutations, viewQueries } from './resolvers/records/views.ts';

/** The resolvers of all fields that are more than a property of their parent. */
export const resolvers: Resolvers = guardResolvers<Resolvers>({
  Query: {
    ...aboutQueries,
    ...asKnownAtQueries,
    ...auditQueries,
    ...organizationQueries,
    ...mergeQueries,
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
    ...labSafeguardQueries,
    ...sharedHolderQueries,
    ...controlGapQueries,
    ...findingQueries,
    ...whatIfQueries,
    ...bestCutQueries,
    ...compareRadiusQueries,
    ...incidentQueries,
    ...notificationPackQueries,
    ...importQueries,
    ...noteQueries,
    ...viewQueries,
  },
  Mutation: {
    ...factMutations,
    ...mergeMutations,
    ...acceptFindingMutations,
    ...incidentMutations,
    ...incidentLogMutations,
    ...noticeMutations,
    ...planMutations,
    ...importMutations,
    ...noteMutations,
    ...viewMutations,
  },
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
  LabSafeguards,
  SharedHolder,
  ControlGap,
  MissingControl,
  Finding,
  LabSimulation,
  WhatIf,
  RadiusChange,
  RadiusComparison,
  Action,
  Incident: { ...Incident, ...incidentNotices, ...incidentPlan },
  Scope,
  Assessment,
  Notice,
  PlanStep,
  NotificationPack,
  Note,
  View,
  Import,
  FileMapping,
  FactChange,
  GraphNode,
  GraphLink,
  Fact: { __resolveType: ({ type }) => type },
  Found: { __resolveType: ({ type }) => type },
});
