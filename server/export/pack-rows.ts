import { showHidden } from '../domain/text/hidden-characters.ts';
import type { NotificationPack } from '../exposure/incidents/incident-documents.ts';
import { WayExplainer } from '../exposure/radius/because.ts';
import type { ExposedArtifact, WayIn } from '../exposure/radius/radius-types.ts';
import { chainOf, copyId, formOf } from '../projection/custody.ts';
import type { Row, RowTable, RowValue } from './rows.ts';
import { instantValue, tableOf } from './rows.ts';

const packColumns = [
  'artifact',
  'name',
  'tier',
  'basis',
  'portion_low',
  'portion_high',
  'is_usable',
  'worst_case_loss_usd',
  'weighted_loss_usd',
  'holder',
  'copy',
  'copy_tier',
  'form',
  'since',
  'chain',
  'sources',
  'assessment',
  'because',
  'records_low',
  'records_high',
  'bytes_low',
  'bytes_high',
] as const;
/** The columns of a pack, then one for the quotes that an analyst chose from the holder's software lists. A pack without quotes lacks it. */
const quotedColumns = [...packColumns, 'according_to_holder'] as const;

/** The most ways into an artifact that the rows of a pack list, the strongest. */
export const maxWaysInRows = 100;
/** The most transfers of a chain. */
const maxChain = 100;

interface PackLine {
  readonly row: ExposedArtifact;
  readonly way: WayIn | undefined;
}

/** Each way into each artifact, with its custody chain and the sources of its transfers. A quoted organization that holds none of the copies has a row of its own, without an artifact. */
export function packRows({ radius, assessments, quotes }: NotificationPack): RowTable {
  const { projection } = radius;
  const { artifacts, copies, organizations, transfers } = projection;
  const explainer = new WayExplainer(projection, undefined);
  const lines = radius.artifacts.flatMap((row): PackLine[] => {
    const ways = row.ways(maxWaysInRows);
    return ways.length === 0 ? [{ row, way: undefined }] : ways.map((way) => ({ row, way }));
  });
  const toRow = ({ row, way }: PackLine): Row<(typeof packColumns)[number]> => {
    const chain = way === undefined ? [] : chainOf(projection, way.copy, maxChain);
    return shown({
      artifact: artifacts.id.get(row.artifact),
      name: artifacts.name.get(row.artifact),
      tier: row.tier,
      basis: row.basis,
      portion_low: row.portion.low,
      portion_high: row.portion.high,
      is_usable: row.isUsable,
      worst_case_loss_usd: row.worstCaseLossUsd,
      weighted_loss_usd: row.weightedLossUsd,
      holder: way === undefined ? null : organizations.id.get(way.holder.organization),
      copy: way === undefined ? null : copyId(projection, way.copy),
      copy_tier: way?.tier ?? null,
      form: way === undefined ? null : formOf(projection, way.copy),
      since: way === undefined ? null : instantValue(copies.possibleFrom.at(way.copy)),
      chain: chain.map((t) => transfers.id.get(t)),
      sources: [...new Set(chain.flatMap((t) => transfers.provenance.source.get(t) ?? []))],
      assessment: assessments.get(artifacts.id.get(row.artifact))?.state ?? null,
      because: way === undefined ? null : explainer.explain(way),
      records_low: row.records.low,
      records_high: row.records.high,
      bytes_low: row.bytes.low,
      bytes_high: row.bytes.high,
    });
  };
  if (quotes.length === 0) return tableOf('notification-pack', packColumns, lines, toRow);
  const quotesOf = (organization: number | undefined) =>
    quotes.filter((quote) => quote.organization === organization).map(({ sentence }) => showHidden(sentence));
  const holders = new Set(lines.map(({ way }) => way?.holder.organization));
  const others = [...new Set(quotes.map(({ organization }) => organization))].filter((organization) => !holders.has(organization));
  const blank = Object.fromEntries(packColumns.map((column) => [column, null])) as Row<(typeof packColumns)[number]>;
  return tableOf('notification-pack', quotedColumns, [...lines, ...others], (line) =>
    typeof line === 'number'
      ? { ...blank, holder: showHidden(organizations.id.get(line)), according_to_holder: quotesOf(line) }
      : { ...toRow(line), according_to_holder: quotesOf(line.way?.holder.organization) },
  );
}

/** A pack goes to people who cannot look up what a name is made of, so it shows hidden characters as escapes. */
function shown<Column extends string>(row: Row<Column>): Row<Column> {
  const entries = Object.entries<RowValue>(row).map(([column, value]) => {
    if (typeof value === 'string') return [column, showHidden(value)];
    return [column, Array.isArray(value) ? value.map(showHidden) : value];
  });
  return Object.fromEntries(entries);
}
