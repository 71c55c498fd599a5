import { randomBytes } from 'node:crypto';

const importId = /^imp-[0-9a-f]{16}$/;

export function newImportId(): string {
  return `imp-${randomBytes(8).toString('hex')}`;
}

/** Whether it may be the id of one that this program made, and so the name of a folder. */
export function isImportId(id: string): boolean {
  return importId.test(id);
}
