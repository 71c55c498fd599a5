/**
 * `npm run generate`: writes what follows from schema.graphql, the field table and the table of a radius' options: the server's resolvers, the
 * page's operations, and fields and options as the page knows them. The generated files are committed. `--check` writes nothing and fails if one of them is stale.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import * as typescriptResolvers from '@graphql-codegen/typescript-resolvers';
import { buildSchema, Kind, lexicographicSortSchema, parse, print, stripIgnoredCharacters, visit } from 'graphql';
import { register } from 'tsx/esm/api';

const root = fileURLToPath(new URL('../..', import.meta.url));

register();
const { factFields } = await import('../domain/fact-fields.ts');
const { custodyKinds } = await import('../domain/facts.ts');
const { describeExpected, doubtOptions, radiusOptions } = await import('../domain/radius-options.ts');

/** The types of a resolver's parent that are not plain copies of the schema's types, all in server/graphql/models.ts. */
const models = {
  About: 'AboutModel',
  Organization: 'OrganizationModel',
  Artifact: 'ArtifactModel',
  Transfer: 'TransferModel',
  Access: 'AccessModel',
  Engagement: 'EngagementModel',
  Reveals: 'RevealsModel',
  Control: 'ControlModel',
  Provenance: 'ProvenanceModel',
  SoftwareList: 'SoftwareListModel',
  Advisory: 'AdvisoryModel',
  SoftwareMatch: 'SoftwareMatchModel',
  IncidentProposal: 'IncidentProposalModel',
  SavedProposal: 'SavedProposalModel',
  SavedMatch: 'SavedMatchModel',
  Copy: 'CopyModel',
  BlastRadius: 'RadiusModel',
  RadiusSubgraph: 'RadiusSubgraphModel',
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
  NoticeGroup: 'NoticeGroupModel',
  PlanStep: 'PlanStepModel',
  NotificationPack: 'NotificationPackModel',
  Note: 'NoteModel',
  View: 'ViewModel',
  Watch: 'WatchModel',
  WatchEvent: 'WatchEventModel',
  WatchItem: 'WatchItemModel',
  Endpoint: 'EndpointModel',
  FoundValue: 'FoundValueModel',
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

/** The folder of the page's types and operations. */
const generated = 'web/shared/generated';

const isCheck = process.argv.includes('--check');

function keep(filename, text) {
  const path = join(root, filename);
  if (existsSync(path) && text === readFileSync(path, 'utf8')) return;
  if (isCheck) {
    console.error(`${filename} is stale: run npm run generate and commit the result.`);
    process.exitCode = 1;
  } else writeFileSync(path, text);
}

// The page's operations use these fragments.
keep(`${generated}/fact-fields.graphql`, writeFactFragments());
keep(`${generated}/fact-fields.ts`, writeFactFields());
keep(`${generated}/radius-options.ts`, writeRadiusOptions());
const pageDocuments = readDocuments('web');

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
    filename: `${generated}/types.ts`,
    documents: pageDocuments,
    plugins: { typescriptOperations },
    config: { ...shared, scalars: { ID: 'string', DateTime: 'string' } },
  },
];

/** The fields of a kind that an edit states. */
function statedFields(kind) {
  return factFields[kind].filter(({ isInternal }) => isInternal !== true);
}

/** A fragment for each kind of fact with every field that an edit states, so that a form keeps what it does not show. Facts of software have no form. */
function writeFactFragments() {
  return custodyKinds
    .map((kind) => {
      const type = `${kind[0]}${kind.slice(1).toLowerCase()}`;
      const fields = statedFields(kind).map(({ name, type: is, to }) => {
        if (is === 'attributes') return `  ${name} {\n    name\n    value\n  }\n`;
        return is === 'reference' ? `  ${name} {\n    id\n${to === 'ENGAGEMENT' ? '' : '    name\n'}  }\n` : `  ${name}\n`;
      });
      return `fragment Whole${type} on ${type} {\n${fields.join('')}  provenance {\n    source\n  }\n}\n`;
    })
    .join('\n');
}

/** The field table as the page needs it: names, words, types and controls. */
function writeFactFields() {
  const toField = ({ name, words, type, values, to, from, above, default: fallback, isKey, isRequired, form }) => ({
    ...{ name, words, type, isKey, isRequired },
    ...(values === undefined ? {} : { values }),
    ...(type === 'reference' ? { of: to } : {}),
    ...(type === 'number' || type === 'integer' ? { min: from ?? above ?? 0, max: to } : {}),
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(form === undefined ? {} : { form }),
  });
  const rows = Object.keys(factFields).map((kind) => [kind, statedFields(kind).map(toField)]);
  return `import type { FactKind } from './types.ts';

/** A field of a fact: its name in the API, what people call it, and how a form shows it. */
export interface FactField {
  readonly name: string;
  readonly words: string;
  readonly type: 'text' | 'texts' | 'reference' | 'enum' | 'enums' | 'number' | 'integer' | 'boolean' | 'instant' | 'endInstant' | 'attributes';
  readonly isKey: boolean;
  readonly isRequired: boolean;
  /** Of an enum. */
  readonly values?: readonly string[];
  /** Of a reference: the kind that it names. */
  readonly of?: FactKind;
  readonly min?: number;
  readonly max?: number;
  readonly default?: number | string | readonly string[];
  readonly form?: { readonly label?: string; readonly note?: string; readonly min?: number; readonly max?: number };
}

/** The fields of each kind of fact, in the order of the field table. */
export const FACT_FIELDS: Readonly<Record<FactKind, readonly FactField[]>> = ${JSON.stringify(Object.fromEntries(rows))};
`;
}

