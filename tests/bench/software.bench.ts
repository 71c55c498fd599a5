import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import { findAdvisoryMatches } from '../../server/software/find-matches.ts';
import { joinAdvisories } from '../../server/software/read/join-advisories.ts';
import { readSoftware } from '../../server/software/read/read-software.ts';
import type { SoftwareList } from '../../server/software/software-facts.ts';
import { type OrganizationStanding, type SoftwareIndex, SoftwareIndexBuilder } from '../../server/software/software-index.ts';
import { benchInput, build, vendors } from './engine.bench.ts';
import { generateWorld } from './large-world.ts';
import { importInto } from './own-server.ts';
import { type Report, summarizeTimes, type Times } from './report.ts';

export interface SoftwareSize {
  readonly lists: number;
  readonly componentsEach: number;
  readonly advisories: number;
}

const now = Date.parse('2026-11-29T00:00:00Z');
const rounds = 9;
const importRounds = 3;

/**
 * The costs of software lists and advisories (semantics §13.6), each as a ratio within this run. In memory, time is that of the processor, which other
 * programs disturb less.
 */
export function benchSoftware(size: SoftwareSize, report: Report): void {
  report.line(`Software: ${size.lists} lists of ${size.componentsEach} components, ${size.advisories} advisories`);
  benchReading(size.componentsEach * 20, report);
  const { index, bytes } = buildIndex(size);
  report.line(`  the index takes ${(bytes / (size.lists * size.componentsEach)).toFixed(1)} bytes a component`);
  benchAdvisories(index, size, report);
  benchGrades(index, size, report);
  benchImport(size, report);
}

/** The grades of one advisory, beside the radius of a vendor over as many transfers as there are components. */
function benchGrades(index: SoftwareIndex, { lists, componentsEach }: SoftwareSize, report: Report): void {
  const transfers = lists * componentsEach;
  const world = {
    organizations: Math.max(200, Math.floor(transfers / 200)),
    artifacts: Math.max(500, Math.floor(transfers / 50)),
    transfers,
  };
  const projection = build([...generateWorld(world)]);
  const timed = (act: () => unknown): number => {
    const start = performance.now();
    act();
    return performance.now() - start;
  };
  const radii = vendors(world, 200).map((origin) => timed(() => findBlastRadius(projection, benchInput(origin))));
  const grades = [...index.advisories()].map((advisory) => timed(() => findAdvisoryMatches(index, advisory)));
  const [graded, radius] = [summarizeTimes(grades), summarizeTimes(radii)];
  report.ratio('the grades of one advisory : the radius of a vendor over as many transfers', graded, radius);
  report.line(`  p95 of the grades : p50 of the radius ${(graded.p95 / radius.median).toFixed(3)}`);
}

