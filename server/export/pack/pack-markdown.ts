import type { NotificationPack } from '../../exposure/pack/notification-pack.ts';
import { WayExplainer } from '../../exposure/radius/because.ts';
import type { ExposedArtifact } from '../../exposure/radius/radius-types.ts';
import { formatDay, formatShare, formatUsd } from '../../exposure/sentence-formats.ts';
import { chainOf, copyId } from '../../projection/custody.ts';

/** The most that a pack lists. The rest is counted. */
const maxWays = 10;
const maxChain = 20;
const maxListed = 200;

const stateNames = {
  UNDER_INVESTIGATION: 'under investigation',
  CONFIRMED: 'disclosure confirmed',
  NOT_DISCLOSED: 'not disclosed',
  REMEDIATED: 'remediated',
} as const;

const noticeNames = { TO_TELL: 'to be told', TOLD: 'told', ANSWERED: 'answered' } as const;

const legend =
  'EXPOSED: readable at a compromised organization in the certain window. POSSIBLE: may have been readable. CONTAINED: there, but not readable.';

/** A notification pack as a Markdown document, for a person to send. */
export function packMarkdown(pack: NotificationPack): string {
  const { projection, summary } = pack.radius;
  const lab = projection.organizations.name.get(pack.lab);
  return [
    `# ${plain(pack.title ?? 'Security incident')}: what concerns ${plain(lab)}`,
    `Prepared on ${formatDay(Math.floor(pack.preparedAt / dayMs) * dayMs)}. All times are UTC.`,
    ...whatHappened(pack),
    '## In short',
    summary.exposedCount + summary.possibleCount + summary.containedCount === 0
      ? 'No record shows an artifact of yours at a compromised organization.'
      : `Exposed: ${summary.exposedCount}. Possibly exposed: ${summary.possibleCount}. Contained by encryption or view-only access: ${summary.containedCount}. ` +
        `Worst-case loss: ${formatUsd(summary.worstCaseLossUsd)}. Weighted loss: ${formatUsd(summary.weightedLossUsd)}.`,
    ...artifactSections(pack),
    ...revealedSection(pack),
    ...recallSection(pack),
    ...unknownSection(pack),
    ...noticeSection(pack),
  ]
    .join('\n\n')
    .concat('\n');
}

const dayMs = 86_400_000;

function whatHappened({ radius, discoveredAt }: NotificationPack): string[] {
  const { core, widest, origins } = radius.input;
  const { name } = radius.projection.organizations;
  const who =
    origins.length === 0
      ? 'No organization that you deal with is named as compromised.'
      : `Compromised: ${origins.map((origin) => plain(name.get(origin))).join(', ')}.`;
  const windows = `Certain from ${formatDay(core.from)} to ${formatDay(core.to)}; possible from ${formatDay(widest.from)} to ${formatDay(widest.to)}.`;
  const discovered = discoveredAt === null ? '' : ` Discovered on ${formatDay(discoveredAt)}.`;
  return ['## What happened', `${who} ${windows}${discovered}`];
}

function artifactSections(pack: NotificationPack): string[] {
  const { radius, assessments } = pack;
  const { artifacts, organizations } = radius.projection;
  if (radius.artifacts.length === 0) return [];
  const table = tableOf(
    ['Artifact', 'Tier', 'Share that may be disclosed', 'Since', 'At', 'Worst case', 'What people found'],
    radius.artifacts.slice(0, maxListed).map((row) => {
      const assessment = assessments.get(artifacts.id.get(row.artifact));
      return [
        artifacts.name.get(row.artifact),
        row.tier,
        row.portion.low === row.portion.high
          ? formatShare(row.portion.high)
          : `${formatShare(row.portion.low)} to ${formatShare(row.portion.high)}`,
        sinceOf(pack, row),
        row.holders.map((holder) => organizations.name.get(holder.organization)).join(', ') || 'revealed by another artifact of yours',
        formatUsd(row.worstCaseLossUsd),
        assessment === undefined ? '' : stateNames[assessment.state] + (assessment.reason === null ? '' : `: ${assessment.reason}`),
      ];
    }),
  );
  return [
    '## Your artifacts',
    legend,
    table,
    ...leftOut(radius.artifacts.length, 'artifacts'),
    '## How we know',
    ...radius.artifacts.slice(0, maxListed).flatMap((row) => explanation(pack, row)),
  ];
}

/** The first day on which one of the listed copies may have been at a compromised organization. */
function sinceOf({ radius }: NotificationPack, row: ExposedArtifact): string {
  const first = Math.min(...row.ways(maxWays).map(({ copy }) => radius.projection.copies.possibleFrom[copy] as number));
  return Number.isFinite(first) ? formatDay(first) : 'not known';
}

