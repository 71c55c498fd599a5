import { causeNames } from '../domain/incident.ts';
import type { Assessment } from '../domain/records/incident-log.ts';
import type { NotificationPack } from '../exposure/incidents/incident-documents.ts';
import { findContradictedCopies } from '../exposure/incidents/incident-documents.ts';
import { WayExplainer } from '../exposure/radius/because.ts';
import type { ExposedArtifact } from '../exposure/radius/radius-types.ts';
import { describeWindows, formatDay, formatShare, formatUsd, formatVolume } from '../exposure/sentence-formats.ts';
import { chainOf, copyId } from '../projection/custody.ts';
import { explainNoDue } from '../rules/notice-due.ts';
import type { Block, Document, ListItem, Table } from './document/document.ts';
import { paragraph, preparedLine } from './document/document.ts';
import { fileStem } from './file-stem.ts';
import { maxWaysInRows } from './pack-rows.ts';

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

/** Where an organization is only suspected, or no instant is certain (semantics §13.4). */
const doubtfulLegend =
  'EXPOSED: readable at a compromised organization in the certain window. POSSIBLE: may have been readable, or its holder may have been compromised. CONTAINED: there, but not readable.';

/** The name of the files of a pack, without an extension: `aurelis-labs_INC-02_2026-11-29_pack`. */
export function packStem({ radius, lab, incident, preparedAt }: NotificationPack): string {
  return fileStem('pack', { of: [radius.projection.organizations.name.get(lab)], incident, day: preparedAt });
}

/** A notification pack as a document, for a person to send: Markdown, PDF and DOCX are written from it. */
export function packDocument(pack: NotificationPack): Document {
  const { projection, summary } = pack.radius;
  const lab = projection.organizations.name.get(pack.lab);
  const inShort =
    summary.exposedCount + summary.possibleCount + summary.containedCount === 0
      ? 'No record shows an artifact of yours at a compromised organization.'
      : `Exposed: ${summary.exposedCount}. Possibly exposed: ${summary.possibleCount}. Contained by encryption or view-only access: ${summary.containedCount}. ` +
        `Worst-case loss: ${formatUsd(summary.worstCaseLossUsd)}. Weighted loss: ${formatUsd(summary.weightedLossUsd)}.`;
  return {
    title: `${pack.title ?? 'Security incident'}: what concerns ${lab}`,
    preparedAt: pack.preparedAt,
    blocks: [
      paragraph(preparedLine(pack.preparedAt)),
      ...whatHappened(pack),
      heading('In short'),
      paragraph(inShort),
      ...artifactSections(pack),
      ...revealedSection(pack),
      ...recallSection(pack),
      ...unknownSection(pack),
      ...noticeSection(pack),
    ],
  };
}

function heading(text: string, level: 2 | 3 = 2): Block {
  return { kind: 'heading', level, text };
}

function listOf(texts: readonly string[]): Block {
  return { kind: 'list', items: texts.map((text) => ({ text, level: 0 })) };
}

function whatHappened({ radius, discoveredAt, cause, quotes }: NotificationPack): Block[] {
  const { origins, suspected = [] } = radius.input;
  const { name } = radius.projection.organizations;
  const known = origins.length === 0 ? [] : [`Compromised: ${origins.map((origin) => name.get(origin)).join(', ')}.`];
  const doubtful =
    suspected.length === 0 ? [] : [`May have been compromised: ${suspected.map((one) => name.get(one.organization)).join(', ')}.`];
  const named = [...known, ...doubtful];
  const who = named.length === 0 ? 'No organization that you deal with is named as compromised.' : named.join(' ');
  const discovered = discoveredAt === null ? '' : ` Discovered on ${formatDay(discoveredAt)}.`;
  const why = ` Cause: ${causeNames[cause]}.`;
  const quoted = quotes.map(({ organization, sentence }) => `${name.get(organization)}: ${sentence}`);
  return [
    heading('What happened'),
    paragraph(`${who} ${describeWindows(radius.input)}${discovered}${why}`),
    ...(quoted.length === 0 ? [] : [listOf(quoted)]),
  ];
}

