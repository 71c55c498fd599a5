import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLCompositeType,
  GraphQLField,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql';
import {
  type GraphQLFieldResolver,
  GraphQLNonNull,
  type GraphQLOutputType,
  GraphQLScalarType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
} from 'graphql';
import type { Context } from '../context.ts';
import { contextAt } from '../guard-resolvers.ts';
import { type Complete, isIterable, NotPlain, PlanRun, planItems } from './row-plan.ts';

/*
 * A list that its parent holds, such as the edges of a page, has a second field beside it. Its type is a scalar, so graphql-js takes the
 * whole list as one value: the rows of a plan. Its name begins with `#`, so no query can hold it, and no listing of fields has it.
 */

const rowsType = new GraphQLScalarType({ name: 'Rows', serialize: (rows) => rows });

const rowsNameOf = (name: string) => `#${name}`;

/** The plans of fields of documents that `planLists` made. */
const plans = new WeakMap<FieldNode, Complete>();

/** Adds the second field of each list of objects that has no resolver. */
export function addRowLists(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const fields = type.getFields();
    for (const field of Object.values(fields)) {
      if (field.resolve !== undefined || itemTypeOf(field) === undefined) continue;
      const rows = {
        ...field,
        name: rowsNameOf(field.name),
        type: isNonNullType(field.type) ? new GraphQLNonNull(rowsType) : rowsType,
        resolve: resolveRows(field.name),
      };
      Object.defineProperty(fields, rows.name, { value: rows });
    }
  }
}

/** The type of the items of a list of objects. */
function itemTypeOf({ type }: GraphQLField<unknown, unknown>): GraphQLOutputType | undefined {
  const list = getNullableType(type);
  return isListType(list) && isObjectType(getNullableType(list.ofType)) ? list.ofType : undefined;
}

function resolveRows(name: string): GraphQLFieldResolver<Record<string, unknown>, Context> {
  return (parent, _, context, { fieldNodes, path, variableValues }) => {
    const [node, other] = fieldNodes;
    const plan = plans.get(node as FieldNode);
    const list = parent[name];
    if (list === null) return null;
    // Two selections of one list would have to be merged.
    if (other !== undefined || plan === undefined || !isIterable(list)) throw new NotPlain();
    return writeRows([...list], plan, new PlanRun(context.hasPast ? contextAt(context, path) : context, variableValues));
  };
}

/** The objects that are made before a list gives way to other requests. Each takes a microsecond or a few. */
const objectsPerTurn = 64;

/** Makes the rows of a list. Returns a promise if it has to wait for a turn. */
function writeRows(list: readonly unknown[], plan: Complete, run: PlanRun): unknown {
  const rows: unknown[] = [];
  const writeSome = () => {
    const most = run.objects + objectsPerTurn;
    while (rows.length < list.length && run.objects < most) rows.push(plan(list[rows.length], run));
  };
  const advance = (): unknown => {
    while (rows.length < list.length) {
      const turn = run.context.turn(writeSome);
      if (turn instanceof Promise) return turn.then(advance);
    }
    return rows;
  };
  return advance();
}

/** The same document with rows in place of the lists that have a plan. Undefined: there is none. */
export function planLists(schema: GraphQLSchema, document: DocumentNode): DocumentNode | undefined {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  let isChanged = false;

  const typeNamed = (name: string | undefined): GraphQLCompositeType | undefined => {
    const type = name === undefined ? undefined : schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  };
  const change = (set: SelectionSetNode, type: GraphQLCompositeType | undefined): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (selection.kind === Kind.FIELD) return changeField(selection, type);
      return { ...selection, selectionSet: change(selection.selectionSet, typeNamed(selection.typeCondition?.name.value) ?? type) };
    }),
  });
  const changeField = (node: FieldNode, type: GraphQLCompositeType | undefined): FieldNode => {
    const fields = isObjectType(type) ? type.getFields() : {};
    const field = fields[node.name.value];
    if (node.selectionSet === undefined || field === undefined) return node;
    const item = fields[rowsNameOf(field.name)] && itemTypeOf(field);
    const plan = item && planItems(item, node.selectionSet, fragments);
    if (plan === undefined) {
      const named = getNamedType(field.type);
      return isCompositeType(named) ? { ...node, selectionSet: change(node.selectionSet, named) } : node;
    }
    isChanged = true;
    // The selection stays: graphql-js merges it into another one of the same list.
    const rows: FieldNode = { ...node, name: { ...node.name, value: rowsNameOf(field.name) }, alias: node.alias ?? node.name };
    plans.set(rows, plan);
    return rows;
  };
  const definitions = document.definitions.map((definition) => {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      return { ...definition, selectionSet: change(definition.selectionSet, typeNamed(definition.typeCondition.name.value)) };
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
    return { ...definition, selectionSet: change(definition.selectionSet, schema.getRootType(definition.operation) ?? undefined) };
  });
  return isChanged ? { ...document, definitions } : undefined;
}
