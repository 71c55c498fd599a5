import type { RecordedFact } from '../../domain/assertions.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import type { FactKind } from '../../domain/facts.ts';
import { assembleProjection } from '../build/assemble-projection.ts';
import { buildAccess, buildArtifacts, buildControls, buildEngagements, buildOrganizations, buildReveals } from '../build/build-kinds.ts';
import { PartDeriver } from '../build/derive-part.ts';
import { indexOf } from '../build/fill-columns.ts';
import type { Csr } from '../columns/csr.ts';
import { numbersBy, renumber } from '../lasting-numbers.ts';
import { findPart } from '../open-parts.ts';
import { type NumberMap, type Projection, type Rows, rowOf } from '../projection.ts';
import { runInTurns, type Steps } from '../turns.ts';
import type { ChangedFacts, PlacedChanges } from './place-changes.ts';
import { byId, byPair, placeChanges } from './place-changes.ts';
import { findChangedTransfers, renewParts } from './renew-parts.ts';
import type { ChangedPlace } from './splice.ts';
import { spliceKind } from './splice.ts';

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
