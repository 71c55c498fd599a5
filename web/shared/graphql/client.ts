import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { ServerError } from '@apollo/client/errors';
import { ErrorLink } from '@apollo/client/link/error';
import { map } from 'rxjs';
import { readKnownAt } from '../url/known-at.ts';
import { isRedacting, REDACT_HEADER } from '../url/redaction.ts';
import { askAsKnownAt, hasPast } from './as-known-at.ts';

/** While the address names an instant, every question about facts is asked as known then: one switch for all views. */
const thenLink = new ApolloLink((operation, forward) => {
  const instant = readKnownAt();
  if (instant === null || !hasPast(operation.query)) return forward(operation);
  const asked = askAsKnownAt(operation.query, operation.variables, instant);
  operation.query = asked.document;
  operation.variables = asked.variables;
  return forward(operation).pipe(
    map((result) => ({
      ...result,
      data: (result.data as { readonly asKnownAt?: Record<string, unknown> } | null | undefined)?.asKnownAt ?? null,
    })),
  );
});

/** While names are hidden, the server puts stand-ins in their place, in every answer. */
const redactLink = new ApolloLink((operation, forward) => {
  if (isRedacting()) {
    const { headers } = operation.getContext() as { readonly headers?: Record<string, string> };
    operation.setContext({ headers: { ...headers, ...REDACT_HEADER } });
  }
  return forward(operation);
});

/** Logs in again when the session has ended, and returns to the same view, which the address holds. */
const sessionLink = new ErrorLink(({ error }) => {
  if (!ServerError.is(error) || error.statusCode !== 401) return;
  const { pathname, search } = window.location;
  window.location.assign(`/auth/login?to=${encodeURIComponent(pathname + search)}`);
});

/**
 * The only GraphQL client. It caches nothing, because one id can stand for different states (as known at an instant, before and after a
 * change), and because the server answers in milliseconds.
 */
export const client = new ApolloClient({
  link: ApolloLink.from([sessionLink, thenLink, redactLink, new HttpLink({ uri: '/graphql', credentials: 'same-origin' })]),
  cache: new InMemoryCache({ dataIdFromObject: () => undefined }),
  // Deduplication would return an equal request that its caller may cancel.
  queryDeduplication: false,
  defaultOptions: {
    query: { fetchPolicy: 'no-cache' },
    watchQuery: { fetchPolicy: 'no-cache' },
    mutate: { fetchPolicy: 'no-cache' },
  },
});