function artifactSections(pack: NotificationPack): Block[] {
  const { radius, assessments } = pack;
  const { artifacts } = radius.projection;
  if (radius.artifacts.length === 0) return [];
  const isDoubtful = (radius.input.suspected ?? []).length > 0 || radius.input.hasCore === false;
  const table = tableOf(
    ['Artifact', 'Tier', 'Share that may be disclosed', 'Since', 'At', 'Worst case', 'What people found'],
    [0.2, 0.12, 0.13, 0.13, 0.15, 0.1, 0.17],
    radius.artifacts.slice(0, maxListed).map((row) => {
      const assessment = assessments.get(artifacts.id.get(row.artifact));
      return [
        artifacts.name.get(row.artifact),
        row.tier,
        row.portion.low === row.portion.high
          ? formatShare(row.portion.high)
          : `${formatShare(row.portion.low)} to ${formatShare(row.portion.high)}`,
        sinceOf(pack, row),
        describePlaces(pack, row),
        formatUsd(row.worstCaseLossUsd),
        assessment === undefined ? '' : describeAssessment(radius, row.artifact, assessment),
      ];
    }),
  );
  return [
    heading('Your artifacts'),
    paragraph(isDoubtful ? doubtfulLegend : legend),
    table,
    ...leftOut(radius.artifacts.length, 'artifacts'),
    heading('How we know'),
    ...radius.artifacts.slice(0, maxListed).flatMap((row) => explanation(pack, row)),
  ];
}

/** The findings of people, and whether the inventory contradicts them. */
function describeAssessment(radius: NotificationPack['radius'], artifact: number, { state, reason }: Assessment): string {
  const found = stateNames[state] + (reason === null ? '' : `: ${reason}`);
  if (findContradictedCopies(radius, artifact, state).length === 0) return found;
  return `${/[.!?…]$/.test(found) ? found : `${found}.`} Our records contradict this: they show a plaintext copy in the certain window.`;
}

/** The holders of copies of its own. Where these are weaker than its tier, they are not the places at which it has that tier. */
function describePlaces({ radius }: NotificationPack, { basis, holders }: ExposedArtifact): string {
  const names = holders.map(({ organization }) => radius.projection.organizations.name.get(organization));
  if (basis === 'HELD') return names.join(', ');
  return ['revealed by another artifact of yours', ...(names.length === 0 ? [] : [`copies at ${names.join(', ')}`])].join('; ');
}

/** The first day on which one of the listed copies may have been at a compromised organization. */
function sinceOf({ radius }: NotificationPack, row: ExposedArtifact): string {
  const first = Math.min(...row.ways(maxWays).map(({ copy }) => radius.projection.copies.possibleFrom.at(copy)));
  return Number.isFinite(first) ? formatDay(first) : 'not known';
}

function explanation({ radius }: NotificationPack, row: ExposedArtifact): Block[] {
  const { projection } = radius;
  const explainer = new WayExplainer(projection, undefined);
  const items = row.ways(maxWays).flatMap((way): ListItem[] => {
    const chain = chainOf(projection, way.copy, maxChain);
    return [{ text: explainer.explain(way), level: 0 }, ...chain.map((t): ListItem => ({ text: describeTransfer(radius, t), level: 1 }))];
  });
  const inRows = Math.min(row.wayCount, maxWaysInRows) - maxWays;
  const left = row.wayCount - maxWaysInRows;
  const volume = formatVolume(row.records, row.bytes);
  if (volume !== undefined) items.push({ text: `These copies carried ${volume}.`, level: 0 });
  if (inRows > 0) {
    const weaker = left > 0 ? ` ${left === 1 ? '1 weaker one is' : `${left.toLocaleString('en-US')} weaker ones are`} not listed.` : '';
    items.push({ text: `${inRows === 1 ? '1 more way in is' : `${inRows} more ways in are`} in the CSV file.${weaker}`, level: 0 });
  }
  return [heading(projection.artifacts.name.get(row.artifact), 3), { kind: 'list', items }];
}

