import { ExposureError } from '../../domain/errors.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { Attribute, OrganizationRole } from '../../domain/facts.ts';
import { organizationRoles } from '../../domain/facts.ts';
import type { FurtherTexts, Hit } from '../../explore/search.ts';
import type { FurtherText } from '../../explore/searchable.ts';
import type { Projection } from '../../projection/projection.ts';
import type { FactStore } from '../../store/fact-store.ts';
import { readMerges } from '../../store/merges/read-meanings.ts';
import type { Asker } from '../asker.ts';
import { checkCount } from '../check-count.ts';
import type { LocalFacts } from '../facts/local-facts.ts';
import type { SavedIncident } from '../incidents/ask-incidents.ts';
import { listIncidents } from '../incidents/ask-incidents.ts';

const maxTextLength = 200;
const maxHits = 500;

export interface FoundRecords {
  readonly projection: Projection;
  /** Best first. The index of an incident is its place in `incidents`. */
  readonly hits: readonly Hit[];
  readonly incidents: readonly SavedIncident[];
}

/** The kinds of results. An organization matches each of its roles. */
export type FoundKind = OrganizationRole | 'ARTIFACT' | 'INCIDENT';

/**
 * Finds organizations, artifacts and incidents by name, alias, id or attribute. Also finds organizations by the software they run.
 *
 * @param text 1 to 200 characters
 * @param kinds null or absent: all
 * @param first 0 to 500
 * Throws BAD_USER_INPUT, QUERY_TIMEOUT.
 */
export async function askSearch(
  asker: Asker,
  text: string,
  kinds: readonly FoundKind[] | null | undefined,
  first = 20,
): Promise<FoundRecords> {
  if (text.length < 1 || text.length > maxTextLength) {
    throw new ExposureError('BAD_USER_INPUT', `text has ${text.length} characters; expected 1 to ${maxTextLength}.`);
  }
  const limit = checkCount('first', first, 0, maxHits);
  const { search, store, local } = asker.questions;
  const projection = await asker.facts();
  const wanted = kinds ? new Set(kinds) : undefined;
  const incidents = wanted === undefined || wanted.has('INCIDENT') ? await listIncidents(asker) : [];
  const isWanted = ({ kind, index }: Pick<Hit, 'kind' | 'index'>) =>
    wanted === undefined || kindsOf(projection, kind, index).some((each) => wanted.has(each));
  const hits = await search.search(
    projection,
    () => readFurtherTexts(store, local, projection),
    local === undefined,
    incidents.map(({ incident }) => incident),
    text,
    isWanted,
    limit,
    (steps) => asker.run(steps),
  );
  return { projection, hits, incidents };
}

function kindsOf(projection: Projection, kind: Hit['kind'], index: number): readonly FoundKind[] {
  if (kind === 'artifact') return ['ARTIFACT'];
  if (kind === 'incident') return ['INCIDENT'];
  return organizationRoles.filter((_, bit) => ((projection.organizations.roles[index] as number) & (1 << bit)) !== 0);
}

const batchSize = 1000;
const attributesField = factFields.ORGANIZATION.findIndex((field) => field.name === 'attributes');

/** Texts that only the store has, by the id of their organization. Without a connection to the store, search leaves them out. */
async function readFurtherTexts(store: FactStore, local: LocalFacts | undefined, projection: Projection): Promise<FurtherTexts> {
  const found = new Map<string, FurtherText[]>();
  const add = (id: string, field: FurtherText['field'], text: string) => {
    const texts = found.get(id);
    if (texts === undefined) found.set(id, [{ field, text }]);
    else if (!texts.some((other) => other.field === field && other.text === text)) texts.push({ field, text });
  };
  try {
    const runs = local === undefined ? listSoftware(projection) : await local.readSoftware();
    for (const { grantor, software } of runs) add(grantor, 'software', software);
    for (const [id, root] of await readMerges(store, { revision: projection.revision })) add(root, 'id', id);
    await readAttributes(store, projection, (id, { value }) => add(id, 'attribute', value));
  } catch (error) {
    if (!(error instanceof ExposureError) || error.code !== 'STORE_UNAVAILABLE') throw error;
    return { texts: found, isComplete: false };
  }
  return { texts: found, isComplete: true };
}

function listSoftware({ access, organizations }: Projection): { readonly grantor: string; readonly software: string }[] {
  return Array.from({ length: access.count }, (_, i) => i).flatMap((i) => {
    const software = access.software.get(i);
    return software === null ? [] : { grantor: organizations.id.get(access.grantor[i] as number), software };
  });
}

async function readAttributes(
  store: FactStore,
  { organizations, revision }: Projection,
  add: (id: string, attribute: Attribute) => void,
): Promise<void> {
  for (let start = 0; start < organizations.count; start += batchSize) {
    const ids = Array.from({ length: Math.min(batchSize, organizations.count - start) }, (_, i) => organizations.id.get(start + i));
    for (const fact of await store.readFactsByKey('ORGANIZATION', ids, { revision })) {
      for (const attribute of fact.values[attributesField] as readonly Attribute[]) add(fact.key, attribute);
    }
  }
}
