import { type AnyOperation, textOf } from '../graphql/operation.ts';

/** A question of the page: the operation and its variables. */
export interface AskedOperation {
  readonly document: AnyOperation;
  readonly variables: object;
}

/** The console with a question filled in. The part after `#` is not sent to the server, so its length has no limit there. */
export function consoleHref({ document, variables }: AskedOperation): string {
  return `/graphiql#${new URLSearchParams({ query: textOf(document), variables: JSON.stringify(variables, null, 2) })}`;
}
