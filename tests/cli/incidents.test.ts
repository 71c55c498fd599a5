import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDocx } from '../support/answers/docx-text.ts';
import { readPdf } from '../support/answers/pdf-text.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { type CommandLine, root, startCommandLine } from './run-exposure.ts';

let folder: string;
let commandLine: CommandLine;
const run = (...args: string[]) => commandLine.run(folder, args);
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).out);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-incidents-'));
  commandLine = await startCommandLine();
  const { code, err } = await run('import', join(root, 'seeds/demo'));
  if (code !== 0) throw new Error(err);
});
afterAll(async () => {
  await commandLine.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** One story: each test continues where the one before it ended. */
describe('incidents on the command line', () => {
  let id: string;

  it('[C50] [C571] an incident is opened, listed, shown with its history, and changed', async () => {
    const opened = await run(
      ...['incident', 'open', 'Break-in', '--origin', 'quillmark', '--core', '2026-09-24/2026-09-24', '--discovered-at', '2026-09-25'],
    );
    expect(opened).toMatchObject({ code: 0, err: '' });
    id = opened.out.trim();
    expect((await json('incident', 'list'))[0]).toMatchObject({ id, version: 1, name: 'Break-in', state: 'OPEN', origins: ['quillmark'] });
    const saved = await json('incident', 'save', id, '--state', 'contained', '--origin', 'QUILLMARK', 'Bluefinch Inc', '--if-version', '1');
    expect(saved).toMatchObject({ version: 2, name: 'Break-in', state: 'CONTAINED', core: { from: '2026-09-24T00:00:00Z' } });
    const shown = await json('incident', 'show', id);
    expect(shown.entries.map(({ text }: { text: string }) => text)).toEqual([
      'State: OPEN → CONTAINED. Origins added: Bluefinch.',
      'The incident was opened with Quillmark as origin.',
    ]);
    expect((await run('incident', 'show', id)).out).toMatch(/^AT +BY +EXPOSED\+POSSIBLE +ENTRY$/m);
  });

  it('[C51] a change of an older version fails, and a wrong one is refused with every fault', async () => {
    const late = await run('incident', 'save', id, '--name', 'late', '--if-version', '1');
    expect(late).toMatchObject({ code: 1, out: '', err: expect.stringContaining('The incident is at version 2, not at 1.') });
    const wrong = await run('incident', 'open', ' ', '--origin', 'nobody');
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toContain('The incident has no name; give it one.\nThere is no organization "nobody".');
    const misspelled = await run('incident', 'open', 'Named', '--origin', 'Quilmark');
    expect(misspelled).toMatchObject({ code: 1, err: expect.stringContaining('There is no organization "Quilmark".') });
    expect((await run('incident', 'show', 'gone')).code).toBe(1);
  });

  it('[C52] assess records what people found, and says what the inventory contradicts', async () => {
    const output = await run('assess', id, 'preference scheme p4', '--state', 'not-disclosed', '--reason', 'The logs show no read.');
    expect(output).toMatchObject({ code: 0, err: '' });
    expect(output.out).toContain('The inventory contradicts this');
    expect(await run('assess', id, 'a-pref-p4', '--state', 'not-disclosed')).toMatchObject({ code: 2, out: '' });
    const csv = (await run('radius', '--incident', id, '--format', 'csv')).out;
    expect(csv).toMatch(/^a-pref-p4,.*,NOT_DISCLOSED,/m);
  });

  it('[C53] notify writes a pack for each lab that is to be told, or for one', async () => {
    const out = join(folder, 'packs');
    const files: string[] = await json('notify', id, out);
    const labs = readdirSync(out);
    expect(files).toHaveLength(4 * labs.length);
    expect(labs).toContain('aurelis');
    for (const file of files) expect(existsSync(file)).toBe(true);
    // Each file names its lab, incident and day, so that no lab gets the pack of another.
    const names = readdirSync(join(out, 'aurelis'));
    const stem = names[0]?.slice(0, names[0].lastIndexOf('.')) ?? '';
    expect(stem).toMatch(/^aurelis-labs_[A-Za-z0-9-]+_\d{4}-\d\d-\d\d_pack$/);
    expect(names.toSorted()).toEqual(['csv', 'docx', 'md', 'pdf'].map((format) => `${stem}.${format}`));
    const pack = readFileSync(join(out, 'aurelis', `${stem}.md`), 'utf8');
    expect(pack).toContain('# Break-in: what concerns Aurelis Labs');
    expect(pack).not.toMatch(/Brightfen|Cindral|Everholt/);
    expect(readFileSync(join(out, 'aurelis', `${stem}.csv`), 'utf8')).toMatch(/^\ufeffartifact,name,tier,/);
    expect(readPdf(readFileSync(join(out, 'aurelis', `${stem}.pdf`))).pages.join('')).toContain('whatconcernsAurelisLabs');
    expect(readDocx(readFileSync(join(out, 'aurelis', `${stem}.docx`))).text).toContain('whatconcernsAurelisLabs');
    const one = join(folder, 'one');
    await run('notify', id, one, '--lab', 'Brightfen');
    expect(readdirSync(one)).toEqual(['brightfen']);
    expect(await run('notify', 'gone', out)).toMatchObject({ code: 1, out: '' });
    expect(await run('notify', id, out, '--lab', 'quillmark')).toMatchObject({ code: 2, out: '' });
  });

  it('[C65] who tells whom is listed, also as a calendar, and recorded as told; a note is added', async () => {
    const calendar = join(folder, 'notices.ics');
    const listed = await json('incident', 'notices', id, '--calendar', calendar);
    expect(listed[0]).toMatchObject({ notifier: 'quillmark', state: 'TO_TELL', dueAt: '2026-09-26T00:00:00Z', toldAt: null });
    expect(readFileSync(calendar, 'utf8').match(/BEGIN:VEVENT/g)?.length).toBe(
      listed.filter(({ dueAt }: { dueAt: unknown }) => dueAt).length,
    );
    const { lab, notifier } = listed[0];
    const output = await run('incident', 'tell', id, lab.toUpperCase(), '--by', 'Quillmark', '--note', 'By phone.');
    expect(output).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/ was told by Quillmark\. By phone\.\n$/) });
    expect((await json('incident', 'notices', id))[0]).toMatchObject({ lab, notifier, state: 'TOLD', note: 'By phone.', by: 'local' });
    const wrong = await run('incident', 'tell', id, 'quillmark');
    expect(wrong).toMatchObject({ code: 1, out: '', err: expect.stringContaining('neither an affected lab nor a blind spot') });
    expect(await run('incident', 'note', id, 'The vendor called.')).toMatchObject({ code: 0, out: 'The vendor called.\n' });
    expect((await run('incident', 'show', id)).out).toMatch(
      /^AT +BY +EXPOSED\+POSSIBLE +ENTRY\n\S+ +local +\d+\+\d+ +The vendor called\.$/m,
    );
  });

  it('[C820] notices are filtered and grouped; labs are told at once with the time of telling, which can be undone', async () => {
    const open = await json('incident', 'notices', id, '--state', 'to-tell');
    expect(open.length).toBeGreaterThan(2);
    expect(open.every(({ state }: { state: string }) => state === 'TO_TELL')).toBe(true);
    expect(await json('incident', 'notices', id, '--owner', 'Mara')).toEqual([]);
    const groups = await json('incident', 'notices', id, '--by', 'notifier');
    const total = groups.reduce((sum: number, group: { total: number }) => sum + group.total, 0);
    expect(total).toBe((await json('incident', 'notices', id)).length);
    expect((await run('incident', 'notices', id, '--by', 'lab')).out).toMatch(/^LAB +NOTICES +TO TELL +OVERDUE/);
    const { notifier } = open[0];
    const labs = open.filter((one: { notifier: string }) => one.notifier === notifier).map(({ lab }: { lab: string }) => lab);
    const told = await json('incident', 'tell', id, ...labs, '--by', notifier, '--at', '2026-09-25T12:00:00Z', '--owner', 'Mara');
    const mine = await json('incident', 'notices', id, '--owner', 'Mara');
    expect(mine.map(({ lab }: { lab: string }) => lab).sort()).toEqual([...labs].sort());
    expect(mine[0]).toMatchObject({ toldAt: '2026-09-25T12:00:00Z', owner: 'Mara' });
    expect(await run('incident', 'tell', id, '--undo', told.change)).toMatchObject({ code: 0, out: expect.stringMatching(/^Undone: /) });
    expect(await json('incident', 'notices', id, '--owner', 'Mara')).toEqual([]);
    expect(await run('incident', 'tell', id, labs[0], '--by', notifier, '--at', '2999-01-01')).toMatchObject({ code: 2, out: '' });
    expect((await run('incident', 'tell', id)).code).toBe(2);
  });

  it('[C66] a questionnaire is written for an organization, as a file to fill in and to print', async () => {
    const out = join(folder, 'ask');
    expect(await json('incident', 'ask', 'Quillmark', out)).toEqual([join(out, 'holdings.csv'), join(out, 'questionnaire.pdf')]);
    expect(readFileSync(join(out, 'holdings.csv'), 'utf8')).toMatch(/^id,artifact,sender,recipient,[\s\S]*\nT-0106,/);
    expect(readPdf(readFileSync(join(out, 'questionnaire.pdf'))).pages.join('')).toContain('QuestionstoQuillmark:whatyouhold');
    expect(await run('incident', 'ask', 'nobody', out)).toMatchObject({ code: 1, out: '' });
  });

  it('[G284] the plan is listed and worked through on the command line', async () => {
    const [first] = await json('incident', 'plan', id);
    expect(first).toMatchObject({ id: 'ENCRYPT/quillmark', doneAt: null, removedHereUsd: 0 });
    expect((await run('incident', 'plan', id)).out).toMatch(/^STEP +LOSS REMOVED TODAY +LOSS REMOVED IN INCIDENT +DUE/m);
    const step = 'RECALL/quillmark/aurelis';
    expect(await run('incident', 'tick', id, step, '--done-at', '2026-06-30')).toMatchObject({ code: 2, out: '' });
    expect(await run('incident', 'tick', id, 'nothing')).toMatchObject({ code: 1, out: '' });
    const done = await run('incident', 'tick', id, step, '--done-at', '2026-06-30', '--evidence', 'certificate 88');
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('Done: Jun 30, 2026. Evidence: certificate 88.') });
    const list = await json('incident', 'plan', id);
    expect(list.at(-1)).toMatchObject({ id: step, doneAt: '2026-07-01T00:00:00Z' });
    const file = join(folder, 'report.pdf');
    expect(await run('incident', 'report', id, file)).toMatchObject({ code: 0, out: expect.stringContaining(file) });
    expect(readPdf(readFileSync(file)).pages).toHaveLength(3);
  });

  it('[V561] the trail has each command that changed something or wrote a file, and no text of a note', async () => {
    const trail = readFileSync(join(folder, 'audit.jsonl'), 'utf8');
    const entries: { action: string; subject: string }[] = trail
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const actions = new Set(entries.map(({ action }) => action));
    for (const command of ['open', 'save', 'note', 'notices', 'tell', 'ask', 'tick', 'report'])
      expect(actions).toContain(`incident ${command}`);
    for (const command of ['assess', 'notify']) expect(actions).toContain(command);
    for (const command of ['incident list', 'incident show', 'incident plan']) expect(actions).not.toContain(command);
    expect(entries.find(({ action }) => action === 'incident note')?.subject).toBe(id);
    expect(trail).not.toContain('The vendor called');
  });
});

