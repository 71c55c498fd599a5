/**
 * Makes the bench measure the built program, which is what users run: imports of the server's TypeScript source load its JavaScript in dist.
 * Loaded from source, each call of an imported function takes longer.
 */
import { register } from 'node:module';

const hook = `
const source = ${JSON.stringify(new URL('../../server/', import.meta.url).href)};
const built = ${JSON.stringify(new URL('../../dist/server/', import.meta.url).href)};
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  const [path] = found.url.split('?');
  if (!path.startsWith(source) || !path.endsWith('.ts')) return found;
  return { url: built + path.slice(source.length).replace(/ts$/, 'js'), format: 'module', shortCircuit: true };
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
