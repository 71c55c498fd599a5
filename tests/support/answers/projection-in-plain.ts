import { CodeColumn } from '../../../server/projection/columns/code-column.ts';
import { ListColumn } from '../../../server/projection/columns/list-column.ts';
import { TextColumn } from '../../../server/projection/columns/text-column.ts';
import { type Csr, rowOf } from '../../../server/projection/csr.ts';
import type { Projection } from '../../../server/projection/projection.ts';

/**
 * The content of a projection as lists of plain values, without the revision: the live records in order, indexes as positions among them,
 * texts in place of their numbers. Projections of equal facts give equal lists, whatever slots are vacant.
 */
export function projectionInPlain(projection: Projection): unknown {
  const { organizations, artifacts, transfers, copies, fragmentNames, revision: _, permit: __, ...others } = projection;
  const ofTransfers = new Live(transfers.isLive);
  const ofCopies = new Live(copies.isLive);
  const { copies: held, sent, received, ...organizationColumns } = organizations;
  const { transfers: handed, copies: copiesOf, ...artifactColumns } = artifacts;
  const { slots, isLive, fragments, copy, ...transferColumns } = transfers;
  const { slots: copySlots, isLive: isLiveCopy, order: ___, transfer, chainPrevious, ...copyColumns } = copies;
  return {
    lengths: [slots === isLive.length, copySlots === isLiveCopy.length, ofTransfers.slots.length, ofCopies.slots.length],
    organizations: {
      ...(toPlain(organizationColumns) as object),
      copies: ofCopies.rows(held),
      sent: ofTransfers.rows(sent),
      received: ofTransfers.rows(received),
    },
    artifacts: { ...(toPlain(artifactColumns) as object), transfers: ofTransfers.rows(handed), copies: ofCopies.rows(copiesOf) },
    transfers: {
      ...(toPlain(transferColumns, ofTransfers) as object),
      copy: ofTransfers.slots.map((t) => ofCopies.place(copy[t] as number)),
      fragments: ofTransfers.slots.map((t) => Array.from(rowOf(fragments, t), (name) => fragmentNames.get(name))),
    },
    copies: {
      ...(toPlain(copyColumns, ofCopies) as object),
      transfer: ofCopies.slots.map((c) => ofTransfers.place(transfer[c] as number)),
      chainPrevious: ofCopies.slots.map((c) => ofTransfers.place(chainPrevious[c] as number)),
    },
    ...(toPlain(others) as object),
  };
}

/** `projectionInPlain` as one text, without the order of names. */
export function projectionInText(projection: Projection): string {
  return JSON.stringify(projectionInPlain(projection), (_, value) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return `${value}`;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

/** The live slots of a kind. */
class Live {
  readonly slots: readonly number[];
  readonly #places = new Map([[-1, -1]]);

  constructor(isLive: Uint8Array) {
    this.slots = [...isLive.keys()].filter((slot) => isLive[slot] === 1);
    for (const [place, slot] of this.slots.entries()) this.#places.set(slot, place);
  }

  /** The position among live ones, -1 for none, or a word for a slot that is not live. */
  place(slot: number): number | string {
    return this.#places.get(slot) ?? `vacant ${slot}`;
  }

  rows(csr: Csr): unknown {
    return Array.from({ length: csr.offsets.length - 1 }, (_, row) => Array.from(rowOf(csr, row), (slot) => this.place(slot)));
  }
}

function toPlain(value: unknown, live?: Live): unknown {
  if (value instanceof TextColumn || value instanceof CodeColumn || value instanceof ListColumn) {
    const length = value instanceof CodeColumn ? value.codes.length : value.length;
    return (live?.slots ?? Array.from({ length }, (_, i) => i)).map((i) => value.get(i));
  }
  if (ArrayBuffer.isView(value)) {
    const numbers = value as Float64Array;
    return live === undefined ? [...numbers] : live.slots.map((slot) => numbers[slot]);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toPlain(part, live)]));
}
