import type { Assertion } from '../../domain/assertions.ts';
import { isLeiName, leiOf, registerCodesOf, textsOf } from '../../domain/columns/dora-codes.ts';
import { toPlainHeader } from '../../domain/columns/plain-header.ts';
import { ExposureError } from '../../domain/errors.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import type { Attribute, FactKind } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { PackedRows } from '../../domain/packed/packed-assertions.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { KnownOrganization } from '../matching/matching-types.ts';
import { conceptOf } from './column-synonyms.ts';
import type { KnownFacts } from './mapped-file.ts';

const name = fieldIndex('ORGANIZATION', 'name');
const aliases = fieldIndex('ORGANIZATION', 'aliases');
const website = fieldIndex('ORGANIZATION', 'website');
const attributes = fieldIndex('ORGANIZATION', 'attributes');
const artifactName = fieldIndex('ARTIFACT', 'name');
const taxNames = /(^| )(tax|vat|ein|siren|siret|cif|nit|rfc|npwp|abn|ust)( |$)/;

function isTaxName(header: string): boolean {
  return taxNames.test(header) || conceptOf('TAX_ID').headers.includes(header);
}

function toKnownOrganization({ key, values }: { readonly key: string; readonly values: Assertion['values'] }): KnownOrganization {
  const texts = (values[attributes] ?? []) as readonly Attribute[];
  const taxIds = texts.filter((attribute) => isTaxName(toPlainHeader(attribute.name))).flatMap(({ value }) => value.split('; '));
  const lei = texts.filter(({ name }) => isLeiName(name)).map(({ value }) => leiOf(value));
  const { code } = registerCodesOf(key, textsOf({ kind: 'ORGANIZATION', values }));
  return {
    id: key,
    name: (values[name] ?? key) as string,
    aliases: (values[aliases] ?? []) as readonly string[],
    website: (values[website] ?? null) as string | null,
    taxId: taxIds[0] ?? null,
    otherTaxIds: taxIds.slice(1),
    lei: lei.find((one) => one !== undefined) ?? null,
    ...(code === key ? {} : { code }),
  };
}

/** The organizations and artifacts of a store, which lists may name. O(organizations + artifacts). */
export async function readKnownFacts(store: FactStore): Promise<KnownFacts> {
  const organizations: KnownOrganization[] = [];
  const mergedIds = await readMergedIds(store);
  const ids = new Set<string>();
  const byName = new Map<string, string | null>();
  for await (const { kind, facts } of store.readFacts()) {
    // Kinds come in the order of `factKinds`: no kind after the artifacts is needed.
    if (kind !== 'ORGANIZATION' && kind !== 'ARTIFACT') break;
    for (const { key, values } of facts) {
      if (kind === 'ORGANIZATION') organizations.push({ ...toKnownOrganization({ key, values }), mergedIds: mergedIds.get(key) ?? [] });
      else {
        ids.add(key);
        const called = values[artifactName] as string;
        byName.set(called, byName.has(called) ? null : key);
      }
    }
  }
  const artifacts = new Map<string, string>();
  for (const [called, id] of byName) if (id !== null) artifacts.set(called, id);
  for (const id of ids) artifacts.set(id, id);
  return { organizations, artifacts };
}

/** Known facts, and the organizations and artifacts of packed rows. An organization with the same id is as its row says. */
export function addKnownRows(packed: PackedRows, stored: KnownFacts | undefined): KnownFacts {
  const organizations = new Map((stored?.organizations ?? []).map((organization) => [organization.id, organization]));
  const artifacts = new Map(stored?.artifacts);
  for (const { kind, row } of packed.rows(new Set<FactKind>(['ORGANIZATION', 'ARTIFACT']))) {
    const { key, values } = packed.rowsOf(kind).assertion(row);
    if (kind === 'ORGANIZATION') organizations.set(key, toKnownOrganization({ key, values }));
    else artifacts.set(key, key).set(values[artifactName] as string, key);
  }
  return { organizations: [...organizations.values()], artifacts };
}

/** The id of an organization -> the ids merged into it. */
async function readMergedIds(store: FactStore): Promise<ReadonlyMap<string, readonly string[]>> {
  const merged = new Map<string, string[]>();
  for (const [id, root] of await store.readMeanings(null)) getOrInsert(merged, root, () => []).push(id);
  return merged;
}

/**
 * The id of the organization that a text names: its id, else a name or alias that it alone has. Throws BAD_USER_INPUT.
 */
export async function findRespondent(store: FactStore, text: string): Promise<string> {
  const { organizations } = await readKnownFacts(store);
  const found =
    organizations.find(({ id, mergedIds = [] }) => id === text || mergedIds.includes(text)) ??
    findOnly(organizations.filter(({ name, aliases }) => name === text || aliases.includes(text)));
  if (found !== undefined) return found.id;
  throw new ExposureError(
    'BAD_USER_INPUT',
    `The respondent ${JSON.stringify(text.slice(0, 80))} is no organization's id, and not the name of exactly one. Name a recorded organization by its id.`,
  );
}

function findOnly<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}
