import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readdirSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ExposureError } from '../domain/errors.ts';
import type { FactStore } from '../store/fact-store.ts';
import { makeFolder } from '../store/make-folder.ts';
import { batchQuestionNames } from './batch-questions.ts';
import { damaged, hashFile, readJson, refuseFormat } from './pack-format.ts';
import type { ResultManifest } from './run-batch.ts';
import { rowsFile } from './run-batch.ts';

/** A result that servers of a store answer from: a document of the store, and its rows in the data folder. */
export interface AttachedResult extends Omit<ResultManifest, 'format' | 'pack' | 'knownAt' | 'sha256'> {
  readonly name: string;
  /** Of `rows.ndjson`. */
  readonly sha256: string;
  /** Epoch milliseconds. */
  readonly attachedAt: number;
}

/** The folder of a result in EXPOSURE_DATA, with `rows.ndjson`. */
export function resultFolder(dataFolder: string, name: string): string {
  return join(dataFolder, 'batch', name);
}

/** The folder in EXPOSURE_DATA of what servers that hold a part of the facts pack and answer themselves. */
export function streamFolder(dataFolder: string): string {
  return join(dataFolder, 'stream');
}

/**
 * Checks the results in a folder, copies their rows into the data folder, and records them. All of them or, if one cannot be attached, none.
 *
 * Throws BATCH_DAMAGED (a file is missing or changed, another format), CONFLICT (another store, or facts known in the past), NOT_FOUND.
 */
export async function attachResults(store: FactStore, dataFolder: string, out: string, now: number): Promise<AttachedResult[]> {
  const results = join(out, 'results');
  const names = existsSync(results) ? readdirSync(results).filter((name) => !name.endsWith('.part')) : [];
  if (names.length === 0)
    throw new ExposureError('NOT_FOUND', `There are no results in ${results}. Name the folder that batch run or the Spark job wrote into.`);
  const checked: { readonly manifest: ResultManifest; readonly rows: string }[] = [];
  for (const name of names.sort()) checked.push(await checkResult(store, join(results, name)));
  const attached: AttachedResult[] = [];
  for (const { manifest, rows } of checked) attached.push(await copyRows(dataFolder, manifest, rows, now));
  for (const result of attached) await store.saveDocument('batch', result.name, JSON.stringify(result));
  return attached;
}

async function checkResult(store: FactStore, folder: string): Promise<{ readonly manifest: ResultManifest; readonly rows: string }> {
  const path = join(folder, 'manifest.json');
  const manifest = (await readJson(path)) as ResultManifest;
  refuseFormat(path, manifest.format);
  if (!batchQuestionNames.includes(manifest.question))
    throw damaged(path, `it answers ${JSON.stringify(manifest.question)}, which is no question`);
  const rows = join(folder, rowsFile);
  if ((await hashFile(rows)).sha256 !== manifest.sha256) throw damaged(rows, 'it has another SHA-256 than its manifest says');
  if ((await store.readFingerprint(manifest.revision)) !== manifest.store) {
    throw new ExposureError(
      'CONFLICT',
      `${path}: the result is of another store, or of facts that this store no longer has at revision ${manifest.revision}. Pack this store, and run the batch again.`,
    );
  }
  if (manifest.knownAt !== null) {
    throw new ExposureError(
      'CONFLICT',
      `${path}: the result is of the facts known at ${manifest.knownAt}, and servers answer from results of the latest facts. Pack without --known-at.`,
    );
  }
  return { manifest, rows };
}

/** Copies the rows of a result into the data folder, uncompressed. Throws BATCH_DAMAGED. @param rows its `rows.ndjson.gz` */
export async function copyRows(dataFolder: string, manifest: ResultManifest, rows: string, now: number): Promise<AttachedResult> {
  const { format: _format, pack: _pack, knownAt: _knownAt, sha256: packed, ...facts } = manifest;
  const name = `${manifest.question}-${packed.slice(0, 12)}`;
  const folder = resultFolder(dataFolder, name);
  const unfinished = `${folder}.${randomBytes(6).toString('hex')}.part`;
  makeFolder(unfinished);
  try {
    const hash = createHash('sha256');
    let count = 0;
    await pipeline(
      createReadStream(rows),
      createGunzip(),
      async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          hash.update(piece);
          for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) count++;
          yield piece;
        }
      },
      createWriteStream(join(unfinished, 'rows.ndjson')),
    );
    if (count !== manifest.rows) throw damaged(rows, `it has ${count} rows, and its manifest says ${manifest.rows}`);
    rmSync(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
    return { ...facts, name, sha256: hash.digest('hex'), attachedAt: now };
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** The results of a store, the latest attached first. */
export async function listResults(store: FactStore): Promise<AttachedResult[]> {
  const results = (await store.listDocuments('batch')).map(({ json }) => JSON.parse(json) as AttachedResult);
  return results.sort((a, b) => b.attachedAt - a.attachedAt || (a.name < b.name ? -1 : 1));
}

/** Throws NOT_FOUND. */
export async function detachResult(store: FactStore, dataFolder: string, name: string): Promise<void> {
  if (!(await store.deleteDocument('batch', name)))
    throw new ExposureError('NOT_FOUND', `No result ${JSON.stringify(name)} is attached. exposure batch list names them.`);
  rmSync(resultFolder(dataFolder, name), { recursive: true, force: true });
}
