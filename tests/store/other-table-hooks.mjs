/**
 * Module hooks that load a copy of the program with another field table. The copy's files have `?table=N` in their URLs, and it finds
 * tests/store/other-table.ts in place of server/domain/fact-fields.ts.
 */
const tableFile = new URL('../../server/domain/fact-fields.ts', import.meta.url).href;
const otherTable = new URL('./other-table.ts', import.meta.url).href;
const programFolders = ['../../server/', './'].map((path) => new URL(path, import.meta.url).href);

export async function resolve(specifier, context, nextResolve) {
  const resolved = await nextResolve(specifier, context);
  const [parent = '', query] = (context.parentURL ?? '').split('?');
  const table = /\btable=\d+/.exec(query ?? '');
  const [url] = resolved.url.split('?');
  if (table === null || parent === otherTable || !programFolders.some((folder) => url.startsWith(folder))) return resolved;
  return { ...resolved, url: `${url === tableFile ? otherTable : url}?${table[0]}` };
}
