import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportOutcome } from '../../server/import/commit-import.ts';
import { commitImport, previewImport } from '../../server/import/commit-import.ts';
import type { RejectPolicy } from '../../server/import/import-view.ts';
import type { ReadImport } from '../../server/import/read-import.ts';
import { readImport } from '../../server/import/read-import.ts';
import type { ReadOptions } from '../../server/import/read-options.ts';
import type { Rejection } from '../../server/import/rows/rejection.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A temporary folder and store; `close` deletes both. */
export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'exposure-import-'));
  store!: FactStore;
  #imports = 0;

  static async open(): Promise<Bench> {
    const bench = new Bench();
    bench.store = await openStore(`sqlite:${join(bench.folder, 'facts.db')}`);
    return bench;
  }

  async close(): Promise<void> {
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  write(files: Files): { name: string; path: string }[] {
    return Object.entries(files).map(([name, content]) => {
      const path = join(this.folder, `in-${name}`);
      writeFileSync(path, content);
      return { name, path };
    });
  }

  read(files: Files, options: Partial<ReadOptions> = {}): Promise<ReadImport> {
    return readImport(this.write(files), { assertedAt: Date.UTC(2026, 0, 1), source: null, ...options });
  }

  async import(
    files: Files,
    policy: RejectPolicy = 'ALL_OR_NOTHING',
    options: Partial<ReadOptions> = {},
  ): Promise<ImportOutcome & { id: string }> {
    const read = await this.read(files, options);
    const id = `import-${++this.#imports}`;
    return { ...(await commitImport(this.store, read, this.#order(id), policy)), id };
  }

  async preview(files: Files, options: Partial<ReadOptions> = {}): Promise<ImportOutcome> {
    return previewImport(this.store, await this.read(files, options), this.#order('preview'));
  }

  #order(id: string) {
    const at = Date.UTC(2026, 0, 2) + this.#imports;
    return { id, by: 'tester', at, createdAt: at, source: null, assertedAt: null };
  }
}

/** `file:line: column: CODE`, the part that most tests check. */
export function places(rejections: readonly Rejection[]): string[] {
  return rejections.map(({ file, line, column, code }) => `${file}:${line}: ${column === null ? '' : `${column}: `}${code}`);
}

export const smallFiles = {
  'organizations.csv': 'id,name,roles\nvega,Vega Labs,LAB\nkite,Kite Data,VENDOR\nmoss,Moss Annotation,SUBCONTRACTOR\n',
  'artifacts.csv': 'id,name,type,owner,sensitivity\nguidelines,Guidelines,ANNOTATION_GUIDELINES,vega,4\n',
  'transfers.csv': 'id,artifact,sender,recipient,sent_at\nT-1,guidelines,vega,kite,2025-03-01\nT-2,guidelines,kite,moss,2025-04-01\n',
} as const;
