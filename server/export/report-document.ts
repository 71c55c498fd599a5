import { causeNames } from '../domain/incident.ts';
import type { IncidentReport } from '../exposure/incidents/incident-documents.ts';
import { findContradictedCopies } from '../exposure/incidents/incident-documents.ts';
import { sumExposedArtifacts } from '../exposure/radius/charts/flows.ts';
import { describeWindows, formatDay, formatLastDay, formatUsd, formatVolumeSum } from '../exposure/sentence-formats.ts';
import { explainNoDue, noticeTermOf } from '../rules/notice-due.ts';
import type { Block, Document } from './document/document.ts';
import { paragraph, preparedLine } from './document/document.ts';

/** The most rows of each list, so that the report keeps to three pages. The rest is counted. */
const maxLabs = 12;
const maxSteps = 8;
const maxDone = 5;
const maxEntries = 5;
const maxTextLength = 180;

/** The executive report of an incident on three pages: what happened and what is exposed; what it may cost; what was done and what is open. */
export function reportDocument(report: IncidentReport): Document {
  return {
    title: shorten(report.incident.name, maxTextLength),
    preparedAt: report.preparedAt,
    blocks: [
      paragraph(preparedLine(report.preparedAt)),
      ...whatHappened(report),
      ...whatIsExposed(report),
      { kind: 'page-break' },
      ...whatItMayCost(report),
      { kind: 'page-break' },
      ...whatWasDone(report),
      ...whatIsOpen(report),
    ],
  };
}

function heading(text: string): Block {
  return { kind: 'heading', level: 2, text };
}

function whatHappened({ incident, radius }: IncidentReport): Block[] {
  const { origins, suspected = [] } = radius.input;
  const { name } = radius.projection.organizations;
  const reached = radius.summary.reachedCount - origins.length - suspected.length;
  const sentences = [
    origins.length === 0 ? '' : `Compromised: ${listSome(origins.map((origin) => name.get(origin)))}.`,
    suspected.length === 0 ? '' : `May have been compromised: ${listSome(suspected.map((one) => name.get(one.organization)))}.`,
    describeWindows(radius.input),
    incident.discoveredAt === null
      ? 'When it was discovered is not recorded.'
      : `It was discovered on ${formatDay(incident.discoveredAt)}.`,
    `Its cause: ${causeNames[incident.cause]}.`,
    `The incident is ${incident.state.toLowerCase()}.`,
    reached === 0
      ? 'No other organization was within reach.'
      : `Within reach: ${count(reached, 'more organization', 'more organizations')}.`,
    radius.input.scopes.length === 0 ? '' : 'An origin claims a limited scope; copies outside it count as possible at most.',
  ];
  return [heading('What happened'), paragraph(join(sentences))];
}

