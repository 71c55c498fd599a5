import { ExposureError } from '../domain/errors.ts';
import { demoSource } from '../domain/records/demo-source.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { Asker } from './asker.ts';

/** The last answer about each store. */
const lastAnswers = new WeakMap<FactStore, boolean>();

/** Whether the import of the demo world is committed and not undone. While the store is unreachable, as answered last, at first false. */
export async function askIsDemo(asker: Asker): Promise<boolean> {
  const { store } = asker.questions;
  try {
    const imports = await store.listImports();
    const isDemo = imports.some(({ source, state }) => source === demoSource && state === 'COMMITTED');
    lastAnswers.set(store, isDemo);
    return isDemo;
  } catch (error) {
    if (error instanceof ExposureError && (error.code === 'STORE_UNAVAILABLE' || error.code === 'QUERY_TIMEOUT'))
      return lastAnswers.get(store) ?? false;
    throw error;
  }
}
