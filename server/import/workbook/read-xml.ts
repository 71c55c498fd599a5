import { SaxesParser } from 'saxes';
import { isWide } from '../mapping/list-budget.ts';
import { FileFault } from '../rows/rejection.ts';
import { unreadableWorkbook } from './workbook-fault.ts';

/** Names come without their prefixes. */
export interface XmlHandlers {
  onOpen(name: string, attribute: (name: string) => string | undefined): void;
  onClose?(name: string): void;
  /** A piece of text; one text may come in several. */
  onText?(text: string): void;
}

/** The markup or text between two events, in characters. A cell of a spreadsheet holds 32,767. */
const longestSpan = 1 << 20;
const mostAttributes = 1000;
const deepest = 100;

/**
 * Parses XML strictly and hands over its elements and texts. No entity is declared, so none expands.
 *
 * Throws FileFault UNSAFE_WORKBOOK where the XML is not well-formed, nests more than 100 elements, gives one of them more than 1,000
 * attributes, or holds a name, a text or a comment of more than 1,000,000 characters.
 * Complexity: O(characters). Memory: a piece, and at most one such text.
 *
 * @param part named in errors
 */
export async function readXml(part: string, pieces: AsyncIterable<string>, handlers: XmlHandlers): Promise<void> {
  const fail = (reason: string) => unreadableWorkbook(`${part}: ${reason}`);
  const parser = new SaxesParser<{ position: false }>({ position: false });
  let sinceEvent = 0;
  let attributes = 0;
  let depth = 0;
  const onText = (text: string) => {
    sinceEvent = 0;
    handlers.onText?.(text);
  };
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?(8|16)$/i.test(encoding)) throw fail(`the encoding ${encoding} is neither UTF-8 nor UTF-16`);
  });
  parser.on('attribute', () => {
    if (++attributes > mostAttributes) throw fail('an element has more than 1,000 attributes');
  });
  parser.on('opentag', ({ name, attributes: all }) => {
    sinceEvent = 0;
    attributes = 0;
    if (++depth > deepest) throw fail('more than 100 elements stand inside each other');
    handlers.onOpen(withoutPrefix(name), (wanted) => findAttribute(all as Readonly<Record<string, string>>, wanted));
  });
  parser.on('closetag', ({ name }) => {
    sinceEvent = 0;
    depth--;
    handlers.onClose?.(withoutPrefix(name));
  });
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('comment', () => {
    sinceEvent = 0;
  });
  try {
    for await (const piece of pieces) {
      sinceEvent += piece.length;
      parser.write(piece);
      if (sinceEvent > longestSpan) throw fail('a text is longer than 1,000,000 characters');
    }
    parser.close();
  } catch (error) {
    if (error instanceof FileFault || (error as NodeJS.ErrnoException).code !== undefined) throw error;
    throw fail((error as Error).message);
  }
}

function withoutPrefix(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** An attribute without a prefix, else the first one with any prefix. */
function findAttribute(attributes: Readonly<Record<string, string>>, wanted: string): string | undefined {
  const own = attributes[wanted];
  if (own !== undefined) return own;
  for (const name in attributes) if (name.endsWith(`:${wanted}`) && !name.startsWith('xmlns:')) return attributes[name];
  return undefined;
}

/**
 * A text of a workbook without its escapes: `_x000D_` stands for a character that XML cannot hold, and `_x005F_` for an underscore before such
 * an escape (ECMA-376 part 1, §22.9.2.19).
 */
export function decodeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A copy: a piece of a longer text would keep all of it in memory. */
export function copyText(text: string): string {
  // Shorter texts are copied anyway.
  if (text.length < 13) return text;
  const encoding = isWide(text) ? 'utf16le' : 'latin1';
  return Buffer.from(text, encoding).toString(encoding);
}

/** As in CSV. */
const longestCell = 1_048_576;

/** Throws FileFault CELL_TOO_LARGE. @param row from 1; null: unknown */
export function checkLength(text: string, row: number | null): void {
  if (text.length > longestCell)
    throw new FileFault(
      'CELL_TOO_LARGE',
      row,
      'A cell is longer than 1,048,576 characters, which is the maximum. A longer text belongs into a document that the source names.',
    );
}