function whatIsExposed({ radius, certainty }: IncidentReport): Block[] {
  const { summary, labs, projection } = radius;
  const { exposedCount, possibleCount, containedCount, affectedLabCount, blindSpotCount, worstCaseLossUsd, weightedLossUsd } = summary;
  const isNothing = exposedCount + possibleCount + containedCount === 0;
  const { records, bytes } = sumExposedArtifacts(radius, {});
  const volume = formatVolumeSum(records, bytes);
  const uncertain = [
    count(certainty.undatedCount, 'copy has no known date', 'copies have no known date', ''),
    count(certainty.attestedCount, 'deletion is attested, not verified', 'deletions are attested, not verified', ''),
    blindSpotCount === 0
      ? ''
      : `${count(blindSpotCount, 'lab relies', 'labs rely')} on a reached organization, and no record says what it holds of theirs`,
  ].filter((part) => part !== '');
  return [
    heading('What is exposed'),
    isNothing
      ? paragraph('No record shows an artifact at a compromised or reached organization. That is no proof that nothing is there.')
      : table(
          ['Exposed', 'Possible', 'Contained', 'Labs affected', 'Worst-case loss', 'Weighted loss'],
          [0.14, 0.14, 0.14, 0.18, 0.2, 0.2],
          [
            [
              number(exposedCount),
              number(possibleCount),
              number(containedCount),
              number(affectedLabCount),
              formatUsd(worstCaseLossUsd),
              formatUsd(weightedLossUsd),
            ],
          ],
        ),
    paragraph('Exposed: readable in the certain window. Possible: cannot be ruled out. Contained: held there, but not readable.'),
    ...(volume === undefined ? [] : [paragraph(`The readable copies carried ${volume}.`)]),
    paragraph(
      uncertain.length === 0
        ? 'This is at least what is exposed.'
        : `This is at least what is exposed. Not certain: ${uncertain.join('; ')}.`,
    ),
    ...(labs.length === 0
      ? []
      : [
          table(
            ['Lab', 'Exposed', 'Possible', 'Worst case', 'Weighted'],
            [0.4, 0.14, 0.14, 0.16, 0.16],
            labs
              .slice(0, maxLabs)
              .map((row) => [
                shorten(projection.organizations.name.get(row.lab), 80),
                number(row.exposedCount),
                number(row.possibleCount),
                formatUsd(row.worstCaseLossUsd),
                formatUsd(row.weightedLossUsd),
              ]),
          ),
          ...more(labs.length - maxLabs, 'lab', 'labs'),
        ]),
  ];
}

function whatItMayCost({ radius, simulation, assessments }: IncidentReport): Block[] {
  const { summary, projection } = radius;
  const { runs, meanUsd, p5Usd, p50Usd, p95Usd, exceedance, labs } = simulation;
  const states = [...assessments.values()].map(({ state }) => state);
  const { id } = projection.artifacts;
  const contradicted = [...assessments].filter(
    ([artifact, { state }]) => findContradictedCopies(radius, id.find(artifact), state).length > 0,
  );
  const stated = (state: string) => number(states.filter((one) => one === state).length);
  const byLab = radius.labs.slice(0, maxLabs).flatMap(({ lab }) => labs.filter((one) => one.lab === lab));
  return [
    heading('What it may cost'),
    paragraph(
      join([
        `If everything that is possible happened: ${formatUsd(summary.worstCaseLossUsd)}. Weighted by chance: at least ${formatUsd(summary.weightedLossUsd)}.`,
        `Over ${number(runs)} simulated runs, nine in ten losses lie between ${formatUsd(p5Usd)} and ${formatUsd(p95Usd)}; the middle one is ${formatUsd(p50Usd)}, the mean ${formatUsd(meanUsd)}.`,
      ]),
    ),
    {
      kind: 'curve',
      caption: 'The share of simulated runs that lose at least an amount.',
      points: exceedance.map(({ lossUsd, probability }) => ({ usd: lossUsd, share: probability })),
    },
    ...(byLab.length === 0
      ? []
      : [
          table(
            ['Lab', 'Low (5%)', 'Middle', 'High (95%)'],
            [0.46, 0.18, 0.18, 0.18],
            byLab.map((row) => [
              shorten(projection.organizations.name.get(row.lab), 80),
              formatUsd(row.p5Usd),
              formatUsd(row.p50Usd),
              formatUsd(row.p95Usd),
            ]),
          ),
          ...more(radius.labs.length - maxLabs, 'lab', 'labs'),
        ]),
    paragraph(
      'Values are ranges stated by the labs. A loss is a value times the share that may be disclosed; it says nothing about liability.',
    ),
    heading('What people found'),
    paragraph(
      states.length === 0
        ? 'Nobody has assessed an artifact yet.'
        : `Of the artifacts assessed: ${stated('CONFIRMED')} confirmed, ${stated('UNDER_INVESTIGATION')} under investigation, ${stated('NOT_DISCLOSED')} shown not to be disclosed, ${stated('REMEDIATED')} remediated. Findings change no figure above.${contradicted.length === 0 ? '' : ` Of those shown not to be disclosed, the records contradict ${number(contradicted.length)}: they show a plaintext copy in the certain window.`}`,
    ),
  ];
}

