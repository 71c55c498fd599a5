import { compareCodePoints } from '../domain/compare.ts';
import { describeKey } from '../domain/fact-sentences.ts';
import type { FactKind } from '../domain/facts.ts';
import type { FindingKind } from '../domain/finding-kinds.ts';
import { formatInstant } from '../domain/instants.ts';
import type { RadiusSummary } from '../domain/records/incident-log.ts';
import type { WatchChange, WatchEventType, WatchQuestion } from '../domain/records/watch.ts';
import { defaultFirst, defaultWithinHours, maxItems } from '../domain/records/watch.ts';
import type { FindingList } from '../exposure/findings/findings.ts';
import { getIndex } from '../exposure/radius/resolve-radius-input.ts';
import { getRevealClosures } from '../exposure/radius/reveals/reveal-closure.ts';
import { findExposing } from '../exposure/rankings/artifact-exposure.ts';
import { formatShare } from '../exposure/sentence-formats.ts';
import { eachAssertion, nameOf } from '../import/editions/last-edition.ts';
import { isLiveElsewhere } from '../projection/custody.ts';
import { rowOf } from '../projection/projection.ts';
import { askNotices } from '../questions/incidents/ask-notices.ts';
import { settingsAt } from '../questions/rankings/ask-exposures.ts';
import { askFindings } from '../questions/rankings/ask-findings.ts';
import { askRanking } from '../questions/rankings/ask-ranking.ts';
import { askAdvisoryMatches, askSoftwareView } from '../questions/software/ask-matches.ts';
import type { Tier } from '../rules/copy-tier.ts';
import { tiers } from '../rules/copy-tier.ts';
import { noticeTermOf } from '../rules/notice-due.ts';
import { describeMatch } from '../software/describe-match.ts';
import { softwareGrades } from '../software/subject-grade.ts';
import type { AskedPoint, Totals } from './asked-point.ts';
import { footprintOfExposure } from './footprint.ts';

/** The change of one thing in an answer. */
export interface Row {
  readonly key: string;
  readonly subject: string;
  readonly kind: WatchChange;
  readonly before: string | null;
  readonly after: string | null;
  /** Of the things that have tiers: each side's; the stronger one counts. */
  readonly tiers?: readonly (Tier | undefined)[];
  /** Of an artifact. */
  readonly worstCaseLossUsd?: number | undefined;
  /** Made only for rows that are kept. */
  readonly because: () => string;
}

/** A whole difference, before the condition. */
export interface Found {
  readonly type: WatchEventType;
  readonly rows: readonly Row[];
  readonly totals: readonly [Totals, Totals];
  readonly summaries: readonly [RadiusSummary, RadiusSummary] | null;
}

export function isTierAtLeast(ofSides: Row['tiers'], least: Tier): boolean {
  return (ofSides ?? []).some((tier) => tier !== undefined && tiers.indexOf(tier) <= tiers.indexOf(least));
}

/** A thing in an answer that is no radius. */
interface Standing {
  readonly subject: string;
  readonly words: string;
  /** A smaller one is stronger. */
  readonly rank: number;
  readonly tier?: Tier;
  readonly because: () => string;
}

type Standings = ReadonlyMap<string, Standing>;

function compareStandings(was: Standings, is: Standings, whyLeft: (left: Standing) => string): Row[] {
  const rows: Row[] = [];
  for (const [key, now] of is) {
    const then = was.get(key);
    if (then !== undefined && then.rank === now.rank) continue;
    const kind = then === undefined ? 'JOINED' : now.rank < then.rank ? 'STRENGTHENED' : 'WEAKENED';
    rows.push({
      key,
      subject: now.subject,
      kind,
      before: then?.words ?? null,
      after: now.words,
      tiers: [then?.tier, now.tier],
      because: now.because,
    });
  }
  for (const [key, then] of was) {
    if (is.has(key)) continue;
    rows.push({
      key,
      subject: then.subject,
      kind: 'LEFT',
      before: then.words,
      after: null,
      tiers: [then.tier],
      because: () => whyLeft(then),
    });
  }
  return rows;
}

function countOf(standings: Standings): Totals {
  return {
    count: (minTier) =>
      minTier === null ? standings.size : [...standings.values()].filter(({ tier }) => isTierAtLeast([tier], minTier)).length,
  };
}

function foundOf(type: WatchEventType, was: Standings, is: Standings, whyLeft: (left: Standing) => string): Found {
  return { type, rows: compareStandings(was, is, whyLeft), totals: [countOf(was), countOf(is)], summaries: null };
}

