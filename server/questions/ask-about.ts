import { ExposureError } from '../domain/errors.ts';
import type { Asker } from './asker.ts';

/** The source of the import that brings the demo world. */
export const demoSource = 'demo world';

/**
 * Whether the store holds the demo world and nothing else: its import was the only write, and is not undone. While the store
 * cannot be reached, the answer is no.
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