function whatWasDone({ steps, notices, entries }: IncidentReport): Block[] {
  const done = steps.filter(({ doneAt }) => doneAt !== null);
  const sent = notices.filter(({ state }) => state !== 'TO_TELL').length;
  const answered = notices.filter(({ state }) => state === 'ANSWERED').length;
  return [
    heading('What was done'),
    paragraph(
      `Notices: ${number(sent)} of ${number(notices.length)} told, ${number(answered)} answered. Steps: ${number(done.length)} done.`,
    ),
    ...(done.length === 0
      ? []
      : [
          table(
            ['Step', 'Done', 'Evidence'],
            [0.5, 0.2, 0.3],
            done
              .slice(0, maxDone)
              .map(({ text, doneAt, evidence }) => [shorten(text, 110), formatLastDay(doneAt as number), shorten(evidence ?? '', 60)]),
          ),
          ...more(done.length - maxDone, 'step', 'steps'),
        ]),
    ...(entries.length === 0
      ? []
      : [
          paragraph('Latest in the history:'),
          {
            kind: 'list' as const,
            items: entries
              .slice(0, maxEntries)
              .map(({ at, text }) => ({ text: `${formatDay(at)}: ${shorten(text, maxTextLength)}`, level: 0 as const })),
          },
        ]),
  ];
}

function whatIsOpen({ incident, steps, notices, preparedAt, radius }: IncidentReport): Block[] {
  const open = steps.filter(({ doneAt }) => doneAt === null);
  const late = notices.filter(({ dueAt, toldAt }) => noticeTermOf(dueAt, toldAt, preparedAt) === 'OVERDUE');
  const { name } = radius.projection.organizations;
  const overdue = [...new Set(late.map(({ lab }) => name.get(lab)))];
  return [
    heading('What is open'),
    paragraph(
      late.length === 0 ? 'No notice is overdue.' : `${count(late.length, 'notice is', 'notices are')} overdue: ${listSome(overdue)}.`,
    ),
    ...(open.length === 0
      ? [paragraph('No step is open.')]
      : [
          table(
            ['Step, the most urgent first', 'Loss removed today', 'Loss removed in this incident', 'Due'],
            [0.5, 0.15, 0.15, 0.2],
            open
              .slice(0, maxSteps)
              .map(({ text, removedNowUsd, removedHereUsd, dueAt }) => [
                shorten(text, 110),
                formatUsd(removedNowUsd),
                formatUsd(removedHereUsd),
                dueAt === null ? explainNoDue(incident.discoveredAt) : formatDay(dueAt),
              ]),
          ),
          ...more(open.length - maxSteps, 'step', 'steps'),
          paragraph(
            'The loss removed today is the weighted loss that the step takes from a compromise of the same origins now. Suspending an organization does not claw data back.',
          ),
        ]),
  ];
}

function table(header: readonly string[], widths: readonly number[], rows: readonly (readonly string[])[]): Block {
  return { kind: 'table', header, widths, rows };
}

function more(rest: number, one: string, many: string): Block[] {
  return rest > 0 ? [paragraph(`${number(rest)} more ${rest === 1 ? `${one} is` : `${many} are`} on the page of the incident.`)] : [];
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** @param none the text for 0; absent: `0 labs` */
function count(value: number, one: string, many: string, none?: string): string {
  if (value === 0 && none !== undefined) return none;
  return `${number(value)} ${value === 1 ? one : many}`;
}

function join(sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

const mostNamed = 5;

function listSome(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  return (
    names
      .slice(0, mostNamed)
      .map((name) => shorten(name, 80))
      .join(', ') + (rest > 0 ? ` and ${number(rest)} more` : '')
  );
}

function shorten(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
