import type { TextColumn } from '../projection/columns/text-column.ts';
import type { Piece } from './piece.ts';

/**
 * Takes the pieces of a text in order. An export writes them as bytes, without a string for the whole. Hence short pieces: reading a
 * string that V8 keeps as a tree of two others, which it does from 13 characters on, takes several times as long.
 */
export interface TextSink {
  add(text: string): void;
  /** Adds one of a few texts that are added again and again. */
  addPiece(piece: Piece): void;
  /** Adds a text of a column, which lies in memory as bytes. */
  addFrom(column: TextColumn, index: number): void;
  /** Adds the text of a column between two of its bytes (`startOf`, `endOf`). */
  addRange(column: TextColumn, start: number, end: number): void;
}

/** Joins the pieces to a string. */
export class StringSink implements TextSink {
  text = '';

  add(text: string): void {
    this.text += text;
  }

  addPiece({ text }: Piece): void {
    this.text += text;
  }

  addFrom(column: TextColumn, index: number): void {
    this.text += column.get(index);
  }

  addRange(column: TextColumn, start: number, end: number): void {
    this.text += column.textBetween(start, end);
  }
}
