import { artifactTypes } from '../domain/facts.ts';
import { formatInstant } from '../domain/instants.ts';
import type { Assessment } from '../domain/records/incident-log.ts';
import { WayExplainer } from '../exposure/radius/because.ts';
import type { BlastRadius } from '../exposure/radius/blast-radius.ts';
import { findVolumes } from '../exposure/radius/columns/radius-columns.ts';
import type { ExposedArtifactFilter } from '../exposure/radius/list-exposed-artifacts.ts';
import { findFirstWay, listRows } from '../exposure/radius/list-exposed-artifacts.ts';
import type { Window } from '../exposure/radius/radius-types.ts';
import { chainOf, copyId, deletionStateOf, formOf } from '../projection/custody.ts';
import { copyKinds } from '../projection/projection.ts';
import { tiers } from '../rules/copy-tier.ts';
import type { Row, RowTable } from './rows.ts';
import { instantValue, tableOf, toJson } from './rows.ts';

/* The lists of a radius as rows: the same rows as in GraphQL, complete and unrounded (semantics §11, 7). */

const blastRadiusColumns = [
  'artifact',
  'name',
  'type',
  'owner',
  'tier',
  'basis',
  'portion_low',
  'portion_high',
  'exposed_low',
  'exposed_high',
  'is_usable',
  'likelihood',
  'weighted_share',
  'worst_case_loss_usd',
  'weighted_loss_usd',
  'holders',
  'assessment',
  'because',
  'records_low',
  'records_high',
  'bytes_low',
  'bytes_high',
] as const;

/**
 * The artifacts that match the filter. `because` explains the first way in.
 *
 * @param assessments by artifact id
 */
export function blastRadiusRows(
  radius: BlastRadius,
  assessments: ReadonlyMap<string, Assessment>,
  filter: ExposedArtifactFilter = {},
): RowTable {
  const { columns, projection, reached, scenario } = radius;
  const { artifacts, organizations } = projection;
  const { exposed } = columns;
  const explainer = new WayExplainer(projection, scenario);
  const rows = listRows(radius, filter);
  return tableOf('blast-radius', blastRadiusColumns, rows, (row): Row<(typeof blastRadiusColumns)[number]> => {
    const artifact = exposed.artifact[row] as number;
    const id = artifacts.id.get(artifact);
    const { records, bytes } = findVolumes(columns, row);
    return {
      artifact: id,
      name: artifacts.name.get(artifact),
      type: artifactTypes[artifacts.type[artifact] as number] as string,
      owner: organizations.id.get(artifacts.owner[artifact] as number),
      tier: tiers[exposed.tier[row] as number] as string,
      basis: exposed.isHeld[row] === 1 ? 'HELD' : 'REVEALED',
      portion_low: exposed.low[row] as number,
      portion_high: exposed.high[row] as number,
      exposed_low: exposed.exposedLow[row] as number,
      exposed_high: exposed.exposedHigh[row] as number,
      is_usable: exposed.isUsable[row] === 1,
      likelihood: exposed.likelihood[row] as number,
      weighted_share: exposed.weightedShare[row] as number,
      worst_case_loss_usd: exposed.worstCaseLossUsd[row] as number,
      weighted_loss_usd: exposed.weightedLossUsd[row] as number,
      holders: columns.holdersOf(row).map((holder) => organizations.id.get(reached[holder]?.organization as number)),
      assessment: assessments.size === 0 ? null : (assessments.get(id)?.state ?? null),
      because: explainer.explain(findFirstWay(columns, row)),
      records_low: records.low,
      records_high: records.high,
      bytes_low: bytes.low,
      bytes_high: bytes.high,
    };
  });
}

const otherCopyColumns = [
  'id',
  'kind',
  'artifact',
  'holder',
  'transfer',
  'form',
  'deletion_state',
  'portion',
  'fragments',
  'confidence',
  'definite_from',
  'definite_until',
  'possible_from',
  'possible_until',
  'rank',
  'chain',
] as const;
const maxChain = 100;

/** Copies to recall. */
export function otherCopyRows(radius: BlastRadius): RowTable {
  const { projection, otherCopies } = radius;
  const { artifacts, copies, organizations, transfers } = projection;
  return tableOf('other-copies', otherCopyColumns, otherCopies, (copy) => {
    const transfer = copies.transfer.at(copy);
    const names = transfer < 0 ? [] : transfers.fragments.namesOf(transfer);
    const rank = copies.rank.at(copy);
    return {
      id: copyId(projection, copy),
      kind: copyKinds[copies.kind.at(copy)] ?? null,
      artifact: artifacts.id.get(copies.artifact.at(copy)),
      holder: organizations.id.get(copies.holder.at(copy)),
      transfer: transfer < 0 ? null : transfers.id.get(transfer),
      form: formOf(projection, copy),
      deletion_state: deletionStateOf(projection, copy),
      portion: copies.portion.at(copy),
      fragments: names.length === 0 ? null : names,
      confidence: copies.confidence.at(copy),
      definite_from: instantValue(copies.definiteFrom.at(copy)),
      definite_until: instantValue(copies.definiteUntil.at(copy)),
      possible_from: instantValue(copies.possibleFrom.at(copy)),
      possible_until: instantValue(copies.possibleUntil.at(copy)),
      rank: rank < 0 ? null : rank,
      chain: chainOf(projection, copy, maxChain).map((t) => transfers.id.get(t)),
    };
  });
}

