import { cellsUnder, findNoteReason, findTable } from '../../../../server/import/mapping/table/find-table.ts';
import { describe, expect, it } from '../../../support/test.ts';

const rowsOf = (lines: readonly string[]) => lines.map((line, at) => ({ line: at + 1, cells: line.split(';') }));

describe('the header of a table', () => {
  it.each([
    [
      'is the names below the codes of a template',
      ['TEMPLATE RT.05.01', 'b_05.01.0010;b_05.01.0020', 'LEI code;Provider name', 'A1;Acme'],
      3,
    ],
    ['is the codes where no names follow', ['c0010;c0020', 'A1;Acme', 'A2;Zeta'], 1],
    ['is a row of identifiers, also of unknown ones', ['ref_no;free_text;made_by;fournisseur', '7;a note;Ann;Acme', '8;b;Bob;Zeta'], 1],
    [
      'is a full row that an unquoted delimiter makes shorter than the data',
      ['ref_no;free_text;made_by;fournisseur;kind_of', '7;a; note;Ann;Acme;x', '8;b; note;Bob;Zeta;y', '9;c; note;Cy;Eta;y'],
      1,
    ],
    ['is no row of data with one known word', ['Acme;acme.com', 'Zeta;zeta.com', 'Eta;(no website known)', 'Theta;theta.com'], 0],
    ['may stand alone', ['supplier;total_orders;risk_level;risk_owner;vendor_state'], 1],
  ])('[S190] %s', (_, lines, line) => {
    expect(findTable(rowsOf(lines)).headerLine).toBe(line);
  });

  it('[S190] is followed by a row about the columns, which is no data', () => {
    const table = findTable(rowsOf(['Vendor;Country;Start date;Critical', 'Acme;FR;2024-01-02;Yes']));
    expect(findNoteReason(['Alphanumerical', 'Country', 'Date', '[Yes/No]'], table, 0)).toBe('describes the columns');
    expect(findNoteReason(['Required', 'Optional', '', 'Optional'], table, 0)).toBe('describes the columns');
    expect(findNoteReason(['Acme', 'Country', 'Date', ''], table, 0)).toBeUndefined();
  });

  it('[F107] joins a text that an unquoted comma splits in every row', () => {
    const rows = ['Note,Vendor,Country', 'made up, no source,Acme,FR', 'made up, no source,Zeta,DE'].map((text, i) => ({
      line: i + 1,
      cells: text.split(','),
    }));
    const table = findTable(rows);
    expect(table.header).toEqual(['Note', 'Vendor', 'Country']);
    expect(rows.slice(1).map(({ cells }) => cellsUnder(table, cells, ','))).toEqual([
      ['made up, no source', 'Acme', 'FR'],
      ['made up, no source', 'Zeta', 'DE'],
    ]);
    const unnamed = findTable(['Vendor,Country', 'Acme,FR,x', 'Zeta,DE,y'].map((text, i) => ({ line: i + 1, cells: text.split(',') })));
    expect([unnamed.header, unnamed.splitAt]).toEqual([['Vendor', 'Country', ''], undefined]);
  });
});
