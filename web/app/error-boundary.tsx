import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';

interface State {
  readonly error: Error | null;
}

/** Shows an error that rendering threw, with ways to continue, instead of a blank page. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
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
