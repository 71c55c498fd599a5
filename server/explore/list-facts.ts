import { compareCodePoints } from '../domain/compare.ts';
import type { ArtifactType, CopyForm, DeletionState, OrganizationRole } from '../domain/facts.ts';
import { artifactTypes, organizationRoles } from '../domain/facts.ts';
import type { PagedList } from '../domain/paged-list.ts';
import { listAll, sortById } from '../projection/columns/order-rows.ts';
import { deletionStateOf, formOf } from '../projection/custody.ts';
import type { Projection } from '../projection/projection.ts';
import { copyKinds, none, rowOf } from '../projection/projection.ts';

/*
 * Filters and sorts facts for lists. The order of all facts of a kind is computed once per projection. In a filter, null or absent
 * matches everything. An unknown id gives an empty list.
 */

type Indexes = PagedList<number> & { filter(keep: (index: number) => boolean): Indexes };
type Maybe<T> = T | null | undefined;

const orders = new WeakMap<Projection, Map<string, Int32Array>>();

function inOrder(
  projection: Projection,
  name: 'organizations' | 'artifacts' | 'transfers' | 'copies',
  all: () => Int32Array,
  compare: (a: number, b: number) => number,
): Int32Array {
  const known = orders.get(projection) ?? new Map<string, Int32Array>();
  orders.set(projection, known);
  let order = known.get(name);
  if (order === undefined) {
    order = all().sort(compare);
    known.set(name, order);
  }
  return order;
}

function listUpTo(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}

export interface OrganizationFilter {
  readonly roles?: Maybe<readonly OrganizationRole[]>;
  /** Part of the name, the id or an alias; case does not matter. */
  readonly text?: Maybe<string>;
}

/** Organizations with one of the roles, by name, then id. */
export function listOrganizations(projection: Projection, { roles, text }: OrganizationFilter): Indexes {
  const { organizations } = projection;
  const names = cachedNames(organizations);
  const all = inOrder(
    projection,
    'organizations',
    () => listUpTo(organizations.count),
    (a, b) => compareCodePoints(names(a), names(b)) || a - b,
  );
  const mask = roles?.reduce((bits, role) => bits | (1 << organizationRoles.indexOf(role)), 0);
  const part = text?.trim().toLowerCase();
  if (mask === undefined && !part) return all;
  return all.filter((i) => {
    if (mask !== undefined && ((organizations.roles[i] as number) & mask) === 0) return false;
    return (
      !part ||
      [organizations.name.get(i), organizations.id.get(i), ...organizations.aliases.get(i)].some((value) =>
        value.toLowerCase().includes(part),
      )
    );
  });
}

export interface ArtifactFilter {
  readonly owner?: Maybe<string>;
  readonly types?: Maybe<readonly ArtifactType[]>;
  /** Part of the name or the id; case does not matter. */
  readonly text?: Maybe<string>;
}

/** Artifacts, by name, then id. */
export function listArtifacts(projection: Projection, { owner, types, text }: ArtifactFilter): Indexes {
  const { artifacts } = projection;
  const names = cachedNames(artifacts);
  const all = inOrder(
    projection,
    'artifacts',
    () => listUpTo(artifacts.count),
    (a, b) => compareCodePoints(names(a), names(b)) || a - b,
  );
  const ownerIndex = findOrganization(projection, owner);
  const wanted = types ? new Set(types) : undefined;
  const part = text?.trim().toLowerCase();
  if (ownerIndex === undefined && wanted === undefined && !part) return all;
  return all.filter(
    (i) =>
      (ownerIndex === undefined || artifacts.owner[i] === ownerIndex) &&
      (wanted === undefined || wanted.has(artifactTypes[artifacts.type[i] as number] as ArtifactType)) &&
      (!part || artifacts.name.get(i).toLowerCase().includes(part) || artifacts.id.get(i).toLowerCase().includes(part)),
  );
}

function cachedNames(columns: { readonly name: { get(index: number): string } }): (index: number) => string {
  const names = new Map<number, string>();
  return (index) => {
    const name = names.get(index) ?? columns.name.get(index);
    names.set(index, name);
    return name;
  };
}

/** The index of an organization: -1 if the id is unknown, undefined if the filter has no id. */
function findOrganization(projection: Projection, id: Maybe<string>): number | undefined {
  return id === null || id === undefined ? undefined : projection.organizations.id.find(id);
}

function isAny(wanted: number | undefined, value: number | undefined): boolean {
  return wanted === undefined || wanted === value;
}

