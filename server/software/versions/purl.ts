import { canonicalPurl } from './canonical-purl.ts';

/** A package and, where it is stated, a version of it. */
export interface PackageVersion {
  /** The canonical purl without version, qualifiers and subpath (semantics §13.1). */
  readonly package: string;
  readonly version: string | null;
}

/** Reads a purl. Returns undefined for a text that is none. */
export function readPurl(text: string): PackageVersion | undefined {
  return canonicalPurl(text) ?? undefined;
}

/** The canonical purl of the package of a text, without version, qualifiers and subpath. Undefined: the text is no purl. */
export function canonicalPackage(text: string): string | undefined {
  return readPurl(text)?.package;
}

/** PEP 503. */
export function normalizePyPiName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

/** The parts of a canonical purl without version. */
export interface PackageParts {
  /** The type of the purl, such as `pypi`. */
  readonly ecosystem: string;
  readonly namespace: string;
  readonly name: string;
}

/** Splits a canonical purl without version, qualifiers and subpath. */
export function splitPackage(canonical: string): PackageParts {
  const [ecosystem = '', ...segments] = canonical.slice('pkg:'.length).split('/').map(decode);
  const name = segments.pop() ?? '';
  return { ecosystem, namespace: segments.join('/'), name };
}

/** The type of a purl is its ecosystem. */
export function ecosystemOf(canonical: string): string {
  const slash = canonical.indexOf('/');
  return canonical.slice('pkg:'.length, slash === -1 ? undefined : slash);
}

/** The name as people of the ecosystem write it: `@scope/name`, `group:artifact`, `github.com/owner/module`. */
export function shortName(canonical: string): string {
  const { ecosystem, namespace, name } = splitPackage(canonical);
  return namespace === '' ? name : `${namespace}${ecosystem === 'maven' ? ':' : '/'}${name}`;
}

function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
