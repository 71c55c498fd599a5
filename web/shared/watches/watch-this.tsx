import { type ComponentType, createContext, useContext } from 'react';
import { useIdle } from '../ui/lazy-part.tsx';
import type { Watchable } from './watchable.ts';

interface WatchThisProps {
  /** One at least. The first is offered first. */
  readonly choices: readonly Watchable[];
}

const WatchThisContext = createContext<ComponentType<WatchThisProps> | null>(null);
export const WatchThisProvider = WatchThisContext.Provider;

/** A bell that opens the settings of a watch. Its code loads when the page is idle, and its place is kept until then. */
export function WatchThis(props: WatchThisProps) {
  const Part = useContext(WatchThisContext);
  return useIdle() && Part !== null ? <Part {...props} /> : <span style={{ flex: 'none', width: 32 }} />;
}
