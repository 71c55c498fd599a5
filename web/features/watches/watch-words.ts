import { countOf, formatCount, joinNames, joinSome } from '../../shared/format/count.ts';
import { FINDING_TITLES } from '../../shared/format/finding-titles.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { TIER_WORDS, TIERS, valueInWords } from '../../shared/format/words.ts';
import type { EventLineFragment, FindingKind, WatchChange, WatchKind, WatchLineFragment } from '../../shared/generated/operations.ts';
import { instantsInWords } from '../../shared/graphql/error-sentence.ts';
import type { Watchable } from '../../shared/watches/watchable.ts';

interface KindWords {
  readonly word: string;
  /** The thing that changes. */
  readonly thing: string;
  /** The changes that its answer can have, as what the thing does. */
  readonly on: Readonly<Partial<Record<WatchChange, string>>>;
  /** The same in one word. */
  readonly changes: Readonly<Partial<Record<WatchChange, string>>>;
  /** The rows that an event lists, and a threshold counts. */
  readonly rows: readonly [one: string, many: string];
  readonly hasTier: boolean;
  readonly hasLoss: boolean;
  readonly hasLabs: boolean;
  readonly hasCount: boolean;
  /** The link to what an event is about. */
  readonly open: string;
}

const ofTiers = { JOINED: 'Joined', STRENGTHENED: 'Strengthened', WEAKENED: 'Weakened', LEFT: 'Left' };

export const KIND_WORDS: Readonly<Record<WatchKind, KindWords>> = {
  RADIUS: {
    word: 'Radius',
    thing: 'an artifact',
    on: {
      JOINED: 'joins the radius',
      STRENGTHENED: 'becomes more certain',
      WEAKENED: 'becomes less certain',
      LEFT: 'leaves the radius',
    },
    ...{ changes: ofTiers, rows: ['artifact', 'artifacts'], open: 'Open in Compare' },
    ...{ hasTier: true, hasLoss: true, hasLabs: true, hasCount: true },
  },
  LAB: {
    word: 'Lab',
    thing: 'an artifact of the lab',
    on: {
      JOINED: 'comes within reach of an open incident',
      STRENGTHENED: 'becomes more certain',
      WEAKENED: 'becomes less certain',
      LEFT: 'is out of reach',
    },
    ...{ changes: ofTiers, rows: ['artifact', 'artifacts'], open: 'Open the lab' },
    ...{ hasTier: true, hasLoss: true, hasLabs: false, hasCount: true },
  },
  ARTIFACT: {
    word: 'Artifact',
    thing: 'an organization',
    on: {
      JOINED: 'could newly expose it',
      STRENGTHENED: 'could expose it more surely or now holds it',
      WEAKENED: 'could expose it less surely or no longer holds it',
      LEFT: 'could no longer expose it',
    },
    ...{ changes: ofTiers, rows: ['organization', 'organizations'], open: 'Open the artifact' },
    ...{ hasTier: true, hasLoss: false, hasLabs: false, hasCount: true },
  },
  FINDINGS: {
    word: 'Findings',
    thing: 'a finding',
    on: { JOINED: 'opens', LEFT: 'closes' },
    ...{ changes: { JOINED: 'Opened', LEFT: 'Closed' }, rows: ['finding', 'findings'], open: 'Open the findings' },
    ...{ hasTier: false, hasLoss: false, hasLabs: false, hasCount: true },
  },
  NOTICE: {
    word: 'Notices',
    thing: 'a notice that nobody has told',
    on: { JOINED: 'falls due, and again when it is overdue' },
    ...{ changes: { JOINED: 'To tell' }, rows: ['notice', 'notices'], open: 'Open the notices' },
    ...{ hasTier: false, hasLoss: false, hasLabs: false, hasCount: true },
  },
  ADVISORY: {
    word: 'Advisory',
    thing: 'an organization',
    on: { JOINED: 'is newly matched', STRENGTHENED: 'is matched with a higher grade' },
    ...{ changes: { JOINED: 'Matched', STRENGTHENED: 'Higher grade' }, rows: ['organization', 'organizations'], open: 'Open the advisory' },
    ...{ hasTier: false, hasLoss: false, hasLabs: false, hasCount: true },
  },
  EDITION: {
    word: 'Edition',
    thing: 'a row',
    on: { JOINED: 'is new in the next edition', LEFT: 'is gone from it' },
    ...{ changes: { JOINED: 'New', LEFT: 'Gone' }, rows: ['row', 'rows'], open: 'Open the import' },
    ...{ hasTier: false, hasLoss: false, hasLabs: false, hasCount: true },
  },
  RANKING: {
    word: 'Ranking',
    thing: 'an organization',
    on: { JOINED: 'comes among the first', LEFT: 'is no longer among the first' },
    ...{ changes: { JOINED: 'Entered', LEFT: 'Left' }, rows: ['organization', 'organizations'], open: 'Open the ranking' },
    ...{ hasTier: false, hasLoss: false, hasLabs: false, hasCount: false },
  },
};

