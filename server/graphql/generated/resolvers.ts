import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { AboutModel, OrganizationModel, ArtifactModel, TransferModel, AccessModel, EngagementModel, RevealsModel, ControlModel, ProvenanceModel, SoftwareListModel, AdvisoryModel, SoftwareMatchModel, IncidentProposalModel, SavedProposalModel, SavedMatchModel, CopyModel, RadiusModel, RadiusSubgraphModel, ReachedModel, SpreadStepModel, ExposedArtifactModel, WayModel, AffectedLabModel, DependentModel, IntegrityModel, TaintedModel, LabSimulationModel, ActionModel, WhatIfModel, RadiusComparisonModel, RadiusChangeModel, IncidentModel, ScopeModel, AssessmentModel, NoticeModel, NoticeGroupModel, PlanStepModel, NotificationPackModel, NoteModel, ViewModel, WatchModel, WatchEventModel, WatchItemModel, EndpointModel, FoundValueModel, ImportModel, FileMappingModel, FactChangeModel, RankedModel, ExposureModel, ArtifactExposureModel, ExposingModel, LabConcentrationModel, HolderShareModel, LabSafeguardsModel, SharedHolderModel, ControlGapModel, MissingControlModel, FindingModel, GraphNodeModel, GraphLinkModel } from '../models.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant in UTC, RFC 3339, such as 2026-03-24T08:30:00Z. */
  DateTime: { input: number; output: number; }
};

export type About = {
  /** When the facts were last seen to be current; before now only while the store cannot be reached. */
  currentAt: Scalars['DateTime']['output'];
  /** Whether the store holds the demo world. */
  isDemo: Scalars['Boolean']['output'];
  /** Open findings now. Null where counting them would read all facts: with EXPOSURE_PROJECTION=local, unless a current result is attached. */
  openFindings: Maybe<Scalars['Int']['output']>;
  policy: Array<PolicyRow>;
  /** sqlite or neo4j. */
  store: Scalars['String']['output'];
  version: Scalars['String']['output'];
};

