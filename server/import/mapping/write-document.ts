import type { Matching } from '../matching/matching-types.ts';
import type { MappingDocument } from './decisions/mapping-document.ts';
import type { MappedFile } from './mapped-file.ts';
import type { FileMapping } from './mapping-types.ts';
import { findColumnIndex } from './table/column-names.ts';

/** The decisions about an import as one document: those that people made, and the mapping that follows from them. */
export function writeDocument(files: readonly MappedFile[], matching: Matching, decisions: MappingDocument): MappingDocument {
  // "New" says that the name is none of the candidates that were shown.
  const refused = matching.matches.flatMap(({ id, decision, candidates }) =>
    decision === 'NEW' ? candidates.map((candidate): [string, string] => [id, candidate.id]) : [],
  );
  const pairs = new Map([...(decisions.apart ?? []), ...refused].map((pair) => [pair.join('\n'), pair]));
  const apart = [...pairs.values()];
  return {
    version: 1,
    files: files.map(({ name, source, table, mapping, decisions: own }) => ({
      name,
      header: [...table.header],
      kinds: [...mapping.kinds],
      // A form that the program found itself is found again: the next edition may have another one.
      ...(own.headerLine === undefined ? {} : { headerLine: table.headerLine }),
      ...source.named,
      ...(mapping.client === null ? {} : { client: { ...mapping.client, ...(own.client?.isToBeCreated ? { isToBeCreated: true } : {}) } }),
      ...(own.clientRole === undefined ? {} : { clientRole: own.clientRole }),
      columns: mapping.columns.map(({ column, use, kind, field, control, dateOrder }) => ({
        column,
        use,
        kind,
        field,
        control,
        dateOrder,
      })),
      ...(mapping.dateOrder === null ? {} : { dateOrder: mapping.dateOrder }),
      ...(own.asOf === undefined ? {} : { asOf: own.asOf }),
      ...(mapping.namesAbove === null ? {} : { namesAbove: mapping.namesAbove }),
      ...(own.contractsApart === undefined ? {} : { contractsApart: own.contractsApart }),
      ...(mapping.newArtifacts === null ? {} : { newArtifacts: mapping.newArtifacts }),
      ...(mapping.remarks === null ? {} : { remarks: mapping.remarks }),
      createMissing: mapping.createMissingOrganizations,
      defaultRole: mapping.defaultRole,
      ...(own.values === undefined ? {} : { values: own.values.map((value) => ({ ...value, column: nameOf(mapping, value.column) })) }),
      ...(own.cells === undefined ? {} : { cells: own.cells }),
    })),
    parties: matching.matches
      .filter(({ decision }) => decision !== 'UNDECIDED')
      .map(({ id, decision, target }) => ({ party: id, decision, target })),
    ...(apart.length === 0 ? {} : { apart }),
    ...(decisions.sheets === undefined ? {} : { sheets: decisions.sheets }),
    ...(decisions.mergeExact === undefined ? {} : { mergeExact: decisions.mergeExact }),
  };
}

function nameOf({ columns }: FileMapping, wanted: string): string {
  const names = columns.map(({ column }) => column);
  return names[findColumnIndex(names, wanted)] ?? wanted;
}