export const WATCH_KINDS = Object.keys(KIND_WORDS) as WatchKind[];

/** The condition of a watch, as its form has it. */
export interface WatchCondition {
  readonly on: readonly WatchChange[];
  readonly minTier: WatchLineFragment['settings']['minTier'];
  readonly worstCaseLossUsd: number | null;
  readonly affectedLabs: number | null;
  readonly count: number | null;
  readonly withinHours: number | null;
  readonly first: number | null;
}

/** Says what a watch tells, and what it does not, in words that hold for exactly this condition. */
export function toldSentences(kind: WatchKind, condition: WatchCondition): readonly string[] {
  const { on, thing, rows, hasCount } = KIND_WORDS[kind];
  const { minTier, worstCaseLossUsd, affectedLabs, count, withinHours, first } = condition;
  const isCounted = minTier !== null && minTier !== 'CONTAINED';
  const thresholds = [
    ...(worstCaseLossUsd === null ? [] : [`the worst case reaches ${formatMoney(worstCaseLossUsd)}`]),
    ...(affectedLabs === null ? [] : [`the number of affected labs reaches ${formatCount(affectedLabs)}`]),
    ...(count === null || !hasCount
      ? []
      : [`the number of ${rows[1]}${isCounted ? ` that are ${tierOrStronger(minTier)}` : ''} reaches ${formatCount(count)}`]),
  ];
  if (thresholds.length > 0)
    return [
      `You are told when ${joinOr(thresholds)}.`,
      'Changes that reach no such figure are not told. A figure that falls and is reached again is told again.',
    ];
  if (kind === 'NOTICE')
    return [
      `You are told of each notice of this incident that nobody has told: once when it is due within ${countOf(withinHours ?? 24, 'hour', 'hours')}, and once when it is overdue.`,
    ];
  const all = Object.keys(on) as WatchChange[];
  const verbs = (changes: readonly WatchChange[]) => joinOr(changes.flatMap((change) => on[change] ?? []));
  const chosen = all.filter((change) => condition.on.includes(change));
  const rest = all.filter((change) => !condition.on.includes(change));
  if (chosen.length === 0) return ['Nothing is chosen, so nothing would be told.'];
  const tier = minTier === null ? '' : `, if its tier is ${tierOrStronger(minTier)} before or after`;
  const where = kind === 'RANKING' ? ` ${formatCount(first ?? 10)} by weighted loss` : '';
  return [`You are told when ${thing} ${verbs(chosen)}${where}${tier}.`, ...(rest.length === 0 ? [] : [`Not when it ${verbs(rest)}.`])];
}

function tierOrStronger(tier: (typeof TIERS)[number]): string {
  const named = TIERS.slice(0, TIERS.indexOf(tier) + 1).map((word) => TIER_WORDS[word].word.toLowerCase());
  return joinOr(named);
}

function joinOr(parts: readonly string[]): string {
  return joinNames(parts).replace(/ and (?!.* and )/, ' or ');
}

