/** The options of the server's bundle: the build into dist/server, and a thread that starts from its source, use the same options. */
export const bundleOptions = {
  bundle: true,
  // A module that two entry points share, or that one imports later, is a file of its own, named by its content.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  external: [
    // These read files of their own packages.
    ...['pdfmake', 'docx', 'fontkit', 'any-ascii', 'better-sqlite3', 'pino'],
    // It loads its parts in a way that no bundler follows.
    'jsonc-parser',
    // OpenTelemetry instruments it from outside, by the name of the package.
    'graphql',
  ],
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // Libraries in CommonJS load Node's modules by `require`.
  banner: { js: "import { createRequire as requireFor } from 'node:module';\nconst require = requireFor(import.meta.url);" },
  logLevel: 'warning',
};
