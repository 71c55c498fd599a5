import { compareCodePoints } from '../domain/compare.ts';
import type { OrganizationView } from './describe-match.ts';
import { viewOrganization } from './describe-match.ts';
import type { SoftwareMatch, SoftwareMatches } from './find-matches.ts';
import { findAdvisoryMatches } from './find-matches.ts';
import type { HalfOpenInterval, Span } from './presence.ts';
import type { Advisory, Availability } from './software-facts.ts';
import type { IndexedList, IndexedOrganization, SoftwareIndex } from './software-index.ts';
import type { PlaceOf } from './software-sentences.ts';
import { describeAffected, formatInstantInText, withYearsOnce } from './software-sentences.ts';
import { presenceOf } from './subject-grade.ts';
import { shortName } from './versions/purl.ts';

export interface SuspectedTick {
  readonly organization: string;
  /** Above 0, at most 1. */
  readonly likelihood: number;
}

export interface ProposalQuestion {
  readonly advisory: Advisory;
  /** Beside the recorded ones. */
  readonly claims?: readonly Availability[];
  /** In place of the organizations whose grade proposes an origin. */
  readonly origins?: readonly string[] | undefined;
  /** In place of the organizations whose grade proposes a suspected origin. */
  readonly suspectedOrigins?: readonly SuspectedTick[] | undefined;
  readonly treatAsCompromise?: boolean;
  readonly discoveredAt?: number | null;
  readonly now: number;
  /** When the first transfer that an organization received was sent, of those with a known date; undefined: none. */
  earliestReceived(organization: string): number | undefined;
  /** The name for sentences. */
  nameOf(organization: string): string;
  readonly placeOf: PlaceOf;
}

/** The incident that an advisory proposes, its radius aside (semantics §13.4). Windows are closed. */
export interface ProposedIncident extends SoftwareMatches {
  readonly origins: readonly string[];
  /** By organization. The ticked, and the origins that do not share the core. */
  readonly suspectedOrigins: readonly SuspectedTick[];
  /** Ticked origins that do not share the core: they are suspected, with likelihood 1. */
  readonly notInCore: readonly string[];
  readonly hasCore: boolean;
  readonly core: Span | null;
  /** Null: nobody is ticked. */
  readonly widest: Span | null;
  readonly hull: Span;
  readonly agreed: Span | null;
  /** Where core from, core to, widest from and widest to come from; without a core, the last two; none if nobody is ticked. */
  readonly bounds: readonly string[];
}

/** An instant and the sentence that says where it comes from. */
interface ProposedBound {
  readonly at: number;
  readonly because: string;
}

/**
 * Proposes an incident (semantics §13.4). It writes nothing.
 *
 * Time: that of the grades, and, for each ticked organization, linear in its rows that name an affected package.
 */
export function proposeIncident(index: SoftwareIndex, input: ProposalQuestion): ProposedIncident {
  const options = { claims: input.claims ?? [], treatAsCompromise: input.treatAsCompromise === true };
  const found = findAdvisoryMatches(index, input.advisory, options);
  const ticks = readTicks(found.matches, input);
  const { hull } = found.question;
  const histories = new Map([...ticks.origins, ...ticks.suspected.keys()].map((id) => [id, readHistory(index, found, id)] as const));
  const core = findCore(ticks.origins, histories, hull);
  const notInCore = core === undefined ? [] : ticks.origins.filter((id) => isOutside(histories.get(id), core));
  for (const id of notInCore) ticks.suspected.set(id, 1);
  const origins = ticks.origins.filter((id) => !notInCore.includes(id));
  const sentences = new BoundSentences(index, input, found, histories);
  const widest = histories.size === 0 ? undefined : findWidest(index, input, found, histories, core, sentences);
  return {
    ...found,
    origins,
    suspectedOrigins: [...ticks.suspected]
      .map(([organization, likelihood]) => ({ organization, likelihood }))
      .sort((a, b) => compareCodePoints(a.organization, b.organization)),
    notInCore,
    hasCore: core !== undefined,
    core: core ?? null,
    widest: widest === undefined ? null : { from: widest.from.at, to: widest.to.at },
    hull,
    agreed: found.question.agreed ?? null,
    bounds: [
      ...(core === undefined ? [] : [sentences.coreFrom(core, origins, notInCore), sentences.coreTo(core, origins)]),
      ...(widest === undefined ? [] : [widest.from.because, widest.to.because]),
    ].map(withYearsOnce),
  };
}

