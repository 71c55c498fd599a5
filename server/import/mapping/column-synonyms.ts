import type { FactKind } from '../../domain/facts.ts';

/**
 * The concepts that a column may have, as data: the field for its value, the form of its values, and its usual headers in
 * English, German, French and Spanish. Headers are compared without case, accents and punctuation.
 */
export interface Concept {
  readonly kind: FactKind;
  /** The field's name in the field table. */
  readonly field: string;
  /** The form that most values must have; otherwise the header is not believed. */
  readonly holds?: 'date' | 'email' | 'website' | 'country' | 'number';
  readonly headers: readonly string[];
}

const concept = (kind: FactKind, field: string, headers: string, holds?: Concept['holds']): Concept => ({
  kind,
  field,
  headers: headers.split('|').map((header) => header.trim()),
  ...(holds === undefined ? {} : { holds }),
});

/** A column of these alone names providers. */
const subcontractors =
  'subcontractor|subcontractors|sub contractor|sub contractors|subprocessor|subprocessors|sub processor|sub processors|subprocessor name|sub processor name|subcontractor name|fourth party|fourth parties|4th party|4th parties|sub supplier|subsupplier|unterauftragnehmer|unterauftragsverarbeiter|subunternehmer|subunternehmen|sous traitant ulterieur|sous traitants ulterieurs|subencargado|subcontratista|subverwerker';

