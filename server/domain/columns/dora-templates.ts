/**
 * The templates of the DORA register of information that concern organizations and their engagements, with the code and the name of
 * each column. Source: Commission Implementing Regulation (EU) 2024/2956, Annex I.
 */
export const doraTemplates = {
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
  'b_05.01': {
    c0010: 'Identification code of the ICT third-party service provider',
    c0020: 'Type of code to identify the ICT third-party service provider',
    c0030: 'Additional identification code of the ICT third-party service provider',
    c0040: 'Type of additional identification code',
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
} as const;

export type DoraTemplate = keyof typeof doraTemplates;