function explanation({ radius }: NotificationPack, row: ExposedArtifact): string[] {
  const { projection } = radius;
  const explainer = new WayExplainer(projection, undefined);
  const lines = row.ways(maxWays).flatMap((way) => {
    const chain = chainOf(projection, way.copy, maxChain);
    return [`- ${plain(explainer.explain(way))}`, ...chain.map((t) => `  - ${plain(describeTransfer(radius, t))}`)];
  });
  const more = row.wayCount - maxWays;
  if (more > 0) lines.push(`- ${more.toLocaleString('en-US')} more ways in are in the CSV file.`);
  return [`### ${plain(projection.artifacts.name.get(row.artifact))}`, lines.join('\n')];
}

function describeTransfer({ projection }: NotificationPack['radius'], t: number): string {
  const { organizations, transfers } = projection;
  const sentAt = transfers.sentAt[t] as number;
  const sender = organizations.name.get(transfers.sender[t] as number);
  const recipient = organizations.name.get(transfers.recipient[t] as number);
  const source = transfers.provenance.source.get(t);
  const assertedAt = transfers.provenance.assertedAt[t] as number;
  const when = Number.isNaN(sentAt) ? 'at an unknown time' : `on ${formatDay(sentAt)}`;
  return `${sender} to ${recipient} ${when} (transfer ${transfers.id.get(t)}; ${source === null ? 'source not stated' : source}, recorded ${formatDay(assertedAt)})`;
}

function revealedSection({ radius, revealed }: NotificationPack): string[] {
  if (revealed.length === 0) return [];
  const names = revealed.slice(0, maxListed).map((artifact) => `- ${plain(radius.projection.artifacts.name.get(artifact))}`);
  return [
    '## Revealed by something unnamed',
    'These artifacts of yours were not at a compromised organization. Something that was there reveals a part of them. A pack may not name it.',
    names.join('\n'),
    ...leftOut(revealed.length, 'artifacts'),
  ];
}

function recallSection({ radius, recall }: NotificationPack): string[] {
  if (recall.length === 0) return [];
  const { projection } = radius;
  const rows = recall
    .slice(0, maxListed)
    .map((copy) => [
      projection.artifacts.name.get(projection.copies.artifact[copy] as number),
      projection.organizations.name.get(projection.copies.holder[copy] as number),
      copyId(projection, copy),
    ]);
  return [
    '## Other copies to recall',
    'These copies are at organizations that the compromise is not known to have reached.',
    tableOf(['Artifact', 'At', 'Copy'], rows),
    ...leftOut(recall.length, 'copies'),
  ];
}

function unknownSection({ radius, lab, findings }: NotificationPack): string[] {
  const { organizations, engagements } = radius.projection;
  const blind = radius.dependents.find(({ organization, isBlindSpot }) => organization === lab && isBlindSpot);
  const path = blind?.path.map((e) => organizations.name.get(engagements.provider[e] as number)).join(', then ');
  const lines = [
    ...(path === undefined
      ? []
      : [`You rely on a compromised organization through ${path}, and no record says what it holds of yours. Ask it.`]),
    ...findings.slice(0, maxListed),
  ];
  if (lines.length === 0) return [];
  return ['## What is not known', lines.map((line) => `- ${plain(line)}`).join('\n'), ...leftOut(findings.length, 'findings')];
}

function noticeSection({ radius, notices }: NotificationPack): string[] {
  const { organizations } = radius.projection;
  if (notices.length === 0) return [];
  const rows = notices.map(({ notifier, dueAt, state, toldAt, note }) => [
    notifier < 0 ? 'the owner of this incident' : organizations.name.get(notifier),
    dueAt === null ? 'no term agreed' : formatDay(dueAt),
    noticeNames[state] + (toldAt === null ? '' : ` on ${formatDay(toldAt)}`),
    note ?? '',
  ]);
  return ['## Who tells you, and by when', tableOf(['From', 'By', 'State', 'Note'], rows)];
}

function leftOut(count: number, noun: string): string[] {
  return count > maxListed ? [`${(count - maxListed).toLocaleString('en-US')} more ${noun} are not listed here.`] : [];
}

function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map((row) => line(row.map(plain)))].join('\n');
}

/** The text on one line, with the characters of Markdown and HTML escaped. */
function plain(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\\`*_{}[\]<>#|~!]/g, '\\$&')
    .replace(/^([-+]|\d+[.)])/, '\\$1');
}
