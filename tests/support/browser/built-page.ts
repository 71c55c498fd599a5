import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds the parts into dist/ if they are missing or stale; by default server and page. Throws with the build's output. */
export function buildWhatIsStale(...parts: readonly ('server' | 'page')[]): void {
  const { status, stderr } = spawnSync(process.execPath, ['web/build-stale.mjs', ...parts], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
