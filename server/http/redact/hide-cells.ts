import { unguardCell } from '../../domain/formula-cells.ts';
import { formatCell } from '../../export/csv.ts';
import { hiddenColumns, isFigureColumn, isSchemaWord } from '../../rules/redaction.ts';

/** A cell of CSV with the sign that ends it. */
const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/g;

/**
 * A CSV file of this program, the text of each cell hidden. The header, the figures and the words of the schema stay.
 *
 * @param hide gets a cell without the quotes and the `'` that protect it
 * @param hidden takes the place of a text that tells who somebody is
 * Complexity: linear.
 */
export function hideCells(csv: string, hide: (text: string) => string, hidden: string): string {
  const columns: string[] = [];
  let [column, row] = [0, 0];
  return csv.replace(cell, (whole, written: string, end: string) => {
    const at = column;
    if (row === 0) columns[at] = written;
    const name = columns[at] ?? '';
    const isText = row > 0 && written !== '' && !isFigureColumn(name);
    if (end === ',') column++;
    else {
      column = 0;
      row++;
    }
    if (!isText) return whole;
    const quoted = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
    const text = unguardCell(quoted);
    if (isSchemaWord(name, text)) return whole;
    const shown = hiddenColumns.has(name) ? hidden : hide(text);
    return shown === text ? whole : formatCell(shown) + end;
  });
}
