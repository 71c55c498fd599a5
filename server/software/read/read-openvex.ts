import type { SoftwareStatement } from '../software-facts.ts';
import type { JsonObject } from './json-fields.ts';
import { instantOf, isObject, itemsOf, objectOf, textOf, textsOf } from './json-fields.ts';
import { joinReasons } from './read-cyclonedx.ts';
import type { FileReading } from './software-reading.ts';
import { knownFields, ownersByName, warnOfVersion } from './software-reading.ts';

export function isOpenVex(value: JsonObject): boolean {
  return textsOf(value['@context']).some((context) => /openvex\.dev\/ns/i.test(context)) && Array.isArray(value.statements);
}

const states: Readonly<Record<string, SoftwareStatement['state']>> = {
  not_affected: 'NOT_AFFECTED',
  affected: 'AFFECTED',
  fixed: 'FIXED',
  under_investigation: 'UNDER_INVESTIGATION',
};

/** Reads an OpenVEX document, 0.2 and the versions before it, in which a vulnerability is a text. The statement's time is its own, else the document's. */
export function readOpenVex(document: JsonObject, reading: FileReading): void {
  const documentAt = document.last_updated ?? document.timestamp;
  const at = reading.instant(documentAt, ['timestamp']);
  const statements = new Map<string, Omit<SoftwareStatement, 'organization'>>();
  const owners = new Set<string>();
  for (const [index, each] of itemsOf(document.statements).entries()) {
    const statement = objectOf(each);
    const path = ['statements', index];
    const { vulnerability } = statement;
    const advisory = isObject(vulnerability) ? (textOf(vulnerability.name) ?? textOf(vulnerability['@id'])) : textOf(vulnerability);
    const stated = textOf(statement.status);
    const state = stated !== null && Object.hasOwn(states, stated) ? states[stated] : undefined;
    if (advisory === null || state === undefined) {
      const why =
        advisory === null
          ? 'The statement names no vulnerability'
          : `${stated?.slice(0, 100) ?? 'An empty status'} is not a status of a statement`;
      reading.warn(path, `${why}. It is left out.`, 'statement');
      continue;
    }
    const supplier = textOf(statement.supplier);
    if (supplier !== null) owners.add(supplier);
    const ownAt = statement.last_updated ?? statement.timestamp;
    const justification =
      state === 'NOT_AFFECTED'
        ? joinReasons(statement.justification, statement.impact_statement)
        : joinReasons(null, statement.action_statement ?? statement.status_notes);
    const found = {
      advisory,
      state,
      justification,
      at: instantOf(ownAt) === undefined ? at : reading.instant(ownAt, path),
      source: reading.file,
    };
    statements.set(JSON.stringify([advisory, state, justification, found.at]), found);
  }
  const version = /\/v?(\d[\w.]*)$/.exec(textsOf(document['@context']).find((context) => context.includes('openvex')) ?? '')?.[1];
  if (version !== undefined && !/^0\.(?:0\.|1(?:\.|$)|2(?:\.|$))/.test(version))
    warnOfVersion(reading, ['@context'], `OpenVEX ${version}`, [
      [knownFields.openVex, [document]],
      [knownFields.openVexStatement, itemsOf(document.statements)],
    ]);
  if (statements.size === 0) {
    reading.warn(['statements'], 'The document states nothing about an advisory.');
    return;
  }
  const author = textOf(document.author);
  reading.documents.push({
    document: { place: reading.placeOf(['statements']), statements: [...statements.values()] },
    owners: [
      ...[...owners].map((name) => ({ name, from: 'SUPPLIER' as const })),
      ...(author === null ? [] : [{ name: author, from: 'AUTHOR' as const }]),
      ...ownersByName(reading.file),
    ],
  });
}
