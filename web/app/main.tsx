import './trusted-types.ts';
import '@fontsource-variable/inter';
import './tokens.css';
import './base.css';
import './mantine.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchSession } from '../shared/viewer/session.ts';
import { readViewer } from '../shared/viewer/viewer.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame/frame.tsx';
import { SessionEnded } from './notices/session-ended.tsx';
import { Providers } from './providers.tsx';

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
