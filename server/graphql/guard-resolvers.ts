import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import type { Context } from './context.ts';

type Resolver = GraphQLFieldResolver<unknown, Context>;
type Path = GraphQLResolveInfo['path'];

/**
 * Wraps every resolver. The wrapper checks the time limit, waits for the request's turn, and passes the right context. So no
 * resolver checks the clock itself.
 */
export function guardResolvers<R extends object>(resolvers: R): R {
  const guarded = Object.entries(resolvers).map(([type, fields]) => [
    type,
    Object.fromEntries(
      Object.entries(fields as Record<string, unknown>).map(([field, resolver]) => [
        field,
        typeof resolver === 'function' && !field.startsWith('__') ? guard(resolver as Resolver) : resolver,
      ]),
    ),
  ]);
  return Object.fromEntries(guarded) as R;
}

function guard(resolver: Resolver): Resolver {
  return (parent, args, context, info) => {
    const answering = context.hasPast ? contextAt(context, info.path) : context;
    return answering.turn(() => resolver(parent, args, answering, info));
  };
}

/** The context of the past under `asKnownAt`, otherwise the request's own. Only `asKnownAt` has fields of Query below the root. */
function contextAt(context: Context, path: Path): Context {
  let below: Path | undefined;
  let root = path;
  while (root.prev !== undefined) {
    below = root;
    root = root.prev;
  }
  return below?.typename === 'Query' ? context.past(String(root.key)) : context;
}
