/**
 * `npm run generate`: writes the types that follow from schema.graphql: the server's resolvers and the page's operations. The generated
 * files are committed. `--check` writes nothing and fails if one of them is stale.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import * as typescriptResolvers from '@graphql-codegen/typescript-resolvers';
import { buildSchema, lexicographicSortSchema, parse } from 'graphql';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The types of a resolver's parent that are not plain copies of the schema's types, all in server/graphql/models.ts. */
const models = {
  Organization: 'OrganizationModel',
  Artifact: 'ArtifactModel',
  Transfer: 'TransferModel',
  Access: 'AccessModel',
  Engagement: 'EngagementModel',
  Reveals: 'RevealsModel',
  Control: 'ControlModel',
  Provenance: 'ProvenanceModel',
  Copy: 'CopyModel',
  BlastRadius: 'RadiusModel',
  ReachedOrganization: 'ReachedModel',
  SpreadStep: 'SpreadStepModel',
  ExposedArtifact: 'ExposedArtifactModel',
  WayIn: 'WayModel',
  AffectedLab: 'AffectedLabModel',
  Dependent: 'DependentModel',
  IntegrityRadius: 'IntegrityModel',
  TaintedHolding: 'TaintedModel',
  LabSimulation: 'LabSimulationModel',
  Action: 'ActionModel',
  WhatIf: 'WhatIfModel',
  RadiusComparison: 'RadiusComparisonModel',
  RadiusChange: 'RadiusChangeModel',
  Incident: 'IncidentModel',
  Scope: 'ScopeModel',
  Assessment: 'AssessmentModel',
  Notice: 'NoticeModel',
  PlanStep: 'PlanStepModel',
  NotificationPack: 'NotificationPackModel',
  Note: 'NoteModel',
  View: 'ViewModel',
  Import: 'ImportModel',
  FileMapping: 'FileMappingModel',
  FactChange: 'FactChangeModel',
  RankedOrganization: 'RankedModel',
  Exposure: 'ExposureModel',
  ArtifactExposure: 'ArtifactExposureModel',
  ExposingOrganization: 'ExposingModel',
  LabConcentration: 'LabConcentrationModel',
  HolderShare: 'HolderShareModel',
  LabSafeguards: 'LabSafeguardsModel',
  SharedHolder: 'SharedHolderModel',
  ControlGap: 'ControlGapModel',
  MissingControl: 'MissingControlModel',
  Finding: 'FindingModel',
  GraphNode: 'GraphNodeModel',
  GraphLink: 'GraphLinkModel',
};

const shared = { enumsAsTypes: true, useTypeImports: true, emitLegacyCommonJSImports: false, avoidOptionals: { field: true } };

const outputs = [
  {
    filename: 'server/graphql/generated/resolvers.ts',
    documents: [],
    plugins: { typescript, typescriptResolvers },
    config: {
      ...shared,
      scalars: { ID: 'string', DateTime: 'number' },
      contextType: '../context.ts#Context',
      inputMaybeValue: 'T | null | undefined',
      skipTypename: true,
      mappers: Object.fromEntries(Object.entries(models).map(([type, model]) => [type, `../models.ts#${model}`])),
    },
  },
  {
    filename: 'web/shared/generated/operations.ts',
    documents: readDocuments('web'),
    plugins: { typescriptOperations, typedDocumentNode },
    config: { ...shared, scalars: { ID: 'string', DateTime: 'string' }, dedupeFragments: true },
  },
];

/** Every .graphql file under a folder, in the order of paths: operations are generated in that order. */
function readDocuments(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => join(root, folder, name))
    .sort()
    .map((location) => ({ location, document: parse(readFileSync(location, 'utf8')) }));
}

const source = readFileSync(join(root, 'schema.graphql'), 'utf8');
const schemaAst = lexicographicSortSchema(buildSchema(source));

function generate({ filename, documents, plugins, config }) {
  return codegen({
    filename,
    documents,
    config,
    schema: parse(source),
    schemaAst,
    plugins: Object.keys(plugins).map((name) => ({ [name]: {} })),
    pluginMap: plugins,
  });
}

const isCheck = process.argv.includes('--check');
for (const output of outputs) {
  const path = join(root, output.filename);
  const text = await generate(output);
  if (text === readFileSync(path, 'utf8')) continue;
  if (isCheck) {
    console.error(`${output.filename} is stale: run npm run generate and commit the result.`);
    process.exitCode = 1;
  } else writeFileSync(path, text);
}
