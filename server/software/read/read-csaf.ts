import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { AffectedPackage, SoftwareStatement } from '../software-facts.ts';
import type { CanonicalPurl } from '../versions/purl.ts';
import { canonicalPurl, splitPackage } from '../versions/purl.ts';
import type { JsonObject } from './json-fields.ts';
import { instantOf, itemsOf, objectOf, shownText, textOf, textsOf, webAddresses } from './json-fields.ts';
import { countOf, versionOf } from './list-rows.ts';
import { encodeVersion, schemeOf } from './read-osv.ts';
import type { FileReading } from './software-reading.ts';
import { knownFields, ownersByName, warnOfVersion } from './software-reading.ts';

export function isCsaf(value: JsonObject): boolean {
  return typeof objectOf(value.document).csaf_version === 'string';
}

/** A product of the tree, as far as it says what package it is. */
interface Product {
  readonly purl: CanonicalPurl | null;
  readonly version: string | null;
  readonly range: string | null;
}

const statuses: Readonly<Record<string, SoftwareStatement['state']>> = {
  known_not_affected: 'NOT_AFFECTED',
  known_affected: 'AFFECTED',
  first_affected: 'AFFECTED',
  last_affected: 'AFFECTED',
  fixed: 'FIXED',
  first_fixed: 'FIXED',
  under_investigation: 'UNDER_INVESTIGATION',
};

/**
 * Reads a CSAF 2.0 document. Each vulnerability is a record of an advisory, of the packages that it names by purl; a product without a purl
 * is none that a list could name. What a vendor says of its own products are its statements: so it is in `csaf_vex`, and where the
 * publisher is a vendor. A VEX document that names no affected package is no advisory.
 */
export function readCsaf(csaf: JsonObject, reading: FileReading): void {
  const document = objectOf(csaf.document);
  const tracking = objectOf(document.tracking);
  const publisher = objectOf(document.publisher);
  const isVex = document.category === 'csaf_vex';
  const at = reading.instant(tracking.current_release_date, ['document', 'tracking', 'current_release_date']);
  const products = productsOf(csaf.product_tree);
  const statements = new Map<string, Omit<SoftwareStatement, 'organization'>>();
  let withoutPurl = 0;
  for (const [index, each] of itemsOf(csaf.vulnerabilities).entries()) {
    const vulnerability = objectOf(each);
    const names = namesOf(vulnerability);
    const id = names[0] ?? textOf(tracking.id);
    if (id === null || id === undefined) {
      reading.warn(['vulnerabilities', index], 'The vulnerability has neither a CVE nor an id. It is left out.', 'record');
      continue;
    }
    const status = objectOf(vulnerability.product_status);
    const { affected, unnamed } = affectedBy(status, products);
    withoutPurl += unnamed;
    if (!isVex || affected.length > 0)
      reading.records.push({
        id,
        aliases: names.slice(1),
        kind:
          objectOf(vulnerability.cwe).id === 'CWE-506' || itemsOf(vulnerability.cwes).some((cwe) => objectOf(cwe).id === 'CWE-506')
            ? 'MALWARE'
            : 'VULNERABILITY',
        summary: shownText(vulnerability.title) ?? descriptionOf(vulnerability.notes) ?? shownText(document.title),
        affected,
        knownBy: null,
        withdrawnAt: null,
        modifiedAt: instantOf(tracking.current_release_date) ?? null,
        references: webAddresses([...itemsOf(vulnerability.references), ...itemsOf(document.references)]),
        place: reading.placeOf(['vulnerabilities', index]),
      });
    if (isVex || publisher.category === 'vendor') {
      for (const key in status) {
        const state = Object.hasOwn(statuses, key) ? statuses[key] : undefined;
        if (state === undefined || itemsOf(status[key]).length === 0) continue;
        const justification = state === 'NOT_AFFECTED' ? reasonOf(vulnerability) : null;
        const ownAt = reading.instant(vulnerability.release_date, ['vulnerabilities', index, 'release_date']);
        statements.set(JSON.stringify([id, state, justification]), {
          advisory: id,
          state,
          justification,
          at: at ?? ownAt,
          source: reading.file,
        });
      }
    }
  }
  if (withoutPurl > 0)
    reading.warn(
      ['product_tree'],
      `${countOf(withoutPurl, 'affected product')} ${withoutPurl === 1 ? 'has' : 'have'} no purl, so no list can name ${withoutPurl === 1 ? 'it' : 'them'}.`,
    );
  if (document.csaf_version !== '2.0')
    warnOfVersion(reading, ['document', 'csaf_version'], `CSAF ${textOf(document.csaf_version) ?? ''}`, [
      [knownFields.csaf, [csaf]],
      [knownFields.csafVulnerability, itemsOf(csaf.vulnerabilities)],
    ]);
  if (itemsOf(csaf.vulnerabilities).length === 0) reading.warn([], 'The document states no vulnerability. Nothing of it is kept.');
  if (statements.size === 0) return;
  const name = textOf(publisher.name);
  reading.documents.push({
    document: { place: reading.placeOf(['vulnerabilities']), statements: [...statements.values()] },
    owners: [...(name === null ? [] : [{ name, from: 'AUTHOR' as const }]), ...ownersByName(reading.file)],
  });
}

