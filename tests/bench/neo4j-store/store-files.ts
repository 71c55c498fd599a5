import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isInt } from 'neo4j-driver';
import { getOrInsert } from '../../../server/domain/get-or-insert.ts';

/** Joins the values of a list in one cell: no text of a generated world contains it. */
export const arrayDelimiter = '\x1f';
const bytesAWrite = 2 ** 20;

/** A table for Neo4j's batch importer: a file with the header, which is known last, and one with the rows. */
class Table {
  readonly headerPath: string;
  readonly dataPath: string;
  readonly #file: number;
  readonly #leading: readonly string[];
  /** The type of each property, by name, in the order of the columns. Undefined until a row has a value. */
  readonly #types = new Map<string, string | undefined>();
  /** Properties with an empty list, which the importer reads as no value. */
  readonly emptyLists = new Set<string>();
  readonly #absent = new Set<string>();
  #text = '';

  constructor(folder: string, name: string, leading: readonly string[], properties: readonly string[]) {
    this.headerPath = join(folder, `${name}-header.csv`);
    this.dataPath = join(folder, `${name}.csv`);
    this.#file = openSync(this.dataPath, 'w');
    this.#leading = leading;
    for (const property of properties) this.#types.set(property, undefined);
  }

  /** @param leading cells that are written as they are; @param values of the properties, in their order */
  add(leading: string, values: readonly unknown[]): void {
    let line = leading;
    let i = 0;
    for (const [name, type] of this.#types) {
      const value = values[i++];
      line += ',';
      if (value === null || value === undefined) {
        this.#absent.add(name);
        continue;
      }
      if (Array.isArray(value) && value.length === 0) this.emptyLists.add(name);
      const found = typeOf(value);
      if (type === undefined) this.#types.set(name, found);
      else if (type !== found) throw new Error(`${this.dataPath}: ${name} has values of the types ${type} and ${found}.`);
      line += cellOf(value);
    }
    this.#text += `${line}\n`;
    if (this.#text.length > bytesAWrite) this.#flush();
  }

  end(): void {
    this.#flush();
    closeSync(this.#file);
    for (const name of this.emptyLists)
      if (this.#absent.has(name)) throw new Error(`${this.dataPath}: some rows have no ${name}, and some an empty list.`);
    const properties = [...this.#types].map(([name, type]) => `${name}:${type ?? 'string'}`);
    writeFileSync(this.headerPath, `${[...this.#leading, ...properties].join(',')}\n`);
  }

  #flush(): void {
    writeSync(this.#file, this.#text);
    this.#text = '';
  }
}

/** Nodes and relationships as files for Neo4j's batch importer. Nodes are numbered in the order in which they are added. */
export class StoreFiles {
  readonly #folder: string;
  readonly #nodes = new Map<string, Table>();
  readonly #relationships = new Map<string, Table>();
  #count = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Returns the number of the node. All nodes of a label have the same properties, or null. */
  addNode(label: string, names: readonly string[], values: readonly unknown[]): number {
    getOrInsert(this.#nodes, label, () => new Table(this.#folder, label, [':ID'], names)).add(`${this.#count}`, values);
    return this.#count++;
  }

  /** Relationships without properties share a file, so they keep their order. */
  addRelationship(type: string, from: number, to: number, names: readonly string[] = [], values: readonly unknown[] = []): void {
    const file = names.length === 0 ? 'arrows' : type;
    const table = getOrInsert(this.#relationships, file, () => new Table(this.#folder, file, [':START_ID', ':END_ID', ':TYPE'], names));
    table.add(`${from},${to},${type}`, values);
  }

  /** Statements for what the importer cannot read: empty lists. */
  get remaining(): string[] {
    return [...this.#nodes].flatMap(([label, { emptyLists }]) =>
      [...emptyLists].map((name) => `MATCH (n:${label}) WHERE n.${name} IS NULL SET n.${name} = []`),
    );
  }

  /** Completes the files. Returns the importer's options that name them. */
  end(): string[] {
    const options: string[] = [];
    for (const [label, table] of this.#nodes) {
      table.end();
      options.push(`--nodes=${label}=${table.headerPath},${table.dataPath}`);
    }
    for (const table of this.#relationships.values()) {
      table.end();
      options.push(`--relationships=${table.headerPath},${table.dataPath}`);
    }
    return options;
  }
}

function typeOf(value: unknown): string {
  if (isInt(value)) return 'long';
  if (value instanceof Int8Array) return 'byte[]';
  if (Array.isArray(value)) {
    if (!value.every((one) => typeof one === 'string' && one !== '')) throw new Error('Only lists of texts can be written.');
    return 'string[]';
  }
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'double';
    case 'boolean':
      return 'boolean';
    default:
      throw new Error(`A property of type ${typeof value} cannot be written.`);
  }
}

function cellOf(value: unknown): string {
  if (value instanceof Int8Array) return value.join(arrayDelimiter);
  if (Array.isArray(value)) return quote(value.join(arrayDelimiter));
  return typeof value === 'string' ? quote(value) : `${value}`;
}

/** Quoted, an empty text is a text. */
function quote(text: string): string {
  return `"${text.includes('"') ? text.replaceAll('"', '""') : text}"`;
}
