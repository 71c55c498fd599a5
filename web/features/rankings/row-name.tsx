import type { ReactNode } from 'react';
import { KindMark } from '../../canvas/cytoscape/kind-mark.tsx';
import { artifactIcons, kindLooks } from '../../canvas/cytoscape/kinds.ts';
import { mainRole } from '../../shared/format/words.ts';
import type { ArtifactType, OrganizationRole } from '../../shared/generated/operations.ts';
import classes from './rankings.module.css';

interface RowNameProps {
  readonly mark: ReactNode;
  readonly name: string;
  readonly detail?: string | null;
}

/** The mark, name and one line of detail that begin a row. */
export function RowName({ mark, name, detail = null }: RowNameProps) {
  return (
    <>
      {mark}
      <span className={classes.rowName}>
        <strong className="one-line" title={name}>
          {name}
        </strong>
        {detail !== null && <small>{detail}</small>}
      </span>
    </>
  );
}

export function OrganizationMark({ roles, size = 24 }: { readonly roles: readonly OrganizationRole[]; readonly size?: number }) {
  return <KindMark look={kindLooks[mainRole(roles)]} size={size} />;
}

export function ArtifactMark({ type, size = 24 }: { readonly type: ArtifactType; readonly size?: number }) {
  return <KindMark look={kindLooks.ARTIFACT} icon={artifactIcons[type]} size={size} />;
}

/** A share from 0 to 1 as a bar. `label` gives the share in words. */
export function Meter({ share, label }: { readonly share: number; readonly label: string }) {
  return (
    <span className={classes.meter} role="img" aria-label={label} title={label}>
      <span style={{ width: `${Math.min(100, Math.max(0, 100 * share))}%` }} />
    </span>
  );
}
