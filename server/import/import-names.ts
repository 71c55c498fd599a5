import { ExposureError } from '../domain/errors.ts';
import { describeHidden } from '../domain/text/hidden-characters.ts';
import type { FactStore } from '../store/fact-store.ts';

const collection = 'import';
const maxLength = 200;

/** The names that people gave to committed imports, by the id of the import. */
export async function readImportNames(store: FactStore): Promise<ReadonlyMap<string, string>> {
  return new Map((await store.listDocuments(collection)).map(({ id, json }) => [id, nameIn(json)]));
}

/** The name of one committed import; null if nobody gave it one. */
export async function findImportName(store: FactStore, id: string): Promise<string | null> {
  const found = await store.findDocument(collection, id);
  return found === undefined ? null : nameIn(found.json);
}

/** Names a committed import. The latest name counts. */
export async function saveImportName(store: FactStore, id: string, name: string): Promise<void> {
  await store.saveDocument(collection, id, JSON.stringify({ name }));
}

/** Returns the name without outer blanks. Throws BAD_USER_INPUT if it cannot be the name of an import. */
export function checkImportName(text: string): string {
  const name = text.trim();
  const hidden = describeHidden('name', name);
  if (hidden !== undefined) throw new ExposureError('BAD_USER_INPUT', hidden);
  if (name.length > 0 && name.length <= maxLength && !/\p{Cs}/u.test(name)) return name;
  throw new ExposureError(
    'BAD_USER_INPUT',
    `The name ${JSON.stringify(name.slice(0, 60))} cannot be used. Expected 1 to ${maxLength} characters on one line, such as "Vendor register, June".`,
  );
}

/** Throws BAD_USER_INPUT for a new source that holds hidden characters. Further editions of a recorded one are imported as before. */
export async function checkSource(store: FactStore, source: string): Promise<string> {
  const hidden = describeHidden('source', source);
  if (hidden === undefined || (await store.listImports()).some((one) => one.source === source)) return source;
  throw new ExposureError('BAD_USER_INPUT', hidden);
}

function nameIn(json: string): string {
  return (JSON.parse(json) as { readonly name: string }).name;
}
