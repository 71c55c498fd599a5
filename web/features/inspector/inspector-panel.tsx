import { Button, Menu } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { formatCount } from '../../shared/format/count.ts';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { IconDots, IconX } from '../../shared/ui/icons.tsx';
import side from '../../shared/ui/side-panel.module.css';
import { WatchThis } from '../../shared/watches/watch-this.tsx';
import type { Watchable } from '../../shared/watches/watchable.ts';
import classes from './inspector.module.css';

interface InspectorPanelProps {
  /** `organization:ID` or `artifact:ID`, for the focus after a search. */
  readonly recordKey?: string;
  readonly name: string;
  readonly subtitle: ReactNode;
  readonly mark: ReactNode;
  readonly primary?: ReactNode;
  /** The last action, in a line of its own where the panel is narrow. */
  readonly also?: ReactNode;
  readonly watchable?: readonly Watchable[];
  readonly onExpand: (() => void) | null;
  readonly menu: ReactNode;
  readonly onClose: () => void;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

const widths = [352, 392, 460] as const;

/** The frame of the right panel: name, actions, content, source. */
export function InspectorPanel({
  recordKey,
  name,
  subtitle,
  mark,
  primary,
  also,
  watchable,
  onExpand,
  menu,
  onClose,
  footer,
  children,
}: InspectorPanelProps) {
  const [width, setWidth] = useState<number>(widths[0]);
  const next = widths[(widths.indexOf(width as (typeof widths)[number]) + 1) % widths.length] ?? widths[0];
  return (
    <aside
      data-inspector
      className={`${side.panel} ${side.lists} ${classes.panel}`}
      style={{ '--inspector-width': `${width}px` } as React.CSSProperties}
      aria-label={`Details of ${name}`}
    >
      <header className={classes.head}>
        {mark !== null && <span className={classes.mark}>{mark}</span>}
        <div className={classes.title}>
          <h2 tabIndex={-1} data-result={recordKey}>
            {name}
          </h2>
          <p>{subtitle}</p>
        </div>
        <IconButton
          className={classes.width}
          label={`Change the panel width from ${width} to ${next} pixels`}
          title="Change the panel width"
          onClick={() => setWidth(next)}
        >
          <span aria-hidden="true">⇔</span>
        </IconButton>
        <IconButton label="Close" onClick={onClose}>
          <IconX size={18} stroke={1.6} aria-hidden="true" />
        </IconButton>
      </header>
      <div className={classes.actions}>
        {primary}
        {onExpand !== null && (
          <Button variant="default" onClick={onExpand}>
            Expand
          </Button>
        )}
        {watchable !== undefined && <WatchThis choices={watchable} />}
        {menu !== null && (
          <Menu position="bottom-end" shadow="md" width={250} withinPortal={false}>
            <Menu.Target>
              <Button variant="default" aria-label={`More actions for ${name}`}>
                <IconDots size={16} stroke={1.8} aria-hidden="true" />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>{menu}</Menu.Dropdown>
          </Menu>
        )}
        {also}
      </div>
      {children}
      {footer !== undefined && <footer className={classes.footer}>{footer}</footer>}
    </aside>
  );
}

export function Figure({
  label,
  figure,
  of,
  note,
}: {
  readonly label: string;
  readonly figure: string;
  readonly of?: string;
  readonly note: string;
}) {
  return (
    <div className={classes.figure}>
      <dt>{label}</dt>
      <dd>
        <strong>{figure}</strong>
        {of !== undefined && <span className={classes.of}> {of}</span>}
        <small>{note}</small>
      </dd>
    </div>
  );
}

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** "The first 50 of 120 are listed." Nothing if all are. */
export function Cut({ shown, total }: { readonly shown: number; readonly total: number }) {
  if (shown >= total) return null;
  return (
    <p>
      The first {formatCount(shown)} of {formatCount(total)} are listed.
    </p>
  );
}

interface LineProps {
  readonly mark?: ReactNode;
  readonly words: ReactNode;
  readonly end?: ReactNode;
  readonly detail?: ReactNode;
  readonly onSelect?: (() => void) | undefined;
}

/** One line of a list: an icon, text, and a value at the right. The text is a button where `onSelect` is given. */
export function Line({ mark, words, end, detail, onSelect }: LineProps) {
  return (
    <li className={classes.line}>
      {mark !== undefined && <span className={classes.lineMark}>{mark}</span>}
      <span className={classes.words}>
        {onSelect === undefined ? (
          words
        ) : (
          <button type="button" onClick={onSelect}>
            {words}
          </button>
        )}
        {detail !== undefined && <small>{detail}</small>}
      </span>
      {end !== undefined && <span className={classes.end}>{end}</span>}
    </li>
  );
}
