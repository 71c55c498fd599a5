import { normalizePyPiName, splitPackage } from './purl.ts';

/** Prefixes by which names say their ecosystem, such as `pip:litellm`. */
const prefixes = new Map(
  Object.entries({
    pypi: ['pypi', 'pip', 'python'],
    npm: ['npm', 'node', 'nodejs', 'yarn'],
    maven: ['maven', 'mvn', 'java'],
    cargo: ['cargo', 'crates', 'crates.io', 'rust'],
    golang: ['golang', 'go'],
    gem: ['gem', 'rubygems', 'ruby'],
    nuget: ['nuget'],
    composer: ['composer', 'packagist', 'php'],
    hex: ['hex'],
    pub: ['pub'],
    deb: ['deb', 'dpkg'],
    rpm: ['rpm'],
    apk: ['apk'],
    conda: ['conda'],
    cran: ['cran'],
    swift: ['swift'],
    cocoapods: ['cocoapods'],
  }).flatMap(([ecosystem, words]) => words.map((word) => [word, ecosystem])),
);

/** The name of a component without a purl. */
export interface PlainName {
  /** By its prefix; undefined: it has none. */
  readonly ecosystem: string | undefined;
  readonly name: string;
  /** Case, `@` and separators aside. Names that agree in an ecosystem have the same. */
  readonly looseName: string;
}

/** Splits the prefix of an ecosystem from the name of a component. */
export function readPlainName(text: string): PlainName {
  const [, prefix, rest] = /^([a-z.]+):(?!\/\/)\s*(.+)$/is.exec(text) ?? [];
  const ecosystem = prefix === undefined ? undefined : prefixes.get(prefix.toLowerCase());
  const name = (ecosystem === undefined ? text : (rest as string)).trim();
  return { ecosystem, name, looseName: toLooseName(name) };
}

function toLooseName(name: string): string {
  return name.toLowerCase().replace(/[@\s\-_.:/\\]+/g, '');
}

/** The loose names under which components without a purl may mean a package. Lists often leave out the group of a Maven artifact. */
export function looseNamesOf(packageName: string): readonly string[] {
  const { ecosystem, namespace, name } = splitPackage(packageName);
  const full = toLooseName(namespace + name);
  return ecosystem === 'maven' && namespace !== '' ? [full, toLooseName(name)] : [full];
}

/** The ecosystems that the rows of a list name, the subject of the list aside. */
export type ListEcosystems = { readonly only: string } | 'NONE' | 'SEVERAL';

/** Whether a component without a purl means a package by its name (semantics §13.2, NAME match). */
export function isNameMatch(plain: PlainName, packageName: string, ofList: ListEcosystems): boolean {
  const { ecosystem } = splitPackage(packageName);
  const stated = plain.ecosystem ?? (typeof ofList === 'string' ? undefined : ofList.only);
  if (stated !== undefined) return stated === ecosystem && normalizedNamesOf(packageName).includes(normalizeName(plain.name, ecosystem));
  return ofList === 'NONE' && looseNamesOf(packageName).includes(plain.looseName);
}

function normalizedNamesOf(packageName: string): readonly string[] {
  const { ecosystem, namespace, name } = splitPackage(packageName);
  const full = normalizeName(namespace === '' ? name : `${namespace}/${name}`, ecosystem);
  return ecosystem === 'maven' && namespace !== '' ? [full, normalizeName(name, ecosystem)] : [full];
}

/** The name without case, without `@`, with `/` between its parts; of PyPI by PEP 503. */
function normalizeName(name: string, ecosystem: string): string {
  const plain = name.toLowerCase().replace(/@/g, '').replace(/[:\\]/g, '/');
  return ecosystem === 'pypi' ? normalizePyPiName(plain) : plain;
}
