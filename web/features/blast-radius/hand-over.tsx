import { Button, Drawer, Switch } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { LanesRadius } from '../../canvas/lanes/lanes-props.ts';
import { consoleHref } from '../../shared/export/console-href.ts';
import { useSavePicture } from '../../shared/export/save-shown-picture.ts';
import { drawShownPicture } from '../../shared/export/view-picture.ts';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { ARTIFACT_TYPE_WORDS, rolesInWords, TIER_WORDS } from '../../shared/format/words.ts';
import type { SavedIncidentFragment } from '../../shared/generated/operations.ts';
import { BlastRadiusDocument } from '../../shared/generated/operations.ts';
import type { MoreRows } from '../../shared/lists/use-more-rows.ts';
import { TierDisc } from '../../shared/marks/tier-disc.tsx';
import type { GraphmlKey, GraphmlNode } from '../../shared/save/graphml.ts';
import { writeGraphml } from '../../shared/save/graphml.ts';
import { saveText } from '../../shared/save/save-file.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { useFocusBack } from '../../shared/ui/focus-result.ts';
import { Link } from '../../shared/ui/link.tsx';
import { countFilters } from '../../shared/url/blast-radius-url.ts';
import { oneIncidentHref } from '../../shared/url/incidents-url.ts';
import { isRedacting } from '../../shared/url/shared-parameters.ts';
import { changeRedaction } from '../../shared/viewer/change-shared.ts';
import { canExport } from '../../shared/viewer/viewer.ts';
import classes from './hand-over.module.css';
import type { ArtifactRow, RadiusAnswer } from './lanes-radius.ts';
import { lanesRadiusOf } from './lanes-radius.ts';
import { listHref, questionOf } from './question-variables.ts';
import type { BlastView } from './use-blast-view.ts';

/** Rows shown before they leave. */
const PREVIEW = 5;

interface HandOverProps {
  readonly radius: RadiusAnswer;
  readonly artifacts: MoreRows<ArtifactRow>;
  readonly view: BlastView;
  readonly text: string;
  readonly title: string;
  readonly saved: SavedIncidentFragment | null;
  readonly views: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Everything that can leave the page: the list, the packs, the picture, the link. It shows the contents before they leave. */
export function HandOver({ radius, artifacts, view, text, title, saved, views, isOpen, onClose }: HandOverProps) {
  const { state } = view;
  const announce = useAnnounce();
  useFocusBack(isOpen);
  const [problem, setProblem] = useState<string | null>(null);
  const name = `${saved === null || isRedacting() ? '' : `${saved.id} `}blast radius ${title}`;
  const savePicture = useSavePicture(name, drawShownPicture);
  const variables = questionOf(state, text);
  const filters = countFilters(state) + (text.trim() === '' ? 0 : 1);
  const rest = artifacts.totalCount - Math.min(PREVIEW, artifacts.rows.length);
  const copyLink = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      announce('Link copied.');
    } catch {
      setProblem('The browser did not allow copying. Copy the address from the address bar.');
    }
  };
  const print = () => {
    onClose();
    // The dialog of the browser blocks, so the drawer closes first.
    setTimeout(() => window.print(), 300);
  };
  return (
    <Drawer opened={isOpen} onClose={onClose} position="right" size={420} title="Hand over" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Switch
        label="Hide names"
        description="Stand-ins such as “Vendor 3” take the place of names: on the page, in lists and in pictures."
        checked={isRedacting()}
        onChange={(event) => void changeRedaction(event.currentTarget.checked)}
      />
      <section className={classes.part} aria-label="The list">
        <h3>The list</h3>
        <p className={classes.note}>
          {countOf(artifacts.totalCount, 'artifact', 'artifacts')}
          {filters > 0 ? ', filtered as on the page' : ', the whole answer'}
        </p>
        <ul className={classes.preview}>
          {artifacts.rows.slice(0, PREVIEW).map((row) => (
            <li key={row.artifact.id}>
              <TierDisc tier={row.tier} size={12} />
              <span className="visually-hidden">{TIER_WORDS[row.tier].word}: </span>
              <span className={classes.name}>{row.artifact.name}</span>
              <span className={classes.lab}>{row.artifact.owner.name}</span>
              <span className="number">{formatMoney(row.worstCaseLossUsd)}</span>
            </li>
          ))}
          {rest > 0 && <li className={classes.note}>and {formatCount(rest)} more</li>}
        </ul>
        {canExport() ? (
          <div className={classes.buttons}>
            <Button variant="default" component="a" href={listHref(state, text, 'csv')} download>
              List as CSV
            </Button>
            <Button variant="default" component="a" href={listHref(state, text, 'json')} download>
              List as JSON
            </Button>
          </div>
        ) : (
          <p className={classes.note}>Your role may not download lists.</p>
        )}
      </section>
      <section className={classes.part} aria-label="For each lab">
        <h3>For each lab</h3>
        <p className={classes.note}>A pack tells one lab what is exposed of its own, and names no other lab.</p>
        <p>
          {saved === null ? (
            'Save the question as an incident to write one pack for each lab.'
          ) : (
            <Button component={Link} href={oneIncidentHref(saved.id, 'packs')} className={classes.packs} title={saved.name}>
              <span className="one-line">Packs of {saved.name}</span>
            </Button>
          )}
        </p>
      </section>
      <section className={classes.part} aria-label="The picture">
        <h3>The picture</h3>
        <p className={classes.note}>
          The canvas as it is shown, without its controls.
          {artifacts.rows.length < artifacts.totalCount &&
            ` GraphML has the ${formatCount(artifacts.rows.length)} of ${formatCount(artifacts.totalCount)} artifacts that are loaded in the list.`}
        </p>
        <div className={classes.buttons}>
          <Button variant="default" onClick={async () => setProblem(await savePicture('svg'))}>
            SVG
          </Button>
          <Button variant="default" onClick={async () => setProblem(await savePicture('png'))}>
            PNG
          </Button>
          <Button
            variant="default"
            title="The listed artifacts with their holders, labs and links, for programs that draw graphs."
            onClick={() => saveText(name, 'graphml', 'application/xml', radiusGraphml(lanesRadiusOf(radius, artifacts.rows, null)))}
          >
            GraphML
          </Button>
          <Button variant="default" onClick={print}>
            Print
          </Button>
        </div>
      </section>
      <section className={classes.part} aria-label="The question">
        <h3>The question</h3>
        <p className={classes.note}>The address holds the whole view. Whoever opens it needs access to this server.</p>
        <div className={classes.buttons}>
          <Button variant="default" onClick={copyLink}>
            Copy link
          </Button>
          {views}
          {variables !== null && (
            <Button
              variant="default"
              component="a"
              href={consoleHref({ document: BlastRadiusDocument, variables })}
              target="_blank"
              rel="noopener"
            >
              Ask this by GraphQL
            </Button>
          )}
        </div>
      </section>
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </Drawer>
  );
}

