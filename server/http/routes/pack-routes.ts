import type { Response } from 'express';
import { Router } from 'express';
import type { Document } from '../../export/document/document.ts';
import { documentMarkdown } from '../../export/document/document-markdown.ts';
import { noticesCalendar } from '../../export/pack/notices-calendar.ts';
import { packDocument } from '../../export/pack/pack-document.ts';
import { packRows } from '../../export/pack/pack-rows.ts';
import { questionnaireDocument } from '../../export/questionnaire/questionnaire-document.ts';
import { reportDocument } from '../../export/report/report-document.ts';
import { Asker } from '../../questions/asker.ts';
import { askHoldings } from '../../questions/explore/ask-holdings.ts';
import { getIncident } from '../../questions/incidents/ask-incidents.ts';
import { askNotices } from '../../questions/incidents/ask-notices.ts';
import { askPack } from '../../questions/incidents/ask-pack.ts';
import { askReport } from '../../questions/incidents/ask-report.ts';
import { writeDocument } from '../../questions/write-document.ts';
import { QueryString } from '../query-string.ts';
import { questionsOf } from '../questions-of.ts';
import { sendTable } from '../send-table.ts';
import { signalOf } from '../signal-of.ts';

const documentTypes = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

/**
 * `GET /notification-pack.md`, `.pdf`, `.docx`, `.csv`: what is visible to one lab about an incident (`incident=&lab=`).
 * `GET /incident-report.pdf`: the executive report. `GET /notices.ics`: the clocks. `GET /questionnaire.pdf`: what an organization is thought
 * to hold (`holder=&owner=`), to print.
 */
export function packRoutes(): Router {
  const router = Router();
  router.get(
    ['/notification-pack.md', '/notification-pack.csv', '/notification-pack.pdf', '/notification-pack.docx'],
    async (request, response) => {
      const query = new QueryString(request.originalUrl, ['incident', 'lab'], []);
      const asker = new Asker(questionsOf(response), signalOf(response));
      const { pack } = await askPack(asker, query.one('incident') ?? '', query.one('lab') ?? '');
      if (request.path.endsWith('.csv')) return sendTable(request, response, packRows(pack), asker.limit);
      const document = packDocument(pack);
      if (request.path.endsWith('.pdf')) return sendDocument(response, asker, 'notification-pack', 'pdf', document);
      if (request.path.endsWith('.docx')) return sendDocument(response, asker, 'notification-pack', 'docx', document);
      sendFile(response, 'notification-pack.md', 'text/markdown; charset=utf-8', documentMarkdown(document));
    },
  );
  router.get('/incident-report.pdf', async (request, response) => {
    const query = new QueryString(request.originalUrl, ['incident'], []);
    const asker = new Asker(questionsOf(response), signalOf(response));
    const report = await askReport(asker, query.one('incident') ?? '');
    await sendDocument(response, asker, 'incident-report', 'pdf', reportDocument(report));
  });
  router.get('/questionnaire.pdf', async (request, response) => {
    const query = new QueryString(request.originalUrl, ['holder', 'owner'], []);
    const asker = new Asker(questionsOf(response), signalOf(response));
    const { holder, projection, transfers } = await askHoldings(asker, { holder: query.one('holder'), owner: query.one('owner') });
    await sendDocument(response, asker, 'questionnaire', 'pdf', questionnaireDocument(projection, holder, transfers, asker.now));
  });
  router.get('/notices.ics', async (request, response) => {
    const query = new QueryString(request.originalUrl, ['incident'], []);
    const asker = new Asker(questionsOf(response), signalOf(response));
    const incident = await getIncident(asker, query.one('incident') ?? '');
    const { projection, notices } = await askNotices(asker, incident);
    sendFile(response, 'notices.ics', 'text/calendar; charset=utf-8', noticesCalendar(projection, notices, incident, asker.now));
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
