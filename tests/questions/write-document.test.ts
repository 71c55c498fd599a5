import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Document } from '../../server/export/document/document.ts';
import { documentPdf } from '../../server/export/document/document-pdf.ts';
import { Asker } from '../../server/questions/asker.ts';
import { Questions } from '../../server/questions/questions.ts';
import { TimeLimit } from '../../server/questions/run/time-limit.ts';
import { writeDocument } from '../../server/questions/write-document.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { readDocx } from '../support/answers/docx-text.ts';
import { afterAll, describe, expect, it } from '../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-documents-'));
const store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
const questions = new Questions({ store, projection: 'whole' });
afterAll(async () => {
  await questions.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const document: Document = {
  title: 'Break-in: what concerns Łódź',
  preparedAt: Date.parse('2026-11-25T10:00:00Z'),
  blocks: Array.from({ length: 400 }, (_, i) => ({ kind: 'paragraph' as const, text: `Paragraph ${i}. ${'Words. '.repeat(40)}` })),
};
const within = (limit: TimeLimit, format: 'pdf' | 'docx' = 'pdf') => writeDocument(new Asker(questions, limit), format, document);

describe('writing documents', () => {
  it('[G300] a thread writes the same bytes as this thread', async () => {
    const pdf = await within(new TimeLimit(60_000));
    expect(Buffer.isBuffer(pdf)).toBe(true);
    expect(pdf.equals(await documentPdf(document))).toBe(true);
    expect(readDocx(await within(new TimeLimit(60_000), 'docx')).text).toContain('Paragraph399.Words.');
  });

  it('[G300] the event loop turns while a document is written', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await within(new TimeLimit(60_000));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });

  it('[G301] writing ends on timeout or when the client leaves, and the next document is written', async () => {
    await expect(within(new TimeLimit(1))).rejects.toMatchObject({ code: 'QUERY_TIMEOUT' });
    const leaving = new AbortController();
    const abandoned = within(new TimeLimit(60_000, leaving.signal));
    leaving.abort(new Error('gone'));
    await expect(abandoned).rejects.toThrow('gone');
    expect((await within(new TimeLimit(60_000))).length).toBeGreaterThan(10_000);
  });
});
