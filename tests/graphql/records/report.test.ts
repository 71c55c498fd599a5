import { readDocx } from '../../support/answers/docx-text.ts';
import { readPdf } from '../../support/answers/pdf-text.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving } from '../serving.ts';

const serving = new Serving();
beforeAll(() => serving.start({ demo: true }));
afterAll(() => serving.stopAndDelete());

const get = (path: string) => fetch(`${serving.url}/api/${path}`);
const bytesOf = async (path: string) => Buffer.from(await (await get(path)).arrayBuffer());

describe('documents of an incident', () => {
  it('[G285] the executive report has three pages, with the figures of the API', async () => {
    const { blastRadius } =
      await serving.get(`{ blastRadius(input: { incident: "INC-02" }) { summary { exposedCount possibleCount containedCount affectedLabCount }
      simulation { p5Usd p95Usd } } }`);
    const { exposedCount, possibleCount, containedCount, affectedLabCount } = blastRadius.summary;
    const { pages, info } = readPdf(await bytesOf('incident-report.pdf?incident=INC-02'));
    expect(pages).toHaveLength(3);
    expect(pages[0]).toContain(`Worst-caselossWeightedloss${exposedCount}${possibleCount}${containedCount}${affectedLabCount}$53.2M$29.9M`);
    const usd = (amount: number) => `$${(amount / 1e6).toFixed(1).replace(/\.0$/, '')}M`;
    expect(pages[1]).toContain(`between${usd(blastRadius.simulation.p5Usd)}and${usd(blastRadius.simulation.p95Usd)};`);
    expect(pages[2]).toContain('Suspendinganorganizationdoesnotclawdataback.');
    expect(info.Title).toBe('Quillmark: credentials taken through the gateway');
    expect((await get('incident-report.pdf?incident=gone')).status).toBe(404);
  });

  it('[G286] a pack has the same figures as PDF and DOCX as in Markdown', async () => {
    const query = 'incident=INC-02&lab=brightfen';
    const markdown = (await bytesOf(`notification-pack.md?${query}`)).toString();
    const figures = [...markdown.matchAll(/\$[\d.]+[MK]?|T-\d{4}/g)].map(([figure]) => figure);
    expect(figures.length).toBeGreaterThan(30);
    const pdf = readPdf(await bytesOf(`notification-pack.pdf?${query}`)).pages.join('');
    const docx = readDocx(await bytesOf(`notification-pack.docx?${query}`)).text;
    for (const figure of figures) {
      expect(pdf).toContain(figure);
      expect(docx).toContain(figure);
    }
    for (const format of ['pdf', 'docx']) {
      expect((await get(`notification-pack.${format}?${query}&redact=names`)).status).toBe(400);
    }
  });

  it('[G641] a file names its lab, incident and day; one that hides names says the day alone', async () => {
    const nameOf = async (path: string) => /filename="([^"]+)"/.exec((await get(path)).headers.get('content-disposition') ?? '')?.[1];
    const day = '\\d{4}-\\d\\d-\\d\\d';
    const expected = {
      'notification-pack.pdf?incident=INC-02&lab=aurelis': `aurelis-labs_INC-02_${day}_pack\\.pdf`,
      'notification-pack.docx?incident=INC-02&lab=brightfen': `brightfen-ai_INC-02_${day}_pack\\.docx`,
      'notification-pack.md?incident=INC-02&lab=aurelis': `aurelis-labs_INC-02_${day}_pack\\.md`,
      'notification-pack.csv?incident=INC-02&lab=aurelis': `aurelis-labs_INC-02_${day}_pack\\.csv`,
      'incident-report.pdf?incident=INC-02': `INC-02_${day}_report\\.pdf`,
      'notices.ics?incident=INC-02': `INC-02_${day}_notices\\.ics`,
      'questionnaire.pdf?holder=quillmark&owner=aurelis': `quillmark-aurelis-labs_${day}_questionnaire\\.pdf`,
      'holdings.csv?holder=quillmark&owner=aurelis': 'quillmark-aurelis-labs_holdings\\.csv',
      'blast-radius.csv?incident=INC-02&owners=aurelis': `aurelis_INC-02_${day}_blast-radius\\.csv`,
      'blast-radius.json?incident=INC-02': `INC-02_${day}_blast-radius\\.json`,
      'control-gaps.csv?redact=names': `${day}_control-gaps\\.csv`,
      'notification-pack.md?incident=INC-02&lab=aurelis&redact=names': `${day}_pack\\.md`,
      'holdings.csv?holder=quillmark&redact=names': 'holdings\\.csv',
    };
    for (const [path, name] of Object.entries(expected)) expect(await nameOf(path)).toMatch(new RegExp(`^${name}$`));
  });

  it('[G287] a questionnaire to print lists what an organization is thought to hold, as holdings.csv does', async () => {
    const rows = (await bytesOf('holdings.csv?holder=quillmark')).toString().trim().split('\n').slice(1);
    const text = readPdf(await bytesOf('questionnaire.pdf?holder=quillmark')).pages.join('');
    expect(text).toContain('QuestionstoQuillmark:whatyouhold');
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) expect(text).toContain(row.split(',')[0]);
    expect((await get('questionnaire.pdf?holder=nobody')).status).toBe(404);
    expect(readPdf(await bytesOf('questionnaire.pdf?holder=proxyline')).pages.join('')).toContain('Ourrecordsshownocopyinyourcustody.');
  });
});
