import fc from 'fast-check';
import type { BlastRadius } from '../../../server/exposure/radius/blast-radius.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { findIntegrityRadius } from '../../../server/exposure/radius/integrity.ts';
import type { ExposedArtifact } from '../../../server/exposure/radius/radius-types.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { copyId, findCopy } from '../../../server/projection/custody.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import type { Tier } from '../../../server/rules/copy-tier.ts';
import { tiers } from '../../../server/rules/copy-tier.ts';
import { copiesInIds, integrityInIds, radiusInIds, toInput } from '../../support/answers/engine-answers.ts';
import { expectAtLeast, expectAtMost, expectSame } from '../../support/answers/expect-same.ts';
import type { Question } from '../../support/oracle/question.ts';
import { seed } from '../../support/seed.ts';
import { describe, expect, it } from '../../support/test.ts';
import { cases } from '../../support/worlds/arbitraries.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import type { Stated, Transfer, World } from '../../support/worlds/world.ts';
import { factsOf, toRecordedFacts } from '../../support/worlds/world.ts';

const settings = { seed, numRuns: generatedRuns(400) };

const projections = new WeakMap<World, Projection>();

/** Built once per world: most properties ask two questions of one world. */
function projectionOf(world: World): Projection {
  let projection = projections.get(world);
  if (projection === undefined) {
    projection = buildProjection(toRecordedFacts(world), 1);
    projections.set(world, projection);
  }
  return projection;
}

function radiusOf(world: World, question: Question): BlastRadius {
  const projection = projectionOf(world);
  return findBlastRadius(projection, toInput(projection, question));
}

function byArtifact(radius: BlastRadius): Map<string, ExposedArtifact> {
  return new Map(radius.artifacts.map((exposed) => [radius.projection.artifacts.id.get(exposed.artifact), exposed]));
}

function strength(tier: Tier): number {
  return tiers.length - tiers.indexOf(tier);
}

/** §11.1: no artifact left and no tier got weaker. Unless an artifact was CONTAINED, its figures did not shrink. */
function expectNothingLost(smaller: BlastRadius, larger: BlastRadius): void {
  const after = byArtifact(larger);
  for (const [id, before] of byArtifact(smaller)) {
    const now = after.get(id);
    if (now === undefined) throw new Error(`${id} was lost`);
    expectAtLeast(strength(now.tier), strength(before.tier));
    if (before.tier === 'CONTAINED') continue;
    for (const figure of [
      (exposed: ExposedArtifact) => exposed.portion.low,
      (exposed: ExposedArtifact) => exposed.portion.high,
      (exposed: ExposedArtifact) => exposed.exposedPortion.low,
      (exposed: ExposedArtifact) => exposed.exposedPortion.high,
      (exposed: ExposedArtifact) => exposed.likelihood,
      (exposed: ExposedArtifact) => exposed.weightedShare,
      (exposed: ExposedArtifact) => exposed.worstCaseLossUsd,
      (exposed: ExposedArtifact) => exposed.weightedLossUsd,
    ]) {
      expectAtLeast(figure(now), figure(before) - 1e-9 * (1 + figure(before)));
    }
  }
}

function withTransfer(world: World, change: (transfer: Stated<Transfer>) => Stated<Transfer>, which: number): World {
  const transfers = factsOf(world, 'TRANSFER');
  const chosen = transfers[which % Math.max(1, transfers.length)];
  return { facts: world.facts.map((fact) => (fact === chosen ? change(chosen) : fact)) };
}

describe('[P22] more never means less (§11.1)', () => {
  it('when a window widens', () => {
    const wider = fc.nat({ max: 40 });
    fc.assert(
      fc.property(cases, wider, wider, wider, wider, ({ world, question }, before, after, coreBefore, coreAfter) => {
        const widest = { from: question.widest.from - before, to: question.widest.to + after };
        const core = {
          from: Math.max(widest.from, question.core.from - coreBefore),
          to: Math.min(widest.to, question.core.to + coreAfter),
        };
        expectNothingLost(radiusOf(world, question), radiusOf(world, { ...question, widest, core }));
      }),
      settings,
    );
  });

  it('when an option opens', () => {
    const share = fc.constantFrom(0, 0, 0.1, 0.5, 1);
    fc.assert(
      fc.property(cases, fc.nat({ max: 3 }), share, share, ({ world, question }, hops, likelier, lower) => {
        const opened = {
          ...question,
          maxHops: question.maxHops + hops,
          transferLikelihood: Math.min(1, question.transferLikelihood + likelier),
          minDegree: Math.max(0, question.minDegree - lower),
        };
        expectNothingLost(radiusOf(world, question), radiusOf(world, opened));
      }),
      settings,
    );
  });

  it('when a likelihood or a confidence rises', () => {
    fc.assert(
      fc.property(cases, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), ({ world, question }, which, share) => {
        const risen = {
          facts: world.facts.map((fact, i) => {
            if ((i + which) % 3 !== 0) return fact;
            if (fact.kind === 'ACCESS') return { ...fact, likelihood: fact.likelihood + (1 - fact.likelihood) * share };
            return fact.kind === 'TRANSFER' ? { ...fact, confidence: fact.confidence + (1 - fact.confidence) * share } : fact;
          }),
        };
        expectNothingLost(radiusOf(world, question), radiusOf(risen, question));
      }),
      settings,
    );
  });

  it('when a transfer is added, unless its copy replaces an implied one', () => {
    fc.assert(
      fc.property(cases, fc.nat(), ({ world, question }, which) => {
        const transfers = factsOf(world, 'TRANSFER');
        const added = transfers[which % Math.max(1, transfers.length)];
        const without = radiusOf({ facts: world.facts.filter((fact) => fact !== added) }, question);
        const all = radiusOf(world, question);
        const implied = (radius: BlastRadius) => copiesInIds(radius.projection).filter(({ id }) => id.startsWith('implied:'));
        const left = new Set(implied(all).map(({ id }) => id));
        fc.pre(implied(without).every(({ id }) => left.has(id)));
        expectNothingLost(without, all);
      }),
      settings,
    );
  });
});

