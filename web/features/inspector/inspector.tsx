import { useMemo, useState } from 'react';
import { ArtifactMark, OrganizationMark } from '../../canvas/cytoscape/kind-mark.tsx';
import { FactHistory } from '../../shared/changes/fact-history.tsx';
import type { FactName, Named, NewFact } from '../../shared/facts/fact-tools.tsx';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { showHidden } from '../../shared/format/hidden-characters.ts';
import { formatDay } from '../../shared/format/instant.ts';
import { formatShare } from '../../shared/format/share.ts';
import { formatBytes } from '../../shared/format/volume.ts';
import { COPY_FORM_WORDS, valueInWords } from '../../shared/format/words.ts';
import type { InspectLinkQuery, LinkKind, NodeRef } from '../../shared/generated/operations.ts';
import { InspectLinkDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { ArtifactInspector, deletionWords } from './artifact-inspector.tsx';
import { validity } from './fact-words.ts';
import type { InspectProps } from './inspect-state.tsx';
import { InspectState } from './inspect-state.tsx';
import classes from './inspector.module.css';
import { InspectorPanel, Line, Section } from './inspector-panel.tsx';
import { InspectorTabs } from './inspector-tabs.tsx';
import { OrganizationInspector } from './organization-inspector.tsx';
import { AddFactLine, FactSource } from './source-line.tsx';

/** The right panel: details of the selected organization, artifact or connection, each fact with its source. */
export function Inspector({ selection, ...rest }: InspectProps & { readonly selection: string }) {
  if (selection.startsWith('organization:')) return <OrganizationInspector id={selection.slice('organization:'.length)} {...rest} />;
  if (selection.startsWith('artifact:')) return <ArtifactInspector id={selection.slice('artifact:'.length)} {...rest} />;
  const link = parseLink(selection);
  return link === null ? null : <LinkInspector linkKey={selection} kind={link.kind} ends={link.ends} {...rest} />;
}

const linkKinds: readonly string[] = ['OWNS', 'HOLDS', 'TRANSFER', 'ACCESS', 'ENGAGEMENT', 'REVEALS'] satisfies LinkKind[];

/** Parses a link key: a JSON array of kind, source and target. Null for anything else, such as a broken URL. */
function parseLink(key: string): { readonly kind: LinkKind; readonly ends: readonly [NodeRef, NodeRef] } | null {
  try {
    const parts: unknown = JSON.parse(key);
    if (!Array.isArray(parts) || parts.length !== 3 || !linkKinds.includes(parts[0])) return null;
    const [source, target] = [toRef(parts[1]), toRef(parts[2])];
    return source === null || target === null ? null : { kind: parts[0] as LinkKind, ends: [source, target] };
  } catch {
    return null;
  }
}

function toRef(key: unknown): NodeRef | null {
  if (typeof key !== 'string') return null;
  const id = key.slice(key.indexOf(':') + 1);
  if (key.startsWith('organization:')) return { organization: id };
  return key.startsWith('artifact:') ? { artifact: id } : null;
}

type InspectedLink = NonNullable<InspectLinkQuery['neighborhood']>['links'][number];
type LinkFact = InspectedLink['facts']['edges'][number]['node'];

interface LinkInspectorProps extends InspectProps {
  readonly kind: LinkKind;
  readonly ends: readonly [NodeRef, NodeRef];
  readonly linkKey: string;
}

const words: Readonly<Record<LinkKind, { readonly verb: string; readonly one: string; readonly many: string }>> = {
  TRANSFER: { verb: 'sent to', one: 'transfer', many: 'transfers' },
  ACCESS: { verb: 'can act in', one: 'access', many: 'access records' },
  ENGAGEMENT: { verb: 'engages', one: 'engagement', many: 'engagements' },
  OWNS: { verb: 'owns', one: 'artifact', many: 'artifacts' },
  HOLDS: { verb: 'is held by', one: 'transfer', many: 'transfers' },
  REVEALS: { verb: 'reveals part of', one: 'record', many: 'records' },
};

/** A further fact between the two ends. */
function addChoices(kind: LinkKind, source: Named, target: Named): readonly NewFact[] {
  switch (kind) {
    case 'TRANSFER':
      return [{ kind: 'TRANSFER', known: { sender: source, recipient: target } }];
    case 'ACCESS':
      return [{ kind: 'ACCESS', known: { grantee: source, grantor: target } }];
    case 'ENGAGEMENT':
      return [{ kind: 'ENGAGEMENT', known: { client: source, provider: target } }];
    case 'HOLDS':
      return [{ kind: 'TRANSFER', known: { artifact: source, recipient: target } }];
    case 'OWNS':
      return [{ kind: 'ARTIFACT', known: { owner: source } }];
    case 'REVEALS':
      return [{ kind: 'REVEALS', known: { artifact: source } }];
  }
}

/** The facts behind one connection on the canvas. */
function LinkInspector({ kind, ends, linkKey, onSelect, onClose }: LinkInspectorProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the link's key contains its kind and its ends.
  const variables = useMemo(() => ({ of: [...ends], kinds: [kind] }), [linkKey]);
  const asked = useQuestion(InspectLinkDocument, variables);
  const link = asked.data?.neighborhood?.links.find((other) => other.key === linkKey);
  if (link === undefined) return <InspectState asked={asked} what="connection" onClose={onClose} />;
  const nodes = asked.data?.neighborhood?.nodes ?? [];
  const endOf = (key: string) => nodes.find((node) => node.key === key);
  const nameOf = (key: string) => endOf(key)?.organization?.name ?? endOf(key)?.artifact?.name ?? key;
  const { verb, one, many } = words[kind];
  const { totalCount, edges } = link.facts;
  const records = (
    <>
      <Section title="Between">
        <ul>
          {[link.source, link.target].map((key, i) => {
            const end = endOf(key);
            return (
              <Line
                key={key}
                mark={
                  end?.organization ? (
                    <OrganizationMark roles={end.organization.roles} />
                  ) : end?.artifact ? (
                    <ArtifactMark type={end.artifact.type} />
                  ) : null
                }
                words={nameOf(key)}
                end={i === 0 ? verb : ''}
                onSelect={() => onSelect(key)}
              />
            );
          })}
        </ul>
      </Section>
      <Section title={edges.length < totalCount ? `The first ${edges.length} of ${totalCount}` : countOf(totalCount, one, many)}>
        <ul>
          {edges.map(({ node }, i) => (
            <FactLine
              key={'id' in node ? node.id : link.key}
              fact={node}
              link={link}
              of={`${one} ${i + 1} from ${nameOf(link.source)} to ${nameOf(link.target)}`}
              onSelect={onSelect}
            />
          ))}
        </ul>
      </Section>
      <AddFactLine
        choices={addChoices(
          kind,
          { id: idIn(link.source), name: nameOf(link.source) },
          { id: idIn(link.target), name: nameOf(link.target) },
        )}
      />
    </>
  );
  return (
    <InspectorPanel
      name={`${nameOf(link.source)} → ${nameOf(link.target)}`}
      subtitle={`${countOf(totalCount, one, many)}${link.readableCount === null ? '' : `, ${formatCount(link.readableCount)} readable`}`}
      mark={null}
      onExpand={null}
      menu={null}
      onClose={onClose}
    >
      <InspectorTabs
        tabs={[
          { value: 'records', title: 'Records', content: records },
          { value: 'history', title: 'History', content: <LinkHistory link={link} /> },
        ]}
      />
    </InspectorPanel>
  );
}

/** The history of each fact of a connection. That of the first is open; another is asked when it is opened. */
function LinkHistory({ link }: { readonly link: InspectedLink }) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set([0]));
  return link.facts.edges.map(({ node }, i) => {
    if (!('provenance' in node)) return null;
    const fact = factName(node, link);
    const id = 'id' in fact ? fact.id : link.key;
    return (
      <details
        key={id}
        className={classes.record}
        open={opened.has(i)}
        onToggle={({ currentTarget: { open } }) => open && setOpened((before) => new Set([...before, i]))}
      >
        <summary>
          {'id' in fact && showHidden(id)} {node.__typename === 'Transfer' ? node.artifact.name : node.__typename}
        </summary>
        {opened.has(i) && <FactHistory fact={fact} />}
      </details>
    );
  });
}

