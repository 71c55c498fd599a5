import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const api = process.env.EXPOSURE_API ?? 'http://127.0.0.1:4000';

/** The console's stylesheet brings its fonts as data addresses, which the server forbids: it takes ours instead (console.css). */
const withoutDataFonts: Plugin = {
  name: 'without-data-fonts',
  enforce: 'pre',
  transform: (code, id) => (id.includes('/graphiql/dist/style.css') ? code.replace(/@font-face\s*\{[^}]*\}/g, '') : null),
};

/**
 * The page is built into dist/web and served by our own server. Nothing is inlined as a data address, so that the server can forbid
 * those for fonts and scripts, and nothing is fetched from another host.
 */
export default defineConfig({
  plugins: [react(), withoutDataFonts],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    chunkSizeWarningLimit: 2000,
    // The console is a page of its own: nobody else loads it.
    rollupOptions: { input: ['web/index.html', 'web/graphiql.html'] },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/graphql': api, '/api': api, '/healthz': api, '/readyz': api },
  },
});
