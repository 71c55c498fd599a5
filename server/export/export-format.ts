import type { FactStore, KnownAt } from '../store/fact-store.ts';
import { exportDora } from './dora/export-dora.ts';
import type { ExportPiece } from './export-facts.ts';
import { exportFacts } from './export-facts.ts';

/** canonical: all facts. dora: the engagements, as tables of the register of information. */
export const exportFormats = ['canonical', 'dora'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The facts as the files of a format. @param at absent: now */
export function exportAs(format: ExportFormat, store: FactStore, at?: KnownAt): AsyncGenerator<ExportPiece> {
  return format === 'dora' ? exportDora(store, at) : exportFacts(store, at);
}
