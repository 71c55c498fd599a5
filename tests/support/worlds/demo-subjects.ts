import type { FactStore } from '../../../server/store/fact-store.ts';
import type { Subjects } from '../every-question.ts';

const instants = ['2026-10-01T12:00:00Z', '2026-10-04T12:00:00Z', '2026-11-01T00:00:00Z'];
const windows =
  'core: { from: "2026-09-19T00:00:00Z", to: "2026-10-01T00:00:00Z" }, widest: { from: "2026-08-01T00:00:00Z", to: "2026-10-01T00:00:00Z" }';
const quillmark = '{ organization: "quillmark" }';
const radius = `{ origins: ["quillmark"], ${windows}, options: { transferLikelihood: 0.3 } }`;

/** Values for each kind of argument, from the demo world. No question depends on the clock. */
const subjectOf: Readonly<Record<string, readonly string[]>> = {
  DateTime: ['"2026-11-01T00:00:00Z"'],
  WindowInput: ['{ from: "2026-08-01T00:00:00Z", to: "2026-10-01T00:00:00Z" }'],
  NodeRef: [quillmark],
  FactRef: [quillmark],
  BlastRadiusInput: [radius],
  ActionInput: ['{ recall: { holder: "quillmark", at: "2026-08-01T00:00:00Z" } }'],
};

/** Values for the arguments of every root field, among the demo world and records saved beside it. */
export function demoSubjects(ids: ReadonlyMap<string, readonly string[]>): Subjects {
  return {
    sample(field: string, argument: string, type: string): readonly string[] {
      if (field === 'history') return argument === 'sinceRevision' ? ['0', '1'] : [];
      if (field === 'asKnownAt') return instants.map((instant) => `"${instant}"`);
      if (field === 'blastRadius' && argument === 'input') {
        return [
          radius,
          ...instants.map((instant) => radius.replace('{', `{ knownAt: "${instant}",`)),
          ...idsOf('incident').map((id) => `{ incident: ${id} }`),
        ];
      }
      if (field === 'paths' && argument === 'to') return ['{ organization: "aurelis" }'];
      if (field === 'hiddenByMerge' && type === 'ID') return [argument === 'into' ? '"proxyline"' : '"quillmark"'];
      // No incident of the demo world was proposed from an advisory, so no pack quotes a list.
      if (field === 'notificationPack' && argument === 'lists') return [];
      if (field === 'notificationPack' && type === 'ID') return argument === 'lab' ? ['"aurelis"'] : idsOf('incident');
      if (type === 'LinkKind') return field === 'neighbors' ? ['HOLDS', 'ENGAGEMENT'] : [];
      // The demo world has no facts of software yet, and nobody watches it.
      if (field === 'softwareList' || field === 'advisory' || field === 'watch' || field === 'event') return ['"none"'];
      if (field === 'softwareMatches') return type === 'ID' ? ['"quillmark"'] : [];
      if (argument === 'package') return ['"pkg:pypi/litellm"'];
      if (type === 'ID') return idsOf(argument === 'id' ? field : argument).slice(0, argument === 'id' ? 3 : 0);
      if (argument === 'text') return field === 'search' ? ['"quill"', '"guide"'] : [];
      return subjectOf[type] ?? [];
    },
  };
  function idsOf(field: string): string[] {
    return (ids.get(field) ?? []).map((id) => JSON.stringify(id));
  }
}

/** Some ids of each kind that a root field finds by id. */
export async function findIds(store: FactStore): Promise<Map<string, string[]>> {
  const ids = new Map<string, string[]>();
  for await (const { kind, facts } of store.readFacts()) {
    const field = kind.toLowerCase();
    ids.set(field, [...(ids.get(field) ?? []), ...facts.map((fact) => fact.key)]);
  }
  ids.set(
    'import',
    (await store.listImports()).map(({ id }) => id),
  );
  for (const collection of ['incident', 'view'] as const)
    ids.set(
      collection,
      (await store.listDocuments(collection)).map(({ id }) => id),
    );
  return ids;
}
