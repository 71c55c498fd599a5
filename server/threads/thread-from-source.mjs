/**
 * Starts a worker thread from its TypeScript source. Its first argument names the source, relative to the folder of the server.
 * The built server has each thread as a bundle of its own (`build-server.mjs`).
 *
 * The thread and its libraries are bundled into `.cache/threads`, so that the next thread starts in a sixth of the time. A module that the
 * thread imports later is a file of its own, named by its content. The first line of a bundle holds time and size of each of its files: when
 * one differs, the bundle is built again.
 */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { threadId } from 'node:worker_threads';
import { bundleOptions } from './bundle.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = process.argv[2];
const folder = `${root}.cache/threads`;
const bundle = `${folder}/${source.replaceAll('/', '-')}.mjs`;
const stampOf = (path) => {
  const { mtimeMs, size } = statSync(`${root}${path}`);
  return `${mtimeMs} ${size}`;
};

function isFresh() {
  try {
    const text = readFileSync(bundle, 'utf8');
    const stamps = JSON.parse(text.slice('// '.length, text.indexOf('\n')));
    return Object.entries(stamps).every(([path, stamp]) => stampOf(path) === stamp);
  } catch {
    return false;
  }
}

if (!isFresh()) {
  const { buildSync } = await import('esbuild');
  const { outputFiles, metafile } = buildSync({
    ...bundleOptions,
    absWorkingDir: root,
    entryPoints: [`server/${source}`],
    outdir: folder,
    entryNames: source.replaceAll('/', '-'),
    chunkNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    metafile: true,
    write: false,
  });
  const stamps = Object.fromEntries(Object.keys(metafile.inputs).map((path) => [path, stampOf(path)]));
  mkdirSync(folder, { recursive: true });
  const write = (path, text) => {
    const draft = `${path}.${process.pid}-${threadId}`;
    writeFileSync(draft, text);
    renameSync(draft, path);
  };
  const isBundle = ({ path }) => path === bundle;
  for (const { path, text } of outputFiles.filter((file) => !isBundle(file))) write(path, text);
  write(bundle, `// ${JSON.stringify(stamps)}\n${outputFiles.find(isBundle).text}`);
}
await import(pathToFileURL(bundle).href);