export const concepts = {
  PROVIDER: concept(
    'ORGANIZATION',
    'name',
    `vendor|vendor name|supplier|supplier name|provider|provider name|service provider|third party|third party name|third party provider|sub processor|subprocessor|
     subprocessor name|processor|data processor|sub contractor|subcontractor|contractor|entity name|name of subprocessor|ict provider|ict third party service provider|
     name of the ict third party service provider|legal name of the ict third party service provider|payee|payee name|vendor or supplier|company engaged|dependency|seller|merchant|manufacturer|
     third party sub processor|third party subprocessor|third party vendor|third party service provider|third party service|third party entity|subprocessor entity|subprocessor name|name of sub processor|entity name of subprocessor|
     subprocessors|sub processors|data subprocessor|authorized subprocessor|infrastructure provider|ai provider|model provider|cloud provider|hosting provider|data importer|counterparty|
     provider entity|provider entity ref id|supplier or vendor|vendor company|vendor legal name|supplier legal name|vendor or service|vendor service|vendor business name|beneficiary|beneficiary name|creditor|creditor name|contractor name|awarded supplier|awardee|winning bidder|successful bidder|awarded to|awarded bidder|awarded vendor|awarded contractor|software vendor|software publisher|software supplier|outsourcing provider|outsourced service provider|
     lieferant|anbieter|dienstleister|auftragsverarbeiter|unterauftragsverarbeiter|auftragnehmer|subunternehmer|unterauftragnehmer|dienstleister name|kreditor|empfänger|name des auftragsverarbeiters|externer dienstleister|externe dienstleister|dienstleister auftragsverarbeiter|name des dienstleisters|lieferantenname|lieferant name|kreditorname|eingesetzter dienstleister|unterauftragsverarbeiter name|subunternehmen|partner|vertragspartner|hersteller|softwarehersteller|zuschlagsempfanger|it dienstleister|drittdienstleister|ikt drittdienstleister|auslagerungsunternehmen|leverancier|verwerker|subverwerker|${subcontractors}|
     fournisseur|prestataire|sous traitant|sous traitant ulterieur|nom du fournisseur|nom du sous traitant|tiers|nom du prestataire|sous traitants|sous traitants ulterieurs|prestataire externe|titulaire|beneficiaire|nom du tiers|attributaire|nom de l attributaire|editeur|editeur du logiciel|prestataire de service|prestataire de services|societe prestataire|fornitore|aggiudicatario|responsabile esterno|
     proveedor|nombre del proveedor|encargado|encargado del tratamiento|subencargado|subcontratista|contratista|adjudicatario|razon social|nombre del encargado|encargado de tratamiento|subencargado del tratamiento|encargados|tercero|prestador|prestador de servicios|razon social del proveedor|proveedor contratista|proveedor o contratista|fornecedor|nome do fornecedor|contratado|contratada|empresa contratada|nombre del adjudicatario|proveedor adjudicado|empresa adjudicataria|fabricante|adjudicataria|entidade adjudicataria|prestador de servico`,
  ),
  /** Beside a provider: whom the provider engages in turn. */
  SUBPROVIDER: concept('ORGANIZATION', 'name', subcontractors),
  NAME: concept(
    'ORGANIZATION',
    'name',
    'name|name 1|company|company name|organization|vendor display name|display name|company or product|partner name|organisation|organization name|organisation name|entity|legal name|legal entity|legal entity name|business name|firm|firma|unternehmen|bezeichnung|organisationsname|nom|societe|entreprise|organisme|raison sociale|nombre|empresa|entidad|sociedad|organizacion',
  ),
  CLIENT: concept(
    'ENGAGEMENT',
    'client',
    `client|client name|customer|customer name|controller|data controller|buyer|principal|lab|ai company|ai lab|used by|engaged by|on behalf of|financial entity|entity making use|buyer name|buying organisation|buying organization|customer entity|purchaser|purchasing entity|parent entity|lei of the entity making use of the ict service|lei of the entity making use of the ict services|lei of the financial entity making use of the ict services|identification code of the recipient of sub contracted ict services|recipient of sub contracted ict services|contracting entity|contracting authority|contracting body|awarding body|awarding authority|procuring entity|procuring agency|public body|outsourcing institution|
     kunde|auftraggeber|verantwortlicher|mandant|donneur d ordre|responsable de traitement|responsable du traitement|cliente|acheteur|acheteur public|nom de l acheteur|pouvoir adjudicateur|entite adjudicatrice|vergabestelle|beschaffungsstelle|offentlicher auftraggeber|opdrachtgever|stazione appaltante|committente|responsable del tratamiento|contratante|organo de contratacion|dependencia|entidad contratante|entidad compradora|unidad compradora|organismo contratante|organo contratante|entidad adjudicadora|comprador|entidade adjudicante|adjudicante|orgao contratante`,
  ),
  VENDOR_ID: concept(
    'ORGANIZATION',
    'id',
    'id|vendor id|vendor key|vendor ref|vendor number|vendor no|vendor code|supplier id|supplier number|supplier no|supplier code|supplier ref|provider id|third party id|lieferant id|contractor id|partner id|vertragspartner id|kreditoren id|entity id|organization id|organisation id|company id|reference|ref id|ref|lieferantennummer|lieferanten nr|kreditorennummer|kreditor nr|lieferantennr|numero fournisseur|code fournisseur|id fournisseur|id proveedor|codigo proveedor|numero de proveedor|lei|lei code|lei of the entity|identification code of the ict third party service provider',
  ),
  TAX_ID: concept(
    'ORGANIZATION',
    'attributes',
    'tax id|tax number|vat|vat id|vat number|vat no|tax no|ein|tin|gstin|gst number|gst no|uen|kvk|kvk nummer|nif|cuit|ruc|rut|cnpj|partita iva|steuernummer|handelsregisternummer|numero siret|numero siren|company registration number|duns|duns number|company tax id|ust id|ust idnr|umsatzsteuer id|siren|siret|numero tva|tva|cif|nit|rfc|npwp|abn|registration number|company number',
  ),
  ALIASES: concept(
    'ORGANIZATION',
    'aliases',
    'alias|aliases|also known as|aka|trade name|trading name|trading as|dba|d b a|other names|former name|formerly|f k a|fka|auch bekannt als|handelsname|nom commercial|autres noms|nombre comercial|otros nombres',
  ),
  ROLES: concept('ORGANIZATION', 'roles', 'role|roles|rolle|rollen|rol'),
  STATUS: concept('ORGANIZATION', 'status', 'status|vendor status|supplier status|state|lifecycle|etat|statut|estado'),
  WEBSITE: concept(
    'ORGANIZATION',
    'website',
    'website|web site|url|homepage|hostname|host|web address|link|vendor link|company url|seller website|supplier website|supplier url|provider website|provider url|subprocessor url|subprocessor website|domain|web|vendor website|company website|vendor url|internetseite|webseite|site|site web|site internet|sitio web|pagina web',
    'website',
  ),
  COUNTRY: concept(
    'ORGANIZATION',
    'country',
    'country|ctry|cty|country code|location of processing|processing location|data location|hosting location|location of data|server location|entity location|country of processing|corporate location|region|country of headquarters|country of origin|country of the ict third party service provider s headquarters|country of the entity|land iso2|verarbeitungsort|ort der verarbeitung|serverstandort|pays de traitement|lieu de traitement|pais de tratamiento|ubicacion del tratamiento|country of incorporation|data residency|data region|hosting region|processing region|hosting country|country of hosting|storage location|data storage location|land der verarbeitung|standort der verarbeitung|standort der daten|datenstandort|speicherort|lieu d hebergement|pays d hebergement|localisation des donnees|ubicacion de los datos|pais de alojamiento|lugar de tratamiento|country of registration|vendor country|supplier country|provider country|entity country|headquarters|hq|hq country|location|entity location|land|sitz|sitz des auftragsverarbeiters|sitz des dienstleisters|sitzland|staat|standort|pays|pays d etablissement|localisation|pais|pais de registro|ubicacion',
    'country',
  ),
  EMAIL: concept(
    'ORGANIZATION',
    'contactEmail',
    'email|e mail|contact email|contact e mail|email address|vendor contact email|vendor contact|contact|primary contact|contact person|kontakt|ansprechpartner|e mail adresse|courriel|adresse email|correo|correo electronico|contacto',
    'email',
  ),
  SERVICE: concept(
    'ENGAGEMENT',
    'service',
    `service|services|service description|services provided|service provided|purpose|purpose of processing|description|description of services|description of service|nature of processing|processing activity|use|use case|function|product|products|product or service|category|vendor category|type of service|subject|scope of services|
     what they do|activity|processing purpose|purpose of use|purpose of the processing|service type|service category|service categories|category of service|vendor type|supplier type|supplier category|provider type|services used|service or product|product or services|function of service|subprocessor service|service offered|services performed|services rendered|nature of services|nature of service|role in service|applicable services|applicable service|description of processing|subject matter|subject matter of processing|expense type|contract title|contract description|type of ict services|scope|activities|nature and purpose|nature and purpose of processing|
     dienst|art der dienstleistung|art der verarbeitung|verarbeitungstatigkeit|tatigkeit|aufgabe|einsatzzweck|vertragsgegenstand|gegenstand der verarbeitung|dienstleistung|leistung|leistungen|zweck|zweck der verarbeitung|verarbeitungszweck|beschreibung|gegenstand|art der leistung|
     prestation|activite|activite de traitement|traitement|service fourni|services fournis|nature de la prestation|objet du contrat|finalites|finalite|finalite du traitement|objet|nature du service|description du service|objet du marche|leistungsbeschreibung|kurzbeschreibung|outsourced function|outsourced activity|servicio|servicios|finalidad|finalidad del tratamiento|objeto|objeto del contrato|descripcion|descripcion del servicio|servicio prestado|servicios prestados|actividad|actividad de tratamiento|objeto del encargo|titulo contrato|titulo del contrato|objeto do contrato|tipo de servicio|rubro|categoria|categorie`,
  ),
  /** Names a product instead of its vendor. Counts if the list has no other column with organizations. */
  PRODUCT: concept(
    'ORGANIZATION',
    'name',
    'tool|tool name|tools|software|software name|application|application name|app|app name|saas|saas application|platform|platform name|system name|solution|solution name|service name|product name|cloud service|ai system|ai tool|anwendung|software anwendung|tool anbieter|outil|logiciel|aplicacion|herramienta',
  ),
  ENGAGEMENT_ID: concept(
    'ENGAGEMENT',
    'id',
    'contract id|contract number|contract no|contract reference|contract ref|contract reference number|contractual arrangement reference number|agreement id|agreement number|engagement id|po number|vertragsnummer|vertrags nr|vertrag nr|numero de contrat|reference contrat|numero de contrato|codigo contrato|codigo de contrato|codigo del contrato|numero do contrato|numero de marche|numero du marche|numero marche|id marche|auftragsnummer|avv nummer|avv nr|arrangement reference number|outsourcing reference|contrato|expediente|numero de expediente',
  ),
  STARTS: concept(
    'ENGAGEMENT',
    'startsAt',
    'start|start date|start dt|start date of the contractual arrangement|contract date|date of contract|contract signed|signed on|date signed|agreement date|since date|date of engagement|engagement start|relationship start|starts|starts at|contract start|contract start date|effective date|effective from|commencement date|begin date|from|since|valid from|onboarded|onboarding date|date added|added|engaged since|award date|date of award|awarded on|date effective|signed date|date of signature|signature date|avv datum|avv vom|datum des avv|abschlussdatum|vertragsabschluss|unterzeichnet am|date de notification|date notification|date de signature|fecha de firma|fecha de adjudicacion|fecha contrato|fecha de contrato|fecha del contrato|vertragsbeginn|vertragsdatum|vertragsbeginn am|beginn|startdatum|seit|gultig ab|von|date de debut|date de debut du contrat|date de debut de contrat|date d effet|debut|debut du contrat|depuis|fecha de inicio|fecha de inicio del contrato|fecha de alta|inicio|desde|fecha inicio',
    'date',
  ),
  ENDS: concept(
    'ENGAGEMENT',
    'endsAt',
    'end|end date|end dt|end date of the contractual arrangement|contract ends|contract expires|contract expires on|contract end date|agreement end|agreement end date|engagement end|expires on date|ends|ends at|contract end|contract end date|contract expiry|contract expiration|expiry|expiry date|expiration|expiration date|expires|termination date|terminated on|valid until|valid to|until|to|offboarded|contract end or expiry|completion date|contract completion date|end of contract|contract termination date|date de fin de marche|date de fin du marche|fecha de terminacion|fecha de finalizacion|vertragsende|vertragslaufzeit bis|gekundigt zum|ende|enddatum|laufzeit bis|bis|gultig bis|ablaufdatum|date de fin|date de fin du contrat|date de fin de contrat|fin|fin du contrat|echeance|date d echeance|fecha de fin|fecha de fin del contrato|fecha de vencimiento del contrato|fecha de baja|fecha fin|hasta|vencimiento|vencimento|fecha de vencimiento|fin de contrato',
    'date',
  ),
  RENEWS: concept(
    'ENGAGEMENT',
    'endsAt',
    'renewal|renewal date|renews|renews on|next renewal|auto renewal date|review|review date|next review|next review date|reassessment date|contract renewal|contract renewal date|next assessment|next assessment date|verlangerung|verlangerungsdatum|prufung|prufdatum|nachste prufung|renouvellement|date de renouvellement|revision|date de revision|renovacion|fecha de renovacion|fecha de revision',
    'date',
  ),
  NOTICE_HOURS: concept(
    'ENGAGEMENT',
    'noticeHours',
    'breach notice hours|breach notification hours|incident notice hours|notice hours|notification hours|breach notice|breach notification|incident notification sla|meldefrist stunden|delai de notification heures|horas de notificacion',
    'number',
  ),
  AUDIT_RIGHT: concept(
    'ENGAGEMENT',
    'auditRight',
    'audit right|right to audit|audit rights|audit clause|prufrecht|auditrecht|droit d audit|derecho de auditoria',
  ),
  ARTIFACT_ID: concept('ARTIFACT', 'id', 'artifact id|artefact id|asset id'),
  ARTIFACT: concept(
    'ARTIFACT',
    'name',
    'artifact|artifact name|artefact|artefact name|asset|asset name|document|dataset|data set|material|deliverable|artefakt|unterlage|artefact nom|document transmis|activo|artefacto|documento',
  ),
  ARTIFACT_TYPE: concept(
    'ARTIFACT',
    'type',
    'type|artifact type|artefact type|asset type|kind|class|art|typ|artefakttyp|nature|tipo|tipo de artefacto',
  ),
  OWNER: concept(
    'ARTIFACT',
    'owner',
    'owner|owner lab|owning lab|artifact owner|asset owner|lab owner|eigentumer|besitzer|inhaber|proprietaire|propietario|titular',
  ),
  SENSITIVITY: concept(
    'ARTIFACT',
    'sensitivity',
    'sensitivity|sensitivity level|classification|confidentiality|confidentiality level|criticality|sensitivitat|schutzbedarf|vertraulichkeit|sensibilite|confidentialite|sensibilidad|confidencialidad',
  ),
  VALUE_LOW: concept('ARTIFACT', 'valueLowUsd', 'value low usd|value low|minimum value|low estimate|value from'),
  VALUE_HIGH: concept(
    'ARTIFACT',
    'valueHighUsd',
    'value high usd|value high|value|value usd|estimated value|replacement value|maximum value|high estimate|value to|wert|geschatzter wert|schatzwert|valeur|valeur estimee|valor|valor estimado',
  ),
  FRAGMENT_COUNT: concept('ARTIFACT', 'fragmentCount', 'fragment count|fragments total|number of fragments|number of pieces', 'number'),
  USEFUL_PORTION: concept('ARTIFACT', 'usefulPortion', 'useful portion|useful share|usable portion|usable from', 'number'),
  MODEL_FAMILY: concept('ARTIFACT', 'modelFamily', 'model family|model|modellfamilie|famille de modeles|familia de modelos'),
  VERSION: concept('ARTIFACT', 'version', 'version'),
  TRANSFER_ID: concept('TRANSFER', 'id', 'transfer id|shipment id|delivery id|transfer no|transfer number|ubermittlung nr'),
  SENDER: concept(
    'TRANSFER',
    'sender',
    'sender|sent by|from|von|from organization|from org|source organization|discloser|disclosing party|absender|ubermittelt von|expediteur|emetteur|remitente|emisor',
  ),
  RECIPIENT: concept(
    'TRANSFER',
    'recipient',
    'recipient|sent to|to|an|shared with|to organization|to org|receiver|received by|disclosed to|receiving party|ubermittelt an|destinataire|destinatario|receptor',
  ),
  SENT_AT: concept(
    'TRANSFER',
    'sentAt',
    'sent|sent at|sent on|date sent|transfer date|shared on|date shared|date|delivered on|gesendet am|ubermittelt am|datum|date d envoi|envoye le|fecha de envio|fecha',
    'date',
  ),
  PORTION: concept('TRANSFER', 'portion', 'portion|share|shared|percentage|percent|part|anteil|fraction|porcentaje|porcion'),
  FRAGMENTS: concept('TRANSFER', 'fragments', 'fragments|pieces|fragmente|fragmentos'),
  FORM: concept('TRANSFER', 'form', 'form|format|copy form|encryption'),
  DELETION_STATE: concept(
    'TRANSFER',
    'deletionState',
    'deletion state|deletion status|deleted|destruction status|loschstatus|geloscht|statut de suppression|supprime|estado de eliminacion|eliminado',
  ),
  DELETED_AT: concept(
    'TRANSFER',
    'deletedAt',
    'deleted at|deleted on|deletion date|destroyed on|geloscht am|loschdatum|supprime le|date de suppression|eliminado el|fecha de eliminacion',
    'date',
  ),
  CHANNEL: concept('TRANSFER', 'channel', 'channel|via|transfer method|sent via|kanal|canal'),
  CONFIDENCE: concept('TRANSFER', 'confidence', 'confidence|certainty'),
  RECORDS: concept(
    'TRANSFER',
    'records',
    'records|record count|number of records|records sent|records shared|items|item count|number of items|number of tasks|number of examples|datensatze|anzahl datensatze|anzahl der datensatze|enregistrements|nombre d enregistrements|registros|numero de registros',
    'number',
  ),
  BYTES: concept(
    'TRANSFER',
    'bytes',
    'bytes|byte count|number of bytes|bytes sent|size in bytes|size bytes|file size in bytes|file size bytes|grosse in bytes|anzahl bytes|octets|taille en octets|tamano en bytes|numero de bytes',
    'number',
  ),
  GRANTEE: concept('ACCESS', 'grantee', 'grantee|access by|who has access|account holder|zugriff durch|beneficiaire de l acces|con acceso'),
  GRANTOR: concept('ACCESS', 'grantor', 'grantor|access to|system owner|accessed organization|zugriff auf|acces a|acceso a'),
  ACCESS_KIND: concept('ACCESS', 'kind', 'access kind|access type|type of access|zugriffsart|type d acces|tipo de acceso'),
  SOFTWARE: concept('ACCESS', 'software', 'software|package|package url|purl'),
  LIKELIHOOD: concept('ACCESS', 'likelihood', 'likelihood|probability|wahrscheinlichkeit|probabilite|probabilidad', 'number'),
  CONTROL: concept(
    'CONTROL',
    'control',
    'control|control id|control name|requirement|certification|certificate|kontrolle|massnahme|zertifikat|controle|mesure|certificat|medida|certificado',
  ),
  EVIDENCE: concept(
    'CONTROL',
    'evidenceType',
    'evidence|evidence type|proof|assessment type|nachweis|nachweisart|preuve|type de preuve|evidencia|tipo de evidencia',
  ),
  ISSUED_AT: concept(
    'CONTROL',
    'issuedAt',
    'issued|issued at|issued on|issue date|audit date|certified on|ausgestellt am|date d emission|emis le|fecha de emision',
    'date',
  ),
  EXPIRES_AT: concept(
    'CONTROL',
    'expiresAt',
    'expires at|expires on|certificate expiry|certification expiry|valid through|lauft ab am|expire le|caduca el',
    'date',
  ),
  ISSUER: concept(
    'CONTROL',
    'issuer',
    'issuer|issued by|auditor|certifier|certification body|aussteller|zertifizierer|emetteur du certificat|organismo emisor',
  ),
  REVEALS: concept('REVEALS', 'reveals', 'reveals|discloses'),
  DEGREE: concept('REVEALS', 'degree', 'degree|revealed share'),
  BASIS: concept('REVEALS', 'basis', 'basis'),
} as const satisfies Readonly<Record<string, Concept>>;

