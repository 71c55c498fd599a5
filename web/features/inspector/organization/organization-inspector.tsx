import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { KindMark } from '../../../canvas/cytoscape/kind-mark.tsx';
import { kindLooks } from '../../../canvas/cytoscape/kinds.ts';
import { formatCount } from '../../../shared/format/count.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { capitalize, mainRole, rolesInWords } from '../../../shared/format/words.ts';
import { InspectOrganizationDocument, InspectWorstCaseDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { IconRadar2 } from '../../../shared/ui/icons.tsx';
import { blastHref } from '../../../shared/url/blast-radius-url.ts';
import { newIncidentHref } from '../../../shared/url/incidents-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import { canWrite } from '../../../shared/viewer/viewer.ts';
import type { InspectProps } from '../inspect-props.ts';
import { InspectState } from '../inspect-state.tsx';
import classes from '../inspector.module.css';
import { Figure, InspectorPanel } from '../inspector-panel.tsx';
import { InspectorTabs } from '../inspector-tabs.tsx';
import { SourceLine } from '../source-line.tsx';
import { AccessLines } from './access-lines.tsx';
import { CopyLines, isEvidenceCurrent, OverviewLines } from './organization-tabs.tsx';
import { SourceLines } from './source-lines.tsx';

/** The details of an organization: copies held, labs served, access, controls, and the loss if it is compromised. */
export function OrganizationInspector({ id, onSelect, onClose, menu, onExpand }: InspectProps & { readonly id: string }) {
  const variables = useMemo(() => ({ id }), [id]);
  const asked = useQuestion(InspectOrganizationDocument, variables);
  const worst = useQuestion(InspectWorstCaseDocument, variables);
  const organization = asked.data?.organization;
  if (organization === undefined || organization === null) return <InspectState asked={asked} what="organization" onClose={onClose} />;
  const { custody, controls, copies, accessHeld, accessGranted } = organization;
  const inDate = controls.edges.filter(({ node }) => isEvidenceCurrent(node)).length;
  const isCut = controls.edges.length < controls.totalCount;
  const summary = worst.data?.blastRadius?.summary;
  const isUnanswered = summary === undefined && worst.question.phase === 'failed';
  const subtitle = [capitalize(rolesInWords(organization.roles)), organization.country, organization.status.toLowerCase()].filter(
    (part) => part !== null,
  );
  return (
    <InspectorPanel
      recordKey={`organization:${organization.id}`}
      name={organization.name}
      subtitle={subtitle.join(' · ')}
      mark={<KindMark look={kindLooks[mainRole(organization.roles)]} size={32} />}
      primary={
        <Button
          className={classes.grow}
          leftSection={<IconRadar2 size={16} stroke={1.8} aria-hidden="true" />}
          onClick={() => navigate(blastHref([id]))}
        >
          Show blast radius
        </Button>
      }
      onExpand={onExpand}
      menu={menu}
      onClose={onClose}
      footer={<SourceLine provenance={organization.provenance} hasIcon />}
    >
      <dl className={classes.figures}>
        <Figure label="Copies held" figure={formatCount(custody.copyCount)} note={`${formatCount(custody.readableCount)} readable now`} />
        <Figure label="Labs served" figure={formatCount(custody.labCount)} note={`${formatMoney(custody.meanValueUsd)} in custody`} />
        <Figure
          label="If compromised"
          figure={summary !== undefined ? formatMoney(summary.worstCaseLossUsd) : isUnanswered ? 'Unknown' : '…'}
          note={
            isUnanswered
              ? 'see below'
              : summary === undefined
                ? 'worst case'
                : `worst case, ${formatCount(summary.exposedCount + summary.possibleCount)} artifacts`
          }
        />
        <Figure
          label="Controls"
          {...(controls.totalCount === 0
            ? { figure: 'None', note: 'no evidence recorded' }
            : isCut
              ? { figure: formatCount(controls.totalCount), note: 'evidence records' }
              : { figure: formatCount(inDate), of: `of ${formatCount(controls.totalCount)}`, note: 'with current evidence' })}
        />
      </dl>
      <FailedLine asked={worst} missing="The loss if it is compromised may be missing here." />
      {canWrite() && (
        <p className={classes.compromised}>
          <Button variant="default" fullWidth onClick={() => navigate(newIncidentHref([id]))}>
            Mark as compromised
          </Button>
        </p>
      )}
      <InspectorTabs
        notesOn={{ organization: id }}
        tabs={[
          { value: 'overview', title: 'Overview', content: <OverviewLines organization={organization} onSelect={onSelect} /> },
          {
            value: 'copies',
            title: 'Copies',
            count: copies.totalCount,
            content: <CopyLines organization={organization} onSelect={onSelect} />,
          },
          {
            value: 'access',
            title: 'Access',
            count: accessHeld.totalCount + accessGranted.totalCount,
            content: <AccessLines organization={organization} onSelect={onSelect} />,
          },
          { value: 'sources', title: 'Sources', content: <SourceLines organization={organization} /> },
        ]}
      />
    </InspectorPanel>
  );
}
