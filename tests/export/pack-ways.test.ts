import { documentMarkdown } from '../../server/export/document/document.ts';
import { packDocument } from '../../server/export/pack-document.ts';
import { packRows } from '../../server/export/pack-rows.ts';
import type { NotificationPack } from '../../server/exposure/incidents/incident-documents.ts';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import { resolveRadiusInput } from '../../server/exposure/radius/resolve-radius-input.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { describe, expect, it } from '../support/test.ts';
import type { World } from '../support/worlds/world.ts';
import { at, toRecordedFacts, world } from '../support/worlds/world.ts';

/** The pack of `lab`, when `hub` is compromised. */
function packOf(facts: World): NotificationPack {
  const projection = buildProjection(toRecordedFacts(facts), 1);
  const radius = findBlastRadius(projection, resolveRadiusInput(projection, { origins: ['hub'] }, undefined, at('2026-02-01')));
  const lab = projection.organizations.id.find('lab');
  const nothing = { revealed: [], recall: [], notices: [], assessments: new Map(), findings: [], quotes: [] };
  return { lab, incident: null, title: null, preparedAt: at('2026-02-01'), discoveredAt: null, cause: 'UNKNOWN', radius, ...nothing };
}

/** The pack of a lab whose artifact a compromised vendor holds in this many copies. */
function packWith(copies: number): NotificationPack {
  const builder = world().lab('lab').vendor('hub').artifact('guide', 'lab');
  for (let i = 0; i < copies; i++) builder.transfer(`t-${i}`, 'guide', 'lab', 'hub', { sentAt: at('2026-01-05') });
  return packOf(builder.build());
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
    const stated = /^- (.*CSV file.*)$/m.exec(markdown)?.[1] ?? null;
    expect(stated).toBe(sentence);
  });
});

describe('the table of a pack', () => {
  it('[S299] does not place the tier of a revealed artifact at the holders of weaker copies', () => {
    const facts = world()
      .lab('lab')
      .vendor('hub', 'sub', 'far')
      .artifact('guide', 'lab')
      .artifact('taxonomy', 'lab')
      .artifact('scheme', 'lab')
      .transfer('t1', 'guide', 'lab', 'hub', { sentAt: at('2026-01-05') })
      .transfer('t2', 'taxonomy', 'lab', 'sub', { sentAt: at('2026-01-06') })
      .access('a1', 'hub', 'sub')
      .reveals('guide', 'taxonomy', 0.5)
      .reveals('guide', 'scheme', 0.5)
      .build();
    const rows = documentMarkdown(packDocument(packOf(facts)))
      .split('\n')
      .filter((line) => line.startsWith('| ') && line.includes('EXPOSED'))
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .map(([, artifact, tier, , , places]) => [artifact, tier, places]);
    expect(rows).toEqual([
      ['guide', 'EXPOSED', 'hub'],
      ['scheme', 'EXPOSED', 'revealed by another artifact of yours'],
      ['taxonomy', 'EXPOSED', 'revealed by another artifact of yours; copies at sub'],
    ]);
  });
});
