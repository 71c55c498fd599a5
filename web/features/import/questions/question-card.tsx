import { Radio } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DateOrder } from '../../../shared/generated/operations.ts';
import type { ImportDetail } from '../use-import.ts';
import { choiceInWords, dateExample } from './answers.ts';
import classes from './questions.module.css';

interface QuestionCardProps {
  readonly of: ImportDetail['questions'][number];
  readonly answer: string | null;
  readonly onAnswer: (answer: string) => void;
  /** Shown below the choices. */
  readonly children?: ReactNode;
}

/** One question with its choices. The proposal is preselected. */
export function QuestionCard({ of, answer, onAnswer, children }: QuestionCardProps) {
  return (
    <Radio.Group className={classes.card} label={of.message} value={answer ?? ''} onChange={onAnswer}>
      <div className={classes.choices}>
        {of.choices.map((choice) => {
          const { label, detail } = choiceInWords(of.kind, choice);
          const refused = of.refused.find((each) => each.choice === choice);
          return (
            <Radio.Card
              key={choice}
              value={choice}
              className={classes.choice}
              aria-label={refused === undefined ? label : `${label}. ${refused.because}`}
              disabled={refused !== undefined}
            >
              <Radio.Indicator className={classes.indicator ?? ''} disabled={refused !== undefined} />
              <span>
                <strong>{label}</strong>
                <span className={classes.detail}>{refused?.because ?? exampleFor(of, choice) ?? detail}</span>
                {choice === of.proposed && of.choices.length > 1 && <span className={classes.detail}>Proposed</span>}
              </span>
            </Radio.Card>
          );
        })}
      </div>
      {children}
    </Radio.Group>
  );
}

/** The date from the question, in the order of the choice. */
function exampleFor({ kind, message }: ImportDetail['questions'][number], choice: string): string | null {
  if (kind !== 'DATE_ORDER') return null;
  const date = /(\d{1,2}[-./]\d{1,2}[-./]\d{4}) can be read both ways/.exec(message)?.[1];
  return date === undefined ? null : dateExample(date, choice as DateOrder);
}
