/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AcceptFindingInput = {
  finding: string;
  reason: string;
  until?: string | null | undefined;
};

export type AccessInput = {
  /** Default: now. */
  assertedAt?: string | null | undefined;
  grantee: string;
  grantor: string;
  id: string;
  kind?: AccessKind | null | undefined;
  likelihood?: number | null | undefined;
  software?: string | null | undefined;
  source?: string | null | undefined;
  validFrom?: string | null | undefined;
  validUntil?: string | null | undefined;
};

export type AccessKind =
  /** The grantee has accounts or credentials in the grantor's systems. */
  | 'CREDENTIALS'
  /** The grantee works inside the grantor's network or premises. */
  | 'NETWORK'
  | 'OTHER'
  /** The grantor runs the grantee's software. */
  | 'SOFTWARE';

/** Exactly one. */
export type ActionInput =
  {   /** From then on its copies are under a key that only the owner has. */
  encrypt: EncryptInput; recall?: never; revokeAccess?: never; revokeAllAccess?: never; suspend?: never; }
  |  { encrypt?: never;   /** Its copies are deleted, VERIFIED. */
  recall: RecallInput; revokeAccess?: never; revokeAllAccess?: never; suspend?: never; }
  |  { encrypt?: never; recall?: never;   /** An access fact ends. */
  revokeAccess: RevokeAccessInput; revokeAllAccess?: never; suspend?: never; }
  |  { encrypt?: never; recall?: never; revokeAccess?: never;   /** All access that an organization has ends. */
  revokeAllAccess: RevokeAllAccessInput; suspend?: never; }
  |  { encrypt?: never; recall?: never; revokeAccess?: never; revokeAllAccess?: never;   /** Nothing is sent to or from it any more, and all access that it has ends. No copy that it holds is deleted. */
  suspend: SuspendInput; };

export type ActionKind =
  | 'ENCRYPT'
  | 'RECALL'
  | 'REVOKE_ACCESS'
  | 'REVOKE_ALL_ACCESS'
  | 'SUSPEND';

export type AddIncidentNoteInput = {
  incident: string;
  text: string;
};

export type AnswerDecision =
  | 'ACCEPT'
  /** The recorded fact stays as it is. */
  | 'DECLINE';

export type ArtifactInput = {
  /** Default: now. */
  assertedAt?: string | null | undefined;
  fragmentCount?: number | null | undefined;
  id: string;
  modelFamily?: string | null | undefined;
  name: string;
  owner: string;
  sensitivity: number;
  source?: string | null | undefined;
  type: ArtifactType;
  usefulPortion?: number | null | undefined;
  valueHighUsd?: number | null | undefined;
  valueLowUsd?: number | null | undefined;
  version?: string | null | undefined;
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

/** What people found out about one artifact in one incident. It never changes a tier or a figure. */
export type AssessmentState =
  | 'CONFIRMED'
  /** Shown not to have been disclosed; `reason` says how. */
  | 'NOT_DISCLOSED'
  | 'REMEDIATED'
  | 'UNDER_INVESTIGATION';

export type AttributeInput = {
  name: string;
  value: string;
};

export type Basis =
  /** A copy of its own has the tier. */
  | 'HELD'
  /** Only an artifact that leads to it has. */
  | 'REVEALED';

/** What an incident supposes. Core and widest each default to the other; both default to the instant of asking. */
export type BlastRadiusInput = {
  core?: WindowInput | null | undefined;
  /** A saved incident to start from; a field given beside it takes the place of the incident's own. */
  incident?: string | null | undefined;
  /** Answer from the facts as they were recorded at this instant: what was known then. Default: now. */
  knownAt?: string | null | undefined;
  options?: RadiusOptions | null | undefined;
  /** 1 to 1,000 organizations. */
  origins?: Array<string> | null | undefined;
  /** What a compromised organization says was touched. A copy at a scoped origin outside its scope is POSSIBLE at most (§4). */
  scope?: Array<ScopeInput> | null | undefined;
  widest?: WindowInput | null | undefined;
};

export type ChangeKind =
  | 'JOINED'
  | 'LEFT'
  | 'STAYED'
  | 'STRENGTHENED'
  | 'WEAKENED';

export type ColumnMappingInput = {
  control?: string | null | undefined;
  dateOrder?: DateOrder | null | undefined;
  field?: string | null | undefined;
  index: number;
  kind?: FactKind | null | undefined;
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
  closeUnlisted?: boolean | null | undefined;
  /** Instead of retracting: engagements and access that are not listed now end at this instant; other kinds stay. */
  endUnlistedAt?: string | null | undefined;
  /** An emptied cell erases what this source said before; otherwise it says nothing. */
  eraseEmptied?: boolean | null | undefined;
  /** Needed where more than a fifth of the source would go. */
  evenIfMany?: boolean | null | undefined;
  id: string;
  policy?: RejectPolicy | null | undefined;
};

export type ControlInput = {
  /** Default: now. */
  assertedAt?: string | null | undefined;
  control: string;
  evidenceType: EvidenceType;
  expiresAt?: string | null | undefined;
  issuedAt?: string | null | undefined;
  issuer?: string | null | undefined;
  organization: string;
  source?: string | null | undefined;
};

export type ControlKey = {
  control: string;
  organization: string;
};

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

export type DateOrder =
  | 'DAY_FIRST'
  | 'MONTH_FIRST';

/** `changes`: ids of waiting changes; without them the decision holds for all. */
export type DecideAnswerInput = {
  changes?: Array<string> | null | undefined;
  decision: AnswerDecision;
  import: string;
};

/** Decisions about one edition of a source. A field that is left out keeps its decision; the next edition asks again. */
export type DecideEditionInput = {
  /** Needed with END. */
  endUnlistedAt?: string | null | undefined;
  eraseEmptied?: boolean | null | undefined;
  /** Needed where more than a fifth of the source would go. */
  evenIfMany?: boolean | null | undefined;
  import: string;
  unlisted?: UnlistedPolicy | null | undefined;
};

export type DecideMatchesInput = {
  decisions: Array<MatchDecisionInput>;
  import: string;
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

export type EncryptInput = {
  at: string;
  holder: string;
  /** Only this lab's artifacts; default: all. */
  owner?: string | null | undefined;
};

export type EngagementInput = {
  /** Default: now. */
  assertedAt?: string | null | undefined;
  attributes?: Array<AttributeInput> | null | undefined;
  auditRight?: boolean | null | undefined;
  client: string;
  endsAt?: string | null | undefined;
  id: string;
  noticeHours?: number | null | undefined;
  provider: string;
  service?: string | null | undefined;
  source?: string | null | undefined;
  startsAt?: string | null | undefined;
};

export type EvidenceType =
  | 'AUDIT_REPORT'
  | 'CERTIFICATE'
  | 'QUESTIONNAIRE'
  | 'SELF_ATTESTED'
  | 'TESTED';

/** Money and portion (high, then low) descending, text ascending; ties by artifact id. */
export type ExposedArtifactOrder =
  | 'NAME'
  | 'OWNER'
  | 'PORTION'
  /** Strongest first, then weighted loss descending. */
  | 'TIER'
  | 'WEIGHTED_LOSS'
  | 'WORST_CASE_LOSS';

export type FactChangeKind =
  | 'CREATED'
  /** The id means another's from then on. */
  | 'MERGED'
  | 'RETRACTED'
  | 'UNMERGED'
  | 'UPDATED';

export type FactKind =
  | 'ACCESS'
  | 'ARTIFACT'
  | 'CONTROL'
  | 'ENGAGEMENT'
  | 'ORGANIZATION'
  | 'REVEALS'
  | 'TRANSFER';

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
  file: string;
  import: string;
  index: number;
  line: number;
  text: string;
};

export type FoundKind =
  | 'ARTIFACT'
  | 'CERTIFIER'
  | 'INCIDENT'
  | 'LAB'
  | 'SUBCONTRACTOR'
  | 'TOOL_PROVIDER'
  | 'VENDOR';

export type ImportIdInput = {
  id: string;
};

export type ImportQuestionKind =
  /** Changes of an answer that wait for an analyst. Answered by decideAnswer. */
  | 'ANSWER'
  /** The date of the list, where its title has a date with two readings. Answered by `asOf` of mapImportFile. */
  | 'AS_OF'
  /** Whose list it is. */
  | 'CLIENT'
  | 'CREATE_MISSING'
  | 'DATE_MEANING'
  | 'DATE_ORDER'
  /** Cells that an earlier edition filled and this one empties. */
  | 'EMPTIED'
  | 'KIND'
  | 'MATCHES'
  /** What the source listed before and does not now. */
  | 'UNLISTED'
  /** Rows without a name, which may belong to the name above. Answered by `namesAbove` of mapImportFile. */
  | 'UNNAMED_ROWS'
  | 'VALUES';

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

/** Why the incident happened. */
export type IncidentCause =
  | 'ERROR'
  | 'MALICIOUS'
  | 'SYSTEM_FAILURE'
  | 'THIRD_PARTY'
  | 'UNKNOWN';

export type IncidentState =
  | 'CLOSED'
  | 'CONTAINED'
  | 'OPEN';

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
  /** The list's own date, instead of the date that the title or the file's name give. */
  asOf?: string | null | undefined;
  client?: string | null | undefined;
  /** Instead of `client`: an organization to be created, with `clientRole`, LAB by default. */
  clientName?: string | null | undefined;
  clientRole?: OrganizationRole | null | undefined;
  /** Columns left out keep their guess. */
  columns?: Array<ColumnMappingInput> | null | undefined;
  createMissingOrganizations?: boolean | null | undefined;
  dateOrder?: DateOrder | null | undefined;
  defaultRole?: OrganizationRole | null | undefined;
  delimiter?: string | null | undefined;
  encoding?: string | null | undefined;
  file: string;
  headerLine?: number | null | undefined;
  import: string;
  kinds?: Array<FactKind> | null | undefined;
  /** Whether a row without a name has that of the row above, as in a table with merged cells. False: such rows are left out. */
  namesAbove?: boolean | null | undefined;
};

export type MapImportValuesInput = {
  import: string;
  values: Array<ValueMeaningInput>;
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
  match: string;
  target?: string | null | undefined;
};

/** How near a candidate is. Only SAME is ever accepted by one click or by --merge-exact. */
export type MatchGrade =
  /** Often false: an equal tax id, an equal name under another id, an affiliate. */
  | 'HINT'
  /** Brand, product, former name, parent: asked one by one. */
  | 'RELATED'
  /** Same but for case, accents, punctuation, legal form; or the same domain. */
  | 'SAME';

export type MergeOrganizationsInput = {
  into: string;
  organization: string;
};