/** ARTIFACT: the organizations whose compromise alone would put it in the radius, and which of them hold it. */
function findStandingsOf(at: AskedPoint, id: string): Standings {
  const { projection, point, asker } = at;
  const { artifacts, copies, organizations } = projection;
  const artifact = getIndex(projection, 'artifacts', 'artifact', id);
  asker.checkTime();
  const holders = new Set<number>();
  for (const copy of rowOf(artifacts.copies, artifact))
    if (isLiveElsewhere(projection, copy, point.instant)) holders.add(copies.holder.at(copy));
  const settings = settingsAt({}, point.instant);
  const exposing = findExposing(projection, settings, artifact);
  const revealing = getRevealClosures(projection, settings.minDegree).sourcesOf(artifact);
  const footprint = footprintOfExposure(
    projection,
    artifact,
    exposing.map(({ organization }) => organization),
    revealing,
  );
  at.trace = { footprints: [footprint] };
  return new Map(
    exposing.map(({ organization, tier, likelihood }): [string, Standing] => {
      const [subject, name] = [organizations.id.get(organization), organizations.name.get(organization)];
      const isHolder = holders.has(organization);
      return [
        subject,
        {
          subject,
          words: isHolder ? `${tier}, holder` : tier,
          rank: tiers.indexOf(tier) * 2 + (isHolder ? 0 : 1),
          tier,
          because: () =>
            `${name} ${isHolder ? 'holds a copy' : 'holds no copy'}. If it alone were compromised, the artifact would be ${tier.toLowerCase()}${tier === 'CONTAINED' ? '' : `, with a likelihood of ${formatShare(likelihood)}`}.`,
        },
      ];
    }),
  );
}

export async function compareExposure({ artifact }: WatchQuestion, before: AskedPoint, after: AskedPoint): Promise<Found[]> {
  const id = artifact ?? '';
  const [was, is] = [findStandingsOf(before, id), findStandingsOf(after, id)];
  return [foundOf('artifact.exposure.changed', was, is, ({ subject }) => `The compromise of ${subject} alone would no longer expose it.`)];
}

/** FINDINGS: without those that somebody accepts now. */
export async function compareFindings({ findings }: WatchQuestion, before: AskedPoint, after: AskedPoint): Promise<Found[]> {
  const kinds = findings as readonly FindingKind[] | null;
  const accepted = [...(await after.asker.acceptances()).keys()];
  const list = async ({ asker, projection, point }: AskedPoint) =>
    (await askFindings(asker, projection, point.instant, kinds)).filter(accepted, false);
  const [was, is] = [await list(before), await list(after)];
  const [idsBefore, idsAfter] = [new Set(was.ids()), new Set(is.ids())];
  const rowsOf = (of: FindingList, ids: Set<string>, others: Set<string>, kind: 'JOINED' | 'LEFT') => {
    const changed = [...ids].filter((id) => !others.has(id)).sort(compareCodePoints);
    const messages = new Map<string, string>();
    const shown = of.filter(changed.slice(0, maxItems), true);
    for (const { id, message } of shown.slice(0, shown.length)) messages.set(id, message);
    return changed.map((id): Row => {
      const words = id.slice(0, id.indexOf('/'));
      const sides = kind === 'JOINED' ? { before: null, after: words } : { before: words, after: null };
      return { key: id, subject: id, kind, ...sides, because: () => messages.get(id) ?? '' };
    });
  };
  const rows = [...rowsOf(is, idsAfter, idsBefore, 'JOINED'), ...rowsOf(was, idsBefore, idsAfter, 'LEFT')];
  return [{ type: 'finding.opened', rows, totals: [{ count: () => idsBefore.size }, { count: () => idsAfter.size }], summaries: null }];
}

const hourMs = 3_600_000;

/** NOTICE: those that nobody has told yet, by key: due within the hours, and overdue. */
export async function findNoticesOf({ asker, point }: AskedPoint, withinHours: number | null) {
  const due = new Map<string, Standing>();
  const overdue = new Map<string, Standing>();
  let next = Infinity;
  for (const incident of point.incidents) {
    const { projection, notices } = await askNotices(asker, incident);
    const { id, name } = projection.organizations;
    for (const { lab, notifier, dueAt, toldAt } of notices) {
      if (dueAt === null || toldAt !== null) continue;
      const from = dueAt - (withinHours ?? defaultWithinHours) * hourMs;
      const who = notifier < 0 ? 'Somebody' : name.get(notifier);
      const standing = {
        subject: id.get(lab),
        words: formatInstant(dueAt),
        rank: 0,
        because: () => `${who} must tell ${name.get(lab)} by ${formatInstant(dueAt)}.`,
      };
      const key = JSON.stringify([id.get(lab), notifier < 0 ? null : id.get(notifier)]);
      if (from <= point.instant) due.set(key, standing);
      else next = Math.min(next, from);
      if (noticeTermOf(dueAt, toldAt, point.instant) === 'OVERDUE') overdue.set(key, standing);
      else next = Math.min(next, dueAt + 1);
    }
  }
  return { due, overdue, next };
}

