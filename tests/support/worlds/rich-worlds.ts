import fc from 'fast-check';
import { evidenceTypes } from '../../../server/domain/facts.ts';
import { worlds } from './arbitraries.ts';
import type { Stated, World } from './world.ts';
import { world } from './world.ts';

const controlNames = ['MFA', 'ENCRYPTION_AT_REST', 'ACCESS_LOGGING', 'LEAST_PRIVILEGE', 'OTHER'] as const;
const year = 365 * 24 * 3_600_000;

/** Instants of these worlds, instants in between, and a year later, when assertions are just stale or just not. */
export const richInstants = fc.constantFrom(-5, 0, 10, 15, 20, 35, 50, 60, year, year + 10, year + 11, year + 50, year + 60);

const instant = fc.option(fc.constantFrom(0, 10, 20, 30, 40, 50), { nil: null, freq: 2 });
const period = fc
  .tuple(instant, instant)
  .map(
    ([from, until]) => (from !== null && until !== null && until < from ? [until, from] : [from, until]) as [number | null, number | null],
  );
const pick = fc.nat({ max: 10_000 });

/** Names that differ only in case, accents or legal form, and other names. */
const names = ['Älpha', 'alpha Inc.', 'ALPHA', 'Alpha, GmbH', 'Beta', 'beta l.l.c.', 'Gamma Labs', 'gamma labs Ltd', 'Delta'] as const;
const websites = [
  null,
  null,
  'https://www.alpha.example/a',
  'alpha.example',
  'http://beta.example:8080',
  'https://other.example',
  '-',
] as const;

/** Worlds that also have controls, terms of engagements, names and websites, for control gaps and findings. */
export const richWorlds: fc.Arbitrary<World> = worlds.chain((plain) => {
  const organizations = plain.facts.flatMap((fact) => (fact.kind === 'ORGANIZATION' ? [fact.id] : []));
  const ofOrganizations = <T>(value: fc.Arbitrary<T>) =>
    fc.array(value, { minLength: organizations.length, maxLength: organizations.length });
  return fc
    .record({
      names: ofOrganizations(fc.constantFrom(...names)),
      websites: ofOrganizations(fc.constantFrom(...websites)),
      terms: fc.array(fc.record({ noticeHours: fc.constantFrom(null, 0, 72), auditRight: fc.constantFrom(null, true, false) }), {
        minLength: 15,
        maxLength: 15,
      }),
      controls: fc.uniqueArray(
        fc.record({
          organization: pick,
          control: fc.constantFrom(...controlNames),
          evidenceType: fc.constantFrom(...evidenceTypes),
          period,
          issuer: fc.option(pick, { nil: null, freq: 2 }),
        }),
        {
          maxLength: organizations.length === 0 ? 0 : 14,
          selector: ({ organization, control }) => `${organizations[organization % organizations.length]} ${control}`,
        },
      ),
    })
    .map((draft) => {
      let organization = 0;
      let engagement = 0;
      const facts = plain.facts.map((fact): Stated => {
        if (fact.kind === 'ORGANIZATION') {
          const at = organization++;
          return { ...fact, name: draft.names[at] as string, website: draft.websites[at] ?? null };
        }
        return fact.kind === 'ENGAGEMENT' ? { ...fact, ...draft.terms[engagement++ % 15] } : fact;
      });
      const controls = world();
      for (const {
        organization: holder,
        control,
        evidenceType,
        period: [issuedAt, expiresAt],
        issuer,
      } of draft.controls) {
        controls.control(organizations[holder % organizations.length] as string, control, {
          evidenceType,
          issuedAt,
          expiresAt,
          issuer: issuer === null ? null : (organizations[issuer % organizations.length] as string),
        });
      }
      return { facts: [...facts, ...controls.build().facts] };
    });
});
