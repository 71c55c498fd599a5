import { ExposureError } from '../../domain/errors.ts';
import { describeInstant } from '../../domain/instants.ts';
import type { Advisory, SoftwareList, SoftwareStatement } from '../software-facts.ts';
import { instantOf, isObject, textOf } from './json-fields.ts';

/** Where something stands. */
export interface Place {
  /** The file, and in an archive the entry: `boms.zip/gateway/bom.json`. */
  readonly file: string;
  /** A path such as `components[3].purl`. Empty: the file as a whole. */
  readonly path: string;
  /** From 1. Null: not known, as in YAML. */
  readonly line: number | null;
}

export interface ReadingWarning {
  readonly place: Place;
  readonly message: string;
}

/** An organization that a list or a statement may be of, and which part of the file says so. */
export interface OwnerProposal {
  readonly name: string;
  readonly from: 'SUPPLIER' | 'MANUFACTURER' | 'AUTHOR' | 'FOLDER' | 'FILE_NAME';
}

export interface ReadSubject {
  readonly subject: string;
  readonly subjectVersion: string | null;
}

/** A list without its organization, which no file states for sure (semantics §13.5). Ask `listId` for its id. */
export interface ReadList extends Omit<SoftwareList, 'id' | 'organization'> {
  /** The part of the id after the organization and `/`. */
  readonly key: string;
  readonly place: Place;
}

/** A record of an advisory, before records that name each other are joined. */
export interface AdvisoryRecord extends Omit<Advisory, 'withdrawnAt'> {
  readonly withdrawnAt: number | null;
  /** When the record last changed. The same record with a later one replaces it. */
  readonly modifiedAt: number | null;
  readonly place: Place;
}

/** When a registry took in a version. */
export interface Release {
  readonly package: string;
  readonly version: string;
  readonly from: number;
  readonly place: Place;
}

/** The statements of one document about advisories. */
export interface StatementDocument {
  readonly place: Place;
  readonly statements: readonly Omit<SoftwareStatement, 'organization'>[];
}

/**
 * An artifact that an AI bill of materials names (semantics §13.7). It becomes a fact only if a person says so, and its type is always asked.
 */
export interface ProposedArtifact {
  readonly name: string;
  readonly version: string | null;
  readonly owners: readonly string[];
  readonly custodians: readonly string[];
  /** They answer for its quality, and hold no copy by that. */
  readonly stewards: readonly string[];
  /** As the file states it. */
  readonly level: string | null;
  /** 1 to 5. Null: no level is stated, or it is none that has one meaning. */
  readonly sensitivity: number | null;
}

/** A transfer from an owner to a custodian, sent at an unknown time. */
export interface ProposedTransfer {
  /** The index of its artifact. */
  readonly artifact: number;
  readonly from: string;
  readonly to: string;
}

/** A question that the file leaves open. `index`: the list or the document of statements. */
export type ReadingQuestion =
  | { readonly kind: 'OWNER'; readonly of: 'LIST' | 'STATEMENTS'; readonly index: number; readonly proposals: readonly OwnerProposal[] }
  | { readonly kind: 'TIME'; readonly index: number }
  | { readonly kind: 'SUBJECT'; readonly index: number; readonly proposals: readonly ReadSubject[] };

/** Says on which lines of a file some paths stand. */
export type FindLines = (paths: readonly (readonly (string | number)[])[]) => readonly (number | null)[];

/** Where warnings of one kind in one file are counted instead of listed. */
const mostWarnings = 50;
const firstInstant = Date.UTC(1971, 0, 1);

/** The warnings of one kind. */
interface Noted {
  /** At most one more than are listed: the example for the rest. */
  readonly first: { readonly path: readonly (string | number)[]; readonly message: string }[];
  count: number;
}

/** The results of the readers of one file. */
export class FileReading {
  readonly file: string;
  readonly now: number;
  /** SHA-256 of the unpacked bytes, in hex. */
  readonly digest: () => string;
  readonly lists: { readonly list: ReadList; readonly owners: readonly OwnerProposal[]; readonly subjects: readonly ReadSubject[] }[] = [];
  readonly records: AdvisoryRecord[] = [];
  readonly releases: Release[] = [];
  readonly artifacts: ProposedArtifact[] = [];
  readonly transfers: ProposedTransfer[] = [];
  readonly documents: { readonly document: StatementDocument; readonly owners: readonly OwnerProposal[] }[] = [];
  readonly #noted = new Map<string, Noted>();

  constructor(file: string, now: number, digest: () => string) {
    this.file = file;
    this.now = now;
    this.digest = digest;
  }

  /** @param kind warnings of one kind are listed up to 50; the rest are counted */
  warn(path: readonly (string | number)[], message: string, kind: string = message): void {
    this.warnOf(kind, () => ({ path, message }));
  }

  /** As `warn`. The sentence is made only if it is shown: a file may have 200,000. */
  warnOf(kind: string, make: () => Noted['first'][number]): void {
    let noted = this.#noted.get(kind);
    if (noted === undefined) {
      noted = { first: [], count: 0 };
      this.#noted.set(kind, noted);
    }
    if (noted.count++ <= mostWarnings) noted.first.push(make());
  }

  placeOf(path: readonly (string | number)[] = [], line: number | null = null): Place {
    return { file: this.file, path: pathText(path), line };
  }

