import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';

/**
 * The one client. Nothing is normalised and nothing is kept: the same id stands for different states in one answer (as known at an
 * instant, before and after a change), and the server answers in milliseconds.
 */
export const client = new ApolloClient({
  link: new HttpLink({ uri: '/graphql', credentials: 'same-origin' }),
  cache: new InMemoryCache({ dataIdFromObject: () => undefined }),
  // An equal question under way may have been called off by whoever asked it.
  queryDeduplication: false,
  defaultOptions: {
    query: { fetchPolicy: 'no-cache' },
    watchQuery: { fetchPolicy: 'no-cache' },
    mutate: { fetchPolicy: 'no-cache' },
  },
});
