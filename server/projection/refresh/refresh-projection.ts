import type { RecordedFact } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import type { FactKind } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import {
  buildAccess,
  buildArtifacts,
  buildControls,
  buildEngagements,
  buildOrganizations,
  buildReveals,
  TransferBuilder,
} from '../build/build-kinds.ts';
import { assembleProjection } from '../build/build-projection.ts';
import { cutRange, gatherTransfers, standardSize } from '../build/cut-parts.ts';
import type { ArtifactRange } from '../build/derive-part.ts';
import { PartDeriver } from '../build/derive-part.ts';
import type { IdIndex } from '../build/fill-columns.ts';
import { indexOf } from '../build/fill-columns.ts';
import type { Csr } from '../columns/csr.ts';
import { startBlock } from '../columns/shared-memory.ts';
import { findPart } from '../open-parts.ts';
import type { Part, TransferTable } from '../part.ts';
import { findTransfer, hashOf } from '../part.ts';
import type { NumberMap, Projection, Rows } from '../projection.ts';
import { numbersBy, renumber, rowOf } from '../projection.ts';
import type { Steps } from '../turns.ts';
import { runInTurns } from '../turns.ts';
import type { ChangedFacts, ChangedPlace, PlacedChanges } from './place-changes.ts';
import { byId, byPair, placeChanges, spliceKind } from './place-changes.ts';

/**
 * Makes the current projection from an earlier one and the facts that changed since. Every question gets the same answer from it as from a
 * projection built from all facts. The two share every part without a changed artifact or transfer, and every column without a changed fact.
 *
 * @param changed the changed facts, by kind; unchanged facts among them do no harm. Throws if an organization or artifact is gone and a
 *   fact that names it is not among them
 * @param partSize as in `cutParts`
 * Complexity: O(facts of the common block) to copy memory, plus the custody of the parts that changed.
 */
export function* refreshProjection(
  former: Projection,
  changed: ReadonlyMap<FactKind, ChangedFacts>,
  revision: number,
  partSize?: number,
): Steps<Projection> {
  const was = former.memory;
  const changedOrganizations = placeChanges(byId(former.organizations.id), changed.get('ORGANIZATION'));
  const movedOrganizations = changedOrganizations.splice.moved;
  const changedArtifacts = placeChanges(byId(former.artifacts.id), changed.get('ARTIFACT'));
  const movedArtifacts = changedArtifacts.splice.moved;
  const changedEngagements = placeChanges(byId(former.engagements.id), changed.get('ENGAGEMENT'));
  yield;
  const organizations = spliceKind(was.organizations, buildOrganizations(changedOrganizations.facts), changedOrganizations.splice, {});
  const organizationIndex = indexOf(organizations.id);
  const artifacts = spliceKind(was.artifacts, buildArtifacts(changedArtifacts.facts, organizationIndex), changedArtifacts.splice, {
    owner: movedOrganizations,
  });
  const artifactIndex = indexOf(artifacts.id);
  const engagements = spliceKind(
    was.engagements,
    buildEngagements(changedEngagements.facts, organizationIndex),
    changedEngagements.splice,
    { client: movedOrganizations, provider: movedOrganizations },
  );
  const changedAccess = placeChanges(byId(former.access.id), changed.get('ACCESS'));
  const access = spliceKind(was.access, buildAccess(changedAccess.facts, organizationIndex), changedAccess.splice, {
    grantee: movedOrganizations,
    grantor: movedOrganizations,
  });
  const changedReveals = placeChanges(revealsInOrder(former), changed.get('REVEALS'));
  const reveals = spliceKind(was.reveals, buildReveals(changedReveals.facts, artifactIndex), changedReveals.splice, {
    artifact: movedArtifacts,
    reveals: movedArtifacts,
  });
  const changedControls = placeChanges(controlsInOrder(former), changed.get('CONTROL'));
  const controls = spliceKind(was.controls, buildControls(changedControls.facts, organizationIndex), changedControls.splice, {
    organization: movedOrganizations,
    issuer: movedOrganizations,
  });
  const lasting = {
    organizations: renumberChanged(was.lasting.organizations, changedOrganizations),
    artifacts: renumberChanged(was.lasting.artifacts, changedArtifacts),
    engagements: renumberChanged(was.lasting.engagements, changedEngagements),
  };
  yield;
  const changedTransfers = findChangedTransfers(former, changed.get('TRANSFER'));
  const ofTransfers = new Set(changedTransfers.numbers);
  refuseLost(changedOrganizations.places, [
    [former.organizations.artifacts, formerPlaces(changedArtifacts)],
    [former.organizations.sent, ofTransfers],
    [former.organizations.received, ofTransfers],
    [former.organizations.accessHeld, formerPlaces(changedAccess)],
    [former.organizations.accessGranted, formerPlaces(changedAccess)],
    [former.organizations.engagementsAsClient, formerPlaces(changedEngagements)],
    [former.organizations.engagementsAsProvider, formerPlaces(changedEngagements)],
    [former.organizations.controls, formerPlaces(changedControls)],
  ]);
  refuseLost(changedArtifacts.places, [
    [former.artifacts.transfers, ofTransfers],
    [former.artifacts.reveals, formerPlaces(changedReveals)],
    [former.artifacts.revealedBy, formerPlaces(changedReveals)],
  ]);
  const changes = {
    transfers: changedTransfers,
    artifacts: numbersOfChanged(was.lasting.artifacts, lasting.artifacts, changedArtifacts),
    artifactEnd: lasting.artifacts.indexOf.length,
    organizationNumbers: numbersBy(organizationIndex, lasting.organizations),
    artifactNumbers: numbersBy(artifactIndex, lasting.artifacts),
    engagementNumbers: numbersBy(indexOf(engagements.id), lasting.engagements),
  };
  const parts = yield* renewParts(was.parts, new PartDeriver({ artifacts, lasting }), changes, partSize);
  return assembleProjection(revision, { organizations, artifacts, engagements, access, reveals, controls }, lasting, parts, was);
}