export type AcceptFindingInput = {
  finding: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type AcceptFindingPayload = {
  finding: Maybe<Finding>;
  userErrors: Array<UserError>;
};

export type Acceptance = {
  at: Scalars['DateTime']['output'];
  by: Scalars['String']['output'];
  reason: Scalars['String']['output'];
  until: Maybe<Scalars['DateTime']['output']>;
};

/** The grantee can act inside the grantor's systems, or the grantor runs the grantee's software: compromise passes from grantee to grantor. */
export type Access = {
  grantee: Organization;
  grantor: Organization;
  id: Scalars['ID']['output'];
  kind: AccessKind;
  likelihood: Scalars['Float']['output'];
  provenance: Provenance;
  /** Package URL of what the grantor runs of the grantee, such as pkg:pypi/litellm@1.82.7; null where it is not said. */
  software: Maybe<Scalars['String']['output']>;
  validFrom: Maybe<Scalars['DateTime']['output']>;
  validUntil: Maybe<Scalars['DateTime']['output']>;
};

export type AccessConnection = {
  edges: Array<AccessEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type AccessEdge = {
  cursor: Scalars['String']['output'];
  node: Access;
};

export type AccessInput = {
  /** Default: now. */
  assertedAt?: InputMaybe<Scalars['DateTime']['input']>;
  grantee: Scalars['ID']['input'];
  grantor: Scalars['ID']['input'];
  id: Scalars['ID']['input'];
  kind?: InputMaybe<AccessKind>;
  likelihood?: InputMaybe<Scalars['Float']['input']>;
  software?: InputMaybe<Scalars['String']['input']>;
  source?: InputMaybe<Scalars['String']['input']>;
  validFrom?: InputMaybe<Scalars['DateTime']['input']>;
  validUntil?: InputMaybe<Scalars['DateTime']['input']>;
};

export type AccessKind =
  /** The grantee has accounts or credentials in the grantor's systems. */
  | 'CREDENTIALS'
  /** The grantee works inside the grantor's network or premises. */
  | 'NETWORK'
  | 'OTHER'
  /** The grantor runs the grantee's software. */
  | 'SOFTWARE';

export type Action = {
  /** For REVOKE_ACCESS. */
  access: Maybe<Access>;
  at: Scalars['DateTime']['output'];
  kind: ActionKind;
  /** Whom it concerns; null for REVOKE_ACCESS. */
  organization: Maybe<Organization>;
  /** For RECALL and ENCRYPT of one lab's artifacts. */
  owner: Maybe<Organization>;
};

/** Exactly one. */
export type ActionInput =
  /** From then on its copies are under a key that only the owner has. */
  { encrypt: EncryptInput; recall?: never; revokeAccess?: never; revokeAllAccess?: never; suspend?: never; }
  |  /** Its copies are deleted, VERIFIED. */
  { encrypt?: never; recall: RecallInput; revokeAccess?: never; revokeAllAccess?: never; suspend?: never; }
  |  /** An access fact ends. */
  { encrypt?: never; recall?: never; revokeAccess: RevokeAccessInput; revokeAllAccess?: never; suspend?: never; }
  |  /** All access that an organization has ends. */
  { encrypt?: never; recall?: never; revokeAccess?: never; revokeAllAccess: RevokeAllAccessInput; suspend?: never; }
  |  /** Nothing is sent to or from it any more, and all access that it has ends. No copy that it holds is deleted. */
  { encrypt?: never; recall?: never; revokeAccess?: never; revokeAllAccess?: never; suspend: SuspendInput; };

export type ActionKind =
  | 'ENCRYPT'
  | 'RECALL'
  | 'REVOKE_ACCESS'
  | 'REVOKE_ALL_ACCESS'
  | 'SUSPEND';

export type AddIncidentNoteInput = {
  incident: Scalars['ID']['input'];
  text: Scalars['String']['input'];
};

export type Advisory = {
  affected: Array<AffectedPackage>;
  /** What all claims share; null: nothing, or no claim. */
  agreed: Maybe<Interval>;
  aliases: Array<Scalars['ID']['output']>;
  /** What several sources claim, by package, from, source. */
  availabilities: Array<Availability>;
  hull: Interval;
  id: Scalars['ID']['output'];
  kind: AdvisoryKind;
  /** The affected versions existed by then. Shown, never computed with. */
  knownBy: Maybe<Scalars['DateTime']['output']>;
  provenances: Array<Provenance>;
  references: Array<Scalars['String']['output']>;
  /** Plain text. */
  summary: Scalars['String']['output'];
  withdrawnAt: Maybe<Scalars['DateTime']['output']>;
};

export type AdvisoryConnection = {
  edges: Array<AdvisoryEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type AdvisoryEdge = {
  cursor: Scalars['String']['output'];
  node: Advisory;
};

export type AdvisoryKind =
  | 'MALWARE'
  | 'VULNERABILITY';

export type AffectedLab = {
  containedCount: Scalars['Int']['output'];
  exposedCount: Scalars['Int']['output'];
  lab: Organization;
  possibleCount: Scalars['Int']['output'];
  weightedLossUsd: Scalars['Float']['output'];
  worstCaseLossUsd: Scalars['Float']['output'];
};

export type AffectedLabConnection = {
  edges: Array<AffectedLabEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type AffectedLabEdge = {
  cursor: Scalars['String']['output'];
  node: AffectedLab;
};

/** `ranges` and `ignoredRanges` in vers notation. A range without bounds beside a list of versions is ignored (§13). */
export type AffectedPackage = {
  ignoredRanges: Array<Scalars['String']['output']>;
  package: Scalars['String']['output'];
  ranges: Array<Scalars['String']['output']>;
  versions: Array<Scalars['String']['output']>;
};

export type AnswerDecision =
  | 'ACCEPT'
  /** The recorded fact stays as it is. */
  | 'DECLINE';

/** A piece of a lab's methodology. */
export type Artifact = {
  /** Every copy, by rank (none last), then copy id. */
  copies: CopyConnection;
  /** The organizations whose compromise would put it in the radius (§9). Windows default to the instant of asking. */
  exposure: Maybe<Exposure>;
  /** Into how many named pieces it is divided; null where it is not. */
  fragmentCount: Maybe<Scalars['Int']['output']>;
  id: Scalars['ID']['output'];
  modelFamily: Maybe<Scalars['String']['output']>;
  name: Scalars['String']['output'];
  /** The lab that owns it. */
  owner: Organization;
  provenance: Provenance;
  /** What lets a reader learn of this one; ordered by artifact id. */
  revealedBy: RevealsConnection;
  /** What a reader of this one learns of others; ordered by artifact id. */
  reveals: RevealsConnection;
  /** 1 (public by intent) to 5 (would hand over the method). */
  sensitivity: Scalars['Int']['output'];
  type: ArtifactType;
  /** The share below which a disclosed part is of no use; 0: any piece is of use. */
  usefulPortion: Scalars['Float']['output'];
  valueHighUsd: Maybe<Scalars['Float']['output']>;
  valueLowUsd: Maybe<Scalars['Float']['output']>;
  version: Maybe<Scalars['String']['output']>;
};


/** A piece of a lab's methodology. */
export type ArtifactCopiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A piece of a lab's methodology. */
export type ArtifactExposureArgs = {
  core?: InputMaybe<WindowInput>;
  options?: InputMaybe<RadiusOptions>;
  widest?: InputMaybe<WindowInput>;
};


/** A piece of a lab's methodology. */
export type ArtifactRevealedByArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A piece of a lab's methodology. */
export type ArtifactRevealsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type ArtifactConnection = {
  edges: Array<ArtifactEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type ArtifactEdge = {
  cursor: Scalars['String']['output'];
  node: Artifact;
};

/** One row of a list of all artifacts by exposure. */
export type ArtifactExposure = {
  artifact: Artifact;
  count: Scalars['Int']['output'];
  share: Scalars['Float']['output'];
};

export type ArtifactExposureConnection = {
  batch: Maybe<BatchSource>;
  edges: Array<ArtifactExposureEdge>;
  pageInfo: PageInfo;
  /** Null: complete. */
  progress: Maybe<BackgroundWork>;
  totalCount: Scalars['Int']['output'];
};

export type ArtifactExposureEdge = {
  cursor: Scalars['String']['output'];
  node: ArtifactExposure;
};

export type ArtifactInput = {
  /** Default: now. */
  assertedAt?: InputMaybe<Scalars['DateTime']['input']>;
  fragmentCount?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
  modelFamily?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
  owner: Scalars['ID']['input'];
  sensitivity: Scalars['Int']['input'];
  source?: InputMaybe<Scalars['String']['input']>;
  type: ArtifactType;
  usefulPortion?: InputMaybe<Scalars['Float']['input']>;
  valueHighUsd?: InputMaybe<Scalars['Float']['input']>;
  valueLowUsd?: InputMaybe<Scalars['Float']['input']>;
  version?: InputMaybe<Scalars['String']['input']>;
};

export type ArtifactType =
  | 'ANNOTATION_GUIDELINES'
  | 'DATA_TAXONOMY'
  | 'EVALUATION_SUITE'
  | 'LABELED_DATASET'
  | 'MODEL_OUTPUTS'
  | 'OTHER'
  | 'PREFERENCE_SCHEME'
  | 'PROMPT_SET'
  | 'RED_TEAM_PLAYBOOK'
  | 'REWARD_MODEL_SPEC';

export type Assessment = {
  artifact: Artifact;
  at: Scalars['DateTime']['output'];
  by: Scalars['String']['output'];
  /** Where the evidence lies. */
  evidence: Maybe<Scalars['String']['output']>;
  reason: Maybe<Scalars['String']['output']>;
  state: AssessmentState;
};

export type AssessmentConnection = {
  edges: Array<AssessmentEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type AssessmentEdge = {
  cursor: Scalars['String']['output'];
  node: Assessment;
};

/** What people found out about one artifact in one incident. It never changes a tier or a figure. */
export type AssessmentState =
  | 'CONFIRMED'
  /** Shown not to have been disclosed; `reason` says how. */
  | 'NOT_DISCLOSED'
  | 'REMEDIATED'
  | 'UNDER_INVESTIGATION';

/** A column of an inventory that has no meaning here but was worth keeping: shown and searched, never computed with. */
export type Attribute = {
  name: Scalars['String']['output'];
  value: Scalars['String']['output'];
};

export type AttributeInput = {
  name: Scalars['String']['input'];
  value: Scalars['String']['input'];
};

export type AuditEntry = {
  action: Scalars['String']['output'];
  at: Scalars['DateTime']['output'];
  by: Scalars['String']['output'];
  from: Scalars['String']['output'];
  outcome: Scalars['String']['output'];
  subject: Maybe<Scalars['String']['output']>;
};

export type AuditEntryConnection = {
  edges: Array<AuditEntryEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type AuditEntryEdge = {
  cursor: Scalars['String']['output'];
  node: AuditEntry;
};

/** When affected versions could be installed, as one source says. */
export type Availability = {
  from: Maybe<Scalars['DateTime']['output']>;
  package: Scalars['String']['output'];
  source: Scalars['String']['output'];
  until: Maybe<Scalars['DateTime']['output']>;
  versions: Array<Scalars['String']['output']>;
};

export type AvailabilityInput = {
  from?: InputMaybe<Scalars['DateTime']['input']>;
  package?: InputMaybe<Scalars['String']['input']>;
  source: Scalars['String']['input'];
  until?: InputMaybe<Scalars['DateTime']['input']>;
  versions?: InputMaybe<Array<Scalars['String']['input']>>;
};

/**
 * Work that goes on in the background; asked again, it is further on. A connection whose `progress` is asked for answers within about a
 * second. While its progress is not null it has no edges, and its `totalCount` is 0. Work that nobody asks for ends after 5 seconds.
 */
export type BackgroundWork = {
  done: Scalars['Float']['output'];
  /** Null until it is known. */
  total: Maybe<Scalars['Float']['output']>;
};

export type Basis =
  /** A copy of its own has the tier. */
  | 'HELD'
  /** Only an artifact that leads to it has. */
  | 'REVEALED';

/** Where an answer over all facts was computed beforehand. */
export type BatchSource = {
  /** Revisions since then whose changes are not in the answer; 0: it is current. */
  behind: Scalars['Int']['output'];
  instant: Scalars['DateTime']['output'];
  name: Scalars['String']['output'];
  revision: Scalars['Int']['output'];
};

/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadius = {
  answeredAt: Scalars['DateTime']['output'];
  artifacts: ExposedArtifactConnection;
  /** The summary if spread ended after 0, 1, ... maxHops steps. */
  byHops: Array<RadiusSummary>;
  certainty: RadiusCertainty;
  /** Arrivals and ends of copies at reached organizations in a span, in order of time; known instants alone. */
  copyEvents: CopyEventConnection;
  core: Window;
  /** Who engages a reached organization, directly or through others (§5); by rank, then id. */
  dependents: DependentConnection;
  /** What makes this answer a lower bound or less certain than it looks (§9); by kind, then message, then id. */
  findings: FindingConnection;
  /** The artifacts that the filters leave, by holder and lab, with all of their copies; all of them where no filter is given. By hops, holder id (none last), lab id. At most 20,000. */
  flows: Array<Flow>;
  /** False: nothing is certain, and `core` equals `widest` (§13). */
  hasCore: Scalars['Boolean']['output'];
  /**
   * The holdings of reached organizations over time, in the order of `reached`, then by lab id. `byLab`: a row for each organization and lab. `owners`: copies of these labs'
   * artifacts alone. `buckets`: 10 to 500 over the known times at which copies of the rows came and were deleted and the widest window, or over `span`.
   */
  holderTimeline: Maybe<HolderTimelineConnection>;
  /** What reached organizations held at an instant, each artifact once at its strongest; by hops, likelihood, id. */
  holdingsAt: Array<HoldingAt>;
  /** What an attacker at the origins could have altered (§6). */
  integrity: Maybe<IntegrityRadius>;
  knownAt: Maybe<Scalars['DateTime']['output']>;
  /** The same sums for each lab and tier, by lab id, then the strongest tier first. Leaves out pairs without artifacts. */
  labTiers: Array<LabTier>;
  /** The affected labs (§4), by weightedLossUsd descending, then id; containedCount counts what is CONTAINED beside. */
  labs: AffectedLabConnection;
  maxHops: Scalars['Int']['output'];
  minDegree: Scalars['Float']['output'];
  /** Who on the custody chains must tell the next one up; ordered by id (§4). */
  notifiers: OrganizationConnection;
  origins: Array<Organization>;
  /** Copies of affected artifacts at organizations that were not reached: not exposed by this incident, to include in any recall; by artifact, rank (none last), copy id. */
  otherCopies: CopyConnection;
  /** Who sent a reached organization copies of artifacts in reach, and to whom it passed them on, at any time; inbound first, by count, then id. */
  partners: PartnerConnection;
  /** Origins first, then by hops, likelihood descending, id. */
  reached: ReachedConnection;
  /** The revision of the facts that answered, and when. */
  revision: Scalars['Int']['output'];
  /** Loss over simulated runs (§7); 1 to 100,000 of them. */
  simulation: Maybe<Simulation>;
  /** The part of the graph that explains the radius, for drawing; at most 2,000 nodes. `kinds`: of links; all where it is absent. */
  subgraph: Maybe<RadiusSubgraph>;
  summary: RadiusSummary;
  /** Counts, losses and volume by a key, of what the filters leave. TYPE, SENSITIVITY and WORST_CASE: each artifact once. COUNTRY (of the holder) and CHANNEL: an artifact once under each key of its own copies with a tier, with the tier, portion and loss that these copies alone give, so keys overlap; null: only revealed, or not known. */
  sums: Array<RadiusSum>;
  suspectedOrigins: Array<SuspectedOrigin>;
  /** What a time line shows: equal buckets, 10 to 500 of them. */
  timeline: Maybe<Array<TimelineBucket>>;
  /** Sums over the artifacts that the filters leave; all of them where none is given. */
  totals: RadiusTotals;
  transferLikelihood: Scalars['Float']['output'];
  widest: Window;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusArtifactsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  channels?: InputMaybe<Array<Scalars['String']['input']>>;
  countries?: InputMaybe<Array<Scalars['String']['input']>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  holders?: InputMaybe<Array<Scalars['ID']['input']>>;
  ids?: InputMaybe<Array<Scalars['ID']['input']>>;
  minSensitivity?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ExposedArtifactOrder>;
  owners?: InputMaybe<Array<Scalars['ID']['input']>>;
  sensitivities?: InputMaybe<Array<Scalars['Int']['input']>>;
  text?: InputMaybe<Scalars['String']['input']>;
  tiers?: InputMaybe<Array<Tier>>;
  types?: InputMaybe<Array<ArtifactType>>;
  worstCaseSteps?: InputMaybe<Array<Scalars['Float']['input']>>;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusCopyEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  span: WindowInput;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusDependentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  blindSpotsOnly?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusFindingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusFlowsArgs = {
  channels?: InputMaybe<Array<Scalars['String']['input']>>;
  countries?: InputMaybe<Array<Scalars['String']['input']>>;
  holders?: InputMaybe<Array<Scalars['ID']['input']>>;
  minSensitivity?: InputMaybe<Scalars['Int']['input']>;
  owners?: InputMaybe<Array<Scalars['ID']['input']>>;
  sensitivities?: InputMaybe<Array<Scalars['Int']['input']>>;
  text?: InputMaybe<Scalars['String']['input']>;
  tiers?: InputMaybe<Array<Tier>>;
  types?: InputMaybe<Array<ArtifactType>>;
  worstCaseSteps?: InputMaybe<Array<Scalars['Float']['input']>>;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusHolderTimelineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  buckets?: InputMaybe<Scalars['Int']['input']>;
  byLab?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  holders?: InputMaybe<Array<Scalars['ID']['input']>>;
  owners?: InputMaybe<Array<Scalars['ID']['input']>>;
  span?: InputMaybe<WindowInput>;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusHoldingsAtArgs = {
  instant: Scalars['DateTime']['input'];
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusLabTiersArgs = {
  channels?: InputMaybe<Array<Scalars['String']['input']>>;
  countries?: InputMaybe<Array<Scalars['String']['input']>>;
  holders?: InputMaybe<Array<Scalars['ID']['input']>>;
  minSensitivity?: InputMaybe<Scalars['Int']['input']>;
  owners?: InputMaybe<Array<Scalars['ID']['input']>>;
  sensitivities?: InputMaybe<Array<Scalars['Int']['input']>>;
  text?: InputMaybe<Scalars['String']['input']>;
  tiers?: InputMaybe<Array<Tier>>;
  types?: InputMaybe<Array<ArtifactType>>;
  worstCaseSteps?: InputMaybe<Array<Scalars['Float']['input']>>;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusLabsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusNotifiersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusOtherCopiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusPartnersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  holder: Scalars['ID']['input'];
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusReachedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusSimulationArgs = {
  runs?: InputMaybe<Scalars['Int']['input']>;
  seed?: InputMaybe<Scalars['Int']['input']>;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusSubgraphArgs = {
  kinds?: InputMaybe<Array<LinkKind>>;
  maxNodes?: InputMaybe<Scalars['Int']['input']>;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusSumsArgs = {
  by: RadiusSumBy;
  channels?: InputMaybe<Array<Scalars['String']['input']>>;
  countries?: InputMaybe<Array<Scalars['String']['input']>>;
  holders?: InputMaybe<Array<Scalars['ID']['input']>>;
  minSensitivity?: InputMaybe<Scalars['Int']['input']>;
  owners?: InputMaybe<Array<Scalars['ID']['input']>>;
  sensitivities?: InputMaybe<Array<Scalars['Int']['input']>>;
  text?: InputMaybe<Scalars['String']['input']>;
  tiers?: InputMaybe<Array<Tier>>;
  types?: InputMaybe<Array<ArtifactType>>;
  worstCaseSteps?: InputMaybe<Array<Scalars['Float']['input']>>;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusTimelineArgs = {
  buckets?: InputMaybe<Scalars['Int']['input']>;
};


/** What is disclosed, to whom it belongs, and why, when the origins are compromised. */
export type BlastRadiusTotalsArgs = {
  channels?: InputMaybe<Array<Scalars['String']['input']>>;
  countries?: InputMaybe<Array<Scalars['String']['input']>>;
  holders?: InputMaybe<Array<Scalars['ID']['input']>>;
  minSensitivity?: InputMaybe<Scalars['Int']['input']>;
  owners?: InputMaybe<Array<Scalars['ID']['input']>>;
  sensitivities?: InputMaybe<Array<Scalars['Int']['input']>>;
  text?: InputMaybe<Scalars['String']['input']>;
  tiers?: InputMaybe<Array<Tier>>;
  types?: InputMaybe<Array<ArtifactType>>;
  worstCaseSteps?: InputMaybe<Array<Scalars['Float']['input']>>;
};

/** What an incident supposes. Core and widest each default to the other; both default to the instant of asking. */
export type BlastRadiusInput = {
  core?: InputMaybe<WindowInput>;
  /** False: no instant is certain, so nothing is EXPOSED (§13). */
  hasCore?: InputMaybe<Scalars['Boolean']['input']>;
  /** A saved incident to start from; a field given beside it takes the place of the incident's own. */
  incident?: InputMaybe<Scalars['ID']['input']>;
  /** Answer from the facts as they were recorded at this instant: what was known then. Default: now. */
  knownAt?: InputMaybe<Scalars['DateTime']['input']>;
  options?: InputMaybe<RadiusOptions>;
  /** At most 1,000 with the suspected ones; none only beside one of these. */
  origins?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** What a compromised organization says was touched. A copy at a scoped origin outside its scope is POSSIBLE at most (§4). */
  scope?: InputMaybe<Array<ScopeInput>>;
  /** May have been compromised: they spread as origins do, and make nothing more than POSSIBLE (§13). */
  suspectedOrigins?: InputMaybe<Array<SuspectedOriginInput>>;
  widest?: InputMaybe<WindowInput>;
};

export type Bounds = {
  high: Scalars['Float']['output'];
  low: Scalars['Float']['output'];
};

export type CellChange =
  /** Other rows about the same fact outweigh the value. */
  | 'FOLDED'
  | 'JOINED'
  | 'LEFT_OUT'
  /** A part of a cell that is no part of its name is kept as text. */
  | 'REMARK'
  | 'REPAIRED'
  | 'SPLIT'
  /** A value is written in another way than its cell, such as a country's code. */
  | 'TRANSLATED';

export type CellExample = {
  /** The text that the fact states in place of the cell. Null: none. */
  becomes: Maybe<Scalars['String']['output']>;
  line: Scalars['Int']['output'];
  text: Scalars['String']['output'];
};

export type CellNote = {
  change: CellChange;
  /** Null: any column. */
  column: Maybe<Scalars['String']['output']>;
  count: Scalars['Int']['output'];
  examples: Array<CellExample>;
  file: Scalars['String']['output'];
  /** Completes `the cell …`, or `the row …` where `column` is null. */
  rule: Scalars['String']['output'];
};

/** The filled cells of the lists of an import: read = used + keptAsText + leftOut + rejected. */
export type CellReport = {
  keptAsText: Scalars['Int']['output'];
  /** Cells that a named rule leaves out. `notes` names the rules. */
  leftOut: Scalars['Int']['output'];
  /** The cells that were split, joined, repaired, translated, kept as text beside a name, outweighed or left out, with the first examples. */
  notes: Array<CellNote>;
  read: Scalars['Int']['output'];
  rejected: Scalars['Int']['output'];
  /** Cells that a field, a name or evidence of a control comes from. */
  used: Scalars['Int']['output'];
};

export type ChangeCount = {
  count: Scalars['Int']['output'];
  kind: ChangeKind;
};

export type ChangeKind =
  | 'JOINED'
  | 'LEFT'
  | 'STAYED'
  | 'STRENGTHENED'
  | 'WEAKENED';

export type ColumnMapping = {
  because: Scalars['String']['output'];
  column: Scalars['String']['output'];
  /** How sure the guess is; 1 where a person decided. */
  confidence: Scalars['Float']['output'];
  control: Maybe<Scalars['String']['output']>;
  /** Null where every date of the column has one reading. */
  dateOrder: Maybe<DateOrder>;
  field: Maybe<Scalars['String']['output']>;
  /** From 0. */
  index: Scalars['Int']['output'];
  kind: Maybe<FactKind>;
  use: ColumnUse;
};

export type ColumnMappingInput = {
  control?: InputMaybe<Scalars['String']['input']>;
  dateOrder?: InputMaybe<DateOrder>;
  field?: InputMaybe<Scalars['String']['input']>;
  index: Scalars['Int']['input'];
  kind?: InputMaybe<FactKind>;
  use: ColumnUse;
};

export type ColumnUse =
  /** Kept as text. */
  | 'ATTRIBUTE'
  /** Evidence of the control named by `control`. */
  | 'CONTROL'
  | 'FIELD'
  | 'IGNORED';

export type CommitImportInput = {
  /** Retract what this source listed before and does not now. */
  closeUnlisted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Instead of retracting: engagements and access that are not listed now end at this instant; other kinds stay. */
  endUnlistedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** An emptied cell erases what this source said before; otherwise it says nothing. */
  eraseEmptied?: InputMaybe<Scalars['Boolean']['input']>;
  /** Needed where more than a fifth of the source would go. */
  evenIfMany?: InputMaybe<Scalars['Boolean']['input']>;
  id: Scalars['ID']['input'];
  policy?: InputMaybe<RejectPolicy>;
};

export type ComponentDepth =
  | 'DIRECT'
  | 'TRANSITIVE'
  | 'UNKNOWN';

/** Evidence that an organization meets a security control. */
export type Control = {
  /** A name from the policy, such as ENCRYPTION_AT_REST. */
  control: Scalars['String']['output'];
  evidenceType: EvidenceType;
  expiresAt: Maybe<Scalars['DateTime']['output']>;
  issuedAt: Maybe<Scalars['DateTime']['output']>;
  issuer: Maybe<Organization>;
  organization: Organization;
  provenance: Provenance;
};

export type ControlConnection = {
  edges: Array<ControlEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type ControlEdge = {
  cursor: Scalars['String']['output'];
  node: Control;
};

/** Where the level of control does not match the level of access. */
export type ControlGap = {
  /** Why it is that high, in a sentence. */
  because: Scalars['String']['output'];
  /** The highest sensitivity of what it holds or can reach; 0 where there is nothing. */
  highestSensitivity: Scalars['Int']['output'];
  /** Of the required, those with evidence in date and of a sufficient type. */
  met: Array<Scalars['String']['output']>;
  missing: Array<MissingControl>;
  organization: Organization;
  /** In the policy's order. */
  required: Array<Scalars['String']['output']>;
};

export type ControlGapConnection = {
  batch: Maybe<BatchSource>;
  edges: Array<ControlGapEdge>;
  pageInfo: PageInfo;
  /** Null: complete. */
  progress: Maybe<BackgroundWork>;
  totalCount: Scalars['Int']['output'];
};

export type ControlGapEdge = {
  cursor: Scalars['String']['output'];
  node: ControlGap;
};

/** MISSING: by how much is missing, descending, then id. SENSITIVITY: by the level that decides what is required, highest first, then as MISSING. */
export type ControlGapOrder =
  | 'MISSING'
  | 'SENSITIVITY';

export type ControlInput = {
  /** Default: now. */
  assertedAt?: InputMaybe<Scalars['DateTime']['input']>;
  control: Scalars['String']['input'];
  evidenceType: EvidenceType;
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  issuedAt?: InputMaybe<Scalars['DateTime']['input']>;
  issuer?: InputMaybe<Scalars['ID']['input']>;
  organization: Scalars['ID']['input'];
  source?: InputMaybe<Scalars['String']['input']>;
};

export type ControlKey = {
  control: Scalars['String']['input'];
  organization: Scalars['ID']['input'];
};

/** An artifact's own copies with a tier at one reached organization. A copy that a scenario encrypts counts once. */
export type CopiesAtHolder = {
  count: Scalars['Int']['output'];
  holder: Organization;
  /** The strongest of these copies. */
  tier: Tier;
};

/** An artifact in an organization's custody. */
export type Copy = {
  artifact: Artifact;
  /** A shortest custody chain from the owner, this copy's own transfer last (§2); empty for OWNED and where no chain explains it. At most the last 100; `rank` says how many there are. */
  chain: Array<Transfer>;
  confidence: Scalars['Float']['output'];
  definite: Interval;
  deletionState: DeletionState;
  form: CopyForm;
  /** Null where not known. */
  fragments: Maybe<Array<Scalars['String']['output']>>;
  holder: Organization;
  /** The transfer's for TRANSFERRED; `owned:` and the artifact's; `implied:` and the transfer's. Ids of transfers don't begin so. What ENCRYPT makes of a copy has `:encrypted` at its end. */
  id: Scalars['ID']['output'];
  kind: CopyKind;
  /** As decided by the fragments where they are known. */
  portion: Scalars['Float']['output'];
  possible: Interval;
  /** 1 for a third party, 2 for a fourth party, and so on; 0 for the owner; null where no chain explains it. */
  rank: Maybe<Scalars['Int']['output']>;
  /** The transfer that put it there, or from which it is implied; null for OWNED. */
  transfer: Maybe<Transfer>;
};

export type CopyConnection = {
  edges: Array<CopyEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type CopyEdge = {
  cursor: Scalars['String']['output'];
  node: Copy;
};

export type CopyEvent = {
  at: Scalars['DateTime']['output'];
  copyCount: Scalars['Int']['output'];
  holder: Organization;
  kind: CopyEventKind;
  sender: Maybe<Organization>;
};

export type CopyEventConnection = {
  edges: Array<CopyEventEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type CopyEventEdge = {
  cursor: Scalars['String']['output'];
  node: CopyEvent;
};

export type CopyEventKind =
  | 'ARRIVED'
  | 'DELETED';

/** How a copy is kept. Whoever breaks into the holder can read the first two: such a copy is *readable*. */
export type CopyForm =
  | 'ENCRYPTED_KEY_AT_HOLDER'
  | 'ENCRYPTED_KEY_AT_OWNER'
  | 'PLAINTEXT'
  | 'VIEW_ONLY';

export type CopyKind =
  /** Implied: the sender had it, and no transfer says how. Listed by the data-quality report. */
  | 'CUSTODY_GAP'
  /** The owner's own. */
  | 'OWNED'
  /** Implied: the sender of a transfer to the owner made it. */
  | 'PRODUCED'
  /** Put there by a transfer. */
  | 'TRANSFERRED';

/** Over possibly live copies. */
export type Custody = {
  copyCount: Scalars['Int']['output'];
  /** Owners, itself aside. */
  labCount: Scalars['Int']['output'];
  lastReceivedAt: Maybe<Scalars['DateTime']['output']>;
  /** Mean values of the artifacts, each once. */
  meanValueUsd: Scalars['Float']['output'];
  readableCount: Scalars['Int']['output'];
};

/** One step that takes weighted loss out of the radius, given the steps before it. */
export type Cut = {
  action: Action;
  because: Scalars['String']['output'];
  position: Scalars['Int']['output'];
  remainingWeightedLossUsd: Scalars['Float']['output'];
  removedWeightedLossUsd: Scalars['Float']['output'];
  removedWorstCaseLossUsd: Scalars['Float']['output'];
};

/** Which figure a cut lowers: the losses to the cent, or the number of affected labs. Ties: weighted loss, then worst case, then kind and id. */
export type CutOrder =
  | 'LABS'
  | 'WEIGHTED_LOSS'
  | 'WORST_CASE_LOSS';

export type DateOrder =
  | 'DAY_FIRST'
  | 'MONTH_FIRST';

/** `changes`: ids of waiting changes; without them the decision holds for all. */
export type DecideAnswerInput = {
  changes?: InputMaybe<Array<Scalars['ID']['input']>>;
  decision: AnswerDecision;
  import: Scalars['ID']['input'];
};

/** Decisions about one edition of a source. A field that is left out keeps its decision; the next edition asks again. */
export type DecideEditionInput = {
  /** Needed with END. */
  endUnlistedAt?: InputMaybe<Scalars['DateTime']['input']>;
  eraseEmptied?: InputMaybe<Scalars['Boolean']['input']>;
  /** Needed where more than a fifth of the source would go. */
  evenIfMany?: InputMaybe<Scalars['Boolean']['input']>;
  import: Scalars['ID']['input'];
  unlisted?: InputMaybe<UnlistedPolicy>;
};

export type DecideMatchesInput = {
  decisions: Array<MatchDecisionInput>;
  import: Scalars['ID']['input'];
};

export type DeleteEndpointPayload = {
  deletedId: Maybe<Scalars['ID']['output']>;
  userErrors: Array<UserError>;
};

export type DeleteIncidentInput = {
  id: Scalars['ID']['input'];
};

export type DeleteIncidentPayload = {
  deletedId: Maybe<Scalars['ID']['output']>;
  userErrors: Array<UserError>;
};

export type DeleteNoteInput = {
  id: Scalars['ID']['input'];
};

export type DeleteNotePayload = {
  deletedId: Maybe<Scalars['ID']['output']>;
  userErrors: Array<UserError>;
};

export type DeleteViewInput = {
  id: Scalars['ID']['input'];
};

export type DeleteViewPayload = {
  deletedId: Maybe<Scalars['ID']['output']>;
  userErrors: Array<UserError>;
};

export type DeleteWatchInput = {
  id: Scalars['ID']['input'];
};

export type DeleteWatchPayload = {
  deletedId: Maybe<Scalars['ID']['output']>;
  userErrors: Array<UserError>;
};

export type DeletionState =
  /** The holder says that it was deleted. */
  | 'ATTESTED'
  /** Nobody asked for it. */
  | 'NONE'
  /** Asked for, not answered. */
  | 'REQUESTED'
  /** There is evidence that it was deleted. */
  | 'VERIFIED';

export type Delivery = {
  at: Scalars['DateTime']['output'];
  attempt: Scalars['Int']['output'];
  endpoint: Scalars['ID']['output'];
  error: Maybe<Scalars['String']['output']>;
  event: Scalars['ID']['output'];
  nextAt: Maybe<Scalars['DateTime']['output']>;
  status: Maybe<Scalars['Int']['output']>;
};

export type DeliveryPayload = {
  delivery: Maybe<Delivery>;
  userErrors: Array<UserError>;
};

/** An organization that engages a reached one, directly or through others. */
export type Dependent = {
  /** A lab none of whose artifacts is in the radius: it relies on a reached organization, and no transfer says what that holds. */
  isBlindSpot: Scalars['Boolean']['output'];
  /** No path of engagements that are current exists: only ended ones. */
  isFormer: Scalars['Boolean']['output'];
  organization: Organization;
  /** From it down; a shortest one (§5). */
  path: Array<Engagement>;
  /** Engagements from it down to the nearest reached organization: 1 for a direct client. */
  rank: Scalars['Int']['output'];
};

export type DependentConnection = {
  edges: Array<DependentEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type DependentEdge = {
  cursor: Scalars['String']['output'];
  node: Dependent;
};

/** Facts of one edition of a source, compared with the edition before. */
export type EditionDrift = {
  againCount: Scalars['Int']['output'];
  goneCount: Scalars['Int']['output'];
  listedBefore: Scalars['Int']['output'];
  newCount: Scalars['Int']['output'];
  /** The date of the edition before. */
  since: Scalars['DateTime']['output'];
};

export type EncryptInput = {
  at: Scalars['DateTime']['input'];
  holder: Scalars['ID']['input'];
  /** Only this lab's artifacts; default: all. */
  owner?: InputMaybe<Scalars['ID']['input']>;
};

export type Endpoint = {
  createdAt: Scalars['DateTime']['output'];
  /** The latest first; at most 100. */
  deliveries: Array<Delivery>;
  detail: EndpointDetail;
  format: EndpointFormat;
  id: Scalars['ID']['output'];
  state: EndpointState;
  url: Scalars['String']['output'];
};


export type EndpointDeliveriesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type EndpointDetail =
  | 'FULL'
  | 'THIN';

export type EndpointFormat =
  | 'CLOUDEVENTS'
  | 'STANDARD_WEBHOOKS';

export type EndpointIdInput = {
  id: Scalars['ID']['input'];
};

export type EndpointState =
  | 'ACTIVE'
  | 'DISABLED'
  | 'FAILING';

/** A client engages a provider for a service: what a plain vendor inventory or sub-processor list knows. It copies nothing, and its end deletes nothing. */
export type Engagement = {
  attributes: Array<Attribute>;
  auditRight: Maybe<Scalars['Boolean']['output']>;
  client: Organization;
  endsAt: Maybe<Scalars['DateTime']['output']>;
  id: Scalars['ID']['output'];
  /** Hours within which the provider must report a breach to the client. */
  noticeHours: Maybe<Scalars['Int']['output']>;
  provenance: Provenance;
  provider: Organization;
  service: Maybe<Scalars['String']['output']>;
  startsAt: Maybe<Scalars['DateTime']['output']>;
};

export type EngagementConnection = {
  edges: Array<EngagementEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type EngagementEdge = {
  cursor: Scalars['String']['output'];
  node: Engagement;
};

export type EngagementInput = {
  /** Default: now. */
  assertedAt?: InputMaybe<Scalars['DateTime']['input']>;
  attributes?: InputMaybe<Array<AttributeInput>>;
  auditRight?: InputMaybe<Scalars['Boolean']['input']>;
  client: Scalars['ID']['input'];
  endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  id: Scalars['ID']['input'];
  noticeHours?: InputMaybe<Scalars['Int']['input']>;
  provider: Scalars['ID']['input'];
  service?: InputMaybe<Scalars['String']['input']>;
  source?: InputMaybe<Scalars['String']['input']>;
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
};

export type EvidenceType =
  | 'AUDIT_REPORT'
  | 'CERTIFICATE'
  | 'QUESTIONNAIRE'
  | 'SELF_ATTESTED'
  | 'TESTED';

export type ExceedancePoint = {
  lossUsd: Scalars['Float']['output'];
  /** The share of runs whose loss is at least that. */
  probability: Scalars['Float']['output'];
};

export type ExposedArtifact = {
  artifact: Artifact;
  /** Of the incident that the question names; null without one, or where nobody looked yet. */
  assessment: Maybe<Assessment>;
  basis: Basis;
  /** Bytes that they carried. */
  bytes: Volume;
  /** The copies that make each of them a holder, in the same order; `first` is at most 100. */
  copiesByHolder: Array<CopiesAtHolder>;
  /** The same over EXPOSED ways alone. */
  exposedPortion: Bounds;
  holderCount: Scalars['Int']['output'];
  /** Reached organizations with a copy of its own that has a tier; by hops, then id. */
  holders: ReachedConnection;
  /** Whether portion.low reaches the artifact's usefulPortion. */
  isUsable: Scalars['Boolean']['output'];
  likelihood: Scalars['Float']['output'];
  /** The share that may be disclosed. */
  portion: Bounds;
  /** Items that its own readable copies with a tier carried (§1). */
  records: Volume;
  tier: Tier;
  wayCount: Scalars['Int']['output'];
  /** Strongest tier first, then chance x yieldShare descending, then copy id; `first` is at most 100. */
  ways: Array<WayIn>;
  weightedLossUsd: Scalars['Float']['output'];
  weightedShare: Scalars['Float']['output'];
  worstCaseLossUsd: Scalars['Float']['output'];
};


export type ExposedArtifactCopiesByHolderArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type ExposedArtifactHoldersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type ExposedArtifactWaysArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type ExposedArtifactConnection = {
  edges: Array<ExposedArtifactEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type ExposedArtifactEdge = {
  cursor: Scalars['String']['output'];
  node: ExposedArtifact;
};

/** Money and portion (high, then low) descending, text ascending; ties by artifact id. */
export type ExposedArtifactOrder =
  | 'NAME'
  | 'OWNER'
  | 'PORTION'
  /** Strongest first, then weighted loss descending. */
  | 'TIER'
  | 'WEIGHTED_LOSS'
  | 'WORST_CASE_LOSS';

export type ExposingOrganization = {
  likelihood: Scalars['Float']['output'];
  organization: Organization;
  tier: Tier;
};

export type ExposingOrganizationConnection = {
  edges: Array<ExposingOrganizationEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type ExposingOrganizationEdge = {
  cursor: Scalars['String']['output'];
  node: ExposingOrganization;
};

export type Exposure = {
  count: Scalars['Int']['output'];
  /** Organizations, other than the owner, whose compromise alone puts it in the radius; by likelihood descending, then id. */
  organizations: ExposingOrganizationConnection;
  /** count / all organizations but the owner. */
  share: Scalars['Float']['output'];
};


export type ExposureOrganizationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Fact = Access | Artifact | Control | Engagement | Organization | Reveals | Transfer;

export type FactChange = {
  at: Maybe<Scalars['DateTime']['output']>;
  by: Maybe<Scalars['String']['output']>;
  /** For Reveals and Control both keys, percent-encoded, joined by `/`. */
  factId: Scalars['ID']['output'];
  factKind: FactKind;
  fields: Array<FieldChange>;
  /** Of the import that made it. */
  file: Maybe<Scalars['String']['output']>;
  import: Maybe<Import>;
  kind: FactChangeKind;
  line: Maybe<Scalars['Int']['output']>;
  name: Maybe<Scalars['String']['output']>;
  /** Null where it is not recorded yet. */
  revision: Maybe<Scalars['Int']['output']>;
  /** A document, an address or a reason that supports it; null after an undo. */
  source: Maybe<Scalars['String']['output']>;
};

export type FactChangeConnection = {
  edges: Array<FactChangeEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type FactChangeEdge = {
  cursor: Scalars['String']['output'];
  node: FactChange;
};

export type FactChangeKind =
  | 'CREATED'
  /** The id means another's from then on. */
  | 'MERGED'
  | 'RETRACTED'
  | 'UNMERGED'
  | 'UPDATED';

export type FactConnection = {
  edges: Array<FactEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type FactCounts = {
  access: Scalars['Int']['output'];
  artifacts: Scalars['Int']['output'];
  controls: Scalars['Int']['output'];
  engagements: Scalars['Int']['output'];
  organizations: Scalars['Int']['output'];
  reveals: Scalars['Int']['output'];
  transfers: Scalars['Int']['output'];
};

export type FactEdge = {
  cursor: Scalars['String']['output'];
  node: Fact;
};

export type FactKind =
  | 'ACCESS'
  | 'ADVISORY'
  | 'ARTIFACT'
  | 'AVAILABILITY'
  | 'CONTROL'
  | 'ENGAGEMENT'
  | 'ORGANIZATION'
  | 'REVEALS'
  | 'SOFTWARE_LIST'
  | 'SOFTWARE_STATEMENT'
  | 'TRANSFER';

/** Exactly one. */
export type FactRef =
  { access: Scalars['ID']['input']; artifact?: never; control?: never; engagement?: never; organization?: never; reveals?: never; transfer?: never; }
  |  { access?: never; artifact: Scalars['ID']['input']; control?: never; engagement?: never; organization?: never; reveals?: never; transfer?: never; }
  |  { access?: never; artifact?: never; control: ControlKey; engagement?: never; organization?: never; reveals?: never; transfer?: never; }
  |  { access?: never; artifact?: never; control?: never; engagement: Scalars['ID']['input']; organization?: never; reveals?: never; transfer?: never; }
  |  { access?: never; artifact?: never; control?: never; engagement?: never; organization: Scalars['ID']['input']; reveals?: never; transfer?: never; }
  |  { access?: never; artifact?: never; control?: never; engagement?: never; organization?: never; reveals: RevealsKey; transfer?: never; }
  |  { access?: never; artifact?: never; control?: never; engagement?: never; organization?: never; reveals?: never; transfer: Scalars['ID']['input']; };

export type FieldChange = {
  after: Maybe<Scalars['String']['output']>;
  /** As beforeName, of `after`. */
  afterName: Maybe<Scalars['String']['output']>;
  before: Maybe<Scalars['String']['output']>;
  /** The name of the organization or artifact whose id `before` is; null where the field names none, or none is recorded under that id. */
  beforeName: Maybe<Scalars['String']['output']>;
  field: Scalars['String']['output'];
};

/** What a file's rows say; one row may say several things: a vendor, its engagement, its controls. */
export type FileMapping = {
  /** Whether the rows about one client and provider are a contract for each service, with its own terms, where the list numbers no contracts. False: one engagement. */
  areContractsApart: Scalars['Boolean']['output'];
  /** The list's own date: its facts are asserted then. Null: the draft's assertedAt, else the instant of the commit. */
  asOf: Maybe<Scalars['DateTime']['output']>;
  /** The place that gives the date, such as: the title says "June 30, 2025". Null where `asOf` is. */
  asOfBecause: Maybe<Scalars['String']['output']>;
  /** Whose inventory it is: the client of the engagements that rows make. */
  client: Maybe<Organization>;
  /** By index. */
  columns: Array<ColumnMapping>;
  createMissingOrganizations: Scalars['Boolean']['output'];
  /** Null where every date of the file has one reading. */
  dateOrder: Maybe<DateOrder>;
  defaultRole: OrganizationRole;
  kinds: Array<FactKind>;
};

/** Something that makes an answer less certain than it looks, or a promise less kept. */
export type Finding = {
  /** Somebody decided to live with it; it stays listed. */
  acceptance: Maybe<Acceptance>;
  /** What it is about, the first being what to put right. */
  facts: Array<Fact>;
  /** Stable while its facts are. */
  id: Scalars['ID']['output'];
  kind: FindingKind;
  message: Scalars['String']['output'];
};

export type FindingConnection = {
  batch: Maybe<BatchSource>;
  /** All findings of the same answer by kind, whatever kinds and acceptances were asked for. None while it is worked on. */
  counts: Array<FindingCount>;
  edges: Array<FindingEdge>;
  pageInfo: PageInfo;
  /** Null: complete. */
  progress: Maybe<BackgroundWork>;
  totalCount: Scalars['Int']['output'];
};

export type FindingCount = {
  accepted: Scalars['Int']['output'];
  kind: FindingKind;
  open: Scalars['Int']['output'];
};

export type FindingEdge = {
  cursor: Scalars['String']['output'];
  node: Finding;
};

/** Each is defined in §9. */
export type FindingKind =
  | 'BLIND_SPOT'
  | 'CLAIM_CONTRADICTED'
  | 'COPY_AFTER_ENGAGEMENT'
  | 'CUSTODY_GAP'
  | 'EXPIRED_EVIDENCE'
  | 'NO_AUDIT_RIGHT'
  | 'NO_NOTICE_TERM'
  | 'NO_VALUE'
  | 'POSSIBLE_DUPLICATE'
  | 'READABLE_AT_HIGHEST_SENSITIVITY'
  | 'SENT_AFTER_DELETION'
  | 'STALE'
  | 'UNDECLARED_SUBCONTRACTOR'
  | 'UNKNOWN_SENT_AT';

export type FixImportCellInput = {
  file: Scalars['String']['input'];
  import: Scalars['ID']['input'];
  index: Scalars['Int']['input'];
  line: Scalars['Int']['input'];
  text: Scalars['String']['input'];
};

/**
 * The artifacts of one lab of which one reached organization has copies of its own with a tier, each by the strongest of these.
 * An artifact counts at each of its holders, so a column does not add up to the lab's total.
 */
export type Flow = {
  containedCount: Scalars['Int']['output'];
  exposedCount: Scalars['Int']['output'];
  /** The part of worstCaseLossUsd from the artifacts that exposedCount counts; the rest is that of possibleCount's. */
  exposedWorstCaseLossUsd: Scalars['Float']['output'];
  /** Null: artifacts that are only revealed, each by its own tier. */
  holder: Maybe<ReachedOrganization>;
  lab: Organization;
  possibleCount: Scalars['Int']['output'];
  /** Sum of valueHighUsd x portion.high of §4 over this holder's EXPOSED and POSSIBLE copies alone; where holder is null, of the artifacts' worstCaseLossUsd. */
  worstCaseLossUsd: Scalars['Float']['output'];
};

export type Found = Advisory | Artifact | Engagement | FoundValue | Incident | Organization | SoftwareList | Transfer | View;

export type FoundKind =
  | 'ADVISORY'
  | 'ARTIFACT'
  | 'CERTIFIER'
  | 'CHANNEL'
  | 'COUNTRY'
  | 'ENGAGEMENT'
  | 'INCIDENT'
  | 'LAB'
  | 'PACKAGE'
  | 'SOFTWARE_LIST'
  | 'SUBCONTRACTOR'
  | 'TOOL_PROVIDER'
  | 'TRANSFER'
  | 'VENDOR'
  | 'VIEW';

/** A text that several records share: a channel, a country, a package. */
export type FoundValue = {
  count: Scalars['Int']['output'];
  kind: FoundKind;
  value: Scalars['String']['output'];
};

export type GraphLink = {
  /** How many facts or copies it stands for. */
  count: Scalars['Int']['output'];
  /** Ordered by kind, then id. */
  facts: FactConnection;
  key: Scalars['ID']['output'];
  kind: LinkKind;
  /** Of the copies of TRANSFER and HOLDS, the readable ones; null for other kinds. */
  readableCount: Maybe<Scalars['Int']['output']>;
  /** Keys of nodes. */
  source: Scalars['ID']['output'];
  target: Scalars['ID']['output'];
};


export type GraphLinkFactsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type GraphNode = {
  artifact: Maybe<Artifact>;
  /** Unique in a subgraph, and stable: `organization:` or `artifact:` and the id. */
  key: Scalars['ID']['output'];
  /** Links that the whole graph has at this node, so that a page can say how many it does not show. */
  linkCounts: Array<LinkCount>;
  organization: Maybe<Organization>;
};

export type HeldOrder =
  /** By artifact id, then copy id. */
  | 'ID'
  /** The artifact's valueHighUsd descending, else its valueLowUsd; unknown last. Ties by artifact id, then copy id. */
  | 'VALUE';

export type HolderShare = {
  holder: Organization;
  share: Scalars['Float']['output'];
};

/**
 * The holdings of one reached organization over time. Counts its copies with a tier and without one, also those that ended before the windows; scope and confidence play
 * no part. The lists have one value for each bucket.
 */
export type HolderTimeline = {
  /** Artifacts with a readable copy whose definite interval meets the bucket. */
  definiteCounts: Array<Scalars['Int']['output']>;
  /** The part of worstCaseUsd from the artifacts that definiteCounts counts. */
  definiteWorstCaseUsd: Array<Scalars['Float']['output']>;
  /** Copies that were deleted before the widest window, and the last time at which one was. */
  deletedBeforeCount: Scalars['Int']['output'];
  /** TRANSFERRED copies whose deletion is ATTESTED or VERIFIED, by the bucket in which they ended. */
  deletedCounts: Array<Scalars['Int']['output']>;
  deletedInWindowCount: Scalars['Int']['output'];
  /** The earliest known sentAt of a TRANSFERRED copy. */
  firstReceivedAt: Maybe<Scalars['DateTime']['output']>;
  holder: ReachedOrganization;
  /** Null: of all labs. */
  lab: Maybe<Organization>;
  lastDeletedBeforeAt: Maybe<Scalars['DateTime']['output']>;
  /** The others with a readable copy whose possible interval does. */
  possibleCounts: Array<Scalars['Int']['output']>;
  /** TRANSFERRED copies by the bucket of their sentAt. */
  receivedCounts: Array<Scalars['Int']['output']>;
  /** In the widest window: copies that came, and copies that were deleted. */
  receivedInWindowCount: Scalars['Int']['output'];
  /** TRANSFERRED copies whose sentAt is unknown. */
  undatedCount: Scalars['Int']['output'];
  /** The others with any copy whose possible interval does. */
  unreadableCounts: Array<Scalars['Int']['output']>;
  /** Sum of valueHighUsd x portion.high of §4 over the readable copies alone whose possible interval meets the bucket. */
  worstCaseUsd: Array<Scalars['Float']['output']>;
};

/** Bucket i of each row is [instants[i], instants[i + 1]). Buckets are equal, but one also begins at each end of both windows: each lies wholly inside or outside of these. */
export type HolderTimelineConnection = {
  edges: Array<HolderTimelineEdge>;
  instants: Array<Scalars['DateTime']['output']>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type HolderTimelineEdge = {
  cursor: Scalars['String']['output'];
  node: HolderTimeline;
};

export type HoldingAt = {
  definiteCount: Scalars['Int']['output'];
  holder: Organization;
  possibleCount: Scalars['Int']['output'];
  unreadableCount: Scalars['Int']['output'];
};

export type Import = {
  /** The inventory's own date. */
  assertedAt: Maybe<Scalars['DateTime']['output']>;
  /** Rejections by cause: root causes before their consequences; of each, the most frequent first. */
  causes: Array<RejectionCause>;
  /** What a commit would change, or did; by file and line. */
  changes: FactChangeConnection;
  committedAt: Maybe<Scalars['DateTime']['output']>;
  createdAt: Scalars['DateTime']['output'];
  createdBy: Scalars['String']['output'];
  /** Null until analysed, and once committed. */
  effect: Maybe<ImportEffect>;
  failure: Maybe<Scalars['String']['output']>;
  files: Array<ImportFile>;
  id: Scalars['ID']['output'];
  /** Every decision as the JSON document that `--mapping` takes. */
  mappingDocument: Maybe<Scalars['String']['output']>;
  /** Organizations of the files that may be known under another id or name; by file and line. */
  matches: OrganizationMatchConnection;
  /** A name for people, such as the edition's; the first file's name where none was given. */
  name: Maybe<Scalars['String']['output']>;
  progress: Maybe<ImportProgress>;
  /** What has to be decided before a commit; empty where nothing is open. */
  questions: Array<ImportQuestion>;
  /** By file, line, column. */
  rejections: RejectionConnection;
  /** Null until analysed, and again after a change until that is done. Reading never computes it. */
  report: Maybe<ImportReport>;
  /** The organization whose own answer the files are. It is their source, VERIFIED counts as ATTESTED, and evidence as SELF_ATTESTED. */
  respondent: Maybe<Organization>;
  /** The loss of a commit with SKIP_REJECTED. Null where no row is rejected, until analysed, and once committed. */
  skipLoss: Maybe<SkipLoss>;
  /** Whose list it is, such as a vendor register's name: later files of the same source are compared with it, and its mapping is remembered. */
  source: Maybe<Scalars['String']['output']>;
  state: ImportState;
  undoneAt: Maybe<Scalars['DateTime']['output']>;
  /** What this source listed before and does not now; by kind, then id. */
  unlisted: FactConnection;
  /** Cells whose meaning has to be said, such as a status that no synonym covers; by file, column, count descending. */
  values: ValueMappingConnection;
  /** Changes of the answer that take effect only if an analyst accepts them (decideAnswer); in the order of the rows. Empty once committed. */
  waiting: WaitingChangeConnection;
};


export type ImportChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kinds?: InputMaybe<Array<FactKind>>;
};


export type ImportMatchesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  undecidedOnly?: InputMaybe<Scalars['Boolean']['input']>;
};


export type ImportRejectionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type ImportUnlistedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type ImportValuesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  undecidedOnly?: InputMaybe<Scalars['Boolean']['input']>;
};


export type ImportWaitingArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type ImportConnection = {
  edges: Array<ImportEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type ImportEdge = {
  cursor: Scalars['String']['output'];
  node: Import;
};

/** What a commit would do beyond the facts. */
export type ImportEffect = {
  findingsAdded: Scalars['Int']['output'];
  findingsResolved: Scalars['Int']['output'];
  rankingAfter: Array<RankedOrganization>;
  /** The ten largest by weighted loss; by dependents where no organization has a loss. */
  rankingBefore: Array<RankedOrganization>;
};

export type ImportFile = {
  delimiter: Scalars['String']['output'];
  encoding: Scalars['String']['output'];
  header: Array<Scalars['String']['output']>;
  /** Line of the header, the first line being 1. */
  headerLine: Scalars['Int']['output'];
  mapping: FileMapping;
  name: Scalars['String']['output'];
  /** Lines above the header. */
  preamble: Array<Scalars['String']['output']>;
  /** At most 20 rows, as text. */
  sample: Array<Array<Scalars['String']['output']>>;
  sha256: Scalars['String']['output'];
  sizeBytes: Scalars['Float']['output'];
};

export type ImportIdInput = {
  id: Scalars['ID']['input'];
};

export type ImportPayload = {
  import: Maybe<Import>;
  userErrors: Array<UserError>;
};

export type ImportProgress = {
  done: Scalars['Float']['output'];
  step: Scalars['String']['output'];
  total: Maybe<Scalars['Float']['output']>;
};

export type ImportQuestion = {
  choices: Array<Scalars['String']['output']>;
  file: Maybe<Scalars['String']['output']>;
  /** The command line's flag that answers it. */
  flag: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  /** Of the column, from 0. */
  index: Maybe<Scalars['Int']['output']>;
  /** Whether the import may go in without an answer: what the question is about is then left out, or kept as it is. */
  isOptional: Scalars['Boolean']['output'];
  kind: ImportQuestionKind;
  message: Scalars['String']['output'];
  proposed: Maybe<Scalars['String']['output']>;
  /** Choices that the person who asks may not take, each with the reason. Empty: all are open. */
  refused: Array<RefusedChoice>;
};

export type ImportQuestionKind =
  /** Changes of an answer that wait for an analyst. Answered by decideAnswer. */
  | 'ANSWER'
  /** The date of the list, where its title has a date with two readings. Answered by `asOf` of mapImportFile. */
  | 'AS_OF'
  /** Whose list it is. */
  | 'CLIENT'
  /** The role of the new clients that the rows of the list name. Answered by `clientRole` of mapImportFile. */
  | 'CLIENT_ROLE'
  | 'CREATE_MISSING'
  | 'DATE_MEANING'
  | 'DATE_ORDER'
  /** Cells that an earlier edition filled and this one empties. */
  | 'EMPTIED'
  /** Texts that were decoded twice, such as `ConsultorÃ­a`. Answered by `encoding` of mapImportFile: `utf-8-twice` repairs them, any other leaves them. */
  | 'ENCODING'
  | 'KIND'
  | 'MATCHES'
  /** What an AI bill of materials names, which is left out unless a person says of which type it is. Answered by `materials` of mapImportFile. */
  | 'MATERIALS'
  /** Artifacts that a custody list names and nothing describes. Answered by `newArtifacts` or `rejectUnknownArtifacts` of mapImportFile. */
  | 'NEW_ARTIFACTS'
  /** Whether a column names organizations, or persons or systems. Answered by `columns` of mapImportFile. */
  | 'PARTY_MEANING'
  /** Remarks beside names that say a start, an end, a plan or a status, such as `(terminated 2023-05-01)`. Answered by `remarks` of mapImportFile. */
  | 'REMARKS'
  /** The organization whose software list or statements a file holds. Beside an advisory, statements are left out without an answer. */
  | 'SOFTWARE_OWNER'
  | 'SOFTWARE_SUBJECT'
  /** What the source listed before and does not now. */
  | 'UNLISTED'
  /** Rows without a name, which may belong to the name above. Answered by `namesAbove` of mapImportFile. */
  | 'UNNAMED_ROWS'
  | 'VALUES';

export type ImportReport = {
  /** The rows of the files by result. Null where only the store's record of the import is left. */
  account: Maybe<RowAccount>;
  /** The date that the lists themselves give. Null where they give none, or several, and where only the store's record is left. */
  asOf: Maybe<Scalars['DateTime']['output']>;
  /** The filled cells of lists. Null for canonical files, and where only the store's record of the import is left. */
  cells: Maybe<CellReport>;
  created: Scalars['Int']['output'];
  /** The changes since the last edition of the source. Null for the first edition, and where only the store's record is left. */
  drift: Maybe<EditionDrift>;
  rejected: Scalars['Int']['output'];
  rows: Scalars['Int']['output'];
  unchanged: Scalars['Int']['output'];
  updated: Scalars['Int']['output'];
  warnings: Array<Scalars['String']['output']>;
};

export type ImportState =
  /** A draft whose report is being made. */
  | 'ANALYZING'
  | 'COMMITTED'
  | 'COMMITTING'
  | 'DISCARDED'
  /** Files can be added, mapped and looked at. No fact has changed. */
  | 'DRAFT'
  /** Nothing was changed; `failure` says why. */
  | 'FAILED'
  | 'UNDONE';

/** A compromise under investigation: who, when, and what was done about it. */
export type Incident = {
  /** The advisory that it was proposed from. */
  advisory: Maybe<Advisory>;
  /** The latest of each artifact; by artifact. */
  assessments: AssessmentConnection;
  blastRadius: Maybe<BlastRadius>;
  cause: IncidentCause;
  core: Maybe<Window>;
  createdAt: Scalars['DateTime']['output'];
  /** When the breach was learned of: notice terms run from it. */
  discoveredAt: Maybe<Scalars['DateTime']['output']>;
  /** Changes and notes, the latest first, with the totals before and after. */
  entries: IncidentEntryConnection;
  hasCore: Scalars['Boolean']['output'];
  id: Scalars['ID']['output'];
  maxHops: Scalars['Int']['output'];
  minDegree: Scalars['Float']['output'];
  name: Scalars['String']['output'];
  noticeCounts: NoticeCounts;
  /** By the next open term, then id; those with none open last. */
  noticeGroups: NoticeGroupConnection;
  /** One for each affected or blind-spot lab and each notifier that owes it word; by dueAt, then lab. `text`: a part of the name or id of either, or of the owner. */
  notices: NoticeConnection;
  origins: Array<Organization>;
  /** The steps of the response, the most urgent first and done steps last. */
  plan: Array<PlanStep>;
  /** The number of steps in `plan`, open and done. It weighs none of them. */
  planStepCount: Scalars['Int']['output'];
  proposal: Maybe<SavedProposal>;
  /** Actions under consideration. */
  scenario: Array<Action>;
  scope: Array<Scope>;
  state: IncidentState;
  suspectedOrigins: Array<SuspectedOrigin>;
  transferLikelihood: Scalars['Float']['output'];
  updatedAt: Scalars['DateTime']['output'];
  /** Raised by each save; a save that names an older one is refused with CONFLICT. */
  version: Scalars['Int']['output'];
  widest: Maybe<Window>;
};


/** A compromise under investigation: who, when, and what was done about it. */
export type IncidentAssessmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A compromise under investigation: who, when, and what was done about it. */
export type IncidentBlastRadiusArgs = {
  knownAt?: InputMaybe<Scalars['DateTime']['input']>;
};


/** A compromise under investigation: who, when, and what was done about it. */
export type IncidentEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A compromise under investigation: who, when, and what was done about it. */
export type IncidentNoticeCountsArgs = {
  lab?: InputMaybe<Scalars['ID']['input']>;
  notifier?: InputMaybe<Scalars['ID']['input']>;
  owners?: InputMaybe<Array<Scalars['String']['input']>>;
  states?: InputMaybe<Array<NoticeState>>;
  terms?: InputMaybe<Array<NoticeTerm>>;
  text?: InputMaybe<Scalars['String']['input']>;
};


/** A compromise under investigation: who, when, and what was done about it. */
export type IncidentNoticeGroupsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  by: NoticeGrouping;
  first?: InputMaybe<Scalars['Int']['input']>;
  owners?: InputMaybe<Array<Scalars['String']['input']>>;
  states?: InputMaybe<Array<NoticeState>>;
  terms?: InputMaybe<Array<NoticeTerm>>;
  text?: InputMaybe<Scalars['String']['input']>;
};


/** A compromise under investigation: who, when, and what was done about it. */
export type IncidentNoticesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  lab?: InputMaybe<Scalars['ID']['input']>;
  notifier?: InputMaybe<Scalars['ID']['input']>;
  owners?: InputMaybe<Array<Scalars['String']['input']>>;
  states?: InputMaybe<Array<NoticeState>>;
  terms?: InputMaybe<Array<NoticeTerm>>;
  text?: InputMaybe<Scalars['String']['input']>;
};

/** Why the incident happened. */
export type IncidentCause =
  | 'ERROR'
  | 'MALICIOUS'
  | 'SYSTEM_FAILURE'
  | 'THIRD_PARTY'
  | 'UNKNOWN';

export type IncidentConnection = {
  edges: Array<IncidentEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type IncidentEdge = {
  cursor: Scalars['String']['output'];
  node: Incident;
};

export type IncidentEntry = {
  after: Maybe<RadiusSummary>;
  at: Scalars['DateTime']['output'];
  before: Maybe<RadiusSummary>;
  by: Scalars['String']['output'];
  /** Of the facts at this entry. */
  revision: Maybe<Scalars['Int']['output']>;
  text: Scalars['String']['output'];
};

export type IncidentEntryConnection = {
  edges: Array<IncidentEntryEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type IncidentEntryEdge = {
  cursor: Scalars['String']['output'];
  node: IncidentEntry;
};

export type IncidentProposal = {
  advisory: Advisory;
  agreed: Maybe<Interval>;
  /** Null: nothing is ticked. */
  blastRadius: Maybe<BlastRadius>;
  /** The sentences that say where core from, core to, widest from and widest to come from; without a core, the last two. */
  bounds: Array<Scalars['String']['output']>;
  core: Maybe<Window>;
  hasCore: Scalars['Boolean']['output'];
  hull: Interval;
  /** By grade, then organization. */
  matches: SoftwareMatchConnection;
  /** Null: nothing is ticked. */
  widest: Maybe<Window>;
  /** Organizations with lists, none of which names an affected package. */
  withoutPackageCount: Scalars['Int']['output'];
};


export type IncidentProposalMatchesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  grades?: InputMaybe<Array<SoftwareGrade>>;
};

export type IncidentState =
  | 'CLOSED'
  | 'CONTAINED'
  | 'OPEN';

export type IntegrityRadius = {
  /** Labs that hold a tainted copy, ordered by id. */
  labs: OrganizationConnection;
  /** By chainLength, then artifact, then holder. */
  tainted: TaintedConnection;
};


export type IntegrityRadiusLabsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type IntegrityRadiusTaintedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** `from` null: since the beginning of time. `until` null: never ends. */
export type Interval = {
  from: Maybe<Scalars['DateTime']['output']>;
  until: Maybe<Scalars['DateTime']['output']>;
};

export type LabConcentration = {
  /** Herfindahl-Hirschman index of its artifacts' mean value over its rank-1 holders; null where it has none. */
  herfindahlIndex: Maybe<Scalars['Float']['output']>;
  holderCount: Scalars['Int']['output'];
  /** The largest 20; ties by id. */
  holders: Array<HolderShare>;
  lab: Organization;
};

export type LabConcentrationConnection = {
  batch: Maybe<BatchSource>;
  edges: Array<LabConcentrationEdge>;
  pageInfo: PageInfo;
  /** Null: complete. */
  progress: Maybe<BackgroundWork>;
  totalCount: Scalars['Int']['output'];
};

export type LabConcentrationEdge = {
  cursor: Scalars['String']['output'];
  node: LabConcentration;
};

/**
 * The share of a lab's direct partners that its contracts and their evidence cover. The partners are the providers of its current
 * engagements and the holders of its rank-1 copies (§9).
 */
export type LabSafeguards = {
  /** Organizations for which a current engagement gives the lab an audit right. */
  auditRight: Safeguard;
  /** Organizations with evidence in date of ENCRYPTION_AT_REST, of any type. */
  encryption: Safeguard;
  lab: Organization;
  /** Organizations for which a current engagement has a notice term. */
  noticeTerm: Safeguard;
  providerCount: Scalars['Int']['output'];
  /** The mean value of the lab's artifacts that these organizations hold at rank 1. An artifact counts once for each holder. */
  valueUsd: Scalars['Float']['output'];
};

export type LabSafeguardsConnection = {
  batch: Maybe<BatchSource>;
  edges: Array<LabSafeguardsEdge>;
  pageInfo: PageInfo;
  /** Null: complete. */
  progress: Maybe<BackgroundWork>;
  totalCount: Scalars['Int']['output'];
};

export type LabSafeguardsEdge = {
  cursor: Scalars['String']['output'];
  node: LabSafeguards;
};

export type LabSimulation = {
  lab: Organization;
  meanUsd: Scalars['Float']['output'];
  p5Usd: Scalars['Float']['output'];
  p50Usd: Scalars['Float']['output'];
  p95Usd: Scalars['Float']['output'];
  standardErrorUsd: Scalars['Float']['output'];
};

/** The artifacts of one lab with one tier in a radius. */
export type LabTier = {
  artifactCount: Scalars['Int']['output'];
  lab: Organization;
  tier: Tier;
  worstCaseLossUsd: Scalars['Float']['output'];
};

export type LinkCount = {
  incoming: Scalars['Int']['output'];
  kind: LinkKind;
  outgoing: Scalars['Int']['output'];
};

export type LinkKind =
  /** Grantee to grantor: the direction in which compromise passes. */
  | 'ACCESS'
  /** Client to provider. */
  | 'ENGAGEMENT'
  /** Artifact to organization: a copy in custody. */
  | 'HOLDS'
  /** Lab to artifact. */
  | 'OWNS'
  /** Artifact to artifact. */
  | 'REVEALS'
  /** Sender to recipient: all the transfers between the two, as one link. */
  | 'TRANSFER';

export type MapImportFileInput = {
  /** As in FileMapping. */
  areContractsApart?: InputMaybe<Scalars['Boolean']['input']>;
  /** The list's own date, instead of the date that the title or the file's name give. */
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  client?: InputMaybe<Scalars['ID']['input']>;
  /** Instead of `client`: an organization to be created, with `clientRole`, LAB by default. */
  clientName?: InputMaybe<Scalars['String']['input']>;
  /** The role of the client that is created, and of the new clients that the rows of the list name: such a list says nothing about it. */
  clientRole?: InputMaybe<OrganizationRole>;
  /** Columns left out keep their guess. */
  columns?: InputMaybe<Array<ColumnMappingInput>>;
  createMissingOrganizations?: InputMaybe<Scalars['Boolean']['input']>;
  dateOrder?: InputMaybe<DateOrder>;
  defaultRole?: InputMaybe<OrganizationRole>;
  delimiter?: InputMaybe<Scalars['String']['input']>;
  encoding?: InputMaybe<Scalars['String']['input']>;
  file: Scalars['String']['input'];
  headerLine?: InputMaybe<Scalars['Int']['input']>;
  import: Scalars['ID']['input'];
  kinds?: InputMaybe<Array<FactKind>>;
  /** Records the artifacts that an AI bill of materials names, with this type, and their transfers from owner to custodian. */
  materials?: InputMaybe<ArtifactType>;
  /** Whether a row without a name has that of the row above, as in a table with merged cells. False: such rows are left out. */
  namesAbove?: InputMaybe<Scalars['Boolean']['input']>;
  /** Create the artifacts that a custody list names and nothing describes. */
  newArtifacts?: InputMaybe<NewArtifactsInput>;
  /** Whose software list this is, and of what (§13). */
  of?: InputMaybe<Scalars['ID']['input']>;
  /** Reject the rows that name such an artifact. */
  rejectUnknownArtifacts?: InputMaybe<Scalars['Boolean']['input']>;
  /** The decision about remarks beside names that state a start, an end, a plan or a status. */
  remarks?: InputMaybe<RemarkUse>;
  subject?: InputMaybe<Scalars['String']['input']>;
};

export type MapImportValuesInput = {
  import: Scalars['ID']['input'];
  values: Array<ValueMeaningInput>;
};

export type MatchCandidate = {
  /** Such as: same domain; same name but for legal form. */
  evidence: Array<Scalars['String']['output']>;
  grade: MatchGrade;
  id: Scalars['ID']['output'];
  /** False: elsewhere in the files. */
  isStored: Scalars['Boolean']['output'];
  name: Scalars['String']['output'];
  score: Scalars['Float']['output'];
};

export type MatchDecision =
  /** As MERGE, and keep this name as an alias. */
  | 'ALIAS'
  /** Its rows are not imported. */
  | 'LEAVE_OUT'
  /** It is the candidate: take the candidate's id. */
  | 'MERGE'
  | 'NEW'
  | 'UNDECIDED';

export type MatchDecisionInput = {
  decision: MatchDecision;
  match: Scalars['ID']['input'];
  target?: InputMaybe<Scalars['ID']['input']>;
};

/** How near a candidate is. Only SAME is ever accepted by one click or by --merge-exact. */
export type MatchGrade =
  /** Often false: an equal tax id, an equal name under another id, an affiliate. */
  | 'HINT'
  /** Brand, product, former name, parent: asked one by one. */
  | 'RELATED'
  /** Same but for case, accents, punctuation, legal form; or the same domain. */
  | 'SAME';

/** One organization whose id means another's (§1). */
export type Merge = {
  at: Scalars['DateTime']['output'];
  by: Scalars['String']['output'];
  /** The merged id, as `unmergeOrganizations` takes it. */
  id: Scalars['ID']['output'];
  into: Organization;
  /** The name that the merged organization has of its own. */
  name: Scalars['String']['output'];
};

export type MergeConnection = {
  edges: Array<MergeEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type MergeEdge = {
  cursor: Scalars['String']['output'];
  node: Merge;
};

export type MergeOrganizationsInput = {
  into: Scalars['ID']['input'];
  organization: Scalars['ID']['input'];
};

export type MergeOrganizationsPayload = {
  organization: Maybe<Organization>;
  revision: Scalars['Int']['output'];
  userErrors: Array<UserError>;
};

export type MissingControl = {
  control: Scalars['String']['output'];
  /** The evidence that does not do. */
  held: Maybe<Control>;
  leastEvidence: EvidenceType;
  reason: MissingControlReason;
};

export type MissingControlReason =
  | 'EXPIRED'
  /** Its issuer does not count. */
  | 'ISSUER_DISCOUNTED'
  | 'NO_EVIDENCE'
  | 'TOO_WEAK';

export type Mutation = {
  acceptFinding: AcceptFindingPayload;
  addIncidentNote: SaveIncidentPayload;
  /** Stops the reading of a draft, a commit that has not reached the store, or an undo that is not committed yet: everything is as it was before. */
  cancelImport: ImportPayload;
  /** Returns at once, COMMITTING. Again: the same result, no second effect. */
  commitImport: ImportPayload;
  /** Accepts or declines changes of an organization's own answer. Returns at once, ANALYZING. */
  decideAnswer: ImportPayload;
  /** Decides about facts that the source no longer lists, and about emptied cells. The report then shows the result. */
  decideEdition: ImportPayload;
  decideMatches: ImportPayload;
  deleteEndpoint: DeleteEndpointPayload;
  deleteIncident: DeleteIncidentPayload;
  deleteNote: DeleteNotePayload;
  deleteView: DeleteViewPayload;
  deleteWatch: DeleteWatchPayload;
  discardImport: ImportPayload;
  /** Puts another text in the place of one cell of the draft. The uploaded file stays as it came. */
  fixImportCell: ImportPayload;
  /** How a draft's file is to be read. Returns at once, ANALYZING; ask `import` for progress. */
  mapImportFile: ImportPayload;
  mapImportValues: ImportPayload;
  /** All that names the one names the other from now on; its name becomes an alias. A change like others: history shows it, and it can be taken back. */
  mergeOrganizations: MergeOrganizationsPayload;
  /** Adds or replaces facts, all of them or none. It speaks of all fields: one left out becomes not known or its default. The same fact again changes nothing. */
  putFacts: PutFactsPayload;
  readEvents: ReadEventsPayload;
  removeImportFile: ImportPayload;
  /** Names a draft or a committed import. CONFLICT while it is being written, and once discarded. */
  renameImport: ImportPayload;
  replayEvent: DeliveryPayload;
  /** Takes facts back, all of them or none. */
  retractFacts: RetractFactsPayload;
  retractSoftware: RetractSoftwarePayload;
  rotateEndpointSecret: SaveEndpointPayload;
  saveAvailability: SaveAvailabilityPayload;
  saveEndpoint: SaveEndpointPayload;
  saveIncident: SaveIncidentPayload;
  saveNote: SaveNotePayload;
  saveSoftwareStatement: SaveSoftwareStatementPayload;
  saveView: SaveViewPayload;
  saveWatch: SaveWatchPayload;
  setAssessments: SaveIncidentPayload;
  setNotice: SaveIncidentPayload;
  setNotices: SetNoticesPayload;
  testEndpoint: DeliveryPayload;
  /** Says who does a step of the plan, or that it is done. A done step needs evidence. */
  tickPlanStep: SaveIncidentPayload;
  /** Takes back what the import asserted: every fact goes back to the latest assertion that is left. Refused with HAS_DEPENDENTS, naming the later imports, where a fact that would go is named by one that stays. With the import `demo world` goes the rest of the demo's history. */
  undoImport: ImportPayload;
  undoNotices: SaveIncidentPayload;
  /** Ends the merge of the organization whose id was merged into another. */
  unmergeOrganizations: MergeOrganizationsPayload;
};


export type MutationAcceptFindingArgs = {
  input: AcceptFindingInput;
};


export type MutationAddIncidentNoteArgs = {
  input: AddIncidentNoteInput;
};


export type MutationCancelImportArgs = {
  input: ImportIdInput;
};


export type MutationCommitImportArgs = {
  input: CommitImportInput;
};


export type MutationDecideAnswerArgs = {
  input: DecideAnswerInput;
};


export type MutationDecideEditionArgs = {
  input: DecideEditionInput;
};


export type MutationDecideMatchesArgs = {
  input: DecideMatchesInput;
};


export type MutationDeleteEndpointArgs = {
  input: EndpointIdInput;
};


export type MutationDeleteIncidentArgs = {
  input: DeleteIncidentInput;
};


export type MutationDeleteNoteArgs = {
  input: DeleteNoteInput;
};


export type MutationDeleteViewArgs = {
  input: DeleteViewInput;
};


export type MutationDeleteWatchArgs = {
  input: DeleteWatchInput;
};


export type MutationDiscardImportArgs = {
  input: ImportIdInput;
};


export type MutationFixImportCellArgs = {
  input: FixImportCellInput;
};


export type MutationMapImportFileArgs = {
  input: MapImportFileInput;
};


export type MutationMapImportValuesArgs = {
  input: MapImportValuesInput;
};


export type MutationMergeOrganizationsArgs = {
  input: MergeOrganizationsInput;
};


export type MutationPutFactsArgs = {
  input: PutFactsInput;
};


export type MutationReadEventsArgs = {
  input: ReadEventsInput;
};


export type MutationRemoveImportFileArgs = {
  input: RemoveImportFileInput;
};


export type MutationRenameImportArgs = {
  input: RenameImportInput;
};


export type MutationReplayEventArgs = {
  input: ReplayEventInput;
};


export type MutationRetractFactsArgs = {
  input: RetractFactsInput;
};


export type MutationRetractSoftwareArgs = {
  input: RetractSoftwareInput;
};


export type MutationRotateEndpointSecretArgs = {
  input: EndpointIdInput;
};


export type MutationSaveAvailabilityArgs = {
  input: SaveAvailabilityInput;
};


export type MutationSaveEndpointArgs = {
  input: SaveEndpointInput;
};


export type MutationSaveIncidentArgs = {
  input: SaveIncidentInput;
};


export type MutationSaveNoteArgs = {
  input: SaveNoteInput;
};


export type MutationSaveSoftwareStatementArgs = {
  input: SaveSoftwareStatementInput;
};


export type MutationSaveViewArgs = {
  input: SaveViewInput;
};


export type MutationSaveWatchArgs = {
  input: WatchInput;
};


export type MutationSetAssessmentsArgs = {
  input: SetAssessmentsInput;
};


export type MutationSetNoticeArgs = {
  input: SetNoticeInput;
};


export type MutationSetNoticesArgs = {
  input: SetNoticesInput;
};


export type MutationTestEndpointArgs = {
  input: EndpointIdInput;
};


export type MutationTickPlanStepArgs = {
  input: TickPlanStepInput;
};


export type MutationUndoImportArgs = {
  input: ImportIdInput;
};


export type MutationUndoNoticesArgs = {
  input: UndoNoticesInput;
};


export type MutationUnmergeOrganizationsArgs = {
  input: UnmergeOrganizationsInput;
};

export type NeighborConnection = {
  edges: Array<NeighborEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type NeighborEdge = {
  cursor: Scalars['String']['output'];
  node: GraphNode;
};

/** What every artifact is that a custody list creates. `owner`: an id or a name; a new one becomes a lab. */
export type NewArtifactsInput = {
  owner: Scalars['String']['input'];
  sensitivity: Scalars['Int']['input'];
  type: ArtifactType;
};

/** Exactly one. */
export type NodeRef =
  { artifact: Scalars['ID']['input']; organization?: never; }
  |  { artifact?: never; organization: Scalars['ID']['input']; };

export type Note = {
  at: Scalars['DateTime']['output'];
  by: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  text: Scalars['String']['output'];
};

export type NoteConnection = {
  edges: Array<NoteEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type NoteEdge = {
  cursor: Scalars['String']['output'];
  node: Note;
};

/** Who has to tell a lab, and by when. */
export type Notice = {
  answeredAt: Maybe<Scalars['DateTime']['output']>;
  /** Who recorded its state. */
  by: Maybe<Scalars['String']['output']>;
  /** discoveredAt plus the engagement's noticeHours; null where no term is agreed. */
  dueAt: Maybe<Scalars['DateTime']['output']>;
  engagement: Maybe<Engagement>;
  lab: Organization;
  note: Maybe<Scalars['String']['output']>;
  /** The direct provider on the custody chain or the path of engagements; null where nobody but the incident's owner can tell it. */
  notifier: Maybe<Organization>;
  /** Who sees to it. */
  owner: Maybe<Scalars['String']['output']>;
  state: NoticeState;
  toldAt: Maybe<Scalars['DateTime']['output']>;
};

export type NoticeConnection = {
  edges: Array<NoticeEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type NoticeCounts = {
  answered: Scalars['Int']['output'];
  dueToday: Scalars['Int']['output'];
  inTime: Scalars['Int']['output'];
  late: Scalars['Int']['output'];
  later: Scalars['Int']['output'];
  none: Scalars['Int']['output'];
  overdue: Scalars['Int']['output'];
  toTell: Scalars['Int']['output'];
  told: Scalars['Int']['output'];
  total: Scalars['Int']['output'];
};

export type NoticeEdge = {
  cursor: Scalars['String']['output'];
  node: Notice;
};

/** `notifier` null under NOTIFIER: owed by nobody but the incident's owner. */
export type NoticeGroup = {
  counts: NoticeCounts;
  lab: Maybe<Organization>;
  nextDueAt: Maybe<Scalars['DateTime']['output']>;
  notifier: Maybe<Organization>;
  owners: Array<Scalars['String']['output']>;
};

export type NoticeGroupConnection = {
  edges: Array<NoticeGroupEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type NoticeGroupEdge = {
  cursor: Scalars['String']['output'];
  node: NoticeGroup;
};

export type NoticeGrouping =
  | 'LAB'
  | 'NOTIFIER';

/** `notifier` null: the notice that nobody owes. */
export type NoticeKey = {
  lab: Scalars['ID']['input'];
  notifier?: InputMaybe<Scalars['ID']['input']>;
};

export type NoticeState =
  | 'ANSWERED'
  | 'TOLD'
  | 'TO_TELL';

/** Of an open notice: OVERDUE, DUE_TODAY (UTC), LATER, NONE agreed; of one that is told: IN_TIME, LATE, or NONE. */
export type NoticeTerm =
  | 'DUE_TODAY'
  | 'IN_TIME'
  | 'LATE'
  | 'LATER'
  | 'NONE'
  | 'OVERDUE';

/** What one lab may be told: computed from its view alone (§10). */
export type NotificationPack = {
  lab: Organization;
  markdown: Scalars['String']['output'];
  notices: Array<Notice>;
  radius: BlastRadius;
  /** Copies to recall, at organizations that were not reached; by artifact, rank (none last), copy id. */
  recall: CopyConnection;
};


/** What one lab may be told: computed from its view alone (§10). */
export type NotificationPackRecallArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A lab, a vendor, a subcontractor, a tool provider; one may be several. */
export type Organization = {
  /** Who may act in its systems; ordered by id. */
  accessGranted: AccessConnection;
  /** What it may do in others' systems; ordered by id. */
  accessHeld: AccessConnection;
  aliases: Array<Scalars['String']['output']>;
  artifacts: ArtifactConnection;
  attributes: Array<Attribute>;
  /** As the provider; ordered by id. */
  clients: EngagementConnection;
  contactEmail: Maybe<Scalars['String']['output']>;
  /** Controls that what it holds or can reach requires, and that no sufficient evidence in date supports (§9). */
  controlGap: Maybe<ControlGap>;
  /** Ordered by control. */
  controls: ControlConnection;
  /** Copies in its custody, OWNED ones aside. */
  copies: CopyConnection;
  /** ISO 3166-1 alpha-2. */
  country: Maybe<Scalars['String']['output']>;
  /** What it has in custody at an instant (default: of asking), OWNED copies aside. */
  custody: Custody;
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  provenance: Provenance;
  /** As the client; ordered by id. */
  providers: EngagementConnection;
  /** Ordered by sentAt, then id; unknown first. */
  received: TransferConnection;
  roles: Array<OrganizationRole>;
  /** Ordered by sentAt, then id; unknown first. */
  sent: TransferConnection;
  status: OrganizationStatus;
  website: Maybe<Scalars['String']['output']>;
};


/** A lab, a vendor, a subcontractor, a tool provider; one may be several. */
export type OrganizationAccessGrantedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A lab, a vendor, a subcontractor, a tool provider; one may be several. */
export type OrganizationAccessHeldArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A lab, a vendor, a subcontractor, a tool provider; one may be several. */
export type OrganizationArtifactsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<HeldOrder>;
};


/** A lab, a vendor, a subcontractor, a tool provider; one may be several. */
export type OrganizationClientsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A lab, a vendor, a subcontractor, a tool provider; one may be several. */
export type OrganizationControlGapArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** A lab, a vendor, a subcontractor, a tool provider; one may be several. */
export type OrganizationControlsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A lab, a vendor, a subcontractor, a tool provider; one may be several. */
export type OrganizationCopiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<HeldOrder>;
};


/** A lab, a vendor, a subcontractor, a tool provider; one may be several. */
export type OrganizationCustodyArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


/** A lab, a vendor, a subcontractor, a tool provider; one may be several. */
export type OrganizationProvidersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A lab, a vendor, a subcontractor, a tool provider; one may be several. */
export type OrganizationReceivedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A lab, a vendor, a subcontractor, a tool provider; one may be several. */
export type OrganizationSentArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type OrganizationAdvisory = {
  advisory: Advisory;
  match: SoftwareMatch;
};

export type OrganizationAdvisoryConnection = {
  edges: Array<OrganizationAdvisoryEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type OrganizationAdvisoryEdge = {
  cursor: Scalars['String']['output'];
  node: OrganizationAdvisory;
};

export type OrganizationConnection = {
  edges: Array<OrganizationEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type OrganizationEdge = {
  cursor: Scalars['String']['output'];
  node: Organization;
};

export type OrganizationInput = {
  aliases?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Default: now. */
  assertedAt?: InputMaybe<Scalars['DateTime']['input']>;
  attributes?: InputMaybe<Array<AttributeInput>>;
  contactEmail?: InputMaybe<Scalars['String']['input']>;
  country?: InputMaybe<Scalars['String']['input']>;
  id: Scalars['ID']['input'];
  name: Scalars['String']['input'];
  roles: Array<OrganizationRole>;
  source?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<OrganizationStatus>;
  website?: InputMaybe<Scalars['String']['input']>;
};

export type OrganizationMatch = {
  /** The likeliest first; at most 10. */
  candidates: Array<MatchCandidate>;
  decision: MatchDecision;
  file: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  line: Scalars['Int']['output'];
  name: Scalars['String']['output'];
  rowCount: Scalars['Int']['output'];
  target: Maybe<Scalars['ID']['output']>;
};

export type OrganizationMatchConnection = {
  edges: Array<OrganizationMatchEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type OrganizationMatchEdge = {
  cursor: Scalars['String']['output'];
  node: OrganizationMatch;
};

export type OrganizationRole =
  /** Issues evidence about others' controls. */
  | 'CERTIFIER'
  /** Owns methodology artifacts. */
  | 'LAB'
  /** Is engaged by a vendor or another subcontractor. */
  | 'SUBCONTRACTOR'
  /** Makes software or a service that others run. */
  | 'TOOL_PROVIDER'
  /** Is engaged by a lab. */
  | 'VENDOR';

export type OrganizationStatus =
  | 'ACTIVE'
  | 'ENDED'
  | 'SUSPENDED';

export type PageInfo = {
  endCursor: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor: Maybe<Scalars['String']['output']>;
};

export type Partner = {
  copyCount: Scalars['Int']['output'];
  firstAt: Maybe<Scalars['DateTime']['output']>;
  isInbound: Scalars['Boolean']['output'];
  isNotifier: Scalars['Boolean']['output'];
  isOrigin: Scalars['Boolean']['output'];
  isReached: Scalars['Boolean']['output'];
  organization: Organization;
};

export type PartnerConnection = {
  edges: Array<PartnerEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type PartnerEdge = {
  cursor: Scalars['String']['output'];
  node: Partner;
};

export type Path = {
  /** Whether each step is custody of one artifact; otherwise it says who is in contact with whom, not who holds what. */
  isCustody: Scalars['Boolean']['output'];
  links: Array<GraphLink>;
  nodes: Array<GraphNode>;
};

/** One thing to do about an incident: an action of §8, or a question to somebody. */
export type PlanStep = {
  /** Null where the step is to ask somebody. Its `at` is the instant of asking, or `doneAt`. */
  action: Maybe<Action>;
  ask: Maybe<Organization>;
  doneAt: Maybe<Scalars['DateTime']['output']>;
  /** The earliest notice that waits for it; null where no term is agreed. */
  dueAt: Maybe<Scalars['DateTime']['output']>;
  evidence: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  /** The person who does it. */
  owner: Maybe<Scalars['String']['output']>;
  /** Weighted loss that it removes from this radius as if done now: 0 for most steps once the windows have passed. */
  removedHereUsd: Scalars['Float']['output'];
  /** Weighted loss that it removes from a compromise of the same origins now: this orders the plan. */
  removedNowUsd: Scalars['Float']['output'];
};

export type PolicyRow = {
  controls: Array<Scalars['String']['output']>;
  fromSensitivity: Scalars['Int']['output'];
  leastEvidence: EvidenceType;
};

export type Presence = {
  constraint: Maybe<Scalars['String']['output']>;
  definite: Array<Window>;
  isAffected: Scalars['Boolean']['output'];
  isVersionUnknown: Scalars['Boolean']['output'];
  package: Scalars['String']['output'];
  possible: Array<Interval>;
  subject: Scalars['String']['output'];
  version: Maybe<Scalars['String']['output']>;
};

/** `availabilities` stand beside the recorded ones. `origins` and `suspectedOrigins` each replace their half of what the grades tick; an origin without a definite presence stays an origin, and `hasCore` is false if none has one. */
export type ProposalInput = {
  advisory: Scalars['ID']['input'];
  availabilities?: InputMaybe<Array<AvailabilityInput>>;
  discoveredAt?: InputMaybe<Scalars['DateTime']['input']>;
  origins?: InputMaybe<Array<Scalars['ID']['input']>>;
  suspectedOrigins?: InputMaybe<Array<SuspectedOriginInput>>;
  treatAsCompromise?: InputMaybe<Scalars['Boolean']['input']>;
};

export type ProposedAs =
  | 'NOT_PROPOSED'
  | 'OFFERED'
  | 'ORIGIN'
  | 'SUSPECTED'
  | 'TO_ASK';

/** Who said so, where and when. Every fact has one. */
export type Provenance = {
  /** The inventory's own date where it has one, else the time of import. */
  assertedAt: Scalars['DateTime']['output'];
  /** The person or token that asserted it. */
  assertedBy: Scalars['String']['output'];
  /** The imported file and its line, the first line being 1. */
  file: Maybe<Scalars['String']['output']>;
  /** The import that asserted the fact; null where a person did. */
  import: Maybe<Import>;
  line: Maybe<Scalars['Int']['output']>;
  /** A document or an address that supports it. */
  source: Maybe<Scalars['String']['output']>;
};

/** At most 10,000 facts; more go through an import. */
export type PutFactsInput = {
  access?: InputMaybe<Array<AccessInput>>;
  artifacts?: InputMaybe<Array<ArtifactInput>>;
  controls?: InputMaybe<Array<ControlInput>>;
  engagements?: InputMaybe<Array<EngagementInput>>;
  /** CONFLICT where one of these facts changed after this revision. */
  ifRevision?: InputMaybe<Scalars['Int']['input']>;
  organizations?: InputMaybe<Array<OrganizationInput>>;
  reveals?: InputMaybe<Array<RevealsInput>>;
  transfers?: InputMaybe<Array<TransferInput>>;
};

export type PutFactsPayload = {
  created: Scalars['Int']['output'];
  revision: Scalars['Int']['output'];
  unchanged: Scalars['Int']['output'];
  updated: Scalars['Int']['output'];
  userErrors: Array<UserError>;
};

export type Query = {
  about: About;
  access: Maybe<Access>;
  /** By id. */
  accessFacts: AccessConnection;
  advisories: AdvisoryConnection;
  advisory: Maybe<Advisory>;
  advisoryMatches: SoftwareMatchConnection;
  artifact: Maybe<Artifact>;
  /** Every artifact by exposure: count descending, then id. */
  artifactExposures: Maybe<ArtifactExposureConnection>;
  /** By name, then id. */
  artifacts: ArtifactConnection;
  /** Every question, of the facts as they were recorded at this instant (§1). Not within itself. */
  asKnownAt: Maybe<Query>;
  /** The latest first; for admins. */
  auditEntries: AuditEntryConnection;
  /** The one action that leaves least of the figure `by`, then the next given it, and so on; at most `budget`, 1 to 10. `at` defaults to widest.from: had it been done in time. */
  bestCuts: Maybe<Array<Cut>>;
  blastRadius: Maybe<BlastRadius>;
  /** Either side may have up to 100 actions laid over its facts, as in `whatIf`; none by default. */
  compareRadius: Maybe<RadiusComparison>;
  /** By herfindahlIndex descending, null last, then id. */
  concentration: LabConcentrationConnection;
  /** Organizations with something missing, by how much descending, then id. Evidence issued by `withoutIssuers` does not count: what is left if a certifier is discredited. `minSensitivity`, `types` and `labs` keep organizations that hold, or can reach, a copy of such an artifact, and `controls` those that miss one of these; what is required stays the same. */
  controlGaps: ControlGapConnection;
  /** By organization, then control. */
  controls: ControlConnection;
  /** By artifact, then rank, then copy id. */
  copies: CopyConnection;
  counts: FactCounts;
  endpoints: Array<Endpoint>;
  engagement: Maybe<Engagement>;
  /** By id. */
  engagements: EngagementConnection;
  /** An event of the reader. */
  event: Maybe<WatchEvent>;
  /** The latest first. `watch` keeps the events of one watch, `kinds` those of watches of these kinds. */
  events: WatchEventConnection;
  /** How many of each kind, without listing them. */
  findingCounts: Array<FindingCount>;
  /** By kind, then message, then id. */
  findings: FindingConnection;
  /** Facts that a merge would hide, since their two ends would be one organization; by kind, then key. Empty where the merge would be refused. */
  hiddenByMerge: FactConnection;
  /** Every change of a fact, or of all facts after a revision; the latest first. */
  history: FactChangeConnection;
  import: Maybe<Import>;
  /** The latest first. */
  imports: ImportConnection;
  incident: Maybe<Incident>;
  /** The latest updated first. */
  incidents: IncidentConnection;
  /** Every lab, by the value without an audit right, then the number of partners without one, both descending, then id. */
  labSafeguards: LabSafeguardsConnection;
  /** Merges in force, or those into one organization; by the id that they mean, then by the merged id. */
  merges: MergeConnection;
  /**
   * The nodes themselves, what is linked to them, and the links among all of these. 1 to 100 nodes; at most 2,000 in the answer.
   * `validIn` leaves out facts and copies that are not valid at any instant of the window; the link counts of a node count all.
   */
  neighborhood: Maybe<Subgraph>;
  /** The nodes that one kind of link connects to one node, by name, then id. `text` keeps the names that contain it, in any case and accents. */
  neighbors: NeighborConnection;
  /** The latest first. */
  notes: NoteConnection;
  /** `lists`: software lists of origins or suspected origins that the pack quotes, for an incident that was proposed from an advisory: nothing else of a list is told. */
  notificationPack: Maybe<NotificationPack>;
  /** The organization that the id means: the id of a merged organization means another's. */
  organization: Maybe<Organization>;
  /** By name, then id. */
  organizations: OrganizationConnection;
  /** Shortest paths, the shortest first, ties by keys; empty where there is none. With `artifact`: along that artifact's custody only. */
  paths: Maybe<Array<Path>>;
  proposeIncident: IncidentProposal;
  /** Every organization (of these roles) as the only origin. Windows default to the instant of asking. `organizations` keeps the rows of these, with their positions among all. */
  ranking: Maybe<RankedOrganizationConnection>;
  /** Raised by each write. */
  revision: Scalars['Int']['output'];
  /** Forgives spelling, accents and word order; best first. `text` of 1 to 200 characters. */
  search: Maybe<Array<SearchHit>>;
  /** Two labs at least; by number of labs, then of artifacts, descending, then id. */
  sharedHolders: SharedHolderConnection;
  /** Who had a package, or a version of it, in a window: by grade, then organization. Without a window: ever. */
  software: SoftwareMatchConnection;
  /** Without a list first, then by the date of the latest list, oldest first, then id. */
  softwareCoverage: SoftwareCoverageConnection;
  softwareList: Maybe<SoftwareList>;
  /** By organization, subject, describedAt (unknown first), id. */
  softwareLists: SoftwareListConnection;
  /** What the recorded advisories say of one organization; by grade, then advisory. */
  softwareMatches: OrganizationAdvisoryConnection;
  transfer: Maybe<Transfer>;
  /** By sentAt, then id; unknown first. */
  transfers: TransferConnection;
  view: Maybe<View>;
  viewer: Viewer;
  /** By name. */
  views: Array<View>;
  watch: Maybe<Watch>;
  watches: WatchConnection;
  /** 1 to 100 actions, laid over the facts together, in whatever order, and never written to them. */
  whatIf: Maybe<WhatIf>;
};


export type QueryAccessArgs = {
  id: Scalars['ID']['input'];
};


export type QueryAccessFactsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  grantee?: InputMaybe<Scalars['ID']['input']>;
  grantor?: InputMaybe<Scalars['ID']['input']>;
  software?: InputMaybe<Scalars['String']['input']>;
};


export type QueryAdvisoriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kind?: InputMaybe<AdvisoryKind>;
  text?: InputMaybe<Scalars['String']['input']>;
};


export type QueryAdvisoryArgs = {
  id: Scalars['ID']['input'];
};


export type QueryAdvisoryMatchesArgs = {
  advisory: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  grades?: InputMaybe<Array<SoftwareGrade>>;
};


export type QueryArtifactArgs = {
  id: Scalars['ID']['input'];
};


export type QueryArtifactExposuresArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  core?: InputMaybe<WindowInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
  options?: InputMaybe<RadiusOptions>;
  owners?: InputMaybe<Array<Scalars['ID']['input']>>;
  widest?: InputMaybe<WindowInput>;
};


export type QueryArtifactsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  owner?: InputMaybe<Scalars['ID']['input']>;
  text?: InputMaybe<Scalars['String']['input']>;
  types?: InputMaybe<Array<ArtifactType>>;
};


export type QueryAsKnownAtArgs = {
  instant: Scalars['DateTime']['input'];
};


export type QueryAuditEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryBestCutsArgs = {
  at?: InputMaybe<Scalars['DateTime']['input']>;
  budget?: InputMaybe<Scalars['Int']['input']>;
  by?: InputMaybe<CutOrder>;
  input: BlastRadiusInput;
};


export type QueryBlastRadiusArgs = {
  input: BlastRadiusInput;
};


export type QueryCompareRadiusArgs = {
  after: BlastRadiusInput;
  afterActions?: InputMaybe<Array<ActionInput>>;
  before: BlastRadiusInput;
  beforeActions?: InputMaybe<Array<ActionInput>>;
};


export type QueryConcentrationArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryControlGapsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  controls?: InputMaybe<Array<Scalars['String']['input']>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  labs?: InputMaybe<Array<Scalars['ID']['input']>>;
  minSensitivity?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ControlGapOrder>;
  types?: InputMaybe<Array<ArtifactType>>;
  withoutIssuers?: InputMaybe<Array<Scalars['ID']['input']>>;
};


export type QueryControlsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  issuer?: InputMaybe<Scalars['ID']['input']>;
  organization?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryCopiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  artifact?: InputMaybe<Scalars['ID']['input']>;
  deletionStates?: InputMaybe<Array<DeletionState>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  forms?: InputMaybe<Array<CopyForm>>;
  holder?: InputMaybe<Scalars['ID']['input']>;
  owner?: InputMaybe<Scalars['ID']['input']>;
  possiblyLiveAt?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryEngagementArgs = {
  id: Scalars['ID']['input'];
};


export type QueryEngagementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  client?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  provider?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryEventArgs = {
  id: Scalars['ID']['input'];
};


export type QueryEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kinds?: InputMaybe<Array<WatchKind>>;
  unreadOnly?: InputMaybe<Scalars['Boolean']['input']>;
  watch?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryFindingCountsArgs = {
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryFindingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  isAccepted?: InputMaybe<Scalars['Boolean']['input']>;
  kinds?: InputMaybe<Array<FindingKind>>;
};


export type QueryHiddenByMergeArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  into: Scalars['ID']['input'];
  organization: Scalars['ID']['input'];
};


export type QueryHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  of?: InputMaybe<FactRef>;
  sinceRevision?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryImportArgs = {
  id: Scalars['ID']['input'];
};


export type QueryImportsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryIncidentArgs = {
  id: Scalars['ID']['input'];
};


export type QueryIncidentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryLabSafeguardsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryMergesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  into?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryNeighborhoodArgs = {
  kinds?: InputMaybe<Array<LinkKind>>;
  maxNodes?: InputMaybe<Scalars['Int']['input']>;
  of: Array<NodeRef>;
  validIn?: InputMaybe<WindowInput>;
};


export type QueryNeighborsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kind: LinkKind;
  of: NodeRef;
  text?: InputMaybe<Scalars['String']['input']>;
};


export type QueryNotesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  on: NodeRef;
};


export type QueryNotificationPackArgs = {
  incident: Scalars['ID']['input'];
  lab: Scalars['ID']['input'];
  lists?: InputMaybe<Array<Scalars['ID']['input']>>;
};


export type QueryOrganizationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOrganizationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  roles?: InputMaybe<Array<OrganizationRole>>;
  text?: InputMaybe<Scalars['String']['input']>;
};


export type QueryPathsArgs = {
  artifact?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  from: NodeRef;
  isDirected?: InputMaybe<Scalars['Boolean']['input']>;
  kinds?: InputMaybe<Array<LinkKind>>;
  maxLength?: InputMaybe<Scalars['Int']['input']>;
  to: NodeRef;
};


export type QueryProposeIncidentArgs = {
  input: ProposalInput;
};


export type QueryRankingArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  core?: InputMaybe<WindowInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
  options?: InputMaybe<RadiusOptions>;
  orderBy?: InputMaybe<RankingOrder>;
  organizations?: InputMaybe<Array<Scalars['ID']['input']>>;
  roles?: InputMaybe<Array<OrganizationRole>>;
  widest?: InputMaybe<WindowInput>;
};


export type QuerySearchArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  kinds?: InputMaybe<Array<FoundKind>>;
  text: Scalars['String']['input'];
};


export type QuerySharedHoldersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerySoftwareArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  during?: InputMaybe<WindowInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
  package: Scalars['String']['input'];
  versions?: InputMaybe<Array<Scalars['String']['input']>>;
};


export type QuerySoftwareCoverageArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerySoftwareListArgs = {
  id: Scalars['ID']['input'];
};


export type QuerySoftwareListsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  organization?: InputMaybe<Scalars['ID']['input']>;
  subject?: InputMaybe<Scalars['String']['input']>;
};


export type QuerySoftwareMatchesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  organization: Scalars['ID']['input'];
};


export type QueryTransferArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTransfersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  artifact?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  recipient?: InputMaybe<Scalars['ID']['input']>;
  sender?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryViewArgs = {
  id: Scalars['ID']['input'];
};


export type QueryWatchArgs = {
  id: Scalars['ID']['input'];
};


export type QueryWatchesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryWhatIfArgs = {
  actions: Array<ActionInput>;
  input: BlastRadiusInput;
};

/** Copies with a tier at reached organizations, each once, that rest on nothing firm. */
export type RadiusCertainty = {
  /** Copies whose deletion is ATTESTED, not VERIFIED. */
  attestedCount: Scalars['Int']['output'];
  /** TRANSFERRED copies whose sentAt is unknown. */
  undatedCount: Scalars['Int']['output'];
};

export type RadiusChange = {
  after: Maybe<ExposedArtifact>;
  artifact: Artifact;
  because: Scalars['String']['output'];
  before: Maybe<ExposedArtifact>;
  kind: ChangeKind;
};

export type RadiusChangeConnection = {
  edges: Array<RadiusChangeEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type RadiusChangeEdge = {
  cursor: Scalars['String']['output'];
  node: RadiusChange;
};

/** Two radii of any two inputs: two windows, two sets of origins, what was known then and what is known now, or two scenarios. */
export type RadiusComparison = {
  after: BlastRadius;
  before: BlastRadius;
  /** As in WhatIf. */
  changeCounts: Array<ChangeCount>;
  /** As in WhatIf. */
  changes: RadiusChangeConnection;
  /** Changes of facts between what the two knew that touch what differs; the latest first. */
  factChanges: FactChangeConnection;
};


/** Two radii of any two inputs: two windows, two sets of origins, what was known then and what is known now, or two scenarios. */
export type RadiusComparisonChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kinds?: InputMaybe<Array<ChangeKind>>;
};


/** Two radii of any two inputs: two windows, two sets of origins, what was known then and what is known now, or two scenarios. */
export type RadiusComparisonFactChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type RadiusLink = {
  /** Compromise passes along it. */
  isSpread: Scalars['Boolean']['output'];
  link: GraphLink;
  /** Of the copies that it stands for, the strongest. */
  tier: Maybe<Tier>;
};

export type RadiusNode = {
  basis: Maybe<Basis>;
  /** For a reached organization. */
  hops: Maybe<Scalars['Int']['output']>;
  likelihood: Maybe<Scalars['Float']['output']>;
  node: GraphNode;
  /** For an artifact. */
  tier: Maybe<Tier>;
  /** Of an artifact; of a holder, the sum over its artifacts. */
  worstCaseLossUsd: Maybe<Scalars['Float']['output']>;
};

export type RadiusOptions = {
  /** Most steps of spread, 0 to 10; 0: the origins only. Default 3. */
  maxHops?: InputMaybe<Scalars['Int']['input']>;
  /** Least product of degrees by which a reveal counts, 0 to 1. Default 0.05. */
  minDegree?: InputMaybe<Scalars['Float']['input']>;
  /** Chance that compromise passes along a transfer to its recipient, 0 to 1. Default 0. */
  transferLikelihood?: InputMaybe<Scalars['Float']['input']>;
};

export type RadiusSubgraph = {
  links: Array<RadiusLink>;
  nodes: Array<RadiusNode>;
  /** Nodes left out because of the limit, the least exposed first. */
  omittedCount: Scalars['Int']['output'];
};

export type RadiusSum = {
  bytes: VolumeSum;
  containedCount: Scalars['Int']['output'];
  exposedCount: Scalars['Int']['output'];
  /** A type, a sensitivity, the lower end of a step of the worst case, a country code or a channel; null: not known, or only revealed. */
  key: Maybe<Scalars['String']['output']>;
  possibleCount: Scalars['Int']['output'];
  records: VolumeSum;
  weightedLossUsd: Scalars['Float']['output'];
  worstCaseLossUsd: Scalars['Float']['output'];
};

export type RadiusSumBy =
  | 'CHANNEL'
  | 'COUNTRY'
  | 'SENSITIVITY'
  | 'TYPE'
  /** By steps of the worst case on one scale: 0, then 1, 2 and 5 times each power of ten, up to the next step. The key is the lower end; `worstCaseSteps` keeps the artifacts of these steps. */
  | 'WORST_CASE';

export type RadiusSummary = {
  /** Labs with an artifact EXPOSED or POSSIBLE. */
  affectedLabCount: Scalars['Int']['output'];
  blindSpotCount: Scalars['Int']['output'];
  containedCount: Scalars['Int']['output'];
  exposedCount: Scalars['Int']['output'];
  possibleCount: Scalars['Int']['output'];
  reachedCount: Scalars['Int']['output'];
  weightedLossUsd: Scalars['Float']['output'];
  worstCaseLossUsd: Scalars['Float']['output'];
};

export type RadiusTotals = {
  bytes: VolumeSum;
  containedCount: Scalars['Int']['output'];
  exposedCount: Scalars['Int']['output'];
  possibleCount: Scalars['Int']['output'];
  records: VolumeSum;
  weightedLossUsd: Scalars['Float']['output'];
  worstCaseLossUsd: Scalars['Float']['output'];
};

export type RankedOrganization = {
  /** EXPOSED or POSSIBLE. */
  artifactCount: Scalars['Int']['output'];
  containedCount: Scalars['Int']['output'];
  /** Organizations that depend on it or on whom it reaches (§5), former ones too. */
  dependentCount: Scalars['Int']['output'];
  exposedCount: Scalars['Int']['output'];
  labCount: Scalars['Int']['output'];
  organization: Organization;
  /** 1 is the largest. Ties share a position. */
  position: Scalars['Int']['output'];
  possibleCount: Scalars['Int']['output'];
  reachedCount: Scalars['Int']['output'];
  weightedLossUsd: Scalars['Float']['output'];
  worstCaseLossUsd: Scalars['Float']['output'];
};

export type RankedOrganizationConnection = {
  batch: Maybe<BatchSource>;
  edges: Array<RankedOrganizationEdge>;
  pageInfo: PageInfo;
  /** Null: complete. */
  progress: Maybe<BackgroundWork>;
  totalCount: Scalars['Int']['output'];
};

export type RankedOrganizationEdge = {
  cursor: Scalars['String']['output'];
  node: RankedOrganization;
};

export type RankingOrder =
  | 'ARTIFACTS'
  | 'DEPENDENTS'
  | 'LABS'
  | 'REACH'
  | 'WEIGHTED_LOSS'
  | 'WORST_CASE_LOSS';

export type ReachedConnection = {
  edges: Array<ReachedEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type ReachedEdge = {
  cursor: Scalars['String']['output'];
  node: ReachedOrganization;
};

export type ReachedOrganization = {
  /** Fewest steps from an origin; 0 for an origin. */
  hops: Scalars['Int']['output'];
  /** Stated as suspected (§13). */
  isSuspected: Scalars['Boolean']['output'];
  likelihood: Scalars['Float']['output'];
  organization: Organization;
  /** A walk that has this likelihood, with the fewest steps: it may be longer than `hops` (§3). Empty for an origin. */
  path: Array<SpreadStep>;
};

export type ReadEventsInput = {
  ids: Array<Scalars['ID']['input']>;
  isRead?: InputMaybe<Scalars['Boolean']['input']>;
};

export type ReadEventsPayload = {
  unreadCount: Scalars['Int']['output'];
  userErrors: Array<UserError>;
};

export type RecallInput = {
  at: Scalars['DateTime']['input'];
  holder: Scalars['ID']['input'];
  /** Only this lab's artifacts; default: all. */
  owner?: InputMaybe<Scalars['ID']['input']>;
};

export type RefusedChoice = {
  /** Who may take it, and what else can be done. */
  because: Scalars['String']['output'];
  choice: Scalars['String']['output'];
};

export type RejectPolicy =
  /** One rejected row, and nothing is written. */
  | 'ALL_OR_NOTHING'
  /** The rows that are right are written, in one piece; the others are listed. */
  | 'SKIP_REJECTED';

/** A row that can't be taken, as a value. */
export type Rejection = {
  code: Scalars['String']['output'];
  column: Maybe<Scalars['String']['output']>;
  file: Scalars['String']['output'];
  /** The first line being 1, as an editor counts. */
  line: Scalars['Int']['output'];
  /** Names the value, what was expected, and what to do. */
  message: Scalars['String']['output'];
  value: Maybe<Scalars['String']['output']>;
};

export type RejectionCause = {
  code: Scalars['String']['output'];
  column: Maybe<Scalars['String']['output']>;
  count: Scalars['Int']['output'];
  example: Rejection;
  /** Whether the rows are rejected only because of rejected rows or files that they name: correct the root causes first. */
  isConsequence: Scalars['Boolean']['output'];
};

export type RejectionConnection = {
  edges: Array<RejectionEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type RejectionEdge = {
  cursor: Scalars['String']['output'];
  node: Rejection;
};

export type RemarkUse =
  /** A date in a remark starts or ends the engagement, unless a column states it. The remark is kept as text. */
  | 'APPLY'
  /** The rows of such names are left out. */
  | 'LEAVE_OUT'
  | 'TEXT';

export type RemoveImportFileInput = {
  file: Scalars['String']['input'];
  import: Scalars['ID']['input'];
};

/** `name`: 1 to 200 characters on one line. */
export type RenameImportInput = {
  id: Scalars['ID']['input'];
  name: Scalars['String']['input'];
};

export type ReplayEventInput = {
  endpoint: Scalars['ID']['input'];
  event: Scalars['ID']['input'];
};

/** A fact that others name can't be retracted before them. */
export type RetractFactsInput = {
  access?: InputMaybe<Array<Scalars['ID']['input']>>;
  artifacts?: InputMaybe<Array<Scalars['ID']['input']>>;
  controls?: InputMaybe<Array<ControlKey>>;
  engagements?: InputMaybe<Array<Scalars['ID']['input']>>;
  organizations?: InputMaybe<Array<Scalars['ID']['input']>>;
  reveals?: InputMaybe<Array<RevealsKey>>;
  transfers?: InputMaybe<Array<Scalars['ID']['input']>>;
};

export type RetractFactsPayload = {
  retracted: Scalars['Int']['output'];
  revision: Scalars['Int']['output'];
  userErrors: Array<UserError>;
};

export type RetractSoftwareInput = {
  advisories?: InputMaybe<Array<Scalars['ID']['input']>>;
  lists?: InputMaybe<Array<Scalars['ID']['input']>>;
  statements?: InputMaybe<Array<StatementKey>>;
};

export type RetractSoftwarePayload = {
  retracted: Scalars['Int']['output'];
  revision: Scalars['Int']['output'];
  userErrors: Array<UserError>;
};

/** Who reads `artifact` learns part of `reveals`. */
export type Reveals = {
  artifact: Artifact;
  basis: Maybe<Scalars['String']['output']>;
  /** The share of `reveals` that is learned, in (0, 1]. */
  degree: Scalars['Float']['output'];
  provenance: Provenance;
  reveals: Artifact;
};

export type RevealsConnection = {
  edges: Array<RevealsEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type RevealsEdge = {
  cursor: Scalars['String']['output'];
  node: Reveals;
};

export type RevealsInput = {
  artifact: Scalars['ID']['input'];
  /** Default: now. */
  assertedAt?: InputMaybe<Scalars['DateTime']['input']>;
  basis?: InputMaybe<Scalars['String']['input']>;
  degree: Scalars['Float']['input'];
  reveals: Scalars['ID']['input'];
  source?: InputMaybe<Scalars['String']['input']>;
};

export type RevealsKey = {
  artifact: Scalars['ID']['input'];
  reveals: Scalars['ID']['input'];
};

export type RevokeAccessInput = {
  access: Scalars['ID']['input'];
  at: Scalars['DateTime']['input'];
};

export type RevokeAllAccessInput = {
  at: Scalars['DateTime']['input'];
  organization: Scalars['ID']['input'];
};

export type Role =
  | 'ADMIN'
  | 'ANALYST'
  | 'VIEWER';

/** read = used + repeated + leftOut + rejected. Files that are rejected as a whole have no rows here. */
export type RowAccount = {
  /** Rows that are no data, such as totals and notes. */
  leftOut: Scalars['Int']['output'];
  read: Scalars['Int']['output'];
  rejected: Scalars['Int']['output'];
  /** Rows that repeat another row word for word. */
  repeated: Scalars['Int']['output'];
  used: Scalars['Int']['output'];
};

/** The organizations that one safeguard covers, and their value. */
export type Safeguard = {
  providerCount: Scalars['Int']['output'];
  valueUsd: Scalars['Float']['output'];
};

/** `package` left out: each affected package. All claims of one source for one advisory; an empty list takes them back. */
export type SaveAvailabilityInput = {
  advisory: Scalars['ID']['input'];
  availabilities: Array<AvailabilityInput>;
  source: Scalars['String']['input'];
};

export type SaveAvailabilityPayload = {
  advisory: Maybe<Advisory>;
  userErrors: Array<UserError>;
};

export type SaveEndpointInput = {
  detail?: InputMaybe<EndpointDetail>;
  format?: InputMaybe<EndpointFormat>;
  id?: InputMaybe<Scalars['ID']['input']>;
  url: Scalars['String']['input'];
};

/** The secret is shown here and never again. */
export type SaveEndpointPayload = {
  endpoint: Maybe<Endpoint>;
  secret: Maybe<Scalars['String']['output']>;
  userErrors: Array<UserError>;
};

/** Without an id it makes a new one; with one, what is left out stays as it is, and null clears. */
export type SaveIncidentInput = {
  cause?: InputMaybe<IncidentCause>;
  core?: InputMaybe<WindowInput>;
  discoveredAt?: InputMaybe<Scalars['DateTime']['input']>;
  hasCore?: InputMaybe<Scalars['Boolean']['input']>;
  id?: InputMaybe<Scalars['ID']['input']>;
  /** CONFLICT where it differs. */
  ifVersion?: InputMaybe<Scalars['Int']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
  options?: InputMaybe<RadiusOptions>;
  origins?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** What it was proposed from; its ticks and claims are kept. */
  proposal?: InputMaybe<ProposalInput>;
  /** At most 100. Stored with the incident without changing its radius: `whatIf` shows their effect. */
  scenario?: InputMaybe<Array<ActionInput>>;
  scope?: InputMaybe<Array<ScopeInput>>;
  state?: InputMaybe<IncidentState>;
  suspectedOrigins?: InputMaybe<Array<SuspectedOriginInput>>;
  widest?: InputMaybe<WindowInput>;
};

export type SaveIncidentPayload = {
  incident: Maybe<Incident>;
  userErrors: Array<UserError>;
};

export type SaveNoteInput = {
  id?: InputMaybe<Scalars['ID']['input']>;
  on: NodeRef;
  text: Scalars['String']['input'];
};

export type SaveNotePayload = {
  note: Maybe<Note>;
  userErrors: Array<UserError>;
};

export type SaveSoftwareStatementInput = {
  advisory: Scalars['ID']['input'];
  at?: InputMaybe<Scalars['DateTime']['input']>;
  justification?: InputMaybe<Scalars['String']['input']>;
  organization: Scalars['ID']['input'];
  source: Scalars['String']['input'];
  state: SoftwareStatementState;
};

export type SaveSoftwareStatementPayload = {
  statement: Maybe<SoftwareStatement>;
  userErrors: Array<UserError>;
};

export type SaveViewInput = {
  id?: InputMaybe<Scalars['ID']['input']>;
  name: Scalars['String']['input'];
  note?: InputMaybe<Scalars['String']['input']>;
  url: Scalars['String']['input'];
};

export type SaveViewPayload = {
  userErrors: Array<UserError>;
  view: Maybe<View>;
};

export type SaveWatchPayload = {
  userErrors: Array<UserError>;
  watch: Maybe<Watch>;
};

export type SavedMatch = {
  because: Scalars['String']['output'];
  grade: SoftwareGrade;
  gradeNow: SoftwareGrade;
  organization: Organization;
};

/** What an incident was proposed from, and what the lists say today. */
export type SavedProposal = {
  advisory: Advisory;
  availabilities: Array<Availability>;
  matches: Array<SavedMatch>;
  revision: Scalars['Int']['output'];
  treatAsCompromise: Scalars['Boolean']['output'];
};

export type Scope = {
  artifacts: Array<Artifact>;
  channels: Array<Scalars['String']['output']>;
  engagements: Array<Engagement>;
  origin: Organization;
};

/** A copy is in scope if its artifact is named, or the engagement or channel of the transfer that it comes from or is implied by. */
export type ScopeInput = {
  artifacts?: InputMaybe<Array<Scalars['ID']['input']>>;
  channels?: InputMaybe<Array<Scalars['String']['input']>>;
  engagements?: InputMaybe<Array<Scalars['ID']['input']>>;
  origin: Scalars['ID']['input'];
};

export type SearchHit = {
  found: Found;
  /** The field that matched, such as name or alias. */
  matched: Scalars['String']['output'];
  score: Scalars['Float']['output'];
};

export type SetAssessmentsInput = {
  artifacts: Array<Scalars['ID']['input']>;
  evidence?: InputMaybe<Scalars['String']['input']>;
  incident: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
  state: AssessmentState;
};

/** `notifier` left out: the only one who must tell; null: the notice that nobody owes. `toldAt`: with TOLD or ANSWERED, not in the future; default now. */
export type SetNoticeInput = {
  incident: Scalars['ID']['input'];
  lab: Scalars['ID']['input'];
  note?: InputMaybe<Scalars['String']['input']>;
  notifier?: InputMaybe<Scalars['ID']['input']>;
  owner?: InputMaybe<Scalars['String']['input']>;
  state: NoticeState;
  toldAt?: InputMaybe<Scalars['DateTime']['input']>;
};

/** 1 to 1,000 notices, all of them or none. What is left out stays as it is, and null clears. */
export type SetNoticesInput = {
  incident: Scalars['ID']['input'];
  note?: InputMaybe<Scalars['String']['input']>;
  notices: Array<NoticeKey>;
  owner?: InputMaybe<Scalars['String']['input']>;
  state?: InputMaybe<NoticeState>;
  toldAt?: InputMaybe<Scalars['DateTime']['input']>;
};

export type SetNoticesPayload = {
  /** Names this change for `undoNotices`. */
  change: Maybe<Scalars['ID']['output']>;
  incident: Maybe<Incident>;
  userErrors: Array<UserError>;
};

export type SharedHolder = {
  artifactCount: Scalars['Int']['output'];
  holder: Organization;
  labCount: Scalars['Int']['output'];
  /** Labs whose artifacts it holds; the first 20 by id. */
  labs: Array<Organization>;
};

export type SharedHolderConnection = {
  batch: Maybe<BatchSource>;
  edges: Array<SharedHolderEdge>;
  pageInfo: PageInfo;
  /** Null: complete. */
  progress: Maybe<BackgroundWork>;
  totalCount: Scalars['Int']['output'];
};

export type SharedHolderEdge = {
  cursor: Scalars['String']['output'];
  node: SharedHolder;
};

export type Sighting = {
  constraint: Maybe<Scalars['String']['output']>;
  isAffected: Scalars['Boolean']['output'];
  isVersionUnknown: Scalars['Boolean']['output'];
  list: SoftwareList;
  package: Scalars['String']['output'];
  provenance: Provenance;
  version: Maybe<Scalars['String']['output']>;
};

export type Simulation = {
  /** At most 100 points, by lossUsd ascending. */
  exceedance: Array<ExceedancePoint>;
  /** As BlastRadius.labs orders them. */
  labs: Array<LabSimulation>;
  meanUsd: Scalars['Float']['output'];
  p5Usd: Scalars['Float']['output'];
  p50Usd: Scalars['Float']['output'];
  p95Usd: Scalars['Float']['output'];
  runs: Scalars['Int']['output'];
  seed: Scalars['Int']['output'];
  standardErrorUsd: Scalars['Float']['output'];
};

export type SkipLoss = {
  /** Those of them that are rejected only because of rejected rows or files that they name. */
  consequenceCount: Scalars['Int']['output'];
  /** Rejected rows, and files that are rejected as a whole. */
  rowCount: Scalars['Int']['output'];
  /** The loss in one sentence. Example: Skipping loses 24 engagements and the 84 transfers under them. */
  sentence: Scalars['String']['output'];
};

export type SoftwareChange = {
  after: Array<Scalars['String']['output']>;
  before: Array<Scalars['String']['output']>;
  name: Scalars['String']['output'];
  package: Maybe<Scalars['String']['output']>;
};

export type SoftwareChangeConnection = {
  edges: Array<SoftwareChangeEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type SoftwareChangeEdge = {
  cursor: Scalars['String']['output'];
  node: SoftwareChange;
};

export type SoftwareComponent = {
  constraint: Maybe<Scalars['String']['output']>;
  depth: ComponentDepth;
  hashes: Array<Scalars['String']['output']>;
  name: Scalars['String']['output'];
  package: Maybe<Scalars['String']['output']>;
  scope: Maybe<Scalars['String']['output']>;
  version: Maybe<Scalars['String']['output']>;
};

export type SoftwareComponentConnection = {
  edges: Array<SoftwareComponentEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type SoftwareComponentEdge = {
  cursor: Scalars['String']['output'];
  node: SoftwareComponent;
};

export type SoftwareCoverage = {
  lastDescribedAt: Maybe<Scalars['DateTime']['output']>;
  listCount: Scalars['Int']['output'];
  organization: Organization;
};

export type SoftwareCoverageConnection = {
  edges: Array<SoftwareCoverageEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type SoftwareCoverageEdge = {
  cursor: Scalars['String']['output'];
  node: SoftwareCoverage;
};

export type SoftwareGrade =
  | 'BETWEEN_LISTS'
  | 'NAME_ONLY'
  | 'NO_LIST'
  | 'PRESENT'
  | 'PRESENT_UNDATED'
  | 'RULED_OUT_BY_LISTS'
  | 'VERSION_UNKNOWN';

export type SoftwareLifecycle =
  | 'BUILD'
  | 'DEPLOYED'
  | 'DESIGN'
  | 'RUNTIME'
  | 'SOURCE'
  | 'UNKNOWN';

/** What an organization's software was made of, as a list says at one time. */
export type SoftwareList = {
  /** What its edition, all lists of its organization, subject and date, names otherwise than the edition before; by package, name. */
  changes: SoftwareChangeConnection;
  componentCount: Scalars['Int']['output'];
  /** By package, name, version. */
  components: SoftwareComponentConnection;
  describedAt: Maybe<Scalars['DateTime']['output']>;
  format: SoftwareListFormat;
  id: Scalars['ID']['output'];
  isComplete: Maybe<Scalars['Boolean']['output']>;
  lifecycle: SoftwareLifecycle;
  organization: Organization;
  provenance: Provenance;
  /** The purl without version, else the name, else empty. */
  subject: Scalars['String']['output'];
  subjectVersion: Maybe<Scalars['String']['output']>;
};


/** What an organization's software was made of, as a list says at one time. */
export type SoftwareListChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What an organization's software was made of, as a list says at one time. */
export type SoftwareListComponentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  text?: InputMaybe<Scalars['String']['input']>;
};

export type SoftwareListConnection = {
  edges: Array<SoftwareListEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type SoftwareListEdge = {
  cursor: Scalars['String']['output'];
  node: SoftwareList;
};

export type SoftwareListFormat =
  | 'ACCESS_FACT'
  | 'CSV'
  | 'CYCLONEDX'
  | 'SPDX';

/** What the lists say of one organization and one advisory or package. */
export type SoftwareMatch = {
  because: Scalars['String']['output'];
  grade: SoftwareGrade;
  /** The latest 100. */
  lists: Array<SoftwareList>;
  organization: Organization;
  packages: Array<Scalars['String']['output']>;
  /** For each version listed, affected or not. */
  presences: Array<Presence>;
  /** Null without an advisory. */
  proposedAs: Maybe<ProposedAs>;
  /** The latest 100 rows of lists that name an affected package, in order of the lists. */
  sightings: Array<Sighting>;
  statements: Array<SoftwareStatement>;
  versions: Array<Scalars['String']['output']>;
};

export type SoftwareMatchConnection = {
  edges: Array<SoftwareMatchEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type SoftwareMatchEdge = {
  cursor: Scalars['String']['output'];
  node: SoftwareMatch;
};

export type SoftwareStatement = {
  advisory: Scalars['ID']['output'];
  at: Maybe<Scalars['DateTime']['output']>;
  justification: Maybe<Scalars['String']['output']>;
  organization: Organization;
  source: Scalars['String']['output'];
  state: SoftwareStatementState;
};

export type SoftwareStatementState =
  | 'AFFECTED'
  | 'FIXED'
  | 'NOT_AFFECTED'
  | 'UNDER_INVESTIGATION';

export type SpreadStep = {
  /** The access fact that it passed over; null where it passed along transfers. */
  access: Maybe<Access>;
  from: Organization;
  likelihood: Scalars['Float']['output'];
  to: Organization;
};

export type StatementKey = {
  advisory: Scalars['ID']['input'];
  organization: Scalars['ID']['input'];
  source: Scalars['String']['input'];
};

export type Subgraph = {
  links: Array<GraphLink>;
  nodes: Array<GraphNode>;
  /** Nodes that were left out because of the limit; kept are those by link kind in LinkKind's order, then count descending, then key. */
  omittedCount: Scalars['Int']['output'];
};

export type SuspectedOrigin = {
  likelihood: Scalars['Float']['output'];
  organization: Organization;
};

export type SuspectedOriginInput = {
  /** Chance that it was compromised, above 0, at most 1. Default 1. */
  likelihood?: InputMaybe<Scalars['Float']['input']>;
  organization: Scalars['ID']['input'];
};

export type SuspendInput = {
  at: Scalars['DateTime']['input'];
  organization: Scalars['ID']['input'];
};

export type TaintedConnection = {
  edges: Array<TaintedEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type TaintedEdge = {
  cursor: Scalars['String']['output'];
  node: TaintedHolding;
};

export type TaintedHolding = {
  artifact: Artifact;
  /** The transfers that carried it there, from an origin's on; at most the last 100. */
  chain: Array<Transfer>;
  chainLength: Scalars['Int']['output'];
  /** The earliest receipt whose date is known: at the latest then. */
  firstDated: Maybe<Scalars['DateTime']['output']>;
  holder: Organization;
  /** False: the date of the receipt is unknown, and `since` is the date at which it was asserted; it is not shown as a date. */
  isSinceKnown: Scalars['Boolean']['output'];
  /** Only through a suspected origin (§13). */
  isSuspected: Scalars['Boolean']['output'];
  /** When the first tainted copy came. */
  since: Scalars['DateTime']['output'];
};

/**
 * A field that is left out keeps its value; a null `doneAt` opens the step again. Evidence is recorded as a fact where the step has one: a
 * recall as verified deletions, a revocation or suspension as the end of access.
 */
export type TickPlanStepInput = {
  doneAt?: InputMaybe<Scalars['DateTime']['input']>;
  evidence?: InputMaybe<Scalars['String']['input']>;
  incident: Scalars['ID']['input'];
  owner?: InputMaybe<Scalars['String']['input']>;
  step: Scalars['ID']['input'];
};

/** The strongest first. */
export type Tier =
  | 'CONTAINED'
  | 'EXPOSED'
  | 'POSSIBLE';

/** Buckets run from the earliest to the latest known time of the origins' transfers and the widest window; edges are whole milliseconds. */
export type TimelineBucket = {
  /** Artifacts with a readable copy at an origin whose definite interval meets [from, until). */
  definiteCount: Scalars['Int']['output'];
  deletedCount: Scalars['Int']['output'];
  from: Scalars['DateTime']['output'];
  /** The others whose possible interval does. */
  possibleCount: Scalars['Int']['output'];
  /** Transfers to the origins, from them, and deletions there. */
  receivedCount: Scalars['Int']['output'];
  sentCount: Scalars['Int']['output'];
  until: Scalars['DateTime']['output'];
};

/** One copy of an artifact, handed from one organization to another. */
export type Transfer = {
  artifact: Artifact;
  /** Bytes that it carried; null where unknown. */
  bytes: Maybe<Scalars['Float']['output']>;
  channel: Maybe<Scalars['String']['output']>;
  confidence: Scalars['Float']['output'];
  /** The copy that it put into the recipient's custody. */
  copy: Copy;
  deletedAt: Maybe<Scalars['DateTime']['output']>;
  deletionState: DeletionState;
  engagement: Maybe<Engagement>;
  form: CopyForm;
  /** Names of the pieces handed over, where known. */
  fragments: Maybe<Array<Scalars['String']['output']>>;
  id: Scalars['ID']['output'];
  portion: Scalars['Float']['output'];
  provenance: Provenance;
  recipient: Organization;
  /** How many items (records, tasks, examples) it carried; null where unknown. */
  records: Maybe<Scalars['Float']['output']>;
  sender: Organization;
  /** Null where unknown: it may have been at any time. */
  sentAt: Maybe<Scalars['DateTime']['output']>;
};

export type TransferConnection = {
  edges: Array<TransferEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type TransferEdge = {
  cursor: Scalars['String']['output'];
  node: Transfer;
};

export type TransferInput = {
  artifact: Scalars['ID']['input'];
  /** Default: now. */
  assertedAt?: InputMaybe<Scalars['DateTime']['input']>;
  bytes?: InputMaybe<Scalars['Float']['input']>;
  channel?: InputMaybe<Scalars['String']['input']>;
  confidence?: InputMaybe<Scalars['Float']['input']>;
  deletedAt?: InputMaybe<Scalars['DateTime']['input']>;
  deletionState?: InputMaybe<DeletionState>;
  engagement?: InputMaybe<Scalars['ID']['input']>;
  form?: InputMaybe<CopyForm>;
  fragments?: InputMaybe<Array<Scalars['String']['input']>>;
  id: Scalars['ID']['input'];
  portion?: InputMaybe<Scalars['Float']['input']>;
  recipient: Scalars['ID']['input'];
  records?: InputMaybe<Scalars['Float']['input']>;
  sender: Scalars['ID']['input'];
  sentAt?: InputMaybe<Scalars['DateTime']['input']>;
  source?: InputMaybe<Scalars['String']['input']>;
};

/** Puts back what one change of `setNotices` changed, as long as nobody changed it since (CONFLICT). */
export type UndoNoticesInput = {
  change: Scalars['ID']['input'];
  incident: Scalars['ID']['input'];
};

/** The decision about facts that a source listed before and does not list now. */
export type UnlistedPolicy =
  /** Engagements and access end at `endUnlistedAt`; other kinds stay. */
  | 'END'
  /** They are still there: nothing changes. */
  | 'KEEP'
  /** They never were: they are retracted, unless other sources state them. Needs an administrator, or whoever imported all that goes. */
  | 'RETRACT';

export type UnmergeOrganizationsInput = {
  organization: Scalars['ID']['input'];
};

/** What a person can put right. `path` leads to the input field. */
export type UserError = {
  code: Scalars['String']['output'];
  message: Scalars['String']['output'];
  path: Array<Scalars['String']['output']>;
};

export type ValueMapping = {
  column: Scalars['String']['output'];
  count: Scalars['Int']['output'];
  file: Scalars['String']['output'];
  index: Scalars['Int']['output'];
  meaning: Maybe<Scalars['String']['output']>;
  value: Scalars['String']['output'];
};

export type ValueMappingConnection = {
  edges: Array<ValueMappingEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type ValueMappingEdge = {
  cursor: Scalars['String']['output'];
  node: ValueMapping;
};

/** `meaning` null: leave the cell empty. */
export type ValueMeaningInput = {
  file: Scalars['String']['input'];
  index: Scalars['Int']['input'];
  meaning?: InputMaybe<Scalars['String']['input']>;
  value: Scalars['String']['input'];
};

/** A saved state of the page: its URL's path and query. */
export type View = {
  at: Scalars['DateTime']['output'];
  by: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  note: Maybe<Scalars['String']['output']>;
  url: Scalars['String']['output'];
};

export type Viewer = {
  canExport: Scalars['Boolean']['output'];
  /** The labs it is bound to; null: it sees all. */
  labs: Maybe<Array<Organization>>;
  name: Scalars['String']['output'];
  role: Role;
};

/** `low`: the largest number that one copy states; `high`: all that they state; 0 where none does (§1). */
export type Volume = {
  high: Scalars['Float']['output'];
  /** Some such copy states no number. */
  isUnknown: Scalars['Boolean']['output'];
  low: Scalars['Float']['output'];
};

export type VolumeSum = {
  high: Scalars['Float']['output'];
  low: Scalars['Float']['output'];
  /** Artifacts of which some such copy states no number. */
  unknownCount: Scalars['Int']['output'];
};

/** A change of a recorded fact, in an organization's own answer, that an analyst decides about. */
export type WaitingChange = {
  /** Null: undecided. Nothing is committed before every change is decided. */
  decision: Maybe<AnswerDecision>;
  /** As FactChange.factId. */
  factId: Scalars['ID']['output'];
  factKind: FactKind;
  /** The waiting fields only. */
  fields: Array<FieldChange>;
  file: Maybe<Scalars['String']['output']>;
  /** The same in every analysis of the draft. */
  id: Scalars['ID']['output'];
  line: Maybe<Scalars['Int']['output']>;
};

export type WaitingChangeConnection = {
  edges: Array<WaitingChangeEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type WaitingChangeEdge = {
  cursor: Scalars['String']['output'];
  node: WaitingChange;
};

export type Watch = {
  endpointCount: Scalars['Int']['output'];
  /** Only for administrators; others see how many. */
  endpoints: Array<Endpoint>;
  /** The latest first. */
  events: WatchEventConnection;
  /** Why it cannot be asked any more; null: it can. */
  failure: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  /** It is never asked again; `failure` says why. Saving it begins it anew. */
  isEnded: Scalars['Boolean']['output'];
  isMuted: Scalars['Boolean']['output'];
  kind: WatchKind;
  lastInstant: Scalars['DateTime']['output'];
  lastRevision: Scalars['Int']['output'];
  name: Scalars['String']['output'];
  /** The names of what it asks about, as recorded now: origins, a lab, an artifact, or the incident whose notices it asks about. What is recorded no more is left out. */
  names: Array<Scalars['String']['output']>;
  owner: Scalars['String']['output'];
  /** What it asks and when it speaks, as one sentence. */
  question: Scalars['String']['output'];
  settings: WatchSettings;
};


export type WatchEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type WatchChange =
  | 'JOINED'
  | 'LEFT'
  | 'STRENGTHENED'
  | 'WEAKENED';

export type WatchConnection = {
  edges: Array<WatchEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type WatchEdge = {
  cursor: Scalars['String']['output'];
  node: Watch;
};

export type WatchEvent = {
  after: Maybe<RadiusSummary>;
  before: Maybe<RadiusSummary>;
  counts: Array<ChangeCount>;
  deliveries: Array<Delivery>;
  fromInstant: Scalars['DateTime']['output'];
  fromRevision: Scalars['Int']['output'];
  id: Scalars['ID']['output'];
  instant: Scalars['DateTime']['output'];
  isRead: Scalars['Boolean']['output'];
  /** What changed: artifacts, findings, notices, matches, facts of an edition or organizations of a ranking, by the watch's kind. */
  items: WatchItemConnection;
  /** One sentence. */
  summary: Scalars['String']['output'];
  toRevision: Scalars['Int']['output'];
  /** As on the wire, such as radius.changed. */
  type: Scalars['String']['output'];
  /** The address of the page that shows the difference. */
  url: Scalars['String']['output'];
  watch: Watch;
};


export type WatchEventItemsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type WatchEventConnection = {
  edges: Array<WatchEventEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
  unreadCount: Scalars['Int']['output'];
};

export type WatchEventEdge = {
  cursor: Scalars['String']['output'];
  node: WatchEvent;
};

export type WatchInput = {
  advisory?: InputMaybe<Scalars['ID']['input']>;
  affectedLabs?: InputMaybe<Scalars['Int']['input']>;
  artifact?: InputMaybe<Scalars['ID']['input']>;
  count?: InputMaybe<Scalars['Int']['input']>;
  endpoints?: InputMaybe<Array<Scalars['ID']['input']>>;
  findings?: InputMaybe<Array<FindingKind>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  id?: InputMaybe<Scalars['ID']['input']>;
  incident?: InputMaybe<Scalars['ID']['input']>;
  isMuted?: InputMaybe<Scalars['Boolean']['input']>;
  kind: WatchKind;
  lab?: InputMaybe<Scalars['ID']['input']>;
  minTier?: InputMaybe<Tier>;
  name: Scalars['String']['input'];
  on?: InputMaybe<Array<WatchChange>>;
  radius?: InputMaybe<BlastRadiusInput>;
  source?: InputMaybe<Scalars['String']['input']>;
  withinHours?: InputMaybe<Scalars['Int']['input']>;
  worstCaseLossUsd?: InputMaybe<Scalars['Float']['input']>;
};

export type WatchItem = {
  after: Maybe<Scalars['String']['output']>;
  /** The subject as recorded now; null: it is none, or is recorded no more. */
  artifact: Maybe<Artifact>;
  because: Scalars['String']['output'];
  before: Maybe<Scalars['String']['output']>;
  kind: WatchChange;
  /** The subject as recorded now; null: it is none, or is recorded no more. */
  organization: Maybe<Organization>;
  /** The id of the artifact, finding, organization or fact. */
  subject: Scalars['ID']['output'];
  /** Of an artifact: its worst case after, or before where it left. */
  worstCaseLossUsd: Maybe<Scalars['Float']['output']>;
};

export type WatchItemConnection = {
  edges: Array<WatchItemEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type WatchItemEdge = {
  cursor: Scalars['String']['output'];
  node: WatchItem;
};

export type WatchKind =
  | 'ADVISORY'
  | 'ARTIFACT'
  | 'EDITION'
  | 'FINDINGS'
  | 'LAB'
  | 'NOTICE'
  | 'RADIUS'
  | 'RANKING';

/** `radius`: the JSON of a BlastRadiusInput. */
export type WatchSettings = {
  advisory: Maybe<Scalars['ID']['output']>;
  affectedLabs: Maybe<Scalars['Int']['output']>;
  artifact: Maybe<Scalars['ID']['output']>;
  count: Maybe<Scalars['Int']['output']>;
  findings: Maybe<Array<FindingKind>>;
  first: Maybe<Scalars['Int']['output']>;
  incident: Maybe<Scalars['ID']['output']>;
  lab: Maybe<Scalars['ID']['output']>;
  minTier: Maybe<Tier>;
  on: Array<WatchChange>;
  radius: Maybe<Scalars['String']['output']>;
  source: Maybe<Scalars['String']['output']>;
  withinHours: Maybe<Scalars['Int']['output']>;
  worstCaseLossUsd: Maybe<Scalars['Float']['output']>;
};

/** One way in to an artifact: a copy of it at a reached organization, or of an artifact that reveals it. */
export type WayIn = {
  /** One sentence that a person can check: who holds what, since when, how it got there, why this tier. */
  because: Scalars['String']['output'];
  chance: Scalars['Float']['output'];
  copy: Copy;
  holder: ReachedOrganization;
  /** From the copy's artifact to this one, best product of degrees; empty for a copy of its own. */
  reveals: Array<Reveals>;
  tier: Tier;
  yieldShare: Scalars['Float']['output'];
};

export type WhatIf = {
  baseline: BlastRadius;
  /** All changes by kind, in ChangeKind's order; no entry for a kind without changes. */
  changeCounts: Array<ChangeCount>;
  /** Every artifact of either radius: what left first, then weakened, stayed, strengthened, joined; then by artifact id. */
  changes: RadiusChangeConnection;
  /** What the actions can't undo, in sentences: copies that stay, and why. */
  limits: Array<Scalars['String']['output']>;
  scenario: BlastRadius;
  /** Engagements current at the time of a SUSPEND to which its organization is a party: what stops; by id. */
  stopped: EngagementConnection;
};


export type WhatIfChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kinds?: InputMaybe<Array<ChangeKind>>;
};


export type WhatIfStoppedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Window = {
  from: Scalars['DateTime']['output'];
  to: Scalars['DateTime']['output'];
};

export type WindowInput = {
  from: Scalars['DateTime']['input'];
  /** Not before `from`. */
  to: Scalars['DateTime']['input'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  Fact:
    | ( AccessModel )
    | ( ArtifactModel )
    | ( ControlModel )
    | ( EngagementModel )
    | ( OrganizationModel )
    | ( RevealsModel )
    | ( TransferModel )
  ;
  Found:
    | ( AdvisoryModel )
    | ( ArtifactModel )
    | ( EngagementModel )
    | ( FoundValueModel )
    | ( IncidentModel )
    | ( OrganizationModel )
    | ( SoftwareListModel )
    | ( TransferModel )
    | ( ViewModel )
  ;
};


/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  About: ResolverTypeWrapper<AboutModel>;
  AcceptFindingInput: AcceptFindingInput;
  AcceptFindingPayload: ResolverTypeWrapper<Omit<AcceptFindingPayload, 'finding'> & { finding?: Maybe<ResolversTypes['Finding']> }>;
  Acceptance: ResolverTypeWrapper<Acceptance>;
  Access: ResolverTypeWrapper<AccessModel>;
  AccessConnection: ResolverTypeWrapper<Omit<AccessConnection, 'edges'> & { edges: Array<ResolversTypes['AccessEdge']> }>;
  AccessEdge: ResolverTypeWrapper<Omit<AccessEdge, 'node'> & { node: ResolversTypes['Access'] }>;
  AccessInput: AccessInput;
  AccessKind: AccessKind;
  Action: ResolverTypeWrapper<ActionModel>;
  ActionInput: ActionInput;
  ActionKind: ActionKind;
  AddIncidentNoteInput: AddIncidentNoteInput;
  Advisory: ResolverTypeWrapper<AdvisoryModel>;
  AdvisoryConnection: ResolverTypeWrapper<Omit<AdvisoryConnection, 'edges'> & { edges: Array<ResolversTypes['AdvisoryEdge']> }>;
  AdvisoryEdge: ResolverTypeWrapper<Omit<AdvisoryEdge, 'node'> & { node: ResolversTypes['Advisory'] }>;
  AdvisoryKind: AdvisoryKind;
  AffectedLab: ResolverTypeWrapper<AffectedLabModel>;
  AffectedLabConnection: ResolverTypeWrapper<Omit<AffectedLabConnection, 'edges'> & { edges: Array<ResolversTypes['AffectedLabEdge']> }>;
  AffectedLabEdge: ResolverTypeWrapper<Omit<AffectedLabEdge, 'node'> & { node: ResolversTypes['AffectedLab'] }>;
  AffectedPackage: ResolverTypeWrapper<AffectedPackage>;
  AnswerDecision: AnswerDecision;
  Artifact: ResolverTypeWrapper<ArtifactModel>;
  ArtifactConnection: ResolverTypeWrapper<Omit<ArtifactConnection, 'edges'> & { edges: Array<ResolversTypes['ArtifactEdge']> }>;
  ArtifactEdge: ResolverTypeWrapper<Omit<ArtifactEdge, 'node'> & { node: ResolversTypes['Artifact'] }>;
  ArtifactExposure: ResolverTypeWrapper<ArtifactExposureModel>;
  ArtifactExposureConnection: ResolverTypeWrapper<Omit<ArtifactExposureConnection, 'edges'> & { edges: Array<ResolversTypes['ArtifactExposureEdge']> }>;
  ArtifactExposureEdge: ResolverTypeWrapper<Omit<ArtifactExposureEdge, 'node'> & { node: ResolversTypes['ArtifactExposure'] }>;
  ArtifactInput: ArtifactInput;
  ArtifactType: ArtifactType;
  Assessment: ResolverTypeWrapper<AssessmentModel>;
  AssessmentConnection: ResolverTypeWrapper<Omit<AssessmentConnection, 'edges'> & { edges: Array<ResolversTypes['AssessmentEdge']> }>;
  AssessmentEdge: ResolverTypeWrapper<Omit<AssessmentEdge, 'node'> & { node: ResolversTypes['Assessment'] }>;
  AssessmentState: AssessmentState;
  Attribute: ResolverTypeWrapper<Attribute>;
  AttributeInput: AttributeInput;
  AuditEntry: ResolverTypeWrapper<AuditEntry>;
  AuditEntryConnection: ResolverTypeWrapper<AuditEntryConnection>;
  AuditEntryEdge: ResolverTypeWrapper<AuditEntryEdge>;
  Availability: ResolverTypeWrapper<Availability>;
  AvailabilityInput: AvailabilityInput;
  BackgroundWork: ResolverTypeWrapper<BackgroundWork>;
  Basis: Basis;
  BatchSource: ResolverTypeWrapper<BatchSource>;
  BlastRadius: ResolverTypeWrapper<RadiusModel>;
  BlastRadiusInput: BlastRadiusInput;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Bounds: ResolverTypeWrapper<Bounds>;
  CellChange: CellChange;
  CellExample: ResolverTypeWrapper<CellExample>;
  CellNote: ResolverTypeWrapper<CellNote>;
  CellReport: ResolverTypeWrapper<CellReport>;
  ChangeCount: ResolverTypeWrapper<ChangeCount>;
  ChangeKind: ChangeKind;
  ColumnMapping: ResolverTypeWrapper<ColumnMapping>;
  ColumnMappingInput: ColumnMappingInput;
  ColumnUse: ColumnUse;
  CommitImportInput: CommitImportInput;
  ComponentDepth: ComponentDepth;
  Control: ResolverTypeWrapper<ControlModel>;
  ControlConnection: ResolverTypeWrapper<Omit<ControlConnection, 'edges'> & { edges: Array<ResolversTypes['ControlEdge']> }>;
  ControlEdge: ResolverTypeWrapper<Omit<ControlEdge, 'node'> & { node: ResolversTypes['Control'] }>;
  ControlGap: ResolverTypeWrapper<ControlGapModel>;
  ControlGapConnection: ResolverTypeWrapper<Omit<ControlGapConnection, 'edges'> & { edges: Array<ResolversTypes['ControlGapEdge']> }>;
  ControlGapEdge: ResolverTypeWrapper<Omit<ControlGapEdge, 'node'> & { node: ResolversTypes['ControlGap'] }>;
  ControlGapOrder: ControlGapOrder;
  ControlInput: ControlInput;
  ControlKey: ControlKey;
  CopiesAtHolder: ResolverTypeWrapper<Omit<CopiesAtHolder, 'holder'> & { holder: ResolversTypes['Organization'] }>;
  Copy: ResolverTypeWrapper<CopyModel>;
  CopyConnection: ResolverTypeWrapper<Omit<CopyConnection, 'edges'> & { edges: Array<ResolversTypes['CopyEdge']> }>;
  CopyEdge: ResolverTypeWrapper<Omit<CopyEdge, 'node'> & { node: ResolversTypes['Copy'] }>;
  CopyEvent: ResolverTypeWrapper<Omit<CopyEvent, 'holder' | 'sender'> & { holder: ResolversTypes['Organization'], sender?: Maybe<ResolversTypes['Organization']> }>;
  CopyEventConnection: ResolverTypeWrapper<Omit<CopyEventConnection, 'edges'> & { edges: Array<ResolversTypes['CopyEventEdge']> }>;
  CopyEventEdge: ResolverTypeWrapper<Omit<CopyEventEdge, 'node'> & { node: ResolversTypes['CopyEvent'] }>;
  CopyEventKind: CopyEventKind;
  CopyForm: CopyForm;
  CopyKind: CopyKind;
  Custody: ResolverTypeWrapper<Custody>;
  Cut: ResolverTypeWrapper<Omit<Cut, 'action'> & { action: ResolversTypes['Action'] }>;
  CutOrder: CutOrder;
  DateOrder: DateOrder;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DecideAnswerInput: DecideAnswerInput;
  DecideEditionInput: DecideEditionInput;
  DecideMatchesInput: DecideMatchesInput;
  DeleteEndpointPayload: ResolverTypeWrapper<DeleteEndpointPayload>;
  DeleteIncidentInput: DeleteIncidentInput;
  DeleteIncidentPayload: ResolverTypeWrapper<DeleteIncidentPayload>;
  DeleteNoteInput: DeleteNoteInput;
  DeleteNotePayload: ResolverTypeWrapper<DeleteNotePayload>;
  DeleteViewInput: DeleteViewInput;
  DeleteViewPayload: ResolverTypeWrapper<DeleteViewPayload>;
  DeleteWatchInput: DeleteWatchInput;
  DeleteWatchPayload: ResolverTypeWrapper<DeleteWatchPayload>;
  DeletionState: DeletionState;
  Delivery: ResolverTypeWrapper<Delivery>;
  DeliveryPayload: ResolverTypeWrapper<DeliveryPayload>;
  Dependent: ResolverTypeWrapper<DependentModel>;
  DependentConnection: ResolverTypeWrapper<Omit<DependentConnection, 'edges'> & { edges: Array<ResolversTypes['DependentEdge']> }>;
  DependentEdge: ResolverTypeWrapper<Omit<DependentEdge, 'node'> & { node: ResolversTypes['Dependent'] }>;
  EditionDrift: ResolverTypeWrapper<EditionDrift>;
  EncryptInput: EncryptInput;
  Endpoint: ResolverTypeWrapper<EndpointModel>;
  EndpointDetail: EndpointDetail;
  EndpointFormat: EndpointFormat;
  EndpointIdInput: EndpointIdInput;
  EndpointState: EndpointState;
  Engagement: ResolverTypeWrapper<EngagementModel>;
  EngagementConnection: ResolverTypeWrapper<Omit<EngagementConnection, 'edges'> & { edges: Array<ResolversTypes['EngagementEdge']> }>;
  EngagementEdge: ResolverTypeWrapper<Omit<EngagementEdge, 'node'> & { node: ResolversTypes['Engagement'] }>;
  EngagementInput: EngagementInput;
  EvidenceType: EvidenceType;
  ExceedancePoint: ResolverTypeWrapper<ExceedancePoint>;
  ExposedArtifact: ResolverTypeWrapper<ExposedArtifactModel>;
  ExposedArtifactConnection: ResolverTypeWrapper<Omit<ExposedArtifactConnection, 'edges'> & { edges: Array<ResolversTypes['ExposedArtifactEdge']> }>;
  ExposedArtifactEdge: ResolverTypeWrapper<Omit<ExposedArtifactEdge, 'node'> & { node: ResolversTypes['ExposedArtifact'] }>;
  ExposedArtifactOrder: ExposedArtifactOrder;
  ExposingOrganization: ResolverTypeWrapper<ExposingModel>;
  ExposingOrganizationConnection: ResolverTypeWrapper<Omit<ExposingOrganizationConnection, 'edges'> & { edges: Array<ResolversTypes['ExposingOrganizationEdge']> }>;
  ExposingOrganizationEdge: ResolverTypeWrapper<Omit<ExposingOrganizationEdge, 'node'> & { node: ResolversTypes['ExposingOrganization'] }>;
  Exposure: ResolverTypeWrapper<ExposureModel>;
  Fact: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['Fact']>;
  FactChange: ResolverTypeWrapper<FactChangeModel>;
  FactChangeConnection: ResolverTypeWrapper<Omit<FactChangeConnection, 'edges'> & { edges: Array<ResolversTypes['FactChangeEdge']> }>;
  FactChangeEdge: ResolverTypeWrapper<Omit<FactChangeEdge, 'node'> & { node: ResolversTypes['FactChange'] }>;
  FactChangeKind: FactChangeKind;
  FactConnection: ResolverTypeWrapper<Omit<FactConnection, 'edges'> & { edges: Array<ResolversTypes['FactEdge']> }>;
  FactCounts: ResolverTypeWrapper<FactCounts>;
  FactEdge: ResolverTypeWrapper<Omit<FactEdge, 'node'> & { node: ResolversTypes['Fact'] }>;
  FactKind: FactKind;
  FactRef: FactRef;
  FieldChange: ResolverTypeWrapper<FieldChange>;
  FileMapping: ResolverTypeWrapper<FileMappingModel>;
  Finding: ResolverTypeWrapper<FindingModel>;
  FindingConnection: ResolverTypeWrapper<Omit<FindingConnection, 'edges'> & { edges: Array<ResolversTypes['FindingEdge']> }>;
  FindingCount: ResolverTypeWrapper<FindingCount>;
  FindingEdge: ResolverTypeWrapper<Omit<FindingEdge, 'node'> & { node: ResolversTypes['Finding'] }>;
  FindingKind: FindingKind;
  FixImportCellInput: FixImportCellInput;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Flow: ResolverTypeWrapper<Omit<Flow, 'holder' | 'lab'> & { holder?: Maybe<ResolversTypes['ReachedOrganization']>, lab: ResolversTypes['Organization'] }>;
  Found: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['Found']>;
  FoundKind: FoundKind;
  FoundValue: ResolverTypeWrapper<FoundValueModel>;
  GraphLink: ResolverTypeWrapper<GraphLinkModel>;
  GraphNode: ResolverTypeWrapper<GraphNodeModel>;
  HeldOrder: HeldOrder;
  HolderShare: ResolverTypeWrapper<HolderShareModel>;
  HolderTimeline: ResolverTypeWrapper<Omit<HolderTimeline, 'holder' | 'lab'> & { holder: ResolversTypes['ReachedOrganization'], lab?: Maybe<ResolversTypes['Organization']> }>;
  HolderTimelineConnection: ResolverTypeWrapper<Omit<HolderTimelineConnection, 'edges'> & { edges: Array<ResolversTypes['HolderTimelineEdge']> }>;
  HolderTimelineEdge: ResolverTypeWrapper<Omit<HolderTimelineEdge, 'node'> & { node: ResolversTypes['HolderTimeline'] }>;
  HoldingAt: ResolverTypeWrapper<Omit<HoldingAt, 'holder'> & { holder: ResolversTypes['Organization'] }>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Import: ResolverTypeWrapper<ImportModel>;
  ImportConnection: ResolverTypeWrapper<Omit<ImportConnection, 'edges'> & { edges: Array<ResolversTypes['ImportEdge']> }>;
  ImportEdge: ResolverTypeWrapper<Omit<ImportEdge, 'node'> & { node: ResolversTypes['Import'] }>;
  ImportEffect: ResolverTypeWrapper<Omit<ImportEffect, 'rankingAfter' | 'rankingBefore'> & { rankingAfter: Array<ResolversTypes['RankedOrganization']>, rankingBefore: Array<ResolversTypes['RankedOrganization']> }>;
  ImportFile: ResolverTypeWrapper<Omit<ImportFile, 'mapping'> & { mapping: ResolversTypes['FileMapping'] }>;
  ImportIdInput: ImportIdInput;
  ImportPayload: ResolverTypeWrapper<Omit<ImportPayload, 'import'> & { import?: Maybe<ResolversTypes['Import']> }>;
  ImportProgress: ResolverTypeWrapper<ImportProgress>;
  ImportQuestion: ResolverTypeWrapper<ImportQuestion>;
  ImportQuestionKind: ImportQuestionKind;
  ImportReport: ResolverTypeWrapper<ImportReport>;
  ImportState: ImportState;
  Incident: ResolverTypeWrapper<IncidentModel>;
  IncidentCause: IncidentCause;
  IncidentConnection: ResolverTypeWrapper<Omit<IncidentConnection, 'edges'> & { edges: Array<ResolversTypes['IncidentEdge']> }>;
  IncidentEdge: ResolverTypeWrapper<Omit<IncidentEdge, 'node'> & { node: ResolversTypes['Incident'] }>;
  IncidentEntry: ResolverTypeWrapper<IncidentEntry>;
  IncidentEntryConnection: ResolverTypeWrapper<IncidentEntryConnection>;
  IncidentEntryEdge: ResolverTypeWrapper<IncidentEntryEdge>;
  IncidentProposal: ResolverTypeWrapper<IncidentProposalModel>;
  IncidentState: IncidentState;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  IntegrityRadius: ResolverTypeWrapper<IntegrityModel>;
  Interval: ResolverTypeWrapper<Interval>;
  LabConcentration: ResolverTypeWrapper<LabConcentrationModel>;
  LabConcentrationConnection: ResolverTypeWrapper<Omit<LabConcentrationConnection, 'edges'> & { edges: Array<ResolversTypes['LabConcentrationEdge']> }>;
  LabConcentrationEdge: ResolverTypeWrapper<Omit<LabConcentrationEdge, 'node'> & { node: ResolversTypes['LabConcentration'] }>;
  LabSafeguards: ResolverTypeWrapper<LabSafeguardsModel>;
  LabSafeguardsConnection: ResolverTypeWrapper<Omit<LabSafeguardsConnection, 'edges'> & { edges: Array<ResolversTypes['LabSafeguardsEdge']> }>;
  LabSafeguardsEdge: ResolverTypeWrapper<Omit<LabSafeguardsEdge, 'node'> & { node: ResolversTypes['LabSafeguards'] }>;
  LabSimulation: ResolverTypeWrapper<LabSimulationModel>;
  LabTier: ResolverTypeWrapper<Omit<LabTier, 'lab'> & { lab: ResolversTypes['Organization'] }>;
  LinkCount: ResolverTypeWrapper<LinkCount>;
  LinkKind: LinkKind;
  MapImportFileInput: MapImportFileInput;
  MapImportValuesInput: MapImportValuesInput;
  MatchCandidate: ResolverTypeWrapper<MatchCandidate>;
  MatchDecision: MatchDecision;
  MatchDecisionInput: MatchDecisionInput;
  MatchGrade: MatchGrade;
  Merge: ResolverTypeWrapper<Omit<Merge, 'into'> & { into: ResolversTypes['Organization'] }>;
  MergeConnection: ResolverTypeWrapper<Omit<MergeConnection, 'edges'> & { edges: Array<ResolversTypes['MergeEdge']> }>;
  MergeEdge: ResolverTypeWrapper<Omit<MergeEdge, 'node'> & { node: ResolversTypes['Merge'] }>;
  MergeOrganizationsInput: MergeOrganizationsInput;
  MergeOrganizationsPayload: ResolverTypeWrapper<Omit<MergeOrganizationsPayload, 'organization'> & { organization?: Maybe<ResolversTypes['Organization']> }>;
  MissingControl: ResolverTypeWrapper<MissingControlModel>;
  MissingControlReason: MissingControlReason;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NeighborConnection: ResolverTypeWrapper<Omit<NeighborConnection, 'edges'> & { edges: Array<ResolversTypes['NeighborEdge']> }>;
  NeighborEdge: ResolverTypeWrapper<Omit<NeighborEdge, 'node'> & { node: ResolversTypes['GraphNode'] }>;
  NewArtifactsInput: NewArtifactsInput;
  NodeRef: NodeRef;
  Note: ResolverTypeWrapper<NoteModel>;
  NoteConnection: ResolverTypeWrapper<Omit<NoteConnection, 'edges'> & { edges: Array<ResolversTypes['NoteEdge']> }>;
  NoteEdge: ResolverTypeWrapper<Omit<NoteEdge, 'node'> & { node: ResolversTypes['Note'] }>;
  Notice: ResolverTypeWrapper<NoticeModel>;
  NoticeConnection: ResolverTypeWrapper<Omit<NoticeConnection, 'edges'> & { edges: Array<ResolversTypes['NoticeEdge']> }>;
  NoticeCounts: ResolverTypeWrapper<NoticeCounts>;
  NoticeEdge: ResolverTypeWrapper<Omit<NoticeEdge, 'node'> & { node: ResolversTypes['Notice'] }>;
  NoticeGroup: ResolverTypeWrapper<NoticeGroupModel>;
  NoticeGroupConnection: ResolverTypeWrapper<Omit<NoticeGroupConnection, 'edges'> & { edges: Array<ResolversTypes['NoticeGroupEdge']> }>;
  NoticeGroupEdge: ResolverTypeWrapper<Omit<NoticeGroupEdge, 'node'> & { node: ResolversTypes['NoticeGroup'] }>;
  NoticeGrouping: NoticeGrouping;
  NoticeKey: NoticeKey;
  NoticeState: NoticeState;
  NoticeTerm: NoticeTerm;
  NotificationPack: ResolverTypeWrapper<NotificationPackModel>;
  Organization: ResolverTypeWrapper<OrganizationModel>;
  OrganizationAdvisory: ResolverTypeWrapper<Omit<OrganizationAdvisory, 'advisory' | 'match'> & { advisory: ResolversTypes['Advisory'], match: ResolversTypes['SoftwareMatch'] }>;
  OrganizationAdvisoryConnection: ResolverTypeWrapper<Omit<OrganizationAdvisoryConnection, 'edges'> & { edges: Array<ResolversTypes['OrganizationAdvisoryEdge']> }>;
  OrganizationAdvisoryEdge: ResolverTypeWrapper<Omit<OrganizationAdvisoryEdge, 'node'> & { node: ResolversTypes['OrganizationAdvisory'] }>;
  OrganizationConnection: ResolverTypeWrapper<Omit<OrganizationConnection, 'edges'> & { edges: Array<ResolversTypes['OrganizationEdge']> }>;
  OrganizationEdge: ResolverTypeWrapper<Omit<OrganizationEdge, 'node'> & { node: ResolversTypes['Organization'] }>;
  OrganizationInput: OrganizationInput;
  OrganizationMatch: ResolverTypeWrapper<OrganizationMatch>;
  OrganizationMatchConnection: ResolverTypeWrapper<OrganizationMatchConnection>;
  OrganizationMatchEdge: ResolverTypeWrapper<OrganizationMatchEdge>;
  OrganizationRole: OrganizationRole;
  OrganizationStatus: OrganizationStatus;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Partner: ResolverTypeWrapper<Omit<Partner, 'organization'> & { organization: ResolversTypes['Organization'] }>;
  PartnerConnection: ResolverTypeWrapper<Omit<PartnerConnection, 'edges'> & { edges: Array<ResolversTypes['PartnerEdge']> }>;
  PartnerEdge: ResolverTypeWrapper<Omit<PartnerEdge, 'node'> & { node: ResolversTypes['Partner'] }>;
  Path: ResolverTypeWrapper<Omit<Path, 'links' | 'nodes'> & { links: Array<ResolversTypes['GraphLink']>, nodes: Array<ResolversTypes['GraphNode']> }>;
  PlanStep: ResolverTypeWrapper<PlanStepModel>;
  PolicyRow: ResolverTypeWrapper<PolicyRow>;
  Presence: ResolverTypeWrapper<Presence>;
  ProposalInput: ProposalInput;
  ProposedAs: ProposedAs;
  Provenance: ResolverTypeWrapper<ProvenanceModel>;
  PutFactsInput: PutFactsInput;
  PutFactsPayload: ResolverTypeWrapper<PutFactsPayload>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RadiusCertainty: ResolverTypeWrapper<RadiusCertainty>;
  RadiusChange: ResolverTypeWrapper<RadiusChangeModel>;
  RadiusChangeConnection: ResolverTypeWrapper<Omit<RadiusChangeConnection, 'edges'> & { edges: Array<ResolversTypes['RadiusChangeEdge']> }>;
  RadiusChangeEdge: ResolverTypeWrapper<Omit<RadiusChangeEdge, 'node'> & { node: ResolversTypes['RadiusChange'] }>;
  RadiusComparison: ResolverTypeWrapper<RadiusComparisonModel>;
  RadiusLink: ResolverTypeWrapper<Omit<RadiusLink, 'link'> & { link: ResolversTypes['GraphLink'] }>;
  RadiusNode: ResolverTypeWrapper<Omit<RadiusNode, 'node'> & { node: ResolversTypes['GraphNode'] }>;
  RadiusOptions: RadiusOptions;
  RadiusSubgraph: ResolverTypeWrapper<RadiusSubgraphModel>;
  RadiusSum: ResolverTypeWrapper<RadiusSum>;
  RadiusSumBy: RadiusSumBy;
  RadiusSummary: ResolverTypeWrapper<RadiusSummary>;
  RadiusTotals: ResolverTypeWrapper<RadiusTotals>;
  RankedOrganization: ResolverTypeWrapper<RankedModel>;
  RankedOrganizationConnection: ResolverTypeWrapper<Omit<RankedOrganizationConnection, 'edges'> & { edges: Array<ResolversTypes['RankedOrganizationEdge']> }>;
  RankedOrganizationEdge: ResolverTypeWrapper<Omit<RankedOrganizationEdge, 'node'> & { node: ResolversTypes['RankedOrganization'] }>;
  RankingOrder: RankingOrder;
  ReachedConnection: ResolverTypeWrapper<Omit<ReachedConnection, 'edges'> & { edges: Array<ResolversTypes['ReachedEdge']> }>;
  ReachedEdge: ResolverTypeWrapper<Omit<ReachedEdge, 'node'> & { node: ResolversTypes['ReachedOrganization'] }>;
  ReachedOrganization: ResolverTypeWrapper<ReachedModel>;
  ReadEventsInput: ReadEventsInput;
  ReadEventsPayload: ResolverTypeWrapper<ReadEventsPayload>;
  RecallInput: RecallInput;
  RefusedChoice: ResolverTypeWrapper<RefusedChoice>;
  RejectPolicy: RejectPolicy;
  Rejection: ResolverTypeWrapper<Rejection>;
  RejectionCause: ResolverTypeWrapper<RejectionCause>;
  RejectionConnection: ResolverTypeWrapper<RejectionConnection>;
  RejectionEdge: ResolverTypeWrapper<RejectionEdge>;
  RemarkUse: RemarkUse;
  RemoveImportFileInput: RemoveImportFileInput;
  RenameImportInput: RenameImportInput;
  ReplayEventInput: ReplayEventInput;
  RetractFactsInput: RetractFactsInput;
  RetractFactsPayload: ResolverTypeWrapper<RetractFactsPayload>;
  RetractSoftwareInput: RetractSoftwareInput;
  RetractSoftwarePayload: ResolverTypeWrapper<RetractSoftwarePayload>;
  Reveals: ResolverTypeWrapper<RevealsModel>;
  RevealsConnection: ResolverTypeWrapper<Omit<RevealsConnection, 'edges'> & { edges: Array<ResolversTypes['RevealsEdge']> }>;
  RevealsEdge: ResolverTypeWrapper<Omit<RevealsEdge, 'node'> & { node: ResolversTypes['Reveals'] }>;
  RevealsInput: RevealsInput;
  RevealsKey: RevealsKey;
  RevokeAccessInput: RevokeAccessInput;
  RevokeAllAccessInput: RevokeAllAccessInput;
  Role: Role;
  RowAccount: ResolverTypeWrapper<RowAccount>;
  Safeguard: ResolverTypeWrapper<Safeguard>;
  SaveAvailabilityInput: SaveAvailabilityInput;
  SaveAvailabilityPayload: ResolverTypeWrapper<Omit<SaveAvailabilityPayload, 'advisory'> & { advisory?: Maybe<ResolversTypes['Advisory']> }>;
  SaveEndpointInput: SaveEndpointInput;
  SaveEndpointPayload: ResolverTypeWrapper<Omit<SaveEndpointPayload, 'endpoint'> & { endpoint?: Maybe<ResolversTypes['Endpoint']> }>;
  SaveIncidentInput: SaveIncidentInput;
  SaveIncidentPayload: ResolverTypeWrapper<Omit<SaveIncidentPayload, 'incident'> & { incident?: Maybe<ResolversTypes['Incident']> }>;
  SaveNoteInput: SaveNoteInput;
  SaveNotePayload: ResolverTypeWrapper<Omit<SaveNotePayload, 'note'> & { note?: Maybe<ResolversTypes['Note']> }>;
  SaveSoftwareStatementInput: SaveSoftwareStatementInput;
  SaveSoftwareStatementPayload: ResolverTypeWrapper<Omit<SaveSoftwareStatementPayload, 'statement'> & { statement?: Maybe<ResolversTypes['SoftwareStatement']> }>;
  SaveViewInput: SaveViewInput;
  SaveViewPayload: ResolverTypeWrapper<Omit<SaveViewPayload, 'view'> & { view?: Maybe<ResolversTypes['View']> }>;
  SaveWatchPayload: ResolverTypeWrapper<Omit<SaveWatchPayload, 'watch'> & { watch?: Maybe<ResolversTypes['Watch']> }>;
  SavedMatch: ResolverTypeWrapper<SavedMatchModel>;
  SavedProposal: ResolverTypeWrapper<SavedProposalModel>;
  Scope: ResolverTypeWrapper<ScopeModel>;
  ScopeInput: ScopeInput;
  SearchHit: ResolverTypeWrapper<Omit<SearchHit, 'found'> & { found: ResolversTypes['Found'] }>;
  SetAssessmentsInput: SetAssessmentsInput;
  SetNoticeInput: SetNoticeInput;
  SetNoticesInput: SetNoticesInput;
  SetNoticesPayload: ResolverTypeWrapper<Omit<SetNoticesPayload, 'incident'> & { incident?: Maybe<ResolversTypes['Incident']> }>;
  SharedHolder: ResolverTypeWrapper<SharedHolderModel>;
  SharedHolderConnection: ResolverTypeWrapper<Omit<SharedHolderConnection, 'edges'> & { edges: Array<ResolversTypes['SharedHolderEdge']> }>;
  SharedHolderEdge: ResolverTypeWrapper<Omit<SharedHolderEdge, 'node'> & { node: ResolversTypes['SharedHolder'] }>;
  Sighting: ResolverTypeWrapper<Omit<Sighting, 'list' | 'provenance'> & { list: ResolversTypes['SoftwareList'], provenance: ResolversTypes['Provenance'] }>;
  Simulation: ResolverTypeWrapper<Omit<Simulation, 'exceedance' | 'labs'> & { exceedance: Array<ResolversTypes['ExceedancePoint']>, labs: Array<ResolversTypes['LabSimulation']> }>;
  SkipLoss: ResolverTypeWrapper<SkipLoss>;
  SoftwareChange: ResolverTypeWrapper<SoftwareChange>;
  SoftwareChangeConnection: ResolverTypeWrapper<SoftwareChangeConnection>;
  SoftwareChangeEdge: ResolverTypeWrapper<SoftwareChangeEdge>;
  SoftwareComponent: ResolverTypeWrapper<SoftwareComponent>;
  SoftwareComponentConnection: ResolverTypeWrapper<SoftwareComponentConnection>;
  SoftwareComponentEdge: ResolverTypeWrapper<SoftwareComponentEdge>;
  SoftwareCoverage: ResolverTypeWrapper<Omit<SoftwareCoverage, 'organization'> & { organization: ResolversTypes['Organization'] }>;
  SoftwareCoverageConnection: ResolverTypeWrapper<Omit<SoftwareCoverageConnection, 'edges'> & { edges: Array<ResolversTypes['SoftwareCoverageEdge']> }>;
  SoftwareCoverageEdge: ResolverTypeWrapper<Omit<SoftwareCoverageEdge, 'node'> & { node: ResolversTypes['SoftwareCoverage'] }>;
  SoftwareGrade: SoftwareGrade;
  SoftwareLifecycle: SoftwareLifecycle;
  SoftwareList: ResolverTypeWrapper<SoftwareListModel>;
  SoftwareListConnection: ResolverTypeWrapper<Omit<SoftwareListConnection, 'edges'> & { edges: Array<ResolversTypes['SoftwareListEdge']> }>;
  SoftwareListEdge: ResolverTypeWrapper<Omit<SoftwareListEdge, 'node'> & { node: ResolversTypes['SoftwareList'] }>;
  SoftwareListFormat: SoftwareListFormat;
  SoftwareMatch: ResolverTypeWrapper<SoftwareMatchModel>;
  SoftwareMatchConnection: ResolverTypeWrapper<Omit<SoftwareMatchConnection, 'edges'> & { edges: Array<ResolversTypes['SoftwareMatchEdge']> }>;
  SoftwareMatchEdge: ResolverTypeWrapper<Omit<SoftwareMatchEdge, 'node'> & { node: ResolversTypes['SoftwareMatch'] }>;
  SoftwareStatement: ResolverTypeWrapper<Omit<SoftwareStatement, 'organization'> & { organization: ResolversTypes['Organization'] }>;
  SoftwareStatementState: SoftwareStatementState;
  SpreadStep: ResolverTypeWrapper<SpreadStepModel>;
  StatementKey: StatementKey;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subgraph: ResolverTypeWrapper<Omit<Subgraph, 'links' | 'nodes'> & { links: Array<ResolversTypes['GraphLink']>, nodes: Array<ResolversTypes['GraphNode']> }>;
  SuspectedOrigin: ResolverTypeWrapper<Omit<SuspectedOrigin, 'organization'> & { organization: ResolversTypes['Organization'] }>;
  SuspectedOriginInput: SuspectedOriginInput;
  SuspendInput: SuspendInput;
  TaintedConnection: ResolverTypeWrapper<Omit<TaintedConnection, 'edges'> & { edges: Array<ResolversTypes['TaintedEdge']> }>;
  TaintedEdge: ResolverTypeWrapper<Omit<TaintedEdge, 'node'> & { node: ResolversTypes['TaintedHolding'] }>;
  TaintedHolding: ResolverTypeWrapper<TaintedModel>;
  TickPlanStepInput: TickPlanStepInput;
  Tier: Tier;
  TimelineBucket: ResolverTypeWrapper<TimelineBucket>;
  Transfer: ResolverTypeWrapper<TransferModel>;
  TransferConnection: ResolverTypeWrapper<Omit<TransferConnection, 'edges'> & { edges: Array<ResolversTypes['TransferEdge']> }>;
  TransferEdge: ResolverTypeWrapper<Omit<TransferEdge, 'node'> & { node: ResolversTypes['Transfer'] }>;
  TransferInput: TransferInput;
  UndoNoticesInput: UndoNoticesInput;
  UnlistedPolicy: UnlistedPolicy;
  UnmergeOrganizationsInput: UnmergeOrganizationsInput;
  UserError: ResolverTypeWrapper<UserError>;
  ValueMapping: ResolverTypeWrapper<ValueMapping>;
  ValueMappingConnection: ResolverTypeWrapper<ValueMappingConnection>;
  ValueMappingEdge: ResolverTypeWrapper<ValueMappingEdge>;
  ValueMeaningInput: ValueMeaningInput;
  View: ResolverTypeWrapper<ViewModel>;
  Viewer: ResolverTypeWrapper<Omit<Viewer, 'labs'> & { labs?: Maybe<Array<ResolversTypes['Organization']>> }>;
  Volume: ResolverTypeWrapper<Volume>;
  VolumeSum: ResolverTypeWrapper<VolumeSum>;
  WaitingChange: ResolverTypeWrapper<WaitingChange>;
  WaitingChangeConnection: ResolverTypeWrapper<WaitingChangeConnection>;
  WaitingChangeEdge: ResolverTypeWrapper<WaitingChangeEdge>;
  Watch: ResolverTypeWrapper<WatchModel>;
  WatchChange: WatchChange;
  WatchConnection: ResolverTypeWrapper<Omit<WatchConnection, 'edges'> & { edges: Array<ResolversTypes['WatchEdge']> }>;
  WatchEdge: ResolverTypeWrapper<Omit<WatchEdge, 'node'> & { node: ResolversTypes['Watch'] }>;
  WatchEvent: ResolverTypeWrapper<WatchEventModel>;
  WatchEventConnection: ResolverTypeWrapper<Omit<WatchEventConnection, 'edges'> & { edges: Array<ResolversTypes['WatchEventEdge']> }>;
  WatchEventEdge: ResolverTypeWrapper<Omit<WatchEventEdge, 'node'> & { node: ResolversTypes['WatchEvent'] }>;
  WatchInput: WatchInput;
  WatchItem: ResolverTypeWrapper<WatchItemModel>;
  WatchItemConnection: ResolverTypeWrapper<Omit<WatchItemConnection, 'edges'> & { edges: Array<ResolversTypes['WatchItemEdge']> }>;
  WatchItemEdge: ResolverTypeWrapper<Omit<WatchItemEdge, 'node'> & { node: ResolversTypes['WatchItem'] }>;
  WatchKind: WatchKind;
  WatchSettings: ResolverTypeWrapper<WatchSettings>;
  WayIn: ResolverTypeWrapper<WayModel>;
  WhatIf: ResolverTypeWrapper<WhatIfModel>;
  Window: ResolverTypeWrapper<Window>;
  WindowInput: WindowInput;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  About: AboutModel;
  AcceptFindingInput: AcceptFindingInput;
  AcceptFindingPayload: Omit<AcceptFindingPayload, 'finding'> & { finding?: Maybe<ResolversParentTypes['Finding']> };
  Acceptance: Acceptance;
  Access: AccessModel;
  AccessConnection: Omit<AccessConnection, 'edges'> & { edges: Array<ResolversParentTypes['AccessEdge']> };
  AccessEdge: Omit<AccessEdge, 'node'> & { node: ResolversParentTypes['Access'] };
  AccessInput: AccessInput;
  Action: ActionModel;
  ActionInput: ActionInput;
  AddIncidentNoteInput: AddIncidentNoteInput;
  Advisory: AdvisoryModel;
  AdvisoryConnection: Omit<AdvisoryConnection, 'edges'> & { edges: Array<ResolversParentTypes['AdvisoryEdge']> };
  AdvisoryEdge: Omit<AdvisoryEdge, 'node'> & { node: ResolversParentTypes['Advisory'] };
  AffectedLab: AffectedLabModel;
  AffectedLabConnection: Omit<AffectedLabConnection, 'edges'> & { edges: Array<ResolversParentTypes['AffectedLabEdge']> };
  AffectedLabEdge: Omit<AffectedLabEdge, 'node'> & { node: ResolversParentTypes['AffectedLab'] };
  AffectedPackage: AffectedPackage;
  Artifact: ArtifactModel;
  ArtifactConnection: Omit<ArtifactConnection, 'edges'> & { edges: Array<ResolversParentTypes['ArtifactEdge']> };
  ArtifactEdge: Omit<ArtifactEdge, 'node'> & { node: ResolversParentTypes['Artifact'] };
  ArtifactExposure: ArtifactExposureModel;
  ArtifactExposureConnection: Omit<ArtifactExposureConnection, 'edges'> & { edges: Array<ResolversParentTypes['ArtifactExposureEdge']> };
  ArtifactExposureEdge: Omit<ArtifactExposureEdge, 'node'> & { node: ResolversParentTypes['ArtifactExposure'] };
  ArtifactInput: ArtifactInput;
  Assessment: AssessmentModel;
  AssessmentConnection: Omit<AssessmentConnection, 'edges'> & { edges: Array<ResolversParentTypes['AssessmentEdge']> };
  AssessmentEdge: Omit<AssessmentEdge, 'node'> & { node: ResolversParentTypes['Assessment'] };
  Attribute: Attribute;
  AttributeInput: AttributeInput;
  AuditEntry: AuditEntry;
  AuditEntryConnection: AuditEntryConnection;
  AuditEntryEdge: AuditEntryEdge;
  Availability: Availability;
  AvailabilityInput: AvailabilityInput;
  BackgroundWork: BackgroundWork;
  BatchSource: BatchSource;
  BlastRadius: RadiusModel;
  BlastRadiusInput: BlastRadiusInput;
  Boolean: Scalars['Boolean']['output'];
  Bounds: Bounds;
  CellExample: CellExample;
  CellNote: CellNote;
  CellReport: CellReport;
  ChangeCount: ChangeCount;
  ColumnMapping: ColumnMapping;
  ColumnMappingInput: ColumnMappingInput;
  CommitImportInput: CommitImportInput;
  Control: ControlModel;
  ControlConnection: Omit<ControlConnection, 'edges'> & { edges: Array<ResolversParentTypes['ControlEdge']> };
  ControlEdge: Omit<ControlEdge, 'node'> & { node: ResolversParentTypes['Control'] };
  ControlGap: ControlGapModel;
  ControlGapConnection: Omit<ControlGapConnection, 'edges'> & { edges: Array<ResolversParentTypes['ControlGapEdge']> };
  ControlGapEdge: Omit<ControlGapEdge, 'node'> & { node: ResolversParentTypes['ControlGap'] };
  ControlInput: ControlInput;
  ControlKey: ControlKey;
  CopiesAtHolder: Omit<CopiesAtHolder, 'holder'> & { holder: ResolversParentTypes['Organization'] };
  Copy: CopyModel;
  CopyConnection: Omit<CopyConnection, 'edges'> & { edges: Array<ResolversParentTypes['CopyEdge']> };
  CopyEdge: Omit<CopyEdge, 'node'> & { node: ResolversParentTypes['Copy'] };
  CopyEvent: Omit<CopyEvent, 'holder' | 'sender'> & { holder: ResolversParentTypes['Organization'], sender?: Maybe<ResolversParentTypes['Organization']> };
  CopyEventConnection: Omit<CopyEventConnection, 'edges'> & { edges: Array<ResolversParentTypes['CopyEventEdge']> };
  CopyEventEdge: Omit<CopyEventEdge, 'node'> & { node: ResolversParentTypes['CopyEvent'] };
  Custody: Custody;
  Cut: Omit<Cut, 'action'> & { action: ResolversParentTypes['Action'] };
  DateTime: Scalars['DateTime']['output'];
  DecideAnswerInput: DecideAnswerInput;
  DecideEditionInput: DecideEditionInput;
  DecideMatchesInput: DecideMatchesInput;
  DeleteEndpointPayload: DeleteEndpointPayload;
  DeleteIncidentInput: DeleteIncidentInput;
  DeleteIncidentPayload: DeleteIncidentPayload;
  DeleteNoteInput: DeleteNoteInput;
  DeleteNotePayload: DeleteNotePayload;
  DeleteViewInput: DeleteViewInput;
  DeleteViewPayload: DeleteViewPayload;
  DeleteWatchInput: DeleteWatchInput;
  DeleteWatchPayload: DeleteWatchPayload;
  Delivery: Delivery;
  DeliveryPayload: DeliveryPayload;
  Dependent: DependentModel;
  DependentConnection: Omit<DependentConnection, 'edges'> & { edges: Array<ResolversParentTypes['DependentEdge']> };
  DependentEdge: Omit<DependentEdge, 'node'> & { node: ResolversParentTypes['Dependent'] };
  EditionDrift: EditionDrift;
  EncryptInput: EncryptInput;
  Endpoint: EndpointModel;
  EndpointIdInput: EndpointIdInput;
  Engagement: EngagementModel;
  EngagementConnection: Omit<EngagementConnection, 'edges'> & { edges: Array<ResolversParentTypes['EngagementEdge']> };
  EngagementEdge: Omit<EngagementEdge, 'node'> & { node: ResolversParentTypes['Engagement'] };
  EngagementInput: EngagementInput;
  ExceedancePoint: ExceedancePoint;
  ExposedArtifact: ExposedArtifactModel;
  ExposedArtifactConnection: Omit<ExposedArtifactConnection, 'edges'> & { edges: Array<ResolversParentTypes['ExposedArtifactEdge']> };
  ExposedArtifactEdge: Omit<ExposedArtifactEdge, 'node'> & { node: ResolversParentTypes['ExposedArtifact'] };
  ExposingOrganization: ExposingModel;
  ExposingOrganizationConnection: Omit<ExposingOrganizationConnection, 'edges'> & { edges: Array<ResolversParentTypes['ExposingOrganizationEdge']> };
  ExposingOrganizationEdge: Omit<ExposingOrganizationEdge, 'node'> & { node: ResolversParentTypes['ExposingOrganization'] };
  Exposure: ExposureModel;
  Fact: ResolversUnionTypes<ResolversParentTypes>['Fact'];
  FactChange: FactChangeModel;
  FactChangeConnection: Omit<FactChangeConnection, 'edges'> & { edges: Array<ResolversParentTypes['FactChangeEdge']> };
  FactChangeEdge: Omit<FactChangeEdge, 'node'> & { node: ResolversParentTypes['FactChange'] };
  FactConnection: Omit<FactConnection, 'edges'> & { edges: Array<ResolversParentTypes['FactEdge']> };
  FactCounts: FactCounts;
  FactEdge: Omit<FactEdge, 'node'> & { node: ResolversParentTypes['Fact'] };
  FactRef: FactRef;
  FieldChange: FieldChange;
  FileMapping: FileMappingModel;
  Finding: FindingModel;
  FindingConnection: Omit<FindingConnection, 'edges'> & { edges: Array<ResolversParentTypes['FindingEdge']> };
  FindingCount: FindingCount;
  FindingEdge: Omit<FindingEdge, 'node'> & { node: ResolversParentTypes['Finding'] };
  FixImportCellInput: FixImportCellInput;
  Float: Scalars['Float']['output'];
  Flow: Omit<Flow, 'holder' | 'lab'> & { holder?: Maybe<ResolversParentTypes['ReachedOrganization']>, lab: ResolversParentTypes['Organization'] };
  Found: ResolversUnionTypes<ResolversParentTypes>['Found'];
  FoundValue: FoundValueModel;
  GraphLink: GraphLinkModel;
  GraphNode: GraphNodeModel;
  HolderShare: HolderShareModel;
  HolderTimeline: Omit<HolderTimeline, 'holder' | 'lab'> & { holder: ResolversParentTypes['ReachedOrganization'], lab?: Maybe<ResolversParentTypes['Organization']> };
  HolderTimelineConnection: Omit<HolderTimelineConnection, 'edges'> & { edges: Array<ResolversParentTypes['HolderTimelineEdge']> };
  HolderTimelineEdge: Omit<HolderTimelineEdge, 'node'> & { node: ResolversParentTypes['HolderTimeline'] };
  HoldingAt: Omit<HoldingAt, 'holder'> & { holder: ResolversParentTypes['Organization'] };
  ID: Scalars['ID']['output'];
  Import: ImportModel;
  ImportConnection: Omit<ImportConnection, 'edges'> & { edges: Array<ResolversParentTypes['ImportEdge']> };
  ImportEdge: Omit<ImportEdge, 'node'> & { node: ResolversParentTypes['Import'] };
  ImportEffect: Omit<ImportEffect, 'rankingAfter' | 'rankingBefore'> & { rankingAfter: Array<ResolversParentTypes['RankedOrganization']>, rankingBefore: Array<ResolversParentTypes['RankedOrganization']> };
  ImportFile: Omit<ImportFile, 'mapping'> & { mapping: ResolversParentTypes['FileMapping'] };
  ImportIdInput: ImportIdInput;
  ImportPayload: Omit<ImportPayload, 'import'> & { import?: Maybe<ResolversParentTypes['Import']> };
  ImportProgress: ImportProgress;
  ImportQuestion: ImportQuestion;
  ImportReport: ImportReport;
  Incident: IncidentModel;
  IncidentConnection: Omit<IncidentConnection, 'edges'> & { edges: Array<ResolversParentTypes['IncidentEdge']> };
  IncidentEdge: Omit<IncidentEdge, 'node'> & { node: ResolversParentTypes['Incident'] };
  IncidentEntry: IncidentEntry;
  IncidentEntryConnection: IncidentEntryConnection;
  IncidentEntryEdge: IncidentEntryEdge;
  IncidentProposal: IncidentProposalModel;
  Int: Scalars['Int']['output'];
  IntegrityRadius: IntegrityModel;
  Interval: Interval;
  LabConcentration: LabConcentrationModel;
  LabConcentrationConnection: Omit<LabConcentrationConnection, 'edges'> & { edges: Array<ResolversParentTypes['LabConcentrationEdge']> };
  LabConcentrationEdge: Omit<LabConcentrationEdge, 'node'> & { node: ResolversParentTypes['LabConcentration'] };
  LabSafeguards: LabSafeguardsModel;
  LabSafeguardsConnection: Omit<LabSafeguardsConnection, 'edges'> & { edges: Array<ResolversParentTypes['LabSafeguardsEdge']> };
  LabSafeguardsEdge: Omit<LabSafeguardsEdge, 'node'> & { node: ResolversParentTypes['LabSafeguards'] };
  LabSimulation: LabSimulationModel;
  LabTier: Omit<LabTier, 'lab'> & { lab: ResolversParentTypes['Organization'] };
  LinkCount: LinkCount;
  MapImportFileInput: MapImportFileInput;
  MapImportValuesInput: MapImportValuesInput;
  MatchCandidate: MatchCandidate;
  MatchDecisionInput: MatchDecisionInput;
  Merge: Omit<Merge, 'into'> & { into: ResolversParentTypes['Organization'] };
  MergeConnection: Omit<MergeConnection, 'edges'> & { edges: Array<ResolversParentTypes['MergeEdge']> };
  MergeEdge: Omit<MergeEdge, 'node'> & { node: ResolversParentTypes['Merge'] };
  MergeOrganizationsInput: MergeOrganizationsInput;
  MergeOrganizationsPayload: Omit<MergeOrganizationsPayload, 'organization'> & { organization?: Maybe<ResolversParentTypes['Organization']> };
  MissingControl: MissingControlModel;
  Mutation: Record<PropertyKey, never>;
  NeighborConnection: Omit<NeighborConnection, 'edges'> & { edges: Array<ResolversParentTypes['NeighborEdge']> };
  NeighborEdge: Omit<NeighborEdge, 'node'> & { node: ResolversParentTypes['GraphNode'] };
  NewArtifactsInput: NewArtifactsInput;
  NodeRef: NodeRef;
  Note: NoteModel;
  NoteConnection: Omit<NoteConnection, 'edges'> & { edges: Array<ResolversParentTypes['NoteEdge']> };
  NoteEdge: Omit<NoteEdge, 'node'> & { node: ResolversParentTypes['Note'] };
  Notice: NoticeModel;
  NoticeConnection: Omit<NoticeConnection, 'edges'> & { edges: Array<ResolversParentTypes['NoticeEdge']> };
  NoticeCounts: NoticeCounts;
  NoticeEdge: Omit<NoticeEdge, 'node'> & { node: ResolversParentTypes['Notice'] };
  NoticeGroup: NoticeGroupModel;
  NoticeGroupConnection: Omit<NoticeGroupConnection, 'edges'> & { edges: Array<ResolversParentTypes['NoticeGroupEdge']> };
  NoticeGroupEdge: Omit<NoticeGroupEdge, 'node'> & { node: ResolversParentTypes['NoticeGroup'] };
  NoticeKey: NoticeKey;
  NotificationPack: NotificationPackModel;
  Organization: OrganizationModel;
  OrganizationAdvisory: Omit<OrganizationAdvisory, 'advisory' | 'match'> & { advisory: ResolversParentTypes['Advisory'], match: ResolversParentTypes['SoftwareMatch'] };
  OrganizationAdvisoryConnection: Omit<OrganizationAdvisoryConnection, 'edges'> & { edges: Array<ResolversParentTypes['OrganizationAdvisoryEdge']> };
  OrganizationAdvisoryEdge: Omit<OrganizationAdvisoryEdge, 'node'> & { node: ResolversParentTypes['OrganizationAdvisory'] };
  OrganizationConnection: Omit<OrganizationConnection, 'edges'> & { edges: Array<ResolversParentTypes['OrganizationEdge']> };
  OrganizationEdge: Omit<OrganizationEdge, 'node'> & { node: ResolversParentTypes['Organization'] };
  OrganizationInput: OrganizationInput;
  OrganizationMatch: OrganizationMatch;
  OrganizationMatchConnection: OrganizationMatchConnection;
  OrganizationMatchEdge: OrganizationMatchEdge;
  PageInfo: PageInfo;
  Partner: Omit<Partner, 'organization'> & { organization: ResolversParentTypes['Organization'] };
  PartnerConnection: Omit<PartnerConnection, 'edges'> & { edges: Array<ResolversParentTypes['PartnerEdge']> };
  PartnerEdge: Omit<PartnerEdge, 'node'> & { node: ResolversParentTypes['Partner'] };
  Path: Omit<Path, 'links' | 'nodes'> & { links: Array<ResolversParentTypes['GraphLink']>, nodes: Array<ResolversParentTypes['GraphNode']> };
  PlanStep: PlanStepModel;
  PolicyRow: PolicyRow;
  Presence: Presence;
  ProposalInput: ProposalInput;
  Provenance: ProvenanceModel;
  PutFactsInput: PutFactsInput;
  PutFactsPayload: PutFactsPayload;
  Query: Record<PropertyKey, never>;
  RadiusCertainty: RadiusCertainty;
  RadiusChange: RadiusChangeModel;
  RadiusChangeConnection: Omit<RadiusChangeConnection, 'edges'> & { edges: Array<ResolversParentTypes['RadiusChangeEdge']> };
  RadiusChangeEdge: Omit<RadiusChangeEdge, 'node'> & { node: ResolversParentTypes['RadiusChange'] };
  RadiusComparison: RadiusComparisonModel;
  RadiusLink: Omit<RadiusLink, 'link'> & { link: ResolversParentTypes['GraphLink'] };
  RadiusNode: Omit<RadiusNode, 'node'> & { node: ResolversParentTypes['GraphNode'] };
  RadiusOptions: RadiusOptions;
  RadiusSubgraph: RadiusSubgraphModel;
  RadiusSum: RadiusSum;
  RadiusSummary: RadiusSummary;
  RadiusTotals: RadiusTotals;
  RankedOrganization: RankedModel;
  RankedOrganizationConnection: Omit<RankedOrganizationConnection, 'edges'> & { edges: Array<ResolversParentTypes['RankedOrganizationEdge']> };
  RankedOrganizationEdge: Omit<RankedOrganizationEdge, 'node'> & { node: ResolversParentTypes['RankedOrganization'] };
  ReachedConnection: Omit<ReachedConnection, 'edges'> & { edges: Array<ResolversParentTypes['ReachedEdge']> };
  ReachedEdge: Omit<ReachedEdge, 'node'> & { node: ResolversParentTypes['ReachedOrganization'] };
  ReachedOrganization: ReachedModel;
  ReadEventsInput: ReadEventsInput;
  ReadEventsPayload: ReadEventsPayload;
  RecallInput: RecallInput;
  RefusedChoice: RefusedChoice;
  Rejection: Rejection;
  RejectionCause: RejectionCause;
  RejectionConnection: RejectionConnection;
  RejectionEdge: RejectionEdge;
  RemoveImportFileInput: RemoveImportFileInput;
  RenameImportInput: RenameImportInput;
  ReplayEventInput: ReplayEventInput;
  RetractFactsInput: RetractFactsInput;
  RetractFactsPayload: RetractFactsPayload;
  RetractSoftwareInput: RetractSoftwareInput;
  RetractSoftwarePayload: RetractSoftwarePayload;
  Reveals: RevealsModel;
  RevealsConnection: Omit<RevealsConnection, 'edges'> & { edges: Array<ResolversParentTypes['RevealsEdge']> };
  RevealsEdge: Omit<RevealsEdge, 'node'> & { node: ResolversParentTypes['Reveals'] };
  RevealsInput: RevealsInput;
  RevealsKey: RevealsKey;
  RevokeAccessInput: RevokeAccessInput;
  RevokeAllAccessInput: RevokeAllAccessInput;
  RowAccount: RowAccount;
  Safeguard: Safeguard;
  SaveAvailabilityInput: SaveAvailabilityInput;
  SaveAvailabilityPayload: Omit<SaveAvailabilityPayload, 'advisory'> & { advisory?: Maybe<ResolversParentTypes['Advisory']> };
  SaveEndpointInput: SaveEndpointInput;
  SaveEndpointPayload: Omit<SaveEndpointPayload, 'endpoint'> & { endpoint?: Maybe<ResolversParentTypes['Endpoint']> };
  SaveIncidentInput: SaveIncidentInput;
  SaveIncidentPayload: Omit<SaveIncidentPayload, 'incident'> & { incident?: Maybe<ResolversParentTypes['Incident']> };
  SaveNoteInput: SaveNoteInput;
  SaveNotePayload: Omit<SaveNotePayload, 'note'> & { note?: Maybe<ResolversParentTypes['Note']> };
  SaveSoftwareStatementInput: SaveSoftwareStatementInput;
  SaveSoftwareStatementPayload: Omit<SaveSoftwareStatementPayload, 'statement'> & { statement?: Maybe<ResolversParentTypes['SoftwareStatement']> };
  SaveViewInput: SaveViewInput;
  SaveViewPayload: Omit<SaveViewPayload, 'view'> & { view?: Maybe<ResolversParentTypes['View']> };
  SaveWatchPayload: Omit<SaveWatchPayload, 'watch'> & { watch?: Maybe<ResolversParentTypes['Watch']> };
  SavedMatch: SavedMatchModel;
  SavedProposal: SavedProposalModel;
  Scope: ScopeModel;
  ScopeInput: ScopeInput;
  SearchHit: Omit<SearchHit, 'found'> & { found: ResolversParentTypes['Found'] };
  SetAssessmentsInput: SetAssessmentsInput;
  SetNoticeInput: SetNoticeInput;
  SetNoticesInput: SetNoticesInput;
  SetNoticesPayload: Omit<SetNoticesPayload, 'incident'> & { incident?: Maybe<ResolversParentTypes['Incident']> };
  SharedHolder: SharedHolderModel;
  SharedHolderConnection: Omit<SharedHolderConnection, 'edges'> & { edges: Array<ResolversParentTypes['SharedHolderEdge']> };
  SharedHolderEdge: Omit<SharedHolderEdge, 'node'> & { node: ResolversParentTypes['SharedHolder'] };
  Sighting: Omit<Sighting, 'list' | 'provenance'> & { list: ResolversParentTypes['SoftwareList'], provenance: ResolversParentTypes['Provenance'] };
  Simulation: Omit<Simulation, 'exceedance' | 'labs'> & { exceedance: Array<ResolversParentTypes['ExceedancePoint']>, labs: Array<ResolversParentTypes['LabSimulation']> };
  SkipLoss: SkipLoss;
  SoftwareChange: SoftwareChange;
  SoftwareChangeConnection: SoftwareChangeConnection;
  SoftwareChangeEdge: SoftwareChangeEdge;
  SoftwareComponent: SoftwareComponent;
  SoftwareComponentConnection: SoftwareComponentConnection;
  SoftwareComponentEdge: SoftwareComponentEdge;
  SoftwareCoverage: Omit<SoftwareCoverage, 'organization'> & { organization: ResolversParentTypes['Organization'] };
  SoftwareCoverageConnection: Omit<SoftwareCoverageConnection, 'edges'> & { edges: Array<ResolversParentTypes['SoftwareCoverageEdge']> };
  SoftwareCoverageEdge: Omit<SoftwareCoverageEdge, 'node'> & { node: ResolversParentTypes['SoftwareCoverage'] };
  SoftwareList: SoftwareListModel;
  SoftwareListConnection: Omit<SoftwareListConnection, 'edges'> & { edges: Array<ResolversParentTypes['SoftwareListEdge']> };
  SoftwareListEdge: Omit<SoftwareListEdge, 'node'> & { node: ResolversParentTypes['SoftwareList'] };
  SoftwareMatch: SoftwareMatchModel;
  SoftwareMatchConnection: Omit<SoftwareMatchConnection, 'edges'> & { edges: Array<ResolversParentTypes['SoftwareMatchEdge']> };
  SoftwareMatchEdge: Omit<SoftwareMatchEdge, 'node'> & { node: ResolversParentTypes['SoftwareMatch'] };
  SoftwareStatement: Omit<SoftwareStatement, 'organization'> & { organization: ResolversParentTypes['Organization'] };
  SpreadStep: SpreadStepModel;
  StatementKey: StatementKey;
  String: Scalars['String']['output'];
  Subgraph: Omit<Subgraph, 'links' | 'nodes'> & { links: Array<ResolversParentTypes['GraphLink']>, nodes: Array<ResolversParentTypes['GraphNode']> };
  SuspectedOrigin: Omit<SuspectedOrigin, 'organization'> & { organization: ResolversParentTypes['Organization'] };
  SuspectedOriginInput: SuspectedOriginInput;
  SuspendInput: SuspendInput;
  TaintedConnection: Omit<TaintedConnection, 'edges'> & { edges: Array<ResolversParentTypes['TaintedEdge']> };
  TaintedEdge: Omit<TaintedEdge, 'node'> & { node: ResolversParentTypes['TaintedHolding'] };
  TaintedHolding: TaintedModel;
  TickPlanStepInput: TickPlanStepInput;
  TimelineBucket: TimelineBucket;
  Transfer: TransferModel;
  TransferConnection: Omit<TransferConnection, 'edges'> & { edges: Array<ResolversParentTypes['TransferEdge']> };
  TransferEdge: Omit<TransferEdge, 'node'> & { node: ResolversParentTypes['Transfer'] };
  TransferInput: TransferInput;
  UndoNoticesInput: UndoNoticesInput;
  UnmergeOrganizationsInput: UnmergeOrganizationsInput;
  UserError: UserError;
  ValueMapping: ValueMapping;
  ValueMappingConnection: ValueMappingConnection;
  ValueMappingEdge: ValueMappingEdge;
  ValueMeaningInput: ValueMeaningInput;
  View: ViewModel;
  Viewer: Omit<Viewer, 'labs'> & { labs?: Maybe<Array<ResolversParentTypes['Organization']>> };
  Volume: Volume;
  VolumeSum: VolumeSum;
  WaitingChange: WaitingChange;
  WaitingChangeConnection: WaitingChangeConnection;
  WaitingChangeEdge: WaitingChangeEdge;
  Watch: WatchModel;
  WatchConnection: Omit<WatchConnection, 'edges'> & { edges: Array<ResolversParentTypes['WatchEdge']> };
  WatchEdge: Omit<WatchEdge, 'node'> & { node: ResolversParentTypes['Watch'] };
  WatchEvent: WatchEventModel;
  WatchEventConnection: Omit<WatchEventConnection, 'edges'> & { edges: Array<ResolversParentTypes['WatchEventEdge']> };
  WatchEventEdge: Omit<WatchEventEdge, 'node'> & { node: ResolversParentTypes['WatchEvent'] };
  WatchInput: WatchInput;
  WatchItem: WatchItemModel;
  WatchItemConnection: Omit<WatchItemConnection, 'edges'> & { edges: Array<ResolversParentTypes['WatchItemEdge']> };
  WatchItemEdge: Omit<WatchItemEdge, 'node'> & { node: ResolversParentTypes['WatchItem'] };
  WatchSettings: WatchSettings;
  WayIn: WayModel;
  WhatIf: WhatIfModel;
  Window: Window;
  WindowInput: WindowInput;
};

export type AboutResolvers<ContextType = Context, ParentType extends ResolversParentTypes['About'] = ResolversParentTypes['About']> = {
  currentAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  isDemo?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  openFindings?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  policy?: Resolver<Array<ResolversTypes['PolicyRow']>, ParentType, ContextType>;
  store?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AcceptFindingPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AcceptFindingPayload'] = ResolversParentTypes['AcceptFindingPayload']> = {
  finding?: Resolver<Maybe<ResolversTypes['Finding']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AcceptanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Acceptance'] = ResolversParentTypes['Acceptance']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type AccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Access'] = ResolversParentTypes['Access']> = {
  grantee?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  grantor?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AccessKind'], ParentType, ContextType>;
  likelihood?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  software?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccessConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccessConnection'] = ResolversParentTypes['AccessConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AccessEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AccessEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccessEdge'] = ResolversParentTypes['AccessEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Access'], ParentType, ContextType>;
};

export type ActionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Action'] = ResolversParentTypes['Action']> = {
  access?: Resolver<Maybe<ResolversTypes['Access']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ActionKind'], ParentType, ContextType>;
  organization?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType>;
};

export type AdvisoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Advisory'] = ResolversParentTypes['Advisory']> = {
  affected?: Resolver<Array<ResolversTypes['AffectedPackage']>, ParentType, ContextType>;
  agreed?: Resolver<Maybe<ResolversTypes['Interval']>, ParentType, ContextType>;
  aliases?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  availabilities?: Resolver<Array<ResolversTypes['Availability']>, ParentType, ContextType>;
  hull?: Resolver<ResolversTypes['Interval'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AdvisoryKind'], ParentType, ContextType>;
  knownBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  provenances?: Resolver<Array<ResolversTypes['Provenance']>, ParentType, ContextType>;
  references?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  withdrawnAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AdvisoryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AdvisoryConnection'] = ResolversParentTypes['AdvisoryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AdvisoryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AdvisoryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AdvisoryEdge'] = ResolversParentTypes['AdvisoryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Advisory'], ParentType, ContextType>;
};

export type AffectedLabResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AffectedLab'] = ResolversParentTypes['AffectedLab']> = {
  containedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exposedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lab?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  possibleCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  weightedLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  worstCaseLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type AffectedLabConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AffectedLabConnection'] = ResolversParentTypes['AffectedLabConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AffectedLabEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AffectedLabEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AffectedLabEdge'] = ResolversParentTypes['AffectedLabEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AffectedLab'], ParentType, ContextType>;
};

export type AffectedPackageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AffectedPackage'] = ResolversParentTypes['AffectedPackage']> = {
  ignoredRanges?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  package?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ranges?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  versions?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ArtifactResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Artifact'] = ResolversParentTypes['Artifact']> = {
  copies?: Resolver<ResolversTypes['CopyConnection'], ParentType, ContextType, RequireFields<ArtifactCopiesArgs, 'first'>>;
  exposure?: Resolver<Maybe<ResolversTypes['Exposure']>, ParentType, ContextType, Partial<ArtifactExposureArgs>>;
  fragmentCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  modelFamily?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  revealedBy?: Resolver<ResolversTypes['RevealsConnection'], ParentType, ContextType, RequireFields<ArtifactRevealedByArgs, 'first'>>;
  reveals?: Resolver<ResolversTypes['RevealsConnection'], ParentType, ContextType, RequireFields<ArtifactRevealsArgs, 'first'>>;
  sensitivity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ArtifactType'], ParentType, ContextType>;
  usefulPortion?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  valueHighUsd?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  valueLowUsd?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ArtifactConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ArtifactConnection'] = ResolversParentTypes['ArtifactConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ArtifactEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ArtifactEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ArtifactEdge'] = ResolversParentTypes['ArtifactEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Artifact'], ParentType, ContextType>;
};

export type ArtifactExposureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ArtifactExposure'] = ResolversParentTypes['ArtifactExposure']> = {
  artifact?: Resolver<ResolversTypes['Artifact'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  share?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ArtifactExposureConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ArtifactExposureConnection'] = ResolversParentTypes['ArtifactExposureConnection']> = {
  batch?: Resolver<Maybe<ResolversTypes['BatchSource']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['ArtifactExposureEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['BackgroundWork']>, ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ArtifactExposureEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ArtifactExposureEdge'] = ResolversParentTypes['ArtifactExposureEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ArtifactExposure'], ParentType, ContextType>;
};

export type AssessmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Assessment'] = ResolversParentTypes['Assessment']> = {
  artifact?: Resolver<ResolversTypes['Artifact'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  evidence?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['AssessmentState'], ParentType, ContextType>;
};

export type AssessmentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssessmentConnection'] = ResolversParentTypes['AssessmentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AssessmentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AssessmentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssessmentEdge'] = ResolversParentTypes['AssessmentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Assessment'], ParentType, ContextType>;
};

export type AttributeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Attribute'] = ResolversParentTypes['Attribute']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuditEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryConnection'] = ResolversParentTypes['AuditEntryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AuditEntryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AuditEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryEdge'] = ResolversParentTypes['AuditEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AvailabilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Availability'] = ResolversParentTypes['Availability']> = {
  from?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  package?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  versions?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type BackgroundWorkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BackgroundWork'] = ResolversParentTypes['BackgroundWork']> = {
  done?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type BatchSourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BatchSource'] = ResolversParentTypes['BatchSource']> = {
  behind?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  instant?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type BlastRadiusResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlastRadius'] = ResolversParentTypes['BlastRadius']> = {
  answeredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  artifacts?: Resolver<ResolversTypes['ExposedArtifactConnection'], ParentType, ContextType, RequireFields<BlastRadiusArtifactsArgs, 'first' | 'orderBy'>>;
  byHops?: Resolver<Array<ResolversTypes['RadiusSummary']>, ParentType, ContextType>;
  certainty?: Resolver<ResolversTypes['RadiusCertainty'], ParentType, ContextType>;
  copyEvents?: Resolver<ResolversTypes['CopyEventConnection'], ParentType, ContextType, RequireFields<BlastRadiusCopyEventsArgs, 'first' | 'span'>>;
  core?: Resolver<ResolversTypes['Window'], ParentType, ContextType>;
  dependents?: Resolver<ResolversTypes['DependentConnection'], ParentType, ContextType, RequireFields<BlastRadiusDependentsArgs, 'blindSpotsOnly' | 'first'>>;
  findings?: Resolver<ResolversTypes['FindingConnection'], ParentType, ContextType, RequireFields<BlastRadiusFindingsArgs, 'first'>>;
  flows?: Resolver<Array<ResolversTypes['Flow']>, ParentType, ContextType, Partial<BlastRadiusFlowsArgs>>;
  hasCore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  holderTimeline?: Resolver<Maybe<ResolversTypes['HolderTimelineConnection']>, ParentType, ContextType, RequireFields<BlastRadiusHolderTimelineArgs, 'buckets' | 'byLab' | 'first'>>;
  holdingsAt?: Resolver<Array<ResolversTypes['HoldingAt']>, ParentType, ContextType, RequireFields<BlastRadiusHoldingsAtArgs, 'instant'>>;
  integrity?: Resolver<Maybe<ResolversTypes['IntegrityRadius']>, ParentType, ContextType>;
  knownAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  labTiers?: Resolver<Array<ResolversTypes['LabTier']>, ParentType, ContextType, Partial<BlastRadiusLabTiersArgs>>;
  labs?: Resolver<ResolversTypes['AffectedLabConnection'], ParentType, ContextType, RequireFields<BlastRadiusLabsArgs, 'first'>>;
  maxHops?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  minDegree?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  notifiers?: Resolver<ResolversTypes['OrganizationConnection'], ParentType, ContextType, RequireFields<BlastRadiusNotifiersArgs, 'first'>>;
  origins?: Resolver<Array<ResolversTypes['Organization']>, ParentType, ContextType>;
  otherCopies?: Resolver<ResolversTypes['CopyConnection'], ParentType, ContextType, RequireFields<BlastRadiusOtherCopiesArgs, 'first'>>;
  partners?: Resolver<ResolversTypes['PartnerConnection'], ParentType, ContextType, RequireFields<BlastRadiusPartnersArgs, 'first' | 'holder'>>;
  reached?: Resolver<ResolversTypes['ReachedConnection'], ParentType, ContextType, RequireFields<BlastRadiusReachedArgs, 'first'>>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  simulation?: Resolver<Maybe<ResolversTypes['Simulation']>, ParentType, ContextType, RequireFields<BlastRadiusSimulationArgs, 'runs' | 'seed'>>;
  subgraph?: Resolver<Maybe<ResolversTypes['RadiusSubgraph']>, ParentType, ContextType, RequireFields<BlastRadiusSubgraphArgs, 'maxNodes'>>;
  summary?: Resolver<ResolversTypes['RadiusSummary'], ParentType, ContextType>;
  sums?: Resolver<Array<ResolversTypes['RadiusSum']>, ParentType, ContextType, RequireFields<BlastRadiusSumsArgs, 'by'>>;
  suspectedOrigins?: Resolver<Array<ResolversTypes['SuspectedOrigin']>, ParentType, ContextType>;
  timeline?: Resolver<Maybe<Array<ResolversTypes['TimelineBucket']>>, ParentType, ContextType, RequireFields<BlastRadiusTimelineArgs, 'buckets'>>;
  totals?: Resolver<ResolversTypes['RadiusTotals'], ParentType, ContextType, Partial<BlastRadiusTotalsArgs>>;
  transferLikelihood?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  widest?: Resolver<ResolversTypes['Window'], ParentType, ContextType>;
};

export type BoundsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Bounds'] = ResolversParentTypes['Bounds']> = {
  high?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  low?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type CellExampleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CellExample'] = ResolversParentTypes['CellExample']> = {
  becomes?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CellNoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CellNote'] = ResolversParentTypes['CellNote']> = {
  change?: Resolver<ResolversTypes['CellChange'], ParentType, ContextType>;
  column?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  examples?: Resolver<Array<ResolversTypes['CellExample']>, ParentType, ContextType>;
  file?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CellReportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CellReport'] = ResolversParentTypes['CellReport']> = {
  keptAsText?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  leftOut?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  notes?: Resolver<Array<ResolversTypes['CellNote']>, ParentType, ContextType>;
  read?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rejected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  used?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ChangeCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeCount'] = ResolversParentTypes['ChangeCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
};

export type ColumnMappingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ColumnMapping'] = ResolversParentTypes['ColumnMapping']> = {
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  column?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  control?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  dateOrder?: Resolver<Maybe<ResolversTypes['DateOrder']>, ParentType, ContextType>;
  field?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['FactKind']>, ParentType, ContextType>;
  use?: Resolver<ResolversTypes['ColumnUse'], ParentType, ContextType>;
};

export type ControlResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Control'] = ResolversParentTypes['Control']> = {
  control?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  evidenceType?: Resolver<ResolversTypes['EvidenceType'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  issuedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  issuer?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ControlConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ControlConnection'] = ResolversParentTypes['ControlConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ControlEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ControlEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ControlEdge'] = ResolversParentTypes['ControlEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Control'], ParentType, ContextType>;
};

export type ControlGapResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ControlGap'] = ResolversParentTypes['ControlGap']> = {
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  highestSensitivity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  met?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  missing?: Resolver<Array<ResolversTypes['MissingControl']>, ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  required?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ControlGapConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ControlGapConnection'] = ResolversParentTypes['ControlGapConnection']> = {
  batch?: Resolver<Maybe<ResolversTypes['BatchSource']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['ControlGapEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['BackgroundWork']>, ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ControlGapEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ControlGapEdge'] = ResolversParentTypes['ControlGapEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ControlGap'], ParentType, ContextType>;
};

export type CopiesAtHolderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CopiesAtHolder'] = ResolversParentTypes['CopiesAtHolder']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  holder?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
};

export type CopyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Copy'] = ResolversParentTypes['Copy']> = {
  artifact?: Resolver<ResolversTypes['Artifact'], ParentType, ContextType>;
  chain?: Resolver<Array<ResolversTypes['Transfer']>, ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  definite?: Resolver<ResolversTypes['Interval'], ParentType, ContextType>;
  deletionState?: Resolver<ResolversTypes['DeletionState'], ParentType, ContextType>;
  form?: Resolver<ResolversTypes['CopyForm'], ParentType, ContextType>;
  fragments?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  holder?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['CopyKind'], ParentType, ContextType>;
  portion?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  possible?: Resolver<ResolversTypes['Interval'], ParentType, ContextType>;
  rank?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  transfer?: Resolver<Maybe<ResolversTypes['Transfer']>, ParentType, ContextType>;
};

export type CopyConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CopyConnection'] = ResolversParentTypes['CopyConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CopyEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CopyEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CopyEdge'] = ResolversParentTypes['CopyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Copy'], ParentType, ContextType>;
};

export type CopyEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CopyEvent'] = ResolversParentTypes['CopyEvent']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  copyCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  holder?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['CopyEventKind'], ParentType, ContextType>;
  sender?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType>;
};

export type CopyEventConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CopyEventConnection'] = ResolversParentTypes['CopyEventConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CopyEventEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CopyEventEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CopyEventEdge'] = ResolversParentTypes['CopyEventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CopyEvent'], ParentType, ContextType>;
};

export type CustodyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Custody'] = ResolversParentTypes['Custody']> = {
  copyCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  labCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastReceivedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  meanValueUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  readableCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CutResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Cut'] = ResolversParentTypes['Cut']> = {
  action?: Resolver<ResolversTypes['Action'], ParentType, ContextType>;
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  remainingWeightedLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  removedWeightedLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  removedWorstCaseLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteEndpointPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteEndpointPayload'] = ResolversParentTypes['DeleteEndpointPayload']> = {
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteIncidentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteIncidentPayload'] = ResolversParentTypes['DeleteIncidentPayload']> = {
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteNotePayload'] = ResolversParentTypes['DeleteNotePayload']> = {
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteViewPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteViewPayload'] = ResolversParentTypes['DeleteViewPayload']> = {
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteWatchPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteWatchPayload'] = ResolversParentTypes['DeleteWatchPayload']> = {
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeliveryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Delivery'] = ResolversParentTypes['Delivery']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endpoint?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  event?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nextAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type DeliveryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryPayload'] = ResolversParentTypes['DeliveryPayload']> = {
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DependentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Dependent'] = ResolversParentTypes['Dependent']> = {
  isBlindSpot?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isFormer?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['Engagement']>, ParentType, ContextType>;
  rank?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DependentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DependentConnection'] = ResolversParentTypes['DependentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['DependentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DependentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DependentEdge'] = ResolversParentTypes['DependentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Dependent'], ParentType, ContextType>;
};

export type EditionDriftResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EditionDrift'] = ResolversParentTypes['EditionDrift']> = {
  againCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  goneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  listedBefore?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  newCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type EndpointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Endpoint'] = ResolversParentTypes['Endpoint']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deliveries?: Resolver<Array<ResolversTypes['Delivery']>, ParentType, ContextType, RequireFields<EndpointDeliveriesArgs, 'first'>>;
  detail?: Resolver<ResolversTypes['EndpointDetail'], ParentType, ContextType>;
  format?: Resolver<ResolversTypes['EndpointFormat'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['EndpointState'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EngagementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Engagement'] = ResolversParentTypes['Engagement']> = {
  attributes?: Resolver<Array<ResolversTypes['Attribute']>, ParentType, ContextType>;
  auditRight?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  client?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  endsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  noticeHours?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  service?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EngagementConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EngagementConnection'] = ResolversParentTypes['EngagementConnection']> = {
  edges?: Resolver<Array<ResolversTypes['EngagementEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EngagementEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EngagementEdge'] = ResolversParentTypes['EngagementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Engagement'], ParentType, ContextType>;
};

export type ExceedancePointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExceedancePoint'] = ResolversParentTypes['ExceedancePoint']> = {
  lossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  probability?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ExposedArtifactResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExposedArtifact'] = ResolversParentTypes['ExposedArtifact']> = {
  artifact?: Resolver<ResolversTypes['Artifact'], ParentType, ContextType>;
  assessment?: Resolver<Maybe<ResolversTypes['Assessment']>, ParentType, ContextType>;
  basis?: Resolver<ResolversTypes['Basis'], ParentType, ContextType>;
  bytes?: Resolver<ResolversTypes['Volume'], ParentType, ContextType>;
  copiesByHolder?: Resolver<Array<ResolversTypes['CopiesAtHolder']>, ParentType, ContextType, RequireFields<ExposedArtifactCopiesByHolderArgs, 'first'>>;
  exposedPortion?: Resolver<ResolversTypes['Bounds'], ParentType, ContextType>;
  holderCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  holders?: Resolver<ResolversTypes['ReachedConnection'], ParentType, ContextType, RequireFields<ExposedArtifactHoldersArgs, 'first'>>;
  isUsable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  likelihood?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  portion?: Resolver<ResolversTypes['Bounds'], ParentType, ContextType>;
  records?: Resolver<ResolversTypes['Volume'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
  wayCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ways?: Resolver<Array<ResolversTypes['WayIn']>, ParentType, ContextType, RequireFields<ExposedArtifactWaysArgs, 'first'>>;
  weightedLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  weightedShare?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  worstCaseLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ExposedArtifactConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExposedArtifactConnection'] = ResolversParentTypes['ExposedArtifactConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ExposedArtifactEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ExposedArtifactEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExposedArtifactEdge'] = ResolversParentTypes['ExposedArtifactEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ExposedArtifact'], ParentType, ContextType>;
};

export type ExposingOrganizationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExposingOrganization'] = ResolversParentTypes['ExposingOrganization']> = {
  likelihood?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
};

export type ExposingOrganizationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExposingOrganizationConnection'] = ResolversParentTypes['ExposingOrganizationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ExposingOrganizationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ExposingOrganizationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExposingOrganizationEdge'] = ResolversParentTypes['ExposingOrganizationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ExposingOrganization'], ParentType, ContextType>;
};

export type ExposureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Exposure'] = ResolversParentTypes['Exposure']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  organizations?: Resolver<ResolversTypes['ExposingOrganizationConnection'], ParentType, ContextType, RequireFields<ExposureOrganizationsArgs, 'first'>>;
  share?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type FactResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Fact'] = ResolversParentTypes['Fact']> = {
  __resolveType: TypeResolveFn<'Access' | 'Artifact' | 'Control' | 'Engagement' | 'Organization' | 'Reveals' | 'Transfer', ParentType, ContextType>;
};

export type FactChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FactChange'] = ResolversParentTypes['FactChange']> = {
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  factId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  factKind?: Resolver<ResolversTypes['FactKind'], ParentType, ContextType>;
  fields?: Resolver<Array<ResolversTypes['FieldChange']>, ParentType, ContextType>;
  file?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  import?: Resolver<Maybe<ResolversTypes['Import']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['FactChangeKind'], ParentType, ContextType>;
  line?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  revision?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FactChangeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FactChangeConnection'] = ResolversParentTypes['FactChangeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['FactChangeEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FactChangeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FactChangeEdge'] = ResolversParentTypes['FactChangeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['FactChange'], ParentType, ContextType>;
};

export type FactConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FactConnection'] = ResolversParentTypes['FactConnection']> = {
  edges?: Resolver<Array<ResolversTypes['FactEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FactCountsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FactCounts'] = ResolversParentTypes['FactCounts']> = {
  access?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  artifacts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  controls?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  engagements?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  organizations?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reveals?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  transfers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FactEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FactEdge'] = ResolversParentTypes['FactEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Fact'], ParentType, ContextType>;
};

export type FieldChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FieldChange'] = ResolversParentTypes['FieldChange']> = {
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  afterName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  beforeName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FileMappingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FileMapping'] = ResolversParentTypes['FileMapping']> = {
  areContractsApart?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  asOfBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  client?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType>;
  columns?: Resolver<Array<ResolversTypes['ColumnMapping']>, ParentType, ContextType>;
  createMissingOrganizations?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  dateOrder?: Resolver<Maybe<ResolversTypes['DateOrder']>, ParentType, ContextType>;
  defaultRole?: Resolver<ResolversTypes['OrganizationRole'], ParentType, ContextType>;
  kinds?: Resolver<Array<ResolversTypes['FactKind']>, ParentType, ContextType>;
};

export type FindingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Finding'] = ResolversParentTypes['Finding']> = {
  acceptance?: Resolver<Maybe<ResolversTypes['Acceptance']>, ParentType, ContextType>;
  facts?: Resolver<Array<ResolversTypes['Fact']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['FindingKind'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FindingConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FindingConnection'] = ResolversParentTypes['FindingConnection']> = {
  batch?: Resolver<Maybe<ResolversTypes['BatchSource']>, ParentType, ContextType>;
  counts?: Resolver<Array<ResolversTypes['FindingCount']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['FindingEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['BackgroundWork']>, ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FindingCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FindingCount'] = ResolversParentTypes['FindingCount']> = {
  accepted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['FindingKind'], ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FindingEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FindingEdge'] = ResolversParentTypes['FindingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Finding'], ParentType, ContextType>;
};

export type FlowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Flow'] = ResolversParentTypes['Flow']> = {
  containedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exposedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exposedWorstCaseLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  holder?: Resolver<Maybe<ResolversTypes['ReachedOrganization']>, ParentType, ContextType>;
  lab?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  possibleCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  worstCaseLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type FoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Found'] = ResolversParentTypes['Found']> = {
  __resolveType: TypeResolveFn<'Advisory' | 'Artifact' | 'Engagement' | 'FoundValue' | 'Incident' | 'Organization' | 'SoftwareList' | 'Transfer' | 'View', ParentType, ContextType>;
};

export type FoundValueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FoundValue'] = ResolversParentTypes['FoundValue']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['FoundKind'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GraphLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GraphLink'] = ResolversParentTypes['GraphLink']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  facts?: Resolver<ResolversTypes['FactConnection'], ParentType, ContextType, RequireFields<GraphLinkFactsArgs, 'first'>>;
  key?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['LinkKind'], ParentType, ContextType>;
  readableCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  target?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type GraphNodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GraphNode'] = ResolversParentTypes['GraphNode']> = {
  artifact?: Resolver<Maybe<ResolversTypes['Artifact']>, ParentType, ContextType>;
  key?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  linkCounts?: Resolver<Array<ResolversTypes['LinkCount']>, ParentType, ContextType>;
  organization?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType>;
};

export type HolderShareResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HolderShare'] = ResolversParentTypes['HolderShare']> = {
  holder?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  share?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type HolderTimelineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HolderTimeline'] = ResolversParentTypes['HolderTimeline']> = {
  definiteCounts?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  definiteWorstCaseUsd?: Resolver<Array<ResolversTypes['Float']>, ParentType, ContextType>;
  deletedBeforeCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  deletedCounts?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  deletedInWindowCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  firstReceivedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  holder?: Resolver<ResolversTypes['ReachedOrganization'], ParentType, ContextType>;
  lab?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType>;
  lastDeletedBeforeAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  possibleCounts?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  receivedCounts?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  receivedInWindowCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  undatedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unreadableCounts?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  worstCaseUsd?: Resolver<Array<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type HolderTimelineConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HolderTimelineConnection'] = ResolversParentTypes['HolderTimelineConnection']> = {
  edges?: Resolver<Array<ResolversTypes['HolderTimelineEdge']>, ParentType, ContextType>;
  instants?: Resolver<Array<ResolversTypes['DateTime']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type HolderTimelineEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HolderTimelineEdge'] = ResolversParentTypes['HolderTimelineEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['HolderTimeline'], ParentType, ContextType>;
};

export type HoldingAtResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HoldingAt'] = ResolversParentTypes['HoldingAt']> = {
  definiteCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  holder?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  possibleCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unreadableCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ImportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Import'] = ResolversParentTypes['Import']> = {
  assertedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  causes?: Resolver<Array<ResolversTypes['RejectionCause']>, ParentType, ContextType>;
  changes?: Resolver<ResolversTypes['FactChangeConnection'], ParentType, ContextType, RequireFields<ImportChangesArgs, 'first'>>;
  committedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  effect?: Resolver<Maybe<ResolversTypes['ImportEffect']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  files?: Resolver<Array<ResolversTypes['ImportFile']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mappingDocument?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  matches?: Resolver<ResolversTypes['OrganizationMatchConnection'], ParentType, ContextType, RequireFields<ImportMatchesArgs, 'first' | 'undecidedOnly'>>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['ImportProgress']>, ParentType, ContextType>;
  questions?: Resolver<Array<ResolversTypes['ImportQuestion']>, ParentType, ContextType>;
  rejections?: Resolver<ResolversTypes['RejectionConnection'], ParentType, ContextType, RequireFields<ImportRejectionsArgs, 'first'>>;
  report?: Resolver<Maybe<ResolversTypes['ImportReport']>, ParentType, ContextType>;
  respondent?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType>;
  skipLoss?: Resolver<Maybe<ResolversTypes['SkipLoss']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ImportState'], ParentType, ContextType>;
  undoneAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  unlisted?: Resolver<ResolversTypes['FactConnection'], ParentType, ContextType, RequireFields<ImportUnlistedArgs, 'first'>>;
  values?: Resolver<ResolversTypes['ValueMappingConnection'], ParentType, ContextType, RequireFields<ImportValuesArgs, 'first' | 'undecidedOnly'>>;
  waiting?: Resolver<ResolversTypes['WaitingChangeConnection'], ParentType, ContextType, RequireFields<ImportWaitingArgs, 'first'>>;
};

export type ImportConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportConnection'] = ResolversParentTypes['ImportConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ImportEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ImportEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportEdge'] = ResolversParentTypes['ImportEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Import'], ParentType, ContextType>;
};

export type ImportEffectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportEffect'] = ResolversParentTypes['ImportEffect']> = {
  findingsAdded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  findingsResolved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rankingAfter?: Resolver<Array<ResolversTypes['RankedOrganization']>, ParentType, ContextType>;
  rankingBefore?: Resolver<Array<ResolversTypes['RankedOrganization']>, ParentType, ContextType>;
};

export type ImportFileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportFile'] = ResolversParentTypes['ImportFile']> = {
  delimiter?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  encoding?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  header?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  headerLine?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  mapping?: Resolver<ResolversTypes['FileMapping'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  preamble?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  sample?: Resolver<Array<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sizeBytes?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ImportPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportPayload'] = ResolversParentTypes['ImportPayload']> = {
  import?: Resolver<Maybe<ResolversTypes['Import']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ImportProgressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportProgress'] = ResolversParentTypes['ImportProgress']> = {
  done?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type ImportQuestionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportQuestion'] = ResolversParentTypes['ImportQuestion']> = {
  choices?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  file?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  flag?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  index?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  isOptional?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ImportQuestionKind'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  proposed?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refused?: Resolver<Array<ResolversTypes['RefusedChoice']>, ParentType, ContextType>;
};

export type ImportReportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportReport'] = ResolversParentTypes['ImportReport']> = {
  account?: Resolver<Maybe<ResolversTypes['RowAccount']>, ParentType, ContextType>;
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  cells?: Resolver<Maybe<ResolversTypes['CellReport']>, ParentType, ContextType>;
  created?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  drift?: Resolver<Maybe<ResolversTypes['EditionDrift']>, ParentType, ContextType>;
  rejected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rows?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  warnings?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type IncidentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Incident'] = ResolversParentTypes['Incident']> = {
  advisory?: Resolver<Maybe<ResolversTypes['Advisory']>, ParentType, ContextType>;
  assessments?: Resolver<ResolversTypes['AssessmentConnection'], ParentType, ContextType, RequireFields<IncidentAssessmentsArgs, 'first'>>;
  blastRadius?: Resolver<Maybe<ResolversTypes['BlastRadius']>, ParentType, ContextType, Partial<IncidentBlastRadiusArgs>>;
  cause?: Resolver<ResolversTypes['IncidentCause'], ParentType, ContextType>;
  core?: Resolver<Maybe<ResolversTypes['Window']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  discoveredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['IncidentEntryConnection'], ParentType, ContextType, RequireFields<IncidentEntriesArgs, 'first'>>;
  hasCore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  maxHops?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  minDegree?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  noticeCounts?: Resolver<ResolversTypes['NoticeCounts'], ParentType, ContextType, Partial<IncidentNoticeCountsArgs>>;
  noticeGroups?: Resolver<ResolversTypes['NoticeGroupConnection'], ParentType, ContextType, RequireFields<IncidentNoticeGroupsArgs, 'by' | 'first'>>;
  notices?: Resolver<ResolversTypes['NoticeConnection'], ParentType, ContextType, RequireFields<IncidentNoticesArgs, 'first'>>;
  origins?: Resolver<Array<ResolversTypes['Organization']>, ParentType, ContextType>;
  plan?: Resolver<Array<ResolversTypes['PlanStep']>, ParentType, ContextType>;
  planStepCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  proposal?: Resolver<Maybe<ResolversTypes['SavedProposal']>, ParentType, ContextType>;
  scenario?: Resolver<Array<ResolversTypes['Action']>, ParentType, ContextType>;
  scope?: Resolver<Array<ResolversTypes['Scope']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['IncidentState'], ParentType, ContextType>;
  suspectedOrigins?: Resolver<Array<ResolversTypes['SuspectedOrigin']>, ParentType, ContextType>;
  transferLikelihood?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  widest?: Resolver<Maybe<ResolversTypes['Window']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IncidentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IncidentConnection'] = ResolversParentTypes['IncidentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['IncidentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type IncidentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IncidentEdge'] = ResolversParentTypes['IncidentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Incident'], ParentType, ContextType>;
};

export type IncidentEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IncidentEntry'] = ResolversParentTypes['IncidentEntry']> = {
  after?: Resolver<Maybe<ResolversTypes['RadiusSummary']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['RadiusSummary']>, ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revision?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type IncidentEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IncidentEntryConnection'] = ResolversParentTypes['IncidentEntryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['IncidentEntryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type IncidentEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IncidentEntryEdge'] = ResolversParentTypes['IncidentEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['IncidentEntry'], ParentType, ContextType>;
};

export type IncidentProposalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IncidentProposal'] = ResolversParentTypes['IncidentProposal']> = {
  advisory?: Resolver<ResolversTypes['Advisory'], ParentType, ContextType>;
  agreed?: Resolver<Maybe<ResolversTypes['Interval']>, ParentType, ContextType>;
  blastRadius?: Resolver<Maybe<ResolversTypes['BlastRadius']>, ParentType, ContextType>;
  bounds?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  core?: Resolver<Maybe<ResolversTypes['Window']>, ParentType, ContextType>;
  hasCore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hull?: Resolver<ResolversTypes['Interval'], ParentType, ContextType>;
  matches?: Resolver<ResolversTypes['SoftwareMatchConnection'], ParentType, ContextType, RequireFields<IncidentProposalMatchesArgs, 'first'>>;
  widest?: Resolver<Maybe<ResolversTypes['Window']>, ParentType, ContextType>;
  withoutPackageCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type IntegrityRadiusResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IntegrityRadius'] = ResolversParentTypes['IntegrityRadius']> = {
  labs?: Resolver<ResolversTypes['OrganizationConnection'], ParentType, ContextType, RequireFields<IntegrityRadiusLabsArgs, 'first'>>;
  tainted?: Resolver<ResolversTypes['TaintedConnection'], ParentType, ContextType, RequireFields<IntegrityRadiusTaintedArgs, 'first'>>;
};

export type IntervalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Interval'] = ResolversParentTypes['Interval']> = {
  from?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type LabConcentrationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LabConcentration'] = ResolversParentTypes['LabConcentration']> = {
  herfindahlIndex?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  holderCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  holders?: Resolver<Array<ResolversTypes['HolderShare']>, ParentType, ContextType>;
  lab?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
};

