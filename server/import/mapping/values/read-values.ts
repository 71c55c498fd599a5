import type { FactValue } from '../../../domain/assertions.ts';
import { toPlainHeader } from '../../../domain/columns/plain-header.ts';
import type { FieldSpec } from '../../../domain/fact-fields.ts';
import { findValueFault } from '../../../domain/field-rules.ts';
import type { DateOrder, DecimalMark, PercentUnit } from '../mapping-types.ts';
import { findCountry } from './country-codes.ts';
import { isUnknown, readDate, toEnd } from './read-dates.ts';

/** Marks a cell that no rule can read. A person decides its meaning, or the cell is kept as text. */
export const unreadable = Symbol('unreadable');

const yes = new Set(
  'yes y true t 1 x ✓ ✔ ☑ ja oui si sí wahr vrai verdadero compliant certified in place implemented available granted signed erfullt vorhanden conforme vigente cumple'.split(
    ' ',
  ),
);
for (const phrase of ['in place', 'yes certified', 'fully compliant', 'fully implemented']) yes.add(phrase);
for (const word of ['in', 'place']) yes.delete(word);
const no = new Set('no n false f 0 nein non falsch faux falso none missing ✗ ✘ ☐ absent'.split(' '));
for (const phrase of ['not compliant', 'non compliant', 'not certified', 'not implemented', 'not in place', 'nicht vorhanden', 'no cumple'])
  no.add(phrase);

/** Reads yes or no. "unknown", "n/a" and an empty cell do not mean no: they are undefined. */
export function readAnswer(raw: string): boolean | undefined | typeof unreadable {
  if (isUnknown(raw)) return undefined;
  const text = toPlainHeader(raw) || raw.trim();
  if (yes.has(text)) return true;
  return no.has(text) ? false : unreadable;
}

/**
 * Whether a cell of a control's column is evidence of the control: "yes" and "certified" are, also with further text. "partial",
 * "planned", "in progress", "unknown" and "n/a" never are. "Yes, until 2024" and "yes, admins only" are for a person to read.
 */
export function isEvidence(raw: string): boolean | typeof unreadable {
  const answer = readAnswer(raw);
  if (answer !== unreadable) return answer === true;
  const text = toPlainHeader(raw);
  if (
    /\b(no|not|non|never|partial|partially|partly|planned|plan|progress|pending|expired|expiring|lapsed|outdated|tbd|requested|under review|abgelaufen|caducado|vencido|teilweise|geplant|partiel|partiellement|parcial|en curso|en cours)\b/.test(
      text,
    )
  )
    return false;
  if (/\b(until|till|expires?|only|except|bis|nur|sauf|jusqu|seulement|hasta|solo|salvo)\b/.test(text)) return unreadable;
  if (/^(yes|ja|oui|si|certified|compliant|implemented|in place|attested|type (i|ii|1|2)|soc|iso)\b/.test(text)) return true;
  return unreadable;
}

