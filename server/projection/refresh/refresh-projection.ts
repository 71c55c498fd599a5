import type { FactKind } from '../../domain/facts.ts';
import { assembleProjection } from '../build/assemble-projection.ts';
import { buildAccess, buildArtifacts, buildControls, buildEngagements, buildOrganizations, buildReveals } from '../build/build-kinds.ts';
import { TransferBuilder } from '../build/build-transfers.ts';
import { indexOf } from '../build/fill-columns.ts';
import { none, type Projection } from '../projection.ts';
import { MustMove, NoRoom, type SlotPermit, takePermit } from '../slots.ts';
import type { Steps } from '../turns.ts';
import { chooseLayout } from './choose-layout.ts';
import { byId, byPair, type ChangedFacts, type PlacedChanges, placeChanges } from './place-changes.ts';
import { placeTransfers, placeTransfersInPlace } from './place-transfers.ts';
import { refuseLost } from './refuse-lost.ts';
import { reslot } from './reslot.ts';
import { spliceCodeRows, spliceLive } from './splice.ts';
import { spliceKind } from './splice-kind.ts';

/** How a projection may be made from the former one. */
interface RefreshOptions {
  /**
   * Whether the former projection is not renewed again, as where the latest facts are kept. Then new transfers may take vacant slots of its
   * columns. Default false, as for a plan.
   */
  readonly isFollowed?: boolean;
}

/**
 * Makes the current projection from an earlier one and the facts that changed since. The result equals a projection built from all
 * facts, but for vacant slots and the numbers of texts.
 *
 * New transfers take vacant slots (docs/decisions/edits-and-slots.md), perhaps after all records were laid out anew with more of them. Without one,
 * columns are copied run by run around the changed facts. If facts were added or removed, columns of indexes are renumbered. Custody is
 * derived again for each artifact that changed or has a changed transfer.
 *
 * @param changed the changed facts, by kind; unchanged facts among them do no harm. Throws if an organization or artifact is gone and a
 *   fact that names it is not among them
 * Complexity: O(facts) to copy memory, plus O(changed facts x log facts), plus the custody of the changed artifacts.
 */
export function* refreshProjection(
  former: Projection,
  changed: ReadonlyMap<FactKind, ChangedFacts>,
  revision: number,
  { isFollowed = false }: RefreshOptions = {},
): Steps<Projection> {
  let base = former;
  let permit = isFollowed && mayComeAndGo(former, changed) ? takePermit(former.permit) : undefined;
  while (permit !== undefined) {
    try {
      return yield* renew(base, changed, revision, isFollowed, permit, true);
    } catch (error) {
      if (!(error instanceof NoRoom || error instanceof MustMove)) throw error;
      const layout = base === former ? chooseLayout(former, error) : undefined;
      if (layout === undefined) break;
      base = yield* reslot(former, layout === 'SPACED', error instanceof NoRoom ? error.idBytes : 0);
      permit = takePermit(base.permit);
    }
  }
  return yield* renew(base, changed, revision, isFollowed, permit, false);
}

/** Whether transfers or copies may come or go, other than with all those behind them. */
function mayComeAndGo({ transfers }: Projection, changed: ReadonlyMap<FactKind, ChangedFacts>): boolean {
  return transfers.slots > 0 && (changed.has('TRANSFER') || changed.has('ARTIFACT'));
}

/**
 * @param permit the permit of the new projection, already taken
 * @param isInPlace writes into vacant slots of `former`, with that permit. Throws NoRoom and MustMove
 */
function* renew(
  former: Projection,
  changed: ReadonlyMap<FactKind, ChangedFacts>,
  revision: number,
  isFollowed: boolean,
  permit: SlotPermit | undefined,
  isInPlace: boolean,
): Steps<Projection> {
  const changedOrganizations = placeChanges(byId(former.organizations.id), changed.get('ORGANIZATION'));
  const movedOrganizations = changedOrganizations.splice.moved;
  const changedArtifacts = placeChanges(byId(former.artifacts.id), changed.get('ARTIFACT'));
  const movedArtifacts = changedArtifacts.splice.moved;
  const changedEngagements = placeChanges(byId(former.engagements.id), changed.get('ENGAGEMENT'));
  if (isInPlace && (movedOrganizations ?? movedArtifacts ?? changedEngagements.splice.moved) !== undefined) throw new MustMove();
  const ofTransfers = changed.get('TRANSFER');
  const changedTransfers = isInPlace ? placeTransfersInPlace(former, ofTransfers) : placeTransfers(former, ofTransfers, isFollowed);
  yield;

  const organizations = yield* spliceKind(
    former.organizations,
    buildOrganizations(changedOrganizations.facts),
    changedOrganizations.splice,
    {},
  );
  const organizationIndex = indexOf(organizations.id);

  const artifacts = yield* spliceKind(
    former.artifacts,
    buildArtifacts(changedArtifacts.facts, organizationIndex),
    changedArtifacts.splice,
    { owner: movedOrganizations },
  );
  const artifactIndex = indexOf(artifacts.id);

  const engagements = yield* spliceKind(
    former.engagements,
    buildEngagements(changedEngagements.facts, organizationIndex),
    changedEngagements.splice,
    { client: movedOrganizations, provider: movedOrganizations },
  );

  const builder = new TransferBuilder();
  const engagementIndex = indexOf(engagements.id);
  for (const record of changedTransfers.records) {
    if (typeof record === 'number') builder.addVacant(record);
    else builder.add(record, organizationIndex, artifactIndex, engagementIndex);
  }
  const patch = builder.build();
  const spliced = yield* spliceKind(former.transfers, patch.transfers, changedTransfers.splice, {
    artifact: movedArtifacts,
    sender: movedOrganizations,
    recipient: movedOrganizations,
    engagement: changedEngagements.splice.moved,
  });
  const { splice } = changedTransfers;
  const isLive = splice.inPlace === undefined ? spliced.isLive : spliceLive(former.transfers.isLive, splice);
  const transfers = {
    ...spliced,
    isLive,
    id: spliced.id === former.transfers.id && isLive === former.transfers.isLive ? spliced.id : spliced.id.withLive(isLive),
    count: changedTransfers.count,
    slots: splice.count,
  };
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
    transfers: splice,
    boundaries: changedTransfers.boundaries,
    permit,
    isFollowed,
  });
}

/** The artifacts that changed, and those with a changed transfer, before or after its change. */
function findTouched(
  former: Projection,
  artifactCount: number,
  artifacts: PlacedChanges,
  transfers: Pick<PlacedChanges, 'places'>,
  artifactOfChanged: Int32Array,
): Uint8Array {
  const touched = new Uint8Array(artifactCount);
  const { moved } = artifacts.splice;
  for (const artifact of artifacts.splice.placed) touched[artifact] = 1;
  for (const artifact of artifactOfChanged) if (artifact !== none) touched[artifact] = 1;
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
