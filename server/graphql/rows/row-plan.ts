import type { FieldNode, FragmentDefinitionNode, GraphQLField, GraphQLLeafType, GraphQLOutputType, SelectionSetNode } from 'graphql';
import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLString,
  getArgumentValues,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
} from 'graphql';
import { type JsonText, jsonPiece } from '../../export/json-text.ts';
import type { Piece } from '../../exposure/piece.ts';
import { noteSensitiveRead } from '../audit-fields.ts';
import type { Context } from '../context.ts';
import { readsParentOnly } from '../guard-resolvers.ts';
import { writerOf } from './written-text.ts';

/*
 * How a list of objects becomes rows: their JSON, with fields in the order of the selection. graphql-js looks up each field of each object
 * anew, and makes objects of them; a plan looks it up once for each request, and writes bytes. A plan knows success alone. Anything else (an
 * error, a null that may not be, a promise) throws `NotPlain`, and graphql-js answers the whole request instead, so that errors have one home.
 *
 * A plan covers fields that read their parent alone (`readsParentOnly`). Such a field never waits, asks no question and changes nothing.
 */

/** A row would not be plain, so graphql-js must answer. */
export class NotPlain extends Error {}

/** One use of a plan. */
export class PlanRun {
  readonly context: Context;
  readonly variables: GraphQLResolveInfo['variableValues'];
  readonly out: JsonText;
  /** The arguments of each field that has some. They are the same for all rows. */
  readonly args = new Map<FieldNode, Record<string, unknown>>();
  /** Those made so far. */
  objects = 0;

  constructor(context: Context, variables: GraphQLResolveInfo['variableValues'], out: JsonText) {
    this.context = context;
    this.variables = variables;
    this.out = out;
  }
}

/** Writes a value. */
export type Complete = (value: unknown, run: PlanRun) => void;
/** Reads a field of its parent, and writes it. */
type WriteField = (parent: unknown, run: PlanRun) => void;

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
  return complete && ((value, run) => (value === null || value === undefined ? run.out.addNull() : complete(value, run)));
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
    return item && ((value, run) => (isIterable(value) ? writeItems(value, item, run) : notPlain()));
  }
  return isObjectType(type) && selections !== undefined ? planObject(type, selections, fragments, isInList) : undefined;
}

function writeItems(list: Iterable<unknown>, item: Complete, run: PlanRun): void {
  const { out } = run;
  let before = signs.openList;
  let isEmpty = true;
  for (const each of list) {
    out.addPiece(before);
    item(each, run);
    before = signs.comma;
    isEmpty = false;
  }
  out.addPiece(isEmpty ? signs.emptyList : signs.closeList);
}

export const signs = {
  openList: jsonPiece('['),
  closeList: jsonPiece(']'),
  emptyList: jsonPiece('[]'),
  comma: jsonPiece(','),
  closeObject: jsonPiece('}'),
} as const;

function planLeaf(type: GraphQLLeafType): Complete {
  const writeAny: Complete = (value, { out }) => {
    // A text, a finite number or a flag: values of no other kind are told from promises and errors here.
    if (typeof value === 'object' || typeof value === 'function') return notPlain();
    const written = type.serialize(value);
    if (typeof written === 'string') return out.addText(written);
    return typeof written === 'number' && Number.isFinite(written)
      ? out.addNumber(written)
      : typeof written === 'boolean'
        ? out.addFlag(written)
        : notPlain();
  };
  if (isEnumType(type)) {
    const names = new Map(type.getValues().map(({ name, value }): [unknown, Piece] => [value, jsonPiece(JSON.stringify(name))]));
    return (value, { out }) => out.addPiece(names.get(value) ?? notPlain());
  }
  // The values of these need no check: serialize returns each as it is.
  if (type === GraphQLString || type === GraphQLID)
    return (value, run) => (typeof value === 'string' ? run.out.addText(value) : writeAny(value, run));
  if (type === GraphQLFloat)
    return (value, run) => (typeof value === 'number' && Number.isFinite(value) ? run.out.addNumber(value) : writeAny(value, run));
  if (type === GraphQLBoolean) return (value, run) => (typeof value === 'boolean' ? run.out.addFlag(value) : writeAny(value, run));
  return writeAny;
}

function planObject(type: GraphQLObjectType, selections: SelectionSetNode, fragments: Fragments, isInList: boolean): Complete | undefined {
  if (type.isTypeOf || largeTypes.has(type.name)) return undefined;
  const nodes = new Map<string, FieldNode>();
  if (!collectFields(type, selections, fragments, nodes)) return undefined;
  const keys: Piece[] = [];
  const fields: WriteField[] = [];
  for (const [key, node] of nodes) {
    const field = planField(type, node, fragments, isInList);
    if (field === undefined) return undefined;
    keys.push(jsonPiece(`${keys.length === 0 ? '{' : ','}${JSON.stringify(key)}:`));
    fields.push(field);
  }
  const isRead = type.name === 'Artifact' && [...nodes.values()].some(({ name }) => name.value !== '__typename');
  return (value, run) => {
    if (value instanceof Promise || value instanceof Error) return notPlain();
    run.objects++;
    if (isRead) noteSensitiveRead(value, run.context);
    const { out } = run;
    for (let i = 0; i < keys.length; i++) {
      out.addPiece(keys[i] as Piece);
      (fields[i] as WriteField)(value, run);
    }
    out.addPiece(signs.closeObject);
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

function planField(type: GraphQLObjectType, node: FieldNode, fragments: Fragments, isInList: boolean): WriteField | undefined {
  const name = node.name.value;
  if (name === '__typename') {
    const typeName = jsonPiece(JSON.stringify(type.name));
    return (_, { out }) => out.addPiece(typeName);
  }
  const field = type.getFields()[name];
  if (field === undefined) return undefined;
  const complete = planType(field.type, node.selectionSet, fragments, isInList);
  if (complete === undefined) return undefined;
  const { resolve } = field;
  if (resolve === undefined) return (parent, run) => complete(propertyOf(parent, name), run);
  const read = readsParentOnly(resolve);
  if (read === undefined) return undefined;
  const write = isNonNullType(field.type) && field.type.ofType === GraphQLString ? writerOf(read) : undefined;
  if (write !== undefined)
    return (parent, { out }) => {
      out.beginText();
      write(parent, out);
      out.endText();
    };
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
