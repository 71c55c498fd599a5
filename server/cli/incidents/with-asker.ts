import { Asker } from '../../questions/asker.ts';
import { Questions } from '../../questions/questions.ts';
import type { StoreFlags } from '../run-command.ts';
import { useStore } from '../run-command.ts';

/** Opens the store, asks, and closes the store. */
export function withAsker<T>(flags: StoreFlags, question: (asker: Asker) => Promise<T>): Promise<T> {
  // biome-ignore lint/correctness/useHookAtTopLevel: it is no React hook.
  return useStore(flags, 'content', (store, config) => question(new Asker(new Questions({ store, projection: config.projection }))));
}