const dependentColumns = ['organization', 'rank', 'path', 'is_former', 'is_blind_spot'] as const;

/** The organizations that engage a reached organization, directly or through others. */
export function dependentRows(radius: BlastRadius, isBlindSpotsOnly = false): RowTable {
  const { organizations, engagements } = radius.projection;
  const rows = isBlindSpotsOnly ? radius.dependents.filter((dependent) => dependent.isBlindSpot) : radius.dependents;
  return tableOf('dependents', dependentColumns, rows, (row) => ({
    organization: organizations.id.get(row.organization),
    rank: row.rank,
    path: row.path.map((engagement) => engagements.id.get(engagement)),
    is_former: row.isFormer,
    is_blind_spot: row.isBlindSpot,
  }));
}

/**
 * A whole radius as one JSON document, in pieces: `summary`, `artifacts`, `labs`, `dependents`. Keys are snake_case, as in the
 * rows of every export. `artifacts` has the rows of `blast-radius.json`. The path of a dependent lists the id, client and provider
 * of each engagement, starting at the dependent.
 */
export function* toRadiusDocument(radius: BlastRadius, assessments: ReadonlyMap<string, Assessment>): Generator<string> {
  yield `{"summary":${JSON.stringify(summaryOf(radius))},\n`;
  yield '"artifacts":';
  yield* toJson(blastRadiusRows(radius, assessments));
  yield ',"labs":';
  yield* toJson(labRows(radius));
  yield ',"dependents":';
  yield* dependentItems(radius);
  yield '}\n';
}

function summaryOf({ projection, input, summary, dependents }: BlastRadius) {
  return {
    origins: input.origins.map((origin) => named(projection.organizations, origin)),
    // Left out where the question states neither, as it was before there were the two (semantics §13.4).
    ...(input.suspected === undefined
      ? {}
      : {
          suspected_origins: input.suspected.map(({ organization, likelihood }) => ({
            ...named(projection.organizations, organization),
            likelihood,
          })),
        }),
    ...(input.hasCore === false ? { has_core: false } : {}),
    core: windowOf(input.core),
    widest: windowOf(input.widest),
    reached_count: summary.reachedCount,
    exposed_count: summary.exposedCount,
    possible_count: summary.possibleCount,
    contained_count: summary.containedCount,
    affected_lab_count: summary.affectedLabCount,
    dependent_count: dependents.length,
    blind_spot_count: summary.blindSpotCount,
    worst_case_loss_usd: summary.worstCaseLossUsd,
    weighted_loss_usd: summary.weightedLossUsd,
  };
}

function named({ id, name }: BlastRadius['projection']['organizations'], organization: number) {
  return { id: id.get(organization), name: name.get(organization) };
}

function windowOf({ from, to }: Window) {
  return { from: formatInstant(from), to: formatInstant(to) };
}

const labColumns = [
  'lab',
  'name',
  'exposed_count',
  'possible_count',
  'contained_count',
  'worst_case_loss_usd',
  'weighted_loss_usd',
] as const;

/** The affected labs, by weighted loss descending, then id. */
function labRows({ projection: { organizations }, labs }: BlastRadius): RowTable {
  return tableOf('labs', labColumns, labs, (row) => ({
    lab: organizations.id.get(row.lab),
    name: organizations.name.get(row.lab),
    exposed_count: row.exposedCount,
    possible_count: row.possibleCount,
    contained_count: row.containedCount,
    worst_case_loss_usd: row.worstCaseLossUsd,
    weighted_loss_usd: row.weightedLossUsd,
  }));
}

function* dependentItems({ projection, dependents }: BlastRadius): Generator<string> {
  const { engagements, organizations } = projection;
  let separator = '[\n';
  for (const { organization, rank, path, isFormer, isBlindSpot } of dependents) {
    const item = {
      organization: organizations.id.get(organization),
      name: organizations.name.get(organization),
      rank,
      is_former: isFormer,
      is_blind_spot: isBlindSpot,
      path: path.map((engagement) => ({
        engagement: engagements.id.get(engagement),
        client: organizations.id.get(engagements.client[engagement] as number),
        provider: organizations.id.get(engagements.provider[engagement] as number),
      })),
    };
    yield separator + JSON.stringify(item);
    separator = ',\n';
  }
  yield dependents.length === 0 ? '[]\n' : '\n]\n';
}
