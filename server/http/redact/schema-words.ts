/** Fields whose text is always a word of the schema: one of an enum, or the name of a type. A test compares them with the schema. */
export const wordFields: ReadonlySet<string> = new Set([
  '__typename',
  'cause',
  'dateOrder',
  'decision',
  'defaultRole',
  'deletionState',
  'evidenceType',
  'factKind',
  'form',
  'grade',
  'kind',
  'kinds',
  'leastEvidence',
  'role',
  'roles',
  'state',
  'status',
  'tier',
  'type',
  'use',
]);

/** Fields that hold a word in one type and any text in another. Only the words themselves are told apart. */
export const wordsOfMixedFields: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['basis', new Set(['HELD', 'REVEALED'])],
  ['reason', new Set(['NO_EVIDENCE', 'EXPIRED', 'TOO_WEAK', 'ISSUER_DISCOUNTED'])],
]);

/**
 * Whether the text of a field, or of a column of a list, is a word of the schema. Such a word names nobody, even where an organization has
 * it as its name.
 */
export function isSchemaWord(name: string, text: string): boolean {
  const field = name.replace(/(?<=[a-z])_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return wordFields.has(field) || wordsOfMixedFields.get(field)?.has(text) === true;
}
