import { Router } from 'express';
import { noticesCalendar } from '../../export/pack/notices-calendar.ts';
import { packMarkdown } from '../../export/pack/pack-markdown.ts';
import { packRows } from '../../export/pack/pack-rows.ts';
import { Asker } from '../../questions/asker.ts';
import { getIncident } from '../../questions/incidents/ask-incidents.ts';
import { askNotices } from '../../questions/incidents/ask-notices.ts';
import { askPack } from '../../questions/incidents/ask-pack.ts';
import { QueryString } from '../query-string.ts';
import { questionsOf } from '../questions-of.ts';
import { sendTable } from '../send-table.ts';
import { signalOf } from '../signal-of.ts';

/** `GET /notification-pack.md`, `.csv`: what one lab may be told about an incident (`incident=&lab=`). `GET /notices.ics`: its clocks. */
export function packRoutes(): Router {
  const router = Router();
  router.get(['/notification-pack.md', '/notification-pack.csv'], async (request, response) => {
    const query = new QueryString(request.originalUrl, ['incident', 'lab'], []);
    const asker = new Asker(questionsOf(response), signalOf(response));
    const { pack } = await askPack(asker, query.one('incident') ?? '', query.one('lab') ?? '');
    if (request.path.endsWith('.csv')) return sendTable(request, response, packRows(pack), asker.limit);
    response.setHeader('Content-Type', 'text/markdown; charset=utf-8');
    response.setHeader('Content-Disposition', 'attachment; filename="notification-pack.md"');
    response.send(packMarkdown(pack));
  });
  router.get('/notices.ics', async (request, response) => {
    const query = new QueryString(request.originalUrl, ['incident'], []);
    const asker = new Asker(questionsOf(response), signalOf(response));
    const incident = await getIncident(asker, query.one('incident') ?? '');
    const { projection, notices } = await askNotices(asker, incident);
    response.setHeader('Content-Type', 'text/calendar; charset=utf-8');
    response.setHeader('Content-Disposition', 'attachment; filename="notices.ics"');
    response.send(noticesCalendar(projection, notices, incident, asker.now));
  });
  return router;
}
