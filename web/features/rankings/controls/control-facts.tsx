import { useMemo } from 'react';
import { formatDay, formatLastDay } from '../../../shared/format/instant.ts';
import {
  ControlsOfDocument,
  type ControlsOfQuery,
  type EvidenceType,
  type MissingControlReason,
} from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { IconAlertTriangle, IconCircleCheck } from '../../../shared/ui/icons.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { SourceNote } from '../../../shared/ui/source-note.tsx';
import { exploreHref } from '../../../shared/url/explore-url.ts';
import { type RankingsState, radiusHref } from '../../../shared/url/rankings-url.ts';
import classes from '../rankings.module.css';
import { controlWords } from '../sentences.ts';

interface ControlFactsProps {
  readonly organization: string | null;
  readonly state: RankingsState;
  readonly asOf: string | null;
}

type Evidence = NonNullable<ControlsOfQuery['organization']>['controls']['edges'][number]['node'];

const REASONS: Readonly<Record<MissingControlReason, string>> = {
  NO_EVIDENCE: 'no evidence',
  EXPIRED: 'evidence out of date',
  TOO_WEAK: 'evidence too weak',
  ISSUER_DISCOUNTED: 'issuer does not count',
};

const EVIDENCE: Readonly<Record<EvidenceType, string>> = {
  SELF_ATTESTED: 'self-attested',
  QUESTIONNAIRE: 'questionnaire',
  CERTIFICATE: 'certificate',
  AUDIT_REPORT: 'audit report',
  TESTED: 'tested',
};

/** Each required control of an organization with its evidence and source, and the reason for the requirement. */
export function ControlFacts({ organization, state, asOf }: ControlFactsProps) {
  const variables = useMemo(() => (organization === null ? null : { organization, asOf }), [organization, asOf]);
  const asked = useQuestion(ControlsOfDocument, variables);
  if (organization === null) {
    return (
      <section className={classes.block}>
        <h2>Controls</h2>
        <p className={classes.note}>Select an organization to see each required control with its evidence and source.</p>
      </section>
    );
  }
  return (
    <AnswerFrame asked={asked} waiting="Reading the evidence">
      {({ organization: found }) => {
        if (found?.controlGap == null) return <p className={classes.none}>This organization no longer exists.</p>;
        const { required, missing, because } = found.controlGap;
        const evidence = new Map(found.controls.edges.map(({ node }) => [node.control, node]));
        return (
          <section className={classes.block}>
            <h2>{found.name}</h2>
            <p className={classes.note}>
              {required.length === 0 ? 'No control is required: it has access to nothing sensitive.' : because}
            </p>
            <p className={classes.links}>
              <Link href={exploreHref(`organization:${found.id}`)}>Open in Explore</Link>
              <Link href={radiusHref(state, found.id)}>Show blast radius</Link>
            </p>
            <ul className={classes.facts}>
              {required.map((control) => {
                const gap = missing.find((row) => row.control === control);
                const held = evidence.get(control);
                return (
                  <li key={control} className={classes.fact}>
                    {gap === undefined ? (
                      <IconCircleCheck size={18} stroke={1.8} className={classes.ok} />
                    ) : (
                      <IconAlertTriangle size={18} stroke={1.8} className={classes.bad} />
                    )}
                    <span className={classes.rowName}>
                      <span>{controlWords(control)}</span>
                      <small>
                        {gap === undefined
                          ? evidenceWords(held)
                          : `Missing: ${REASONS[gap.reason]}. At least: ${EVIDENCE[gap.leastEvidence]}.${held === undefined ? '' : ` On record: ${evidenceWords(held)}.`}`}
                      </small>
                    </span>
                    {held !== undefined && (
                      <span className={classes.end}>
                        <SourceNote provenance={held.provenance} />
                      </span>
                    )}
                  </li>
                );
              })}
            </ul>
          </section>
        );
      }}
    </AnswerFrame>
  );
}

function evidenceWords(held: Evidence | undefined): string {
  if (held === undefined) return 'evidence on record';
  const issuer = held.issuer === null ? '' : ` by ${held.issuer.name}`;
  const from = held.issuedAt === null ? '' : `, issued ${formatDay(held.issuedAt)}`;
  const until = held.expiresAt === null ? '' : `, valid through ${formatLastDay(held.expiresAt)}`;
  return `${EVIDENCE[held.evidenceType]}${issuer}${from}${until}`;
}
