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

export type AdvisoryKind =
  | 'MALWARE'
  | 'VULNERABILITY';

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

export type AvailabilityInput = {
  from?: string | null | undefined;
  package?: string | null | undefined;
  source: string;
  until?: string | null | undefined;
  versions?: Array<string> | null | undefined;
};

export type Basis =
  /** A copy of its own has the tier. */
  | 'HELD'
  /** Only an artifact that leads to it has. */
  | 'REVEALED';

/** What an incident supposes. Core and widest each default to the other; both default to the instant of asking. */
export type BlastRadiusInput = {
  core?: WindowInput | null | undefined;
  /** False: no instant is certain, so nothing is EXPOSED (§13). */
  hasCore?: boolean | null | undefined;
  /** A saved incident to start from; a field given beside it takes the place of the incident's own. */
  incident?: string | null | undefined;
  /** Answer from the facts as they were recorded at this instant: what was known then. Default: now. */
  knownAt?: string | null | undefined;
  options?: RadiusOptions | null | undefined;
  /** At most 1,000 with the suspected ones; none only beside one of these. */
  origins?: Array<string> | null | undefined;
  /** What a compromised organization says was touched. A copy at a scoped origin outside its scope is POSSIBLE at most (§4). */
  scope?: Array<ScopeInput> | null | undefined;
  /** May have been compromised: they spread as origins do, and make nothing more than POSSIBLE (§13). */
  suspectedOrigins?: Array<SuspectedOriginInput> | null | undefined;
  widest?: WindowInput | null | undefined;
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

export type ComponentDepth =
  | 'DIRECT'
  | 'TRANSITIVE'
  | 'UNKNOWN';

/** MISSING: by how much is missing, descending, then id. SENSITIVITY: by the level that decides what is required, highest first, then as MISSING. */
export type ControlGapOrder =
  | 'MISSING'
  | 'SENSITIVITY';

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

export type EndpointDetail =
  | 'FULL'
  | 'THIN';

export type EndpointFormat =
  | 'CLOUDEVENTS'
  | 'STANDARD_WEBHOOKS';

export type EndpointState =
  | 'ACTIVE'
  | 'DISABLED'
  | 'FAILING';

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
  {   access: string; artifact?: never; control?: never; engagement?: never; organization?: never; reveals?: never; transfer?: never; }
  |  { access?: never;   artifact: string; control?: never; engagement?: never; organization?: never; reveals?: never; transfer?: never; }
  |  { access?: never; artifact?: never;   control: ControlKey; engagement?: never; organization?: never; reveals?: never; transfer?: never; }
  |  { access?: never; artifact?: never; control?: never;   engagement: string; organization?: never; reveals?: never; transfer?: never; }
  |  { access?: never; artifact?: never; control?: never; engagement?: never;   organization: string; reveals?: never; transfer?: never; }
  |  { access?: never; artifact?: never; control?: never; engagement?: never; organization?: never;   reveals: RevealsKey; transfer?: never; }
  |  { access?: never; artifact?: never; control?: never; engagement?: never; organization?: never; reveals?: never;   transfer: string; };

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
  /** As in FileMapping. */
  areContractsApart?: boolean | null | undefined;
  /** The list's own date, instead of the date that the title or the file's name give. */
  asOf?: string | null | undefined;
  client?: string | null | undefined;
  /** Instead of `client`: an organization to be created, with `clientRole`, LAB by default. */
  clientName?: string | null | undefined;
  /** The role of the client that is created, and of the new clients that the rows of the list name: such a list says nothing about it. */
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
  /** Records the artifacts that an AI bill of materials names, with this type, and their transfers from owner to custodian. */
  materials?: ArtifactType | null | undefined;
  /** Whether a row without a name has that of the row above, as in a table with merged cells. False: such rows are left out. */
  namesAbove?: boolean | null | undefined;
  /** Create the artifacts that a custody list names and nothing describes. */
  newArtifacts?: NewArtifactsInput | null | undefined;
  /** Whose software list this is, and of what (§13). */
  of?: string | null | undefined;
  /** Reject the rows that name such an artifact. */
  rejectUnknownArtifacts?: boolean | null | undefined;
  /** The decision about remarks beside names that state a start, an end, a plan or a status. */
  remarks?: RemarkUse | null | undefined;
  subject?: string | null | undefined;
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

/** What every artifact is that a custody list creates. `owner`: an id or a name; a new one becomes a lab. */
export type NewArtifactsInput = {
  owner: string;
  sensitivity: number;
  type: ArtifactType;
};

/** Exactly one. */
export type NodeRef =
  {   artifact: string; organization?: never; }
  |  { artifact?: never;   organization: string; };

export type NoticeGrouping =
  | 'LAB'
  | 'NOTIFIER';

/** `notifier` null: the notice that nobody owes. */
export type NoticeKey = {
  lab: string;
  notifier?: string | null | undefined;
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

/** `availabilities` stand beside the recorded ones. `origins` and `suspectedOrigins` each replace their half of what the grades tick; an origin without a definite presence stays an origin, and `hasCore` is false if none has one. */
export type ProposalInput = {
  advisory: string;
  availabilities?: Array<AvailabilityInput> | null | undefined;
  discoveredAt?: string | null | undefined;
  origins?: Array<string> | null | undefined;
  suspectedOrigins?: Array<SuspectedOriginInput> | null | undefined;
  treatAsCompromise?: boolean | null | undefined;
};

export type ProposedAs =
  | 'NOT_PROPOSED'
  | 'OFFERED'
  | 'ORIGIN'
  | 'SUSPECTED'
  | 'TO_ASK';

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
  /** Least product of degrees by which a reveal counts, 0 to 1. Default 0.05. */
  minDegree?: number | null | undefined;
  /** Chance that compromise passes along a transfer to its recipient, 0 to 1. Default 0. */
  transferLikelihood?: number | null | undefined;
};

export type RadiusSumBy =
  | 'CHANNEL'
  | 'COUNTRY'
  | 'SENSITIVITY'
  | 'TYPE'
  /** By steps of the worst case on one scale: 0, then 1, 2 and 5 times each power of ten, up to the next step. The key is the lower end; `worstCaseSteps` keeps the artifacts of these steps. */
  | 'WORST_CASE';

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

export type RemarkUse =
  /** A date in a remark starts or ends the engagement, unless a column states it. The remark is kept as text. */
  | 'APPLY'
  /** The rows of such names are left out. */
  | 'LEAVE_OUT'
  | 'TEXT';

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

export type RetractSoftwareInput = {
  advisories?: Array<string> | null | undefined;
  lists?: Array<string> | null | undefined;
  statements?: Array<StatementKey> | null | undefined;
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

/** `package` left out: each affected package. All claims of one source for one advisory; an empty list takes them back. */
export type SaveAvailabilityInput = {
  advisory: string;
  availabilities: Array<AvailabilityInput>;
  source: string;
};

export type SaveEndpointInput = {
  detail?: EndpointDetail | null | undefined;
  format?: EndpointFormat | null | undefined;
  id?: string | null | undefined;
  url: string;
};

/** Without an id it makes a new one; with one, what is left out stays as it is, and null clears. */
export type SaveIncidentInput = {
  cause?: IncidentCause | null | undefined;
  core?: WindowInput | null | undefined;
  discoveredAt?: string | null | undefined;
  hasCore?: boolean | null | undefined;
  id?: string | null | undefined;
  /** CONFLICT where it differs. */
  ifVersion?: number | null | undefined;
  name?: string | null | undefined;
  options?: RadiusOptions | null | undefined;
  origins?: Array<string> | null | undefined;
  /** What it was proposed from; its ticks and claims are kept. */
  proposal?: ProposalInput | null | undefined;
  /** At most 100. Stored with the incident without changing its radius: `whatIf` shows their effect. */
  scenario?: Array<ActionInput> | null | undefined;
  scope?: Array<ScopeInput> | null | undefined;
  state?: IncidentState | null | undefined;
  suspectedOrigins?: Array<SuspectedOriginInput> | null | undefined;
  widest?: WindowInput | null | undefined;
};

export type SaveNoteInput = {
  id?: string | null | undefined;
  on: NodeRef;
  text: string;
};

export type SaveSoftwareStatementInput = {
  advisory: string;
  at?: string | null | undefined;
  justification?: string | null | undefined;
  organization: string;
  source: string;
  state: SoftwareStatementState;
};

export type SaveViewInput = {
  id?: string | null | undefined;
  name: string;
  note?: string | null | undefined;
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

/** 1 to 1,000 notices, all of them or none. What is left out stays as it is, and null clears. */
export type SetNoticesInput = {
  incident: string;
  note?: string | null | undefined;
  notices: Array<NoticeKey>;
  owner?: string | null | undefined;
  state?: NoticeState | null | undefined;
  toldAt?: string | null | undefined;
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

export type SoftwareListFormat =
  | 'ACCESS_FACT'
  | 'CSV'
  | 'CYCLONEDX'
  | 'SPDX';

export type SoftwareStatementState =
  | 'AFFECTED'
  | 'FIXED'
  | 'NOT_AFFECTED'
  | 'UNDER_INVESTIGATION';

export type StatementKey = {
  advisory: string;
  organization: string;
  source: string;
};

export type SuspectedOriginInput = {
  /** Chance that it was compromised, above 0, at most 1. Default 1. */
  likelihood?: number | null | undefined;
  organization: string;
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

/** Puts back what one change of `setNotices` changed, as long as nobody changed it since (CONFLICT). */
export type UndoNoticesInput = {
  change: string;
  incident: string;
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

export type WatchChange =
  | 'JOINED'
  | 'LEFT'
  | 'STRENGTHENED'
  | 'WEAKENED';

export type WatchInput = {
  advisory?: string | null | undefined;
  affectedLabs?: number | null | undefined;
  artifact?: string | null | undefined;
  count?: number | null | undefined;
  endpoints?: Array<string> | null | undefined;
  findings?: Array<FindingKind> | null | undefined;
  first?: number | null | undefined;
  id?: string | null | undefined;
  incident?: string | null | undefined;
  isMuted?: boolean | null | undefined;
  kind: WatchKind;
  lab?: string | null | undefined;
  minTier?: Tier | null | undefined;
  name: string;
  on?: Array<WatchChange> | null | undefined;
  radius?: BlastRadiusInput | null | undefined;
  source?: string | null | undefined;
  withinHours?: number | null | undefined;
  worstCaseLossUsd?: number | null | undefined;
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


export type DemoImportQuery = { imports: { edges: Array<{ node: { state: ImportState, id: string, source: string | null, name: string | null, assertedAt: string | null, failure: string | null, createdBy: string, createdAt: string, committedAt: string | null, undoneAt: string | null, files: Array<{ name: string, sizeBytes: number, sha256: string }>, report: { rows: number, created: number, updated: number, unchanged: number, rejected: number, warnings: Array<string>, asOf: string | null, account: { read: number, used: number, repeated: number, leftOut: number, rejected: number } | null, drift: { since: string, listedBefore: number, newCount: number, againCount: number, goneCount: number } | null, cells: { read: number, used: number, keptAsText: number, leftOut: number, rejected: number, notes: Array<{ file: string, change: CellChange, column: string | null, rule: string, count: number, examples: Array<{ line: number, text: string, becomes: string | null }> }> } | null } | null, progress: { step: string, done: number, total: number | null } | null } }> } };

export type OpenFindingsQueryVariables = Exact<{ [key: string]: never; }>;


export type OpenFindingsQuery = { about: { openFindings: number | null } };

export type PulseQueryVariables = Exact<{ [key: string]: never; }>;


export type PulseQuery = { revision: number, about: { currentAt: string } };

export type AdvisoryListQueryVariables = Exact<{
  text?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type AdvisoryListQuery = { advisories: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, aliases: Array<string>, kind: AdvisoryKind, summary: string, withdrawnAt: string | null, affected: Array<{ package: string }> } }> } };

export type AdvisoryRecordQueryVariables = Exact<{
  advisory: string;
}>;


export type AdvisoryRecordQuery = { advisory: { id: string, aliases: Array<string>, kind: AdvisoryKind, summary: string, knownBy: string | null, withdrawnAt: string | null, references: Array<string>, affected: Array<{ package: string, versions: Array<string>, ranges: Array<string>, ignoredRanges: Array<string> }>, availabilities: Array<{ package: string, versions: Array<string>, from: string | null, until: string | null, source: string }>, provenances: Array<{ assertedAt: string, file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null }> } | null };

export type AdvisoryStripsQueryVariables = Exact<{
  input: ProposalInput;
}>;


export type AdvisoryStripsQuery = { proposeIncident: { withoutPackageCount: number, hull: { from: string | null, until: string | null }, agreed: { from: string | null, until: string | null } | null, present: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { grade: SoftwareGrade, proposedAs: ProposedAs | null, because: string, versions: Array<string>, organization: { id: string, name: string }, statements: Array<{ state: SoftwareStatementState, justification: string | null, at: string | null, source: string }>, sightings: Array<{ package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, list: { id: string, describedAt: string | null, subject: string, format: SoftwareListFormat }, provenance: { file: string | null, line: number | null } }>, presences: Array<{ subject: string, package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, definite: Array<{ from: string, to: string }>, possible: Array<{ from: string | null, until: string | null }> }> } }> }, undated: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { grade: SoftwareGrade, proposedAs: ProposedAs | null, because: string, versions: Array<string>, organization: { id: string, name: string }, statements: Array<{ state: SoftwareStatementState, justification: string | null, at: string | null, source: string }>, sightings: Array<{ package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, list: { id: string, describedAt: string | null, subject: string, format: SoftwareListFormat }, provenance: { file: string | null, line: number | null } }>, presences: Array<{ subject: string, package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, definite: Array<{ from: string, to: string }>, possible: Array<{ from: string | null, until: string | null }> }> } }> }, unknown: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { grade: SoftwareGrade, proposedAs: ProposedAs | null, because: string, versions: Array<string>, organization: { id: string, name: string }, statements: Array<{ state: SoftwareStatementState, justification: string | null, at: string | null, source: string }>, sightings: Array<{ package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, list: { id: string, describedAt: string | null, subject: string, format: SoftwareListFormat }, provenance: { file: string | null, line: number | null } }>, presences: Array<{ subject: string, package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, definite: Array<{ from: string, to: string }>, possible: Array<{ from: string | null, until: string | null }> }> } }> }, between: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { grade: SoftwareGrade, proposedAs: ProposedAs | null, because: string, versions: Array<string>, organization: { id: string, name: string }, statements: Array<{ state: SoftwareStatementState, justification: string | null, at: string | null, source: string }>, sightings: Array<{ package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, list: { id: string, describedAt: string | null, subject: string, format: SoftwareListFormat }, provenance: { file: string | null, line: number | null } }>, presences: Array<{ subject: string, package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, definite: Array<{ from: string, to: string }>, possible: Array<{ from: string | null, until: string | null }> }> } }> }, byName: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { grade: SoftwareGrade, proposedAs: ProposedAs | null, because: string, versions: Array<string>, organization: { id: string, name: string }, statements: Array<{ state: SoftwareStatementState, justification: string | null, at: string | null, source: string }>, sightings: Array<{ package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, list: { id: string, describedAt: string | null, subject: string, format: SoftwareListFormat }, provenance: { file: string | null, line: number | null } }>, presences: Array<{ subject: string, package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, definite: Array<{ from: string, to: string }>, possible: Array<{ from: string | null, until: string | null }> }> } }> }, ruledOut: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { grade: SoftwareGrade, proposedAs: ProposedAs | null, because: string, versions: Array<string>, organization: { id: string, name: string }, statements: Array<{ state: SoftwareStatementState, justification: string | null, at: string | null, source: string }>, sightings: Array<{ package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, list: { id: string, describedAt: string | null, subject: string, format: SoftwareListFormat }, provenance: { file: string | null, line: number | null } }>, presences: Array<{ subject: string, package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, definite: Array<{ from: string, to: string }>, possible: Array<{ from: string | null, until: string | null }> }> } }> }, noList: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { grade: SoftwareGrade, proposedAs: ProposedAs | null, because: string, versions: Array<string>, organization: { id: string, name: string }, statements: Array<{ state: SoftwareStatementState, justification: string | null, at: string | null, source: string }>, sightings: Array<{ package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, list: { id: string, describedAt: string | null, subject: string, format: SoftwareListFormat }, provenance: { file: string | null, line: number | null } }>, presences: Array<{ subject: string, package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, definite: Array<{ from: string, to: string }>, possible: Array<{ from: string | null, until: string | null }> }> } }> } } };

