import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import { getNamedType, getNullableType, isLeafType, isListType } from 'graphql';
import type { Right } from '../../auth/rights.ts';
import { checkRight, mutationRights, queryRights } from '../../auth/rights.ts';
import type { Context } from '../context.ts';
import { audited, noteSensitiveRead } from '../context.ts';
import type { MutationResolvers, QueryResolvers, Resolvers } from '../generated/resolvers.ts';
import { giveWay } from '../page.ts';
import { About, aboutQueries, asKnownAtQueries, auditQueries } from './about.ts';

import { GraphLink, GraphNode, neighborhoodQueries, pathQueries, searchQueries } from './explore.ts';

import {
  Access,
  Artifact,
  accessQueries,
  artifactQueries,
  Control,
  Copy,
  controlQueries,
  copyQueries,
  Engagement,
  engagementQueries,
  Provenance,
  Reveals,
  Transfer,
  transferQueries,
} from './facts.ts';

import { FactChange, historyQueries, mergeMutations, mergeQueries } from './history.ts';
import { FileMapping, Import, importMutations, importQueries } from './import.ts';
import {
  Assessment,
  Incident,
  incidentLogMutations,
  incidentMutations,
  incidentNotices,
  incidentPlan,
  incidentQueries,
  Notice,
  NoticeGroup,
  NotificationPack,
  noticeMutations,
  notificationPackQueries,
  PlanStep,
  planMutations,
  Scope,
} from './incidents.ts';
import { Organization, organizationQueries } from './organization.ts';
import {
  Action,
  AffectedLab,
  BlastRadius,
  blastRadiusQueries,
  Dependent,
  ExposedArtifact,
  IntegrityRadius,
  LabSimulation,
  RadiusSubgraph,
  ReachedOrganization,
  SpreadStep,
  TaintedHolding,
  WayIn,
} from './radius.ts';
import {
  ArtifactExposure,
  acceptFindingMutations,
  artifactExposureQueries,
  ControlGap,
  concentrationQueries,
  controlGapQueries,
  ExposingOrganization,
  Exposure,
  Finding,
  findingQueries,
  HolderShare,
  LabConcentration,
  LabSafeguards,
  labSafeguardQueries,
  MissingControl,
  RankedOrganization,
  rankingQueries,
  SharedHolder,
  sharedHolderQueries,
} from './rankings.ts';
import { Note, noteMutations, noteQueries, View, viewMutations, viewQueries } from './records.ts';
import { Advisory, SoftwareList, softwareMutations, softwareQueries } from './software.ts';
import { IncidentProposal, incidentProposal, SavedMatch, SavedProposal, SoftwareMatch, softwareMatchQueries } from './software-matches.ts';
import { Endpoint, endpointMutations, endpointQueries, Watch, WatchEvent, WatchItem, watchMutations, watchQueries } from './watches.ts';
import { bestCutQueries, compareRadiusQueries, RadiusChange, RadiusComparison, WhatIf, whatIfQueries } from './what-if.ts';
import { factMutations } from './write-facts.ts';

type Resolver = GraphQLFieldResolver<unknown, Context>;
type Path = GraphQLResolveInfo['path'];

/** Fails to compile where a field of the schema has no right. */
const rootRights: {
  readonly Query: Readonly<Record<keyof QueryResolvers, Right>>;
  readonly Mutation: Readonly<Record<keyof MutationResolvers, Right>>;
} = { Query: queryRights, Mutation: mutationRights };

/**
 * Wraps every resolver. The wrapper checks the right to a root field and the time limit, and writes changes and refusals to the audit trail. It
 * waits for the request's turn and passes the context of the right instant. So no resolver checks the sender or the clock itself.
 *
 * A field that only reads a column runs in the turn of its object. A long list yields between two objects.
 */
