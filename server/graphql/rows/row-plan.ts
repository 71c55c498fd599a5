import type { FieldNode, FragmentDefinitionNode, GraphQLField, GraphQLLeafType, GraphQLOutputType, SelectionSetNode } from 'graphql';
import {
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
} from 'graphql';
import { noteSensitiveRead } from '../audit-fields.ts';
import type { Context } from '../context.ts';
import { readsParentOnly } from '../guard-resolvers.ts';

/*
 * How a list of objects becomes rows: plain objects in the order of the selection, as the client gets them. graphql-js looks up each field of
 * each object anew; a plan does so once for each request. A plan knows success alone. Anything else (an error, a null that may not be, a
 * promise) throws `NotPlain`, and graphql-js answers the whole request instead, so that errors have one home.
 *
 * A plan covers fields that read their parent alone (`readsParentOnly`). Such a field never waits, asks no question and changes nothing.
 */

/** A row would not be plain, so graphql-js must answer. */
export class NotPlain extends Error {}

/** One use of a plan. */
export class PlanRun {
  readonly context: Context;
  readonly variables: GraphQLResolveInfo['variableValues'];
  /** The arguments of each field that has some. They are the same for all rows. */
  readonly args = new Map<FieldNode, Record<string, unknown>>();
  /** Those made so far. */
  objects = 0;

  constructor(context: Context, variables: GraphQLResolveInfo['variableValues']) {
    this.context = context;
    this.variables = variables;
  }
}

export type Complete = (value: unknown, run: PlanRun) => unknown;
type Read = (parent: unknown, run: PlanRun) => unknown;

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** Types whose fields compute more than a row may: they keep their own turns. */
const largeTypes = new Set(['BlastRadius', 'IntegrityRadius', 'LabSimulation', 'RadiusComparison', 'WhatIf']);

/** A plan for the items of a list. Undefined: the selection has a field that may wait, a list in a list, a directive, or a type with variants. */
export function planItems(type: GraphQLOutputType, selections: SelectionSetNode, fragments: Fragments): Complete | undefined {
  return planType(type, selections, fragments, false);
}

function planType(
  type: GraphQLOutputType,
  selections: SelectionSetNode | undefined,
  fragments: Fragments,
  isInList: boolean,
): Complete | undefined {
  if (isNonNullType(type)) {
    const inner = planType(type.ofType, selections, fragments, isInList);
    return inner && ((value, run) => (value === null || value === undefined ? notPlain() : inner(value, run)));
  }
  const complete = planNullable(type, selections, fragments, isInList);
  return complete && ((value, run) => (value === null || value === undefined ? null : complete(value, run)));
}

/** `isInList`: a list of objects here would be one in another. */
function planNullable(
  type: GraphQLOutputType,
  selections: SelectionSetNode | undefined,
  fragments: Fragments,
  isInList: boolean,
): Complete | undefined {
  if (isLeafType(type)) return planLeaf(type);
  if (isListType(type)) {
    if (isInList && selections !== undefined) return undefined;
    const item = planType(type.ofType, selections, fragments, true);
    return item && ((value, run) => (isIterable(value) ? Array.from(value, (each) => item(each, run)) : notPlain()));
  }
  return isObjectType(type) && selections !== undefined ? planObject(type, selections, fragments, isInList) : undefined;
}

function planLeaf(type: GraphQLLeafType): Complete {
  return (value) => {
    // Accepts a text, a finite number or a flag. Any other value may be a promise or an error.
    if (typeof value === 'object' || typeof value === 'function') return notPlain();
    const written = type.serialize(value);
    return written === null || written === undefined ? notPlain() : written;
  };
}

function planObject(type: GraphQLObjectType, selections: SelectionSetNode, fragments: Fragments, isInList: boolean): Complete | undefined {
  if (type.isTypeOf || largeTypes.has(type.name)) return undefined;
  const nodes = new Map<string, FieldNode>();
  if (!collectFields(type, selections, fragments, nodes)) return undefined;
  const keys = [...nodes.keys()];
  const reads: Read[] = [];
  for (const node of nodes.values()) {
    const read = planField(type, node, fragments, isInList);
    if (read === undefined) return undefined;
    reads.push(read);
  }
  const isRead = type.name === 'Artifact' && keys.some((key) => nodes.get(key)?.name.value !== '__typename');
  return (value, run) => {
    if (value instanceof Promise || value instanceof Error) return notPlain();
    run.objects++;
    if (isRead) noteSensitiveRead(value, run.context);
    const row: Record<string, unknown> = {};
    for (let i = 0; i < keys.length; i++) row[keys[i] as string] = (reads[i] as Read)(value, run);
    return row;
  };
}

/** Adds the fields of a selection by response key. False: it has a directive, another type, or one key twice. */
function collectFields(
  type: GraphQLObjectType,
  { selections }: SelectionSetNode,
  fragments: Fragments,
  nodes: Map<string, FieldNode>,
): boolean {
  for (const selection of selections) {
    if (selection.directives !== undefined && selection.directives.length > 0) return false;
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const other = nodes.get(key);
      // The same leaf, as fragments often select it. "__proto__" would be no property.
      if (other !== undefined && (other.selectionSet !== undefined || selection.selectionSet !== undefined)) return false;
      if (key === '__proto__') return false;
      if (other === undefined) nodes.set(key, selection);
      continue;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
    if (fragment === undefined || (fragment.typeCondition?.name.value ?? type.name) !== type.name) return false;
    if (!collectFields(type, fragment.selectionSet, fragments, nodes)) return false;
  }
  return true;
}

function planField(type: GraphQLObjectType, node: FieldNode, fragments: Fragments, isInList: boolean): Read | undefined {
  const name = node.name.value;
  if (name === '__typename') return () => type.name;
  const field = type.getFields()[name];
  if (field === undefined) return undefined;
  const complete = planType(field.type, node.selectionSet, fragments, isInList);
  if (complete === undefined) return undefined;
  const { resolve } = field;
  if (resolve === undefined) return (parent, run) => complete(propertyOf(parent, name), run);
  const read = readsParentOnly(resolve);
  if (read === undefined) return undefined;
  if (field.args.length === 0) return (parent, run) => complete(read(parent, noArguments), run);
  return (parent, run) => complete(read(parent, argumentsOf(field, node, run)), run);
}

const noArguments = {};

function propertyOf(parent: unknown, name: string): unknown {
  return typeof parent === 'object' && parent !== null ? (parent as Record<string, unknown>)[name] : notPlain();
}

function argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode, { args, variables }: PlanRun): Record<string, unknown> {
  let known = args.get(node);
  if (known === undefined) {
    known = getArgumentValues(field, node, variables);
    args.set(node, known);
  }
  return known;
}

export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function notPlain(): never {
  throw new NotPlain();
}
