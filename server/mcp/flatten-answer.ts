import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { withoutHidden } from '../domain/text/hidden-characters.ts';

/*
 * An answer of the API in the form that a tool gives: each list of objects, a connection or not, is `{total, shown, rows}`. The output schema of a
 * tool follows from its operations in the same way, so that both always agree.
 */

/** A list of objects. `shown` rows of `total`; the others may be asked for on the page. */
export interface Rows {
  total: number;
  shown: number;
  rows: unknown[];
}

/** The most characters of a text. Names and notes come from files that anybody may have written. */
const maxText = 200;

/** A text as data: without control and bidirectional characters, and cut. */
export function toDataText(text: string): string {
  const visible = withoutHidden(text);
  if (visible.length <= maxText) return visible;
  return `${visible.slice(0, maxText - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Response keys with fields below them, by operation. */
const keysOf = new Map<string, ReadonlySet<string>>();

/** @param data of an answer without errors to this operation */
export function flattenAnswer(operation: string, data: unknown): Record<string, unknown> {
  let objectKeys = keysOf.get(operation);
  if (objectKeys === undefined) {
    objectKeys = findObjectKeys(parse(operation, { noLocation: true }));
    keysOf.set(operation, objectKeys);
  }
  return flatten(data, '', objectKeys) as Record<string, unknown>;
}

function findObjectKeys(document: DocumentNode): ReadonlySet<string> {
  const keys = new Set<string>();
  const visitAll = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD || selection.selectionSet === undefined) continue;
      if (selection.kind === Kind.FIELD) keys.add(selection.alias?.value ?? selection.name.value);
      visitAll(selection.selectionSet);
    }
  };
  for (const definition of document.definitions) if ('selectionSet' in definition) visitAll(definition.selectionSet);
  return keys;
}

function flatten(value: unknown, key: string, objectKeys: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return toDataText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const rows = value.map((item) => flatten(item, key, objectKeys));
    return objectKeys.has(key) ? ({ total: rows.length, shown: rows.length, rows } satisfies Rows) : rows;
  }
  const { edges, totalCount } = value as { edges?: readonly { node: unknown }[]; totalCount?: number };
  if (edges !== undefined) {
    const rows = edges.map(({ node }) => flatten(node, key, objectKeys));
    return { total: totalCount ?? rows.length, shown: rows.length, rows } satisfies Rows;
  }
  const flat: Record<string, unknown> = {};
  // An object of an answer inherits nothing.
  for (const name in value) flat[name] = flatten((value as Record<string, unknown>)[name], name, objectKeys);
  for (const name in flat) {
    // The API counts some lists beside them: `wayCount` is the total of `ways`.
    const total = (value as Record<string, unknown>)[`${name.slice(0, -1)}Count`];
    if (typeof total === 'number' && Array.isArray((value as Record<string, unknown>)[name])) (flat[name] as Rows).total = total;
  }
  return flat;
}

type JsonSchema = { readonly [key: string]: unknown };

/**
 * The JSON Schema of what `flattenAnswer` makes of answers to these operations. Without descriptions and the words of enums, which
 * schema.graphql has: an assistant reads all schemas before its first call.
 */
export function answerSchema(schema: GraphQLSchema, operations: readonly string[]): JsonSchema {
  const parts = operations.map((text) => {
    const document = parse(text, { noLocation: true });
    const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode;
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    const root = schema.getRootType(operation.operation);
    if (root == null) throw new Error(`The schema has no ${operation.operation}.`);
    return new Describer(schema, fragments).describe(root, operation.selectionSet);
  });
  const [first, ...others] = parts as [JsonSchema, ...JsonSchema[]];
  if (others.length === 0) return first;
  // A property that only some operations give may be absent.
  const properties = Object.assign({}, ...parts.map((part) => part.properties as object));
  const required = (first.required as string[]).filter((key) => others.every((part) => (part.required as string[]).includes(key)));
  return { type: 'object', properties, required };
}

class Describer {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(schema: GraphQLSchema, fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#schema = schema;
    this.#fragments = fragments;
  }

  describe(type: GraphQLOutputType, selectionSet: SelectionSetNode): JsonSchema {
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        required.push(key);
        if (selection.name.value === '__typename') properties[key] = { type: 'string' };
        else if (isObjectType(type)) {
          const field = type.getFields()[selection.name.value];
          if (field === undefined) throw new Error(`${type.name} has no field ${selection.name.value}.`);
          properties[key] = this.#describeValue(field.type, selection.selectionSet);
        }
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
      const condition = fragment?.typeCondition?.name.value;
      const inner = condition === undefined ? type : (this.#schema.getType(condition) as GraphQLOutputType);
      const part = this.describe(inner, (fragment as FragmentDefinitionNode).selectionSet);
      Object.assign(properties, part.properties);
      // The member of a union that is none of this type lacks the field.
      if (!isUnionType(type)) required.push(...(part.required as string[]));
    }
    return { type: 'object', properties, required };
  }

  #describeValue(type: GraphQLOutputType, selectionSet: SelectionSetNode | undefined): JsonSchema {
    if (!isNonNullType(type)) {
      const inner = this.#describePresent(type, selectionSet);
      return typeof inner.type === 'string' && inner.properties === undefined
        ? { ...inner, type: [inner.type, 'null'] }
        : { anyOf: [inner, { type: 'null' }] };
    }
    return this.#describePresent(type.ofType as GraphQLOutputType, selectionSet);
  }

  #describePresent(type: GraphQLOutputType, selectionSet: SelectionSetNode | undefined): JsonSchema {
    if (isListType(type)) {
      const items = this.#describeValue(type.ofType as GraphQLOutputType, selectionSet);
      return selectionSet === undefined ? { type: 'array', items } : listSchema(items);
    }
    if (selectionSet === undefined) return describeLeaf(type);
    const edges = selectionSet.selections.find((selection) => selection.kind === Kind.FIELD && selection.name.value === 'edges');
    if (edges?.kind !== Kind.FIELD || !isObjectType(type)) return this.describe(type, selectionSet);
    const edge = getNamedType(type.getFields().edges?.type);
    const node = edges.selectionSet?.selections.find((selection) => selection.kind === Kind.FIELD && selection.name.value === 'node');
    if (!isObjectType(edge) || node?.kind !== Kind.FIELD) throw new Error(`${type.name} is no connection.`);
    return listSchema(this.#describeValue(edge.getFields().node?.type as GraphQLOutputType, node.selectionSet));
  }
}

function listSchema(items: JsonSchema): JsonSchema {
  const number = { type: 'integer' };
  return {
    type: 'object',
    properties: { total: number, shown: number, rows: { type: 'array', items } },
    required: ['total', 'shown', 'rows'],
  };
}

function describeLeaf(type: GraphQLOutputType): JsonSchema {
  switch (getNamedType(type).name) {
    case 'Int':
      return { type: 'integer' };
    case 'Float':
      return { type: 'number' };
    case 'Boolean':
      return { type: 'boolean' };
    default:
      return { type: 'string' };
  }
}
