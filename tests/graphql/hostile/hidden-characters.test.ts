import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasHidden } from '../../../server/domain/text/hidden-characters.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { runExposure } from '../../cli/run-exposure.ts';
import { artifact, importOf, lab, say, transfer, vendor } from '../../store/assertions-for-tests.ts';
import { readDocx } from '../../support/answers/docx-text.ts';
import { readPdf } from '../../support/answers/pdf-text.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { recordEarlier } from '../../support/worlds/recorded-earlier.ts';
import { Serving } from '../serving.ts';

const serving = new Serving();
const lab1 = 've\u202ega';
const kite = 'ki\u200bte';
const place = () => serving.environment().EXPOSURE_STORE as string;

beforeAll(async () => {
  const store = await openStore(place());
  const world = [
    lab(lab1, { name: 'Ve\u2066ga\nLabs' }),
    vendor(kite, { name: 'Ki\u00adte', contactEmail: 'a@kite.example' }),
    artifact('gui\u2060de', lab1, { name: 'Gui\u{e0041}de', valueLowUsd: 10, valueHighUsd: 20 }),
    transfer('t\ufeff1', 'gui\u2060de', lab1, kite, { sentAt: Date.UTC(2026, 0, 1), channel: 'S\u200bFTP', engagement: 'e' }),
    say('ENGAGEMENT', { id: 'e', client: lab1, provider: kite, noticeHours: 24 }),
  ].map((one) => ({ ...one, source: 'regi\u200bster' }));
  await recordEarlier(store, importOf('i1', world, { at: Date.UTC(2026, 0, 2), import: { source: 'regi\u200bster' } }));
  await store.close();
  await serving.start();
});
afterAll(() => serving.stopAndDelete());

const send = (method: string, path: string, body: string, type = 'application/json') =>
  fetch(serving.url + path, { method, headers: { 'content-type': type }, body });