export interface TransferFilter {
  readonly artifact?: Maybe<string>;
  readonly sender?: Maybe<string>;
  readonly recipient?: Maybe<string>;
}

/** Transfers, by sentAt (unknown first), then id. */
export function listTransfers(projection: Projection, filter: TransferFilter): Indexes {
  const { artifacts, organizations, transfers } = projection;
  const artifact = filter.artifact === null || filter.artifact === undefined ? undefined : artifacts.id.find(filter.artifact);
  const sender = findOrganization(projection, filter.sender);
  const recipient = findOrganization(projection, filter.recipient);
  if (artifact === none || sender === none || recipient === none) return [];
  const isMatch = (t: number) =>
    isAny(artifact, transfers.artifact.at(t)) && isAny(sender, transfers.sender.at(t)) && isAny(recipient, transfers.recipient.at(t));
  if (artifact !== undefined) return sortBySentAt(projection, rowOf(artifacts.transfers, artifact).filter(isMatch));
  if (sender !== undefined) return sortBySentAt(projection, rowOf(organizations.sent, sender).filter(isMatch));
  if (recipient !== undefined) return sortBySentAt(projection, rowOf(organizations.received, recipient).filter(isMatch));
  return inOrder(projection, 'transfers', () => sortById(transfers, listAll(transfers)), bySentAt(projection));
}

/** These transfers, by sentAt (unknown first), then id. Returns a new array. */
export function sortBySentAt(projection: Projection, transfers: Int32Array): Int32Array {
  return sortById(projection.transfers, transfers).sort(bySentAt(projection));
}

/** The sort keeps the order of equal ones. */
function bySentAt({ transfers }: Projection): (a: number, b: number) => number {
  const at = (t: number) => {
    const sentAt = transfers.sentAt.at(t);
    return Number.isNaN(sentAt) ? Number.NEGATIVE_INFINITY : sentAt;
  };
  return (a, b) => {
    const x = at(a);
    const y = at(b);
    return x < y ? -1 : x > y ? 1 : 0;
  };
}

interface AccessFilter {
  readonly grantee?: Maybe<string>;
  readonly grantor?: Maybe<string>;
  /** A package URL. A URL without a version matches every version of the package. */
  readonly software?: Maybe<string>;
}

/** By id. */
export function listAccess(projection: Projection, { grantee, grantor, software }: AccessFilter): Indexes {
  const { access } = projection;
  const all = listByEnds(
    access.count,
    access.grantee,
    findOrganization(projection, grantee),
    access.grantor,
    findOrganization(projection, grantor),
  );
  if (software === null || software === undefined) return all;
  const { distinct, codes } = access.software;
  const isWanted = Array.from({ length: distinct.length }, (_, code) => isSoftware(distinct.get(code), software));
  return all.filter((i) => isWanted[codes[i] as number] === true);
}

/** Whether a package URL is the wanted one, or a version of the wanted package. */
function isSoftware(found: string, wanted: string): boolean {
  return found === wanted || (found.startsWith(wanted) && '@?#'.includes(found.charAt(wanted.length)));
}

/** By id. */
export function listEngagements(
  projection: Projection,
  filter: { readonly client?: Maybe<string>; readonly provider?: Maybe<string> },
): Indexes {
  const { engagements } = projection;
  return listByEnds(
    engagements.count,
    engagements.client,
    findOrganization(projection, filter.client),
    engagements.provider,
    findOrganization(projection, filter.provider),
  );
}

/** Controls, by organization, then control. */
export function listControls(
  projection: Projection,
  filter: { readonly organization?: Maybe<string>; readonly issuer?: Maybe<string> },
): Indexes {
  const { controls } = projection;
  const organization = findOrganization(projection, filter.organization);
  const issuer = filter.issuer === null || filter.issuer === undefined ? undefined : projection.organizations.id.find(filter.issuer);
  if (issuer === none) return [];
  return listByEnds(controls.count, controls.organization, organization, controls.issuer, issuer);
}

function listByEnds(
  count: number,
  one: Int32Array,
  wantedOne: number | undefined,
  two: Int32Array,
  wantedTwo: number | undefined,
): Indexes {
  if (wantedOne === none || wantedTwo === none) return [];
  return Int32Array.from({ length: count }, (_, i) => i).filter((i) => isAny(wantedOne, one[i]) && isAny(wantedTwo, two[i]));
}