const KEYS: readonly GraphmlKey[] = [
  ['name', 'node', 'string'],
  ['kind', 'node', 'string'],
  ['record_id', 'node', 'string'],
  ['hops', 'node', 'int'],
  ['node_likelihood', 'node', 'double'],
  ['node_tier', 'node', 'string'],
  ['worst_case_usd', 'node', 'double'],
  ['connection', 'edge', 'string'],
  ['count', 'edge', 'int'],
  ['likelihood', 'edge', 'double'],
  ['tier', 'edge', 'string'],
];

/** The graph of a blast radius: reached organizations, labs and the listed artifacts; who owns, holds and reveals what, and how it spread. */
function radiusGraphml({ organizations, artifacts, labs, copies, spread, reveals }: LanesRadius): string {
  const nodes = new Map<string, GraphmlNode>();
  const own = (id: string) => `organization:${id}`;
  for (const { id, name } of labs) nodes.set(own(id), { id: own(id), values: { name, kind: 'lab', record_id: id } });
  for (const { id, name, roles, hops, likelihood } of organizations) {
    nodes.set(own(id), { id: own(id), values: { name, kind: rolesInWords(roles), record_id: id, hops, node_likelihood: likelihood } });
  }
  for (const { id, name, type, tier, worstCaseLossUsd } of artifacts) {
    const key = `artifact:${id}`;
    nodes.set(key, {
      id: key,
      values: { name, kind: ARTIFACT_TYPE_WORDS[type], record_id: id, node_tier: tier, worst_case_usd: worstCaseLossUsd },
    });
  }
  const ends = [
    ...artifacts.map(({ id, ownerId }) => ({ source: own(ownerId), target: `artifact:${id}`, values: { connection: 'OWNS' } })),
    ...copies.map(({ holderId, artifactId, tier, count }) => ({
      source: `artifact:${artifactId}`,
      target: own(holderId),
      values: { connection: 'HOLDS', tier, count },
    })),
    ...spread.map(({ fromId, toId, kind, likelihood }) => ({
      source: own(fromId),
      target: own(toId),
      values: { connection: kind, likelihood },
    })),
    ...reveals.map(({ artifactId, revealsId }) => ({
      source: `artifact:${artifactId}`,
      target: `artifact:${revealsId}`,
      values: { connection: 'REVEALS' },
    })),
  ];
  const edges = ends
    .map((edge, place) => ({ ...edge, id: `e${place}` }))
    .filter(({ source, target }) => nodes.has(source) && nodes.has(target));
  return writeGraphml(KEYS, [...nodes.values()], edges);
}