describe('[P23] a deletion adds nothing (§11.2)', () => {
  const isKept = (transfer: Transfer) => transfer.deletionState === 'NONE' || transfer.deletionState === 'REQUESTED';
  const delay = fc.constantFrom(0, 10, 20, 30);

  it('a verified deletion, unless the holder sent the artifact on at that instant or later', () => {
    fc.assert(
      fc.property(cases, fc.nat(), delay, ({ world, question }, which, after) => {
        const deleted = withTransfer(
          world,
          (transfer) => {
            const deletedAt = (transfer.sentAt ?? 0) + after;
            const isSentOn = factsOf(world, 'TRANSFER').some(
              (other) =>
                other.artifact === transfer.artifact &&
                other.sender === transfer.recipient &&
                other.sentAt !== null &&
                other.sentAt >= deletedAt,
            );
            return isKept(transfer) && !isSentOn ? { ...transfer, deletionState: 'VERIFIED', deletedAt } : transfer;
          },
          which,
        );
        const before = byArtifact(radiusOf(world, question));
        for (const id of byArtifact(radiusOf(deleted, question)).keys()) expectSame(before.has(id), true);
      }),
      settings,
    );
  });

  it('an attested deletion changes neither the set nor a portion', () => {
    fc.assert(
      fc.property(cases, fc.nat(), delay, ({ world, question }, which, after) => {
        const deleted = withTransfer(
          world,
          (transfer) =>
            isKept(transfer) ? { ...transfer, deletionState: 'ATTESTED', deletedAt: (transfer.sentAt ?? 0) + after } : transfer,
          which,
        );
        const portions = (radius: BlastRadius) => Object.fromEntries([...byArtifact(radius)].map(([id, { portion }]) => [id, portion]));
        expect(portions(radiusOf(deleted, question))).toEqual(portions(radiusOf(world, question)));
      }),
      settings,
    );
  });
});

it('[P24] the radius of two origins contains the radius of each, with tiers at least as strong (§11.4)', () => {
  fc.assert(
    fc.property(cases, ({ world, question }) => {
      const joint = byArtifact(radiusOf(world, question));
      for (const origin of question.origins) {
        for (const [id, alone] of byArtifact(radiusOf(world, { ...question, origins: [origin] }))) {
          expectAtLeast(strength(joint.get(id)?.tier ?? 'CONTAINED'), strength(alone.tier));
          expectSame(joint.has(id), true);
        }
      }
    }),
    settings,
  );
});

it('[P25] the order of the facts changes no digit and no order of an answer (§11.6)', () => {
  const answers = (world: World, question: Question) => {
    const radius = radiusOf(world, question);
    const integrity = findIntegrityRadius(radius.projection, radius.input);
    return { copies: copiesInIds(radius.projection), radius: radiusInIds(radius), integrity: integrityInIds(radius.projection, integrity) };
  };
  fc.assert(
    fc.property(
      cases.chain(({ world, question }) =>
        fc.record({
          world: fc.constant(world),
          question: fc.constant(question),
          shuffled: fc.shuffledSubarray([...world.facts], { minLength: world.facts.length, maxLength: world.facts.length }),
        }),
      ),
      ({ world, question, shuffled }) => {
        expect(answers({ facts: shuffled }, question)).toStrictEqual(answers(world, question));
      },
    ),
    settings,
  );
});

