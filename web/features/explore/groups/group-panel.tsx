import { Button, CloseButton } from '@mantine/core';
import type { ExploreNodeFragment } from '../../../shared/generated/operations.ts';
import { nodeName } from '../explore-model.ts';
import classes from './group-panel.module.css';

interface GroupPanelProps {
  readonly name: string;
  readonly members: readonly ExploreNodeFragment[];
  readonly onSelect: (key: string) => void;
  readonly onOpen: () => void;
  readonly onEnd: () => void;
  readonly onClose: () => void;
}

/** The members of a selected group, and the ways to open and to end it. */
export function GroupPanel({ name, members, onSelect, onOpen, onEnd, onClose }: GroupPanelProps) {
  return (
    <aside data-inspector className={classes.panel} aria-label="Group">
      <header className={classes.head}>
        <h2>{name}</h2>
        <CloseButton aria-label="Close the group's list" onClick={onClose} />
      </header>
      <p className={classes.note}>One mark on the canvas. The table lists the members.</p>
      <div className={classes.buttons}>
        <Button onClick={onOpen}>Open group</Button>
        <Button variant="default" onClick={onEnd}>
          Ungroup
        </Button>
      </div>
      <ul className={classes.members}>
        {members.map((node) => (
          <li key={node.key}>
            <button type="button" onClick={() => onSelect(node.key)}>
              {nodeName(node)}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}
