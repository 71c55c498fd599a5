import { randomBytes } from 'node:crypto';

const importId = /^imp-[0-9a-f]{16}$/;

export function newImportId(): string {
  return `imp-${randomBytes(8).toString('hex')}`;
}

/** Whether a text has the form of an import's id, and so may name a folder. */
export function isImportId(id: string): boolean {
  return importId.test(id);
}