export type MoreStripsQueryVariables = Exact<{
  input: ProposalInput;
  grade: SoftwareGrade;
  after?: string | null | undefined;
}>;


export type MoreStripsQuery = { proposeIncident: { matches: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { grade: SoftwareGrade, proposedAs: ProposedAs | null, because: string, versions: Array<string>, organization: { id: string, name: string }, statements: Array<{ state: SoftwareStatementState, justification: string | null, at: string | null, source: string }>, sightings: Array<{ package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, list: { id: string, describedAt: string | null, subject: string, format: SoftwareListFormat }, provenance: { file: string | null, line: number | null } }>, presences: Array<{ subject: string, package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, definite: Array<{ from: string, to: string }>, possible: Array<{ from: string | null, until: string | null }> }> } }> } } };

export type StripPageFragment = { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { grade: SoftwareGrade, proposedAs: ProposedAs | null, because: string, versions: Array<string>, organization: { id: string, name: string }, statements: Array<{ state: SoftwareStatementState, justification: string | null, at: string | null, source: string }>, sightings: Array<{ package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, list: { id: string, describedAt: string | null, subject: string, format: SoftwareListFormat }, provenance: { file: string | null, line: number | null } }>, presences: Array<{ subject: string, package: string, version: string | null, constraint: string | null, isAffected: boolean, isVersionUnknown: boolean, definite: Array<{ from: string, to: string }>, possible: Array<{ from: string | null, until: string | null }> }> } }> };

export type ProposedRadiusQueryVariables = Exact<{
  input: ProposalInput;
}>;


export type ProposedRadiusQuery = { proposeIncident: { hasCore: boolean, bounds: Array<string>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null, blastRadius: { origins: Array<{ id: string, name: string }>, suspectedOrigins: Array<{ likelihood: number, organization: { id: string, name: string } }>, summary: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, blindSpotCount: number, worstCaseLossUsd: number, weightedLossUsd: number }, labs: { totalCount: number, edges: Array<{ node: { exposedCount: number, possibleCount: number, lab: { id: string, name: string } } }> } } | null } };

export type SaveClaimsMutationVariables = Exact<{
  input: SaveAvailabilityInput;
}>;


export type SaveClaimsMutation = { saveAvailability: { advisory: { id: string } | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type SaveProposalMutationVariables = Exact<{
  input: SaveIncidentInput;
}>;


export type SaveProposalMutation = { saveIncident: { incident: { id: string, name: string } | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type TakeBackAdvisoryMutationVariables = Exact<{
  input: RetractSoftwareInput;
}>;


export type TakeBackAdvisoryMutation = { retractSoftware: { retracted: number, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type OrganizationsToAskQueryVariables = Exact<{
  input: ProposalInput;
  after?: string | null | undefined;
}>;


export type OrganizationsToAskQuery = { proposeIncident: { matches: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { organization: { id: string, name: string, contactEmail: string | null } } }> } } };

export type SaveStatementMutationVariables = Exact<{
  input: SaveSoftwareStatementInput;
}>;


export type SaveStatementMutation = { saveSoftwareStatement: { userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AuditTrailQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AuditTrailQuery = { auditEntries: { totalCount: number, pageInfo: { endCursor: string | null, hasNextPage: boolean }, edges: Array<{ node: { at: string, by: string, from: string, action: string, subject: string | null, outcome: string } }> } };

export type AuditRowFragment = { at: string, by: string, from: string, action: string, subject: string | null, outcome: string };

export type RadiusOrganizationFragment = { id: string, name: string, roles: Array<OrganizationRole> };

export type AffectedRowFragment = { tier: Tier, basis: Basis, isUsable: boolean, likelihood: number, worstCaseLossUsd: number, weightedLossUsd: number, holderCount: number, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, owner: { id: string, name: string } }, portion: { low: number, high: number }, copiesByHolder: Array<{ tier: Tier, count: number, holder: { id: string } }> };

export type RowHoldersFragment = { holderCount: number, copiesByHolder: Array<{ tier: Tier, count: number, holder: { id: string } }> };

export type LabRowFragment = { exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, weightedLossUsd: number, lab: { id: string, name: string } };

export type TotalsFragment = { exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, weightedLossUsd: number, records: { low: number, high: number, unknownCount: number }, bytes: { low: number, high: number, unknownCount: number } };

export type BlastRadiusQueryVariables = Exact<{
  input: BlastRadiusInput;
  tiers?: Array<Tier> | Tier | null | undefined;
  owners?: Array<string> | string | null | undefined;
  holders?: Array<string> | string | null | undefined;
  types?: Array<ArtifactType> | ArtifactType | null | undefined;
  minSensitivity?: number | null | undefined;
  sensitivities?: Array<number> | number | null | undefined;
  worstCaseSteps?: Array<number> | number | null | undefined;
  countries?: Array<string> | string | null | undefined;
  channels?: Array<string> | string | null | undefined;
  text?: string | null | undefined;
  orderBy: ExposedArtifactOrder;
  buckets: number;
}>;


export type BlastRadiusQuery = { blastRadius: { revision: number, answeredAt: string, knownAt: string | null, maxHops: number, transferLikelihood: number, minDegree: number, hasCore: boolean, origins: Array<{ id: string, name: string, roles: Array<OrganizationRole> }>, suspectedOrigins: Array<{ likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } }>, core: { from: string, to: string }, widest: { from: string, to: string }, summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, blindSpotCount: number, worstCaseLossUsd: number, weightedLossUsd: number }, reached: { totalCount: number, edges: Array<{ node: { hops: number, isSuspected: boolean, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> }, path: Array<{ likelihood: number, from: { id: string }, to: { id: string }, access: { id: string, validFrom: string | null, validUntil: string | null } | null }> } }> }, artifacts: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { tier: Tier, basis: Basis, isUsable: boolean, likelihood: number, worstCaseLossUsd: number, weightedLossUsd: number, holderCount: number, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, owner: { id: string, name: string } }, portion: { low: number, high: number }, copiesByHolder: Array<{ tier: Tier, count: number, holder: { id: string } }> } }> }, totals: { exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, weightedLossUsd: number, records: { low: number, high: number, unknownCount: number }, bytes: { low: number, high: number, unknownCount: number } }, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }>, allLabTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }>, labs: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, weightedLossUsd: number, lab: { id: string, name: string } } }> }, certainty: { undatedCount: number, attestedCount: number }, otherCopies: { totalCount: number }, dependents: { totalCount: number }, timeline: Array<{ from: string, until: string, definiteCount: number, possibleCount: number }> | null, subgraph: { omittedCount: number, links: Array<{ link: { source: string, target: string } }> } | null } | null, allLabs: { totalCount: number } };

