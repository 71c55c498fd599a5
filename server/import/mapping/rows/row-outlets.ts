import type { Assertion } from '../../../domain/assertions.ts';
import type { Rejection } from '../../rows/rejection.ts';
import type { PartyBook } from '../party-book.ts';
import type { FactMerger } from './fact-merger.ts';

/** Receives what the rows of a file state, and knows the facts that they may name. */
export interface RowOutlets {
  readonly parties: PartyBook;
  readonly merger: FactMerger;
  /** Names of artifacts -> ids. */
  readonly findArtifact: (text: string) => string | undefined;
  /** Whether the store or another file of the import defines the organization. */
  readonly isDefined: (id: string) => boolean;
  readonly aliasesOf: (id: string) => readonly string[];
  readonly onAssertion: (assertion: Assertion) => void;
  readonly onRejection: (rejection: Rejection) => void;
  readonly assertedAt: number;
  readonly source: string | null;
}

/** The result for a row; a reason completes the sentence "the row …". */
export type RowResult = 'used' | 'repeated' | 'rejected' | { readonly leftOut: string };
