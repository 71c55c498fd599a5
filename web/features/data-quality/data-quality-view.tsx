import { SegmentedControl } from '@mantine/core';
import type { ComponentType } from 'react';
import { ExportMenu } from '../../shared/export/export-menu.tsx';
import { countOf, formatCount } from '../../shared/format/count.ts';
import type { FindingKind } from '../../shared/generated/operations.ts';
import { FindingCountsDocument, FindingsDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { IconCircleCheck } from '../../shared/ui/icons.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { navigate, useLocation } from '../../shared/url/location.ts';
import { parseQualityState, type QualityState, qualityHref } from '../../shared/url/quality-url.ts';
import type { CorrectProps } from './correct-props.ts';
import classes from './data-quality.module.css';
import { FindingList, progressOf } from './finding-list.tsx';
import { FINDING_WORDS } from './finding-words.ts';

interface DataQualityViewProps {
  /** Corrects the first fact of a finding. */
  readonly Correct: ComponentType<CorrectProps>;
}

/** The Data quality page: the reasons why answers are less certain than they look, each with a way to correct it. */
export function DataQualityView({ Correct }: DataQualityViewProps) {
  const { params } = useLocation();
  const state = parseQualityState(params);
  const counts = useQuestion(FindingCountsDocument, NOTHING);
  return (
    <div className={classes.view}>
      <AnswerFrame asked={counts} waiting="Counting findings">
        {({ findingCounts }) => {
          const field = state.show;
          const rule = state.rule ?? findingCounts.find((count) => count[field] > 0)?.kind ?? null;
          const open = findingCounts.reduce((sum, count) => sum + count.open, 0);
          const accepted = findingCounts.reduce((sum, count) => sum + count.accepted, 0);
          return (
            <div className={classes.body}>
              <nav className={classes.rules} aria-label="Kinds of findings">
                <h1>Data quality</h1>
                <p className={classes.lead}>
                  {countOf(open, 'open finding', 'open findings')}. Each makes an answer less certain than it looks.
                </p>
                <SegmentedControl
                  fullWidth
                  aria-label="Which findings"
                  value={field}
                  data={[
                    { value: 'open', label: `Open ${formatCount(open)}` },
                    { value: 'accepted', label: `Accepted ${formatCount(accepted)}` },
                  ]}
                  onChange={(show) => navigate(qualityHref({ ...state, rule: null, show: show as QualityState['show'] }))}
                />
                <ul>
                  {findingCounts.map((count) => (
                    <li key={count.kind}>
                      <Link
                        className={classes.rule}
                        href={qualityHref({ ...state, rule: count.kind })}
                        aria-current={count.kind === rule ? 'page' : undefined}
                        data-none={count[field] === 0 || undefined}
                      >
                        {FINDING_WORDS[count.kind].title}
                        <span className={classes.count}>{formatCount(count[field])}</span>
                      </Link>
                    </li>
                  ))}
                </ul>
              </nav>
              <ScrollBox label="Findings" className={classes.findings}>
                {rule === null ? (
                  <p className={classes.none}>
                    <IconCircleCheck size={20} stroke={1.8} className={classes.ok} />
                    {field === 'open' ? 'No open findings.' : 'No finding has been accepted.'}
                  </p>
                ) : (
                  <Findings rule={rule} state={state} Correct={Correct} />
                )}
              </ScrollBox>
            </div>
          );
        }}
      </AnswerFrame>
    </div>
  );
}

const NOTHING = {};

interface FindingsProps extends DataQualityViewProps {
  readonly rule: FindingKind;
  readonly state: QualityState;
}

function Findings({ rule, state, Correct }: FindingsProps) {
  const isAccepted = state.show === 'accepted';
  const variables = { kinds: [rule], isAccepted };
  const asked = useQuestion(FindingsDocument, variables, progressOf);
  const { title, meaning, effect, remedy } = FINDING_WORDS[rule];
  return (
    <>
      <header className={classes.head}>
        <div>
          <h2>{title}</h2>
          <p>{meaning}</p>
          <p>
            <strong>In a radius:</strong> {effect}
          </p>
          <p>
            <strong>To correct it:</strong> {remedy}
          </p>
        </div>
        <ExportMenu
          name={`findings ${rule}`}
          operation={{ document: FindingsDocument, variables }}
          whole={{ path: '/api/findings', query: `?${new URLSearchParams({ kinds: rule, isAccepted: String(isAccepted) })}` }}
        />
      </header>
      <AnswerFrame asked={asked} waiting="Listing findings">
        {({ findings }) => <FindingList first={findings} variables={variables} Correct={Correct} isStale={asked.isStale} />}
      </AnswerFrame>
    </>
  );
}
