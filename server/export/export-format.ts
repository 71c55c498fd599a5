import type { FactStore } from '../store/fact-store.ts';
import { exportDora } from './dora/export-dora.ts';
import type { ExportPiece } from './export-facts.ts';
import { exportFacts } from './export-facts.ts';

/** canonical: all facts. dora: the engagements, as tables of the register of information. */
export const exportFormats = ['canonical', 'dora'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The facts now as the files of a format. */
export function exportAs(format: ExportFormat, store: FactStore): AsyncGenerator<ExportPiece> {
  return format === 'dora' ? exportDora(store) : exportFacts(store);
}
