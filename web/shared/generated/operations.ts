/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
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

/** Money and portion (high, then low) descending, text ascending; ties by artifact id. */
export type ExposedArtifactOrder =
  | 'NAME'
  | 'OWNER'
  | 'PORTION'
  /** Strongest first, then weighted loss descending. */
  | 'TIER'
  | 'WEIGHTED_LOSS'
  | 'WORST_CASE_LOSS';

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

export type RadiusOptions = {
  /** Most steps of spread, 0 to 10; 0: the origins only. Default 3. */
  maxHops?: number | null | undefined;
  /** Least product of degrees by which a reveal counts. Default 0.05. */
  minDegree?: number | null | undefined;
  /** Chance that compromise passes along a transfer to its recipient. Default 0. */
  transferLikelihood?: number | null | undefined;
};

/** A copy is in scope if its artifact is named, or the engagement or channel of the transfer that it comes from or is implied by. */
export type ScopeInput = {
  artifacts?: Array<string> | null | undefined;
  channels?: Array<string> | null | undefined;
  engagements?: Array<string> | null | undefined;
  origin: string;
};

/** The strongest first. */
export type Tier =
  | 'CONTAINED'
  | 'EXPOSED'
  | 'POSSIBLE';

export type WindowInput = {
  from: string;
  /** Not before `from`. */
  to: string;
};

export type RadiusOrganizationFragment = { id: string, name: string, roles: Array<OrganizationRole> };

export type BlastRadiusQueryVariables = Exact<{
  input: BlastRadiusInput;
  tiers?: Array<Tier> | Tier | null | undefined;
  owners?: Array<string> | string | null | undefined;
  text?: string | null | undefined;
  orderBy: ExposedArtifactOrder;
  buckets: number;
}>;


export type BlastRadiusQuery = { blastRadius: { revision: number, answeredAt: string, knownAt: string | null, maxHops: number, transferLikelihood: number, minDegree: number, origins: Array<{ id: string, name: string, roles: Array<OrganizationRole> }>, core: { from: string, to: string }, widest: { from: string, to: string }, summary: { reachedCount: number, exposedCount: number, possibleCount: number, containedCount: number, affectedLabCount: number, blindSpotCount: number, worstCaseLossUsd: number, weightedLossUsd: number }, reached: { totalCount: number, edges: Array<{ node: { hops: number, likelihood: number, organization: { id: string, name: string, roles: Array<OrganizationRole> }, path: Array<{ likelihood: number, from: { id: string }, to: { id: string }, access: { id: string } | null }> } }> }, artifacts: { totalCount: number, edges: Array<{ node: { tier: Tier, basis: Basis, isUsable: boolean, likelihood: number, worstCaseLossUsd: number, weightedLossUsd: number, artifact: { id: string, name: string, type: ArtifactType, sensitivity: number, owner: { id: string, name: string } }, portion: { low: number, high: number } } }> }, labs: { totalCount: number, edges: Array<{ node: { exposedCount: number, possibleCount: number, containedCount: number, worstCaseLossUsd: number, weightedLossUsd: number, lab: { id: string, name: string } } }> }, timeline: Array<{ from: string, until: string, definiteCount: number, possibleCount: number }> | null, subgraph: { omittedCount: number, links: Array<{ tier: Tier | null, isSpread: boolean, link: { kind: LinkKind, source: string, target: string, count: number } }> } | null } | null };

export const RadiusOrganizationFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RadiusOrganization"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Organization"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"roles"}}]}}]} as unknown as DocumentNode<RadiusOrganizationFragment, unknown>;
export const BlastRadiusDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"BlastRadius"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"BlastRadiusInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"tiers"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Tier"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"owners"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"text"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ExposedArtifactOrder"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"buckets"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"blastRadius"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revision"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"knownAt"}},{"kind":"Field","name":{"kind":"Name","value":"maxHops"}},{"kind":"Field","name":{"kind":"Name","value":"transferLikelihood"}},{"kind":"Field","name":{"kind":"Name","value":"minDegree"}},{"kind":"Field","name":{"kind":"Name","value":"origins"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RadiusOrganization"}}]}},{"kind":"Field","name":{"kind":"Name","value":"core"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}},{"kind":"Field","name":{"kind":"Name","value":"widest"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}},{"kind":"Field","name":{"kind":"Name","value":"summary"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reachedCount"}},{"kind":"Field","name":{"kind":"Name","value":"exposedCount"}},{"kind":"Field","name":{"kind":"Name","value":"possibleCount"}},{"kind":"Field","name":{"kind":"Name","value":"containedCount"}},{"kind":"Field","name":{"kind":"Name","value":"affectedLabCount"}},{"kind":"Field","name":{"kind":"Name","value":"blindSpotCount"}},{"kind":"Field","name":{"kind":"Name","value":"worstCaseLossUsd"}},{"kind":"Field","name":{"kind":"Name","value":"weightedLossUsd"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reached"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"500"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organization"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RadiusOrganization"}}]}},{"kind":"Field","name":{"kind":"Name","value":"hops"}},{"kind":"Field","name":{"kind":"Name","value":"likelihood"}},{"kind":"Field","name":{"kind":"Name","value":"path"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"to"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"likelihood"}},{"kind":"Field","name":{"kind":"Name","value":"access"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"artifacts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"500"}},{"kind":"Argument","name":{"kind":"Name","value":"tiers"},"value":{"kind":"Variable","name":{"kind":"Name","value":"tiers"}}},{"kind":"Argument","name":{"kind":"Name","value":"owners"},"value":{"kind":"Variable","name":{"kind":"Name","value":"owners"}}},{"kind":"Argument","name":{"kind":"Name","value":"text"},"value":{"kind":"Variable","name":{"kind":"Name","value":"text"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artifact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"sensitivity"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"tier"}},{"kind":"Field","name":{"kind":"Name","value":"basis"}},{"kind":"Field","name":{"kind":"Name","value":"portion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}}]}},{"kind":"Field","name":{"kind":"Name","value":"isUsable"}},{"kind":"Field","name":{"kind":"Name","value":"likelihood"}},{"kind":"Field","name":{"kind":"Name","value":"worstCaseLossUsd"}},{"kind":"Field","name":{"kind":"Name","value":"weightedLossUsd"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"labs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"500"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lab"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"exposedCount"}},{"kind":"Field","name":{"kind":"Name","value":"possibleCount"}},{"kind":"Field","name":{"kind":"Name","value":"containedCount"}},{"kind":"Field","name":{"kind":"Name","value":"worstCaseLossUsd"}},{"kind":"Field","name":{"kind":"Name","value":"weightedLossUsd"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"timeline"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"buckets"},"value":{"kind":"Variable","name":{"kind":"Name","value":"buckets"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"until"}},{"kind":"Field","name":{"kind":"Name","value":"definiteCount"}},{"kind":"Field","name":{"kind":"Name","value":"possibleCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subgraph"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"maxNodes"},"value":{"kind":"IntValue","value":"2000"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"omittedCount"}},{"kind":"Field","name":{"kind":"Name","value":"links"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"tier"}},{"kind":"Field","name":{"kind":"Name","value":"isSpread"}},{"kind":"Field","name":{"kind":"Name","value":"link"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"target"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RadiusOrganization"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Organization"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"roles"}}]}}]} as unknown as DocumentNode<BlastRadiusQuery, BlastRadiusQueryVariables>;