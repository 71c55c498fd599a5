import { findDomain, toPlainName } from '../../../server/domain/names/plain-name.ts';
import { AccessLevels } from '../../../server/exposure/controls/access-levels.ts';
import { FindingList, findSubjects } from '../../../server/exposure/findings/findings.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { sortInSteps } from '../../../server/projection/turns.ts';
import { defaultPolicy } from '../../../server/rules/required-controls.ts';
import { finish } from '../../support/finish.ts';
import { describe, expect, it } from '../../support/test.ts';
import type { WorldBuilder } from '../../support/worlds/world.ts';
import { at, toRecordedFacts, world } from '../../support/worlds/world.ts';

function find(built: WorldBuilder, asOf: string) {
  const projection = buildProjection(toRecordedFacts(built.build()), 1);
  const instant = at(asOf);
  const question = { projection, policy: defaultPolicy, instant, levels: new AccessLevels(projection, instant) };
  const idOf = {
    ORGANIZATION: projection.organizations.id,
    ARTIFACT: projection.artifacts.id,
    TRANSFER: projection.transfers.id,
    ENGAGEMENT: projection.engagements.id,
  };
  const list = FindingList.from(question, findSubjects(question));
  return list.slice(0, list.length).map(({ id, message, facts }) => ({
    id,
    message,
    facts: facts.map(({ kind, index }) => (kind in idOf ? idOf[kind as keyof typeof idOf].get(index) : kind)),
  }));
}