export type ConceptName = keyof typeof concepts;

/** Controls with a column in vendor registers: the name for the evidence, and the headers of the column. */
export const controlHeaders: readonly { readonly control: string; readonly headers: readonly string[] }[] = (
  [
    ['SOC_2', 'soc 2|soc2|soc 2 type ii|soc 2 type 2|soc 2 type i|soc 2 report|soc2 type ii|soc2 type 2|soc 2 compliant|soc 2 certified'],
    ['SOC_1', 'soc 1|soc1'],
    ['ISO_27001', 'iso 27001|iso27001|iso iec 27001|iso 27001 certified|iso 27001 certification'],
    ['ISO_27701', 'iso 27701'],
    ['ISO_42001', 'iso 42001'],
    ['PCI_DSS', 'pci|pci dss'],
    ['HIPAA', 'hipaa|hipaa compliant'],
    ['FEDRAMP', 'fedramp|fedramp authorized'],
    ['HITRUST', 'hitrust'],
    [
      'MFA',
      'mfa|2fa|multi factor authentication|multifactor authentication|two factor authentication|mfa enforced|mehr faktor authentifizierung|authentification multifacteur|autenticacion multifactor',
    ],
    ['SSO', 'sso|single sign on'],
    [
      'ENCRYPTION_AT_REST',
      'encryption at rest|encrypted at rest|data encrypted at rest|verschlusselung im ruhezustand|chiffrement au repos|cifrado en reposo',
    ],
    [
      'ENCRYPTION_IN_TRANSIT',
      'encryption in transit|encrypted in transit|tls|data encrypted in transit|transportverschlusselung|chiffrement en transit|cifrado en transito',
    ],
    ['ACCESS_REVIEW', 'access review|access reviews|periodic access review'],
    ['ACCESS_LOGGING', 'access logging|audit logging|logging'],
    ['BREACH_NOTICE', 'breach notice clause|breach notification clause'],
    ['SUBCONTRACTOR_REGISTER', 'subcontractor register|subprocessor list'],
    ['DELETION_EVIDENCE', 'deletion evidence|certificate of destruction'],
    ['LEAST_PRIVILEGE', 'least privilege'],
    ['ISOLATED_WORKSPACE', 'isolated workspace'],
    ['INDEPENDENT_AUDIT', 'independent audit'],
    [
      'DPA',
      'dpa|dpa signed|data processing agreement|avv|avv vorhanden|dpa in place|accord de traitement des donnees|av vertrag|avv abgeschlossen|avv geschlossen|auftragsverarbeitungsvertrag|dpa signe|contrato de encargo|acuerdo de tratamiento de datos',
    ],
    ['PENETRATION_TEST', 'penetration test|pen test|pentest'],
  ] as const
).map(([control, headers]) => ({ control, headers: headers.split('|') }));

