import { toRegisterHeader } from '../../../domain/columns/dora-codes.ts';
import { doraTemplates } from '../../../domain/columns/dora-templates.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { FileFault } from '../../rows/rejection.ts';
import type { ImportQuestion } from '../mapping-types.ts';
import type { MeasuredTable } from '../measure-table.ts';
import { isEngagedStatus, isVendorStatus } from '../rows/list-rules.ts';
import { doraTemplateOf } from '../table/column-names.ts';
import { isOfRefused } from '../table/find-table.ts';
import type { ColumnProfile } from '../table/profile-columns.ts';
import { noRows } from './choose-shape.ts';
import type { ListEvidence } from './list-shapes.ts';
import { kindsOfShape } from './list-shapes.ts';
import type { RecognizedList } from './recognize-list.ts';
import { recognizeList } from './recognize-list.ts';

const recipientName = toRegisterHeader(doraTemplates['b_05.02'].c0060);
const wayOut = 'If it is an inventory, say what it lists, and which column is which.';

/**
 * Recognizes the list in a file. If the list is unsure, its kind is a question (`askKind`). Throws FileFault UNKNOWN_KIND.
 *
 * @param kinds as a person chose them
 * @param isOnlyFile whether the import has no other table
 */
export function recognizeFile(
  name: string,
  measured: MeasuredTable,
  kinds: readonly FactKind[] | undefined,
  isOnlyFile: boolean,
): RecognizedList {
  const { table } = measured;
  if (kinds === undefined) {
    refuseDirectOnly(name, measured);
  }
  const doubt = kinds === undefined ? findRefusedTitle(name, measured) : undefined;
  if (doubt !== undefined && !doubt.isContradicted) throw new FileFault('UNKNOWN_KIND', table.headerLine || 1, `${doubt.why} ${wayOut}`);
  const evidence = evidenceOf(name, measured, kinds, isOnlyFile);
  const found = recognizeList(evidence);
  // A table of names and ids, imported with other tables, describes the organizations that the other tables refer to.
  const isDescription = typeof found !== 'string' && found.isUnsure && !isOnlyFile && hasOrganizationIds(found);
  const list = isDescription ? recognizeList({ ...evidence, kinds: ['ORGANIZATION'] }) : found;
  if (typeof list === 'string') throw new FileFault('UNKNOWN_KIND', table.headerLine || 1, list === noRows ? list : `${list} ${wayOut}`);
  if (list.isUnsure && !isOnlyFile && table.headerLine === 0)
    throw new FileFault('UNKNOWN_KIND', 1, `The table has no header that is known. ${wayOut}`);
  return doubt === undefined ? list : { ...list, isUnsure: true, doubt: doubt.why };
}

/** A register of no subcontractors: its supply chains have only the direct providers, which b_02.02 lists. */
function refuseDirectOnly(name: string, { table, header, profiles }: MeasuredTable): void {
  if (doraTemplateOf(name) !== 'b_05.02') return;
  const recipient = header.findIndex((text) => toRegisterHeader(text) === recipientName);
  if (recipient >= 0 && profiles[recipient]?.filled === 0)
    throw new FileFault(
      'UNKNOWN_KIND',
      table.headerLine || 1,
      'No row of b_05.02 names the recipient of a sub-contracted service: it lists direct providers, and who engages these stands in b_02.02.',
    );
}

/** The title, sheet or file of a list that says that nobody engages its vendors, such as "Rejected vendors", and whether a status says otherwise. */
function findRefusedTitle(name: string, { table, header, profiles }: MeasuredTable): RefusedTitle | undefined {
  const ownName = name.slice(name.indexOf('#') + 1).replace(/\.[a-z]{2,5}$/i, '');
  const says = [...table.preamble, ownName.replace(/[-_]+/g, ' ')].find(isOfRefused);
  if (says === undefined) return undefined;
  const statuses = header.flatMap((text, index) => (isVendorStatus(text) ? [...(profiles[index] as ColumnProfile).distinct.keys()] : []));
  const engaged = statuses.find(isEngagedStatus);
  const isContradicted = engaged !== undefined;
  const why = isContradicted
    ? `Its title says "${says}", and a status of its rows says "${engaged}".`
    : `Its title says "${says}", so nobody engages these vendors.`;
  return { why, isContradicted };
}

interface RefusedTitle {
  readonly why: string;
  readonly isContradicted: boolean;
}

/**
 * The kinds that the columns a person chose need, if the list as recognized does not have them already. A vendor list stays one after a
 * person chose its column of websites.
 */
export function kindsBeyond(
  name: string,
  measured: MeasuredTable,
  kinds: readonly FactKind[] | undefined,
  isOnlyFile: boolean,
): readonly FactKind[] | undefined {
  if (kinds === undefined) return undefined;
  const found = recognizeList(evidenceOf(name, measured, undefined, isOnlyFile));
  if (typeof found === 'string' || found.isUnsure) return kinds;
  const own = kindsOfShape[found.shape];
  // The things that the vendors of a list get are artifacts beside their engagements, and a transfer may describe its artifact.
  const isBeside = (kind: FactKind) =>
    (kind === 'TRANSFER' && own.includes('ENGAGEMENT')) || (kind === 'ARTIFACT' && own.includes('TRANSFER'));
  return kinds.every((kind) => own.includes(kind) || isBeside(kind)) ? undefined : kinds;
}

function evidenceOf(
  name: string,
  { table, ownPreamble, header, columns, profiles }: MeasuredTable,
  kinds: readonly FactKind[] | undefined,
  isOnlyFile: boolean,
): ListEvidence {
  // The name of a workbook says nothing about one of its sheets.
  const shownName = isOnlyFile ? name : name.slice(name.indexOf('#') + 1);
  // Beside other tables, the title of their page says nothing about one of them.
  const title = [shownName.replaceAll('.', ' '), ...(isOnlyFile ? table.preamble : ownPreamble)].join(' ');
  return { names: columns, header, profiles, title, kinds };
}

export function hasOrganizationIds({ columns }: Pick<RecognizedList, 'columns'>): boolean {
  return columns.some(({ kind, field }) => kind === 'ORGANIZATION' && field === 'id');
}

/** The fault of a file as long as nobody answers the question about its kind. */
export function refuseUnsure({ table, columns }: MeasuredTable, doubt: string | undefined): FileFault {
  const shown = columns.slice(0, 8).join(', ');
  return new FileFault(
    'UNKNOWN_KIND',
    table.headerLine || 1,
    doubt === undefined
      ? `Neither the file's name nor its columns (${shown}) tell whether it lists mere organizations or vendors that somebody engages. Say which, or name a canonical file organizations.csv.`
      : `${doubt} Say whether somebody engages them.`,
  );
}

export function askKind(file: string, doubt: string | undefined): ImportQuestion {
  return {
    id: `KIND:${file}`,
    kind: 'KIND',
    file,
    index: null,
    message: `${doubt === undefined ? '' : `${doubt} `}What does ${file} list: organizations, or the vendors of one client?`,
    choices: ['engagements', 'organizations'],
    proposed: 'engagements',
    flag: '--as engagements',
  };
}
