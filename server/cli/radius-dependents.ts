import type { BlastRadius } from '../exposure/radius/blast-radius.ts';
import { isRowEmpty } from '../projection/csr.ts';
import { formatTable } from './run-command.ts';

const mostRows = 200;

/**
 * Formats a radius without artifacts. The store knows engagements, so the table lists each dependent of the origins, its path,
 * and the provider to ask about transfers.
 */
export function formatDependents(radius: BlastRadius): string {
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
