import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folders whose code decides what is in a projection, and the figures that are kept with it. */
const folders = ['domain', 'rules', 'projection', 'exposure', 'store'];

let computed: string | undefined;

/**
 * A hash of the code that turns facts into columns and figures, and of the machine that runs it. Columns derived by other code are not read: a rule,
 * a field or a layout may have changed, and nobody has to remember to raise a version.
 *
 * Computed once, in some hundredths of a second.
 */
export function codeFingerprint(): string {
  computed ??= computeFingerprint();
  return computed;
}

function computeFingerprint(): string {
  const server = fileURLToPath(new URL('../..', import.meta.url));
  const hash = createHash('sha256').update(JSON.stringify([process.versions.v8, process.arch, endianness()]));
  for (const folder of folders) {
    const names = readdirSync(join(server, folder), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((path) => /\.[jt]s$/.test(path)).sort()) {
      hash.update(`\n${folder}/${name}\n`).update(readFileSync(join(server, folder, name)));
    }
  }
  return hash.digest('hex');
}
