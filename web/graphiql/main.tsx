import '@fontsource-variable/inter';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import './console.css';
import { createRoot } from 'react-dom/client';
import firstQuery from './first-query.graphql?raw';

/** The GraphQL console. A separate page, so that the main page does not load it. */
const root = document.getElementById('root');
if (root === null) throw new Error('graphiql.html lacks #root');
createRoot(root).render(<GraphiQL fetcher={createGraphiQLFetcher({ url: '/graphql' })} defaultQuery={firstQuery} />);
