import { toPlainHeader } from '../../domain/columns/plain-header.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { conceptOf } from '../mapping/column-synonyms.ts';
import { FileFault } from '../rows/rejection.ts';
import { fromVocabulary } from '../vocabulary/vocabulary-rows.ts';
import type { Sheet } from '../workbook/open-workbook.ts';
import { type DocumentContext, DocumentTables } from './document-tables.ts';

/** A value in JSON or YAML: a text, a list, or an object. Numbers and booleans are texts as they stand in the file; null is ''. */
export type Value = string | readonly Value[] | ReadonlyMap<string, Value>;
type Entry = ReadonlyMap<string, Value>;

const deepestLists = 8;
/** Keys beside the lists that say whose they are, or of when. They propose an answer, and state nothing. */
const ownerKey = /^(?:company|client|customer|organi[sz]ation|entity|title|(?:last[ _]?)?updated|as[ _]?of|effective|date)$/i;
const nodeKeys = ['nodes', 'vertices', 'entities'];
const edgeKeys = ['edges', 'links', 'relationships', 'arcs'];
const [fromKeys, toKeys] = [
  ['source', 'from', 'start', 'tail'],
  ['target', 'to', 'end', 'head'],
];
/** The direction of a relation: whether its source engages its target, or its target engages its source. */
const relations: ReadonlyMap<string, 'CLIENT' | 'PROVIDER'> = new Map([
  ...[
    'engages',
    'uses',
    'contracts',
    'contracts with',
    'buys from',
    'customer of',
    'client of',
    'outsources to',
    'relies on',
    'depends on',
    'subcontracts to',
    'subcontracts',
  ].map((word) => [word, 'CLIENT'] as const),
  ...[
    'supplies',
    'provides',
    'provides to',
    'serves',
    'vendor of',
    'supplier of',
    'provider of',
    'processor of',
    'subprocessor of',
    'sub processor of',
    'subcontractor of',
    'contractor of',
  ].map((word) => [word, 'PROVIDER'] as const),
]);
const relationKeys = ['relation', 'relationship', 'type', 'label', 'kind', 'predicate'];

const nameHeaders = fromVocabulary(
  () => new Set((['PROVIDER', 'SUBPROVIDER', 'NAME', 'CLIENT'] as const).flatMap((name) => conceptOf(name).headers)),
);
/** Whether a key names organizations, one or many: "vendor", "vendors", "lieferanten", "customers name". */
function isNameKey(key: string): boolean {
  const plain = toPlainHeader(key);
  return nameHeaders().has(plain) || nameHeaders().has(plain.replace(/(?<=\p{L}{3})e?[ns](?= |$)/u, ''));
}

/**
 * The tables in the value of a JSON or YAML file: each list of objects is one, named by the path of its keys. Its columns are the keys, those
 * of inner objects behind those of outer ones: `contact email`. Row 1 is the header.
 *
 * * An object whose values are objects is a table too: its keys are the ids of the rows, or their names where the objects have none.
 * * A list of texts is a table of one column.
 * * In a row, a list of texts is one cell, with a line and a bullet for each name of an organization, else separated by semicolons.
 * * In a row, a list of objects under a key such as `subprocessors` is a table of its own, which repeats the name of its row.
 * * An inner object `fields` or `properties` holds the columns of its record.
 * * Nodes and edges are two tables. The edges must say who engages whom: by their keys, or by a relation such as `subprocessor of`.
 *
 * Throws FileFault UNKNOWN_KIND where edges do not say that, and LIST_TOO_LARGE.
 *
 * @returns the tables, and the paths of the texts outside of them
 */
export function tablesOf(value: Value, context: DocumentContext): { readonly tables: Sheet[]; readonly beside: readonly string[] } {
  const finder = new TableFinder(context);
  if (isEntry(value))
    for (const [key, text] of value) if (typeof text === 'string' && ownerKey.test(key)) finder.found.noteOwner(`${key}: ${text}`);
  finder.find(value, []);
  return { tables: finder.found.tables, beside: finder.beside };
}

class TableFinder {
  readonly found: DocumentTables;
  readonly beside: string[] = [];

  constructor(context: DocumentContext) {
    this.found = new DocumentTables(context);
  }

