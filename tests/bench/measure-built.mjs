/**
 * Makes the bench measure the program as users run it: esbuild, which builds the server, compiles each module of its source. As tsx compiles it, each call
 * of an imported function takes longer.
 */
import { register } from 'node:module';

const hook = `
import { readFile } from 'node:fs/promises';
import { transform } from ${JSON.stringify(import.meta.resolve('esbuild'))};
const source = ${JSON.stringify(new URL('../../server/', import.meta.url).href)};
export async function load(url, context, next) {
  const [path] = url.split('?');
  if (!path.startsWith(source) || !path.endsWith('.ts')) return next(url, context);
  const { code } = await transform(await readFile(new URL(path), 'utf8'), { loader: 'ts', format: 'esm', target: 'node20' });
  return { format: 'module', source: code, shortCircuit: true };
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
