/** An operation of the page as text, in the parts that `server/graphql/generate.mjs` writes. */
export interface Operation<TData, TVariables> {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly name: string;
  /** The definitions of its variables, without parentheses. Empty: none. */
  readonly variables: string;
  /** The selected root fields, without braces. */
  readonly selection: string;
  /** The fragments that the selection uses. */
  readonly fragments: string;
  /** It asks about facts, so that it can be asked as known at an earlier instant. */
  readonly hasPast: boolean;
  /** Never set: it only carries the types. */
  readonly types?: (variables: TVariables) => TData;
}

// biome-ignore lint/suspicious/noExplicitAny: an operation with any data and variables.
export type AnyOperation = Operation<any, any>;

/** The operation as a GraphQL document. */
export function textOf({ kind, name, variables, selection, fragments }: AnyOperation): string {
  return `${kind} ${name}${variables === '' ? '' : `(${variables})`}{${selection}}${fragments}`;
}

/** The name of the variable that holds the instant in {@link asKnownAt}. */
export const KNOWN_AT_VARIABLE = 'asKnownAtInstant';

/** The same question, asked under `asKnownAt`. Its answer stands in the field of that name. */
export function asKnownAt(operation: AnyOperation): AnyOperation {
  const { variables, selection } = operation;
  return {
    ...operation,
    variables: `${variables}${variables === '' ? '' : ','}$${KNOWN_AT_VARIABLE}:DateTime!`,
    selection: `asKnownAt(instant:$${KNOWN_AT_VARIABLE}){${selection}}`,
  };
}
