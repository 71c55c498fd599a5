import { formatInstant } from '../domain/instants.ts';
import type { BlastRadius } from '../exposure/radius/blast-radius.ts';
import type { Window } from '../exposure/radius/radius-types.ts';
import { isRowEmpty } from '../projection/projection.ts';
import { formatTable } from './command/run-command.ts';

/** A radius as text: a summary, then one line for each artifact. Without artifacts, one line for each dependent. */
export function formatRadius(radius: BlastRadius): string {
  const { projection, input, summary } = radius;
  const { organizations, artifacts } = projection;
  const nameOf = (organization: number) => organizations.name.get(organization);
  const listSome = (all: readonly number[]) =>
    `${all.slice(0, 5).map(nameOf).join(', ')}${all.length > 5 ? ` and ${all.length - 5} more` : ''}`;
  const suspected = (input.suspected ?? []).map(({ organization }) => organization);
  const known = input.origins.length === 0 ? [] : [`${listSome(input.origins)} was compromised`];
  const doubtful = suspected.length === 0 ? [] : [`${listSome(suspected)} may have been compromised`];
  const core = input.hasCore === false ? 'no core' : `core ${describeWindow(input.core)}`;
  const head = [`If ${[...known, ...doubtful].join(' and ')}, ${core}, widest ${describeWindow(input.widest)}:`];
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

const mostRows = 200;

/**
 * Formats a radius without artifacts. The store knows engagements, so the table lists each dependent of the origins, its path,
 * and the provider to ask about transfers.
 */
function formatDependents(radius: BlastRadius): string {
  const { projection, dependents, reached } = radius;
  const { engagements, organizations } = projection;
  const nameOf = (organization: number) => organizations.name.get(organization);
  const isNothingKnown = reached.every(({ organization }) => isRowEmpty(organizations.copies, organization));
  const unknown = isNothingKnown ? 'No transfer shows what they hold.' : 'They hold nothing in this window; a wider window may show more.';
  const spread = reached.length > 1 ? ` Compromise reaches ${reached.length} organizations.` : '';
  // An engagement may still name them as provider: one of a reached client, or one that starts after the window.
  if (dependents.length === 0) return `No dependents: in this window, no organization out of reach engages them. ${unknown}${spread}`;

  const former = dependents.filter(({ isFormer }) => isFormer).length;
  const verb = dependents.length === 1 ? 'organization depends' : 'organizations depend';
  const formerly = former === 0 ? '' : `, ${former} of them formerly`;
  const rows = dependents.slice(0, mostRows).map(({ organization, rank, path, isFormer }) => {
    const providers = path.map((engagement) => engagements.provider[engagement] as number);
    return [
      nameOf(organization),
      organizations.id.get(organization),
      `${rank}${isFormer ? ' (former)' : ''}`,
      [organization, ...providers].map(nameOf).join(' > '),
      describeContact(projection, providers[0] as number),
    ];
  });
  const rest = dependents.length - rows.length;
  return [
    `${dependents.length} ${verb} on them${formerly}. ${unknown}${spread}`,
    'Ask each dependent what it sent, and ask the provider under ASK what it holds.',
    '',
    formatTable(['DEPENDENT', 'ID', 'RANK', 'PATH', 'ASK'], rows, 80),
    ...(rest > 0 ? ['', `And ${rest} more: --format json lists all.`] : []),
  ].join('\n');
}

function describeContact({ organizations }: BlastRadius['projection'], provider: number): string {
  const email = organizations.contactEmail.get(provider);
  return email === null ? organizations.name.get(provider) : `${organizations.name.get(provider)} <${email}>`;
}
