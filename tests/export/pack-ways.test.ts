import { describe, expect, it } from 'vitest';
import { documentMarkdown } from '../../server/export/document/document-markdown.ts';
import { packDocument } from '../../server/export/pack/pack-document.ts';
import { packRows } from '../../server/export/pack/pack-rows.ts';
import type { NotificationPack } from '../../server/exposure/pack/notification-pack.ts';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import { resolveRadiusInput } from '../../server/exposure/radius/resolve-radius-input.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { at, toRecordedFacts, world } from '../support/worlds/world.ts';

/** The pack of a lab whose artifact a compromised vendor holds in this many copies. */
function packWith(copies: number): NotificationPack {
  const builder = world().lab('lab').vendor('hub').artifact('guide', 'lab');
  for (let i = 0; i < copies; i++) builder.transfer(`t-${i}`, 'guide', 'lab', 'hub', { sentAt: at('2026-01-05') });
  const projection = buildProjection(toRecordedFacts(builder.build()), 1);
  const radius = findBlastRadius(projection, resolveRadiusInput(projection, { origins: ['hub'] }, undefined, at('2026-02-01')));
  const lab = projection.organizations.id.find('lab');
  const nothing = { revealed: [], recall: [], notices: [], assessments: new Map(), findings: [] };
  return { lab, title: null, preparedAt: at('2026-02-01'), discoveredAt: null, radius, ...nothing };
}

describe('a pack with many ways into an artifact', () => {
  it.each([
    [10, 0, null],
    [11, 1, '1 more way in is in the CSV file.'],
    [100, 90, '90 more ways in are in the CSV file.'],
    [101, 90, '90 more ways in are in the CSV file. 1 weaker one is not listed.'],
    [1300, 90, '90 more ways in are in the CSV file. 1,200 weaker ones are not listed.'],
  ])('[S283] of %d ways tells how many more the CSV file has, and how many it leaves out', (copies, more, sentence) => {
    const pack = packWith(copies);
    const markdown = documentMarkdown(packDocument(pack));
    expect(packRows(pack).length - 10).toBe(more);
    const told = /^- (.*CSV file.*)$/m.exec(markdown)?.[1] ?? null;
    expect(told).toBe(sentence);
  });
});
