import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import { getNamedType, getNullableType, isLeafType, isListType } from 'graphql';
import type { Right } from '../auth/rights.ts';
import { checkRight, mutationRights, queryRights } from '../auth/rights.ts';
import { audited, noteSensitiveRead } from './audit-fields.ts';
import type { Context } from './context.ts';
import type { MutationResolvers, QueryResolvers } from './generated/resolvers.ts';
import { giveWay } from './list-in-turns.ts';

type Resolver = GraphQLFieldResolver<unknown, Context>;
type Path = GraphQLResolveInfo['path'];

/** Fails to compile where a field of the schema has no right. */
const rootRights: {
  readonly Query: Readonly<Record<keyof QueryResolvers, Right>>;
  readonly Mutation: Readonly<Record<keyof MutationResolvers, Right>>;
} = { Query: queryRights, Mutation: mutationRights };

/**
 * Wraps every resolver. The wrapper checks the right to a root field and the time limit, and writes changes and refusals to the audit trail. It
 * waits for the request's turn and passes the context of the right instant. So no resolver checks the sender or the clock itself.
 *
 * A field that only reads a column runs in the turn of its object. A long list yields between two objects.
 */
export function guardResolvers<R extends object>(resolvers: R): R {
  const guarded = Object.entries(resolvers).map(([type, fields]) => [
    type,
    Object.fromEntries(
      Object.entries(fields as Record<string, unknown>).map(([field, resolver]) => [
        field,
        typeof resolver === 'function' && !field.startsWith('__')
          ? keepPlain(guard(resolver as Resolver, type, field), resolver)
          : resolver,
      ]),
    ),
  ]);
  return Object.fromEntries(guarded) as R;
}

/** A resolver that takes no context. */
type PlainResolver = (parent: unknown, args: object) => unknown;

/** By guarded resolver. */
const plainResolvers = new WeakMap<object, PlainResolver>();

function keepPlain(guarded: Resolver, resolver: object): Resolver {
  if (isPlain(resolver)) plainResolvers.set(guarded, resolver);
  return guarded;
}

function isPlain(resolver: object): resolver is PlainResolver {
  return typeof resolver === 'function' && resolver.length > 0 && resolver.length < 3 && !(resolver instanceof AsyncFunction);
}

const AsyncFunction = (async () => {}).constructor as FunctionConstructor;

/** The resolver behind a guarded one if it takes no context: it reads its parent alone, so it needs neither rights nor a turn of its own. */
export function readsParentOnly(guarded: object): PlainResolver | undefined {
  return plainResolvers.get(guarded);
}

function guard(resolver: Resolver, type: string, field: string): Resolver {
  const isRoot = type === 'Query' || type === 'Mutation';
  const right = isRoot ? (rootRights[type] as Readonly<Record<string, Right>>)[field] : undefined;
  let isLight: boolean | undefined;
  return (parent, args, context, info) => {
    if (isRoot) checkAndRecord(context, right, field);
    if (type === 'Artifact') noteSensitiveRead(parent, context);
    const answering = context.hasPast ? contextAt(context, info.path) : context;
    isLight ??= !isRoot && readsColumns(info);
    try {
      if (isLight) return resolver(parent, args, answering, info);
      const answer = () => answering.turn(() => giveWayWhenKnown(resolver(parent, args, answering, info), answering));
      return type === 'Mutation' ? audited(context, field, args, answer) : answer();
    } catch (error) {
      // graphql-js drops the promises of a list where a later item throws at once. One of them that rejects would end the process.
      return Promise.reject(error);
    }
  };
}

/** Records of facts, which are only an index into their columns. */
const recordTypes = new Set(['Organization', 'Artifact', 'Transfer', 'Access', 'Engagement', 'Reveals', 'Control', 'Copy']);

/** Whether a field only reads columns: it has no arguments, and gives values or one record. */
function readsColumns({ parentType, fieldName, returnType }: GraphQLResolveInfo): boolean {
  const hasArguments = (parentType.getFields()[fieldName]?.args.length ?? 0) > 0;
  const type = getNullableType(returnType);
  return !hasArguments && (isLeafType(getNamedType(type)) || (!isListType(type) && recordTypes.has(getNamedType(type).name)));
}

function giveWayWhenKnown(value: unknown, context: Context): unknown {
  return value instanceof Promise ? value.then((known) => giveWay(known, context)) : giveWay(value, context);
}

/** Throws FORBIDDEN, which is recorded. */
function checkAndRecord(context: Context, right: Right | undefined, field: string): void {
  try {
    checkRight(context.identity, right, field);
  } catch (error) {
    context.audit(field, null, 'FORBIDDEN');
    throw error;
  }
}

/** The context of the past under `asKnownAt`, otherwise the request's own. Only `asKnownAt` has fields of Query below the root. */
export function contextAt(context: Context, path: Path): Context {
  let below: Path | undefined;
  let root = path;
  while (root.prev !== undefined) {
    below = root;
    root = root.prev;
  }
  return below?.typename === 'Query' ? context.past(String(root.key)) : context;
}
