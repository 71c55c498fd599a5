import { createHash } from 'node:crypto';
import { toCents } from '../domain/compare.ts';
import { ExposureError } from '../domain/errors.ts';
import type { ArtifactType } from '../domain/facts.ts';
import { artifactTypes } from '../domain/facts.ts';
import { findingKinds } from '../domain/finding-kinds.ts';
import { parseInstant } from '../domain/instants.ts';
import { listLegalForms } from '../domain/names/plain-name.ts';
import type { StatedRadiusOptions } from '../domain/radius-options.ts';
import { controlGapRows, factKey } from '../export/list-rows.ts';
import { AccessLevels } from '../exposure/controls/access-levels.ts';
import type { ControlGap, ControlGapFilter } from '../exposure/controls/control-gap.ts';
import { filterControlGaps, findControlGap, listControlGaps } from '../exposure/controls/control-gap.ts';
import type { FindingQuestion, FindingRule, FindingSubject } from '../exposure/findings/finding.ts';
import { Found, findSubjects } from '../exposure/findings/findings.ts';
import { rulesOf } from '../exposure/findings/rules-of.ts';
import { noPieces } from '../exposure/radius/bound-copies.ts';
import type { Window } from '../exposure/radius/radius-types.ts';
import { resolveSettings } from '../exposure/radius/resolve-radius-input.ts';
import type { OpenPairs } from '../exposure/radius/spread.ts';
import { listOpenPairs } from '../exposure/radius/spread.ts';
import { countExposures } from '../exposure/rankings/artifact-exposure.ts';
import type { HoldersWanted } from '../exposure/rankings/concentration.ts';
import {
  findSharedHolders,
  listHoldersElsewhere,
  measureConcentration,
  measureSafeguards,
  mostHolders,
} from '../exposure/rankings/concentration.ts';
import type { OriginSettings } from '../exposure/rankings/origin-figures.ts';
import { listRankedCopies } from '../exposure/rankings/ranked-copies.ts';
import type { RankedFacts, RankingPart } from '../exposure/rankings/ranking.ts';
import { rankOrigins } from '../exposure/rankings/ranking.ts';
import type { Csr } from '../projection/columns/csr.ts';
import type { Projection } from '../projection/projection.ts';
import type { ControlPolicy } from '../rules/required-controls.ts';
import type { HeldColumn, HeldFindings, HeldPeaks } from './gathered-custody.ts';
import { fromHeld, GatheredHandedOver, GatheredOwners, GatheredPeaks, levelsOf, toHeld } from './gathered-custody.ts';
import type { PackDefaults } from './pack-format.ts';

/*
 * The questions of a batch, each in two rounds over the parts of a pack. Round 1 takes from each part what the answer needs of it, or what it
 * answers alone. Round 2 joins that in order of artifacts, and runs the function that a server runs over all facts. So every sum runs in the
 * same order, and no digit depends on how the parts were dealt out.
 */

export const batchQuestionNames = [
  'ranking',
  'exposures',
  'findings',
  'control-gaps',
  'concentration',
  'safeguards',
  'shared-holders',
] as const;
export type BatchQuestionName = (typeof batchQuestionNames)[number];

/** The parameters as a caller states them, instants in RFC 3339. An absent one has the default of the same question to a server. */
export interface StatedParameters extends StatedRadiusOptions {
  readonly core?: StatedWindow | undefined;
  readonly widest?: StatedWindow | undefined;
  /** For lists as of an instant. */
  readonly asOf?: string | undefined;
  /** Which control gaps. Only a server states it. */
  readonly gaps?: GapsFilter;
}

/** Which control gaps to list, as `ControlGapFilter`, by ids and names. */
export interface GapsFilter {
  readonly withoutIssuers: readonly string[];
  readonly minSensitivity: number | null;
  readonly types: readonly ArtifactType[] | null;
  readonly labs: readonly string[] | null;
  readonly controls: readonly string[] | null;
  readonly orderBy: ControlGapFilter['orderBy'];
}

interface StatedWindow {
  readonly from: string;
  readonly to: string;
}

