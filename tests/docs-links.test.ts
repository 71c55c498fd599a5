import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from './support/test.ts';

const root = join(import.meta.dirname, '..');
const files = [
  ...readdirSync(root),
  ...['docs', 'seeds', 'server', 'tests', 'web'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  ),
];
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const pages = files.filter((path) => path.endsWith('.md'));
const sources = files.filter((path) => /\.(tsx?|mjs|md)$/.test(path));

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(path: string): string[] {
  const headings = [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading as string);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The fault of a link of a page; undefined if it leads somewhere. */
function faultOf(page: string, link: string): string | undefined {
  const [path, anchor] = link.split('#') as [string, string?];
  const target = path === '' ? page : relative(root, join(root, dirname(page), path));
  if (!existsSync(join(root, target))) return `${page}: ${link} leads to no file`;
  if (anchor === undefined || !target.endsWith('.md')) return undefined;
  return anchorsOf(target).includes(anchor) ? undefined : `${page}: ${link} leads to no heading`;
}

describe('the documents', () => {
  it('[D530] link to files and headings that exist', () => {
    const links = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, link]) => link as string)
        .filter((link) => !/^[a-z]+:/.test(link))
        .map((link) => ({ page, link })),
    );
    expect(links.length).toBeGreaterThan(100);
    expect(links.map(({ page, link }) => faultOf(page, link)).filter((fault) => fault !== undefined)).toEqual([]);
  });

  it('[D531] cite decisions by pages that exist, and list each of them', () => {
    const decisions = pages.filter((path) => path.startsWith('docs/decisions/') && !path.endsWith('README.md'));
    const cited = sources.flatMap((path) =>
      [...read(path).matchAll(/docs\/decisions\/[\w-]+\.md/g)].map(([page]) => ({ path, page: page as string })),
    );
    expect(cited.length).toBeGreaterThan(10);
    expect(cited.filter(({ page }) => !existsSync(join(root, page)))).toEqual([]);
    expect(sources.filter((path) => /\bdecision \d/i.test(read(path)))).toEqual([]);
    const list = read('docs/decisions/README.md');
    expect(decisions.filter((path) => !list.includes(`(${path.replace('docs/decisions/', '')})`))).toEqual([]);
  });
});
