import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';

interface State {
  readonly error: Error | null;
}

/** A defect of ours shows a sentence and a way on, never a white page. */
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
          <h1>This view could not be drawn</h1>
          <p style={{ margin: '12px 0', color: 'var(--ink-2)' }}>
            Nothing was changed. The address still holds what you looked at: reload to try again, or start over.
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