export type LabConcentrationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LabConcentrationConnection'] = ResolversParentTypes['LabConcentrationConnection']> = {
  batch?: Resolver<Maybe<ResolversTypes['BatchSource']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['LabConcentrationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['BackgroundWork']>, ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LabConcentrationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LabConcentrationEdge'] = ResolversParentTypes['LabConcentrationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LabConcentration'], ParentType, ContextType>;
};

export type LabSafeguardsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LabSafeguards'] = ResolversParentTypes['LabSafeguards']> = {
  auditRight?: Resolver<ResolversTypes['Safeguard'], ParentType, ContextType>;
  encryption?: Resolver<ResolversTypes['Safeguard'], ParentType, ContextType>;
  lab?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  noticeTerm?: Resolver<ResolversTypes['Safeguard'], ParentType, ContextType>;
  providerCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  valueUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type LabSafeguardsConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LabSafeguardsConnection'] = ResolversParentTypes['LabSafeguardsConnection']> = {
  batch?: Resolver<Maybe<ResolversTypes['BatchSource']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['LabSafeguardsEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['BackgroundWork']>, ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LabSafeguardsEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LabSafeguardsEdge'] = ResolversParentTypes['LabSafeguardsEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LabSafeguards'], ParentType, ContextType>;
};

export type LabSimulationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LabSimulation'] = ResolversParentTypes['LabSimulation']> = {
  lab?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  meanUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  p5Usd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  p50Usd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  p95Usd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  standardErrorUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type LabTierResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LabTier'] = ResolversParentTypes['LabTier']> = {
  artifactCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lab?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
  worstCaseLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type LinkCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LinkCount'] = ResolversParentTypes['LinkCount']> = {
  incoming?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['LinkKind'], ParentType, ContextType>;
  outgoing?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MatchCandidateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MatchCandidate'] = ResolversParentTypes['MatchCandidate']> = {
  evidence?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  grade?: Resolver<ResolversTypes['MatchGrade'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isStored?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type MergeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Merge'] = ResolversParentTypes['Merge']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  into?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MergeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MergeConnection'] = ResolversParentTypes['MergeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['MergeEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MergeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MergeEdge'] = ResolversParentTypes['MergeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Merge'], ParentType, ContextType>;
};