  find(value: Value, path: readonly string[]): void {
    if (typeof value === 'string') {
      if (value !== '') this.beside.push(path.join('.') || 'the whole file');
    } else if (isList(value)) this.#readList(value, path);
    else if (path.length >= deepestLists) this.beside.push(path.join('.'));
    else this.#readObject(value, path);
  }

  #readList(items: readonly Value[], path: readonly string[]): void {
    const entries = items.filter(isEntry);
    const texts = items.filter((item) => typeof item === 'string');
    if (entries.length > 0) this.#addTable(entries, path);
    if (texts.length > 0) this.#addNames(texts, path);
    for (const item of items) if (isList(item)) this.find(item, path);
  }

  #readObject(object: Entry, path: readonly string[]): void {
    const graph = findGraph(object);
    if (graph !== undefined) {
      this.#addGraph(graph, path);
      for (const [key, value] of object) if (key !== graph.nodeKey && key !== graph.edgeKey) this.find(value, [...path, key]);
      return;
    }
    const values = [...object.values()];
    if (values.length > 1 && values.every(isEntry) && sharesKeys(values as Entry[])) {
      const isNamed = (values as Entry[]).some((entry) => [...entry.keys()].some(isNameKey));
      const keyed = [...object].map(([key, entry]) => new Map<string, Value>([[isNamed ? 'id' : 'name', key], ...(entry as Entry)]));
      this.#addTable(keyed, path);
      return;
    }
    for (const [key, value] of object) this.find(value, [...path, key]);
  }

  #addNames(texts: readonly string[], path: readonly string[]): void {
    const table = this.found.open();
    const header = path.at(-1);
    table.headerRow = header === undefined ? 0 : 1;
    if (header !== undefined) table.add(1, 1, header);
    for (const [index, text] of texts.entries()) table.add(index + 2, 1, text);
    this.found.add(table, path.join('.') || 'list');
  }

  #addTable(wrapped: readonly Entry[], path: readonly string[]): void {
    const inner = new Map<string, Entry[]>();
    const entries = wrapped.map(unwrapped);
    const rows = entries.map((entry) => {
      const row = new Map<string, string>();
      this.#flatten(entry, '', row, (key, items) => {
        const owner = ownerOf(entry, path.at(-1));
        const list = getOrInsert(inner, key, () => []);
        for (const item of items) list.push(new Map([owner, ...prefixed(item, key)]));
      });
      return row;
    });
    const table = this.found.open();
    table.headerRow = 1;
    const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
    const places = new Map(columns.map((column, index) => [column, index + 1]));
    for (const [column, place] of places) table.add(1, place, column);
    for (const [index, row] of rows.entries()) for (const [column, text] of row) table.add(index + 2, places.get(column) as number, text);
    this.found.add(table, path.join('.') || 'list');
    for (const [key, items] of inner) this.#addTable(items, [...path, key]);
  }

  /** @param onList called with the lists of objects that are tables of their own */
  #flatten(entry: Entry, prefix: string, row: Map<string, string>, onList: (key: string, items: readonly Entry[]) => void): void {
    for (const [key, value] of entry) {
      const column = `${prefix}${key}`;
      if (typeof value === 'string') row.set(column, value);
      else if (!isList(value)) this.#flatten(value, `${column} `, row, onList);
      else if (value.length > 0 && value.every(isEntry) && isNameKey(key)) onList(key, value as Entry[]);
      else row.set(column, joinList(value, isNameKey(key)));
    }
  }

  #addGraph({ nodes, edges, nodeKey, edgeKey }: Graph, path: readonly string[]): void {
    this.#addTable(
      nodes.map((node) => (node.has('label') && !node.has('name') ? renamed(node, 'label', 'name') : node)),
      [...path, nodeKey],
    );
    const first = edges[0] as Entry;
    const from = fromKeys.find((key) => first.has(key));
    const to = toKeys.find((key) => first.has(key));
    if (from === undefined || to === undefined) {
      this.#addTable(edges, [...path, edgeKey]);
      return;
    }
    this.#addTable(
      edges.map((edge) => {
        const says = relationOf(edge);
        if (says === undefined) throw untoldDirection(from, to);
        const [client, provider] = says === 'CLIENT' ? [from, to] : [to, from];
        return renamed(renamed(edge, client, 'Client'), provider, 'Provider');
      }),
      [...path, edgeKey],
    );
  }
}

