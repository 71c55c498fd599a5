import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { icons } from '@iconify-json/tabler';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vite';
import { conceptsPage } from './concepts/concepts-page.ts';

/** The API sees the host under which the page was opened, so that it takes the page's origin for its own. */
const api = { target: process.env.PAGE_API ?? 'http://127.0.0.1:4000', changeOrigin: false };

/** Serves `import Icon from 'virtual:tabler/NAME'`: one icon. The page carries only the icons that it names. */
const tablerIcons: Plugin = {
  name: 'tabler-icons',
  resolveId: (id) => (id.startsWith('virtual:tabler/') ? `\0${id}` : null),
  load(id) {
    if (!id.startsWith('\0virtual:tabler/')) return null;
    const name = id.slice('\0virtual:tabler/'.length);
    const body = icons.icons[name]?.body ?? this.error(`Tabler has no icon named ${name}.`);
    if (/<(?!\/|path\b|g\b)/.test(body)) this.error(`The Tabler icon ${name} is not made of paths alone.`);
    const paths = Array.from(body.matchAll(/ d="([^"]+)"/g), ([, d]) => d);
    return `import { makeIcon } from '/shared/ui/make-icon.tsx';\nexport default makeIcon(${JSON.stringify(paths)});`;
  },
};

/** The parts of Mantine that every page needs. They form one file with React, because each file costs a request and its headers. */
const everywhere =
  'ActionIcon|Button|Combobox|FocusTrap|InlineInput|Input|Kbd|Loader|Menu|Popover|Portal|ScrollArea|Switch|Tabs|TextInput|Tooltip|Transition|UnstyledButton';
const library = new RegExp(
  `/node_modules/(react|react-dom|scheduler|@floating-ui|@mantine/(hooks|core/esm/(core|components/(${everywhere}))))/`,
);

/** The console's stylesheet embeds its fonts as data URLs, which the server forbids. The console uses our fonts instead (console.css). */
const withoutDataFonts: Plugin = {
  name: 'without-data-fonts',
  enforce: 'pre',
  transform: (code, id) => (id.includes('/graphiql/dist/style.css') ? code.replace(/@font-face\s*\{[^}]*\}/g, '') : null),
};

/** Writes each script and stylesheet a second time, as brotli at its highest quality: a fifth smaller than what the server could do per request. */
const precompressed: Plugin = {
  name: 'precompressed',
  apply: 'build',
  writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle).filter((file) => /^assets\/(?!graphiql|codemirror).*\.(js|css)$/.test(file))) {
      const file = join(dir, name);
      writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
    }
  },
};

/** Writes the licenses of all packages of which the page carries something. Where a package has no license text, its name of the license stands. A package without either stops the build. */
const thirdPartyNotices: Plugin = {
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
    this.emitFile({ type: 'asset', fileName: 'third-party-notices.txt', source: notices.join(`\n${'-'.repeat(80)}\n\n`) });
  },
};

/**
 * Builds the page into dist/web, which our server serves. Inlines nothing as a data URL, so that the server can forbid those for fonts and
 * scripts. Loads nothing from another host.
 */
export default defineConfig({
  plugins: [react(), tablerIcons, withoutDataFonts, conceptsPage, thirdPartyNotices, precompressed],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    chunkSizeWarningLimit: 2000,
    // The GraphQL console and the concepts are pages of their own, so that the main page does not load them.
    rolldownOptions: {
      input: ['web/index.html', 'web/graphiql.html', 'web/concepts.html'],
      // A page loads only its own operations, although operations.ts names those of all pages.
      output: {
        codeSplitting: {
          groups: [
            { name: 'library', test: library },
            // The code that loads a part belongs to no part: the page would wait for that part.
            { name: 'preload-helper', test: /vite\/preload-helper/ },
            {
              name: 'shared',
              test: /\/web\/(shared\/(?!generated\/|format\/grade-words|changes\/|lists\/data-table)|features\/(views\/view(-href|s\.module)|search\/(find-box|organization-picker)|explore\/node-key|blast-radius\/(summary\/(forms|skeletons)|canvas\/(pointed|canvas-toolbar|flow-radius)|explore-link|sentences|question-variables|lanes-radius)))/,
            },
            // Neither is on the first page.
            { name: 'tables', test: /\/web\/shared\/(changes\/|lists\/data-table)/ },
            { name: 'cytoscape', test: /\/node_modules\/cytoscape\// },
            // Each file costs 750 bytes of headers.
            { name: 'canvas', test: /\/web\/canvas\/cytoscape\/(?!images)/ },
            // The bell loads once the page is idle, and what it opens with it.
            { name: 'watches', test: /\/web\/features\/watches\/(?!changed-part\/)/ },
            // Loads once a canvas is idle.
            { name: 'scene-idle', test: /\/web\/canvas\/scene\/(moving-picture|canvas-svg|minimap)/ },
            { name: 'scene', test: /\/web\/(canvas\/(scene\/|lanes\/)|features\/blast-radius\/canvas\/lanes-picture)/ },
          ],
        },
      },
      treeshake: { moduleSideEffects: [{ test: /\/web\/shared\/generated\//, sideEffects: false }] },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/graphql': api, '/api': api, '/healthz': api, '/readyz': api },
  },
});

/** The folder of the package that holds a module; undefined for a module of our own. */
function folderOf(id: string): string | undefined {
  return /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
}

function licenseOf(folder: string): string | undefined {
  const file = readdirSync(folder).find((name) => /^licen[cs]e(\.|-|$)/i.test(name));
  return file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined;
}