it('[P26] weighted loss never passes worst-case loss, and labs and artifacts add up to the summary (§11.5)', () => {
  fc.assert(
    fc.property(cases, ({ world, question }) => {
      const { summary, artifacts, labs } = radiusOf(world, question);
      for (const exposed of artifacts) {
        expectAtMost(exposed.weightedLossUsd, exposed.worstCaseLossUsd * (1 + 1e-9));
        expectAtMost(exposed.portion.low, exposed.portion.high + 1e-9);
        expectAtMost(exposed.weightedShare, exposed.portion.high + 1e-9);
        expectAtMost(exposed.exposedPortion.high, exposed.portion.high + 1e-9);
      }
      expectSame(summary.exposedCount + summary.possibleCount + summary.containedCount, artifacts.length);
      expectSame(summary.affectedLabCount, labs.length);
      expect(labs.reduce((sum, lab) => sum + lab.worstCaseLossUsd, 0)).toBeCloseTo(summary.worstCaseLossUsd, 6);
      expect(labs.reduce((sum, lab) => sum + lab.weightedLossUsd, 0)).toBeCloseTo(summary.weightedLossUsd, 6);
    }),
    settings,
  );
});

describe('[P27] every row can be explained by facts (§11.9)', () => {
  it('an artifact by a copy at a reached organization, and the reveals that lead from it', () => {
    fc.assert(
      fc.property(cases, ({ world, question }) => {
        const radius = radiusOf(world, question);
        const { copies, reveals } = radius.projection;
        const reached = new Set(radius.reached.map(({ organization }) => organization));
        for (const exposed of radius.artifacts) {
          const ways = exposed.ways(exposed.wayCount);
          expectSame(ways.length, exposed.wayCount);
          expectSame(ways[0]?.tier, exposed.tier);
          expect(exposed.ways(1)).toStrictEqual(ways.slice(0, 1));
          for (const way of ways) {
            expectSame(copies.holder.at(way.copy), way.holder.organization);
            expectSame(reached.has(way.holder.organization), true);
            expectSame(radius.columns.tierOf(way.copy), way.tier);
            let artifact = copies.artifact.at(way.copy);
            for (const fact of way.reveals) {
              expectSame(reveals.artifact[fact], artifact);
              artifact = reveals.reveals[fact] as number;
            }
            expectSame(artifact, exposed.artifact);
          }
        }
      }),
      settings,
    );
  });

  it('a reached organization by steps from an origin whose likelihoods multiply to its own', () => {
    fc.assert(
      fc.property(cases, ({ world, question }) => {
        const radius = radiusOf(world, question);
        for (const { organization, path, likelihood, hops } of radius.reached) {
          expectAtLeast(path.length, hops);
          expectAtMost(path.length, question.maxHops);
          let at = path[0]?.from ?? organization;
          let product = 1;
          const suspect = radius.input.suspected?.find((one) => one.organization === at);
          if (suspect !== undefined) product = suspect.likelihood;
          else expect(radius.input.origins).toContain(at);
          for (const step of path) {
            expectSame(step.from, at);
            at = step.to;
            product *= step.likelihood;
          }
          expectSame(at, organization);
          expectSame(product, likelihood);
        }
      }),
      settings,
    );
  });

  it('a rank by a chain from the owner to the holder, and a taint by a chain from an origin', () => {
    fc.assert(
      fc.property(cases, ({ world, question }) => {
        const projection = projectionOf(world);
        const transfers = new Map(factsOf(world, 'TRANSFER').map((transfer) => [transfer.id, transfer]));
        const expectChain = (chain: readonly string[], isStart: (sender: string) => boolean, holder: string) => {
          let at: string | undefined;
          for (const id of chain) {
            const transfer = transfers.get(id) as Transfer;
            if (at === undefined) expectSame(isStart(transfer.sender), true);
            else expectSame(transfer.sender, at);
            at = transfer.recipient;
          }
          expectSame(at, holder);
        };
        const ownerOf = new Map(factsOf(world, 'ARTIFACT').map(({ id, owner }) => [id, owner]));
        for (const copy of copiesInIds(projection)) {
          expectSame(copy.chain.length, copy.rank ?? 0);
          if (copy.chain.length > 0) expectChain(copy.chain, (sender) => sender === ownerOf.get(copy.artifact), copy.holder);
        }
        const integrity = integrityInIds(projection, findIntegrityRadius(projection, toInput(projection, question)));
        integrity.tainted.forEach(({ chain, holder, isSuspected }, i) => {
          expectSame(chain.length, integrity.lengths[i] as number);
          const isStart = (sender: string) =>
            isSuspected
              ? question.suspected?.some(({ organization }) => organization === sender) === true
              : question.origins.includes(sender);
          expectChain(chain, isStart, holder);
        });
      }),
      settings,
    );
  });

  it('a copy by an id that leads back to it', () => {
    fc.assert(
      fc.property(cases, ({ world }) => {
        const projection = projectionOf(world);
        for (let copy = 0; copy < projection.copies.count; copy++) expectSame(findCopy(projection, copyId(projection, copy)), copy);
      }),
      settings,
    );
  });
});
