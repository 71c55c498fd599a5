import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { Announcer } from '../shared/ui/announcer.tsx';
import { cssVariablesResolver, theme } from './theme.ts';

/**
 * The content security policy accepts only style elements with the nonce of the response. Mantine takes the nonce as a property; the scroll
 * lock of its dialogs reads it from this global.
 */
const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content;
Object.assign(globalThis, { __webpack_nonce__: styleNonce });

const colorScheme = localStorageColorSchemeManager({ key: 'exposure-color-scheme' });

/** The context of the whole page: theme (the system's until the reader chooses one), live region. */
export function Providers({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider
      getStyleNonce={() => styleNonce ?? ''}
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      colorSchemeManager={colorScheme}
    >
      <Announcer>{children}</Announcer>
    </MantineProvider>
  );
}
