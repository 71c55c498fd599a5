/**
 * The templates of the DORA register of information, with the code and the name of each column, in the register's order.
 *
 * Sources: Commission Implementing Regulation (EU) 2024/2956, Annex I (https://eur-lex.europa.eu/eli/reg_impl/2024/2956/oj), as its
 * corrigendum of 2025-09-19 (2025/90725) left it; the codes as in module DORA 1.1.0 of the EBA's data point model
 * (https://www.eba.europa.eu/risk-and-data-analysis/reporting/dpm-data-dictionary). Compared column by column on 2026-11-30 with the
 * consolidated Annex I in Dutch, and with the corrigendum in Spanish. Only the model has the `Link` columns, and one row of 19 columns in
 * b_99.01, where Annex I has 19 rows.
 */
export const doraTemplates = {
  'b_01.01': {
    c0010: 'LEI of the entity maintaining the register of information',
    c0020: 'Name of the entity',
    c0030: 'Country of the entity',
    c0040: 'Type of entity',
    c0050: 'Competent Authority',
    c0060: 'Date of the reporting',
  },
  'b_01.02': {
    c0010: 'LEI of the entity',
    c0020: 'Name of the entity',
    c0030: 'Country of the entity',
    c0040: 'Type of entity',
    c0050: 'Hierarchy of the entity within the group',
    c0060: 'LEI of the direct parent undertaking of the entity',
    c0070: 'Date of last update',
    c0080: 'Date of integration in the register of information',
    c0090: 'Date of deletion in the register of information',
    c0100: 'Currency',
    c0110: 'Value of total assets of the financial entity',
  },
  'b_01.03': {
    c0010: 'Identification code of the branch',
    c0020: 'LEI of the financial entity head office of the branch',
    c0030: 'Name of the branch',
    c0040: 'Country of the branch',
  },
  'b_02.01': {
    c0010: 'Contractual arrangement reference number',
    c0020: 'Type of contractual arrangement',
    c0030: 'Overarching contractual arrangement reference number',
    c0040: 'Currency of the amount reported',
    c0050: 'Annual expense or estimated cost of the contractual arrangement for the past year',
  },
  'b_02.02': {
    c0010: 'Contractual arrangement reference number',
    c0020: 'LEI of the entity making use of the ICT service(s)',
    c0030: 'Identification code of the ICT third-party service provider',
    c0040: 'Type of code to identify the ICT third-party service provider',
    c0050: 'Function identifier',
    c0060: 'Type of ICT services',
    c0070: 'Start date of the contractual arrangement',
    c0080: 'End date of the contractual arrangement',
    c0090: 'Reason of the termination or ending of the contractual arrangement',
    c0100: 'Notice period for the financial entity making use of the ICT service(s)',
    c0110: 'Notice period for the ICT third-party service provider',
    c0120: 'Country of the governing law of the contractual arrangement',
    c0130: 'Country of provision of the ICT services',
    c0140: 'Storage of data',
    c0150: 'Location of the data at rest (storage)',
    c0160: 'Location of management of the data (processing)',
    c0170: 'Sensitiveness of the data stored by the ICT third-party service provider',
    c0180: 'Level of reliance on the ICT service supporting the critical or important function',
  },
  'b_02.03': {
    c0010: 'Contractual arrangement reference number',
    c0020: 'Contractual arrangement linked to the contractual arrangement',
    c0030: 'Link',
  },
  'b_03.01': {
    c0010: 'Contractual arrangement reference number',
    c0020: 'LEI of the entity signing the contractual arrangement',
    c0030: 'Link',
  },
  'b_03.02': {
    c0010: 'Contractual arrangement reference number',
    c0020: 'Identification code of the ICT third-party service provider',
    c0030: 'Type of code to identify the ICT third-party service provider',
  },
  'b_03.03': {
    c0010: 'Contractual arrangement reference number',
    c0020: 'LEI of the entity providing ICT services',
    c0031: 'Link',
  },
  'b_04.01': {
    c0010: 'Contractual arrangement reference number',
    c0020: 'LEI of the entity making use of the ICT service(s)',
    c0030: 'Nature of the entity making use of the ICT service(s)',
    c0040: 'Identification code of the branch',
  },
  'b_05.01': {
    c0010: 'Identification code of the ICT third-party service provider',
    c0020: 'Type of code to identify the ICT third-party service provider',
    c0030: 'Additional identification code of the ICT third-party service provider',
    c0040: 'Type of additional identification code of the ICT third-party service provider',
    c0050: 'Legal name of the ICT third-party service provider',
    c0060: 'Name of the ICT third-party service provider in Latin alphabet',
    c0070: 'Type of person of the ICT third-party service provider',
    c0080: "Country of the ICT third-party service provider's headquarters",
    c0090: 'Currency of the amount reported',
    c0100: 'Total annual expense or estimated cost of the ICT third-party service provider',
    c0110: "Identification code of the ICT third-party service provider's ultimate parent undertaking",
    c0120: "Type of code to identify the ICT third-party service provider's ultimate parent undertaking",
  },
  'b_05.02': {
    c0010: 'Contractual arrangement reference number',
    c0020: 'Type of ICT services',
    c0030: 'Identification code of the ICT third-party service provider',
    c0040: 'Type of code to identify the ICT third-party service provider',
    c0050: 'Rank',
    c0060: 'Identification code of the recipient of sub-contracted ICT services',
    c0070: 'Type of code to identify the recipient of sub-contracted ICT services',
  },
  'b_06.01': {
    c0010: 'Function Identifier',
    c0020: 'Licenced activity',
    c0030: 'Function name',
    c0040: 'LEI of the financial entity',
    c0050: 'Criticality or importance assessment',
    c0060: 'Reasons for criticality or importance',
    c0070: 'Date of the last assessment of criticality or importance',
    c0080: 'Recovery time objective of the function',
    c0090: 'Recovery point objective of the function',
    c0100: 'Impact of discontinuing the function',
  },
  'b_07.01': {
    c0010: 'Contractual arrangement reference number',
    c0020: 'Identification code of the ICT third-party service provider',
    c0030: 'Type of code to identify the ICT third-party service provider',
    c0040: 'Type of ICT services',
    c0050: 'Substitutability of the ICT third-party service provider',
    c0060: 'Reason if the ICT third-party service provider is considered not substitutable or difficult to be substitutable',
    c0070: 'Date of the last audit on the ICT third-party service provider',
    c0080: 'Existence of an exit plan',
    c0090: 'Possibility of reintegration of the contracted ICT service',
    c0100: 'Impact of discontinuing the ICT services',
    c0110: 'Are there alternative ICT third-party service providers identified?',
    c0120: 'Identification of alternative ICT TPP',
  },
  'b_99.01': {
    c0010: 'Standalone arrangement',
    c0020: 'Overarching arrangement',
    c0030: 'Subsequent or associated arrangement',
    c0040: 'Low',
    c0050: 'Medium',
    c0060: 'High',
    c0070: 'Low',
    c0080: 'Medium',
    c0090: 'High',
    c0100: 'Not substitutable',
    c0110: 'Highly complex substitutability',
    c0120: 'Medium complexity in terms of substitutability',
    c0130: 'Easily substitutable',
    c0140: 'Easy',
    c0150: 'Difficult',
    c0160: 'Highly complex',
    c0170: 'Low',
    c0180: 'Medium',
    c0190: 'High',
  },
} as const;

export type DoraTemplate = keyof typeof doraTemplates;

/** The templates that describe organizations, or state who engages whom. Imports read these. */
const readTemplates: ReadonlySet<string> = new Set<DoraTemplate>(['b_01.02', 'b_02.02', 'b_05.01', 'b_05.02']);

/** Whether an import reads tables of a template. The other templates of the register state no fact. */
export function isReadTemplate(template: string | undefined): template is DoraTemplate {
  return template !== undefined && readTemplates.has(template);
}
