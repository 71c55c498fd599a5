import { joinValues } from '../domain/canonical-values.ts';
import { mayBeginFormula } from '../domain/formula-cells.ts';
import { csvMark, marksOf } from '../exposure/piece.ts';
import type { TextColumn } from '../projection/columns/text-column.ts';
import { formatCell, formatCsvRecord } from './csv.ts';
import { RowWriter } from './row-writer.ts';

const comma = 0x2c;
const lineEnd = 0x0a;

/** By byte: 1 where an item of a list is escaped. */
const isSeparator = bytesOf(';\\');

function bytesOf(text: string): Uint8Array {
  const marks = new Uint8Array(256);
  for (const byte of Buffer.from(text)) marks[byte] = 1;
  return marks;
}

/** Writes rows as CSV records: the same bytes as `formatCsvRecord`. */
export class CsvRows extends RowWriter {
  #isFirst = true;

  writeHead(columns: readonly string[]): void {
    this.add(formatCsvRecord(columns));
  }

  override beginRow(): void {
    this.#isFirst = true;
  }

  override endRow(): void {
    this.addByte(lineEnd);
  }

  protected override beginCell(): void {
    if (!this.#isFirst) this.addByte(comma);
    this.#isFirst = false;
  }

  protected override passCells(): void {}

  override writeNull(): void {
    this.beginCell();
  }

  override writeNumber(value: number): void {
    if (value >= 0) {
      this.beginCell();
      this.addNumber(value);
    } else this.writeText(String(value));
  }

  override writeWord(word: string): void {
    this.beginCell();
    this.addAscii(word);
  }

  override writeText(text: string): void {
    this.beginText();
    this.add(text);
    this.endText();
  }

  override writeList(texts: readonly string[]): void {
    this.writeText(joinValues(texts));
  }

  override writeListAt(column: TextColumn, indexes: ArrayLike<number>): void {
    this.beginText();
    for (let i = 0; i < indexes.length; i++) {
      if (i > 0) this.addAscii(';');
      const start = this.end;
      this.addFrom(column, indexes[i] as number);
      if (!this.#hasAny(isSeparator, start)) continue;
      this.end = start;
      this.add(joinValues([column.get(indexes[i] as number)]));
    }
    this.endText();
  }

  override beginText(): void {
    this.beginCell();
    this.textStart = this.end;
    this.marks = 0;
  }

  override endText(): void {
    const first = this.textStart < this.end ? (this.bytes[this.textStart] as number) : comma;
    if (mayBeginFormula[first] === 0 && (this.marks & csvMark) === 0) return;
    if (this.textStart < this.end) this.add(formatCell(this.takeText()));
  }

  protected override markFrom(start: number): void {
    for (let i = start; i < this.end; i++) this.marks |= marksOf[this.bytes[i] as number] as number;
  }

  #hasAny(marks: Uint8Array, from: number): boolean {
    const { bytes, end } = this;
    let found = 0;
    for (let i = from; i < end; i++) found |= marks[bytes[i] as number] as number;
    return found !== 0;
  }
}
