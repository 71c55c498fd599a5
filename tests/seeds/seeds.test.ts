import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { artifactTypes, organizationRoles } from '../../server/domain/facts.ts';
import { parseIncident } from '../../server/domain/incident.ts';
import { radiusDefaults } from '../../server/domain/radius-options.ts';
import type { BlastRadius } from '../../server/exposure/radius/blast-radius.ts';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import { listAll } from '../../server/projection/columns/order-rows.ts';
import type { Projection } from '../../server/projection/projection.ts';
import { agreedBy, hullOf } from '../../server/software/presence.ts';
import { claimsOf } from '../../server/software/recorded-facts.ts';
import type { Availability } from '../../server/software/software-facts.ts';
import { toInput } from '../support/answers/engine-answers.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { importSeedWorld, type SeedWorld, seedsFolder } from '../support/worlds/seed-world.ts';

const worldNames = ['demo', 'four-parties', 'public-record'] as const;

interface StatedFigures {
  readonly world: string;
  readonly origins: readonly string[];
  readonly core: string;
  readonly widest: string;
  readonly maxHops: number;
  /** Reached, exposed, possible, contained, labs, blind spots, worst case, weighted loss, as the README prints them. */
  readonly figures: readonly string[];
}

/** The rows of README's table of figures. */
function readStatedFigures(): StatedFigures[] {
  const lines = readFileSync(join(seedsFolder, 'README.md'), 'utf8').split('\n');
  return lines
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 15 && worldNames.some((name) => name === cells[1]))
    .map((cells) => {
      const [, world = '', origins = '', core = '', widest = '', hops = '', ...figures] = cells;
      return { world, origins: origins.split(', '), core, widest, maxHops: Number(hops), figures: figures.slice(0, 8) };
    });
}

function ask(projection: Projection, stated: Omit<StatedFigures, 'world' | 'figures'>): BlastRadius {
  const question = {
    ...radiusDefaults,
    origins: stated.origins,
    core: parseWindow(stated.core),
    widest: parseWindow(stated.widest),
    scopes: [],
    maxHops: stated.maxHops,
  };
  return findBlastRadius(projection, toInput(projection, question));
}

function parseWindow(text: string) {
  const [from = '', to = ''] = text.split('/');
  return { from: Date.parse(from), to: Date.parse(to) };
}

function figuresOf({ summary }: BlastRadius): string[] {
  const counts = [summary.reachedCount, summary.exposedCount, summary.possibleCount, summary.containedCount];
  const labs = [summary.affectedLabCount, summary.blindSpotCount];
  return [...[...counts, ...labs].map(String), summary.worstCaseLossUsd.toFixed(2), summary.weightedLossUsd.toFixed(2)];
}

