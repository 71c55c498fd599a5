import type { GraphQLArgument, GraphQLField, GraphQLInputType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { getNamedType, isLeafType, isListType, isNonNullType, isObjectType, isRequiredArgument, isUnionType } from 'graphql';

/** A query generated from the schema, so that no field is forgotten. */
export interface Question {
  /** The root field and its subject. */
  readonly name: string;
  /** Deeper questions come first, because the server refuses questions that are too large. */
  readonly queries: readonly string[];
  /** Whether there may be further pages: the queries have the variable `$after`. */
  readonly isPaged: boolean;
}

/** The subjects of the questions. */
export interface Subjects {
  /** The GraphQL values for an argument of a root field. Several values make several questions. No value leaves the argument out. */
  sample(field: string, argument: string, type: string): readonly string[];
}

/** The depth of objects below a root field. A connection and its edges add none. */
const depths = [2, 1, 0];
/** The fields of each item in a list. */
const listDepths = [1, 0];
const pageSize = 500;

/** Fields that are left out under a root field: they change with every answer, or are allowed only at the root. */
const leftOut: ReadonlySet<string> = new Set([
  'About.store',
  'About.currentAt',
  'BlastRadius.answeredAt',
  'Query.asKnownAt',
  'PlanStep.action',
  'Query.auditEntries',
  'Query.advisoryMatches',
  'Query.proposeIncident',
  'RankedOrganizationConnection.progress',
  'ArtifactExposureConnection.progress',
  'FindingConnection.progress',
  'ControlGapConnection.progress',
  'LabConcentrationConnection.progress',
  'LabSafeguardsConnection.progress',
  'SharedHolderConnection.progress',
]);

/**
 * Root fields that are not asked: one answers from the server's own trail, and not from the store. The others need an advisory, which no world of
 * these tests has; software-matches.test.ts asks them.
 */
const notAsked: ReadonlySet<string> = new Set(['auditEntries', 'advisoryMatches', 'proposeIncident']);

/** Every root field with all its scalars, and its objects to a limited depth. */
export function everyQuestion(schema: GraphQLSchema, subjects: Subjects): Question[] {
  const root = schema.getQueryType() as GraphQLObjectType;
  return Object.values(root.getFields()).flatMap((field) => (notAsked.has(field.name) ? [] : questionsOf(field, subjects)));
}

function questionsOf(field: GraphQLField<unknown, unknown>, subjects: Subjects): Question[] {
  const isPaged = field.args.some(isCursor);
  let variants: string[][] = [[]];
  for (const argument of field.args) {
    const values = valuesOf(field.name, argument, subjects);
    if (values.length > 0) variants = variants.flatMap((variant) => values.map((value) => [...variant, `${argument.name}: ${value}`]));
    else if (isRequiredArgument(argument)) throw new Error(`${field.name} needs a value for the argument ${argument.name}.`);
  }
  return variants.map((given) => ({
    name: `${field.name}${given.length === 0 ? '' : `(${given.join(', ')})`}`,
    queries: (isPaged ? listDepths : depths).map((depth) => {
      const all = argumentsOf([...given, ...(isPaged ? ['after: $after'] : [])]);
      return `query${isPaged ? '($after: String)' : ''} { ${field.name}${all}${selectionOf(field, subjects, depth)} }`;
    }),
    isPaged,
  }));
}

function valuesOf(field: string, argument: GraphQLArgument, subjects: Subjects): readonly string[] {
  if (isCursor(argument)) return [];
  if (argument.name === 'first') return [`${field === 'paths' ? 20 : pageSize}`];
  const values = subjects.sample(field, argument.name, String(getNamedType(argument.type)));
  return isListArgument(argument.type) ? values.map((value) => `[${value}]`) : values;
}

function isCursor({ name, type }: GraphQLArgument): boolean {
  return name === 'after' && getNamedType(type).name === 'String';
}

function isListArgument(type: GraphQLInputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

function argumentsOf(given: readonly string[]): string {
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}

function selectionOf(field: GraphQLField<unknown, unknown>, subjects: Subjects, depth: number): string {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return '';
  if (isObjectType(type)) return ` ${fieldsOf(type, subjects, depth)}`;
  const members = isUnionType(type) ? type.getTypes().filter((member) => 'id' in member.getFields()) : [];
  return ` { __typename ${members.map((member) => `... on ${member.name} { id }`).join(' ')} }`;
}

/** @param depth how many levels of objects to select */
function fieldsOf(type: GraphQLObjectType, subjects: Subjects, depth: number): string {
  const isWrapper = /Connection$|Edge$/.test(type.name);
  const parts = Object.values(type.getFields()).flatMap((field) => {
    const of = getNamedType(field.type);
    const isPlain = isLeafType(of) || of.name === 'PageInfo' || isWrapper;
    if (leftOut.has(`${type.name}.${field.name}`) || (!isPlain && depth === 0)) return [];
    const given: string[] = [];
    for (const argument of field.args) {
      const value = sampleWithin(field, argument, subjects);
      if (value !== undefined) given.push(`${argument.name}: ${value}`);
      else if (isRequiredArgument(argument)) return [];
    }
    return [`${field.name}${argumentsOf(given)}${selectionOf(field, subjects, isPlain ? depth : depth - 1)}`];
  });
  return `{ ${parts.length === 0 ? '__typename' : parts.join(' ')} }`;
}

/** The arguments under a root field: short lists, and fixed instants instead of the current time. */
function sampleWithin(field: GraphQLField<unknown, unknown>, argument: GraphQLArgument, subjects: Subjects): string | undefined {
  if (argument.name === 'first') return '5';
  const type = getNamedType(argument.type).name;
  return type === 'DateTime' || isRequiredArgument(argument) ? subjects.sample(field.name, argument.name, type)[0] : undefined;
}
