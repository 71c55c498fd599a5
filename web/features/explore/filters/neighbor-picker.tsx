import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { KindMark } from '../../../canvas/cytoscape/kind-mark.tsx';
import { countOf, formatCount } from '../../../shared/format/count.ts';
import { type ExploreNodeFragment, NeighborhoodDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { useFocusBack } from '../../../shared/ui/focus-result.ts';
import { ScrollBox } from '../../../shared/ui/scroll-box.tsx';
import { nodeKindOf, nodeName } from '../explore-model.ts';
import type { ExpandChoice } from '../menu/expand-choices.ts';
import { kindsOf, neighborsOf } from '../menu/use-expand.ts';
import { toNodeRef } from '../node-key.ts';
import classes from './neighbor-picker.module.css';

interface NeighborPickerProps {
  readonly node: ExploreNodeFragment;
  /** Null: all connected organizations. */
  readonly choice: ExpandChoice | null;
  readonly drawn: readonly string[];
  /** How many more nodes fit on the canvas. */
  readonly room: number;
  readonly onAdd: (keys: readonly string[]) => void;
  readonly onClose: () => void;
}

const MOST_LISTED = 2000;

/** A group of many neighbors as a list to pick from, in the order of the weight of their connections. */
export function NeighborPicker({ node, choice, drawn, room, onAdd, onClose }: NeighborPickerProps) {
  useFocusBack(true);
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const variables = useMemo(
    () => ({ of: [toNodeRef(node.key)].flatMap((ref) => ref ?? []), kinds: kindsOf(node, choice), maxNodes: MOST_LISTED }),
    [node, choice],
  );
  const asked = useQuestion(NeighborhoodDocument, variables);
  const title = choice === null ? `Neighbors of ${nodeName(node)}` : `${nodeName(node)}: ${choice.words.toLowerCase()}`;
  const add = (keys: readonly string[]) => {
    onAdd(keys);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={title} size={520} closeButtonProps={{ 'aria-label': 'Close' }}>
      <AnswerFrame asked={asked} waiting="Listing neighbors">
        {(data) => {
          const nodes = neighborsOf(data, node.key, choice);
          const fresh = nodes.filter(({ key }) => !drawn.includes(key));
          const wanted = text.trim().toLowerCase();
          // First what can be added.
          const ordered = [...fresh, ...nodes.filter(({ key }) => drawn.includes(key))];
          const shown = wanted === '' ? ordered : ordered.filter((other) => nodeName(other).toLowerCase().includes(wanted));
          const addable = shown.filter(({ key }) => !drawn.includes(key)).slice(0, room);
          return (
            <div className={classes.picker}>
              <TextInput
                aria-label="Filter by name"
                placeholder={`Filter ${countOf(nodes.length, 'neighbor', 'neighbors')} by name`}
                value={text}
                data-autofocus
                onChange={(event) => setText(event.currentTarget.value)}
              />
              <ScrollBox label="Neighbors" className={classes.list}>
                {shown.map((other) => {
                  const isDrawn = drawn.includes(other.key);
                  return (
                    <Checkbox
                      key={other.key}
                      classNames={{ root: classes.row ?? '', body: classes.rowBody ?? '' }}
                      label={
                        <span className={classes.name}>
                          <KindMark kind={nodeKindOf(other)} type={other.artifact?.type} size={18} />
                          {nodeName(other)}
                          {isDrawn && <small>on the canvas</small>}
                        </span>
                      }
                      checked={isDrawn || picked.has(other.key)}
                      disabled={isDrawn}
                      onChange={(event) => {
                        const next = new Set(picked);
                        if (event.currentTarget.checked) next.add(other.key);
                        else next.delete(other.key);
                        setPicked(next);
                      }}
                    />
                  );
                })}
                {shown.length === 0 && <p>No neighbor has this name.</p>}
              </ScrollBox>
              <p className={classes.note}>
                {fresh.length === 0
                  ? 'All are on the canvas.'
                  : `${formatCount(fresh.length)} of ${formatCount(nodes.length)} are not on the canvas, which has room for ${formatCount(room)}.`}
                {(data.neighborhood?.omittedCount ?? 0) > 0 &&
                  ` The ${formatCount(data.neighborhood?.omittedCount ?? 0)} with the fewest records are not listed; search for them by name.`}
              </p>
              {fresh.length > 0 && (
                <div className={classes.buttons}>
                  <Button disabled={picked.size === 0 || picked.size > room} onClick={() => add([...picked])}>
                    Add {formatCount(picked.size)} picked
                  </Button>
                  <Button variant="default" disabled={addable.length === 0} onClick={() => add(addable.map(({ key }) => key))}>
                    Add {wanted === '' ? 'the first' : 'these'} {formatCount(addable.length)}
                  </Button>
                </div>
              )}
            </div>
          );
        }}
      </AnswerFrame>
    </Modal>
  );
}