export type RadiusFlowsQueryVariables = Exact<{
  input: BlastRadiusInput;
  tiers?: Array<Tier> | Tier | null | undefined;
  owners?: Array<string> | string | null | undefined;
  holders?: Array<string> | string | null | undefined;
  types?: Array<ArtifactType> | ArtifactType | null | undefined;
  minSensitivity?: number | null | undefined;
  sensitivities?: Array<number> | number | null | undefined;
  worstCaseSteps?: Array<number> | number | null | undefined;
  countries?: Array<string> | string | null | undefined;
  channels?: Array<string> | string | null | undefined;
  text?: string | null | undefined;
}>;


export type RadiusFlowsQuery = { blastRadius: { revision: number, flows: Array<{ exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, exposedWorstCaseLossUsd: number, holder: { hops: number, isSuspected: boolean, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } } | null, lab: { id: string } }> } | null };

export type MoreArtifactsQueryVariables = Exact<{
  input: BlastRadiusInput;
  tiers?: Array<Tier> | Tier | null | undefined;
  owners?: Array<string> | string | null | undefined;
  holders?: Array<string> | string | null | undefined;
  types?: Array<ArtifactType> | ArtifactType | null | undefined;
  minSensitivity?: number | null | undefined;
  sensitivities?: Array<number> | number | null | undefined;
  worstCaseSteps?: Array<number> | number | null | undefined;
  countries?: Array<string> | string | null | undefined;
  channels?: Array<string> | string | null | undefined;
  text?: string | null | undefined;
  orderBy: ExposedArtifactOrder;
  after?: string | null | undefined;
}>;


export type MoreArtifactsQuery = { blastRadius: { artifacts: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { tier: Tier, basis: Basis, isUsable: boolean, likelihood: number, worstCaseLossUsd: number, weightedLossUsd: number, holderCount: number, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, owner: { id: string, name: string } }, portion: { low: number, high: number }, copiesByHolder: Array<{ tier: Tier, count: number, holder: { id: string } }> } }> } } | null };

export type MoreLabsQueryVariables = Exact<{
  input: BlastRadiusInput;
  after?: string | null | undefined;
}>;


export type MoreLabsQuery = { blastRadius: { labs: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, weightedLossUsd: number, lab: { id: string, name: string } } }> } } | null };

export type OriginExistsQueryVariables = Exact<{
  id: string;
}>;


export type OriginExistsQuery = { organization: { id: string } | null };

export type RadiusSumsQueryVariables = Exact<{
  input: BlastRadiusInput;
  by: RadiusSumBy;
  tiers?: Array<Tier> | Tier | null | undefined;
  owners?: Array<string> | string | null | undefined;
  holders?: Array<string> | string | null | undefined;
  types?: Array<ArtifactType> | ArtifactType | null | undefined;
  minSensitivity?: number | null | undefined;
  sensitivities?: Array<number> | number | null | undefined;
  worstCaseSteps?: Array<number> | number | null | undefined;
  countries?: Array<string> | string | null | undefined;
  channels?: Array<string> | string | null | undefined;
  text?: string | null | undefined;
}>;


export type RadiusSumsQuery = { blastRadius: { sums: Array<{ key: string | null, exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, weightedLossUsd: number }> } | null };

export type HolderTimeRowFragment = { definiteCounts: Array<number>, possibleCounts: Array<number>, unreadableCounts: Array<number>, worstCaseUsd: Array<number>, definiteWorstCaseUsd: Array<number>, receivedCounts: Array<number>, deletedCounts: Array<number>, firstReceivedAt: string | null, undatedCount: number, receivedInWindowCount: number, deletedInWindowCount: number, deletedBeforeCount: number, lastDeletedBeforeAt: string | null, holder: { hops: number, isSuspected: boolean, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } }, lab: { id: string, name: string } | null };

export type HolderTimesQueryVariables = Exact<{
  input: BlastRadiusInput;
  span?: WindowInput | null | undefined;
}>;


export type HolderTimesQuery = { blastRadius: { revision: number, holderTimeline: { totalCount: number, instants: Array<string>, edges: Array<{ node: { definiteCounts: Array<number>, possibleCounts: Array<number>, unreadableCounts: Array<number>, worstCaseUsd: Array<number>, definiteWorstCaseUsd: Array<number>, receivedCounts: Array<number>, deletedCounts: Array<number>, firstReceivedAt: string | null, undatedCount: number, receivedInWindowCount: number, deletedInWindowCount: number, deletedBeforeCount: number, lastDeletedBeforeAt: string | null, holder: { hops: number, isSuspected: boolean, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } }, lab: { id: string, name: string } | null } }> } | null } | null };

export type LabTimesQueryVariables = Exact<{
  input: BlastRadiusInput;
  holders?: Array<string> | string | null | undefined;
  span?: WindowInput | null | undefined;
}>;


export type LabTimesQuery = { blastRadius: { revision: number, holderTimeline: { totalCount: number, instants: Array<string>, edges: Array<{ node: { definiteCounts: Array<number>, possibleCounts: Array<number>, unreadableCounts: Array<number>, worstCaseUsd: Array<number>, definiteWorstCaseUsd: Array<number>, receivedCounts: Array<number>, deletedCounts: Array<number>, firstReceivedAt: string | null, undatedCount: number, receivedInWindowCount: number, deletedInWindowCount: number, deletedBeforeCount: number, lastDeletedBeforeAt: string | null, holder: { hops: number, isSuspected: boolean, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } }, lab: { id: string, name: string } | null } }> } | null } | null };

export type HolderPartnersQueryVariables = Exact<{
  of: Array<NodeRef> | NodeRef;
  input: BlastRadiusInput;
}>;


export type HolderPartnersQuery = { neighborhood: { omittedCount: number, nodes: Array<{ key: string, organization: { id: string, name: string, roles: Array<OrganizationRole> } | null }>, links: Array<{ source: string, target: string, count: number }> } | null, blastRadius: { revision: number, notifiers: { edges: Array<{ node: { id: string } }> } } | null };

export type RadiusCountriesQueryVariables = Exact<{
  input: BlastRadiusInput;
}>;


export type RadiusCountriesQuery = { blastRadius: { revision: number, reached: { edges: Array<{ node: { organization: { id: string, country: string | null } } }> } } | null };

export type HopFiguresFragment = { summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number } };

export type SpreadFiguresQueryVariables = Exact<{
  h0: BlastRadiusInput;
  h1: BlastRadiusInput;
  h2: BlastRadiusInput;
  h3: BlastRadiusInput;
  h4: BlastRadiusInput;
  h5: BlastRadiusInput;
  h6: BlastRadiusInput;
  h7: BlastRadiusInput;
  h8: BlastRadiusInput;
  h9: BlastRadiusInput;
  h10: BlastRadiusInput;
  has2: boolean;
  has3: boolean;
  has4: boolean;
  has5: boolean;
  has6: boolean;
  has7: boolean;
  has8: boolean;
  has9: boolean;
  has10: boolean;
}>;


export type SpreadFiguresQuery = { h0: { summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number } } | null, h1: { summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number } } | null, h2?: { summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number } } | null, h3?: { summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number } } | null, h4?: { summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number } } | null, h5?: { summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number } } | null, h6?: { summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number } } | null, h7?: { summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number } } | null, h8?: { summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number } } | null, h9?: { summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number } } | null, h10?: { summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number } } | null };

export type AtInstantQueryVariables = Exact<{
  there: BlastRadiusInput;
  until: BlastRadiusInput;
}>;


export type AtInstantQuery = { there: { revision: number, flows: Array<{ exposedCount: number, possibleCount: number, containedCount: number, holder: { organization: { id: string } } | null }>, subgraph: { omittedCount: number, links: Array<{ tier: Tier | null, link: { kind: LinkKind, source: string, target: string } }> } | null } | null, until: { revision: number, summary: { reachedCount: number }, reached: { totalCount: number, edges: Array<{ node: { organization: { id: string } } }> } } | null };

export type IncidentLineFragment = { id: string, version: number, name: string, state: IncidentState, hasCore: boolean, updatedAt: string, origins: Array<{ id: string, name: string }>, suspectedOrigins: Array<{ likelihood: number, organization: { id: string, name: string } }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null };

export type IncidentsQueryVariables = Exact<{ [key: string]: never; }>;


export type IncidentsQuery = { incidents: { totalCount: number, edges: Array<{ node: { id: string, version: number, name: string, state: IncidentState, hasCore: boolean, updatedAt: string, origins: Array<{ id: string, name: string }>, suspectedOrigins: Array<{ likelihood: number, organization: { id: string, name: string } }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null } }> } };

export type SaveIncidentMutationVariables = Exact<{
  input: SaveIncidentInput;
}>;