describe('findings', () => {
  it('[P70] each is a sentence and lists its facts, the one to correct first; sorted by kind, message, id', () => {
    const built = world()
      .lab('lab', 'blind')
      .vendor('v', 's', 'w')
      .artifact('plan', 'lab', { sensitivity: 5, valueHighUsd: 1 })
      .artifact('guide', 'lab', { sensitivity: 2 })
      .engagement('e1', 'lab', 'v', { endsAt: at('2026-02-01'), noticeHours: 24, auditRight: true })
      .engagement('e2', 'blind', 's')
      .transfer('t1', 'plan', 'lab', 'v', { sentAt: at('2025-01-10'), engagement: 'e1', assertedAt: at('2025-01-11') })
      .transfer('t2', 'plan', 'v', 's', { sentAt: at('2025-02-10') })
      .transfer('t3', 'guide', 'lab', 'w', { sentAt: at('2025-01-10'), deletionState: 'VERIFIED', deletedAt: at('2025-03-01') })
      .transfer('t4', 'guide', 'w', 's', { sentAt: at('2025-03-01'), form: 'VIEW_ONLY' })
      .transfer('t5', 'guide', 's', 'v', { form: 'VIEW_ONLY' })
      .control('s', 'ENCRYPTION_AT_REST', { expiresAt: at('2026-06-01') })
      .control('s', 'MFA', { expiresAt: at('2026-02-01') })
      .control('s', 'OTHER', { expiresAt: at('2026-02-01') });
    expect(find(built, '2026-03-01')).toEqual([
      {
        id: 'CUSTODY_GAP/implied:t4',
        message: 'w sent guide to s (transfer t4), but no transfer shows who sent it to w.',
        facts: ['t4', 'guide', 'w'],
      },
      {
        id: 'SENT_AFTER_DELETION/t4',
        message: 'w sent guide to s on Mar 1, 2025 (transfer t4), although the last copy it had received was deleted on Feb 28, 2025.',
        facts: ['t4', 'guide', 'w', 's'],
      },
      {
        id: 'COPY_AFTER_ENGAGEMENT/t1',
        message: 'v may still have plan (transfer t1), although engagement e1 ended on Jan 31, 2026.',
        facts: ['t1', 'plan', 'v', 'e1'],
      },
      {
        id: 'UNDECLARED_SUBCONTRACTOR/t5',
        message: 's sent guide to v (transfer t5), but lab knows of no engagement between the two.',
        facts: ['t5', 'guide', 's', 'v'],
      },
      {
        id: 'UNDECLARED_SUBCONTRACTOR/t2',
        message: 'v sent plan to s (transfer t2), but lab knows of no engagement between the two.',
        facts: ['t2', 'plan', 'v', 's'],
      },
      {
        id: 'UNDECLARED_SUBCONTRACTOR/t4',
        message: 'w sent guide to s (transfer t4), but lab knows of no engagement between the two.',
        facts: ['t4', 'guide', 'w', 's'],
      },
      {
        id: 'UNKNOWN_SENT_AT/t5',
        message: 'The date on which s sent guide to v is unknown (transfer t5).',
        facts: ['t5', 'guide', 's', 'v'],
      },
      {
        id: 'READABLE_AT_HIGHEST_SENSITIVITY/t2',
        message: 's has a readable copy of plan (copy t2), which has sensitivity 5.',
        facts: ['t2', 'plan', 's'],
      },
      {
        id: 'READABLE_AT_HIGHEST_SENSITIVITY/t1',
        message: 'v has a readable copy of plan (copy t1), which has sensitivity 5.',
        facts: ['t1', 'plan', 'v'],
      },
      {
        id: 'CLAIM_CONTRADICTED/s',
        message: 's has evidence of encryption at rest but holds a plaintext copy of plan (transfer t2).',
        facts: ['s', 'CONTROL', 't2'],
      },
      {
        id: 'EXPIRED_EVIDENCE/s/MFA',
        message: 'The evidence of s for MFA, which its access requires, was valid through Jan 31, 2026.',
        facts: ['CONTROL', 's'],
      },
      {
        id: 'NO_NOTICE_TERM/e2',
        message: 'Engagement e2 does not say how soon s must notify blind of a breach.',
        facts: ['e2', 's', 'blind'],
      },
      { id: 'NO_AUDIT_RIGHT/e2', message: 'Engagement e2 records no right for blind to audit s.', facts: ['e2', 's', 'blind'] },
      {
        id: 'NO_VALUE/guide',
        message: 'guide of lab (artifact guide) has no value, so no loss figure includes it.',
        facts: ['guide', 'lab'],
      },
      {
        id: 'STALE/t1',
        message: 'The record that v holds plan (transfer t1) was asserted on Jan 11, 2025, more than 365 days before the date asked about.',
        facts: ['t1', 'plan', 'v'],
      },
      {
        id: 'BLIND_SPOT/blind',
        message: 'blind relies on s (engagement e2), but no transfer shows what s or the providers below it hold of its artifacts.',
        facts: ['blind', 'e2'],
      },
    ]);
  });

  it('[P71] two names are alike if they differ only in case, accents and legal form', () => {
    for (const name of [
      'Älpha Data',
      'ALPHA DATA, Inc.',
      'Alpha Data GmbH & Co. KG',
      'alpha  data L.L.C.',
      'Alpha Data Pty Ltd',
      'Alpha Data S.A.',
      'Alpha Data S.à r.l.',
      'Alpha Data Sp. z o.o.',
      'Alpha Data, S.A. de C.V.',
      'Alpha Data Private Limited',
    ])
      expect(toPlainName(name)).toBe('alpha data');
    for (const [name, other] of [
      ['Straße', 'STRASSE'],
      ['Østre', 'Ostre'],
      ['ŁÓDŹ', 'Lodz'],
      ['Iğdır', 'IGDIR'],
    ] as const)
      expect(toPlainName(name)).toBe(toPlainName(other));
    expect(toPlainName('Co')).toBe('co');
    expect(toPlainName('S. A.')).toBe('s. a.');
    expect(toPlainName('Alpha-Data')).not.toBe('alpha data');
    expect(toPlainName('Limited Brands')).toBe('limited brands');
    expect(toPlainName('数据 有限公司')).toBe('数据 有限公司');
  });

  it.each([
    ['https://www.alpha.example/about?x=1', 'alpha.example'],
    ['Alpha.Example', 'alpha.example'],
    ['http://alpha.example:8080', 'alpha.example'],
    ['https://eu.alpha.example', 'eu.alpha.example'],
    ['n/a', undefined],
    ['-', undefined],
    ['', undefined],
    [null, undefined],
  ])('[P71] the domain of the website %j is %j', (website, domain) => {
    expect(findDomain(website)).toBe(domain);
  });

  it('[P71] a thousand organizations that are all alike are paired with the first, not with each other', () => {
    const built = world();
    for (let i = 0; i < 1000; i++) built.organization(`o${i}`, { name: 'One', website: 'one.example' });
    const found = find(built, '2026-03-01');
    expect(found).toHaveLength(999);
    expect(found[0]?.message).toMatch(
      / may be the same organization: their names differ at most in case, accents and legal form, and they share the domain one\.example\.$/,
    );
  });

  it('[P70] sorting in steps gives the same order as sorting at once', () => {
    for (const length of [0, 1, 3999, 4000, 4001, 20_011]) {
      const items = Array.from({ length }, (_, i) => ({ key: (i * 7919) % 101, i }));
      const sorted = [...items].sort((a, b) => a.key - b.key);
      expect(finish(sortInSteps(items, (a, b) => a.key - b.key))).toEqual(sorted);
    }
  });

  it('[P70] a hub that received and sent one artifact 20,000 times each has findings quickly', () => {
    const built = world().lab('lab').vendor('hub').artifact('x', 'lab', { valueHighUsd: 1 });
    for (let i = 0; i < 20_000; i++) {
      built.vendor(`v${i}`);
      built.transfer(`in${i}`, 'x', 'lab', 'hub', { sentAt: i, deletionState: 'VERIFIED', deletedAt: i + 10 });
      built.transfer(`out${i}`, 'x', 'hub', `v${i}`, { sentAt: 30_000 + i });
    }
    const kinds = find(built, '1970-01-02').map(({ id }) => id.split('/')[0]);
    expect(kinds.filter((kind) => kind === 'SENT_AFTER_DELETION')).toHaveLength(20_000);
  });
});