export type MissingControlReason =
  | 'EXPIRED'
  /** Its issuer does not count. */
  | 'ISSUER_DISCOUNTED'
  | 'NO_EVIDENCE'
  | 'TOO_WEAK';

/** Exactly one. */
export type NodeRef =
  {   artifact: string; organization?: never; }
  |  { artifact?: never;   organization: string; };

export type NoticeState =
  | 'ANSWERED'
  | 'TOLD'
  | 'TO_TELL';

export type OrganizationInput = {
  aliases?: Array<string> | null | undefined;
  /** Default: now. */
  assertedAt?: string | null | undefined;
  attributes?: Array<AttributeInput> | null | undefined;
  contactEmail?: string | null | undefined;
  country?: string | null | undefined;
  id: string;
  name: string;
  roles: Array<OrganizationRole>;
  source?: string | null | undefined;
  status?: OrganizationStatus | null | undefined;
  website?: string | null | undefined;
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

/** At most 10,000 facts; more go through an import. */
export type PutFactsInput = {
  access?: Array<AccessInput> | null | undefined;
  artifacts?: Array<ArtifactInput> | null | undefined;
  controls?: Array<ControlInput> | null | undefined;
  engagements?: Array<EngagementInput> | null | undefined;
  /** CONFLICT where one of these facts changed after this revision. */
  ifRevision?: number | null | undefined;
  organizations?: Array<OrganizationInput> | null | undefined;
  reveals?: Array<RevealsInput> | null | undefined;
  transfers?: Array<TransferInput> | null | undefined;
};

export type RadiusOptions = {
  /** Most steps of spread, 0 to 10; 0: the origins only. Default 3. */
  maxHops?: number | null | undefined;
  /** Least product of degrees by which a reveal counts. Default 0.05. */
  minDegree?: number | null | undefined;
  /** Chance that compromise passes along a transfer to its recipient. Default 0. */
  transferLikelihood?: number | null | undefined;
};

export type RankingOrder =
  | 'ARTIFACTS'
  | 'DEPENDENTS'
  | 'LABS'
  | 'REACH'
  | 'WEIGHTED_LOSS'
  | 'WORST_CASE_LOSS';

export type RecallInput = {
  at: string;
  holder: string;
  /** Only this lab's artifacts; default: all. */
  owner?: string | null | undefined;
};

export type RejectPolicy =
  /** One rejected row, and nothing is written. */
  | 'ALL_OR_NOTHING'
  /** The rows that are right are written, in one piece; the others are listed. */
  | 'SKIP_REJECTED';

export type RemoveImportFileInput = {
  file: string;
  import: string;
};

/** `name`: 1 to 200 characters on one line. */
export type RenameImportInput = {
  id: string;
  name: string;
};

/** A fact that others name can't be retracted before them. */
export type RetractFactsInput = {
  access?: Array<string> | null | undefined;
  artifacts?: Array<string> | null | undefined;
  controls?: Array<ControlKey> | null | undefined;
  engagements?: Array<string> | null | undefined;
  organizations?: Array<string> | null | undefined;
  reveals?: Array<RevealsKey> | null | undefined;
  transfers?: Array<string> | null | undefined;
};

export type RevealsInput = {
  artifact: string;
  /** Default: now. */
  assertedAt?: string | null | undefined;
  basis?: string | null | undefined;
  degree: number;
  reveals: string;
  source?: string | null | undefined;
};

export type RevealsKey = {
  artifact: string;
  reveals: string;
};

export type RevokeAccessInput = {
  access: string;
  at: string;
};

export type RevokeAllAccessInput = {
  at: string;
  organization: string;
};

export type Role =
  | 'ADMIN'
  | 'ANALYST'
  | 'VIEWER';

/** Without an id it makes a new one; with one, what is left out stays as it is, and null clears. */
export type SaveIncidentInput = {
  cause?: IncidentCause | null | undefined;
  core?: WindowInput | null | undefined;
  discoveredAt?: string | null | undefined;
  id?: string | null | undefined;
  /** CONFLICT where it differs. */
  ifVersion?: number | null | undefined;
  name?: string | null | undefined;
  options?: RadiusOptions | null | undefined;
  origins?: Array<string> | null | undefined;
  /** At most 100. Stored with the incident without changing its radius: `whatIf` shows their effect. */
  scenario?: Array<ActionInput> | null | undefined;
  scope?: Array<ScopeInput> | null | undefined;
  state?: IncidentState | null | undefined;
  widest?: WindowInput | null | undefined;
};

export type SaveNoteInput = {
  id?: string | null | undefined;
  on: NodeRef;
  text: string;
};

export type SaveViewInput = {
  id?: string | null | undefined;
  name: string;
  url: string;
};

/** A copy is in scope if its artifact is named, or the engagement or channel of the transfer that it comes from or is implied by. */
export type ScopeInput = {
  artifacts?: Array<string> | null | undefined;
  channels?: Array<string> | null | undefined;
  engagements?: Array<string> | null | undefined;
  origin: string;
};

export type SetAssessmentsInput = {
  artifacts: Array<string>;
  evidence?: string | null | undefined;
  incident: string;
  reason?: string | null | undefined;
  state: AssessmentState;
};

export type SetNoticeInput = {
  incident: string;
  lab: string;
  note?: string | null | undefined;
  notifier?: string | null | undefined;
  state: NoticeState;
};

export type SuspendInput = {
  at: string;
  organization: string;
};

/**
 * A field that is left out keeps its value; a null `doneAt` opens the step again. Evidence is recorded as a fact where the step has one: a
 * recall as verified deletions, a revocation or suspension as the end of access.
 */
export type TickPlanStepInput = {
  doneAt?: string | null | undefined;
  evidence?: string | null | undefined;
  incident: string;
  owner?: string | null | undefined;
  step: string;
};

/** The strongest first. */
export type Tier =
  | 'CONTAINED'
  | 'EXPOSED'
  | 'POSSIBLE';

export type TransferInput = {
  artifact: string;
  /** Default: now. */
  assertedAt?: string | null | undefined;
  bytes?: number | null | undefined;
  channel?: string | null | undefined;
  confidence?: number | null | undefined;
  deletedAt?: string | null | undefined;
  deletionState?: DeletionState | null | undefined;
  engagement?: string | null | undefined;
  form?: CopyForm | null | undefined;
  fragments?: Array<string> | null | undefined;
  id: string;
  portion?: number | null | undefined;
  recipient: string;
  records?: number | null | undefined;
  sender: string;
  sentAt?: string | null | undefined;
  source?: string | null | undefined;
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
  organization: string;
};

/** `meaning` null: leave the cell empty. */
export type ValueMeaningInput = {
  file: string;
  index: number;
  meaning?: string | null | undefined;
  value: string;
};

export type WindowInput = {
  from: string;
  /** Not before `from`. */
  to: string;
};

export type MergesInForceQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MergesInForceQuery = { merges: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, into: { id: string } } }> } };

export type DemoQueryVariables = Exact<{ [key: string]: never; }>;


export type DemoQuery = { about: { isDemo: boolean } };

export type DemoImportQueryVariables = Exact<{ [key: string]: never; }>;


export type DemoImportQuery = { imports: { edges: Array<{ node: { state: ImportState, id: string, source: string | null, name: string | null, assertedAt: string | null, failure: string | null, createdBy: string, createdAt: string, committedAt: string | null, undoneAt: string | null, files: Array<{ name: string, sizeBytes: number, sha256: string }>, report: { rows: number, created: number, updated: number, unchanged: number, rejected: number, warnings: Array<string>, asOf: string | null, account: { read: number, used: number, repeated: number, leftOut: number, rejected: number } | null, drift: { since: string, listedBefore: number, newCount: number, againCount: number, goneCount: number } | null } | null, progress: { step: string, done: number, total: number | null } | null } }> } };

export type OpenFindingsQueryVariables = Exact<{ [key: string]: never; }>;


export type OpenFindingsQuery = { findingCounts: Array<{ open: number }> };

export type PulseQueryVariables = Exact<{ [key: string]: never; }>;


export type PulseQuery = { revision: number, about: { currentAt: string } };

export type AuditTrailQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AuditTrailQuery = { auditEntries: { totalCount: number, pageInfo: { endCursor: string | null, hasNextPage: boolean }, edges: Array<{ node: { at: string, by: string, from: string, action: string, subject: string | null, outcome: string } }> } };

export type AuditRowFragment = { at: string, by: string, from: string, action: string, subject: string | null, outcome: string };

export type RadiusOrganizationFragment = { id: string, name: string, roles: Array<OrganizationRole> };

export type AffectedRowFragment = { tier: Tier, basis: Basis, isUsable: boolean, likelihood: number, worstCaseLossUsd: number, weightedLossUsd: number, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, owner: { id: string, name: string } }, portion: { low: number, high: number } };

export type LabRowFragment = { exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, weightedLossUsd: number, lab: { id: string, name: string } };

export type TotalsFragment = { exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, weightedLossUsd: number, records: { low: number, high: number, unknownCount: number }, bytes: { low: number, high: number, unknownCount: number } };

export type BlastRadiusQueryVariables = Exact<{
  input: BlastRadiusInput;
  tiers?: Array<Tier> | Tier | null | undefined;
  owners?: Array<string> | string | null | undefined;
  holders?: Array<string> | string | null | undefined;
  text?: string | null | undefined;
  orderBy: ExposedArtifactOrder;
  buckets: number;
}>;


export type BlastRadiusQuery = { blastRadius: { revision: number, answeredAt: string, knownAt: string | null, maxHops: number, transferLikelihood: number, minDegree: number, origins: Array<{ id: string, name: string, roles: Array<OrganizationRole> }>, core: { from: string, to: string }, widest: { from: string, to: string }, summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, blindSpotCount: number, worstCaseLossUsd: number, weightedLossUsd: number }, reached: { totalCount: number, edges: Array<{ node: { hops: number, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> }, path: Array<{ likelihood: number, from: { id: string }, to: { id: string }, access: { id: string } | null }> } }> }, artifacts: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { tier: Tier, basis: Basis, isUsable: boolean, likelihood: number, worstCaseLossUsd: number, weightedLossUsd: number, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, owner: { id: string, name: string } }, portion: { low: number, high: number } } }> }, totals: { exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, weightedLossUsd: number, records: { low: number, high: number, unknownCount: number }, bytes: { low: number, high: number, unknownCount: number } }, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }>, allLabTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }>, labs: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, weightedLossUsd: number, lab: { id: string, name: string } } }> }, certainty: { undatedCount: number, attestedCount: number }, otherCopies: { totalCount: number }, dependents: { totalCount: number }, timeline: Array<{ from: string, until: string, definiteCount: number, possibleCount: number }> | null, subgraph: { omittedCount: number, links: Array<{ tier: Tier | null, isSpread: boolean, link: { kind: LinkKind, source: string, target: string, count: number } }> } | null } | null, allLabs: { totalCount: number } };