/** All that decides an answer, besides the facts. */
export interface BatchParameters {
  /** Of a ranking and of exposures, which have windows. */
  readonly settings?: OriginSettings;
  /** Of the other lists. Epoch milliseconds. */
  readonly instant?: number;
  /** Of findings and control gaps. */
  readonly policy?: ControlPolicy;
  /** Of control gaps. Absent: all of them. */
  readonly gaps?: GapsFilter;
  /** Of findings: a digest of the legal forms that names are compared without. */
  readonly legalForms?: string;
}

export function digestLegalForms(): string {
  return createHash('sha256').update(listLegalForms()).digest('hex').slice(0, 16);
}

/** A row of the answer. Keys order rows as the question's list does, by code point. */
interface KeyedRow {
  readonly key: string;
  readonly row: object;
}

/** Takes the parts of one run of round 1. */
interface Gathering<H> {
  /** Returns the rows that the part answers alone, and the facts of it that round 2 needs. `held` is absent where `end` gives them. */
  add(
    part: Projection,
    range: { readonly first: number; readonly count: number },
  ): { readonly held?: H; readonly rows?: Iterable<KeyedRow> };
  /** Returns the facts that round 2 needs of all parts of this run together. */
  readonly end?: () => H;
}

interface BatchQuestion<H> {
  readonly settle: (stated: StatedParameters, defaults: PackDefaults) => BatchParameters;
  readonly gather: (common: Projection, parameters: BatchParameters) => Gathering<H>;
  /** Whether round 2 can be dealt out. Otherwise one run answers all. */
  readonly isShared: boolean;
  /** @param held by part, ascending; or of each run of round 1 */
  readonly answer: (common: Projection, parameters: BatchParameters, held: readonly H[], share: RankingPart) => Iterable<KeyedRow>;
}

const finish = <T>(work: Generator<void, T>): T => {
  for (let step = work.next(); ; step = work.next()) if (step.done === true) return step.value;
};

const readWindow = (name: string, stated: StatedWindow | undefined): Window | undefined =>
  stated && { from: readInstant(`${name}.from`, stated.from), to: readInstant(`${name}.to`, stated.to) };

function readInstant(name: string, text: unknown): number {
  const instant = typeof text === 'string' ? parseInstant(text) : undefined;
  if (instant !== undefined) return instant;
  throw new ExposureError(
    'BAD_USER_INPUT',
    `${name} is ${JSON.stringify(text) ?? 'not given'}; expected an instant such as 2026-03-24T08:30:00Z.`,
  );
}

const withWindows = ({ core, widest, ...options }: StatedParameters, { instant }: PackDefaults): BatchParameters => ({
  settings: resolveSettings({ core: readWindow('core', core), widest: readWindow('widest', widest), options }, undefined, instant),
});
const atInstant = ({ asOf }: StatedParameters, { instant }: PackDefaults): BatchParameters => ({
  instant: asOf === undefined ? instant : readInstant('asOf', asOf),
});
const underPolicy = (stated: StatedParameters, defaults: PackDefaults): BatchParameters => ({
  ...atInstant(stated, defaults),
  policy: defaults.policy,
});

/** Positions as text, in their order. */
const inOrder = (position: number) => String(position).padStart(12, '0');

/** Numbers from 0 up as text, the largest first. */
function largestFirst(value: number): string {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, value);
  return (~bytes.getBigUint64(0) & 0xffff_ffff_ffff_ffffn).toString(16).padStart(16, '0');
}

/* Ranking, and the exposure of all artifacts: the ranked copies of each part. */

interface HeldRanked {
  readonly offsets: HeldColumn;
  readonly holder: HeldColumn;
  readonly weight: HeldColumn;
  readonly portion: HeldColumn;
  readonly hasPieces: HeldColumn;
  /** The places that name pieces, and these, of artifacts with pieces alone. */
  readonly pieces: { readonly places: HeldColumn; readonly offsets: HeldColumn; readonly names: HeldColumn };
  readonly sender: HeldColumn;
  readonly recipient: HeldColumn;
}

const gatherRanked = (_: Projection, { settings }: BatchParameters): Gathering<HeldRanked> => ({
  add: (part) => ({ held: holdRanked(part, settings as OriginSettings) }),
});

