import { ExposureError } from '../domain/errors.ts';
import type { Asker } from './asker.ts';

/** The source of the import that loads the demo world. */
export const demoSource = 'demo world';

/** Whether the import of the demo world is committed and not undone. False while the store is unreachable. */
export async function askIsDemo(asker: Asker): Promise<boolean> {
  try {
    const imports = await asker.questions.store.listImports();
    return imports.some(({ source, state }) => source === demoSource && state === 'COMMITTED');
  } catch (error) {
    if (error instanceof ExposureError && (error.code === 'STORE_UNAVAILABLE' || error.code === 'QUERY_TIMEOUT')) return false;
    throw error;
  }
}
