import { recognizeColumn } from '../../../server/import/mapping/recognize/recognize-columns.ts';
import { ColumnProfile } from '../../../server/import/mapping/table/profile-columns.ts';
import { describe, expect, it } from '../../support/test.ts';

function guess(header: string, cells: readonly string[]): string {
  const profile = new ColumnProfile(false);
  for (const cell of cells) profile.add(cell, 0);
  const [first] = recognizeColumn(header, profile);
  if (first === undefined) return 'nothing';
  return first.what === 'concept' ? first.concept : first.what === 'control' ? first.control : first.what;
}

const names = ['Acme', 'Zeta'];
const dates = ['2025-01-02', '2026-03-04'];
const emails = ['a@acme.com', 'b@zeta.com'];

describe('a column', () => {
  it.each([
    ['VENDOR NAME', names, 'PROVIDER'],
    ['sub-processorName', names, 'PROVIDER'],
    ['Name des Auftragsverarbeiters', names, 'PROVIDER'],
    ['Sous-traitant', names, 'PROVIDER'],
    ['Encargado del tratamiento', names, 'PROVIDER'],
    ['Suplier', names, 'PROVIDER'],
    ['Vertragsende', dates, 'ENDS'],
    ['Contract End Date', dates, 'ENDS'],
    ['contact_email', emails, 'EMAIL'],
    ['Pays', ['France', 'DE'], 'COUNTRY'],
    ['ISO 27001 certified?', ['Yes'], 'ISO_27001'],
  ])('[I3] "%s" is recognized by its header', (header, cells, concept) => {
    expect(guess(header, cells)).toBe(concept);
  });

  it.each([
    ['Winning Bidder', names, 'PROVIDER'],
    ['acheteur_nom', names, 'CLIENT'],
    ['Nom de l’attributaire', names, 'PROVIDER'],
    ['Vergabestelle', names, 'CLIENT'],
    ['Vertragspartner', names, 'PROVIDER'],
    ['Órgano contratante', names, 'CLIENT'],
    ['Empresa adjudicataria', names, 'PROVIDER'],
    ['Procuring entity', names, 'CLIENT'],
    ['contractor_id', ['C-1', 'C-2'], 'VENDOR_ID'],
    ['fecha_contrato', dates, 'STARTS'],
    ['Datum des AVV', dates, 'STARTS'],
    ['dateNotification', dates, 'STARTS'],
    ['Completion date', dates, 'ENDS'],
    ['Numéro de marché', ['2025-01'], 'ENGAGEMENT_ID'],
    ['Outsourced function', ['Payroll'], 'SERVICE'],
    ['Data residency', ['Germany', 'France'], 'PROCESSED_IN'],
    ['AVV abgeschlossen', ['ja'], 'DPA'],
    ['Service category / What they do', ['Hosting'], 'SERVICE'],
    ['Vendor/Supplier', names, 'PROVIDER'],
    ['Vendor / Purpose', names, 'nothing'],
  ])('[F104] "%s" of a contract, outsourcing or processor register is recognized by its header', (header, cells, concept) => {
    expect(guess(header, cells)).toBe(concept);
  });

  it('[I37] of links that all lead to one site is a directory, not the websites of the listed organizations', () => {
    const pages = Array.from({ length: 12 }, (_, i) => `https://www.g2.com/products/${i}`);
    expect(guess('url', pages)).toBe('contradicted');
    expect(guess('url', pages.slice(0, 8))).toBe('WEBSITE');
    expect(guess('seller_website', ['https://a.example', 'https://b.example'])).toBe('WEBSITE');
  });

  it('[I3] with a different word as its header is never treated as a typo', () => {
    expect(guess('contract_expiry', dates)).not.toBe('EMAIL');
    expect(guess('Contract', ['A-1'])).not.toBe('EMAIL');
    expect(guess('County', ['Kent', 'Essex'])).not.toBe('COUNTRY');
    expect(guess('Vendor risk rating', ['High'])).not.toBe('PROVIDER');
  });

  it('[I3] is not mapped by a header that its cells contradict', () => {
    expect(guess('End date', ['see contract', 'ask Bob'])).toBe('contradicted');
    expect(guess('Contact', ['Jane Doe', 'John Roe'])).toBe('contradicted');
  });

  it('[I3] of answers is never a name', () => {
    expect(guess('supplier', ['True', 'True', 'False'])).toBe('contradicted');
    expect(guess('Client', ['yes', 'no'])).toBe('contradicted');
  });

  it.each([
    ['Service category', 'SERVICE'],
    ['dependencia', 'CLIENT'],
    ['proveedor_contratista', 'PROVIDER'],
    ['Fornecedor', 'PROVIDER'],
    ['codigo_contrato', 'ENGAGEMENT_ID'],
    ['Rubro', 'SERVICE'],
    ['CUIT', 'TAX_ID'],
    ['NIF', 'TAX_ID'],
    ['GSTIN', 'TAX_ID'],
  ])('[I3] "%s" is %s', (header, concept) => {
    expect(guess(header, ['a', 'b'])).toBe(concept);
  });

  it('[I4] of bank accounts, personal numbers, keys or phone numbers is omitted', () => {
    for (const header of ['IBAN', 'Bank account', 'Telefon', 'Phone number', 'API key', 'SSN'])
      expect(guess(header, ['x1'])).toBe('private');
    expect(guess('Remarks', ['+1 415 555 0100', '+49 30 123456789'])).toBe('private');
    expect(guess('NIF', ['12345678Z', '87654321X'])).toBe('private');
    expect(guess('CNPJ/CPF', ['123.456.789-09'])).toBe('private');
    expect(guess('PAN', ['ABCPE1234F'])).toBe('private');
    expect(guess('Remarks', ['DE89370400440532013000', 'FR1420041010050500013M02606'])).toBe('private');
  });
});
