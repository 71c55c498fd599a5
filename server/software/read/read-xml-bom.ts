import { SaxesParser } from 'saxes';
import { ExposureError } from '../../domain/errors.ts';
import type { JsonObject } from './json-fields.ts';
import type { FindLines } from './software-reading.ts';
import { largeFile, refusedFile } from './software-reading.ts';

/** Components and what wraps them are two elements a level, as they are an object and an array in JSON. */
const deepest = 64;
const mostAttributes = 1000;
/** A list of 200,000 components has half as many. */
const mostElements = 4_000_000;
/** Long texts that no fact keeps: licenses, signatures, evidence. */
const unread = new Set([
  'licenses',
  'signature',
  'Signature',
  'evidence',
  'pedigree',
  'releaseNotes',
  'externalReferences',
  'copyright',
  'swid',
  'annotations',
  'formulation',
  'declarations',
  'modelCard',
  'cryptoProperties',
  'ratings',
  'credits',
  'tools',
]);
/** Elements that wrap a list of one kind, as CycloneDX JSON has arrays. */
const wrappers = new Set([
  'components',
  'services',
  'hashes',
  'compositions',
  'assemblies',
  'vulnerabilities',
  'lifecycles',
  'affects',
  'versions',
  'dependencies',
  'references',
  'properties',
  'cwes',
  'advisories',
  'owners',
  'custodians',
  'stewards',
]);
/** Elements whose text is the value, and that carry an attribute: which name that text has in JSON. */
const valueNames: Readonly<Record<string, string>> = { hash: 'content', property: 'value', classification: 'classification' };

/** Elements whose lines are said. What is inside them stands on their line. */
const placed = new Set(['component', 'vulnerability']);

/** Ends the parsing of what is no list at its first element. */
const otherXml = new Error('XML of another kind');

/** The kind of an element, which follows from its name. */
interface ElementKind {
  readonly name: string;
  readonly isRead: boolean;
  /** Whether it wraps a list. */
  readonly isList: boolean;
  readonly isPlaced: boolean;
  /** The name that its text gets beside its attributes. */
  readonly valueName: string | undefined;
}

/** More names than CycloneDX has. Beyond them, each element is looked at anew. */
const mostKinds = 1000;

/** An open element. */
interface Open {
  kind: ElementKind;
  line: number;
  /** Undefined: none so far, as in most elements, which hold a text alone. */
  fields: Record<string, unknown> | undefined;
  /** Undefined: none so far. */
  items: unknown[] | undefined;
  text: string;
}

/**
 * A CycloneDX list in XML as the JSON that CycloneDX writes for it. Undefined: the XML is something else.
 *
 * Throws ExposureError: XML that is not well-formed, declares a document type or uses an entity beyond the five of XML, or states more than
 * is read. O(characters). Memory: what is read.
 */
export function readXmlBom(file: string, text: string): { readonly bom: JsonObject; readonly findLines: FindLines } | undefined {
  const fail = (why: string) =>
    refusedFile(file, `is not XML that can be read (${why.slice(0, 200)})`, 'Write the list again, as JSON if you can, and import that.');
  const parser = new SaxesParser<{ position: false }>({ position: false });
  // Columns: few files have a warning that asks for a line.
  const [placedValues, placedLines] = [[] as object[], [] as number[]];
  const kinds = new Map<string, ElementKind>();
  /** The open elements are the first `depth`. Each place is used again. */
  const stack: Open[] = [];
  let [depth, elements, skipped, attributeCount] = [0, 0, 0, 0];
  let attributes: Record<string, unknown> | undefined;
  let bom: JsonObject | undefined;
  const kindOf = (tagName: string): ElementKind => {
    const known = kinds.get(tagName);
    if (known !== undefined) return known;
    const name = localName(tagName);
    const kind = {
      ...{ name, isRead: !unread.has(name), isList: wrappers.has(name), isPlaced: placed.has(name) },
      valueName: Object.hasOwn(valueNames, name) ? valueNames[name] : undefined,
    };
    if (kinds.size < mostKinds) kinds.set(tagName, kind);
    return kind;
  };
  const open = (kind: ElementKind, fields: Record<string, unknown> | undefined) => {
    const top = stack[depth++];
    if (top === undefined) {
      stack.push({ kind, line: parser.line, fields, items: undefined, text: '' });
      return;
    }
    top.kind = kind;
    top.line = parser.line;
    top.fields = fields;
    top.items = undefined;
    top.text = '';
  };
  parser.on('doctype', () => {
    throw refusedFile(
      file,
      'declares a document type or entities, which are not read',
      'Remove the declaration, and import the file again.',
    );
  });
  // Those of a tag come before it. The parser itself keeps them in an object that is slow to read.
  parser.on('attribute', ({ name, value }) => {
    if (++attributeCount > mostAttributes)
      throw largeFile(file, 'has an element with more than 1,000 attributes', 'No list does: look at it.');
    if (name === '__proto__') return;
    attributes ??= {};
    attributes[name] = value;
  });
  parser.on('opentag', (tag) => {
    if (++elements > mostElements) throw largeFile(file, 'holds more than 4,000,000 elements', 'Split it into smaller files.');
    if (depth + skipped >= deepest) throw largeFile(file, 'holds more than 64 levels of elements', 'No list does: look at what made it.');
    const fields = attributes;
    [attributes, attributeCount] = [undefined, 0];
    const kind = kindOf(tag.name);
    if (depth === 0) {
      const version = /cyclonedx\.org\/schema\/bom\/([\d.]+)/.exec(Object.values(fields ?? {}).join(' '))?.[1];
      if (kind.name !== 'bom' || version === undefined) throw otherXml;
      open(kind, { bomFormat: 'CycloneDX', specVersion: version, ...bomFields(fields ?? {}) });
      return;
    }
    if (skipped > 0 || !kind.isRead) skipped++;
    else open(kind, fields);
    if (skipped > 0 || kind.isList) parser.off('text');
    else parser.on('text', addText);
  });
  const addText = (piece: string) => {
    const top = stack[depth - 1];
    if (skipped === 0 && top !== undefined) top.text += piece;
  };
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    // Between elements stands space alone. Without a listener the parser does not even cut it out.
    parser.off('text');
    if (skipped > 0) {
      skipped--;
      return;
    }
    const closed = stack[--depth] as Open;
    const parent = depth === 0 ? undefined : stack[depth - 1];
    const value = toValue(closed, parent?.kind.name);
    if ((depth < 2 || closed.kind.isPlaced) && typeof value === 'object' && value !== null) {
      placedValues.push(value);
      placedLines.push(closed.line);
    }
    if (parent === undefined) bom = value as JsonObject;
    else addTo(parent, closed.kind.name, value);
  });
  try {
    parser.write(text).close();
  } catch (error) {
    if (error === otherXml) return undefined;
    if (error instanceof ExposureError) throw error;
    throw fail((error as Error).message);
  }
  if (bom === undefined) return undefined;
  const found = bom;
  return { bom, findLines: (paths) => findXmlLines(found, placedValues, placedLines, paths) };
}

