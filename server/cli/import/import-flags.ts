import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { ExposureError } from '../../domain/errors.ts';
import type { OrganizationRole } from '../../domain/facts.ts';
import { organizationRoles } from '../../domain/facts.ts';
import { formatInstant } from '../../domain/instants.ts';
import { parseColumnFlag } from '../../import/mapping/decisions/decide-columns.ts';
import type { FileDecisions, MappingDocument } from '../../import/mapping/decisions/mapping-document.ts';
import { everyFile, noDecisions, parseMappingDocument, withFileDecisions } from '../../import/mapping/decisions/mapping-document.ts';
import type { ReadImport } from '../../import/read-import.ts';

/** The flags that decide how a list is read. */
export interface MappingFlags {
  readonly mapping?: string;
  readonly map?: readonly string[];
  readonly client?: string;
  readonly clientRole?: OrganizationRole;
  readonly defaultRole?: OrganizationRole;
  readonly createMissing?: boolean;
  readonly dateOrder?: 'day-first' | 'month-first';
  readonly unnamedRows?: 'above' | 'left-out';
  readonly encoding?: string;
  readonly headerLine?: number;
  readonly mergeExact?: boolean;
  readonly sheet?: readonly string[];
  /** Epoch ms. It dates lists too. */
  readonly assertedAt?: number;
}

export function withMappingFlags(command: Command): Command {
  return command
    .option('--client <organization>', 'the client of the vendors in the list: an id or a name; --create-missing creates a new one')
    .addOption(new Option('--client-role <role>', 'role of a newly created client (default: LAB)').choices(organizationRoles))
    .option('--create-missing', 'create organizations that rows mention but no file describes')
    .addOption(new Option('--default-role <role>', 'role of newly created organizations (default: VENDOR)').choices(organizationRoles))
    .addOption(new Option('--date-order <order>', 'how to read dates such as 03/04/2025').choices(['day-first', 'month-first']))
    .addOption(
      new Option('--unnamed-rows <choice>', 'rows without a name belong to the name above, or are left out').choices(['above', 'left-out']),
    )
    .option('--map <column=field>', 'the meaning of a column: a field, attribute, ignore or control:NAME; may be repeated', collect, [])
    .option('--mapping <file>', 'a JSON file with every decision, as written by --save-mapping')
    .option('--sheet <name>', 'read this sheet of a workbook; may be repeated (default: every sheet that is an inventory)', collect, [])
    .option('--merge-exact', 'merge names that differ only in spelling into one organization')
    .option('--encoding <encoding>', 'encoding of the files, such as windows-1252 (default: detected)')
    .addOption(new Option('--header-line <n>', 'line number of the header; 0: no header').argParser(parseLine));
}

function collect(text: string, earlier: readonly string[]): string[] {
  return [...earlier, text];
}

function parseLine(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a line number (the first line is 1), or 0.');
}

/** Reads the mapping file; flags override it. Throws NOT_FOUND, BAD_USER_INPUT. */
export function readDecisions(flags: MappingFlags): MappingDocument {
  const document = flags.mapping === undefined ? noDecisions : parseMappingDocument(readText(flags.mapping), flags.mapping);
  const stated: Partial<FileDecisions> = {
    ...(flags.client === undefined ? {} : { client: { name: flags.client, role: flags.clientRole ?? 'LAB' } }),
    ...(flags.createMissing ? { createMissing: true } : {}),
    ...(flags.defaultRole === undefined ? {} : { defaultRole: flags.defaultRole }),
    ...(flags.dateOrder === undefined
      ? {}
      : { dateOrder: flags.dateOrder === 'day-first' ? ('DAY_FIRST' as const) : ('MONTH_FIRST' as const) }),
    ...(flags.unnamedRows === undefined ? {} : { namesAbove: flags.unnamedRows === 'above' }),
    ...(flags.map === undefined || flags.map.length === 0 ? {} : { columns: flags.map.map(parseColumnFlag) }),
    ...(flags.assertedAt === undefined ? {} : { asOf: formatInstant(flags.assertedAt) }),
    ...(flags.encoding === undefined ? {} : { encoding: flags.encoding }),
    ...(flags.headerLine === undefined ? {} : { headerLine: flags.headerLine }),
  };
  const decided = Object.keys(stated).length === 0 ? document : withFileDecisions(document, everyFile, (file) => ({ ...file, ...stated }));
  const sheets = flags.sheet !== undefined && flags.sheet.length > 0 ? { sheets: [...flags.sheet] } : {};
  return { ...decided, ...sheets, ...(flags.mergeExact ? { mergeExact: true } : {}) };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ExposureError(
      'NOT_FOUND',
      `The mapping file ${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Check the path.`,
    );
  }
}

/** Throws BAD_USER_INPUT if the file cannot be written. */
export function saveMapping(path: string, { mappingDocument }: ReadImport): void {
  try {
    writeFileSync(path, `${JSON.stringify(mappingDocument ?? noDecisions, null, 2)}\n`);
  } catch (error) {
    throw new ExposureError('BAD_USER_INPUT', `The mapping cannot be written to ${path} (${(error as NodeJS.ErrnoException).code}).`);
  }
}