/** One import of the lists, beside one of as many transfers. */
function benchImport({ lists, componentsEach }: SoftwareSize, report: Report): void {
  const times = { ours: [] as number[], transfers: [] as number[] };
  const files = {
    ours: (write: (name: string, line: string) => void) => {
      for (let list = 0; list < lists; list++) {
        write('software_lists', `list-${list},org-1,gateway,2026-01-01`);
        for (let i = 0; i < componentsEach; i++)
          write('software_components', `list-${list},package-${i},pkg:npm/package-${(list * 31 + i) % 20_000},1.${i % 50}.0`);
      }
    },
    transfers: (write: (name: string, line: string) => void) => {
      write('artifacts', 'rubric,Rubric,OTHER,lab,3');
      for (let i = 0; i < lists * componentsEach; i++) write('transfers', `transfer-${i},rubric,lab,org-${i % 100},2026-01-01T00:00:00Z`);
    },
  };
  const headers: Readonly<Record<string, string>> = {
    organizations: 'id,name,roles',
    software_lists: 'id,organization,subject,described_at',
    software_components: 'list,name,package,version',
    artifacts: 'id,name,type,owner,sensitivity',
    transfers: 'id,artifact,sender,recipient,sent_at',
  };
  for (let round = 0; round < importRounds; round++)
    for (const which of ['ours', 'transfers'] as const) {
      const folder = mkdtempSync(join(tmpdir(), 'exposure-bench-'));
      try {
        const world = join(folder, 'world');
        mkdirSync(world);
        const lines = new Map<string, string[]>();
        const write = (name: string, line: string) => {
          const known = lines.get(name);
          if (known === undefined) lines.set(name, [headers[name] as string, line]);
          else known.push(line);
        };
        write('organizations', 'lab,Lab,LAB');
        for (let i = 0; i < 100; i++) write('organizations', `org-${i},Org ${i},VENDOR`);
        files[which](write);
        for (const [name, text] of lines) writeFileSync(join(world, `${name}.csv`), `${text.join('\n')}\n`);
        const start = performance.now();
        importInto(folder, world);
        times[which].push(performance.now() - start);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  report.ratio(
    `${lists} lists of ${componentsEach} components imported : as many rows of transfers`,
    summarizeTimes(times.ours),
    summarizeTimes(times.transfers),
  );
}

/** The least processor time of a round, in milliseconds. A shorter one is noise: the clock is coarse, and garbage is collected in some rounds alone. */
const leastRoundMs = 50;

/** Until then the act is compiled, which takes as long as many rounds of it. */
const warmUpMs = 1000;

/**
 * The processor time of an act and of its baseline in milliseconds, round by round in turns, so that both meet the same heap and the same neighbors.
 * A round repeats a short act, and its time is that of one.
 */
function measure(act: () => unknown, baseline: () => unknown): readonly [Times, Times] {
  const timers = [act, baseline].map((each) => {
    const timeOf = (repeats: number): number => {
      const before = process.cpuUsage();
      for (let i = 0; i < repeats; i++) each();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    for (let warmed = 0; warmed < warmUpMs; ) warmed += timeOf(1);
    let repeats = 1;
    while (timeOf(repeats) < leastRoundMs) repeats *= 2;
    return () => timeOf(repeats) / repeats;
  });
  const times = Array.from({ length: rounds }, () => timers.map((timer) => timer()));
  const of = (which: number) => summarizeTimes(times.map((round) => round[which] as number));
  return [of(0), of(1)];
}

function benchReading(components: number, report: Report): void {
  const json = Buffer.from(
    JSON.stringify(
      bomOf(components, (i) => `pkg:npm/package-${i}@${i % 9}.${i % 7}.0`),
      null,
      1,
    ),
  );
  const faulty = Buffer.from(
    JSON.stringify(
      bomOf(components, (i) => (i % 2 === 0 ? `npm:package ${i}` : `pkg:npm/package-${i}@1.0.0`)),
      null,
      1,
    ),
  );
  const xml = Buffer.from(xmlOf(components));
  const read = (bytes: Buffer) => () => readSoftware(bytes, 'bom', now);
  const parse = () => JSON.parse(json.toString());
  report.ratio(
    `a list of ${components} components read : JSON.parse of its ${Math.round(json.length / 1e6)} MB`,
    ...measure(read(json), parse),
  );
  report.ratio('a list in which every other purl is invalid : JSON.parse', ...measure(read(faulty), () => JSON.parse(faulty.toString())));
  report.ratio(
    'the same list as XML : saxes alone',
    ...measure(read(xml), () => new SaxesParser({ position: false }).write(xml.toString()).close()),
  );
  report.ratio('the same list as .gz : JSON.parse', ...measure(read(gzipSync(json)), parse));
}

function bomOf(components: number, purlOf: (index: number) => string) {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: { timestamp: '2026-03-20T00:00:00Z', component: { type: 'application', name: 'gateway', 'bom-ref': 'root' } },
    components: Array.from({ length: components }, (_, i) => ({
      type: 'library',
      'bom-ref': `ref-${i}`,
      name: `package-${i}`,
      version: `${i % 9}.${i % 7}.0`,
      purl: purlOf(i),
      hashes: [{ alg: 'SHA-256', content: (i * 7919).toString(16).padStart(64, '0') }],
      licenses: [{ license: { id: 'MIT' } }],
    })),
    dependencies: Array.from({ length: components }, (_, i) => ({ ref: i === 0 ? 'root' : `ref-${i - 1}`, dependsOn: [`ref-${i}`] })),
  };
}

function xmlOf(components: number): string {
  const rows = Array.from(
    { length: components },
    (_, i) =>
      `  <component type="library" bom-ref="ref-${i}">\n   <name>package-${i}</name>\n   <version>${i % 9}.${i % 7}.0</version>\n` +
      `   <hashes><hash alg="SHA-256">${(i * 7919).toString(16).padStart(64, '0')}</hash></hashes>\n` +
      `   <licenses><license><id>MIT</id></license></licenses>\n   <purl>pkg:npm/package-${i}@${i % 9}.${i % 7}.0</purl>\n  </component>`,
  );
  const needs = Array.from({ length: components }, (_, i) => `  <dependency ref="ref-${i}"><dependency ref="ref-${i + 1}"/></dependency>`);
  return `<?xml version="1.0"?>\n<bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1">\n <components>\n${rows.join('\n')}\n </components>\n <dependencies>\n${needs.join('\n')}\n </dependencies>\n</bom>\n`;
}

const standing: OrganizationStanding = {
  isLab: () => false,
  holdsOthersCopy: () => true,
  providesEngagement: () => false,
  isPartyToAccess: () => false,
};

/** The packages of an advisory each, and how many lists name each of them. */
const advisoriesOf = (count: number) => Array.from({ length: count }, (_, i) => `advised-${i}`);
const listsPerAdvised = 50;

/** A twentieth of the organizations gave no list. */
function buildIndex({ lists, componentsEach, advisories }: SoftwareSize): { readonly index: SoftwareIndex; readonly bytes: number } {
  const builder = new SoftwareIndexBuilder();
  const organizations = Math.max(1, Math.round(lists / 4));
  for (let list = 0; list < lists; list++) {
    const components = Array.from({ length: componentsEach }, (_, i): SoftwareList['components'][number] => {
      const id = (list * 31 + i * 17) % 20_000;
      return row(`package-${id}`, `1.${id % 50}.${list % 10}`);
    });
    for (
      let i = list % Math.max(1, Math.floor(lists / listsPerAdvised));
      i < advisories;
      i += Math.max(1, Math.floor(lists / listsPerAdvised))
    )
      components[i % componentsEach] = row(`advised-${i}`, `1.${list % 5}.0`);
    builder.add({
      id: `list-${list}`,
      organization: `org-${list % organizations}`,
      subject: 'gateway',
      subjectVersion: null,
      describedAt: Date.UTC(2026, 0, 1 + Math.floor(list / organizations) * 30),
      lifecycle: 'BUILD',
      isComplete: null,
      format: 'CYCLONEDX',
      components,
    });
  }
  const ids = Array.from({ length: organizations + Math.ceil(organizations / 20) }, (_, i) => `org-${i}`);
  const advised = advisoriesOf(advisories);
  const records = joinAdvisories(
    readSoftware(Buffer.from(JSON.stringify(advised.map((name, i) => recordOf(name, i)))), 'osv', now).records,
  );
  const index = builder.build({
    advisories: records,
    availabilities: advised.map((name, i) => ({
      advisory: `MAL-2026-${i}`,
      package: `pkg:npm/${name}`,
      versions: [],
      from: Date.UTC(2026, 1, 10),
      until: Date.UTC(2026, 1, 11),
      source: 'registry',
    })),
    statements: [],
    accessFacts: [],
    organizations: ids,
    standing,
  });
  return { index, bytes: index.rowBytes };
}

const row = (name: string, version: string): SoftwareList['components'][number] => ({
  ...{ package: `pkg:npm/${name}`, name, version, constraint: null, scope: null, depth: 'TRANSITIVE', hashes: [] },
});

function recordOf(name: string, index: number): object {
  return {
    schema_version: '1.7.0',
    id: `MAL-2026-${index}`,
    modified: '2026-02-12T00:00:00Z',
    summary: `Malicious code in ${name} (npm)`,
    details: 'The package executes commands that are associated with malicious behavior. '.repeat(12),
    affected: [
      {
        package: { ecosystem: 'npm', name },
        versions: ['1.3.0', '1.3.1'],
        ranges: [{ type: 'SEMVER', events: [{ introduced: '1.3.0' }, { fixed: '1.4.0' }] }],
      },
    ],
    references: [{ type: 'WEB', url: `https://advisories.example/${name}` }],
    database_specific: { 'malicious-packages-origins': [{ source: 'feed', import_time: '2026-02-11T10:00:00Z', versions: ['1.3.0'] }] },
  };
}

function benchAdvisories(index: SoftwareIndex, { advisories }: SoftwareSize, report: Report): void {
  const json = JSON.stringify(advisoriesOf(advisories).map(recordOf));
  const parse = () => JSON.parse(json);
  const all = [...index.advisories()];
  const gradeThem = (advisories: readonly (typeof all)[number][]) => () => {
    for (const advisory of advisories) findAdvisoryMatches(index, advisory);
  };
  const others = all.map((advisory) => ({
    ...advisory,
    affected: advisory.affected.map((each) => ({ ...each, package: `${each.package}-x` })),
  }));
  report.ratio(
    `${advisories} advisories that ${listsPerAdvised} lists name each, graded : JSON.parse of their records`,
    ...measure(gradeThem(all), parse),
  );
  report.ratio(`${advisories} advisories that no list names, graded : JSON.parse of their records`, ...measure(gradeThem(others), parse));
}
