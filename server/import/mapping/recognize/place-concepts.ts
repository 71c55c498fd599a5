import { toPlainHeader } from '../../../domain/columns/plain-header.ts';
import type { ConceptName } from '../column-synonyms.ts';
import type { ConceptColumns } from './concept-columns.ts';
import type { ListEvidence } from './list-evidence.ts';
import type { ListShape } from './list-shapes.ts';

/** Gives columns the concepts that the shape of their list expects, first of all the column of its main party. */
export function placeConcepts(columns: ConceptColumns, shape: ListShape, evidence: ListEvidence): void {
  const main = mainConceptOf(shape, columns);
  if (!columns.has(main)) columns.move('NAME', main);
  placeOwnId(columns, evidence);
  const isNamed = ['VENDORS', 'PAIRS', 'ORGANIZATIONS'].includes(shape);
  if (isNamed && !columns.has('PROVIDER')) {
    const index = columns.findNameColumn();
    if (index !== undefined) columns.place('PROVIDER', index);
  }
  // A product beside its vendor is what the vendor provides.
  if ((shape === 'VENDORS' || shape === 'PAIRS') && !columns.has('SERVICE') && columns.has('PROVIDER')) columns.move('PRODUCT', 'SERVICE');
}

function mainConceptOf(shape: ListShape, columns: ConceptColumns): ConceptName {
  if (shape === 'ARTIFACTS') return 'ARTIFACT';
  return shape === 'TRANSFERS' && columns.has('RECIPIENT') ? 'ARTIFACT' : 'PROVIDER';
}

/** A plain "id" beside a row's own name and its provider is the id of the row, which is a contract or a product. */
function placeOwnId(columns: ConceptColumns, { header }: ListEvidence): void {
  const index = columns.of('VENDOR_ID');
  if (index === undefined || !columns.has('PROVIDER') || !columns.has('NAME') || columns.of('NAME') === columns.of('PROVIDER')) return;
  if (!/^(id|ref|ref id|reference|code)$/.test(toPlainHeader(header[index] as string))) return;
  if (columns.has('STARTS', 'ENDS') && !columns.has('ENGAGEMENT_ID')) columns.move('VENDOR_ID', 'ENGAGEMENT_ID');
  else columns.remove('VENDOR_ID');
}
