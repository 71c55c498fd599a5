import { findBestCuts } from '../../server/exposure/cuts/best-cuts.ts';
import type { BlastRadius } from '../../server/exposure/radius/blast-radius.ts';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import type { ExposedArtifactOrder } from '../../server/exposure/radius/list-exposed-artifacts.ts';
import { listExposedArtifacts } from '../../server/exposure/radius/list-exposed-artifacts.ts';
import { findExposing } from '../../server/exposure/rankings/artifact-exposure.ts';
import { measureConcentration, measureSafeguards } from '../../server/exposure/rankings/concentration.ts';
import { listRanking, rankOrigins } from '../../server/exposure/rankings/ranking.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { describe, expect, it } from '../support/test.ts';
import type { WorldBuilder } from '../support/worlds/world.ts';
import { toRecordedFacts, world } from '../support/worlds/world.ts';

const window = { from: 0, to: 1_000_000 };
const settings = { core: window, widest: window, maxHops: 3, transferLikelihood: 0, minDegree: 0.05 };
const project = (built: WorldBuilder) => buildProjection(toRecordedFacts(built.build()), 1);
const radiusOf = (built: WorldBuilder, ...origins: string[]): BlastRadius => {
  const projection = project(built);
  return findBlastRadius(projection, { ...settings, origins: origins.map((id) => projection.organizations.id.find(id)), scopes: [] });
};

/** Three amounts whose sum, product and sum of squares depend on their order in the last digit. */
const amounts = [0.1, 0.2, 0.3];
/** A sum of exactly 43.5 cents, above or below it by the order of the amounts. */
const halfACent = [0.1, 0.3, 0.035];

/** Two subjects, a and b, with the same figures in opposite orders, and the other way around. */
const bothWays = (figures: readonly number[], check: (ofA: readonly number[], ofB: readonly number[]) => void) => {
  const backward = figures.toReversed();
  check(figures, backward);
  check(backward, figures);
};

/** A lab, and the organization, each with an artifact for each value, which the lab sent it. */
const hold = (built: WorldBuilder, lab: string, holder: string, values: readonly number[]) => {
  for (const [i, valueHighUsd] of values.entries()) {
    const id = `${lab}-${holder}-${i}`;
    built.artifact(id, lab, { valueHighUsd }).transfer(id, id, lab, holder, { sentAt: 1 });
  }
};

/** A chain of access with these likelihoods, from the first organization to the last. */
const chain = (built: WorldBuilder, ids: readonly string[], likelihoods: readonly number[]) => {
  for (const [i, likelihood] of likelihoods.entries())
    built.access(`${ids[0]}-${ids.at(-1)}-${i}`, ids[i] as string, ids[i + 1] as string, { likelihood });
};

