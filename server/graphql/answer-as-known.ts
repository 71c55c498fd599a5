import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import type { Context } from './context.ts';

type Resolver = GraphQLFieldResolver<unknown, Context>;
type Path = GraphQLResolveInfo['path'];

/**
 * Lets every resolver under Query.asKnownAt have the context of then: its facts, and its instant of asking. So no question
 * needs to know that it may be asked of the past, and none can forget to.
 */
export function answerAsKnown<R extends object>(resolvers: R): R {
  const wrapped = Object.entries(resolvers).map(([type, fields]) => [
    type,
    Object.fromEntries(
      Object.entries(fields as Record<string, unknown>).map(([field, resolver]) => [
        field,
        typeof resolver === 'function' && !field.startsWith('__') ? wrap(resolver as Resolver) : resolver,
      ]),
    ),
  ]);
  return Object.fromEntries(wrapped) as R;
}

function wrap(resolver: Resolver): Resolver {
  return (parent, args, context, info) => resolver(parent, args, context.hasPast ? contextAt(context, info.path) : context, info);
}

/** A field of Query that does not stand at the root stands under asKnownAt, which does. */
function contextAt(context: Context, path: Path): Context {
  let below: Path | undefined;
  let root = path;
  while (root.prev !== undefined) {
    below = root;
    root = root.prev;
  }
  return below?.typename === 'Query' ? context.past(String(root.key)) : context;
}
