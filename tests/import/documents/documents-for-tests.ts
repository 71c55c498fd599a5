import { strToU8, zipSync } from 'fflate';

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** An OpenDocument spreadsheet, by the rows of its sheets and its styles as XML. */
export function openDocumentOf(sheets: Readonly<Record<string, string>>, styles = ''): Uint8Array {
  const tables = Object.entries(sheets).map(([name, rows]) => `<table:table table:name="${escapeXml(name)}">${rows}</table:table>`);
  const namespaces = ['office', 'style', 'table', 'text', 'xlink'].map((name) => `xmlns:${name}="urn:${name}"`).join(' ');
  return zipSync({
    mimetype: [strToU8('application/vnd.oasis.opendocument.spreadsheet'), { level: 0 }],
    'content.xml': strToU8(
      `<?xml version="1.0"?><office:document-content ${namespaces}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables.join('')}</office:spreadsheet></office:body></office:document-content>`,
    ),
  });
}

export const odsCell = (text: string) =>
  `<table:table-cell office:value-type="string"><text:p>${escapeXml(text)}</text:p></table:table-cell>`;
export const odsRow = (...cells: readonly string[]) => `<table:table-row>${cells.join('')}</table:table-row>`;

/** A Word document, by the XML of its body. */
export function wordOf(body: string): Uint8Array {
  return zipSync({
    'word/document.xml': strToU8(
      `<?xml version="1.0"?><w:document xmlns:w="urn:w" xmlns:mc="urn:mc"><w:body>${body}</w:body></w:document>`,
    ),
  });
}

export const wordText = (text: string, properties = '') => `<w:p>${properties}<w:r><w:t>${escapeXml(text)}</w:t></w:r></w:p>`;
export const wordCell = (text: string, properties = '') => `<w:tc><w:tcPr>${properties}</w:tcPr>${wordText(text)}</w:tc>`;
export const wordTable = (...rows: readonly (readonly string[])[]) =>
  `<w:tbl>${rows.map((cells) => `<w:tr>${cells.join('')}</w:tr>`).join('')}</w:tbl>`;

/** A zip archive of files. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content])),
  );
}
