import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { findNotices } from '../../../server/exposure/radius/notices.ts';
import { resolveRadiusInput } from '../../../server/exposure/radius/resolve-radius-input.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { runAtOnce } from '../../../server/projection/turns.ts';
import { describe, expect, it } from '../../support/test.ts';
import type { World } from '../../support/worlds/world.ts';
import { at, toRecordedFacts, world } from '../../support/worlds/world.ts';

const core = { from: at('2026-09-24'), to: at('2026-09-25') };

/** `lab < notifier by day`, with `nobody` and `no term`. */
function noticesOf(about: World, origins: string[], discoveredAt: number | null = at('2026-09-26')): string[] {
  const projection = buildProjection(toRecordedFacts(about), 1);
  const { id } = projection.organizations;
  const radius = findBlastRadius(projection, resolveRadiusInput(projection, { origins, core }, undefined, 0));
  return runAtOnce(findNotices(radius, discoveredAt, at('2026-09-26'))).map(({ lab, notifier, engagement, dueAt }) => {
    const by = dueAt === null ? 'no term' : new Date(dueAt).toISOString().slice(0, 10);
    const under = engagement < 0 ? '' : ` under ${projection.engagements.id.get(engagement)}`;
    return `${id.get(lab)} < ${notifier < 0 ? 'nobody' : id.get(notifier)} by ${by}${under}`;
  });
}

const sent = { sentAt: at('2026-01-05') };

describe('who tells whom', () => {
  it('[G214] the rank-1 holder on the chain tells the lab, not the holder that was broken into', () => {
    const about = world()
      .lab('lab')
      .vendor('direct', 'sub')
      .artifact('guide', 'lab')
      .transfer('t-1', 'guide', 'lab', 'direct', sent)
      .transfer('t-2', 'guide', 'direct', 'sub', { sentAt: at('2026-02-05') })
      .engagement('e-1', 'lab', 'direct', { noticeHours: 72 })
      .engagement('e-2', 'direct', 'sub', { noticeHours: 24 })
      .build();
    expect(noticesOf(about, ['sub'])).toEqual(['lab < direct by 2026-09-29 under e-1']);
    expect(noticesOf(about, ['sub'], null)).toEqual(['lab < direct by no term under e-1']);
  });

  it('[G214] each rank-1 holder owes word of its own; the earliest due comes first', () => {
    const about = world()
      .lab('lab', 'other')
      .vendor('v-1', 'v-2', 'hub')
      .artifact('guide', 'lab')
      .artifact('rubric', 'lab')
      .artifact('set', 'other')
      .transfer('t-1', 'guide', 'lab', 'v-1', sent)
      .transfer('t-2', 'guide', 'v-1', 'hub', { sentAt: at('2026-02-05') })
      .transfer('t-3', 'rubric', 'lab', 'v-2', sent)
      .transfer('t-4', 'rubric', 'v-2', 'hub', { sentAt: at('2026-02-05') })
      .transfer('t-5', 'set', 'other', 'hub', sent)
      .engagement('e-1', 'lab', 'v-1', { noticeHours: 96 })
      .engagement('e-2', 'lab', 'v-2', { noticeHours: 24 })
      .build();
    expect(noticesOf(about, ['hub'])).toEqual([
      'lab < v-2 by 2026-09-27 under e-2',
      'lab < v-1 by 2026-09-30 under e-1',
      'other < hub by no term',
    ]);
  });

  it('[G214] a CONTAINED artifact and an encrypted way owe no word', () => {
    const about = world()
      .lab('lab')
      .vendor('v-1', 'v-2')
      .artifact('guide', 'lab')
      .artifact('rubric', 'lab')
      .transfer('t-1', 'guide', 'lab', 'v-1', { ...sent, form: 'ENCRYPTED_KEY_AT_OWNER' })
      .transfer('t-2', 'rubric', 'lab', 'v-2', sent)
      .build();
    expect(noticesOf(about, ['v-1'])).toEqual([]);
    expect(noticesOf(about, ['v-1', 'v-2'])).toEqual(['lab < v-2 by no term']);
  });

  it('[G214] without a chain the first provider on the path of engagements tells; without a path nobody does', () => {
    const about = world()
      .lab('blind', 'made', 'alone')
      .vendor('v-1', 'sub')
      .artifact('guide', 'made')
      .artifact('set', 'alone')
      .engagement('e-1', 'blind', 'v-1', { noticeHours: 48 })
      .engagement('e-2', 'v-1', 'sub')
      .engagement('e-3', 'made', 'v-1', { noticeHours: 12 })
      // Implied copies: the subcontractor made both, so no chain explains them.
      .transfer('t-1', 'guide', 'sub', 'made', sent)
      .transfer('t-2', 'set', 'sub', 'alone', sent)
      .build();
    expect(noticesOf(about, ['sub'])).toEqual([
      'made < v-1 by 2026-09-26 under e-3',
      'blind < v-1 by 2026-09-28 under e-1',
      'alone < nobody by no term',
    ]);
  });

  it('[G214] an artifact that another reveals is told by the rank-1 holder of the other', () => {
    const about = world()
      .lab('lab', 'other')
      .vendor('v-1')
      .artifact('guide', 'lab')
      .artifact('set', 'other')
      .transfer('t-1', 'set', 'other', 'v-1', sent)
      .reveals('set', 'guide', 0.5)
      .build();
    expect(noticesOf(about, ['v-1'])).toEqual(['lab < v-1 by no term', 'other < v-1 by no term']);
  });
});
