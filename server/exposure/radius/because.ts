import { copyForms, deletionStates } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { isRowEmpty, rowOf } from '../../projection/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, none } from '../../projection/projection.ts';
import { ByteSink } from '../byte-sink.ts';
import { type Piece, pieceOf } from '../piece.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { partsOf } from '../scenario/scenario-copy.ts';
import { formatDay, formatLastDay, formatShare, writeDay } from '../sentence-formats.ts';
import type { TextSink } from '../text-sink.ts';
import type { BlastRadius } from './blast-radius.ts';
import type { ReachedOrganization, WayIn } from './radius-types.ts';

/*
 * Explains a way in to an artifact in a few sentences that a person can check against the facts: who holds what, since when,
 * how it got there, what it reveals of the artifact, and why its tier is no stronger.
 */

type Explained = Pick<BlastRadius, 'projection' | 'scenario'>;

const explainers = new WeakMap<Explained, WayExplainer>();

/** @param way one of an artifact's ways in this radius, as `ExposedArtifact.ways` gives it */
export function explainWay(radius: Explained, way: WayIn): string {
  let explainer = explainers.get(radius);
  if (explainer === undefined) {
    explainer = new WayExplainer(radius.projection, radius.scenario);
    explainers.set(radius, explainer);
  }
  return explainer.explain(way);
}

/**
 * The facts of a copy that the sentences tell. Reading them waits for memory, so those of some ways are read before any is written: the
 * processor then waits for many at once.
 */
export interface Holding {
  readonly way: WayIn;
  readonly kind: number;
  readonly holder: number;
  readonly artifact: number;
  readonly portion: number;
  readonly rank: number;
  /** `none`: the artifact's owner holds it. The fields of the transfer then mean nothing. */
  readonly transfer: number;
  readonly sender: number;
  readonly sentAt: number;
  /** The bytes of its id in the column of ids: the first one, and the one after the last. */
  readonly idStart: number;
  readonly idEnd: number;
}

/** Explains many ways of one radius. Builds each sentence about a holder once. */
export class WayExplainer {
  readonly #projection: Projection;
  readonly #scenario: Scenario | undefined;
  readonly #originSentences = new Map<number, Piece>();
  readonly #reachSentences = new Map<number, Piece>();
  readonly #sink = new ByteSink(1024);

  constructor(projection: Projection, scenario: Scenario | undefined) {
    this.#projection = projection;
    this.#scenario = scenario;
  }

