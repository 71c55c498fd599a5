import fc from 'fast-check';
import type { Assertion } from '../../../server/domain/assertions.ts';
import { ExposureError } from '../../../server/domain/errors.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { artifact, edit, importOf, lab, retract, say, transfer, vendor } from '../../store/assertions-for-tests.ts';

const organizations = ['vega', 'canary', 'dove', 'quill', 'far', 'near', 'canary-ops'];
const artifacts = ['rubric', 'guide', 'secret', 'canary-set'];
const names = ['Canary Lab', 'Quill', 'Dove', 'Far away', 'as at Canary Lab', 'via Dove'];
const pick = <T>(from: readonly T[], i: number): T => from[i % from.length] as T;

/** A write of one of many kinds. The numbers choose what it is about. */
export type Step = readonly [what: number, a: number, b: number, c: number];

/** Assertions in the view of a lab, outside it, and at its edge: ids and texts name other labs, and labs come, go and change names. */
function assertionOf([what, a, b, c]: Step): Assertion | undefined {
  const [one, other] = [pick(organizations, a), pick(organizations, b)];
  const isPair = one !== other;
  switch (what % 15) {
    case 0:
      return lab(pick(['vega', 'canary', 'dove'], a), { name: pick(names, b), aliases: c % 3 === 0 ? [pick(names, c)] : [] });
    case 1:
      return vendor(pick(['quill', 'far', 'near', 'canary-ops'], a), {
        name: pick(names, b),
        country: pick(['FI', 'via Dove', 'Canary Lab'], c),
        attributes: [{ name: 'note', value: pick(names, b + c) }],
      });
    case 2:
      return say('ORGANIZATION', { id: one, roles: c % 2 === 0 ? ['LAB'] : ['VENDOR'] });
    case 3:
      return artifact(pick(artifacts, a), pick(['vega', 'canary', 'dove'], b), {
        name: pick(names, c),
        fragmentCount: c % 2 === 0 ? 4 : null,
      });
    case 4:
    case 5:
    case 6:
      return isPair
        ? transfer(pick(['t1', 't2', 't3', 'canary-t4', 'dove t5'], c), pick(artifacts, a + c), one, other, {
            channel: pick(names, a + b),
            confidence: 0.5 + c / 100,
            fragments: c % 3 === 0 ? ['Canary Lab part', 'b'] : null,
            engagement: c % 4 === 0 ? pick(['e1', 'e2'], b) : null,
          })
        : undefined;
    case 7:
    case 8:
      return isPair
        ? say('ENGAGEMENT', {
            id: pick(['e1', 'e2', 'e3', 'canary e4'], c),
            client: one,
            provider: other,
            service: pick(names, c),
            noticeHours: c,
          })
        : undefined;
    case 9:
      return isPair
        ? say('ACCESS', {
            id: pick(['a1', 'a2', 'dove-a3'], c),
            grantee: one,
            grantor: other,
            likelihood: 0.1 + c / 100,
            software: pick(names, c),
          })
        : undefined;
    case 10: {
      const [from, to] = [pick(artifacts, a), pick(artifacts, b)];
      return from === to ? undefined : say('REVEALS', { artifact: from, reveals: to, degree: 0.1 + c / 100, basis: pick(names, c) });
    }
    case 11:
      return say('CONTROL', {
        organization: one,
        control: pick(['MFA', 'Dove'], c),
        evidenceType: c % 2 === 0 ? 'TESTED' : 'QUESTIONNAIRE',
        issuer: other,
      });
    case 12:
      return retract(pick(['TRANSFER', 'ENGAGEMENT', 'ACCESS'] as const, a), pick(['t1', 't2', 't3', 'canary-t4', 'e1', 'e2', 'a1'], b));
    case 13:
      return retract(pick(['ORGANIZATION', 'ARTIFACT'] as const, a), pick([...organizations, ...artifacts], b));
    default:
      return say('ORGANIZATION', { id: one, mergedInto: c % 3 === 0 ? null : other });
  }
}

/** Commits the steps, several to a write. What breaks a rule is left out. */
export async function makeHistory(store: FactStore, writes: readonly (readonly Step[])[]): Promise<void> {
  await store.commit(importOf('begun', begun));
  const attempt = async (write: () => Promise<unknown>) => {
    try {
      await write();
    } catch (error) {
      if (!(error instanceof ExposureError)) throw error;
    }
  };
  let at = 1000;
  for (const [i, steps] of writes.entries()) {
    const [[what, a, , c]] = steps as [Step];
    const statements = new Map(
      steps.flatMap((step) => {
        const one = assertionOf(step);
        return one === undefined ? [] : [[`${one.kind} ${one.key}`, { ...one, source: pick([null, 'Dove list'], c) }]];
      }),
    );
    at += 1000;
    if (what >= 60) await attempt(() => store.undoImport(`i${a % (i + 1)}`, 'ada', at));
    else if (what % 2 === 0)
      await attempt(() =>
        store.commit(
          importOf(`i${i}`, [...statements.values()], { at, skipRefused: true, import: { source: pick([null, 'list', 'other'], c) } }),
        ),
      );
    else await attempt(() => store.commit(edit([...statements.values()], { at, skipRefused: true })));
  }
}

const begun = [
  ...['vega', 'canary', 'dove'].map((id) => lab(id, { name: id === 'canary' ? 'Canary Lab' : id })),
  ...['quill', 'far', 'near', 'canary-ops'].map((id) => vendor(id)),
  artifact('rubric', 'vega'),
  artifact('secret', 'canary'),
];

const step = fc.tuple(fc.nat({ max: 64 }), fc.nat({ max: 30 }), fc.nat({ max: 30 }), fc.nat({ max: 30 }));

/** Histories of up to 25 writes around three labs. `makeHistory` makes them. */
export const labHistories = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 25 });
