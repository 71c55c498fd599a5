import '@fontsource-variable/inter';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import './console.css';
import { parse, print } from 'graphql';
import { createRoot } from 'react-dom/client';
import firstQuery from './first-query.graphql?raw';

/** The GraphQL console. A separate page, so that the main page does not load it. `#query=…&variables=…` opens a question of the page. */
const root = document.getElementById('root');
if (root === null) throw new Error('graphiql.html lacks #root');
const given = new URLSearchParams(window.location.hash.slice(1));
const query = given.get('query');
const question = query === null ? {} : { query: printed(query), variables: given.get('variables') ?? '{}' };
createRoot(root).render(<GraphiQL fetcher={createGraphiQLFetcher({ url: '/graphql' })} defaultQuery={firstQuery} {...question} />);

/** The question on lines of its own. One that does not parse stays as it is: the console says what is wrong. */
function printed(text: string): string {
  try {
    return print(parse(text));
  } catch {
    return text;
  }
}