  explain(way: WayIn): string {
    this.write(this.read(way), this.#sink);
    return this.#sink.takeTextFrom(0);
  }

  /** Reads what `write` tells. */
  read(way: WayIn): Holding {
    const { copies, transfers } = this.#projection;
    const { copy } = way;
    const transfer = copies.transfer[copy] as number;
    const isSent = transfer !== none;
    return {
      way,
      kind: copies.kind[copy] as number,
      holder: copies.holder[copy] as number,
      artifact: copies.artifact[copy] as number,
      portion: copies.portion[copy] as number,
      rank: this.#rankOf(copy, isSent),
      transfer,
      sender: isSent ? (transfers.sender[transfer] as number) : none,
      sentAt: isSent ? (transfers.sentAt[transfer] as number) : NaN,
      idStart: isSent ? transfers.id.startOf(transfer) : 0,
      idEnd: isSent ? transfers.id.endOf(transfer) : 0,
    };
  }

  /** A scenario finds its ranks on the first request. */
  #rankOf(copy: number, isSent: boolean): number {
    if (this.#scenario === undefined) return this.#projection.copies.rank[copy] as number;
    return isSent ? this.#scenario.rankOf(copy) : none;
  }

  /** Tells what `read` read, piece by piece. */
  write(holding: Holding, out: TextSink): void {
    const { way } = holding;
    writeHolding(this.#projection, holding, out);
    writeReveals(this.#projection, way, out);
    this.#writeTier(way, out);
  }

  /** After a space. */
  #writeTier(way: WayIn, out: TextSink): void {
    const { tier, holder } = way;
    if (tier === 'EXPOSED') out.addPiece(this.#explainOrigin(holder));
    else if (tier === 'CONTAINED') out.add(` ${explainContainment(this.#projection, way, this.#scenario)}`);
    else if (holder.hops > 0)
      out.addPiece(getOrInsert(this.#reachSentences, holder.organization, () => pieceOf(` ${this.#explainReach(holder)}`)));
    else out.add(` ${explainDoubt(this.#projection, way, this.#nameOf(holder), this.#scenario)}, so exposure is possible.`);
  }

  #explainOrigin(holder: ReachedOrganization): Piece {
    let piece = this.#originSentences.get(holder.organization);
    if (piece === undefined) {
      piece = pieceOf(` ${this.#nameOf(holder)} is an origin and could read it during the core window, so it is exposed.`);
      this.#originSentences.set(holder.organization, piece);
    }
    return piece;
  }

  #explainReach(holder: ReachedOrganization): string {
    // The likeliest walk may be longer than the shortest one.
    const { length } = holder.path;
    const steps = length === 1 ? '1 step' : `${length} steps`;
    const name = this.#nameOf(holder);
    return `Compromise may spread to ${name} in ${steps}, with a likelihood of ${formatShare(holder.likelihood)}, and ${name} is not known to be compromised, so exposure is possible.`;
  }

  #nameOf({ organization }: ReachedOrganization): string {
    return this.#projection.organizations.name.get(organization);
  }
}

/** Those of most sentences. */
const pieces = {
  sent: pieceOf(' sent '),
  aCopyOf: pieceOf(' a copy of '),
  on: pieceOf(' on '),
  onUnknownDate: pieceOf(' on an unknown date'),
  transfer: pieceOf(' (transfer '),
  end: pieceOf(').'),
  whoReads: pieceOf(' Anyone who reads '),
  learns: pieceOf(' learns '),
} as const;

function writeHolding(projection: Projection, holding: Holding, out: TextSink): void {
  const { artifacts, organizations, transfers } = projection;
  const { holder, artifact, idStart, idEnd } = holding;
  switch (copyKinds[holding.kind]) {
    case 'OWNED':
      out.addFrom(organizations.name, holder);
      out.add(' owns ');
      out.addFrom(artifacts.name, artifact);
      out.add('.');
      break;
    case 'PRODUCED':
      out.addFrom(organizations.name, holder);
      out.add(' made ');
      out.addFrom(artifacts.name, artifact);
      out.add(': it sent');
      writePieceOf(projection, holding, out);
      out.add('it to its owner (transfer ');
      out.addRange(transfers.id, idStart, idEnd);
      out.add(').');
      break;
    case 'CUSTODY_GAP':
      out.addFrom(organizations.name, holder);
      out.add(' sent');
      writePieceOf(projection, holding, out);
      out.addFrom(artifacts.name, artifact);
      out.add(' to ');
      out.addFrom(organizations.name, transfers.recipient[holding.transfer] as number);
      out.add(' (transfer ');
      out.addRange(transfers.id, idStart, idEnd);
      out.add('), so ');
      out.addFrom(organizations.name, holder);
      out.add(' had it, but no transfer shows who sent it to ');
      out.addFrom(organizations.name, holder);
      out.add('.');
      break;
    default:
      out.addFrom(organizations.name, holding.sender);
      out.addPiece(pieces.sent);
      out.addFrom(organizations.name, holder);
      writePieceOf(projection, holding, out);
      out.addFrom(artifacts.name, artifact);
      writeDayOf(holding.sentAt, out);
      out.addPiece(pieces.transfer);
      out.addRange(transfers.id, idStart, idEnd);
      writeChain(holding.rank, out);
  }
}

function writeDayOf(sentAt: number, out: TextSink): void {
  if (Number.isNaN(sentAt)) out.addPiece(pieces.onUnknownDate);
  else {
    out.addPiece(pieces.on);
    writeDay(sentAt, out);
  }
}

function writeChain(rank: number, out: TextSink): void {
  if (rank === none) out.add(', with no chain of transfers back to the owner).');
  else if (rank > 1) {
    chains[rank] ??= pieceOf(`, ${rank} transfers from the owner).`);
    out.addPiece(chains[rank]);
  } else out.addPiece(pieces.end);
}

/** By rank. */
const chains: Piece[] = [];

/** ` a copy of `, ` 40% of `, ` pieces 1, 2 (of 4) of `. */
function writePieceOf({ artifacts, fragmentNames, transfers }: Projection, { artifact, portion, transfer }: Holding, out: TextSink): void {
  const count = artifacts.fragmentCount[artifact] as number;
  if (count > 0 && !isRowEmpty(transfers.fragments, transfer)) {
    // A name that stands twice is one piece.
    const names = [...new Set(rowOf(transfers.fragments, transfer))].map((name) => fragmentNames.get(name));
    const shown = names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ');
    out.add(names.length === 1 ? ' piece ' : ' pieces ');
    out.add(shown);
    out.add(` (of ${count}) of `);
    return;
  }
  if (portion === 1) out.addPiece(pieces.aCopyOf);
  else {
    out.add(' ');
    out.add(formatShare(portion));
    out.add(' of ');
  }
}

/** One sentence for each reveals fact, each after a space. */
function writeReveals({ artifacts, reveals }: Projection, { reveals: path }: WayIn, out: TextSink): void {
  for (const r of path) {
    const basis = reveals.basis.get(r);
    out.addPiece(pieces.whoReads);
    out.addFrom(artifacts.name, reveals.artifact[r] as number);
    out.addPiece(pieces.learns);
    out.add(formatShare(reveals.degree[r] as number));
    out.add(' of ');
    out.addFrom(artifacts.name, reveals.reveals[r] as number);
    if (basis !== null) {
      out.add(' (');
      out.add(basis);
      out.add(')');
    }
    out.add('.');
  }
}

function explainContainment({ copies, transfers }: Projection, { copy, isEncrypted }: WayIn, scenario: Scenario | undefined): string {
  if (isEncrypted && scenario !== undefined) {
    return `From ${formatDay(scenario.encryptedFrom(copy))} on, only its owner holds the key, so it is contained.`;
  }
  const transfer = copies.transfer[copy] as number;
  const form = transfer === none ? undefined : copyForms[transfers.form[transfer] as number];
  return form === 'VIEW_ONLY'
    ? 'It can only be viewed there, so it is contained.'
    : 'It is encrypted, and only its owner holds the key, so it is contained.';
}

/** Why a readable copy at an origin is not EXPOSED. */
function explainDoubt(projection: Projection, { copy, reason }: WayIn, holder: string, scenario: Scenario | undefined): string {
  const { copies, transfers } = projection;
  const transfer = copies.transfer[copy] as number;
  switch (reason) {
    case 'ENDED_BEFORE_CORE':
    case 'NEVER_DEFINITE':
      return explainEnd(projection, copy, reason === 'ENDED_BEFORE_CORE', holder, scenario);
    case 'BEGAN_AFTER_CORE':
      return Number.isNaN(transfers.sentAt[transfer] as number)
        ? 'The date it was sent is unknown, and it was first recorded after the core window'
        : 'It was sent after the core window but within the widest window';
    case 'LOW_CONFIDENCE':
      return `The transfer is recorded with a confidence of only ${formatShare(copies.confidence[copy] as number)}`;
    case 'OUT_OF_SCOPE':
      return `It is outside the reported scope of the compromise at ${holder}`;
    case 'NONE':
    case 'REACHED_BY_SPREAD':
    case 'UNREADABLE':
      throw new Error(`copy ${copy} at an origin is POSSIBLE for the reason ${reason}`);
  }
}

/** For a copy that ends before the core window, or within it but before the copy is first certain. */
function explainEnd(projection: Projection, copy: number, isBeforeCore: boolean, holder: string, scenario: Scenario | undefined): string {
  const { copies, transfers } = projection;
  const transfer = copies.transfer[copy] as number;
  const until = partsOf(projection, scenario, copy)[0]?.definiteUntil as number;
  const when = isBeforeCore ? 'before the core window but within the widest window' : 'and the date it was sent is unknown';
  if (until < (copies.definiteUntil[copy] as number)) {
    return `It is ${until === scenario?.recalledAt(copy) ? 'recalled and deleted' : 'encrypted'} on ${formatDay(until)}, ${when}`;
  }
  const day = formatLastDay(transfers.deletedAt[transfer] as number);
  return deletionStates[transfers.deletionState[transfer] as number] === 'ATTESTED'
    ? `${holder} attests that it deleted this copy on ${day}, but there is no evidence`
    : `It was deleted on ${day}, ${when}`;
}
