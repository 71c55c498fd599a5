import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { ExposureError } from '../../domain/errors.ts';
import type { ArtifactType, OrganizationRole } from '../../domain/facts.ts';
import { artifactTypes, organizationRoles } from '../../domain/facts.ts';
import { formatInstant } from '../../domain/instants.ts';
import { parseColumnFlag } from '../../import/mapping/decisions/decide-columns.ts';
import type { FileDecisions, MappingDocument } from '../../import/mapping/decisions/mapping-document.ts';
import { everyFile, noDecisions, parseMappingDocument, withFileDecisions } from '../../import/mapping/decisions/mapping-document.ts';
import type { ReadImport } from '../../import/read-import.ts';
import { instantOption } from '../command/run-command.ts';
import { parseApart, readMatches } from './matches-file.ts';

const remarkChoices = { apply: 'APPLY', text: 'TEXT', 'left-out': 'LEAVE_OUT' } as const;

/** The flags that decide how a list is read. */
export interface MappingFlags {
  readonly mapping?: string;
  readonly map?: readonly string[];
  readonly client?: string;
  readonly clientRole?: OrganizationRole;
  readonly defaultRole?: OrganizationRole;
  readonly createMissing?: boolean;
  readonly contracts?: 'apart' | 'one';
  readonly newArtifacts?: FileDecisions['newArtifacts'];
  readonly dateOrder?: 'day-first' | 'month-first';
  readonly unnamedRows?: 'above' | 'left-out';
  readonly remarks?: keyof typeof remarkChoices;
  readonly of?: string;
  readonly subject?: string;
  readonly asOf?: number;
  readonly materials?: ArtifactType;
  readonly encoding?: string;
  readonly headerLine?: number;
  readonly mergeExact?: boolean;
  readonly matches?: string;
  readonly keepApart?: readonly string[];
  readonly sheet?: readonly string[];
  /** Epoch ms. It dates lists too. */
  readonly assertedAt?: number;
}

export function withMappingFlags(command: Command): Command {
  return command
    .option('--client <organization>', 'the client of the vendors in the list: an id or a name; --create-missing creates a new one')
    .addOption(
      new Option(
        '--client-role <role>',
        'role of newly created clients (default: LAB for --client; asked where the rows of a list name their clients)',
      ).choices(organizationRoles),
    )
    .option('--of <organization>', 'whose software list it is, by id or name')
    .option('--subject <text>', 'what a software list is of, where it describes several things')
    .addOption(instantOption('--as-of <instant>', 'the date of a list that states none'))
    .addOption(
      new Option('--materials <type>', 'record what an AI bill of materials names as artifacts of this type, with their transfers').choices(
        artifactTypes,
      ),
    )
    .option(
      '--create-missing',
      'create organizations that the rows of a list mention but no file describes; canonical files name them by id, and need an organizations.csv',
    )
    .addOption(
      new Option(
        '--new-artifacts <type,sensitivity,owner>',
        'create the artifacts that a custody list names and nothing describes, such as ANNOTATION_GUIDELINES,4,"Vega Labs" (default owner: the client); or reject',
      ).argParser(parseNewArtifacts),
    )
    .addOption(new Option('--default-role <role>', 'role of newly created organizations (default: VENDOR)').choices(organizationRoles))
    .addOption(new Option('--date-order <order>', 'how to read dates such as 03/04/2025').choices(['day-first', 'month-first']))
    .addOption(
      new Option('--unnamed-rows <choice>', 'rows without a name belong to the name above, or are left out').choices(['above', 'left-out']),
    )
    .addOption(
      new Option(
        '--contracts <choice>',
        'rows about one client and provider without a contract number are one engagement (default), or apart: one for each service, with its own terms',
      ).choices(['apart', 'one']),
    )
    .addOption(
      new Option(
        '--remarks <choice>',
        'remarks beside names, such as "(terminated 2023-05-01)": their dates apply, they are kept as text alone, or their rows are left out',
      ).choices(Object.keys(remarkChoices)),
    )
    .option('--map <column=field>', 'the meaning of a column: a field, attribute, ignore or control:NAME; may be repeated', collect, [])
    .option('--mapping <file>', 'a JSON file with every decision, as written by --save-mapping')
    .option('--sheet <name>', 'read this sheet of a workbook; may be repeated (default: every sheet that is an inventory)', collect, [])
    .option(
      '--merge-exact',
      'merge names that differ only in spelling into one organization, unless their legal forms differ or the list gives them different ids',
    )
    .option(
      '--matches <file>',
      'write every pair of names that may be one organization to this CSV file, and read the decisions in it: same, alias or different',
    )
    .option('--keep-apart <id,id>', 'these two are not the same; may be repeated', collect, [])
    .option(
      '--encoding <encoding>',
      'encoding of the files, such as windows-1252 (default: detected); utf-8-twice repairs texts that were decoded twice',
    )
    .addOption(new Option('--header-line <n>', 'line number of the header; 0: no header').argParser(parseLine));
}