function holdRanked(part: Projection, settings: OriginSettings): HeldRanked {
  const { offsets, holder, weight, portion, hasPieces, piecesAt } = listRankedCopies(part, settings);
  const pairs = listOpenPairs(part, settings);
  const count = offsets[offsets.length - 1] as number;
  const places: number[] = [];
  const ends: number[] = [0];
  const names: number[] = [];
  hasPieces.forEach((has, artifact) => {
    if (has === 0) return;
    for (let place = offsets[artifact] as number; place < (offsets[artifact + 1] as number); place++) {
      const named = piecesAt(place);
      if (named.length === 0) continue;
      places.push(place);
      names.push(...named);
      ends.push(names.length);
    }
  });
  return {
    offsets: toHeld(offsets),
    holder: toHeld(holder.subarray(0, count)),
    weight: toHeld(weight.subarray(0, count)),
    portion: toHeld(portion.subarray(0, count)),
    hasPieces: toHeld(hasPieces),
    pieces: { places: toHeld(Int32Array.from(places)), offsets: toHeld(Uint32Array.from(ends)), names: toHeld(Int32Array.from(names)) },
    sender: toHeld(pairs.sender),
    recipient: toHeld(pairs.recipient),
  };
}

function joinRanked(held: readonly HeldRanked[]): RankedFacts {
  const rows = joinRows(held.map(({ offsets, holder }) => ({ offsets, values: holder })));
  const piecesOf = new Map<number, Int32Array>();
  let start = 0;
  for (const { offsets, pieces } of held) {
    const [places, ends, names] = [fromHeld(pieces.places), fromHeld(pieces.offsets), fromHeld(pieces.names) as Int32Array];
    for (const [i, place] of places.entries()) piecesOf.set(start + place, names.subarray(ends[i], ends[i + 1]));
    start += fromHeld(offsets).at(-1) as number;
  }
  return {
    copies: {
      offsets: rows.offsets,
      holder: rows.values,
      weight: join(held, ({ weight }) => weight, Float64Array),
      portion: join(held, ({ portion }) => portion, Float64Array),
      hasPieces: join(held, ({ hasPieces }) => hasPieces, Uint8Array),
      piecesAt: (place) => piecesOf.get(place) ?? noPieces,
    },
    pairs: joinPairs(held),
  };
}

function joinPairs(held: readonly HeldRanked[]): OpenPairs {
  return { sender: join(held, ({ sender }) => sender, Int32Array), recipient: join(held, ({ recipient }) => recipient, Int32Array) };
}

