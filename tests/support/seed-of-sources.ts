import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * An integer in [0, 2^31) that follows from the code of the program and of its tests. Installed packages and generated files do not count.
 *
 * @param root absolute path of the repository
 */
export function seedOfSources(root: string): number {
  const hash = createHash('sha256');
  const files = ['server', 'web', 'tests'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((file) => `${room}/${file}`),
  );
  const isSource = (file: string) => /\.(ts|tsx|mjs|cjs|graphql|css)$/.test(file) && !/(^|\/)(node_modules|generated|dist)\//.test(file);
  for (const file of files.filter(isSource).sort())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest().readUInt32BE(0) >>> 1;
}
