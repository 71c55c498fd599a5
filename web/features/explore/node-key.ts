import type { NodeRef } from '../../shared/generated/operations.ts';

/** Turns a node key, `organization:ID` or `artifact:ID`, into the server's input; undefined for anything else. */
export function toNodeRef(key: string): NodeRef | undefined {
  const place = key.indexOf(':');
  const id = key.slice(place + 1);
  if (id === '') return undefined;
  if (key.startsWith('organization:')) return { organization: id };
  if (key.startsWith('artifact:')) return { artifact: id };
  return undefined;
}

export function idOf(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}

export function isOrganization(key: string): boolean {
  return key.startsWith('organization:');
}

/** The parts of a link key, which is a JSON array of kind, source and target. */
export interface LinkRef {
  readonly kind: string;
  readonly source: string;
  readonly target: string;
}

export function parseLinkKey(key: string): LinkRef | undefined {
  if (!key.startsWith('[')) return undefined;
  try {
    const parts: unknown = JSON.parse(key);
    if (!Array.isArray(parts) || parts.length !== 3 || !parts.every((part) => typeof part === 'string')) return undefined;
    const [kind, source, target] = parts as [string, string, string];
    return { kind, source, target };
  } catch {
    return undefined;
  }
}
