import type { TypedDocumentNode } from '@apollo/client';
import { print } from 'graphql';

/** A question of the page: the operation and its variables. */
export interface AskedOperation {
  // biome-ignore lint/suspicious/noExplicitAny: any operation of the page.
  readonly document: TypedDocumentNode<any, any>;
  readonly variables: object;
}

/** The console with a question filled in. The part after `#` is not sent to the server, so its length has no limit there. */
export function consoleHref({ document, variables }: AskedOperation): string {
  return `/graphiql#${new URLSearchParams({ query: print(document), variables: JSON.stringify(variables, null, 2) })}`;
}
