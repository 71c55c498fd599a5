import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const source = fileURLToPath(new URL('../../docs/concepts.md', import.meta.url));
// Uses `require`, because the package has no types.
const makeMarkdown = createRequire(import.meta.url)('markdown-it') as () => { render(text: string): string };

/** Puts docs/concepts.md into concepts.html, so that the help cards can link to its sections without another host. */
export const conceptsPage: Plugin = {
  name: 'concepts-page',
  transformIndexHtml: {
    order: 'pre',
    handler: (html, { filename }) =>
      filename.endsWith('/concepts.html')
        ? html.replace('<!-- docs/concepts.md -->', () => renderConcepts(readFileSync(source, 'utf8')))
        : html,
  },
};

/** Headings get the same ids as on repository sites. Pictures come from docs. Links to other documents become text. */
export function renderConcepts(text: string): string {
  return (
    makeMarkdown()
      .render(text)
      .replace(/<h([1-6])>(.*?)<\/h\1>/g, (_, level, title) => `<h${level} id="${sectionId(title)}">${title}</h${level}>`)
      .replace(/<table>/g, '<div class="table" tabindex="0" role="region" aria-label="Table"><table>')
      .replace(/<\/table>/g, '</table></div>')
      // The content security policy forbids styles in attributes.
      .replace(/ style="text-align:(left|center|right)"/g, ' data-align="$1"')
      .replace(/src="(concepts-[\w-]+\.svg)"/g, 'src="../docs/$1"')
      .replace(/<a href="(?!https?:|#)[^"]*">(.*?)<\/a>/g, '$1')
  );
}

function sectionId(title: string): string {
  return title
    .replace(/<[^>]+>/g, '')
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/\s+/g, '-');
}
