import type { Response } from 'express';
import { Router } from 'express';
import { noticeStates } from '../../domain/records/incident-log.ts';
import type { Document } from '../../export/document/document.ts';
import { documentMarkdown } from '../../export/document/document.ts';
import { fileStem } from '../../export/file-stem.ts';
import { noticeRows } from '../../export/list-rows.ts';
import { noticesCalendar } from '../../export/notices-calendar.ts';
import { packDocument, packStem } from '../../export/pack-document.ts';
import { packRows } from '../../export/pack-rows.ts';
import { questionnaireDocument } from '../../export/questionnaire-document.ts';
import { reportDocument } from '../../export/report-document.ts';
import { Asker } from '../../questions/asker.ts';
import { askHoldings } from '../../questions/explore/ask-holdings.ts';
import { getIncident } from '../../questions/incidents/ask-incidents.ts';
import { askNotices } from '../../questions/incidents/ask-notices.ts';
import { askPack } from '../../questions/incidents/ask-pack.ts';
import { askReport } from '../../questions/incidents/ask-report.ts';
import { writeDocument } from '../../questions/write-document.ts';
import { noticeTerms } from '../../rules/notice-due.ts';
import { questionsOf } from '../guards/authenticate.ts';
import { QueryString } from '../query-string.ts';
import { sendTable } from '../send-table.ts';
import { signalOf } from '../signal-of.ts';

const documentTypes = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

/**
 * `GET /notification-pack.md`, `.pdf`, `.docx`, `.csv`: what is visible to one lab about an incident (`incident=&lab=`),
 * with what some software lists say (`lists=`, repeated).
 * `GET /incident-report.pdf`: the executive report. `GET /notices.csv`, `.json`: who tells whom. `GET /notices.ics`: the clocks. `GET /questionnaire.pdf`: what an organization is thought
 * to hold (`holder=&owner=`), to print.
 */
export function packRoutes(): Router {
  const router = Router();
  router.get(
    ['/notification-pack.md', '/notification-pack.csv', '/notification-pack.pdf', '/notification-pack.docx'],
    async (request, response) => {
      const query = new QueryString(request.originalUrl, ['incident', 'lab'], ['lists']);
      const asker = new Asker(questionsOf(response), signalOf(response));
      const { pack } = await askPack(asker, query.one('incident') ?? '', query.one('lab') ?? '', query.many('lists'));
      const stem = packStem(pack);
      if (request.path.endsWith('.csv')) return sendTable(request, response, { ...packRows(pack), name: stem }, asker.limit);
      const document = packDocument(pack);
      if (request.path.endsWith('.pdf')) return sendDocument(response, asker, stem, 'pdf', document);
      if (request.path.endsWith('.docx')) return sendDocument(response, asker, stem, 'docx', document);
      sendFile(response, `${stem}.md`, 'text/markdown; charset=utf-8', documentMarkdown(document));
    },
  );
  router.get('/incident-report.pdf', async (request, response) => {
    const query = new QueryString(request.originalUrl, ['incident'], []);
    const asker = new Asker(questionsOf(response), signalOf(response));
    const incident = query.one('incident') ?? '';
    const report = await askReport(asker, incident);
    await sendDocument(response, asker, fileStem('report', { incident, day: asker.now }), 'pdf', reportDocument(report));
  });
  router.get('/questionnaire.pdf', async (request, response) => {
    const query = new QueryString(request.originalUrl, ['holder', 'owner'], []);
    const asker = new Asker(questionsOf(response), signalOf(response));
    const { holder, names, projection, transfers } = await askHoldings(asker, { holder: query.one('holder'), owner: query.one('owner') });
    const stem = fileStem('questionnaire', { of: names, day: asker.now });
    await sendDocument(response, asker, stem, 'pdf', questionnaireDocument(projection, holder, transfers, asker.now));
  });
  router.get(['/notices.csv', '/notices.json'], async (request, response) => {
    const query = new QueryString(request.originalUrl, ['incident', 'lab', 'notifier', 'text'], ['states', 'terms', 'owners']);
    const asker = new Asker(questionsOf(response), signalOf(response));
    const incident = await getIncident(asker, query.one('incident') ?? '');
    const { projection, notices } = await askNotices(asker, incident, {
      lab: query.one('lab'),
      notifier: query.oneOrNobody('notifier'),
      states: query.manyOf('states', noticeStates),
      terms: query.manyOf('terms', noticeTerms),
      owners: query.many('owners'),
      text: query.one('text'),
    });
    const name = fileStem('notices', { incident: incident.id, day: asker.now });
    await sendTable(request, response, { ...noticeRows(projection, notices), name }, asker.limit);
  });
  router.get('/notices.ics', async (request, response) => {
    const query = new QueryString(request.originalUrl, ['incident'], []);
    const asker = new Asker(questionsOf(response), signalOf(response));
    const incident = await getIncident(asker, query.one('incident') ?? '');
    const { projection, notices } = await askNotices(asker, incident);
    const stem = fileStem('notices', { incident: incident.id, day: asker.now });
    sendFile(response, `${stem}.ics`, 'text/calendar; charset=utf-8', noticesCalendar(projection, notices, incident, asker.now));
  });
  return router;
}

async function sendDocument(response: Response, asker: Asker, name: string, format: 'pdf' | 'docx', document: Document): Promise<void> {
  sendFile(response, `${name}.${format}`, documentTypes[format], await writeDocument(asker, format, document));
}

function sendFile(response: Response, name: string, type: string, content: string | Buffer): void {
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  response.send(content);
}