export interface CopyFilter {
  readonly artifact?: Maybe<string>;
  readonly holder?: Maybe<string>;
  readonly owner?: Maybe<string>;
  readonly possiblyLiveAt?: Maybe<number>;
  readonly forms?: Maybe<readonly CopyForm[]>;
  readonly deletionStates?: Maybe<readonly DeletionState[]>;
}

/** Copies, by artifact, then rank (none last), then copy id. */
export function listCopies(projection: Projection, filter: CopyFilter): Indexes {
  const { artifacts, copies, organizations } = projection;
  const artifact = filter.artifact === null || filter.artifact === undefined ? undefined : artifacts.id.find(filter.artifact);
  const holder = findOrganization(projection, filter.holder);
  const owner = findOrganization(projection, filter.owner);
  if (artifact === none || holder === none || owner === none) return [];
  const forms = filter.forms ? new Set(filter.forms) : undefined;
  const states = filter.deletionStates ? new Set(filter.deletionStates) : undefined;
  const at = filter.possiblyLiveAt ?? undefined;
  const isMatch = (copy: number) =>
    isAny(holder, copies.holder.at(copy)) &&
    isAny(artifact, copies.artifact.at(copy)) &&
    isAny(owner, artifacts.owner[copies.artifact.at(copy)]) &&
    (at === undefined || isPossiblyLiveAt(projection, copy, at)) &&
    (forms === undefined || forms.has(formOf(projection, copy))) &&
    (states === undefined || states.has(deletionStateOf(projection, copy)));
  const compare = byArtifactAndRank(projection);
  if (artifact !== undefined) return rowOf(artifacts.copies, artifact).filter(isMatch).sort(compare);
  if (holder !== undefined) return rowOf(organizations.copies, holder).filter(isMatch).sort(compare);
  return inOrder(projection, 'copies', () => listAll(copies), compare).filter(isMatch);
}

function byArtifactAndRank({ copies }: Projection): (a: number, b: number) => number {
  const rank = (copy: number) => (copies.rank.at(copy) === none ? Number.MAX_SAFE_INTEGER : copies.rank.at(copy));
  return (a, b) => copies.artifact.at(a) - copies.artifact.at(b) || rank(a) - rank(b) || a - b;
}

function isPossiblyLiveAt({ copies }: Projection, copy: number, at: number): boolean {
  return copies.possibleFrom.at(copy) <= at && copies.possibleUntil.at(copy) > at;
}

const [owned, transferred] = [copyKinds.indexOf('OWNED'), copyKinds.indexOf('TRANSFERRED')];

/**
 * Sums up an organization's custody at an instant: its possibly live copies, without OWNED ones.
 *
 * @returns also the instants `from` and `until` (not included) between which the summary is the same
 */
export function summarizeCustody(projection: Projection, organization: number, at: number) {
  const { artifacts, copies, organizations, transfers } = projection;
  const { kind, possibleFrom, possibleUntil, isReadable } = copies;
  let copyCount = 0;
  let readableCount = 0;
  let lastReceivedAt: number | null = null;
  let from = -Infinity;
  let until = Infinity;
  const row = rowOf(organizations.copies, organization);
  // Sorted numbers cost a tenth of a set: an organization may hold tens of thousands of copies.
  const held = new Int32Array(row.length);
  for (let i = 0; i < row.length; i++) {
    const copy = row[i] as number;
    if (kind.at(copy) === owned) continue;
    const [begins, ends] = [possibleFrom.at(copy), possibleUntil.at(copy)];
    if (begins <= at) from = Math.max(from, begins);
    else if (begins > at) until = Math.min(until, begins);
    if (ends <= at) from = Math.max(from, ends);
    else if (ends > at) until = Math.min(until, ends);
    if (!(begins <= at && ends > at)) continue;
    held[copyCount++] = copies.artifact.at(copy);
    readableCount += isReadable.at(copy);
    const sentAt = kind.at(copy) === transferred ? transfers.sentAt.at(copies.transfer.at(copy)) : Number.NaN;
    if (!Number.isNaN(sentAt)) lastReceivedAt = Math.max(sentAt, lastReceivedAt ?? sentAt);
  }
  const labs = new Set<number>();
  let meanValueUsd = 0;
  let last = none;
  for (const artifact of held.subarray(0, copyCount).sort()) {
    if (artifact === last) continue;
    last = artifact;
    labs.add(artifacts.owner[artifact] as number);
    meanValueUsd += artifacts.meanValueUsd[artifact] as number;
  }
  labs.delete(organization);
  return { from, until, custody: { copyCount, readableCount, labCount: labs.size, meanValueUsd, lastReceivedAt } };
}