export function guardResolvers<R extends object>(resolvers: R): R {
  const guarded = Object.entries(resolvers).map(([type, fields]) => [
    type,
    Object.fromEntries(
      Object.entries(fields as Record<string, unknown>).map(([field, resolver]) => [
        field,
        typeof resolver === 'function' && !field.startsWith('__') ? guard(resolver as Resolver, type, field) : resolver,
      ]),
    ),
  ]);
  return Object.fromEntries(guarded) as R;
}

function guard(resolver: Resolver, type: string, field: string): Resolver {
  const isRoot = type === 'Query' || type === 'Mutation';
  const right = isRoot ? (rootRights[type] as Readonly<Record<string, Right>>)[field] : undefined;
  let isLight: boolean | undefined;
  return (parent, args, context, info) => {
    if (isRoot) checkAndRecord(context, right, field);
    if (type === 'Artifact') noteSensitiveRead(parent, context);
    const answering = context.hasPast ? contextAt(context, info.path) : context;
    isLight ??= !isRoot && readsColumns(info);
    try {
      if (isLight) return resolver(parent, args, answering, info);
      const answer = () => answering.turn(() => giveWayWhenKnown(resolver(parent, args, answering, info), answering));
      return type === 'Mutation' ? audited(context, field, args, answer) : answer();
    } catch (error) {
      // graphql-js drops the promises of a list where a later item throws at once. One of them that rejects would end the process.
      return Promise.reject(error);
    }
  };
}

/** Records of facts, which are only an index into their columns. */
const recordTypes = new Set(['Organization', 'Artifact', 'Transfer', 'Access', 'Engagement', 'Reveals', 'Control', 'Copy']);

/** Whether a field only reads columns: it has no arguments, and gives values or one record. */
function readsColumns({ parentType, fieldName, returnType }: GraphQLResolveInfo): boolean {
  const hasArguments = (parentType.getFields()[fieldName]?.args.length ?? 0) > 0;
  const type = getNullableType(returnType);
  return !hasArguments && (isLeafType(getNamedType(type)) || (!isListType(type) && recordTypes.has(getNamedType(type).name)));
}

function giveWayWhenKnown(value: unknown, context: Context): unknown {
  return value instanceof Promise ? value.then((known) => giveWay(known, context)) : giveWay(value, context);
}

/** Throws FORBIDDEN, which is recorded. */
function checkAndRecord(context: Context, right: Right | undefined, field: string): void {
  try {
    checkRight(context.identity, right, field);
  } catch (error) {
    context.audit(field, null, 'FORBIDDEN');
    throw error;
  }
}

/** The context of the past under `asKnownAt`, otherwise the request's own. Only `asKnownAt` has fields of Query below the root. */
function contextAt(context: Context, path: Path): Context {
  let below: Path | undefined;
  let root = path;
  while (root.prev !== undefined) {
    below = root;
    root = root.prev;
  }
  return below?.typename === 'Query' ? context.past(String(root.key)) : context;
}

/** The resolvers of all fields that are more than a property of their parent. */
export const resolvers: Resolvers = guardResolvers<Resolvers>({
  About,
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
    ...watchQueries,
    ...endpointQueries,
    ...softwareQueries,
    ...softwareMatchQueries,
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
    ...watchMutations,
    ...endpointMutations,
    ...softwareMutations,
  },
  Organization,
  Artifact,
  Transfer,
  Access,
  Engagement,
  Reveals,
  Control,
  Provenance,
  SoftwareList,
  IncidentProposal,
  SavedProposal,
  SavedMatch,
  SoftwareMatch,
  Advisory,
  Copy,
  BlastRadius,
  RadiusSubgraph,
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
  Incident: { ...Incident, ...incidentNotices, ...incidentPlan, ...incidentProposal },
  Scope,
  Assessment,
  Notice,
  NoticeGroup,
  PlanStep,
  NotificationPack,
  Note,
  View,
  Watch,
  WatchEvent,
  WatchItem,
  Endpoint,
  Import,
  FileMapping,
  FactChange,
  GraphNode,
  GraphLink,
  Fact: { __resolveType: ({ type }) => type },
  Found: { __resolveType: ({ type }) => type ?? 'View' },
});
