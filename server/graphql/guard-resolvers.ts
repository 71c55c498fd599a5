import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import type { Context } from './context.ts';

type Resolver = GraphQLFieldResolver<unknown, Context>;
type Path = GraphQLResolveInfo['path'];

/**
 * Calls every resolver when it is the request's turn and while there is time, with the context that it must answer from. So no
 * resolver has to look at the clock, and none can forget to; nor does one have to know that it may be asked of the past.
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

/** Under asKnownAt, which is at the root, the context of then. Only there do fields of Query stand below the root. */
function contextAt(context: Context, path: Path): Context {
  let below: Path | undefined;
  let root = path;
  while (root.prev !== undefined) {
    below = root;
    root = root.prev;
  }
  return below?.typename === 'Query' ? context.past(String(root.key)) : context;
}
