import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const fileName = 'third-party-notices.txt';

/** Writes the licenses of all packages of which the page carries something. Where a package has no license text, its name of the license stands. A package without either stops the build. */
export const thirdPartyNotices: Plugin = {
  name: 'third-party-notices',
  apply: 'build',
  generateBundle(_, bundle) {
    const folders = new Set(
      Object.values(bundle).flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds.flatMap((id) => folderOf(id) ?? []) : [])),
    );
    // Not modules: a font, and the outlines of icons.
    for (const name of ['@fontsource-variable/inter', '@iconify-json/tabler']) folders.add(join('node_modules', name));
    const notices = [...folders].sort().map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
      const text = licenseOf(folder) ?? `Licensed under ${license ?? this.error(`${name} names no license.`)}.`;
      return `${name} ${version}\n\n${text.trim()}\n`;
    });
    this.emitFile({ type: 'asset', fileName, source: notices.join(`\n${'-'.repeat(80)}\n\n`) });
  },
};

/** The folder of the package that holds a module; undefined for a module of our own. */
function folderOf(id: string): string | undefined {
  return /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
}

function licenseOf(folder: string): string | undefined {
  const file = readdirSync(folder).find((name) => /^licen[cs]e(\.|-|$)/i.test(name));
  return file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined;
}
