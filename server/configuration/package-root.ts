import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let root: string | undefined;

/** The folder of our package.json, schema.graphql, seeds and the built page. It is the same for the source and the built program. */
export function packageRoot(): string {
  if (root === undefined) {
    let folder = dirname(fileURLToPath(import.meta.url));
    while (!existsSync(join(folder, 'schema.graphql'))) {
      const parent = dirname(folder);
      if (parent === folder) throw new Error('schema.graphql was not found above the program: the installation is incomplete.');
      folder = parent;
    }
    root = folder;
  }
  return root;
}

export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
}