describe('worlds', () => {
  const worlds = new Map<string, SeedWorld>();
  const get = (name: string) => worlds.get(name) as SeedWorld;

  beforeAll(async () => {
    for (const name of worldNames) worlds.set(name, await importSeedWorld(name));
  });
  afterAll(async () => {
    for (const world of worlds.values()) await world.close();
  });

  it.each(worldNames)('[D1] %s is imported without a rejected row and without a warning', (name) => {
    const { outcome } = get(name);
    expect(outcome.rejections).toEqual([]);
    expect(outcome.isWritten).toBe(true);
    expect(outcome.report.warnings).toEqual([]);
  });

  it('[D2] README states figures for every world', () => {
    const stated = readStatedFigures();
    for (const name of worldNames) expect(stated.filter(({ world }) => world === name).length).toBeGreaterThanOrEqual(4);
  });

  it.each(readStatedFigures())('[D2] $world, origin $origins, core $core, widest $widest, $maxHops hops', (stated) => {
    expect(figuresOf(ask(get(stated.world).projection, stated))).toEqual(stated.figures);
  });

  it.each(worldNames)('[D3] every fact of %s names its source and the day on which it was asserted', (name) => {
    const { organizations, artifacts, engagements, transfers, access, reveals, controls } = get(name).projection;
    for (const facts of [organizations, artifacts, engagements, transfers, access, reveals, controls]) {
      for (const fact of 'ranges' in facts ? listAll(facts) : Array.from({ length: facts.count }, (_, i) => i)) {
        expect(facts.provenance.source.get(fact)).toMatch(/\S/);
        const assertedAt = facts.provenance.assertedAt.at(fact) as number;
        expect(assertedAt).toBeGreaterThan(Date.parse('2025-01-01'));
        expect(assertedAt).toBeLessThan(Date.parse('2026-11-24'));
      }
    }
  });

  it('[D4] the demo world has its parties, artifacts of every type, some 150 transfers and its two incidents', async () => {
    const { projection, store } = get('demo');
    const { organizations, artifacts, transfers } = projection;
    const countWithFirstRole = (role: number) =>
      organizations.roles.reduce((sum, roles) => sum + (31 - Math.clz32(roles & -roles) === role ? 1 : 0), 0);
    expect(organizationRoles.map((_, role) => countWithFirstRole(role))).toEqual([5, 10, 12, 3, 2]);
    expect(artifacts.count).toBe(41);
    expect(new Set(artifacts.type).size).toBe(artifactTypes.length);
    expect(transfers.count).toBe(163);
    const incidents = (await store.listDocuments('incident')).map(({ json }) => parseIncident(json));
    expect(incidents.map(({ origins }) => origins)).toEqual([['proxyline'], ['quillmark']]);
    const hours = (window: { from: number; to: number } | null) => (window === null ? 0 : (window.to - window.from) / 3_600_000);
    for (const { core, widest } of incidents) {
      expect(hours(core)).toBeCloseTo(35 / 12, 9);
      expect(hours(widest)).toBe(12 * 24);
    }
  });

  it('[D5] the incident at Quillmark: 14 exposed, 6 possible, 5 contained, of four labs', async () => {
    const { projection, store } = get('demo');
    const document = await store.findDocument('incident', 'INC-02');
    const { origins, core, widest, maxHops } = parseIncident(document?.json ?? '');
    if (core === null || widest === null) throw new Error('INC-02 has no windows');
    const question = { ...radiusDefaults, origins, core, widest, scopes: [], maxHops };
    const { summary } = findBlastRadius(projection, toInput(projection, question));
    expect([summary.exposedCount, summary.possibleCount, summary.containedCount, summary.affectedLabCount]).toEqual([14, 6, 5, 4]);
  });

  it('[D6] every artifact, transfer, access and engagement of the public record cites a publication', () => {
    const { artifacts, transfers, access, engagements } = get('public-record').projection;
    const publication = /Wired|Computing|Business Insider|Inc\.|Newsbytes|TechCrunch|BerriAI\/litellm/;
    for (const facts of [artifacts, transfers, access, engagements]) {
      for (let fact = 0; fact < facts.count; fact++) expect(facts.provenance.source.get(fact)).toMatch(publication);
    }
  });

  it('[D982] the claims of when the malicious releases were up contradict each other, and have a hull', async () => {
    const { store } = get('public-record');
    const claims: Availability[] = [];
    for await (const batch of store.readFacts({ revision: await store.readRevision() }, ['AVAILABILITY']))
      for (const fact of batch.facts) claims.push(...claimsOf(fact));
    expect(claims.length).toBe(5);
    expect(hullOf(claims)).toEqual({ from: Date.parse('2026-03-24T08:30Z'), to: Date.parse('2026-03-24T16:00Z') });
    expect(agreedBy(claims)).toBeUndefined();
    const without = claims.filter(({ from, until }) => from === null || from !== until);
    expect(agreedBy(without)).toEqual({ from: Date.parse('2026-03-24T10:52Z'), to: Date.parse('2026-03-24T11:25Z') });
  });
});