export type RadiusFlowsQueryVariables = Exact<{
  input: BlastRadiusInput;
}>;


export type RadiusFlowsQuery = { blastRadius: { revision: number, flows: Array<{ exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, exposedWorstCaseLossUsd: number, holder: { hops: number, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } } | null, lab: { id: string, name: string } }> } | null };

export type MoreArtifactsQueryVariables = Exact<{
  input: BlastRadiusInput;
  tiers?: Array<Tier> | Tier | null | undefined;
  owners?: Array<string> | string | null | undefined;
  holders?: Array<string> | string | null | undefined;
  text?: string | null | undefined;
  orderBy: ExposedArtifactOrder;
  after?: string | null | undefined;
}>;


export type MoreArtifactsQuery = { blastRadius: { artifacts: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { tier: Tier, basis: Basis, isUsable: boolean, likelihood: number, worstCaseLossUsd: number, weightedLossUsd: number, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, owner: { id: string, name: string } }, portion: { low: number, high: number } } }> } } | null };

export type MoreLabsQueryVariables = Exact<{
  input: BlastRadiusInput;
  after?: string | null | undefined;
}>;


export type MoreLabsQuery = { blastRadius: { labs: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, weightedLossUsd: number, lab: { id: string, name: string } } }> } } | null };

export type OriginExistsQueryVariables = Exact<{
  id: string;
}>;


export type OriginExistsQuery = { organization: { id: string } | null };

export type HolderTimeRowFragment = { definiteCounts: Array<number>, possibleCounts: Array<number>, unreadableCounts: Array<number>, worstCaseUsd: Array<number>, definiteWorstCaseUsd: Array<number>, receivedCounts: Array<number>, deletedCounts: Array<number>, firstReceivedAt: string | null, undatedCount: number, receivedInWindowCount: number, deletedInWindowCount: number, deletedBeforeCount: number, lastDeletedBeforeAt: string | null, holder: { hops: number, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } }, lab: { id: string, name: string } | null };

export type HolderTimesQueryVariables = Exact<{
  input: BlastRadiusInput;
  span?: WindowInput | null | undefined;
}>;


export type HolderTimesQuery = { blastRadius: { revision: number, holderTimeline: { totalCount: number, instants: Array<string>, edges: Array<{ node: { definiteCounts: Array<number>, possibleCounts: Array<number>, unreadableCounts: Array<number>, worstCaseUsd: Array<number>, definiteWorstCaseUsd: Array<number>, receivedCounts: Array<number>, deletedCounts: Array<number>, firstReceivedAt: string | null, undatedCount: number, receivedInWindowCount: number, deletedInWindowCount: number, deletedBeforeCount: number, lastDeletedBeforeAt: string | null, holder: { hops: number, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } }, lab: { id: string, name: string } | null } }> } | null } | null };

export type LabTimesQueryVariables = Exact<{
  input: BlastRadiusInput;
  holders?: Array<string> | string | null | undefined;
  span?: WindowInput | null | undefined;
}>;


export type LabTimesQuery = { blastRadius: { revision: number, holderTimeline: { totalCount: number, instants: Array<string>, edges: Array<{ node: { definiteCounts: Array<number>, possibleCounts: Array<number>, unreadableCounts: Array<number>, worstCaseUsd: Array<number>, definiteWorstCaseUsd: Array<number>, receivedCounts: Array<number>, deletedCounts: Array<number>, firstReceivedAt: string | null, undatedCount: number, receivedInWindowCount: number, deletedInWindowCount: number, deletedBeforeCount: number, lastDeletedBeforeAt: string | null, holder: { hops: number, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } }, lab: { id: string, name: string } | null } }> } | null } | null };

export type IncidentLineFragment = { id: string, version: number, name: string, state: IncidentState, updatedAt: string, origins: Array<{ id: string, name: string }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null };

export type IncidentsQueryVariables = Exact<{ [key: string]: never; }>;


export type IncidentsQuery = { incidents: { totalCount: number, edges: Array<{ node: { id: string, version: number, name: string, state: IncidentState, updatedAt: string, origins: Array<{ id: string, name: string }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null } }> } };

export type SaveIncidentMutationVariables = Exact<{
  input: SaveIncidentInput;
}>;


export type SaveIncidentMutation = { saveIncident: { incident: { id: string, version: number, name: string, state: IncidentState, updatedAt: string, origins: Array<{ id: string, name: string }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null } | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type BeginningQueryVariables = Exact<{ [key: string]: never; }>;


export type BeginningQuery = { counts: { organizations: number } };

export type OriginNamesQueryVariables = Exact<{
  first: string;
  second: string;
  third: string;
}>;


export type OriginNamesQuery = { first: { id: string, name: string } | null, second: { id: string, name: string } | null, third: { id: string, name: string } | null };

export type SavedIncidentFragment = { maxHops: number, transferLikelihood: number, minDegree: number, id: string, version: number, name: string, state: IncidentState, updatedAt: string, scope: Array<{ origin: { id: string } }>, scenario: Array<{ kind: ActionKind, at: string, organization: { id: string, name: string } | null, access: { id: string, kind: AccessKind, grantee: { id: string, name: string }, grantor: { id: string, name: string } } | null, owner: { id: string, name: string } | null }>, origins: Array<{ id: string, name: string }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null };

export type ScenarioActionFragment = { kind: ActionKind, at: string, organization: { id: string, name: string } | null, access: { id: string, kind: AccessKind, grantee: { id: string, name: string }, grantor: { id: string, name: string } } | null, owner: { id: string, name: string } | null };

export type SavedIncidentQueryVariables = Exact<{
  id: string;
}>;


export type SavedIncidentQuery = { incident: { maxHops: number, transferLikelihood: number, minDegree: number, id: string, version: number, name: string, state: IncidentState, updatedAt: string, scope: Array<{ origin: { id: string } }>, scenario: Array<{ kind: ActionKind, at: string, organization: { id: string, name: string } | null, access: { id: string, kind: AccessKind, grantee: { id: string, name: string }, grantor: { id: string, name: string } } | null, owner: { id: string, name: string } | null }>, origins: Array<{ id: string, name: string }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null } | null };

export type SavedVersionQueryVariables = Exact<{
  id: string;
}>;


export type SavedVersionQuery = { incident: { version: number } | null };

export type IntegrityQueryVariables = Exact<{
  input: BlastRadiusInput;
  after?: string | null | undefined;
}>;


export type IntegrityQuery = { blastRadius: { integrity: { labs: { totalCount: number, edges: Array<{ node: { id: string, name: string } }> }, tainted: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { since: string, chainLength: number, artifact: { id: string, name: string }, holder: { id: string, name: string, roles: Array<OrganizationRole> }, chain: Array<{ id: string, sentAt: string | null, form: CopyForm, sender: { id: string, name: string, roles: Array<OrganizationRole> }, recipient: { id: string, name: string, roles: Array<OrganizationRole> }, engagement: { id: string, service: string | null } | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }> } }> } } | null } | null };

export type LossQueryVariables = Exact<{
  input: BlastRadiusInput;
}>;


export type LossQuery = { blastRadius: { summary: { blindSpotCount: number, worstCaseLossUsd: number, weightedLossUsd: number }, simulation: { runs: number, meanUsd: number, standardErrorUsd: number, p5Usd: number, p50Usd: number, p95Usd: number, exceedance: Array<{ lossUsd: number, probability: number }>, labs: Array<{ meanUsd: number, p5Usd: number, p95Usd: number, lab: { id: string, name: string } }> } | null } | null };

export type LossDoubtsQueryVariables = Exact<{
  input: BlastRadiusInput;
  after?: string | null | undefined;
}>;


export type LossDoubtsQuery = { blastRadius: { findings: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, kind: FindingKind, message: string } }> } } | null };

export type OtherCopiesQueryVariables = Exact<{
  input: BlastRadiusInput;
  after?: string | null | undefined;
}>;


export type OtherCopiesQuery = { blastRadius: { otherCopies: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, form: CopyForm, deletionState: DeletionState, rank: number | null, portion: number, artifact: { id: string, name: string, owner: { id: string, name: string } }, holder: { id: string, name: string, roles: Array<OrganizationRole> }, transfer: { id: string, sentAt: string | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } | null } }> } } | null };

export type DependentRowFragment = { rank: number, isFormer: boolean, isBlindSpot: boolean, organization: { contactEmail: string | null, id: string, name: string, roles: Array<OrganizationRole> }, path: Array<{ id: string, service: string | null, endsAt: string | null, client: { id: string, name: string }, provider: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }> };

export type BlindSpotsQueryVariables = Exact<{
  input: BlastRadiusInput;
  after?: string | null | undefined;
}>;


export type BlindSpotsQuery = { blastRadius: { dependents: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { rank: number, isFormer: boolean, isBlindSpot: boolean, organization: { contactEmail: string | null, id: string, name: string, roles: Array<OrganizationRole> }, path: Array<{ id: string, service: string | null, endsAt: string | null, client: { id: string, name: string }, provider: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }> } }> } } | null };

export type DependentsQueryVariables = Exact<{
  input: BlastRadiusInput;
  after?: string | null | undefined;
}>;


export type DependentsQuery = { blastRadius: { dependents: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { rank: number, isFormer: boolean, isBlindSpot: boolean, organization: { contactEmail: string | null, id: string, name: string, roles: Array<OrganizationRole> }, path: Array<{ id: string, service: string | null, endsAt: string | null, client: { id: string, name: string }, provider: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }> } }> } } | null };

export type NotifiersQueryVariables = Exact<{
  input: BlastRadiusInput;
  after?: string | null | undefined;
}>;


export type NotifiersQuery = { blastRadius: { notifiers: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { contactEmail: string | null, id: string, name: string, roles: Array<OrganizationRole> } }> } } | null };

export type ChainStepFragment = { id: string, sentAt: string | null, form: CopyForm, sender: { id: string, name: string, roles: Array<OrganizationRole> }, recipient: { id: string, name: string, roles: Array<OrganizationRole> }, engagement: { id: string, service: string | null } | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } };

export type ArtifactWaysQueryVariables = Exact<{
  input: BlastRadiusInput;
  id: string;
}>;


