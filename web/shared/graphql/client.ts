import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';

/**
 * The only GraphQL client. It caches nothing, because one id can stand for different states (as known at an instant, before and after a
 * change), and because the server answers in milliseconds.
 */
export const client = new ApolloClient({
  link: new HttpLink({ uri: '/graphql', credentials: 'same-origin' }),
  cache: new InMemoryCache({ dataIdFromObject: () => undefined }),
  // Deduplication would return an equal request that its caller may cancel.
  queryDeduplication: false,
  defaultOptions: {
    query: { fetchPolicy: 'no-cache' },
    watchQuery: { fetchPolicy: 'no-cache' },
    mutate: { fetchPolicy: 'no-cache' },
  },
});