/** The question of a watch, in words that name what is recorded. */
export function asksInWords({
  kind,
  names,
  settings,
  question,
}: Pick<WatchLineFragment, 'kind' | 'names' | 'settings' | 'question'>): string {
  const named = joinSome(names, 3);
  switch (kind) {
    case 'RADIUS': {
      const incident = settings.incident === null ? '' : ` (${settings.incident})`;
      return named === '' ? question.replace(/: .*$/, '') : `The blast radius of ${named}${incident}`;
    }
    case 'LAB':
      return `What ${named || settings.lab} could lose over all open incidents`;
    case 'ARTIFACT':
      return `Who could expose ${named || settings.artifact}, and who of them holds it`;
    case 'FINDINGS':
      return settings.findings === null
        ? 'Findings of any kind'
        : `Findings: ${joinSome(
            settings.findings.map((finding) => FINDING_TITLES[finding].toLowerCase()),
            3,
          )}`;
    case 'NOTICE':
      return `Notices of ${named || settings.incident} that nobody has told`;
    case 'ADVISORY':
      return settings.advisory === null ? 'Who had what any advisory affects' : `Who had what ${settings.advisory} affects`;
    case 'EDITION':
      return `What the latest edition of ${settings.source} lists`;
    case 'RANKING':
      return `The first ${formatCount(settings.first ?? 10)} organizations by weighted loss`;
  }
}

/** An event in one sentence. */
export function eventTitle(event: EventLineFragment): string {
  const { type, watch, firstItem, counts, before, after } = event;
  if (type === 'watch.failing') return `${watch.name} cannot be asked`;
  if (type === 'watch.ended') return `${watch.name} has ended`;
  const named = joinSome(watch.names, 2);
  const item = firstItem.totalCount === 1 ? firstItem.edges[0]?.node : undefined;
  const count = (kind: WatchChange) => counts.find((one) => one.kind === kind)?.count ?? 0;
  switch (watch.kind) {
    case 'RADIUS':
      return `${named === '' ? watch.name : named} ${grew(before, after, count)}`;
    case 'LAB': {
      const [was, is] = [before?.worstCaseLossUsd ?? 0, after?.worstCaseLossUsd ?? 0];
      const who = named || watch.settings.lab || watch.name;
      if (was === is) return `${who}: what is in reach ${grew(before, after, count)}`;
      return `${who} could lose ${is > was ? 'more' : 'less'}`;
    }
    case 'ARTIFACT': {
      const who = named || watch.name;
      const [joined, left] = [count('JOINED'), count('LEFT')];
      if (joined > 0) return `${countOf(joined, 'more organization', 'more organizations')} could expose ${who}`;
      if (left > 0) return `${countOf(left, 'organization', 'organizations')} could no longer expose ${who}`;
      return `${who} could be exposed ${count('STRENGTHENED') > 0 ? 'more' : 'less'} surely`;
    }
    case 'FINDINGS': {
      if (item !== undefined && item.because !== '') return instantsInWords(item.because);
      const [opened, closed] = [count('JOINED'), count('LEFT')];
      return opened > 0 ? `${countOf(opened, 'finding', 'findings')} opened` : `${countOf(closed, 'finding', 'findings')} closed`;
    }
    case 'NOTICE': {
      if (item !== undefined) return instantsInWords(item.because);
      const word = type === 'notice.overdue' ? 'overdue' : 'due';
      return `${countOf(firstItem.totalCount, 'notice is', 'notices are')} ${word}`;
    }
    case 'ADVISORY':
      if (item?.organization != null) return `${item.organization.name}: ${item.kind === 'JOINED' ? 'a new match' : 'a higher grade'}`;
      return `${countOf(firstItem.totalCount, 'organization', 'organizations')} had what ${watch.settings.advisory ?? 'advisories'} ${watch.settings.advisory === null ? 'affect' : 'affects'}`;
    case 'EDITION':
      return `${watch.settings.source}: its new edition differs`;
    case 'RANKING': {
      const first = `the first ${formatCount(watch.settings.first ?? 10)}`;
      if (item !== undefined) return `${item.organization?.name ?? watch.name} ${item.kind === 'JOINED' ? 'entered' : 'left'} ${first}`;
      return `${watch.name}: ${count('JOINED')} entered and ${count('LEFT')} left ${first}`;
    }
  }
}

