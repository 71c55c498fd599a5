import type { Provenance as FactProvenance, SoftwareGrade } from '../domain/facts.ts';
import type { Incident, KeptMatch, KeptProposal } from '../domain/incident.ts';
import type { Assessment, NoticeStanding } from '../domain/records/incident-log.ts';
import type { SharedValue } from '../explore/search-facts.ts';
import type { ControlGap, MissingControl } from '../exposure/controls/control-gap.ts';
import type { Finding, NamedFinding } from '../exposure/findings/finding.ts';
import type { RadiusSubgraph } from '../exposure/radius/charts/subgraph.ts';
import type { NoticeDue, NoticeGroup } from '../exposure/radius/notices.ts';
import type {
  AffectedLab,
  Dependent,
  ExposedArtifact,
  IntegrityRadius,
  ReachedOrganization,
  SpreadStep,
  TaintedHolding,
  WayIn,
} from '../exposure/radius/radius-types.ts';
import type { ExposingOrganization, ExposureCount } from '../exposure/rankings/artifact-exposure.ts';
import type { HolderShare, LabConcentration, LabSafeguards, SharedHolder } from '../exposure/rankings/concentration.ts';
import type { RankedOrganization } from '../exposure/rankings/ranking.ts';
import type { Action } from '../exposure/scenario/actions.ts';
import type { RadiusChange } from '../exposure/scenario/compare-radii.ts';
import type { Scenario } from '../exposure/scenario/scenario.ts';
import type { LabSimulation } from '../exposure/simulation/simulation.ts';
import type { ImportView } from '../import/import-view.ts';
import type { FileMapping } from '../import/mapping/mapping-types.ts';
import type { GraphLink, GraphNode } from '../projection/links.ts';
import type { Projection } from '../projection/projection.ts';
import type { SavedIncident } from '../questions/incidents/ask-incidents.ts';
import type { AnsweredPack } from '../questions/incidents/ask-pack.ts';
import type { PlanStep } from '../questions/incidents/ask-plan.ts';
import type { AnsweredRadius } from '../questions/radius/ask-radius.ts';
import type { AnsweredComparison, AnsweredWhatIf } from '../questions/radius/ask-what-if.ts';
import type { ArtifactExposure } from '../questions/rankings/ask-exposures.ts';
import type { SavedNote, SavedView } from '../questions/records/saved-records.ts';
import type { SoftwareView } from '../questions/software/ask-matches.ts';
import type { AskedProposal } from '../questions/software/ask-proposal.ts';
import type { RecordedAdvisory, RecordedList } from '../questions/software/ask-software.ts';
import type { ControlPolicy } from '../rules/required-controls.ts';
import type { DescribedMatch } from '../software/describe-match.ts';
import type { SoftwareMatch } from '../software/find-matches.ts';
import type { FactChange } from '../store/fact-write.ts';
import type { SavedEvent, SavedWatch } from '../watches/watch-records.ts';
import type { SavedEndpoint } from '../webhooks/endpoint-records.ts';

/**
 * The parent values of resolvers. A record is its index together with its projection, so that all nested fields of an answer
 * come from the same facts.
 */
interface FactModel<T extends string> {
  readonly type: T;
  readonly projection: Projection;
  readonly index: number;
}
export type OrganizationModel = FactModel<'Organization'>;
export type ArtifactModel = FactModel<'Artifact'>;
export type TransferModel = FactModel<'Transfer'>;
export type AccessModel = FactModel<'Access'>;
export type EngagementModel = FactModel<'Engagement'>;
export type RevealsModel = FactModel<'Reveals'>;
export type ControlModel = FactModel<'Control'>;
export interface CopyModel extends FactModel<'Copy'> {
  readonly scenario: Scenario | undefined;
  readonly isEncrypted: boolean;
}
export type ProvenanceModel =
  | OrganizationModel
  | ArtifactModel
  | TransferModel
  | AccessModel
  | EngagementModel
  | RevealsModel
  | ControlModel
  /** Of a fact that is in no projection. */
  | { readonly type: 'Recorded'; readonly provenance: FactProvenance };

export interface AboutModel {
  readonly version: string;
  readonly store: string;
  readonly isDemo: boolean;
  readonly currentAt: number;
  readonly policy: ControlPolicy;
}
export interface SoftwareListModel {
  /** Set where it stands beside records of other types. */
  readonly type?: 'SoftwareList';
  readonly projection: Projection;
  readonly list: RecordedList;
  /** The access fact that counts as this list. */
  readonly access?: number;
}
export interface SoftwareMatchModel {
  readonly view: SoftwareView;
  readonly match: SoftwareMatch;
  /** Made when a field first needs it. */
  readonly described: () => DescribedMatch;
}
export type AdvisoryModel = RecordedAdvisory & { readonly type?: 'Advisory' };
export type IncidentProposalModel = AskedProposal;
export interface SavedProposalModel {
  readonly projection: Projection;
  /** With resolved ids. */
  readonly kept: KeptProposal;
}
export interface SavedMatchModel {
  readonly projection: Projection;
  readonly match: KeptMatch;
  readonly gradeNow: SoftwareGrade;
}

