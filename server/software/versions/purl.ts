import { PackageURL } from 'packageurl-js';

/** A purl, cut into what facts keep of it. */
export interface CanonicalPurl {
  /** Canonical, without version, qualifiers and subpath. */
  readonly package: string;
  readonly version: string | null;
}

/** Names that the library leaves as they are. Some types have lower case alone, and PyPI single hyphens alone (PEP 503). */
const plainPackage =
  'pkg:(?:(?:cargo|gem|nuget|golang|maven(?=/[^@?#]*/))(?:/[A-Za-z0-9][A-Za-z0-9._-]*)+' +
  '|(?:npm|pypi(?=/[a-z0-9]+(?:-[a-z0-9]+)*(?:[@?#]|$)))(?:/(?:%40)?[a-z0-9][a-z0-9._-]*)+' +
  '|(?:apk|deb)/[a-z0-9][a-z0-9.-]*/[a-z0-9][a-z0-9.-]*|rpm/[a-z0-9][a-z0-9.-]*/[A-Za-z0-9][A-Za-z0-9._-]*)';
/** ASCII by its code, without the percent sign. */
const escaped = '%(?!25)[2-7][0-9A-Fa-f]';
const qualifier = `[a-z][a-z0-9_.-]*=(?:[A-Za-z0-9._~:/+-]|${escaped})*`;

/**
 * Purls that mean what they say, nine in ten of a list. The library takes fifty times as long for one, and says the same. Each repetition has a
 * mark of its own, so no text takes long.
 */
const plain = new RegExp(
  `^${plainPackage}(?:@(?:[A-Za-z0-9]|${escaped})(?:[A-Za-z0-9._~:+-]|${escaped})*)?(?:\\?${qualifier}(?:&${qualifier})*)?$`,
);

/** The library refuses a purl of these without a version. A record of a package has none. */
const needVersion = /^(?:cran|swift)$/i;

/**
 * The canonical form of a purl (semantics §13.1). Null: it is none. PyPI names follow PEP 503, which the library does not apply.
 *
 * A version that the rules of its type do not admit is kept: it says nothing about which package it is.
 */
export function canonicalPurl(text: string): CanonicalPurl | null {
  // A list has many: a test makes no array of what matched.
  if (plain.test(text)) {
    const question = text.indexOf('?');
    const end = question < 0 ? text.length : question;
    const at = text.indexOf('@');
    if (at < 0 || at > end) return { package: text.slice(0, end), version: null };
    const version = text.slice(at + 1, end);
    return { package: text.slice(0, at), version: version.includes('%') ? decodeURIComponent(version).trim() || null : version };
  }
  if (!/^pkg:/i.test(text) || /\s/.test(text)) return null;
  try {
    const [type, namespace, name, version, qualifiers] = PackageURL.parseString(text);
    return { package: packageOf(type, namespace, name, qualifiers), version: version?.trim() || null };
  } catch {
    return null;
  }
}

/** The canonical purl of a package by its parts. Null: they make none. */
export function purlOf(type: string, namespace: string | undefined, name: string): string | null {
  const parts = namespace === undefined ? name : `${namespace[0] === '@' ? `%40${namespace.slice(1)}` : namespace}/${name}`;
  const text = `pkg:${type}/${parts}`;
  if (plain.test(text) && !/[?@]/.test(text)) return text;
  try {
    return packageOf(type, namespace, name, undefined);
  } catch {
    return null;
  }
}

type Qualifiers = ReturnType<typeof PackageURL.parseString>[4];

function packageOf(type: string | undefined, namespace: string | undefined, name: string | undefined, qualifiers: Qualifiers): string {
  const version = type !== undefined && needVersion.test(type) ? '0' : undefined;
  const purl = new PackageURL(type as string, namespace, name as string, version, qualifiers, undefined);
  const ofPyPi = purl.type === 'pypi' ? purl.name.replace(/[-_.]+/g, '-').toLowerCase() : purl.name;
  const text = new PackageURL(purl.type, purl.namespace, ofPyPi, version, qualifiers, undefined).toString();
  return text.split('?', 1)[0]?.split('@', 1)[0] as string;
}

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
