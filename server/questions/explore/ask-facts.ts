import { ExposureError } from '../../domain/errors.ts';
import type { FactKind } from '../../domain/facts.ts';
import { demoSource } from '../../domain/facts.ts';
import type { PagedList } from '../../domain/paged-list.ts';
import type { ArtifactFilter, CopyFilter, OrganizationFilter, TransferFilter } from '../../explore/list-facts.ts';
import {
  listAccess,
  listArtifacts,
  listControls,
  listCopies,
  listEngagements,
  listOrganizations,
  listTransfers,
  sortBySentAt,
  summarizeCustody,
} from '../../explore/list-facts.ts';
import { OncePerNode } from '../../projection/links.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, rowOf } from '../../projection/projection.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { Asker, RecordAt } from '../asker.ts';
import { resolveMergedIds } from '../resolved-ids.ts';

/*
 * Lists of facts: in the whole graph, or about one organization or artifact. A list holds indexes into its projection. In a
 * filter, null or absent matches everything.
 */

export interface FactList {
  readonly projection: Projection;
  readonly rows: PagedList<number>;
}

/** The filter argument of a list function. */
type FilterOf<F extends (projection: Projection, filter: never) => unknown> = Parameters<F>[1];

export async function askOrganizations(asker: Asker, filter: OrganizationFilter): Promise<FactList> {
  const projection = await asker.facts();
  return { projection, rows: listOrganizations(projection, filter) };
}

export async function askArtifacts(asker: Asker, requested: ArtifactFilter): Promise<FactList> {
  const filter = await resolveMergedIds(asker, await asker.facts(), requested, ['owner']);
  const projection = await asker.facts();
  return { projection, rows: listArtifacts(projection, filter) };
}

export async function askTransfers(asker: Asker, requested: TransferFilter): Promise<FactList> {
  const filter = await resolveMergedIds(asker, await asker.facts(), requested, ['sender', 'recipient']);
  const projection = await asker.factsAbout({ artifact: filter.artifact, organization: filter.sender ?? filter.recipient });
  return { projection, rows: listTransfers(projection, filter) };
}

export async function askAccess(asker: Asker, requested: FilterOf<typeof listAccess>): Promise<FactList> {
  const filter = await resolveMergedIds(asker, await asker.facts(), requested, ['grantee', 'grantor']);
  const projection = await asker.facts();
  return { projection, rows: listAccess(projection, filter) };
}

export async function askEngagements(asker: Asker, requested: FilterOf<typeof listEngagements>): Promise<FactList> {
  const filter = await resolveMergedIds(asker, await asker.facts(), requested, ['client', 'provider']);
  const projection = await asker.facts();
  return { projection, rows: listEngagements(projection, filter) };
}

export async function askControls(asker: Asker, requested: FilterOf<typeof listControls>): Promise<FactList> {
  const filter = await resolveMergedIds(asker, await asker.facts(), requested, ['organization', 'issuer']);
  const projection = await asker.facts();
  return { projection, rows: listControls(projection, filter) };
}

export async function askCopies(asker: Asker, requested: CopyFilter): Promise<FactList> {
  const filter = await resolveMergedIds(asker, await asker.facts(), requested, ['holder', 'owner']);
  const projection = await asker.factsAbout({ artifact: filter.artifact, organization: filter.holder });
  return { projection, rows: listCopies(projection, filter) };
}

/** Lists at a node: all of them together have two entries for each copy and each transfer. */
const lists = new OncePerNode<PagedList<number>>();

/** All copies of an artifact. Their number is known before they are sorted. */
export function askCopiesOf<T>(asker: Asker, artifact: RecordAt, answer: (list: FactList) => T): T | Promise<T> {
  return asker.onWhole(artifact, ({ projection, index }) =>
    answer({
      projection,
      rows: {
        length: rowOf(projection.artifacts.copies, index).length,
        slice: (from, until) =>
          lists
            .get(projection, 'copies of', index, () => listCopies(projection, { artifact: projection.artifacts.id.get(index) }))
            .slice(from, until),
      },
    }),
  );
}

const owned = copyKinds.indexOf('OWNED');

/** The order of what an organization owns or holds. */
export type HeldOrder = 'ID' | 'VALUE';

