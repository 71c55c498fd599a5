import type { CodegenConfig } from '@graphql-codegen/cli';

/**
 * Types that follow from schema.graphql: the server's resolvers, and the page's operations.
 * `npm run generate` writes them; they are committed, and a test checks that they are what this file makes.
 */
const config: CodegenConfig & { readonly documents: string } = {
  schema: 'schema.graphql',
  documents: 'web/**/*.graphql',
  ignoreNoDocuments: true,
  generates: {
    'server/graphql/generated/resolvers.ts': {
      documents: [],
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        emitLegacyCommonJSImports: false,
        scalars: { ID: 'string', DateTime: 'number' },
        contextType: '../context.ts#Context',
        inputMaybeValue: 'T | null | undefined',
        avoidOptionals: { field: true },
        skipTypename: true,
        mappers: {
          Organization: '../models.ts#OrganizationModel',
          Artifact: '../models.ts#ArtifactModel',
          Transfer: '../models.ts#TransferModel',
          Access: '../models.ts#AccessModel',
          Engagement: '../models.ts#EngagementModel',
          Reveals: '../models.ts#RevealsModel',
          Control: '../models.ts#ControlModel',
          Provenance: '../models.ts#ProvenanceModel',
          Copy: '../models.ts#CopyModel',
          BlastRadius: '../models.ts#RadiusModel',
          ReachedOrganization: '../models.ts#ReachedModel',
          SpreadStep: '../models.ts#SpreadStepModel',
          ExposedArtifact: '../models.ts#ExposedArtifactModel',
          WayIn: '../models.ts#WayModel',
          AffectedLab: '../models.ts#AffectedLabModel',
          Dependent: '../models.ts#DependentModel',
          IntegrityRadius: '../models.ts#IntegrityModel',
          TaintedHolding: '../models.ts#TaintedModel',
          LabSimulation: '../models.ts#LabSimulationModel',
          Action: '../models.ts#ActionModel',
          WhatIf: '../models.ts#WhatIfModel',
          RadiusComparison: '../models.ts#RadiusComparisonModel',
          RadiusChange: '../models.ts#RadiusChangeModel',
          Incident: '../models.ts#IncidentModel',
          Scope: '../models.ts#ScopeModel',
          Import: '../models.ts#ImportModel',
          FactChange: '../models.ts#FactChangeModel',
          RankedOrganization: '../models.ts#RankedModel',
          Exposure: '../models.ts#ExposureModel',
          ArtifactExposure: '../models.ts#ArtifactExposureModel',
          ExposingOrganization: '../models.ts#ExposingModel',
          LabConcentration: '../models.ts#LabConcentrationModel',
          HolderShare: '../models.ts#HolderShareModel',
          SharedHolder: '../models.ts#SharedHolderModel',
          ControlGap: '../models.ts#ControlGapModel',
          MissingControl: '../models.ts#MissingControlModel',
          Finding: '../models.ts#FindingModel',
          GraphNode: '../models.ts#GraphNodeModel',
          GraphLink: '../models.ts#GraphLinkModel',
        },
      },
    },
    'web/shared/generated/operations.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        emitLegacyCommonJSImports: false,
        scalars: { ID: 'string', DateTime: 'string' },
        avoidOptionals: { field: true },
        dedupeFragments: true,
      },
    },
  },
};

export default config;
