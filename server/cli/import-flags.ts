import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { ExposureError } from '../domain/errors.ts';
import type { OrganizationRole } from '../domain/facts.ts';
import { organizationRoles } from '../domain/facts.ts';
import type { ReadImport } from '../import/import-files.ts';
import { parseColumnFlag } from '../import/mapping/decisions/decide-columns.ts';
import type { FileDecisions, MappingDocument } from '../import/mapping/decisions/mapping-document.ts';
import { everyFile, noDecisions, parseMappingDocument, withFileDecisions } from '../import/mapping/decisions/mapping-document.ts';

/** Flags that say how a list is to be read. */
export interface MappingFlags {
  readonly mapping?: string;
  readonly map?: readonly string[];
  readonly client?: string;
  readonly clientRole?: OrganizationRole;
  readonly defaultRole?: OrganizationRole;
  readonly createMissing?: boolean;
  readonly dateOrder?: 'day-first' | 'month-first';
  readonly encoding?: string;
  readonly headerLine?: number;
  readonly mergeExact?: boolean;
  readonly sheet?: readonly string[];
}

export function withMappingFlags(command: Command): Command {
  return command
    .option('--client <organization>', 'whose vendors the list holds: an id or a name; a new one is created with --create-missing')
    .addOption(new Option('--client-role <role>', 'role of a client that is created (default: LAB)').choices(organizationRoles))
    .option('--create-missing', 'create the organizations that rows name and nothing describes')
    .addOption(
      new Option('--default-role <role>', 'role of the organizations that are created (default: VENDOR)').choices(organizationRoles),
    )
    .addOption(new Option('--date-order <order>', 'how dates such as 03/04/2025 are read').choices(['day-first', 'month-first']))
    .option('--map <column=field>', 'what a column is: a field, attribute, ignore or control:NAME; may be repeated', collect, [])
    .option('--mapping <file>', 'a JSON file with every decision, as --save-mapping writes it')
    .option('--sheet <name>', 'read this sheet of a workbook; may be repeated (default: every sheet that is an inventory)', collect, [])
    .option('--merge-exact', 'take names that differ in spelling alone for one organization')
    .option('--encoding <encoding>', 'encoding of the files, such as windows-1252 (default: by their bytes)')
    .addOption(new Option('--header-line <n>', 'line of the header; 0: there is none').argParser(parseLine));
}

function collect(text: string, earlier: readonly string[]): string[] {
  return [...earlier, text];
}

function parseLine(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected the number of a line, the first being 1, or 0.');
}

/** The mapping file with the flags applied, which win over it. Throws NOT_FOUND, BAD_USER_INPUT. */
export function readDecisions(flags: MappingFlags): MappingDocument {
  const document = flags.mapping === undefined ? noDecisions : parseMappingDocument(readText(flags.mapping), flags.mapping);
  const said: Partial<FileDecisions> = {
    ...(flags.client === undefined ? {} : { client: { name: flags.client, role: flags.clientRole ?? 'LAB' } }),
    ...(flags.createMissing ? { createMissing: true } : {}),
    ...(flags.defaultRole === undefined ? {} : { defaultRole: flags.defaultRole }),
    ...(flags.dateOrder === undefined
      ? {}
      : { dateOrder: flags.dateOrder === 'day-first' ? ('DAY_FIRST' as const) : ('MONTH_FIRST' as const) }),
    ...(flags.map === undefined || flags.map.length === 0 ? {} : { columns: flags.map.map(parseColumnFlag) }),
    ...(flags.encoding === undefined ? {} : { encoding: flags.encoding }),
    ...(flags.headerLine === undefined ? {} : { headerLine: flags.headerLine }),
  };
  const decided = Object.keys(said).length === 0 ? document : withFileDecisions(document, everyFile, (file) => ({ ...file, ...said }));
  const sheets = flags.sheet !== undefined && flags.sheet.length > 0 ? { sheets: [...flags.sheet] } : {};
  return { ...decided, ...sheets, ...(flags.mergeExact ? { mergeExact: true } : {}) };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ExposureError('NOT_FOUND', `The mapping ${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Check the path.`);
  }
}

/** Throws BAD_USER_INPUT where the file cannot be written. */
export function saveMapping(path: string, { mappingDocument }: ReadImport): void {
  try {
    writeFileSync(path, `${JSON.stringify(mappingDocument ?? noDecisions, null, 2)}\n`);
  } catch (error) {
    throw new ExposureError('BAD_USER_INPUT', `The mapping cannot be written to ${path} (${(error as NodeJS.ErrnoException).code}).`);
  }
}
