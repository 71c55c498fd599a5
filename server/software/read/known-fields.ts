import { isObject } from './json-fields.ts';
import type { FileReading } from './software-reading.ts';

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