  warnings(findLines: FindLines): ReadingWarning[] {
    const kinds = [...this.#noted.values()];
    const listed = kinds.flatMap(({ first }) => first.slice(0, mostWarnings));
    const lines = listed.length === 0 ? [] : findLines(listed.map(({ path }) => path));
    const warnings = listed.map(({ path, message }, at) => ({ place: this.placeOf(path, lines[at] ?? null), message }));
    for (const { first, count } of kinds) {
      const example = first[mostWarnings];
      if (example !== undefined)
        warnings.push({
          place: this.placeOf(),
          message: `${(count - mostWarnings).toLocaleString('en-US')} more of the same kind: ${example.message}`,
        });
    }
    return warnings;
  }

  /** An instant of the file in epoch milliseconds. Null, and said: it cannot be read, lies in the future or before 1971. Null alone: not stated. */
  instant(value: unknown, path: readonly (string | number)[]): number | null {
    if (value === undefined || value === null || value === '') return null;
    const at = instantOf(value);
    const stated = textOf(value) ?? 'a value that is no text';
    if (at === undefined) {
      this.warn(path, `${stated.slice(0, 100)} is not a date that can be read. The date is unknown.`, `date ${pathKind(path)}`);
      return null;
    }
    if (at > this.now || at < firstInstant) {
      const why = at > this.now ? 'lies in the future' : 'lies before 1971';
      this.warn(path, `${describeInstant(at)} ${why}. The date is unknown.`, `${why} ${pathKind(path)}`);
      return null;
    }
    return at;
  }
}

/** `components[3].purl` */
function pathText(path: readonly (string | number)[]): string {
  if (path.length < 2) return path.length === 0 ? '' : typeof path[0] === 'number' ? `[${path[0]}]` : (path[0] as string);
  return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join('');
}

const pathKind = (path: readonly (string | number)[]) => path.filter((part) => typeof part === 'string').join('.');

/** The possible owners of a file, by its name and the folder it is in. */
export function ownersByName(file: string): OwnerProposal[] {
  const parts = file.split(/[/\\]/).filter((part) => part !== '' && part !== '.' && part !== '..');
  const name = parts.at(-1) ?? '';
  const stem = name.replace(/(\.(json|xml|ya?ml|gz|zip|spdx3?|cdx|bom|sbom|vex|openvex|csaf|jsonl?d?|cyclonedx))+$/i, '');
  const isNamed = /[a-z]/i.test(stem) && !/^(?:s?bom|vex|spdx|cyclonedx|cdx|list|export|report)[\d._-]*$/i.test(stem);
  const folder = parts.at(-2)?.replace(/\.zip$/i, '');
  return [
    ...(folder === undefined || folder === '' ? [] : [{ name: folder, from: 'FOLDER' } as const]),
    ...(isNamed ? [{ name: stem, from: 'FILE_NAME' } as const] : []),
  ];
}

/** A file that is refused. @param what continues the file's name @param wayOut a sentence */
export function refusedFile(file: string, what: string, wayOut: string): ExposureError {
  return new ExposureError('BAD_USER_INPUT', `${file} ${what}. ${wayOut}`);
}

/** A file that states more than is read. Nothing of it is kept. */
export function largeFile(file: string, what: string, wayOut: string): ExposureError {
  return new ExposureError('LIMIT_EXCEEDED', `${file} ${what}. ${wayOut}`);
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** The fields of each format in the latest version that is known. */
export const knownFields = {
  cycloneDx: words(
    '$schema bomFormat specVersion serialNumber version metadata components services externalReferences dependencies compositions ' +
      'vulnerabilities annotations formulation declarations definitions citations properties signature',
  ),
  cycloneDxComponent: words(
    'type mime-type bom-ref supplier manufacturer authors author publisher group name version versionRange isExternal description scope ' +
      'hashes licenses copyright patentAssertions cpe purl omniborId swhid swid modified pedigree externalReferences components evidence ' +
      'releaseNotes modelCard data cryptoProperties properties tags signature',
  ),
  spdx: words(
    'SPDXID annotations comment creationInfo dataLicense externalDocumentRefs hasExtractedLicensingInfos name revieweds spdxVersion ' +
      'documentNamespace documentDescribes packages files snippets relationships',
  ),
  spdxPackage: words(
    'SPDXID annotations attributionTexts builtDate checksums comment copyrightText description downloadLocation externalRefs filesAnalyzed ' +
      'hasFiles homepage licenseComments licenseConcluded licenseDeclared licenseInfoFromFiles name originator packageFileName ' +
      'packageVerificationCode primaryPackagePurpose releaseDate sourceInfo summary supplier validUntilDate versionInfo',
  ),
  osv: words(
    'schema_version id modified published withdrawn aliases related upstream summary details severity affected references credits database_specific',
  ),
  osvAffected: words('package severity ranges versions ecosystem_specific database_specific'),
  csaf: words('$schema document product_tree vulnerabilities'),
  csafVulnerability: words(
    'acknowledgments cve cwe discovery_date flags ids involvements notes product_status references release_date remediations scores threats title',
  ),
  openVex: words('@context @id author role timestamp last_updated version tooling statements supplier'),
  openVexStatement: words(
    '@id version vulnerability timestamp last_updated products status supplier status_notes justification impact_statement action_statement ' +
      'action_statement_timestamp',
  ),
} as const;

type Level = readonly [known: ReadonlySet<string>, objects: readonly unknown[]];

/** Says that a file has a version of its format that is not known, and which fields of it are new. It is read as the latest known one. */
export function warnOfVersion(reading: FileReading, path: readonly (string | number)[], format: string, levels: readonly Level[]): void {
  const unknown = new Set<string>();
  for (const [known, objects] of levels)
    for (const each of objects) if (isObject(each)) for (const key in each) if (!known.has(key)) unknown.add(key.slice(0, 100));
  const named = [...unknown].sort();
  const fields =
    named.length === 0
      ? 'It has no field that is unknown.'
      : `Unknown fields: ${named.slice(0, 20).join(', ')}${named.length > 20 ? ` and ${named.length - 20} more` : ''}.`;
  reading.warn(path, `${format} is not a version that is known. It is read as the latest that is. ${fields}`);
}