export type ArtifactWaysQuery = { blastRadius: { artifacts: { edges: Array<{ node: { tier: Tier, basis: Basis, isUsable: boolean, likelihood: number, weightedLossUsd: number, worstCaseLossUsd: number, wayCount: number, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, usefulPortion: number, fragmentCount: number | null, valueLowUsd: number | null, valueHighUsd: number | null, owner: { id: string, name: string, roles: Array<OrganizationRole> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }, portion: { low: number, high: number }, records: { low: number, high: number, isUnknown: boolean }, bytes: { low: number, high: number, isUnknown: boolean }, everyWay: Array<{ tier: Tier, yieldShare: number, reveals: Array<{ degree: number }>, copy: { fragments: Array<string> | null } }>, ways: Array<{ tier: Tier, chance: number, yieldShare: number, because: string, holder: { hops: number, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } }, reveals: Array<{ degree: number, basis: string | null, artifact: { id: string, name: string }, reveals: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }>, copy: { id: string, kind: CopyKind, form: CopyForm, deletionState: DeletionState, portion: number, fragments: Array<string> | null, rank: number | null, artifact: { id: string, name: string, fragmentCount: number | null, owner: { id: string, name: string, roles: Array<OrganizationRole> } }, transfer: { id: string, sentAt: string | null, deletedAt: string | null } | null, chain: Array<{ id: string, sentAt: string | null, form: CopyForm, sender: { id: string, name: string, roles: Array<OrganizationRole> }, recipient: { id: string, name: string, roles: Array<OrganizationRole> }, engagement: { id: string, service: string | null } | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }> } }> } }> } } | null };

export type FactToCorrectQueryVariables = Exact<{
  transfer: string;
  access: string;
  engagement: string;
  artifact: string;
  organization: string;
  revealing: string;
  controlled: string;
}>;


export type FactToCorrectQuery = { revision: number, transfer: { id: string, sentAt: string | null, portion: number, fragments: Array<string> | null, form: CopyForm, deletionState: DeletionState, deletedAt: string | null, channel: string | null, confidence: number, records: number | null, bytes: number | null, artifact: { id: string, name: string }, sender: { id: string, name: string }, recipient: { id: string, name: string }, engagement: { id: string } | null, provenance: { source: string | null } } | null, engagement: { id: string, service: string | null, startsAt: string | null, endsAt: string | null, noticeHours: number | null, auditRight: boolean | null, client: { id: string, name: string }, provider: { id: string, name: string }, attributes: Array<{ name: string, value: string }>, provenance: { source: string | null } } | null, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, valueLowUsd: number | null, valueHighUsd: number | null, modelFamily: string | null, version: string | null, fragmentCount: number | null, usefulPortion: number, owner: { id: string, name: string }, provenance: { source: string | null } } | null, access: { id: string, kind: AccessKind, likelihood: number, validFrom: string | null, validUntil: string | null, software: string | null, grantee: { id: string, name: string }, grantor: { id: string, name: string }, provenance: { source: string | null } } | null, organization: { id: string, name: string, roles: Array<OrganizationRole>, aliases: Array<string>, status: OrganizationStatus, website: string | null, country: string | null, contactEmail: string | null, attributes: Array<{ name: string, value: string }>, provenance: { source: string | null } } | null, reveals: { reveals: { edges: Array<{ node: { degree: number, basis: string | null, artifact: { id: string, name: string }, reveals: { id: string, name: string }, provenance: { source: string | null } } }> } } | null, controls: { edges: Array<{ node: { control: string, evidenceType: EvidenceType, issuedAt: string | null, expiresAt: string | null, organization: { id: string, name: string }, issuer: { id: string, name: string } | null, provenance: { source: string | null } } }> } };

export type PutFactsMutationVariables = Exact<{
  input: PutFactsInput;
}>;


export type PutFactsMutation = { putFacts: { created: number, updated: number, unchanged: number, userErrors: Array<{ code: string, message: string }> } };

export type RetractFactsMutationVariables = Exact<{
  input: RetractFactsInput;
}>;


export type RetractFactsMutation = { retractFacts: { retracted: number, userErrors: Array<{ code: string, message: string }> } };

export type FindingCountsQueryVariables = Exact<{ [key: string]: never; }>;


export type FindingCountsQuery = { findingCounts: Array<{ kind: FindingKind, open: number, accepted: number }> };

export type FindingsQueryVariables = Exact<{
  kinds?: Array<FindingKind> | FindingKind | null | undefined;
  isAccepted?: boolean | null | undefined;
  after?: string | null | undefined;
}>;