export type SaveIncidentMutation = { saveIncident: { incident: { id: string, version: number, name: string, state: IncidentState, hasCore: boolean, updatedAt: string, origins: Array<{ id: string, name: string }>, suspectedOrigins: Array<{ likelihood: number, organization: { id: string, name: string } }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null } | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type BeginningQueryVariables = Exact<{ [key: string]: never; }>;


export type BeginningQuery = { counts: { organizations: number } };

export type OriginNamesQueryVariables = Exact<{
  first: string;
  second: string;
  third: string;
}>;


export type OriginNamesQuery = { first: { id: string, name: string } | null, second: { id: string, name: string } | null, third: { id: string, name: string } | null };

export type SavedIncidentFragment = { discoveredAt: string | null, maxHops: number, transferLikelihood: number, minDegree: number, id: string, version: number, name: string, state: IncidentState, hasCore: boolean, updatedAt: string, scope: Array<{ origin: { id: string } }>, scenario: Array<{ kind: ActionKind, at: string, organization: { id: string, name: string } | null, access: { id: string, kind: AccessKind, grantee: { id: string, name: string }, grantor: { id: string, name: string } } | null, owner: { id: string, name: string } | null }>, origins: Array<{ id: string, name: string }>, suspectedOrigins: Array<{ likelihood: number, organization: { id: string, name: string } }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null };

export type ScenarioActionFragment = { kind: ActionKind, at: string, organization: { id: string, name: string } | null, access: { id: string, kind: AccessKind, grantee: { id: string, name: string }, grantor: { id: string, name: string } } | null, owner: { id: string, name: string } | null };

export type SavedIncidentQueryVariables = Exact<{
  id: string;
}>;


export type SavedIncidentQuery = { incident: { discoveredAt: string | null, maxHops: number, transferLikelihood: number, minDegree: number, id: string, version: number, name: string, state: IncidentState, hasCore: boolean, updatedAt: string, scope: Array<{ origin: { id: string } }>, scenario: Array<{ kind: ActionKind, at: string, organization: { id: string, name: string } | null, access: { id: string, kind: AccessKind, grantee: { id: string, name: string }, grantor: { id: string, name: string } } | null, owner: { id: string, name: string } | null }>, origins: Array<{ id: string, name: string }>, suspectedOrigins: Array<{ likelihood: number, organization: { id: string, name: string } }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null } | null };

export type SavedVersionQueryVariables = Exact<{
  id: string;
}>;


export type SavedVersionQuery = { incident: { version: number } | null };

export type ChainStepFragment = { id: string, sentAt: string | null, form: CopyForm, sender: { id: string, name: string, roles: Array<OrganizationRole> }, recipient: { id: string, name: string, roles: Array<OrganizationRole> }, engagement: { id: string, service: string | null } | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } };

export type ArtifactWaysQueryVariables = Exact<{
  input: BlastRadiusInput;
  id: string;
}>;


export type ArtifactWaysQuery = { blastRadius: { artifacts: { edges: Array<{ node: { tier: Tier, basis: Basis, isUsable: boolean, likelihood: number, weightedLossUsd: number, worstCaseLossUsd: number, wayCount: number, holderCount: number, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, usefulPortion: number, fragmentCount: number | null, valueLowUsd: number | null, valueHighUsd: number | null, owner: { id: string, name: string, roles: Array<OrganizationRole> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }, portion: { low: number, high: number }, records: { low: number, high: number, isUnknown: boolean }, bytes: { low: number, high: number, isUnknown: boolean }, everyWay: Array<{ tier: Tier, yieldShare: number, reveals: Array<{ degree: number }>, copy: { fragments: Array<string> | null } }>, ways: Array<{ tier: Tier, chance: number, yieldShare: number, because: string, holder: { hops: number, isSuspected: boolean, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } }, reveals: Array<{ degree: number, basis: string | null, artifact: { id: string, name: string }, reveals: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }>, copy: { id: string, kind: CopyKind, form: CopyForm, deletionState: DeletionState, portion: number, fragments: Array<string> | null, rank: number | null, artifact: { id: string, name: string, fragmentCount: number | null, owner: { id: string, name: string, roles: Array<OrganizationRole> } }, transfer: { id: string, sentAt: string | null, deletedAt: string | null } | null, chain: Array<{ id: string, sentAt: string | null, form: CopyForm, sender: { id: string, name: string, roles: Array<OrganizationRole> }, recipient: { id: string, name: string, roles: Array<OrganizationRole> }, engagement: { id: string, service: string | null } | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }> } }>, copiesByHolder: Array<{ tier: Tier, count: number, holder: { id: string } }> } }> } } | null };

export type IntegrityQueryVariables = Exact<{
  input: BlastRadiusInput;
  after?: string | null | undefined;
}>;


export type IntegrityQuery = { blastRadius: { hasCore: boolean, integrity: { labs: { totalCount: number, edges: Array<{ node: { id: string, name: string } }> }, tainted: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { since: string, isSinceKnown: boolean, isSuspected: boolean, firstDated: string | null, chainLength: number, artifact: { id: string, name: string }, holder: { id: string, name: string, roles: Array<OrganizationRole> }, chain: Array<{ id: string, sentAt: string | null, form: CopyForm, sender: { id: string, name: string, roles: Array<OrganizationRole> }, recipient: { id: string, name: string, roles: Array<OrganizationRole> }, engagement: { id: string, service: string | null } | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }> } }> } } | null } | null };

