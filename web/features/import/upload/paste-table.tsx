import { Button, Textarea } from '@mantine/core';
import type { ClipboardEvent } from 'react';
import { useState } from 'react';
import classes from './drop-zone.module.css';

interface PasteTableProps {
  readonly onFiles: (files: readonly File[]) => void;
}

/** Takes a table from the clipboard as a file: a page's or spreadsheet's at once, typed text by a button. */
export function PasteTable({ onFiles }: PasteTableProps) {
  const [text, setText] = useState('');
  const paste = (event: ClipboardEvent) => {
    const html = event.clipboardData.getData('text/html');
    if (!/<table[\s>]/i.test(html)) return;
    event.preventDefault();
    onFiles([pastedFile(html, 'html')]);
  };
  return (
    <div className={classes.paste}>
      <Textarea
        label="Table"
        description="Paste rows of a spreadsheet, a table of a page, or text: CSV, Markdown, JSON or YAML."
        autosize
        minRows={4}
        maxRows={12}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onPaste={paste}
      />
      <Button size="xs" disabled={text.trim() === ''} onClick={() => onFiles([pastedFile(text, formOf(text))])}>
        Import the table
      </Button>
    </div>
  );
}

/** The kind of file that a text is, by its first letters. Cells between tabs, commas or semicolons are CSV. */
function formOf(text: string): 'csv' | 'json' | 'md' | 'html' | 'yaml' {
  const start = text.trimStart();
  if (/^[[{]/.test(start)) return 'json';
  if (/^<(?:!doctype|html|table|meta|body|div)\b/i.test(start)) return 'html';
  if (/^(?:\||#{1,6} )/.test(start) || /^\s*\|?\s*:?-{3,}:?\s*\|/m.test(start)) return 'md';
  return /^(?:---\r?\n|- \S|[\w-]+:\s*\r?\n\s*- )/.test(start) ? 'yaml' : 'csv';
}

/** A draft may take several pastes: each has a name of its own, in letters alone, because a number could be read as the date of the list. */
function pastedFile(text: string, form: string): File {
  const letters = Date.now()
    .toString(26)
    .slice(-5)
    .replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] as string);
  return new File([text], `pasted table ${letters}.${form}`);
}
