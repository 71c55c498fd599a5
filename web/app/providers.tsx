import { ApolloProvider } from '@apollo/client/react';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { client } from '../shared/graphql/client.ts';
import { Announcer } from '../shared/ui/announcer.tsx';
import { cssVariablesResolver, theme } from './theme.ts';

const colorScheme = localStorageColorSchemeManager({ key: 'exposure-color-scheme' });

/** What every part of the page stands on: the client, the theme (the system's until somebody chooses), the live region. */
export function Providers({ children }: { readonly children: ReactNode }) {
  return (
    <ApolloProvider client={client}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto" colorSchemeManager={colorScheme}>
        <Announcer>{children}</Announcer>
      </MantineProvider>
    </ApolloProvider>
  );
}