function bomFields(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { serialNumber, version } = attributes;
  const isNumber = typeof version === 'string' && /^\d+$/.test(version);
  return { ...(serialNumber === undefined ? {} : { serialNumber }), ...(isNumber ? { version: Number(version) } : {}) };
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** The value of an element in JSON. */
function toValue({ kind, fields, items, text }: Open, parent: string | undefined): unknown {
  if (kind.isList) {
    // Composition: references to components stand in an attribute.
    return parent === 'composition' ? (items?.map((item) => (isRef(item) ? item.ref : item)) ?? []) : (items ?? []);
  }
  if (fields === undefined) return text.trim();
  if (kind.valueName !== undefined) fields[kind.valueName] = text.trim();
  return fields;
}

const isRef = (value: unknown): value is { ref: string } =>
  typeof value === 'object' && value !== null && typeof (value as { ref?: unknown }).ref === 'string';

function addTo(parent: Open, name: string, value: unknown): void {
  if (parent.kind.isList) {
    // An array made around one item takes no room for more, which most lists of hashes never need.
    if (parent.items === undefined) parent.items = [value];
    else parent.items.push(value);
    return;
  }
  parent.fields ??= {};
  const { fields } = parent;
  // A dependency lists what it depends on as elements of its own name.
  if (parent.kind.name === 'dependency' && name === 'dependency') {
    if (isRef(value)) addItem(fields, 'dependsOn', value.ref);
  } else if (parent.kind.name === 'component' && name === 'data') {
    // The only list of a component that nothing wraps.
    addItem(fields, 'data', value);
  } else if (name !== '__proto__') {
    const before = fields[name];
    if (Array.isArray(before) && Array.isArray(value)) for (const item of value) before.push(item);
    else fields[name] = value;
  }
}

function addItem(fields: Record<string, unknown>, name: string, item: unknown): void {
  const list = fields[name];
  if (Array.isArray(list)) list.push(item);
  else fields[name] = [item];
}

/** @param values the objects whose lines are known @param lines of each of these */
function findXmlLines(
  bom: JsonObject,
  values: readonly object[],
  lines: readonly number[],
  paths: Parameters<FindLines>[0],
): ReturnType<FindLines> {
  const objectsOn = paths.map((path) => {
    const found: object[] = [bom];
    let value: unknown = bom;
    for (const key of path) {
      value = typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;
      if (typeof value === 'object' && value !== null) found.push(value);
    }
    return found;
  });
  const lineOf = new Map<object, number | undefined>(objectsOn.flat().map((value) => [value, undefined]));
  for (let at = 0; at < values.length; at++) if (lineOf.has(values[at] as object)) lineOf.set(values[at] as object, lines[at]);
  return objectsOn.map((found) => lineOf.get(found.findLast((value) => lineOf.get(value) !== undefined) ?? bom) ?? null);
}
