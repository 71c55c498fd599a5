import { createRequire } from 'node:module';
import type { Document } from '../../../server/export/document/document.ts';
import { documentMarkdown } from '../../../server/export/document/document.ts';
import { documentDocx } from '../../../server/export/document/document-docx.ts';
import { documentPdf } from '../../../server/export/document/document-pdf.ts';
import { readDocx } from '../../support/answers/docx-text.ts';
import { readPdf } from '../../support/answers/pdf-text.ts';
import { describe, expect, it } from '../../support/test.ts';

const makeMarkdown = createRequire(import.meta.url)('markdown-it') as (options: object) => { render(text: string): string };
const preparedAt = Date.parse('2026-11-25T10:00:00Z');
const names = ['Łódź Ärzte', 'Αθήνα', 'Москва', 'Việt Nam', 'a < b & "c"', '50% | *x*'];
const rows = Array.from({ length: 120 }, (_, i) => [`Row ${i}`, names[i % names.length] as string, `$${i}.5M`]);
const document: Document = {
  title: 'Break-in: what concerns Łódź',
  preparedAt,
  blocks: [
    { kind: 'paragraph', text: 'Prepared on Nov 25, 2026.' },
    { kind: 'heading', level: 2, text: 'In short' },
    { kind: 'table', header: ['Artifact', 'Name', 'Worst case'], widths: [0.4, 0.4, 0.2], rows },
    { kind: 'heading', level: 3, text: 'Details' },
    { kind: 'list', items: names.map((text, i) => ({ text, level: i % 2 === 0 ? 0 : 1 })) },
    {
      kind: 'curve',
      caption: 'The share of runs.',
      points: [
        { usd: 10, share: 0.9 },
        { usd: 400, share: 0.1 },
      ],
    },
  ],
};
const squeeze = (text: string) => text.replace(/\s+/g, '');
const texts = [document.title, ...names, 'In short', 'Details', ...rows.flat()].map(squeeze);

describe('documents', () => {
  it('[P203] every text stands in the Markdown, the PDF and the DOCX of a document', async () => {
    const pdf = readPdf(await documentPdf(document));
    const docx = readDocx(await documentDocx(document));
    const pages = pdf.pages.join('');
    for (const text of texts) {
      expect(pages).toContain(text);
      expect(docx.text).toContain(text);
    }
    expect(documentMarkdown(document)).toContain('| Row 3 | Việt Nam | $3.5M |');
    expect(documentMarkdown(document)).toContain('| 50% \\| \\*x\\* |');
  });

  it('[S217] a name that reads like an address becomes no link in rendered Markdown, unless it shows http or https', () => {
    const text = 'by //host.example/share, ftp://host.example/x, file:////host.example/x, https://host.example/y';
    const written = documentMarkdown({ title: 'T', preparedAt, blocks: [{ kind: 'paragraph', text }] });
    const html = makeMarkdown({ linkify: true }).render(written);
    expect(html.match(/href="[^"]*"/g)).toEqual(['href="https://host.example/y"']);
    expect(html.replace(/<[^>]*>/g, '')).toContain(text);
  });

  it('[P204] a PDF numbers its pages and repeats the header of a table, and no heading ends a page', async () => {
    const { pages } = readPdf(await documentPdf(document));
    expect(pages.length).toBeGreaterThan(3);
    for (const [i, page] of pages.entries()) expect(page).toMatch(new RegExp(`Page${i + 1}of${pages.length}$`));
    const withRows = pages.filter((page) => page.includes('Row'));
    expect(withRows.length).toBeGreaterThan(2);
    for (const page of withRows) expect(page).toContain('ArtifactNameWorstcase');
    const long: Document = {
      title: 'Long',
      preparedAt,
      blocks: Array.from({ length: 90 }, (_, i) => [
        { kind: 'heading' as const, level: 3 as const, text: `Heading${i}.` },
        { kind: 'paragraph' as const, text: 'Words '.repeat(5 + (i % 40)) },
      ]).flat(),
    };
    for (const page of readPdf(await documentPdf(long)).pages) expect(page).not.toMatch(/Heading\d+\.LongPage\d+of\d+$/);
    const items = Array.from(
      { length: 150 },
      (_, i) => ({ text: i % 3 === 0 ? `Item ${i}.` : `Below ${i}.`, level: i % 3 === 0 ? 0 : 1 }) as const,
    );
    const lists: Document = { title: 'Lists', preparedAt, blocks: [{ kind: 'list', items }] };
    for (const page of readPdf(await documentPdf(lists)).pages) expect(page).not.toMatch(/^(Lists)?–/);
  });

  it('[P205] letters that the PDF has no font for are spelled in brackets and explained; the DOCX has them', async () => {
    const strange: Document = { title: 'مختبر', preparedAt, blocks: [{ kind: 'paragraph', text: 'At 北京 and प्रयोग, with 🧪.' }] };
    const pdf = readPdf(await documentPdf(strange));
    expect(pdf.pages.join('')).toContain('[mkhtbr]');
    expect(pdf.pages.join('')).toContain('At[BeiJing]and[pryog],with[:test_tube:].');
    expect(pdf.pages.join('')).toContain('Wordsinsquarebrackets');
    expect(pdf.pages.join('')).not.toContain('\ufffd');
    expect(readDocx(await documentDocx(strange)).text).toBe('مختبرAt北京andप्रयोग,with🧪.');
    expect(readPdf(await documentPdf({ ...strange, title: 'Plain', blocks: [] })).pages.join('')).not.toContain('brackets');
  });

  it('[P206] the metadata of both names the title and this program, and nothing else', async () => {
    expect(readPdf(await documentPdf(document)).info).toEqual({
      Title: document.title,
      Creator: 'Exposure Graph',
      Producer: 'Exposure Graph',
      CreationDate: 'D:20261125100000Z',
      ModDate: 'D:20261125100000Z',
    });
    const { rest } = readDocx(await documentDocx(document));
    const core = /docProps\/core\.xml\n([\s\S]*?)(?=\ndocProps|\nword|$)/.exec(rest)?.[1] ?? '';
    expect(
      core
        .replace(/<[^>]+>/g, ' ')
        .split(/\s{2,}/)
        .filter((part) => part.trim() !== ''),
    ).toEqual(expect.arrayContaining([document.title, 'Exposure Graph']));
    expect(rest).not.toMatch(/Un-named|\/tmp|\/home|\/work/);
    expect(await documentPdf(document)).toEqual(await documentPdf(document));
  });
});