export type LossQueryVariables = Exact<{
  input: BlastRadiusInput;
  runs: number;
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


export type FindingCountsQuery = { findings: { batch: { name: string, instant: string, behind: number } | null, progress: { done: number, total: number | null } | null, counts: Array<{ kind: FindingKind, open: number, accepted: number }> } };

export type FindingsQueryVariables = Exact<{
  kinds?: Array<FindingKind> | FindingKind | null | undefined;
  isAccepted?: boolean | null | undefined;
  after?: string | null | undefined;
}>;


export type FindingsQuery = { findings: { totalCount: number, batch: { name: string, instant: string, behind: number } | null, progress: { done: number, total: number | null } | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, kind: FindingKind, message: string, acceptance: { reason: string, by: string, at: string, until: string | null } | null, facts: Array<
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

export type EndpointLineFragment = { id: string, url: string, format: EndpointFormat, detail: EndpointDetail, state: EndpointState, createdAt: string, deliveries: Array<{ event: string, attempt: number, at: string, status: number | null, error: string | null, nextAt: string | null }> };

export type EndpointsQueryVariables = Exact<{ [key: string]: never; }>;


export type EndpointsQuery = { endpoints: Array<{ id: string, url: string, format: EndpointFormat, detail: EndpointDetail, state: EndpointState, createdAt: string, deliveries: Array<{ event: string, attempt: number, at: string, status: number | null, error: string | null, nextAt: string | null }> }> };

export type SaveEndpointMutationVariables = Exact<{
  input: SaveEndpointInput;
}>;


export type SaveEndpointMutation = { saveEndpoint: { secret: string | null, endpoint: { id: string, url: string } | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type RotateEndpointSecretMutationVariables = Exact<{
  id: string;
}>;


export type RotateEndpointSecretMutation = { rotateEndpointSecret: { secret: string | null, endpoint: { id: string, url: string } | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type TestEndpointMutationVariables = Exact<{
  id: string;
}>;


export type TestEndpointMutation = { testEndpoint: { delivery: { status: number | null, error: string | null } | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ReplayEventMutationVariables = Exact<{
  event: string;
  endpoint: string;
}>;


export type ReplayEventMutation = { replayEvent: { delivery: { nextAt: string | null } | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type DeleteEndpointMutationVariables = Exact<{
  id: string;
}>;


export type DeleteEndpointMutation = { deleteEndpoint: { deletedId: string | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ExploreNodeFragment = { key: string, organization: { id: string, name: string, roles: Array<OrganizationRole>, status: OrganizationStatus, country: string | null, custody: { copyCount: number, labCount: number, lastReceivedAt: string | null, meanValueUsd: number }, sent: { totalCount: number }, provenance: { file: string | null, line: number | null, assertedBy: string } } | null, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, owner: { id: string, name: string }, copies: { totalCount: number }, provenance: { file: string | null, line: number | null, assertedBy: string } } | null, linkCounts: Array<{ kind: LinkKind, incoming: number, outgoing: number }> };

export type ExploreLinkFragment = { key: string, kind: LinkKind, source: string, target: string, count: number, readableCount: number | null };

export type NeighborhoodQueryVariables = Exact<{
  of: Array<NodeRef> | NodeRef;
  kinds?: Array<LinkKind> | LinkKind | null | undefined;
  validIn?: WindowInput | null | undefined;
  maxNodes: number;
}>;


export type NeighborhoodQuery = { neighborhood: { omittedCount: number, nodes: Array<{ key: string, organization: { id: string, name: string, roles: Array<OrganizationRole>, status: OrganizationStatus, country: string | null, custody: { copyCount: number, labCount: number, lastReceivedAt: string | null, meanValueUsd: number }, sent: { totalCount: number }, provenance: { file: string | null, line: number | null, assertedBy: string } } | null, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, owner: { id: string, name: string }, copies: { totalCount: number }, provenance: { file: string | null, line: number | null, assertedBy: string } } | null, linkCounts: Array<{ kind: LinkKind, incoming: number, outgoing: number }> }>, links: Array<{ key: string, kind: LinkKind, source: string, target: string, count: number, readableCount: number | null }> } | null };

export type ExploreStartQueryVariables = Exact<{ [key: string]: never; }>;


export type ExploreStartQuery = { about: { isDemo: boolean }, counts: { organizations: number, artifacts: number, transfers: number }, labs: { totalCount: number, edges: Array<{ node: { id: string } }> }, first: { edges: Array<{ node: { id: string } }> } };

export type NodeExistsQueryVariables = Exact<{
  organization: string;
  artifact: string;
}>;


export type NodeExistsQuery = { organization: { id: string, name: string } | null, artifact: { id: string, name: string, owner: { id: string } } | null };

export type OverlayQueryVariables = Exact<{
  input: BlastRadiusInput;
}>;


export type OverlayQuery = { blastRadius: { revision: number, maxHops: number, origins: Array<{ id: string, name: string }>, core: { from: string, to: string }, widest: { from: string, to: string }, summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number }, reached: { totalCount: number, edges: Array<{ node: { hops: number, likelihood: number, organization: { id: string, name: string }, path: Array<{ from: { id: string }, to: { id: string }, access: { id: string } | null }> } }> }, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }>, flows: Array<{ exposedCount: number, possibleCount: number, containedCount: number, holder: { organization: { id: string } } | null }>, notifiers: { totalCount: number, edges: Array<{ node: { id: string, name: string } }> }, dependents: { edges: Array<{ node: { organization: { id: string }, path: Array<{ provider: { id: string, name: string } }> } }> } } | null };

export type OverlayWaysQueryVariables = Exact<{
  input: BlastRadiusInput;
  drawn: Array<string> | string;
}>;


export type OverlayWaysQuery = { blastRadius: { revision: number, drawn: { edges: Array<{ node: { tier: Tier, artifact: { id: string } } }> }, artifacts: { totalCount: number, edges: Array<{ node: { wayCount: number, artifact: { id: string }, ways: Array<{ tier: Tier, copy: { artifact: { id: string, owner: { id: string } }, holder: { id: string }, chain: Array<{ sender: { id: string }, recipient: { id: string } }> } }> } }> } } | null };

export type OverlayWithQueryVariables = Exact<{
  input: BlastRadiusInput;
}>;


export type OverlayWithQuery = { blastRadius: { summary: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number } } | null };

export type OverlayMustTellQueryVariables = Exact<{
  incident: string;
  notifier: string;
}>;


export type OverlayMustTellQuery = { incident: { notices: { totalCount: number, edges: Array<{ node: { lab: { id: string, name: string } } }> } } | null };

export type PathsQueryVariables = Exact<{
  from: NodeRef;
  to: NodeRef;
  custodyFrom: NodeRef;
  custodyTo: NodeRef;
  artifact?: string | null | undefined;
  isCustodyDirected: boolean;
  isDirected: boolean;
  custody: boolean;
  access: boolean;
  engagements: boolean;
  mixed: boolean;
  all: boolean;
}>;


export type PathsQuery = { custody?: Array<{ isCustody: boolean, nodes: Array<{ key: string, organization: { id: string, name: string, roles: Array<OrganizationRole> } | null, artifact: { id: string, name: string, type: ArtifactType } | null }>, links: Array<{ key: string, kind: LinkKind, source: string, target: string, count: number, facts: { totalCount: number, edges: Array<{ node:
            | { __typename: 'Access', id: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Artifact', id: string, name: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Control' }
            | { __typename: 'Engagement', id: string, service: string | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Organization' }
            | { __typename: 'Reveals', degree: number, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Transfer', id: string, sentAt: string | null, artifact: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
           }> } }> }> | null, access?: Array<{ isCustody: boolean, nodes: Array<{ key: string, organization: { id: string, name: string, roles: Array<OrganizationRole> } | null, artifact: { id: string, name: string, type: ArtifactType } | null }>, links: Array<{ key: string, kind: LinkKind, source: string, target: string, count: number, facts: { totalCount: number, edges: Array<{ node:
            | { __typename: 'Access', id: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Artifact', id: string, name: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Control' }
            | { __typename: 'Engagement', id: string, service: string | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Organization' }
            | { __typename: 'Reveals', degree: number, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Transfer', id: string, sentAt: string | null, artifact: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
           }> } }> }> | null, engagements?: Array<{ isCustody: boolean, nodes: Array<{ key: string, organization: { id: string, name: string, roles: Array<OrganizationRole> } | null, artifact: { id: string, name: string, type: ArtifactType } | null }>, links: Array<{ key: string, kind: LinkKind, source: string, target: string, count: number, facts: { totalCount: number, edges: Array<{ node:
            | { __typename: 'Access', id: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Artifact', id: string, name: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Control' }
            | { __typename: 'Engagement', id: string, service: string | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Organization' }
            | { __typename: 'Reveals', degree: number, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Transfer', id: string, sentAt: string | null, artifact: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
           }> } }> }> | null, mixed?: Array<{ isCustody: boolean, nodes: Array<{ key: string, organization: { id: string, name: string, roles: Array<OrganizationRole> } | null, artifact: { id: string, name: string, type: ArtifactType } | null }>, links: Array<{ key: string, kind: LinkKind, source: string, target: string, count: number, facts: { totalCount: number, edges: Array<{ node:
            | { __typename: 'Access', id: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Artifact', id: string, name: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Control' }
            | { __typename: 'Engagement', id: string, service: string | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Organization' }
            | { __typename: 'Reveals', degree: number, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Transfer', id: string, sentAt: string | null, artifact: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
           }> } }> }> | null, all?: Array<{ isCustody: boolean, nodes: Array<{ key: string, organization: { id: string, name: string, roles: Array<OrganizationRole> } | null, artifact: { id: string, name: string, type: ArtifactType } | null }>, links: Array<{ key: string, kind: LinkKind, source: string, target: string, count: number, facts: { totalCount: number, edges: Array<{ node:
            | { __typename: 'Access', id: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Artifact', id: string, name: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Control' }
            | { __typename: 'Engagement', id: string, service: string | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Organization' }
            | { __typename: 'Reveals', degree: number, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
            | { __typename: 'Transfer', id: string, sentAt: string | null, artifact: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
           }> } }> }> | null };

export type FoundPathFragment = { isCustody: boolean, nodes: Array<{ key: string, organization: { id: string, name: string, roles: Array<OrganizationRole> } | null, artifact: { id: string, name: string, type: ArtifactType } | null }>, links: Array<{ key: string, kind: LinkKind, source: string, target: string, count: number, facts: { totalCount: number, edges: Array<{ node:
          | { __typename: 'Access', id: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
          | { __typename: 'Artifact', id: string, name: string, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
          | { __typename: 'Control' }
          | { __typename: 'Engagement', id: string, service: string | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
          | { __typename: 'Organization' }
          | { __typename: 'Reveals', degree: number, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
          | { __typename: 'Transfer', id: string, sentAt: string | null, artifact: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
         }> } }> };

export type ImportSummaryFragment = { id: string, state: ImportState, source: string | null, name: string | null, assertedAt: string | null, failure: string | null, createdBy: string, createdAt: string, committedAt: string | null, undoneAt: string | null, files: Array<{ name: string, sizeBytes: number, sha256: string }>, report: { rows: number, created: number, updated: number, unchanged: number, rejected: number, warnings: Array<string>, asOf: string | null, account: { read: number, used: number, repeated: number, leftOut: number, rejected: number } | null, drift: { since: string, listedBefore: number, newCount: number, againCount: number, goneCount: number } | null, cells: { read: number, used: number, keptAsText: number, leftOut: number, rejected: number, notes: Array<{ file: string, change: CellChange, column: string | null, rule: string, count: number, examples: Array<{ line: number, text: string, becomes: string | null }> }> } | null } | null, progress: { step: string, done: number, total: number | null } | null };

export type ImportDetailQueryVariables = Exact<{
  id: string;
}>;


export type ImportDetailQuery = { import: { mappingDocument: string | null, id: string, state: ImportState, source: string | null, name: string | null, assertedAt: string | null, failure: string | null, createdBy: string, createdAt: string, committedAt: string | null, undoneAt: string | null, skipLoss: { sentence: string } | null, questions: Array<{ id: string, kind: ImportQuestionKind, file: string | null, index: number | null, message: string, choices: Array<string>, proposed: string | null, isOptional: boolean, refused: Array<{ choice: string, because: string }> }>, files: Array<{ encoding: string, delimiter: string, headerLine: number, preamble: Array<string>, header: Array<string>, sample: Array<Array<string>>, name: string, sizeBytes: number, sha256: string, mapping: { kinds: Array<FactKind>, dateOrder: DateOrder | null, areContractsApart: boolean, asOf: string | null, asOfBecause: string | null, client: { id: string, name: string } | null, columns: Array<{ index: number, column: string, use: ColumnUse, kind: FactKind | null, field: string | null, control: string | null, confidence: number, because: string, dateOrder: DateOrder | null }> } }>, causes: Array<{ code: string, column: string | null, count: number, isConsequence: boolean, example: { file: string, line: number, message: string } }>, report: { rows: number, created: number, updated: number, unchanged: number, rejected: number, warnings: Array<string>, asOf: string | null, account: { read: number, used: number, repeated: number, leftOut: number, rejected: number } | null, drift: { since: string, listedBefore: number, newCount: number, againCount: number, goneCount: number } | null, cells: { read: number, used: number, keptAsText: number, leftOut: number, rejected: number, notes: Array<{ file: string, change: CellChange, column: string | null, rule: string, count: number, examples: Array<{ line: number, text: string, becomes: string | null }> }> } | null } | null, progress: { step: string, done: number, total: number | null } | null } | null };

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

export type RespondentNameQueryVariables = Exact<{
  id: string;
}>;


export type RespondentNameQuery = { organization: { id: string, name: string } | null };

export type ImportHistoryQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type ImportHistoryQuery = { imports: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, state: ImportState, source: string | null, name: string | null, assertedAt: string | null, failure: string | null, createdBy: string, createdAt: string, committedAt: string | null, undoneAt: string | null, files: Array<{ name: string, sizeBytes: number, sha256: string }>, report: { rows: number, created: number, updated: number, unchanged: number, rejected: number, warnings: Array<string>, asOf: string | null, account: { read: number, used: number, repeated: number, leftOut: number, rejected: number } | null, drift: { since: string, listedBefore: number, newCount: number, againCount: number, goneCount: number } | null, cells: { read: number, used: number, keptAsText: number, leftOut: number, rejected: number, notes: Array<{ file: string, change: CellChange, column: string | null, rule: string, count: number, examples: Array<{ line: number, text: string, becomes: string | null }> }> } | null } | null, progress: { step: string, done: number, total: number | null } | null } }> } };

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


export type IncidentListQuery = { incidents: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string, name: string, state: IncidentState, cause: IncidentCause, discoveredAt: string | null, updatedAt: string, origins: Array<{ id: string, name: string }> } }> } };

export type IncidentsStateQueryVariables = Exact<{ [key: string]: never; }>;


export type IncidentsStateQuery = { incidents: { edges: Array<{ cursor: string }> } };

export type IncidentRowQueryVariables = Exact<{
  incident: string;
  after?: string | null | undefined;
}>;


export type IncidentRowQuery = { incident: { blastRadius: { summary: { exposedCount: number, possibleCount: number, affectedLabCount: number } } | null, notices: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { dueAt: string | null, state: NoticeState } }> } } | null };

export type IncidentWholeFragment = { id: string, version: number, name: string, state: IncidentState, discoveredAt: string | null, updatedAt: string, hasCore: boolean, maxHops: number, transferLikelihood: number, minDegree: number, cause: IncidentCause, origins: Array<{ id: string, name: string, roles: Array<OrganizationRole> }>, suspectedOrigins: Array<{ likelihood: number, organization: { id: string, name: string } }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null, scope: Array<{ channels: Array<string>, origin: { id: string, name: string }, artifacts: Array<{ id: string, name: string }>, engagements: Array<{ id: string, service: string | null }> }>, advisory: { id: string } | null, scenario: Array<{ kind: ActionKind, at: string, organization: { id: string, name: string } | null, access: { id: string, kind: AccessKind, grantee: { id: string, name: string }, grantor: { id: string, name: string } } | null, owner: { id: string, name: string } | null }>, entries: { totalCount: number } };

export type IncidentProposalQueryVariables = Exact<{
  incident: string;
}>;


export type IncidentProposalQuery = { incident: { proposal: { revision: number, treatAsCompromise: boolean, availabilities: Array<{ source: string, from: string | null, until: string | null }>, matches: Array<{ grade: SoftwareGrade, because: string, gradeNow: SoftwareGrade, organization: { id: string, name: string } }> } | null } | null };

export type IncidentStateQueryVariables = Exact<{
  incident: string;
}>;


export type IncidentStateQuery = { incident: { version: number, entries: { totalCount: number } } | null };

export type OneIncidentQueryVariables = Exact<{
  incident: string;
}>;


export type OneIncidentQuery = { incident: { id: string, version: number, name: string, state: IncidentState, discoveredAt: string | null, updatedAt: string, hasCore: boolean, maxHops: number, transferLikelihood: number, minDegree: number, cause: IncidentCause, origins: Array<{ id: string, name: string, roles: Array<OrganizationRole> }>, suspectedOrigins: Array<{ likelihood: number, organization: { id: string, name: string } }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null, scope: Array<{ channels: Array<string>, origin: { id: string, name: string }, artifacts: Array<{ id: string, name: string }>, engagements: Array<{ id: string, service: string | null }> }>, advisory: { id: string } | null, scenario: Array<{ kind: ActionKind, at: string, organization: { id: string, name: string } | null, access: { id: string, kind: AccessKind, grantee: { id: string, name: string }, grantor: { id: string, name: string } } | null, owner: { id: string, name: string } | null }>, entries: { totalCount: number } } | null };

export type IncidentTabCountsQueryVariables = Exact<{
  incident: string;
}>;


export type IncidentTabCountsQuery = { incident: { planStepCount: number, noticeCounts: { total: number }, noticeGroups: { totalCount: number } } | null, blastRadius: { artifacts: { totalCount: number } } | null };

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
  first?: number | null | undefined;
  after?: string | null | undefined;
  lab?: string | null | undefined;
  notifier?: string | null | undefined;
  states?: Array<NoticeState> | NoticeState | null | undefined;
  terms?: Array<NoticeTerm> | NoticeTerm | null | undefined;
  owners?: Array<string> | string | null | undefined;
  text?: string | null | undefined;
}>;


export type IncidentNoticesQuery = { incident: { notices: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { dueAt: string | null, state: NoticeState, note: string | null, toldAt: string | null, answeredAt: string | null, owner: string | null, by: string | null, lab: { id: string, name: string, contactEmail: string | null }, notifier: { id: string, name: string, contactEmail: string | null } | null, engagement: { id: string, noticeHours: number | null } | null } }> } } | null };

export type IncidentNoticeCountsQueryVariables = Exact<{
  incident: string;
}>;


export type IncidentNoticeCountsQuery = { incident: { noticeCounts: { total: number, toTell: number, told: number, answered: number, overdue: number, dueToday: number, later: number, none: number, inTime: number, late: number }, noticeGroups: { edges: Array<{ node: { owners: Array<string> } }> } } | null, blastRadius: { labs: { edges: Array<{ node: { exposedCount: number, possibleCount: number, worstCaseLossUsd: number, lab: { id: string } } }> } } | null };

export type IncidentNoticeGroupsQueryVariables = Exact<{
  incident: string;
  by: NoticeGrouping;
  after?: string | null | undefined;
  states?: Array<NoticeState> | NoticeState | null | undefined;
  terms?: Array<NoticeTerm> | NoticeTerm | null | undefined;
  owners?: Array<string> | string | null | undefined;
  text?: string | null | undefined;
}>;


export type IncidentNoticeGroupsQuery = { incident: { noticeGroups: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { nextDueAt: string | null, owners: Array<string>, lab: { id: string, name: string } | null, notifier: { id: string, name: string } | null, counts: { total: number, toTell: number, told: number, answered: number, overdue: number, dueToday: number, later: number, none: number, inTime: number, late: number } } }> } } | null };

export type IncidentNoticeGroupFragment = { nextDueAt: string | null, owners: Array<string>, lab: { id: string, name: string } | null, notifier: { id: string, name: string } | null, counts: { total: number, toTell: number, told: number, answered: number, overdue: number, dueToday: number, later: number, none: number, inTime: number, late: number } };

export type CountedNoticesFragment = { total: number, toTell: number, told: number, answered: number, overdue: number, dueToday: number, later: number, none: number, inTime: number, late: number };

export type IncidentNoticeFragment = { dueAt: string | null, state: NoticeState, note: string | null, toldAt: string | null, answeredAt: string | null, owner: string | null, by: string | null, lab: { id: string, name: string, contactEmail: string | null }, notifier: { id: string, name: string, contactEmail: string | null } | null, engagement: { id: string, noticeHours: number | null } | null };

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
  lists?: Array<string> | string | null | undefined;
}>;


export type IncidentPackQuery = { notificationPack: { markdown: string } | null };

export type StartsOfIncidentQueryVariables = Exact<{
  incident: string;
}>;


export type StartsOfIncidentQuery = { incident: { advisory: { id: string } | null, origins: Array<{ id: string, name: string }>, suspectedOrigins: Array<{ organization: { id: string, name: string } }> } | null };

export type ListsToQuoteQueryVariables = Exact<{
  organization: string;
  after?: string | null | undefined;
}>;


export type ListsToQuoteQuery = { softwareLists: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, subject: string, subjectVersion: string | null, describedAt: string | null } }> } };

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


export type ChangeIncidentMutation = { saveIncident: { incident: { id: string, version: number, name: string, state: IncidentState, discoveredAt: string | null, updatedAt: string, hasCore: boolean, maxHops: number, transferLikelihood: number, minDegree: number, cause: IncidentCause, origins: Array<{ id: string, name: string, roles: Array<OrganizationRole> }>, suspectedOrigins: Array<{ likelihood: number, organization: { id: string, name: string } }>, core: { from: string, to: string } | null, widest: { from: string, to: string } | null, scope: Array<{ channels: Array<string>, origin: { id: string, name: string }, artifacts: Array<{ id: string, name: string }>, engagements: Array<{ id: string, service: string | null }> }>, advisory: { id: string } | null, scenario: Array<{ kind: ActionKind, at: string, organization: { id: string, name: string } | null, access: { id: string, kind: AccessKind, grantee: { id: string, name: string }, grantor: { id: string, name: string } } | null, owner: { id: string, name: string } | null }>, entries: { totalCount: number } } | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AddNoteMutationVariables = Exact<{
  input: AddIncidentNoteInput;
}>;


export type AddNoteMutation = { addIncidentNote: { userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type AssessMutationVariables = Exact<{
  input: SetAssessmentsInput;
}>;


export type AssessMutation = { setAssessments: { incident: { entries: { edges: Array<{ node: { text: string } }> } } | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type ChangeNoticesMutationVariables = Exact<{
  input: SetNoticesInput;
}>;


export type ChangeNoticesMutation = { setNotices: { change: string | null, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

export type UndoNoticeChangeMutationVariables = Exact<{
  input: UndoNoticesInput;
}>;


export type UndoNoticeChangeMutation = { undoNotices: { userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

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


export type InspectOrganizationQuery = { organization: { id: string, name: string, roles: Array<OrganizationRole>, aliases: Array<string>, status: OrganizationStatus, website: string | null, country: string | null, contactEmail: string | null, attributes: Array<{ name: string, value: string }>, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null }, custody: { copyCount: number, readableCount: number, labCount: number, meanValueUsd: number }, artifacts: { totalCount: number, edges: Array<{ node: { id: string, name: string, type: ArtifactType, sensitivity: number, valueHighUsd: number | null } }> }, copies: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, kind: CopyKind, form: CopyForm, deletionState: DeletionState, portion: number, rank: number | null, holder: { id: string, name: string, roles: Array<OrganizationRole> }, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, valueLowUsd: number | null, valueHighUsd: number | null, owner: { id: string, name: string } }, transfer: { id: string, sentAt: string | null, sender: { id: string, name: string }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } | null } }> }, accessHeld: { totalCount: number, edges: Array<{ node: { id: string, kind: AccessKind, likelihood: number, validFrom: string | null, validUntil: string | null, software: string | null, grantee: { id: string, name: string, roles: Array<OrganizationRole> }, grantor: { id: string, name: string, roles: Array<OrganizationRole> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> }, accessGranted: { totalCount: number, edges: Array<{ node: { id: string, kind: AccessKind, likelihood: number, validFrom: string | null, validUntil: string | null, software: string | null, grantee: { id: string, name: string, roles: Array<OrganizationRole> }, grantor: { id: string, name: string, roles: Array<OrganizationRole> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> }, controlGap: { highestSensitivity: number, because: string, required: Array<string>, met: Array<string>, missing: Array<{ control: string, leastEvidence: EvidenceType, reason: MissingControlReason }> } | null, controls: { totalCount: number, edges: Array<{ node: { control: string, evidenceType: EvidenceType, issuedAt: string | null, expiresAt: string | null, issuer: { id: string, name: string } | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> }, clients: { totalCount: number, edges: Array<{ node: { id: string, service: string | null, startsAt: string | null, endsAt: string | null, noticeHours: number | null, client: { id: string, name: string, roles: Array<OrganizationRole> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> }, providers: { totalCount: number, edges: Array<{ node: { id: string, service: string | null, startsAt: string | null, endsAt: string | null, noticeHours: number | null, provider: { id: string, name: string, roles: Array<OrganizationRole> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> } } | null };

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
            | { __typename: 'Engagement', id: string, service: string | null, startsAt: string | null, endsAt: string | null, noticeHours: number | null, attributes: Array<{ name: string, value: string }>, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } }
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
  isPart: boolean;
  after?: string | null | undefined;
}>;


export type RankingQuery = { ranking: { totalCount: number, batch: { name: string, instant: string, behind: number } | null, progress: { done: number, total: number | null } | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { position: number, reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number, labCount: number, dependentCount: number, worstCaseLossUsd: number, weightedLossUsd: number, organization: { id: string, name: string, roles: Array<OrganizationRole>, custody?: { copyCount: number }, controlGap?: { required: Array<string>, met: Array<string> } | null } } }> } | null };

export type AccessAgainstControlQueryVariables = Exact<{
  core?: WindowInput | null | undefined;
  widest?: WindowInput | null | undefined;
  options?: RadiusOptions | null | undefined;
  roles?: Array<OrganizationRole> | OrganizationRole | null | undefined;
  asOf?: string | null | undefined;
  first: number;
}>;


export type AccessAgainstControlQuery = { ranking: { totalCount: number, batch: { name: string, instant: string, behind: number } | null, progress: { done: number, total: number | null } | null, edges: Array<{ node: { worstCaseLossUsd: number, organization: { id: string, name: string, roles: Array<OrganizationRole>, controlGap: { required: Array<string>, met: Array<string> } | null } } }> } | null };

export type ArtifactExposuresQueryVariables = Exact<{
  core?: WindowInput | null | undefined;
  widest?: WindowInput | null | undefined;
  options?: RadiusOptions | null | undefined;
  owners?: Array<string> | string | null | undefined;
  after?: string | null | undefined;
}>;


export type ArtifactExposuresQuery = { artifactExposures: { totalCount: number, batch: { name: string, instant: string, behind: number } | null, progress: { done: number, total: number | null } | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { count: number, share: number, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, valueHighUsd: number | null, owner: { id: string, name: string } } } }> } | null };

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


export type ConcentrationQuery = { concentration: { totalCount: number, batch: { name: string, instant: string, behind: number } | null, progress: { done: number, total: number | null } | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { herfindahlIndex: number | null, holderCount: number, lab: { id: string, name: string, roles: Array<OrganizationRole> }, holders: Array<{ share: number, holder: { id: string, name: string, roles: Array<OrganizationRole> } }> } }> } };

export type SharedHoldersQueryVariables = Exact<{
  asOf?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type SharedHoldersQuery = { sharedHolders: { totalCount: number, batch: { name: string, instant: string, behind: number } | null, progress: { done: number, total: number | null } | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { labCount: number, artifactCount: number, holder: { id: string, name: string, roles: Array<OrganizationRole> }, labs: Array<{ id: string, name: string }> } }> } };

export type SharedCopiesQueryVariables = Exact<{
  holder: string;
  asOf: string;
  after?: string | null | undefined;
}>;


export type SharedCopiesQuery = { organization: { id: string, name: string } | null, copies: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, form: CopyForm, rank: number | null, artifact: { id: string, name: string, type: ArtifactType, owner: { id: string, name: string } }, transfer: { id: string, sentAt: string | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } | null } }> } };

export type ControlGapsQueryVariables = Exact<{
  asOf?: string | null | undefined;
  withoutIssuers?: Array<string> | string | null | undefined;
  minSensitivity?: number | null | undefined;
  types?: Array<ArtifactType> | ArtifactType | null | undefined;
  labs?: Array<string> | string | null | undefined;
  controls?: Array<string> | string | null | undefined;
  orderBy?: ControlGapOrder | null | undefined;
  after?: string | null | undefined;
}>;


export type ControlGapsQuery = { controlGaps: { totalCount: number, batch: { name: string, instant: string, behind: number } | null, progress: { done: number, total: number | null } | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { highestSensitivity: number, required: Array<string>, met: Array<string>, missing: Array<{ control: string, reason: MissingControlReason }>, organization: { id: string, name: string, roles: Array<OrganizationRole> } } }> } };

export type WorstCasesQueryVariables = Exact<{
  core?: WindowInput | null | undefined;
  widest?: WindowInput | null | undefined;
  options?: RadiusOptions | null | undefined;
  organizations: Array<string> | string;
}>;


export type WorstCasesQuery = { ranking: { progress: { done: number, total: number | null } | null, edges: Array<{ node: { exposedCount: number, possibleCount: number, containedCount: number, dependentCount: number, worstCaseLossUsd: number, organization: { id: string } } }> } | null };

export type CertifiersQueryVariables = Exact<{ [key: string]: never; }>;


export type CertifiersQuery = { organizations: { edges: Array<{ node: { id: string, name: string } }> } };

export type LabSafeguardsQueryVariables = Exact<{
  asOf?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type LabSafeguardsQuery = { labSafeguards: { totalCount: number, batch: { name: string, instant: string, behind: number } | null, progress: { done: number, total: number | null } | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { providerCount: number, valueUsd: number, auditRight: { providerCount: number, valueUsd: number }, noticeTerm: { providerCount: number, valueUsd: number }, encryption: { providerCount: number, valueUsd: number }, lab: { id: string, name: string, roles: Array<OrganizationRole> } } }> } };

export type LabEngagementsQueryVariables = Exact<{
  lab: string;
  after?: string | null | undefined;
}>;


export type LabEngagementsQuery = { engagements: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, service: string | null, endsAt: string | null, noticeHours: number | null, auditRight: boolean | null, provider: { id: string, name: string, roles: Array<OrganizationRole> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> } };

export type ControlsOfQueryVariables = Exact<{
  organization: string;
  asOf?: string | null | undefined;
}>;


export type ControlsOfQuery = { organization: { id: string, name: string, roles: Array<OrganizationRole>, controlGap: { highestSensitivity: number, because: string, required: Array<string>, met: Array<string>, missing: Array<{ control: string, leastEvidence: EvidenceType, reason: MissingControlReason }> } | null, controls: { totalCount: number, edges: Array<{ node: { control: string, evidenceType: EvidenceType, issuedAt: string | null, expiresAt: string | null, issuer: { id: string, name: string } | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> } } | null };

export type LabsWithGapsQueryVariables = Exact<{ [key: string]: never; }>;


export type LabsWithGapsQuery = { organizations: { edges: Array<{ node: { id: string, name: string } }> } };

export type SearchQueryVariables = Exact<{
  text: string;
  kinds?: Array<FoundKind> | FoundKind | null | undefined;
  first: number;
}>;


export type SearchQuery = { search: Array<{ matched: string, found:
      | { __typename: 'Advisory', id: string, summary: string }
      | { __typename: 'Artifact', id: string, name: string, type: ArtifactType, owner: { id: string, name: string } }
      | { __typename: 'Engagement', id: string, service: string | null, client: { id: string, name: string }, provider: { id: string, name: string } }
      | { __typename: 'FoundValue', kind: FoundKind, value: string, count: number }
      | { __typename: 'Incident', id: string, name: string, state: IncidentState }
      | { __typename: 'Organization', id: string, name: string, roles: Array<OrganizationRole>, aliases: Array<string> }
      | { __typename: 'SoftwareList', id: string, subject: string, describedAt: string | null, organization: { id: string, name: string } }
      | { __typename: 'Transfer', id: string, transferred: { name: string }, sender: { id: string, name: string }, recipient: { id: string, name: string } }
      | { __typename: 'View', id: string, name: string, url: string, note: string | null }
     }> | null };

export type SoftwareOfQueryVariables = Exact<{
  organization: string;
  after?: string | null | undefined;
}>;


export type SoftwareOfQuery = { softwareLists: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, subject: string, subjectVersion: string | null, describedAt: string | null, lifecycle: SoftwareLifecycle, isComplete: boolean | null, format: SoftwareListFormat, componentCount: number, changes: { totalCount: number, edges: Array<{ node: { package: string | null, name: string, before: Array<string>, after: Array<string> } }> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> } };

export type SoftwareEditionFragment = { id: string, subject: string, subjectVersion: string | null, describedAt: string | null, lifecycle: SoftwareLifecycle, isComplete: boolean | null, format: SoftwareListFormat, componentCount: number, changes: { totalCount: number, edges: Array<{ node: { package: string | null, name: string, before: Array<string>, after: Array<string> } }> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } };

export type SoftwareMatchesOfQueryVariables = Exact<{
  organization: string;
  after?: string | null | undefined;
}>;


export type SoftwareMatchesOfQuery = { softwareMatches: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { advisory: { id: string, kind: AdvisoryKind, summary: string, withdrawnAt: string | null }, match: { grade: SoftwareGrade, because: string } } }> } };

export type OneSoftwareListQueryVariables = Exact<{
  list: string;
  text?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type OneSoftwareListQuery = { softwareList: { id: string, subject: string, subjectVersion: string | null, describedAt: string | null, lifecycle: SoftwareLifecycle, isComplete: boolean | null, format: SoftwareListFormat, componentCount: number, organization: { id: string, name: string }, components: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { package: string | null, name: string, version: string | null, constraint: string | null, scope: string | null, depth: ComponentDepth } }> }, changes: { totalCount: number, edges: Array<{ node: { package: string | null, name: string, before: Array<string>, after: Array<string> } }> }, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } | null };

export type SoftwareCoverageQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type SoftwareCoverageQuery = { softwareCoverage: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { listCount: number, lastDescribedAt: string | null, organization: { id: string, name: string, roles: Array<OrganizationRole> } } }> } };

export type TakeBackListMutationVariables = Exact<{
  input: RetractSoftwareInput;
}>;


export type TakeBackListMutation = { retractSoftware: { retracted: number, userErrors: Array<{ code: string, message: string, path: Array<string> }> } };

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

export type FirstRadiusQueryVariables = Exact<{
  incident: string;
}>;


export type FirstRadiusQuery = { incident: { id: string, origins: Array<{ id: string, name: string }>, blastRadius: { summary: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number } } | null } | null };

export type FirstIncidentQueryVariables = Exact<{ [key: string]: never; }>;


export type FirstIncidentQuery = { incidents: { edges: Array<{ node: { id: string, blastRadius: { summary: { exposedCount: number } } | null } }> } };

export type StandInQueryVariables = Exact<{
  id: string;
}>;


export type StandInQuery = { organization: { id: string } | null, artifact: { id: string } | null };

export type DiscoveryQueryVariables = Exact<{
  id: string;
}>;


export type DiscoveryQuery = { incident: { id: string, discoveredAt: string | null } | null };

export type ViewsQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewsQuery = { views: Array<{ id: string, name: string, url: string, by: string, at: string, note: string | null }> };

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

export type ChangedSideFragment = { summary: { reachedCount: number, affectedLabCount: number }, origins: Array<{ id: string }>, suspectedOrigins: Array<{ organization: { id: string } }>, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }>, reached: { edges: Array<{ node: { hops: number, isSuspected: boolean, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> }, path: Array<{ likelihood: number, from: { id: string }, to: { id: string }, access: { id: string } | null }> } }> }, artifacts: { edges: Array<{ node: { tier: Tier, basis: Basis, worstCaseLossUsd: number, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, owner: { id: string, name: string } }, ways: Array<{ tier: Tier, holder: { organization: { id: string } }, reveals: Array<{ degree: number }> }> } }> } };

export type ChangedPartQueryVariables = Exact<{
  was: BlastRadiusInput;
  is: BlastRadiusInput;
  ids: Array<string> | string;
}>;


export type ChangedPartQuery = { compareRadius: { before: { summary: { reachedCount: number, affectedLabCount: number }, origins: Array<{ id: string }>, suspectedOrigins: Array<{ organization: { id: string } }>, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }>, reached: { edges: Array<{ node: { hops: number, isSuspected: boolean, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> }, path: Array<{ likelihood: number, from: { id: string }, to: { id: string }, access: { id: string } | null }> } }> }, artifacts: { edges: Array<{ node: { tier: Tier, basis: Basis, worstCaseLossUsd: number, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, owner: { id: string, name: string } }, ways: Array<{ tier: Tier, holder: { organization: { id: string } }, reveals: Array<{ degree: number }> }> } }> } }, after: { summary: { reachedCount: number, affectedLabCount: number }, origins: Array<{ id: string }>, suspectedOrigins: Array<{ organization: { id: string } }>, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }>, reached: { edges: Array<{ node: { hops: number, isSuspected: boolean, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> }, path: Array<{ likelihood: number, from: { id: string }, to: { id: string }, access: { id: string } | null }> } }> }, artifacts: { edges: Array<{ node: { tier: Tier, basis: Basis, worstCaseLossUsd: number, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, owner: { id: string, name: string } }, ways: Array<{ tier: Tier, holder: { organization: { id: string } }, reveals: Array<{ degree: number }> }> } }> } }, factChanges: { totalCount: number, edges: Array<{ node: { by: string | null, import: { id: string, name: string | null, source: string | null } | null } }> } } | null };

export type WatchLineFragment = { id: string, name: string, kind: WatchKind, question: string, names: Array<string>, isMuted: boolean, isEnded: boolean, failure: string | null, lastRevision: number, lastInstant: string, endpointCount: number, endpoints: Array<{ id: string }>, settings: { incident: string | null, radius: string | null, lab: string | null, artifact: string | null, findings: Array<FindingKind> | null, advisory: string | null, source: string | null, withinHours: number | null, first: number | null, on: Array<WatchChange>, minTier: Tier | null, worstCaseLossUsd: number | null, affectedLabs: number | null, count: number | null } };

export type WatchedSumsFragment = { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number };

export type EventLineFragment = { id: string, type: string, isRead: boolean, instant: string, summary: string, url: string, counts: Array<{ kind: ChangeKind, count: number }>, before: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number } | null, after: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number } | null, watch: { id: string, name: string, kind: WatchKind, names: Array<string>, settings: { incident: string | null, lab: string | null, advisory: string | null, source: string | null, first: number | null, worstCaseLossUsd: number | null, affectedLabs: number | null, count: number | null } }, firstItem: { totalCount: number, edges: Array<{ node: { kind: WatchChange, before: string | null, after: string | null, because: string, organization: { id: string, name: string } | null } }> } };

export type EventItemFragment = { kind: WatchChange, subject: string, before: string | null, after: string | null, because: string, worstCaseLossUsd: number | null, artifact: { id: string, name: string, owner: { id: string, name: string } } | null, organization: { id: string, name: string } | null };

export type InboxCountQueryVariables = Exact<{ [key: string]: never; }>;


export type InboxCountQuery = { events: { totalCount: number, unreadCount: number, edges: Array<{ node: { id: string } }> } };

export type InboxQueryVariables = Exact<{
  after?: string | null | undefined;
  unreadOnly: boolean;
  watch?: string | null | undefined;
  kinds?: Array<WatchKind> | WatchKind | null | undefined;
}>;


export type InboxQuery = { events: { totalCount: number, unreadCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, type: string, isRead: boolean, instant: string, summary: string, url: string, counts: Array<{ kind: ChangeKind, count: number }>, before: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number } | null, after: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number } | null, watch: { id: string, name: string, kind: WatchKind, names: Array<string>, settings: { incident: string | null, lab: string | null, advisory: string | null, source: string | null, first: number | null, worstCaseLossUsd: number | null, affectedLabs: number | null, count: number | null } }, firstItem: { totalCount: number, edges: Array<{ node: { kind: WatchChange, before: string | null, after: string | null, because: string, organization: { id: string, name: string } | null } }> } } }> } };

