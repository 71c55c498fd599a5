import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compareCodePoints } from '../../../server/domain/compare.ts';
import { deletionStates, organizationRoles } from '../../../server/domain/facts.ts';
import { radiusDefaults } from '../../../server/domain/radius-options.ts';
import type { BlastRadius } from '../../../server/exposure/radius/blast-radius.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { listAll } from '../../../server/projection/columns/order-rows.ts';
import { chainOf } from '../../../server/projection/custody.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import { copyKinds, none } from '../../../server/projection/projection.ts';
import { toInput } from '../../support/answers/engine-answers.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import type { SeedWorld } from '../../support/worlds/seed-world.ts';
import { importSeedWorld } from '../../support/worlds/seed-world.ts';

/** A query of docs/neo4j.md as Browser receives it, with its parameters as Cypher literals. */
interface Recipe {
  readonly title: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly query: string;
}

const recipes = readRecipes();

function readRecipes(): Recipe[] {
  const text = readFileSync(fileURLToPath(new URL('../../../docs/neo4j.md', import.meta.url)), 'utf8');
  return [...text.matchAll(/^### \d+\. (.+)$[^`]*(?:`(?!``)[^`]*`[^`]*)*```cypher\n([\s\S]*?)```/gm)].map(([, title = '', block = '']) => {
    const parameters = [...block.matchAll(/^:param (\w+) => (.*);$/gm)].map(([, name = '', value = '']) => [name, value] as const);
    return {
      title,
      parameters: new Map(parameters),
      query: block
        .replace(/^:param .*\n/gm, '')
        .trim()
        .replace(/;$/, ''),
    };
  });
}

let neo4j: Neo4jForTests;
let world: SeedWorld;
let projection: Projection;

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
  world = await importSeedWorld('demo', neo4j.url());
  projection = world.projection;
});
afterAll(async () => {
  await world?.close();
  await neo4j?.stop();
});

/** Runs the recipe with this title unchanged, except for the given parameters. */
async function run(title: string, given: Record<string, unknown> = {}): Promise<unknown[][]> {
  const { parameters, query } = recipes.find((recipe) => recipe.title === title) as Recipe;
  const values: Record<string, unknown> = { ...given };
  for (const [name, value] of parameters) if (!(name in given)) values[name] = (await neo4j.run(`RETURN ${value}`))[0]?.[0];
  return neo4j.run(query, values);
}

const org = (index: number) => projection.organizations.id.get(index);
const art = (index: number) => projection.artifacts.id.get(index);
const transferId = (index: number) => projection.transfers.id.get(index);
const isText = (value: unknown): value is string => typeof value === 'string';
const sorted = (ids: Iterable<string>): string[] => [...new Set(ids)].sort(compareCodePoints);

/** Copies held by an organization other than the owner. */
function copiesOf(kind: (typeof copyKinds)[number]): number[] {
  const { copies, artifacts } = projection;
  return Array.from(listAll(copies)).filter(
    (copy) => copyKinds[copies.kind.at(copy)] === kind && copies.holder.at(copy) !== artifacts.owner[copies.artifact.at(copy)],
  );
}

function isPossiblyLive(copy: number, from: number, to = from): boolean {
  const { possibleFrom, possibleUntil } = projection.copies;
  const [start, end] = [possibleFrom.at(copy), possibleUntil.at(copy)];
  return start < end && start <= to && end > from;
}