/** Field -> phrase -> value, for every enumerated field. Phrases are compared without case, accents and punctuation. */
const phrases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  roles: {
    LAB: 'lab|labs|ai lab|research lab|laboratory|labor|labore|laboratoire|laboratorio',
    VENDOR:
      'vendor|vendors|supplier|provider|service provider|processor|lieferant|dienstleister|anbieter|fournisseur|prestataire|proveedor',
    SUBCONTRACTOR:
      'subcontractor|sub contractor|subprocessor|sub processor|fourth party|subunternehmer|unterauftragsverarbeiter|sous traitant|subcontratista|subencargado',
    TOOL_PROVIDER:
      'tool provider|tool|saas|saas provider|software|software vendor|software provider|ict provider|werkzeuganbieter|editeur|proveedor de herramientas',
    CERTIFIER: 'certifier|auditor|certification body|assessor|zertifizierer|certificateur|certificador',
  },
  status: {
    ACTIVE:
      'active|aktiv|actif|managed|active vendor|activo|activa|live|approved|onboarded|in use|current|in production|production|open|genehmigt|en service|vigente|aprobado|enabled|yes|signed|valid|ok',
    SUSPENDED: 'suspended|on hold|paused|hold|blocked|blacklisted|blocklisted|gesperrt|ausgesetzt|suspendu|suspendido|inactive temporarily',
    ENDED:
      'ended|terminated|inactive|archived|inaktiv|offboarded|expired|closed|former|retired|cancelled|canceled|decommissioned|beendet|gekundigt|termine|resilie|inactif|finalizado|terminado|inactivo|rescindido|deprecated|disabled',
  },
  type: {
    ANNOTATION_GUIDELINES:
      'annotation guidelines|annotation guideline|guidelines|guideline|labeling guidelines|labelling guidelines|labeling instructions|labelling instructions|annotation instructions|annotation manual|rater guidelines|annotationsrichtlinien|richtlinien|consignes d annotation|guide d annotation|guia de anotacion|directrices de anotacion',
    DATA_TAXONOMY: 'data taxonomy|taxonomy|label taxonomy|ontology|label schema|taxonomie|taxonomia',
    PREFERENCE_SCHEME:
      'preference scheme|preference schema|preference rubric|preference data scheme|ranking rubric|rubric|rubrics|praferenzschema|schema de preference|esquema de preferencias',
    LABELED_DATASET:
      'labeled dataset|labelled dataset|labeled data set|annotated dataset|dataset|data set|training data|labeled data|labelled data|datensatz|jeu de donnees|conjunto de datos',
    PROMPT_SET: 'prompt set|prompts|prompt library|prompt collection|system prompts|prompt sammlung|jeu de prompts|conjunto de prompts',
    EVALUATION_SUITE:
      'evaluation suite|eval suite|evaluation|evaluations|evals|eval set|evaluation set|benchmark|benchmarks|test suite|bewertungssuite|suite d evaluation|suite de evaluacion',
    REWARD_MODEL_SPEC:
      'reward model spec|reward model specification|reward model|reward spec|rm spec|belohnungsmodell|modele de recompense|modelo de recompensa',
    RED_TEAM_PLAYBOOK: 'red team playbook|red teaming playbook|red team|red teaming|redteam playbook|playbook|attack playbook',
    MODEL_OUTPUTS: 'model outputs|model output|outputs|completions|generations|modellausgaben|sorties de modele|salidas del modelo',
    OTHER: 'other|others|misc|sonstiges|andere|autre|otro|otros',
  },
  form: {
    PLAINTEXT:
      'plaintext|plain text|plain|unencrypted|not encrypted|clear text|cleartext|clear|unverschlusselt|klartext|en clair|non chiffre|texto plano|sin cifrar|no',
    ENCRYPTED_KEY_AT_HOLDER:
      'encrypted key at holder|encrypted vendor key|encrypted holder key|encrypted key at vendor|encrypted key at recipient',
    ENCRYPTED_KEY_AT_OWNER: 'encrypted key at owner|encrypted owner key|encrypted lab key|customer managed key|byok|encrypted key at lab',
    VIEW_ONLY: 'view only|viewonly|read only|view|nur ansicht|lecture seule|solo lectura|streaming|remote view',
  },
  deletionState: {
    NONE: 'none|no|not deleted|retained|kept|not requested|nein|non|nicht geloscht|conserve|retenido',
    REQUESTED: 'requested|deletion requested|pending deletion|asked|angefragt|beantragt|demande|solicitado|solicitada',
    ATTESTED: 'attested|self attested|confirmed by vendor|vendor confirmed|deletion attested|bestatigt|atteste|atestado',
    VERIFIED:
      'verified|deletion verified|certificate received|certified deletion|verified deletion|verifiziert|nachgewiesen|verifie|verificado',
  },
  evidenceType: {
    SELF_ATTESTED:
      'self attested|self attestation|self assessment|self declared|declared|statement|selbstauskunft|auto declaration|autodeclaracion|yes',
    QUESTIONNAIRE: 'questionnaire|security questionnaire|sig|sig lite|caiq|survey|fragebogen|cuestionario',
    CERTIFICATE: 'certificate|certification|certified|iso certificate|zertifikat|certificat|certificado',
    AUDIT_REPORT:
      'audit report|audit|soc report|soc 2 report|soc 2 type ii|soc 2 type 2|third party audit|prufbericht|rapport d audit|informe de auditoria',
    TESTED: 'tested|test|pen test|penetration test|pentest|verified by test|getestet|teste|probado',
  },
  kind: {
    CREDENTIALS: 'credentials|credential|account|user account|login|sso|admin|admin access|api key|zugangsdaten|identifiants|credenciales',
    SOFTWARE: 'software|agent|package|library|sdk|plugin|logiciel',
    NETWORK: 'network|vpn|remote access|netzwerk|reseau|red',
    OTHER: 'other|sonstige|autre|otro',
  },
};

let readings: ReadonlyMap<string, ReadonlyMap<string, string>> | undefined;

function readingsOf(field: string): ReadonlyMap<string, string> | undefined {
  readings ??= new Map(
    Object.entries(phrases).map(([name, values]) => [
      name,
      new Map(
        Object.entries(values).flatMap(([value, list]) =>
          [value, ...list.split('|')].map((phrase) => [toPlainHeader(phrase), value] as const),
        ),
      ),
    ]),
  );
  return readings.get(field);
}

/**
 * A number as lists write it: `$3,117,226`, `1.234,5 €`, `35%`, `1.5M`. Undefined for any other text.
 *
 * @param mark decides `1,234` and `1.234`; null: `1,234` counts as thousands
 */
