import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const built = new Set<string>();

/** Builds the parts into dist/ if they are missing or stale, once per process; by default server and page. Throws with the build's output. */
export function buildWhatIsStale(...parts: readonly ('server' | 'page')[]): void {
  const what = parts.join(' ');
  if (built.has(what)) return;
  const { status, stderr } = spawnSync(process.execPath, ['web/build-stale.mjs', ...parts], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  built.add(what);
}