export type FindingsQuery = { findings: { totalCount: number, progress: { done: number, total: number | null } | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, kind: FindingKind, message: string, acceptance: { reason: string, by: string, at: string, until: string | null } | null, facts: Array<
          | { __typename: 'Access', id: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
          | { __typename: 'Artifact', id: string, name: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
          | { __typename: 'Control', control: string, organization: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
          | { __typename: 'Engagement', id: string, client: { id: string, name: string }, provider: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
          | { __typename: 'Organization', id: string, name: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
          | { __typename: 'Reveals', degree: number, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
          | { __typename: 'Transfer', id: string, sender: { id: string, name: string }, recipient: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
        > } }> } };

export type FindingRowFragment = { id: string, kind: FindingKind, message: string, acceptance: { reason: string, by: string, at: string, until: string | null } | null, facts: Array<
    | { __typename: 'Access', id: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
    | { __typename: 'Artifact', id: string, name: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
    | { __typename: 'Control', control: string, organization: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
    | { __typename: 'Engagement', id: string, client: { id: string, name: string }, provider: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
    | { __typename: 'Organization', id: string, name: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
    | { __typename: 'Reveals', degree: number, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
    | { __typename: 'Transfer', id: string, sender: { id: string, name: string }, recipient: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
  > };

export type AcceptFindingMutationVariables = Exact<{
  input: AcceptFindingInput;
}>;


export type AcceptFindingMutation = { acceptFinding: { finding: { id: string } | null, userErrors: Array<{ code: string, message: string }> } };

export type ExploreNodeFragment = { key: string, organization: { id: string, name: string, roles: Array<OrganizationRole>, status: OrganizationStatus, country: string | null, custody: { copyCount: number, labCount: number, lastReceivedAt: string | null }, sent: { totalCount: number }, provenance: { file: string | null, line: number | null, assertedBy: string } } | null, artifact: { id: string, name: string, type: ArtifactType, owner: { id: string, name: string }, copies: { totalCount: number }, provenance: { file: string | null, line: number | null, assertedBy: string } } | null, linkCounts: Array<{ kind: LinkKind, incoming: number, outgoing: number }> };

export type ExploreLinkFragment = { key: string, kind: LinkKind, source: string, target: string, count: number, readableCount: number | null };

export type NeighborhoodQueryVariables = Exact<{
  of: Array<NodeRef> | NodeRef;
  kinds?: Array<LinkKind> | LinkKind | null | undefined;
  validIn?: WindowInput | null | undefined;
  maxNodes: number;
}>;


export type NeighborhoodQuery = { neighborhood: { omittedCount: number, nodes: Array<{ key: string, organization: { id: string, name: string, roles: Array<OrganizationRole>, status: OrganizationStatus, country: string | null, custody: { copyCount: number, labCount: number, lastReceivedAt: string | null }, sent: { totalCount: number }, provenance: { file: string | null, line: number | null, assertedBy: string } } | null, artifact: { id: string, name: string, type: ArtifactType, owner: { id: string, name: string }, copies: { totalCount: number }, provenance: { file: string | null, line: number | null, assertedBy: string } } | null, linkCounts: Array<{ kind: LinkKind, incoming: number, outgoing: number }> }>, links: Array<{ key: string, kind: LinkKind, source: string, target: string, count: number, readableCount: number | null }> } | null };

export type ExploreStartQueryVariables = Exact<{ [key: string]: never; }>;


export type ExploreStartQuery = { about: { isDemo: boolean }, counts: { organizations: number, artifacts: number, transfers: number }, labs: { edges: Array<{ node: { id: string } }> }, first: { edges: Array<{ node: { id: string } }> } };

export type NodeExistsQueryVariables = Exact<{
  organization: string;
  artifact: string;
}>;


export type NodeExistsQuery = { organization: { id: string, name: string } | null, artifact: { id: string, name: string } | null };

export type PathsQueryVariables = Exact<{
  from: NodeRef;
  to: NodeRef;
  kinds?: Array<LinkKind> | LinkKind | null | undefined;
  isDirected: boolean;
}>;


export type PathsQuery = { paths: Array<{ isCustody: boolean, nodes: Array<{ key: string, organization: { id: string, name: string, roles: Array<OrganizationRole> } | null, artifact: { id: string, name: string, type: ArtifactType } | null }>, links: Array<{ key: string, kind: LinkKind, source: string, target: string, count: number, facts: { totalCount: number, edges: Array<{ node:
            | { __typename: 'Access', id: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Artifact', id: string, name: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Control' }
            | { __typename: 'Engagement', id: string, service: string | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Organization' }
            | { __typename: 'Reveals', degree: number, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Transfer', id: string, sentAt: string | null, artifact: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
           }> } }> }> | null };

export type ImportSummaryFragment = { id: string, state: ImportState, source: string | null, name: string | null, assertedAt: string | null, failure: string | null, createdBy: string, createdAt: string, committedAt: string | null, undoneAt: string | null, files: Array<{ name: string, sizeBytes: number, sha256: string }>, report: { rows: number, created: number, updated: number, unchanged: number, rejected: number, warnings: Array<string>, asOf: string | null, account: { read: number, used: number, repeated: number, leftOut: number, rejected: number } | null, drift: { since: string, listedBefore: number, newCount: number, againCount: number, goneCount: number } | null } | null, progress: { step: string, done: number, total: number | null } | null };

export type ImportDetailQueryVariables = Exact<{
  id: string;
}>;


export type ImportDetailQuery = { import: { mappingDocument: string | null, id: string, state: ImportState, source: string | null, name: string | null, assertedAt: string | null, failure: string | null, createdBy: string, createdAt: string, committedAt: string | null, undoneAt: string | null, skipLoss: { sentence: string } | null, questions: Array<{ id: string, kind: ImportQuestionKind, file: string | null, index: number | null, message: string, choices: Array<string>, proposed: string | null, refused: Array<{ choice: string, because: string }> }>, files: Array<{ encoding: string, delimiter: string, headerLine: number, preamble: Array<string>, header: Array<string>, sample: Array<Array<string>>, name: string, sizeBytes: number, sha256: string, mapping: { kinds: Array<FactKind>, dateOrder: DateOrder | null, asOf: string | null, asOfBecause: string | null, client: { id: string, name: string } | null, columns: Array<{ index: number, column: string, use: ColumnUse, kind: FactKind | null, field: string | null, control: string | null, confidence: number, because: string, dateOrder: DateOrder | null }> } }>, causes: Array<{ code: string, column: string | null, count: number, isConsequence: boolean, example: { file: string, line: number, message: string } }>, report: { rows: number, created: number, updated: number, unchanged: number, rejected: number, warnings: Array<string>, asOf: string | null, account: { read: number, used: number, repeated: number, leftOut: number, rejected: number } | null, drift: { since: string, listedBefore: number, newCount: number, againCount: number, goneCount: number } | null } | null, progress: { step: string, done: number, total: number | null } | null } | null };

export type ImportChangesQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type ImportChangesQuery = { import: { id: string, changes: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: FactChangeKind, factKind: FactKind, factId: string, name: string | null, file: string | null, line: number | null, fields: Array<{ field: string, before: string | null, after: string | null }> } }> } } | null };

export type ImportRejectionsQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type ImportRejectionsQuery = { import: { id: string, rejections: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { file: string, line: number, column: string | null, code: string, message: string, value: string | null } }> } } | null };

export type ImportMatchesQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type ImportMatchesQuery = { import: { id: string, matches: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, file: string, line: number, name: string, rowCount: number, decision: MatchDecision, target: string | null, candidates: Array<{ id: string, name: string, isStored: boolean, grade: MatchGrade, evidence: Array<string> }> } }> } } | null };

export type ImportValuesQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type ImportValuesQuery = { import: { id: string, values: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { file: string, index: number, column: string, value: string, count: number } }> } } | null };

export type MostDependedOnQueryVariables = Exact<{ [key: string]: never; }>;


export type MostDependedOnQuery = { ranking: { edges: Array<{ node: { dependentCount: number, organization: { id: string, name: string } } }> } | null };

export type ListOwnersQueryVariables = Exact<{
  text: string;
}>;


export type ListOwnersQuery = { search: Array<{ found:
      | { id: string, name: string }
      | Record<PropertyKey, never>
     }> | null };

export type ImportHistoryQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type ImportHistoryQuery = { imports: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, state: ImportState, source: string | null, name: string | null, assertedAt: string | null, failure: string | null, createdBy: string, createdAt: string, committedAt: string | null, undoneAt: string | null, files: Array<{ name: string, sizeBytes: number, sha256: string }>, report: { rows: number, created: number, updated: number, unchanged: number, rejected: number, warnings: Array<string>, asOf: string | null, account: { read: number, used: number, repeated: number, leftOut: number, rejected: number } | null, drift: { since: string, listedBefore: number, newCount: number, againCount: number, goneCount: number } | null } | null, progress: { step: string, done: number, total: number | null } | null } }> } };

export type CommitImportMutationVariables = Exact<{
  input: CommitImportInput;
}>;


export type CommitImportMutation = { commitImport: { import: { id: string, state: ImportState } | null, userErrors: Array<{ code: string, message: string }> } };

export type CancelImportMutationVariables = Exact<{
  input: ImportIdInput;
}>;


export type CancelImportMutation = { cancelImport: { import: { id: string, state: ImportState } | null, userErrors: Array<{ code: string, message: string }> } };

export type DiscardImportMutationVariables = Exact<{
  input: ImportIdInput;
}>;


export type DiscardImportMutation = { discardImport: { import: { id: string, state: ImportState } | null, userErrors: Array<{ code: string, message: string }> } };

export type UndoImportMutationVariables = Exact<{
  input: ImportIdInput;
}>;


export type UndoImportMutation = { undoImport: { import: { id: string, state: ImportState } | null, userErrors: Array<{ code: string, message: string }> } };

export type RenameImportMutationVariables = Exact<{
  input: RenameImportInput;
}>;


export type RenameImportMutation = { renameImport: { import: { id: string, name: string | null } | null, userErrors: Array<{ code: string, message: string }> } };

export type RemoveImportFileMutationVariables = Exact<{
  input: RemoveImportFileInput;
}>;


export type RemoveImportFileMutation = { removeImportFile: { import: { id: string, state: ImportState } | null, userErrors: Array<{ code: string, message: string }> } };

export type MapImportFileMutationVariables = Exact<{
  input: MapImportFileInput;
}>;


export type MapImportFileMutation = { mapImportFile: { import: { id: string, state: ImportState } | null, userErrors: Array<{ code: string, message: string }> } };

export type MapImportValuesMutationVariables = Exact<{
  input: MapImportValuesInput;
}>;


export type MapImportValuesMutation = { mapImportValues: { import: { id: string, state: ImportState } | null, userErrors: Array<{ code: string, message: string }> } };

export type DecideMatchesMutationVariables = Exact<{
  input: DecideMatchesInput;
}>;


export type DecideMatchesMutation = { decideMatches: { import: { id: string, state: ImportState } | null, userErrors: Array<{ code: string, message: string }> } };

export type ImportUnlistedQueryVariables = Exact<{
  id: string;
}>;


export type ImportUnlistedQuery = { import: { id: string, unlisted: { totalCount: number, edges: Array<{ node:
          | { __typename: 'Access', id: string, grantee: { name: string }, grantor: { name: string } }
          | { __typename: 'Artifact', id: string, name: string }
          | { __typename: 'Control', control: string, organization: { name: string } }
          | { __typename: 'Engagement', id: string, service: string | null, client: { name: string }, provider: { name: string } }
          | { __typename: 'Organization', id: string, name: string }
          | { __typename: 'Reveals', artifact: { name: string } }
          | { __typename: 'Transfer', id: string, artifact: { name: string }, sender: { name: string }, recipient: { name: string } }
         }> } } | null };

export type DecideEditionMutationVariables = Exact<{
  input: DecideEditionInput;
}>;


export type DecideEditionMutation = { decideEdition: { import: { id: string, state: ImportState } | null, userErrors: Array<{ code: string, message: string }> } };

export type FixImportCellMutationVariables = Exact<{
  input: FixImportCellInput;
}>;


export type FixImportCellMutation = { fixImportCell: { import: { id: string, state: ImportState } | null, userErrors: Array<{ code: string, message: string }> } };

export type ImportEffectQueryVariables = Exact<{
  id: string;
}>;


export type ImportEffectQuery = { import: { id: string, effect: { findingsAdded: number, findingsResolved: number, rankingBefore: Array<{ position: number, dependentCount: number, weightedLossUsd: number, organization: { id: string, name: string } }>, rankingAfter: Array<{ position: number, dependentCount: number, weightedLossUsd: number, organization: { id: string, name: string } }> } | null } | null };

export type EffectRowFragment = { position: number, dependentCount: number, weightedLossUsd: number, organization: { id: string, name: string } };

export type ImportWaitingQueryVariables = Exact<{
  id: string;
}>;


export type ImportWaitingQuery = { import: { id: string, waiting: { totalCount: number, edges: Array<{ node: { id: string, factKind: FactKind, factId: string, file: string | null, line: number | null, fields: Array<{ field: string, before: string | null, after: string | null }> } }> } } | null };

export type DecideAnswerMutationVariables = Exact<{
  input: DecideAnswerInput;
}>;


export type DecideAnswerMutation = { decideAnswer: { import: { id: string, state: ImportState } | null, userErrors: Array<{ code: string, message: string }> } };

export type UndoProgressQueryVariables = Exact<{
  id: string;
}>;


export type UndoProgressQuery = { import: { id: string, progress: { step: string, done: number, total: number | null } | null } | null };

export type IncidentListQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type IncidentListQuery = { incidents: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string, name: string, state: IncidentState, discoveredAt: string | null, updatedAt: string, origins: Array<{ id: string, name: string }> } }> } };

export type IncidentsStateQueryVariables = Exact<{ [key: string]: never; }>;


export type IncidentsStateQuery = { incidents: { edges: Array<{ cursor: string }> } };

export type IncidentRowQueryVariables = Exact<{
  incident: string;
  after?: string | null | undefined;
}>;


export type IncidentRowQuery = { incident: { blastRadius: { summary: { exposedCount: number, possibleCount: number, affectedLabCount: number } } | null, notices: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { dueAt: string | null, state: NoticeState } }> } } | null };

export type IncidentWholeFragment = { id: string, version: number, name: string, state: IncidentState, discoveredAt: string | null, updatedAt: string, maxHops: number, transferLikelihood: number, minDegree: number, cause: IncidentCause, origins: Array<{ id: string, name: string, roles: Array<OrganizationRole> }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null, scope: Array<{ channels: Array<string>, origin: { id: string, name: string }, artifacts: Array<{ id: string, name: string }>, engagements: Array<{ id: string, service: string | null }> }>, scenario: Array<{ kind: ActionKind, at: string, organization: { id: string, name: string } | null, access: { id: string, kind: AccessKind, grantee: { id: string, name: string }, grantor: { id: string, name: string } } | null, owner: { id: string, name: string } | null }>, entries: { totalCount: number } };

export type IncidentStateQueryVariables = Exact<{
  incident: string;
}>;


export type IncidentStateQuery = { incident: { version: number, entries: { totalCount: number } } | null };

export type OneIncidentQueryVariables = Exact<{
  incident: string;
}>;


export type OneIncidentQuery = { incident: { id: string, version: number, name: string, state: IncidentState, discoveredAt: string | null, updatedAt: string, maxHops: number, transferLikelihood: number, minDegree: number, cause: IncidentCause, origins: Array<{ id: string, name: string, roles: Array<OrganizationRole> }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null, scope: Array<{ channels: Array<string>, origin: { id: string, name: string }, artifacts: Array<{ id: string, name: string }>, engagements: Array<{ id: string, service: string | null }> }>, scenario: Array<{ kind: ActionKind, at: string, organization: { id: string, name: string } | null, access: { id: string, kind: AccessKind, grantee: { id: string, name: string }, grantor: { id: string, name: string } } | null, owner: { id: string, name: string } | null }>, entries: { totalCount: number } } | null };

export type IncidentSummaryQueryVariables = Exact<{
  incident: string;
}>;


export type IncidentSummaryQuery = { blastRadius: { core: { from: string, to: string }, widest: { from: string, to: string }, summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, blindSpotCount: number, worstCaseLossUsd: number, weightedLossUsd: number } } | null };

export type OtherIncidentsQueryVariables = Exact<{ [key: string]: never; }>;


export type OtherIncidentsQuery = { incidents: { edges: Array<{ node: { id: string, name: string, state: IncidentState, origins: Array<{ id: string, name: string }> } }> } };

export type SharedWithIncidentQueryVariables = Exact<{
  incident: string;
  other: string;
}>;


export type SharedWithIncidentQuery = { compareRadius: { before: { summary: { exposedCount: number, possibleCount: number, containedCount: number } }, after: { summary: { exposedCount: number, possibleCount: number, containedCount: number } }, changes: { totalCount: number } } | null };

export type OriginEngagementsQueryVariables = Exact<{
  origin: string;
}>;


export type OriginEngagementsQuery = { organization: { id: string, name: string, clients: { totalCount: number, edges: Array<{ node: { id: string, service: string | null, client: { name: string } } }> }, received: { totalCount: number, edges: Array<{ node: { channel: string | null } }> } } | null };