export type MergeOrganizationsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MergeOrganizationsPayload'] = ResolversParentTypes['MergeOrganizationsPayload']> = {
  organization?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MissingControlResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MissingControl'] = ResolversParentTypes['MissingControl']> = {
  control?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  held?: Resolver<Maybe<ResolversTypes['Control']>, ParentType, ContextType>;
  leastEvidence?: Resolver<ResolversTypes['EvidenceType'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['MissingControlReason'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  acceptFinding?: Resolver<ResolversTypes['AcceptFindingPayload'], ParentType, ContextType, RequireFields<MutationAcceptFindingArgs, 'input'>>;
  addIncidentNote?: Resolver<ResolversTypes['SaveIncidentPayload'], ParentType, ContextType, RequireFields<MutationAddIncidentNoteArgs, 'input'>>;
  cancelImport?: Resolver<ResolversTypes['ImportPayload'], ParentType, ContextType, RequireFields<MutationCancelImportArgs, 'input'>>;
  commitImport?: Resolver<ResolversTypes['ImportPayload'], ParentType, ContextType, RequireFields<MutationCommitImportArgs, 'input'>>;
  decideAnswer?: Resolver<ResolversTypes['ImportPayload'], ParentType, ContextType, RequireFields<MutationDecideAnswerArgs, 'input'>>;
  decideEdition?: Resolver<ResolversTypes['ImportPayload'], ParentType, ContextType, RequireFields<MutationDecideEditionArgs, 'input'>>;
  decideMatches?: Resolver<ResolversTypes['ImportPayload'], ParentType, ContextType, RequireFields<MutationDecideMatchesArgs, 'input'>>;
  deleteEndpoint?: Resolver<ResolversTypes['DeleteEndpointPayload'], ParentType, ContextType, RequireFields<MutationDeleteEndpointArgs, 'input'>>;
  deleteIncident?: Resolver<ResolversTypes['DeleteIncidentPayload'], ParentType, ContextType, RequireFields<MutationDeleteIncidentArgs, 'input'>>;
  deleteNote?: Resolver<ResolversTypes['DeleteNotePayload'], ParentType, ContextType, RequireFields<MutationDeleteNoteArgs, 'input'>>;
  deleteView?: Resolver<ResolversTypes['DeleteViewPayload'], ParentType, ContextType, RequireFields<MutationDeleteViewArgs, 'input'>>;
  deleteWatch?: Resolver<ResolversTypes['DeleteWatchPayload'], ParentType, ContextType, RequireFields<MutationDeleteWatchArgs, 'input'>>;
  discardImport?: Resolver<ResolversTypes['ImportPayload'], ParentType, ContextType, RequireFields<MutationDiscardImportArgs, 'input'>>;
  fixImportCell?: Resolver<ResolversTypes['ImportPayload'], ParentType, ContextType, RequireFields<MutationFixImportCellArgs, 'input'>>;
  mapImportFile?: Resolver<ResolversTypes['ImportPayload'], ParentType, ContextType, RequireFields<MutationMapImportFileArgs, 'input'>>;
  mapImportValues?: Resolver<ResolversTypes['ImportPayload'], ParentType, ContextType, RequireFields<MutationMapImportValuesArgs, 'input'>>;
  mergeOrganizations?: Resolver<ResolversTypes['MergeOrganizationsPayload'], ParentType, ContextType, RequireFields<MutationMergeOrganizationsArgs, 'input'>>;
  putFacts?: Resolver<ResolversTypes['PutFactsPayload'], ParentType, ContextType, RequireFields<MutationPutFactsArgs, 'input'>>;
  readEvents?: Resolver<ResolversTypes['ReadEventsPayload'], ParentType, ContextType, RequireFields<MutationReadEventsArgs, 'input'>>;
  removeImportFile?: Resolver<ResolversTypes['ImportPayload'], ParentType, ContextType, RequireFields<MutationRemoveImportFileArgs, 'input'>>;
  renameImport?: Resolver<ResolversTypes['ImportPayload'], ParentType, ContextType, RequireFields<MutationRenameImportArgs, 'input'>>;
  replayEvent?: Resolver<ResolversTypes['DeliveryPayload'], ParentType, ContextType, RequireFields<MutationReplayEventArgs, 'input'>>;
  retractFacts?: Resolver<ResolversTypes['RetractFactsPayload'], ParentType, ContextType, RequireFields<MutationRetractFactsArgs, 'input'>>;
  retractSoftware?: Resolver<ResolversTypes['RetractSoftwarePayload'], ParentType, ContextType, RequireFields<MutationRetractSoftwareArgs, 'input'>>;
  rotateEndpointSecret?: Resolver<ResolversTypes['SaveEndpointPayload'], ParentType, ContextType, RequireFields<MutationRotateEndpointSecretArgs, 'input'>>;
  saveAvailability?: Resolver<ResolversTypes['SaveAvailabilityPayload'], ParentType, ContextType, RequireFields<MutationSaveAvailabilityArgs, 'input'>>;
  saveEndpoint?: Resolver<ResolversTypes['SaveEndpointPayload'], ParentType, ContextType, RequireFields<MutationSaveEndpointArgs, 'input'>>;
  saveIncident?: Resolver<ResolversTypes['SaveIncidentPayload'], ParentType, ContextType, RequireFields<MutationSaveIncidentArgs, 'input'>>;
  saveNote?: Resolver<ResolversTypes['SaveNotePayload'], ParentType, ContextType, RequireFields<MutationSaveNoteArgs, 'input'>>;
  saveSoftwareStatement?: Resolver<ResolversTypes['SaveSoftwareStatementPayload'], ParentType, ContextType, RequireFields<MutationSaveSoftwareStatementArgs, 'input'>>;
  saveView?: Resolver<ResolversTypes['SaveViewPayload'], ParentType, ContextType, RequireFields<MutationSaveViewArgs, 'input'>>;
  saveWatch?: Resolver<ResolversTypes['SaveWatchPayload'], ParentType, ContextType, RequireFields<MutationSaveWatchArgs, 'input'>>;
  setAssessments?: Resolver<ResolversTypes['SaveIncidentPayload'], ParentType, ContextType, RequireFields<MutationSetAssessmentsArgs, 'input'>>;
  setNotice?: Resolver<ResolversTypes['SaveIncidentPayload'], ParentType, ContextType, RequireFields<MutationSetNoticeArgs, 'input'>>;
  setNotices?: Resolver<ResolversTypes['SetNoticesPayload'], ParentType, ContextType, RequireFields<MutationSetNoticesArgs, 'input'>>;
  testEndpoint?: Resolver<ResolversTypes['DeliveryPayload'], ParentType, ContextType, RequireFields<MutationTestEndpointArgs, 'input'>>;
  tickPlanStep?: Resolver<ResolversTypes['SaveIncidentPayload'], ParentType, ContextType, RequireFields<MutationTickPlanStepArgs, 'input'>>;
  undoImport?: Resolver<ResolversTypes['ImportPayload'], ParentType, ContextType, RequireFields<MutationUndoImportArgs, 'input'>>;
  undoNotices?: Resolver<ResolversTypes['SaveIncidentPayload'], ParentType, ContextType, RequireFields<MutationUndoNoticesArgs, 'input'>>;
  unmergeOrganizations?: Resolver<ResolversTypes['MergeOrganizationsPayload'], ParentType, ContextType, RequireFields<MutationUnmergeOrganizationsArgs, 'input'>>;
};

export type NeighborConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NeighborConnection'] = ResolversParentTypes['NeighborConnection']> = {
  edges?: Resolver<Array<ResolversTypes['NeighborEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type NeighborEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NeighborEdge'] = ResolversParentTypes['NeighborEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['GraphNode'], ParentType, ContextType>;
};

export type NoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Note'] = ResolversParentTypes['Note']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type NoteConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoteConnection'] = ResolversParentTypes['NoteConnection']> = {
  edges?: Resolver<Array<ResolversTypes['NoteEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type NoteEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoteEdge'] = ResolversParentTypes['NoteEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Note'], ParentType, ContextType>;
};