describe('the queries of docs/neo4j.md, over the demo world', () => {
  it('[S74] are ten', () => {
    expect(recipes).toHaveLength(10);
  });

  it('[S74] the custody chain of every transfer matches the program', async () => {
    const { copies } = projection;
    let longest = 0;
    for (const copy of copiesOf('TRANSFERRED')) {
      const id = transferId(copies.transfer.at(copy));
      const chain = chainOf(projection, copy, Number.MAX_SAFE_INTEGER).map(transferId);
      const [row] = await run('The custody chain of a copy', { copy: id });
      expect([id, row?.[0] ?? []]).toEqual([id, chain]);
      longest = Math.max(longest, chain.length);
    }
    expect(longest).toBeGreaterThanOrEqual(3);
    expect((await run('The custody chain of a copy'))[0]?.[1]).toBe(longest);
  });

  it('[S74] copies that remain after the end of their engagement', async () => {
    const at = Date.parse('2026-11-24');
    const { copies, transfers, engagements } = projection;
    const expected = copiesOf('TRANSFERRED').filter((copy) => {
      const engagement = transfers.engagement.at(copies.transfer.at(copy));
      return engagement !== none && (engagements.endsAt[engagement] as number) <= at && isPossiblyLive(copy, at);
    });
    const rows = await run('Copies that remain after the end of their engagement');
    expect(sorted(rows.map(([copy]) => copy as string))).toEqual(sorted(expected.map((copy) => transferId(copies.transfer.at(copy)))));
    expect(rows.filter(([, , , holder]) => holder === 'Ninebark').length).toBeGreaterThanOrEqual(2);
  });

  it('[S74] the holders of a lab and their artifacts at a date', async () => {
    const at = Date.parse('2026-09-24T08:30:00Z');
    const { copies, artifacts, organizations } = projection;
    for (const [lab] of [...organizations.roles.entries()].filter(([, roles]) => roles & (1 << organizationRoles.indexOf('LAB')))) {
      const held = new Map<string, string[]>();
      for (const copy of copiesOf('TRANSFERRED')) {
        if (artifacts.owner[copies.artifact.at(copy)] !== lab || !isPossiblyLive(copy, at)) continue;
        const holder = org(copies.holder.at(copy));
        held.set(holder, sorted([...(held.get(holder) ?? []), art(copies.artifact.at(copy))]));
      }
      const rows = await run('The holders of a lab and their artifacts at a date', { lab: org(lab) });
      expect(new Map(rows.map(([holder, , ids]) => [holder, sorted(ids as string[])]))).toEqual(held);
      expect(rows.length).toBeGreaterThan(0);
    }
  });

  it('[S74] the first approximation of a blast radius matches the program on transferred copies alone', async () => {
    const radius = askRadius('quillmark', 2);
    const { copies } = projection;
    const expected = new Map<string, string[]>();
    for (const copy of copiesOf('TRANSFERRED')) {
      if (radius.columns.tierOf(copy) !== 'EXPOSED' && radius.columns.tierOf(copy) !== 'POSSIBLE') continue;
      const id = art(copies.artifact.at(copy));
      expected.set(id, sorted([...(expected.get(id) ?? []), org(copies.holder.at(copy))]));
    }
    const rows = await run('A first approximation of a blast radius');
    expect(new Map(rows.map(([, id, , , holders]) => [id, sorted(holders as string[])]))).toEqual(expected);
    const found = new Set(radius.artifacts.filter(({ tier }) => tier !== 'CONTAINED').map(({ artifact }) => art(artifact)));
    expect([...expected.keys()].filter((id) => !found.has(id))).toEqual([]);
    expect(expected.size).toBeGreaterThan(10);
  });

  it('[S74] copies deleted by claim, without verification', async () => {
    const { transfers } = projection;
    const rows = await run('Deletions that are attested but not verified');
    const expected = Array.from({ length: transfers.count }, (_, i) => i).filter(
      (i) => deletionStates[transfers.deletionState.at(i)] === 'ATTESTED' && transfers.deletedAt.at(i) > 0,
    );
    expect(rows.map(([copy]) => copy)).toEqual(sorted(expected.map(transferId)));
    expect(rows.map(([, , artifact, holder]) => `${artifact} at ${holder}`)).toContain('Voice guidelines v4 at Eastmere');
  });

  it('[S74] custody gaps', async () => {
    const { copies } = projection;
    const rows = await run('Custody gaps');
    expect(rows.map(([transfer]) => transfer)).toEqual(sorted(copiesOf('CUSTODY_GAP').map((copy) => transferId(copies.transfer.at(copy)))));
    expect(rows.length).toBeGreaterThan(0);
  });

  it('[S74] the path of a compromise has the program’s hops and odds', async () => {
    const at = Date.parse('2026-09-24T08:30:00Z');
    const input = toInput(projection, { ...questionOf('proxyline', 3), core: { from: at, to: at }, widest: { from: at, to: at } });
    const reached = findBlastRadius(projection, input).reached.filter(({ hops }) => hops > 0);
    const rows = await run('How a compromise would travel');
    const found = new Map(rows.map(([id, hops, likelihood]) => [id, [hops, likelihood]]));
    expect(found).toEqual(new Map(reached.map(({ organization, hops, likelihood }) => [org(organization), [hops, likelihood]])));
    expect(rows.length).toBeGreaterThan(3);
  });

  it('[S74] the facts of the latest import', async () => {
    const rows = await run('Facts that the latest import was the last to change');
    expect(new Set(rows.map(([id, by]) => `${id} ${by}`))).toEqual(new Set(['seeds-demo test']));
    const { organizations, artifacts, engagements, transfers, access, reveals, controls } = projection;
    expect(new Map(rows.map(([, , kind, facts]) => [kind, facts]))).toEqual(
      new Map([
        ['Organization', organizations.count],
        ['Artifact', artifacts.count],
        ['Engagement', engagements.count],
        ['Transfer', transfers.count],
        ['Access', access.count],
        ['REVEALS', reveals.count],
        ['Control', controls.count],
      ]),
    );
  });

  it('[S74] the artifacts with the most holders', async () => {
    const at = Date.parse('2026-09-24T08:30:00Z');
    const { copies } = projection;
    const holders = new Map<string, Set<number>>();
    for (const copy of copiesOf('TRANSFERRED').filter((copy) => isPossiblyLive(copy, at))) {
      const id = art(copies.artifact.at(copy));
      holders.set(id, (holders.get(id) ?? new Set()).add(copies.holder.at(copy)));
    }
    const expected = [...holders].map(([id, of]) => [id, of.size] as const);
    expected.sort(([a, n], [b, m]) => m - n || compareCodePoints(a, b));
    const rows = await run('The artifacts with the most holders');
    expect(rows.map(([id, , , count]) => [id, count])).toEqual(expected.slice(0, 10));
  });

  it('[S74] expired evidence, and the clients of the organizations that show it', async () => {
    const at = Date.parse('2026-11-24');
    const { controls, engagements } = projection;
    const expected = Array.from({ length: controls.count }, (_, i) => i)
      .filter((i) => (controls.expiresAt[i] as number) <= at)
      .map((i) => {
        const organization = controls.organization[i] as number;
        const clients = Array.from({ length: engagements.count }, (_, e) => e).filter(
          (e) =>
            engagements.provider[e] === organization &&
            !((engagements.startsAt[e] as number) > at) &&
            !((engagements.endsAt[e] as number) <= at),
        );
        return [org(organization), controls.control.get(i), sorted(clients.map((e) => org(engagements.client[e] as number)))];
      });
    const rows = await run('Expired evidence, and the clients of the organizations that show it');
    expect(
      rows.map(([organization, control, , , clients]) => [organization, control, sorted((clients as unknown[]).filter(isText))]),
    ).toEqual(expected);
    expect(rows.length).toBeGreaterThan(0);
  });
});

function questionOf(origin: string, maxHops: number) {
  const window = (from: string, to: string) => ({ from: Date.parse(from), to: Date.parse(to) });
  return {
    ...radiusDefaults,
    origins: [origin],
    core: window('2026-09-24T08:30:00Z', '2026-09-24T11:25:00Z'),
    widest: window('2026-09-19T00:00:00Z', '2026-10-01T00:00:00Z'),
    scopes: [],
    maxHops,
  };
}

function askRadius(origin: string, maxHops: number): BlastRadius {
  return findBlastRadius(projection, toInput(projection, questionOf(origin, maxHops)));
}