function describeTransfer({ projection }: NotificationPack['radius'], t: number): string {
  const { organizations, transfers } = projection;
  const sentAt = transfers.sentAt.at(t);
  const sender = organizations.name.get(transfers.sender.at(t));
  const recipient = organizations.name.get(transfers.recipient.at(t));
  const source = transfers.provenance.source.get(t);
  const assertedAt = transfers.provenance.assertedAt.at(t);
  const when = Number.isNaN(sentAt) ? 'at an unknown time' : `on ${formatDay(sentAt)}`;
  return `${sender} to ${recipient} ${when} (transfer ${transfers.id.get(t)}; ${source === null ? 'source not stated' : source}, recorded ${formatDay(assertedAt)})`;
}

function revealedSection({ radius, revealed }: NotificationPack): Block[] {
  if (revealed.length === 0) return [];
  const names = revealed.slice(0, maxListed).map((artifact) => radius.projection.artifacts.name.get(artifact));
  return [
    heading('Revealed by something unnamed'),
    paragraph(
      'These artifacts of yours were not at a compromised organization. Something that was there reveals a part of them. A pack may not name it.',
    ),
    listOf(names),
    ...leftOut(revealed.length, 'artifacts'),
  ];
}

function recallSection({ radius, recall }: NotificationPack): Block[] {
  if (recall.length === 0) return [];
  const { projection } = radius;
  const rows = recall
    .slice(0, maxListed)
    .map((copy) => [
      projection.artifacts.name.get(projection.copies.artifact.at(copy)),
      projection.organizations.name.get(projection.copies.holder.at(copy)),
      copyId(projection, copy),
    ]);
  return [
    heading('Other copies to recall'),
    paragraph('These copies are at organizations that the compromise is not known to have reached.'),
    tableOf(['Artifact', 'At', 'Copy'], [0.45, 0.3, 0.25], rows),
    ...leftOut(recall.length, 'copies'),
  ];
}

function unknownSection({ radius, lab, findings }: NotificationPack): Block[] {
  const { organizations, engagements } = radius.projection;
  const blind = radius.dependents.find(({ organization, isBlindSpot }) => organization === lab && isBlindSpot);
  const end = blind?.path.at(-1);
  const isDoubtful = radius.reached.some((one) => one.isSuspected && end !== undefined && one.organization === engagements.provider[end]);
  const whom = isDoubtful ? 'an organization that may have been compromised' : 'a compromised organization';
  const path = blind?.path.map((e) => organizations.name.get(engagements.provider[e] as number)).join(', then ');
  const lines = [
    ...(path === undefined ? [] : [`You rely on ${whom} through ${path}, and no record says what it holds of yours. Ask it.`]),
    ...findings.slice(0, maxListed),
  ];
  if (lines.length === 0) return [];
  return [heading('What is not known'), listOf(lines), ...leftOut(findings.length, 'findings')];
}

function noticeSection({ radius, notices, discoveredAt }: NotificationPack): Block[] {
  const { organizations } = radius.projection;
  if (notices.length === 0) return [];
  const rows = notices.map(({ notifier, dueAt, state, toldAt, note }) => [
    notifier < 0 ? 'the owner of this incident' : organizations.name.get(notifier),
    dueAt === null ? explainNoDue(discoveredAt) : formatDay(dueAt),
    noticeNames[state] + (toldAt === null ? '' : ` on ${formatDay(toldAt)}`),
    note ?? '',
  ]);
  return [heading('Who tells you, and by when'), tableOf(['From', 'By', 'State', 'Note'], [0.25, 0.25, 0.2, 0.3], rows)];
}

function leftOut(count: number, noun: string): Block[] {
  return count > maxListed ? [paragraph(`${(count - maxListed).toLocaleString('en-US')} more ${noun} are not listed here.`)] : [];
}

function tableOf(header: readonly string[], widths: readonly number[], rows: readonly (readonly string[])[]): Table {
  return { kind: 'table', header, rows, widths };
}