export type NoticeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Notice'] = ResolversParentTypes['Notice']> = {
  answeredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  lab?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  notifier?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['NoticeState'], ParentType, ContextType>;
  toldAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type NoticeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoticeConnection'] = ResolversParentTypes['NoticeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['NoticeEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type NoticeCountsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoticeCounts'] = ResolversParentTypes['NoticeCounts']> = {
  answered?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  dueToday?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inTime?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  late?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  later?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  none?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  toTell?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  told?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type NoticeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoticeEdge'] = ResolversParentTypes['NoticeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Notice'], ParentType, ContextType>;
};

export type NoticeGroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoticeGroup'] = ResolversParentTypes['NoticeGroup']> = {
  counts?: Resolver<ResolversTypes['NoticeCounts'], ParentType, ContextType>;
  lab?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType>;
  nextDueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  notifier?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType>;
  owners?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type NoticeGroupConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoticeGroupConnection'] = ResolversParentTypes['NoticeGroupConnection']> = {
  edges?: Resolver<Array<ResolversTypes['NoticeGroupEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type NoticeGroupEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NoticeGroupEdge'] = ResolversParentTypes['NoticeGroupEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['NoticeGroup'], ParentType, ContextType>;
};

export type NotificationPackResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationPack'] = ResolversParentTypes['NotificationPack']> = {
  lab?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  markdown?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  notices?: Resolver<Array<ResolversTypes['Notice']>, ParentType, ContextType>;
  radius?: Resolver<ResolversTypes['BlastRadius'], ParentType, ContextType>;
  recall?: Resolver<ResolversTypes['CopyConnection'], ParentType, ContextType, RequireFields<NotificationPackRecallArgs, 'first'>>;
};

