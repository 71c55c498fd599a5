import { Button, CloseButton } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { LanesCanvas } from '../../canvas/lanes/lanes-canvas.tsx';
import { MatrixCanvas } from '../../canvas/matrix/matrix-canvas.tsx';
import type { SharedCamera } from '../../canvas/scene/scene.ts';
import { ExportMenu } from '../../shared/export/export-menu.tsx';
import { drawShownPicture } from '../../shared/export/view-picture.ts';
import { countOf } from '../../shared/format/count.ts';
import { MoreWhatIfChangesDocument, WhatIfDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { FailedLine } from '../../shared/lists/answer-frame.tsx';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { useStaleMark } from '../../shared/ui/use-slow.ts';
import { actionInputs } from '../../shared/url/action-inputs.ts';
import { ActionsDrawer } from './actions-drawer.tsx';
import { afterOfFlows, afterOfLanes, changeLists, shownChanges } from './after.ts';
import { ChangesPanel } from './changes-panel.tsx';
import { FigurePairs } from './figure-pairs.tsx';
import classes from './what-if.module.css';
import type { WhatIfProps } from './what-if-words.ts';
import { actionTitle, changeSentence } from './what-if-words.ts';

const ignore = () => {};

/** A what-if: the radius as it is beside the radius after the actions, in the same places, and what changed. Nothing is written. */
export function WhatIfView(props: WhatIfProps) {
  const { subject, actions, selection, onSelect, onActions, kept, onKeep, onCompare, onClose } = props;
  const variables = useMemo(
    () => (actions.length === 0 ? null : { input: subject.input, actions: actionInputs(actions) }),
    [subject.input, actions],
  );
  const asked = useQuestion(WhatIfDocument, variables);
  const answer = asked.data?.whatIf ?? null;
  const after = useMemo(() => (answer === null || subject.isLarge ? null : afterOfLanes(answer)), [answer, subject.isLarge]);
  const flowsAfter = useMemo(() => (answer === null || !subject.isLarge ? null : afterOfFlows(answer)), [answer, subject.isLarge]);
  const announce = useAnnounce();
  useEffect(() => {
    if (answer !== null) announce(`What if: ${changeSentence(answer.changeCounts)}`);
  }, [answer, announce]);

  const caption = useMemo(
    () => [
      `${subject.asked}.`,
      `After ${countOf(actions.length, 'action', 'actions')}: ${actions.map((action) => actionTitle(action, subject)).join('; ')}. Nothing is written.`,
    ],
    [actions, subject],
  );

  const isStale = useStaleMark(asked.isStale);
  // Both pictures show the same place.
  const [camera] = useState((): SharedCamera => new Set());
  const common = { selection, onSelect, openGroups: [], onOpenGroup: ignore, isCompact: true, isStale, camera };
  return (
    <>
      <header className={classes.band} data-stale={asked.isStale || undefined}>
        <div className={classes.asked}>
          <h1>
            <span className="one-line" title={subject.title}>
              {subject.title}
            </span>{' '}
            <span className={classes.pill}>What if</span>
          </h1>
          <p>{subject.asked}</p>
        </div>
        {answer !== null && <FigurePairs before={answer.baseline.summary} after={answer.scenario.summary} />}
        <div className={classes.actions}>
          {actions.length > 0 && (
            <Button variant="default" title="Keeps these actions. Change them, then compare both scenarios." onClick={onKeep}>
              {kept === null ? 'Keep' : 'Keep these'}
            </Button>
          )}
          {kept !== null && (
            <Button variant="default" title="What differs between the kept actions and these." onClick={onCompare}>
              Compare with kept
            </Button>
          )}
          <ExportMenu
            name={`what-if ${subject.title}`}
            operation={variables && { document: WhatIfDocument, variables }}
            shown={answer && (() => shownChanges(changeLists(answer)))}
            picture={answer && drawShownPicture}
            pictureWord="Canvas"
          />
          <CloseButton aria-label="Close the what-if" onClick={onClose} />
        </div>
      </header>
      <FailedLine asked={asked} />
      <div className={classes.body}>
        <div className={classes.left}>
          {subject.isLarge ? (
            <section className={classes.pictures} aria-label="Before and after">
              {subject.flows !== null && (
                <div className={classes.picture}>
                  <h2>
                    Before → after <span>{countOf(actions.length, 'action', 'actions')}, nothing is written</span>
                  </h2>
                  <MatrixCanvas
                    radius={subject.flows}
                    after={flowsAfter}
                    order="value"
                    onChoose={(choice) => onSelect(choice?.holderId == null ? null : `organization:${choice.holderId}`)}
                    label={`What if, ${subject.title}`}
                    caption={caption}
                    isStale={asked.isStale}
                  />
                </div>
              )}
            </section>
          ) : (
            <section className={classes.pictures} aria-label="Before and after">
              <div className={classes.picture}>
                <h2>
                  Baseline <span>as recorded</span>
                </h2>
                <LanesCanvas {...common} radius={subject.lanes} label={`Blast radius of ${subject.title}, as recorded`} />
              </div>
              <div className={classes.picture}>
                <h2>
                  What if <span>{countOf(actions.length, 'action', 'actions')}, nothing is written</span>
                </h2>
                <LanesCanvas
                  {...common}
                  radius={subject.lanes}
                  after={after}
                  label={`Blast radius of ${subject.title}, after the actions`}
                  caption={caption}
                />
              </div>
            </section>
          )}
          {answer !== null && variables !== null && (
            <ChangesPanel
              lists={changeLists(answer)}
              always={['LEFT', 'WEAKENED', 'STAYED']}
              nothing="This changes nothing in this radius."
              loadMore={async (kind, after) => {
                const { data } = await client.query({ query: MoreWhatIfChangesDocument, variables: { ...variables, kind, after } });
                return data?.whatIf?.changes ?? null;
              }}
            />
          )}
        </div>
        <ActionsDrawer subject={subject} actions={actions} selection={selection} onActions={onActions} answer={answer} />
      </div>
    </>
  );
}
