import { formatInstant } from '../domain/instants.ts';
import type { Assessment } from '../domain/records/incident-log.ts';
import type { BlastRadius } from '../exposure/radius/blast-radius.ts';
import type { Window } from '../exposure/radius/radius-types.ts';
import { blastRadiusRows } from './blast-radius-rows.ts';
import type { RowTable } from './rows.ts';
import { tableOf, toJson } from './rows.ts';

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