export type OrganizationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Organization'] = ResolversParentTypes['Organization']> = {
  accessGranted?: Resolver<ResolversTypes['AccessConnection'], ParentType, ContextType, RequireFields<OrganizationAccessGrantedArgs, 'first'>>;
  accessHeld?: Resolver<ResolversTypes['AccessConnection'], ParentType, ContextType, RequireFields<OrganizationAccessHeldArgs, 'first'>>;
  aliases?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  artifacts?: Resolver<ResolversTypes['ArtifactConnection'], ParentType, ContextType, RequireFields<OrganizationArtifactsArgs, 'first' | 'orderBy'>>;
  attributes?: Resolver<Array<ResolversTypes['Attribute']>, ParentType, ContextType>;
  clients?: Resolver<ResolversTypes['EngagementConnection'], ParentType, ContextType, RequireFields<OrganizationClientsArgs, 'first'>>;
  contactEmail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  controlGap?: Resolver<Maybe<ResolversTypes['ControlGap']>, ParentType, ContextType, Partial<OrganizationControlGapArgs>>;
  controls?: Resolver<ResolversTypes['ControlConnection'], ParentType, ContextType, RequireFields<OrganizationControlsArgs, 'first'>>;
  copies?: Resolver<ResolversTypes['CopyConnection'], ParentType, ContextType, RequireFields<OrganizationCopiesArgs, 'first' | 'orderBy'>>;
  country?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  custody?: Resolver<ResolversTypes['Custody'], ParentType, ContextType, Partial<OrganizationCustodyArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  providers?: Resolver<ResolversTypes['EngagementConnection'], ParentType, ContextType, RequireFields<OrganizationProvidersArgs, 'first'>>;
  received?: Resolver<ResolversTypes['TransferConnection'], ParentType, ContextType, RequireFields<OrganizationReceivedArgs, 'first'>>;
  roles?: Resolver<Array<ResolversTypes['OrganizationRole']>, ParentType, ContextType>;
  sent?: Resolver<ResolversTypes['TransferConnection'], ParentType, ContextType, RequireFields<OrganizationSentArgs, 'first'>>;
  status?: Resolver<ResolversTypes['OrganizationStatus'], ParentType, ContextType>;
  website?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrganizationAdvisoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrganizationAdvisory'] = ResolversParentTypes['OrganizationAdvisory']> = {
  advisory?: Resolver<ResolversTypes['Advisory'], ParentType, ContextType>;
  match?: Resolver<ResolversTypes['SoftwareMatch'], ParentType, ContextType>;
};

