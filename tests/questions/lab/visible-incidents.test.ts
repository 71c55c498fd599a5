import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Incident } from '../../../server/domain/incident.ts';
import { documentMarkdown } from '../../../server/export/document/document.ts';
import { packDocument } from '../../../server/export/pack-document.ts';
import { packRows } from '../../../server/export/pack-rows.ts';
import { toCsv } from '../../../server/export/rows.ts';
import { Asker } from '../../../server/questions/asker.ts';
import { askPack } from '../../../server/questions/incidents/ask-pack.ts';
import { BoundQuestions } from '../../../server/questions/lab/bound-questions.ts';
import { Questions } from '../../../server/questions/questions.ts';
import { createNamingTest } from '../../../server/rules/naming-text.ts';
import type { WholeStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { artifact, edit, lab, say, transfer, vendor } from '../../store/assertions-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { canaryArtifact, canaryLab, canaryTerms, harmlessTexts, incidentNaming, spelledNames } from '../../support/worlds/spelled-names.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-tell-incidents-'));
const at = 1_000_000;
const isNamed = createNamingTest(canaryTerms);
let store: WholeStore;
/** Facts stay as they are, and documents are read when they are asked for. */
let whole: Questions<WholeStore>;

beforeAll(async () => {
  store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
  await store.commit(
    edit([
      lab('aurelis', { name: 'Aurelis' }),
      lab(canaryLab.id, { ...canaryLab, aliases: [...canaryLab.aliases] }),
      vendor('quillmark', { name: 'Quillmark' }),
      artifact('x-0', 'aurelis', { valueLowUsd: 1000, valueHighUsd: 5000 }),
      artifact('theirs', canaryLab.id, { name: canaryArtifact }),
      say('ENGAGEMENT', { id: 'e-0', client: 'aurelis', provider: 'quillmark', noticeHours: 24 }),
      transfer('t-0', 'x-0', 'aurelis', 'quillmark', { sentAt: at, engagement: 'e-0' }),
      transfer('t-1', 'theirs', canaryLab.id, 'quillmark', { sentAt: at }),
    ]),
  );
  whole = new Questions({ store, projection: 'whole', clock: () => at + 10 });
});
afterAll(async () => {
  await whole.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The incident with a text in all its places, and in its id too, as somebody bound to the lab and its pack are told. */
async function tell(text: string): Promise<{ readonly incident: Incident; readonly pack: string }> {
  await store.saveDocument('incident', text, JSON.stringify(incidentNaming(text, 0, at)));
  try {
    const [document, ...more] = await new BoundQuestions(whole).of(['aurelis']).store.listDocuments('incident');
    expect(more).toEqual([]);
    const { pack } = await askPack(new Asker(whole), text, 'aurelis');
    expect(pack.radius.artifacts).toHaveLength(1);
    const packText = documentMarkdown(packDocument(pack)) + [...toCsv(packRows(pack))].join('');
    return { incident: JSON.parse(document?.json ?? ''), pack: packText };
  } finally {
    await store.deleteDocument('incident', text);
  }
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value !== null && typeof value === 'object') for (const each of Object.values(value)) yield* textsOf(each);
}

describe('an incident, as a lab is told', () => {
  it.each(spelledNames)('[S482] holds %j nowhere, nor does its pack', async (text) => {
    const { incident, pack } = await tell(text);
    expect([...textsOf(incident)].filter(isNamed)).toEqual([]);
    expect(incident.id).toMatch(/^incident-[\da-f]{16}$/);
    expect(incident.name).toBe(incident.id);
    expect(incident.log.assessments).toMatchObject([{ artifacts: ['x-0'], state: 'CONFIRMED', reason: null, evidence: null }]);
    expect(pack.split(/[\n|,;"]+/).filter(isNamed)).toEqual([]);
  });

  it.each(harmlessTexts.filter((text) => text !== ''))('[S482] keeps %j', async (text) => {
    const { incident } = await tell(text);
    expect([incident.id, incident.name]).toEqual([text, text]);
    expect(incident.scope[0]?.channels).toEqual([text]);
    expect(incident.log.assessments).toMatchObject([{ reason: text, evidence: text }]);
    expect(incident.log.notices.map(({ note }) => note)).toEqual([text, text]);
  });

  it('[G825] does not say who sees to a notice, nor who recorded it', async () => {
    const { incident, pack } = await tell('quarterly review');
    expect(incident.log.notices).toEqual([
      expect.objectContaining({ notices: [{ lab: 'aurelis', notifier: 'quillmark' }], by: 'withheld' }),
      expect.objectContaining({ notices: [{ lab: 'aurelis', notifier: null }], by: 'withheld', change: null }),
    ]);
    expect(JSON.stringify(incident) + pack).not.toContain('Mara');
  });
});
