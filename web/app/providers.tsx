import { ApolloProvider } from '@apollo/client/react';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { client } from '../shared/graphql/client.ts';
import { Announcer } from '../shared/ui/announcer.tsx';
import { cssVariablesResolver, theme } from './theme.ts';

/**
 * The server lets only style elements count that carry its answer's nonce; the library's carry it, and so do those of the scroll lock below
 * dialogs, which looks for it where bundlers put it.
 */
const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content;
Object.assign(globalThis, { __webpack_nonce__: styleNonce });

const colorScheme = localStorageColorSchemeManager({ key: 'exposure-color-scheme' });

/** What every part of the page stands on: the client, the theme (the system's until somebody chooses), the live region. */
export function Providers({ children }: { readonly children: ReactNode }) {
  return (
    <ApolloProvider client={client}>
      <MantineProvider
        getStyleNonce={() => styleNonce ?? ''}
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        defaultColorScheme="auto"
        colorSchemeManager={colorScheme}
      >
        <Announcer>{children}</Announcer>
      </MantineProvider>
    </ApolloProvider>
  );
}