it('[C900] suspected origins, with names and likelihoods, and no core are stated by flags', async () => {
  const widest = ['--widest', '2026-09-19/2026-10-01'];
  const table = await run('radius', '--suspected', 'Quillmark:0.4', 'bluefinch', '--no-core', ...widest);
  expect(table).toMatchObject({ code: 0, err: '' });
  expect(table.out).toMatch(/^If Bluefinch, Quillmark may have been compromised, no core, widest 2026-09-19T00:00:00Z to /);
  expect(table.out).toMatch(/\n0 exposed, \d+ possible/);
  const { summary } = await json('radius', '--suspected', 'quillmark:0.4', '--no-core', ...widest);
  expect(summary).toMatchObject({
    origins: [],
    suspected_origins: [{ id: 'quillmark', name: 'Quillmark', likelihood: 0.4 }],
    has_core: false,
  });
  const opened = await json('incident', 'open', 'Poisoned package', '--suspected', 'quillmark:0.4', '--no-core', ...widest);
  expect(opened).toMatchObject({
    origins: [],
    suspectedOrigins: [{ organization: 'quillmark', likelihood: 0.4 }],
    hasCore: false,
    core: null,
  });
  const certain = await json('incident', 'save', opened.id, '--core', '2026-09-24/2026-09-24');
  expect(certain).toMatchObject({ hasCore: true, core: { from: '2026-09-24T00:00:00Z' }, suspectedOrigins: [{ likelihood: 0.4 }] });
  const wrong = await run('radius', '--suspected', 'quillmark:40%', '--no-core');
  expect(wrong).toMatchObject({ code: 2, out: '', err: expect.stringContaining('has "40%" after the colon; expected a likelihood') });
  expect((await run('radius', '--suspected', 'quillmark:4')).code).toBe(2);
});