export type OrganizationAdvisoryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrganizationAdvisoryConnection'] = ResolversParentTypes['OrganizationAdvisoryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OrganizationAdvisoryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrganizationAdvisoryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrganizationAdvisoryEdge'] = ResolversParentTypes['OrganizationAdvisoryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['OrganizationAdvisory'], ParentType, ContextType>;
};

export type OrganizationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrganizationConnection'] = ResolversParentTypes['OrganizationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OrganizationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrganizationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrganizationEdge'] = ResolversParentTypes['OrganizationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
};

export type OrganizationMatchResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrganizationMatch'] = ResolversParentTypes['OrganizationMatch']> = {
  candidates?: Resolver<Array<ResolversTypes['MatchCandidate']>, ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['MatchDecision'], ParentType, ContextType>;
  file?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  target?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type OrganizationMatchConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrganizationMatchConnection'] = ResolversParentTypes['OrganizationMatchConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OrganizationMatchEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrganizationMatchEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrganizationMatchEdge'] = ResolversParentTypes['OrganizationMatchEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['OrganizationMatch'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PartnerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Partner'] = ResolversParentTypes['Partner']> = {
  copyCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  firstAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  isInbound?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isNotifier?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isOrigin?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isReached?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
};

export type PartnerConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartnerConnection'] = ResolversParentTypes['PartnerConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PartnerEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PartnerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartnerEdge'] = ResolversParentTypes['PartnerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Partner'], ParentType, ContextType>;
};

export type PathResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Path'] = ResolversParentTypes['Path']> = {
  isCustody?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  links?: Resolver<Array<ResolversTypes['GraphLink']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['GraphNode']>, ParentType, ContextType>;
};

export type PlanStepResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PlanStep'] = ResolversParentTypes['PlanStep']> = {
  action?: Resolver<Maybe<ResolversTypes['Action']>, ParentType, ContextType>;
  ask?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType>;
  doneAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  evidence?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  removedHereUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  removedNowUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type PolicyRowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PolicyRow'] = ResolversParentTypes['PolicyRow']> = {
  controls?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  fromSensitivity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  leastEvidence?: Resolver<ResolversTypes['EvidenceType'], ParentType, ContextType>;
};

export type PresenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Presence'] = ResolversParentTypes['Presence']> = {
  constraint?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  definite?: Resolver<Array<ResolversTypes['Window']>, ParentType, ContextType>;
  isAffected?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isVersionUnknown?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  package?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  possible?: Resolver<Array<ResolversTypes['Interval']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProvenanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Provenance'] = ResolversParentTypes['Provenance']> = {
  assertedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  assertedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  file?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  import?: Resolver<Maybe<ResolversTypes['Import']>, ParentType, ContextType>;
  line?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PutFactsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PutFactsPayload'] = ResolversParentTypes['PutFactsPayload']> = {
  created?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  about?: Resolver<ResolversTypes['About'], ParentType, ContextType>;
  access?: Resolver<Maybe<ResolversTypes['Access']>, ParentType, ContextType, RequireFields<QueryAccessArgs, 'id'>>;
  accessFacts?: Resolver<ResolversTypes['AccessConnection'], ParentType, ContextType, RequireFields<QueryAccessFactsArgs, 'first'>>;
  advisories?: Resolver<ResolversTypes['AdvisoryConnection'], ParentType, ContextType, RequireFields<QueryAdvisoriesArgs, 'first'>>;
  advisory?: Resolver<Maybe<ResolversTypes['Advisory']>, ParentType, ContextType, RequireFields<QueryAdvisoryArgs, 'id'>>;
  advisoryMatches?: Resolver<ResolversTypes['SoftwareMatchConnection'], ParentType, ContextType, RequireFields<QueryAdvisoryMatchesArgs, 'advisory' | 'first'>>;
  artifact?: Resolver<Maybe<ResolversTypes['Artifact']>, ParentType, ContextType, RequireFields<QueryArtifactArgs, 'id'>>;
  artifactExposures?: Resolver<Maybe<ResolversTypes['ArtifactExposureConnection']>, ParentType, ContextType, RequireFields<QueryArtifactExposuresArgs, 'first'>>;
  artifacts?: Resolver<ResolversTypes['ArtifactConnection'], ParentType, ContextType, RequireFields<QueryArtifactsArgs, 'first'>>;
  asKnownAt?: Resolver<Maybe<ResolversTypes['Query']>, ParentType, ContextType, RequireFields<QueryAsKnownAtArgs, 'instant'>>;
  auditEntries?: Resolver<ResolversTypes['AuditEntryConnection'], ParentType, ContextType, RequireFields<QueryAuditEntriesArgs, 'first'>>;
  bestCuts?: Resolver<Maybe<Array<ResolversTypes['Cut']>>, ParentType, ContextType, RequireFields<QueryBestCutsArgs, 'budget' | 'by' | 'input'>>;
  blastRadius?: Resolver<Maybe<ResolversTypes['BlastRadius']>, ParentType, ContextType, RequireFields<QueryBlastRadiusArgs, 'input'>>;
  compareRadius?: Resolver<Maybe<ResolversTypes['RadiusComparison']>, ParentType, ContextType, RequireFields<QueryCompareRadiusArgs, 'after' | 'before'>>;
  concentration?: Resolver<ResolversTypes['LabConcentrationConnection'], ParentType, ContextType, RequireFields<QueryConcentrationArgs, 'first'>>;
  controlGaps?: Resolver<ResolversTypes['ControlGapConnection'], ParentType, ContextType, RequireFields<QueryControlGapsArgs, 'first' | 'orderBy'>>;
  controls?: Resolver<ResolversTypes['ControlConnection'], ParentType, ContextType, RequireFields<QueryControlsArgs, 'first'>>;
  copies?: Resolver<ResolversTypes['CopyConnection'], ParentType, ContextType, RequireFields<QueryCopiesArgs, 'first'>>;
  counts?: Resolver<ResolversTypes['FactCounts'], ParentType, ContextType>;
  endpoints?: Resolver<Array<ResolversTypes['Endpoint']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType, RequireFields<QueryEngagementArgs, 'id'>>;
  engagements?: Resolver<ResolversTypes['EngagementConnection'], ParentType, ContextType, RequireFields<QueryEngagementsArgs, 'first'>>;
  event?: Resolver<Maybe<ResolversTypes['WatchEvent']>, ParentType, ContextType, RequireFields<QueryEventArgs, 'id'>>;
  events?: Resolver<ResolversTypes['WatchEventConnection'], ParentType, ContextType, RequireFields<QueryEventsArgs, 'first' | 'unreadOnly'>>;
  findingCounts?: Resolver<Array<ResolversTypes['FindingCount']>, ParentType, ContextType, Partial<QueryFindingCountsArgs>>;
  findings?: Resolver<ResolversTypes['FindingConnection'], ParentType, ContextType, RequireFields<QueryFindingsArgs, 'first'>>;
  hiddenByMerge?: Resolver<ResolversTypes['FactConnection'], ParentType, ContextType, RequireFields<QueryHiddenByMergeArgs, 'first' | 'into' | 'organization'>>;
  history?: Resolver<ResolversTypes['FactChangeConnection'], ParentType, ContextType, RequireFields<QueryHistoryArgs, 'first'>>;
  import?: Resolver<Maybe<ResolversTypes['Import']>, ParentType, ContextType, RequireFields<QueryImportArgs, 'id'>>;
  imports?: Resolver<ResolversTypes['ImportConnection'], ParentType, ContextType, RequireFields<QueryImportsArgs, 'first'>>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType, RequireFields<QueryIncidentArgs, 'id'>>;
  incidents?: Resolver<ResolversTypes['IncidentConnection'], ParentType, ContextType, RequireFields<QueryIncidentsArgs, 'first'>>;
  labSafeguards?: Resolver<ResolversTypes['LabSafeguardsConnection'], ParentType, ContextType, RequireFields<QueryLabSafeguardsArgs, 'first'>>;
  merges?: Resolver<ResolversTypes['MergeConnection'], ParentType, ContextType, RequireFields<QueryMergesArgs, 'first'>>;
  neighborhood?: Resolver<Maybe<ResolversTypes['Subgraph']>, ParentType, ContextType, RequireFields<QueryNeighborhoodArgs, 'maxNodes' | 'of'>>;
  neighbors?: Resolver<ResolversTypes['NeighborConnection'], ParentType, ContextType, RequireFields<QueryNeighborsArgs, 'first' | 'kind' | 'of'>>;
  notes?: Resolver<ResolversTypes['NoteConnection'], ParentType, ContextType, RequireFields<QueryNotesArgs, 'first' | 'on'>>;
  notificationPack?: Resolver<Maybe<ResolversTypes['NotificationPack']>, ParentType, ContextType, RequireFields<QueryNotificationPackArgs, 'incident' | 'lab'>>;
  organization?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType, RequireFields<QueryOrganizationArgs, 'id'>>;
  organizations?: Resolver<ResolversTypes['OrganizationConnection'], ParentType, ContextType, RequireFields<QueryOrganizationsArgs, 'first'>>;
  paths?: Resolver<Maybe<Array<ResolversTypes['Path']>>, ParentType, ContextType, RequireFields<QueryPathsArgs, 'first' | 'from' | 'isDirected' | 'maxLength' | 'to'>>;
  proposeIncident?: Resolver<ResolversTypes['IncidentProposal'], ParentType, ContextType, RequireFields<QueryProposeIncidentArgs, 'input'>>;
  ranking?: Resolver<Maybe<ResolversTypes['RankedOrganizationConnection']>, ParentType, ContextType, RequireFields<QueryRankingArgs, 'first' | 'orderBy'>>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  search?: Resolver<Maybe<Array<ResolversTypes['SearchHit']>>, ParentType, ContextType, RequireFields<QuerySearchArgs, 'first' | 'text'>>;
  sharedHolders?: Resolver<ResolversTypes['SharedHolderConnection'], ParentType, ContextType, RequireFields<QuerySharedHoldersArgs, 'first'>>;
  software?: Resolver<ResolversTypes['SoftwareMatchConnection'], ParentType, ContextType, RequireFields<QuerySoftwareArgs, 'first' | 'package'>>;
  softwareCoverage?: Resolver<ResolversTypes['SoftwareCoverageConnection'], ParentType, ContextType, RequireFields<QuerySoftwareCoverageArgs, 'first'>>;
  softwareList?: Resolver<Maybe<ResolversTypes['SoftwareList']>, ParentType, ContextType, RequireFields<QuerySoftwareListArgs, 'id'>>;
  softwareLists?: Resolver<ResolversTypes['SoftwareListConnection'], ParentType, ContextType, RequireFields<QuerySoftwareListsArgs, 'first'>>;
  softwareMatches?: Resolver<ResolversTypes['OrganizationAdvisoryConnection'], ParentType, ContextType, RequireFields<QuerySoftwareMatchesArgs, 'first' | 'organization'>>;
  transfer?: Resolver<Maybe<ResolversTypes['Transfer']>, ParentType, ContextType, RequireFields<QueryTransferArgs, 'id'>>;
  transfers?: Resolver<ResolversTypes['TransferConnection'], ParentType, ContextType, RequireFields<QueryTransfersArgs, 'first'>>;
  view?: Resolver<Maybe<ResolversTypes['View']>, ParentType, ContextType, RequireFields<QueryViewArgs, 'id'>>;
  viewer?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
  views?: Resolver<Array<ResolversTypes['View']>, ParentType, ContextType>;
  watch?: Resolver<Maybe<ResolversTypes['Watch']>, ParentType, ContextType, RequireFields<QueryWatchArgs, 'id'>>;
  watches?: Resolver<ResolversTypes['WatchConnection'], ParentType, ContextType, RequireFields<QueryWatchesArgs, 'first'>>;
  whatIf?: Resolver<Maybe<ResolversTypes['WhatIf']>, ParentType, ContextType, RequireFields<QueryWhatIfArgs, 'actions' | 'input'>>;
};

export type RadiusCertaintyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RadiusCertainty'] = ResolversParentTypes['RadiusCertainty']> = {
  attestedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  undatedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RadiusChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RadiusChange'] = ResolversParentTypes['RadiusChange']> = {
  after?: Resolver<Maybe<ResolversTypes['ExposedArtifact']>, ParentType, ContextType>;
  artifact?: Resolver<ResolversTypes['Artifact'], ParentType, ContextType>;
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['ExposedArtifact']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
};

export type RadiusChangeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RadiusChangeConnection'] = ResolversParentTypes['RadiusChangeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['RadiusChangeEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RadiusChangeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RadiusChangeEdge'] = ResolversParentTypes['RadiusChangeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RadiusChange'], ParentType, ContextType>;
};

