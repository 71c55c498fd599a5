import { Button, Tabs } from '@mantine/core';
import { useMemo } from 'react';
import { KindMark } from '../../../canvas/cytoscape/kind-mark.tsx';
import { kindLooks } from '../../../canvas/cytoscape/kinds.ts';
import { formatCount } from '../../../shared/format/count.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { capitalize, mainRole, rolesInWords } from '../../../shared/format/words.ts';
import { InspectOrganizationDocument, InspectWorstCaseDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { IconRadar2 } from '../../../shared/ui/icons.tsx';
import { ScrollBox } from '../../../shared/ui/scroll-box.tsx';
import { blastHref } from '../../../shared/url/blast-radius-url.ts';
import { newIncidentHref } from '../../../shared/url/incidents-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import { canWrite, seesNotes } from '../../../shared/viewer/viewer.ts';
import type { InspectProps } from '../inspect-props.ts';
import { InspectState } from '../inspect-state.tsx';
import classes from '../inspector.module.css';
import { Figure, InspectorPanel } from '../inspector-panel.tsx';
import { NotesTab } from '../notes/notes-tab.tsx';
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
          figure={summary === undefined ? '…' : formatMoney(summary.worstCaseLossUsd)}
          note={summary === undefined ? 'worst case' : `worst case, ${formatCount(summary.exposedCount + summary.possibleCount)} artifacts`}
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
      {canWrite() && (
        <p className={classes.compromised}>
          <Button variant="default" fullWidth onClick={() => navigate(newIncidentHref([id]))}>
            Mark as compromised
          </Button>
        </p>
      )}
      <Tabs defaultValue="overview" className={classes.tabs} keepMounted={false}>
        <Tabs.List className={classes.tabList}>
          <Tabs.Tab value="overview" className={classes.tab}>
            Overview
          </Tabs.Tab>
          <Tabs.Tab value="copies" className={classes.tab}>
            Copies <span className={classes.count}>{formatCount(copies.totalCount)}</span>
          </Tabs.Tab>
          <Tabs.Tab value="access" className={classes.tab}>
            Access <span className={classes.count}>{formatCount(accessHeld.totalCount + accessGranted.totalCount)}</span>
          </Tabs.Tab>
          <Tabs.Tab value="sources" className={classes.tab}>
            Sources
          </Tabs.Tab>
          {seesNotes() && (
            <Tabs.Tab value="notes" className={classes.tab}>
              Notes
            </Tabs.Tab>
          )}
        </Tabs.List>
        <Tabs.Panel value="overview" className={classes.tabPanel}>
          <ScrollBox label="Overview" className={classes.scroll}>
            <OverviewLines organization={organization} onSelect={onSelect} />
          </ScrollBox>
        </Tabs.Panel>
        <Tabs.Panel value="copies" className={classes.tabPanel}>
          <ScrollBox label="Copies" className={classes.scroll}>
            <CopyLines organization={organization} onSelect={onSelect} />
          </ScrollBox>
        </Tabs.Panel>
        <Tabs.Panel value="access" className={classes.tabPanel}>
          <ScrollBox label="Access" className={classes.scroll}>
            <AccessLines organization={organization} onSelect={onSelect} />
          </ScrollBox>
        </Tabs.Panel>
        <Tabs.Panel value="sources" className={classes.tabPanel}>
          <ScrollBox label="Sources" className={classes.scroll}>
            <SourceLines organization={organization} />
          </ScrollBox>
        </Tabs.Panel>
        <Tabs.Panel value="notes" className={classes.tabPanel}>
          <ScrollBox label="Notes" className={classes.scroll}>
            <NotesTab on={{ organization: id }} />
          </ScrollBox>
        </Tabs.Panel>
      </Tabs>
    </InspectorPanel>
  );
}