export const organizationAt = (projection: Projection, index: number): OrganizationModel => ({ type: 'Organization', projection, index });
export const artifactAt = (projection: Projection, index: number): ArtifactModel => ({ type: 'Artifact', projection, index });
export const transferAt = (projection: Projection, index: number): TransferModel => ({ type: 'Transfer', projection, index });
export const accessAt = (projection: Projection, index: number): AccessModel => ({ type: 'Access', projection, index });
export const engagementAt = (projection: Projection, index: number): EngagementModel => ({ type: 'Engagement', projection, index });
export const revealsAt = (projection: Projection, index: number): RevealsModel => ({ type: 'Reveals', projection, index });
export const controlAt = (projection: Projection, index: number): ControlModel => ({ type: 'Control', projection, index });
/**
 * @param scenario the actions that apply to this copy
 * @param isEncrypted whether this is the part of the copy that the actions encrypt
 */
export const copyAt = (projection: Projection, index: number, scenario?: Scenario, isEncrypted = false): CopyModel => ({
  type: 'Copy',
  projection,
  index,
  scenario,
  isEncrypted,
});

export type RadiusModel = AnsweredRadius;

interface Within<T> {
  readonly projection: Projection;
  readonly value: T;
}
export type ReachedModel = Within<ReachedOrganization>;
export type SpreadStepModel = Within<SpreadStep>;
export type AffectedLabModel = Within<AffectedLab>;
export type DependentModel = Within<Dependent>;
export type TaintedModel = Within<TaintedHolding>;

export type LabSimulationModel = Within<LabSimulation>;

export interface RadiusSubgraphModel {
  readonly model: RadiusModel;
  readonly value: RadiusSubgraph;
}

export interface ExposedArtifactModel {
  readonly model: RadiusModel;
  readonly value: ExposedArtifact;
}

export interface WayModel {
  readonly model: RadiusModel;
  readonly value: WayIn;
}

export interface IntegrityModel {
  readonly model: RadiusModel;
  readonly value: IntegrityRadius;
}

export type ActionModel = Within<Action>;

export type WhatIfModel = AnsweredWhatIf;

export type RadiusComparisonModel = AnsweredComparison;

export interface RadiusChangeModel {
  readonly before: RadiusModel;
  readonly after: RadiusModel;
  readonly value: RadiusChange;
  readonly explain: (change: RadiusChange) => string;
}

export interface IncidentModel extends SavedIncident {
  readonly type: 'Incident';
  /** The current facts. They resolve the ids. */
  readonly projection: Projection;
}

export interface ScopeModel {
  readonly projection: Projection;
  readonly scope: Incident['scope'][number];
}

/** The artifact is among the facts of `projection`. */
export type AssessmentModel = { readonly projection: Projection; readonly artifact: number; readonly assessment: Assessment };

export type NoticeModel = Within<NoticeDue & NoticeStanding>;
/** A group by lab has `by` LAB. */
export type NoticeGroupModel = Within<NoticeGroup> & { readonly by: 'LAB' | 'NOTIFIER' };

export type PlanStepModel = Within<PlanStep>;

export type NotificationPackModel = AnsweredPack;

export type NoteModel = SavedNote;
/** `type` tells a search result what it is. */
export type ViewModel = SavedView & { readonly type?: 'View' };
export type FoundValueModel = (SharedValue | { readonly kind: 'PACKAGE'; readonly value: string; readonly count: number }) & {
  readonly type: 'FoundValue';
};
export type WatchModel = SavedWatch;
export type WatchEventModel = SavedEvent;
/** `type` is that of its event. */
export type WatchItemModel = SavedEvent['event']['items'][number] & { readonly type: SavedEvent['event']['type'] };

export type EndpointModel = SavedEndpoint;

export type ImportModel = ImportView;
export type FileMappingModel = FileMapping;

export interface FactChangeModel {
  readonly change: FactChange;
}

export type RankedModel = Within<RankedOrganization>;
export type LabConcentrationModel = Within<LabConcentration>;
export type HolderShareModel = Within<HolderShare>;
export type LabSafeguardsModel = Within<LabSafeguards>;
export type SharedHolderModel = Within<SharedHolder>;
export type ControlGapModel = Within<ControlGap>;
export type MissingControlModel = Within<MissingControl>;
/** A finding of an attached result names its facts by their keys. */
export type FindingModel = Within<Finding | NamedFinding>;
export type ArtifactExposureModel = Within<ExposureCount>;
export type ExposingModel = Within<ExposingOrganization>;

/** The exposure of one artifact. The default windows are for one instant. */
export interface ExposureModel {
  readonly projection: Projection;
  readonly artifact: number;
  /** The instant of asking. */
  readonly now: number;
  /** The question as the client sent it. Every cursor contains it. */
  readonly question: unknown;
  readonly exposure: ArtifactExposure;
}

export type GraphNodeModel = Within<GraphNode>;
export type GraphLinkModel = Within<GraphLink>;

/** Resolvers of fields that a model's part has under the same names. */
export function readFrom<P extends string, N extends string>(part: P, ...names: readonly N[]) {
  return Object.fromEntries(names.map((name) => [name, (model: Record<P, Record<N, unknown>>) => model[part][name]])) as {
    readonly [F in N]: <V>(model: { readonly [Q in P]: { readonly [G in F]: V } }) => V;
  };
}
