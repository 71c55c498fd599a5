import { ExposureError } from '../domain/errors.ts';
import type { Asker } from './asker.ts';

/** The source of the import that loads the demo world. */
export const demoSource = 'demo world';

/**
 * Whether the store holds only the demo world: its import was the only write, and is not undone. False while the store is
 * unreachable.
 */
export async function askIsDemo(asker: Asker): Promise<boolean> {
  if ((await asker.facts()).revision !== 1) return false;
  try {
    const imports = await asker.questions.store.listImports();
    return imports.length === 1 && imports[0]?.source === demoSource && imports[0].state === 'COMMITTED';
  } catch (error) {
    if (error instanceof ExposureError && (error.code === 'STORE_UNAVAILABLE' || error.code === 'QUERY_TIMEOUT')) return false;
    throw error;
  }
}
