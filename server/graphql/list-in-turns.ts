import type { GraphQLFieldResolver } from 'graphql';
import { defaultFieldResolver } from 'graphql';
import type { Context } from './context.ts';

/** The items of a list that wait for one turn together. A turn of its own for each would cost more than most items do. */
const itemsPerTurn = 16;

/**
 * The items of a list, each where the request has its turn, otherwise a promise of it. graphql-js completes an item as soon as it has
 * it, so that a long list gives way to other requests between two items, and its fields need no turn of their own.
 *
 * Never throws: graphql-js would drop the promises of the items before. Items after a time limit are rejected promises.
 */
function* listInTurns<T>(items: readonly T[], context: Pick<Context, 'turn'>): Generator<T | Promise<T>> {
  let turn: Promise<unknown> | undefined;
  let itemsLeft = 0;
  for (const item of items) {
    if (itemsLeft === 0) {
      turn = waitForTurn(context);
      itemsLeft = turn === undefined ? 0 : itemsPerTurn;
    }
    if (turn === undefined) yield item;
    else {
      itemsLeft--;
      yield turn.then(() => item);
    }
  }
}

/** Undefined: it is the request's turn. */
function waitForTurn(context: Pick<Context, 'turn'>): Promise<unknown> | undefined {
  try {
    return context.turn(noWork) as Promise<unknown> | undefined;
  } catch (error) {
    return Promise.reject(error);
  }
}

function noWork(): undefined {}

/** Lets a list of objects give way to other requests. Everything else is returned as it is. */
export function giveWay(value: unknown, context: Pick<Context, 'turn'>): unknown {
  if (!Array.isArray(value) || value.length < 2 || typeof value[0] !== 'object' || value[0] === null) return value;
  return listInTurns(value, context);
}

/** Reads a property of the parent, for fields without a resolver. */
export const readProperty: GraphQLFieldResolver<unknown, Context> = (parent, args, context, info) =>
  giveWay(defaultFieldResolver(parent, args, context, info), context);
