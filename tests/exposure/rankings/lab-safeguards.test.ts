import { measureSafeguards } from '../../../server/exposure/rankings/concentration.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { describe, expect, it } from '../../support/test.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';

const facts = world()
  .lab('a', 'b')
  .vendor('v', 'w', 'x')
  .artifact('m', 'a', { valueHighUsd: 300 })
  .artifact('n', 'a', { valueHighUsd: 100 })
  // Two engagements with one provider count it once; v holds both artifacts, w one, x nothing.
  .engagement('e1', 'a', 'v', { auditRight: true })
  .engagement('e2', 'a', 'v', { noticeHours: 72 })
  .engagement('e3', 'a', 'x', { auditRight: false, noticeHours: 24, startsAt: 5 })
  .engagement('e4', 'a', 'w', { auditRight: true, noticeHours: 24, endsAt: 10 })
  .transfer('t1', 'm', 'a', 'v', { sentAt: 1 })
  .transfer('t2', 'n', 'a', 'v', { sentAt: 1 })
  .transfer('t3', 'm', 'a', 'w', { sentAt: 1 })
  .control('w', 'ENCRYPTION_AT_REST', { expiresAt: 20 })
  .control('v', 'MFA')
  .build();
const projection = buildProjection(toRecordedFacts(facts), 1);
const rows = (instant: number) =>
  measureSafeguards(projection, instant).map(({ lab, ...row }) => ({ lab: projection.organizations.id.get(lab), ...row }));

describe('safeguards of a lab', () => {
  it('[P140] count providers of current engagements and rank-1 holders once each, with their value', () => {
    expect(rows(12)).toEqual([
      {
        lab: 'a',
        providerCount: 3,
        valueUsd: 700,
        auditRight: { providerCount: 1, valueUsd: 400 },
        noAuditRight: { providerCount: 2, valueUsd: 300 },
        noticeTerm: { providerCount: 2, valueUsd: 400 },
        encryption: { providerCount: 1, valueUsd: 300 },
      },
      {
        lab: 'b',
        providerCount: 0,
        valueUsd: 0,
        auditRight: { providerCount: 0, valueUsd: 0 },
        noAuditRight: { providerCount: 0, valueUsd: 0 },
        noticeTerm: { providerCount: 0, valueUsd: 0 },
        encryption: { providerCount: 0, valueUsd: 0 },
      },
    ]);
    // The engagement with w is still current. The one with x has not started.
    expect(rows(4)[0]).toMatchObject({ providerCount: 2, auditRight: { providerCount: 2, valueUsd: 700 } });
    // The evidence has expired.
    expect(rows(20)[0]?.encryption).toEqual({ providerCount: 0, valueUsd: 0 });
  });
});
