import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { damaged, type PackManifest, refuseFormat } from './pack-format.ts';

/** Reads what a pack says of itself. Throws BATCH_DAMAGED. */
export async function readManifest(folder: string): Promise<PackManifest> {
  const path = join(folder, 'manifest.json');
  const manifest = (await readJson(path)) as PackManifest;
  refuseFormat(path, manifest.format);
  if (!Array.isArray(manifest.files) || !manifest.files.some(({ name }) => name === 'common'))
    throw damaged(path, 'it names no common facts');
  return manifest;
}

/** Throws BATCH_DAMAGED. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw damaged(path, (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'the file is missing' : 'it is not JSON');
  }
}

/** Throws BATCH_DAMAGED, which names the file that is missing, was changed, came twice, or is not of the pack. */
export async function checkFiles(folder: string, { files }: PackManifest): Promise<void> {
  const expected = new Set<string>();
  for (const { name, bytes, sha256 } of files) {
    if (expected.has(name)) throw damaged(join(folder, 'manifest.json'), `it names ${name} twice`);
    expected.add(name);
    const path = join(folder, name);
    const found = await hashFile(path);
    if (found.bytes < bytes) throw damaged(path, `it has ${found.bytes} of ${bytes} bytes`);
    if (found.sha256 !== sha256) throw damaged(path, 'it has another SHA-256 than the manifest says');
  }
  for (const name of await readdir(join(folder, 'parts')))
    if (!expected.has(`parts/${name}`)) throw damaged(join(folder, 'parts', name), 'the manifest does not name it');
}

/** Throws BATCH_DAMAGED if the file is missing. */
export async function hashFile(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) {
      hash.update(piece);
      bytes += piece.length;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw damaged(path, 'the file is missing');
    throw error;
  }
  return { bytes, sha256: hash.digest('hex') };
}
