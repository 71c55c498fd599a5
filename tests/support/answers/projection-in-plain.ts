import { compareCodePoints } from '../../../server/domain/compare.ts';
import { CodeColumn } from '../../../server/projection/columns/code-column.ts';
import { ListColumn } from '../../../server/projection/columns/list-column.ts';
import { FragmentPages } from '../../../server/projection/columns/pages.ts';
import { TextColumn } from '../../../server/projection/columns/text-column.ts';
import { copyId } from '../../../server/projection/custody.ts';
import { none, type Projection, type Rows } from '../../../server/projection/projection.ts';
import { listAll } from '../../../server/projection/sort-by-id.ts';

/**
 * The content of a projection as plain values, without the revision: transfers and copies by their ids, with ids in place of numbers and texts
 * in place of their codes. Projections of equal facts give equal values, however their parts are cut and numbered.
 */
export function projectionInPlain(projection: Projection): unknown {
  const { organizations, artifacts, transfers, copies, revision: _, memory: __, ...others } = projection;
  const { copies: held, sent, received, ...organizationColumns } = organizations;
  const { transfers: handed, copies: copiesOf, ...artifactColumns } = artifacts;
  const transferId = (t: number) => (t === none ? null : transfers.id.get(t));
  const idOfCopy = (copy: number) => copyId(projection, copy);
  const rows = (from: Rows, count: number, idOf: (number: number) => string | null) =>
    Array.from({ length: count }, (_, row) => ({ isEmpty: from.isEmpty(row), ids: Array.from(from.of(row), idOf).sort() }));
  const { id, copy, count, end: ___, ranges: ____, ...transferColumns } = transfers;
  const { transfer, chainPrevious, count: copyCount, end, ranges, ...copyColumns } = copies;
  return {
    organizations: {
      ...(toPlain(organizationColumns) as object),
      copies: rows(held, organizations.count, idOfCopy),
      sent: rows(sent, organizations.count, transferId),
      received: rows(received, organizations.count, transferId),
    },
    artifacts: {
      ...(toPlain(artifactColumns) as object),
      transfers: rows(handed, artifacts.count, transferId),
      copies: rows(copiesOf, artifacts.count, idOfCopy),
    },
    transfers: {
      count,
      of: Array.from(listAll(transfers))
        .sort((a, b) => compareCodePoints(id.get(a), id.get(b)))
        .map((t) => ({
          id: id.get(t),
          isFound: id.find(id.get(t)) === t,
          copy: idOfCopy(copy.at(t)),
          ...(readAt(transferColumns, t) as object),
        })),
    },
    copies: {
      count: copyCount,
      of: inOrder(listAll(copies), idOfCopy).map(([ofCopy, c]) => ({
        id: ofCopy,
        transfer: transferId(transfer.at(c)),
        chainPrevious: transferId(chainPrevious.at(c)),
        ...(readAt(copyColumns, c) as object),
      })),
    },
    ...(toPlain(others) as object),
  };
}

function inOrder(numbers: Int32Array, idOf: (number: number) => string | null): [id: string | null, number: number][] {
  return Array.from(numbers, (number): [string | null, number] => [idOf(number), number]).sort(([a], [b]) =>
    compareCodePoints(a as string, b as string),
  );
}

/** `projectionInPlain` as one text, without the order of names. */
export function projectionInText(projection: Projection): string {
  return JSON.stringify(projectionInPlain(projection), (_, value) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return `${value}`;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

/** The values of a transfer or copy in columns over parts. */
function readAt(columns: unknown, number: number): unknown {
  if (typeof columns !== 'object' || columns === null) return columns;
  if (columns instanceof FragmentPages) return columns.namesOf(number);
  if ('at' in columns) return (columns as { at(number: number): number }).at(number);
  if ('get' in columns) return (columns as { get(number: number): string | null }).get(number);
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, readAt(column, number)]));
}

function toPlain(value: unknown): unknown {
  if (value instanceof TextColumn || value instanceof CodeColumn || value instanceof ListColumn) {
    const length = value instanceof CodeColumn ? value.codes.length : value.length;
    return Array.from({ length }, (_, i) => value.get(i));
  }
  if (ArrayBuffer.isView(value)) return [...(value as Float64Array)];
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toPlain(part)]));
}
