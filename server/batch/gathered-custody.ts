import { compareCodePoints } from '../domain/compare.ts';
import { getOrInsert } from '../domain/get-or-insert.ts';
import { AccessLevels, findPeaks, Peaks } from '../exposure/controls/access-levels.ts';
import { type ControlGapFilter, type FittingOwners, findFittingOwners } from '../exposure/controls/control-gap.ts';
import type { HandedOver, PlainCopies } from '../exposure/findings/finding.ts';
import { listPlainCopies } from '../exposure/findings/organization-findings.ts';
import { listAll } from '../projection/columns/order-rows.ts';
import type { NumberColumn } from '../projection/columns/shared-memory.ts';
import { TextColumn } from '../projection/columns/text-column.ts';
import { none, type Projection } from '../projection/projection.ts';

/*
 * The copies and transfers that control gaps and findings about organizations need, gathered from the parts of a pack in any order.
 */

/** Holder, artifact, whether it is the owner's, and the id of the copy. */
type HeldCopy = readonly [holder: number, artifact: number, isOwned: boolean, id: string];

/** The organizations that hold a copy. Complexity: O(copies), because a part has few of all organizations. */
function holdersIn({ copies }: Projection): ReadonlySet<number> {
  const holders = new Set<number>();
  for (const copy of listAll(copies)) holders.add(copies.holder.at(copy));
  return holders;
}

/** Collects the peaks of custodies from any parts, in any order. */
export class GatheredPeaks {
  readonly #instant: number;
  readonly #common: Projection;
  readonly #peaks = new Map<number, Peaks>();

  constructor(common: Projection, instant: number) {
    this.#common = common;
    this.#instant = instant;
  }

