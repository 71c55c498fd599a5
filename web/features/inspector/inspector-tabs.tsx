import { Tabs } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';
import { formatCount } from '../../shared/format/count.ts';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { seesNotes } from '../../shared/viewer/viewer.ts';
import classes from './inspector.module.css';
import { NotesTab } from './notes/notes-tab.tsx';

interface InspectorTab {
  readonly value: string;
  readonly title: string;
  readonly count?: number;
  readonly content: ReactNode;
}

interface InspectorTabsProps {
  readonly tabs: readonly InspectorTab[];
  /** The record that the notes are about. */
  readonly notesOn: ComponentProps<typeof NotesTab>['on'];
}

/** The tabs of a record, the first one open. Notes come last, for those who may see them. */
export function InspectorTabs({ tabs, notesOn }: InspectorTabsProps) {
  return (
    <Tabs defaultValue={tabs[0]?.value ?? null} className={classes.tabs} keepMounted={false}>
      <Tabs.List className={classes.tabList}>
        {tabs.map(({ value, title, count }) => (
          <Tabs.Tab key={value} value={value} className={classes.tab}>
            {title}
            {count !== undefined && (
              <>
                {' '}
                <span className={classes.count}>{formatCount(count)}</span>
              </>
            )}
          </Tabs.Tab>
        ))}
        {seesNotes() && (
          <Tabs.Tab value="notes" className={classes.tab}>
            Notes
          </Tabs.Tab>
        )}
      </Tabs.List>
      {[...tabs, { value: 'notes', title: 'Notes', content: <NotesTab on={notesOn} /> }].map(({ value, title, content }) => (
        <Tabs.Panel key={value} value={value} className={classes.tabPanel}>
          <ScrollBox label={title} className={classes.scroll}>
            {content}
          </ScrollBox>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