function grew(before: EventLineFragment['before'], after: EventLineFragment['after'], count: (kind: WatchChange) => number): string {
  const inReach = (of: EventLineFragment['before']) => (of === null ? 0 : of.exposedCount + of.possibleCount);
  const more = inReach(after) - inReach(before);
  if (more > 0) return `grew by ${formatCount(more)}`;
  if (more < 0) return `shrank by ${formatCount(-more)}`;
  if (count('STRENGTHENED') > 0) return 'became more certain';
  return count('WEAKENED') > 0 ? 'became less certain' : 'changed';
}

/** The change in figures. */
export function eventFigures({ type, watch, counts, before, after, firstItem, summary }: EventLineFragment): string {
  const { worstCaseLossUsd, affectedLabs, count } = watch.settings;
  const rest = summary.startsWith(`${watch.name}: `) ? summary.slice(watch.name.length + 2) : summary;
  // A threshold tells the figure that was reached.
  const isThreshold = worstCaseLossUsd !== null || affectedLabs !== null || count !== null;
  if (type.startsWith('watch.') || isThreshold) return instantsInWords(rest);
  const item = firstItem.totalCount === 1 ? firstItem.edges[0]?.node : undefined;
  if (watch.kind === 'NOTICE') return type === 'notice.overdue' ? 'Overdue' : 'Not told yet';
  if (watch.kind === 'RANKING' && item !== undefined) return item.after ?? item.before ?? '';
  if (watch.kind === 'ADVISORY' && item !== undefined) return gradeChange(item.before, item.after);
  if (watch.kind === 'FINDINGS') {
    const finding = firstItem.edges[0]?.node;
    const others = firstItem.totalCount - 1;
    const [first, words] = [instantsInWords(finding?.because ?? ''), sideInWords('FINDINGS', finding?.after ?? finding?.before ?? '')];
    return others < 1 ? words : `${first || words} ${formatCount(others)} more.`;
  }
  const parts = counts.flatMap(({ kind, count: rows }) => {
    const words = KIND_WORDS[watch.kind].changes[kind as WatchChange];
    return words === undefined ? [] : `${formatCount(rows)} ${words.toLowerCase()}`;
  });
  const more = (after?.worstCaseLossUsd ?? 0) - (before?.worstCaseLossUsd ?? 0);
  if (Math.abs(more) >= 0.5) parts.push(`worst case ${more > 0 ? '+' : '−'}${formatMoney(Math.abs(more))}`);
  return parts.join(' · ');
}

/** `ADVISORY: GRADE` on both sides, as the grades' words. */
function gradeChange(before: string | null, after: string | null): string {
  const split = (text: string | null) => /^(.*): ([A-Z_]+)$/.exec(text ?? '');
  const [was, is] = [split(before), split(after)];
  const words = (found: RegExpExecArray | null) => (found === null ? null : valueInWords(found[2] ?? '').toLowerCase());
  const change = [words(was), words(is)].filter((part) => part !== null).join(' → ');
  return `${(is ?? was)?.[1] ?? ''}: ${change}`;
}

/** One side of an item in words. */
export function sideInWords(kind: WatchKind, side: string): string {
  if (kind === 'NOTICE') return instantsInWords(side);
  if (kind === 'FINDINGS') return FINDING_TITLES[side as FindingKind] ?? valueInWords(side);
  if (kind === 'ADVISORY') return gradeChange(null, side);
  const [tier = '', ...rest] = side.split(', ');
  return tier in TIER_WORDS ? [TIER_WORDS[tier as keyof typeof TIER_WORDS].word, ...rest].join(', ') : side;
}

/** Whether a watch asks this question. Instants and the order of fields do not matter. */
export function isAsking({ kind, settings }: Pick<WatchLineFragment, 'kind' | 'settings'>, { asks }: Watchable): boolean {
  const saved = { ...settings, radius: settings.radius === null ? null : (JSON.parse(settings.radius) as object) };
  const fields = ['incident', 'radius', 'lab', 'artifact', 'findings', 'advisory', 'source'] as const;
  return kind === asks.kind && fields.every((field) => normal(saved[field]) === normal(asks[field]));
}

function normal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(normal).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const stated = Object.entries(value).filter(([, field]) => field !== null && field !== undefined);
    return `{${stated
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => `${name}:${normal(field)}`)
      .join(',')}}`;
  }
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return new Date(value).toISOString();
  return JSON.stringify(value ?? null);
}
