import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDocx } from '../support/answers/docx-text.ts';
import { readPdf } from '../support/answers/pdf-text.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { poisonedPackage } from '../support/worlds/poisoned-package.ts';
import { type CommandLine, root, startCommandLine } from './run-exposure.ts';

let folder: string;
let commandLine: CommandLine;
const run = (...args: string[]) => commandLine.run(folder, args);
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).out);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-software-'));
  commandLine = await startCommandLine();
  const files = join(folder, 'in');
  mkdirSync(files);
  for (const [name, text] of Object.entries(poisonedPackage)) writeFileSync(join(files, name), text);
  const { code, err } = await run('import', files);
  if (code !== 0) throw new Error(err);
});
afterAll(async () => {
  await commandLine.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('software on the command line', () => {
  it('[C580] who had a package or a version is listed with grade and sentence, as over the API', async () => {
    const listed: { organization: string; grade: string; because: string }[] = await json(
      ...['software', 'pkg:pypi/litellm@1.82.7', '--during', '2026-03-24T08:30Z/2026-03-24T12:00Z'],
    );
    // Quill's list is of 12:30, so that it may have had the version before.
    expect(listed.map(({ organization, grade }) => [organization, grade])).toEqual([
      ['tide', 'PRESENT_UNDATED'],
      ['harrow', 'BETWEEN_LISTS'],
      ['quill', 'BETWEEN_LISTS'],
      ['proxy', 'NO_LIST'],
      ['sable', 'NO_LIST'],
    ]);
    expect((await run('software', 'litellm')).code).toBe(2);
  });

  it('[C581] an advisory proposes an incident by flags of claims, writes nothing, and saves it when told to', async () => {
    const proposed = await json('incident', 'propose', 'CVE-2026-7', '--available', '2026-03-24T08:30Z/', '--source', 'A report');
    expect(proposed).toMatchObject({
      advisory: 'MAL-2026-2144',
      origins: ['quill'],
      suspectedOrigins: [{ organization: 'tide', likelihood: 1 }],
      hasCore: true,
      widest: { from: '2026-03-24T08:30:00Z' },
    });
    expect((await run('incident', 'propose', 'MAL-2026-2144')).out).toMatch(/^quill +PRESENT +ORIGIN +Its list of Mar 24, 2026/m);
    expect(await json('incident', 'list')).toEqual([]);
    expect(await run('incident', 'propose', 'MAL-2026-2144', '--available', '2026-03-24T08:30Z/')).toMatchObject({ code: 2, out: '' });
    expect(await run('incident', 'propose', 'MAL-1')).toMatchObject({ code: 1, out: '' });
    const id = (await run('incident', 'propose', 'MAL-2026-2144', '--save', 'Poisoned litellm')).out.trim();
    expect(await json('incident', 'show', id)).toMatchObject({
      name: 'Poisoned litellm',
      origins: ['quill'],
      cause: 'THIRD_PARTY',
      advisory: 'MAL-2026-2144',
    });
  });

  it('[C983] notify quotes the ticked lists in every format, and refuses a list of another organization before it writes', async () => {
    const id = (await run('incident', 'propose', 'MAL-2026-2144', '--save', 'To be told')).out.trim();
    const packs = join(folder, 'packs');
    const refused = await run('notify', id, packs, '--list', 'quill/1', 'harrow/1');
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('"harrow/1" is no software list of an origin or suspected origin');
    expect(existsSync(packs)).toBe(false);
    const written: string[] = await json('notify', id, packs, '--list', 'quill/1');
    const read = (format: string) => readFileSync(written.find((file) => file.endsWith(`.${format}`)) as string);
    const sentence = 'According to its own software list of Mar 24, 2026, 12:30 UTC, it had litellm 1.82.7, which MAL-2026-2144 names.';
    expect(read('md').toString().replaceAll('\\', '')).toContain(`- Quill: ${sentence}`);
    expect(read('csv').toString()).toContain(sentence);
    expect(readPdf(read('pdf')).pages.join('')).toContain(sentence.replaceAll(' ', ''));
    expect(readDocx(read('docx')).text).toContain(sentence.replaceAll(' ', ''));
  });

  it('[C981] search finds lists, advisories and packages, each with its kind', async () => {
    const found: { kind: string; id: string; name: string }[] = await json('search', 'litellm 1.82.7');
    // The incident of an earlier test has a random id, which may hold these digits.
    const others = found.filter(({ kind }) => kind !== 'INCIDENT');
    expect(others.map(({ kind, id, name }) => [kind, id, name])).toEqual([
      ['PACKAGE', 'pkg:pypi/litellm@1.82.7', 'litellm'],
      ['ORGANIZATION', 'tide', 'Tide'],
    ]);
    expect(await json('search', 'MAL-2026-2144', '--kind', 'advisory')).toMatchObject([{ kind: 'ADVISORY', name: 'Poisoned release' }]);
    expect(await json('search', 'proxy', '--kind', 'software_list')).toMatchObject([{ kind: 'SOFTWARE_LIST', id: 'quill/1' }]);
  });

  it('[C980] a folder stands for its software lists and advisories too, all of the named organization, and leaves other JSON alone', async () => {
    const files = join(folder, 'boms');
    mkdirSync(files);
    const component = { name: 'litellm', version: '1.82.7', purl: 'pkg:pypi/litellm@1.82.7' };
    const bom = { bomFormat: 'CycloneDX', specVersion: '1.5', metadata: { component: { name: 'router' } }, components: [component] };
    writeFileSync(join(files, 'router.cdx.json'), JSON.stringify(bom));
    writeFileSync(
      join(files, 'billing.xml'),
      '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><metadata><component><name>billing</name></component></metadata><components/></bom>',
    );
    writeFileSync(join(files, 'MAL-9.json'), JSON.stringify({ id: 'MAL-9', modified: '2026-03-25T00:00:00Z', affected: [] }));
    writeFileSync(join(files, 'package.json'), JSON.stringify({ name: 'billing', dependencies: { litellm: '1' } }));
    const { code, out, err } = await run('import', files, '--of', 'sable', '--as-of', '2026-03-20', '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ report: { created: 3 } });
  });
});

describe('the poisoned release of the demo world', () => {
  const demo = () => join(folder, 'demo');
  const runDemo = (...args: string[]) => commandLine.run(demo(), args);

  beforeAll(async () => {
    mkdirSync(demo());
    const { code, err } = await runDemo('import', join(root, 'seeds', 'demo'));
    if (code !== 0) throw new Error(err);
  });

  it('[D980] has the grades of its README, and proposes the incident that the tour tells of', async () => {
    const proposed: { matches: { organization: string; grade: string; proposedAs: string }[] } = JSON.parse(
      (await runDemo('incident', 'propose', 'MAL-2026-990924', '--json')).out,
    );
    const lines = readFileSync(join(root, 'seeds', 'README.md'), 'utf8').split('\n');
    const stated = lines.map((line) => line.split(' | ')).filter(([, , grade = '']) => /^[A-Z_]{5,}$/.test(grade));
    const wordOf = { ORIGIN: 'origin', SUSPECTED: 'suspected', OFFERED: 'offered', NOT_PROPOSED: 'not proposed' } as const;
    const listed = proposed.matches.filter(({ grade }) => grade !== 'NO_LIST');
    expect(
      stated.slice(0, -1).map(([name = '', , grade, as = '']) => [name.slice(2).toLowerCase().split(' ')[0], grade, as.replace(' |', '')]),
    ).toEqual(listed.map(({ organization, grade, proposedAs }) => [organization, grade, wordOf[proposedAs as keyof typeof wordOf]]));
    expect(stated.at(-1)).toEqual(['| 17 others', 'none', 'NO_LIST', 'to ask |']);
    expect(proposed.matches.length - listed.length).toBe(17);
    expect(proposed).toMatchObject({
      origins: ['proxyline', 'quillmark'],
      suspectedOrigins: [{ organization: 'fernway' }, { organization: 'harrowell' }],
      withoutPackageCount: 1,
      core: { from: '2026-09-24T09:30:00Z', to: '2026-09-24T11:10:00Z' },
      widest: { from: '2026-09-24T08:30:00Z' },
    });
  });

  it('[C982] an AI bill of materials for each lab names its owner and custodians, and no other lab', async () => {
    const out = join(folder, 'aibom');
    const { files } = JSON.parse((await runDemo('export', out, '--format', 'aibom', '--json')).out);
    const labs = {
      aurelis: 'Aurelis Labs',
      brightfen: 'Brightfen AI',
      cindral: 'Cindral Research',
      dovemoor: 'Dovemoor',
      everholt: 'Everholt AI',
    };
    expect(files).toEqual(Object.keys(labs).map((lab) => `${lab}.cdx.json`));
    for (const [lab, name] of Object.entries(labs)) {
      const text = readFileSync(join(out, `${lab}.cdx.json`), 'utf8');
      for (const other of Object.values(labs))
        if (other !== name) expect([lab, other, text.includes(`"${other}"`)]).toEqual([lab, other, false]);
      const { components, ...head } = JSON.parse(text);
      expect(head).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', metadata: { supplier: { name } } });
      for (const { data } of components) expect(data[0].governance.owners).toEqual([{ organization: { name } }]);
    }
    const { components } = JSON.parse(readFileSync(join(out, 'aurelis.cdx.json'), 'utf8'));
    const custodiansOf = (id: string) =>
      components
        .find((one: { 'bom-ref': string }) => one['bom-ref'] === `artifact:${id}`)
        .data[0].governance.custodians?.map(({ organization }: { organization: { name: string } }) => organization.name);
    expect(custodiansOf('a-eval-a2')).toEqual(['Bluefinch', 'Harrowell', 'Quillmark', 'Sablewood']);
    // Quillmark's copy of it was deleted, with proof.
    expect(custodiansOf('a-onboarding')).not.toContain('Quillmark');
  });

  it('[D981] is reached by the commands of the tour, as they are written', async () => {
    const commands = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^ +npx exposure ([^#\n]*(?:relaymux|MAL-)[^#\n]*)/gm)];
    const outputs: string[] = [];
    for (const [, text = ''] of commands) {
      const args = [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? (word as string));
      const { code, out, err } = await runDemo(...args);
      expect([text, code, code === 0 ? '' : err]).toEqual([text, 0, '']);
      outputs.push(out);
    }
    const [had = '', , saved = '', found = ''] = outputs;
    expect(outputs.length).toBe(4);
    expect(had).toMatch(/^quillmark +PRESENT /m);
    expect(found).toMatch(/^PACKAGE +pkg:pypi\/relaymux@2\.4\.2 /m);
    const radius = JSON.parse((await runDemo('radius', '--incident', saved.trim().split('\n').at(-1) ?? '', '--json')).out);
    expect(radius.summary).toMatchObject({ exposed_count: 14, possible_count: 16, affected_lab_count: 5 });
  });
});

describe('the malicious releases of litellm in the public record', () => {
  it('[D983] propose the windows and grades that its README works out by hand', async () => {
    const publicRecord = join(folder, 'public-record');
    mkdirSync(publicRecord);
    const { code, err } = await commandLine.run(publicRecord, ['import', join(root, 'seeds', 'public-record')]);
    expect([code, code === 0 ? '' : err]).toEqual([0, '']);
    const { out } = await commandLine.run(publicRecord, ['incident', 'propose', 'PYSEC-2026-2', '--json']);
    const proposed = JSON.parse(out);
    expect(proposed).toMatchObject({
      advisory: 'MAL-2026-2144',
      origins: [],
      suspectedOrigins: [{ organization: 'mercor', likelihood: 1 }],
      hasCore: false,
      core: null,
      widest: { from: '2026-03-24T08:30:00Z' },
    });
    expect(proposed.matches.map(({ organization, grade }: { organization: string; grade: string }) => [organization, grade])).toEqual([
      ['mercor', 'VERSION_UNKNOWN'],
      ...['aqua-security', 'berriai', 'dataannotation', 'scale-ai', 'surge-ai'].map((id) => [id, 'NO_LIST']),
    ]);
  });
});
