import { Button } from '@mantine/core';
import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import classes from './lazy-part.module.css';

export type LazyPart<TProps> = ComponentType<TProps> & {
  /** Loads the code before the part is shown. */
  readonly preload: () => void;
};

type Phase = 'loading' | 'loaded' | 'failed';

/**
 * A part of a page whose code loads when it is first shown, so that the first picture does not wait for it. Where the code cannot be loaded, an
 * error with ways out stands in place of this part, and the rest of the page stays. `React.lazy` would replace the page, and not load again.
 *
 * @param waiting shown until the code has loaded
 */
export function lazyPart<TProps extends object>(load: () => Promise<ComponentType<TProps>>, waiting: ReactNode = null): LazyPart<TProps> {
  let Part: ComponentType<TProps> | null = null;
  let loading: Promise<void> | null = null;
  const loadOnce = (): Promise<void> => {
    if (Part !== null) return Promise.resolve();
    loading ??= load()
      .then((part) => {
        Part = part;
      })
      .finally(() => {
        loading = null;
      });
    return loading;
  };
  // biome-ignore lint/correctness/noComponentHookFactories: a part is made once, beside the component that shows it.
  const Shown = (props: TProps) => {
    const [phase, setPhase] = useState<Phase>(Part === null ? 'loading' : 'loaded');
    useEffect(() => {
      if (phase !== 'loading') return;
      let isShown = true;
      const proceed = (next: Phase) => () => {
        if (isShown) setPhase(next);
      };
      loadOnce().then(proceed('loaded'), proceed('failed'));
      return () => {
        isShown = false;
      };
    }, [phase]);
    if (Part !== null) return <Part {...props} />;
    return phase === 'failed' ? <Unloaded onRetry={() => setPhase('loading')} /> : waiting;
  };
  return Object.assign(Shown, { preload: () => void loadOnce().catch(() => undefined) });
}

/** Some browsers answer a second attempt with the first failure, so there is a way to reload. The address keeps what is shown. */
function Unloaded({ onRetry }: { readonly onRetry: () => void }) {
  return (
    <p className={classes.unloaded} role="alert">
      This part of the page could not be loaded. Check that the server is running, then try again. If that does not help, reload the page.
      <Button variant="default" size="compact-sm" onClick={onRetry}>
        Retry
      </Button>
      <Button variant="default" size="compact-sm" onClick={() => window.location.reload()}>
        Reload
      </Button>
    </p>
  );
}

/** Loads the code of parts while the browser has nothing else to do. */
export function preloadWhenIdle(parts: readonly { readonly preload: () => void }[]): void {
  whenIdle(() => {
    for (const { preload } of parts) preload();
  });
}

/** Runs a task once the browser has nothing else to do, after 3 seconds at the latest. */
export function whenIdle(task: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(task, { timeout: 3000 });
  else setTimeout(task, 500);
}
