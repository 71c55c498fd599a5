import { Button, Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { countOf } from '../../shared/format/count.ts';
import { OneSoftwareListDocument, type OneSoftwareListQuery } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { type Column, PagedTable } from '../../shared/lists/data-table.tsx';
import classes from './software.module.css';
import { changesInWords, editionTitle, packageOf, TakeBack } from './software-edition.tsx';

interface SoftwareListDialogProps {
  readonly list: string;
  readonly onClose: () => void;
}

type Component = NonNullable<OneSoftwareListQuery['softwareList']>['components']['edges'][number]['node'];

const COLUMNS: readonly Column<Component>[] = [
  {
    key: 'package',
    title: 'Package',
    isName: true,
    cell: (component) => (
      <>
        {packageOf(component)}
        {component.package === null && <small>by name alone</small>}
      </>
    ),
  },
  { key: 'version', title: 'Version', cell: ({ version, constraint }) => version ?? constraint ?? 'not stated' },
  {
    key: 'use',
    title: 'How it is used',
    cell: ({ depth, scope }) =>
      [depth === 'UNKNOWN' ? null : depth.toLowerCase(), scope].filter((part) => part !== null).join(', ') || 'not stated',
  },
];

/** One software list: where it is from, what changed since the edition before it, and its components. */
export function SoftwareListDialog({ list: id, onClose }: SoftwareListDialogProps) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 200);
  const variables = useMemo(() => ({ list: id, text: asked === '' ? null : asked }), [id, asked]);
  const question = useQuestion(OneSoftwareListDocument, variables);
  const found = question.data?.softwareList ?? null;
  return (
    <Modal
      opened
      closeButtonProps={{ 'aria-label': 'Close' }}
      onClose={onClose}
      size="xl"
      title={found === null ? 'Software list' : `${found.organization.name}: ${editionTitle(found)}`}
    >
      <AnswerFrame asked={question} waiting="Reading the list">
        {({ softwareList }) =>
          softwareList === null ? (
            <p>This list is no longer recorded. It may have been retracted.</p>
          ) : (
            <div className={classes.dialog}>
              <p className={classes.note}>
                {countOf(softwareList.componentCount, 'component', 'components')} · {softwareList.lifecycle.toLowerCase()} ·{' '}
                {softwareList.isComplete === null
                  ? 'completeness not stated'
                  : softwareList.isComplete
                    ? 'stated to be complete'
                    : 'stated to be incomplete'}{' '}
                · {softwareList.provenance.file ?? 'entered by hand'}
                {softwareList.provenance.line !== null && `, line ${softwareList.provenance.line}`}
              </p>
              {softwareList.changes.totalCount > 0 && (
                <details>
                  <summary>{changesInWords(softwareList.changes)} since the edition before it</summary>
                  <ul className={classes.changes}>
                    {softwareList.changes.edges.map(({ node }) => (
                      <li key={`${node.package} ${node.name}`}>
                        {packageOf(node)} <span>{node.before.join(', ') || (node.before.length === 0 ? 'not there' : 'no version')}</span> →{' '}
                        <span>{node.after.join(', ') || (node.after.length === 0 ? 'gone' : 'no version')}</span>
                      </li>
                    ))}
                  </ul>
                  {softwareList.changes.totalCount > softwareList.changes.edges.length && (
                    <p className={classes.note}>
                      The first {softwareList.changes.edges.length} of {softwareList.changes.totalCount} are listed.
                    </p>
                  )}
                </details>
              )}
              <TextInput label="Find a component" value={text} onChange={(event) => setText(event.currentTarget.value)} />
              <PagedTable
                first={softwareList.components}
                load={async (after) => {
                  const { data } = await client.query({ query: OneSoftwareListDocument, variables: { ...variables, after } });
                  return data?.softwareList?.components ?? null;
                }}
                label="Components"
                noun="components"
                columns={COLUMNS}
                // A list may name a component twice.
                keyOf={(_, place) => place}
                none={asked === '' ? 'It names no component.' : `No component with “${asked}”.`}
              />
              <footer className={classes.dialogFoot}>
                <TakeBack list={id} onDone={onClose} />
                <Button variant="default" onClick={onClose}>
                  Close
                </Button>
              </footer>
            </div>
          )
        }
      </AnswerFrame>
    </Modal>
  );
}