/** Each given half replaces what the grades tick. An organization in both is an origin. */
function readTicks(matches: readonly SoftwareMatch[], { origins, suspectedOrigins }: ProposalQuestion) {
  const graded = (proposedAs: string) => matches.filter((match) => match.proposedAs === proposedAs).map(({ organization }) => organization);
  const ticked = [...new Set(origins ?? graded('ORIGIN'))].sort(compareCodePoints);
  const suspected = new Map<string, number>();
  for (const { organization, likelihood } of suspectedOrigins ?? graded('SUSPECTED').map((id) => ({ organization: id, likelihood: 1 })))
    if (!ticked.includes(organization)) suspected.set(organization, Math.max(likelihood, suspected.get(organization) ?? 0));
  return { origins: ticked, suspected };
}

/** When an organization had an affected version, over all its subjects and the affected packages. */
interface OrganizationHistory {
  readonly views: readonly OrganizationView[];
  /** Of affected versions: ascending, apart from each other. */
  readonly definite: readonly Span[];
  /** Of affected and unknown versions. */
  readonly possible: readonly HalfOpenInterval[];
}

function readHistory(index: SoftwareIndex, { question, matches }: SoftwareMatches, id: string): OrganizationHistory {
  const match = matches.find(({ organization }) => organization === id);
  const views = match === undefined ? [] : viewOrganization(index, question, match);
  const definite: Span[] = [];
  const possible: HalfOpenInterval[] = [];
  for (const { view } of views)
    for (const version of view.named) {
      const { isAffected, isVersionUnknown } = view.versions[version] ?? {};
      if (isAffected !== true && isVersionUnknown !== true) continue;
      const presence = presenceOf(view, version);
      possible.push(...presence.possible);
      if (isAffected === true) definite.push(...presence.definite);
    }
  return { views, definite: join(definite), possible };
}