  addPart(part: Projection, first: number): void {
    for (const holder of holdersIn(part)) {
      const { first: one, other } = findPeaks(part, holder, this.#instant);
      for (const copy of [one, other]) if (copy !== undefined) this.add([holder, first + copy.artifact, copy.isOwned, copy.id]);
    }
  }

  add([holder, artifact, isOwned, id]: HeldCopy): void {
    const { owner, sensitivity } = this.#common.artifacts;
    const copy = { sensitivity: sensitivity[artifact] as number, artifact, owner: owner[artifact] as number, holder, isOwned, id };
    getOrInsert(this.#peaks, holder, () => new Peaks()).offer(copy);
  }

  of(holder: number): Peaks {
    return this.#peaks.get(holder) ?? new Peaks();
  }

  hold(): HeldCopy[] {
    return [...this.#peaks].flatMap(([holder, { first, other }]) =>
      [first, other].flatMap((copy): HeldCopy[] => (copy === undefined ? [] : [[holder, copy.artifact, copy.isOwned, copy.id]])),
    );
  }
}

export function levelsOf(common: Projection, instant: number, held: readonly { readonly peaks: readonly HeldCopy[] }[]): AccessLevels {
  const gathered = new GatheredPeaks(common, instant);
  for (const { peaks } of held) for (const copy of peaks) gathered.add(copy);
  return new AccessLevels(common, instant, (holder) => gathered.of(holder));
}

export interface HeldPeaks {
  readonly peaks: readonly HeldCopy[];
  /** Where gaps are filtered by access. */
  readonly owners?: readonly HeldOwners[];
}

type HeldOwners = readonly [holder: number, first: number, other: number];

const noOwners: FittingOwners = { first: none, other: none };

/** Collects the owners of fitting copies in each custody from any parts, in any order. */
export class GatheredOwners {
  readonly #owners = new Map<number, FittingOwners>();

  addPart(part: Projection, instant: number, filter: ControlGapFilter): void {
    for (const holder of holdersIn(part)) {
      const { first, other } = findFittingOwners(part, instant, filter, holder);
      this.add([holder, first, other]);
    }
  }

  add([holder, ...owners]: HeldOwners): void {
    for (const owner of owners) {
      const { first, other } = this.of(holder);
      if (owner === none || owner === first) continue;
      if (first === none) this.#owners.set(holder, { first: owner, other });
      else if (other === none) this.#owners.set(holder, { first, other: owner });
    }
  }

  of(holder: number): FittingOwners {
    return this.#owners.get(holder) ?? noOwners;
  }

  hold(): HeldOwners[] {
    return Array.from(this.#owners, ([holder, { first, other }]) => [holder, first, other]);
  }
}

/** Holder, transfer, artifact and count of `PlainCopies`. */
type HeldPlain = readonly [holder: number, transfer: string, artifact: number, count: number];

export interface HeldFindings extends HeldPeaks {
  readonly plain: readonly HeldPlain[];
  /** Pairs of a lab and an organization that received any of its artifacts. */
  readonly received: HeldColumn;
}

/** Collects what findings about organizations need, from any parts, in any order. */
export class GatheredHandedOver {
  readonly #plain = new Map<number, HeldPlain>();
  readonly #recipients = new Map<number, Set<number>>();

  addPart(part: Projection, first: number, instant: number): void {
    const { artifacts, transfers } = part;
    for (const [holder, { transfer, artifact, count }] of listPlainCopies(part, instant))
      this.addPlain([holder, transfers.id.get(transfer), first + artifact, count]);
    for (const t of listAll(transfers)) this.addRecipient(artifacts.owner[transfers.artifact.at(t)] as number, transfers.recipient.at(t));
  }

  addPlain([holder, transfer, artifact, count]: HeldPlain): void {
    const before = this.#plain.get(holder);
    if (before === undefined) this.#plain.set(holder, [holder, transfer, artifact, count]);
    else if (compareCodePoints(before[1], transfer) < 0) this.#plain.set(holder, [holder, before[1], before[2], before[3] + count]);
    else this.#plain.set(holder, [holder, transfer, artifact, before[3] + count]);
  }

  addRecipient(lab: number, recipient: number): void {
    getOrInsert(this.#recipients, lab, () => new Set<number>()).add(recipient);
  }

  hold(): Omit<HeldFindings, 'peaks'> {
    const pairs = [...this.#recipients].flatMap(([lab, recipients]) => [...recipients].flatMap((recipient) => [lab, recipient]));
    return { plain: [...this.#plain.values()], received: toHeld(Int32Array.from(pairs)) };
  }

  /** The common projection with the transfers that findings name, and what was handed over. */
  over(common: Projection): { readonly projection: Projection; readonly handedOver: HandedOver } {
    const plain = new Map<number, PlainCopies>();
    const ids: string[] = [];
    for (const [holder, transfer, artifact, count] of this.#plain.values())
      plain.set(holder, { transfer: ids.push(transfer) - 1, artifact, count });
    return {
      projection: { ...common, transfers: { ...common.transfers, id: TextColumn.from(ids) } },
      handedOver: { plainAt: (holder) => plain.get(holder), recipientsOf: (lab) => this.#recipients.get(lab) ?? new Set() },
    };
  }
}

/** A typed array in a line of JSON. Most figures of copies take few values, and then each takes one byte. */
export interface HeldColumn {
  readonly type: 'f8' | 'i4' | 'u4' | 'u1';
  /** The bytes in base64: those of the column, or one for each number, an index into `values`. */
  readonly bytes: string;
  readonly values?: readonly number[];
}

const arrays = { f8: Float64Array, i4: Int32Array, u4: Uint32Array, u1: Uint8Array };
const mostValues = 256;

/** @param column finite numbers */
export function toHeld(column: NumberColumn): HeldColumn {
  const type = column instanceof Float64Array ? 'f8' : column instanceof Int32Array ? 'i4' : column instanceof Uint32Array ? 'u4' : 'u1';
  if (type === 'f8') {
    const codes = new Map<number, number>();
    const bytes = new Uint8Array(column.length);
    for (let i = 0; i < column.length && codes.size <= mostValues; i++) {
      const value = column[i] as number;
      let code = codes.get(value);
      if (code === undefined) {
        code = codes.size;
        codes.set(value, code);
      }
      bytes[i] = code;
    }
    if (codes.size <= mostValues) return { type, bytes: toBase64(bytes), values: [...codes.keys()] };
  }
  return { type, bytes: toBase64(column) };
}

export function fromHeld({ type, bytes, values }: HeldColumn): NumberColumn {
  const memory = Uint8Array.from(Buffer.from(bytes, 'base64'));
  return values === undefined ? new arrays[type](memory.buffer) : Float64Array.from(memory, (code) => values[code] as number);
}

function toBase64({ buffer, byteOffset, byteLength }: NumberColumn): string {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString('base64');
}