/** Headers of a service that any list may have. Alone, they do not indicate an engagement. */
export const vagueHeaders: ReadonlySet<string> = new Set(
  'description|category|use|function|product|products|subject|activity|activities|scope|beschreibung|gegenstand|tatigkeit|objet|activite|descripcion|objeto|actividad'.split(
    '|',
  ),
);

/** Words in titles of registers that do not list organizations. */
export const otherRegisters: readonly string[] =
  'risk|risks|asset|assets|processing|processings|purposes|personal data|data subjects|vulnerabilities|threats|incidents|policies|users|evidences|findings|exceptions|tasks|domains|perimeters|folders|applied controls|requirements|questionnaire|employees|invoices items|risiken|risques|riesgos'.split(
    '|',
  );

/** Left out unless chosen: bank accounts, personal tax ids, keys, phone numbers. */
export const privateHeaders: readonly string[] =
  'iban|bic|swift|swift code|bank|bank account|bank account number|account number|bank details|bank name|routing number|sort code|aba|kontonummer|bankverbindung|blz|compte bancaire|rib|cuenta bancaria|ccc|clabe|ssn|social security number|personal tax id|tax id of contact|steuer id|steueridentifikationsnummer|sozialversicherungsnummer|numero de securite sociale|nir|dni|nie|cpf|curp|passport|passport number|pan|pan number|aadhaar|ifsc|ifsc code|national id|date of birth|birth date|phone|phone number|telephone|telephone number|tel|mobile|cell|fax|contact phone|vendor phone|telefon|telefonnummer|handy|telefono|movil|telephone portable|portable|api key|key|secret|password|token|access key|private key|passwort|mot de passe|contrasena|credentials'.split(
    '|',
  );

/** Words that do not change the meaning of a header. */
export const fillerWords: ReadonlySet<string> = new Set(
  'the of a an our name names full legal current primary main official registered or and company s if any applicable known optional required de la le les du des del el los der die das des und et y nom nombre'.split(
    ' ',
  ),
);

/** Words of file names, sheets and titles that indicate a vendor list. */
export const vendorWords: readonly string[] =
  'vendor|vendors|supplier|suppliers|subprocessor|subprocessors|sub processor|sub processors|third party|third parties|provider|providers|processors|contractors|spend|payments|lieferanten|dienstleister|auftragsverarbeiter|unterauftragsverarbeiter|fournisseurs|prestataires|sous traitants|proveedores|encargados'.split(
    '|',
  );