export type RadiusComparisonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RadiusComparison'] = ResolversParentTypes['RadiusComparison']> = {
  after?: Resolver<ResolversTypes['BlastRadius'], ParentType, ContextType>;
  before?: Resolver<ResolversTypes['BlastRadius'], ParentType, ContextType>;
  changeCounts?: Resolver<Array<ResolversTypes['ChangeCount']>, ParentType, ContextType>;
  changes?: Resolver<ResolversTypes['RadiusChangeConnection'], ParentType, ContextType, RequireFields<RadiusComparisonChangesArgs, 'first'>>;
  factChanges?: Resolver<ResolversTypes['FactChangeConnection'], ParentType, ContextType, RequireFields<RadiusComparisonFactChangesArgs, 'first'>>;
};

export type RadiusLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RadiusLink'] = ResolversParentTypes['RadiusLink']> = {
  isSpread?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  link?: Resolver<ResolversTypes['GraphLink'], ParentType, ContextType>;
  tier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
};

export type RadiusNodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RadiusNode'] = ResolversParentTypes['RadiusNode']> = {
  basis?: Resolver<Maybe<ResolversTypes['Basis']>, ParentType, ContextType>;
  hops?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  likelihood?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  node?: Resolver<ResolversTypes['GraphNode'], ParentType, ContextType>;
  tier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  worstCaseLossUsd?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type RadiusSubgraphResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RadiusSubgraph'] = ResolversParentTypes['RadiusSubgraph']> = {
  links?: Resolver<Array<ResolversTypes['RadiusLink']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['RadiusNode']>, ParentType, ContextType>;
  omittedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RadiusSumResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RadiusSum'] = ResolversParentTypes['RadiusSum']> = {
  bytes?: Resolver<ResolversTypes['VolumeSum'], ParentType, ContextType>;
  containedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exposedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  possibleCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  records?: Resolver<ResolversTypes['VolumeSum'], ParentType, ContextType>;
  weightedLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  worstCaseLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type RadiusSummaryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RadiusSummary'] = ResolversParentTypes['RadiusSummary']> = {
  affectedLabCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  blindSpotCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  containedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exposedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  possibleCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reachedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  weightedLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  worstCaseLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type RadiusTotalsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RadiusTotals'] = ResolversParentTypes['RadiusTotals']> = {
  bytes?: Resolver<ResolversTypes['VolumeSum'], ParentType, ContextType>;
  containedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exposedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  possibleCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  records?: Resolver<ResolversTypes['VolumeSum'], ParentType, ContextType>;
  weightedLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  worstCaseLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type RankedOrganizationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RankedOrganization'] = ResolversParentTypes['RankedOrganization']> = {
  artifactCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  containedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  dependentCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exposedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  labCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  possibleCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reachedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  weightedLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  worstCaseLossUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type RankedOrganizationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RankedOrganizationConnection'] = ResolversParentTypes['RankedOrganizationConnection']> = {
  batch?: Resolver<Maybe<ResolversTypes['BatchSource']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['RankedOrganizationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['BackgroundWork']>, ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RankedOrganizationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RankedOrganizationEdge'] = ResolversParentTypes['RankedOrganizationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RankedOrganization'], ParentType, ContextType>;
};

export type ReachedConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReachedConnection'] = ResolversParentTypes['ReachedConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ReachedEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReachedEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReachedEdge'] = ResolversParentTypes['ReachedEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ReachedOrganization'], ParentType, ContextType>;
};

export type ReachedOrganizationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReachedOrganization'] = ResolversParentTypes['ReachedOrganization']> = {
  hops?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isSuspected?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  likelihood?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['SpreadStep']>, ParentType, ContextType>;
};

export type ReadEventsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReadEventsPayload'] = ResolversParentTypes['ReadEventsPayload']> = {
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RefusedChoiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefusedChoice'] = ResolversParentTypes['RefusedChoice']> = {
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  choice?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RejectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Rejection'] = ResolversParentTypes['Rejection']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  column?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  file?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RejectionCauseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RejectionCause'] = ResolversParentTypes['RejectionCause']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  column?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  example?: Resolver<ResolversTypes['Rejection'], ParentType, ContextType>;
  isConsequence?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type RejectionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RejectionConnection'] = ResolversParentTypes['RejectionConnection']> = {
  edges?: Resolver<Array<ResolversTypes['RejectionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RejectionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RejectionEdge'] = ResolversParentTypes['RejectionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Rejection'], ParentType, ContextType>;
};

export type RetractFactsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RetractFactsPayload'] = ResolversParentTypes['RetractFactsPayload']> = {
  retracted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RetractSoftwarePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RetractSoftwarePayload'] = ResolversParentTypes['RetractSoftwarePayload']> = {
  retracted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RevealsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reveals'] = ResolversParentTypes['Reveals']> = {
  artifact?: Resolver<ResolversTypes['Artifact'], ParentType, ContextType>;
  basis?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  degree?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  reveals?: Resolver<ResolversTypes['Artifact'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RevealsConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevealsConnection'] = ResolversParentTypes['RevealsConnection']> = {
  edges?: Resolver<Array<ResolversTypes['RevealsEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RevealsEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevealsEdge'] = ResolversParentTypes['RevealsEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Reveals'], ParentType, ContextType>;
};

export type RowAccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RowAccount'] = ResolversParentTypes['RowAccount']> = {
  leftOut?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  read?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rejected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  repeated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  used?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SafeguardResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Safeguard'] = ResolversParentTypes['Safeguard']> = {
  providerCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  valueUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SaveAvailabilityPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaveAvailabilityPayload'] = ResolversParentTypes['SaveAvailabilityPayload']> = {
  advisory?: Resolver<Maybe<ResolversTypes['Advisory']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SaveEndpointPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaveEndpointPayload'] = ResolversParentTypes['SaveEndpointPayload']> = {
  endpoint?: Resolver<Maybe<ResolversTypes['Endpoint']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SaveIncidentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaveIncidentPayload'] = ResolversParentTypes['SaveIncidentPayload']> = {
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SaveNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaveNotePayload'] = ResolversParentTypes['SaveNotePayload']> = {
  note?: Resolver<Maybe<ResolversTypes['Note']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SaveSoftwareStatementPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaveSoftwareStatementPayload'] = ResolversParentTypes['SaveSoftwareStatementPayload']> = {
  statement?: Resolver<Maybe<ResolversTypes['SoftwareStatement']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SaveViewPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaveViewPayload'] = ResolversParentTypes['SaveViewPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  view?: Resolver<Maybe<ResolversTypes['View']>, ParentType, ContextType>;
};

export type SaveWatchPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaveWatchPayload'] = ResolversParentTypes['SaveWatchPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  watch?: Resolver<Maybe<ResolversTypes['Watch']>, ParentType, ContextType>;
};

export type SavedMatchResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SavedMatch'] = ResolversParentTypes['SavedMatch']> = {
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  grade?: Resolver<ResolversTypes['SoftwareGrade'], ParentType, ContextType>;
  gradeNow?: Resolver<ResolversTypes['SoftwareGrade'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
};

export type SavedProposalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SavedProposal'] = ResolversParentTypes['SavedProposal']> = {
  advisory?: Resolver<ResolversTypes['Advisory'], ParentType, ContextType>;
  availabilities?: Resolver<Array<ResolversTypes['Availability']>, ParentType, ContextType>;
  matches?: Resolver<Array<ResolversTypes['SavedMatch']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  treatAsCompromise?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ScopeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Scope'] = ResolversParentTypes['Scope']> = {
  artifacts?: Resolver<Array<ResolversTypes['Artifact']>, ParentType, ContextType>;
  channels?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  engagements?: Resolver<Array<ResolversTypes['Engagement']>, ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
};

export type SearchHitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SearchHit'] = ResolversParentTypes['SearchHit']> = {
  found?: Resolver<ResolversTypes['Found'], ParentType, ContextType>;
  matched?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SetNoticesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetNoticesPayload'] = ResolversParentTypes['SetNoticesPayload']> = {
  change?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SharedHolderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SharedHolder'] = ResolversParentTypes['SharedHolder']> = {
  artifactCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  holder?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  labCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  labs?: Resolver<Array<ResolversTypes['Organization']>, ParentType, ContextType>;
};

export type SharedHolderConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SharedHolderConnection'] = ResolversParentTypes['SharedHolderConnection']> = {
  batch?: Resolver<Maybe<ResolversTypes['BatchSource']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['SharedHolderEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['BackgroundWork']>, ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SharedHolderEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SharedHolderEdge'] = ResolversParentTypes['SharedHolderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SharedHolder'], ParentType, ContextType>;
};

export type SightingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Sighting'] = ResolversParentTypes['Sighting']> = {
  constraint?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isAffected?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isVersionUnknown?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  list?: Resolver<ResolversTypes['SoftwareList'], ParentType, ContextType>;
  package?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SimulationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Simulation'] = ResolversParentTypes['Simulation']> = {
  exceedance?: Resolver<Array<ResolversTypes['ExceedancePoint']>, ParentType, ContextType>;
  labs?: Resolver<Array<ResolversTypes['LabSimulation']>, ParentType, ContextType>;
  meanUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  p5Usd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  p50Usd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  p95Usd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  runs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  standardErrorUsd?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SkipLossResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SkipLoss'] = ResolversParentTypes['SkipLoss']> = {
  consequenceCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sentence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SoftwareChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareChange'] = ResolversParentTypes['SoftwareChange']> = {
  after?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  before?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  package?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SoftwareChangeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareChangeConnection'] = ResolversParentTypes['SoftwareChangeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['SoftwareChangeEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SoftwareChangeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareChangeEdge'] = ResolversParentTypes['SoftwareChangeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SoftwareChange'], ParentType, ContextType>;
};

export type SoftwareComponentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareComponent'] = ResolversParentTypes['SoftwareComponent']> = {
  constraint?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  depth?: Resolver<ResolversTypes['ComponentDepth'], ParentType, ContextType>;
  hashes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  package?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SoftwareComponentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareComponentConnection'] = ResolversParentTypes['SoftwareComponentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['SoftwareComponentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SoftwareComponentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareComponentEdge'] = ResolversParentTypes['SoftwareComponentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SoftwareComponent'], ParentType, ContextType>;
};

export type SoftwareCoverageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareCoverage'] = ResolversParentTypes['SoftwareCoverage']> = {
  lastDescribedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  listCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
};

export type SoftwareCoverageConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareCoverageConnection'] = ResolversParentTypes['SoftwareCoverageConnection']> = {
  edges?: Resolver<Array<ResolversTypes['SoftwareCoverageEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SoftwareCoverageEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareCoverageEdge'] = ResolversParentTypes['SoftwareCoverageEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SoftwareCoverage'], ParentType, ContextType>;
};

export type SoftwareListResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareList'] = ResolversParentTypes['SoftwareList']> = {
  changes?: Resolver<ResolversTypes['SoftwareChangeConnection'], ParentType, ContextType, RequireFields<SoftwareListChangesArgs, 'first'>>;
  componentCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  components?: Resolver<ResolversTypes['SoftwareComponentConnection'], ParentType, ContextType, RequireFields<SoftwareListComponentsArgs, 'first'>>;
  describedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  format?: Resolver<ResolversTypes['SoftwareListFormat'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isComplete?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  lifecycle?: Resolver<ResolversTypes['SoftwareLifecycle'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subjectVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SoftwareListConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareListConnection'] = ResolversParentTypes['SoftwareListConnection']> = {
  edges?: Resolver<Array<ResolversTypes['SoftwareListEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SoftwareListEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareListEdge'] = ResolversParentTypes['SoftwareListEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SoftwareList'], ParentType, ContextType>;
};

export type SoftwareMatchResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareMatch'] = ResolversParentTypes['SoftwareMatch']> = {
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  grade?: Resolver<ResolversTypes['SoftwareGrade'], ParentType, ContextType>;
  lists?: Resolver<Array<ResolversTypes['SoftwareList']>, ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  packages?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  presences?: Resolver<Array<ResolversTypes['Presence']>, ParentType, ContextType>;
  proposedAs?: Resolver<Maybe<ResolversTypes['ProposedAs']>, ParentType, ContextType>;
  sightings?: Resolver<Array<ResolversTypes['Sighting']>, ParentType, ContextType>;
  statements?: Resolver<Array<ResolversTypes['SoftwareStatement']>, ParentType, ContextType>;
  versions?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SoftwareMatchConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareMatchConnection'] = ResolversParentTypes['SoftwareMatchConnection']> = {
  edges?: Resolver<Array<ResolversTypes['SoftwareMatchEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SoftwareMatchEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareMatchEdge'] = ResolversParentTypes['SoftwareMatchEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SoftwareMatch'], ParentType, ContextType>;
};

export type SoftwareStatementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoftwareStatement'] = ResolversParentTypes['SoftwareStatement']> = {
  advisory?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  justification?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SoftwareStatementState'], ParentType, ContextType>;
};

export type SpreadStepResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpreadStep'] = ResolversParentTypes['SpreadStep']> = {
  access?: Resolver<Maybe<ResolversTypes['Access']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  likelihood?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
};

export type SubgraphResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subgraph'] = ResolversParentTypes['Subgraph']> = {
  links?: Resolver<Array<ResolversTypes['GraphLink']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['GraphNode']>, ParentType, ContextType>;
  omittedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SuspectedOriginResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SuspectedOrigin'] = ResolversParentTypes['SuspectedOrigin']> = {
  likelihood?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
};

export type TaintedConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaintedConnection'] = ResolversParentTypes['TaintedConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TaintedEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TaintedEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaintedEdge'] = ResolversParentTypes['TaintedEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TaintedHolding'], ParentType, ContextType>;
};

export type TaintedHoldingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaintedHolding'] = ResolversParentTypes['TaintedHolding']> = {
  artifact?: Resolver<ResolversTypes['Artifact'], ParentType, ContextType>;
  chain?: Resolver<Array<ResolversTypes['Transfer']>, ParentType, ContextType>;
  chainLength?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  firstDated?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  holder?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  isSinceKnown?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isSuspected?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type TimelineBucketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimelineBucket'] = ResolversParentTypes['TimelineBucket']> = {
  definiteCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  deletedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  possibleCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  receivedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sentCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  until?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type TransferResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Transfer'] = ResolversParentTypes['Transfer']> = {
  artifact?: Resolver<ResolversTypes['Artifact'], ParentType, ContextType>;
  bytes?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  copy?: Resolver<ResolversTypes['Copy'], ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deletionState?: Resolver<ResolversTypes['DeletionState'], ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  form?: Resolver<ResolversTypes['CopyForm'], ParentType, ContextType>;
  fragments?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  portion?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  recipient?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  records?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  sender?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TransferConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TransferConnection'] = ResolversParentTypes['TransferConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TransferEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TransferEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TransferEdge'] = ResolversParentTypes['TransferEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Transfer'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ValueMappingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValueMapping'] = ResolversParentTypes['ValueMapping']> = {
  column?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  file?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  meaning?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ValueMappingConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValueMappingConnection'] = ResolversParentTypes['ValueMappingConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ValueMappingEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ValueMappingEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValueMappingEdge'] = ResolversParentTypes['ValueMappingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ValueMapping'], ParentType, ContextType>;
};

export type ViewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['View'] = ResolversParentTypes['View']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  canExport?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  labs?: Resolver<Maybe<Array<ResolversTypes['Organization']>>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type VolumeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Volume'] = ResolversParentTypes['Volume']> = {
  high?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  isUnknown?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  low?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type VolumeSumResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VolumeSum'] = ResolversParentTypes['VolumeSum']> = {
  high?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  low?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  unknownCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WaitingChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WaitingChange'] = ResolversParentTypes['WaitingChange']> = {
  decision?: Resolver<Maybe<ResolversTypes['AnswerDecision']>, ParentType, ContextType>;
  factId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  factKind?: Resolver<ResolversTypes['FactKind'], ParentType, ContextType>;
  fields?: Resolver<Array<ResolversTypes['FieldChange']>, ParentType, ContextType>;
  file?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  line?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type WaitingChangeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WaitingChangeConnection'] = ResolversParentTypes['WaitingChangeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['WaitingChangeEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WaitingChangeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WaitingChangeEdge'] = ResolversParentTypes['WaitingChangeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WaitingChange'], ParentType, ContextType>;
};

export type WatchResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Watch'] = ResolversParentTypes['Watch']> = {
  endpointCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endpoints?: Resolver<Array<ResolversTypes['Endpoint']>, ParentType, ContextType>;
  events?: Resolver<ResolversTypes['WatchEventConnection'], ParentType, ContextType, RequireFields<WatchEventsArgs, 'first'>>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isEnded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isMuted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['WatchKind'], ParentType, ContextType>;
  lastInstant?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  names?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  question?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  settings?: Resolver<ResolversTypes['WatchSettings'], ParentType, ContextType>;
};

export type WatchConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WatchConnection'] = ResolversParentTypes['WatchConnection']> = {
  edges?: Resolver<Array<ResolversTypes['WatchEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WatchEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WatchEdge'] = ResolversParentTypes['WatchEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Watch'], ParentType, ContextType>;
};

export type WatchEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WatchEvent'] = ResolversParentTypes['WatchEvent']> = {
  after?: Resolver<Maybe<ResolversTypes['RadiusSummary']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['RadiusSummary']>, ParentType, ContextType>;
  counts?: Resolver<Array<ResolversTypes['ChangeCount']>, ParentType, ContextType>;
  deliveries?: Resolver<Array<ResolversTypes['Delivery']>, ParentType, ContextType>;
  fromInstant?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  fromRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  instant?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  isRead?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  items?: Resolver<ResolversTypes['WatchItemConnection'], ParentType, ContextType, RequireFields<WatchEventItemsArgs, 'first'>>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  toRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  watch?: Resolver<ResolversTypes['Watch'], ParentType, ContextType>;
};

export type WatchEventConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WatchEventConnection'] = ResolversParentTypes['WatchEventConnection']> = {
  edges?: Resolver<Array<ResolversTypes['WatchEventEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WatchEventEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WatchEventEdge'] = ResolversParentTypes['WatchEventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WatchEvent'], ParentType, ContextType>;
};

export type WatchItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WatchItem'] = ResolversParentTypes['WatchItem']> = {
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  artifact?: Resolver<Maybe<ResolversTypes['Artifact']>, ParentType, ContextType>;
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['WatchChange'], ParentType, ContextType>;
  organization?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  worstCaseLossUsd?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type WatchItemConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WatchItemConnection'] = ResolversParentTypes['WatchItemConnection']> = {
  edges?: Resolver<Array<ResolversTypes['WatchItemEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WatchItemEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WatchItemEdge'] = ResolversParentTypes['WatchItemEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WatchItem'], ParentType, ContextType>;
};

export type WatchSettingsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WatchSettings'] = ResolversParentTypes['WatchSettings']> = {
  advisory?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  affectedLabs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  artifact?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  count?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  findings?: Resolver<Maybe<Array<ResolversTypes['FindingKind']>>, ParentType, ContextType>;
  first?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  incident?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  lab?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  minTier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  on?: Resolver<Array<ResolversTypes['WatchChange']>, ParentType, ContextType>;
  radius?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  withinHours?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  worstCaseLossUsd?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type WayInResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WayIn'] = ResolversParentTypes['WayIn']> = {
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  chance?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  copy?: Resolver<ResolversTypes['Copy'], ParentType, ContextType>;
  holder?: Resolver<ResolversTypes['ReachedOrganization'], ParentType, ContextType>;
  reveals?: Resolver<Array<ResolversTypes['Reveals']>, ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
  yieldShare?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type WhatIfResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WhatIf'] = ResolversParentTypes['WhatIf']> = {
  baseline?: Resolver<ResolversTypes['BlastRadius'], ParentType, ContextType>;
  changeCounts?: Resolver<Array<ResolversTypes['ChangeCount']>, ParentType, ContextType>;
  changes?: Resolver<ResolversTypes['RadiusChangeConnection'], ParentType, ContextType, RequireFields<WhatIfChangesArgs, 'first'>>;
  limits?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  scenario?: Resolver<ResolversTypes['BlastRadius'], ParentType, ContextType>;
  stopped?: Resolver<ResolversTypes['EngagementConnection'], ParentType, ContextType, RequireFields<WhatIfStoppedArgs, 'first'>>;
};

export type WindowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Window'] = ResolversParentTypes['Window']> = {
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  About?: AboutResolvers<ContextType>;
  AcceptFindingPayload?: AcceptFindingPayloadResolvers<ContextType>;
  Acceptance?: AcceptanceResolvers<ContextType>;
  Access?: AccessResolvers<ContextType>;
  AccessConnection?: AccessConnectionResolvers<ContextType>;
  AccessEdge?: AccessEdgeResolvers<ContextType>;
  Action?: ActionResolvers<ContextType>;
  Advisory?: AdvisoryResolvers<ContextType>;
  AdvisoryConnection?: AdvisoryConnectionResolvers<ContextType>;
  AdvisoryEdge?: AdvisoryEdgeResolvers<ContextType>;
  AffectedLab?: AffectedLabResolvers<ContextType>;
  AffectedLabConnection?: AffectedLabConnectionResolvers<ContextType>;
  AffectedLabEdge?: AffectedLabEdgeResolvers<ContextType>;
  AffectedPackage?: AffectedPackageResolvers<ContextType>;
  Artifact?: ArtifactResolvers<ContextType>;
  ArtifactConnection?: ArtifactConnectionResolvers<ContextType>;
  ArtifactEdge?: ArtifactEdgeResolvers<ContextType>;
  ArtifactExposure?: ArtifactExposureResolvers<ContextType>;
  ArtifactExposureConnection?: ArtifactExposureConnectionResolvers<ContextType>;
  ArtifactExposureEdge?: ArtifactExposureEdgeResolvers<ContextType>;
  Assessment?: AssessmentResolvers<ContextType>;
  AssessmentConnection?: AssessmentConnectionResolvers<ContextType>;
  AssessmentEdge?: AssessmentEdgeResolvers<ContextType>;
  Attribute?: AttributeResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditEntryConnection?: AuditEntryConnectionResolvers<ContextType>;
  AuditEntryEdge?: AuditEntryEdgeResolvers<ContextType>;
  Availability?: AvailabilityResolvers<ContextType>;
  BackgroundWork?: BackgroundWorkResolvers<ContextType>;
  BatchSource?: BatchSourceResolvers<ContextType>;
  BlastRadius?: BlastRadiusResolvers<ContextType>;
  Bounds?: BoundsResolvers<ContextType>;
  CellExample?: CellExampleResolvers<ContextType>;
  CellNote?: CellNoteResolvers<ContextType>;
  CellReport?: CellReportResolvers<ContextType>;
  ChangeCount?: ChangeCountResolvers<ContextType>;
  ColumnMapping?: ColumnMappingResolvers<ContextType>;
  Control?: ControlResolvers<ContextType>;
  ControlConnection?: ControlConnectionResolvers<ContextType>;
  ControlEdge?: ControlEdgeResolvers<ContextType>;
  ControlGap?: ControlGapResolvers<ContextType>;
  ControlGapConnection?: ControlGapConnectionResolvers<ContextType>;
  ControlGapEdge?: ControlGapEdgeResolvers<ContextType>;
  CopiesAtHolder?: CopiesAtHolderResolvers<ContextType>;
  Copy?: CopyResolvers<ContextType>;
  CopyConnection?: CopyConnectionResolvers<ContextType>;
  CopyEdge?: CopyEdgeResolvers<ContextType>;
  CopyEvent?: CopyEventResolvers<ContextType>;
  CopyEventConnection?: CopyEventConnectionResolvers<ContextType>;
  CopyEventEdge?: CopyEventEdgeResolvers<ContextType>;
  Custody?: CustodyResolvers<ContextType>;
  Cut?: CutResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteEndpointPayload?: DeleteEndpointPayloadResolvers<ContextType>;
  DeleteIncidentPayload?: DeleteIncidentPayloadResolvers<ContextType>;
  DeleteNotePayload?: DeleteNotePayloadResolvers<ContextType>;
  DeleteViewPayload?: DeleteViewPayloadResolvers<ContextType>;
  DeleteWatchPayload?: DeleteWatchPayloadResolvers<ContextType>;
  Delivery?: DeliveryResolvers<ContextType>;
  DeliveryPayload?: DeliveryPayloadResolvers<ContextType>;
  Dependent?: DependentResolvers<ContextType>;
  DependentConnection?: DependentConnectionResolvers<ContextType>;
  DependentEdge?: DependentEdgeResolvers<ContextType>;
  EditionDrift?: EditionDriftResolvers<ContextType>;
  Endpoint?: EndpointResolvers<ContextType>;
  Engagement?: EngagementResolvers<ContextType>;
  EngagementConnection?: EngagementConnectionResolvers<ContextType>;
  EngagementEdge?: EngagementEdgeResolvers<ContextType>;
  ExceedancePoint?: ExceedancePointResolvers<ContextType>;
  ExposedArtifact?: ExposedArtifactResolvers<ContextType>;
  ExposedArtifactConnection?: ExposedArtifactConnectionResolvers<ContextType>;
  ExposedArtifactEdge?: ExposedArtifactEdgeResolvers<ContextType>;
  ExposingOrganization?: ExposingOrganizationResolvers<ContextType>;
  ExposingOrganizationConnection?: ExposingOrganizationConnectionResolvers<ContextType>;
  ExposingOrganizationEdge?: ExposingOrganizationEdgeResolvers<ContextType>;
  Exposure?: ExposureResolvers<ContextType>;
  Fact?: FactResolvers<ContextType>;
  FactChange?: FactChangeResolvers<ContextType>;
  FactChangeConnection?: FactChangeConnectionResolvers<ContextType>;
  FactChangeEdge?: FactChangeEdgeResolvers<ContextType>;
  FactConnection?: FactConnectionResolvers<ContextType>;
  FactCounts?: FactCountsResolvers<ContextType>;
  FactEdge?: FactEdgeResolvers<ContextType>;
  FieldChange?: FieldChangeResolvers<ContextType>;
  FileMapping?: FileMappingResolvers<ContextType>;
  Finding?: FindingResolvers<ContextType>;
  FindingConnection?: FindingConnectionResolvers<ContextType>;
  FindingCount?: FindingCountResolvers<ContextType>;
  FindingEdge?: FindingEdgeResolvers<ContextType>;
  Flow?: FlowResolvers<ContextType>;
  Found?: FoundResolvers<ContextType>;
  FoundValue?: FoundValueResolvers<ContextType>;
  GraphLink?: GraphLinkResolvers<ContextType>;
  GraphNode?: GraphNodeResolvers<ContextType>;
  HolderShare?: HolderShareResolvers<ContextType>;
  HolderTimeline?: HolderTimelineResolvers<ContextType>;
  HolderTimelineConnection?: HolderTimelineConnectionResolvers<ContextType>;
  HolderTimelineEdge?: HolderTimelineEdgeResolvers<ContextType>;
  HoldingAt?: HoldingAtResolvers<ContextType>;
  Import?: ImportResolvers<ContextType>;
  ImportConnection?: ImportConnectionResolvers<ContextType>;
  ImportEdge?: ImportEdgeResolvers<ContextType>;
  ImportEffect?: ImportEffectResolvers<ContextType>;
  ImportFile?: ImportFileResolvers<ContextType>;
  ImportPayload?: ImportPayloadResolvers<ContextType>;
  ImportProgress?: ImportProgressResolvers<ContextType>;
  ImportQuestion?: ImportQuestionResolvers<ContextType>;
  ImportReport?: ImportReportResolvers<ContextType>;
  Incident?: IncidentResolvers<ContextType>;
  IncidentConnection?: IncidentConnectionResolvers<ContextType>;
  IncidentEdge?: IncidentEdgeResolvers<ContextType>;
  IncidentEntry?: IncidentEntryResolvers<ContextType>;
  IncidentEntryConnection?: IncidentEntryConnectionResolvers<ContextType>;
  IncidentEntryEdge?: IncidentEntryEdgeResolvers<ContextType>;
  IncidentProposal?: IncidentProposalResolvers<ContextType>;
  IntegrityRadius?: IntegrityRadiusResolvers<ContextType>;
  Interval?: IntervalResolvers<ContextType>;
  LabConcentration?: LabConcentrationResolvers<ContextType>;
  LabConcentrationConnection?: LabConcentrationConnectionResolvers<ContextType>;
  LabConcentrationEdge?: LabConcentrationEdgeResolvers<ContextType>;
  LabSafeguards?: LabSafeguardsResolvers<ContextType>;
  LabSafeguardsConnection?: LabSafeguardsConnectionResolvers<ContextType>;
  LabSafeguardsEdge?: LabSafeguardsEdgeResolvers<ContextType>;
  LabSimulation?: LabSimulationResolvers<ContextType>;
  LabTier?: LabTierResolvers<ContextType>;
  LinkCount?: LinkCountResolvers<ContextType>;
  MatchCandidate?: MatchCandidateResolvers<ContextType>;
  Merge?: MergeResolvers<ContextType>;
  MergeConnection?: MergeConnectionResolvers<ContextType>;
  MergeEdge?: MergeEdgeResolvers<ContextType>;
  MergeOrganizationsPayload?: MergeOrganizationsPayloadResolvers<ContextType>;
  MissingControl?: MissingControlResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NeighborConnection?: NeighborConnectionResolvers<ContextType>;
  NeighborEdge?: NeighborEdgeResolvers<ContextType>;
  Note?: NoteResolvers<ContextType>;
  NoteConnection?: NoteConnectionResolvers<ContextType>;
  NoteEdge?: NoteEdgeResolvers<ContextType>;
  Notice?: NoticeResolvers<ContextType>;
  NoticeConnection?: NoticeConnectionResolvers<ContextType>;
  NoticeCounts?: NoticeCountsResolvers<ContextType>;
  NoticeEdge?: NoticeEdgeResolvers<ContextType>;
  NoticeGroup?: NoticeGroupResolvers<ContextType>;
  NoticeGroupConnection?: NoticeGroupConnectionResolvers<ContextType>;
  NoticeGroupEdge?: NoticeGroupEdgeResolvers<ContextType>;
  NotificationPack?: NotificationPackResolvers<ContextType>;
  Organization?: OrganizationResolvers<ContextType>;
  OrganizationAdvisory?: OrganizationAdvisoryResolvers<ContextType>;
  OrganizationAdvisoryConnection?: OrganizationAdvisoryConnectionResolvers<ContextType>;
  OrganizationAdvisoryEdge?: OrganizationAdvisoryEdgeResolvers<ContextType>;
  OrganizationConnection?: OrganizationConnectionResolvers<ContextType>;
  OrganizationEdge?: OrganizationEdgeResolvers<ContextType>;
  OrganizationMatch?: OrganizationMatchResolvers<ContextType>;
  OrganizationMatchConnection?: OrganizationMatchConnectionResolvers<ContextType>;
  OrganizationMatchEdge?: OrganizationMatchEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Partner?: PartnerResolvers<ContextType>;
  PartnerConnection?: PartnerConnectionResolvers<ContextType>;
  PartnerEdge?: PartnerEdgeResolvers<ContextType>;
  Path?: PathResolvers<ContextType>;
  PlanStep?: PlanStepResolvers<ContextType>;
  PolicyRow?: PolicyRowResolvers<ContextType>;
  Presence?: PresenceResolvers<ContextType>;
  Provenance?: ProvenanceResolvers<ContextType>;
  PutFactsPayload?: PutFactsPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RadiusCertainty?: RadiusCertaintyResolvers<ContextType>;
  RadiusChange?: RadiusChangeResolvers<ContextType>;
  RadiusChangeConnection?: RadiusChangeConnectionResolvers<ContextType>;
  RadiusChangeEdge?: RadiusChangeEdgeResolvers<ContextType>;
  RadiusComparison?: RadiusComparisonResolvers<ContextType>;
  RadiusLink?: RadiusLinkResolvers<ContextType>;
  RadiusNode?: RadiusNodeResolvers<ContextType>;
  RadiusSubgraph?: RadiusSubgraphResolvers<ContextType>;
  RadiusSum?: RadiusSumResolvers<ContextType>;
  RadiusSummary?: RadiusSummaryResolvers<ContextType>;
  RadiusTotals?: RadiusTotalsResolvers<ContextType>;
  RankedOrganization?: RankedOrganizationResolvers<ContextType>;
  RankedOrganizationConnection?: RankedOrganizationConnectionResolvers<ContextType>;
  RankedOrganizationEdge?: RankedOrganizationEdgeResolvers<ContextType>;
  ReachedConnection?: ReachedConnectionResolvers<ContextType>;
  ReachedEdge?: ReachedEdgeResolvers<ContextType>;
  ReachedOrganization?: ReachedOrganizationResolvers<ContextType>;
  ReadEventsPayload?: ReadEventsPayloadResolvers<ContextType>;
  RefusedChoice?: RefusedChoiceResolvers<ContextType>;
  Rejection?: RejectionResolvers<ContextType>;
  RejectionCause?: RejectionCauseResolvers<ContextType>;
  RejectionConnection?: RejectionConnectionResolvers<ContextType>;
  RejectionEdge?: RejectionEdgeResolvers<ContextType>;
  RetractFactsPayload?: RetractFactsPayloadResolvers<ContextType>;
  RetractSoftwarePayload?: RetractSoftwarePayloadResolvers<ContextType>;
  Reveals?: RevealsResolvers<ContextType>;
  RevealsConnection?: RevealsConnectionResolvers<ContextType>;
  RevealsEdge?: RevealsEdgeResolvers<ContextType>;
  RowAccount?: RowAccountResolvers<ContextType>;
  Safeguard?: SafeguardResolvers<ContextType>;
  SaveAvailabilityPayload?: SaveAvailabilityPayloadResolvers<ContextType>;
  SaveEndpointPayload?: SaveEndpointPayloadResolvers<ContextType>;
  SaveIncidentPayload?: SaveIncidentPayloadResolvers<ContextType>;
  SaveNotePayload?: SaveNotePayloadResolvers<ContextType>;
  SaveSoftwareStatementPayload?: SaveSoftwareStatementPayloadResolvers<ContextType>;
  SaveViewPayload?: SaveViewPayloadResolvers<ContextType>;
  SaveWatchPayload?: SaveWatchPayloadResolvers<ContextType>;
  SavedMatch?: SavedMatchResolvers<ContextType>;
  SavedProposal?: SavedProposalResolvers<ContextType>;
  Scope?: ScopeResolvers<ContextType>;
  SearchHit?: SearchHitResolvers<ContextType>;
  SetNoticesPayload?: SetNoticesPayloadResolvers<ContextType>;
  SharedHolder?: SharedHolderResolvers<ContextType>;
  SharedHolderConnection?: SharedHolderConnectionResolvers<ContextType>;
  SharedHolderEdge?: SharedHolderEdgeResolvers<ContextType>;
  Sighting?: SightingResolvers<ContextType>;
  Simulation?: SimulationResolvers<ContextType>;
  SkipLoss?: SkipLossResolvers<ContextType>;
  SoftwareChange?: SoftwareChangeResolvers<ContextType>;
  SoftwareChangeConnection?: SoftwareChangeConnectionResolvers<ContextType>;
  SoftwareChangeEdge?: SoftwareChangeEdgeResolvers<ContextType>;
  SoftwareComponent?: SoftwareComponentResolvers<ContextType>;
  SoftwareComponentConnection?: SoftwareComponentConnectionResolvers<ContextType>;
  SoftwareComponentEdge?: SoftwareComponentEdgeResolvers<ContextType>;
  SoftwareCoverage?: SoftwareCoverageResolvers<ContextType>;
  SoftwareCoverageConnection?: SoftwareCoverageConnectionResolvers<ContextType>;
  SoftwareCoverageEdge?: SoftwareCoverageEdgeResolvers<ContextType>;
  SoftwareList?: SoftwareListResolvers<ContextType>;
  SoftwareListConnection?: SoftwareListConnectionResolvers<ContextType>;
  SoftwareListEdge?: SoftwareListEdgeResolvers<ContextType>;
  SoftwareMatch?: SoftwareMatchResolvers<ContextType>;
  SoftwareMatchConnection?: SoftwareMatchConnectionResolvers<ContextType>;
  SoftwareMatchEdge?: SoftwareMatchEdgeResolvers<ContextType>;
  SoftwareStatement?: SoftwareStatementResolvers<ContextType>;
  SpreadStep?: SpreadStepResolvers<ContextType>;
  Subgraph?: SubgraphResolvers<ContextType>;
  SuspectedOrigin?: SuspectedOriginResolvers<ContextType>;
  TaintedConnection?: TaintedConnectionResolvers<ContextType>;
  TaintedEdge?: TaintedEdgeResolvers<ContextType>;
  TaintedHolding?: TaintedHoldingResolvers<ContextType>;
  TimelineBucket?: TimelineBucketResolvers<ContextType>;
  Transfer?: TransferResolvers<ContextType>;
  TransferConnection?: TransferConnectionResolvers<ContextType>;
  TransferEdge?: TransferEdgeResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  ValueMapping?: ValueMappingResolvers<ContextType>;
  ValueMappingConnection?: ValueMappingConnectionResolvers<ContextType>;
  ValueMappingEdge?: ValueMappingEdgeResolvers<ContextType>;
  View?: ViewResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  Volume?: VolumeResolvers<ContextType>;
  VolumeSum?: VolumeSumResolvers<ContextType>;
  WaitingChange?: WaitingChangeResolvers<ContextType>;
  WaitingChangeConnection?: WaitingChangeConnectionResolvers<ContextType>;
  WaitingChangeEdge?: WaitingChangeEdgeResolvers<ContextType>;
  Watch?: WatchResolvers<ContextType>;
  WatchConnection?: WatchConnectionResolvers<ContextType>;
  WatchEdge?: WatchEdgeResolvers<ContextType>;
  WatchEvent?: WatchEventResolvers<ContextType>;
  WatchEventConnection?: WatchEventConnectionResolvers<ContextType>;
  WatchEventEdge?: WatchEventEdgeResolvers<ContextType>;
  WatchItem?: WatchItemResolvers<ContextType>;
  WatchItemConnection?: WatchItemConnectionResolvers<ContextType>;
  WatchItemEdge?: WatchItemEdgeResolvers<ContextType>;
  WatchSettings?: WatchSettingsResolvers<ContextType>;
  WayIn?: WayInResolvers<ContextType>;
  WhatIf?: WhatIfResolvers<ContextType>;
  Window?: WindowResolvers<ContextType>;
};

