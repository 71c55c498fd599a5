import { SegmentedControl } from '@mantine/core';
import type { ComponentType } from 'react';
import { ExportMenu } from '../../shared/export/export-menu.tsx';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { FINDING_TITLES } from '../../shared/format/finding-titles.ts';
import type { FindingCountsQuery, FindingKind } from '../../shared/generated/operations.ts';
import { FindingCountsDocument, FindingsDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { BatchLine } from '../../shared/lists/batch-line.tsx';
import { IconCircleCheck } from '../../shared/ui/icons.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { restQuery } from '../../shared/url/address-table.ts';
import { navigate, useLocation } from '../../shared/url/location.ts';
import type { QualityState } from '../../shared/url/quality-url.ts';
import { coverageHref, parseQualityState, QUALITY, qualityHref } from '../../shared/url/quality-url.ts';
import { seesSoftware } from '../../shared/viewer/viewer.ts';
import { WatchThis } from '../../shared/watches/watch-this.tsx';
import classes from './data-quality.module.css';
import type { CorrectProps } from './finding-list.tsx';
import { FindingList, progressOf } from './finding-list.tsx';

interface DataQualityViewProps {
  /** Corrects the first fact of a finding. */
  readonly Correct: ComponentType<CorrectProps>;
}

/** The Data quality page: the reasons why answers are less certain than they look, each with a way to correct it. */
export function DataQualityView({ Correct }: DataQualityViewProps) {
  const { params } = useLocation();
  const state = parseQualityState(params);
  const asked = useQuestion(FindingCountsDocument, NOTHING, countsProgressOf);
  return (
    <div className={classes.view}>
      <AnswerFrame asked={asked} waiting="Counting findings">
        {({ findings: { counts, batch } }) => {
          const field = state.show;
          const rule = state.rule ?? counts.find((count) => count[field] > 0)?.kind ?? null;
          const open = counts.reduce((sum, count) => sum + count.open, 0);
          const accepted = counts.reduce((sum, count) => sum + count.accepted, 0);
          return (
            <div className={classes.body}>
              <nav className={classes.rules} aria-label="Kinds of findings">
                <h1>Data quality</h1>
                <p className={classes.lead}>
                  {countOf(open, 'open finding', 'open findings')}. Each makes an answer less certain than it looks.
                </p>
                <BatchLine batch={batch} />
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
                  {counts.map((count) => (
                    <li key={count.kind}>
                      <Link
                        className={classes.rule}
                        href={qualityHref({ ...state, rule: count.kind })}
                        aria-current={count.kind === rule ? 'page' : undefined}
                        data-none={count[field] === 0 || undefined}
                      >
                        {FINDING_TITLES[count.kind]}
                        <span className={classes.count}>{formatCount(count[field])}</span>
                      </Link>
                    </li>
                  ))}
                </ul>
                {seesSoftware() && (
                  <Link className={classes.rule} href={coverageHref}>
                    Software lists
                  </Link>
                )}
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
const countsProgressOf = ({ findings }: FindingCountsQuery) => findings.progress;

interface FindingsProps extends DataQualityViewProps {
  readonly rule: FindingKind;
  readonly state: QualityState;
}

function Findings({ rule, state, Correct }: FindingsProps) {
  const isAccepted = state.show === 'accepted';
  const variables = { kinds: [rule], isAccepted };
  const asked = useQuestion(FindingsDocument, variables, progressOf);
  const { meaning, effect, remedy } = FINDING_WORDS[rule];
  const title = FINDING_TITLES[rule];
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
        <WatchThis
          choices={[
            { title: `Findings: ${title.toLowerCase()}`, asks: { kind: 'FINDINGS', findings: [rule] } },
            { title: 'Findings of any kind', asks: { kind: 'FINDINGS' } },
          ]}
        />
        <ExportMenu
          name={`findings ${rule}`}
          operation={{ document: FindingsDocument, variables }}
          whole={{ path: '/api/findings', query: restQuery(QUALITY, { ...state, rule }, ['rule', 'show']) }}
        />
      </header>
      <AnswerFrame asked={asked} waiting="Listing findings">
        {({ findings }) => <FindingList first={findings} variables={variables} Correct={Correct} isStale={asked.isStale} />}
      </AnswerFrame>
    </>
  );
}

interface FindingWords {
  /** When a finding of this kind is reported (semantics §9). */
  readonly meaning: string;
  /** How it changes a blast radius. */
  readonly effect: string;
  /** How to correct it. */
  readonly remedy: string;
}

/** Each kind of finding in plain words. */
const FINDING_WORDS: Readonly<Record<FindingKind, FindingWords>> = {
  CUSTODY_GAP: {
    meaning: 'An organization sent a copy, but no record says that it received one.',
    effect: 'Its copy is implied, with unknown dates, so it is possible at any time.',
    remedy: 'Record the transfer that brought the copy there.',
  },
  SENT_AFTER_DELETION: {
    meaning: 'An organization sent a copy after its own copy was deleted.',
    effect: 'One of the two dates is wrong. The radius uses the deletion.',
    remedy: 'Correct the date of the transfer or the date of the deletion.',
  },
  COPY_AFTER_ENGAGEMENT: {
    meaning: 'A copy may still exist although its engagement has ended.',
    effect: 'The copy stays in every radius of its holder. The end of an engagement deletes nothing.',
    remedy: 'Recall the copy, then record its deletion with evidence.',
  },
  UNDECLARED_SUBCONTRACTOR: {
    meaning: 'Two organizations passed an artifact on, and no engagement between them is recorded.',
    effect: 'It is unknown who must notify the owner. Dependents may be missing.',
    remedy: 'Record the engagement between the two.',
  },
  UNKNOWN_SENT_AT: {
    meaning: 'Nobody recorded when a copy was sent.',
    effect: 'The copy is possible since the beginning of time, so it is in the radius of every window.',
    remedy: 'Enter the date of the transfer.',
  },
  READABLE_AT_HIGHEST_SENSITIVITY: {
    meaning: 'A readable copy of sensitivity 5 is outside its owner’s custody.',
    effect: 'Its holder’s compromise discloses the method.',
    remedy: 'Recall the copy or encrypt it under the owner’s key, then record the change.',
  },
  CLAIM_CONTRADICTED: {
    meaning: 'An organization has evidence of encryption at rest, and a copy there is recorded as plain text.',
    effect: 'The radius counts the copy as readable.',
    remedy: 'Correct the form of the copy, or the evidence.',
  },
  EXPIRED_EVIDENCE: {
    meaning: 'Evidence of a required control is out of date.',
    effect: 'None on the radius. The control counts as missing.',
    remedy: 'Ask for current evidence and record it.',
  },
  NO_NOTICE_TERM: {
    meaning: 'A current engagement does not say how soon the provider must report a breach.',
    effect: 'No notice is due under it.',
    remedy: 'Record the hours, or agree on them.',
  },
  NO_AUDIT_RIGHT: {
    meaning: 'A current engagement records no right to audit the provider.',
    effect: 'None on the radius. Deletion at the provider cannot be checked.',
    remedy: 'Record the right, or agree on it.',
  },
  NO_VALUE: {
    meaning: 'An artifact has no value.',
    effect: 'No loss figure includes it.',
    remedy: 'Enter a low and a high value.',
  },
  STALE: {
    meaning: 'A copy has not been confirmed for more than a year.',
    effect: 'The copy still counts as recorded, but may be gone.',
    remedy: 'Ask the holder to confirm, then import the answer.',
  },
  BLIND_SPOT: {
    meaning: 'A lab depends on providers, and no transfer says what they hold of it.',
    effect: 'Its radius is unknown, not empty.',
    remedy: 'Ask the lab or its providers, then import the answer.',
  },
  POSSIBLE_DUPLICATE: {
    meaning: 'Two organizations have the same domain, or almost the same name.',
    effect: 'If they are one organization, both radii are too small.',
    remedy: 'Merge them if they are one organization.',
  },
};
