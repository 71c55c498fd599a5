import { mainRole } from '../../shared/format/words.ts';
import type { ArtifactType, OrganizationRole } from '../../shared/generated/operations.ts';
import { kindPaths } from '../../shared/marks/kind-paths.ts';
import { kindLooks, type NodeKind } from './kinds.ts';

const outlines = {
  hexagon: <polygon points="6,1.5 18,1.5 23,12 18,22.5 6,22.5 1,12" />,
  'round-rectangle': <rect x="2" y="2" width="20" height="20" rx="5" />,
  diamond: <polygon points="12,0.5 23.5,12 12,23.5 0.5,12" />,
  pentagon: <polygon points="12,1 23,9.2 18.8,22.5 5.2,22.5 1,9.2" />,
  ellipse: <circle cx="12" cy="12" r="11" />,
} as const;

interface KindMarkProps {
  readonly kind: NodeKind;
  /** Of an artifact; absent: of any type. */
  readonly type?: ArtifactType | undefined;
  readonly size?: number;
}

/** The mark of a kind, as on the canvas but small. */
export function KindMark({ kind, type = 'OTHER', size = 20 }: KindMarkProps) {
  const look = kindLooks[kind];
  return (
    <svg width={size} height={size} viewBox="-1 -1 26 26" aria-hidden="true" style={{ flex: 'none', display: 'block' }}>
      <g fill={`var(--${look.fill})`} stroke={`var(--${look.border})`} strokeWidth="1.6">
        {outlines[look.shape]}
      </g>
      <g
        transform="translate(6 6) scale(0.5)"
        fill="none"
        stroke={`var(--${look.ink})`}
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d={kindPaths[kind === 'ARTIFACT' ? type : kind]} />
      </g>
    </svg>
  );
}

/** The mark of an organization, by its first role in order of precedence. */
export function OrganizationMark({ roles, size = 20 }: { readonly roles: readonly OrganizationRole[]; readonly size?: number }) {
  return <KindMark kind={mainRole(roles)} size={size} />;
}

export function ArtifactMark({ type, size = 20 }: { readonly type: ArtifactType; readonly size?: number }) {
  return <KindMark kind="ARTIFACT" type={type} size={size} />;
}
