import { Button, Menu } from '@mantine/core';
import { memo, type ReactNode, useState } from 'react';
import { saveCsv, saveJson, toCsv } from '../save/save-file.ts';
import { useAnnounce } from '../ui/announcer.tsx';
import { IconCheck, IconCopy, IconDownload } from '../ui/icons.tsx';
import { exportHref, readKnownAt } from '../url/shared-parameters.ts';
import { type AskedOperation, consoleHref } from './console-href.ts';
import { useSavePicture } from './save-shown-picture.ts';
import type { DrawPicture } from './view-picture.ts';

/** Rows as they are shown: a header and the values. */
export interface ShownRows {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

interface ExportMenuProps {
  /** Start of the file names. */
  readonly name: string;
  readonly operation: AskedOperation | null;
  /** The rows that are loaded. */
  readonly shown?: (() => ShownRows) | null;
  /** The server's own export of the whole list, without an extension: `/api/ranking` and its query string. */
  readonly whole?: { readonly path: string; readonly query: string } | null;
  /** The chart, or an SVG file of it. */
  readonly picture?: DrawPicture | null;
  /** The word for the picture in the menu. */
  readonly pictureWord?: 'Chart' | 'Canvas';
  /** A small button, for the head of a panel. */
  readonly isCompact?: boolean;
  /** An icon in place of the words "Export", with this name. */
  readonly iconLabel?: string;
  /** Further entries. */
  readonly children?: ReactNode;
}

/** Everything that a panel exports: a link, the rows, the picture, the question. */
export const ExportMenu = memo(function ExportMenu({
  name,
  operation,
  shown = null,
  whole = null,
  picture = null,
  pictureWord = 'Chart',
  isCompact = false,
  iconLabel,
  children,
}: ExportMenuProps) {
  const announce = useAnnounce();
  const [isCopied, setCopied] = useState(false);
  const copyLink = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
      announce('Link copied.');
    } catch {
      announce('The browser did not allow copying. Copy the address from the address bar.');
    }
  };
  const asObjects = ({ header, rows }: ShownRows) => rows.map((row) => Object.fromEntries(header.map((key, place) => [key, row[place]])));
  const savePicture = useSavePicture(name, picture);
  const takePicture = async (format: 'svg' | 'png') => {
    const problem = await savePicture(format);
    if (problem !== null) announce(problem);
  };
  const icon = isCopied ? (
    <IconCheck size={16} stroke={1.8} aria-hidden="true" />
  ) : (
    <IconDownload size={16} stroke={1.8} aria-hidden="true" />
  );
  return (
    <Menu position="bottom-end" shadow="md" width={250} withinPortal={false}>
      <Menu.Target>
        {iconLabel === undefined ? (
          <Button variant={isCompact ? 'subtle' : 'default'} {...(isCompact ? { size: 'compact-sm' } : {})} leftSection={icon}>
            {isCopied ? 'Link copied' : 'Export'}
          </Button>
        ) : (
          <Button variant="default" size="compact-sm" px={6} aria-label={iconLabel} title={iconLabel}>
            {icon}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCopy size={16} stroke={1.6} />} onClick={copyLink}>
          Copy link
        </Menu.Item>
        {whole !== null && readKnownAt() === null && (
          <>
            <Menu.Item component="a" href={exportHref(`${whole.path}.csv${whole.query}`)} download>
              Whole list as CSV
            </Menu.Item>
            <Menu.Item component="a" href={exportHref(`${whole.path}.json${whole.query}`)} download>
              Whole list as JSON
            </Menu.Item>
          </>
        )}
        {shown !== null && (
          <>
            <Menu.Item onClick={() => saveCsv(name, toCsv([shown().header, ...shown().rows]))}>Shown rows as CSV</Menu.Item>
            <Menu.Item onClick={() => saveJson(name, asObjects(shown()))}>Shown rows as JSON</Menu.Item>
          </>
        )}
        {picture !== null && (
          <>
            <Menu.Item onClick={() => takePicture('svg')}>{pictureWord} as SVG</Menu.Item>
            <Menu.Item onClick={() => takePicture('png')}>{pictureWord} as PNG</Menu.Item>
          </>
        )}
        {children}
        {operation !== null && (
          <Menu.Item component="a" href={consoleHref(operation)} target="_blank" rel="noopener">
            Ask this by GraphQL
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
});