export type UnreadEventsQueryVariables = Exact<{
  after?: string | null | undefined;
  watch?: string | null | undefined;
  kinds?: Array<WatchKind> | WatchKind | null | undefined;
}>;


export type UnreadEventsQuery = { events: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string } }> } };

export type OneEventQueryVariables = Exact<{
  id: string;
}>;


export type OneEventQuery = { event: { fromInstant: string, fromRevision: number, toRevision: number, id: string, type: string, isRead: boolean, instant: string, summary: string, url: string, items: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: WatchChange, subject: string, before: string | null, after: string | null, because: string, worstCaseLossUsd: number | null, artifact: { id: string, name: string, owner: { id: string, name: string } } | null, organization: { id: string, name: string } | null } }> }, counts: Array<{ kind: ChangeKind, count: number }>, before: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number } | null, after: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number } | null, watch: { id: string, name: string, kind: WatchKind, names: Array<string>, settings: { incident: string | null, lab: string | null, advisory: string | null, source: string | null, first: number | null, worstCaseLossUsd: number | null, affectedLabs: number | null, count: number | null } }, firstItem: { totalCount: number, edges: Array<{ node: { kind: WatchChange, before: string | null, after: string | null, because: string, organization: { id: string, name: string } | null } }> } } | null };

export type MoreEventItemsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type MoreEventItemsQuery = { event: { items: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: WatchChange, subject: string, before: string | null, after: string | null, because: string, worstCaseLossUsd: number | null, artifact: { id: string, name: string, owner: { id: string, name: string } } | null, organization: { id: string, name: string } | null } }> } } | null };

