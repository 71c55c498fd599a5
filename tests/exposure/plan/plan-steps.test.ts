import { askedNow, describeStep, findDoneFacts, listPlanTasks } from '../../../server/exposure/incidents/plan-steps.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { findNotices } from '../../../server/exposure/radius/notices.ts';
import { resolveRadiusInput } from '../../../server/exposure/radius/resolve-radius-input.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { runAtOnce } from '../../../server/projection/turns.ts';
import { describe, expect, it } from '../../support/test.ts';
import type { World } from '../../support/worlds/world.ts';
import { at, toRecordedFacts, world } from '../../support/worlds/world.ts';

const core = { from: at('2026-09-24'), to: at('2026-09-25') };
const today = at('2026-10-10');

function tasksOf(about: World, origins: string[]): string[] {
  const projection = buildProjection(toRecordedFacts(about), 1);
  const here = findBlastRadius(projection, resolveRadiusInput(projection, { origins, core }, undefined, today));
  const now = findBlastRadius(projection, askedNow(here.input, today));
  const notices = runAtOnce(findNotices(here, at('2026-09-26'), today));
  return listPlanTasks(here, now, notices, today).map(
    (task) => `${describeStep(projection, task)}, ${task.dueAt === null ? 'no term' : new Date(task.dueAt).toISOString().slice(0, 10)}`,
  );
}

const sent = { sentAt: at('2026-01-05') };
const verified = (date: string) => ({ ...sent, deletionState: 'VERIFIED' as const, deletedAt: at(date) });

const about = world()
  .lab('lab', 'other')
  .vendor('hub', 'far')
  .artifact('guide', 'lab')
  .artifact('set', 'other')
  .transfer('t-1', 'guide', 'lab', 'hub', sent)
  .transfer('t-2', 'set', 'other', 'hub', verified('2026-09-30'))
  .transfer('t-3', 'set', 'other', 'far', sent)
  .access('a-1', 'hub', 'far', {})
  .access('a-2', 'hub', 'other', { validUntil: at('2026-10-01') })
  .engagement('e-1', 'lab', 'hub', { noticeHours: 72 })
  .build();

describe('what there is to do', () => {
  it('[P201] copies still there are recalled and encrypted, valid access is revoked, origins are suspended, and the owing are asked', () => {
    expect(tasksOf(about, ['hub']).sort()).toEqual(
      [
        "Encrypt the copies at far under their owners' keys, no term",
        "Encrypt the copies at hub under their owners' keys, 2026-09-29",
        'Ask far what it holds and what was touched, no term',
        'Ask hub what it holds and what was touched, 2026-09-29',
        'Recall the copies of lab from hub, 2026-09-29',
        'Recall the copies of other from far, no term',
        'Revoke the access of hub to far (a-1), no term',
        'Suspend hub, 2026-09-29',
      ].sort(),
    );
  });

  it('[P310] unreadable copies and those that came later are recalled, not encrypted, and nobody recalls its own artifacts from itself', () => {
    const apart = world()
      .lab('lab')
      .vendor('hub', 'locked', 'late')
      .artifact('guide', 'lab')
      .transfer('t-1', 'guide', 'lab', 'hub', sent)
      .transfer('t-2', 'guide', 'hub', 'lab', sent)
      .transfer('t-3', 'guide', 'lab', 'locked', { ...sent, form: 'ENCRYPTED_KEY_AT_OWNER' })
      .transfer('t-4', 'guide', 'lab', 'late', { sentAt: at('2026-10-01') })
      .access('a-1', 'lab', 'late', { validUntil: at('2026-09-26') })
      .build();
    const actions = tasksOf(apart, ['lab', 'locked']).filter((task) => !task.startsWith('Ask'));
    expect(actions.sort()).toEqual([
      "Encrypt the copies at late under their owners' keys, no term",
      'Recall the copies of lab from late, no term',
      'Recall the copies of lab from locked, no term',
    ]);
  });

  it('[S457] who owes word is asked by the first notice to a lab of whose copies it holds some, also where nothing reached it', () => {
    const behind = world()
      .lab('lab', 'other')
      .vendor('mid', 'hub')
      .artifact('guide', 'lab')
      .artifact('set', 'other')
      .transfer('t-1', 'guide', 'lab', 'mid', sent)
      .transfer('t-2', 'guide', 'mid', 'hub', sent)
      .transfer('t-3', 'set', 'other', 'hub', sent)
      .transfer('t-4', 'set', 'other', 'mid', sent)
      .engagement('e-1', 'other', 'hub', { noticeHours: 24 })
      .build();
    const asked = tasksOf(behind, ['hub']).filter((task) => task.startsWith('Ask'));
    expect(asked.sort()).toEqual([
      'Ask hub what it holds and what was touched, 2026-09-27',
      'Ask mid what it holds and what was touched, 2026-09-27',
    ]);
  });

  it('[P202] a done recall names the copies that were there and are not yet gone, and a done revocation the access that still runs', () => {
    const projection = buildProjection(toRecordedFacts(about), 1);
    const organization = projection.organizations.id.find('hub');
    const owner = projection.organizations.id.find('lab');
    const nothing = { deleted: [], attested: [], ended: [], unrecordedCount: 0 };
    expect(findDoneFacts(projection, { kind: 'RECALL', organization, owner: -1, at: today })).toEqual({ ...nothing, deleted: ['t-1'] });
    expect(findDoneFacts(projection, { kind: 'RECALL', organization, owner: -1, at: at('2026-02-01') }).deleted).toEqual(['t-1', 't-2']);
    expect(findDoneFacts(projection, { kind: 'RECALL', organization, owner, at: at('2025-02-01') })).toEqual(nothing);
    expect(findDoneFacts(projection, { kind: 'SUSPEND', organization, at: today })).toEqual({ ...nothing, ended: ['a-1'] });
    expect(findDoneFacts(projection, { kind: 'ENCRYPT', organization, owner, at: today })).toEqual(nothing);
  });
});