/** The options of a radius as the page needs them: for its addresses and forms. */
function writeRadiusOptions() {
  const rows = radiusOptions.map((option) => {
    const { name, url, isWhole, from, to, default: fallback, words, edited, form } = option;
    return { name, url, isWhole, min: from, max: to, default: fallback, expected: describeExpected(option), words, edited, form };
  });
  const doubts = Object.fromEntries(
    Object.entries(doubtOptions).map(([name, { parameter, url, edited }]) => [name, { parameter, url, edited }]),
  );
  return `export type RadiusOptionName = ${rows.map(({ name }) => `'${name}'`).join(' | ')};

/** An option of a radius: its name in the API, its parameter in an address, its range, what people call it, and how a form shows it. */
export interface RadiusOption {
  readonly name: RadiusOptionName;
  readonly url: string;
  readonly isWhole: boolean;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** A valid value, in words. */
  readonly expected: string;
  readonly words: string;
  readonly edited: string;
  /** A percentage is typed where \`isPercent\`. */
  readonly form: { readonly label: string; readonly note: string; readonly isPercent: boolean };
}

/** The options of a radius, in the order of the server's table. */
export const RADIUS_OPTIONS: readonly RadiusOption[] = ${JSON.stringify(rows)};

/** The doubts of a question: the parameter of a REST route, the one of an address, and the name in a list of changes. */
export const DOUBT_OPTIONS = ${JSON.stringify(doubts)} as const;
`;
}

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

/** Root fields about the server, the reader, imports or watches: they have no past. Both sides of a comparison name their own instant. */
const now = new Set([
  ...['about', 'viewer', 'revision', 'import', 'imports', 'notes', 'view', 'views', 'compareRadius'],
  ...['watches', 'watch', 'events', 'event'],
]);

/**
 * The page's operations as text, a module for each .graphql file, so that a page loads only its own questions and no parser. The parts of
 * an operation let the client put a selection under `asKnownAt`. `fragments` are those that the operation uses.
 */
function writeOperations() {
  const fragments = new Map(
    pageDocuments
      .flatMap(({ document }) => document.definitions)
      .flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
  );
  const modules = pageDocuments.flatMap(({ location, document }) => {
    const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    if (operations.length === 0) return [];
    const types = operations.flatMap(typesOf).sort();
    const lines = operations.map((each) => {
      const parts = {
        kind: each.operation,
        name: each.name.value,
        variables: each.variableDefinitions.map((variable) => stripIgnoredCharacters(print(variable))).join(','),
        selection: stripIgnoredCharacters(each.selectionSet.selections.map(print).join(' ')),
        fragments: [...usedFragments(each, fragments)].map((fragment) => stripIgnoredCharacters(print(fragment))).join(''),
        hasPast: each.operation === 'query' && each.selectionSet.selections.some(({ name }) => !now.has(name.value)),
      };
      return `export const ${parts.name}Document: Operation<${typesOf(each).join(', ')}> = ${JSON.stringify(parts)};\n`;
    });
    const name = location
      .slice(join(root, 'web/').length)
      .replace(/^(features|shared|app)\//, '')
      .replace(/\.graphql$/, '')
      .replaceAll('/', '-');
    const imports = `import type { Operation } from '../../graphql/operation.ts';\nimport type { ${types.join(', ')} } from '../types.ts';\n\n`;
    return [[`${name}.ts`, imports + lines.join('\n')]];
  });
  const index = `export type * from './types.ts';\n${modules.map(([name]) => `export * from './operations/${name}';\n`).join('')}`;
  return new Map([['operations.ts', index], ...modules.map(([name, text]) => [`operations/${name}`, text])]);
}

function typesOf({ name, operation }) {
  const kind = `${name.value}${operation[0].toUpperCase()}${operation.slice(1)}`;
  return [kind, `${kind}Variables`];
}

/** The fragments of a definition and those that they use, in the order of their first use. */
function usedFragments(definition, fragments, found = new Set()) {
  visit(definition, {
    [Kind.FRAGMENT_SPREAD]: ({ name }) => {
      const fragment = fragments.get(name.value);
      if (fragment === undefined || found.has(fragment)) return;
      found.add(fragment);
      usedFragments(fragment, fragments, found);
    },
  });
  return found;
}

for (const output of outputs) keep(output.filename, await generate(output));
mkdirSync(join(root, generated, 'operations'), { recursive: true });
const written = writeOperations();
for (const [name, text] of written) keep(join(generated, name), text);
for (const name of readdirSync(join(root, generated, 'operations'))) {
  if (written.has(`operations/${name}`)) continue;
  if (isCheck) {
    console.error(`${generated}/operations/${name} belongs to no .graphql file: run npm run generate and commit the result.`);
    process.exitCode = 1;
  } else rmSync(join(root, generated, 'operations', name));
}
