import { formatInstant } from '../domain/instants.ts';
import type { BlastRadius } from '../exposure/radius/blast-radius.ts';
import type { Window } from '../exposure/radius/radius-types.ts';
import { formatDependents } from './radius-dependents.ts';
import { formatTable } from './run-command.ts';

/** A radius as text: a summary, then one line for each artifact. Without artifacts, one line for each dependent. */
export function formatRadius(radius: BlastRadius): string {
  const { projection, input, summary } = radius;
  const { organizations, artifacts } = projection;
  const nameOf = (organization: number) => organizations.name.get(organization);
  const shown = input.origins.slice(0, 5).map(nameOf).join(', ');
  const more = input.origins.length > 5 ? ` and ${input.origins.length - 5} more` : '';
  const head = [`If ${shown}${more} was compromised, core ${describeWindow(input.core)}, widest ${describeWindow(input.widest)}:`];
  if (radius.artifacts.length === 0) return [...head, formatDependents(radius)].join('\n');
  head.push(
    `${summary.exposedCount} exposed, ${summary.possibleCount} possible, ${summary.containedCount} contained; ` +
      `${count(summary.affectedLabCount, 'affected lab')}, ${count(summary.blindSpotCount, 'blind spot')}, ${count(summary.reachedCount, 'organization')} reached.`,
    `Worst-case loss ${usd(summary.worstCaseLossUsd)}, weighted loss ${usd(summary.weightedLossUsd)}.`,
  );
  const header = ['ARTIFACT', 'NAME', 'OWNER', 'TIER', 'BASIS', 'PORTION', 'USABLE', 'LIKELIHOOD', 'WORST CASE', 'WEIGHTED', 'HOLDERS'];
  const rows = radius.artifacts.map((row) => [
    artifacts.id.get(row.artifact),
    artifacts.name.get(row.artifact),
    nameOf(artifacts.owner[row.artifact] as number),
    row.tier,
    row.basis,
    row.portion.low === row.portion.high ? percent(row.portion.low) : `${percent(row.portion.low)}-${percent(row.portion.high)}`,
    row.isUsable ? 'yes' : 'no',
    percent(row.likelihood),
    usd(row.worstCaseLossUsd),
    usd(row.weightedLossUsd),
    row.holders.map((holder) => nameOf(holder.organization)).join(', '),
  ]);
  return [...head, '', formatTable(header, rows, 40)].join('\n');
}

function describeWindow({ from, to }: Window): string {
  return from === to ? formatInstant(from) : `${formatInstant(from)} to ${formatInstant(to)}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}

export function usd(amount: number): string {
  return `$${Math.round(amount).toLocaleString('en-US')}`;
}