export type IncidentHistoryQueryVariables = Exact<{
  incident: string;
  after?: string | null | undefined;
}>;


export type IncidentHistoryQuery = { incident: { entries: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { at: string, by: string, text: string, revision: number | null, before: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number, weightedLossUsd: number } | null, after: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number, weightedLossUsd: number } | null } }> } } | null };

export type HistoryEntryFragment = { at: string, by: string, text: string, revision: number | null, before: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number, weightedLossUsd: number } | null, after: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number, weightedLossUsd: number } | null };

export type HistoryTotalsFragment = { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number, weightedLossUsd: number };

export type IncidentArtifactsQueryVariables = Exact<{
  incident: string;
  tiers?: Array<Tier> | Tier | null | undefined;
  owners?: Array<string> | string | null | undefined;
  text?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type IncidentArtifactsQuery = { blastRadius: { labs: { edges: Array<{ node: { lab: { id: string, name: string } } }> }, artifacts: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { tier: Tier, worstCaseLossUsd: number, artifact: { id: string, name: string, owner: { id: string, name: string } }, ways: Array<{ tier: Tier, reveals: Array<{ degree: number }>, holder: { organization: { name: string } }, copy: { form: CopyForm } }>, assessment: { state: AssessmentState, reason: string | null, evidence: string | null, by: string, at: string } | null } }> } } | null };

export type IncidentArtifactFragment = { tier: Tier, worstCaseLossUsd: number, artifact: { id: string, name: string, owner: { id: string, name: string } }, ways: Array<{ tier: Tier, reveals: Array<{ degree: number }>, holder: { organization: { name: string } }, copy: { form: CopyForm } }>, assessment: { state: AssessmentState, reason: string | null, evidence: string | null, by: string, at: string } | null };

export type LabsToTellQueryVariables = Exact<{
  incident: string;
  after?: string | null | undefined;
}>;


export type LabsToTellQuery = { incident: { notices: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { lab: { id: string, name: string, contactEmail: string | null } } }> } } | null };

export type IncidentNoticesQueryVariables = Exact<{
  incident: string;
  after?: string | null | undefined;
}>;


export type IncidentNoticesQuery = { incident: { notices: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { dueAt: string | null, state: NoticeState, note: string | null, toldAt: string | null, answeredAt: string | null, by: string | null, lab: { id: string, name: string, contactEmail: string | null }, notifier: { id: string, name: string, contactEmail: string | null } | null, engagement: { id: string, noticeHours: number | null } | null } }> } } | null };

export type IncidentNoticeFragment = { dueAt: string | null, state: NoticeState, note: string | null, toldAt: string | null, answeredAt: string | null, by: string | null, lab: { id: string, name: string, contactEmail: string | null }, notifier: { id: string, name: string, contactEmail: string | null } | null, engagement: { id: string, noticeHours: number | null } | null };

export type VendorsToAskQueryVariables = Exact<{
  incident: string;
  after?: string | null | undefined;
}>;


export type VendorsToAskQuery = { incident: { origins: Array<{ id: string, name: string, contactEmail: string | null }> } | null, blastRadius: { notifiers: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, name: string, contactEmail: string | null } }> } } | null };

export type VendorToAskFragment = { id: string, name: string, contactEmail: string | null };

export type IncidentPlanQueryVariables = Exact<{
  incident: string;
}>;


export type IncidentPlanQuery = { incident: { plan: Array<{ id: string, owner: string | null, dueAt: string | null, removedHereUsd: number, removedNowUsd: number, doneAt: string | null, evidence: string | null, action: { kind: ActionKind, at: string, organization: { id: string, name: string, contactEmail: string | null } | null, access: { id: string, grantee: { id: string, name: string }, grantor: { id: string, name: string, contactEmail: string | null } } | null, owner: { id: string, name: string } | null } | null, ask: { id: string, name: string, contactEmail: string | null } | null }> } | null };

export type IncidentPlanStepFragment = { id: string, owner: string | null, dueAt: string | null, removedHereUsd: number, removedNowUsd: number, doneAt: string | null, evidence: string | null, action: { kind: ActionKind, at: string, organization: { id: string, name: string, contactEmail: string | null } | null, access: { id: string, grantee: { id: string, name: string }, grantor: { id: string, name: string, contactEmail: string | null } } | null, owner: { id: string, name: string } | null } | null, ask: { id: string, name: string, contactEmail: string | null } | null };

export type IncidentPackQueryVariables = Exact<{
  incident: string;
  lab: string;
}>;


export type IncidentPackQuery = { notificationPack: { markdown: string } | null };

export type OrganizationsNamedQueryVariables = Exact<{
  id: string;
}>;


export type OrganizationsNamedQuery = { organization: { id: string, name: string } | null };

export type OpenIncidentMutationVariables = Exact<{
  input: SaveIncidentInput;
}>;


