import { Radio } from '@mantine/core';
import { countOf } from '../../../shared/format/count.ts';
import classes from './names.module.css';
import type { OrganizationMatch } from './use-matches.ts';

interface MatchRowProps {
  readonly of: OrganizationMatch;
  /** The id of a candidate, `NEW`, or null without a decision. */
  readonly choice: string | null;
  readonly onChoose: (choice: string) => void;
}

/** One name of the list with its candidates and their evidence. */
export function MatchRow({ of, choice, onChoose }: MatchRowProps) {
  return (
    <Radio.Group
      className={classes.match}
      value={choice ?? ''}
      onChange={onChoose}
      label={
        <>
          {of.name}{' '}
          <span className={classes.where}>
            {of.file}:{of.line}
            {of.rowCount > 1 && `, ${countOf(of.rowCount, 'row', 'rows')}`}
          </span>
        </>
      }
    >
      <div className={classes.options}>
        {of.candidates.map((candidate) => (
          <Radio
            key={candidate.id}
            value={candidate.id}
            label={`Same as ${candidate.name}`}
            description={`${candidate.isStored ? 'Recorded already' : 'In this import'} · ${candidate.evidence.join('; ')}`}
          />
        ))}
        <Radio value="NEW" label="A different organization" />
      </div>
    </Radio.Group>
  );
}