export type WatchesQueryVariables = Exact<{ [key: string]: never; }>;


export type WatchesQuery = { watches: { totalCount: number, edges: Array<{ node: { id: string, name: string, kind: WatchKind, question: string, names: Array<string>, isMuted: boolean, isEnded: boolean, failure: string | null, lastRevision: number, lastInstant: string, endpointCount: number, events: { totalCount: number, unreadCount: number, edges: Array<{ node: { id: string, instant: string } }> }, endpoints: Array<{ id: string }>, settings: { incident: string | null, radius: string | null, lab: string | null, artifact: string | null, findings: Array<FindingKind> | null, advisory: string | null, source: string | null, withinHours: number | null, first: number | null, on: Array<WatchChange>, minTier: Tier | null, worstCaseLossUsd: number | null, affectedLabs: number | null, count: number | null } } }> } };

export type WatchHistoryQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type WatchHistoryQuery = { watch: { id: string, name: string, kind: WatchKind, question: string, names: Array<string>, isMuted: boolean, isEnded: boolean, failure: string | null, lastRevision: number, lastInstant: string, endpointCount: number, events: { totalCount: number, unreadCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, type: string, isRead: boolean, instant: string, summary: string, url: string, counts: Array<{ kind: ChangeKind, count: number }>, before: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number } | null, after: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number } | null, watch: { id: string, name: string, kind: WatchKind, names: Array<string>, settings: { incident: string | null, lab: string | null, advisory: string | null, source: string | null, first: number | null, worstCaseLossUsd: number | null, affectedLabs: number | null, count: number | null } }, firstItem: { totalCount: number, edges: Array<{ node: { kind: WatchChange, before: string | null, after: string | null, because: string, organization: { id: string, name: string } | null } }> } } }> }, endpoints: Array<{ id: string }>, settings: { incident: string | null, radius: string | null, lab: string | null, artifact: string | null, findings: Array<FindingKind> | null, advisory: string | null, source: string | null, withinHours: number | null, first: number | null, on: Array<WatchChange>, minTier: Tier | null, worstCaseLossUsd: number | null, affectedLabs: number | null, count: number | null } } | null };