/** The CVE first, then the ids that are names of advisories. */
function namesOf(vulnerability: JsonObject): string[] {
  const ids = itemsOf(vulnerability.ids).flatMap((each) => textOf(objectOf(each).text) ?? []);
  const named = [...textsOf(vulnerability.cve), ...ids.filter((id) => /^[A-Z][A-Za-z]*-[\w:.-]+$/.test(id))];
  return [...new Set(named.length === 0 ? ids : named)];
}

function descriptionOf(notes: unknown): string | null {
  const described = itemsOf(notes)
    .map(objectOf)
    .find((note) => note.category === 'description' || note.category === 'summary');
  return shownText(described?.text);
}

/** Some vendors state how severe the vulnerability is where a reason belongs. */
const severity = /^(?:critical|important|high|moderate|medium|low|none)$/i;

/** The label of a flag, and what the threats of category impact say. */
function reasonOf(vulnerability: JsonObject): string | null {
  const labels = itemsOf(vulnerability.flags).flatMap((each) => textOf(objectOf(each).label) ?? []);
  const impacts = itemsOf(vulnerability.threats)
    .map(objectOf)
    .filter((threat) => threat.category === 'impact')
    .flatMap((threat) => shownText(threat.details) ?? [])
    .filter((details) => !severity.test(details));
  const parts = [...new Set([...labels, ...impacts])];
  return parts.length === 0 ? null : (shownText(parts.join(': ')) as string);
}

/** The products of a tree by their ids: branches, full product names, and relationships, which mean the first of their two products. */
function productsOf(tree: unknown): Map<string, Product> {
  const products = new Map<string, Product>();
  const { branches, full_product_names: names, relationships } = objectOf(tree);
  const add = (value: unknown, version: string | null, range: string | null, reference?: string | null) => {
    const product = objectOf(value);
    const id = textOf(product.product_id);
    if (id === null) return;
    const purl = purlOf(product);
    const referred = products.get(reference ?? '');
    const own = purl !== null && version !== null && isNameOf(purl, version) ? null : version;
    products.set(id, purl === null && referred !== undefined ? referred : { purl, version: purl?.version ?? own, range });
  };
  const stack = [...itemsOf(branches)].reverse();
  while (stack.length > 0) {
    const branch = objectOf(stack.pop());
    const name = textOf(branch.name);
    const isRange = branch.category === 'product_version_range';
    add(branch.product, branch.category === 'product_version' ? name : null, isRange ? name : null);
    stack.push(...[...itemsOf(branch.branches)].reverse());
  }
  for (const each of itemsOf(names)) add(each, null, null);
  for (const each of itemsOf(relationships)) {
    const relationship = objectOf(each);
    add(relationship.full_product_name, null, null, textOf(relationship.product_reference));
  }
  return products;
}

/** Red Hat names the package, such as `gnutls`, where a version belongs, of products whose every version is meant. */
function isNameOf(purl: CanonicalPurl, stated: string): boolean {
  return stated.slice(stated.lastIndexOf('/') + 1).toLowerCase() === splitPackage(purl.package).name.toLowerCase();
}

function purlOf(product: JsonObject): CanonicalPurl | null {
  const helper = objectOf(product.product_identification_helper);
  // CSAF 2.1 allows several purls of one product.
  for (const stated of [helper.purl, ...itemsOf(helper.purls)]) {
    const purl = typeof stated === 'string' ? canonicalPurl(stated) : null;
    if (purl !== null) return purl;
  }
  return null;
}

/** The affected products: versions and ranges by package, and how many have no purl. */
function affectedBy(
  status: JsonObject,
  products: ReadonlyMap<string, Product>,
): { readonly affected: AffectedPackage[]; readonly unnamed: number } {
  const packages = new Map<string, { readonly versions: Set<string>; readonly ranges: Set<string> }>();
  let unnamed = 0;
  for (const key of ['known_affected', 'first_affected', 'last_affected']) {
    for (const id of new Set(textsOf(status[key]))) {
      const product = products.get(id);
      if (product === undefined || product.purl === null) {
        unnamed++;
        continue;
      }
      const { package: purl } = product.purl;
      const found = getOrInsert(packages, purl, () => ({ versions: new Set<string>(), ranges: new Set<string>() }));
      const { version, constraint } = versionOf(product.range === null ? product.version : null);
      if (version !== null) found.versions.add(version);
      else found.ranges.add(rangeOf(product.range ?? constraint, schemeOf(purl)));
    }
  }
  return {
    affected: [...packages].map(([purl, { versions, ranges }]) => ({ package: purl, versions: [...versions], ranges: [...ranges] })),
    unnamed,
  };
}

/** A range in vers notation: as stated, from a plain comparison such as `<4.2`, else every version. */
function rangeOf(stated: string | null, scheme: string): string {
  if (stated?.startsWith('vers:') === true) return stated;
  const parts = (stated ?? '').split(/\s*(?:,|\||\s)\s*/).map((part) => /^(<=|>=|<|>)\s*([\w.+:~-]+)$/.exec(part));
  return stated !== null && parts.length > 0 && parts.every((part) => part !== null)
    ? `vers:${scheme}/${parts.map((part) => `${part[1]}${encodeVersion(part[2] as string)}`).join('|')}`
    : `vers:${scheme}/*`;
}
