import { stat } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { withoutHidden } from '../../domain/text/hidden-characters.ts';
import { readBytes } from '../csv/read-bytes.ts';
import { ListBudget } from '../mapping/list-budget.ts';
import { findEncoding } from '../mapping/table/csv-source.ts';
import { FileFault } from '../rows/rejection.ts';
import { isSoftwareArchive, readSoftwareFile } from '../software-files.ts';
import { type OpenOptions, openWorkbook, type Sheet } from '../workbook/open-workbook.ts';
import { withWords } from '../workbook/workbook-fault.ts';
import { WorkbookParts } from '../workbook/workbook-parts.ts';
import { type DocumentContext, oneLine } from './document-tables.ts';
import { documentForm, isArchive } from './file-names.ts';
import { tablesOf, type Value } from './object-tables.ts';
import { readOpenDocument, readWordDocument } from './office-tables.ts';
import { checkArchive } from './unpack-archive.ts';

const mostBytes = 64 * 1024 ** 2;
const deadlineMs = 120_000;
const searchedForCharset = 4096;

/** Opens an uploaded file, to find out whether it can be read. Throws FileFault as `openDocument` and `checkArchive`. */
export async function checkDocument(name: string, path: string): Promise<void> {
  if (isArchive(name) && !(await isSoftwareArchive(path))) await checkArchive(path);
  else if ((await readSoftwareFile(name, path)) === undefined) await openDocument(name, path);
}

export interface OpenedDocument {
  readonly tables: readonly Sheet[];
  /** The content of the file beside its tables, in a sentence. */
  readonly warnings: readonly string[];
}

/**
 * The tables of a file: the sheets of a workbook or an OpenDocument spreadsheet, the tables of a web page, of Markdown or of a Word document,
 * the lists of objects in JSON or YAML. Each is named `FILE#Table`.
 *
 * Throws FileFault UNSAFE_WORKBOOK beyond 64 MB, if it takes more than 2 minutes, and as each format says; NOT_TEXT; and LIST_TOO_LARGE.
 * Complexity: O(bytes). Memory: the filled cells, and the text of a Markdown, JSON or YAML file.
 */
export async function openDocument(name: string, path: string, options: OpenOptions = {}): Promise<OpenedDocument> {
  const form = documentForm(name);
  if (form === 'xlsx' || form === 'xlsm') return { tables: await openWorkbook(name, path, options), warnings: [] };
  const { budget = new ListBudget(), wanted } = options;
  const endsAt = performance.now() + (options.deadlineMs ?? deadlineMs);
  const checkTime = () => {
    if (performance.now() > endsAt) throw tooLarge('takes too long to read');
  };
  const { size } = await stat(path);
  if (size > mostBytes) throw tooLarge('is larger than 64 MB, the most that is read of such a file');
  const context: DocumentContext = { name, form, budget, checkTime, wanted: wanted?.map(withoutHidden) };
  const opened = await readAs(form, path, context, endsAt - performance.now());
  if (opened.tables.length === 0 && wanted === undefined)
    throw new FileFault('EMPTY_FILE', 1, `The file holds no table. ${wayOutOf(form)}`);
  return opened;
}

/** The libraries of a format are loaded once a file needs them. */
async function readAs(form: string, path: string, context: DocumentContext, leftMs: number): Promise<OpenedDocument> {
  switch (form) {
    case 'ods':
      return only(await WorkbookParts.using(path, leftMs, (parts) => readOpenDocument(parts, context)));
    case 'docx':
      return only(
        await withWords('document', '.docx document', 'Save it as .docx anew, or its table as CSV, and import that.', () =>
          WorkbookParts.using(path, leftMs, (parts) => readWordDocument(parts, context)),
        ),
      );
    case 'md':
    case 'markdown':
      return only(await (await import('./markdown-tables.ts')).readMarkdown(decode(path), context));
    case 'json':
    case 'jsonl':
    case 'ndjson':
      return fromObjects((await import('./parse-objects.ts')).parseJson(await readAll(path), form !== 'json', context), context);
    case 'yaml':
    case 'yml':
      return fromObjects((await import('./parse-objects.ts')).parseYaml(await readAll(path), context), context);
    default:
      return only(await (await import('./html-tables.ts')).readHtml(decode(path), context));
  }
}

function only(tables: readonly Sheet[]): OpenedDocument {
  return { tables, warnings: [] };
}

const mostShown = 5;

function fromObjects(value: Value, context: DocumentContext): OpenedDocument {
  const { tables, beside } = tablesOf(value, context);
  if (beside.length === 0) return { tables, warnings: [] };
  const shown = beside.slice(0, mostShown).map((path) => oneLine(path).slice(0, 60));
  const more = beside.length > shown.length ? ` and ${beside.length - shown.length} more` : '';
  const what = beside.length === 1 ? 'A value' : `${beside.length.toLocaleString('en-US')} values`;
  return {
    tables,
    warnings: [`${what} beside the lists of ${context.name} ${beside.length === 1 ? 'was' : 'were'} left out: ${shown.join(', ')}${more}.`],
  };
}

function tooLarge(what: string): FileFault {
  return new FileFault('UNSAFE_WORKBOOK', 1, `The file ${what}. Save its tables as CSV, and import those.`);
}

function wayOutOf(form: string): string {
  if (/^(html?|xhtml)$/.test(form))
    return 'A page that shows its list without a table, or loads it later, is copied into a spreadsheet and saved as CSV.';
  if (/^(json|jsonl|ndjson|ya?ml)$/.test(form))
    return 'A list is a list of objects, such as [{"vendor": "Zeta Cloud", "service": "Hosting"}]. A software list or an advisory is known by its content, and this is neither.';
  return 'Copy the list into a spreadsheet, save it as CSV, and import that.';
}

/** The text of a file in pieces, in the encoding that its bytes show, or that a page declares. */
async function* decode(path: string): AsyncGenerator<string> {
  let encoding = await findEncoding(path, undefined);
  let decoder: TextDecoder | undefined;
  for await (const piece of readBytes(path)) {
    if (decoder === undefined) {
      if (encoding !== 'utf-8' && !encoding.startsWith('utf-16')) encoding = findCharset(piece) ?? encoding;
      decoder = new TextDecoder(encoding);
    }
    yield decoder.decode(piece, { stream: true });
  }
  yield decoder?.decode() ?? '';
}

function findCharset(start: Buffer): string | undefined {
  const found = /<meta[^>]{0,200}charset=["']?([a-z0-9_-]{2,30})/i.exec(start.toString('latin1', 0, searchedForCharset))?.[1];
  try {
    return found === undefined ? undefined : new TextDecoder(found).encoding;
  } catch {
    return undefined;
  }
}

async function readAll(path: string): Promise<string> {
  let text = '';
  for await (const piece of decode(path)) text += piece;
  return text;
}
