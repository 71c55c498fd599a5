import type { FactKind } from '../../domain/facts.ts';
import { assembleProjection } from '../build/assemble-projection.ts';
import { buildAccess, buildArtifacts, buildControls, buildEngagements, buildOrganizations, buildReveals } from '../build/build-kinds.ts';
import { TransferBuilder } from '../build/build-transfers.ts';
import { indexOf } from '../build/fill-columns.ts';
import type { Projection } from '../projection.ts';
import type { Steps } from '../turns.ts';
import { byId, byPair, type ChangedFacts, type PlacedChanges, placeChanges } from './place-changes.ts';
import { refuseLost } from './refuse-lost.ts';
import { spliceCodeRows } from './splice.ts';
import { spliceKind } from './splice-kind.ts';

/**
 * Makes the current projection from an earlier one and the facts that changed since. The result equals a projection built from all
 * facts.
 *
 * Columns are copied run by run around the changed facts. If facts were added or removed, columns of indexes are renumbered.
 * Custody is derived again for each artifact that changed or has a changed transfer.
 *
 * @param changed the changed facts, by kind; unchanged facts among them do no harm. Throws if an organization or artifact is gone and a
 *   fact that names it is not among them
 * Complexity: O(facts) to copy memory, plus O(changed facts x log facts), plus the custody of the changed artifacts.
 */
export function* refreshProjection(former: Projection, changed: ReadonlyMap<FactKind, ChangedFacts>, revision: number): Steps<Projection> {
  const changedOrganizations = placeChanges(byId(former.organizations.id), changed.get('ORGANIZATION'));
  const movedOrganizations = changedOrganizations.splice.moved;
  const organizations = yield* spliceKind(
    former.organizations,
    buildOrganizations(changedOrganizations.facts),
    changedOrganizations.splice,
    {},
  );
  const organizationIndex = indexOf(organizations.id);

  const changedArtifacts = placeChanges(byId(former.artifacts.id), changed.get('ARTIFACT'));
  const movedArtifacts = changedArtifacts.splice.moved;
  const artifacts = yield* spliceKind(
    former.artifacts,
    buildArtifacts(changedArtifacts.facts, organizationIndex),
    changedArtifacts.splice,
    { owner: movedOrganizations },
  );
  const artifactIndex = indexOf(artifacts.id);

  const changedEngagements = placeChanges(byId(former.engagements.id), changed.get('ENGAGEMENT'));
  const engagements = yield* spliceKind(
    former.engagements,
    buildEngagements(changedEngagements.facts, organizationIndex),
    changedEngagements.splice,
    { client: movedOrganizations, provider: movedOrganizations },
  );

  const changedTransfers = placeChanges(byId(former.transfers.id), changed.get('TRANSFER'));
  const builder = new TransferBuilder();
  const engagementIndex = indexOf(engagements.id);
  for (const fact of changedTransfers.facts) builder.add(fact, organizationIndex, artifactIndex, engagementIndex);
  const patch = builder.build();
  const transfers = yield* spliceKind(former.transfers, patch.transfers, changedTransfers.splice, {
    artifact: movedArtifacts,
    sender: movedOrganizations,
    recipient: movedOrganizations,
    engagement: changedEngagements.splice.moved,
  });
  const { rows: fragments, texts: fragmentNames } = yield* spliceCodeRows(
    { rows: former.transfers.fragments, texts: former.fragmentNames },
    { rows: patch.fragments, texts: patch.fragmentNames },
    changedTransfers.splice,
  );
  yield;

  const changedAccess = placeChanges(byId(former.access.id), changed.get('ACCESS'));
  const access = yield* spliceKind(former.access, buildAccess(changedAccess.facts, organizationIndex), changedAccess.splice, {
    grantee: movedOrganizations,
    grantor: movedOrganizations,
  });

  const changedReveals = placeChanges(revealsInOrder(former), changed.get('REVEALS'));
  const reveals = yield* spliceKind(former.reveals, buildReveals(changedReveals.facts, artifactIndex), changedReveals.splice, {
    artifact: movedArtifacts,
    reveals: movedArtifacts,
  });

  const changedControls = placeChanges(controlsInOrder(former), changed.get('CONTROL'));
  const controls = yield* spliceKind(former.controls, buildControls(changedControls.facts, organizationIndex), changedControls.splice, {
    organization: movedOrganizations,
    issuer: movedOrganizations,
  });

  refuseLost(changedOrganizations.places, [
    [former.organizations.artifacts, changedArtifacts.places],
    [former.organizations.sent, changedTransfers.places],
    [former.organizations.received, changedTransfers.places],
    [former.organizations.accessHeld, changedAccess.places],
    [former.organizations.accessGranted, changedAccess.places],
    [former.organizations.engagementsAsClient, changedEngagements.places],
    [former.organizations.engagementsAsProvider, changedEngagements.places],
    [former.organizations.controls, changedControls.places],
  ]);
  refuseLost(changedArtifacts.places, [
    [former.artifacts.transfers, changedTransfers.places],
    [former.artifacts.reveals, changedReveals.places],
    [former.artifacts.revealedBy, changedReveals.places],
  ]);

  const facts = { organizations, artifacts, engagements, transfers, fragments, fragmentNames, access, reveals, controls };
  return yield* assembleProjection(revision, facts, {
    projection: former,
    touched: findTouched(former, artifacts.count, changedArtifacts, changedTransfers, patch.transfers.artifact),
    organizations: changedOrganizations.splice,
    artifacts: changedArtifacts.splice,
    transfers: changedTransfers.splice,
  });
}

/** The artifacts that changed, and those with a changed transfer, before or after its change. */
function findTouched(
  former: Projection,
  artifactCount: number,
  artifacts: PlacedChanges,
  transfers: PlacedChanges,
  artifactOfChanged: Int32Array,
): Uint8Array {
  const touched = new Uint8Array(artifactCount);
  const { moved } = artifacts.splice;
  for (const artifact of artifacts.splice.placed) touched[artifact] = 1;
  for (const artifact of artifactOfChanged) touched[artifact] = 1;
  for (const { at, was } of transfers.places) {
    if (!was) continue;
    const artifact = former.transfers.artifact[at] as number;
    const now = moved === undefined ? artifact : moved.of(artifact);
    if (now >= 0) touched[now] = 1;
  }
  return touched;
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
