import './trusted-types.ts';
import '@fontsource-variable/inter';
import './tokens.css';
import './base.css';
import './mantine.css';
import type { CSSVariablesResolver, MantineColorsTuple, VariantColorsResolver } from '@mantine/core';
import {
  Button,
  colorsTuple,
  createTheme,
  defaultVariantColorsResolver,
  localStorageColorSchemeManager,
  MantineProvider,
  Menu,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { Component, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Announcer } from '../shared/ui/announcer.tsx';
import { readViewer, watchSession } from '../shared/viewer/viewer.ts';
import { Frame } from './frame/frame.tsx';
import { SessionEnded } from './notices/session-ended.tsx';

/** Text on a filled accent takes the surface color, which is dark in the dark theme. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  return input.variant === 'filled' && (input.color === undefined || input.color === 'accent')
    ? { ...colors, color: 'var(--surface)' }
    : colors;
};

/** Mantine's dark grays replaced by our tokens: text, muted text, borders, raised surfaces, surface, background. */
const DARK: MantineColorsTuple = [
  '#e9ecf2',
  '#b3bbc8',
  '#929cab',
  '#6d7889',
  '#2a313d',
  '#1c222c',
  '#151a22',
  '#0e1117',
  '#0e1117',
  '#0e1117',
];

/** Mantine's theme, built from our tokens only. None of Mantine's own shades is used. */
const theme = createTheme({
  fontFamily: 'var(--font)',
  fontSizes: { xs: '11px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: 6,
  primaryColor: 'accent',
  primaryShade: 6,
  colors: { accent: colorsTuple('var(--accent)'), dark: DARK },
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver,
  components: {
    // A menu may hold only entries: Mantine's placeholder for the first focus is none.
    // In a low window it moves up beside its target, and scrolls if it is still too long.
    Menu: Menu.extend({
      defaultProps: { withInitialFocusPlaceholder: false, middlewares: { flip: true, shift: { crossAxis: true, padding: 8 } } },
    }),
    Button: Button.extend({
      vars: (_theme, props) => ({
        root:
          props.size === undefined
            ? { '--button-height': 'var(--control-height)', '--button-padding-x': '12px', '--button-fz': '13px' }
            : {},
      }),
      styles: { label: { fontWeight: 500 } },
    }),
    // Their element is a `header`, which beside the top bar would be a second banner of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
  },
  headings: { fontFamily: 'var(--font)', fontWeight: '650' },
});

const cssVariablesResolver: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-anchor': 'var(--accent-ink)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--surface-2)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--control)',
    '--mantine-color-error': 'var(--exposed-ink)',
    '--mantine-color-disabled': 'var(--surface-2)',
    '--mantine-color-disabled-color': 'var(--ink-3)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-color-accent-filled': 'var(--accent)',
    '--mantine-color-accent-filled-hover': 'var(--accent-ink)',
    '--mantine-color-accent-light': 'var(--accent-soft)',
    '--mantine-color-accent-light-hover': 'var(--accent-soft)',
    '--mantine-color-accent-light-color': 'var(--accent-ink)',
    '--mantine-color-accent-outline': 'var(--accent)',
    '--mantine-color-accent-outline-hover': 'var(--accent-soft)',
    '--mantine-color-accent-text': 'var(--accent-ink)',
    '--mantine-primary-color-contrast': 'var(--surface)',
    '--mantine-shadow-md': 'var(--shadow)',
    '--mantine-shadow-sm': 'var(--shadow)',
  };
  return { variables: {}, light: shared, dark: shared };
};

interface State {
  readonly error: Error | null;
}

/** Shows an error that rendering threw, with ways to continue, instead of a blank page. */
class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <main style={{ padding: 'var(--space-8)', maxWidth: 560 }}>
        <div role="alert">
          <h1>This view could not be shown</h1>
          <p style={{ margin: '12px 0', color: 'var(--ink-2)' }}>
            No data was changed. Reload to try again, or start over from the first page.
          </p>
          <p style={{ margin: '12px 0', color: 'var(--ink-3)' }}>{this.state.error.message}</p>
        </div>
        <Button onClick={() => window.location.reload()} mr="xs">
          Reload
        </Button>
        <Button variant="default" component="a" href="/">
          Start over
        </Button>
      </main>
    );
  }
}

/**
 * The content security policy accepts only style elements with the nonce of the response. Mantine takes the nonce as a property; the scroll
 * lock of its dialogs reads it from this global.
 */
const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content;
Object.assign(globalThis, { __webpack_nonce__: styleNonce });

const colorScheme = localStorageColorSchemeManager({ key: 'exposure-color-scheme' });

/** The context of the whole page: theme (the system's until the reader chooses one), live region. */
function Providers({ children }: { readonly children: ReactNode }) {
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

const root = document.getElementById('root');
if (root === null) throw new Error('index.html lacks #root');
watchSession();
// The first view depends on what its reader may do.
await readViewer();
createRoot(root).render(
  <StrictMode>
    <Providers>
      <ErrorBoundary>
        <Frame />
        <SessionEnded />
      </ErrorBoundary>
    </Providers>
  </StrictMode>,
);