function renumberChanged(former: NumberMap, { splice }: PlacedChanges): NumberMap {
  const { moved, count } = splice;
  return moved === undefined ? former : renumber(former, moved, count);
}

/** The lasting numbers of records that changed, came or went. */
function numbersOfChanged(former: NumberMap, now: NumberMap, { places, splice }: PlacedChanges): number[] {
  const gone = places.flatMap(({ at, was, is }) => (was && !is ? [former.numberOf[at] as number] : []));
  return [...gone, ...splice.placed.map((index) => now.numberOf[index] as number)];
}

function revealsInOrder({ artifacts, reveals }: Projection) {
  const idAt = (column: Int32Array) => (index: number) => artifacts.id.get(column[index] as number);
  return byPair(reveals.count, idAt(reveals.artifact), idAt(reveals.reveals));
}

function controlsInOrder({ organizations, controls }: Projection) {
  return byPair(
    controls.count,
    (index) => organizations.id.get(controls.organization[index] as number),
    (index) => controls.control.get(index) as string,
  );
}

function formerPlaces({ places }: PlacedChanges): ReadonlySet<number> {
  return new Set(places.filter(({ was }) => was).map(({ at }) => at));
}

/** Rows that list, for each record, the facts that name it, and the changed ones among these facts. */
type Naming = readonly [rows: Csr | Rows, changed: ReadonlySet<number>];

/**
 * Throws if a record goes and a fact that names it stays as it was: the fact would name no record, or another. Only a bug of the
 * program can lead here, and then all facts are read again (`CurrentProjection`).
 *
 * Complexity: O(facts that name the records that go, and changed facts).
 */
function refuseLost(places: readonly ChangedPlace[], naming: readonly Naming[]): void {
  for (const { at, was, is } of places) {
    if (!was || is) continue;
    for (const [rows, changed] of naming) {
      for (const fact of rowOf(rows, at))
        if (!changed.has(fact)) throw new Error('A renewal of the facts removes a record that an unchanged fact names.');
    }
  }
}

const artifactField = fieldIndex('TRANSFER', 'artifact');

/**
 * Gives parts that have lost their transfers these again. All else is shared.
 *
 * @param places the positions of the parts
 * @param transfers all transfers as of the projection's revision, in batches
 * Complexity: O(transfers) to look at them, plus the custody of these parts.
 */
export async function mendParts(
  projection: Projection,
  places: readonly number[],
  transfers: AsyncIterable<{ readonly facts: readonly RecordedFact[] }>,
): Promise<Projection> {
  const { revision, artifacts, memory } = projection;
  const isLost = new Set(places);
  const facts: RecordedFact[] = [];
  for await (const batch of transfers) {
    for (const fact of batch.facts) {
      const number = memory.lasting.artifacts.numberOf[artifacts.id.find(fact.values[artifactField] as string)] as number;
      if (isLost.has(findPart(memory.parts, number))) facts.push(fact);
    }
  }
  const keys = facts.map(({ key }) => key);
  return runInTurns(refreshProjection(projection, new Map([['TRANSFER', { keys, facts }]]), revision));
}

/** Transfers that may have changed. */
interface ChangedTransfers {
  /** Those that exist now, by id. */
  readonly facts: readonly RecordedFact[];
  /** The numbers of those that existed before. */
  readonly numbers: readonly number[];
  /** The same by the position of their part: their rows. */
  readonly rows: ReadonlyMap<number, ReadonlySet<number>>;
}