const change = async (name: string, input: object) => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input!`;
  const more = name === 'saveIncident' ? 'incident { id version }' : '';
  return (
    await serving.get(`mutation($input: ${type}) { ${name}(input: $input) { ${more} userErrors { code path message } } }`, { input })
  )[name];
};
const draftOf = async (body: object) => {
  const response = await send('POST', '/api/imports', JSON.stringify(body));
  return { status: response.status, ...((await response.json()) as { id?: string; errors?: { message: string }[] }) };
};

describe('hidden characters through the API', () => {
  it('[G500] are refused in new names of facts, sources, incidents, imports and files, with a sentence that shows them', async () => {
    const { userErrors } = await change('putFacts', {
      organizations: [{ id: 'new', name: 'Ne\u202ew', roles: ['VENDOR'], aliases: ['a\u200bb'], source: 'so\nurce' }],
      transfers: [{ id: 't2', artifact: 'gui\u2060de', sender: lab1, recipient: kite, channel: 'a\u2066b' }],
    });
    expect(userErrors.map(({ code, path }: { code: string; path: string[] }) => `${path.join('.')}: ${code}`).sort()).toEqual([
      'organizations.0.aliases: HIDDEN_CHARACTER',
      'organizations.0.name: HIDDEN_CHARACTER',
      'organizations.0.source: HIDDEN_CHARACTER',
      'transfers.0.channel: HIDDEN_CHARACTER',
    ]);
    expect(await change('saveIncident', { name: 'In\u202ecident', origins: [kite] })).toMatchObject({
      userErrors: [{ code: 'HIDDEN_CHARACTER', path: ['name'], message: expect.stringContaining('\\u{202E}') }],
    });
    for (const body of [{ source: 'a\u200bb' }, { name: 'a\u2066b' }]) {
      const refused = await draftOf(body);
      expect([refused.status, refused.errors?.[0]?.message]).toEqual([400, expect.stringMatching(/\\u\{(200B|2066)\}.*nobody sees/)]);
    }
    const { id } = await draftOf({});
    for (const name of ['a\u202ecsv.csv', 'a\u200b.csv', 'a\n.csv', '\ufeffa.csv']) {
      const refused = await send('PUT', `/api/imports/${id}/files/${encodeURIComponent(name)}`, 'id,name\na,A\n', 'text/csv');
      expect([name, refused.status, await refused.text()]).toEqual([name, 400, expect.stringContaining('nobody sees')]);
    }
  });

  it('[G501] that are recorded are answered as they are; further editions of a recorded source are taken', async () => {
    const asked =
      'query($id: ID!) { organization(id: $id) { id name } search(text: "vega") { edges { node { found { ... on Organization { id } } } } } }';
    const { organization } = await serving.get(asked.replace(/ search.*\} \}$/, ' }'), { id: lab1 });
    expect(organization).toEqual({ id: lab1, name: 'Ve\u2066ga\nLabs' });
    const { id, status } = await draftOf({ source: 'regi\u200bster' });
    expect([status, typeof id]).toEqual([201, 'string']);
    // A person corrects another field, and then the name.
    expect(await change('putFacts', { organizations: [{ id: kite, name: 'Ki\u00adte', roles: ['VENDOR'], country: 'NZ' }] })).toMatchObject(
      {
        userErrors: [],
      },
    );
    expect(
      await change('putFacts', { organizations: [{ id: kite, name: 'Ki\u00adte', roles: ['VENDOR'], contactEmail: 'a@kite.example' }] }),
    ).toMatchObject({
      userErrors: [],
    });
  });

  it('[F503] that are recorded are in no pack, report, questionnaire or calendar: each shows them as escapes', async () => {
    const { incident } = await change('saveIncident', {
      name: 'Spring',
      state: 'OPEN',
      origins: [kite],
      discoveredAt: '2026-02-01T00:00:00Z',
      core: { from: '2026-02-01T00:00:00Z', to: '2026-02-02T00:00:00Z' },
    });
    const query = `incident=${incident.id}&lab=${encodeURIComponent(lab1)}`;
    const bytesOf = async (path: string) => Buffer.from(await (await fetch(`${serving.url}/api/${path}`)).arrayBuffer());
    const pdf = async (path: string) => readPdf(await bytesOf(path)).pages.join('\n');
    const texts: Record<string, string> = {
      md: (await bytesOf(`notification-pack.md?${query}`)).toString(),
      csv: (await bytesOf(`notification-pack.csv?${query}`)).toString(),
      docx: readDocx(await bytesOf(`notification-pack.docx?${query}`)).text,
      pdf: await pdf(`notification-pack.pdf?${query}`),
      report: await pdf(`incident-report.pdf?incident=${incident.id}`),
      questionnaire: await pdf(`questionnaire.pdf?holder=${encodeURIComponent(kite)}`),
      calendar: (await bytesOf(`notices.ics?incident=${incident.id}`)).toString().replaceAll('\r\n ', ''),
    };
    for (const [format, text] of Object.entries(texts)) {
      // A list for people begins with a byte order mark.
      const lines = text.replace(/^\ufeff/, '').split(/[\r\n]+/);
      expect({ format, hidden: lines.filter((line) => hasHidden(line)) }).toEqual({ format, hidden: [] });
      const wanted = format === 'calendar' || format === 'report' ? /u\\?\{2066\\?\}|u\\?\{AD\\?\}/ : /u\\?\{E0041\\?\}/;
      expect({ format, text: text.replace(/\s+/g, ' ') }).toEqual({ format, text: expect.stringMatching(wanted) });
    }
    expect(texts.csv).toContain('Gui\\u{E0041}de');
    // Stand-ins take the place of the escapes, too.
    for (const format of ['md', 'csv']) {
      const hiding = (await bytesOf(`notification-pack.${format}?${query}&redact=names`)).toString();
      expect({ format, left: /E0041|2060|2066|202E|\{AD|Gui|Labs/.exec(hiding)?.[0] }).toEqual({ format, left: undefined });
    }
    // The confirmation of a holder is imported again, so it keeps them.
    expect((await bytesOf(`holdings.csv?holder=${encodeURIComponent(kite)}`)).toString()).toContain('gui\u2060de');
  });

  it('[C500] that are recorded are shown escaped by the command line, and whole in its JSON', async () => {
    const run = (...words: string[]) => runExposure(serving.folder, [...words, '--store', place()]);
    const { out } = await run('radius', kite, '--core', '2026-02-01/2026-02-02');
    expect(out).toContain('Gui\\u{E0041}de');
    expect(out.split('\n').filter((line) => hasHidden(line))).toEqual([]);
    const json = await run('radius', kite, '--core', '2026-02-01/2026-02-02', '--json');
    expect(json.out.split('\n').filter((line) => hasHidden(line))).toEqual([]);
    expect(JSON.parse(json.out).summary.origins).toEqual([{ id: kite, name: 'Ki\u00adte' }]);
    for (const [name, source] of [
      ['organizations.csv', 'a\u202eb'],
      ['organi\u200bzations.csv', 'fine'],
    ] as const) {
      writeFileSync(join(serving.folder, name), 'id,name\nnew,New\n');
      const { code, err } = await run('import', join(serving.folder, name), '--source', source);
      expect([name, code, err]).toEqual([name, 2, expect.stringMatching(/\\u\{20(2E|0B)\}.*nobody sees/)]);
    }
  });
});