export async function compareNotices({ withinHours }: WatchQuestion, before: AskedPoint, after: AskedPoint): Promise<Found[]> {
  const [was, is] = [await findNoticesOf(before, withinHours), await findNoticesOf(after, withinHours)];
  const whyLeft = () => 'It was told, or is no longer asked for.';
  return [foundOf('notice.due', was.due, is.due, whyLeft), foundOf('notice.overdue', was.overdue, is.overdue, whyLeft)];
}

/** The grades of a match: the lists of the others say nothing, or rule it out. */
const matchedGrades = softwareGrades.slice(0, softwareGrades.indexOf('RULED_OUT_BY_LISTS'));
async function findMatchesOf({ asker }: AskedPoint, advisory: string | null): Promise<Standings> {
  const { records } = await askSoftwareView(asker);
  const standings = new Map<string, Standing>();
  for (const id of advisory === null ? records.advisories.map((one) => one.id) : [advisory]) {
    const { view, advisory: recorded, found } = await askAdvisoryMatches(asker, id);
    for (const match of found.matches) {
      const rank = matchedGrades.indexOf(match.grade);
      if (rank < 0) continue;
      standings.set(JSON.stringify([recorded.id, match.organization]), {
        subject: match.organization,
        words: `${recorded.id}: ${match.grade}`,
        rank,
        because: () => describeMatch(view.index, found.question, match, view.placeOf).because,
      });
    }
  }
  return standings;
}

export async function compareMatches({ advisory }: WatchQuestion, before: AskedPoint, after: AskedPoint): Promise<Found[]> {
  const [was, is] = [await findMatchesOf(before, advisory), await findMatchesOf(after, advisory)];
  return [foundOf('advisory.matched', was, is, () => 'No list shows it any more.')];
}

/** EDITION: the facts that the latest edition of a source lists. */
export async function compareEditions({ source }: WatchQuestion, before: AskedPoint, after: AskedPoint): Promise<Found[]> {
  const [from, to] = [before.point.imports, after.point.imports];
  const store = after.asker.questions.store;
  const isSame = JSON.stringify(from) === JSON.stringify(to);
  const listed = isSame ? [] : [new Map<FactKind, Edition>(), new Map<FactKind, Edition>()];
  if (!isSame)
    await eachAssertion(store, (assertion, { importId }) => {
      if (importId === null || assertion.isRetraction || assertion.file === null) return;
      [from, to].forEach((imports, side) => {
        if (!imports.includes(importId)) return;
        const editions = listed[side] as Map<FactKind, Edition>;
        let edition = editions.get(assertion.kind);
        if (edition?.importId !== importId) {
          edition = { importId, keys: new Map() };
          editions.set(assertion.kind, edition);
        }
        edition.keys.set(nameOf(assertion), assertion.key);
      });
    });
  const [was, is] = listed.map((editions) => standingsOfEdition(editions, source ?? '')) as [Standings?, Standings?];
  const none = new Map<string, Standing>();
  return [foundOf('import.drifted', was ?? none, is ?? none, ({ words }) => `${words} is no longer listed by ${source}.`)];
}

/** The last import that listed a kind. */
interface Edition {
  readonly importId: string;
  readonly keys: Map<string, string>;
}

function standingsOfEdition(editions: ReadonlyMap<FactKind, Edition>, source: string): Standings {
  const standings = new Map<string, Standing>();
  for (const [kind, { keys }] of editions)
    for (const [name, key] of keys) {
      const words = describeKey(kind, key);
      standings.set(name, { subject: key, words, rank: 0, because: () => `${words} is new in the latest edition of ${source}.` });
    }
  return standings;
}

/** RANKING: the organizations at the first positions by weighted loss, those that lose nothing aside. */
async function findFirst({ asker, projection, point }: AskedPoint, first: number | null): Promise<Standings> {
  const most = first ?? defaultFirst;
  const ranked = await askRanking(asker, projection, { settings: settingsAt({}, point.instant), roles: null, orderBy: 'WEIGHTED_LOSS' });
  const standings = new Map<string, Standing>();
  for (const { organization, position, weightedLossUsd } of ranked) {
    if (position > most || weightedLossUsd <= 0) break;
    const subject = projection.organizations.id.get(organization);
    const loss = Math.round(weightedLossUsd).toLocaleString('en-US');
    const because = () =>
      `${projection.organizations.name.get(organization)} is at position ${position}, with a weighted loss of $${loss}.`;
    // A change of position among the first is no change of who they are.
    standings.set(subject, { subject, words: `position ${position}`, rank: 0, because });
  }
  return standings;
}

export async function compareRankings({ first }: WatchQuestion, before: AskedPoint, after: AskedPoint): Promise<Found[]> {
  const [was, is] = [await findFirst(before, first), await findFirst(after, first)];
  return [foundOf('ranking.entered', was, is, ({ subject }) => `${subject} is no longer among the first ${first ?? defaultFirst}.`)];
}