export function readNumber(
  raw: string,
  mark: DecimalMark | null = null,
): { readonly value: number; readonly isPercent: boolean; readonly currency: string | null } | undefined {
  const found =
    /^(?:(us\$|usd|eur|gbp|chf|[$€£¥])\s?)?([+-]?[\d.,'’\s\u00a0]*\d)\s?(%|k|m|mm|bn|b|million|thousand)?\s?(usd|eur|gbp|chf|us\$|[$€£¥])?$/i.exec(
      raw.trim(),
    );
  if (found === null) return undefined;
  const digits = toPoint((found[2] as string).replace(/[\s\u00a0'’]/g, ''), mark);
  if (digits === undefined) return undefined;
  const unit = (found[3] ?? '').toLowerCase();
  const factor = /^(k|thousand)$/.test(unit) ? 1e3 : /^(m|mm|million)$/.test(unit) ? 1e6 : /^(b|bn)$/.test(unit) ? 1e9 : 1;
  const value = Number(digits) * factor;
  return { value: unit === '%' ? value / 100 : value, isPercent: unit === '%', currency: found[1] ?? found[4] ?? null };
}

/** The decimal mark that a number proves: `12,5`, `1.234,5` and `1.234.567` a comma, `12.5` and `1,234,567` a point, `1,234` and `1.234` none. */
export function findDecimalMark(raw: string): ',' | '.' | undefined {
  const digits = /\d[\d.,]*/.exec(raw)?.[0] ?? '';
  if (isOpenNumber(digits) || readNumber(raw) === undefined) return undefined;
  const marks = digits.match(/[.,]/g) ?? [];
  const last = marks.at(-1) as ',' | '.' | undefined;
  const isGrouped = marks.length > 1 && marks.every((mark) => mark === last);
  return isGrouped ? (last === ',' ? '.' : ',') : last;
}

/** Whether one mark stands before three digits, so that it may separate thousands or decimals. */
function isOpenNumber(digits: string): boolean {
  return /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(digits);
}

/** The digits with a decimal point; undefined if the commas and points are ambiguous. */
function toPoint(text: string, mark: DecimalMark | null): string | undefined {
  if (mark !== null && isOpenNumber(text)) {
    if (mark === 'BOTH') return undefined;
    return text.includes(mark) ? text.replace(mark, '.') : text.replace(/[.,]/, '');
  }
  if (/^[+-]?\d+(\.\d+)?$/.test(text) && !/^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(text)) return text;
  if (/^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(text)) return text.replaceAll(',', '');
  if (/^[+-]?\d{1,3}(\.\d{3})+(,\d+)$|^[+-]?\d{1,3}(\.\d{3}){2,}$/.test(text)) return text.replaceAll('.', '').replace(',', '.');
  return /^[+-]?(\d+,\d{1,2}|0,\d+)$/.test(text) ? text.replace(',', '.') : undefined;
}

/**
 * Reads a cell's value for a field. Undefined: the cell states nothing. Null: the value is unknown, e.g. an open
 * end. `unreadable`: a person must decide.
 *
 * @param unit of the numbers without a % sign, where the column's header states percent
 */
export function readValue(
  spec: FieldSpec,
  raw: string,
  order: DateOrder | null,
  mark: DecimalMark | null = null,
  unit: PercentUnit | null = null,
): FactValue | undefined | typeof unreadable {
  const text = raw.trim();
  if (text === '') return undefined;
  switch (spec.type) {
    case 'instant':
    case 'endInstant': {
      const date = readDate(text, order);
      if (date === 'UNKNOWN') return undefined;
      if (date === 'NO_END') return spec.type === 'endInstant' ? null : undefined;
      if (typeof date !== 'object') return unreadable;
      return spec.type === 'endInstant' ? toEnd(date) : date.at;
    }
    case 'boolean':
      return readAnswer(text);
    case 'number':
    case 'integer': {
      if (isUnknown(text)) return undefined;
      const leading = spec.name === 'sensitivity' ? /^([1-5])\s?[-–—:(]/.exec(text) : null;
      const read = leading === null ? readNumber(text, mark) : { value: Number(leading[1]), isPercent: false, currency: null };
      if (read === undefined || (unit === 'OPEN' && !read.isPercent && read.value !== 0)) return unreadable;
      const number = unit === null || read.isPercent ? read : { ...read, value: read.value / 100, isPercent: true };
      const isDollar = number.currency === null || /^(us\$|usd|\$)$/i.test(number.currency);
      if (!isDollar || (spec.type === 'integer' && !Number.isInteger(number.value))) return unreadable;
      if (number.isPercent && spec.to !== 1) return unreadable;
      // A required value outside its range rejects the row; "70" for a portion may mean 70%.
      if (!spec.isRequired && findValueFault(spec, number.value) !== undefined) return unreadable;
      return number.value;
    }
    case 'enum':
      if (isUnknown(text) && spec.name !== 'deletionState') return undefined;
      return readingsOf(spec.name)?.get(toPlainHeader(text)) ?? unreadable;
    case 'enums': {
      if (isUnknown(text)) return undefined;
      const values = text.split(/[;,/&\n]|\band\b/i).filter((part) => part.trim() !== '');
      const read = values.map((part) => readingsOf(spec.name)?.get(toPlainHeader(part)));
      return read.includes(undefined) ? unreadable : [...new Set(read as string[])];
    }
    case 'texts': {
      if (isUnknown(text)) return undefined;
      return [...new Set(text.split(/[;\n|]/).map((part) => part.trim()))].filter((part) => part !== '' && !isUnknown(part));
    }
    default:
      if (isUnknown(text)) return undefined;
      if (spec.name === 'country') return findCountry(text) ?? unreadable;
      if (spec.name === 'contactEmail') return /[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+/.exec(text)?.[0] ?? unreadable;
      return text;
  }
}