/** Databases put the fields of a record into an inner object, beside its id: `{"id": "rec1", "fields": {…}}`. */
function unwrapped(entry: Entry): Entry {
  const found = wrapperKeys.map((key) => [key, entry.get(key)] as const).find(([, value]) => value !== undefined && isEntry(value));
  if (found === undefined) return entry;
  const [key, fields] = found as [string, Entry];
  const beside = [...entry].filter(([other]) => other !== key);
  return beside.some(([other]) => fields.has(other)) ? entry : new Map([...beside, ...fields]);
}

const wrapperKeys = ['fields', 'properties', 'attributes', 'node'];

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function isEntry(value: Value): value is Entry {
  return value instanceof Map;
}

/** Whether most objects have a key of the first one. */
function sharesKeys([first, ...others]: readonly Entry[]): boolean {
  const keys = [...(first as Entry).keys()];
  return others.filter((other) => keys.some((key) => other.has(key))).length * 2 > others.length;
}

/** The text that tells whose inner list it is. */
function ownerOf(entry: Entry, list: string | undefined): [string, Value] {
  const names = [...entry].filter(([key, value]) => typeof value === 'string' && value !== '' && isNameKey(key));
  // Before its own name, a row has that of the row that its list stands in.
  const named = names.find(([key]) => key.startsWith(`${list} `)) ?? names[0];
  const [key, value] = named ?? [...entry].find(([, text]) => typeof text === 'string' && text !== '') ?? ['name', ''];
  if (list === undefined || !/^name$/i.test(key)) return [key, value];
  // An envelope such as `data` does not say what its rows are, so only the key does.
  return [isNameKey(list) ? `${list} ${key}` : `${key} (${list})`, value];
}

/** A plain `name` in a list of subprocessors is the name of a subprocessor. */
function prefixed(entry: Entry, list: string): [string, Value][] {
  return [...entry].map(([key, value]) => [isNameKey(key) && !isList(value) ? `${list} ${key}` : key, value]);
}

function renamed(entry: Entry, from: string, to: string): Entry {
  return new Map([...entry].map(([key, value]) => [key === from ? to : key, value]));
}

function joinList(items: readonly Value[], isNames: boolean): string {
  const texts = items.map(showValue).filter((text) => text !== '');
  if (texts.length < 2) return texts[0] ?? '';
  const needsLines = isNames || texts.some((text) => /[;\n]/.test(text));
  return needsLines ? texts.map((text) => `• ${text}`).join('\n') : texts.join('; ');
}

function showValue(value: Value): string {
  if (typeof value === 'string') return value;
  if (isList(value)) return value.map(showValue).join(', ');
  return [...value].map(([key, inner]) => `${key}: ${showValue(inner)}`).join(', ');
}

interface Graph {
  readonly nodeKey: string;
  readonly edgeKey: string;
  readonly nodes: readonly Entry[];
  readonly edges: readonly Entry[];
}

function findGraph(object: Entry): Graph | undefined {
  const find = (keys: readonly string[]) =>
    keys.find((key) => isList(object.get(key) ?? '') && (object.get(key) as readonly Value[]).some(isEntry));
  const [nodeKey, edgeKey] = [find(nodeKeys), find(edgeKeys)];
  if (nodeKey === undefined || edgeKey === undefined) return undefined;
  const [nodes, edges] = [nodeKey, edgeKey].map((key) => (object.get(key) as readonly Value[]).filter(isEntry).map(ofData)) as [
    Entry[],
    Entry[],
  ];
  return { nodeKey, edgeKey, nodes, edges };
}

/** Some programs write `{"data": {…}}` around each node and edge. */
function ofData(entry: Entry): Entry {
  const data = entry.get('data');
  if (data === undefined || !isEntry(data)) return entry;
  return new Map([...data, ...[...entry].filter(([key]) => key !== 'data')]);
}

function relationOf(edge: Entry): 'CLIENT' | 'PROVIDER' | undefined {
  for (const key of relationKeys) {
    const text = edge.get(key);
    const says = typeof text === 'string' ? relations.get(toPlainHeader(text)) : undefined;
    if (says !== undefined) return says;
  }
  return undefined;
}

function untoldDirection(from: string, to: string): FileFault {
  return new FileFault(
    'UNKNOWN_KIND',
    1,
    `The edges do not say who engages whom. Name their ends "client" and "provider" in place of "${from}" and "${to}", or give each edge a "relation" such as "engages" or "subprocessor of".`,
  );
}
