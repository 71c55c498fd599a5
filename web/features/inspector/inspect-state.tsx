import { CloseButton, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { capitalize } from '../../shared/format/words.ts';
import type { InspectOrganizationQuery } from '../../shared/generated/operations.ts';
import type { AskedQuestion } from '../../shared/graphql/use-question.ts';
import { FailedLine } from '../../shared/lists/answer-frame.tsx';
import side from '../../shared/ui/side-panel.module.css';
import classes from './inspector.module.css';

/** Properties common to all inspectors. */
export interface InspectProps {
  readonly onSelect: (key: string) => void;
  readonly onClose: () => void;
  readonly menu: ReactNode;
  readonly onExpand: (() => void) | null;
  /** The part of an organization in the radius that lies over the graph; null: there is none. */
  readonly inRadius: ReactNode;
}

type InspectedOrganization = NonNullable<InspectOrganizationQuery['organization']>;

export interface OrganizationTabProps {
  readonly organization: InspectedOrganization;
  readonly onSelect: (key: string) => void;
}

interface InspectStateProps {
  readonly asked: AskedQuestion<unknown, unknown>;
  readonly what: string;
  readonly onClose: () => void;
}

/** The panel while it loads, after an error, and for a record that does not exist. */
export function InspectState({ asked, what, onClose }: InspectStateProps) {
  const { question } = asked;
  return (
    <aside
      data-inspector
      className={`${side.panel} ${side.lists} ${classes.panel}`}
      style={{ '--inspector-width': '352px' } as React.CSSProperties}
      aria-label="Details of the selection"
    >
      <header className={classes.head}>
        <div className={classes.title}>
          {question.phase === 'answered' ? (
            <h2>{capitalize(what)} not found</h2>
          ) : question.phase === 'failed' ? (
            <h2>This {what} cannot be shown</h2>
          ) : (
            <Skeleton height={24} width={170} />
          )}
        </div>
        <CloseButton aria-label="Close" onClick={onClose} />
      </header>
      <div className={classes.state}>
        {question.phase === 'answered' && <p>The link names a record that was deleted or never existed.</p>}
        <FailedLine asked={{ ...asked, data: null }} />
        {question.phase !== 'answered' && question.phase !== 'failed' && (
          <>
            <Skeleton height={32} mb="md" />
            <Skeleton height={120} mb="md" />
            <Skeleton height={14} mb="sm" />
            <Skeleton height={14} width="80%" mb="sm" />
            <Skeleton height={14} width="60%" />
          </>
        )}
      </div>
    </aside>
  );
}
