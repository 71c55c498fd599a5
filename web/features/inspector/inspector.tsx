import type { LinkKind, NodeRef } from '../../shared/generated/operations.ts';
import { ArtifactInspector } from './artifact/artifact-inspector.tsx';
import type { InspectProps } from './inspect-props.ts';
import { LinkInspector } from './link-inspector.tsx';
import { OrganizationInspector } from './organization/organization-inspector.tsx';

/** The right panel: details of the selected organization, artifact or connection, each fact with its source. */
export function Inspector({ selection, ...rest }: InspectProps & { readonly selection: string }) {
  if (selection.startsWith('organization:')) return <OrganizationInspector id={selection.slice('organization:'.length)} {...rest} />;
  if (selection.startsWith('artifact:')) return <ArtifactInspector id={selection.slice('artifact:'.length)} {...rest} />;
  const link = parseLink(selection);
  return link === null ? null : <LinkInspector linkKey={selection} kind={link.kind} ends={link.ends} {...rest} />;
}

const linkKinds: readonly string[] = ['OWNS', 'HOLDS', 'TRANSFER', 'ACCESS', 'ENGAGEMENT', 'REVEALS'] satisfies LinkKind[];

/** Parses a link key: a JSON array of kind, source and target. Null for anything else, such as a broken URL. */
function parseLink(key: string): { readonly kind: LinkKind; readonly ends: readonly [NodeRef, NodeRef] } | null {
  try {
    const parts: unknown = JSON.parse(key);
    if (!Array.isArray(parts) || parts.length !== 3 || !linkKinds.includes(parts[0])) return null;
    const [source, target] = [toRef(parts[1]), toRef(parts[2])];
    return source === null || target === null ? null : { kind: parts[0] as LinkKind, ends: [source, target] };
  } catch {
    return null;
  }
}

function toRef(key: unknown): NodeRef | null {
  if (typeof key !== 'string') return null;
  const id = key.slice(key.indexOf(':') + 1);
  if (key.startsWith('organization:')) return { organization: id };
  return key.startsWith('artifact:') ? { artifact: id } : null;
}
