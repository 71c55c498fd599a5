import '@fontsource-variable/inter';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import './console.css';
import { createRoot } from 'react-dom/client';
import firstQuery from './first-query.graphql?raw';

/** The GraphQL console. A separate page, so that the main page does not load it. `#query=…&variables=…` opens a question of the page. */
const root = document.getElementById('root');
if (root === null) throw new Error('graphiql.html lacks #root');
const given = new URLSearchParams(window.location.hash.slice(1));
const query = given.get('query');
const question = query === null ? {} : { query, variables: given.get('variables') ?? '{}' };
createRoot(root).render(<GraphiQL fetcher={createGraphiQLFetcher({ url: '/graphql' })} defaultQuery={firstQuery} {...question} />);
