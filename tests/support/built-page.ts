import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds server and page into dist/ where they are missing or older than their sources. Throws with the build's own words. */
export function buildWhatIsStale(): void {
  const { status, stderr } = spawnSync(process.execPath, ['web/build-stale.mjs'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
