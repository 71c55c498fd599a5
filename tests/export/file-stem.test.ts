import { fileStem, hideSubjects } from '../../server/export/file-stem.ts';
import { describe, expect, it } from '../support/test.ts';

const day = Date.UTC(2026, 10, 29, 23);

describe('[G642] the name of a file that leaves the program', () => {
  it('says of whom, the incident, the day and what it is', () => {
    expect(fileStem('pack', { of: ['Aurelis Labs'], incident: 'INC-02', day })).toBe('aurelis-labs_INC-02_2026-11-29_pack');
    expect(fileStem('holdings', { of: ['Quillmark', 'Aurelis Labs'] })).toBe('quillmark-aurelis-labs_holdings');
    expect(fileStem('ranking', { day })).toBe('2026-11-29_ranking');
    expect(fileStem('blast-radius', { of: ['a', 'b', 'c', 'd'], day })).toBe('a-b-c-and-more_2026-11-29_blast-radius');
  });

  it('is one that every system takes, whatever the names are', () => {
    for (const name of ['"\r\nX: y', '../../etc/passwd', 'Ünïcode GmbH', '国際研究所', '_', '', 'x'.repeat(500)]) {
      const stem = fileStem('pack', { of: [name], incident: name, day });
      expect(stem).toMatch(/^[A-Za-z0-9_-]{1,150}$/);
    }
    expect(fileStem('pack', { of: ['Ünïcode GmbH'], day })).toBe('unicode-gmbh_2026-11-29_pack');
  });

  it('without its subjects says the day and what it is', () => {
    expect(hideSubjects('attachment; filename="aurelis-labs_INC-02_2026-11-29_pack.pdf"')).toBe(
      'attachment; filename="2026-11-29_pack.pdf"',
    );
    expect(hideSubjects('attachment; filename="quillmark_holdings.csv"')).toBe('attachment; filename="holdings.csv"');
    expect(hideSubjects('attachment; filename="2026-11-29_ranking.csv"')).toBe('attachment; filename="2026-11-29_ranking.csv"');
  });
});