export type SaveWatchMutationVariables = Exact<{
  input: WatchInput;
}>;


export type SaveWatchMutation = { saveWatch: { watch: { id: string, name: string, kind: WatchKind, question: string, names: Array<string>, isMuted: boolean, isEnded: boolean, failure: string | null, lastRevision: number, lastInstant: string, endpointCount: number, endpoints: Array<{ id: string }>, settings: { incident: string | null, radius: string | null, lab: string | null, artifact: string | null, findings: Array<FindingKind> | null, advisory: string | null, source: string | null, withinHours: number | null, first: number | null, on: Array<WatchChange>, minTier: Tier | null, worstCaseLossUsd: number | null, affectedLabs: number | null, count: number | null } } | null, userErrors: Array<{ code: string, path: Array<string>, message: string }> } };

export type DeleteWatchMutationVariables = Exact<{
  id: string;
}>;


export type DeleteWatchMutation = { deleteWatch: { deletedId: string | null, userErrors: Array<{ code: string, path: Array<string>, message: string }> } };

export type ReadEventsMutationVariables = Exact<{
  ids: Array<string> | string;
  isRead: boolean;
}>;


export type ReadEventsMutation = { readEvents: { unreadCount: number, userErrors: Array<{ code: string, path: Array<string>, message: string }> } };

export type EndpointChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type EndpointChoicesQuery = { endpoints: Array<{ id: string, url: string, state: EndpointState }> };

export type ComparedArtifactFragment = { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null };

export type ChangeListFragment = { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> };

export type CompareRadiusQueryVariables = Exact<{
  was: BlastRadiusInput;
  is: BlastRadiusInput;
  wasActions?: Array<ActionInput> | ActionInput | null | undefined;
  isActions?: Array<ActionInput> | ActionInput | null | undefined;
}>;


export type CompareRadiusQuery = { compareRadius: { before: { origins: Array<{ id: string, name: string }>, summary: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number, weightedLossUsd: number }, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }>, flows: Array<{ exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, exposedWorstCaseLossUsd: number, holder: { hops: number, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } } | null, lab: { id: string, name: string } }> }, after: { origins: Array<{ id: string, name: string }>, summary: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number, weightedLossUsd: number }, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }>, flows: Array<{ exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, exposedWorstCaseLossUsd: number, holder: { hops: number, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } } | null, lab: { id: string, name: string } }> }, changeCounts: Array<{ kind: ChangeKind, count: number }>, left: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, weakened: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, strengthened: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, joined: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, stayed: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, factChanges: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: FactChangeKind, factKind: FactKind, factId: string, name: string | null, file: string | null, line: number | null, source: string | null, revision: number | null, at: string | null, by: string | null, fields: Array<{ field: string, before: string | null, after: string | null, beforeName: string | null, afterName: string | null }>, import: { id: string, source: string | null } | null } }> } } | null };

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


export type MoreComparedFactsQuery = { compareRadius: { factChanges: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: FactChangeKind, factKind: FactKind, factId: string, name: string | null, file: string | null, line: number | null, source: string | null, revision: number | null, at: string | null, by: string | null, fields: Array<{ field: string, before: string | null, after: string | null, beforeName: string | null, afterName: string | null }>, import: { id: string, source: string | null } | null } }> } } | null };

export type WhatIfSumsFragment = { summary: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number, weightedLossUsd: number }, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }> };

export type SideFlowsFragment = { flows: Array<{ exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, exposedWorstCaseLossUsd: number, holder: { hops: number, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } } | null, lab: { id: string, name: string } }> };

export type WhatIfQueryVariables = Exact<{
  input: BlastRadiusInput;
  actions: Array<ActionInput> | ActionInput;
}>;


export type WhatIfQuery = { whatIf: { limits: Array<string>, baseline: { summary: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number, weightedLossUsd: number }, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }> }, scenario: { reached: { totalCount: number, edges: Array<{ node: { likelihood: number, organization: { id: string }, path: Array<{ likelihood: number, from: { id: string }, to: { id: string }, access: { id: string } | null }> } }> }, subgraph: { omittedCount: number, links: Array<{ tier: Tier | null, link: { kind: LinkKind, source: string, target: string, count: number } }> } | null, summary: { exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, worstCaseLossUsd: number, weightedLossUsd: number }, labTiers: Array<{ tier: Tier, artifactCount: number, worstCaseLossUsd: number, lab: { id: string, name: string } }>, flows: Array<{ exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, exposedWorstCaseLossUsd: number, holder: { hops: number, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> } } | null, lab: { id: string, name: string } }> }, changeCounts: Array<{ kind: ChangeKind, count: number }>, left: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, weakened: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, strengthened: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, joined: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, stayed: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: ChangeKind, because: string, artifact: { id: string, name: string, owner: { id: string, name: string } }, before: { tier: Tier } | null, after: { tier: Tier } | null } }> }, stopped: { totalCount: number, edges: Array<{ node: { id: string, service: string | null, client: { id: string, name: string }, provider: { id: string, name: string } } }> } } | null };

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
  by: CutOrder;
}>;


export type BestCutsQuery = { bestCuts: Array<{ position: number, removedWeightedLossUsd: number, removedWorstCaseLossUsd: number, remainingWeightedLossUsd: number, because: string, action: { kind: ActionKind, at: string, organization: { id: string, name: string } | null, access: { id: string, kind: AccessKind, grantee: { id: string, name: string }, grantor: { id: string, name: string } } | null, owner: { id: string, name: string } | null } }> | null };

export type FirstLookQueryVariables = Exact<{ [key: string]: never; }>;


export type FirstLookQuery = { revision: number, about: { currentAt: string }, organizations: { totalCount: number, edges: Array<{ node: { id: string, name: string, country: string | null } }> } };

export type ChangeOfFactFragment = { kind: FactChangeKind, factKind: FactKind, factId: string, name: string | null, file: string | null, line: number | null, source: string | null, revision: number | null, at: string | null, by: string | null, fields: Array<{ field: string, before: string | null, after: string | null, beforeName: string | null, afterName: string | null }>, import: { id: string, source: string | null } | null };

export type FactHistoryQueryVariables = Exact<{
  of: FactRef;
  after?: string | null | undefined;
}>;


export type FactHistoryQuery = { history: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { kind: FactChangeKind, factKind: FactKind, factId: string, name: string | null, file: string | null, line: number | null, source: string | null, revision: number | null, at: string | null, by: string | null, fields: Array<{ field: string, before: string | null, after: string | null, beforeName: string | null, afterName: string | null }>, import: { id: string, source: string | null } | null } }> } };

export type ControlStatesFragment = { highestSensitivity: number, because: string, required: Array<string>, met: Array<string>, missing: Array<{ control: string, leastEvidence: EvidenceType, reason: MissingControlReason }> };

export type ControlEvidenceFragment = { totalCount: number, edges: Array<{ node: { control: string, evidenceType: EvidenceType, issuedAt: string | null, expiresAt: string | null, issuer: { id: string, name: string } | null, provenance: { file: string | null, line: number | null, assertedBy: string, source: string | null, import: { id: string, assertedAt: string | null, committedAt: string | null } | null } } }> };

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

export type BatchAnswerFragment = { name: string, instant: string, behind: number };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { name: string, role: Role, canExport: boolean, labs: Array<{ id: string, name: string }> | null } };
