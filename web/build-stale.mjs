/**
 * `build-stale.mjs [--all] [server] [page]`: builds the named parts, by default both, if their sources changed since the last build. `--all` builds in
 * any case. It compares a hash of names and contents, not times: every file of a fresh clone is new.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, path);
  return hash.digest('hex');
}

function addTo(hash, path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  const entries = readdirSync(full, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
}

function addFile(hash, path) {
  const full = join(root, path);
  if (existsSync(full)) hash.update(path).update('\0').update(readFileSync(full));
}

const parts = [
  {
    name: 'server',
    folders: ['server'],
    files: ['tsconfig.json', 'package-lock.json', 'schema.graphql'],
    script: 'build:server',
    proof: 'dist/server/cli/exposure.js',
  },
  { name: 'page', folders: ['web'], files: ['package-lock.json', 'docs/concepts.md'], script: 'build:web', proof: 'dist/web/index.html' },
];

const isAllWanted = process.argv.includes('--all');
const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const built = [];
for (const part of parts) {
  if (wanted.length > 0 && !wanted.includes(part.name)) continue;
  const hash = createHash('sha256').update(hashOf(part.folders));
  for (const file of part.files) addFile(hash, file);
  const digest = hash.digest('hex');
  const stamp = join(root, 'dist', `.${part.name}.hash`);
  const isFresh = !isAllWanted && existsSync(join(root, part.proof)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
  if (isFresh) continue;
  const started = Date.now();
  // A test runner sets NODE_ENV to "test", which would put React's development build into the page.
  const env = { ...process.env, NODE_ENV: 'production' };
  const result = spawnSync('npm', ['run', '--silent', part.script], { cwd: root, encoding: 'utf8', env });
  if (result.status !== 0) {
    process.stderr.write(`The ${part.name} could not be built:\n${result.stdout ?? ''}${result.stderr ?? ''}`);
    process.exit(1);
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, digest);
  built.push(`${part.name} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
process.stderr.write(built.length === 0 ? 'Build is up to date.\n' : `Built ${built.join(', ')}.\n`);
