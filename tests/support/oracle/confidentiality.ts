import type { World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import type { OracleCopy } from './custody.ts';
import { isReadableCopy, meets, oracleCopies } from './custody.ts';
import type { OracleDependent } from './dependents.ts';
import { oracleDependents } from './dependents.ts';
import { highValue, meanValue } from './lognormal-mean.ts';
import { byCodePoint, byKeys, largestFirst } from './order.ts';
import type { OracleBounds } from './portion.ts';
import { boundsOfCopies, boundsOfLeads, joinBounds, nothing } from './portion.ts';
import type { Question } from './question.ts';
import type { OracleLead } from './reveal-paths.ts';
import { oracleLeads } from './reveal-paths.ts';
import type { OracleReached } from './spread.ts';
import { oracleReached } from './spread.ts';

export type OracleTier = 'EXPOSED' | 'POSSIBLE' | 'CONTAINED';

export const strongestFirst: readonly OracleTier[] = ['EXPOSED', 'POSSIBLE', 'CONTAINED'];

/** A copy with a tier and its chance. */
interface TieredCopy {
  readonly copy: OracleCopy;
  readonly holder: OracleReached;
  readonly tier: OracleTier;
  readonly chance: number;
}

export interface OracleWay {
  readonly copy: string;
  readonly tier: OracleTier;
  readonly holder: string;
  /** The artifacts on the path from the copy's artifact to this one. For a copy of its own, only this one. */
  readonly through: readonly string[];
  readonly chance: number;
  readonly yieldShare: number;
}

export interface OracleExposed {
  readonly artifact: string;
  readonly owner: string;
  readonly tier: OracleTier;
  readonly basis: 'HELD' | 'REVEALED';
  readonly portion: OracleBounds;
  readonly exposedPortion: OracleBounds;
  readonly isUsable: boolean;
  readonly likelihood: number;
  readonly weightedShare: number;
  readonly worstCaseLossUsd: number;
  readonly weightedLossUsd: number;
  readonly records: OracleVolume;
  readonly bytes: OracleVolume;
  readonly holders: readonly string[];
  readonly ways: readonly OracleWay[];
}

/** §1. */
export interface OracleVolume {
  readonly low: number;
  readonly high: number;
  readonly isUnknown: boolean;
}

export interface OracleLab {
  readonly lab: string;
  readonly exposedCount: number;
  readonly possibleCount: number;
  readonly containedCount: number;
  readonly worstCaseLossUsd: number;
  readonly weightedLossUsd: number;
}

export interface OracleRadius {
  readonly copies: readonly OracleCopy[];
  readonly reached: readonly OracleReached[];
  readonly tiers: ReadonlyMap<string, OracleTier>;
  readonly artifacts: readonly OracleExposed[];
  readonly labs: readonly OracleLab[];
  readonly notifiers: readonly string[];
  readonly otherCopies: readonly string[];
  readonly dependents: readonly OracleDependent[];
  readonly summary: {
    readonly reachedCount: number;
    readonly exposedCount: number;
    readonly possibleCount: number;
    readonly containedCount: number;
    readonly affectedLabCount: number;
    readonly blindSpotCount: number;
    readonly worstCaseLossUsd: number;
    readonly weightedLossUsd: number;
  };
}

/** §3 to §5, word for word. `copies`: the copies of the world, or of a scenario. */
export function oracleRadius(world: World, question: Question, copies: readonly OracleCopy[] = oracleCopies(world)): OracleRadius {
  const reached = oracleReached(world, copies, question);
  const reachedIds = new Set(reached.map(({ organization }) => organization));
  const tiered = copies.flatMap((copy) => {
    const holder = reached.find(({ organization }) => organization === copy.holder);
    if (holder === undefined) return [];
    const tier = tierOfCopy(copy, question);
    return tier === undefined ? [] : [{ copy, holder, tier, chance: holder.likelihood * weightOf(copy, tier, question) }];
  });
  const artifacts = exposedArtifacts(world, question, tiered);
  const open = artifacts.filter(({ tier }) => tier !== 'CONTAINED');
  const labs = affectedLabs(artifacts);
  const dependents = oracleDependents(world, question, reachedIds, new Set(artifacts.map(({ artifact }) => artifact)));
  const count = (tier: OracleTier) => artifacts.filter((artifact) => artifact.tier === tier).length;

  return {
    copies,
    reached,
    tiers: new Map(tiered.map(({ copy, tier }) => [copy.id, tier])),
    artifacts,
    labs,
    notifiers: notifiersOf(world, tiered),
    otherCopies: copies
      .filter((copy) => copy.kind !== 'OWNED' && copy.holder !== copy.owner && !reachedIds.has(copy.holder))
      .filter((copy) => open.some(({ artifact }) => artifact === copy.artifact) && meets(question.widest, copy.possible))
      .sort(
        byKeys(
          ({ artifact }) => artifact,
          ({ rank }) => rank ?? Number.MAX_SAFE_INTEGER,
          ({ id }) => id,
        ),
      )
      .map(({ id }) => id),
    dependents,
    summary: {
      reachedCount: reached.length,
      exposedCount: count('EXPOSED'),
      possibleCount: count('POSSIBLE'),
      containedCount: count('CONTAINED'),
      affectedLabCount: labs.length,
      blindSpotCount: dependents.filter(({ isBlindSpot }) => isBlindSpot).length,
      worstCaseLossUsd: sumById(artifacts, ({ worstCaseLossUsd }) => worstCaseLossUsd),
      weightedLossUsd: sumById(artifacts, ({ weightedLossUsd }) => weightedLossUsd),
    },
  };
}

/** Sums run in order of artifact id. */
function sumById(artifacts: readonly OracleExposed[], figure: (artifact: OracleExposed) => number): number {
  return [...artifacts].sort(byKeys(({ artifact }) => artifact)).reduce((sum, artifact) => sum + figure(artifact), 0);
}

/** §3, scope. An organization that is not an origin has no scope, so all its copies are in scope. */
function isInScope(copy: OracleCopy, question: Question): boolean {
  if (!question.origins.includes(copy.holder)) return true;
  const scopes = question.scopes.filter(({ origin }) => origin === copy.holder);
  if (scopes.length === 0) return true;
  return scopes.some((scope) => {
    if (scope.artifacts.includes(copy.artifact)) return true;
    if (copy.transfer === null) return false;
    const { engagement, channel } = copy.transfer;
    return (engagement !== null && scope.engagements.includes(engagement)) || (channel !== null && scope.channels.includes(channel));
  });
}

/** Without a core, nothing meets it (§13.4). */
function isDefinite(copy: OracleCopy, question: Question): boolean {
  return question.hasCore !== false && meets(question.core, copy.definite) && isInScope(copy, question) && copy.confidence >= 0.5 - 1e-9;
}

export function tierOfCopy(copy: OracleCopy, question: Question): OracleTier | undefined {
  const isReadable = isReadableCopy(copy);
  if (isReadable && isDefinite(copy, question) && question.origins.includes(copy.holder)) return 'EXPOSED';
  if (!meets(question.widest, copy.possible)) return undefined;
  return isReadable ? 'POSSIBLE' : 'CONTAINED';
}

/** 1 if definite, even at an organization reached by spread, where the copy is at most POSSIBLE. */
export function weightOf(copy: OracleCopy, tier: OracleTier, question: Question): number {
  if (tier === 'CONTAINED') return 0;
  return isDefinite(copy, question) ? 1 : 0.5;
}

function exposedArtifacts(world: World, question: Question, tiered: readonly TieredCopy[]): OracleExposed[] {
  const artifacts = factsOf(world, 'ARTIFACT');
  const leads = oracleLeads(world).filter(({ degree }) => degree >= question.minDegree - 1e-9);
  const countOf = new Map(artifacts.map(({ id, fragmentCount }) => [id, fragmentCount]));
  const copiesOf = (artifact: string, wanted: readonly OracleTier[]) =>
    tiered.filter(({ copy, tier }) => copy.artifact === artifact && wanted.includes(tier)).map(({ copy }) => copy);
  const ownBounds = (artifact: string, wanted: readonly OracleTier[]) =>
    boundsOfCopies(copiesOf(artifact, wanted), countOf.get(artifact) ?? null);

  const exposed: OracleExposed[] = [];
  for (const artifact of artifacts) {
    const leadsHere = leads.filter(({ to }) => to === artifact.id).sort(byKeys(({ from }) => from));
    const ways = waysTo(artifact.id, leadsHere, tiered);
    if (ways.length === 0) continue;
    const tier = strongestFirst.find((candidate) => ways.some((way) => way.tier === candidate)) as OracleTier;
    const isOpen = tier !== 'CONTAINED';
    const boundsOver = (wanted: readonly OracleTier[]) =>
      joinBounds(
        ownBounds(artifact.id, wanted),
        boundsOfLeads(leadsHere.map((lead) => ({ bounds: ownBounds(lead.from, wanted), degree: lead.degree }))),
      );
    const portion = isOpen ? boundsOver(['EXPOSED', 'POSSIBLE']) : ownBounds(artifact.id, ['CONTAINED']);
    const weightedShare = Math.max(...ways.map(({ chance, yieldShare }) => chance * yieldShare));
    exposed.push({
      artifact: artifact.id,
      owner: artifact.owner,
      tier,
      basis: copiesOf(artifact.id, [tier]).length > 0 ? 'HELD' : 'REVEALED',
      portion,
      exposedPortion: tier === 'EXPOSED' ? boundsOver(['EXPOSED']) : nothing,
      isUsable: isOpen && portion.low >= artifact.usefulPortion - 1e-9,
      likelihood: Math.max(...ways.map(({ chance }) => chance)),
      weightedShare,
      worstCaseLossUsd: isOpen ? highValue(artifact) * portion.high : 0,
      weightedLossUsd: weightedShare * meanValue(artifact),
      records: volumeOfCopies(copiesOf(artifact.id, ['EXPOSED', 'POSSIBLE']), 'records'),
      bytes: volumeOfCopies(copiesOf(artifact.id, ['EXPOSED', 'POSSIBLE']), 'bytes'),
      holders: holdersOf(artifact.id, tiered),
      ways,
    });
  }
  return exposed.sort(
    byKeys(
      ({ tier }) => strongestFirst.indexOf(tier),
      ({ weightedLossUsd }) => largestFirst(weightedLossUsd),
      ({ artifact }) => artifact,
    ),
  );
}

/** The volume of the transfers of readable copies with a tier. A transfer that a scenario encrypts has two such copies, and counts once. */
function volumeOfCopies(copies: readonly OracleCopy[], unit: 'records' | 'bytes'): OracleVolume {
  const transfers = new Map(
    copies.flatMap(({ kind, transfer }) => (kind === 'TRANSFERRED' && transfer !== null ? [[transfer.id, transfer] as const] : [])),
  );
  const stated = [...transfers.values()].sort(byKeys(({ id }) => id)).map((transfer) => transfer[unit]);
  const numbers = stated.filter((number) => number !== null);
  return {
    low: Math.max(0, ...numbers),
    high: numbers.reduce((sum, number) => sum + number, 0),
    isUnknown: numbers.length < stated.length,
  };
}

function waysTo(artifact: string, leads: readonly OracleLead[], tiered: readonly TieredCopy[]): OracleWay[] {
  const ways: OracleWay[] = [];
  for (const { copy, holder, tier, chance } of tiered) {
    const lead = leads.find(({ from }) => from === copy.artifact);
    const isOwn = copy.artifact === artifact;
    if (!isOwn && (lead === undefined || tier === 'CONTAINED')) continue;
    ways.push({
      copy: copy.id,
      tier,
      holder: holder.organization,
      through: isOwn ? [artifact] : (lead as OracleLead).artifacts,
      chance,
      yieldShare: copy.portion * (isOwn ? 1 : (lead as OracleLead).degree),
    });
  }
  return ways.sort(
    byKeys(
      ({ tier }) => strongestFirst.indexOf(tier),
      ({ chance, yieldShare }) => largestFirst(chance * yieldShare),
      ({ copy }) => copy,
    ),
  );
}

function holdersOf(artifact: string, tiered: readonly TieredCopy[]): string[] {
  const holders = new Set(tiered.filter(({ copy }) => copy.artifact === artifact).map(({ holder }) => holder));
  return [...holders]
    .sort(
      byKeys(
        ({ hops }) => hops,
        ({ organization }) => organization,
      ),
    )
    .map(({ organization }) => organization);
}

/** The labs with an EXPOSED or POSSIBLE artifact. CONTAINED artifacts are counted separately. */
function affectedLabs(artifacts: readonly OracleExposed[]): OracleLab[] {
  const owners = new Set(artifacts.filter(({ tier }) => tier !== 'CONTAINED').map(({ owner }) => owner));
  const labs = [...owners].map((lab) => {
    const own = artifacts.filter(({ owner }) => owner === lab);
    return {
      lab,
      exposedCount: own.filter(({ tier }) => tier === 'EXPOSED').length,
      possibleCount: own.filter(({ tier }) => tier === 'POSSIBLE').length,
      containedCount: own.filter(({ tier }) => tier === 'CONTAINED').length,
      worstCaseLossUsd: sumById(own, ({ worstCaseLossUsd }) => worstCaseLossUsd),
      weightedLossUsd: sumById(own, ({ weightedLossUsd }) => weightedLossUsd),
    };
  });
  return labs.sort(
    byKeys(
      ({ weightedLossUsd }) => largestFirst(weightedLossUsd),
      ({ lab }) => lab,
    ),
  );
}

/** The organizations on the custody chains of all EXPOSED and POSSIBLE copies, with holders, without each copy's owner. */
function notifiersOf(world: World, tiered: readonly TieredCopy[]): string[] {
  const transfers = new Map(factsOf(world, 'TRANSFER').map((transfer) => [transfer.id, transfer]));
  const notifiers = new Set<string>();
  for (const { copy, tier } of tiered) {
    if (tier === 'CONTAINED') continue;
    const named = [copy.holder];
    for (const id of copy.chain) {
      const transfer = transfers.get(id);
      if (transfer !== undefined) named.push(transfer.sender, transfer.recipient);
    }
    for (const organization of named) if (organization !== copy.owner) notifiers.add(organization);
  }
  return [...notifiers].sort(byCodePoint);
}
