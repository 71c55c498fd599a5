import { Button } from '@mantine/core';
import { type ComponentType, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { isFocusLost, useFocusBack } from './focus-result.ts';
import classes from './lazy-part.module.css';

export type LazyPart<TProps> = ComponentType<TProps> & {
  /** Loads the code before the part is shown. */
  readonly preload: () => void;
};

type Phase = 'loading' | 'loaded' | 'failed' | 'retrying';

/** A part that can be left: a dialog, or a view over another. */
interface Leavable {
  readonly isOpen?: boolean;
  readonly onClose?: () => void;
}

interface LazyPartOptions {
  /** Shown until the code has loaded. */
  readonly waiting?: ReactNode;
  /** The part is a dialog: its error lies over the page while the dialog would be open. */
  readonly isDialog?: boolean;
}

/**
 * A part of a page whose code loads when it is first shown, so that the first picture does not wait for it. Where the code cannot be loaded, an
 * error with ways out stands in place of this part, and the rest of the page stays. `React.lazy` would replace the page, and not load again.
 * A part with `onClose` can be closed from its error, and loads again when it is next opened.
 */
export function lazyPart<TProps extends object>(
  load: () => Promise<ComponentType<TProps>>,
  { waiting = null, isDialog = false }: LazyPartOptions = {},
): LazyPart<TProps> {
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
    const { isOpen = true, onClose }: Leavable = props;
    const [phase, setPhase] = useState<Phase>(Part === null ? 'loading' : 'loaded');
    const isLoading = phase === 'loading' || phase === 'retrying';
    useEffect(() => {
      if (!isLoading) return;
      let isShown = true;
      const proceed = (next: Phase) => () => {
        if (isShown) setPhase(next);
      };
      loadOnce().then(proceed('loaded'), proceed('failed'));
      return () => {
        isShown = false;
      };
    }, [isLoading]);
    useEffect(() => {
      if (isOpen) setPhase((before) => (before === 'failed' ? 'loading' : before));
    }, [isOpen]);
    if (Part !== null) return <Part {...props} />;
    if (phase === 'loading') return waiting;
    if (!isOpen) return null;
    return <Unloaded isRetrying={phase === 'retrying'} isDialog={isDialog} onRetry={() => setPhase('retrying')} onClose={onClose} />;
  };
  return Object.assign(Shown, { preload: () => void loadOnce().catch(() => undefined) });
}

interface UnloadedProps {
  readonly isRetrying: boolean;
  readonly isDialog: boolean;
  readonly onRetry: () => void;
  readonly onClose: (() => void) | undefined;
}

/** Some browsers answer a second attempt with the first failure, so there is a way to reload. The address keeps what is shown. */
function Unloaded({ isRetrying, isDialog, onRetry, onClose }: UnloadedProps) {
  const box = useRef<HTMLDivElement>(null);
  const retry = useRef<HTMLButtonElement>(null);
  useFocusBack(isDialog);
  // The keyboard is where a dialog opens, as in the dialog itself.
  useEffect(() => {
    if (isDialog) retry.current?.focus();
  }, [isDialog]);
  // The focus stays near once the part takes the place of its error.
  useLayoutEffect(() => {
    const around = box.current?.parentElement?.closest<HTMLElement>('[tabindex]');
    return () => {
      if (!box.current?.contains(document.activeElement)) return;
      setTimeout(() => {
        if (isFocusLost() && around?.isConnected) around.focus({ preventScroll: true });
      });
    };
  }, []);
  return (
    <div
      ref={box}
      className={classes.unloaded}
      role="alert"
      data-dialog={isDialog || undefined}
      onKeyDown={(event) => {
        if (isDialog && event.key === 'Escape') onClose?.();
      }}
    >
      <p>
        {isRetrying
          ? 'Loading …'
          : 'This part of the page could not be loaded. Check that the server is running, then try again. If that does not help, reload the page.'}
      </p>
      <Button ref={retry} variant="default" size="compact-sm" aria-disabled={isRetrying} onClick={isRetrying ? undefined : onRetry}>
        Retry
      </Button>
      <Button variant="default" size="compact-sm" onClick={() => window.location.reload()}>
        Reload
      </Button>
      {onClose !== undefined && (
        <Button variant="default" size="compact-sm" onClick={onClose}>
          Close
        </Button>
      )}
    </div>
  );
}

/** Loads the code of parts while the browser has nothing else to do. */
export function preloadWhenIdle(parts: readonly { readonly preload: () => void }[]): void {
  whenIdle(() => {
    for (const { preload } of parts) preload();
  });
}

/** Whether the browser has had nothing to do since the component was shown. */
export function useIdle(): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    let isShown = true;
    whenIdle(() => isShown && setIdle(true));
    return () => {
      isShown = false;
    };
  }, []);
  return isIdle;
}

/** Runs a task once the browser has nothing else to do, after 3 seconds at the latest. */
export function whenIdle(task: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(task, { timeout: 3000 });
  else setTimeout(task, 500);
}
