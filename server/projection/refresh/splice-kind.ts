import type { FactKind } from '../../domain/facts.ts';
import { CodeColumn } from '../columns/code-column.ts';
import { ListColumn } from '../columns/list-column.ts';
import type { NumberColumn } from '../columns/shared-memory.ts';
import { TextColumn } from '../columns/text-column.ts';
import type { ProvenanceColumns } from '../part.ts';
import type { Moves } from './moves.ts';
import { type Splice, spliceCodes, spliceLists, spliceNumbers, spliceTexts } from './splice.ts';

type Columns = Record<string, NumberColumn | TextColumn | CodeColumn | ListColumn>;

interface KindColumns {
  readonly kind: FactKind;
  readonly count: number;
  readonly provenance: ProvenanceColumns;
}

/**
 * Splices the columns of one kind of fact that are in `patch`. Leaves out the rows that a projection adds, such as each
 * organization's transfers. If no fact of the kind changed, its provenance is the same object as before.
 *
 * @param moved for columns of indexes: where the facts that they name are now; undefined: no index changed
 */
export function spliceKind<C extends KindColumns>(
  former: KindColumns,
  patch: C,
  splice: Splice,
  moved: { readonly [F in keyof C]?: Moves | undefined },
): C {
  const { kind, count: _, provenance, ...columns } = patch;
  const spliced = spliceColumns(former as unknown as Columns, columns as unknown as Columns, splice, moved as Moved);
  const isSame = splice.moved === undefined && splice.placed.length === 0;
  const splicedProvenance = isSame
    ? former.provenance
    : spliceColumns(former.provenance as unknown as Columns, provenance as unknown as Columns, splice, {});
  return { ...spliced, kind, count: splice.count, provenance: splicedProvenance } as unknown as C;
}

type Moved = Readonly<Record<string, Moves | undefined>>;

function spliceColumns(former: Columns, patch: Columns, splice: Splice, moved: Moved): Columns {
  const spliced: Columns = {};
  for (const [name, column] of Object.entries(patch)) {
    const was = former[name];
    if (column instanceof TextColumn) spliced[name] = spliceTexts(was as TextColumn, column, splice);
    else if (column instanceof CodeColumn) spliced[name] = spliceCodes(was as CodeColumn, column, splice);
    else if (column instanceof ListColumn) spliced[name] = spliceLists(was as ListColumn, column, splice);
    else spliced[name] = spliceNumbers(was as NumberColumn, column, splice, moved[name]);
  }
  return spliced;
}