/** Complexity: O(c x parts) for c changed transfers. */
function findChangedTransfers({ transfers, memory }: Projection, changed: ChangedFacts | undefined): ChangedTransfers {
  const { keys, facts } = changed ?? { keys: [], facts: [] };
  const ids = Array.from(new Set(keys), (id) => Buffer.from(id));
  const hashes = ids.map((id) => hashOf(id));
  const numbers: number[] = [];
  const rows = new Map<number, Set<number>>();
  for (const [place, part] of memory.parts.entries()) {
    const [first] = transfers.ranges[place] as readonly [number, number];
    for (let i = 0; i < ids.length; i++) {
      const row = findTransfer(part, ids[i] as Buffer, hashes[i] as number);
      if (row < 0) continue;
      numbers.push(first + row);
      getOrInsert(rows, place, () => new Set()).add(row);
    }
  }
  return { facts: [...facts].sort((a, b) => compareCodePoints(a.key, b.key)), numbers, rows };
}

/** The changed facts, with the lasting numbers of now. */
interface Changes {
  readonly transfers: ChangedTransfers;
  /** Artifacts that changed, came or went. */
  readonly artifacts: readonly number[];
  /** All lasting numbers of artifacts are below. */
  readonly artifactEnd: number;
  readonly organizationNumbers: IdIndex;
  readonly artifactNumbers: IdIndex;
  readonly engagementNumbers: IdIndex;
}

/**
 * Derives anew the parts that have a changed artifact or transfer. New artifacts come at the end. A part that has grown too large is cut.
 *
 * @param size as in `cutParts`
 * Complexity: O(transfers of these parts), and O(parts).
 */
function* renewParts(former: readonly Part[], deriver: PartDeriver, changes: Changes, size = standardSize): Steps<readonly Part[]> {
  const patch = buildPatch(changes);
  const added = new Map<number, number[]>();
  for (const [row, artifact] of patch.artifact.entries()) getOrInsert(added, findPart(former, artifact), () => []).push(row);
  const touched = new Set([
    ...changes.transfers.rows.keys(),
    ...added.keys(),
    ...changes.artifacts.map((number) => findPart(former, number)),
  ]);
  if (touched.size === 0) return former;
  const parts: Part[] = [];
  for (const [i, part] of former.entries()) {
    if (!touched.has(i)) {
      parts.push(part);
      continue;
    }
    const range = { first: part.firstArtifact, end: former[i + 1]?.firstArtifact ?? changes.artifactEnd };
    startBlock();
    const transfers = placePatch(part, changes.transfers.rows.get(i) ?? none, patch, added.get(i) ?? []);
    yield* derivePieces(deriver, range, transfers, parts, size);
    yield;
  }
  return parts;
}

const none: ReadonlySet<number> = new Set();

function buildPatch({ transfers, organizationNumbers, artifactNumbers, engagementNumbers }: Changes): TransferTable {
  const builder = new TransferBuilder();
  for (const fact of transfers.facts) builder.add(fact, organizationNumbers, artifactNumbers, engagementNumbers);
  return builder.build();
}

/** The transfers of a part without some rows, and with some rows of the patch. @param added in order of id */
function placePatch(part: Part, removed: ReadonlySet<number>, patch: TransferTable, added: readonly number[]): TransferTable {
  const { transfers, firstArtifact, transferOffsets } = part;
  if (removed.size === 0 && added.length === 0) return transfers;
  const artifactOf = (row: number) => patch.artifact[row] as number;
  const order: number[] = [];
  let next = 0;
  const keepUntil = (end: number) => {
    for (; next < end; next++) if (!removed.has(next)) order.push(next);
  };
  for (const row of [...added].sort((a, b) => artifactOf(a) - artifactOf(b) || a - b)) {
    const place = artifactOf(row) - firstArtifact;
    const start = transferOffsets[place];
    const end = transferOffsets[place + 1];
    // A new artifact is behind all others.
    const isNew = start === undefined || end === undefined;
    keepUntil(isNew ? transfers.artifact.length : transfers.id.lowerBound(patch.id.get(row), start, end));
    order.push(~row);
  }
  keepUntil(transfers.artifact.length);
  return gatherTransfers(transfers, Int32Array.from(order), patch);
}

function* derivePieces(deriver: PartDeriver, range: ArtifactRange, transfers: TransferTable, parts: Part[], size: number): Steps<void> {
  // A part that has grown to twice its size is cut.
  if (transfers.artifact.length + range.end - range.first <= 2 * size) {
    parts.push(deriver.derive(range, transfers));
    return;
  }
  const counts = new Map<number, number>();
  for (const artifact of transfers.artifact) counts.set(artifact, (counts.get(artifact) ?? 0) + 1);
  const pieces = cutRange(range, (artifact) => counts.get(artifact) ?? 0, size);
  let row = 0;
  for (const piece of pieces) {
    const start = row;
    while (row < transfers.artifact.length && (transfers.artifact[row] as number) < piece.end) row++;
    const rows = Int32Array.from({ length: row - start }, (_, i) => start + i);
    parts.push(deriver.derive(piece, pieces.length === 1 ? transfers : gatherTransfers(transfers, rows)));
    yield;
  }
}
