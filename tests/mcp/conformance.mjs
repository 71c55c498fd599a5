/**
 * Runs the protocol's conformance suite. On Node 20 `fs` lacks `globSync`, which the suite imports for commands that no test here uses.
 *
 *     node tests/mcp/conformance.mjs server --url http://127.0.0.1:4000/mcp --suite all --spec-version 2026-07-28
 */
import * as fs from 'node:fs';
import { register } from 'node:module';

const hook = `export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.includes('/@modelcontextprotocol/conformance/')) return loaded;
  const source = String(loaded.source).replace(/\\bglobSync as (\\w+),/, '').replace(/^#!.*/, '');
  const name = /\\bglobSync as (\\w+),/.exec(String(loaded.source))?.[1];
  return { ...loaded, source: (name === undefined ? '' : 'const ' + name + ' = () => [];') + source };
}`;
if (!('globSync' in fs)) register(`data:text/javascript,${encodeURIComponent(hook)}`);
await import('@modelcontextprotocol/conformance/dist/index.js');
