import { readFile } from 'node:fs/promises';
import { ExposureError } from '../../domain/errors.ts';
import type { FactStore } from '../../store/fact-store.ts';
import { DraftDocuments } from './draft-documents.ts';
import { DraftFolder } from './draft-folder.ts';
import type { DraftPhase, DraftRecord, Found } from './draft-record.ts';
import { isImportId } from './draft-record.ts';

/** A draft as earlier versions kept it in its folder. The highest N of its files `draft.N.json` counts. */
interface EarlierDraft extends Omit<DraftRecord, 'phase'> {
  readonly keptIn: FactStore['kind'];
  readonly phase: DraftPhase & { readonly worker?: string | null };
}

const stateFile = /^draft\.(\d+)\.json$/;
/** Files of its state, unfinished ones and heartbeats included. */
const ofState = /^(draft\.\d+\.json|draft-[0-9a-f]{16}\.part|beat\.json.*)$/;
/** The rejected rows of a committed import. */
const rowsIn = 'rejected.csv';

/**
 * Moves drafts of earlier versions from their folders into the store: first the document, then the files that held the state go. So it can be
 * stopped anywhere and begun again, also by two servers at once. Drafts for another kind of store, and imports that only another store holds, stay as they are.
 */
export async function takeOverEarlierDrafts(folder: string, store: FactStore): Promise<void> {
  const documents = new DraftDocuments(store);
  for (const id of (await DraftFolder.list(folder)).filter(isImportId)) {
    const files = new DraftFolder(folder, id);
    const names = (await files.names()).filter((name) => ofState.test(name));
    if (names.length === 0) continue;
    const earlier = await readEarlier(files, names);
    if (earlier?.id === id) {
      if (earlier.keptIn !== store.kind) continue;
      if (earlier.phase.state === 'COMMITTED' && (await store.findImport(id)) === undefined) continue;
      await documents.add(toDraft(earlier)).catch(ignoreConflict);
    } else if ((await documents.find(id)) === undefined) continue;
    for (const name of names) await files.removeFile(name);
  }
}

/** The latest state that can be read. Undefined: none. */
async function readEarlier(files: DraftFolder, names: readonly string[]): Promise<EarlierDraft | undefined> {
  const numbers = names.flatMap((name) => stateFile.exec(name)?.[1] ?? []).map(Number);
  for (const number of numbers.sort((a, b) => b - a)) {
    try {
      return JSON.parse(await readFile(files.pathOf(`draft.${number}.json`), 'utf8')) as EarlierDraft;
    } catch {
      // It was replaced and is empty, or another server has just taken it over.
    }
  }
  return undefined;
}

/** The task of a server that stopped is taken up by the first that sees it. */
function toDraft({ keptIn: _, phase: { worker, ...phase }, found, ...record }: EarlierDraft): DraftRecord {
  const isCommitted = phase.state === 'COMMITTED';
  return {
    ...record,
    phase: worker === undefined ? phase : ({ ...phase, lease: null } as DraftPhase),
    found: found === null || !isCommitted ? found : ({ ...found, rowsIn } satisfies Found),
  };
}

/** Another server, or an earlier start, has taken it over. */
function ignoreConflict(error: unknown): void {
  if (!(error instanceof ExposureError && error.code === 'CONFLICT')) throw error;
}