/** The copies in an organization's custody, by artifact or by its value, without copies of its own artifacts. */
export function askCopiesHeld<T>(asker: Asker, organization: RecordAt, order: HeldOrder, answer: (list: FactList) => T): T | Promise<T> {
  return asker.onWhole(organization, ({ projection, index }) => {
    const { artifact, kind } = projection.copies;
    const byId = () =>
      rowOf(projection.organizations.copies, index)
        .filter((copy) => kind.at(copy) !== owned)
        .sort((a, b) => artifact.at(a) - artifact.at(b) || a - b);
    const byValue = () => {
      const most = mostValuableFirst(projection);
      return byId().sort((a, b) => most(artifact.at(a), artifact.at(b)) || a - b);
    };
    return answer({ projection, rows: lists.get(projection, `copies held, ${order}`, index, order === 'ID' ? byId : byValue) });
  });
}

/** The artifacts that an organization owns, by id or by value. */
export function listOwned({ projection, index }: RecordAt, order: HeldOrder): PagedList<number> {
  const byId = rowOf(projection.organizations.artifacts, index);
  return order === 'ID' ? byId : lists.get(projection, 'owned, VALUE', index, () => byId.slice().sort(mostValuableFirst(projection)));
}

/** Compares artifacts: high value descending, else the low one; unknown last; ties by id. */
function mostValuableFirst({ artifacts: { valueLowUsd, valueHighUsd } }: Projection): (a: number, b: number) => number {
  const usdOf = (artifact: number) => {
    const [low, high] = [valueLowUsd[artifact] as number, valueHighUsd[artifact] as number];
    return Number.isNaN(high) ? (Number.isNaN(low) ? -1 : low) : high;
  };
  return (a, b) => usdOf(b) - usdOf(a) || a - b;
}

/** The transfers that an organization sent or received, by time. Their number is known before they are sorted. */
export function askTransfersOf<T>(
  asker: Asker,
  organization: RecordAt,
  row: 'sent' | 'received',
  answer: (list: FactList) => T,
): T | Promise<T> {
  return asker.onWhole(organization, ({ projection, index }) =>
    answer({
      projection,
      rows: {
        length: rowOf(projection.organizations[row], index).length,
        slice: (from, until) =>
          lists.get(projection, row, index, () => sortBySentAt(projection, rowOf(projection.organizations[row], index))).slice(from, until),
      },
    }),
  );
}

type CustodySummary = ReturnType<typeof summarizeCustody>;
type Custody = CustodySummary['custody'];

/** The latest summary of each organization, which holds until a copy is received or deleted. */
const custody = new OncePerNode<{ latest: CustodySummary | undefined }>();

/** The artifacts in an organization's custody at an instant, without its own. */
export function askCustody(asker: Asker, organization: RecordAt, instant: number): Custody | Promise<Custody> {
  return asker.onWhole(organization, ({ projection, index }) => {
    const held = custody.get(projection, 'custody', index, () => ({ latest: undefined }));
    if (held.latest === undefined || instant < held.latest.from || instant >= held.latest.until) {
      held.latest = summarizeCustody(projection, index, instant);
    }
    return held.latest.custody;
  });
}

/** The number of facts of each kind. */
export async function askCounts(asker: Asker): Promise<ReadonlyMap<FactKind, number>> {
  const projection = await asker.facts();
  const kinds = ['organizations', 'artifacts', 'access', 'engagements', 'reveals', 'controls'] as const;
  const transfers = await asker.read(asker.questions.held.countTransfers(projection));
  return new Map([...kinds.map((name): [FactKind, number] => [projection[name].kind, projection[name].count]), ['TRANSFER', transfers]]);
}

/** The last answer about each store. */
const lastAnswers = new WeakMap<FactStore, boolean>();

/** Whether the import of the demo world is committed and not undone. While the store is unreachable, as answered last, at first false. */
export async function askIsDemo(asker: Asker): Promise<boolean> {
  const { store } = asker.questions;
  try {
    const imports = await store.listImports();
    const isDemo = imports.some(({ source, state }) => source === demoSource && state === 'COMMITTED');
    lastAnswers.set(store, isDemo);
    return isDemo;
  } catch (error) {
    if (error instanceof ExposureError && (error.code === 'STORE_UNAVAILABLE' || error.code === 'QUERY_TIMEOUT'))
      return lastAnswers.get(store) ?? false;
    throw error;
  }
}