/** Closed spans that meet become one. */
function join(spans: readonly Span[]): readonly Span[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/**
 * The instants at which most of the origins have a definite presence of an affected version: of these the interval that meets H first, else the first.
 * Undefined: no origin has one.
 */
export function findCore(
  origins: readonly string[],
  histories: ReadonlyMap<string, Pick<OrganizationHistory, 'definite'>>,
  hull: Span,
): Span | undefined {
  const spans = origins.flatMap((id) => histories.get(id)?.definite ?? []);
  const countAt = (instant: number): number => spans.filter(({ from, to }) => from <= instant && to >= instant).length;
  // Spans are closed, so the count is largest at a beginning, and falls only after an end.
  const beginnings = [...new Set(spans.map(({ from }) => from))].sort((a, b) => a - b);
  const most = beginnings.reduce((largest, from) => Math.max(largest, countAt(from)), 0);
  const shared = beginnings
    .filter((from) => countAt(from) === most)
    .map((from) => ({
      from,
      to: spans.reduce((to, span) => (span.from <= from && span.to >= from ? Math.min(to, span.to) : to), Infinity),
    }));
  return shared.find(({ from, to }) => from <= hull.to && to >= hull.from) ?? shared[0];
}

/** Whether an origin has a definite presence, and none in the core. One without any stays an origin. */
function isOutside(history: OrganizationHistory | undefined, core: Span): boolean {
  const definite = history?.definite ?? [];
  return definite.length > 0 && !definite.some(({ from, to }) => from <= core.from && to >= core.to);
}

function findWidest(
  index: SoftwareIndex,
  input: ProposalQuestion,
  found: SoftwareMatches,
  histories: ReadonlyMap<string, OrganizationHistory>,
  core: Span | undefined,
  sentences: BoundSentences,
): { readonly from: ProposedBound; readonly to: ProposedBound } {
  const { hull } = found.question;
  const end = { at: input.discoveredAt ?? input.now, isDiscovery: input.discoveredAt !== undefined && input.discoveredAt !== null };
  const tos = [...histories].map(([id, { possible }]) => {
    const until = possible.length === 0 ? Infinity : possible.reduce((latest, interval) => Math.max(latest, interval.until), -Infinity);
    return until === Infinity ? sentences.neverEnds(id, end) : sentences.possibleEnd(id, until);
  });
  const froms =
    hull.from !== -Infinity
      ? [sentences.hullFrom()]
      : [...histories].flatMap(([id, { possible }]) => {
          const from = possible.reduce((earliest, interval) => Math.min(earliest, interval.from), Infinity);
          if (Number.isFinite(from)) return [sentences.possibleBeginning(id, from)];
          const organization = index.organizations[index.organizationIndex(id) ?? -1] as IndexedOrganization | undefined;
          const [listed, received] = [organization?.firstDescribed ?? Infinity, input.earliestReceived(id) ?? Infinity];
          if (listed === Infinity && received === Infinity) return [];
          return [sentences.openBeginning(id, listed, received)];
        });
  const to = tos.reduce((latest, bound) => (bound.at > latest.at ? bound : latest));
  const from =
    froms.length === 0
      ? sentences.unknownBeginning(end.at)
      : froms.reduce((earliest, bound) => (bound.at < earliest.at ? bound : earliest));
  return {
    from: core !== undefined && core.from < from.at ? sentences.widened(from, core.from, 'It begins earlier, with the core') : from,
    to:
      core !== undefined && core.to > to.at
        ? sentences.widened(to, Math.max(core.to, from.at), 'It ends later, so that it encloses the core')
        : to.at < from.at && core === undefined
          ? sentences.widened(to, from.at, 'That is before it begins, so it ends where it begins')
          : to,
  };
}

/** Where the bounds of the windows come from. */
class BoundSentences {
  readonly #index: SoftwareIndex;
  readonly #input: ProposalQuestion;
  readonly #found: SoftwareMatches;
  readonly #histories: ReadonlyMap<string, OrganizationHistory>;

  constructor(index: SoftwareIndex, input: ProposalQuestion, found: SoftwareMatches, histories: ReadonlyMap<string, OrganizationHistory>) {
    this.#index = index;
    this.#input = input;
    this.#found = found;
    this.#histories = histories;
  }

  coreFrom(core: Span, origins: readonly string[], notInCore: readonly string[]): string {
    const sharing = origins.filter((id) => (this.#histories.get(id)?.definite.length ?? 0) > 0);
    const all = sharing.length + notInCore.length;
    const most =
      all === 1
        ? `${this.#input.nameOf(sharing[0] as string)} certainly had it then`
        : `then ${sharing.length} of ${all} origins with a list of it certainly had it`;
    const others =
      notInCore.length === 0
        ? ''
        : ` ${this.#names(notInCore)} ${notInCore.length === 1 ? 'does not share it and is' : 'do not share it and are'} suspected, with likelihood 1.`;
    return `The core begins on ${formatInstantInText(core.from)}: ${most}. ${this.#listAt(core.from, sharing)}${others}`;
  }

  coreTo(core: Span, origins: readonly string[]): string {
    return `The core ends on ${formatInstantInText(core.to)}. ${this.#listAt(core.to, origins)}`;
  }

  hullFrom(): ProposedBound {
    const { claims, hull } = this.#found.question;
    const sources = [...new Set(claims.filter(({ from, until }) => from === hull.from || until === hull.from).map(({ source }) => source))];
    const said = sources.length === 0 ? '' : `, according to ${sources.join(' and ')}`;
    return this.#begins(hull.from, `${this.#affected()} could be installed from then on${said}`);
  }

  possibleBeginning(id: string, at: number): ProposedBound {
    const { list } = this.#momentAt(id, at) ?? {};
    return this.#begins(
      at,
      list === undefined
        ? `${this.#input.nameOf(id)} may have had ${this.#affected()} from then on`
        : `the list of ${this.#input.nameOf(id)} of that date${this.#place(list)} is the last before it that does not name ${this.#affected()}`,
    );
  }

  openBeginning(id: string, listed: number, received: number): ProposedBound {
    const what = listed <= received ? 'of its earliest list' : 'at which it received its first transfer';
    return this.#begins(
      Math.min(listed, received),
      `nothing says when ${this.#input.nameOf(id)} may first have had ${this.#affected()}, so the date ${what} counts`,
    );
  }

  unknownBeginning(at: number): ProposedBound {
    return this.#begins(at, 'nothing is known of an earlier time');
  }

  possibleEnd(id: string, at: number): ProposedBound {
    const { list } = this.#momentAt(id, at) ?? {};
    const who = this.#input.nameOf(id);
    return this.#ends(
      at,
      list === undefined
        ? `${who} may have had ${this.#affected()} until then`
        : `the list of ${who} of that date${this.#place(list)} does not name ${this.#affected()} any more`,
    );
  }

  neverEnds(id: string, end: { readonly at: number; readonly isDiscovery: boolean }): ProposedBound {
    return this.#ends(
      end.at,
      `no list ends what ${this.#input.nameOf(id)} may have had, so ${end.isDiscovery ? 'the discovery counts' : 'it lasts until now'}`,
    );
  }

  widened(bound: ProposedBound, at: number, why: string): ProposedBound {
    return { at, because: `${bound.because} ${why}, on ${formatInstantInText(at)}.` };
  }

  #begins(at: number, because: string): ProposedBound {
    return { at, because: `The widest window begins on ${formatInstantInText(at)}: ${because}.` };
  }

  #ends(at: number, because: string): ProposedBound {
    return { at, because: `The widest window ends on ${formatInstantInText(at)}: ${because}.` };
  }

  /** "litellm 1.82.7 or 1.82.8", or the packages. */
  #affected(): string {
    const { packages } = this.#found.question;
    const [only] = packages;
    if (only === undefined || packages.length > 1) return 'an affected version';
    return `${describeAffected(only.affected, this.#found.question)} of ${shortName(only.affected.package)}`;
  }

  /** The list that names an affected version at an instant, of one of some organizations. */
  #listAt(at: number, organizations: readonly string[]): string {
    for (const id of organizations) {
      const moment = this.#momentAt(id, at);
      if (moment?.named === undefined) continue;
      return `The list of ${this.#input.nameOf(id)} of that date names ${moment.named}${this.#place(moment.list, moment.row)}.`;
    }
    return '';
  }

  /** The list of an organization at an instant, preferably one that names an affected version. */
  #momentAt(id: string, at: number): { readonly list: IndexedList; readonly row: number; readonly named: string | undefined } | undefined {
    let other: IndexedList | undefined;
    for (const { view, rows, packageRows } of this.#histories.get(id)?.views ?? []) {
      const moment = view.dated.find((each) => each.at === at);
      if (moment === undefined) continue;
      const row = rows.find(
        ({ list, version }) => list >= moment.firstList && list < moment.endList && view.versions[version]?.isAffected === true,
      );
      other ??= this.#index.lists[moment.firstList];
      if (row === undefined) continue;
      const list = this.#index.lists[row.list] as IndexedList;
      const { version } = view.versions[row.version] ?? {};
      return { list, row: row.row - list.firstRow, named: `${shortName(packageRows.affected.package)} ${version ?? ''}`.trim() };
    }
    return other && { list: other, row: -1, named: undefined };
  }

  #place(list: IndexedList, row = -1): string {
    const place = this.#input.placeOf(list, row);
    return place === undefined ? '' : ` (${place})`;
  }

  #names(organizations: readonly string[]): string {
    const named = organizations.slice(0, 3).map((id) => this.#input.nameOf(id));
    const more = organizations.length - named.length;
    return `${named.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
  }
}
