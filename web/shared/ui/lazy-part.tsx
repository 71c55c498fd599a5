import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';

export type LazyPart<TProps> = ComponentType<TProps> & {
  /** Loads the code before the part is shown. */
  readonly preload: () => void;
};

/**
 * A part of a page whose code loads when it is first shown, so that the first picture does not wait for it.
 *
 * @param waiting shown until the code has loaded
 */
export function lazyPart<TProps extends object>(load: () => Promise<ComponentType<TProps>>, waiting: ReactNode = null): LazyPart<TProps> {
  let loading: Promise<{ readonly default: ComponentType<TProps> }> | null = null;
  const loadOnce = () => {
    loading ??= load().then((part) => ({ default: part }));
    // After a failure, the next attempt asks again.
    loading.catch(() => {
      loading = null;
    });
    return loading;
  };
  const Part = lazy(loadOnce) as ComponentType<TProps>;
  // biome-ignore lint/correctness/noComponentHookFactories: a part is made once, beside the component that shows it.
  const Shown = (props: TProps) => (
    <Suspense fallback={waiting}>
      <Part {...props} />
    </Suspense>
  );
  return Object.assign(Shown, { preload: () => void loadOnce().catch(() => undefined) });
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