describe('[G369] equal figures that were summed or multiplied in another order are ordered by id', () => {
  it('holders and labs of a concentration, and the safeguards of labs', () => {
    bothWays(amounts, (ofA, ofB) => {
      const built = world().lab('lab').vendor('a', 'b');
      hold(built, 'lab', 'a', ofA);
      hold(built, 'lab', 'b', ofB);
      const projection = project(built);
      const [row] = measureConcentration(projection, 10);
      expect(row?.holders.map(({ holder }) => projection.organizations.id.get(holder))).toEqual(['a', 'b']);

      const labs = world().lab('a', 'b').vendor('v', 'w', 'x');
      for (const [lab, values] of [['a', ofA] as const, ['b', ofB] as const])
        for (const [i, value] of values.entries()) hold(labs, lab, 'vwx'[i] as string, [value]);
      const other = project(labs);
      const ids = (rows: readonly { readonly lab: number }[]) => rows.map(({ lab }) => other.organizations.id.get(lab));
      expect(ids(measureConcentration(other, 10))).toEqual(['a', 'b']);
      expect(ids(measureSafeguards(other, 10))).toEqual(['a', 'b']);
    });
  });

  it('safeguards by the values without an audit right, not by a difference of sums', () => {
    const built = world().lab('a', 'b').vendor('v', 'w', 'x');
    hold(built, 'a', 'w', [0.1]);
    for (const [holder, value] of [['v', 1e9 / 3] as const, ['w', 0.1] as const, ['x', 1e9 / 7] as const])
      hold(built, 'b', holder, [value]);
    for (const holder of ['v', 'x']) built.engagement(holder, 'b', holder, { auditRight: true });
    const projection = project(built);
    expect(measureSafeguards(projection, 10).map(({ lab }) => projection.organizations.id.get(lab))).toEqual(['a', 'b']);
  });

  it('organizations that expose an artifact, and organizations that compromise reaches', () => {
    bothWays(amounts, (ofA, ofB) => {
      const into = world().lab('lab').vendor('a', 'b', 'h', 'p', 'q', 'r', 's').artifact('x', 'lab');
      into.transfer('t', 'x', 'lab', 'h', { sentAt: 1 });
      chain(into, ['a', 'p', 'q', 'h'], ofA);
      chain(into, ['b', 'r', 's', 'h'], ofB);
      const projection = project(into);
      const exposing = findExposing(projection, settings, 0).map(({ organization }) => projection.organizations.id.get(organization));
      expect(exposing.slice(-2)).toEqual(['a', 'b']);

      const from = world().vendor('a', 'b', 'o', 'p', 'q', 'r', 's');
      chain(from, ['o', 'p', 'q', 'a'], ofA);
      chain(from, ['o', 'r', 's', 'b'], ofB);
      const { reached, projection: facts } = radiusOf(from, 'o');
      expect(reached.slice(-2).map(({ organization }) => facts.organizations.id.get(organization))).toEqual(['a', 'b']);
    });
  });

  it('artifacts and labs of a radius, and ways in', () => {
    bothWays(amounts, (ofA, ofB) => {
      const built = world().lab('a', 'b').vendor('o', 'u', 'v', 'p', 'q', 'r', 's');
      chain(built, ['o', 'p', 'q', 'u'], ofA);
      chain(built, ['o', 'r', 's', 'v'], ofB);
      built.artifact('m', 'a', { valueHighUsd: 100 }).transfer('m', 'm', 'a', 'u', { sentAt: 1 });
      built.artifact('n', 'b', { valueHighUsd: 100 }).transfer('n', 'n', 'b', 'v', { sentAt: 1 });
      const far = radiusOf(built, 'o');
      expect(listed(far, 'WEIGHTED_LOSS')).toEqual(['m', 'n']);
      expect(listed(far, 'TIER')).toEqual(['m', 'n']);
      expect(far.labs.map(({ lab }) => far.projection.organizations.id.get(lab))).toEqual(['a', 'b']);
      // Both holders have a copy of one artifact.
      const shared = radiusOf(
        built.artifact('z', 'a').transfer('z1', 'z', 'a', 'u', { sentAt: 1 }).transfer('z2', 'z', 'a', 'v', { sentAt: 1 }),
        'o',
      );
      const ways = listExposedArtifacts(shared, { ids: ['z'] })
        .slice(0, 1)[0]
        ?.ways(2);
      expect(ways?.map(({ copy }) => copy)).toEqual(ways?.map(({ copy }) => copy).toSorted((a, b) => a - b));

      const pieces = world().lab('lab').vendor('o');
      for (const [id, portions] of [['a', ofA] as const, ['b', ofB] as const]) {
        pieces.artifact(id, 'lab', { valueHighUsd: 100 });
        for (const [i, portion] of portions.entries()) pieces.transfer(`${id}${i}`, id, 'lab', 'o', { sentAt: 1, portion });
      }
      const held = radiusOf(pieces, 'o');
      expect(listed(held, 'PORTION')).toEqual(['a', 'b']);
      expect(listed(held, 'WORST_CASE_LOSS')).toEqual(['a', 'b']);
    });
  });

  it('a ranking to the cent, and best cuts', () => {
    bothWays(halfACent, (ofA, ofB) => {
      const built = world().lab('lab').vendor('a', 'b').subcontractor('o').access('o-a', 'o', 'a').access('o-b', 'o', 'b');
      hold(built, 'lab', 'a', ofA);
      hold(built, 'lab', 'b', ofB);
      const projection = project(built);
      for (const order of ['WEIGHTED_LOSS', 'WORST_CASE_LOSS'] as const) {
        const rows = listRanking(projection, rankOrigins(projection, { ...settings, maxHops: 0 }), ['VENDOR'], order);
        expect(rows.map(({ organization, position }) => `${position} ${projection.organizations.id.get(organization)}`)).toEqual([
          '1 a',
          '1 b',
        ]);
      }
      const origins = ['a', 'b'].map((id) => projection.organizations.id.find(id));
      const [cut] = findBestCuts(projection, { ...settings, origins, scopes: [] }, 0, 1);
      expect(cut?.action).toMatchObject({ kind: 'ENCRYPT', organization: origins[0] });
    });
  });
});

function listed(radius: BlastRadius, orderBy: ExposedArtifactOrder): string[] {
  const list = listExposedArtifacts(radius, { orderBy });
  return list.slice(0, list.length).map(({ artifact }) => radius.projection.artifacts.id.get(artifact));
}
