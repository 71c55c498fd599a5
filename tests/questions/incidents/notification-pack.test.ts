import fc from 'fast-check';
import type { Block } from '../../../server/export/document/document.ts';
import { documentMarkdown } from '../../../server/export/document/document.ts';
import { documentDocx } from '../../../server/export/document/document-docx.ts';
import { documentPdf, findLetters } from '../../../server/export/document/document-pdf.ts';
import { packDocument } from '../../../server/export/pack-document.ts';
import { packRows } from '../../../server/export/pack-rows.ts';
import { toCsv } from '../../../server/export/rows.ts';
import type { NotificationPack } from '../../../server/exposure/incidents/incident-documents.ts';
import type { BlastRadius } from '../../../server/exposure/radius/blast-radius.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { resolveRadiusInput } from '../../../server/exposure/radius/resolve-radius-input.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { askPack } from '../../../server/questions/incidents/ask-pack.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { readDocx } from '../../support/answers/docx-text.ts';
import { readPdf } from '../../support/answers/pdf-text.ts';
import { oracleLabView } from '../../support/oracle/lab-view.ts';
import { describe, expect, it } from '../../support/test.ts';
import {
  askerOf,
  assertionsOf,
  commit,
  incidentOf,
  isPackSoak,
  labsOf,
  packCases,
  packRuns,
  packSeed,
  withPackStore,
} from '../../support/worlds/pack-worlds.ts';
import { factsOf, toRecordedFacts } from '../../support/worlds/world.ts';

const figuresOf = ({ projection, summary, artifacts }: BlastRadius) => ({
  summary,
  artifacts: artifacts.map(({ artifact, holders, ways, ...figures }) => [
    projection.artifacts.id.get(artifact),
    figures.tier,
    figures.basis,
    figures.portion,
    figures.worstCaseLossUsd,
    figures.weightedLossUsd,
    holders.map(({ organization }) => projection.organizations.id.get(organization)),
  ]),
});

const toLetters = (text: string) => text.replace(/\s+/g, '');
/** A text as a PDF writes it: a stand-in takes the place of letters that no font has. */
const spelled = (text: string) =>
  findLetters(text)
    .runs.map((run) => run.text)
    .join('');

function textsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return [block.text];
    case 'list':
      return block.items.map(({ text }) => text);
    case 'table':
      return [...block.header, ...block.rows.flat()];
    default:
      return [];
  }
}

describe('notification packs', () => {
  const ask = async (store: FactStore, lab: string) => {
    const { pack } = await askPack(askerOf(store), 'i-1', lab);
    return { pack, text: documentMarkdown(packDocument(pack)) + [...toCsv(packRows(pack))].join('') };
  };

  /**
   * The letters and the metadata of the two formats that are no plain text. Expects every text of the pack in both, so that they have its
   * figures.
   */
  const readFiles = async (pack: NotificationPack) => {
    const document = packDocument(pack);
    const pdf = readPdf(await documentPdf(document));
    const docx = readDocx(await documentDocx(document));
    const letters = pdf.pages.map((page) => page.slice(0, page.lastIndexOf(toLetters(spelled(document.title))))).join('');
    for (const text of [document.title, ...document.blocks.flatMap(textsOf)]) {
      expect(letters).toContain(toLetters(spelled(text)));
      expect(docx.text).toContain(toLetters(text));
    }
    return JSON.stringify([pdf, docx]);
  };

  /** The soak reads the files of every lab. Otherwise each world takes another lab's, since writing takes most of the time. */
  const isToRead = (world: number, labs: readonly string[], lab: string) => isPackSoak || labs[world % labs.length] === lab;

  it('[P175] a pack has the figures of the radius computed from the view of its lab, and names no hidden lab and no artifact of one', async () => {
    let world = 0;
    await fc.assert(
      fc.asyncProperty(packCases, ({ about, origins }) =>
        withPackStore(about, origins, async (store) => {
          world += 1;
          for (const lab of labsOf(about)) {
            const { pack, text } = await ask(store, lab);
            const visible = oracleLabView(about, lab);
            const ids = visible.flatMap((fact) => (fact.kind === 'ORGANIZATION' || fact.kind === 'ARTIFACT' ? [fact.id] : []));
            const canaries = about.facts.flatMap((fact) =>
              (fact.kind === 'ORGANIZATION' && fact.roles.includes('LAB')) || fact.kind === 'ARTIFACT' ? [fact.id] : [],
            );
            const files = isToRead(world, labsOf(about), lab) ? await readFiles(pack) : '';
            for (const canary of canaries) {
              if (ids.includes(canary)) continue;
              expect(text).not.toContain(canary);
              expect(files).not.toContain(canary);
            }

            const visibleOrigins = origins.filter((origin) => ids.includes(origin));
            if (visibleOrigins.length === 0) {
              expect(pack.radius.artifacts).toEqual([]);
              continue;
            }
            const projection = buildProjection(toRecordedFacts({ facts: visible }), 1);
            const { core, widest } = incidentOf(about, visibleOrigins);
            const expected = findBlastRadius(
              projection,
              resolveRadiusInput(projection, { origins: visibleOrigins, core, widest }, undefined, 0),
            );
            expect(figuresOf(pack.radius)).toEqual(figuresOf(expected));
          }
        }),
      ),
      { numRuns: packRuns(25), ...packSeed },
    );
  });

  it('[P176] facts outside the view change no byte of a pack', async () => {
    let world = 0;
    await fc.assert(
      fc.asyncProperty(packCases, ({ about, origins }) =>
        withPackStore(about, origins, async (store) => {
          const before = new Map<string, Awaited<ReturnType<typeof ask>>>();
          for (const lab of labsOf(about)) before.set(lab, await ask(store, lab));
          world += 1;
          const [changing] = labsOf(about);
          const others = labsOf(about).filter((lab) => lab !== changing);
          const outside = factsOf(about, 'ARTIFACT').filter(({ owner }) => owner === changing);
          const changed = [
            ...outside.map((fact) => ({ ...fact, sensitivity: 5, valueLowUsd: 777, valueHighUsd: 7_777, name: 'Other title' })),
            ...factsOf(about, 'TRANSFER')
              .filter(({ artifact }) => outside.some(({ id }) => id === artifact))
              .map((fact) => ({ ...fact, confidence: 0.25, form: 'VIEW_ONLY' as const })),
          ];
          await commit(store, assertionsOf({ facts: [...about.facts, ...changed] }).slice(about.facts.length));
          for (const [lab, was] of before) {
            if (lab === changing) continue;
            const is = await ask(store, lab);
            const nameOf = ({ radius, revealed }: typeof was.pack) =>
              revealed.map((artifact) => radius.projection.artifacts.id.get(artifact));
            const isSame = JSON.stringify(nameOf(was.pack)) === JSON.stringify(nameOf(is.pack));
            if (isSame && isToRead(world, others, lab)) expect(await readFiles(is.pack)).toBe(await readFiles(was.pack));
            // The artifacts that another lab's artifact reveals depend on the other lab: §10 requires the pack to say so.
            if (isSame) expect(is.text).toBe(was.text);
            else expect(figuresOf(is.pack.radius)).toEqual(figuresOf(was.pack.radius));
          }
        }),
      ),
      { numRuns: packRuns(15), ...packSeed },
    );
  });
});