export type OpenIncidentMutation = { saveIncident: { incident: { id: string, name: string } | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ChangeIncidentMutationVariables = Exact<{
  input: SaveIncidentInput;
}>;


export type ChangeIncidentMutation = { saveIncident: { incident: { id: string, version: number, name: string, state: IncidentState, discoveredAt: string | null, updatedAt: string, maxHops: number, transferLikelihood: number, minDegree: number, cause: IncidentCause, origins: Array<{ id: string, name: string, roles: Array<OrganizationRole> }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null, scope: Array<{ channels: Array<string>, origin: { id: string, name: string }, artifacts: Array<{ id: string, name: string }>, engagements: Array<{ id: string, service: string | null }> }>, scenario: Array<{ kind: ActionKind, at: string, organization: { id: string, name: string } | null, access: { id: string, kind: AccessKind, grantee: { id: string, name: string }, grantor: { id: string, name: string } } | null, owner: { id: string, name: string } | null }>, entries: { totalCount: number } } | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AddNoteMutationVariables = Exact<{
  input: AddIncidentNoteInput;
}>;


export type AddNoteMutation = { addIncidentNote: { userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AssessMutationVariables = Exact<{
  input: SetAssessmentsInput;
}>;


export type AssessMutation = { setAssessments: { incident: { entries: { edges: Array<{ node: { text: string } }> } } | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ChangeNoticeMutationVariables = Exact<{
  input: SetNoticeInput;
}>;


export type ChangeNoticeMutation = { setNotice: { userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type TickStepMutationVariables = Exact<{
  input: TickPlanStepInput;
}>;


export type TickStepMutation = { tickPlanStep: { incident: { entries: { edges: Array<{ node: { text: string } }> } } | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type InspectSourceFragment = { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null };

export type InspectCopyFragment = { id: string, kind: CopyKind, form: CopyForm, deletionState: DeletionState, portion: number, rank: number | null, holder: { id: string, name: string, roles: Array<OrganizationRole> }, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, valueLowUsd: number | null, valueHighUsd: number | null, owner: { id: string, name: string } }, transfer: { id: string, sentAt: string | null, sender: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } | null };

export type InspectAccessFragment = { id: string, kind: AccessKind, likelihood: number, validFrom: string | null, validUntil: string | null, software: string | null, grantee: { id: string, name: string, roles: Array<OrganizationRole> }, grantor: { id: string, name: string, roles: Array<OrganizationRole> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } };

export type HeldCopiesFragment = { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, kind: CopyKind, form: CopyForm, deletionState: DeletionState, portion: number, rank: number | null, holder: { id: string, name: string, roles: Array<OrganizationRole> }, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, valueLowUsd: number | null, valueHighUsd: number | null, owner: { id: string, name: string } }, transfer: { id: string, sentAt: string | null, sender: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } | null } }> };

export type MoreHeldCopiesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type MoreHeldCopiesQuery = { organization: { copies: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, kind: CopyKind, form: CopyForm, deletionState: DeletionState, portion: number, rank: number | null, holder: { id: string, name: string, roles: Array<OrganizationRole> }, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, valueLowUsd: number | null, valueHighUsd: number | null, owner: { id: string, name: string } }, transfer: { id: string, sentAt: string | null, sender: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } | null } }> } } | null };

export type InspectOrganizationQueryVariables = Exact<{
  id: string;
}>;


export type InspectOrganizationQuery = { organization: { id: string, name: string, roles: Array<OrganizationRole>, aliases: Array<string>, status: OrganizationStatus, website: string | null, country: string | null, contactEmail: string | null, attributes: Array<{ name: string, value: string }>, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null }, custody: { copyCount: number, readableCount: number, labCount: number, meanValueUsd: number }, artifacts: { totalCount: number, edges: Array<{ node: { id: string, name: string, type: ArtifactType, sensitivity: number, valueHighUsd: number | null } }> }, copies: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, kind: CopyKind, form: CopyForm, deletionState: DeletionState, portion: number, rank: number | null, holder: { id: string, name: string, roles: Array<OrganizationRole> }, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, valueLowUsd: number | null, valueHighUsd: number | null, owner: { id: string, name: string } }, transfer: { id: string, sentAt: string | null, sender: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } | null } }> }, accessHeld: { totalCount: number, edges: Array<{ node: { id: string, kind: AccessKind, likelihood: number, validFrom: string | null, validUntil: string | null, software: string | null, grantee: { id: string, name: string, roles: Array<OrganizationRole> }, grantor: { id: string, name: string, roles: Array<OrganizationRole> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> }, accessGranted: { totalCount: number, edges: Array<{ node: { id: string, kind: AccessKind, likelihood: number, validFrom: string | null, validUntil: string | null, software: string | null, grantee: { id: string, name: string, roles: Array<OrganizationRole> }, grantor: { id: string, name: string, roles: Array<OrganizationRole> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> }, controls: { totalCount: number, edges: Array<{ node: { control: string, evidenceType: EvidenceType, issuedAt: string | null, expiresAt: string | null, issuer: { id: string, name: string } | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> }, clients: { totalCount: number, edges: Array<{ node: { id: string, service: string | null, startsAt: string | null, endsAt: string | null, noticeHours: number | null, client: { id: string, name: string, roles: Array<OrganizationRole> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> }, providers: { totalCount: number, edges: Array<{ node: { id: string, service: string | null, startsAt: string | null, endsAt: string | null, noticeHours: number | null, provider: { id: string, name: string, roles: Array<OrganizationRole> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> } } | null };

export type InspectWorstCaseQueryVariables = Exact<{
  id: string;
}>;


export type InspectWorstCaseQuery = { blastRadius: { summary: { exposedCount: number, possibleCount: number, affectedLabCount: number, worstCaseLossUsd: number } } | null };

export type InspectArtifactQueryVariables = Exact<{
  id: string;
}>;


export type InspectArtifactQuery = { artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, valueLowUsd: number | null, valueHighUsd: number | null, modelFamily: string | null, version: string | null, fragmentCount: number | null, usefulPortion: number, owner: { id: string, name: string, roles: Array<OrganizationRole> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null }, copies: { totalCount: number, edges: Array<{ node: { id: string, kind: CopyKind, form: CopyForm, deletionState: DeletionState, portion: number, rank: number | null, holder: { id: string, name: string, roles: Array<OrganizationRole> }, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, valueLowUsd: number | null, valueHighUsd: number | null, owner: { id: string, name: string } }, transfer: { id: string, sentAt: string | null, sender: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } | null } }> }, reveals: { totalCount: number, edges: Array<{ node: { degree: number, basis: string | null, reveals: { id: string, name: string, type: ArtifactType }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> }, revealedBy: { totalCount: number, edges: Array<{ node: { degree: number, basis: string | null, artifact: { id: string, name: string, type: ArtifactType }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> } } | null };

export type InspectLinkQueryVariables = Exact<{
  of: Array<NodeRef> | NodeRef;
  kinds: Array<LinkKind> | LinkKind;
}>;


export type InspectLinkQuery = { neighborhood: { nodes: Array<{ key: string, organization: { id: string, name: string, roles: Array<OrganizationRole> } | null, artifact: { id: string, name: string, type: ArtifactType } | null }>, links: Array<{ key: string, kind: LinkKind, source: string, target: string, count: number, readableCount: number | null, facts: { totalCount: number, edges: Array<{ node:
            | { __typename: 'Access', id: string, likelihood: number, validFrom: string | null, validUntil: string | null, software: string | null, accessKind: AccessKind, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Artifact', id: string, name: string, type: ArtifactType, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Control' }
            | { __typename: 'Engagement', id: string, service: string | null, startsAt: string | null, endsAt: string | null, noticeHours: number | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Organization' }
            | { __typename: 'Reveals', degree: number, basis: string | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Transfer', id: string, sentAt: string | null, form: CopyForm, deletionState: DeletionState, deletedAt: string | null, portion: number, records: number | null, bytes: number | null, channel: string | null, artifact: { id: string, name: string, type: ArtifactType }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
           }> } }> } | null };

export type NotesQueryVariables = Exact<{
  on: NodeRef;
  after?: string | null | undefined;
}>;


export type NotesQuery = { notes: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, text: string, by: string, at: string } }> } };

export type SaveNoteMutationVariables = Exact<{
  input: SaveNoteInput;
}>;


export type SaveNoteMutation = { saveNote: { note: { id: string } | null, userErrors: Array<{ code: string, message: string }> } };

export type DeleteNoteMutationVariables = Exact<{
  id: string;
}>;


export type DeleteNoteMutation = { deleteNote: { deletedId: string | null, userErrors: Array<{ code: string, message: string }> } };

export type MergeOrganizationQueryVariables = Exact<{
  id: string;
}>;


export type MergeOrganizationQuery = { organization: { id: string, name: string, roles: Array<OrganizationRole>, aliases: Array<string>, clients: { totalCount: number }, providers: { totalCount: number } } | null };

export type MergeChoiceFragment = { id: string, name: string, roles: Array<OrganizationRole>, aliases: Array<string>, clients: { totalCount: number }, providers: { totalCount: number } };

export type HiddenByMergeQueryVariables = Exact<{
  organization: string;
  into: string;
}>;


export type HiddenByMergeQuery = { hiddenByMerge: { totalCount: number, edges: Array<{ node:
        | { __typename: 'Access', id: string, grantee: { name: string }, grantor: { name: string } }
        | { __typename: 'Artifact', id: string, name: string }
        | { __typename: 'Control', control: string, organization: { name: string } }
        | { __typename: 'Engagement', id: string, service: string | null, client: { name: string }, provider: { name: string } }
        | { __typename: 'Organization', id: string, name: string }
        | { __typename: 'Reveals', artifact: { name: string } }
        | { __typename: 'Transfer', id: string, artifact: { name: string }, sender: { name: string }, recipient: { name: string } }
       }> } };

export type MergesQueryVariables = Exact<{
  into?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type MergesQuery = { merges: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, name: string, at: string, by: string, into: { id: string, name: string } } }> } };

export type MergeHistoryQueryVariables = Exact<{
  id: string;
}>;


export type MergeHistoryQuery = { history: { totalCount: number, edges: Array<{ node: { kind: FactChangeKind, revision: number | null, at: string | null, by: string | null, fields: Array<{ field: string, before: string | null, after: string | null }> } }> } };

export type MergeOrganizationsMutationVariables = Exact<{
  input: MergeOrganizationsInput;
}>;


export type MergeOrganizationsMutation = { mergeOrganizations: { revision: number, userErrors: Array<{ code: string, message: string }> } };

export type UnmergeOrganizationsMutationVariables = Exact<{
  input: UnmergeOrganizationsInput;
}>;


export type UnmergeOrganizationsMutation = { unmergeOrganizations: { revision: number, userErrors: Array<{ code: string, message: string }> } };

export type RankingQueryVariables = Exact<{
  core?: WindowInput | null | undefined;
  widest?: WindowInput | null | undefined;
  options?: RadiusOptions | null | undefined;
  roles?: Array<OrganizationRole> | OrganizationRole | null | undefined;
  orderBy?: RankingOrder | null | undefined;
  asOf?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type RankingQuery = { ranking: { totalCount: number, progress: { done: number, total: number | null } | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { position: number, reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number, labCount: number, dependentCount: number, worstCaseLossUsd: number, weightedLossUsd: number, organization: { id: string, name: string, roles: Array<OrganizationRole>, custody: { copyCount: number }, controlGap: { required: Array<string>, met: Array<string> } | null } } }> } | null };

export type AccessAgainstControlQueryVariables = Exact<{
  core?: WindowInput | null | undefined;
  widest?: WindowInput | null | undefined;
  options?: RadiusOptions | null | undefined;
  roles?: Array<OrganizationRole> | OrganizationRole | null | undefined;
  asOf?: string | null | undefined;
  first: number;
}>;


export type AccessAgainstControlQuery = { ranking: { totalCount: number, progress: { done: number, total: number | null } | null, edges: Array<{ node: { worstCaseLossUsd: number, organization: { id: string, name: string, roles: Array<OrganizationRole>, controlGap: { required: Array<string>, met: Array<string> } | null } } }> } | null };

export type ArtifactExposuresQueryVariables = Exact<{
  core?: WindowInput | null | undefined;
  widest?: WindowInput | null | undefined;
  options?: RadiusOptions | null | undefined;
  owners?: Array<string> | string | null | undefined;
  after?: string | null | undefined;
}>;


export type ArtifactExposuresQuery = { artifactExposures: { totalCount: number, progress: { done: number, total: number | null } | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { count: number, share: number, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, valueHighUsd: number | null, owner: { id: string, name: string } } } }> } | null };

export type WhoCouldExposeQueryVariables = Exact<{
  artifact: string;
  core?: WindowInput | null | undefined;
  widest?: WindowInput | null | undefined;
  options?: RadiusOptions | null | undefined;
  after?: string | null | undefined;
}>;


export type WhoCouldExposeQuery = { artifact: { id: string, name: string, type: ArtifactType, owner: { id: string, name: string }, exposure: { count: number, share: number, organizations: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { tier: Tier, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } } }> } } | null } | null };

export type ConcentrationQueryVariables = Exact<{
  asOf?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type ConcentrationQuery = { concentration: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { herfindahlIndex: number | null, holderCount: number, lab: { id: string, name: string, roles: Array<OrganizationRole> }, holders: Array<{ share: number, holder: { id: string, name: string, roles: Array<OrganizationRole> } }> } }> } };

export type SharedHoldersQueryVariables = Exact<{
  asOf?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type SharedHoldersQuery = { sharedHolders: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { labCount: number, artifactCount: number, holder: { id: string, name: string, roles: Array<OrganizationRole> }, labs: Array<{ id: string, name: string }> } }> } };

export type SharedCopiesQueryVariables = Exact<{
  holder: string;
  asOf: string;
  after?: string | null | undefined;
}>;


export type SharedCopiesQuery = { copies: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, form: CopyForm, rank: number | null, artifact: { id: string, name: string, type: ArtifactType, owner: { id: string, name: string } }, transfer: { id: string, sentAt: string | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } | null } }> } };

export type ControlGapsQueryVariables = Exact<{
  asOf?: string | null | undefined;
  withoutIssuers?: Array<string> | string | null | undefined;
  after?: string | null | undefined;
}>;


export type ControlGapsQuery = { controlGaps: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { highestSensitivity: number, required: Array<string>, met: Array<string>, missing: Array<{ control: string }>, organization: { id: string, name: string, roles: Array<OrganizationRole> } } }> } };

export type CertifiersQueryVariables = Exact<{ [key: string]: never; }>;


export type CertifiersQuery = { organizations: { edges: Array<{ node: { id: string, name: string } }> } };

export type LabSafeguardsQueryVariables = Exact<{
  asOf?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type LabSafeguardsQuery = { labSafeguards: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { providerCount: number, valueUsd: number, auditRight: { providerCount: number, valueUsd: number }, noticeTerm: { providerCount: number, valueUsd: number }, encryption: { providerCount: number, valueUsd: number }, lab: { id: string, name: string, roles: Array<OrganizationRole> } } }> } };

export type LabEngagementsQueryVariables = Exact<{
  lab: string;
  after?: string | null | undefined;
}>;


export type LabEngagementsQuery = { engagements: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, service: string | null, endsAt: string | null, noticeHours: number | null, auditRight: boolean | null, provider: { id: string, name: string, roles: Array<OrganizationRole> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> } };

export type ControlsOfQueryVariables = Exact<{
  organization: string;
  asOf?: string | null | undefined;
}>;