interface FactLineProps {
  readonly fact: LinkFact;
  readonly link: InspectedLink;
  /** Names the fact on its button. */
  readonly of: string;
  readonly onSelect: (key: string) => void;
}

/** How the fact is named in changes; of the kinds of facts that a link stands for. */
function factName(fact: Exclude<LinkFact, { __typename: 'Organization' | 'Control' }>, link: InspectedLink): FactName {
  switch (fact.__typename) {
    case 'Transfer':
      return { kind: 'TRANSFER', id: fact.id };
    case 'Access':
      return { kind: 'ACCESS', id: fact.id };
    case 'Engagement':
      return { kind: 'ENGAGEMENT', id: fact.id };
    case 'Artifact':
      return { kind: 'ARTIFACT', id: fact.id };
    case 'Reveals':
      return { kind: 'REVEALS', artifact: idIn(link.source), reveals: idIn(link.target) };
  }
}

function idIn(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}

function FactLine({ fact, link, of, onSelect }: FactLineProps) {
  if (!('provenance' in fact)) return null;
  const source = <FactSource provenance={fact.provenance} fact={factName(fact, link)} of={of} />;
  switch (fact.__typename) {
    case 'Transfer': {
      const detail = [
        fact.sentAt === null ? 'unknown date' : formatDay(fact.sentAt),
        COPY_FORM_WORDS[fact.form],
        fact.portion < 1 ? formatShare(fact.portion) : null,
        fact.records === null ? null : countOf(fact.records, 'item', 'items'),
        fact.bytes === null ? null : formatBytes(fact.bytes),
        deletionWords[fact.deletionState],
        fact.channel === null ? null : `by ${showHidden(fact.channel)}`,
      ];
      return (
        <Line
          mark={<ArtifactMark type={fact.artifact.type} />}
          words={fact.artifact.name}
          detail={
            <>
              {detail.filter((part) => part !== null).join(' · ')}
              <br />
              {source}
            </>
          }
          onSelect={() => onSelect(`artifact:${fact.artifact.id}`)}
        />
      );
    }
    case 'Access':
      return (
        <Line
          words={valueInWords(fact.accessKind)}
          end={formatShare(fact.likelihood)}
          detail={<Two first={fact.software === null ? validity(fact) : `${validity(fact)} · ${fact.software}`}>{source}</Two>}
        />
      );
    case 'Engagement': {
      const term = validity({ validFrom: fact.startsAt, validUntil: fact.endsAt });
      const notice = fact.noticeHours === null ? 'no notice term' : `notice within ${fact.noticeHours} h`;
      return (
        <Line
          words={fact.service ?? 'Engagement'}
          detail={
            <Two first={`${term} · ${notice}`}>
              {fact.attributes.map(({ name, value }) => (
                <span key={name}>
                  {showHidden(name)}: {showHidden(value)}
                  <br />
                </span>
              ))}
              {source}
            </Two>
          }
        />
      );
    }
    case 'Reveals':
      return <Line words={fact.basis ?? 'No basis is recorded'} end={formatShare(fact.degree)} detail={source} />;
    case 'Artifact':
      return (
        <Line mark={<ArtifactMark type={fact.type} />} words={fact.name} detail={source} onSelect={() => onSelect(`artifact:${fact.id}`)} />
      );
    default:
      return null;
  }
}

function Two({ first, children }: { readonly first: string; readonly children: React.ReactNode }) {
  return (
    <>
      {first}
      <br />
      {children}
    </>
  );
}