function collect(text: string, earlier: readonly string[]): string[] {
  return [...earlier, text];
}

function parseLine(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a line number (the first line is 1), or 0.');
}

function parseNewArtifacts(text: string): FileDecisions['newArtifacts'] {
  if (text === 'reject') return 'REJECT';
  const [, type, sensitivity, owner] = /^([^,]+),\s*([1-5])\s*(?:,\s*(\S[\s\S]*))?$/.exec(text) ?? [];
  const named = artifactTypes.find((one) => one === type?.trim());
  if (named === undefined || sensitivity === undefined)
    throw new InvalidArgumentError(`Expected a type, a sensitivity from 1 to 5 and an owner. The types are ${artifactTypes.join(', ')}.`);
  return { type: named, sensitivity: Number(sensitivity), ...(owner === undefined ? {} : { owner }) };
}

/** Reads the mapping file; flags override it. Throws NOT_FOUND, BAD_USER_INPUT. */
export function readDecisions(flags: MappingFlags): MappingDocument {
  const document = flags.mapping === undefined ? noDecisions : parseMappingDocument(readText(flags.mapping), flags.mapping);
  const stated: Partial<FileDecisions> = {
    ...(flags.client === undefined ? {} : { client: { name: flags.client, role: flags.clientRole ?? 'LAB' } }),
    ...(flags.clientRole === undefined ? {} : { clientRole: flags.clientRole }),
    ...(flags.createMissing ? { createMissing: true } : {}),
    ...(flags.contracts === undefined ? {} : { contractsApart: flags.contracts === 'apart' }),
    ...(flags.newArtifacts === undefined ? {} : { newArtifacts: flags.newArtifacts }),
    ...(flags.defaultRole === undefined ? {} : { defaultRole: flags.defaultRole }),
    ...(flags.dateOrder === undefined
      ? {}
      : { dateOrder: flags.dateOrder === 'day-first' ? ('DAY_FIRST' as const) : ('MONTH_FIRST' as const) }),
    ...(flags.unnamedRows === undefined ? {} : { namesAbove: flags.unnamedRows === 'above' }),
    ...(flags.remarks === undefined ? {} : { remarks: remarkChoices[flags.remarks] }),
    ...(flags.map === undefined || flags.map.length === 0 ? {} : { columns: flags.map.map(parseColumnFlag) }),
    ...(flags.assertedAt === undefined ? {} : { asOf: formatInstant(flags.assertedAt) }),
    ...(flags.of === undefined ? {} : { of: flags.of }),
    ...(flags.subject === undefined ? {} : { subject: flags.subject }),
    ...(flags.asOf === undefined ? {} : { asOf: formatInstant(flags.asOf) }),
    ...(flags.materials === undefined ? {} : { materials: flags.materials }),
    ...(flags.encoding === undefined ? {} : { encoding: flags.encoding }),
    ...(flags.headerLine === undefined ? {} : { headerLine: flags.headerLine }),
  };
  const decided = Object.keys(stated).length === 0 ? document : withFileDecisions(document, everyFile, (file) => ({ ...file, ...stated }));
  const sheets = flags.sheet !== undefined && flags.sheet.length > 0 ? { sheets: [...flags.sheet] } : {};
  const { parties, apart } = flags.matches === undefined ? { parties: [], apart: [] } : readMatches(flags.matches);
  const again = new Set(parties.map(({ party }) => party));
  const pairs = [...(decided.apart ?? []), ...apart, ...(flags.keepApart ?? []).map(parseApart)];
  return {
    ...decided,
    ...sheets,
    parties: [...decided.parties.filter(({ party }) => !again.has(party)), ...parties],
    ...(pairs.length === 0 ? {} : { apart: pairs.map(([a, b]): [string, string] => [a, b]) }),
    ...(flags.mergeExact ? { mergeExact: true } : {}),
  };
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
