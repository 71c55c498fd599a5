import { parseIncidentsState } from '../../shared/url/incidents-url.ts';
import { useLocation } from '../../shared/url/location.ts';
import { IncidentList } from './list/incident-list.tsx';
import { NewIncident } from './list/new-incident.tsx';
import { OneIncident } from './one-incident.tsx';
import type { Pickers } from './pickers.ts';

/** The Incidents page: the list, the form of a new incident, or one incident. */
export function IncidentsView(pickers: Pickers) {
  const { path, params } = useLocation();
  const state = parseIncidentsState(path, params);
  switch (state.view) {
    case 'list':
      return <IncidentList />;
    case 'new':
      return <NewIncident origins={state.origins} {...pickers} />;
    case 'one':
      return <OneIncident key={state.incident} incident={state.incident} tab={state.tab} {...pickers} />;
  }
}