/** The columns of all parts, one after another. */
function join<H, A extends Float64Array | Int32Array | Uint8Array>(
  held: readonly H[],
  columnOf: (one: H) => HeldColumn,
  ArrayOf: new (length: number) => A,
): A {
  const columns = held.map((one) => fromHeld(columnOf(one)));
  const all = new ArrayOf(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  return all;
}

const ranking: BatchQuestion<HeldRanked> = {
  settle: withWindows,
  gather: gatherRanked,
  isShared: true,
  *answer(common, { settings }, held, share) {
    const { organizations } = common;
    const totals = rankOrigins(common, settings as OriginSettings, undefined, undefined, share, joinRanked(held));
    for (const [i, of] of totals.entries()) {
      const organization = share.first + i * share.count;
      const row = {
        organization: organizations.id.get(organization),
        reached_count: of.reachedCount,
        artifact_count: of.exposedCount + of.possibleCount,
        exposed_count: of.exposedCount,
        possible_count: of.possibleCount,
        contained_count: of.containedCount,
        lab_count: of.labCount,
        dependent_count: of.dependentCount,
        worst_case_loss_usd: of.worstCaseLossUsd,
        weighted_loss_usd: of.weightedLossUsd,
      };
      yield { key: largestFirst(toCents(of.weightedLossUsd)) + inOrder(organization), row };
    }
  },
};

const exposures: BatchQuestion<HeldRanked> = {
  settle: withWindows,
  gather: gatherRanked,
  isShared: true,
  *answer(common, { settings }, held, share) {
    const counts = countExposures(common, settings as OriginSettings, undefined, share, joinRanked(held));
    for (const { artifact, count, share: ofAll } of counts)
      yield { key: largestFirst(count) + inOrder(artifact), row: { artifact: common.artifacts.id.get(artifact), count, share: ofAll } };
  },
};

/* Concentration, safeguards and shared holders: the holders of each artifact. */

interface HeldRows {
  readonly offsets: HeldColumn;
  readonly values: HeldColumn;
}

const gatherHolders =
  (wanted: HoldersWanted) =>
  (_: Projection, { instant }: BatchParameters): Gathering<HeldRows> => ({
    add(part) {
      const { offsets, values } = listHoldersElsewhere(part, instant as number, wanted);
      return { held: { offsets: toHeld(offsets), values: toHeld(values) } };
    },
  });

function joinRows(held: readonly HeldRows[]): Csr {
  const starts = held.map(({ offsets }) => fromHeld(offsets));
  const offsets = new Uint32Array(starts.reduce((sum, { length }) => sum + length - 1, 1));
  let row = 0;
  let end = 0;
  for (const of of starts) {
    for (let i = 1; i < of.length; i++) offsets[++row] = end + (of[i] as number);
    end += of.at(-1) as number;
  }
  return { offsets, values: join(held, ({ values }) => values, Int32Array) };
}

const concentration: BatchQuestion<HeldRows> = {
  settle: atInstant,
  gather: gatherHolders('DIRECT'),
  isShared: false,
  *answer(common, { instant }, held) {
    const { id } = common.organizations;
    const labs = measureConcentration(common, instant as number, mostHolders, joinRows(held));
    for (const [i, { lab, herfindahlIndex, holders, holderCount }] of labs.entries()) {
      const row = {
        lab: id.get(lab),
        herfindahl_index: herfindahlIndex,
        holder_count: holderCount,
        holders: holders.map(({ holder }) => id.get(holder)),
        shares: holders.map(({ share }) => share),
      };
      yield { key: inOrder(i), row };
    }
  },
};

const safeguards: BatchQuestion<HeldRows> = {
  settle: atInstant,
  gather: gatherHolders('DIRECT'),
  isShared: false,
  *answer(common, { instant }, held) {
    const labs = measureSafeguards(common, instant as number, joinRows(held));
    for (const [i, { lab, providerCount, valueUsd, auditRight, noAuditRight, noticeTerm, encryption }] of labs.entries()) {
      const row = {
        lab: common.organizations.id.get(lab),
        provider_count: providerCount,
        value_usd: valueUsd,
        audit_right_provider_count: auditRight.providerCount,
        audit_right_value_usd: auditRight.valueUsd,
        no_audit_right_provider_count: noAuditRight.providerCount,
        no_audit_right_value_usd: noAuditRight.valueUsd,
        notice_term_provider_count: noticeTerm.providerCount,
        notice_term_value_usd: noticeTerm.valueUsd,
        encryption_provider_count: encryption.providerCount,
        encryption_value_usd: encryption.valueUsd,
      };
      yield { key: inOrder(i), row };
    }
  },
};

const sharedHolders: BatchQuestion<HeldRows> = {
  settle: atInstant,
  gather: gatherHolders('ALL'),
  isShared: false,
  *answer(common, { instant }, held) {
    const { id } = common.organizations;
    const found = findSharedHolders(common, instant as number, joinRows(held));
    for (const [i, { holder, labs, artifactCount }] of found.entries()) {
      const row = { holder: id.get(holder), lab_count: labs.length, labs: labs.map((lab) => id.get(lab)), artifact_count: artifactCount };
      yield { key: inOrder(i), row };
    }
  },
};

/* Control gaps: the most sensitive copies in each custody. */

const controlGaps: BatchQuestion<HeldPeaks> = {
  settle: (stated, defaults) => ({ ...underPolicy(stated, defaults), ...(stated.gaps && { gaps: stated.gaps }) }),
  gather(common, { instant, gaps }) {
    const peaks = new GatheredPeaks(common, instant as number);
    const owners = new GatheredOwners();
    const filter = gaps && filterOf(common, gaps);
    return {
      add(part, { first }) {
        peaks.addPart(part, first);
        if (filter !== undefined) owners.addPart(part, instant as number, filter);
        return {};
      },
      end: () => ({ peaks: peaks.hold(), ...(filter && { owners: owners.hold() }) }),
    };
  },
  isShared: false,
  *answer(common, { instant, policy, gaps: wanted }, held) {
    const withoutIssuers = new Set(wanted && indexesOf(common, wanted.withoutIssuers));
    const question = { policy: policy as ControlPolicy, instant: instant as number, withoutIssuers };
    const levels = levelsOf(common, question.instant, held);
    let gaps: readonly ControlGap[] = listControlGaps(common, levels, question);
    if (wanted !== undefined) {
      const owners = new GatheredOwners();
      for (const one of held) for (const each of one.owners ?? []) owners.add(each);
      const all = Int32Array.from(gaps, ({ organization }) => organization);
      const kept = finish(filterControlGaps(common, all, levels, question, filterOf(common, wanted), (holder) => owners.of(holder)));
      gaps = Array.from(kept, (organization) => findControlGap(common, levels, question, organization));
    }
    for (const [i, row] of controlGapRows(common, gaps).rowsAt(0, gaps.length).entries()) yield { key: inOrder(i), row };
  },
};

const indexesOf = ({ organizations }: Projection, ids: readonly string[]) => ids.map((id) => organizations.id.find(id));

function filterOf(common: Projection, { minSensitivity, types, labs, controls, orderBy }: GapsFilter): ControlGapFilter {
  return {
    minSensitivity,
    types: types && new Set(types.map((type) => artifactTypes.indexOf(type))),
    labs: labs && new Set(indexesOf(common, labs)),
    controls: controls && new Set(controls),
    orderBy,
  };
}

/* Findings: a part answers those about its copies and transfers. Those about others need the peaks, and who was handed what. */

const ofParts: readonly FindingSubject[] = ['copy', 'transfer'];
const ofCommon: readonly FindingSubject[] = ['organization', 'artifact', 'engagement', 'control', 'pair'];

function* findingRows(question: FindingQuestion, subjects: readonly FindingSubject[]): Generator<KeyedRow> {
  const rules = new Map(rulesOf(question).map((rule) => [rule.kind, rule]));
  for (const { kind, indexes } of findSubjects(question, undefined, subjects)) {
    const place = String(findingKinds.indexOf(kind)).padStart(2, '0');
    for (const index of indexes) {
      const { id, message, facts } = new Found(question, rules.get(kind) as FindingRule, index);
      const row = {
        id,
        kind,
        message,
        facts: facts.map((fact) => factKey(question.projection, fact)),
        fact_kinds: facts.map((fact) => fact.kind),
      };
      // No text has a NUL, so a message comes before those that it begins.
      yield { key: `${place}${message}\0${id}`, row };
    }
  }
}

const findings: BatchQuestion<HeldFindings> = {
  settle: (stated, defaults) => ({ ...underPolicy(stated, defaults), legalForms: digestLegalForms() }),
  gather(common, { instant: asOf, policy: inForce }) {
    const [instant, policy] = [asOf as number, inForce as ControlPolicy];
    const peaks = new GatheredPeaks(common, instant);
    const handedOver = new GatheredHandedOver();
    return {
      add(part, { first }) {
        peaks.addPart(part, first);
        handedOver.addPart(part, first, instant);
        return { rows: findingRows({ projection: part, policy, instant, levels: new AccessLevels(part, instant) }, ofParts) };
      },
      end: () => ({ peaks: peaks.hold(), ...handedOver.hold() }),
    };
  },
  isShared: false,
  *answer(common, { instant: asOf, policy: inForce }, held) {
    const [instant, policy] = [asOf as number, inForce as ControlPolicy];
    const gathered = new GatheredHandedOver();
    for (const { plain, received } of held) {
      for (const one of plain) gathered.addPlain(one);
      const pairs = fromHeld(received);
      for (let i = 0; i < pairs.length; i += 2) gathered.addRecipient(pairs[i] as number, pairs[i + 1] as number);
    }
    yield* findingRows({ policy, instant, levels: levelsOf(common, instant, held), ...gathered.over(common) }, ofCommon);
  },
};

export const batchQuestions = {
  ranking,
  exposures,
  findings,
  'control-gaps': controlGaps,
  concentration,
  safeguards,
  'shared-holders': sharedHolders,
} as unknown as Readonly<Record<BatchQuestionName, BatchQuestion<unknown>>>;