export type ControlsOfQuery = { organization: { id: string, name: string, roles: Array<OrganizationRole>, controlGap: { highestSensitivity: number, because: string, required: Array<string>, met: Array<string>, missing: Array<{ control: string, leastEvidence: EvidenceType, reason: MissingControlReason, held: { evidenceType: EvidenceType, issuedAt: string | null, expiresAt: string | null, issuer: { id: string, name: string } | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } | null }> } | null, controls: { edges: Array<{ node: { control: string, evidenceType: EvidenceType, issuedAt: string | null, expiresAt: string | null, issuer: { id: string, name: string } | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> } } | null };

export type SearchQueryVariables = Exact<{
  text: string;
  kinds?: Array<FoundKind> | FoundKind | null | undefined;
  first: number;
}>;


export type SearchQuery = { search: Array<{ matched: string, found:
      | { __typename: 'Artifact', id: string, name: string, type: ArtifactType, owner: { id: string, name: string } }
      | { __typename: 'Incident', id: string, name: string, state: IncidentState }
      | { __typename: 'Organization', id: string, name: string, roles: Array<OrganizationRole>, aliases: Array<string> }
     }> | null };

export type StartPageQueryVariables = Exact<{ [key: string]: never; }>;


export type StartPageQuery = { about: { isDemo: boolean }, counts: { organizations: number, artifacts: number, transfers: number }, incidents: { totalCount: number, edges: Array<{ node: { id: string, name: string, state: IncidentState, updatedAt: string, origins: Array<{ id: string, name: string }> } }> } };

export type IncidentTotalsQueryVariables = Exact<{
  incident: string;
}>;


export type IncidentTotalsQuery = { blastRadius: { summary: { exposedCount: number, possibleCount: number, affectedLabCount: number, worstCaseLossUsd: number } } | null };

export type RiskiestQueryVariables = Exact<{
  orderBy: RankingOrder;
}>;


export type RiskiestQuery = { ranking: { totalCount: number, edges: Array<{ node: { exposedCount: number, possibleCount: number, labCount: number, dependentCount: number, weightedLossUsd: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } } }> } | null };

export type StandInQueryVariables = Exact<{
  id: string;
}>;


export type StandInQuery = { organization: { id: string } | null, artifact: { id: string } | null };

export type ViewsQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewsQuery = { views: Array<{ id: string, name: string, url: string, by: string, at: string }> };

export type SavedViewQueryVariables = Exact<{
  id: string;
}>;


export type SavedViewQuery = { view: { id: string, name: string, url: string } | null };

export type SaveViewMutationVariables = Exact<{
  input: SaveViewInput;
}>;


export type SaveViewMutation = { saveView: { view: { id: string } | null, userErrors: Array<{ code: string, message: string }> } };

export type DeleteViewMutationVariables = Exact<{
  id: string;
}>;


export type DeleteViewMutation = { deleteView: { deletedId: string | null, userErrors: Array<{ code: string, message: string }> } };

export type ComparedArtifactFragment = { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null };

export type ChangeListFragment = { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> };

export type ComparedFactFragment = { kind: FactChangeKind, factKind: FactKind, factId: string, name: string | null, file: string | null, line: number | null, revision: number | null, at: string | null, by: string | null, fields: Array<{ field: string, before: string | null, after: string | null }>, import: { id: string } | null };

export type CompareRadiusQueryVariables = Exact<{
  was: BlastRadiusInput;
  is: BlastRadiusInput;
  wasActions?: Array<ActionInput> | ActionInput | null | undefined;
  isActions?: Array<ActionInput> | ActionInput | null | undefined;
}>;


export type CompareRadiusQuery = { compareRadius: { before: { summary: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number, weightedLossUsd: number }, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }>, flows: Array<{ exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, exposedWorstCaseLossUsd: number, holder: { hops: number, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } } | null, lab: { id: string, name: string } }> }, after: { summary: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number, weightedLossUsd: number }, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }>, flows: Array<{ exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, exposedWorstCaseLossUsd: number, holder: { hops: number, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } } | null, lab: { id: string, name: string } }> }, changeCounts: Array<{ kind: ChangeKind, count: number }>, left: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, weakened: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, strengthened: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, joined: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, stayed: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, factChanges: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: FactChangeKind, factKind: FactKind, factId: string, name: string | null, file: string | null, line: number | null, revision: number | null, at: string | null, by: string | null, fields: Array<{ field: string, before: string | null, after: string | null }>, import: { id: string } | null } }> } } | null };

export type MoreComparedArtifactsQueryVariables = Exact<{
  was: BlastRadiusInput;
  is: BlastRadiusInput;
  wasActions?: Array<ActionInput> | ActionInput | null | undefined;
  isActions?: Array<ActionInput> | ActionInput | null | undefined;
  kind: ChangeKind;
  after?: string | null | undefined;
}>;


export type MoreComparedArtifactsQuery = { compareRadius: { changes: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> } } | null };

export type MoreComparedFactsQueryVariables = Exact<{
  was: BlastRadiusInput;
  is: BlastRadiusInput;
  wasActions?: Array<ActionInput> | ActionInput | null | undefined;
  isActions?: Array<ActionInput> | ActionInput | null | undefined;
  after?: string | null | undefined;
}>;


export type MoreComparedFactsQuery = { compareRadius: { factChanges: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: FactChangeKind, factKind: FactKind, factId: string, name: string | null, file: string | null, line: number | null, revision: number | null, at: string | null, by: string | null, fields: Array<{ field: string, before: string | null, after: string | null }>, import: { id: string } | null } }> } } | null };

export type WhatIfSumsFragment = { summary: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number, weightedLossUsd: number }, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }> };

export type SideFlowsFragment = { flows: Array<{ exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, exposedWorstCaseLossUsd: number, holder: { hops: number, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } } | null, lab: { id: string, name: string } }> };

export type WhatIfQueryVariables = Exact<{
  input: BlastRadiusInput;
  actions: Array<ActionInput> | ActionInput;
}>;


export type WhatIfQuery = { whatIf: { limits: Array<string>, baseline: { summary: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number, weightedLossUsd: number }, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }> }, scenario: { reached: { totalCount: number, edges: Array<{ node: { organization: { id: string }, path: Array<{ likelihood: number, from: { id: string }, to: { id: string }, access: { id: string } | null }> } }> }, subgraph: { omittedCount: number, links: Array<{ tier: Tier | null, link: { kind: LinkKind, source: string, target: string, count: number } }> } | null, summary: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number, weightedLossUsd: number }, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }>, flows: Array<{ exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, exposedWorstCaseLossUsd: number, holder: { hops: number, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } } | null, lab: { id: string, name: string } }> }, changeCounts: Array<{ kind: ChangeKind, count: number }>, left: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, weakened: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, strengthened: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, joined: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, stayed: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, stopped: { totalCount: number, edges: Array<{ node: { id: string, service: string | null, client: { id: string, name: string }, provider: { id: string, name: string } } }> } } | null };

export type MoreWhatIfChangesQueryVariables = Exact<{
  input: BlastRadiusInput;
  actions: Array<ActionInput> | ActionInput;
  kind: ChangeKind;
  after?: string | null | undefined;
}>;


export type MoreWhatIfChangesQuery = { whatIf: { changes: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> } } | null };

export type ActionAloneQueryVariables = Exact<{
  input: BlastRadiusInput;
  action: ActionInput;
}>;


export type ActionAloneQuery = { whatIf: { baseline: { summary: { worstCaseLossUsd: number } }, scenario: { summary: { worstCaseLossUsd: number } }, changeCounts: Array<{ kind: ChangeKind, count: number }> } | null };

export type BestCutsQueryVariables = Exact<{
  input: BlastRadiusInput;
}>;


export type BestCutsQuery = { bestCuts: Array<{ position: number, removedWeightedLossUsd: number, removedWorstCaseLossUsd: number, remainingWeightedLossUsd: number, because: string, action: { kind: ActionKind, at: string, organization: { id: string, name: string } | null, access: { id: string, kind: AccessKind, grantee: { id: string, name: string }, grantor: { id: string, name: string } } | null, owner: { id: string, name: string } | null } }> | null };

export type FirstLookQueryVariables = Exact<{ [key: string]: never; }>;


export type FirstLookQuery = { revision: number, about: { currentAt: string }, organizations: { totalCount: number, edges: Array<{ node: { id: string, name: string, country: string | null } }> } };

export type WholeOrganizationFragment = { id: string, name: string, roles: Array<OrganizationRole>, aliases: Array<string>, status: OrganizationStatus, website: string | null, country: string | null, contactEmail: string | null, attributes: Array<{ name: string, value: string }>, provenance: { source: string | null } };

export type WholeArtifactFragment = { id: string, name: string, type: ArtifactType, sensitivity: number, valueLowUsd: number | null, valueHighUsd: number | null, modelFamily: string | null, version: string | null, fragmentCount: number | null, usefulPortion: number, owner: { id: string, name: string }, provenance: { source: string | null } };

export type WholeEngagementFragment = { id: string, service: string | null, startsAt: string | null, endsAt: string | null, noticeHours: number | null, auditRight: boolean | null, client: { id: string, name: string }, provider: { id: string, name: string }, attributes: Array<{ name: string, value: string }>, provenance: { source: string | null } };

export type WholeTransferFragment = { id: string, sentAt: string | null, portion: number, fragments: Array<string> | null, form: CopyForm, deletionState: DeletionState, deletedAt: string | null, channel: string | null, confidence: number, records: number | null, bytes: number | null, artifact: { id: string, name: string }, sender: { id: string, name: string }, recipient: { id: string, name: string }, engagement: { id: string } | null, provenance: { source: string | null } };

export type WholeAccessFragment = { id: string, kind: AccessKind, likelihood: number, validFrom: string | null, validUntil: string | null, software: string | null, grantee: { id: string, name: string }, grantor: { id: string, name: string }, provenance: { source: string | null } };

export type WholeRevealsFragment = { degree: number, basis: string | null, artifact: { id: string, name: string }, reveals: { id: string, name: string }, provenance: { source: string | null } };

export type WholeControlFragment = { control: string, evidenceType: EvidenceType, issuedAt: string | null, expiresAt: string | null, organization: { id: string, name: string }, issuer: { id: string, name: string } | null, provenance: { source: string | null } };

type FactName_Access_Fragment = { __typename: 'Access', id: string, grantee: { name: string }, grantor: { name: string } };

type FactName_Artifact_Fragment = { __typename: 'Artifact', id: string, name: string };

type FactName_Control_Fragment = { __typename: 'Control', control: string, organization: { name: string } };

type FactName_Engagement_Fragment = { __typename: 'Engagement', id: string, service: string | null, client: { name: string }, provider: { name: string } };

type FactName_Organization_Fragment = { __typename: 'Organization', id: string, name: string };

type FactName_Reveals_Fragment = { __typename: 'Reveals', artifact: { name: string } };

type FactName_Transfer_Fragment = { __typename: 'Transfer', id: string, artifact: { name: string }, sender: { name: string }, recipient: { name: string } };

export type FactNameFragment =
  | FactName_Access_Fragment
  | FactName_Artifact_Fragment
  | FactName_Control_Fragment
  | FactName_Engagement_Fragment
  | FactName_Organization_Fragment
  | FactName_Reveals_Fragment
  | FactName_Transfer_Fragment
;

export type FactSourceFragment = { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null };

export type NextPageFragment = { hasNextPage: boolean, endCursor: string | null };

export type UserErrorLineFragment = { code: string, message: string, path: Array<string> };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { name: string, role: Role, canExport: boolean, labs: Array<{ id: string, name: string }> | null } };
